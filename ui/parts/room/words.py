"""Questions and answers in words."""

from decimal import Decimal

from model.formatting import MILLION
from model.poll import FIGURES, Option, Poll, Vote
from model.reference import reference
from ui import format as write
from ui.i18n import _, name
from ui.parts import chips


def kinds() -> dict[str, str]:
    """What can be asked, by kind."""
    return {
        "budget": _("Measures within a budget"),
        "scenario": _("One of some scenarios"),
        "estimate": _("Guess a figure"),
    }


def figures() -> dict[str, str]:
    """What can be guessed, with its unit."""
    said = {
        "gap": _("Financing gap"),
        "need": _("Investment need"),
        "tonnes": _("Tonnes of CO2e a year, when all measures are carried out"),
    }
    return {key: f"{said[key]}, {FIGURES[key]}" for key in FIGURES}


def question(poll: Poll, plan_name: str, reading: str) -> str:
    """What is asked. May hold what a person typed."""
    if poll.kind == "budget":
        return _("Which measures do you want, for {budget} at most?", budget=money(poll.budget))
    if poll.kind == "scenario":
        return _("Which scenario do you choose for {plan}?", plan=plan_name)
    if poll.figure == "gap":
        return _(
            "How large is the financing gap of {plan}? ({reading})",
            plan=plan_name,
            reading=chips.readings()[reading].label,
        )
    if poll.figure == "need":
        return _("How large is the investment need of {plan}?", plan=plan_name)
    return _("How many tonnes of CO2e a year do all measures of {plan} save?", plan=plan_name)


def money(ore: int) -> str:
    """An amount in the one unit that all of a question are in, so that they can be added."""
    if ore < 1000 * MILLION:
        return write.money(ore, zero="0")
    return _("{amount} MSEK", amount=write.mnkr(ore))


def called(option: Option, poll: Poll) -> str:
    """What can be chosen, as it was called when it was asked. May hold what a person typed."""
    scenario = reference().scenarios.get(option.id) if poll.kind == "scenario" else None
    return name(scenario) if scenario else option.name


def answer(poll: Poll, vote: Vote) -> str:
    """What somebody has answered."""
    if poll.kind == "estimate":
        return guess(poll, vote.estimate)
    return ", ".join(called(each, poll) for each in poll.options if each.id in vote.chosen)


def guess(poll: Poll, value: Decimal, most: int = 3) -> str:
    """A figure with its unit, with the decimals that it has and so many at most."""
    return f"{figure(value, most)} {poll.unit}"


def figure(value: Decimal, most: int = 3) -> str:
    """The same without its unit."""
    return write.number(value, 0 if value == int(value) else min(-value.as_tuple().exponent, most))

"""The chapters about what it gives and what may go wrong, and what the council is asked for."""

from model.benefits import Benefits, ValuedBenefit
from model.formatting import capitalise, number, tonnes
from model.language import message
from model.reference import reference
from model.report import answers, words
from model.report.council.grant_days import grant_days
from model.report.council.questions import climate, money
from model.report.document.assumptions import used
from model.report.document.desk import Desk, figures_of, first, words_of
from model.results import EXPECTED
from model.scenario import combine

BENEFICIARIES = {
    "residents": "Residents",
    "municipality": "The municipality",
    "region": "The region",
    "state": "The state",
    "business": "Business",
    "society": "Society as a whole",
}
_INDICATOR = "co2e_reduction"


def benefits(desk: Desk) -> None:
    """Tonnes, valued benefits with their sources, and those that nobody can value."""
    view, say = desk.view, desk.say
    result, language = view.result, view.language
    desk.paper.heading(say("Benefits"))
    effect = result.effect(_INDICATOR)

    def said(span, template: str) -> str:
        return say(
            template,
            tonnes=tonnes(span.mid, lower_bound=span.from_below, language=language),
            low=tonnes(span.low, language=language),
            high=tonnes(span.high, language=language),
        )

    desk.paper.text(climate.most_tonnes(result, view.reading, desk.year, language).sentence + ".")
    desk.paper.points(
        [
            said(
                effect.yearly,
                "The measures lower emissions by {tonnes} of CO2e a year "
                "({low} to {high}), as they themselves say, each joint effect once.",
            )
            if effect.yearly.mid
            else say("No measure states what it lowers emissions by every year."),
            said(effect.once, "Besides, {tonnes} once ({low} to {high}).")
            if effect.once.mid
            else "",
            said(
                effect.unclear,
                "Of {tonnes} more ({low} to {high}) it is unclear whether they "
                "come every year or once; they are in no sum.",
            )
            if effect.unclear.mid
            else "",
            view.count(
                "{count} measure states no effect on emissions.",
                "{count} measures state no effect on emissions.",
                effect.unstated,
            )
            if effect.unstated
            else "",
        ]
    )
    found = result.benefits()
    valued = [each for each in found.of(kind="society") if each.adds]
    if valued:
        _valued(desk, found, valued)
    cash = result.cash()
    desk.paper.text(
        say(
            "Money in a budget is no value to society and stands apart: the group's running cost "
            "is changed by {amount} in {year}.",
            amount=desk.money(cash.amount),
            year=cash.year,
        )
        if cash
        else say("No measure of the municipal group states a change in running cost.")
    )
    _without_value(desk, found)


def _valued(desk: Desk, found: Benefits, valued: list[ValuedBenefit]) -> None:
    view, say = desk.view, desk.say
    whole = found.total(valued)
    desk.rows(
        say("{title}, MSEK", title=say("Value to society, present value")),
        [
            first(say("Benefit")),
            *words_of(say("Goes to"), say("Price level"), say("Checked")),
            *figures_of(say("Low"), say("Central"), say("High")),
        ],
        [
            (
                words.name(each.benefit, view.language),
                say(BENEFICIARIES[each.benefit.beneficiary]),
                _price_year(desk, each),
                say("verified") if _verified(each) else say("unverified"),
                *_levels(desk, each.span("present")),
            )
            for each in valued
        ],
        (say("Sum"), "", "", "", *_levels(desk, whole)),
        [
            say(
                "Real kronor at the calculation rate {rate} from {year}; the range of the sum "
                "takes what is uncertain as independent. Sources stand in the appendix of "
                "assumptions.",
                rate=f"{number(found.rate * 100, 1, language=view.language)}\u00a0%",
                year=view.plan.head.base_year,
            )
        ],
        prices=say("price level as each row says"),
    )


def _without_value(desk: Desk, found: Benefits) -> None:
    """What is not in the sum, and why: benefits are listed, not dropped."""
    view, say = desk.view, desk.say
    waiting = [each for each in found if each.state in ("unquantified", "counted")]
    if not waiting:
        return
    desk.paper.heading(say("Benefits without a value"), 2)
    rows = []
    for each in waiting:
        reason = each.benefit.reason_en if view.language == "en" else each.benefit.reason
        asked = each.price.asked if each.price else ()
        if each.state == "counted" and asked:
            named = (words.name(reference().assumptions[key], view.language) for key in asked)
            reason = say("An effect is stated, a value is asked for: {what}", what=", ".join(named))
        elif each.state == "counted":
            reason = say("An effect is stated, and no value for it")
        rows.append((words.name(each.benefit, view.language), reason))
    desk.rows(
        say("Benefits that stand without a value, and why"),
        [first(say("Benefit")), first(say("Why"), 8)],
        rows,
        prices=say("price level as each row says"),
    )


def risks(desk: Desk) -> None:
    """What the figures lack, what happens if things go otherwise, and grants that may fail."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Risks"))
    desk.paper.heading(say("What the figures lack"), 2)
    unverified = sum(value.status == "unverified" for _each, value in used(result))
    desk.paper.points(
        [
            *answers.caveats(result, reading, language),
            view.count(
                "{count} assumption that the figures rest on is not verified in its source",
                "{count} assumptions that the figures rest on are not verified in their source",
                unverified,
            )
            if unverified
            else "",
        ]
    )
    _otherwise(desk)
    findings = result.rule_findings()
    desk.paper.heading(say("Grants"), 2)
    if findings:
        desk.rows(
            say("Grants against the rules of their sources"),
            [
                first(say("Measure")),
                *words_of(say("Source of money"), width=2),
                *words_of(say("What was found"), width=7),
            ],
            [
                (
                    each.measure_name,
                    words.tag("source", each.source, language),
                    capitalise(message(each.violation, language)),
                )
                for each in findings
            ],
        )
    desk.grid(grant_days(result, language))
    if not len(view.plan.grants.measure):
        desk.paper.text(say("No grant stands in the plan."))


def _otherwise(desk: Desk) -> None:
    """The gap under the scenarios that come with the tool, each after the one looked at."""
    view, say = desk.view, desk.say
    before = answers.figures(view.result, view.reading)
    rows = []
    for scenario in reference().scenarios.values():
        # A plan in which nothing is carried out is no risk but another plan.
        if not scenario.changes or scenario.reading == EXPECTED or scenario.carries_nothing_out:
            continue
        result = view.result.under(combine(view.result.scenario, scenario))
        after = answers.figures(result, view.reading)
        rows.append(
            (
                words.name(scenario, view.language),
                desk.mnkr(after.need, after.from_below),
                desk.mnkr(after.gap, after.from_below),
                desk.mnkr(after.gap - before.gap),
            )
        )
    if rows:
        desk.paper.heading(say("If it goes otherwise"), 2)
        desk.rows(
            say("{title}, MSEK", title=say("The municipal group's gap if it goes otherwise")),
            [
                first(say("Scenario")),
                *figures_of(say("Investment need"), say("Missing"), say("Difference")),
            ],
            [
                (
                    words.scenario(view.result.scenario, view.language),
                    desk.mnkr(before.need, before.from_below),
                    desk.mnkr(before.gap, before.from_below),
                    desk.mnkr(0),
                ),
                *rows,
            ],
        )


def proposals(desk: Desk) -> None:
    """What the council could be asked to decide: a draft, for whoever writes the paper."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Proposed decisions"))
    desk.paper.text(
        say("A draft from the figures: whoever prepares the matter words the decisions."),
        say("The council is proposed to decide"),
    )
    sums = answers.figures(result, reading)
    everyone = answers.figures(result, reading, None)
    desk.paper.points(
        [
            say(
                "to take note of the climate investment plan {plan}, version {version}, as a basis "
                "for budget and plan,",
                plan=view.plan.head.name,
                version=view.plan.version,
            ),
            say(
                "to take a position on the decisions in the table below,",
            )
            if sums.gap
            else "",
            say(
                "to instruct the executive committee to come back with how the {gap} that has no "
                "decision is to be financed, within the debt ceiling and the financial targets,",
                gap=desk.money(sums.gap, sums.from_below),
            )
            if sums.gap
            else "",
            view.count(
                "to instruct committees and companies to state the amount of {count} measure "
                "without one, and",
                "to instruct committees and companies to state the amounts of {count} measures "
                "without one, and",
                everyone.unknown,
            )
            if everyone.unknown
            else "",
            say("to follow the plan up with the annual report."),
        ],
        numbered=True,
    )
    waits = money.to_decide(result, reading, desk.year, language)
    desk.paper.text(waits.sentence + ".")
    if waits.grid is not None:
        desk.grid(waits.grid)


def _verified(each: ValuedBenefit) -> bool:
    return each.benefit.status == "verified" and all(
        one.value.status == "verified" for one in each.inputs
    )


def _price_year(desk: Desk, each: ValuedBenefit) -> str:
    said = each.price.price_year if each.price else None
    if isinstance(said, int):
        return desk.say("{year} prices", year=said)
    return desk.say("nominal prices" if said == "nominal" else "price year unknown")


def _levels(desk: Desk, span) -> tuple[str, str, str]:
    low, mid, high = (round(level * 100) for level in (span.low, span.mid, span.high))
    below = span.from_below and low == high
    return desk.mnkr(low), desk.mnkr(mid, below), desk.mnkr(high)

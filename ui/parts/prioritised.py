"""A choice of measures in words, figures and tables: *prioriterat* and *ej prioriterat*."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from model.formatting import SPACE, ZERO
from model.optimise.answer import Answer
from model.optimise.explain import Explained, In, Out, Use
from model.optimise.margin import Margin
from model.report import prioritised as words
from ui import format as write
from ui import frame
from ui.i18n import _, language, n_
from ui.parts.headline import Figure
from ui.parts.table import Link, Table


def sentence(answer: Answer, said: Explained) -> str:
    """The answer with its numbers."""
    goal = answer.goal
    if answer.choice is None:
        if answer.relaxations:
            return _(
                "Nothing keeps to all of the goal. It is enough to change this: {change}",
                change=relaxations(answer)[0],
            )
        if answer.contradiction:
            return _("What is demanded contradicts itself: nothing can be chosen")
        return _("Nothing was found in the time there was")
    fields = {
        "gives": gives(answer.figures.value, answer),
        "cost": write.money(answer.figures.cost),
        "gap": write.money(int(answer.figures.gap.sum())),
        "first": goal.first,
        "last": goal.last,
        "lost": gives(lost(said), answer),
    }
    if goal.aim == "least_cost":
        return _("{gives} takes at least {cost} of our own money in {first}–{last}", **fields)
    if goal.aim == "smallest_gap":
        return _("{gives} leaves at least {gap} missing in {first}–{last}", **fields)
    if goal.aim == "per_krona":
        return _("Most per krona of ours: {gives} for {cost} in {first}–{last}", **fields)
    fields["cost"] = _of_the_budget(answer)
    if not lost(said):
        return _("{cost} of our own money in {first}–{last} gives {gives}", **fields)
    return _(
        "{cost} of our own money in {first}–{last} gives {gives}; {lost} is not prioritised",
        **fields,
    )


def _of_the_budget(answer: Answer) -> str:
    """``94,0 av högst 145,0 mnkr``: what is used, of what may be."""
    used = write.money(answer.figures.cost, zero="0")
    most = write.money(_budget(answer), zero="0")
    if used == most:
        return used
    figure, _space, unit = used.partition(SPACE)
    if unit == most.partition(SPACE)[2]:
        used = figure
    return _("{used} of at most {most}", used=used, most=most)


def _budget(answer: Answer) -> int:
    """The budget in öre; what is used where there is none."""
    goal = answer.goal
    by_year = sum(most for _year, most in goal.budget) if goal.budget else None
    limits = [limit for limit in (goal.total, by_year) if limit is not None]
    return min(limits, default=answer.figures.cost)


def gives(value: float | None, answer: Answer) -> str:
    """``6 090 t CO2e om året``."""
    text = words.amount(value, answer.goal, language())
    if value is None or answer.goal.of == "benefit":
        return text
    if answer.goal.of == "tonnes":
        return _("{tonnes} CO2e until {last}", tonnes=text, last=answer.goal.last)
    return _("{tonnes} CO2e a year", tonnes=text)


def lost(said: Explained) -> float:
    """What is known to be lost with what is not carried out."""
    return sum(each.lost or 0.0 for each in said.left_out)


def figures(answer: Answer, said: Explained) -> list[Figure]:
    """What is had, what it costs, what is lost, and what a sorted list would lose."""
    goal, found, by_list = answer.goal, answer.figures, answer.list_figures
    unknown = sum(each.lost is None for each in said.left_out)
    return [
        Figure(
            words.amount(found.value, goal, language()),
            _(words.OF[goal.of]),
            words.surely(answer, language()),
        ),
        Figure(
            write.money(found.cost),
            _("Our own money, after grants"),
            _("of at most {budget}", budget=write.money(_budget(answer), zero="0"))
            if goal.total is not None or goal.budget
            else "",
        ),
        Figure(
            words.amount(lost(said), goal, language()),
            _("Not prioritised"),
            n_(
                "{count} measure's effect is not known",
                "{count} measures' effect is not known",
                unknown,
            )
            if unknown
            else "",
        ),
        Figure(*_list_figure(answer), _by_list_note(answer, by_list.value)),
    ]


def _list_figure(answer: Answer) -> tuple[str, str]:
    value = answer.list_figures.value
    return words.amount(value, answer.goal, language()), _("A list sorted by benefit per krona")


def _by_list_note(answer: Answer, value: float) -> str:
    goal, found, by_list = answer.goal, answer.figures, answer.list_figures
    if not answer.list_keeps:
        return _("does not keep to the goal")
    if goal.aim == "most":
        less = found.value - value
        return (
            _("loses {amount}", amount=words.amount(less, goal, language()))
            if less > 1e-6
            else _("loses nothing here")
        )
    more = by_list.cost - found.cost
    if goal.aim == "smallest_gap":
        more = int(by_list.gap.sum() - found.gap.sum())
    if goal.aim == "per_krona":
        return _("for {cost}", cost=write.money(by_list.cost))
    return (
        _("costs {amount} more", amount=write.money(more)) if more > 0 else _("costs no more here")
    )


def chosen_table(answer: Answer, said: Explained) -> Table:
    """What is carried out, what gives most first."""
    rows = [_chosen(each, answer) for each in said.chosen]
    heads = (_("Measure"), _("Starts"), _("Our own money"), _heading(answer), _per(answer))
    needed = any(each.needed_for for each in said.chosen)
    if needed:
        rows = [
            (*row, _needed_for(each, answer)) for row, each in zip(rows, said.chosen, strict=True)
        ]
        heads = (*heads, _("Needed for"))
    return Table(
        _("Chosen: our own money in MSEK, {of}", of=_(words.OF[answer.goal.of]).lower()),
        heads,
        rows,
        total=(
            _("Sum"),
            "",
            write.mnkr(answer.figures.cost),
            _cell(answer.figures.value, answer),
            _rate(answer.figures.cost, answer.figures.value),
            *([""] if needed else []),
        ),
        text=frozenset({1, 5}),
    )


def left_out_table(answer: Answer, said: Explained) -> Table:
    """*Ej prioriterat*, what loses most first, with why."""
    known = [each.own for each in said.left_out if each.own is not None]
    return Table(
        _("Not prioritised: amounts in MSEK, and what is lost ({of})", of=_heading(answer)),
        (_("Measure"), _("Our own money"), _("Need"), _("Lost"), _("Why")),
        [_left_out(each, answer) for each in said.left_out],
        total=(
            _("Sum of what is known"),
            write.mnkr(sum(known)),
            write.mnkr(sum(each.need or 0 for each in said.left_out)),
            _cell(lost(said), answer),
            "",
        ),
        text=frozenset({4}),
    )


def limits_table(said: Explained, answer: Answer) -> Table:
    """Every limit, how much of it is used, and whether it binds."""

    def amount(use, value: float) -> str:
        if use.limit.money:
            return write.mnkr(round(value))
        return words.limited(use.limit, value, answer.goal, language())

    rows = []
    for use in said.uses:
        edge = use.limit.most if np.isfinite(use.limit.most) else use.limit.least
        phrase = words.limit(use.limit, language(), answer.options.plan)
        rows.append(
            (
                phrase[:1].upper() + phrase[1:],
                amount(use, edge),
                amount(use, use.used),
                _limits(use),
            )
        )
    return Table(
        _("What the choice keeps to, money in MSEK"),
        (_("Limit"), _("Limit is"), _("Used"), ""),
        rows,
        text=frozenset({3}),
    )


def _limits(use: Use) -> str:
    """Whether a limit binds. One with money left does where no measure left out has room in it."""
    if use.limit.kind == "minimum":
        if use.binds:
            return _("binds: what is needed for it cannot be left out")
        return _("more than asked for") if use.left else _("reached")
    if use.binds and use.left and use.limit.kind != "reach":
        return _("binds: the next measure does not fit")
    if use.binds:
        return _("binds")
    return _("has room") if use.left else _("used up")


def margins(found: Sequence[Margin], answer: Answer) -> list[str]:
    """What a little more would give, one sentence per limit that binds."""
    return [words.margin(each, answer, language()) for each in found]


def relaxations(answer: Answer) -> list[str]:
    """The ways out, each by itself."""
    return [words.relaxation(each, answer, language()) for each in answer.relaxations]


def by_year(answer: Answer) -> tuple[list[int], np.ndarray, np.ndarray, list[int | None]]:
    """The goal's years with own money held and chosen (öre), and the budget of each."""
    options, on = answer.options, answer.choice.chosen
    held = on & options.held[options.measure]
    rows = options.window
    budget = dict(answer.goal.budget)
    years = [int(year) for year in options.years[rows]]
    bound = options.own[rows][:, held].sum(axis=1)
    whole = answer.figures.own[rows]
    return years, bound, whole - bound, [budget.get(year) for year in years]


def years_table(answer: Answer) -> Table:
    """The chart's table."""
    years, held, besides, _budgets = by_year(answer)

    def row(label: str, amounts) -> tuple[str, ...]:
        return (label, *(write.mnkr(int(a)) for a in amounts), write.mnkr(int(sum(amounts))))

    rows = [row(_("Has begun or must be carried out"), held), row(_("Chosen"), besides)]
    return Table(
        _("Our own money by year, MSEK"),
        ("", *map(str, years), _("Sum")),
        rows,
        total=row(_("Our own money"), held + besides),
    )


def untouched(answer: Answer) -> list[str]:
    """Measures that are not ours to choose: how many, and why."""
    options = answer.options
    counts = Counter(options.out[options.untouched].tolist())
    return [
        text
        for reason, text in (
            (
                "not_ours",
                n_(
                    "{count} measure is other actors' and stays as it is.",
                    "{count} measures are other actors' and stay as they are.",
                    counts["not_ours"],
                ),
            ),
            (
                "split_unknown",
                n_(
                    "{count} measure is shared, and nobody has said who pays what: it stays as it "
                    "is, and its tonnes are not counted here.",
                    "{count} measures are shared, and nobody has said who pays what: they stay as "
                    "they are, and their tonnes are not counted here.",
                    counts["split_unknown"],
                ),
            ),
        )
        if counts[reason]
    ]


def sought(answer: Answer) -> list[str]:
    """New applications that the choice makes."""
    from model.report.words import adjustment

    return [
        adjustment(each, language(), answer.options.plan)
        for each in answer.adjustments
        if each.do == "seek_maximum"
    ]


def _chosen(each: In, answer: Answer) -> tuple[str, ...]:
    tags = answer.options.plan.tags
    starts = str(each.starts) if each.starts else ""
    if each.delay:
        starts = n_(
            "{year}, {count} year later",
            "{year}, {count} years later",
            each.delay,
            year=each.starts,
        )
    name = str(tags["name"][each.place])
    return (
        Link(name, frame.href("atgarder", measure=str(tags["id"][each.place]))),
        starts,
        write.mnkr(each.own),
        _cell(each.gives, answer),
        _rate(each.own, each.gives),
    )


def _needed_for(each: In, answer: Answer) -> str:
    """The minimums that would not be reached without it."""
    plan = answer.options.plan
    return ", ".join(words.limit(of, language(), plan) for of in each.needed_for)


def _left_out(each: Out, answer: Answer) -> tuple[str, ...]:
    tags = answer.options.plan.tags
    name = str(tags["name"][each.place])
    return (
        Link(name, frame.href("atgarder", measure=str(tags["id"][each.place]))),
        write.unknown() if each.own is None and each.need is None else _own(each),
        write.mnkr(each.need) if each.need is not None else write.unknown(),
        _cell(each.lost, answer),
        words.reason(each, answer, language()),
    )


def _own(each: Out) -> str:
    return "" if each.own is None else write.mnkr(each.own)


def _heading(answer: Answer) -> str:
    return {
        "tonnes_a_year": _("t CO2e a year"),
        "tonnes": _("t CO2e"),
        "benefit": _("Benefit, MSEK"),
    }[answer.goal.of]


def _per(answer: Answer) -> str:
    return {
        "tonnes_a_year": _("SEK per tonne and year"),
        "tonnes": _("SEK per tonne"),
        "benefit": _("SEK per krona"),
    }[answer.goal.of]


def _cell(value: float | None, answer: Answer) -> str:
    if value is None:
        return write.unknown()
    if answer.goal.of == "benefit":
        return write.mnkr(round(value * 100))
    return write.number(value, 0 if abs(value) >= 9.95 or value == 0 else 1)


def _rate(own: int, value: float | None) -> str:
    """Own kronor per unit; a dash where it costs nothing."""
    if not value or value <= 0:
        return ""
    rate = own / 100 / value
    return write.number(rate, 0 if rate >= 9.95 else 2) if own else ZERO

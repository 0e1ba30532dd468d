"""Scenarios: what happens to the gap if; toggles beside one chart."""

from dataclasses import replace

import numpy as np
import streamlit as st

from model.comparison import moving_reading, need_and_gap, standing, years_of
from model.palette import GAP
from model.report import answers, words
from model.report.answers import GROUP
from model.report.changes import change_title
from model.results import results
from model.scenario import AS_IS
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import by_category, gap_change
from ui.charts.stack import Stack
from ui.i18n import _, mark, name
from ui.parts import (
    chart,
    effects,
    empty,
    headline,
    listing,
    saved_scenarios,
    side_by_side,
    toggles,
)
from ui.parts.chart import Words
from ui.parts.headline import Figure
from ui.parts.table import Table

SHOWS = mark("The municipal group's gap under the scenario and in the plan as it is")

state = frame.require()
reading, language = state.reading, state.language
result = results(state.plan_id, state.scenario)
as_is = results(state.plan_id)
chosen = words.scenario(result.scenario, language)
head = result.plan.head


def main() -> None:
    headline.show(
        change_title(as_is, result, reading, language),
        figures(),
        tag=_("example") if head.example else "",
        notes=[*horizon(), *answers.caveats(result, reading, language)],
    )
    if not as_is.plan.size[1]:
        empty.show(
            _("The plan has no measures yet, so no scenario changes anything."),
            _("Upload an investment budget, or enter the first measure by hand."),
            page="underlag",
            link=_("Go to Source data"),
        )
        return
    wide, narrow = st.columns([2, 1], gap="large")
    with narrow:
        whole = adjust()
    with wide:
        unmoved()
        if whole:
            in_all()
        else:
            by_year()
    frame.link("jamfor", _("Compare scenarios"))
    saved_scenarios.show(state)


def figures() -> list[Figure]:
    now, before = standing(result, reading), standing(as_is, reading)

    def figure(label: str, of: str, amount: str, meaning=None) -> Figure:
        sums, was = getattr(now, of), getattr(getattr(before, of), amount)
        ore = getattr(sums, amount)
        from_below = sums.lower_bounds > 0 and ore > 0 and amount != "covered"
        value = (
            write.unknown()
            if sums.unknown and not sums.need and amount != "covered"
            else write.money(ore, lower_bound=from_below)
        )
        change = ore - was
        note = ""
        if state.scenario.adjustments:
            note = (
                _("{change} against the plan", change=effects.signed(change))
                if change
                else _("as in the plan")
            )
        return Figure(value, label, note, meaning)

    return [
        figure(_("Missing"), "group", "gap", GAP),
        figure(_("Investment need"), "group", "need"),
        figure(_("Covered"), "group", "covered"),
        figure(_("Other actors' need, beside"), "other", "need"),
    ]


def horizon() -> list[str]:
    """What a delay does to the plan's years."""
    last, before = head.last_year, as_is.plan.head.last_year
    if last == before:
        return []
    return [
        _(
            "The plan's last year becomes {last} instead of {before}. What measures do to "
            "emissions comes as much later.",
            last=last,
            before=before,
        )
    ]


def adjust() -> bool:
    """The toggles, each with its own effect on the gap. True when the gap is shown in all."""
    by = {"": _("By year"), "total": _("In all")}
    said = "".join(view.said("chart")[-1:])
    shown = st.segmented_control(
        _("Show the gap"),
        list(by),
        format_func=by.get,
        required=True,
        **view.saying("chart", said if said in by else ""),
    )
    if state.base.adjustments:
        effect = effects.said(state, None)
        st.html(
            f'<ul class="effects"><li>{safe.html(name(state.base))}: '
            f"<b>{safe.html(effect)}</b></li></ul>"
        )
    where = toggles.which(state)
    toggles.panel(state, ("delay", "cost"), where=where, effects=True)
    toggles.panel(state, ("measures", "sources", "success", "private", "rate"), effects=True)
    if state.scenario.adjustments:
        st.caption(
            _(
                "Each effect is the gap with it less the gap without. Together they may do more "
                "or less. Nothing is saved: the address is the scenario."
            )
        )
        st.button(_("Back to the plan as it is"), on_click=view.change, args=(leave,))
    return shown == "total"


def leave(seen):
    """The view without any scenario."""
    return replace(seen, scenario=AS_IS.id, toggles=())


def unmoved() -> None:
    """When the scenario changes nothing in the active reading: which reading it changes."""
    if not state.scenario.adjustments:
        return
    moved = moving_reading(as_is, result, reading)
    if moved == reading:
        return
    if moved is None:
        listing.text(_("This scenario changes the gap in no reading."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _(
                "The reading {reading} does not move with this scenario; {other} does.",
                reading=effects.label(reading),
                other=effects.label(moved),
            ),
            width="content",
        )
        st.button(
            _("Show the reading {reading}", reading=effects.label(moved)),
            on_click=view.change,
            args=(lambda seen: replace(seen, reading=moved),),
        )


def by_year() -> None:
    years = years_of(reading, as_is, result)
    labels = tuple(write.year(year, head.first_year) for year in years)
    plan, gap = (need_and_gap(each, reading, years)[1] for each in (as_is, result))
    same = np.array_equal(plan, gap)
    difference = gap - plan

    def row(label: str, amounts: np.ndarray, cell) -> tuple[str, ...]:
        return (label, *(cell(int(amount)) for amount in (*amounts, amounts.sum())))

    rows = [row(_("The plan as it is"), plan, write.mnkr), row(chosen, gap, write.mnkr)]
    chart.place(
        gap_change.figure(labels, plan, gap, chosen),
        Words(
            most(labels, gap),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or head.name,
            gap_change.describe(labels, plan, gap, chosen),
        ),
        key="gap-by-year",
        meanings=[GAP, *([] if same else [gap_change.AS_IS])],
        table=Table(
            _("Missing by year, MSEK"),
            ("", *labels, _("Sum")),
            rows[1:] if not state.scenario.adjustments else rows,
            total=row(_("Difference"), difference, side_by_side.signed)
            if state.scenario.adjustments
            else (),
        ),
    )


def most(labels: tuple[str, ...], gap: np.ndarray) -> str:
    """The title of the chart: which year lacks most."""
    if not gap.any():
        return _("Nothing is missing in any year")
    worst = int(gap.argmax())
    return _(
        "Most is missing {year}: {part} of {whole}",
        year=labels[worst],
        part=write.money(int(gap[worst])),
        whole=write.money(int(gap.sum())),
    )


def in_all() -> None:
    compared_ = [(AS_IS.id, name(AS_IS), as_is)]
    if state.scenario.adjustments:
        compared_.append(("scenario", chosen, result))
    cover: dict[str, list[int]] = {}
    for place, (_key, _label, each) in enumerate(compared_):
        for line in each.cover("actor_group", reading, actor_group=GROUP):
            cover.setdefault(line.status, [0] * len(compared_))[place] += line.amount
    gaps = [standing(each, reading).group.gap for _key, _label, each in compared_]
    stack = Stack(
        keys=tuple(key for key, _label, _each in compared_),
        labels=tuple(label for _key, label, _each in compared_),
        cover={status: np.array(amounts, dtype=np.int64) for status, amounts in cover.items()},
        gap=np.array(gaps, dtype=np.int64),
    )
    chart.place(
        by_category.figure(stack, sort=False),
        Words(
            covered_of_need(),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or head.name,
            by_category.describe(stack),
        ),
        key="gap-in-all",
        meanings=stack.meanings,
        table=Table(
            _("Need, covered and missing, MSEK"),
            ("", _("Need"), _("Covered"), _("Missing")),
            [
                (
                    label,
                    *(
                        write.mnkr(int(part[place]))
                        for part in (stack.need, stack.covered, stack.gap)
                    ),
                )
                for place, (_key, label, _each) in enumerate(compared_)
            ],
        ),
    )


def covered_of_need() -> str:
    now, before = (answers.figures(each, reading) for each in (result, as_is))
    fields = {"covered": write.money(now.covered), "need": write.money(now.need)}
    if not state.scenario.adjustments:
        return _("{covered} of {need} is covered", **fields)
    return _(
        "{covered} of {need} is covered; in the plan as it is {before} of {planned}",
        before=write.money(before.covered),
        planned=write.money(before.need),
        **fields,
    )


main()

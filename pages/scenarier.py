"""Scenarios: what happens to the gap if; toggles beside one chart."""

from dataclasses import replace

import numpy as np
import streamlit as st

from model.comparison import moving_reading, need_and_gap, standing, years_of
from model.palette import GAP
from model.report import answers, words
from model.report.changes import change_title
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import gap_change
from ui.i18n import _, mark
from ui.parts import (
    changes,
    chart,
    effects,
    empty,
    headline,
    listing,
    saved_scenarios,
    side_by_side,
    table,
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
        figures() if as_is.plan.size[1] else [],
        tag=_("example") if head.example else "",
        notes=[*horizon(), *answers.caveats(result, reading, language)],
    )
    if not as_is.plan.size[1]:
        empty.no_measures(in_scenario=False)
        return
    # The chart first: it answers before what stands beside and below it is worked out.
    wide, narrow = st.columns([2, 1], gap="large")
    below = st.container()
    with wide:
        by_year()
    with narrow:
        adjust()
    with wide:
        unmoved()
        changes.since_the_start(state)
    with below:
        table.show(missing_by_year())
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
        if state.scenario.changes:
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


def adjust() -> None:
    """The toggles, each with its own effect on the gap, and the way back."""
    changes.back()
    with st.container(key="switches-on"):
        changes.switches(state)
        toggles.panel(state, ("sources",), effects=True)
    toggles.panel(state, ("delay", "cost"), where=toggles.about(state), effects=True)
    toggles.panel(state, ("success", "private"), effects=True)
    toggles.more(state)


def unmoved() -> None:
    """When the scenario changes nothing in the active reading: which reading it changes."""
    if not state.scenario.changes:
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


def gaps() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Years, and the gap in each of the plan as it is and under the scenario, in öre."""
    years = years_of(reading, as_is, result)
    labels = tuple(write.year(year, head.first_year) for year in years)
    plan, gap = (need_and_gap(each, reading, years)[1] for each in (as_is, result))
    return labels, plan, gap


def by_year() -> None:
    labels, plan, gap = gaps()
    same = np.array_equal(plan, gap)
    chart.place(
        gap_change.picture(labels, plan, gap, chosen),
        Words(
            most(labels, gap),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or head.name,
            gap_change.describe(labels, plan, gap, chosen),
        ),
        key="gap-by-year",
        meanings=[GAP, *([] if same else [gap_change.AS_IS])],
    )


def missing_by_year() -> Table:
    labels, plan, gap = gaps()

    def row(label: str, amounts: np.ndarray, cell) -> tuple[str, ...]:
        return (label, *(cell(int(amount)) for amount in (*amounts, amounts.sum())))

    rows = [row(_("The plan as it is"), plan, write.mnkr), row(chosen, gap, write.mnkr)]
    adjusted = state.scenario.changes
    return Table(
        f"{_('Missing by year, MSEK')}, {words.price_level(result.plan, language)}",
        ("", *labels, _("Sum")),
        rows if adjusted else rows[1:],
        total=row(_("Difference"), gap - plan, side_by_side.signed) if adjusted else (),
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


main()

"""Scenarios: what happens to the gap if; toggles beside one chart."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.comparison import moving_reading, need_and_gap, standing, years_of
from model.formatting import capitalise
from model.palette import GAP
from model.report import answers, words
from model.report.changes import change_title
from model.report.largest import most_by_year
from model.results import Result, results
from model.rows import PlanHead
from ui import answer, frame
from ui import format as write
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
from ui.state import State

SHOWS = mark("The municipal group's gap under the scenario and in the plan as it is")


@dataclass(frozen=True)
class Seen:
    """What the address asks for: the plan as it is, and under the scenario."""

    state: State
    as_is: Result
    result: Result

    @property
    def reading(self) -> str:
        return self.state.reading

    @property
    def head(self) -> PlanHead:
        return self.result.plan.head

    @property
    def chosen(self) -> str:
        """What the scenario is called."""
        return words.scenario(self.result.scenario, self.state.language)


def now() -> Seen:
    """By the address as it is now: the answer is drawn anew while the page is not."""
    state = view.current()
    return Seen(state, results(state.plan_id), results(state.plan_id, state.scenario))


def main() -> None:
    frame.require()
    seen = now()
    if not seen.as_is.plan.size[1]:
        say(seen)
        empty.no_measures(in_scenario=False)
        return
    above = st.container()
    wide, narrow = st.columns([2, 1], gap="large")
    with narrow:
        answer.first(lambda: gap(above, wide), adjust)
    with wide:
        chart.foot(said(seen))
        unmoved(seen)
        changes.since_the_start(seen.state)
    table.show(missing_by_year(seen))
    frame.link("jamfor", _("Compare scenarios"))
    saved_scenarios.show(seen.state)


def gap(above: DeltaGenerator, wide: DeltaGenerator) -> None:
    """The answer in words and figures, and its chart."""
    seen = now()
    with above:
        say(seen)
    with wide:
        by_year(seen)


def say(seen: Seen) -> None:
    headline.show(
        change_title(seen.as_is, seen.result, seen.reading, seen.state.language),
        figures(seen) if seen.as_is.plan.size[1] else [],
        tag=_("example") if seen.head.example else "",
        notes=[*horizon(seen), *answers.caveats(seen.result, seen.reading, seen.state.language)],
    )


def adjust() -> None:
    """The toggles, each with its own effect on the gap, and the way back."""
    state = view.current()
    changes.back()
    with st.container(key="switches-on"):
        changes.switches(state)
        toggles.panel(state, ("sources",), effects=True)
    toggles.panel(state, ("delay", "cost"), where=toggles.about(state), effects=True)
    toggles.more(state)


def figures(seen: Seen) -> list[Figure]:
    now, before = (standing(each, seen.reading) for each in (seen.result, seen.as_is))

    def figure(label: str, of: str, amount: str, meaning=None) -> Figure:
        sums, was = getattr(now, of), getattr(getattr(before, of), amount)
        ore = getattr(sums, amount)
        from_below = sums.at_least(ore) and amount != "covered"
        value = (
            write.unknown()
            if sums.unknown and not sums.need and amount != "covered"
            else write.money(ore, lower_bound=from_below)
        )
        change = ore - was
        note = ""
        if seen.state.scenario.changes:
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


def horizon(seen: Seen) -> list[str]:
    """What a delay does to the plan's years."""
    last, before = seen.head.last_year, seen.as_is.plan.head.last_year
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


def unmoved(seen: Seen) -> None:
    """When the scenario changes nothing in the active reading: which reading it changes."""
    reading = seen.reading
    if not seen.state.scenario.changes:
        return
    moved = moving_reading(seen.as_is, seen.result, reading)
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
            args=(lambda view: replace(view, reading=moved),),
        )


def gaps(seen: Seen) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Years, and the gap in each of the plan as it is and under the scenario, in öre."""
    years = years_of(seen.reading, seen.as_is, seen.result)
    labels = tuple(write.year(year, seen.head.first_year) for year in years)
    plan, gap = (need_and_gap(each, seen.reading, years)[1] for each in (seen.as_is, seen.result))
    return labels, plan, gap


def by_year(seen: Seen) -> None:
    labels, plan, gap = gaps(seen)
    same = np.array_equal(plan, gap)
    chart.answer(
        gap_change.picture(labels, plan, gap, seen.chosen),
        said(seen),
        key="gap-by-year",
        meanings=[GAP, *([] if same else [gap_change.AS_IS])],
    )


def said(seen: Seen) -> Words:
    """What stands round the chart."""
    labels, plan, gap = gaps(seen)
    return Words(
        most(seen, labels, gap),
        answers.subtitle(seen.result, seen.reading, seen.state.language, SHOWS),
        seen.head.source or seen.head.name,
        gap_change.describe(labels, plan, gap, seen.chosen),
    )


def missing_by_year(seen: Seen) -> Table:
    labels, plan, gap = gaps(seen)

    def row(label: str, result: Result, amounts: np.ndarray) -> tuple[str, ...]:
        return (label, *map(write.mnkr, amounts.tolist()), whole(result, amounts, write.mnkr, seen))

    rows = [row(_("The plan as it is"), seen.as_is, plan), row(seen.chosen, seen.result, gap)]
    more = gap - plan
    difference = [side_by_side.signed(ore) for ore in (*more.tolist(), int(more.sum()))]
    adjusted = seen.state.scenario.changes
    return Table(
        f"{_('Missing by year, MSEK')}, {words.price_level(seen.result.plan, seen.state.language)}",
        ("", *map(capitalise, labels), _("Sum")),
        rows if adjusted else rows[1:],
        total=(_("Difference"), *difference) if adjusted else (),
    )


def whole(result: Result, gap: np.ndarray, written: Callable[..., str], seen: Seen) -> str:
    """The gap of all years: at least so much where some measure is not known."""
    ore = int(gap.sum())
    sums = answers.figures(result, seen.reading)
    return written(ore, lower_bound=sums.at_least(ore))


def most(seen: Seen, labels: tuple[str, ...], gap: np.ndarray) -> str:
    """The title of the chart: which year lacks most."""
    if not gap.any():
        return _("Nothing is missing in any year")
    return most_by_year(
        labels,
        gap.tolist(),
        mark("Most is missing {when}: {part} of {whole}"),
        mark("Most is missing {when}: {part} a year, of {whole}"),
        mark("As much is missing every year {years}: {part} a year, {whole} in all"),
        seen.state.language,
        whole=whole(seen.result, gap, write.money, seen),
    )


main()

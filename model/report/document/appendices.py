"""The appendices: every measure, every assumption, and what has changed since the last version."""

import numpy as np

from model import records
from model.formatting import capitalise, tonnes
from model.reference import reference
from model.report import words
from model.report.answers import members
from model.report.council.changes import changes_since
from model.report.document.assumptions import assumptions_table, used
from model.report.document.desk import Desk, figures_of, first, words_of
from model.report.financing import LEVELS
from model.years import is_calendar_year

_INDICATOR = "co2e_reduction"


def every_measure(desk: Desk) -> None:
    """A line for each measure, whoever owns it, group by group; then what they say themselves."""
    view, say = desk.view, desk.say
    result, language = view.result, view.language
    desk.paper.heading(say("Appendix {number}. Every measure", number=1), across=True)
    desk.paper.text(
        say(
            "All measures of the plan under its scenario, the group's and others'. The sums of "
            "actor groups stand in the chapter about who must invest and are not added here."
        )
    )
    plan, outcome = view.plan, result.outcome(view.reading)
    stated = result.measures()
    for group in words.ACTOR_GROUPS:
        rows = []
        for place in np.flatnonzero(members(plan, group)):
            measure = stated[str(plan.tags["id"][place])]
            known = bool(plan.known[place])
            bound = bool(plan.lower_bound[place])

            def amount(ore: int, known=known, bound=bound) -> str:
                return desk.mnkr(int(ore), bound) if known else say("unknown")

            number = measure.project_number
            rows.append(
                (
                    f"{number} {measure.name}" if number else measure.name,
                    capitalise(words.tag("owner", str(plan.tags["owner"][place]), language)),
                    measure.department or say("unknown"),
                    words.tag("readiness", measure.readiness or "", language),
                    amount(plan.need.low[:, place].sum(), bound=False),
                    amount(outcome.need[:, place].sum()),
                    say("at least") if bound else amount(plan.need.high[:, place].sum()),
                    amount(outcome.gap[:, place].sum()),
                    _tonnes(desk, place),
                    measure.source_ref or say("unknown"),
                )
            )
        if rows:
            desk.rows(
                say("{title}, MSEK", title=say(words.ACTOR_GROUPS[group])),
                [
                    first(say("Measure"), 3.6),
                    *words_of(say("Owner"), say("Department or company"), say("Readiness")),
                    *figures_of(
                        say("Low"),
                        say("Mid"),
                        say("High"),
                        say("Not covered"),
                        say("t CO2e a year"),
                    ),
                    *words_of(say("Source"), width=2.6),
                ],
                rows,
                notes=[
                    say("What is not covered is a financing gap only for the municipal group.")
                    if group != "municipal_group"
                    else ""
                ],
            )
    _notes(desk)


def _notes(desk: Desk) -> None:
    """What is said about a measure, where something is."""
    view, say = desk.view, desk.say
    stated = view.result.measures()
    said = []
    for key in view.plan.tags["id"]:
        measure = stated[str(key)]
        text = " ".join(filter(None, [measure.description, measure.note]))
        if text or measure.decision:
            decision = say("Decision: {decision}.", decision=measure.decision)
            said.append(
                (measure.name, " ".join(filter(None, [text, decision if measure.decision else ""])))
            )
    if said:
        desk.paper.heading(say("What the plan says of its measures"), 2)
        desk.rows(
            say("Descriptions, notes and decisions"),
            [first(say("Measure")), *words_of(say("What is said"), width=9)],
            said,
        )


def _tonnes(desk: Desk, place: int) -> str:
    effects = desk.view.plan.effects
    lines = np.flatnonzero(
        (effects.measure == place)
        & (effects.indicator == _INDICATOR)
        & (effects.basis == "per_year")
        & ~np.isnan(effects.mid)
    )
    if not len(lines):
        return desk.say("unknown")
    latest = lines[np.argmax(effects.year[lines])]
    return tonnes(float(effects.mid[latest]), language=desk.view.language)


def every_assumption(desk: Desk) -> None:
    """What the figures rest on, and the documents behind it."""
    say = desk.say
    desk.paper.heading(say("Appendix {number}. Assumptions and sources", number=2))
    assumptions_table(desk)
    _own_figures(desk)
    keys = [value.source for _each, value in used(desk.view.result)]
    keys += [each.benefit.source for each in desk.view.result.benefits()]
    known = reference().sources
    desk.rows(
        say("Sources"),
        [
            first(say("Title")),
            *words_of(say("Publisher"), width=2),
            *words_of(say("Year"), width=1),
            *words_of(say("Address"), width=3),
        ],
        [
            (known[key].title, known[key].publisher, known[key].year or "–", known[key].url or "–")
            for key in dict.fromkeys(keys)
            if key in known
        ],
        prices=say("price level as each row says"),
    )


def _own_figures(desk: Desk) -> None:
    """What the municipality states of itself, year by year, as the financing analysis uses it."""
    say = desk.say
    rows = [
        (
            f"{say(LEVELS[row.level])}, {row.year}",
            row.source_ref or say("unknown"),
        )
        for row in desk.view.result.listed("prerequisites")
        if is_calendar_year(row.year)
    ]
    if rows:
        desk.rows(
            say("Where the municipality's own figures come from"),
            [first(say("Level and year")), *words_of(say("Source"), width=6)],
            rows,
        )


def changes(desk: Desk) -> None:
    """What differs from the version before, where there is one."""
    view, say = desk.view, desk.say
    version = view.result.base.version
    desk.paper.heading(say("Appendix {number}. Change since the version before", number=3))
    store = view.result.store
    earlier = [
        entry.version
        for entry in records.history(view.plan.head.id, store=store)
        if entry.version < version
    ]
    if not earlier:
        desk.paper.text(say("The plan has no earlier version."))
        return
    old = records.document_at(view.plan.head.id, max(earlier), store)
    grid = changes_since(
        {measure.id: measure for measure in old.measures}, view.result.measures(), view.language
    )
    desk.paper.text(
        say(
            "Compared with version {version}, as entered, without any scenario.",
            version=max(earlier),
        )
    )
    if grid.rows:
        desk.grid(grid)
    else:
        desk.paper.text(say("No measure is new, taken away, moved or of another amount."))

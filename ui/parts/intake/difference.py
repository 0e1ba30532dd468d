"""The sixth step: into which plan, and what would be new there, changed, gone or left alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from model import records
from model.errors import Violation
from model.forms.compare import differences
from model.forms.form import Answer
from model.forms.measure import measure_form
from model.forms.told import told
from model.intake import preview
from model.intake.preview import Change, Difference, Near
from model.intake.reading import Reading
from model.money import to_ore
from model.reference import reference
from model.rows import Measure, PlanDocument, PlanHead
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, language, n_, name
from ui.parts import headline, listing, new_plan
from ui.parts import table as tables
from ui.parts.headline import Figure
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk
from ui.parts.table import Table
from ui.state import State

NEW = ""
SHOWN = 200


@dataclass(frozen=True)
class Target:
    """The plan that a workbook is for: as it stands and its version, or a new one's head.

    ``refused`` is what a new plan still lacks.
    """

    document: PlanDocument
    version: int
    new: PlanHead | None = None


def target(state: State, reading: Reading) -> tuple[Target | None, Answer | None]:
    """The plan to read into: the one that is looked at, another, or a new one; None with what the
    new one still lacks."""
    by_id = {plan.id: plan.name for plan in state.plans}
    first = [state.plan_id] if state.plan_id else []
    options = [*dict.fromkeys([*first, *by_id]), NEW]
    chosen = st.selectbox(
        _("Read into"),
        options,
        format_func=lambda plan: safe.line(by_id.get(plan, _("A new plan"))),
        key="upload-target",
    )
    if chosen != NEW:
        document, version = records.document(chosen)
        return Target(document, version), None
    answer = new_plan.fields(state, "upload-plan", span(reading))
    if answer.value is None:
        return None, answer
    return Target(PlanDocument(plan=answer.value), 0, answer.value), None


def span(reading: Reading) -> tuple[int, int] | None:
    """The first and last calendar year that the workbook has money in."""
    years = [int(label) for label in reading.totals if label.isdigit()]
    return (min(years), max(years)) if years else None


def compare(walk: Walk, reading: Reading, chosen: Target) -> Difference:
    """What the import would do to the plan, worked out once for each reading of each version."""
    key = (walk.token, walk.answers, dict(walk.same), chosen.document.plan, chosen.version)
    before = view.kept("walk-difference")
    if before is None or before[0] != key:
        with st.spinner(_("Comparing with {plan} …", plan=safe.text(chosen.document.plan.name))):
            found = preview.difference(chosen.document, reading, walk.same)
        before = (key, found)
        view.keep("walk-difference", before)
    return before[1]


def findings(found: Difference) -> list[Violation]:
    """What the plan finds in what would be written, with measures by their names."""
    names = {measure.id: measure.name for measure in found.measures}

    def named(each: Violation) -> Violation:
        _plan, _, place = each.ref.partition("/")
        measure = place.partition("/")[0]
        return replace(each, ref=names[measure]) if measure in names else each

    return [named(each) for each in found.violations]


def removed(walk: Walk, found: Difference) -> list[Measure]:
    """The measures that are to be taken away."""
    return [measure for measure in found.gone if measure.id in walk.gone]


def changes_nothing(walk: Walk, chosen: Target, found: Difference) -> bool:
    """The plan says all that the workbook says already."""
    same = all(rows == getattr(chosen.document, name) for name, rows in found.lists.items())
    return not found.measures and not removed(walk, found) and same and chosen.new is None


def status(found: Difference) -> str:
    """The step in a few words."""
    return ", ".join(
        [
            n_("{count} new", "{count} new", len(found.new)),
            n_("{count} changed", "{count} changed", len(found.changed)),
            n_("{count} gone", "{count} gone", len(found.gone)),
        ]
    )


def show(walk: Walk, reading: Reading, chosen: Target, found: Difference) -> None:
    """The difference in figures, and measure by measure."""
    kept = len(found.untouched) - len(found.gone)
    headline.figures(
        [
            Figure(write.number(len(found.new)), _("New measures")),
            Figure(write.number(len(found.changed)), _("Changed")),
            Figure(write.number(len(found.unchanged)), _("Unchanged")),
            Figure(
                write.number(len(found.gone)),
                _("Gone"),
                _("in an earlier version of the file, not in this one"),
            ),
            Figure(write.number(kept), _("Untouched"), _("in the plan but not in the workbook")),
        ]
    )
    for near in found.near:
        _near(walk, near)
    if found.new:
        with st.expander(n_("{count} new measure", "{count} new measures", len(found.new))):
            tables.show(_new(found.new))
    if found.changed:
        with st.expander(
            n_("{count} measure would change", "{count} measures would change", len(found.changed))
        ):
            listing.entries(_changed(change, chosen.document.plan) for change in found.changed)
    if found.gone:
        _gone(walk, found.gone)
    _besides(reading)


def _near(walk: Walk, near: Near) -> None:
    """A row that resembles a measure of the plan: the same, or a new one?"""
    by_id = {measure.id: measure for measure in near.candidates}
    options = [*by_id, preview.NEW]
    st.radio(
        _("{measure} in the workbook is", measure=safe.text(_with_number(near.new))),
        options,
        format_func=lambda answer: safe.text(
            _with_number(by_id[answer]) if answer in by_id else _("a new measure")
        ),
        captions=[
            *(safe.text(measure.department) for measure in by_id.values()),
            _("beside those that the plan has"),
        ],
        **view.holding(
            f"walk-same-{near.new.id}",
            near.answer if near.answer in options else None,
            lambda answer: walks.place(near.new.id, answer),
        ),
    )


def _with_number(measure: Measure) -> str:
    return " ".join(filter(None, [measure.project_number, measure.name]))


def _gone(walk: Walk, gone: Sequence[Measure]) -> None:
    """What an earlier version of the file had: it stays unless somebody says otherwise."""
    by_id = {measure.id: measure for measure in gone}
    st.multiselect(
        _("Take out of the plan, because the workbook no longer has them"),
        list(by_id),
        format_func=lambda key: safe.line(_with_number(by_id[key])),
        placeholder=_("None: they stay as they are"),
        **view.holding("walk-gone", [key for key in by_id if key in walk.gone], walks.let_go),
    )


def _besides(reading: Reading) -> None:
    """What the workbook says besides its measures."""
    if reading.funding:
        names = {measure.id: measure.name for measure in reading.measures}
        said = [
            _(
                "{source}: {measure}",
                source=_source(each.source),
                measure=names.get(each.measure_id, each.measure_id),
            )
            for each in reading.funding
        ]
        title = _("Sources that the workbook names and that make no grant")
        listing.entries([listing.Entry(title, points=said, tag=str(len(said)))])
    if reading.prerequisites:
        listing.text(
            n_(
                "The workbook has the prerequisites of {count} year.",
                "The workbook has the prerequisites of {count} years.",
                len(reading.prerequisites),
            )
        )
    if reading.loans:
        listing.text(
            n_(
                "The workbook has {count} green loan or bond.",
                "The workbook has {count} green loans or bonds.",
                len(reading.loans),
            )
        )


def _new(measures: Sequence[Measure]) -> Table:
    return Table(
        caption=_("New measures, MSEK"),
        columns=[_("Measure"), _("Department or company"), _("Investment"), _("Source")],
        rows=[
            [
                measure.name,
                measure.department or write.unknown(),
                _investment(measure),
                measure.source_ref,
            ]
            for measure in measures[:SHOWN]
        ],
        text=frozenset({1, 3}),
    )


def _investment(measure: Measure) -> str:
    amounts = [
        to_ore(each.mid)
        for each in measure.expenditures
        if each.kind == "investment" and each.mid is not None
    ]
    return write.mnkr(sum(amounts)) if amounts else write.unknown()


def _changed(change: Change, head: PlanHead) -> listing.Entry:
    form = measure_form(head, change.new)
    lines = told(form, differences(change.old, change.new), language())
    points = [f"{each.what}: {each.old or '–'} → {each.new or '–'}" for each in lines]
    return listing.Entry(change.new.name, points=points)


def _source(key: str) -> str:
    entry = reference().funding.get(key)
    return name(entry) if entry else key

"""A workbook on its way in: read, compared with a plan, and written when somebody agrees."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from model import commands, records
from model.errors import KlimatinvestError, StaleWrite, Violation
from model.forms.compare import differences
from model.forms.measure import measure_form
from model.forms.told import told
from model.intake import Reading, read_workbook
from model.intake.guard import base_name
from model.intake.preview import Change, Difference, difference
from model.money import to_ore
from model.reference import reference
from model.rows import Measure, PlanDocument, PlanHead
from model.years import parse_year
from ui import errors, frame, safe
from ui import format as write
from ui import state as view
from ui.i18n import _, language, message, n_, name
from ui.parts import headline, listing, new_plan
from ui.parts import table as tables
from ui.parts.headline import Figure
from ui.parts.table import Table
from ui.state import State

NEW = ""
_LARGEST_MB = 500


@dataclass(frozen=True)
class _Target:
    """The plan that a workbook is for: as it stands and its version, or a new one's head."""

    document: PlanDocument
    version: int
    new: PlanHead | None = None


def choose() -> UploadedFile | None:
    """The field for a workbook."""
    # The guard says in a sentence what is too large, so the field itself takes more.
    return st.file_uploader(
        _("Workbook with the investment budget, or the project's template filled in (.xlsx)"),
        key=f"upload-{view.kept('upload-turn', 0)}",
        max_upload_size=_LARGEST_MB,
    )


def show(state: State, file: UploadedFile | None) -> None:
    """What the workbook would do, and the button that reads it in; or what was just read in."""
    asked = view.kept("asked")
    view.forget("asked")
    if file is None:
        _say_imported(state)
        return
    content = file.getvalue()
    try:
        reading = _read(content, file.name)
    except KlimatinvestError as error:
        errors.say(message(error))
        return
    _preview(state, reading, content, asked)


def _read(content: bytes, name_: str) -> Reading:
    """The workbook as it is read; read once for each file."""
    key = (hashlib.sha256(content).hexdigest(), name_)
    before = view.kept("reading")
    if before and before[0] == key:
        return before[1]
    with st.spinner(_("Reading {file} …", file=safe.text(base_name(name_)))):
        reading = read_workbook(content, name_)
    view.keep("reading", (key, reading))
    return reading


def _preview(state: State, reading: Reading, content: bytes, asked: int | None) -> None:
    """``asked`` is the version of the plan for which the button was pressed, if it was."""
    listing.heading(_title(reading))
    target = _target(state, reading, asked)
    if target is None:
        _findings(reading, reading.violations)
        return
    found = difference(target.document, reading)
    headline.figures(_figures(reading, found))
    violations = [*reading.violations, *found.violations]
    stopped = reading.errors or found.errors
    if stopped:
        errors.say(
            n_(
                "Nothing can be read in before {count} error is mended.",
                "Nothing can be read in before {count} errors are mended.",
                len(stopped),
            )
        )
    elif _changes_nothing(target, found):
        st.info(_("Nothing would change: the plan says all that the workbook says already."))
    else:
        _agree(state, reading, content, target, found, asked)
    _findings(reading, violations)
    _years(reading, found)
    _measures(target, reading, found)
    _left_out(reading)


def _title(reading: Reading) -> str:
    measures = n_("{count} measure", "{count} measures", len(reading.measures))
    total = write.money(sum(to_ore(amount) for amount in reading.totals.values()))
    return _(
        "{file}: {measures}, {total} in investment",
        file=reading.file.name,
        measures=measures,
        total=total,
    )


def _target(state: State, reading: Reading, asked: int | None) -> _Target | None:
    """The plan to read into: the one that is looked at, another, or a new one."""
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
        return _Target(document, version)
    answer = new_plan.fields(state, "upload-plan", _span(reading))
    if answer.value is None:
        if asked is not None:
            new_plan.refuse(answer)
        _button(0)
        return None
    return _Target(PlanDocument(plan=answer.value), 0, answer.value)


def _span(reading: Reading) -> tuple[int, int] | None:
    """The first and last calendar year that the workbook has money in."""
    years = [int(label) for label in reading.totals if label.isdigit()]
    return (min(years), max(years)) if years else None


def _figures(reading: Reading, found: Difference) -> list[Figure]:
    return [
        Figure(write.number(len(found.new)), _("New measures")),
        Figure(write.number(len(found.changed)), _("Changed")),
        Figure(write.number(len(found.unchanged)), _("Unchanged")),
        Figure(
            write.number(len(found.untouched)),
            _("Untouched"),
            _("in the plan but not in the workbook"),
        ),
    ]


def _changes_nothing(target: _Target, found: Difference) -> bool:
    same = found.prerequisites == target.document.prerequisites
    return not found.measures and same and target.new is None


def _agree(
    state: State,
    reading: Reading,
    content: bytes,
    target: _Target,
    found: Difference,
    asked: int | None,
) -> None:
    """Write, when asked to, to the version of the plan that was shown."""
    _button(target.version)
    if asked is None:
        return
    plan = target.document.plan
    try:
        if asked != target.version:
            raise StaleWrite(plan.id, asked, target.version)
        with st.spinner(_("Reading in {file} …", file=safe.text(reading.file.name))):
            version = commands.import_measures(
                plan.id,
                found.measures,
                target.version,
                state.who,
                file_name=reading.file.name,
                content=content,
                sha256=reading.file.sha256,
                prerequisites=found.prerequisites,
                new=target.new,
            )
    except KlimatinvestError as error:
        errors.show(error)
        return
    view.keep("imported", (reading.file.name, plan.id, plan.name, version, len(found.measures)))
    view.keep("upload-turn", view.kept("upload-turn", 0) + 1)
    view.forget("reading")
    view.look_at(plan.id)
    st.rerun()


def _button(version: int) -> None:
    """The one button that writes: it is for the version of the plan that is shown with it."""
    st.button(
        _("Read in"), key="read-in", type="primary", on_click=view.keep, args=("asked", version)
    )


def _say_imported(state: State) -> None:
    """What was read in just now, and where to go with it."""
    imported = view.kept("imported")
    if not imported or imported[1] != state.plan_id:
        return
    file, _plan_id, plan, version, measures = imported
    st.success(
        safe.text(
            n_(
                "{file} is read in: {count} measure. {plan} is now at version {version}.",
                "{file} is read in: {count} measures. {plan} is now at version {version}.",
                measures,
                file=file,
                plan=plan,
                version=version,
            )
        )
    )
    with st.container(key="onward"):
        frame.link("finansieringsgap", _("See the financing gap"))


def _findings(reading: Reading, found: Sequence[Violation]) -> None:
    """The findings by sheet and cell: which workbook it is stands above."""
    errors.violations(replace(each, ref=_cell(reading, each.ref)) for each in found)


def _cell(reading: Reading, ref: str) -> str:
    return ref.removeprefix(f"{reading.file.name}!").replace("!", " ")


def _years(reading: Reading, found: Difference) -> None:
    """What the workbook holds by year, and what the plan has before and after."""

    def ore(amount) -> int:
        return to_ore(amount or 0)

    rows = [
        [
            _year(each.year, reading),
            write.mnkr(ore(reading.totals.get(each.year))),
            write.mnkr(ore(each.old)),
            write.mnkr(ore(each.new)),
            write.mnkr(ore(each.change)),
        ]
        for each in found.years
    ]
    sums = [
        sum(map(ore, reading.totals.values())),
        *(
            sum(ore(getattr(each, part)) for each in found.years)
            for part in ("old", "new", "change")
        ),
    ]
    tables.show(
        Table(
            caption=_("Investment expenditure by year, MSEK"),
            columns=[
                _("Year"),
                _("In the workbook"),
                _("The plan now"),
                _("The plan afterwards"),
                _("Change"),
            ],
            rows=rows,
            total=[_("Sum"), *map(write.mnkr, sums)],
        )
    )


def _year(label: str, reading: Reading) -> str:
    span = _span(reading)
    text = write.year(parse_year(label), span[0] if span else None)
    return text[:1].upper() + text[1:]


def _measures(target: _Target, reading: Reading, found: Difference) -> None:
    """Which measures come in, which change and how, and what the workbook says besides."""
    head = target.document.plan
    if found.new:
        with st.expander(n_("{count} new measure", "{count} new measures", len(found.new))):
            tables.show(_new(found.new))
    if found.changed:
        listing.heading(_("What would change"))
        listing.entries(_changed(change, head) for change in found.changed)
    if reading.funding:
        named = [
            _("{source}: {measure}", source=_source(each.source), measure=_named(reading, each))
            for each in reading.funding
        ]
        title = _("Sources that the workbook names without an amount, which make no grant")
        listing.entries([listing.Entry(title, points=named, tag=str(len(named)))])
    if reading.prerequisites:
        count = len(reading.prerequisites)
        listing.text(
            n_(
                "The workbook has the prerequisites of {count} year.",
                "The workbook has the prerequisites of {count} years.",
                count,
            )
        )


def _new(measures: Sequence[Measure]) -> Table:
    def investment(measure: Measure) -> str:
        amounts = [
            to_ore(each.mid)
            for each in measure.expenditures
            if each.kind == "investment" and each.mid is not None
        ]
        return write.mnkr(sum(amounts)) if amounts else write.unknown()

    return Table(
        caption=_("New measures, MSEK"),
        columns=[_("Measure"), _("Department or company"), _("Investment"), _("Source")],
        rows=[
            [each.name, each.department or write.unknown(), investment(each), each.source_ref]
            for each in measures
        ],
        text=frozenset({1, 3}),
    )


def _changed(change: Change, head: PlanHead) -> listing.Entry:
    form = measure_form(head, change.new)
    lines = told(form, differences(change.old, change.new), language())
    points = [f"{each.what}: {each.old or '–'} → {each.new or '–'}" for each in lines]
    return listing.Entry(change.new.name, points=points)


def _source(key: str) -> str:
    entry = reference().funding.get(key)
    return name(entry) if entry else key


def _named(reading: Reading, funding) -> str:
    names = {measure.id: measure.name for measure in reading.measures}
    return names.get(funding.measure_id, funding.measure_id)


def _left_out(reading: Reading) -> None:
    """Every number of the workbook is accounted for; in which unit, and what was left out why."""
    listing.heading(_("Every number accounted for"))
    listing.text(
        _(
            "The workbook holds {numbers} numbers: {imported} come in and {excluded} are left out.",
            numbers=write.number(reading.numbers),
            imported=write.number(reading.imported),
            excluded=write.number(len(reading.excluded)),
        ),
        _unit(reading),
    )
    reasons = defaultdict(list)
    for each in reading.excluded:
        reasons[_(each.template, **each.fields)].append(each.ref)
    listing.entries(
        listing.Entry(
            reason,
            points=[", ".join(_cell(reading, ref) for ref in refs)],
            tag=write.number(len(refs)),
        )
        for reason, refs in sorted(reasons.items(), key=lambda entry: -len(entry[1]))
    )


def _unit(reading: Reading) -> str:
    unit = reading.unit
    if unit.factor is None:
        return _("In which unit the amounts are was not found.")
    return _(
        "One unit in the workbook is {factor}, as {evidence} says.",
        factor=write.kronor(to_ore(unit.factor)),
        evidence=_cell(reading, unit.evidence),
    )

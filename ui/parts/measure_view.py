"""One measure whole: its gap by year, all that is stated of it with its sources, its history."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError, NotFound, Violation
from model.forms import by_hand
from model.forms.findings import placed
from model.forms.form import Form
from model.forms.measure import measure_form, new_id
from model.measures import alone
from model.report import answers, words
from model.report.answers import GROUP, members
from model.report.lines import Line, lines
from model.results import Result, results
from model.rows import Measure
from model.validate import validate_measure
from ui import errors, safe
from ui import format as write
from ui import state as view
from ui.i18n import _, language, mark
from ui.parts import (
    activities,
    chart,
    editor,
    gap_charts,
    gap_tables,
    headline,
    history,
    listing,
    stated,
)
from ui.parts import table as tables
from ui.parts.editor import Subject
from ui.parts.form import Tab
from ui.parts.headline import Figure
from ui.state import State

_TABS = (
    Tab(
        "Details",
        sections=("The measure", "Who is responsible", "Money", "Green", "Notes and source"),
    ),
    Tab("Expenditures", tables=("expenditures",)),
    Tab("Grants", tables=("grants",)),
    Tab("Appropriations", tables=("appropriations",)),
    Tab("Running costs", tables=("running_costs",)),
    Tab("Components", tables=("components",)),
    Tab("Effects", tables=("effects",)),
    Tab("Activities", tables=("activities",)),
    Tab("Green finance", tables=("green_steps", "green_answers")),
    Tab("Owner shares", tables=("owner_shares",)),
)
_NEED = mark("The measure's investment need by what covers it")
_OTHERS = mark("What others need to invest, which is no financing gap of the municipality's")
# What is stated stands in two columns.
_HALVES = (("The measure", "Who is responsible"), ("Money", "Green", "Notes and source"))


def show(result: Result, state: State, measure: Measure, form: Subject) -> None:
    """The measure to be read, or in its form when it is being edited."""
    one = alone(result, measure.id)
    st.html(_way_back())
    headline.show(
        measure.name,
        _figures(one, state.reading) if one else (),
        tag=_("example") if result.plan.head.example else "",
        notes=_notes(one, state, measure),
    )
    if editor.is_open(form):
        editor.show(form)
        return
    _buttons(result, state, form, measure)
    if one:
        _gap(one, state)
    stands = measure_form(result.base.head, measure)
    _stated(stands, measure)
    place = list(result.measures()).index(measure.id)
    activities.show(
        [each for each in result.activities() if each.line.measure == place], result.known()
    )
    _findings(result, stands, measure)
    listing.heading(_("History"))
    history.show(records.history(state.plan_id, measure.id), result.base.head)


def show_form(form: Subject) -> None:
    """The form of a measure that does not stand: a new one, or one that is gone."""
    headline.show(_("New measure"))
    editor.show(form)


def subject(result: Result, state: State, measure_id: str) -> Subject:
    """How a measure is edited; without an id a new one."""
    plan_id, head = state.plan_id, result.base.head

    def load() -> tuple[Measure | None, int]:
        try:
            measure, _head, version = records.measure(plan_id, measure_id)
        except NotFound:
            return None, results(plan_id).base.version
        return measure, version

    def save(row: Measure, version: int) -> int:
        old, _version = load()
        if not measure_id:
            taken = results(plan_id).base.tags["id"].tolist()
            row = row.model_copy(update={"id": new_id(row, taken)})
        signature = _("{who}, by hand {day}", who=state.who, day=date.today().isoformat())
        row = by_hand.signed(old, row, signature)
        saved = commands.save_measure(plan_id, row, version, state.who)
        view.say(measure=row.id)
        return saved

    def check(row: Measure, form: Form) -> list[Violation]:
        return placed(form, validate_measure(row, head, result.known()), 2, language())

    def since(version: int) -> Sequence[records.Entry]:
        later = [e for e in records.history(plan_id) if e.version > version]
        own = [e for e in later if measure_id in (e.new or {}).get("measures", {})]
        return own or later

    return Subject(
        key=f"{plan_id}-{measure_id or 'new measure'}",
        load=load,
        save=save,
        form=lambda row, unit: measure_form(head, row, unit),
        kept=lambda row: {"id": measure_id or "new"},
        check=check,
        since=since,
        tabs=_TABS,
    )


def _way_back() -> str:
    every = safe.html(view.saying_too(measure=""))
    return f'<p class="back"><a href="{every}">← {safe.html(_("All measures"))}</a></p>'


def _figures(one: Result, reading: str) -> list[Figure]:
    """Need and gap of the group's part, or what others need; and what the measure does."""
    figures = []
    for group in words.ACTOR_GROUPS:
        if not members(one.plan, group).any():
            continue
        mid = answers.figures(one, reading, group)
        low, high = (answers.figures(one, reading, group, level) for level in ("low", "high"))
        known = not mid.unknown
        bound = mid.lower_bounds > 0
        span = write.money_range(low.need, high.need) if low.need != high.need else ""
        figures.append(
            Figure(
                _amount(mid.need, known, bound),
                _("Investment need, {who}", who=_(words.ACTOR_GROUPS[group]).lower()),
                _("range {span}", span=span) if span else "",
            )
        )
        if group == GROUP and known:
            figures += [
                Figure(write.money(mid.covered), _("Covered")),
                Figure(_amount(mid.gap, known, bound), _("Missing"), meaning=gap_charts.GAP),
            ]
        if mid.one_off:
            figures.append(Figure(write.money(mid.one_off), _("One-off operating expenditure")))
    return [*figures, *_effect(one)]


def _amount(amount: int, known: bool, bound: bool) -> str:
    return write.money(amount, lower_bound=bound and amount > 0) if known else write.unknown()


def _effect(one: Result) -> list[Figure]:
    effect = one.effect()
    for span, often in (
        (effect.yearly, _("every year")),
        (effect.once, _("once")),
        (effect.unclear, _("not said whether every year or once")),
    ):
        if span.mid:
            tonnes = write.tonnes(span.mid, lower_bound=span.from_below)
            return [Figure(tonnes, _("Lower emissions"), often)]
    return [Figure(write.unknown(), _("Lower emissions"))]


def _notes(one: Result | None, state: State, measure: Measure) -> list[str]:
    """What must be known before the figures are used."""
    notes = []
    if one is None:
        notes.append(_("The scenario does not carry this measure out."))
    elif state.scenario.changes:
        scenario = words.scenario(state.scenario, language())
        notes.append(_("The figures are those of the scenario {scenario}.", scenario=scenario))
    if one and state.reading == "expected":
        notes.append(_("Expected value – not for decision papers"))
    if one and one.plan.unconverted.any():
        notes.append(_("Fixed prices without a price index to make them nominal"))
    return notes


def _buttons(result: Result, state: State, form: Subject, measure: Measure) -> None:
    with st.container(key="measure-buttons", horizontal=True, gap="small"):
        st.button(
            _("Edit"), key="edit-measure", type="primary", on_click=editor.open_, args=(form,)
        )
        with st.popover(_("Delete")):
            listing.text(_("The measure is taken out of the plan. The journal keeps what it was."))
            if st.button(_("Yes, delete the measure"), key="delete-measure"):
                _delete(result, state, measure)


def _delete(result: Result, state: State, measure: Measure) -> None:
    try:
        commands.delete_measure(state.plan_id, measure.id, result.base.version, state.who)
    except KlimatinvestError as error:
        errors.show(error)
        return
    view.keep("notice", _("{measure} is deleted.", measure=measure.name))
    view.say(measure="")
    st.rerun()


def _gap(one: Result, state: State) -> None:
    """Need and cover by year, the group's and beside it what others need."""
    own = lines(one, "year", state.reading, language())
    top = max((line.need for line in own), default=0)
    drawn = gap_charts.of_group("year", own, top)
    if drawn:
        _place(drawn, one, state, answers.gap_title(one, state.reading, language()), _NEED)
        tables.show(
            gap_tables.table(
                "year", own, _("{shows}, MSEK", shows=_(_NEED)), answers.figures(one, state.reading)
            )
        )
    others = {
        group: lines(one, "year", state.reading, language(), group) for group in ("other", "shared")
    }
    drawn = gap_charts.of_others("year", others, top)
    if drawn:
        group = next(group for group, found in others.items() if any(line.need for line in found))
        title = answers.need_title(one, state.reading, language(), group)
        _place(drawn, one, state, title, _OTHERS)
        tables.show(
            gap_tables.needs(
                "year",
                _shown(others),
                _("{shows}, MSEK", shows=_(_OTHERS)),
                {group: answers.figures(one, state.reading, group) for group in others},
            )
        )


def _shown(groups: Mapping[str, Sequence[Line]]) -> dict[str, Sequence[Line]]:
    return {group: found for group, found in groups.items() if any(line.need for line in found)}


def _place(drawn: gap_charts.Drawn, one: Result, state: State, title: str, shows: str) -> None:
    chart.place(
        drawn.figure,
        chart.Words(
            title,
            answers.subtitle(one, state.reading, language(), shows),
            one.plan.tags["source_ref"][0] or one.plan.head.source or write.unknown(),
            drawn.alt,
        ),
        key=f"measure-{shows}",
        meanings=drawn.meanings,
    )


def _stated(form: Form, measure: Measure) -> None:
    """Everything that is stated of the measure itself, and what is not."""
    listing.heading(_("What is stated"))
    empty = []
    for column, sections in zip(st.columns(2, gap="large"), _HALVES, strict=True):
        with column:
            chosen = [section for section in form.sections if section.label in sections]
            empty += stated.terms(chosen, measure, without=("name",))
    if empty:
        labels = ", ".join(label.lower() for label in empty)
        said = _("Not stated: {what}.", what=labels)
        st.html(f'<p class="chart-source">{safe.html(said)}</p>')
    for table in form.tables:
        listed = getattr(measure, table.name)
        if listed:
            listing.heading(_(table.label))
            stated.rows(table, listed, measure.source_ref)


def _findings(result: Result, form: Form, measure: Measure) -> None:
    found = placed(form, validate_measure(measure, result.base.head, result.known()), 2, language())
    if found:
        listing.heading(_("Worth a second look"))
        errors.violations(found)

"""The walk from a workbook to the plan: its steps, and how far each of them has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from model.errors import InvalidData, Violation
from model.intake.answers import NONE
from model.intake.areas import Areas
from model.intake.preview import Difference
from model.intake.reading import Reading
from model.money import to_ore
from ui import errors, safe
from ui import format as write
from ui.i18n import _, mark, n_
from ui.parts import listing
from ui.parts.intake import (
    agree,
    choose,
    columns,
    difference,
    findings,
    layout,
    picture,
    reconciled,
    sheets,
    units,
    words,
)
from ui.parts.intake.walk import Walk
from ui.parts.intake.walk import reading as understood
from ui.state import State

STYLE = Path(__file__).parent / "intake.css"


@dataclass(frozen=True)
class Step:
    """A step: what the address of its heading ends in, and its title."""

    anchor: str
    title: str


FILE = Step("arbetsboken", mark("File"))
SHEETS = Step("blad", mark("Sheets and tables"))
COLUMNS = Step("kolumner", mark("Columns"))
UNITS = Step("enheter", mark("Units and signs"))
FINDINGS = Step("fynd", mark("Findings"))
DIFFERENCE = Step("skillnad", mark("Difference against the plan"))
RECONCILED = Step("avstamning", mark("Reconciliation"))
STEPS = (FILE, SHEETS, COLUMNS, UNITS, FINDINGS, DIFFERENCE, RECONCILED)
# What the project's own template leaves nothing to ask about.
OF_TABLES = (SHEETS, COLUMNS, UNITS)


def show(state: State, walk: Walk) -> None:
    """The steps of a workbook, from what it holds to the button that reads it in."""
    st.html(STYLE)
    pressed = agree.asked()
    try:
        reading = understood(walk)
    except InvalidData as error:
        _not_understood(walk, error)
        return
    listing.heading(f"1. {_title(reading)}", FILE.anchor)
    contents = st.container()
    listing.points(*(words.reason(note) for note in reading.notes))
    _begun_with(walk)
    if reading.tables:
        _understood(walk, reading)
    _heading(FINDINGS, reading)
    found = st.container()
    _heading(DIFFERENCE, reading)
    chosen, refused = difference.target(state, reading)
    compared = None if chosen is None else difference.compare(walk, reading, chosen)
    if compared is not None:
        difference.show(walk, reading, chosen, compared)
    listed = [*reading.violations, *(difference.findings(compared) if compared else ())]
    with found:
        findings.show(walk, reading, listed)
        layout.show(state, walk, reading)
    _heading(RECONCILED, reading)
    reconciled.show(walk, reading, compared)
    if compared is None:
        agree.refuse_new_plan(refused, pressed)
    else:
        agree.show(state, walk, reading, chosen, compared, pressed)
    with contents:
        _contents(walk, reading, listed, compared)


def _title(reading: Reading) -> str:
    amounts = [to_ore(amount) for amount in reading.totals.values()]
    total = write.money(sum(amounts)) if amounts else write.unknown()
    return _(
        "{file}: {measures}, {total} in investment",
        file=reading.file.name,
        measures=n_("{count} measure", "{count} measures", len(reading.measures)),
        total=total,
    )


def _understood(walk: Walk, reading: Reading) -> None:
    """What the sheets were understood as: tables, columns, units."""
    _heading(SHEETS, reading)
    sheets.overview(walk, reading)
    looked_at = sheets.choose(walk, reading)
    areas = Areas(reading, looked_at)
    sheets.show(areas)
    _heading(COLUMNS, reading)
    if areas.tables:
        columns.show(areas)
    else:
        listing.text(_("There is no table with projects on {sheet}.", sheet=looked_at.title))
    _heading(UNITS, reading)
    units.show(walk, reading)


def _not_understood(walk: Walk, error: InvalidData) -> None:
    """Nothing of the workbook was understood: say so, and let the heading be pointed out."""
    listing.heading(walk.name, FILE.anchor)
    errors.show(error)
    listing.heading(_(SHEETS.title), SHEETS.anchor)
    blank = Reading.nothing(walk.name, walk.sha256)
    areas = Areas(blank, sheets.choose(walk, blank))
    picture.show(areas)
    sheets.correct(areas)


def _begun_with(walk: Walk) -> None:
    """The layout that was remembered, if the walk began with one that still holds."""
    if walk.layout is not None and walk.answers != NONE:
        layout.say_remembered(walk)


def _contents(
    walk: Walk,
    reading: Reading,
    listed: Sequence[Violation],
    compared: Difference | None,
) -> None:
    """The steps with how far each has come, leading to them."""
    states = {
        FILE: " · ".join(choose.about(walk)[1:]),
        FINDINGS: findings.status(listed),
        RECONCILED: reconciled.status(reading),
    }
    if reading.tables:
        states |= {
            SHEETS: sheets.status(reading),
            COLUMNS: columns.status(reading),
            UNITS: units.status(reading),
        }
    if compared is not None:
        states[DIFFERENCE] = difference.status(compared)
    items = "".join(
        f'<li value="{number}"><a href="#{step.anchor}">{safe.html(_(step.title))}</a> '
        f"<span>{safe.html(states[step])}</span></li>"
        for number, step in enumerate(_steps(reading), 1)
        if step in states
    )
    st.html(f'<ol class="steps">{items}</ol>')


def _steps(reading: Reading) -> tuple[Step, ...]:
    """The steps that this workbook goes through."""
    return STEPS if reading.tables else tuple(each for each in STEPS if each not in OF_TABLES)


def _heading(step: Step, reading: Reading) -> None:
    number = _steps(reading).index(step) + 1
    listing.heading(f"{number}. {_(step.title)}", step.anchor)

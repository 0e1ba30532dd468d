"""What is typed instead of a cell's own content: in which unit, and what it is read as."""

from model.forms.kinds import UNITS, Amount, write_number
from model.intake.areas import Areas
from model.intake.mended import place_of
from model.intake.numbers import parse
from model.intake.reading import Reading
from ui import format as write
from ui.i18n import _
from ui.parts.intake import words
from ui.parts.intake.walk import Walk


def unit_at(reading: Reading, walk: Walk, title: str, address: str) -> str | None:
    """The unit of the amount that belongs in a cell, such as *tkr*; None where none is known."""
    sheet = next((sheet for sheet in walk.workbook.sheets if sheet.title == title), None)
    place = place_of(address)
    found = Areas(reading, sheet).unit_at(*place) if sheet and place else None
    return words.unit(found) if found else None


def check(text: str, unit: str | None) -> None:
    """Unreadable when an amount belongs in the cell and the text is none."""
    if unit is not None:
        Amount(unit if unit in UNITS else "kr", negative=True, ranges=True).read(text)


def echo(text: str, unit: str | None) -> str:
    """``tolkat som 1 234,5 tkr``: what a text in a cell was read as."""
    found = parse(text)
    if unit is None:
        return _("read as “{text}”", text=text)
    if found.reason:
        return _("read as {figure}", figure=write.unknown())
    name = _("SEK") if found.unit == "SEK" else unit
    if found.value is not None:
        figure = f"{write_number(found.value)} {name}"
    elif found.high is None:
        figure = write.at_least(f"{write_number(found.low)} {name}")
    else:
        figure = f"{write_number(found.low)}–{write_number(found.high)} {name}"
    return _("read as {figure}", figure=figure)

"""A change in words: what it is about, what it was and what it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model import formatting
from model.forms import choices
from model.forms.compare import Change
from model.forms.form import Field, Form, Table
from model.forms.kinds import Amount, Choice, Kind, Words, Year, YesNo
from model.language import DEFAULT, Language, translate
from model.rows import Row
from model.years import BEFORE, LATER


@dataclass(frozen=True)
class Told:
    """One thing that differs, in words. Empty is nothing stated."""

    what: str
    old: str
    new: str


def told(form: Form, changes: Iterable[Change], language: Language = DEFAULT) -> list[Told]:
    """The changes in the words of the form. A line that is new or gone is told as a whole."""
    return [each for change in changes for each in _told(form, change, language)]


def shown(kind: Kind, value: object, language: Language = DEFAULT) -> str:
    """A value as it is read, with its unit; empty where nothing is stated."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(kind, Choice):
        return choices.label(kind, str(value), language)
    if isinstance(kind, YesNo):
        return translate("yes" if value else "no", language)
    if isinstance(kind, Words):
        return choices.flags(value, language)
    if isinstance(kind, Year):
        return formatting.year(int(value), kind.first, language=language)
    text = kind.write(value)
    return f"{text} {kind.unit}" if isinstance(kind, Amount) else text


def said(form: Form, name: str, value: object, language: Language = DEFAULT) -> tuple[str, str]:
    """What a part of a form is called and all that it says: a field, or one line of a table."""
    table = next((table for table in form.tables if table.name == name), None)
    if table is None:
        field = next(each for each in form.fields if each.name == name)
        return translate(field.label, language), shown(field.kind, value, language)
    if isinstance(value, Row):
        return _about(table, value, language), _line(table, value, language)
    lines = "; ".join(
        f"{_cell(table, table.fields[0], row, language)} {_line(table, row, language)}"
        for row in value or ()
    )
    return translate(table.label, language), lines


def echo(table: Table, row: Row, language: Language = DEFAULT) -> str:
    """The figures of a line as they were read: ``2027: 2 500,5 tkr``."""
    first, *rest = table.fields
    figures = [
        (each, _cell(table, each, row, language))
        for each in rest
        if each.kind.figure and not isinstance(each.kind, Year)
    ]
    stated = [(each, text) for each, text in figures if text]
    alone = len(stated) == 1
    texts = [text if alone else f"{column_label(each, language)} {text}" for each, text in stated]
    figures_text = ", ".join(texts) or formatting.unknown(language=language)
    return f"{_cell(table, first, row, language)}: {figures_text}"


def column_label(field: Field, language: Language = DEFAULT) -> str:
    """What a column is called. A grant's column of a year is called after the year."""
    year = {"before": BEFORE, "later": LATER}.get(field.label)
    if year is not None or field.label.isdigit():
        word = formatting.year(int(field.label) if year is None else year, language=language)
        return translate("Paid {year}", language, year=word)
    return translate(field.label, language)


def _told(form: Form, change: Change, language: Language) -> Iterator[Told]:
    table = next((table for table in form.tables if table.name == change.field), None)
    if table is None:
        field = next((each for each in form.fields if each.name == change.field), None)
        if field is not None:
            old, new = (shown(field.kind, value, language) for value in (change.old, change.new))
            yield Told(translate(field.label, language), old, new)
    elif isinstance(change.old, Row) and isinstance(change.new, Row):
        what = _about(table, change.new, language)
        for field in table.fields:
            old, new = (_cell(table, field, row, language) for row in (change.old, change.new))
            if old != new:
                yield Told(f"{what}: {column_label(field, language)}", old, new)
    else:
        for old, new in _pairs(change):
            what = _about(table, new or old, language)
            yield Told(what, _line(table, old, language), _line(table, new, language))


def _pairs(change: Change) -> Iterator[tuple[Row | None, Row | None]]:
    """The lines of one side, or of both where a list is compared as a whole."""
    if not isinstance(change.old, tuple) and not isinstance(change.new, tuple):
        yield change.old, change.new
        return
    for row in change.old or ():
        if row not in (change.new or ()):
            yield row, None
    for row in change.new or ():
        if row not in (change.old or ()):
            yield None, row


def _about(table: Table, row: Row, language: Language) -> str:
    """Which line of the table: by its first column, and its year where that is another."""
    first = table.fields[0]
    words = [translate(table.label, language), _cell(table, first, row, language)]
    if first.name != "year" and getattr(row, "year", None) is not None:
        words.append(formatting.year(row.year, language=language))
    return ", ".join(filter(None, words))


def _line(table: Table, row: Row | None, language: Language) -> str:
    if row is None:
        return ""
    cells = ((each, _cell(table, each, row, language)) for each in table.fields[1:])
    return "; ".join(f"{column_label(each, language)} {text}" for each, text in cells if text)


def _cell(table: Table, field: Field, row: Row, language: Language) -> str:
    return shown(field.kind, table.value(row, field.name), language)

"""What was entered, as it was entered: a form's fields and tables to be read, with sources."""

from collections.abc import Sequence

from model.formatting import ZERO
from model.forms.form import Field, Form, Section, Table
from model.forms.kinds import Amount, Kind
from model.forms.told import column_label, shown
from model.rows import Row
from ui import format as write
from ui.i18n import _, language
from ui.parts import listing
from ui.parts import table as tables
from ui.parts.listing import Term


def terms(sections: Sequence[Section], row: Row, without: Sequence[str] = ()) -> list[str]:
    """What a row says of itself, field by field. Returns what the empty fields are called."""
    said, empty = [], []
    for field in (field for section in sections for field in section.fields):
        label = column_label(field, language())
        text = shown(field.kind, getattr(row, field.name), language())
        if text and field.name not in without:
            said.append(Term(label, text))
        elif not text:
            empty.append(label)
    listing.terms(said)
    return empty


def rows(table: Table, listed: Sequence[Row], source: str = "") -> None:
    """A list, one line per row. Columns in which nothing is stated are left out; amounts have their
    unit in the caption. ``source`` is where a line comes from that does not say so itself."""
    cells = [{each.name: _cell(table, each, row) for each in table.fields} for row in listed]
    for texts in cells:
        if "source_ref" in texts:
            texts["source_ref"] = texts["source_ref"] or source
    used = [each for each in table.fields if _is_worth_a_column(table, each, listed, cells)]
    units = dict.fromkeys(each.kind.unit for each in used if isinstance(each.kind, Amount))
    caption = _("As the plan states it, before any scenario")
    tables.show(
        tables.Table(
            caption=", ".join([caption, *units]),
            columns=[column_label(each, language()) for each in used],
            rows=[[texts[each.name] for each in used] for texts in cells],
            text=frozenset(i for i, each in enumerate(used) if not each.kind.figure),
        )
    )


def _cell(table: Table, field: Field, row: Row) -> str:
    value = table.value(row, field.name)
    text = _figure(field.kind, value) if field.kind.figure else shown(field.kind, value, language())
    if field.name == "low" and text and getattr(row, "is_lower_bound", False):
        return write.at_least(text)
    return text


def _figure(kind: Kind, value: object) -> str:
    """A figure without its unit, which is said once; a dash for a true zero."""
    if isinstance(kind, Amount):
        return ZERO if value == 0 and value is not None else kind.write(value)
    return shown(kind, value, language())


def _is_worth_a_column(
    table: Table, field: Field, listed: Sequence[Row], cells: Sequence[dict[str, str]]
) -> bool:
    if field.quiet:
        return any(field.kind.write(table.value(row, field.name)) != field.begins for row in listed)
    return any(texts[field.name] for texts in cells)


def form_tables(form: Form, row: Row, nothing: str) -> None:
    """The lists of a form that have rows, or a sentence when none has."""
    listed = [table for table in form.tables if getattr(row, table.name)]
    for table in listed:
        rows(table, getattr(row, table.name))
    if not listed:
        listing.text(nothing)

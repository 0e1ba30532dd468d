"""The project's own workbook, empty: nine sheets to fill in and upload.

What stands in it (headings, choices, the example row) comes from ``data/mappings/template.yaml``,
which is also what reads it again.
"""

from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from model.intake import choices
from model.intake.mapping import Column, Template, TemplateSheet, own_template
from model.reference import reference

_TITLE, _UNIT, _INTRO, _SUMS, _HEADER, _EXAMPLE, _FIRST = range(7)
_MONEY = "# ##0;-# ##0"
_NUMBERS = ("money", "years", "share", "rate", "number", "count", "year")
_HEADING_STYLE = {"bold": True, "bg_color": "#DCE6EC", "text_wrap": True}
_REQUIRED_STYLE = {"bg_color": "#00527A", "font_color": "#FFFFFF"}
_EXAMPLE_STYLE = {"italic": True, "font_color": "#4B5563", "bg_color": "#F3F4F6"}
_RIGHT = {"align": "right"}
_YES_NO = ("ja", "nej")


def write_template(target: Path | BinaryIO, first_year: int) -> None:
    """Write the empty workbook, with year columns from ``first_year``."""
    template = own_template()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        book.set_properties({"title": template.name})
        formats = _formats(book)
        for known in template.sheets:
            _write_sheet(book, template, known, first_year, formats)


def _formats(book: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    money = {"num_format": _MONEY}
    # Text columns are text, so that Excel does not make a date of a project number.
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "intro": book.add_format({"italic": True}),
        "sum_label": book.add_format({"bold": True}),
        "sum": book.add_format({"bold": True, "top": 1, **money}),
        "required": book.add_format({**_HEADING_STYLE, **_REQUIRED_STYLE}),
        "required_number": book.add_format({**_HEADING_STYLE, **_REQUIRED_STYLE, **_RIGHT}),
        "heading": book.add_format(_HEADING_STYLE),
        "heading_number": book.add_format({**_HEADING_STYLE, **_RIGHT}),
        "example": book.add_format(_EXAMPLE_STYLE),
        "example_money": book.add_format({**_EXAMPLE_STYLE, **money}),
        "text": book.add_format({"locked": False, "num_format": "@"}),
        "money": book.add_format({"locked": False, **money}),
        "other": book.add_format({"locked": False}),
    }


def _write_sheet(book, template: Template, known: TemplateSheet, first_year: int, formats) -> None:
    sheet = book.add_worksheet(known.title)
    sheet.write_string(_TITLE, 0, known.title, formats["title"])
    sheet.write_string(_UNIT, 0, template.unit_text)
    sheet.write_string(_INTRO, 0, _intro(template, known), formats["intro"])
    columns = list(_spread_out(known, first_year))
    lists = len(columns) + 1
    for index, (column, heading, example) in enumerate(columns):
        sheet.set_column(index, index, column.width, formats[_entry_format(column)])
        kind = "required" if column.required else "heading"
        style = formats[f"{kind}_number" if column.content in _NUMBERS else kind]
        if isinstance(heading, int):
            sheet.write_number(_HEADER, index, heading, style)
        else:
            sheet.write_string(_HEADER, index, heading, style)
        if column.help:
            sheet.write_comment(_HEADER, index, column.help)
        shown = "example_money" if _is_money(column) else "example"
        _write_example(sheet, index, column, example, formats[shown])
        if known.sums and _is_money(column):
            entries = xl_range(_FIRST, index, _FIRST + template.rows - 1, index)
            sheet.write_formula(_SUMS, index, f"=SUM({entries})", formats["sum"], 0)
        lists = _validate(sheet, template, column, index, lists)
    if known.sums and any(_is_money(column) for column, _, _ in columns):
        sheet.write_string(_SUMS, 0, template.sums, formats["sum_label"])
    sheet.set_column(len(columns) + 1, max(lists, len(columns) + 1), None, None, {"hidden": True})
    sheet.freeze_panes(_FIRST, 2)
    for row in (_TITLE, _UNIT, _INTRO, _SUMS, _HEADER):
        sheet.set_row(row, None, book.add_format({"locked": True}))
    sheet.protect(
        "",
        {
            "format_columns": True,
            "format_rows": True,
            "format_cells": True,
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
        },
    )


def _intro(template: Template, known: TemplateSheet) -> str:
    return (
        f"{known.intro} Raden märkt {template.example} läses inte in. "
        "Mörka rubriker är obligatoriska."
    )


def _spread_out(known: TemplateSheet, first_year: int):
    """Each column with its heading and example; the year columns one by one.

    A heading that is only a year is a number, as Excel makes it when it is typed.
    """
    for column in known.columns:
        if column.content != "years":
            yield column, column.heading, column.example
            continue
        examples = column.example.split()
        for step in range(column.count):
            year = first_year + step
            heading = year if column.heading == "{year}" else column.heading.format(year=year)
            yield column, heading, examples[step] if step < len(examples) else ""


def _is_money(column: Column) -> bool:
    return column.content in ("money", "years")


def _entry_format(column: Column) -> str:
    if _is_money(column):
        return "money"
    return (
        "text" if column.content in ("text", "month", "day", "price_level", "choice") else "other"
    )


def _write_example(sheet, index: int, column: Column, example: str, style) -> None:
    """The example's cell, also an empty one, so that the whole row is marked."""
    if not example:
        sheet.write_blank(_EXAMPLE, index, None, style)
    elif column.content in _NUMBERS:
        sheet.write_number(_EXAMPLE, index, float(example), style)
    else:
        sheet.write_string(_EXAMPLE, index, example, style)


def _validate(sheet, template: Template, column: Column, index: int, lists: int) -> int:
    """Put the column's choices in a hidden column of the sheet and offer them; the next free one.

    A list in the validation itself may not be longer than 255 signs.
    """
    offered = _offered(column)
    if not offered:
        return lists
    for row, choice in enumerate(offered):
        sheet.write_string(_FIRST + row, lists, choice)
    first = xl_rowcol_to_cell(_FIRST, lists, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(_FIRST + len(offered) - 1, lists, row_abs=True, col_abs=True)
    rule = {
        "validate": "list",
        "source": f"={first}:{last}",
        "error_type": "warning",
        "error_title": column.heading,
        "error_message": "Välj ur listan.",
    }
    sheet.data_validation(_FIRST, index, _FIRST + template.rows - 1, index, rule)
    return lists + 1


def _offered(column: Column) -> tuple[str, ...]:
    """What a column's list offers, in Swedish."""
    if column.of:
        return choices.names(column.of)
    if column.content == "yes_no":
        return _YES_NO
    if column.field == "unit":
        units = dict.fromkeys(indicator.unit for indicator in reference().indicators.values())
        return tuple(f"{unit}{often}" for unit in units for often in ("/år", ", engång"))
    return tuple(column.choices)

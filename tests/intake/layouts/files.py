"""Pages as real files: .xlsx, .ods, and text with separators."""

import csv
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tests.intake.layouts.layout import Layout
from tests.intake.layouts.page import Page, Put

NBSP, NARROW = "\u00a0", "\u202f"
# What an old code page has no sign for, as a program writes it instead.
_NOT_IN = {
    "csv cp1252": str.maketrans("−", "-"),
    "csv cp437": str.maketrans("−–", "--") | {ord("§"): "par."},
}


def write(pages: list[Page], layout: Layout) -> tuple[bytes, str]:
    """The file and its name."""
    if layout.format == "ods":
        return _ods(pages, layout), "budget.ods"
    if layout.is_text_file:
        return _text_file(pages[0], layout)
    return _xlsx(pages, layout), "budget.xlsx"


def written(amount: Decimal, layout: Layout, *, grouped: bool = True) -> str:
    """An amount as a Swede types it: a decimal comma, a space of some kind between thousands."""
    space = NARROW if layout.amounts == "narrow texts" else NBSP
    if layout.format.startswith("csv cp"):
        space = NBSP
    text = f"{abs(amount):,f}" if grouped else f"{abs(amount):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    text = whole.replace(",", space) + (f",{decimals}" if decimals else "")
    if amount >= 0:
        return text
    return {
        "-": "-{}",
        "brackets": "({})",
        "u2212": "−{}",
        "spaced": "- {}",
        "trailing": "{}-",
    }[layout.minus].format(text)


def shown(put: Put, layout: Layout) -> object:
    """The value of a cell as the layout writes it."""
    if not put.amount:
        return put.value
    if not put.value and layout.nothing == "dash":
        return "–"
    if layout.is_text_file and layout.amounts == "numbers":
        return written(put.value, layout, grouped=False)
    return written(put.value, layout) if layout.writes_texts else put.value


def _xlsx(pages: list[Page], layout: Layout) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": "#,##0.##"})
        if layout.unit_place == "number format":
            money.set_num_format(f'#,##0.## "{layout.unit}"')
        styled = book.add_format({"bg_color": "#EEEEEE"})
        for page in pages:
            sheet = book.add_worksheet(page.title)
            if page.hidden:
                sheet.hide()
            for row, column in ((row, 1) for row, kind in page.kinds.items() if kind == "blank"):
                sheet.write_blank(row - 1, column - 1, None, styled)
            for area in page.merged:
                top, left, bottom, right = (place - 1 for place in area)
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), put in page.cells.items():
                _write_cell(sheet, row - 1, column - 1, put, layout, day, money)
            for row in page.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for column in page.hidden_columns:
                sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        next(
            sheet for sheet, page in zip(book.worksheets(), pages, strict=True) if not page.hidden
        ).activate()
    return target.getvalue()


def _write_cell(sheet, row: int, column: int, put: Put, layout: Layout, day, money) -> None:
    value = shown(put, layout)
    if isinstance(value, tuple):  # a year that its format turns into a day in 1905
        sheet.write_number(row, column, value[1], day)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif put.amount and layout.amounts == "formulas" and (row + column) % 2:
        sheet.write_formula(row, column, f"={value}+0", money, float(value))
    else:
        sheet.write_number(row, column, float(value), money if put.amount else None)
    if put.comment:
        sheet.write_comment(row, column, put.comment)


def _text_file(page: Page, layout: Layout) -> tuple[bytes, str]:
    separator = {"csv ,": ",", "tsv": "\t"}.get(layout.format, ";")
    target = StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    for row in range(1, page.bottom + 1):
        cells = [page.cells.get((row, column)) for column in range(1, page.right + 1)]
        writer.writerow(["" if put is None else _plain(shown(put, layout)) for put in cells])
    encodings = {"csv ;": "utf-8-sig", "csv cp1252": "cp1252", "csv cp437": "cp437"}
    encoding = encodings.get(layout.format, "utf-8")
    text = target.getvalue().translate(_NOT_IN.get(layout.format, {}))
    return text.encode(encoding), "budget.tsv" if layout.format == "tsv" else "budget.csv"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value)


def _ods(pages: list[Page], layout: Layout) -> bytes:
    """The least that is an OpenDocument spreadsheet."""
    tables = "".join(_ods_table(page, layout) for page in pages)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{head}<office:document-content {spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _ods_table(page: Page, layout: Layout) -> str:
    merged = {
        (top, left): (bottom - top + 1, right - left + 1)
        for top, left, bottom, right in page.merged
    }
    covered = {
        (row, column)
        for top, left, bottom, right in page.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for row in range(1, page.bottom + 1):
        cells = []
        for column in range(1, page.right + 1):
            if (row, column) in covered:
                cells.append("<table:covered-table-cell/>")
                continue
            put = page.cells.get((row, column))
            span = ""
            if (row, column) in merged:
                down, across = merged[row, column]
                span = (
                    f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
                )
            cells.append(f"<table:table-cell{span}{_ods_value(put, layout)}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.title)}>{''.join(rows)}</table:table>"


def _ods_value(put: Put | None, layout: Layout) -> str:
    if put is None:
        return ">"
    value = shown(put, layout)
    if isinstance(value, tuple):
        value = date(1905, 7, 18 + value[1] - 2026)
    if isinstance(value, date):
        return f' office:value-type="date" office:date-value="{value}"><text:p>{value}</text:p>'
    if isinstance(value, str):
        return f' office:value-type="string"><text:p>{escape(value)}</text:p>'
    return f' office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'

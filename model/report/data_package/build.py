"""A data package as a zip: every table as CSV and as Parquet, and a description of them all.

CSV is UTF-8 without a mark before it, commas between cells and a point in numbers, as the standard
has it and machines read it; who wants a spreadsheet takes the workbook. Text that a spreadsheet
would run as a formula has an apostrophe before it in CSV, and stands as it is in Parquet.
"""

import csv
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from model.language import DEFAULT, Language
from model.report import words
from model.report.data_package.tables import TABLES, Field, Table, value_of
from model.report.house_style import house_style
from model.report.seal import seal_of, short_hash
from model.report.seal.check import DESCRIPTOR
from model.report.view import View
from model.results import Result

if TYPE_CHECKING:
    import pyarrow

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_TYPES = {
    "string": "string",
    "integer": "integer",
    "money": "number",
    "number": "number",
    "boolean": "boolean",
}


def data_package(
    result: Result, reading: str, language: Language = DEFAULT, made: datetime | None = None
) -> bytes:
    """The plan of a result as open data, .zip. StaleWrite when the plan has changed since.

    ``language`` is that of the descriptions; names of columns are English.
    """
    view = View(result, reading, language, made.date() if made else datetime.now(UTC).date())
    rows = {table.name: _rows(table, view) for table in TABLES}
    files: dict[str, bytes] = {}
    for table in TABLES:
        files[f"{table.name}.csv"] = _csv(table, rows[table.name])
        files[f"{table.name}.parquet"] = _parquet(table, rows[table.name])
    parts = {name: short_hash(content) for name, content in files.items()}
    seal = seal_of(result, reading, "package", parts, made)
    described = _described(view, files, seal.made, seal.to_texts())
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr(DESCRIPTOR, json.dumps(described, ensure_ascii=False, indent=1))
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def _rows(table: Table, view: View) -> list[list[object]]:
    return [
        [value_of(field, value) for field, value in zip(table.fields, row, strict=True)]
        for row in table.rows(view)
    ]


def _csv(table: Table, rows: Sequence[Sequence[object]]) -> bytes:
    text = StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow([field.name for field in table.fields])
    write.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS) else value
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


def _parquet(table: Table, rows: Sequence[Sequence[object]]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    columns = [
        pyarrow.array([row[place] for row in rows], type=_arrow(field))
        for place, field in enumerate(table.fields)
    ]
    buffer = BytesIO()
    parquet.write_table(
        pyarrow.table(columns, names=[field.name for field in table.fields]), buffer
    )
    return buffer.getvalue()


def _arrow(field: Field) -> "pyarrow.DataType":
    import pyarrow

    return {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "money": pyarrow.decimal128(18, 2),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }[field.type]


def _described(
    view: View, files: dict[str, bytes], made: str, seal: dict[str, str]
) -> dict[str, object]:
    """``datapackage.json``: what the package is, its tables, their columns, sources and licence."""
    head, say = view.plan.head, view.say
    licence = house_style(head.municipality).licence
    said = [
        say("EXAMPLE: invented figures") if head.example else "",
        f"{view.version}, {view.scenario}.",
        say("Prices: {prices}.", prices=view.prices),
        *(f"{text}." for text in words.adjustments(view.result.scenario, view.language)),
        head.note,
        say(
            "In CSV, text that a spreadsheet would run as a formula has an apostrophe before it; "
            "in Parquet it stands as it is."
        ),
        "" if licence else say("No licence is stated: ask the municipality before reusing it."),
    ]
    package: dict[str, object] = {
        "profile": "data-package",
        "name": head.id,
        "id": f"{head.id}-v{view.plan.version}-{view.result.scenario.hash}",
        "title": view.marked(head.name),
        "description": " ".join(filter(None, said)),
        "version": str(view.plan.version),
        "created": made,
        "sources": [{"title": head.source or say("unknown")}],
        "resources": [resource for table in TABLES for resource in _resources(table, files, view)],
        "klimatinvest": seal,
    }
    if licence:
        package["licenses"] = [licence.model_dump(exclude_defaults=True)]
    return package


def _resources(table: Table, files: dict[str, bytes], view: View) -> list[dict[str, object]]:
    """A table's two files, each with its size and hash."""
    said = {"title": view.say(table.says), "schema": _schema(table, view)}
    text, columns = f"{table.name}.csv", f"{table.name}.parquet"
    return [
        {
            "name": table.name,
            "path": text,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
            **_size(files[text]),
            **said,
        },
        {
            "name": f"{table.name}-parquet",
            "path": columns,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            **_size(files[columns]),
            **said,
        },
    ]


def _size(content: bytes) -> dict[str, object]:
    digest = hashlib.sha256(content).hexdigest()
    return {"bytes": len(content), "hash": f"sha256:{digest}"}


def _schema(table: Table, view: View) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {
                "name": field.name,
                "type": _TYPES[field.type],
                "description": view.say(field.says),
                **({"decimalChar": "."} if field.type in ("money", "number") else {}),
            }
            for field in table.fields
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.measure_key:
        schema["foreignKeys"] = [
            {
                "fields": "measure",
                "reference": {"resource": "measures", "fields": "id"},
            }
        ]
    return schema

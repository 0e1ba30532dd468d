"""A table as Word writes it, put together as text: cell by cell python-docx would need seconds.

The first row stands on every page that the table goes on to, no row is split between pages, and the
last one stays with the small print under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from model.palette import GRID, INK
from model.report.deck import plain

# So many letters of a heading make one part of a table's width.
_LETTERS = 9
_ROOM = 45
_STYLE = '<w:pStyle w:val="TableText"/>'
_LONGEST_DESCRIPTION = 255


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, whether it is words, and its part of the width."""

    label: str
    text: bool = False
    width: float = 1.0


@dataclass(frozen=True)
class Line:
    """A line of a table; ``kind`` is row, heading, sum or total."""

    cells: Sequence[str]
    kind: str = "row"


def table_xml(
    columns: Sequence[Column],
    lines: Sequence[Line],
    *,
    width: int,
    size: float,
    description: str,
    accent: str,
    headed: bool = True,
) -> CT_Tbl:
    """The table, ``width`` twips wide, in letters of ``size`` points.

    ``headed``: the columns' labels are its first row.
    """
    parts = [_part(column) for column in columns]
    widths = [int(width * part / sum(parts)) for part in parts]
    points = round(size * 2)
    rows = []
    if headed:
        cells = (
            _cell(column.label, wide, points, bold=True, right=not column.text, keep=True)
            for column, wide in zip(columns, widths, strict=True)
        )
        rows.append(_row("".join(cells), head=True))
    for place, line in enumerate(lines):
        keep = place == len(lines) - 1
        if line.kind == "heading":
            text = _cell(
                line.cells[0],
                sum(widths),
                points,
                bold=True,
                keep=True,
                colour=accent,
                span=len(columns),
            )
            rows.append(_row(text))
            continue
        strong = line.kind in ("sum", "total")
        cells = (
            _cell(
                said,
                wide,
                points,
                bold=strong or (not headed and number == 0),
                right=not column.text,
                keep=keep,
                above=strong,
            )
            for number, (said, column, wide) in enumerate(
                zip(line.cells, columns, widths, strict=True)
            )
        )
        rows.append(_row("".join(cells)))
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(sum(widths), description, headed)}"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _part(column: Column) -> float:
    """A column's part of the width: never so narrow that a word of its heading breaks."""
    words = column.label.replace("/", " ").split()
    return max(column.width, max(map(len, words), default=0) / _LETTERS)


def _properties(width: int, description: str, headed: bool) -> str:
    """Thin lines between rows, none between columns; and what a screen reader says of the table."""
    colour = GRID.removeprefix("#")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side in ("top", "bottom", "insideH")
    )
    room = "".join(f'<w:{side} w:w="{_ROOM}" w:type="dxa"/>' for side in ("left", "right"))
    said = quoteattr(plain(description)[:_LONGEST_DESCRIPTION])
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar>'
        f'<w:tblLook w:val="04A0" w:firstRow="{int(headed)}" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={said}/><w:tblDescription w:val={said}/></w:tblPr>"
    )


def _row(cells: str, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(
    text: str,
    width: int,
    points: int,
    *,
    bold: bool = False,
    right: bool = False,
    keep: bool = False,
    above: bool = False,
    colour: str = "",
    span: int = 1,
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    line = f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK.removeprefix("#")}"/>'
    borders = f"<w:tcBorders>{line}</w:tcBorders>" if above else ""
    look = "".join(
        [
            "<w:b/>" if bold else "",
            f'<w:color w:val="{colour.removeprefix("#")}"/>' if colour else "",
            f'<w:sz w:val="{points}"/>',
        ]
    )
    place = "".join(
        [
            _STYLE,
            "<w:keepNext/>" if keep else "",
            '<w:jc w:val="right"/>' if right else "",
        ]
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{borders}</w:tcPr>'
        f"<w:p><w:pPr>{place}</w:pPr><w:r><w:rPr>{look}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r></w:p></w:tc>'
    )

"""The second step: which tables were found on which sheets, and a picture of a sheet."""

import streamlit as st

from model.errors import InvalidData
from model.intake.areas import Areas
from model.intake.flags import with_flag
from model.intake.reader import Sheet
from model.intake.reading import Reading
from model.intake.table import Table
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts import table as tables
from ui.parts.intake import ask, picture, words
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk

_AS_FOUND = ""
NO_ROWS = "“{found}” are no rows: expected a row such as 4, or two such as 4–5."


def status(reading: Reading) -> str:
    """The step in a few words."""
    found = n_("{count} table", "{count} tables", len(reading.tables))
    sheets = len({table.sheet.title for table in reading.tables})
    return _(
        "{tables} on {sheets}",
        tables=found,
        sheets=n_("{count} sheet", "{count} sheets", sheets),
    )


def choose(walk: Walk, reading: Reading) -> Sheet:
    """The sheet that is looked at: as chosen, else one with something to answer or with a table."""
    titles = [sheet.title for sheet in walk.workbook.sheets]
    asked = [found.ref for found in reading.errors]
    wanted = [
        view.kept("walk-sheet"),
        *(t for t in titles if any(ref.startswith(f"{walk.name}!{t}!") for ref in asked)),
        *(table.sheet.title for table in reading.tables),
        *titles,
    ]
    title = next(title for title in wanted if title in titles)
    if len(titles) > 1:
        st.selectbox(
            _("Sheet to look at"),
            titles,
            format_func=safe.line,
            **view.holding("walk-sheet-field", title, lambda t: view.keep("walk-sheet", t)),
        )
    return next(sheet for sheet in walk.workbook.sheets if sheet.title == title)


def overview(walk: Walk, reading: Reading) -> None:
    """Every sheet of the workbook, with what was found on it."""
    rows = [row for sheet in walk.workbook.sheets for row in _lines(reading, sheet)]
    tables.show(
        tables.Table(
            caption=_("The sheets of the workbook, and the tables that were found on them"),
            columns=[
                _("Sheet"),
                _("What it is"),
                _("Heading in row"),
                _("Rows"),
                _("Unit of the amounts"),
            ],
            rows=rows,
            text=frozenset({1}),
        )
    )


def show(areas: Areas) -> None:
    """The picture of a sheet, and what can be said otherwise about it."""
    picture.show(areas)
    with st.expander(_("Correct what was found on the sheet")):
        correct(areas)


def _lines(reading: Reading, sheet: Sheet) -> list[list[str]]:
    """One line for each table of a sheet, or one that says that there is none."""
    found = Areas(reading, sheet).tables
    if not found:
        numbers = n_(
            "{count} number left out",
            "{count} numbers left out",
            sum(cell.is_numeric for cell in sheet.cells.values()),
        )
        what = _("Hidden") if sheet.hidden else _("No table with projects")
        return [[sheet.title, f"{what}, {numbers}", "", "", ""]]
    return [
        [
            sheet.title,
            _(words.SHAPES[table.shape]),
            header(table),
            write.number(sum(table.header[-1] < row < table.end for row in sheet.rows)),
            unit(table),
        ]
        for table in found
    ]


def header(table: Table) -> str:
    """The rows of a table's heading: ``4`` or ``4–5``."""
    first, last = min(table.header), max(table.header)
    return str(first) if first == last else f"{first}–{last}"


def unit(table: Table) -> str:
    """The unit of a table's amounts, in a word."""
    if table.unit is None:
        return _("not known")
    return words.unit(table.unit)


def correct(areas: Areas) -> None:
    """Whether the sheet is read, and where its heading is."""
    walk, title = walks.current(), areas.sheet.title
    answers = walk.answers
    said = answers.sheets.get(title)
    options = [_AS_FOUND, "yes", "no"]
    found = _("As it was found: read") if areas.tables else _("As it was found: not read")
    st.radio(
        _("Is the sheet read?"),
        options,
        format_func=lambda option: found if option == _AS_FOUND else words.choice(option),
        horizontal=True,
        **view.holding(
            f"walk-read-{walk.token}-{title}",
            _AS_FOUND if said is None else ("yes" if said else "no"),
            lambda chosen: walks.say(("sheets", title), {"yes": True, "no": False}.get(chosen)),
        ),
    )
    rows = answers.headers.get(title)
    ask.text(
        _("Rows of the heading, such as 4 or 4–5; empty as it was found"),
        f"walk-header-{walk.token}-{title}",
        "–".join(map(str, dict.fromkeys(rows))) if rows else "",
        lambda typed: _header(title, typed),
    )


def _header(title: str, typed: str) -> None:
    """Take the rows of a heading as they were typed."""
    if not typed:
        walks.say(("headers", title), None)
        return
    try:
        rows = typed.replace("–", "-").replace(" ", "")
        walks.answer(with_flag(walks.current().answers, "header", f"{title}={rows}"))
    except InvalidData as error:
        raise InvalidData(NO_ROWS, found=typed) from error

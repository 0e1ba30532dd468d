"""What the chapters of a document share: the paper, the view, and tables of the council in Word."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.formatting import capitalise, mnkr, money
from model.report import answers, words
from model.report.council.grid import Column as GridColumn
from model.report.council.grid import Grid
from model.report.council.written import written
from model.report.document.paper import Paper
from model.report.document.table_xml import Column, Line
from model.report.view import View
from model.years import is_calendar_year

# Parts of a table's width: the column that names the rows, words, and figures.
_FIRST, _WORDS, _FIGURES, _ROOMY = 3.2, 1.6, 1.1, 1.5
# Up to so many columns figures have more room than they need.
_FEW = 6
# So many letters make one part.
_LETTERS = 12


@dataclass(frozen=True)
class Desk:
    """A paper being written of a view."""

    paper: Paper
    view: View

    def say(self, text: str, **fields: object) -> str:
        """An English msgid in the document's language."""
        return self.view.say(text, **fields)

    def money(self, ore: int | None, lower_bound: bool = False) -> str:
        """``123,4 mnkr``; zero is said as 0."""
        return money(ore, lower_bound=lower_bound, zero="0", language=self.view.language)

    def mnkr(self, ore: int | None, lower_bound: bool = False) -> str:
        """``123,4`` in a table of MSEK."""
        return mnkr(ore, lower_bound=lower_bound, language=self.view.language)

    @property
    def year(self) -> int:
        """The year that questions about a year are asked for: the plan's third, as on screen."""
        years = [int(year) for year in self.view.plan.years if is_calendar_year(int(year))]
        return years[min(2, len(years) - 1)]

    def under(self, *notes: str, prices: str = "") -> list[str]:
        """The small print of a table: notes, then price level, VAT, reading, version and source."""
        view = self.view
        said = [
            prices or view.prices,
            answers.reading_label(view.reading, view.language),
            view.scenario,
            view.version,
            self.say("Source: {source}", source=view.plan.head.source or self.say("unknown")),
        ]
        return [*notes, capitalise(" · ".join(said))]

    def grid(self, grid: Grid, caption: str = "") -> None:
        """A table of the council with its sums and notes; nothing where it has no rows."""
        if not grid.rows:
            return
        caption = caption or grid.title
        if any(column.kind == "money" for column in grid.columns):
            caption = self.say("{title}, MSEK", title=caption)
        lines = [
            Line(
                [
                    written(column, value, self.view.language)
                    for column, value in zip(grid.columns, row.values, strict=True)
                ],
                row.kind,
            )
            for row in grid.rows
        ]
        narrow = len(grid.columns) > _FEW
        columns = [
            Column(column.label, column.kind == "text", _room(place, column, lines, narrow))
            for place, column in enumerate(grid.columns)
        ]
        self.paper.table(caption, columns, lines, self.under(*grid.notes))

    def rows(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        total: Sequence[str] = (),
        notes: Sequence[str] = (),
        prices: str = "",
    ) -> None:
        """A table of texts with a sum under it."""
        lines = [Line(row) for row in rows] + ([Line(total, "total")] if total else [])
        self.paper.table(caption, columns, lines, self.under(*notes, prices=prices))


def _room(place: int, column: GridColumn, lines: Sequence[Line], narrow: bool) -> float:
    """A column's part of the width: more for words, by the longest that stand in it."""
    if place == 0:
        return _FIRST
    if column.kind != "text":
        return _FIGURES if narrow else _ROOMY
    longest = max((len(line.cells[place]) for line in lines if line.kind == "row"), default=0)
    return min(max(longest / _LETTERS, _FIGURES), _FIRST)


def words_of(*labels: str, width: float = _WORDS) -> list[Column]:
    """Columns of words."""
    return [Column(label, True, width) for label in labels]


def figures_of(*labels: str, width: float = _ROOMY) -> list[Column]:
    """Columns of figures."""
    return [Column(label, width=width) for label in labels]


def first(label: str, width: float = _FIRST) -> Column:
    """The column that names the rows."""
    return Column(label, True, width)


def tag(desk: Desk, by: str, key: str) -> str:
    """A key of a breakdown as a row's name."""
    return capitalise(words.tag(by, key, desk.view.language, desk.view.plan))

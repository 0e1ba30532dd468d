"""*Finansieringsanalys* of municipality and group, year by year, as ``model.financing`` has it.

A figure that nobody has stated is unknown, and so is everything that rests on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from model.financing import Analysis, FinancingYear, ore
from model.report.book.facts import Cells
from model.report.book.inputs import Frame, begin
from model.report.book.layout import Table
from model.report.sheet import Cell, Column, Formula, Sheet, cell

LEVELS = {"municipality": "The municipality", "group": "The municipal group"}
# Which parts of measures a level owns: the tag and its value.
_OWNED = {"municipality": ("owner", "municipality"), "group": ("actor_group", "municipal_group")}
# A line's label and its formula of the lines above, none where it is an input.
_LINES: dict[str, tuple[str, str | None]] = {
    "own": ("Result of the year", None),
    "depreciation": ("Depreciation", None),
    "dissolved_grants": ("Dissolved grants", None),
    "other_funds": ("Other funds", None),
    "internal": ("Within the group, net received", None),
    "other": ("Other", "[other_funds]+[internal]"),
    "own_funds": ("Own funds", "[own]+[depreciation]-[dissolved_grants]+[other]"),
    "grants": ("Grants", ""),
    "expenditure": ("Investment expenditure", ""),
    "borrowing_need": ("Borrowing need", "[expenditure]-[own_funds]-[grants]"),
    "stated_debt": ("Opening debt, as stated", None),
    "opening_debt": ("Opening debt", ""),
    "opening_cash": ("Opening cash", ""),
    "net_debt": (
        "Debt less cash as the year ends",
        "[opening_debt]-[opening_cash]+[borrowing_need]",
    ),
    "closing_debt": ("Closing debt", "MAX(0,[net_debt])"),
    "cash": ("Cash when all debt is paid", "MAX(0,-[net_debt])"),
    "ceiling": ("Debt ceiling", None),
    "margin": ("Margin to the ceiling", "[ceiling]-[closing_debt]"),
    "self_financing": ("Self-financing ratio", "([own_funds]+[grants])/[expenditure]"),
}
_SUMS = ("own_funds", "borrowing_need", "closing_debt", "margin")


@dataclass(frozen=True)
class Level:
    """Where the lines of one level stand: the sheet, the row of each line, and how many years."""

    sheet: Sheet
    rows: dict[str, int]
    years: int

    def at(self, key: str, year: int) -> str:
        """A cell as any sheet refers to it; ``year`` counts from the first."""
        return self.sheet.reference(self.rows[key], year + 1)


def financing_sheet(
    sheet: Sheet, frame: Frame, cells: Cells, reading: str, parts: Table
) -> dict[str, Level]:
    """Both levels, one under the other, in a reading."""
    say = frame.say
    begin(
        sheet,
        frame,
        "Whether the investments have money, for municipality and group",
        "Loans and the debt ceiling stand here and never at a measure. Decided expenditure is what "
        "grants and appropriations cover. A year begins with the debt that the year before ended "
        "in.",
    )
    result = frame.view.result
    analyses = {level: result.financing(level, reading, "decided") for level in LEVELS}
    years = [each.year for each in analyses["group"].years]
    sheet.head([Column("", 44, "text"), *(Column(str(year), 14) for year in years)])
    found = {}
    for level, label in LEVELS.items():
        sheet.section(say(label))
        stated = {
            row.year: ore(row.opening_debt)
            for row in result.listed("prerequisites")
            if row.level == level
        }
        found[level] = _level(sheet, frame, cells, level, analyses[level], parts, reading, stated)
        sheet.space()
    return found


def _level(
    sheet: Sheet,
    frame: Frame,
    cells: Cells,
    level: str,
    analysis: Analysis,
    parts: Table,
    reading: str,
    stated: dict[int, int | None],
) -> Level:
    """The lines of one level."""
    tag, owner = _OWNED[level]
    code = frame.codes[tag].get(owner, 0)
    rows = {key: sheet.row + place for place, key in enumerate(_LINES)}
    unknown = f'"{frame.say("unknown")}"'

    def owned(key: str, year: int) -> str:
        return (
            f"SUMIFS({parts.column(key)},{parts.column('year')},{year},"
            f"{parts.column(f'{tag}_code')},{code})"
        )

    def formula(key: str, column: int, each: FinancingYear) -> str:
        if key == "grants":
            return owned(f"comes_{reading}", each.year)
        if key == "expenditure":
            gap = owned(f"gap_{reading}", each.year)
            return f"{owned('need', each.year)}-IF({cells.basis}=1,{gap},0)"
        if key in ("opening_debt", "opening_cash"):
            before, stated_cell = cell(rows["closing_debt"], column - 1), "0"
            if key == "opening_debt":
                stated_cell = cell(rows["stated_debt"], column)
                stated_cell = f"IF(COUNT({stated_cell})=1,{stated_cell},{unknown})"
            if column == 1:
                return stated_cell
            ended = before if key == "opening_debt" else cell(rows["cash"], column - 1)
            return f"IF(COUNT({before})=1,{ended},{stated_cell})"
        return _of_lines(_LINES[key][1] or "", rows, column, unknown)

    for key, (label, text) in _LINES.items():
        kind = "rate" if key == "self_financing" else "input" if text is None else "amount"
        sheet.columns([Column("", 44, "text"), *(Column("", 14, kind) for _ in analysis.years)])
        line: list[Cell] = [frame.say(label)]
        for column, each in enumerate(analysis.years, 1):
            value = stated.get(each.year) if key == "stated_debt" else getattr(each, key)
            if text is None:
                line.append(value)
            else:
                known = frame.say("unknown") if value is None else _number(value)
                line.append(Formula("=" + formula(key, column, each), known))
        sheet.line(line, "sum" if key in _SUMS else "")
    return Level(sheet, rows, len(analysis.years))


def _of_lines(text: str, rows: dict[str, int], column: int, unknown: str) -> str:
    """The formula over cells of its column; unknown where one of them is."""
    names = [name for name in rows if f"[{name}]" in text]
    cells = [cell(rows[name], column) for name in names]
    for name, address in zip(names, cells, strict=True):
        text = text.replace(f"[{name}]", address)
    known = f"COUNT({','.join(cells)})={len(cells)}"
    if text.endswith(f"/{cells[-1]}"):
        known = f"AND({known},{cells[-1]}<>0)"
    return f"IF({known},{text},{unknown})"


def _number(value) -> float:
    """Öre as they are, a ratio as a number."""
    return value if isinstance(value, int) else float(value)


def debt_moves(levels: Iterable[Level]) -> list[str]:
    """What must be nothing: net debt at the end, less where it began and what moved it."""
    found = []
    for level in levels:
        if level.years:
            began, ended = level.at("opening_debt", 0), level.at("net_debt", level.years - 1)
            until = cell(level.rows["borrowing_need"], level.years)
            moved = f"SUM({level.at('borrowing_need', 0)}:{until})"
            # Cash carries on as negative net debt, so that the years add up.
            found.append(f"IF(COUNT({ended},{began})=2,{ended}-{began}-{moved},0)")
    return found

"""The conventions that a budget sheet follows: one field for each, independent of the others."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

# What each field of a layout may be. Said more than once, an option is drawn more often.
AXES: dict[str, tuple] = {
    "language": ("sv", "sv", "sv", "en"),
    # Where the table stands.
    "title_rows": (0, 1, 2, 3, 4, 5, 6),
    "margin": (0, 0, 1, 2),
    "tables": ("one", "one", "one", "stacked", "side by side"),
    # Its header.
    "header": (
        "one row",
        "one row",
        "one row",
        "stage over years",
        "unit over years",
        "unit under years",
        "flow under year",
        "flow over years",
        "three rows",
    ),
    # What stands over several columns is one merged cell, or only in the first of them.
    "merged_headings": (True, True, False),
    # Where a heading of one row stands beside headings of several.
    "headings_at": ("bottom", "top", "merged"),
    "descending": (False, False, False, True),
    "spacers": (False, False, True),
    "numbered_columns": (False, False, False, True),
    "years": (
        "number",
        "text",
        "år",
        "budget",
        "budget",
        "short",
        "date",
        "serial",
        "stage after",
    ),
    # What says whose a project is, and its number.
    "department": (
        "column",
        "fill down",
        "merged",
        "section rows",
        "sheets",
        "titles over tables",
    ),
    "number": ("whole", "text", "none"),
    # Amounts.
    "unit": ("kr", "tkr", "tkr", "mnkr"),
    "unit_place": (
        "title",
        "title end",
        "merged",
        "headings",
        "number format",
        "notes",
        "corner",
        "nowhere",
    ),
    "sign": ("plain", "income negative", "expenditure negative"),
    "amounts": ("numbers", "numbers", "numbers", "texts", "narrow texts", "formulas"),
    "minus": ("-", "brackets", "u2212", "spaced", "trailing"),
    "nothing": ("0", "dash"),
    # Rows that are no projects.
    "sums": ("none", "named", "named", "named", "unnamed", "department", "above"),
    "grand_total": ("none", "below", "below", "above"),
    # Sums of figures that were rounded afterwards.
    "rounded": (False, False, False, True),
    "parts": ("none", "none", "varav", "därav"),
    "categories": (False, False, True),
    "blank_rows": (False, True),
    "repeated_header": (False, False, True),
    # Grants.
    "grants": ("none", "rows", "varav rows", "columns", "columns without status"),
    # Other columns.
    "before": (False, True),
    "later": (False, True),
    "prior": ("none", "none", "none", "outcome", "forecast", "bare"),
    "total": ("none", "all", "years"),
    "decided": (False, True),
    "carry_over": (False, False, True),
    "green": ("none", "x", "ja"),
    # What else stands in the workbook.
    "footnotes": (False, True),
    "stray": (False, False, True),
    "notes": (False, True),
    "old_version": (False, False, True),
    "hidden_row": (False, False, True),
    "hidden_column": (False, False, True),
    "comments": (False, True),
    "format": ("xlsx",) * 7 + ("ods", "csv ;", "csv ,", "csv cp1252", "csv cp437", "tsv"),
}
EXTRAS = (
    "account",
    "responsibility",
    "comment",
    "tonnes",
    "operation",
    "priority",
    "start",
    "category",
    "area",
    "manager",
)


@dataclass(frozen=True)
class Layout:
    """How a truth is written down; :data:`AXES` has the options.

    ``words`` chooses among synonyms, ``order`` among orders of columns (0 is the usual one).
    """

    words: int = 0
    order: int = 0
    language: str = "sv"
    title_rows: int = 2
    margin: int = 0
    tables: str = "one"
    header: str = "one row"
    merged_headings: bool = True
    headings_at: str = "bottom"
    descending: bool = False
    spacers: bool = False
    numbered_columns: bool = False
    years: str = "number"
    department: str = "column"
    number: str = "whole"
    unit: str = "tkr"
    unit_place: str = "title"
    sign: str = "plain"
    amounts: str = "numbers"
    minus: str = "-"
    nothing: str = "0"
    sums: str = "none"
    grand_total: str = "none"
    rounded: bool = False
    parts: str = "none"
    categories: bool = False
    blank_rows: bool = False
    repeated_header: bool = False
    grants: str = "none"
    before: bool = False
    later: bool = False
    prior: str = "none"
    total: str = "none"
    decided: bool = False
    carry_over: bool = False
    green: str = "none"
    extras: frozenset[str] = frozenset()
    footnotes: bool = False
    stray: bool = False
    notes: bool = False
    old_version: bool = False
    hidden_row: bool = False
    hidden_column: bool = False
    comments: bool = False
    format: str = "xlsx"

    @property
    def factor(self) -> Decimal:
        """Kronor per unit."""
        return {"kr": Decimal(1), "tkr": Decimal(1000), "mnkr": Decimal(10) ** 6}[self.unit]

    @property
    def step(self) -> Decimal:
        """The smallest amount in kronor that the sheet writes: what its decimals show."""
        if self.unit == "kr":
            return Decimal("0.01") if self.words % 2 else Decimal(1)
        if self.unit == "tkr":
            return Decimal(100) if self.words % 2 else Decimal(1000)
        # Three decimals after a comma could be thousands, so a text has at most two.
        return Decimal(10_000) if self.writes_texts or self.words % 2 else Decimal(1000)

    @property
    def writes_texts(self) -> bool:
        """Amounts are texts, as somebody typed or pasted them."""
        return self.amounts in ("texts", "narrow texts") or self.is_text_file

    @property
    def is_text_file(self) -> bool:
        """No workbook but lines with separators."""
        return self.format.startswith(("csv", "tsv"))

    @property
    def has_grant_columns(self) -> bool:
        """Grants stand in columns of their own beside the expenditure."""
        return self.grants in ("columns", "columns without status")

    @property
    def has_grant_rows(self) -> bool:
        """Grants stand in rows under their project."""
        return self.grants in ("rows", "varav rows")

    @property
    def must_ask(self) -> frozenset[str]:
        """The questions that nobody could do without."""
        asked = set()
        if self.unit_place == "nowhere":
            asked.add("ask_unit")
        if self.prior == "bare":
            asked.add("ask_column")
        return frozenset(asked)

    @property
    def may_ask(self) -> frozenset[str]:
        """The questions that a person might ask here as well."""
        asked = set(self.must_ask)
        if self.sums == "department" and self.number == "none":
            # A row with the name of the department and no word for a sum.
            asked.add("ask_sum")
        return frozenset(asked)

    def choice(self, about: str, options):
        """One of the options, the same each time for the same words."""
        return Random(f"{self.words} {about}").choice(options)

    def settled(self) -> "Layout":
        """The layout without what contradicts itself: a text file has no merged cells."""
        layout = self
        for settle in (_file, _places, _headings, _rows):
            layout = settle(layout)
        return layout


def _file(layout: Layout) -> Layout:
    if layout.format != "xlsx":
        layout = replace(
            layout,
            unit_place="title" if layout.unit_place == "number format" else layout.unit_place,
            amounts="numbers" if layout.amounts == "formulas" else layout.amounts,
            hidden_row=False,
            hidden_column=False,
            comments=False,
            old_version=False,
        )
    if layout.is_text_file:
        layout = replace(
            layout,
            years="number" if layout.years in ("serial", "date") else layout.years,
            department={"merged": "fill down", "sheets": "column"}.get(
                layout.department, layout.department
            ),
            header="one row",
            tables="one" if layout.tables == "side by side" else layout.tables,
            unit_place="title" if layout.unit_place in ("merged", "notes") else layout.unit_place,
            notes=False,
            stray=False,
        )
    return layout


def _places(layout: Layout) -> Layout:
    if layout.sums == "above":
        layout = replace(layout, department="section rows", tables="one")
    if layout.department == "titles over tables" and layout.tables == "one":
        layout = replace(layout, tables="stacked")
    if layout.department in ("sheets", "section rows", "merged"):
        layout = replace(layout, tables="one")
    if layout.unit_place == "number format" and layout.writes_texts:
        layout = replace(layout, unit_place="title")
    if layout.unit_place == "notes":
        layout = replace(layout, notes=True)
    if layout.unit_place == "title end" and not layout.title_rows:
        layout = replace(layout, title_rows=1)
    return layout


def _headings(layout: Layout) -> Layout:
    if layout.header in ("flow under year", "flow over years", "three rows"):
        layout = replace(
            layout,
            grants=layout.grants if layout.has_grant_columns else "columns",
            years=layout.years if layout.years in ("number", "text", "budget") else "number",
        )
    if layout.header == "stage over years":
        layout = replace(layout, years="number" if layout.words % 2 else "text")
    if layout.header in ("unit over years", "unit under years", "three rows"):
        layout = replace(layout, unit_place="headings")
    if layout.prior == "bare":
        layout = replace(layout, years="budget", header="one row", total="none")
    if layout.prior == "forecast":
        layout = replace(layout, before=True)
    is_number = layout.years in ("number", "date", "serial")
    # A year above or below a heading with a unit may be a number; with the unit in it it is a text.
    if layout.unit_place == "headings" and layout.header == "one row" and is_number:
        layout = replace(layout, years="text")
    return layout


def _rows(layout: Layout) -> Layout:
    if layout.categories and layout.department in ("section rows", "titles over tables", "sheets"):
        layout = replace(layout, categories=False)
    if layout.categories and layout.tables != "one":
        layout = replace(layout, categories=False)
    if layout.repeated_header and layout.tables == "side by side":
        layout = replace(layout, repeated_header=False)
    if layout.sums not in ("none", "named"):
        layout = replace(layout, rounded=False)
    if layout.sums == "none" and layout.parts == "därav":
        layout = replace(layout, parts="varav")
    return layout


def layouts() -> st.SearchStrategy[Layout]:
    """Any combination of the conventions.

    One number decides all of them: drawn one by one, hypothesis would try many that differ in
    little. :func:`simpler` does what shrinking would.
    """
    return st.integers(0, 2**32).map(_drawn)


def _drawn(number: int) -> Layout:
    random = Random(number)
    chosen = {axis: random.choice(options) for axis, options in AXES.items()}
    extras = frozenset(random.sample(EXTRAS, random.choice((0, 0, 1, 2, 3))))
    layout = Layout(random.randrange(1000), random.choice((0, 0, random.randrange(1000))))
    return replace(layout, extras=extras, **chosen).settled()


def simpler(layout: Layout) -> Iterator[Layout]:
    """The same layout with one convention fewer, for each that it has beside the plain ones."""
    for field in fields(Layout):
        if getattr(layout, field.name) != field.default:
            other = replace(layout, **{field.name: field.default}).settled()
            if other != layout:
                yield other

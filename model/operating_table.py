"""*Driftkonsekvenser* as councils read it: projects within departments, and what it comes to.

The rows are data: the page, an exported workbook and whoever answers the council's questions draw
the same ones. A cell that is not known is None and in no sum; the row says what it lacks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.money import kronor_text
from model.operating import SECTIONS, Operating, per_customer, tax_ore
from model.operating_parts import FEES

# The columns of the table, and the posts that each holds.
COLUMNS: dict[str, tuple[str, ...]] = {
    "depreciation": ("depreciation",),
    "interest": ("internal_interest", "external_interest"),
    "operation": ("operation", "rent", "internal_rent", "income", "one_off", "compensation"),
    "energy": ("energy",),
    "dissolved": ("dissolved",),
    "write_off": ("write_off",),
}
_FRAME = {1: "yes", 0: "no", 2: "partly", -1: "unknown", -2: ""}
_CAPITAL_COLUMNS = ("depreciation", "interest", "dissolved")


@dataclass(frozen=True)
class Row:
    """One project of a department. ``posts`` are one year's by column; ``sums`` by year of the plan
    and ``full_year`` the first whole year in service, whole öre of what is known.

    ``entry`` and ``measure`` are indices into the operating impact and the plan. ``in_frame`` is
    yes, no, partly, unknown, or empty where no running cost changes; ``uncounted`` the year's
    savings that no frame holds. ``missing`` is what the sums lack.
    """

    entry: int
    measure: int
    section: str
    department: str
    posts: dict[str, int | None]
    sums: tuple[int, ...]
    full_year: int | None
    in_frame: str
    uncounted: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """Rows added up: what is known of them, and how many lack something. ``unknown_full_year``
    counts those of which no whole year is known."""

    posts: dict[str, int]
    sums: tuple[int, ...]
    full_year: int
    uncounted: int
    incomplete: int
    unknown_full_year: int


@dataclass(frozen=True)
class OperatingTable:
    """A book in one year: its rows by section and department, in the plan's order within one."""

    book: str
    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> Sum:
        """All rows."""
        return add_up(self.rows, len(self.years))

    def sections(self) -> dict[str, tuple[Row, ...]]:
        """Rows by section, in the order of the sections."""
        return {
            section: rows
            for section in SECTIONS
            if (rows := tuple(row for row in self.rows if row.section == section))
        }

    def departments(self, section: str) -> dict[str, Sum]:
        """The sum of each department in a section."""
        rows = self.sections().get(section, ())
        names = dict.fromkeys(row.department for row in rows)
        return {
            name: add_up([row for row in rows if row.department == name], len(self.years))
            for name in names
        }


def operating_table(found: Operating, book: str, year: int | None = None) -> OperatingTable:
    """The table of a book with the posts of ``year``, the plan's last one by default.

    ValueError for a year that is none of the plan's.
    """
    years = tuple(found.years[found.in_plan].tolist())
    year = years[-1] if year is None else year
    place = years.index(year)
    posts, known = found.amounts(book), found.interest_known(book)
    effect = sum(posts.values())
    columns = {
        column: sum(posts[post] for post in held if post in posts)
        for column, held in COLUMNS.items()
    }
    entries = [
        entry
        for entry in np.flatnonzero(found.within(book)).tolist()
        if any(table[:, entry].any() for table in (*posts.values(), found.book, found.uncounted))
        or found.missing[entry]
    ]
    rows = []
    for entry in entries:
        unknown_rate = (
            found.book[: len(years), entry].any() and not known[: len(years), entry].all()
        )
        missing = (*found.missing[entry], *(["rate"] if unknown_rate else []))
        replaced_now = found.in_service[entry] in (0, year)
        cells = {column: int(table[place, entry]) for column, table in columns.items()}
        rows.append(
            Row(
                entry=entry,
                measure=int(found.measure[entry]),
                section=str(found.section[entry]),
                department=str(found.department[entry]),
                posts={
                    column: None
                    if not amount
                    and _unknown(column, missing, bool(known[place, entry]), replaced_now)
                    else amount
                    for column, amount in cells.items()
                },
                sums=tuple(effect[: len(years), entry].tolist()),
                full_year=_full_year(found, entry, effect, missing, known),
                in_frame=_FRAME[int(found.in_frame[entry])],
                uncounted=int(found.uncounted[place, entry]),
                missing=missing,
            )
        )
    rows.sort(key=lambda row: (SECTIONS.index(row.section), row.department))
    return OperatingTable(book, year, years, tuple(rows))


def by_year(found: Operating, book: str) -> dict[str, np.ndarray]:
    """(years,) of the plan: each of ``COLUMNS`` summed over a book, öre of what is known."""
    posts = found.amounts(book)
    return {
        column: sum(posts[post] for post in held if post in posts).sum(axis=1)[found.in_plan]
        for column, held in COLUMNS.items()
    }


def add_up(rows: Iterable[Row], years: int) -> Sum:
    """What is known of the rows, added up."""
    rows = tuple(rows)
    return Sum(
        posts={column: sum(row.posts[column] or 0 for row in rows) for column in COLUMNS},
        sums=tuple(sum(row.sums[place] for row in rows) for place in range(years)),
        full_year=sum(row.full_year or 0 for row in rows),
        uncounted=sum(row.uncounted for row in rows),
        incomplete=sum(bool(row.missing) for row in rows),
        unknown_full_year=sum(row.full_year is None for row in rows),
    )


def to_json(found: Operating, book: str, ids: np.ndarray, names: np.ndarray) -> dict:
    """A book for a machine: kronor as text, None where not known. ``ids`` and ``names`` are those
    of the plan's measures."""
    table = operating_table(found, book)
    effect = found.total(book)
    by_year = []
    for place, year in enumerate(table.years):
        ours = found.amounts(book)
        said = {
            "year": year,
            "effect": kronor_text(effect[place]),
            **{post: kronor_text(amounts[place].sum()) for post, amounts in ours.items()},
            "savings_not_in_frame": kronor_text(
                (found.uncounted * found.within(book))[place].sum()
            ),
        }
        if book == "municipality":
            tax = tax_ore(int(effect[place]), found.rates.tax_krona.get(year))
            said["tax_ore"] = None if tax is None else round(tax, 2)
        if book == "fee":
            said["per_customer"] = {
                form: None if cost is None else kronor_text(cost)
                for form, cost in customers_pay(found, year).items()
            }
        by_year.append(said)
    return {
        "book": book,
        "unit": "SEK",
        "interest_base": found.policy.interest_base,
        "years": by_year,
        "rows": [
            {
                "measure": str(ids[row.measure]),
                "name": str(names[row.measure]),
                "section": row.section,
                "department": row.department,
                "sums": {
                    str(year): kronor_text(amount)
                    for year, amount in zip(table.years, row.sums, strict=True)
                },
                "full_year": None if row.full_year is None else kronor_text(row.full_year),
                "in_frame": row.in_frame,
                "unknown": list(row.missing),
            }
            for row in table.rows
        ],
        "measures_with_unknown_capital_cost": int(found.unknown(book).sum()),
        "measures_with_unknown_split": found.split_unknown,
    }


def customers_pay(found: Operating, year: int) -> dict[str, int | None]:
    """Öre a year for each customer of the fee-financed forms that have measures; None where the
    number of customers is not known."""
    place = int(np.flatnonzero(found.years == year)[0])
    effect = found.effect("fee")[place]
    return {
        form: per_customer(
            int(effect[found.section == form].sum()), found.rates.customers.get((form, year))
        )
        for form in FEES
        if (found.section == form).any()
    }


def _unknown(column: str, missing: tuple[str, ...], rate_known: bool, replaced_now: bool) -> bool:
    """Whether a column's amount of an entry that lacks these is not known; ``replaced_now``: what
    it replaces is, or may be, written off in the year."""
    lacks = set(missing)
    if column in _CAPITAL_COLUMNS and lacks & {"investment", "in_service", "lifetime", "later"}:
        return True
    return bool(
        {
            "interest": "rate" in lacks and not rate_known,
            "operation": "running" in lacks,
            "energy": "running" in lacks,
            "dissolved": "grants" in lacks,
            "write_off": "replaced" in lacks and replaced_now,
        }.get(column)
    )


def _full_year(
    found: Operating, entry: int, effect: np.ndarray, missing: tuple[str, ...], known: np.ndarray
) -> int | None:
    """The entry's first whole year in service; None where not known.

    What runs on beyond the plan's years is not known of a running cost that is stated in them.
    """
    if not (missing or found.full_year[entry]) and found.in_frame[entry] == -2:
        # An expense of its year: no whole year has any of it.
        return 0
    if not found.full_year[entry] or set(missing) & {"investment", "in_service", "lifetime"}:
        return None
    place = _full_year_place(found, entry)
    beyond = not found.in_plan[place] and found.in_frame[entry] != -2
    unknown_rate = bool(found.book[place, entry]) and not known[place, entry]
    return None if beyond or unknown_rate else int(effect[place, entry])


def full_year_of(found: Operating, entry: int, amounts: np.ndarray) -> int:
    """What ``amounts`` (years, entries) hold in an entry's first whole year in service; 0 where it
    is not said when that is."""
    if not found.full_year[entry]:
        return 0
    return int(amounts[_full_year_place(found, entry), entry])


def _full_year_place(found: Operating, entry: int) -> int:
    return max(int(found.full_year[entry]) - int(found.years[0]), 0)

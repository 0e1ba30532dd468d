"""The lines of a ledger and their balance: what is used, where it comes from, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from model.intake.accounts import USES, Kind
from model.intake.amounts import kronor, written
from model.intake.ledger import Ledger
from model.intake.reader import Cell, Sheet
from model.intake.table import Stage
from model.years import year_label

# What a year must be of to be planned for; the rest is over, or only expected.
STATUS = {"budget": "decided", "plan": "planned", "later": "planned"}

# Where a ledger has one of these, it says who pays for all of it.
FINANCING = ("loan", "own", "pooled")

LEFT_PROJECTS = (
    "{count} projects of the ledger have no investment in a budget or plan year, such as finished "
    "ones and those of loans and shares. They are not imported."
)
VAT_LEFT_OUT = (
    "The ledger has {amount} kronor of value added tax on accounts of its own. The municipality "
    "gets it back, so the need is without it."
)
NOT_EVEN = "Sources and uses of {year} differ by {amount} kronor, uses less sources: {where}."


@dataclass(eq=False)
class Project:
    """A project of a ledger. ``cells`` are its codes and names, wherever a line repeats them."""

    sheet: Sheet
    cell: Cell
    number: str
    name: str
    departments: dict[str, None] = field(default_factory=dict)
    district: str = ""
    cells: list[tuple[Sheet, Cell]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its number and name."""
        return " ".join(part for part in (self.number, self.name) if part)


@dataclass(frozen=True)
class Line:
    """An amount of a project and a year. ``amount`` is exact, in kronor, and positive where used.

    ``account`` is what its account is called in the ledger.
    """

    project: Project
    sheet: Sheet
    cell: Cell
    year: int
    stage: Stage
    kind: Kind
    amount: Decimal
    account: str


@dataclass(frozen=True)
class Balance:
    """What a ledger uses and where it comes from in a year, in kronor.

    ``uses`` and ``sources`` are as the lines are written, ``kinds`` what they come to by kind.
    """

    year: int
    uses: Decimal
    sources: Decimal
    kinds: dict[Kind, Decimal]

    @property
    def difference(self) -> Decimal:
        """Uses less sources; 0 when the ledger comes out even."""
        return self.uses - self.sources


def sums_by_kind(lines: Iterable[Line]) -> dict[tuple[int, Kind], Decimal]:
    """What lines come to by year and kind, exact."""
    sums: dict[tuple[int, Kind], Decimal] = {}
    for line in lines:
        key = line.year, line.kind
        sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums


def balances(lines: Iterable[Line]) -> tuple[Balance, ...]:
    """Uses and sources by year, summed exactly and rounded once."""
    lines = list(lines)
    sums: dict[int, tuple[Decimal, Decimal]] = {}
    for line in lines:
        uses, sources = sums.get(line.year, (Decimal(0), Decimal(0)))
        used, came = max(line.amount, Decimal(0)), max(-line.amount, Decimal(0))
        sums[line.year] = uses + used, sources + came
    kinds: dict[int, dict[Kind, Decimal]] = {year: {} for year in sums}
    for (year, kind), amount in sums_by_kind(lines).items():
        kinds[year][kind] = kronor(amount if kind in USES else -amount)
    return tuple(
        Balance(year, kronor(sums[year][0]), kronor(sums[year][1]), kinds[year])
        for year in sorted(sums)
    )


def tell(lines: list[Line], left: int, balanced: tuple[Balance, ...], ledger: Ledger) -> None:
    """What a person should know of the ledger as a whole. ``left`` projects are not imported."""
    if not lines:
        return
    sheet = lines[0].sheet
    if left:
        ledger.warn(sheet, None, "projects_left_out", LEFT_PROJECTS, count=left)
    tax = [line for line in lines if line.kind == "vat" and line.stage in STATUS]
    if any(line.amount for line in tax):
        amount = written(kronor(sum(line.amount for line in tax)))
        ledger.warn(sheet, None, "vat_left_out", VAT_LEFT_OUT, amount=amount)
    for balance in balanced:
        # Without financing, expenditure and grants were never meant to come out even.
        if balance.difference and any(balance.kinds.get(kind) for kind in FINANCING):
            fields = {
                "year": year_label(balance.year),
                "amount": written(balance.difference),
                "where": _uneven(lines, balance.year),
            }
            ledger.warn(sheet, None, "not_even", NOT_EVEN, **fields)


def _uneven(lines: list[Line], year: int, most: int = 5) -> str:
    """The projects with both uses and sources in a year that do not come out even."""
    sums: dict[Project, list[Decimal]] = {}
    for line in lines:
        if line.year == year and line.amount:
            sums.setdefault(line.project, []).append(line.amount)
    told = [
        f"{project.label} {written(kronor(sum(amounts)))}"
        for project, amounts in sums.items()
        if min(amounts) < 0 < max(amounts) and sum(amounts)
    ]
    return "; ".join(told[:most] + ["…"] * (len(told) > most)) or "–"

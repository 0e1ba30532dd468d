"""The rows of what departments buy and of what they may emit: a plan's own, and no measure's."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.money import Money
from model.row import Name, NotNegative, Quantity, Row, Share, Text
from model.years import Year

Gas = Literal["co2e", "fossil_co2"]
# Purchases are counted with what was emitted to make them, wherever that was (consumption), or as
# what the organisation answers for by its own accounts.
SpendBoundary = Literal["consumption", "organisation"]
Boundary = Literal["territorial", "consumption", "organisation"]
Vat = Literal["excluded", "included", "unknown"]
Account = Annotated[str, Field(pattern=r"^[0-9]{0,10}$")]


class Spend(Row):
    """What a department bought in a year on one account and in one category: kronor of that year.

    ``amount`` is what is left after credits, and negative where they are larger; ``credited`` is
    what they took off. ``lines`` are the lines of the ledger that it sums.
    """

    department: Text = ""
    category: Text = ""
    account: Account = ""
    year: Year
    amount: Money
    credited: NotNegative = Decimal(0)
    lines: Annotated[int, Field(ge=1)] = 1
    vat: Vat = "unknown"
    source_ref: Text = ""


class Intensity(Row):
    """What a krona of purchases emits, in kg: of a category, or of the accounts of a range.

    An account that is given by its first digits stands for all that begin so. ``price_year`` is the
    year whose kronor are meant, ``vat`` whether tax is among them.
    """

    category: Text = ""
    account_from: Account = ""
    account_to: Account = ""
    kg_per_krona: Annotated[Quantity, Field(ge=0)]
    price_year: int
    gas: Gas = "co2e"
    boundary: SpendBoundary
    vat: Vat = "unknown"
    source: Name
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _of_something(self):
        if bool(self.category) == bool(self.account_from):
            raise ValueError("a factor is of a category or of accounts, one of the two")
        if self.account_to and not self.account_from:
            raise ValueError("a range of accounts begins somewhere: give the first")
        if self.account_from and lowest(self.account_from) > highest(self.account_to_or_from):
            raise ValueError("the range of accounts ends before it begins")
        return self

    @property
    def account_to_or_from(self) -> str:
        """The last account of the range; a range without an end is one account."""
        return self.account_to or self.account_from

    @property
    def label(self) -> str:
        """What it is of: ``Livsmedel``, ``4012`` or ``40–4299``."""
        if self.category or self.account_from == self.account_to_or_from:
            return self.category or self.account_from
        return f"{self.account_from}–{self.account_to}"


class DepartmentBudget(Row):
    """What a department may emit: from ``base_tonnes`` in the base year down by ``reduction``.

    Where the base is not stated it is what its purchases emitted in that year. The path is a
    straight line (``linear``) or the same share less every year (``exponential``), and level after
    the target year.
    """

    department: Name
    gas: Gas = "co2e"
    boundary: Boundary
    base_year: int
    base_tonnes: Annotated[Quantity, Field(ge=0)] | None = None
    target_year: int
    reduction: Share
    path: Literal["linear", "exponential"] = "linear"
    decision: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _reaches(self):
        if self.target_year <= self.base_year:
            raise ValueError("the target year comes after the base year")
        if self.path == "exponential" and self.reduction == 1:
            raise ValueError("the same share less every year never reaches zero: take a line")
        return self

    def allowed(self, base_tonnes: float, year: int) -> float:
        """What may be emitted in a year, t: the base before its year, level after the target."""
        whole = self.target_year - self.base_year
        step = min(max(year - self.base_year, 0), whole)
        left = 1 - float(self.reduction)
        if self.path == "exponential":
            return base_tonnes * left ** (step / whole)
        return base_tonnes * (1 - (1 - left) * step / whole)


def lowest(account: str) -> str:
    """The first account that begins so, as it is compared."""
    return account.ljust(10, "0")


def highest(account: str) -> str:
    """The last account that begins so, as it is compared."""
    return account.ljust(10, "9")


def folded(name: str) -> str:
    """A department or category as it is compared: no case, no extra space."""
    return " ".join(name.casefold().split())

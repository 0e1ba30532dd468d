"""What a person has said about a workbook where it does not speak for itself.

The command line's flags and the page's choices end up here, and a confirmed layout is remembered
as this in YAML. A place is the title of a sheet, or empty for the whole workbook; a column is given
by its heading as it stands, or by its letter.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from model.intake.table import Role

Sign = Literal["positive", "negative"]
RowKind = Literal["measure", "sum", "part", "heading", "income", "ignore"]
# Kronor per unit, by the word that the flag takes.
UNITS: Mapping[str, Decimal] = {
    "kr": Decimal(1),
    "tkr": Decimal(10) ** 3,
    "mnkr": Decimal(10) ** 6,
    "mdkr": Decimal(10) ** 9,
}


class ColumnAnswer(BaseModel):
    """What a column is for: a role, and for an amount what it speaks of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Role
    year: int | None = None
    stage: Literal["actual", "before", "forecast", "budget", "plan", "later"] | None = None
    flow: Literal["expenditure", "income", "net"] | None = None


# Stands for the year in a remembered heading, and for the year of its amounts.
ANY_YEAR = "{year}"
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])")


def of_any_year(heading: str, said: ColumnAnswer) -> tuple[str, ColumnAnswer]:
    """A heading and its answer without the year that both name, to be used in other years.

    A heading that is nothing but a year says too little to stand for others.
    """
    words = re.search(r"[^\W\d_]", heading)
    if said.year is None or str(said.year) not in _YEAR.findall(heading) or not words:
        return heading, said
    return heading.replace(str(said.year), ANY_YEAR), said.model_copy(update={"year": None})


class Answers(BaseModel):
    """Answers by place. Empty: the workbook is to speak for itself.

    ``units`` sheet -> a word of :data:`UNITS`; ``signs`` sheet -> how expenditure is written;
    ``columns`` sheet -> column -> what it is for; ``headers`` sheet -> first and last header row;
    ``sheets`` sheet -> whether it is read; ``rows`` sheet -> row -> what it is; ``rates`` currency
    -> kronor; ``point`` what a single point before three digits is; ``period`` first and last year
    of amounts without a year; ``mended`` sheet -> cell -> the text that stands instead of its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: Mapping[str, Literal["kr", "tkr", "mnkr", "mdkr"]] = Field(default_factory=dict)
    rates: Mapping[str, Annotated[Decimal, Field(gt=0)]] = Field(default_factory=dict)
    signs: Mapping[str, Sign] = Field(default_factory=dict)
    columns: Mapping[str, Mapping[str, ColumnAnswer]] = Field(default_factory=dict)
    headers: Mapping[str, tuple[int, int]] = Field(default_factory=dict)
    sheets: Mapping[str, bool] = Field(default_factory=dict)
    rows: Mapping[str, Mapping[int, RowKind]] = Field(default_factory=dict)
    point: Literal["thousands", "decimal"] | None = None
    period: tuple[int, int] | None = None
    mended: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)

    def unit(self, sheet: str) -> Decimal | None:
        """Kronor per unit of a sheet's amounts, when it was said."""
        word = self.units.get(sheet, self.units.get(""))
        return None if word is None else UNITS[word]

    def sign(self, sheet: str) -> Sign | None:
        """How a sheet writes expenditure, when it was said."""
        return self.signs.get(sheet, self.signs.get(""))

    def column(self, sheet: str, heading: str, letter: str) -> ColumnAnswer | None:
        """What a column is for, when it was said for its sheet or for all."""
        for place in (sheet, ""):
            said = self.columns.get(place, {})
            for key in (letter, heading):
                if key in said:
                    return said[key]
            for year in _YEAR.findall(heading):
                key = heading.replace(year, ANY_YEAR)
                if key in said:
                    return said[key].model_copy(update={"year": int(year)})
        return None

    def row(self, sheet: str, number: int) -> RowKind | None:
        """What a row is, when it was said."""
        return self.rows.get(sheet, {}).get(number)

    def before(self, remembered: "Answers") -> "Answers":
        """These answers, and where they say nothing what was said before."""
        said, known = (each.model_dump(exclude_defaults=True) for each in (self, remembered))
        return Answers.model_validate(_joined(known, said))

    def saying(self, path: Sequence[str | int], value: object) -> "Answers":
        """These answers with one more, by field and place; with None as ``value`` one less.

        ``saying(("columns", "Budget", "Konto"), ColumnAnswer(role="ignore"))``. ValidationError
        when the value is none that the field takes.
        """
        changed = self.model_dump(exclude_defaults=True)
        inner = changed
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        if value is None:
            inner.pop(path[-1], None)
        else:
            inner[path[-1]] = value
        return Answers.model_validate(_without_empty(changed))


def _joined(one: dict, other: dict) -> dict:
    """Two nested mappings; where both say something the second holds."""
    both = {
        key: _joined(one[key], other[key])
        for key in one.keys() & other.keys()
        if isinstance(one[key], dict) and isinstance(other[key], dict)
    }
    return {**one, **other, **both}


def _without_empty(value: object) -> object:
    """Nested mappings without those that hold nothing, so that equal answers are equal."""
    if not isinstance(value, dict):
        return value
    inner = {key: _without_empty(part) for key, part in value.items()}
    return {key: part for key, part in inner.items() if part != {}}


NONE = Answers()

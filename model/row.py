"""What every row of a plan shares: the base class, and the types that fields are made of.

Rows are frozen and refuse fields they do not know. Amounts are kronor; ``None`` means not known and
is never read as zero.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from model.money import Money

Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=9, decimal_places=6)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Name = Annotated[str, Field(min_length=1, max_length=500)]
Text = Annotated[str, Field(max_length=4000)]
# A name that need not be stated; spaces around it are no part of it.
OptionalName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Quantity = Annotated[
    Decimal,
    BeforeValidator(lambda value: Decimal(str(value)) if isinstance(value, float) else value),
]
NotNegative = Annotated[Money, Field(ge=0)]


def _month(value: str) -> str:
    if value and not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", value):
        raise ValueError(f"{value!r} is no month: expected YYYY-MM")
    return value


def _day(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ValueError(f"{value!r} is no date: expected YYYY-MM-DD") from error
    return value


# Empty where not said.
Month = Annotated[str, AfterValidator(_month)]
Day = Annotated[str, BeforeValidator(_day)]


class Row(BaseModel):
    """A frozen row that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

"""Mappings: what the sheets of a known layout are called, and what their columns mean.

One YAML file under ``data/mappings`` per layout. ``kind`` says which reader understands it: a
*budget_sheet* is one table whose headings have many spellings, a *template* is the project's own
workbook, whose sheets are named. A mapping of the user's own has the same form.
"""

import re
from collections.abc import Mapping as MappingOf
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from model.datafile import read_yaml
from model.errors import InvalidData, Violation
from model.rows import GrantStatus, OwnerKind, PriceLevel, Vat

BAD_LAYOUT = "The layout {file} is not understood. {faults}"
FOLDER = Path(__file__).parent.parent.parent / "data" / "mappings"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def normal(text: str) -> str:
    """A heading or name as it is compared: no case, no extra space, no unit in brackets."""
    text = " ".join(text.casefold().split())
    text = re.sub(r"\s*[(\[](?:t|k|mn|m|md)?\s*(?:kr|sek|kronor)[)\]]", "", text)
    return text.rstrip(":*").strip()


class YearWords(_Frozen):
    """Words before a year in a heading, by what the column then is."""

    budget: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


class OwnerRule(_Frozen):
    """Whose a row is when its department is named or ends so; without either it always fits."""

    departments: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    owner: str
    owner_kind: OwnerKind
    appropriation: bool = True

    def fits(self, department: str) -> bool:
        """Whether a department is this rule's."""
        name = normal(department)
        if not self.departments and not self.endings:
            return True
        return name in self.departments or name.endswith(self.endings or ("\0",))


class Marks(_Frozen):
    """What a mark in a yes-or-no column may look like."""

    marked: tuple[str, ...]
    unmarked: tuple[str, ...]


class BudgetSheet(_Frozen):
    """A layout of one table: a row per project, a column per year.

    ``unit`` is kronor per unit of the sheet, for a sheet that does not say it itself.
    """

    kind: Literal["budget_sheet"]
    name: str
    name_en: str
    columns: MappingOf[str, tuple[str, ...]]
    required: tuple[str, ...]
    years: YearWords
    money_words: tuple[str, ...] = ()
    sums: tuple[str, ...]
    sums_without_number: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    owners: tuple[OwnerRule, ...]
    marks: Marks
    statuses: MappingOf[GrantStatus, tuple[str, ...]]
    unit: Decimal | None = None
    price_level: PriceLevel = "unknown"
    vat: Vat = "unknown"

    def heading(self, role: str) -> str:
        """What a role is called in a sheet, for a message."""
        return self.columns[role][0] if role in self.columns else "2026, 2027 …"


class Column(_Frozen):
    """A column of a template sheet.

    ``field`` is where its content goes, empty when nothing uses it yet. ``content`` says what a
    cell holds: ``money`` in the template's unit, ``share`` and ``rate`` in per cent, a ``choice``
    of ``choices`` or of the registry ``of``, and so on; ``years`` is a column for each of ``count``
    years. ``default`` is the choice that an empty cell stands for; ``negative`` allows amounts
    below zero.
    """

    heading: str
    field: str = ""
    content: Literal[
        "text",
        "money",
        "share",
        "rate",
        "number",
        "count",
        "year",
        "month",
        "yes_no",
        "choice",
        "years",
        "price_level",
    ] = "text"
    required: bool = False
    choices: MappingOf[str, str] = Field(default_factory=dict)
    of: str = ""
    default: str = ""
    negative: bool = False
    count: int = 0
    example: str = ""
    width: int = 14
    help: str = ""


class TemplateSheet(_Frozen):
    """A sheet of the template. ``reads`` is what its rows become; empty: nothing uses it yet.

    ``sums`` says whether its amounts may be added up over the rows.
    """

    title: str
    intro: str
    reads: Literal[
        "measures",
        "expenditures",
        "appropriations",
        "grants",
        "running_costs",
        "effects",
        "prerequisites",
        "",
    ] = ""
    required: bool = False
    sums: bool = True
    columns: tuple[Column, ...]


class Template(_Frozen):
    """The project's own workbook. ``unit`` is kronor per unit of every amount in it."""

    kind: Literal["template"]
    name: str
    name_en: str
    unit: Decimal
    unit_text: str
    example: str
    sums: str
    rows: int
    sheets: tuple[TemplateSheet, ...]


Mapping = Annotated[BudgetSheet | Template, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[BudgetSheet | Template] = TypeAdapter(Mapping)


def load(path: Path) -> BudgetSheet | Template:
    """A mapping from its file. InvalidData lists every fault by file and key."""
    try:
        return _ADAPTER.validate_python(read_yaml(path))
    except ValidationError as error:
        template = "{file}: {key}: {problem}"
        faults = [
            {
                "file": path.name,
                "key": ".".join(str(part) for part in fault["loc"]),
                "problem": fault["msg"].removeprefix("Value error, "),
            }
            for fault in error.errors(include_url=False)
        ]
        found = tuple(
            Violation("error", "invalid_mapping", path.name, template, fields) for fields in faults
        )
        raise InvalidData(
            BAD_LAYOUT,
            found,
            file=path.name,
            faults=" ".join(violation.message for violation in found),
        ) from error


@cache
def known() -> MappingOf[str, BudgetSheet | Template]:
    """The layouts that the project knows, by the name of their file."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def own_template() -> Template:
    """The project's own workbook."""
    return known()["template"]

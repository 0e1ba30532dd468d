"""Mappings: the words that sheets use, the project's own template, and layouts of one's own.

One YAML file under ``data/mappings`` each. ``kind`` says what it is: the *vocabulary* is what
municipal budgets call their columns, rows and units; the *template* is the project's own workbook,
whose sheets are named; a *layout* is what a person has said about the sheets of one workbook,
remembered by the fingerprints of their headings so that next year's needs no answers.
"""

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from model.datafile import parse_yaml, read_yaml
from model.errors import InvalidData, Violation
from model.intake.answers import NONE, Answers, ColumnAnswer, of_any_year
from model.intake.table import Flow, Role, Stage, Table
from model.rows import GrantStatus, OwnerKind, PriceLevel, Vat

BAD_LAYOUT = "The layout {file} is not understood. {faults}"
NO_LAYOUT = "{file} is no saved understanding of a workbook: expected a file with kind: layout."
# *fees* are of a kind that the sheet does not tell: its measures get no financing form.
FinancingForm = Literal["tax", "water", "waste", "district_heating", "development", "fees"]
FOLDER = Path(__file__).parent.parent.parent / "data" / "mappings"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_UNIT_IN_BRACKETS = re.compile(r"\s*[(\[](?:t|k|mn|m|md)?\s*(?:kr|sek|kronor)[)\]]")


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """A heading or name as it is compared: no case, no extra space, no unit in brackets."""
    text = " ".join(text.casefold().split())
    if "(" in text or "[" in text:
        text = _UNIT_IN_BRACKETS.sub("", text)
    return text.rstrip(":*").strip()


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


class Vocabulary(_Frozen):
    """What municipal investment budgets call things.

    ``columns`` are spellings by role; ``stages`` and ``flows`` are words of a column of amounts;
    ``units`` are spellings by the word of the flag, ``currencies`` by code, and ``multiples`` are
    what may stand before a currency, by how many it is. ``titles`` say of a table what its amounts
    are, ``other_tables`` that it holds no projects, ``financing_rows`` are rows that say how the
    whole is paid for, ``departments`` are endings of their names, ``districts`` what a column that
    says where in the municipality is called.
    """

    kind: Literal["vocabulary"]
    name: str
    name_en: str
    columns: MappingOf[Role, tuple[str, ...]]
    stages: MappingOf[Stage, tuple[str, ...]]
    flows: MappingOf[Flow, tuple[str, ...]]
    noise: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    money_words: tuple[str, ...] = ()
    units: MappingOf[str, tuple[str, ...]]
    currencies: MappingOf[str, tuple[str, ...]]
    multiples: MappingOf[Decimal, tuple[str, ...]]
    negative_words: tuple[str, ...] = ()
    sums: tuple[str, ...]
    sums_without_number: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    incomes: tuple[str, ...] = ()
    funding_words: tuple[str, ...] = ()
    sections: MappingOf[FinancingForm, tuple[str, ...]] = Field(default_factory=dict)
    titles: MappingOf[Flow, tuple[str, ...]] = Field(default_factory=dict)
    other_tables: tuple[str, ...] = ()
    financing_rows: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    old_titles: tuple[str, ...] = ()
    new_titles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    owners: tuple[OwnerRule, ...]
    marks: Marks
    statuses: MappingOf[GrantStatus, tuple[str, ...]]
    price_level: PriceLevel = "unknown"
    vat: Vat = "unknown"

    def heading(self, role: str) -> str:
        """What a role is called in a sheet, for a message."""
        return self.columns[role][0] if role in self.columns else "2026, 2027 …"


class Layout(_Frozen):
    """What a person has said about workbooks with these headings, to be used again and shared.

    ``fingerprints`` are of the tables that it fits; ``answers`` are by heading and for any sheet,
    so that next year's sheets may have other titles.
    """

    kind: Literal["layout"]
    name: str
    fingerprints: tuple[str, ...]
    answers: Answers = NONE

    def fits(self, tables: Iterable[Table]) -> bool:
        """Whether every table of a workbook has headings that the layout knows."""
        found = {table.fingerprint for table in tables}
        return bool(found) and found <= set(self.fingerprints)

    def to_yaml(self) -> str:
        """The layout as a file that :func:`load` reads."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def layout_of(tables: Iterable[Table], answers: Answers, name: str) -> Layout:
    """The layout that remembers these answers for tables with the same headings.

    Columns are remembered by their headings, a year in them standing for any year, and relative to
    no sheet. Rows, sheets and header rows belong to one workbook, and rates of exchange to one day:
    they are not remembered.
    """
    tables = tuple(tables)
    columns = {
        column.heading: said
        for table in tables
        for column in (*table.columns, *table.unknown)
        if column.heading
        and (said := answers.column(table.sheet.title, column.heading, column.letter))
    }
    # What is said of one year holds for others only where the sheet says it of no year otherwise.
    of_years: dict[str, list[ColumnAnswer]] = {}
    for heading, said in columns.items():
        general, answer = of_any_year(heading, said)
        of_years.setdefault(general, []).append(answer)
    for heading, said in list(columns.items()):
        general, answer = of_any_year(heading, said)
        if general != heading and of_years[general].count(answer) == len(of_years[general]):
            del columns[heading]
            columns[general] = answer
    units = {
        word
        for table in tables
        if (word := answers.units.get(table.sheet.title, answers.units.get("")))
    }
    signs = {sign for table in tables if (sign := answers.sign(table.sheet.title))}
    kept = Answers(
        units={"": units.pop()} if len(units) == 1 else answers.units,
        signs={"": signs.pop()} if len(signs) == 1 else answers.signs,
        columns={"": columns} if columns else {},
        point=answers.point,
    )
    fingerprints = tuple(dict.fromkeys(table.fingerprint for table in tables))
    return Layout(kind="layout", name=name, fingerprints=fingerprints, answers=kept)


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
        "day",
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
        "components",
        "running_costs",
        "effects",
        "loans",
        "prerequisites",
    ]
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


Mapping = Annotated[Vocabulary | Layout | Template, Field(discriminator="kind")]
AnyMapping = Vocabulary | Layout | Template
_ADAPTER: TypeAdapter[AnyMapping] = TypeAdapter(Mapping)


def load(path: Path) -> AnyMapping:
    """A mapping from its file. InvalidData lists every fault by file and key."""
    return _validated(read_yaml(path), path.name)


def layout(content: bytes, name: str) -> Layout:
    """A layout that somebody has saved, from the bytes of its file. InvalidData as :func:`load`,
    and when the file is another mapping."""
    found = _validated(parse_yaml(content, name), name)
    if not isinstance(found, Layout):
        raise InvalidData(NO_LAYOUT, file=name)
    return found


def _validated(content: dict, name: str) -> AnyMapping:
    try:
        return _ADAPTER.validate_python(content)
    except ValidationError as error:
        template = "{file}: {key}: {problem}"
        faults = [
            {
                "file": name,
                "key": ".".join(str(part) for part in fault["loc"]),
                "problem": fault["msg"].removeprefix("Value error, "),
            }
            for fault in error.errors(include_url=False)
        ]
        found = tuple(
            Violation("error", "invalid_mapping", name, template, fields) for fields in faults
        )
        raise InvalidData(
            BAD_LAYOUT,
            found,
            file=name,
            faults=" ".join(violation.message for violation in found),
        ) from error


@cache
def known() -> MappingOf[str, AnyMapping]:
    """The mappings that the project knows, by the name of their file."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def own_template() -> Template:
    """The project's own workbook."""
    return known()["template"]


def vocabulary() -> Vocabulary:
    """What municipal budgets call things."""
    return known()["vocabulary"]


def layouts() -> tuple[Layout, ...]:
    """The layouts that the project knows."""
    return tuple(found for found in known().values() if isinstance(found, Layout))

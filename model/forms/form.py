"""A form: a row class with its fields and tables, written as text and read again.

What nobody has touched is kept as it was: a text equal to what the original writes gives the
original's value, so opening a form and saving it changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from model.errors import Violation
from model.forms import problems
from model.forms.kinds import ONE_FIGURE, Choice, Kind, Range, Unreadable
from model.language import DEFAULT, Language, translate
from model.rows import Row

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One field of a row. ``label`` and ``help`` are English msgids, ``begins`` its first text.

    What is ``quiet`` is worth telling only where it differs from that.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    begins: str = ""
    help: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Draft:
    """A form as it is typed: text by field, and by table a list of rows of text by field."""

    fields: Texts
    tables: Mapping[str, tuple[Texts, ...]]


@dataclass(frozen=True)
class Answer:
    """What a draft was read as: the row, or None and the findings that say why not.

    ``rows`` are by table the rows that could be read, also when others could not.
    """

    value: Row | None
    violations: tuple[Violation, ...]
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading (an English msgid)."""

    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Table:
    """A list of rows, one field per column. ``hidden`` are kept with a row and not shown."""

    name: str
    label: str
    row: type[Row]
    fields: tuple[Field, ...]
    hidden: tuple[str, ...] = ()

    def write(self, row: Row) -> dict[str, str]:
        """A row as text."""
        texts = {each.name: each.kind.write(self.value(row, each.name)) for each in self.fields}
        if "mid" in texts and self._is_derived(row):
            texts["mid"] = ""
        return texts | {name: str(getattr(row, name)) for name in self.hidden}

    def value(self, row: Row, name: str) -> object:
        """A row's value for one of the table's fields."""
        return getattr(row, name)

    def is_blank(self, texts: Texts) -> bool:
        """Whether nothing has been entered: every text is empty or what a new row begins with."""
        return all(texts.get(each.name, "") in ("", each.begins) for each in self.fields)

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        """A row of the values that were read; ``taken`` are the rows before it."""
        return self.row.model_validate(values)

    @staticmethod
    def _is_derived(row: Row) -> bool:
        """The middle follows from low and high, or is the bound itself: it is not typed."""
        if row.low is None:
            return False
        return type(row).model_validate({**dict(row), "mid": None}).mid == row.mid


@dataclass(frozen=True)
class Form:
    """What a person fills in to make one row with its lists."""

    row: type[Row]
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field outside tables."""
        return tuple(each for section in self.sections for each in section.fields)

    def table(self, name: str) -> Table:
        """The table of that name."""
        return next(table for table in self.tables if table.name == name)

    def write(self, value: Row) -> Draft:
        """The row as text to type over."""
        return Draft(
            {each.name: each.kind.write(getattr(value, each.name)) for each in self.fields},
            {
                table.name: tuple(table.write(row) for row in getattr(value, table.name))
                for table in self.tables
            },
        )

    def blank(self, **texts: str) -> Draft:
        """An empty form, with some texts in it."""
        begun = {each.name: each.begins for each in self.fields}
        return Draft(begun | texts, {table.name: () for table in self.tables})

    def read(
        self,
        draft: Draft,
        original: Row | None = None,
        kept: Mapping[str, object] | None = None,
        language: Language = DEFAULT,
    ) -> Answer:
        """What the draft says. ``kept`` are values of the row that the form does not show.

        Untouched parts are those of the ``original``. Findings name field and row in ``language``.
        """
        reading = _Reading(language)
        values = dict(kept or {})
        values |= self._read_fields(draft, original, reading)
        rows = {
            table.name: self._read_table(table, draft, original, reading) for table in self.tables
        }
        whole = None
        if not reading.found:
            try:
                whole = self.row.model_validate(values | rows)
            except ValidationError as error:
                self._place(error, reading)
        return Answer(whole, tuple(reading.found), rows)

    def _read_fields(self, draft: Draft, original: Row | None, reading: "_Reading") -> dict:
        before = {} if original is None else self.write(original).fields
        values = {}
        for each in self.fields:
            text = draft.fields.get(each.name, "")
            if text == before.get(each.name):
                values[each.name] = getattr(original, each.name)
                continue
            value = reading.value(each, text, (each.label,))
            if _is_stated(self.row, each.name, value):
                values[each.name] = value
        return values

    def _read_table(
        self, table: Table, draft: Draft, original: Row | None, reading: "_Reading"
    ) -> tuple[Row, ...]:
        standing = [] if original is None else list(getattr(original, table.name))
        before = [(table.write(row), row) for row in standing]
        rows: list[Row] = []
        for number, texts in enumerate(draft.tables.get(table.name, ()), 1):
            same = next((pair for pair in before if pair[0] == _full(texts, pair[0])), None)
            if same:
                before.remove(same)
                rows.append(same[1])
            elif not table.is_blank(texts):
                row = reading.row(table, texts, number, rows)
                if row is not None:
                    rows.append(row)
        return tuple(rows)

    def _place(self, error: ValidationError, reading: "_Reading") -> None:
        """Name the field or table that a rule of the whole row is about."""
        labels = {each.name: each.label for each in (*self.fields, *self.tables)}
        for fault in error.errors(include_url=False):
            at = [str(part) for part in fault["loc"]]
            about = [labels[name] for name in at if name in labels] or [
                labels[name]
                for word, name in _ABOUT.items()
                if word in fault["msg"] and name in labels
            ]
            reading.add(tuple(about[:1]), *problems.told(fault))


# What a rule of a whole row is about, by a word of its message.
_ABOUT = {
    "owner": "owner_shares",
    "expenditure": "expenditures",
    "appropriation": "appropriations",
    "grant": "grants",
    "base year": "base_year",
}


@dataclass
class _Reading:
    """Collects findings while a draft is read."""

    language: Language
    found: list[Violation] = field(default_factory=list)

    def add(
        self, place: tuple[str | int, ...], template: str, fields: Mapping[str, object]
    ) -> None:
        words = [
            translate("row {number}", self.language, number=part)
            if isinstance(part, int)
            else translate(part, self.language)
            for part in place
        ]
        self.found.append(Violation("error", "form", ", ".join(words), template, dict(fields)))

    def value(self, each: Field, text: str, place: tuple[str | int, ...]) -> object:
        """A field's value; None, with a finding, when it is refused or required and missing."""
        try:
            value = each.kind.read(text.strip())
        except Unreadable as refused:
            self.add(place, refused.template, refused.fields)
            return None
        if each.required and value in (None, "", Range()):
            is_choice = isinstance(each.kind, Choice)
            self.add(place, problems.REQUIRED_CHOICE if is_choice else problems.REQUIRED, {})
        return value

    def row(self, table: Table, texts: Texts, number: int, rows: list[Row]) -> Row | None:
        """A row of a table; None, with findings, when something in it is refused."""
        before = len(self.found)
        values: dict[str, object] = {name: texts[name] for name in table.hidden if texts.get(name)}
        for each in table.fields:
            place = (table.label, number, each.label)
            value = self.value(each, texts.get(each.name, ""), place)
            if isinstance(value, Range):
                values |= self._ends(value, values, texts, place)
            elif _is_stated(table.row, each.name, value):
                values[each.name] = value
        if len(self.found) > before:
            return None
        try:
            return table.build(values, rows)
        except ValidationError as error:
            self._refused(table, number, error)
            return None

    def _ends(self, read: Range, values: Mapping, texts: Texts, place) -> dict[str, object]:
        """What was typed as the middle: a figure, or low and high where those are left empty."""
        ends = {name: end for name, end in vars(read).items() if end is not None}
        if read.mid is None and ends and (texts.get("low") or texts.get("high")):
            self.add(place, ONE_FIGURE, {"found": texts["mid"]})
        return ends

    def _refused(self, table: Table, number: int, error: ValidationError) -> None:
        labels = {each.name: each.label for each in table.fields}
        for fault in error.errors(include_url=False):
            column = next((labels[str(part)] for part in fault["loc"] if str(part) in labels), None)
            place = (table.label, number, column) if column else (table.label, number)
            self.add(place, *problems.told(fault))


def _is_stated(row: type[Row], name: str, value: object) -> bool:
    """Whether a value was given. An empty text where the row has a default means that default."""
    if value is None:
        return False
    info = row.model_fields.get(name)
    return value != "" or info is None or info.is_required()


def _full(texts: Texts, like: Texts) -> dict[str, str]:
    """The texts with every name that ``like`` has, so that a missing one is an empty one."""
    return {name: texts.get(name, "") for name in like}

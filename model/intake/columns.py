"""What each column of a table is for, how sure that is, and why.

The heading says most of it, the content the rest: a column of numbers headed *Bidrag* is income, a
column of texts a source. What matters and is not sure is asked; what is left out gets a warning.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from model.errors import Violation
from model.intake.answers import Answers
from model.intake.candidates import NOT_KNOWN, Candidates, choice
from model.intake.column_sums import settle_totals
from model.intake.column_years import settle_spans, settle_stages, settle_years
from model.intake.contents import Profile, profile, sample
from model.intake.headings import MONEY, NUMERIC, Headings, Meaning, plain, words_of, year_of
from model.intake.mapping import Vocabulary, normal
from model.intake.reader import Workbook, column_letter
from model.intake.regions import Region
from model.intake.table import Because, Column, Role

# From here a role is sure enough not to be asked about.
SURE = 80

SAID = Because("A person has said so.")
HEADING_IS = "The heading “{heading}” is known."
HEADING_RESEMBLES = "The heading “{heading}” resembles a known one."
YEAR_BUDGET = "The heading “{heading}” is a budget year: {year}."
YEAR_PLAN = "The heading “{heading}” is a plan year: {year}."
YEAR_ACTUAL = "The heading “{heading}” is the outcome of a year."
YEAR_FORECAST = "The heading “{heading}” is a forecast."
YEAR_BEFORE = "The heading “{heading}” is what is spent so far."
YEAR_LATER = "The heading “{heading}” is what comes after the last year."
YEAR_BARE = "The heading “{heading}” says only a year, before the budget year."
INCOME = "The heading “{heading}” is income."
NET = "The heading “{heading}” is expenditure less income."
ONLY_NAMES = "No other column can hold the names: each row has a text of its own."
DEPARTMENT_BY_CONTENT = "The texts without a heading stand once for several rows."
NUMBERS_UNDER_NAME = "The heading “{heading}” stands over project numbers; another holds the names."
SECOND_OF_ITS_KIND = "“{heading}” says the same as another column, which is used."

ASK_COLUMN = (
    "The column “{heading}” may change what the other amounts mean, and what it means is not "
    "known. Say what it is for, or that it is to be left out."
)
ASK_UNSURE = (
    "The column “{heading}” is perhaps {role}, which is not sure enough for amounts. "
    "Say what it is for, or that it is to be left out."
)
ASK_NO_HEADING = (
    "The column {column} holds numbers and has no heading. "
    "Say what it is for, or that it is to be left out."
)
ASK_SAME_YEAR = (
    "The columns “{other}” and “{heading}” are both for the year {year}. "
    "Say which one is to be left out."
)
ASK_SAME_ROLE = (
    "The columns “{other}” and “{heading}” are both read as the same thing. "
    "Say which one is to be left out."
)
UNKNOWN_COLUMN = "The column “{heading}” is not known, and its numbers are left out."

ONE_EACH: tuple[Role, ...] = ("name", "number", "department", "owner", "sector")
_BEST_NAME = re.compile(r"namn|benämning|name|titel|tekst|text")
_STAGES = {
    "budget": YEAR_BUDGET,
    "plan": YEAR_PLAN,
    "actual": YEAR_ACTUAL,
    "forecast": YEAR_FORECAST,
    "before": YEAR_BEFORE,
    "later": YEAR_LATER,
    "bare": YEAR_BARE,
}


@dataclass(frozen=True)
class Understood:
    """The columns of a region: those with a role, and those without.

    ``findings`` are the questions and warnings about them, for when the table is read.
    """

    columns: tuple[Column, ...]
    unknown: tuple[Column, ...]
    findings: tuple[Violation, ...]


class Columns:
    """Finds out what the columns of one region are for."""

    def __init__(
        self,
        region: Region,
        headings: Headings,
        vocabulary: Vocabulary,
        answers: Answers,
        workbook: Workbook,
        title_year: int | None,
        only_year: int | None = None,
    ):
        self.found = Candidates(region, workbook)
        self.headings, self.vocabulary, self.answers = headings, vocabulary, answers
        self.title_year, self.only_year = title_year, only_year
        self.districts = {_called(phrase) for phrase in vocabulary.districts}

    def understand(self) -> Understood:
        """Every column of the region that has a heading or holds something."""
        for index in range(self.found.region.left, self.found.region.right + 1):
            self._read(index)
        self._settle_names()
        settle_spans(self.found)
        settle_years(self.found, self.title_year, self.only_year)
        settle_stages(self.found, self.title_year)
        settle_totals(self.found)
        self._ask_doubles()
        self._ask_unsure()
        columns = tuple(c for c in self.found.columns.values() if c.confidence > 0)
        unknown = tuple(c for c in self.found.columns.values() if c.confidence == 0)
        self._speak_of_unknown(unknown)
        return Understood(columns, unknown, tuple(self.found.ledger.violations))

    # One column by itself

    def _read(self, index: int) -> None:
        """What heading and content of one column say."""
        body = self.found.region.body
        cells = [body[row][index] for row in self.found.rows if index in body[row]]
        if len(self.found.rows) < len(body) and len(cells) < 20:
            cells = sample(self.found.region.column(index))
        held = self.found.profiles[index] = profile(cells)
        heading = self.found.region.heading(index)
        stack = self.found.region.headings.get(index, ())
        cell = stack[-1] if stack else None
        if not heading and not held.filled:
            return
        said = self.answers.column(self.found.sheet.title, heading, column_letter(index))
        if said is not None:
            self.found.answered.add(index)
            self.found.columns[index] = Column(
                index, said.role, heading, cell, said.year, said.stage, said.flow, because=SAID
            )
            return
        meaning = self.headings.meaning(heading, held.content) if heading else Meaning(None)
        years = {year_of(part) for part in stack}
        if len(stack) == 1 and None not in years:
            meaning = self.headings.of_cell(stack[0])
        meaning = self._by_content(meaning, held)
        self.found.meanings[index] = meaning
        if meaning.role is None:
            because = Because(NOT_KNOWN, {"heading": heading})
            self.found.columns[index] = Column(
                index, "ignore", heading, cell, confidence=0, because=because
            )
            return
        self.found.columns[index] = Column(
            index,
            meaning.role,
            heading,
            cell,
            meaning.year,
            meaning.stage,
            meaning.flow,
            confidence=max(meaning.score, 1),
            because=_because(meaning, heading),
        )

    def _by_content(self, meaning: Meaning, held: Profile) -> Meaning:
        """A meaning that the content contradicts is none, or another."""
        role = meaning.role
        if role in ("total", "decided_total") and held.content == "text":
            worded = held.worded * 3 >= held.texts
            return replace(meaning, role="cost_text") if worded else Meaning(None)
        if role == "cost_text" and held.content != "text" and not held.texts:
            return replace(meaning, role="total", flow="expenditure")
        if held.content != "number" or role in NUMERIC or role is None:
            return meaning
        if role == "decision" and meaning.year:
            return replace(meaning, role="amount", stage="budget")
        if role in ("green", "fossil_free", "status"):
            return meaning if held.distinct <= 3 else Meaning(None)
        if role == "source":
            return replace(meaning, role="amount", flow="income", score=min(meaning.score, 70))
        if role in ("start", "end") and held.years * 2 < held.numbers:
            return Meaning(None)
        return meaning

    # Columns beside each other

    def _settle_names(self) -> None:
        """One column of names, one of numbers: by what they hold where the headings do not say."""
        names = self.found.of("name")
        for column in names:
            held = self.found.profiles[column.index]
            coded = held.filled and (held.is_codes or held.content == "number")
            if coded and not self.found.of("number") and (len(names) > 1 or self._texts()):
                because = Because(NUMBERS_UNDER_NAME, {"heading": column.heading})
                self.found.set(column, role="number", because=because)
        names = self.found.of("name")
        if len(names) > 1:
            self._choose_name(names)
        if not self.found.of("name"):
            self._infer_name()
        if not self.found.of("department"):
            self._infer_department()
        self._find_district()

    def _find_district(self) -> None:
        """Where in the municipality: a column of texts that is called so and is nothing else."""
        for column in self.found.columns.values():
            held = self.found.profiles[column.index]
            called = _called(column.heading) in self.districts
            if called and column.confidence == 0 and held.content == "text":
                because = Because(HEADING_IS, {"heading": column.heading})
                self.found.set(column, role="district", confidence=100, because=because)
                return

    def _texts(self) -> list[Column]:
        """Columns of texts that could be names."""
        return [
            column
            for column in self.found.columns.values()
            if self.found.profiles[column.index].content == "text"
            and (column.confidence == 0 or column.role in ("name", "comment"))
            and column.index not in self.found.answered
        ]

    def _choose_name(self, names: list[Column]) -> None:
        """The column whose heading or whose texts are most a name; the others say it again."""

        def rank(column: Column) -> tuple[bool, int, int]:
            held = self.found.profiles[column.index]
            named = bool(_BEST_NAME.search(normal(column.heading)))
            return column.index in self.found.answered, held.distinct, named

        best, second = sorted(names, key=rank, reverse=True)[:2]
        one, two = (self.found.profiles[column.index].distinct for column in (best, second))
        said = best.index in self.found.answered or bool(_BEST_NAME.search(normal(best.heading)))
        if one < two * 2 and not said:
            fields = {"other": best.heading, "heading": second.heading}
            self.found.ask(second, ASK_SAME_ROLE, ("ignore", "comment", "sector"), **fields)
        for column in names:
            if column.index != best.index:
                because = Because(SECOND_OF_ITS_KIND, {"heading": column.heading})
                self.found.set(column, role="ignore", because=because)

    def _infer_name(self) -> None:
        """Nothing is called a name: the column of texts that differ most from row to row.

        Where the unit stands in the corner, names are beneath it; of equals a comment is none.
        """
        texts = self._texts()
        if not texts:
            return

        def rank(column: Column) -> tuple[bool, int, bool]:
            in_corner = bool(column.heading) and self.headings.is_unit(column.heading)
            distinct = self.found.profiles[column.index].distinct
            return in_corner, distinct, column.role != "comment"

        best = max(texts, key=rank)
        self.found.set(best, role="name", confidence=70, because=Because(ONLY_NAMES))

    def _infer_department(self) -> None:
        """Texts without a heading before the names, that stand once for several rows."""
        name = next(iter(self.found.of("name")), None)
        for column in self.found.columns.values():
            held = self.found.profiles[column.index]
            unheaded = not column.heading and column.confidence == 0
            if name and unheaded and column.index < name.index and held.content == "text":
                few = held.distinct * 2 <= self.found.profiles[name.index].distinct
                if few:
                    because = Because(DEPARTMENT_BY_CONTENT)
                    self.found.set(column, role="department", confidence=70, because=because)
                    return

    # Questions

    def _ask_doubles(self) -> None:
        """Two columns for the same year and flow, or for the same thing."""
        seen: dict[tuple, Column] = {}
        for column in self.found.of("amount"):
            if column.stage in ("actual", "forecast") or not (column.year or column.stage):
                continue
            if not self.found.profiles[column.index].filled:
                continue
            place = column.stage if column.stage in ("before", "later") else column.year
            key = (place, column.flow or "expenditure")
            first = seen.setdefault(key, column)
            if first is not column:
                year = place if isinstance(place, int) else column.heading
                for one, other in ((first, column), (column, first)):
                    fields = {"other": other.heading, "heading": one.heading, "year": year}
                    self.found.ask(one, ASK_SAME_YEAR, ("ignore", choice(one)), **fields)
        for role in ONE_EACH[1:]:
            columns = self.found.of(role)
            for column in columns[1:]:
                because = Because(SECOND_OF_ITS_KIND, {"heading": column.heading})
                self.found.set(column, role="ignore", because=because)

    def _ask_unsure(self) -> None:
        """An amount whose role is not sure is asked about."""
        for column in list(self.found.columns.values()):
            held = self.found.profiles[column.index]
            if 0 < column.confidence < SURE and column.role in MONEY and held.numbers:
                meant = choice(column)
                fields = {"heading": column.heading, "role": meant}
                self.found.ask(column, ASK_UNSURE, (meant, "ignore"), **fields)

    def _speak_of_unknown(self, unknown: Iterable[Column]) -> None:
        """An unknown column with numbers: asked about when it may be money, else a warning."""
        for column in unknown:
            held = self.found.profiles[column.index]
            if not held.numbers:
                continue
            if not column.heading:
                self.found.ask(column, ASK_NO_HEADING, ("total", "ignore"), column=column.letter)
                continue
            heading = normal(column.heading)
            money = self.headings.units.named(column.heading) or any(
                word in heading for word in self.vocabulary.money_words
            )
            if money or re.search(r"(?:19|20)[0-9][0-9]", heading):
                choices = ("total", "decided_total", "operation", "ignore")
                self.found.ask(column, ASK_COLUMN, choices, heading=column.heading)
            else:
                self.found.ledger.warn(
                    self.found.sheet,
                    column.cell,
                    "unknown_column",
                    UNKNOWN_COLUMN,
                    heading=column.heading,
                )


def _called(heading: str) -> str:
    """A heading as its words, whatever signs stand between them."""
    return " ".join(words_of(plain(heading)))


def _because(meaning: Meaning, heading: str) -> Because:
    """Why a heading has its meaning, in a sentence."""
    fields: dict[str, object] = {"heading": heading}
    if not meaning.exact and meaning.score < 100:
        return Because(HEADING_RESEMBLES, fields)
    if meaning.flow == "income":
        return Because(INCOME, fields)
    if meaning.flow == "net":
        return Because(NET, fields)
    if meaning.role == "amount" and meaning.stage:
        template = _STAGES[meaning.stage]
        return Because(template, fields | ({"year": meaning.year} if "{year}" in template else {}))
    return Because(HEADING_IS, fields)

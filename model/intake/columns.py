"""What each column of a table is for, how sure that is, and why.

The heading says most of it, the content the rest: a column of numbers headed *Bidrag* is income, a
column of texts a source. What matters and is not sure is asked; what is left out gets a warning.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from model.errors import Question, Violation
from model.intake.answers import Answers
from model.intake.contents import Profile, profile, sample, value_of
from model.intake.headings import MONEY, NUMERIC, Headings, Meaning, year_of
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.reader import Workbook, column_letter
from model.intake.regions import Region
from model.intake.table import Because, Column, Role

# From here a role is sure enough not to be asked about.
SURE = 80
# How many of the rows must agree before a column is the sum of others.
MOST = Decimal("0.8")

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
FIRST_YEAR = "“{heading}” is the first year without another word: the budget year."
NEXT_YEAR = "“{heading}” comes after the budget year: a plan year."
YEAR_OF_TITLE = "The heading “{heading}” has no year; the title says {year}."
YEAR_BESIDE = "The heading “{heading}” has no year; it stands beside {year}."
INCOME = "The heading “{heading}” is income."
NET = "The heading “{heading}” is expenditure less income."
SUM_OF_ROW = "The amounts are the sums of their rows."
NOT_THE_SUM = "“{heading}” is larger than the years together: the whole project."
ONLY_NAMES = "No other column can hold the names: each row has a text of its own."
DEPARTMENT_BY_CONTENT = "The texts without a heading stand once for several rows."
NUMBERS_UNDER_NAME = "The heading “{heading}” stands over project numbers; another holds the names."
BEYOND_YEARS = "The period “{heading}” lies after the last year."
SECOND_OF_ITS_KIND = "“{heading}” says the same as another column, which is used."
EARLIER_BUDGET = "“{heading}” is the budget of a year before {year}, which the title names."
YEAR_OF_SHEET = "“{heading}” is of {year}, the only year that the titles name."
NOT_KNOWN = "The heading “{heading}” is not known."

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
ASK_OVERLAP = (
    "The column “{heading}” reaches into {year}, which has a column of its own. "
    "Say what it is for, or that it is to be left out."
)
ASK_STAGE = (
    "The column “{heading}” is of a year before the budget year, and does not say whether it is "
    "an outcome, a forecast or a budget. Say which, or that it is to be left out."
)
ASK_EARLIER = (
    "The column “{heading}” is the budget of a year before {year}, whose budget stands beside it. "
    "Say that it is to be left out, or what it is for."
)
ASK_YEAR = "The column “{heading}” does not say which year it is for. Say which."
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
        self.region, self.headings, self.vocabulary = region, headings, vocabulary
        self.answers, self.title_year, self.only_year = answers, title_year, only_year
        self.ledger = Ledger(workbook)
        self.sheet = region.sheet
        self.rows = sample(region.body)
        self.profiles: dict[int, Profile] = {}
        self.meanings: dict[int, Meaning] = {}
        self.found: dict[int, Column] = {}
        self.answered: set[int] = set()
        self.asked: set[int] = set()

    def understand(self) -> Understood:
        """Every column of the region that has a heading or holds something."""
        for index in range(self.region.left, self.region.right + 1):
            self._read(index)
        self._settle_names()
        self._settle_spans()
        self._settle_years()
        self._settle_stages()
        self._settle_totals()
        self._ask_doubles()
        self._ask_unsure()
        columns = tuple(c for c in self.found.values() if c.confidence > 0)
        unknown = tuple(c for c in self.found.values() if c.confidence == 0)
        self._speak_of_unknown(unknown)
        return Understood(columns, unknown, tuple(self.ledger.violations))

    # One column by itself

    def _read(self, index: int) -> None:
        """What heading and content of one column say."""
        body = self.region.body
        cells = [body[row][index] for row in self.rows if index in body[row]]
        if len(self.rows) < len(body) and len(cells) < 20:
            cells = sample(self.region.column(index))
        held = self.profiles[index] = profile(cells)
        heading = self.region.heading(index)
        stack = self.region.headings.get(index, ())
        cell = stack[-1] if stack else None
        if not heading and not held.filled:
            return
        said = self.answers.column(self.sheet.title, heading, column_letter(index))
        if said is not None:
            self.answered.add(index)
            self.found[index] = Column(
                index, said.role, heading, cell, said.year, said.stage, said.flow, because=SAID
            )
            return
        meaning = self.headings.meaning(heading, held.content) if heading else Meaning(None)
        years = {year_of(part) for part in stack}
        if len(stack) == 1 and None not in years:
            meaning = self.headings.of_cell(stack[0])
        meaning = self._by_content(meaning, held)
        self.meanings[index] = meaning
        if meaning.role is None:
            because = Because(NOT_KNOWN, {"heading": heading})
            self.found[index] = Column(
                index, "ignore", heading, cell, confidence=0, because=because
            )
            return
        self.found[index] = Column(
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

    def _of(self, *roles: Role) -> list[Column]:
        return [column for column in self.found.values() if column.role in roles]

    def _set(self, column: Column, **changes: object) -> None:
        if column.index not in self.answered:
            self.found[column.index] = replace(column, **changes)

    def _settle_names(self) -> None:
        """One column of names, one of numbers: by what they hold where the headings do not say."""
        names = self._of("name")
        for column in names:
            held = self.profiles[column.index]
            coded = held.filled and (held.is_codes or held.content == "number")
            if coded and not self._of("number") and (len(names) > 1 or self._texts()):
                because = Because(NUMBERS_UNDER_NAME, {"heading": column.heading})
                self._set(column, role="number", because=because)
        names = self._of("name")
        if len(names) > 1:
            self._choose_name(names)
        if not self._of("name"):
            self._infer_name()
        if not self._of("department"):
            self._infer_department()

    def _texts(self) -> list[Column]:
        """Columns of texts that could be names."""
        return [
            column
            for column in self.found.values()
            if self.profiles[column.index].content == "text"
            and (column.confidence == 0 or column.role in ("name", "comment"))
            and column.index not in self.answered
        ]

    def _choose_name(self, names: list[Column]) -> None:
        """The column whose heading or whose texts are most a name; the others say it again."""

        def rank(column: Column) -> tuple[bool, int, int]:
            held = self.profiles[column.index]
            named = bool(_BEST_NAME.search(normal(column.heading)))
            return column.index in self.answered, held.distinct, named

        best, second = sorted(names, key=rank, reverse=True)[:2]
        one, two = (self.profiles[column.index].distinct for column in (best, second))
        said = best.index in self.answered or bool(_BEST_NAME.search(normal(best.heading)))
        if one < two * 2 and not said:
            fields = {"other": best.heading, "heading": second.heading}
            self._ask(second, ASK_SAME_ROLE, ("ignore", "comment", "sector"), **fields)
        for column in names:
            if column.index != best.index:
                because = Because(SECOND_OF_ITS_KIND, {"heading": column.heading})
                self._set(column, role="ignore", because=because)

    def _infer_name(self) -> None:
        """Nothing is called a name: the column of texts that differ most from row to row."""
        texts = self._texts()
        if not texts:
            return
        best = max(texts, key=lambda column: self.profiles[column.index].distinct)
        self._set(best, role="name", confidence=70, because=Because(ONLY_NAMES))

    def _infer_department(self) -> None:
        """Texts without a heading before the names, that stand once for several rows."""
        name = next(iter(self._of("name")), None)
        for column in self.found.values():
            held = self.profiles[column.index]
            unheaded = not column.heading and column.confidence == 0
            if name and unheaded and column.index < name.index and held.content == "text":
                few = held.distinct * 2 <= self.profiles[name.index].distinct
                if few:
                    because = Because(DEPARTMENT_BY_CONTENT)
                    self._set(column, role="department", confidence=70, because=because)
                    return

    def _settle_spans(self) -> None:
        """A period after the last year comes later; one that has columns is their sum."""
        years = [c.year for c in self._of("amount") if c.year and c.stage not in ("before",)]
        for column in self._of("total"):
            span = self.meanings.get(column.index, Meaning(None)).span
            if span is None or not years:
                continue
            if span[0] > max(years):
                because = Because(BEYOND_YEARS, {"heading": column.heading})
                self._set(column, role="amount", year=None, stage="later", because=because)
            elif span[1] < min(years):
                because = Because(NOT_KNOWN, {"heading": column.heading})
                self._set(column, role="ignore", confidence=0, because=because)

    def _settle_years(self) -> None:
        """Amounts whose heading has no year take that of the title or of the columns beside."""
        self._settle_year_of_sheet()
        amounts = self._of("amount")
        spending = [c for c in amounts if c.year and c.flow in (None, "expenditure")]
        for column in amounts:
            if column.year or column.stage not in ("budget", "plan", "bare"):
                continue
            if self.title_year and column.stage == "budget":
                fields = {"heading": column.heading, "year": self.title_year}
                because = Because(YEAR_OF_TITLE, fields)
                self._set(column, year=self.title_year, confidence=85, because=because)
            else:
                self._ask(column, ASK_YEAR, (), heading=column.heading)
        beside = {"amount": "income", "total": "net"}
        loose = [
            column
            for role, flow in beside.items()
            for column in self._of(role)
            if column.year is None
            and column.stage is None
            and column.flow == flow
            and self.meanings.get(column.index, Meaning(None)).span is None
        ]
        by_flow = {flow: [c for c in loose if c.flow == flow] for flow in ("income", "net")}
        for same in by_flow.values():
            if not same or len(same) != len({c.year for c in spending}):
                continue
            for column in same:
                left = [c for c in spending if c.index < column.index]
                if not left:
                    continue
                near = left[-1]
                fields = {"heading": column.heading, "year": near.year}
                self._set(
                    column,
                    role="amount",
                    year=near.year,
                    stage=near.stage,
                    confidence=85,
                    because=Because(YEAR_BESIDE, fields),
                )

    def _settle_year_of_sheet(self) -> None:
        """Belopp on a sheet named 2026 is of that year; the total of a project is of no year."""
        if not self.only_year or any(c.year or c.stage for c in self._of("amount")):
            return
        for column in self._of("total"):
            whole = re.search(r"total|summa|\bsum\b|hela|projekt", normal(column.heading))
            if whole or self.profiles[column.index].content != "number":
                continue
            because = Because(YEAR_OF_SHEET, {"heading": column.heading, "year": self.only_year})
            self._set(
                column,
                role="amount",
                year=self.only_year,
                stage="bare",
                confidence=min(column.confidence, 85),
                because=because,
            )

    def _settle_stages(self) -> None:
        """The first bare year is the budget unless another is named so; later ones are plan."""
        dated = [c for c in self._of("amount", "operation") if c.year]
        named = [c.year for c in dated if c.stage == "budget" and c.role == "amount"]
        planned = [c.year for c in dated if c.stage == "plan" and c.role == "amount"]
        bare = [c.year for c in dated if c.stage == "bare" and c.role == "amount"]
        budget = min(named or bare or planned, default=None)
        if not named and self.title_year in bare:
            budget = self.title_year
        if not named and planned and bare and min(planned) < budget:
            budget = None
        for column in dated:
            if column.stage != "bare" or budget is None or column.year < budget:
                continue
            first = column.year == budget
            fields = {"heading": column.heading, "year": column.year}
            template = FIRST_YEAR if first else NEXT_YEAR
            self._set(
                column, stage="budget" if first else "plan", because=Because(template, fields)
            )
        self._settle_earlier_budgets(named, planned)
        calendar = [c.year for c in self._of("amount") if c.year and c.stage in ("budget", "plan")]
        for column in self._of("amount"):
            if column.index in self.answered or not self.profiles[column.index].filled:
                continue
            if column.stage == "bare" and column.year:
                choices = tuple(
                    f"amount:{column.year}:{stage}" for stage in ("actual", "forecast", "budget")
                )
                self._ask(column, ASK_STAGE, (*choices, "ignore"), heading=column.heading)
            late = column.stage == "before" and column.year and calendar
            if late and column.year >= min(calendar):
                fields = {"heading": column.heading, "year": column.year}
                self._ask(column, ASK_OVERLAP, ("amount::before", "ignore"), **fields)

    def _settle_earlier_budgets(self, named: list[int], planned: list[int]) -> None:
        """Last year's budget beside this year's: no decision of this plan."""
        known = self.title_year in named
        before_plan = [year for year in named if not planned or year < min(planned)]
        if not known and (not planned or not before_plan):
            return
        budget = self.title_year if known else max(before_plan)
        for column in self._of("amount"):
            if column.stage != "budget" or not column.year or column.year >= budget:
                continue
            fields = {"heading": column.heading, "year": budget}
            if known:
                self._set(column, role="ignore", because=Because(EARLIER_BUDGET, fields))
            else:
                choices = ("ignore", _choice(column), "amount::before")
                self._ask(column, ASK_EARLIER, choices, **fields)

    # Sums of rows

    def _settle_totals(self) -> None:
        """A column is the sum of its row when its figures say so, also without a heading."""
        amounts = [c for c in self._of("amount") if c.stage not in ("actual", "forecast")]
        if not amounts:
            return
        for column in self.found.values():
            held = self.profiles[column.index]
            if held.content != "number" or column.index in self.answered:
                continue
            unknown = column.confidence == 0
            if unknown and self._is_sum(column, amounts):
                self._set(column, role="total", confidence=90, because=Because(SUM_OF_ROW))
            elif column.role == "total" and not self._is_sum(column, amounts):
                self._whole_project(column, amounts)

    def _whole_project(self, column: Column, amounts: list[Column]) -> None:
        """Larger than its row, and not called a sum: what the whole project costs."""
        called_sum = re.search(r"\bsumma\b|\bsum\b|\btotalt\b|\bs:a\b", normal(column.heading))
        money = re.search(r"utgift|kostnad|investering|belopp|projekt|cost", normal(column.heading))
        if called_sum or not money or column.flow not in (None, "expenditure"):
            return
        larger = smaller = 0
        for row in self.rows:
            stated, parts = self._figures(row, column, amounts)
            if stated is not None and parts:
                whole = sum(parts.values(), Decimal(0))
                larger += abs(stated) > abs(whole)
                smaller += abs(stated) < abs(whole)
        if larger and not smaller:
            because = Because(NOT_THE_SUM, {"heading": column.heading})
            self._set(column, role="decided_total", confidence=85, because=because)

    def _figures(
        self, row: int, column: Column, amounts: Iterable[Column]
    ) -> tuple[Decimal | None, dict[int, Decimal]]:
        """What a row says in a column, and in the columns of amounts."""
        cells = self.region.body[row]
        stated = value_of(cells[column.index]) if column.index in cells else None
        parts = {}
        for amount in amounts:
            value = value_of(cells[amount.index]) if amount.index in cells else None
            if value is not None:
                parts[amount.index] = value
        return stated, parts

    def _is_sum(self, column: Column, amounts: list[Column]) -> bool:
        """Whether most rows have here the sum of their years, of one flow or net of income."""
        spending = [c for c in amounts if c.flow in (None, "expenditure")]
        income = [c for c in amounts if c.flow == "income"]
        unpaid = [c for c in spending if c.stage != "before"]
        within = [c for c in unpaid if c.stage != "later"]
        groups = [(group, []) for group in (spending, unpaid, within) if group]
        if income:
            groups += [(income, []), (spending, income)]
        agreed = [0] * len(groups)
        compared = telling = 0
        for row in self.rows:
            stated, parts = self._figures(row, column, amounts)
            if stated is None or not parts:
                continue
            compared += 1
            telling += sum(value != 0 for value in parts.values()) > 1
            for place, (plus, minus) in enumerate(groups):
                whole = sum((parts.get(c.index, Decimal(0)) for c in plus), Decimal(0))
                less = sum((parts.get(c.index, Decimal(0)) for c in minus), Decimal(0))
                near = max(Decimal(len(parts)), abs(stated) / 1000)
                near = near if stated == stated.to_integral_value() else near / 10
                agreed[place] += any(
                    abs(stated - other) <= (near if other != whole or telling else 0)
                    for other in (whole - less, whole + less)
                )
        return telling > 0 and max(agreed, default=0) >= compared * MOST

    # Questions

    def _ask(
        self, column: Column, template: str, choices: tuple[str, ...], /, **fields: object
    ) -> None:
        """Ask what a column is for, once."""
        if column.index in self.answered or column.index in self.asked:
            return
        self.asked.add(column.index)
        cell = column.cell or next(self.region.column(column.index), None)
        flag = f"--column {self.sheet.title}!{column.letter}={{choice}}"
        self.ledger.ask(self.sheet, cell, "ask_column", template, Question(flag, choices), **fields)

    def _ask_doubles(self) -> None:
        """Two columns for the same year and flow, or for the same thing."""
        seen: dict[tuple, Column] = {}
        for column in self._of("amount"):
            if column.stage in ("actual", "forecast") or not (column.year or column.stage):
                continue
            if not self.profiles[column.index].filled:
                continue
            place = column.stage if column.stage in ("before", "later") else column.year
            key = (place, column.flow or "expenditure")
            first = seen.setdefault(key, column)
            if first is not column:
                year = place if isinstance(place, int) else column.heading
                for one, other in ((first, column), (column, first)):
                    fields = {"other": other.heading, "heading": one.heading, "year": year}
                    self._ask(one, ASK_SAME_YEAR, ("ignore", _choice(one)), **fields)
        for role in ONE_EACH[1:]:
            columns = self._of(role)
            for column in columns[1:]:
                because = Because(SECOND_OF_ITS_KIND, {"heading": column.heading})
                self._set(column, role="ignore", because=because)

    def _ask_unsure(self) -> None:
        """An amount whose role is not sure is asked about."""
        for column in list(self.found.values()):
            held = self.profiles[column.index]
            if 0 < column.confidence < SURE and column.role in MONEY and held.numbers:
                choice = _choice(column)
                fields = {"heading": column.heading, "role": choice}
                self._ask(column, ASK_UNSURE, (choice, "ignore"), **fields)

    def _speak_of_unknown(self, unknown: Iterable[Column]) -> None:
        """An unknown column with numbers: asked about when it may be money, else a warning."""
        for column in unknown:
            held = self.profiles[column.index]
            if not held.numbers:
                continue
            if not column.heading:
                self._ask(column, ASK_NO_HEADING, ("total", "ignore"), column=column.letter)
                continue
            heading = normal(column.heading)
            money = self.headings.units.named(column.heading) or any(
                word in heading for word in self.vocabulary.money_words
            )
            if money or re.search(r"(?:19|20)[0-9][0-9]", heading):
                choices = ("total", "decided_total", "operation", "ignore")
                self._ask(column, ASK_COLUMN, choices, heading=column.heading)
            else:
                self.ledger.warn(
                    self.sheet,
                    column.cell,
                    "unknown_column",
                    UNKNOWN_COLUMN,
                    heading=column.heading,
                )


def _choice(column: Column) -> str:
    """A role as the flag takes it: amount:2026:budget:income."""
    parts = [column.role, column.year or "", column.stage or "", column.flow or ""]
    return ":".join(str(part) for part in parts).rstrip(":")


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

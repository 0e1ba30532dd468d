"""The project's own template, filled in, as measures and prerequisites.

Sheets 1 to 4 are read in full, 6, 7 and 9 as far as a plan has a place for them; 5 and 8 are
accepted and left out, by name. Every line belongs to a project of the first sheet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from pydantic import ValidationError

from model.forms.problems import told
from model.intake import choices
from model.intake.amounts import written
from model.intake.answers import NONE, Answers
from model.intake.fields import PriceBase
from model.intake.ledger import Ledger
from model.intake.mapping import Template, TemplateSheet, normal, vocabulary
from model.intake.reader import Sheet, Workbook
from model.intake.slugs import slug
from model.intake.template_lines import Line, header_row, leave_sheet, lines, sheet_named
from model.intake.unit_words import UnitWords
from model.money import split, to_kronor, to_ore
from model.reference import reference
from model.rows import (
    Appropriation,
    Effect,
    Expenditure,
    Grant,
    Measure,
    Payment,
    Prerequisite,
    RunningCost,
)
from model.years import BEFORE, LATER, year_label

NOT_IN_TEMPLATE = "on a sheet that the template does not have"
REFUSED_LINE = "on a line that was refused: see the finding there"
UNREADABLE_SHEET = "on a sheet whose headings are not the template's"

MISSING_SHEET = "The template's sheet {sheet} is missing. Take it from an empty template."
MISSING_HEADINGS = (
    "The sheet {sheet} lacks the template's headings. Take the sheet from an empty template."
)
OTHER_UNIT = (
    "The sheet says “{found}”, and the template's amounts are in tkr. "
    "Write the amounts in tkr and put the words “{expected}” back."
)
SAME_PROJECT = "The project number {number} stands twice, here and in {other}."
UNKNOWN_PROJECT = (
    "The project {number} is not on the sheet {sheet}. Add it there, or mend the number."
)
SAME_NAME = (
    "{count} projects on the sheet {sheet} are called {name}. Write the number of the one that is "
    "meant."
)
SAME_LINE = (
    "The project {number} already has a line of the same kind for {year}, in {other}. "
    "Add the amounts together on one line."
)
SAME_YEAR_TWICE = (
    "The year {year} already stands for the same level, in {other}. Delete one of the lines."
)
RANGE_INCOMPLETE = "Write both Låg and Hög, or neither."
RANGE_NOT_ORDERED = "Låg, Central and Hög are not in order: {low}, {mid}, {high} kronor."
YEARS_DIFFER = (
    "Central says {found} kronor, and the years make {expected} kronor. "
    "Make them equal; what comes after the last year goes under Senare."
)
NO_YEARS = (
    "The line says {found} kronor and no year: all of it is put under Senare until years are given."
)
NO_EXPENDITURE = "The project {number} has no expenditure: its need is read as not known."
NO_APPROPRIATION = "The project {number} has no line on the sheet {sheet}: no decision covers it."
OF_OTHER_ACTOR = (
    "{owner} owns the project {number}, and an appropriation is the municipality's own decision. "
    "Write the owner's money as a grant on the sheet {sheet}, or mend the owner."
)
NO_AMOUNT = "The line has no amount in any year."
NO_YEAR_COLUMNS = (
    "The sheet {sheet} has no column for any year, so the year of {amount} kronor is not known. "
    "Take the columns from an empty template."
)
GRANT_WITHOUT_AMOUNT = (
    "The grant from {source} has no amount. Write it under Beviljat belopp or under the years."
)
PAYMENTS_DIFFER = (
    "Beviljat belopp says {found} kronor, and the years make {expected} kronor. Make them equal."
)
NO_PAYMENT_YEAR = (
    "The grant of {found} kronor has no year: it is put under Senare until years are given."
)
OTHER_EFFECT_UNIT = (
    "“{found}” is not the unit of this indicator. Write {expected} or {expected}/år."
)
UNCLEAR_BASIS = (
    "The unit does not say whether the effect comes every year: it is summed apart as unclear. "
    "Write {unit}/år if it does, or {unit}, engång if it comes once."
)

# Where the cause of a refusal stands that is about several fields, by how its message begins.
_CAUSES = {
    "what is granted has no probability": "probability",
    "low, mid and high are not in order": "mid",
    "high is given without low": "low",
}
_PER_YEAR = ("/år", " per år", "/year", " per year")
_ONCE = (", engång", " engång", " totalt", " (engång)", ", once", " once")


@dataclass
class _Project:
    """A project of the first sheet with what the other sheets say of it."""

    line: Line
    number: str
    name: str
    vat: str
    prices: PriceBase
    owner: str
    other_actor: bool
    rows: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    taken: dict[tuple, str] = field(default_factory=dict)


def recognises_template(workbook: Workbook, template: Template) -> bool:
    """Whether the workbook has the template's first sheet, with its headings."""
    sheet = sheet_named(workbook.sheets, template.sheets[0])
    return sheet is not None and header_row(sheet, template.sheets[0]) is not None


def read_template(
    workbook: Workbook, template: Template, ledger: Ledger, answers: Answers = NONE
) -> tuple[tuple[Measure, ...], tuple[Prerequisite, ...], str]:
    """Measures, prerequisites and the cell that names the unit. The rest goes to the ledger."""
    return _TemplateReader(workbook, template, ledger, answers).read()


def _refuse(line: Line, error: ValidationError, code: str) -> None:
    """What the row itself refuses, one finding a fault, in the cell where its cause stands."""
    for fault in error.errors(include_url=False):
        template, fields = told(fault)
        message = fault["msg"].removeprefix("Value error, ")
        causes = [str(key) for key in fault["loc"]]
        causes += [name for start, name in _CAUSES.items() if message.startswith(start)]
        name = next((name for name in causes if name in line.columns), next(iter(line.columns)))
        line.error(name, code, template, **fields)


class _TemplateReader:
    def __init__(self, workbook: Workbook, template: Template, ledger: Ledger, answers: Answers):
        self.workbook, self.template, self.ledger = workbook, template, ledger
        self.answers = answers
        self.projects: dict[str, _Project] = {}
        self.prerequisites: list[Prerequisite] = []
        self.evidence = ""
        self.units = UnitWords(vocabulary())
        self.read_line: dict[str, Callable[[Line], None]] = {
            "measures": self._project,
            "expenditures": self._of_project(self._expenditures),
            "appropriations": self._of_project(self._appropriations),
            "grants": self._of_project(self._grant),
            "running_costs": self._of_project(self._running_costs),
            "effects": self._of_project(self._effect),
            "prerequisites": self._prerequisite,
        }

    def read(self) -> tuple[tuple[Measure, ...], tuple[Prerequisite, ...], str]:
        """Sheet by sheet in the template's order, then the measures."""
        seen = []
        for known in self.template.sheets:
            sheet = sheet_named(self.workbook.sheets, known)
            if sheet is not None:
                seen.append(sheet.title)
                self._sheet(known, sheet)
            elif known.required:
                self.ledger.error(
                    self.workbook.sheets[0], None, "missing_sheet", MISSING_SHEET, sheet=known.title
                )
        for sheet in self.workbook.sheets:
            if sheet.title not in seen:
                self.ledger.leave(sheet, sheet.cells.values(), NOT_IN_TEMPLATE)
        return tuple(self._measures()), tuple(self.prerequisites), self.evidence

    def _sheet(self, known: TemplateSheet, sheet: Sheet) -> None:
        if not known.reads:
            leave_sheet(self.ledger, self.template, known, sheet)
            return
        header = header_row(sheet, known)
        if header is None:
            fields = {"sheet": sheet.title}
            self.ledger.error(sheet, None, "missing_headings", MISSING_HEADINGS, **fields)
            self.ledger.leave(sheet, sheet.cells.values(), UNREADABLE_SHEET)
            return
        self._check_unit(sheet, header)
        point = self.answers.point
        for line in lines(self.ledger, self.template, known, sheet, header, point):
            before = len(self.ledger.violations)
            try:
                self.read_line[known.reads](line)
            except ValidationError as error:
                _refuse(line, error, "bad_line")
            if any(found.severity == "error" for found in self.ledger.violations[before:]):
                unread = [*line.cells.values(), *line.years.values()]
                self.ledger.leave(line.sheet, unread, REFUSED_LINE)

    def _check_unit(self, sheet: Sheet, header: int) -> None:
        """The amounts are in the template's unit, whatever stands above the headings."""
        above = (c for c in sheet.cells.values() if c.row < header and c.kind == "text")
        named = [(cell, unit) for cell in above for unit in self.units.named(cell.text)]
        wrong = [
            cell
            for cell, unit in named
            if (unit.factor, unit.currency) != (self.template.unit, "SEK")
        ]
        if wrong:
            fields = {"found": wrong[0].text, "expected": self.template.unit_text}
            self.ledger.error(sheet, wrong[0], "ask_unit", OTHER_UNIT, **fields)
        elif named and not self.evidence:
            cell = named[0][0]
            self.evidence = f"{self.ledger.ref(sheet, cell)}: {' '.join(cell.text.split())}"

    def _project(self, line: Line) -> None:
        for name in line.columns:
            line.value(name)
        number = line.value("number")
        if number is None:
            return
        if normal(number) in self.projects:
            other = self.projects[normal(number)].line.ref
            line.error("number", "same_project", SAME_PROJECT, number=number, other=other)
            return
        owner = reference().owners.get(line.value("owner") or "")
        self.projects[normal(number)] = _Project(
            line,
            number,
            line.value("name") or "",
            line.value("vat") or "unknown",
            line.value("price_level") or PriceBase("unknown"),
            owner=owner.name if owner else "",
            other_actor=owner is not None and owner.actor_group == "other",
        )
        spent = line.value("spent")
        if spent is not None:
            self._add_expenditure(
                self.projects[normal(number)], line, "spent", year=BEFORE, mid=spent, paid=True
            )

    def _of_project(self, read: Callable[[Line, _Project], None]) -> Callable[[Line], None]:
        def read_line(line: Line) -> None:
            number = line.value("project")
            if number is None:
                return
            project = self._named(line, number)
            if project is not None:
                read(line, project)

        return read_line

    def _named(self, line: Line, said: str) -> _Project | None:
        """The project with the number that a line says, or else the only one of that name."""
        if normal(said) in self.projects:
            return self.projects[normal(said)]
        called = [p for p in self.projects.values() if normal(p.name) == normal(said)]
        if len(called) == 1:
            return called[0]
        sheet = self.template.sheets[0].title
        if called:
            fields = {"name": said, "count": len(called), "sheet": sheet}
            line.error("project", "unknown_project", SAME_NAME, **fields)
        else:
            fields = {"number": said, "sheet": sheet}
            line.error("project", "unknown_project", UNKNOWN_PROJECT, **fields)
        return None

    def _add_expenditure(
        self, project: _Project, line: Line, name: str, *, ref: str = "", **values: object
    ) -> None:
        row = Expenditure(
            price_level=project.prices.level,
            price_year=project.prices.year,
            vat=project.vat,
            source_ref=ref or line.source(name),
            **values,
        )
        key = ("expenditure", row.kind, row.scope, row.year, row.paid)
        if self._is_new(project, line, name, key, row.year):
            project.rows["expenditures"].append(row)

    def _is_new(self, project: _Project, line: Line, name: str, key: tuple, year: int) -> bool:
        """A project has one line of each kind and year; a second one gets a finding."""
        if key in project.taken:
            fields = {
                "number": project.number,
                "year": year_label(year),
                "other": project.taken[key],
            }
            line.error(name, "same_line", SAME_LINE, **fields)
            return False
        project.taken[key] = line.ref
        return True

    def _expenditures(self, line: Line, project: _Project) -> None:
        kind, scope = line.value("kind"), line.value("scope")
        low, mid, high = (line.value(name) for name in ("low", "mid", "high"))
        years = line.yearly()
        refs = {year: self.ledger.ref(line.sheet, line.years[year]) for year in years}
        later = line.value("later")
        if later is not None:
            years[LATER], refs[LATER] = later, line.source("later")
        if mid is None or kind is None or scope is None:
            return
        if (low is None) != (high is None):
            line.error("low" if low is None else "high", "range_incomplete", RANGE_INCOMPLETE)
            return
        if low is not None and not low <= mid <= high:
            fields = {"low": written(low), "mid": written(mid), "high": written(high)}
            line.error("mid", "range_not_ordered", RANGE_NOT_ORDERED, **fields)
            return
        if not years:
            line.warn("mid", "no_years", NO_YEARS, found=written(mid))
            years, refs = {LATER: mid}, {LATER: line.source("mid")}
        total, spent = sum(years.values()), self._spent(project, kind, scope)
        if total + spent == mid and spent:
            # Central is of the whole project: what is paid is certain, and not part of the range.
            low, high = (
                None if end is None else max(end - spent, Decimal(0)) for end in (low, high)
            )
        elif total != mid:
            line.error(
                "mid", "years_differ", YEARS_DIFFER, found=written(mid), expected=written(total)
            )
            return
        lows, highs = self._spread(low, years), self._spread(high, years)
        for year, amount in years.items():
            self._add_expenditure(
                project,
                line,
                "mid",
                ref=refs[year],
                kind=kind,
                scope=scope,
                year=year,
                low=lows.get(year),
                mid=amount,
                high=highs.get(year),
            )

    @staticmethod
    def _spent(project: _Project, kind: str, scope: str) -> Decimal:
        if (kind, scope) != ("investment", "total"):
            return Decimal(0)
        return sum((e.mid for e in project.rows["expenditures"] if e.paid), Decimal(0))

    @staticmethod
    def _spread(end: Decimal | None, years: dict[int, Decimal]) -> dict[int, Decimal]:
        """One end of the range over the years, as central is spread, exact in the sum."""
        if end is None:
            return {}
        weights = np.array([to_ore(amount) for amount in years.values()], dtype=np.int64)
        parts = split(np.array(to_ore(end)), weights)
        return {year: to_kronor(part) for year, part in zip(years, parts, strict=True)}

    def _appropriations(self, line: Line, project: _Project) -> None:
        basis, status, decision = (line.value(n) for n in ("basis", "status", "decision"))
        years, carried = line.yearly(), line.value("carried")
        if not years and not carried:
            line.warn("project", "no_amount", NO_AMOUNT)
        if basis is None or status is None:
            return
        if project.other_actor and status != "requested" and (years or carried):
            fields = {
                "owner": project.owner,
                "number": project.number,
                "sheet": self.template.sheets[3].title,
            }
            line.error("status", "appropriation_of_other_actor", OF_OTHER_ACTOR, **fields)
            return
        rows = [(year, amount, Decimal(0)) for year, amount in years.items()]
        refs = {year: self.ledger.ref(line.sheet, line.years[year]) for year in years}
        if carried and not line.all_years:
            fields = {"sheet": line.sheet.title, "amount": written(carried)}
            line.error("carried", "no_year_columns", NO_YEAR_COLUMNS, **fields)
            return
        if carried:
            # What was not spent in the year before the first column, and may be spent in that.
            year = min(line.all_years) - 1
            rows.insert(0, (year, carried, carried))
            refs[year] = line.source("carried")
        for year, amount, carry_over in rows:
            if self._is_new(project, line, "status", ("appropriation", basis, status, year), year):
                project.rows["appropriations"].append(
                    Appropriation(
                        year=year,
                        basis=basis,
                        status=status,
                        amount=amount,
                        carry_over=carry_over,
                        decision=decision or "",
                        source_ref=refs[year],
                    )
                )

    def _grant(self, line: Line, project: _Project) -> None:
        source, status, amount = (line.value(n) for n in ("source", "status", "amount"))
        values = {
            name: line.value(name) for name in ("probability", "eligible_expenditure", "share")
        } | {name: line.value(name) or "" for name in ("reference", "last_claim", "conditions")}
        years = line.yearly()
        if source is None or status is None:
            return
        if amount is None and not years:
            name = reference().funding[source].name
            line.error("amount", "grant_without_amount", GRANT_WITHOUT_AMOUNT, source=name)
            return
        if years and amount is not None and sum(years.values()) != amount:
            fields = {"found": written(amount), "expected": written(sum(years.values()))}
            line.error("amount", "payments_differ", PAYMENTS_DIFFER, **fields)
            return
        if not years:
            line.warn("amount", "no_years", NO_PAYMENT_YEAR, found=written(amount))
            years = {LATER: amount}
        made = slug(source, values["reference"])
        others = [grant.id for grant in project.rows["grants"]]
        project.rows["grants"].append(
            Grant(
                id=made if made not in others else f"{made}-{len(others) + 1}",
                source=source,
                status=status,
                payments=tuple(Payment(year=y, amount=paid) for y, paid in years.items()),
                source_ref=line.ref,
                **values,
            )
        )

    def _running_costs(self, line: Line, project: _Project) -> None:
        item, department, in_frame = (line.value(n) for n in ("item", "department", "in_frame"))
        years = line.yearly()
        if not years:
            line.warn("project", "no_amount", NO_AMOUNT)
        for year, amount in years.items():
            if item is None:
                continue
            project.rows["running_costs"].append(
                RunningCost(
                    item=item,
                    department=department or "",
                    year=year,
                    amount=amount,
                    in_frame=in_frame,
                    price_level=project.prices.level,
                    price_year=project.prices.year,
                    source_ref=self.ledger.ref(line.sheet, line.years[year]),
                )
            )

    def _effect(self, line: Line, project: _Project) -> None:
        key, year = line.value("indicator"), line.value("year")
        low, mid, high = (line.value(name) for name in ("low", "mid", "high"))
        texts = {name: line.value(name) or "" for name in ("method", "effect_group", "source")}
        if key is None:
            return
        indicator = reference().indicators[key]
        basis = self._basis(line, indicator.unit)
        if basis is None:
            return
        project.rows["effects"].append(
            Effect(
                indicator=key,
                unit=indicator.unit,
                year=year,
                low=low,
                mid=mid,
                high=high,
                basis=basis,
                gas=indicator.gas if indicator.gas in ("co2e", "fossil_co2") else "",
                method=texts["method"],
                effect_group=texts["effect_group"],
                note=texts["source"],
                source_ref=line.ref,
            )
        )

    @staticmethod
    def _basis(line: Line, unit: str) -> str | None:
        """What the unit's words say of how often the effect comes; None when it is another unit."""
        said = normal(line.value("unit") or unit)
        basis = "unclear"
        for endings, found in ((_PER_YEAR, "per_year"), (_ONCE, "once")):
            ending = next((ending for ending in endings if said.endswith(ending)), None)
            if ending:
                basis, said = found, said.removesuffix(ending)
        spelled = choices.keys("units")
        if spelled.get(said, spelled.get(said.replace("ton ", "t ", 1))) != unit:
            line.error("unit", "other_unit", OTHER_EFFECT_UNIT, found=said, expected=unit)
            return None
        if basis == "unclear":
            line.warn("unit", "unclear_basis", UNCLEAR_BASIS, unit=unit)
        return basis

    def _prerequisite(self, line: Line) -> None:
        values = {
            name: line.value(name) for name in line.columns if name in Prerequisite.model_fields
        }
        if values.get("year") is None or values.get("level") is None:
            return
        found = Prerequisite(**values, source_ref=line.ref)
        for other in self.prerequisites:
            if (other.level, other.year) == (found.level, found.year):
                fields = {"year": found.year, "other": other.source_ref}
                line.error("year", "same_line", SAME_YEAR_TWICE, **fields)
                return
        self.prerequisites.append(found)

    def _measures(self) -> Iterator[Measure]:
        for project in self.projects.values():
            line = project.line
            if not project.rows["expenditures"]:
                line.warn("number", "no_expenditure", NO_EXPENDITURE, number=project.number)
            if not project.rows["appropriations"] and not project.other_actor:
                fields = {"number": project.number, "sheet": self.template.sheets[2].title}
                line.warn("number", "no_appropriation", NO_APPROPRIATION, **fields)
            try:
                measure = self._measure(project)
            except ValidationError as error:
                _refuse(line, error, "bad_project")
                continue
            if measure is not None:
                yield measure

    def _measure(self, project: _Project) -> Measure | None:
        line = project.line
        fields = {
            name: value
            for name in line.columns
            if name in Measure.model_fields and (value := line.value(name)) is not None
        }
        name, owner = fields.get("name"), fields.get("owner")
        if name is None or owner is None:
            return None  # the missing cell has its finding
        return Measure(
            id=slug(project.number, name),
            project_number=project.number,
            owner_kind=reference().owners[owner].kind,
            green=True if fields.get("green_category") else None,
            source_ref=line.ref,
            **{kind: tuple(rows) for kind, rows in project.rows.items()},
            **fields,
        )

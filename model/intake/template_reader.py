"""The project's own template, filled in, as measures and prerequisites.

Sheets 1 to 5 and 8 are read in full, 6, 7 and 9 as far as a plan has a place for them. Every line
belongs to a project of the first sheet, save those of green debt that is not for one project.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from model.forms.problems import told
from model.intake.answers import NONE, Answers
from model.intake.fields import PriceBase
from model.intake.ledger import Ledger
from model.intake.mapping import Template, TemplateSheet, normal, vocabulary
from model.intake.reader import Sheet, Workbook
from model.intake.slugs import slug
from model.intake.template_lines import Line, header_row, lines, sheet_named
from model.intake.template_loans import GreenDebt
from model.intake.template_rows import Project, ProjectLines
from model.intake.unit_words import UnitWords
from model.reference import reference
from model.rows import Loan, Measure, Prerequisite
from model.years import BEFORE

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
SAME_YEAR_TWICE = (
    "The year {year} already stands for the same level, in {other}. Delete one of the lines."
)
NO_EXPENDITURE = "The project {number} has no expenditure: its need is read as not known."
NO_APPROPRIATION = "The project {number} has no line on the sheet {sheet}: no decision covers it."

# Where the cause of a refusal stands that is about several fields, by how its message begins.
_CAUSES = {
    "what is granted has no probability": "probability",
    "low, mid and high are not in order": "mid",
    "high is given without low": "low",
    "disbursed is more than approved": "disbursed",
    "outstanding is more than disbursed": "outstanding",
    "the loan matures before": "matures_on",
}


def recognises_template(workbook: Workbook, template: Template) -> bool:
    """Whether the workbook has the template's first sheet, with its headings."""
    sheet = sheet_named(workbook.sheets, template.sheets[0])
    return sheet is not None and header_row(sheet, template.sheets[0]) is not None


@dataclass(frozen=True)
class Filled:
    """What a filled template says. ``evidence`` is the cell that names the unit."""

    measures: tuple[Measure, ...]
    prerequisites: tuple[Prerequisite, ...]
    loans: tuple[Loan, ...]
    evidence: str


def read_template(
    workbook: Workbook, template: Template, ledger: Ledger, answers: Answers = NONE
) -> Filled:
    """Measures, prerequisites and loans. The rest goes to the ledger."""
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
        self.rows = ProjectLines(ledger, template)
        self.projects: dict[str, Project] = {}
        self.prerequisites: list[Prerequisite] = []
        self.green_debt = GreenDebt()
        self.evidence = ""
        self.units = UnitWords(vocabulary())
        self.read_line: dict[str, Callable[[Line], None]] = {
            "measures": self._project,
            "expenditures": self._of_project(self.rows.expenditures),
            "appropriations": self._of_project(self.rows.appropriations),
            "grants": self._of_project(self.rows.grant),
            "components": self._of_project(self.rows.component),
            "running_costs": self._of_project(self.rows.running_costs),
            "effects": self._of_project(self.rows.effect),
            "loans": self._green_debt,
            "prerequisites": self._prerequisite,
        }

    def read(self) -> Filled:
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
        measures = tuple(self._measures())
        ids = {measure.project_number: measure.id for measure in measures}
        loans = self.green_debt.loans(ids, _refuse)
        return Filled(measures, tuple(self.prerequisites), loans, self.evidence)

    def _sheet(self, known: TemplateSheet, sheet: Sheet) -> None:
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
        self.projects[normal(number)] = Project(
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
            self.rows.add_expenditure(
                self.projects[normal(number)], line, "spent", year=BEFORE, mid=spent, paid=True
            )

    def _of_project(self, read: Callable[[Line, Project], None]) -> Callable[[Line], None]:
        def read_line(line: Line) -> None:
            number = line.value("project")
            if number is None:
                return
            project = self._named(line, number)
            if project is not None:
                read(line, project)

        return read_line

    def _named(self, line: Line, said: str) -> Project | None:
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

    def _green_debt(self, line: Line) -> None:
        number = line.value("project")
        project = None if number is None else self._named(line, number)
        if number is None or project is not None:
            self.green_debt.add(line, project)

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

    def _measure(self, project: Project) -> Measure | None:
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

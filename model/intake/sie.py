"""SIE 4 files with budget figures: the accounting system's own export, a budget per project.

A line is a record: ``#PBUDGET 0 202601 1119 {1 "30" 6 "1201"} 500000.00`` is a month's budget of an
account, for the objects in braces. Dimension 6 is the project and 1 the cost centre; ``#RAR`` says
which year 0 is, ``#OBJEKT`` what a project is called. Debit is positive. Source: SIE filformat 4B.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from model.errors import Question
from model.intake.accounts import USES, Group, Kind, charts
from model.intake.amounts import LARGEST_AMOUNT, kronor, read_amount, written
from model.intake.answers import Answers
from model.intake.ledger import Ledger
from model.intake.line_balance import Line, Project
from model.intake.lines import CODE, Lines, Terms, gather
from model.intake.mapping import Vocabulary
from model.intake.reader import Cell, Sheet, Workbook

# Reserved by the format; a system's own project dimension is known by its name.
PROJECT, COST_CENTRE = "6", "1"
CHART = "kommun_bas"

RECORD = "{label}: no budget figure"
NO_OBJECT = "a budget on no project"
SUM = "a sum, checked against its parts"
ACTUAL = "{label}: outcomes are no budget"
NOT_READ = "a budget that cannot be read: see the finding there"

NO_BUDGET = (
    "The SIE file {file} has no budget figures (#PBUDGET). "
    "Export it from the accounting system with budget, as type 4."
)
NO_PROJECTS = (
    "The SIE file {file} has budget figures by account, but none by project: no #PBUDGET names an "
    "object of dimension 6 (project). Export it with objects, or take the investment budget from a "
    "workbook."
)
NO_YEAR = (
    "The record names year {index}, and no #RAR says which year that is. Export the file again."
)
BAD_RECORD = (
    "The record cannot be read: expected #PBUDGET year period account {{objects}} amount. "
    "Export the file again."
)
UNKNOWN_ACCOUNT = (
    "The account {account} is not one of Kommun-Bas, so what its budget is for is not known. "
    "Say what the line is."
)
OVERLAP = (
    "The project {project} has a budget of {found} kronor on account {account} in {period}, and "
    "{expected} kronor by cost centre. Correct it in the accounting system and export again."
)
ASK_SIGN = (
    "The budget of the projects is {uses} kronor in all: expenditure is debit and positive in SIE. "
    "Say how expenditure is written."
)
_OBJECTS = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
AMOUNT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_PROJECT_NAME = re.compile(r"projekt|investering", re.IGNORECASE)


@dataclass
class Names:
    """What the records of a file say about its years, accounts, dimensions and objects."""

    years: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    objects: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The dimension of projects."""
        if any(dimension == PROJECT for dimension, _number in self.objects):
            return PROJECT
        named = (n for n, name in self.dimensions.items() if _PROJECT_NAME.search(name))
        return next(named, PROJECT)


@dataclass(frozen=True)
class _Budget:
    """One #PBUDGET record. ``objects`` are by dimension; ``amount`` is exact, debit positive."""

    cell: Cell
    index: str
    period: str
    account: str
    objects: dict[str, str]
    amount: Decimal


def is_sie(workbook: Workbook) -> bool:
    """Whether a file is a SIE file."""
    return workbook.format == "sie"


def read_sie(workbook: Workbook, vocabulary: Vocabulary, answers: Answers, ledger: Ledger) -> Lines:
    """The projects of a SIE file as drafts: what is budgeted on each, by year and kind of account.

    Budgets of the current year and earlier ones are decided, later ones planned. A file without
    budget, or without projects, gets a finding that says so.
    """
    sheet = workbook.sheets[0]
    names = names_of(sheet)
    budgets = list(_budgets(sheet, names, ledger))
    of_projects = [budget for budget in budgets if names.project in budget.objects]
    _leave_rest(sheet, names, {budget.objects[names.project] for budget in of_projects}, ledger)
    if not budgets:
        ledger.error(sheet, None, "no_budget", NO_BUDGET, file=workbook.file)
        return Lines()
    for budget in budgets:
        if names.project not in budget.objects:
            ledger.leave(sheet, [budget.cell], NO_OBJECT)
    if not of_projects:
        ledger.error(sheet, None, "no_projects", NO_PROJECTS, file=workbook.file)
        return Lines()
    kept = _without_sums(sheet, of_projects, names, ledger)
    lines = _signed(sheet, _lines(sheet, kept, names, answers, ledger), answers, ledger)
    return gather(
        lines, ledger, Terms(vocabulary.owners, vocabulary.price_level, charts()[CHART].vat)
    )


def records(sheet: Sheet) -> Iterator[tuple[str, int, list[str], dict[int, Cell]]]:
    """Each record: its label, row, fields after the label as text, and cells by field."""
    for row, cells in sheet.rows.items():
        label = cells[1].text.upper() if 1 in cells else ""
        if label.startswith("#"):
            last = max(cells)
            texts = [cells[i].text if i in cells else "" for i in range(2, last + 1)]
            yield label, row, texts, {i - 2: cell for i, cell in cells.items() if i > 1}


def names_of(sheet: Sheet) -> Names:
    found = Names()
    for label, row, texts, _cells in records(sheet):
        match label, texts:
            case "#RAR", [index, start, *_] if start[:4].isdigit():
                found.years[index] = int(start[:4])
            case "#KONTO", [account, name, *_]:
                found.accounts[account] = name
            case "#DIM" | "#UNDERDIM", [number, name, *_]:
                found.dimensions[number] = name
            case "#OBJEKT", [dimension, number, name, *_]:
                found.objects[dimension, number] = name, row
    return found


def _budgets(sheet: Sheet, names: Names, ledger: Ledger) -> Iterator[_Budget]:
    for label, row, texts, cells in records(sheet):
        if label != "#PBUDGET":
            continue
        first = sheet.cells[row, 1]
        place = _place_of_amount(texts)
        if place not in cells:
            ledger.error(sheet, first, "bad_record", BAD_RECORD)
            ledger.leave(sheet, cells.values(), NOT_READ)
            continue
        index, period, account = texts[:3]
        objects = objects_of(texts[3]) if place == 4 else {}
        amount = _amount(sheet, cells[place], ledger)
        if index not in names.years:
            ledger.error(sheet, first, "no_year", NO_YEAR, index=index)
            ledger.leave(sheet, cells.values(), NOT_READ)
        elif amount is not None:
            yield _Budget(cells[place], index, period, account, objects, amount)


def _place_of_amount(texts: list[str]) -> int:
    """Which field of a #PBUDGET is its amount; some systems leave out an empty list of objects."""
    return 3 if len(texts) > 3 and AMOUNT.fullmatch(texts[3]) else 4


def _amount(sheet: Sheet, cell: Cell, ledger: Ledger) -> Decimal | None:
    """The amount of a record. SIE writes a decimal point and nothing between thousands."""
    if cell.kind == "text" and AMOUNT.fullmatch(cell.text):
        amount = Decimal(cell.text.replace(",", "."))
        if abs(amount) <= LARGEST_AMOUNT:
            return amount
    amount = read_amount(ledger, sheet, cell, Decimal(1), negative=True)
    return None if amount is None else amount.value


def objects_of(text: str) -> dict[str, str]:
    """``1 "30" 6 "1201"``, what stands in the braces, as dimension to object."""
    parts = [quoted or bare for quoted, bare in _OBJECTS.findall(text)]
    return dict(zip(parts[::2], parts[1::2], strict=False))


def _leave_rest(sheet: Sheet, names: Names, used: set[str], ledger: Ledger) -> None:
    """Everything that is no amount of a budget: codes, and the records of the books.

    ``used`` are the projects with a budget: their numbers are imported with them.
    """
    rows = {row for key, (_name, row) in names.objects.items() if _is_used(key, names, used)}
    for label, row, texts, cells in records(sheet):
        if row in rows:
            cells.pop(1, None)
        budget = label == "#PBUDGET"
        template = CODE if budget else ACTUAL if label in ("#PSALDO", "#RES") else RECORD
        amount = _place_of_amount(texts) if budget else None
        left = [cell for place, cell in cells.items() if place != amount]
        ledger.leave(sheet, left, template, label=label, heading=label)
    for cells in sheet.rows.values():  # what is no record: no label begins it
        label = next(iter(cells.values())).text
        if 1 not in cells or not label.startswith("#"):
            ledger.leave(sheet, cells.values(), RECORD, label=label, heading=label)


def _is_used(key: tuple[str, str], names: Names, used: set[str]) -> bool:
    dimension, number = key
    return dimension == names.project and number in used


def _without_sums(
    sheet: Sheet, budgets: list[_Budget], names: Names, ledger: Ledger
) -> list[_Budget]:
    """The budgets without those of a project alone that are also there by cost centre."""
    groups: dict[tuple[str, ...], list[_Budget]] = {}
    for budget in budgets:
        key = budget.index, budget.period, budget.account, budget.objects[names.project]
        groups.setdefault(key, []).append(budget)
    kept = []
    for (_index, period, account, project), group in groups.items():
        whole = [budget for budget in group if len(budget.objects) == 1]
        parts = [budget for budget in group if len(budget.objects) > 1]
        if not whole or not parts:
            kept += group
            continue
        found, expected = (sum(budget.amount for budget in of) for of in (whole, parts))
        if found != expected:
            fields = {"project": project, "account": account, "period": period}
            told = {"found": written(found), "expected": written(expected)}
            ledger.error(sheet, whole[0].cell, "sie_overlap", OVERLAP, **fields, **told)
        ledger.leave(sheet, [budget.cell for budget in whole], SUM)
        kept += parts
    return kept


def _lines(
    sheet: Sheet, budgets: Iterable[_Budget], names: Names, answers: Answers, ledger: Ledger
) -> list[Line]:
    chart = charts()[CHART]
    projects: dict[str, Project] = {}
    lines = []
    for budget in budgets:
        number = budget.objects[names.project]
        project = projects.get(number) or _project(sheet, number, budget, names)
        projects[number] = project
        centre = budget.objects.get(COST_CENTRE)
        if centre:
            project.departments.setdefault(names.objects.get((COST_CENTRE, centre), (centre,))[0])
        named = names.accounts.get(budget.account, "")
        kind = _kind(sheet, budget, chart.group(budget.account, named), answers, ledger)
        lines.append(
            Line(
                project,
                sheet,
                budget.cell,
                names.years[budget.index],
                "plan" if int(budget.index) > 0 else "budget",
                kind,
                budget.amount,
                f"{budget.account} {named}".strip(),
            )
        )
    return lines


def _kind(
    sheet: Sheet, budget: _Budget, group: Group | None, answers: Answers, ledger: Ledger
) -> Kind:
    """What a budget is, by its account or as was said of its row."""
    row = budget.cell.row
    said = answers.row(sheet.title, row)
    if said in ("measure", "income"):
        return "investment" if said == "measure" else "grant"
    if group is not None:
        return group.kind(budget.amount)
    question = Question(f"--row {sheet.title}!{row}={{choice}}", ("measure", "income"))
    fields = {"account": budget.account}
    ledger.ask(sheet, budget.cell, "ask_row", UNKNOWN_ACCOUNT, question, **fields)
    return "investment" if budget.amount >= 0 else "unnamed"


def _project(sheet: Sheet, number: str, budget: _Budget, names: Names) -> Project:
    name, row = names.objects.get((names.project, number), (number, None))
    if row is None:
        return Project(sheet, budget.cell, number, number)
    place = sheet.cells.get((row, 4), sheet.cells[row, 1])
    return Project(sheet, place, number, name or number, cells=[(sheet, sheet.cells[row, 3])])


def _signed(sheet: Sheet, lines: list[Line], answers: Answers, ledger: Ledger) -> list[Line]:
    """The lines as they are, unless expenditure is credit: then that is asked about."""
    said = answers.sign(sheet.title)
    uses = sum((line.amount for line in lines if line.kind in USES), Decimal(0))
    if said is None and uses < 0:
        flag = f"--sign {sheet.title}={{choice}}"
        question = Question(flag, ("positive", "negative"))
        fields = {"uses": written(kronor(uses))}
        ledger.ask(sheet, None, "ask_sign", ASK_SIGN, question, **fields)
    if said != "negative":
        return lines
    return [replace(line, amount=-line.amount) for line in lines]

"""The rows of a table: projects, and all the rows between them that are none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from tests.intake.layouts import words
from tests.intake.layouts.columns import Key
from tests.intake.layouts.layout import Layout
from tests.intake.layouts.truth import BEFORE, LATER, SOURCES, Grant, Project, Truth

# Amounts that are no part of what a project becomes, wherever they stand.
LEFT_OUT = {("total",), ("account",), ("responsibility",), ("priority",)}


@dataclass
class Row:
    """A row. ``kind`` is what it is; ``label`` what a row says that is no project.

    ``amounts`` are kronor with the sign that the sheet gives them, ``others`` what is no money.
    ``begins`` is set on the first project of a department.
    """

    kind: str
    label: str = ""
    department: str = ""
    begins: bool = False
    amounts: dict[Key, Decimal] = field(default_factory=dict)
    others: dict[Key, object] = field(default_factory=dict)

    def fate(self, key: Key, layout: Layout) -> str:
        """What is to become of a number in this row: *in*, *out*, or *either*."""
        if self.kind not in ("measure", "income") or key in LEFT_OUT:
            return "out"
        if key[0] in ("operation", "tonnes", "start"):
            return "either"
        if key == ("prior",):
            return "in" if layout.prior == "outcome" and not layout.before else "out"
        if key[0] == "amount" and key[2] == "net":
            return "out"
        return "in"


def seen(truth: Truth, layout: Layout) -> Truth:
    """The part of a truth that a layout shows, as a person who reads it would say it."""

    def project(found: Project) -> Project:
        amounts = dict(found.amounts)
        if not layout.before and layout.prior != "outcome":
            amounts.pop(BEFORE, None)
        if not layout.later:
            amounts.pop(LATER, None)
        if layout.nothing == "dash":
            amounts = {year: amount for year, amount in amounts.items() if amount}
        return replace(
            found,
            number=_number(found.number, layout),
            amounts=amounts,
            grants=tuple(_grants(found.grants, layout)),
            green=found.green and layout.green != "none",
            decided_total=found.decided_total if layout.decided else None,
            carry_over=found.carry_over if layout.carry_over else None,
        )

    return truth.in_steps_of(layout.step).each(project)


def _number(number: str, layout: Layout) -> str:
    if layout.number == "none":
        return ""
    if layout.number == "whole":
        return number
    return layout.choice("number", ("P-{}", "{}-1", "I{}", "0{}")).format(number)


def _grants(grants: Iterable[Grant], layout: Layout) -> Iterator[Grant]:
    """The grants that show, with the status that shows. None stated: a grant is applied for."""
    if layout.grants == "none":
        return
    says_status = layout.grants == "columns" or (
        layout.has_grant_rows and layout.choice("says status", (True, False))
    )
    for place, grant in enumerate(grants):
        if place and layout.has_grant_columns:
            return
        yield grant if says_status else replace(grant, status="applied")


def table_rows(truth: Truth, layout: Layout, grand_total: str) -> list[Row]:
    """The rows of a table over the departments of a truth that :func:`seen` gave."""
    made = _Rows(truth, layout)
    rows: list[Row] = []
    departments = truth.departments
    for place, department in enumerate(departments):
        if layout.repeated_header and place == 1:
            rows.append(Row("header"))
        if layout.categories and place in (0, len(departments) - 1):
            rows.append(Row("category", words.CATEGORIES[min(place, 1)]))
        rows += made.department(department)
        if layout.blank_rows and place < len(departments) - 1:
            rows.append(Row("blank"))
    options = words.GRAND_TOTALS[layout.language]
    total = made.sum_of(rows, layout.choice("grand total", options))
    if grand_total == "above":
        rows.insert(0, total)
    elif grand_total == "below":
        rows.append(total)
    if layout.numbered_columns:
        rows.insert(0, Row("numbers"))
    return rows


class _Rows:
    def __init__(self, truth: Truth, layout: Layout):
        self.truth, self.layout = truth, layout
        self.expenditure = -1 if layout.sign == "expenditure negative" else 1
        self.income = -1 if layout.sign == "income negative" else 1

    def department(self, name: str) -> list[Row]:
        """The rows of a department: its projects, and its own rows around them."""
        layout = self.layout
        rows: list[Row] = []
        for place, project in enumerate(self.truth.of(name)):
            first = self.project(project)
            first.begins = place == 0
            rows.append(first)
            if layout.hidden_row and place == 0:
                rows.append(replace(first, kind="hidden", label="Struket projekt", others={}))
            if layout.parts == "varav" and place % 2 == 0:
                rows.append(self.part_of(first, "varav"))
            if layout.has_grant_rows:
                rows += [self.grant(project, grant) for grant in project.grants]
        for row in rows:
            row.department = name
        total = self.sum_of(rows, self.sum_label(name))
        if layout.sums == "above":
            return [replace(total, label=name, department=name), *rows]
        if layout.department == "section rows":
            rows.insert(0, Row("section", name))
        if layout.sums != "none":
            rows.append(total)
            if layout.parts == "därav":
                rows.append(self.part_of(total, "därav"))
        return rows

    def sum_label(self, department: str) -> str:
        """What a department's sum is called; nothing, when it has only its figures."""
        if self.layout.sums in ("unnamed", "none"):
            return ""
        if self.layout.sums == "department":
            return department
        options = words.SUMS[self.layout.language]
        return self.layout.choice("sum", options).format(department=department)

    def project(self, project: Project) -> Row:
        """A project's own row."""
        layout, amounts = self.layout, {}
        for year in self.truth.years:
            need, grant = project.amounts.get(year), None
            if need is not None:
                amounts["amount", year, "expenditure"] = need * self.expenditure
            if layout.has_grant_columns:
                grant = project.granted(year)
            if grant is not None:
                amounts["amount", year, "income"] = grant * self.income
            if need is not None or grant is not None:
                net = (need or Decimal(0)) - (grant or Decimal(0))
                amounts["amount", year, "net"] = net * self.expenditure
        paid = project.amounts.get(BEFORE)
        if paid is not None:
            amounts["before",] = paid * self.expenditure
            share = Decimal(1) if not layout.before else Decimal("0.4")
            amounts["prior",] = self.rounded(paid * share) * self.expenditure
        if layout.prior in ("forecast", "bare"):
            first = project.amounts.get(self.truth.first_year, Decimal(0))
            amounts["prior",] = self.rounded(first * Decimal("0.7")) * self.expenditure
        if LATER in project.amounts:
            amounts["later",] = project.amounts[LATER] * self.expenditure
        shown = [*self.truth.years, LATER, *([BEFORE] if layout.before else [])]
        total = project.total(self.truth.years if layout.total == "years" else shown)
        amounts["total",] = total * self.expenditure
        if project.decided_total is not None:
            amounts["decided",] = project.decided_total * self.expenditure
        if project.carry_over is not None:
            amounts["carry_over",] = project.carry_over * self.expenditure
        return Row("measure", project.name, amounts=amounts, others=self.others(project))

    def others(self, project: Project) -> dict[Key, object]:
        """What a project's row says beside its amounts."""
        digits = int(
            "".join(sign for sign in project.number if sign.isdigit()) or len(project.name)
        )
        others: dict[Key, object] = {
            ("account",): 1100 + digits % 90,
            ("responsibility",): 40_000 + digits,
            ("comment",): "Se bilaga 2, beslut § 14",
            ("tonnes",): digits % 400 + 1,
            ("operation",): Decimal(digits % 80 + 1),
            ("priority",): digits % 3 + 1,
            ("start",): self.truth.first_year + digits % 2,
            ("category",): ("Nyinvestering", "Reinvestering", "Anpassning")[digits % 3],
            ("area",): ("Gator", "Fastigheter", "Fritid")[digits % 3],
            ("manager",): ("A. Öberg", "K. Ängström")[digits % 2],
        }
        if project.number:
            whole = self.layout.number == "whole"
            others["number",] = int(project.number) if whole else project.number
        if project.green:
            others["green",] = "x" if self.layout.green == "x" else "Ja"
        if project.grants and self.layout.has_grant_columns:
            grant = project.grants[0]
            others["source",] = grant.source
            options = words.STATUSES[self.layout.language][grant.status]
            others["status",] = self.layout.choice(grant.status, options)
        return others

    def grant(self, project: Project, grant: Grant) -> Row:
        """A grant in a row of its own, under its project."""
        texts = words.GRANT_ROWS if self.layout.grants == "rows" else words.GRANT_PARTS
        label = self.layout.choice(f"grant {project.name}", texts[self.layout.language])
        label = label.format(source=grant.source)
        if self.layout.choice("says status", (True, False)):
            options = words.STATUSES[self.layout.language][grant.status]
            label += f" ({self.layout.choice(grant.status, options)})"
        amounts = {
            ("amount", year, "expenditure"): amount * self.income
            for year, amount in grant.amounts.items()
        }
        amounts["total",] = sum(amounts.values(), Decimal(0))
        return Row("income", label, amounts=amounts)

    def part_of(self, row: Row, kind: str) -> Row:
        """A row that says what of the one above it is for something else."""
        options = words.PARTS[kind][self.layout.language]
        amounts = {
            key: self.rounded(amount * Decimal("0.3"))
            for key, amount in row.amounts.items()
            if key[0] == "amount" and key[2] == "expenditure"
        }
        return Row("part", self.layout.choice(kind, options), row.department, amounts=amounts)

    def sum_of(self, rows: Iterable[Row], label: str) -> Row:
        """The sum of projects; grants beneath them are in it where their sign says so."""
        rows = list(rows)
        kinds = {"measure"}
        if self.layout.grants == "rows" and self.layout.sign != "plain":
            kinds.add("income")
        amounts: dict[Key, Decimal] = {}
        for row in rows:
            if row.kind in kinds:
                for key, amount in row.amounts.items():
                    amounts[key] = amounts.get(key, Decimal(0)) + amount
        if self.layout.rounded:
            self.round_off(rows, amounts)
        return Row("sum", label, amounts=amounts)

    def round_off(self, rows: list[Row], amounts: dict[Key, Decimal]) -> None:
        """Let one sum be a step off, as it is when its parts were rounded after adding up."""
        for key in amounts:
            parts = [row for row in rows if row.kind == "measure" and row.amounts.get(key)]
            if key[0] == "amount" and key[2] == "expenditure" and len(parts) > 2:
                amounts[key] += self.layout.step * self.layout.choice("rounding", (1, -1))
                return

    def rounded(self, amount: Decimal) -> Decimal:
        """To whole steps of the layout."""
        steps = (amount / self.layout.step).to_integral_value(ROUND_HALF_UP)
        return steps * self.layout.step


def funding_key(source: str) -> str:
    """The key of a source as the sheets name it."""
    return SOURCES[source]

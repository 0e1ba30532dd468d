"""Identities that hold whatever is changed, each a formula that gives 0."""

from model.report.book.assets import Capital, described
from model.report.book.inputs import Frame
from model.report.book.layout import Table
from model.report.book.sums import Sums
from model.report.sheet import Column, Formula, Sheet

# Below half an öre a difference is the arithmetic's and nobody's money.
_ROUNDED = "=ROUND({},5)"
_CAPITAL = {
    "dep": "Depreciation by measure = by asset",
    "dis": "Dissolved grants by measure = by asset",
}
_BY = {
    "year": "The sum by year = the sum by measure: {amount}",
    "sector": "The sum by sector = the sum by measure: {amount}",
    "owner": "The sum by owner = the sum by measure: {amount}",
    "department": "The sum by department = the sum by measure: {amount}",
    "actor_group": "The sum by actor group = the sum by measure: {amount}",
}


class Checks:
    """The sheet of checks, written line by line; the verdict above them is written last."""

    def __init__(self, sheet: Sheet, frame: Frame):
        self.sheet, self.frame = sheet, frame
        sheet.title(
            frame.view.marked(frame.say("Checks: every line is 0")),
            frame.say("What does not give 0 is a fault in the calculation, not in the plan."),
        )
        sheet.head([Column(frame.say("Check"), 90, "text"), Column(frame.say("Difference"), 16)])
        self.first = sheet.row

    def section(self, label: str) -> None:
        """A heading; an English msgid."""
        self.sheet.section(self.frame.say(label))

    def zero(self, label: str, formula: str, **fields: str) -> None:
        """A check: ``formula``, without its =, gives 0. An English msgid with its fields."""
        text = self.frame.say(label, **fields)
        self.sheet.line([text, Formula(_ROUNDED.format(formula), 0)])

    def exported(self, lines: list[tuple[str, str]]) -> None:
        """How far the calculation has moved from the tables before it, by label and formula."""
        self.sheet.space()
        self.section("How far the calculation has moved from what was exported")
        for label, formula in lines:
            self.zero(label, formula)

    def verdict(self) -> None:
        """The sum of all differences."""
        cells = f"B{self.first + 1}:B{self.sheet.row}"
        self.sheet.line(
            [
                self.frame.say("All differences together"),
                Formula(f"=ROUND(SUMPRODUCT(ABS({cells})),5)", 0),
            ],
            "sum",
        )


def matching_checks(
    checks: Checks, needs: Table, matches: dict[str, Table], names: dict[str, str]
) -> None:
    """Every krona of need and of money is somewhere, in each reading."""
    for reading, table in matches.items():
        name, column = names[reading], _summed(table)
        need = _summed(needs)
        checks.zero(
            "Need = covered + gap ({reading})",
            f"{need('need')}-{column('covered')}-{column('gap')}",
            reading=name,
        )
        checks.zero(
            "Grants received = used + left over ({reading})",
            f"{column('received')}-{column('all_grants')}-{column('all_late')}"
            f"-{column('all_surplus')}",
            reading=name,
        )
        checks.zero(
            "Appropriations = used + lapsed ({reading})",
            f"{column('all_own')}-{column('all_appropriated')}-{column('all_lapsed')}",
            reading=name,
        )
        checks.zero(
            "No gap is below zero ({reading})",
            "+".join(
                f'COUNTIF({table.column(key)},"<-0.000005")' for key in ("gap", "one_off_gap")
            ),
            reading=name,
        )


def sums_checks(
    checks: Checks, sums: Sums, where: dict[str, dict], needs: Table, matches: dict[str, Table]
) -> None:
    """By sector = by owner = by year = by measure, for needs and gaps."""
    whole = {"need": _summed(needs)("need"), "one_off": _summed(needs)("one_off")}
    for reading, table in matches.items():
        whole[f"gap_{reading}"] = _summed(table)("gap")
        whole[f"one_off_gap_{reading}"] = _summed(table)("one_off_gap")
    for by, cells in where.items():
        for key, of_all in whole.items():
            checks.zero(_BY[by], f"{cells[key]}-{of_all}", amount=sums.labels[key])


def capital_checks(
    checks: Checks, parts: Table, entries: Table, assets: Table, written: Table, capital: Capital
) -> None:
    """What assets cost is what was paid for them, and every year's depreciation is some part's."""
    whole = {row["entry"] for row in described(checks.frame, capital)}
    paid = "+".join(
        f'SUMIFS({parts.column("need")},{parts.column("part")},{entry},{parts.column("stage")},">0")'
        for entry in sorted(whole)
    )
    checks.zero(
        "The assets' cost = what is paid and taken in use",
        f"SUM({assets.column('cost')})-({paid or 0})",
    )
    for key, column in (("dep", "depreciation"), ("dis", "dissolved")):
        sums = "+".join(f"SUM({entries.column(f'{key}_{year}')})" for year in capital.found.years)
        sign = "-" if key == "dep" else "+"
        checks.zero(_CAPITAL[key], f"{sums}{sign}SUM({written.column(column)})")


def _summed(table: Table):
    return lambda key: f"SUM({table.column(key)})"

"""The calculating sheets of the workbook: the plan a second time, as formulas with stored values.

They follow the tables of :mod:`model.report.workbook` in the same file. A change in a coloured cell
flows from the needs, grants and appropriations through the matching to sums, and checks say whether
everything still adds up.
"""

from model.report import words
from model.report.book.assets import Capital
from model.report.book.capital import (
    assets_sheet,
    cost_sheet,
    depreciation_sheet,
    entries_table,
)
from model.report.book.checks import Checks, capital_checks, matching_checks, sums_checks
from model.report.book.facts import assumptions_sheet, readme_sheet
from model.report.book.financing import debt_moves, financing_sheet
from model.report.book.inputs import (
    Frame,
    appropriations_sheet,
    grants_sheet,
    needs_sheet,
    register_sheet,
    running_sheet,
)
from model.report.book.matching import counts, match_sheet, readings_of
from model.report.book.sums import Sums, parts_sheet, sums_sheet
from model.report.book.worth import flows_sheet, worth_sheet
from model.report.sheet import Book
from model.report.view import View

# The sheets in order: name and what they hold, as English msgids.
_SHEETS = {
    "assumptions": ("Assumptions", "settings and assumptions with unit, source and status"),
    "register": ("Register of measures", "the measures with the numbers that sums go by"),
    "needs": ("Need", "need by measure and year, low, mid and high"),
    "grants": ("Grants", "grants with payments, eligible expenditure and share"),
    "given": ("Appropriations", "decided and planned, gross and net, with carry-over"),
    "running": ("Operation", "changed running cost by measure and year"),
    "secured": ("Matching secured", "money meets need, measure by measure: secured"),
    "planned": ("Matching planned", "money meets need, measure by measure: planned"),
    "best_case": ("Matching best case", "money meets need, measure by measure: best case"),
    "parts": ("Parts of owners", "need and gap shared out on the owners of each measure"),
    "sums": ("Sums", "need and gap by year, sector, owner and department"),
    "assets": ("Assets", "what is depreciated, component by component"),
    "depreciation": ("Depreciation", "depreciation by month, asset by asset and year by year"),
    "cost": ("Capital cost", "depreciation and internal interest by measure and year"),
    "financing": ("Financing analysis", "borrowing need, debt and ceiling, municipality and group"),
    "flows": ("Flows", "what net present values are made of, in three views"),
    "worth": ("Net present value", "net present value by measure and for the plan"),
    "checks": ("Checks", "identities that give 0 whatever is changed"),
}


def calculating_sheets(book: Book, view: View, totals: dict[str, str]) -> None:
    """Write the sheets, last in the book.

    ``totals`` says in which cell of the tables before them each group's need, and the group's gap,
    is summed.
    """
    frame, say = Frame.of(view), view.say
    readings = readings_of(view.reading)
    kept = {
        key: named for key, named in _SHEETS.items() if key not in words.READINGS or key in readings
    }
    readme = book.sheet(say("Read me"), one_page=True)
    sheets = {key: book.sheet(say(name)) for key, (name, _holds) in kept.items()}
    readme_sheet(readme, frame, [(say(name), holds) for name, holds in kept.values()])
    chosen = view.reading if view.reading in readings else readings[0]
    capital = Capital.of(frame, chosen)
    cells = assumptions_sheet(sheets["assumptions"], frame, capital.found.years.tolist())
    register = register_sheet(sheets["register"], frame)
    needs = needs_sheet(sheets["needs"], frame, cells.level)
    grants = grants_sheet(sheets["grants"], frame, needs)
    given = appropriations_sheet(sheets["given"], frame)
    running_sheet(sheets["running"], frame)
    matches = {
        reading: match_sheet(sheets[reading], frame, reading, needs, grants, given)
        for reading in readings
    }
    sums = Sums(frame, readings)
    parts = parts_sheet(sheets["parts"], frame, sums, register, needs, matches)
    where = sums_sheet(sheets["sums"], frame, sums, parts)
    counted = counts(chosen)
    entries = entries_table(sheets["cost"], frame, capital, grants, needs)
    assets = assets_sheet(sheets["assets"], frame, capital, entries, parts, register)
    written = depreciation_sheet(sheets["depreciation"], frame, capital, assets)
    cost_sheet(frame, capital, cells, entries, written, counted)
    levels = financing_sheet(sheets["financing"], frame, cells, chosen, parts)
    flows = flows_sheet(sheets["flows"], frame, cells, chosen)
    worth_sheet(sheets["worth"], frame, flows, chosen)
    checks = Checks(sheets["checks"], frame)
    checks.section("Matching")
    names = {reading: say(words.READINGS[reading]).lower() for reading in readings}
    matching_checks(checks, needs, matches, names)
    checks.section("Sums")
    sums_checks(checks, sums, where, needs, matches)
    checks.section("Capital cost and debt")
    capital_checks(checks, parts, entries, assets, written, capital)
    for formula in debt_moves(levels.values()):
        checks.zero("Closing debt = opening debt + borrowing need", formula)
    checks.verdict()
    whole = where["actor_group"]
    exported = [
        ("The municipal group's need", f"{whole['group_need']}-{totals['municipal_group']}")
    ]
    if view.reading in readings:
        gap = f"{whole[f'group_gap_{view.reading}']}-{totals['gap']}"
        exported.append(("The municipal group's gap", gap))
    checks.exported(exported)

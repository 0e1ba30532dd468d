"""From the hand on a widget to the painted chart, beside a spreadsheet that recalculates.

The page is the financing gap. One widget is the reading, toggled among results that the app has
kept; the other is the cost slider, whose every step is a scenario that nobody has asked for before.
Time runs from the click or the key in the browser to the first frame painted with other bars. The
spreadsheet
is the same matching as formulas, one cell per measure and year, recalculated by LibreOffice after
one cell has changed; painting is not in its time.
"""

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell as cell

from benchmarks.browser import chromium
from benchmarks.plans import generated
from model import commands
from model.money import to_kronor
from model.plan import Plan
from model.rows import Appropriation, Expenditure, Grant, Measure, Payment, PlanDocument
from model.store.connection import Store
from tests.browser.browsing import ROOT, open_page, running

CHANGES = 30
LARGE = "generated"
READINGS = ("Säkrat", "Planerat", "Bästa fall")
SLIDER = "Det som inte är förbrukat kostar"
STEPS = 15
# Notes the time of a click or a key, and of the first frame in which the chart's bars are others.
WATCH = """() => {
    const bars = () => [...document.querySelectorAll('[data-testid=stPlotlyChart] .point path')]
        .map(path => path.getAttribute('d')).join();
    let begun = 0, before = '';
    window.painted = null;
    for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, () => {
        begun = performance.now(); before = bars(); window.painted = null;
    }, true);
    new MutationObserver(() => {
        if (!begun) return;
        const now = bars();
        if (now && now !== before) {
            const since = begun;
            begun = 0;
            requestAnimationFrame(() => setTimeout(() => {
                window.painted = performance.now() - since;
            }));
        }
    }).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def measure() -> list[str]:
    """The lines of the report."""
    large = generated(2_000, 26)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "screen.duckdb"
        store = Store.open(database)
        commands.create_plan(as_document(large), "benchmark", store=store)
        store.close()
        small = Path(folder) / "small.duckdb"
        with chromium() as browser:
            shipped = toggled(browser, small, "exempelkommunen")
            grown = toggled(browser, database, LARGE)
        recalculated = spreadsheet(large, Path(folder))
    lines = [
        f"change of reading to painted chart, 16 measures: median {shipped.kept:.0f} ms",
        f"a scenario never asked for before, 16 measures: median {shipped.new:.0f} ms",
        f"change of reading, 2 000 measures x 26 years: median {grown.kept:.0f} ms",
        f"a scenario never asked for before, 2 000 x 26: median {grown.new:.0f} ms",
    ]
    if recalculated is None:
        return [*lines, "LibreOffice is not here (soffice, python3-uno): not measured beside it"]
    return [
        *lines,
        f"LibreOffice recalculates 2 000 x 26: median {recalculated:.0f} ms, "
        f"{recalculated / grown.new:.1f} times as long as the app for a new scenario, with nothing "
        "painted",
    ]


@dataclass(frozen=True)
class Painted:
    """Medians in ms from the hand to the painted chart."""

    kept: float
    new: float


def toggled(browser, database: Path, plan: str) -> Painted:
    """Another reading of a result that is kept, and one step more on the cost slider."""
    with running(ROOT / "app.py", database) as address:
        page = browser.new_page(locale="sv-SE", viewport={"width": 1440, "height": 900})
        open_page(page, f"{address}/finansieringsgap?plan={plan}")
        page.evaluate(WATCH)
        kept, new = [], []

        def painted() -> float:
            page.wait_for_function("window.painted !== null")
            taken = page.evaluate("window.painted")
            page.wait_for_timeout(250)
            return taken

        for change in range(CHANGES + len(READINGS)):
            reading = READINGS[(change + 1) % len(READINGS)]
            page.get_by_role("radio", name=reading).click()
            kept.append(painted())
        page.get_by_role("slider", name=SLIDER).focus()
        for _ in range(STEPS):
            page.keyboard.press("ArrowRight")
            new.append(painted())
        page.close()
    return Painted(statistics.median(kept[len(READINGS) :]), statistics.median(new))


def as_document(plan: Plan) -> PlanDocument:
    """A generated plan as rows, to be put in a store."""
    given, grants = plan.appropriations, plan.grants
    count = plan.size[1]

    def amounts(table: np.ndarray, column: int) -> list[tuple[int, Decimal]]:
        rows = np.flatnonzero(table[1:, column]) + 1
        return [(int(plan.years[row]), to_kronor(table[row, column])) for row in rows]

    def measure_of(number: int) -> Measure:
        lines = []
        for line, status in ((number, "granted"), (number + count, "applied")):
            payments = amounts(grants.payments, line)
            if payments:
                chance = None if status == "granted" else Decimal("0.5")
                lines.append(
                    Grant(
                        id=status,
                        source=grants.source[line],
                        status=status,
                        probability=chance,
                        payments=tuple(Payment(year=y, amount=a) for y, a in payments),
                    )
                )
        return Measure(
            id=f"m{number}",
            name=f"Åtgärd {number}",
            sector=plan.tags["sector"][number],
            owner="municipality",
            owner_kind="public",
            expenditures=tuple(
                Expenditure(year=y, mid=a) for y, a in amounts(plan.need.mid, number)
            ),
            grants=tuple(lines),
            appropriations=tuple(
                Appropriation(year=y, amount=a, status=status)
                for status, table in (
                    ("decided", given.decided_net),
                    ("planned", given.planned_net),
                )
                for y, a in amounts(table, number)
            ),
        )

    return PlanDocument(plan=plan.head, measures=tuple(map(measure_of, range(count))))


def spreadsheet(plan: Plan, folder: Path) -> float | None:
    """Median ms in which LibreOffice recalculates the matching; None where it is not installed."""
    soffice, python = shutil.which("soffice"), "/usr/bin/python3"
    probe = [python, "-c", "import uno"]
    if not soffice or subprocess.run(probe, capture_output=True, check=False).returncode:
        return None
    book = folder / "matching.xlsx"
    write_matching(plan, book)
    pipe = f"klimatinvest{time.time_ns()}"
    office = subprocess.Popen(
        [
            *(soffice, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/lo"),
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        script = Path(__file__).with_name("recalculate.py")
        done = subprocess.run(
            [python, str(script), pipe, str(book), str(CHANGES)],
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        return statistics.median(json.loads(done.stdout))
    finally:
        office.terminate()


def write_matching(plan: Plan, path: Path) -> None:
    """The matching as formulas: factor in A1, then five blocks of (measures, years)."""
    granted = plan.grants.payments[:, : plan.size[1]]
    years, measures = plan.size
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Matchning")
    sheet.write_number(0, 0, 1.0)
    for row in range(1, measures + 1):
        for year in range(years):
            at = {name: year + 1 + block * years for block, name in enumerate(_BLOCKS)}
            need, grant, given = (cell(row, at[name]) for name in _BLOCKS[:3])
            before = cell(row, at["saved"] - 1) if year else "0"
            base = plan.need.mid[year, row - 1] / 100
            sheet.write_formula(row, at["need"], f"={base}*$A$1")
            sheet.write_number(row, at["grant"], granted[year, row - 1] / 100)
            sheet.write_number(
                row, at["given"], plan.appropriations.decided_net[year, row - 1] / 100
            )
            sheet.write_formula(row, at["saved"], f"=MAX({before}+{grant}-{need},0)")
            sheet.write_formula(row, at["unmet"], f"=MAX({need}-{before}-{grant}-{given},0)")
    for year in range(years):
        column = year + 1 + _BLOCKS.index("unmet") * years
        span = f"{cell(1, column)}:{cell(measures, column)}"
        sheet.write_formula(0, column, f"=SUM({span})")
    book.close()


_BLOCKS = ("need", "grant", "given", "saved", "unmet")

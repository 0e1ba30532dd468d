"""From the hand on a toggle to the painted chart, beside a spreadsheet that recalculates.

The page is the scenarios. One toggle is a switch, back and forth among results that the app has
kept; the other is the cost slider, whose every step is a scenario that nobody has asked for before.
Time runs from the click or the key that changes the widget to the first frame painted with other
bars. The server's part of it is from the message that leaves the browser to the last that comes
back, which is after the chart: effects and tables follow it. The spreadsheet is the same matching
as formulas, one cell per measure and year, recalculated by LibreOffice after one cell has changed;
it must arrive at our gap, and painting is not in its time.
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
from benchmarks.foremost import foremost
from benchmarks.plans import SECTORS, generated
from model import commands
from model.money import to_kronor
from model.plan import Plan
from model.readings import read
from model.rows import Appropriation, Expenditure, Grant, Measure, Payment, PlanDocument
from model.scenario import AS_IS, CostFactor, apply
from model.store.connection import Store
from tests.browser.browsing import ROOT, open_page, running

CHANGES = 30
LARGE = "generated"
SWITCH = "Kostnader +30"
SLIDER = "Det som inte är förbrukat kostar"
STEPS = 15
# Notes the time of a click or a key, and of the first frame in which the chart's bars are others;
# and of what is sent to the server and what comes back.
WATCH = """() => {
    const bars = () => [...document.querySelectorAll('svg.chart rect')]
        .map(bar => bar.getAttribute('height')).join();
    let begun = 0, before = '';
    window.painted = null;
    for (const event of ['click', 'keydown']) document.addEventListener(event, () => {
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
    const send = WebSocket.prototype.send;
    const heard = () => { window.answered = performance.now(); };
    WebSocket.prototype.send = function (...message) {
        window.asked = performance.now();
        this.removeEventListener('message', heard);
        this.addEventListener('message', heard);
        return send.apply(this, message);
    };
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
        with foremost() as how:
            with chromium() as browser:
                shipped = toggled(browser, small, "exempelkommunen")
                grown = toggled(browser, database, LARGE)
            recalculated = spreadsheet(large, Path(folder))
    lines = [
        how,
        *said("16 measures", shipped),
        *said("2 000 measures x 26 years", grown),
    ]
    if recalculated is None:
        return [*lines, "LibreOffice is not here (soffice, python3-uno): not measured beside it"]
    return [
        *lines,
        f"LibreOffice recalculates 2 000 x 26: median {recalculated:.0f} ms, with nothing painted",
        f"the app takes {grown.switch / recalculated:.2f} of that for a switch and "
        f"{grown.slider / recalculated:.2f} for a slider's step (at most 0.50 is the goal)",
    ]


def said(size: str, painted: "Painted") -> list[str]:
    return [
        f"a switch to the painted chart, {size}: median {painted.switch:.0f} ms",
        f"a slider's step, a scenario never asked for before, {size}: median {painted.slider:.0f} "
        f"ms; the server with all that follows: median {painted.server:.0f} ms",
    ]


@dataclass(frozen=True)
class Painted:
    """Medians in ms from the hand to the painted chart, and of the server's whole run."""

    switch: float
    slider: float
    server: float


def toggled(browser, database: Path, plan: str) -> Painted:
    """A switch of a result that is kept, and one step more on the cost slider."""
    with running(ROOT / "app.py", database) as address:
        page = browser.new_page(locale="sv-SE", viewport={"width": 1440, "height": 900})
        open_page(page, f"{address}/scenarier?plan={plan}")
        page.evaluate(WATCH)

        def painted() -> tuple[float, float]:
            page.wait_for_function("window.painted !== null")
            page.wait_for_timeout(400)
            return tuple(page.evaluate("[window.painted, window.answered - window.asked]"))

        def switch() -> tuple[float, float]:
            page.locator("[data-testid=stCheckbox]").filter(has_text=SWITCH).click()
            return painted()

        def step() -> tuple[float, float]:
            page.keyboard.press("ArrowRight")
            return painted()

        # The first two ask for what is then kept, and let the server settle.
        switches = [switch() for _ in range(CHANGES + 2)][2:]
        page.get_by_role("slider", name=SLIDER).focus()
        steps = [step() for _ in range(STEPS)]
        page.close()
    return Painted(
        statistics.median(taken for taken, _server in switches),
        statistics.median(taken for taken, _server in steps),
        statistics.median(server for _taken, server in steps),
    )


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
        answer = json.loads(done.stdout)
        ours = apply(plan, AS_IS.then(CostFactor(factor=answer["factor"])))
        gap = int(read(ours, "secured").gap.sum()) / 100
        assert abs(answer["total"] - gap) < plan.size[1], "the sheet and the model differ"
        return statistics.median(answer["taken"])
    finally:
        office.terminate()


def write_matching(plan: Plan, path: Path) -> None:
    """The matching as formulas, and the sums that the page shows of it.

    A1 is the cost factor and A2 the reading (1 secured, 2 planned, 3 best case). Then blocks of
    (measures, years), sums by year on the first row and by sector below the blocks.
    """
    count, given = plan.size[1], plan.appropriations
    granted, applied = plan.grants.payments[:, :count], plan.grants.payments[:, count:]
    years = plan.size[0]
    at = {name: range(1 + i * years, 1 + (i + 1) * years) for i, name in enumerate(_BLOCKS)}
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Matchning")
    sheet.write_number(0, 0, 1.0)
    for block in ("need", "paid", "arrears", "gap"):
        for column in at[block]:
            sheet.write_formula(0, column, f"=SUM({_span(2, column, count + 1, column)})")
    total = f"=SUM({_span(0, at['gap'][0], 0, at['gap'][-1])})"
    sheet.write_formula(0, at["gap"][-1] + 1, total)
    sheet.write_number(1, 0, 1)
    for number in range(count):
        row = number + 2
        sheet.write_string(row, 0, plan.tags["sector"][number])
        for name, formulas in _formulas(row, at, years).items():
            for year, formula in enumerate(formulas):
                amounts = {
                    "need": (plan.need.mid,),
                    "grant": (granted, applied),
                    "given": (given.decided_net, given.planned_net),
                }.get(name, ())
                stated = (float(table[year, number] / 100) for table in amounts)
                sheet.write_formula(row, at[name][year], formula.format(*stated))
    sectors = _span(2, 0, count + 1, 0)
    for place, sector in enumerate(SECTORS):
        row = count + 3 + place
        sheet.write_string(row, 0, sector)
        for column in at["gap"]:
            gaps = _span(2, column, count + 1, column)
            sheet.write_formula(row, column, f'=SUMIF({sectors},"{sector}",{gaps})')
    book.close()


_BLOCKS = ("need", "grant", "given", "paid", "saved", "rest", "arrears", "gap")


def _formulas(row: int, at: dict[str, range], years: int) -> dict[str, list[str]]:
    """The formulas of one measure by block and year; ``{0}`` and ``{1}`` are stated amounts."""

    def of(name: str, year: int) -> str:
        return cell(row, at[name][year]) if year >= 0 else "0"

    def arrears(year: int) -> str:
        before = _span(row, at["arrears"][0], row, at["arrears"][year - 1]) if year else "0"
        return f"=MIN({of('rest', year)},{of('saved', years - 1)}-SUM({before}))"

    def hand(year: int) -> str:
        return f"{of('saved', year - 1)}+{of('grant', year)}"

    every = range(years)
    return {
        # What lies before the first year is spent, whatever the rest will cost.
        "need": ["={0}*$A$1" if y else "={0}" for y in every],
        "grant": ["={0}+IF($A$2>2,{1},0)" for _ in every],
        "given": ["={0}+IF($A$2>1,{1},0)" for _ in every],
        "paid": [f"=MIN({hand(y)},{of('need', y)})" for y in every],
        "saved": [f"={hand(y)}-{of('paid', y)}" for y in every],
        "rest": [f"=MAX({of('need', y)}-{of('paid', y)}-{of('given', y)},0)" for y in every],
        "arrears": [arrears(y) for y in every],
        "gap": [f"={of('rest', y)}-{of('arrears', y)}" for y in every],
    }


def _span(*corners: int) -> str:
    """``B2:B9`` from row, column, row and column."""
    return f"{cell(*corners[:2])}:{cell(*corners[2:])}"

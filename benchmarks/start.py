"""From ``streamlit run`` on an installed machine to the first chart, with a new database.

What a finance officer waits for after ``make run``: the database is made, the two plans are written
into it, and her first page is drawn.
"""

import tempfile
import time
from pathlib import Path

from benchmarks.browser import chromium
from tests.browser.browsing import ROOT, running

CHART = '[data-testid="stPlotlyChart"] .main-svg'
RUNS = 3


def measure() -> list[str]:
    """The lines of the report."""
    first, again = [], []
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            database = Path(folder) / f"{run}.duckdb"
            for taken in (first, again):
                begun = time.perf_counter()
                with running(ROOT / "app.py", database) as address:
                    page = browser.new_page()
                    page.goto(address)
                    page.wait_for_selector(CHART)
                    taken.append(time.perf_counter() - begun)
                    page.close()
    return [
        f"start to first chart, new database: {sorted(first)[RUNS // 2]:.1f} s",
        f"start to first chart, database there: {sorted(again)[RUNS // 2]:.1f} s",
    ]

"""A large budget workbook read, understood and previewed, beside ``pandas.read_excel`` of the same.

pandas only gets the values of one sheet into a frame: no formulas, no hidden rows, no second
reader, no limits, no measures. Every krona must have come in before a time counts.
"""

import subprocess
import sys
import time
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pandas as pd
import xlsxwriter

from model.intake import guard
from model.intake import mapping as mappings
from model.intake.preview import difference
from model.intake.reading import interpret
from model.rows import PlanDocument, PlanHead

HEAD = PlanHead(
    id="plan",
    name="Plan",
    municipality="2480",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="organisation",
)
YEARS = range(2026, 2031)
BOARDS = ("Tekniska nämnden", "Barn- och utbildningsnämnden", "Kultur- och fritidsnämnden")
WORDS = ("Cykelväg", "Solceller på skola", "Laddplatser", "Bro", "Värmepump", "Bussgata", "Elbuss")


def workbook(rows: int) -> tuple[bytes, Decimal]:
    """A budget sheet of so many projects in 14 columns, and what it comes to in kronor."""
    target, total = BytesIO(), 0
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Investeringsbudget")
        number = book.add_format({"num_format": "#,##0"})
        page.write(0, 0, "Investeringsbudget 2026, belopp i tkr")
        headings = ["Nämnd", "Nr", "Investeringsobjekt", "Utfall t.o.m. 2025"]
        headings += ["Budget 2026", *(f"Plan {year}" for year in YEARS[1:]), "Totalt"]
        headings += ["Sektor", "Start", "Slut", "Anmärkning"]
        page.write_row(2, 0, headings)
        for index in range(rows):
            row = index + 3
            spent = index * 31 % 700
            amounts = [(index * 7 + year * 13) % 9_000 + 1 for year in YEARS]
            name = f"{WORDS[index % len(WORDS)]} {index // len(WORDS) + 1}"
            page.write_row(row, 0, [BOARDS[index * len(BOARDS) // rows], 10_000 + index, name])
            page.write_row(row, 3, [spent, *amounts], number)
            summed = f"=SUM(D{row + 1}:I{row + 1})"
            page.write_formula(row, 9, summed, number, spent + sum(amounts))
            page.write_row(row, 10, ["Transport", 2026, 2030, "Enligt beslut i nämnden"])
            total += spent + sum(amounts)
    return target.getvalue(), Decimal(total) * 1000


def measure() -> list[str]:
    """The lines of the report."""
    return [line for rows in (5_000, 50_000) for line in _measure(rows)]


def _measure(rows: int) -> list[str]:
    content, total = workbook(rows)
    times = [time.perf_counter()]
    cells = guard.read(content, "budget.xlsx")
    times.append(time.perf_counter())
    reading = interpret(cells, "0" * 64, mappings.known())
    times.append(time.perf_counter())
    found = difference(PlanDocument(plan=HEAD), reading)
    times.append(time.perf_counter())
    assert len(found.new) == rows, [violation.message for violation in reading.errors[:3]]
    assert sum(reading.totals.values()) == total
    read, understood, previewed = (after - before for before, after in pairwise(times))
    begun = time.perf_counter()
    pd.read_excel(BytesIO(content), header=None)
    by_pandas = time.perf_counter() - begun
    whole = times[-1] - times[0]
    return [
        f"{rows:,} rows x 14: read {read:.2f} s, understood {understood:.2f} s, "
        f"previewed {previewed:.2f} s; {whole:.2f} s in all",
        f"the child at most {_peak(content):.0f} MB; pandas.read_excel {by_pandas:.2f} s, "
        f"of which reading is {read / by_pandas:.2f} and all of it {whole / by_pandas:.2f}",
    ]


# A process counts the memory of the one that it was forked from, so a small one starts the child.
_STARTER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(content: bytes) -> float:
    """The most memory that the child had while it read, in MiB."""
    child = [sys.executable, "-I", str(guard.CHILD), str(guard.MEMORY), "60", "xlsx"]
    starter = [sys.executable, "-I", "-c", _STARTER, *child]
    peak = subprocess.run(starter, input=content, capture_output=True, check=True).stdout
    return int(peak) / (2**20 if sys.platform == "darwin" else 2**10)

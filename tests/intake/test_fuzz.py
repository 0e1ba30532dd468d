"""Damaged workbooks never take the server down: each is read, or refused in a sentence.

A few in every run; more by hand: ``KLIMATINVEST_FUZZ=0:2000 pytest tests/intake/test_fuzz.py``.
"""

import os
import time
import traceback

from model.errors import InvalidData
from model.intake.inspection import SECONDS, SECONDS_WHEN_LONG
from model.intake.reading import read_workbook
from tests.intake.mutations import mutated

FIRST, LAST = (int(seed) for seed in os.environ.get("KLIMATINVEST_FUZZ", "0:63").split(":"))
# A sentence takes a moment to make, too.
ALLOWANCE = 2


def _fault(seed: int) -> str:
    """What went wrong with one workbook; empty when nothing did."""
    name, content = mutated(seed)
    begun = time.perf_counter()
    limit = SECONDS
    try:
        reading = read_workbook(content, name)
        limit = SECONDS_WHEN_LONG
        codes = {found.code for found in reading.violations}
        if broken := codes & {"unaccounted", "accounted_twice"}:
            return f"{broken}"
        if reading.numbers != reading.imported + len(reading.excluded):
            return "a number is not accounted for"
    except InvalidData as refused:
        said = str(refused)
        if name not in said or not said.endswith("."):
            return f"no sentence that names the file: {said}"
        if refused.violations[0].code == "too_slow":
            limit = SECONDS_WHEN_LONG
    except Exception:
        return traceback.format_exc(limit=-3)
    taken = time.perf_counter() - begun
    return f"{taken:.1f} s" if taken > limit + ALLOWANCE else ""


def test_a_damaged_workbook_is_read_or_refused_and_takes_nothing_down():
    faults = {seed: fault for seed in range(FIRST, LAST) if (fault := _fault(seed))}
    assert not faults, "\n".join(f"seed {seed}: {fault}" for seed, fault in faults.items())

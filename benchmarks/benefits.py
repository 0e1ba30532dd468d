"""Every benefit of 2 000 measures over 30 years, against a pandas table of every effect and year.

The table is what a spreadsheet does: a row for each effect, benefit and year that the measure
lives, priced, taken up, discounted and summed. Both must agree before their time counts.
"""

import time
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.plans import generated
from model.benefits import Benefits, benefits
from model.entries import Assumption, DatedValue
from model.plan import Effects, Plan
from model.prices import Deflator
from model.reference import Reference, reference

AGREES = 1e-9
LIMIT = 0.050
INDICATORS = ("co2e_reduction", "nox_reduction", "cycled_km", "new_cyclists", "time_saved")
LOCAL = {
    "health/mortality_rate": 0.0025,
    "health/cycling_minutes_per_week": 60,
    "economy/value_of_time": 1000,
    "air/town_population": 90_000,
    "air/ventilation_factor": 1.4,
}


def plan(measures: int = 2_000, years: int = 30, seed: int = 2030) -> Plan:
    """A plan in which every measure states five effects, with ranges, for as long as it lives."""
    random = np.random.default_rng(seed)
    made = generated(measures, 6)
    lines = measures * len(INDICATORS)
    units = [reference().indicators[key].unit for key in INDICATORS]
    low = random.integers(1, 10**4, lines).astype(float)
    empty = np.full(lines, "", dtype=object)
    effects = Effects(
        measure=np.repeat(np.arange(measures), len(INDICATORS)),
        indicator=np.tile(np.array(INDICATORS, dtype=object), measures),
        unit=np.tile(np.array(units, dtype=object), measures),
        basis=np.full(lines, "per_year", dtype=object),
        gas=empty,
        boundary=empty,
        effect_group=empty,
        year=np.zeros(lines, dtype=np.int64),
        low=low,
        mid=low * 1.5,
        high=low * 2,
    )
    # Taken in use 2027 to 2029, from the base year 2025: the last of them lives to the last year.
    life = random.integers(5, years - 4, measures)
    return made.replace(effects=effects, assets=replace(made.assets, lifetime=life))


def assumptions(known: Reference) -> dict[str, Assumption]:
    """The reference data's, with a value for what is asked for."""

    def stated(key: str, value: float) -> Assumption:
        own = DatedValue.model_construct(
            since=2025, low=None, central=value, high=None, price_year=2017, source="", note=""
        )
        return known.assumptions[key].model_copy(update={"values": (own,)})

    return {**known.assumptions, **{key: stated(key, value) for key, value in LOCAL.items()}}


def kernel(of: Plan) -> Benefits:
    """Every benefit of the plan."""
    known = reference()
    prices = Deflator(0, "none", np.ones(len(of.years)), ())
    return benefits(of, known, assumptions(known), prices)


def by_frame(of: Plan, found: Benefits) -> dict[str, float]:
    """Present value by benefit, from a table with a row for each effect, benefit and year."""
    lines = pd.DataFrame(
        {
            "measure": of.effects.measure,
            "indicator": of.effects.indicator,
            "mid": of.effects.mid,
            "begins": of.in_service[of.effects.measure] - 2025 + 1,
            "ends": (of.in_service + of.assets.lifetime)[of.effects.measure] - 2025,
        }
    )
    sums = {}
    for each in found.added:
        rows = lines[lines.indicator == each.benefit.indicator]
        table = rows.merge(pd.DataFrame({"year": np.arange(len(found.years))}), how="cross")
        table = table[(table.year >= table.begins) & (table.year <= table.ends)]
        age = table.year - table.begins + 1
        if each.price.lasts is not None:
            table, age = table[age <= each.price.lasts], age[age <= each.price.lasts]
        share = np.minimum(age / each.price.build_up, 1) if each.price.build_up else 1.0
        kronor = table.mid * each.price.levels[1][table.year] * share
        sums[each.benefit.key] = float((kronor / 1.035**table.year).sum())
    return sums


def _processor_time(run) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def measure() -> list[str]:
    """The lines of the report."""
    of = plan()
    found = kernel(of)
    # Processor time: on a busy machine the clock tells of the neighbours.
    framed = _processor_time(lambda: by_frame(of, found))
    table = by_frame(of, found)
    apart = max(abs(each.counted.present[1] / table[each.benefit.key] - 1) for each in found.added)
    assert apart <= AGREES, apart
    assert len(found.added) == len(INDICATORS) - 1, "kilometres and cyclists are one benefit"
    ours = min(_processor_time(lambda: kernel(of)) for _ in range(20))
    return [
        f"every benefit of 2 000 measures x {len(found.years)} years: {ours * 1000:.1f} ms, "
        f"{'under' if ours < LIMIT else 'over'} {LIMIT * 1000:.0f} ms",
        f"the same from a pandas table, mid only: {framed * 1000:.0f} ms, "
        f"{framed / ours:.1f} times as long",
        f"largest difference: {apart:.0e}",
    ]

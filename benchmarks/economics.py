"""Every economic figure of 2 000 measures over 26 years, against numpy-financial one at a time.

The loop takes what numpy-financial has (npv, irr, pmt) from it, and counts payback year by year as
a spreadsheet does. Every figure must agree before its time counts.
"""

import time

import numpy as np
import numpy_financial as npf

from benchmarks.matching import fastest
from model.appraisal import Economics, judge
from model.streams import PARTS, Streams

RATE = 0.035
AGREES = 1e-9


def generated(measures: int = 2_000, years: int = 26, seed: int = 2030) -> Streams:
    """Streams of society: an investment in up to three years, then savings, costs and effects."""
    random = np.random.default_rng(seed)
    parts = {name: np.zeros((years, measures)) for name in PARTS}
    for year in range(3):
        amount = random.integers(10**6, 10**8, measures).astype(float)
        parts["investment"][year] = -amount * (random.random(measures) < (1.0, 0.5, 0.3)[year])
    parts["alternative"][1] = -parts["investment"][0] * 0.2
    for name, most, sign in (
        ("running_higher", 10**6, -1),
        ("running_lower", 10**7, 1),
        ("climate", 10**7, 1),
        ("benefits", 10**5, 1),
    ):
        # Money comes a year after the last outlay, so that a stream turns once.
        parts[name][3:] = sign * random.integers(0, most, measures)
    tonnes = np.zeros((years, measures))
    tonnes[3:] = random.integers(1, 5_000, measures)
    said = np.full(measures, "", dtype=object)
    return Streams(
        view="society",
        base_year=2025,
        parts=parts,
        tonnes=tonnes,
        abatement=parts["climate"] - sum(parts.values()),
        reason=said,
        tonnes_reason=said,
        end=np.full(measures, years - 1),
        joint=np.full(measures, -1),
    )


def loop(streams: Streams) -> dict[str, list[float]]:
    """The same figures, one measure at a time."""
    found: dict[str, list[float]] = {
        name: [] for name in Economics.__dataclass_fields__ if name != "reasons"
    }
    for place in range(streams.tonnes.shape[1]):
        part = {name: amounts[:, place] for name, amounts in streams.parts.items()}
        net = sum(part.values())
        value = npf.npv(RATE, net)
        invested = -npf.npv(RATE, part["investment"] + part["alternative"])
        running = -npf.npv(RATE, part["running_higher"])
        benefits = npf.npv(RATE, part["running_lower"] + part["climate"] + part["benefits"])
        abatement = -npf.npv(RATE, net - part["climate"])
        tonnes = npf.npv(RATE, streams.tonnes[:, place])
        figures = {
            "net_present_value": value,
            "internal_rate": npf.irr(net),
            "benefit_cost_ratio": benefits / (invested + running),
            "net_benefit_invested": value / invested,
            "net_benefit_invested_and_run": value / (invested + running),
            "payback": _payback(net, 0.0),
            "discounted_payback": _payback(net, RATE),
            "annuity": -npf.pmt(RATE, int(streams.end[place]), value),
            "cost_per_tonne": abatement / tonnes,
            "invested": invested,
            "running": running,
            "benefits": benefits,
            "abatement": abatement,
            "tonnes": tonnes,
            "tonnes_a_year": max(streams.tonnes[:, place]),
        }
        for name, figure in figures.items():
            found[name].append(figure)
    return found


def differences(streams: Streams) -> dict[str, float]:
    """How far each figure is from the loop's, relative; figures that only one has are infinite."""
    ours, theirs = judge(streams, RATE), loop(streams)
    found = {}
    for name, figures in theirs.items():
        wanted, got = np.array(figures, dtype=float), getattr(ours, name)
        if not (np.isnan(wanted) == np.isnan(got)).all():
            found[name] = np.inf
        else:
            apart = np.abs(got - wanted) / np.maximum(np.abs(wanted), 1.0)
            found[name] = float(np.nan_to_num(apart).max())
    return found


def _payback(net: np.ndarray, rate: float) -> float:
    """The year, and the part of it, after which the sum never is below nothing again."""
    so_far, year = 0.0, np.nan
    for place, flow in enumerate(net):
        worth = flow * (1 + rate) ** -place
        before, so_far = so_far, so_far + worth
        if so_far < 0:
            year = np.nan
        elif np.isnan(year):
            year = place - so_far / worth if before < 0 else 0.0
    return year


def measure() -> list[str]:
    """The lines of the report."""
    streams = generated()
    apart = max(differences(streams).values())
    assert apart <= AGREES, differences(streams)
    # Before the loop and after it, so that a busy moment of the machine strikes both.
    ours = fastest(lambda: judge(streams, RATE), 20)
    start = time.perf_counter()
    loop(streams)
    looped = time.perf_counter() - start
    ours = min(ours, fastest(lambda: judge(streams, RATE), 20))
    return [
        f"every figure of 2 000 measures x 26 years: {ours * 1000:.1f} ms",
        f"the same by numpy-financial, one at a time: {looped:.2f} s, "
        f"{looped / ours:.0f} times as long",
        f"largest difference: {apart:.0e}",
    ]

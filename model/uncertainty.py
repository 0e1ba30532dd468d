"""How sure the gap is: many worlds of one plan, and what they say together.

The **mean of the gap over the draws** is not the **gap of expected money**, where every application
is counted as its amount times its chance: money that is not needed in one world does not help in
another, so the gap of expected money is as a rule the smaller. Both are here, by their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.draws import Points, Triangles
from model.emission_paths import EmissionPath
from model.emission_result import TargetPath
from model.entries import Assumption
from model.errors import InvalidData, KlimatinvestError
from model.owners import GROUP
from model.plan import Plan
from model.readings import COUNTED, Money, effective_payments, read, sum_lines, with_chance
from model.worlds import BATCH, Certainty, Common, Input, Price, Worlds, drawn, inputs

DRAWS, MOST_DRAWS, SEED = 4096, 1_000_000, 2030
FAN = (0.1, 0.5, 0.9)
# How many equal parts the range of an input is cut into when its share of the variance is told.
PARTS = 32

CORRELATION, PRICE_PATH = "uncertainty/cost_correlation", "uncertainty/price_path"

# Told how many draws of how many are done; what is true stops the rest.
Tell = Callable[[int, int], object]


class Stopped(KlimatinvestError):
    """Whoever asked for the draws has stopped them; nothing of them is kept."""


@dataclass(frozen=True)
class Settings:
    """What a simulation rests on besides the plan. The same settings give the same digits.

    ``correlation`` is between the costs that share what is ``common``: those of a sector, or all.
    ``price`` is how much more prices rise than the plan says, None where nobody has said.
    """

    draws: int = DRAWS
    seed: int = SEED
    reading: str = "expected"
    correlation: float = 0.0
    common: Common = "sector"
    actor_group: str | None = GROUP
    price: Price | None = None

    def __post_init__(self):
        if not 1 <= self.draws <= MOST_DRAWS:
            raise InvalidData(
                "{draws} draws cannot be made: expected 1 to {most}.",
                draws=self.draws,
                most=MOST_DRAWS,
            )
        if self.seed < 0:
            raise InvalidData("The seed is {seed}: expected 0 or more.", seed=self.seed)
        if not 0 <= self.correlation <= 1:
            raise InvalidData(
                "The correlation is {correlation}: expected 0 to 1.", correlation=self.correlation
            )


def settings_of(assumptions: Mapping[str, Assumption], **chosen) -> Settings:
    """Settings by the assumptions, the plan's own over the shared ones, and what is ``chosen``."""
    stated, path = assumptions[CORRELATION].latest, assumptions[PRICE_PATH].latest
    usual = {"correlation": float(stated.value or 0), "price": _price(path)}
    return Settings(**{**usual, **chosen})


def _price(path) -> Price | None:
    """The range of a price path; None where none is stated."""
    if path.low is None or path.high is None:
        return None
    return Price(float(path.low), float(path.value), float(path.high))


@dataclass(frozen=True, eq=False)
class Simulation:
    """The gap of every draw, (years, draws) in öre, and what it came of.

    ``central`` is the gap by year with every cost at its mid, in the same reading (its mean over
    the applications' outcomes), and ``of_expected_money`` that of expected money. ``parts`` says
    in which of its parts each input lay, (inputs, draws); an application lay in 0 or 1.
    """

    settings: Settings
    years: np.ndarray
    gap: np.ndarray
    central: np.ndarray
    of_expected_money: np.ndarray
    inputs: tuple[Input, ...]
    parts: np.ndarray
    certainty: Certainty

    @cached_property
    def total(self) -> np.ndarray:
        """(draws,) the gap of all years together, in öre."""
        return self.gap.sum(axis=0)

    @property
    def certain(self) -> bool:
        """Whether nothing was drawn: every world is the plan."""
        return not self.inputs

    def fan(self, quantiles=FAN) -> np.ndarray:
        """(quantiles, years) in öre. A year's quantiles are its own: they do not add up to those of
        the total."""
        return quantiles_of(self.gap, quantiles)

    def of_total(self, quantiles=FAN) -> np.ndarray:
        """(quantiles,) of the gap of all years together."""
        return quantiles_of(self.total, quantiles)

    @property
    def mean(self) -> int:
        """The mean of the gap over the draws, öre half up."""
        count = len(self.total)
        return int((2 * int(self.total.sum()) + count) // (2 * count))

    def share_within(self, limit: int) -> float:
        """The share of the draws in which the gap of all years is at most ``limit`` öre."""
        return float((self.total <= limit).mean())

    def convergence(self) -> list[tuple[int, float, float]]:
        """(draws, mean, standard error) in öre, for ever twice as many draws.

        The standard error is that of independent draws. Sobol's points are more even than those,
        so the mean is usually nearer.
        """
        return convergence(self.total)


def simulate(plan: Plan, settings: Settings, tell: Tell | None = None) -> Simulation:
    """Draw worlds of a plan and match money to need in each. Stopped when ``tell`` says so."""
    worlds = Worlds(plan, settings.reading, settings.actor_group, settings.price)
    what = inputs(worlds, settings.common, settings.correlation)
    ours = worlds.of_group()
    blocks = worlds.blocks(BATCH)
    central = read(worlds.plan, settings.reading).gap
    every = np.arange(len(worlds.ours))
    stays = np.setdiff1d(every, np.concatenate([every[:0], *(b.measures for b in blocks)]))
    certain = ours.by_year(central[:, stays, None], stays)
    total = settings.draws
    gap = np.empty((len(plan.years), total), dtype=np.int64)
    places = np.zeros((len(what), total), dtype=np.uint8)
    binary = len(what) - len(worlds.applications)
    done = 0
    for world, at in drawn(worlds, total, settings.seed, settings.common, settings.correlation):
        batch = slice(done, min(done + BATCH, total))
        size = batch.stop - batch.start
        found = np.repeat(certain, BATCH, axis=1)
        for block in blocks:
            found += ours.by_year(block.gap(world), block.measures)
        gap[:, batch] = found[:, :size]
        places[:binary, batch] = (at[:binary, :size] * PARTS).astype(np.uint8)
        places[binary:, batch] = world.won[:, :size]
        done = batch.stop
        if tell and tell(done, total):
            raise Stopped("Stopped after {done} of {total} draws.", done=done, total=total)
    return Simulation(
        settings,
        plan.years,
        gap,
        ours.by_year(central[:, :, None], every)[:, 0],
        ours.by_year(gap_of_expected_money(worlds)[:, :, None], every)[:, 0],
        what,
        places,
        worlds.certainty,
    )


def gap_of_expected_money(worlds: Worlds) -> np.ndarray:
    """(years, measures) in öre: costs at mid, every application its amount times its chance."""
    plan, reading = worlds.plan, worlds.reading
    need, one_off = plan.need.mid, plan.one_off.mid
    payments = effective_payments(plan.grants, (need + one_off).sum(axis=0))
    if "applied" in COUNTED[reading] and reading == "expected":
        payments = with_chance(plan.grants, payments)
    money = Money(plan, need, one_off, planned=reading != "secured")
    grants = sum_lines(payments, plan.grants.measure, plan.size)
    return money.match(need - np.minimum(plan.paid, need), grants).gap


@dataclass(frozen=True, eq=False)
class Tonnes:
    """What measures lower emissions by in every draw, (years, draws) in t a year.

    ``certain`` measures have no range, and ``ranged`` do.
    """

    years: np.ndarray
    lowered: np.ndarray
    ranged: int
    certain: int

    def left(self, usual: np.ndarray, quantiles=FAN) -> np.ndarray:
        """(quantiles, years) in t: what is left of ``usual`` (years,), the emissions without the
        measures. NaN where those are not known."""
        return usual - quantiles_of(self.lowered, [1 - each for each in quantiles])

    def share_reaching(self, tonnes: float, row: int = -1) -> float:
        """The share of the draws in which a year (a row, the last by default) lowers by so much."""
        return float((self.lowered[row] >= tonnes).mean())

    def share_meeting(self, path: EmissionPath, target: TargetPath) -> float:
        """The share of the draws in which a comparable target is met in its own year."""
        row = path.at(target.aim.year)
        stored = float(path.stored[row]) if target.distance.net else 0.0
        asked = float(path.usual.total[row]) - stored - target.distance.level
        return self.share_reaching(asked, row)


def simulate_tonnes(
    years: np.ndarray, low: np.ndarray, mid: np.ndarray, high: np.ndarray, draws: int, seed: int
) -> Tonnes:
    """Draw what measures lower emissions by: three tables (years, measures) in t a year.

    A measure's years move together, and measures by themselves: nothing is known of how the effects
    of measures follow each other.
    """
    ranged = np.flatnonzero((low != high).any(axis=0))
    order = ranged[np.argsort(-(high - low)[:, ranged].sum(axis=0), kind="stable")]
    does = (mid != 0).any(axis=0)
    does[order] = False
    rows, columns = np.nonzero((low != high)[:, order])
    cells = rows, order[columns]
    triangles = Triangles(low[cells], mid[cells], high[cells])
    sure = mid[:, does].sum(axis=1) + np.where(low == high, mid, 0.0)[:, order].sum(axis=1)
    points = Points(len(order), seed, BATCH)
    lowered = np.repeat(sure[:, None], draws, axis=1)
    starts = np.searchsorted(rows, np.arange(len(years)))
    for start in range(0, draws, BATCH):
        at = points.take()
        tonnes = triangles.draw(at, columns)
        size = min(BATCH, draws - start)
        for year, first in enumerate(starts):
            last = starts[year + 1] if year + 1 < len(starts) else len(rows)
            lowered[year, start : start + size] += tonnes[first:last, :size].sum(axis=0)
    return Tonnes(years, lowered, len(order), int(does.sum()))


def quantiles_of(draws: np.ndarray, quantiles) -> np.ndarray:
    """(quantiles, ...) over the last axis: drawn values themselves, so öre stay whole."""
    return np.quantile(draws, quantiles, axis=-1, method="inverted_cdf")


def convergence(total: np.ndarray) -> list[tuple[int, float, float]]:
    """(draws, mean, standard error) for ever twice as many draws, and for all."""
    counts = [2**power for power in range(6, 21) if 2**power < len(total)] + [len(total)]
    drawn_so_far = [(count, total[:count].astype(float)) for count in counts]
    return [
        (
            count,
            float(part.mean()),
            float(part.std(ddof=1) / count**0.5) if count > 1 else float("nan"),
        )
        for count, part in drawn_so_far
    ]

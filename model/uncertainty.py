"""How sure the gap is: many worlds of one plan, and what they say together.

The **mean of the gap over the draws** is not the **gap of expected money**, where every application
is counted as its amount times its chance: money that is not needed in one world does not help in
another, so the gap of expected money is as a rule the smaller. Both are here, by their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

import numpy as np

from model.draws import Shape, Spread
from model.entries import Assumption
from model.errors import InvalidData, KlimatinvestError
from model.owners import GROUP
from model.plan import Plan
from model.quantiles import FAN, Settled, convergence, quantiles_of
from model.readings import COUNTED, Money, effective_payments, read, sum_lines, with_chance
from model.world_tables import Block
from model.worlds import BATCH, Certainty, Common, Input, Price, Worlds, drawn, inputs

DRAWS, MOST_DRAWS, SEED = 4096, 1_000_000, 2030
# How many equal parts the range of an input is cut into when its share of the variance is told.
PARTS = 32

CORRELATION, PRICE_PATH = "uncertainty/cost_correlation", "uncertainty/price_path"
EFFECT_CORRELATION = "uncertainty/effect_correlation"
ENERGY_PATH, INTEREST = "uncertainty/energy_price_path", "uncertainty/interest"

# Told how many draws of how many are done; what is true stops the rest.
Tell = Callable[[int, int], object]


class Stopped(KlimatinvestError):
    """Whoever asked for the draws has stopped them; nothing of them is kept."""


@dataclass(frozen=True)
class Settings:
    """What a simulation rests on besides the plan. The same settings give the same digits.

    ``correlation`` is between the costs that share what is ``common``: those of a sector, or all;
    ``effect_correlation`` that between the effects. ``shape`` is every range's, ``spread`` the kind
    of points. ``price`` is how much more prices rise a year than the plan says, ``energy`` the same
    of energy alone, and ``interest`` how much higher the interest is; None where nobody has said.
    """

    draws: int = DRAWS
    seed: int = SEED
    reading: str = "expected"
    correlation: float = 0.0
    common: Common = "sector"
    actor_group: str | None = GROUP
    price: Price | None = None
    shape: Shape = "triangular"
    spread: Spread = "sobol"
    effect_correlation: float = 0.0
    energy: Price | None = None
    interest: Price | None = None

    def __post_init__(self):
        if not 1 <= self.draws <= MOST_DRAWS:
            raise InvalidData(
                "{draws} draws cannot be made: expected 1 to {most}.",
                draws=self.draws,
                most=MOST_DRAWS,
            )
        if self.seed < 0:
            raise InvalidData("The seed is {seed}: expected 0 or more.", seed=self.seed)
        for correlation in (self.correlation, self.effect_correlation):
            if not 0 <= correlation <= 1:
                raise InvalidData(
                    "The correlation is {correlation}: expected 0 to 1.", correlation=correlation
                )


def settings_of(assumptions: Mapping[str, Assumption], **chosen) -> Settings:
    """Settings by the assumptions, the plan's own over the shared ones, and what is ``chosen``."""

    def share(key: str) -> float:
        return float(assumptions[key].latest.value or 0)

    def path(key: str) -> Price | None:
        stated = assumptions[key].latest
        if stated.low is None or stated.high is None:
            return None
        return Price(float(stated.low), float(stated.value), float(stated.high))

    usual = {
        "correlation": share(CORRELATION),
        "effect_correlation": share(EFFECT_CORRELATION),
        "price": path(PRICE_PATH),
        "energy": path(ENERGY_PATH),
        "interest": path(INTEREST),
    }
    return Settings(**{**usual, **chosen})


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

    def convergence(self) -> tuple[Settled, ...]:
        """How mean, P10, P50 and P90 settle, in öre, for ever twice as many draws."""
        return convergence(self.total)


class Drawing:
    """The draws of one plan by some settings, whose ``draws`` say nothing here: more may always be
    drawn, and fewer are the first of many. What is drawn stays when the drawing is stopped.

    Several threads may draw; each batch is drawn once.
    """

    def __init__(self, plan: Plan, settings: Settings):
        self.plan, self.settings = plan, settings
        self.worlds = Worlds(
            plan, settings.reading, settings.actor_group, settings.price, settings.shape
        )
        self.inputs = inputs(self.worlds, settings.common, settings.correlation)
        self._drawn = drawn(
            self.worlds,
            MOST_DRAWS,
            settings.seed,
            settings.common,
            settings.correlation,
            settings.spread,
        )
        self._ours = self.worlds.of_group()
        self._central = read(self.worlds.plan, settings.reading).gap
        self._gap: list[np.ndarray] = []
        self._parts: list[np.ndarray] = []
        self._lock = Lock()

    @property
    def done(self) -> int:
        """How many worlds are drawn."""
        return BATCH * len(self._gap)

    def until(self, draws: int, tell: Tell | None = None) -> None:
        """Draw until there are so many. Stopped when ``tell`` says so."""
        if self.done >= draws:
            return
        # Held only while drawing: the tables of a large plan take hundreds of megabytes.
        blocks = self.worlds.blocks(BATCH)
        certain = self._certain(blocks)
        while self.done < draws:
            with self._lock:
                self._batch(blocks, certain)
            done = min(self.done, draws)
            if tell and tell(done, draws):
                raise Stopped("Stopped after {done} of {total} draws.", done=done, total=draws)

    def simulation(self, draws: int) -> Simulation:
        """The first ``draws``; ValueError where fewer are drawn."""
        if draws > self.done:
            raise ValueError(f"{self.done} worlds are drawn: expected at least {draws}")
        used = -(-draws // BATCH)
        return Simulation(
            replace(self.settings, draws=draws),
            self.plan.years,
            np.concatenate(self._gap[:used], axis=1)[:, :draws],
            self._of_group(self._central),
            self._of_group(gap_of_expected_money(self.worlds)),
            self.inputs,
            np.concatenate(self._parts[:used], axis=1)[:, :draws],
            self.worlds.certainty,
        )

    def _batch(self, blocks: list[Block], certain: np.ndarray) -> None:
        world, at = next(self._drawn)
        found = np.repeat(certain, BATCH, axis=1)
        for block in blocks:
            found += self._ours.by_year(block.gap(world), block.measures)
        parts = (at * PARTS).astype(np.uint8)
        parts[len(self.inputs) - len(self.worlds.applications) :] = world.won
        self._parts.append(parts)
        # Last: how many there are is what is done.
        self._gap.append(found)

    def _certain(self, blocks: list[Block]) -> np.ndarray:
        """(years, 1) the gap of what is the same in every world."""
        same = np.ones(len(self.worlds.ours), dtype=bool)
        for block in blocks:
            same[block.measures] = False
        stays = np.flatnonzero(same)
        return self._ours.by_year(self._central[:, stays, None], stays)

    def _of_group(self, amounts: np.ndarray) -> np.ndarray:
        every = np.arange(amounts.shape[1])
        return self._ours.by_year(amounts[:, :, None], every)[:, 0]


def simulate(plan: Plan, settings: Settings, tell: Tell | None = None) -> Simulation:
    """Draw worlds of a plan and match money to need in each. Stopped when ``tell`` says so."""
    drawing = Drawing(plan, settings)
    drawing.until(settings.draws, tell)
    return drawing.simulation(settings.draws)


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

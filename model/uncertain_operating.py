"""How sure the operating impact is: what the measures do to a book's result in many worlds.

The same worlds as of the gap: costs with a range, one-off expenditure, applications and prices. Two
more inputs matter here and not to the gap: what energy costs, and the interest. Every world is
worked out by :func:`model.operating.operating`, many beside each other as one wide plan. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.draws import SHAPES, Points
from model.entries import Funding
from model.operating import AS_USUAL, Operating, Policy, operating
from model.plan import Plan
from model.quantiles import FAN, quantiles_of
from model.rates import Rate, Rates
from model.uncertainty import Settings, Stopped, Tell
from model.world_tables import Block, costing
from model.worlds import BATCH, World, Worlds, drawn

# So many measures beside each other are worked out at a time, and at most so many in all.
AT_A_TIME, MOST, FEWEST = 4_096, 8_192, 256
# Energy and interest have points of their own, of another stream than the worlds'.
STREAM = 2
# The step in interest that its effect is measured by, which is linear in it.
STEP = 0.01


@dataclass(frozen=True, eq=False)
class OperatingDraws:
    """What a book's result is worse by, ``effect`` (years, draws) in öre, and in the ``central``
    case (years,)."""

    book: str
    years: np.ndarray
    effect: np.ndarray
    central: np.ndarray

    @property
    def moves(self) -> bool:
        """Whether anything that is drawn moves it."""
        return bool((self.effect != self.effect[:, :1]).any())

    def fan(self, quantiles=FAN) -> np.ndarray:
        """(quantiles, years) in öre, each year by itself."""
        return quantiles_of(self.effect, quantiles)


def simulate_operating(
    plan: Plan,
    rates: Rates,
    funding: Mapping[str, Funding],
    settings: Settings,
    book: str = "municipality",
    policy: Policy = AS_USUAL,
    tell: Tell | None = None,
) -> OperatingDraws:
    """Draw a book of ``BOOKS``; as many worlds as the settings say, or as a large plan has time
    for. Stopped when ``tell`` says so.
    """
    worlds = Worlds(plan, settings.reading, price=settings.price, shape=settings.shape)

    def run(plan: Plan, rates: Rates = rates) -> Operating:
        # The reading has chosen among the grants already; what is drawn is certain or gone.
        return operating(plan, rates, funding, settings.reading, policy, until)

    until = None
    whole = operating(plan, rates, funding, settings.reading, policy)
    until, central = int(whole.years[-1]), whole.total(book)
    varies = np.zeros(worlds.plan.size[1], dtype=bool)
    for block in worlds.blocks(1):
        varies[block.measures] = True
    chosen = np.flatnonzero(varies)
    draws = min(settings.draws, max(MOST // max(len(chosen), 1), FEWEST))
    moves = _Moves(settings, whole.years, plan.head.base_year)
    # What runs is the same in every world: those that vary are drawn without it.
    usual = _without_running(worlds.plan.keep(varies))
    certain = moves.parts(run(worlds.plan), 1, book, run, worlds.plan)
    certain = certain - moves.parts(run(usual), 1, book, run, usual)
    total = np.empty((len(whole.years), draws), dtype=np.int64)
    at_a_time = int(np.clip(AT_A_TIME // max(len(chosen), 1), 1, BATCH))
    block = Block(worlds, chosen, at_a_time)
    done = 0
    for world, _at in drawn(
        worlds,
        draws,
        settings.seed,
        settings.common,
        settings.correlation,
        settings.spread,
    ):
        moved = moves.take()
        for start in range(0, BATCH, at_a_time):
            some = np.arange(start, min(start + at_a_time, BATCH))
            some = some[: draws - done]
            if not len(some):
                break
            if len(some) != block.draws:
                block = Block(worlds, chosen, len(some))
            parts = certain
            if len(chosen):
                wide = _wide(block, world.take(some))
                parts = parts + moves.parts(run(wide), len(some), book, run, wide)
            total[:, done : done + len(some)] = moves.together(parts, moved, some)
            done += len(some)
            if tell and tell(done, draws):
                raise Stopped("Stopped after {done} of {total} draws.", done=done, total=draws)
    return OperatingDraws(book, whole.years, total, central)


class _Moves:
    """Energy and interest: how far each has moved in a draw, and what that does."""

    def __init__(self, settings: Settings, years: np.ndarray, base_year: int):
        self.energy, self.interest = (
            SHAPES[settings.shape](*([each] for each in of)) if of is not None else None
            for of in (settings.energy, settings.interest)
        )
        self._since = np.maximum(years - base_year, 0)[:, None]
        self._points = Points(2, [settings.seed, STREAM], BATCH, "latin")

    def take(self) -> tuple[np.ndarray | None, ...]:
        """How much dearer energy is, (years, batch), and how much higher the interest, (batch,)."""
        at = self._points.take()
        energy = None
        if self.energy is not None:
            energy = (1 + self.energy.draw(at[:1])) ** self._since - 1
        return energy, None if self.interest is None else self.interest.draw(at[1:])[0]

    def parts(self, found: Operating, draws: int, book: str, run, plan: Plan) -> np.ndarray:
        """(3, years, draws) in öre: the impact; the energy in it; what STEP of interest adds."""
        effect = found.effect(book)
        energy = found.posts["energy"] * found.within(book)
        step = np.zeros_like(effect)
        if self.interest is not None:
            step = run(plan, _higher(found.rates, STEP)).effect(book) - effect
        total = np.zeros((3, len(effect), draws), dtype=np.int64)
        for of, table in zip(total, (effect, energy, step), strict=True):
            np.add.at(of.T, found.measure % draws, table.T)
        return total

    def together(self, parts: np.ndarray, moved, some: np.ndarray) -> np.ndarray:
        """(years, draws) in öre, of the draws ``some`` of a batch."""
        effect, energy, step = parts
        (dearer, higher), adds = moved, 0.0
        if dearer is not None:
            adds = adds + energy * dearer[:, some]
        if higher is not None:
            adds = adds + step * (higher[some] / STEP)
        return effect + np.floor(np.asarray(adds) + 0.5).astype(np.int64)


def _wide(block: Block, world: World) -> Plan:
    """The block's measures, each so many times beside itself as there are draws, as they turn out
    in each: column ``measure * draws + draw``."""
    wide = repeated(_without_running(block.plan), block.draws)
    years = wide.size[0]
    probability = wide.grants.probability.copy()
    is_drawn = np.flatnonzero(block.drawn >= 0)
    of_line = (is_drawn[:, None] * block.draws + np.arange(block.draws)).ravel()
    probability[of_line] = world.won[block.drawn[is_drawn]].ravel()
    wide = wide.replace(grants=wide.grants.replace(probability=probability))
    need, one_off = block.needs(world), block.one_offs(world)
    return costing(wide, need.reshape(years, -1), one_off.reshape(years, -1))


def _without_running(plan: Plan) -> Plan:
    return plan.replace(running_costs=plan.running_costs.take(np.arange(0)))


def repeated(plan: Plan, times: int) -> Plan:
    """The plan with every measure so many times beside itself, without its effects."""

    def columns(table: np.ndarray) -> np.ndarray:
        return np.repeat(table, times, axis=-1)

    def lines(of):
        count = len(of.measure)
        every = of.take(np.repeat(np.arange(count), times))
        return every.replace(measure=every.measure * times + np.tile(np.arange(times), count))

    without_effects = plan.replace(effects=plan.effects.take(np.arange(0)))
    return without_effects.rearranged(columns, lines)


def _higher(rates: Rates, by: float) -> Rates:
    """Every known interest so much higher."""

    def higher(stated: Mapping[int, Rate]) -> dict[int, Rate]:
        return {
            year: rate if rate.value is None else replace(rate, value=rate.value + by)
            for year, rate in stated.items()
        }

    return replace(
        rates,
        internal=higher(rates.internal),
        municipality=higher(rates.municipality),
        group=higher(rates.group),
        fees={form: higher(stated) for form, stated in rates.fees.items()},
    )

"""Who else must invest: other actors' need, what they lack for it to pay, and who pays for whom.

Other actors have no financing gap towards the municipality. What they lack is a *profitability
gap*: the extra investment against what they would buy anyway, less the present value of what it
saves them over its lifetime at the plan's calculation rate, less the support that they get. Savings
are those of the measure's running cost, the last stated year's going on for the rest of the
lifetime, and are worth what they are in the first year of the investment. Where the alternative,
the savings or the lifetime is not known, neither is the gap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from model.economics import present_value
from model.entries import Benefit, Funding
from model.finance import profitability_gap
from model.owners import GROUP, MILLION, parts
from model.plan import Plan, calendar_years
from model.readings import ALREADY_PAID, OWN_BUDGET, Outcome

SUPPORT = ("granted", "applied", "idea")
# Payers besides the providers of grants.
OWNER, BUDGET, PAID, NOBODY, UNKNOWN = "owner", "budget", "paid", "nobody", "unknown"


@dataclass(frozen=True)
class ProfitabilityGap:
    """One owner's part of a measure, whole öre; None is not known.

    ``missing`` names what is needed to know the gap: ``alternative``, ``savings``, ``lifetime`` or
    ``investment``. ``gap`` is never negative; ``measure`` is an index into the plan. ``from_below``
    says that no more than a lower bound of the investment is known.
    """

    measure: int
    owner: str
    investment: int
    support: int
    alternative: int | None
    savings: int | None
    gap: int | None
    missing: tuple[str, ...]
    from_below: bool = False


@dataclass(frozen=True)
class OwnerNeed:
    """An owner outside the municipal group: sums of its ``lines``, whole öre.

    ``gap`` adds up the lines whose gap is known; ``unknown`` counts the others.
    """

    owner: str
    lines: tuple[ProfitabilityGap, ...]

    @property
    def need(self) -> int:
        """What it must invest."""
        return sum(line.investment for line in self.lines)

    @property
    def from_below(self) -> bool:
        """Whether some of what it must invest is known only from below."""
        return any(line.from_below for line in self.lines)

    @property
    def support(self) -> int:
        """What grants of the reading pay of that."""
        return sum(line.support for line in self.lines)

    @property
    def gap(self) -> int | None:
        """What it lacks for it to pay, as far as known; None where nothing is."""
        known = [line.gap for line in self.lines if line.gap is not None]
        return sum(known) if known else None

    @property
    def unknown(self) -> int:
        """Measures whose gap is not known."""
        return sum(line.gap is None for line in self.lines)


@dataclass(frozen=True)
class Flow:
    """An amount of need: whose it is, who pays it, and who gains by the measure. Whole öre.

    ``payer`` is a source of grants, or one of ``owner`` (of its own money), ``budget`` (the group's
    appropriations), ``paid`` (already, nobody has said by whom), ``nobody`` (the group's gap) and
    ``unknown`` (what no grant pays of what nobody has split). ``beneficiaries`` are all who gain,
    in the data's order; none where no effect says who. ``from_below`` says that some of the need
    is only known from below: what is left when grants have paid is then at least this much.
    """

    owner: str
    payer: str
    beneficiaries: tuple[str, ...]
    amount: int
    from_below: bool = False


@dataclass(frozen=True)
class PrivateShare:
    """How much of the plan's need is private, whole öre, and what nobody can tell.

    ``shared`` is need of several owners whose split is not said, or whose owner is not.
    ``without_amount`` counts measures without an amount by kind of owner ("" where not said).
    """

    private: int
    public: int
    shared: int
    without_amount: Mapping[str, int]
    boundary: str

    @property
    def need(self) -> int:
        """All of it."""
        return self.private + self.public + self.shared

    @property
    def low(self) -> Fraction | None:
        """The private share if nothing of what is shared is private."""
        return Fraction(self.private, self.need) if self.need else None

    @property
    def high(self) -> Fraction | None:
        """The private share if all of what is shared is private."""
        return Fraction(self.private + self.shared, self.need) if self.need else None

    @property
    def of_known(self) -> Fraction | None:
        """The private share of what is known to be either."""
        known = self.private + self.public
        return Fraction(self.private, known) if known else None


@dataclass(frozen=True)
class OtherActors:
    """What :func:`other_actors` found."""

    owners: tuple[OwnerNeed, ...]
    flows: tuple[Flow, ...]
    share: PrivateShare


def other_actors(
    plan: Plan,
    outcome: Outcome,
    benefits: Iterable[Benefit] = (),
    funding: Mapping[str, Funding] | None = None,
) -> OtherActors:
    """Everything about other actors in one reading of the plan."""
    return OtherActors(
        owner_needs(plan, outcome),
        flows(plan, outcome, benefits, funding or {}),
        private_share(plan, outcome),
    )


def owner_needs(plan: Plan, outcome: Outcome) -> tuple[OwnerNeed, ...]:
    """Every owner outside the group with its measures, the largest need first."""
    shared_out = parts(plan)
    need = shared_out.of(outcome.need).sum(axis=0)
    support = shared_out.of(by_status(plan, outcome, SUPPORT)).sum(axis=0)
    alternative = shared_out.of(np.maximum(plan.assets.alternative, 0))
    savings = [present_savings(plan, outcome, measure) for measure in range(plan.size[1])]
    others: dict[str, list[ProfitabilityGap]] = {}
    for part in np.flatnonzero(shared_out.actor_group == "other"):
        measure = int(shared_out.measure[part])
        saved, lacking = savings[measure]
        if plan.assets.alternative[measure] < 0:
            lacking = ("alternative", *lacking)
        if not plan.known[measure]:
            lacking = ("investment", *lacking)
        share = (shared_out.until[part] - shared_out.since[part]) / MILLION
        worth = None if saved is None else int(np.floor(saved * share + 0.5))
        instead = None if plan.assets.alternative[measure] < 0 else int(alternative[part])
        gap = None
        if not lacking:
            gap = int(profitability_gap(int(need[part]), instead, worth, int(support[part])))
        line = ProfitabilityGap(
            measure=measure,
            owner=str(shared_out.owner[part]),
            investment=int(need[part]),
            support=int(support[part]),
            alternative=instead,
            savings=worth,
            gap=gap,
            missing=lacking,
            from_below=bool(plan.lower_bound[measure]),
        )
        others.setdefault(line.owner, []).append(line)
    found = [
        OwnerNeed(owner, tuple(sorted(lines, key=lambda line: (-line.investment, line.measure))))
        for owner, lines in others.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.need, each.owner)))


def present_savings(
    plan: Plan, outcome: Outcome, measure: int
) -> tuple[float | None, tuple[str, ...]]:
    """What a measure saves over its lifetime, worth in the first year of its investment, in öre.

    None with the names of what is missing for it. A cost that rises is a negative saving.
    """
    lifetime = int(plan.assets.lifetime[measure])
    stated = bool((plan.running_costs.measure == measure).any())
    missing = [
        name for name, known in (("savings", stated), ("lifetime", lifetime > 0)) if not known
    ]
    calendar = calendar_years(plan.years)
    invested = np.flatnonzero(outcome.need[:, measure].astype(bool) & calendar)
    if missing or not len(invested):
        return None, tuple(missing)
    begins = int(np.flatnonzero(calendar)[0])
    stated_years = -plan.running_cost[:, measure][calendar][int(invested[0]) - begins :]
    changed = np.flatnonzero(stated_years)
    if not len(changed):
        return 0.0, ()
    # From the first year with a change, for as long as the asset lives.
    last = int(changed[0]) + lifetime
    flows = np.full(max(last, len(stated_years)), stated_years[-1], dtype=float)
    flows[: len(stated_years)] = stated_years
    flows = flows[:last]
    return float(present_value(flows, float(plan.head.calculation_rate))), ()


def by_status(plan: Plan, outcome: Outcome, statuses: Iterable[str]) -> np.ndarray:
    """What money of these statuses pays of the need, (years, measures) in öre."""
    total = np.zeros(plan.size, dtype=np.int64)
    chosen = np.isin(outcome.cover.status, list(statuses))
    cover = outcome.cover
    np.add.at(total, (cover.year[chosen], cover.measure[chosen]), cover.amount[chosen])
    return total


def flows(
    plan: Plan, outcome: Outcome, benefits: Iterable[Benefit], funding: Mapping[str, Funding]
) -> tuple[Flow, ...]:
    """Owner × payer × beneficiary, the largest first: amounts that add up to the plan's need."""
    shared_out = parts(plan)
    gains = beneficiaries(plan, benefits)
    cover = outcome.cover
    paid_by: dict[str, np.ndarray] = {}
    for source in dict.fromkeys(cover.source.tolist()):
        chosen = cover.source == source
        amounts = np.zeros(plan.size, dtype=np.int64)
        np.add.at(amounts, (cover.year[chosen], cover.measure[chosen]), cover.amount[chosen])
        payer = _payer(source, funding)
        paid_by[payer] = paid_by.get(payer, 0) + shared_out.of(amounts).sum(axis=0)
    # What is left of the parts' need, so that rounding falls there and the whole adds up.
    rest = shared_out.of(outcome.need).sum(axis=0) - sum(paid_by.values())
    left_to = {GROUP: NOBODY, "other": OWNER, "shared": UNKNOWN}
    for group, payer in left_to.items():
        left = np.where(shared_out.actor_group == group, rest, 0)
        paid_by[payer] = paid_by.get(payer, 0) + left
    found: dict[tuple[str, str, tuple[str, ...]], int] = {}
    from_below = set()
    for payer, amounts in paid_by.items():
        for part in np.flatnonzero(amounts):
            key = (str(shared_out.owner[part]), payer, gains[int(shared_out.measure[part])])
            found[key] = found.get(key, 0) + int(amounts[part])
            if payer in left_to.values() and plan.lower_bound[shared_out.measure[part]]:
                from_below.add(key)
    listed = [Flow(*key, amount, key in from_below) for key, amount in found.items() if amount]
    return tuple(sorted(listed, key=lambda flow: (-flow.amount, flow.owner, flow.payer)))


def beneficiaries(plan: Plan, benefits: Iterable[Benefit]) -> list[tuple[str, ...]]:
    """Who gains by each measure: those whom the benefits of its stated effects name."""
    by_indicator: dict[str, list[str]] = {}
    order: dict[str, None] = {}
    for benefit in benefits:
        order[benefit.beneficiary] = None
        if benefit.indicator:
            by_indicator.setdefault(benefit.indicator, []).append(benefit.beneficiary)
    gains: list[set[str]] = [set() for _ in range(plan.size[1])]
    for measure, indicator in zip(plan.effects.measure, plan.effects.indicator, strict=True):
        gains[int(measure)].update(by_indicator.get(str(indicator), ()))
    return [tuple(who for who in order if who in each) for each in gains]


def private_share(plan: Plan, outcome: Outcome) -> PrivateShare:
    """How much of the plan's need is private, as its owners say."""
    shared_out = parts(plan)
    need = shared_out.of(outcome.need).sum(axis=0)

    def of(*kinds: str) -> int:
        return int(need[np.isin(shared_out.owner_kind, kinds)].sum())

    unknown = plan.tags["owner_kind"][~plan.known]
    return PrivateShare(
        private=of("private"),
        public=of("public"),
        shared=int(need.sum()) - of("private", "public"),
        without_amount={str(kind): int((unknown == kind).sum()) for kind in np.unique(unknown)},
        boundary=plan.head.system_boundary,
    )


def _payer(source: str, funding: Mapping[str, Funding]) -> str:
    if source == ALREADY_PAID:
        return PAID
    if source == OWN_BUDGET:
        return BUDGET
    found = funding.get(source)
    if found is not None and found.kind in ("own", "private"):
        return BUDGET if found.kind == "own" else OWNER
    return source

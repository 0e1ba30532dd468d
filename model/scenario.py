"""Scenarios: a named list of adjustments, as data, and what each does to a plan.

:func:`apply` is pure: it returns a new plan and leaves the old one as it was. Adjustments take
effect in the order in which they stand. What lies before the plan's first year is spent and is
neither moved nor scaled.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator

from model.money import scale, split
from model.plan import TAGS, Grants, OwnerShares, Plan, calendar_years
from model.years import LATER

MILLION = 1_000_000
Probability = Annotated[float, Field(ge=0, le=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Where(_Frozen):
    """Which measures: every named tag has one of its values. Empty: all of them."""

    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @field_validator("tags", mode="before")
    @classmethod
    def _from_mapping(cls, value: object) -> object:
        if isinstance(value, Mapping):
            value = sorted(
                (tag, tuple(values) if isinstance(values, list | tuple) else (values,))
                for tag, values in value.items()
            )
        return value

    @field_validator("tags")
    @classmethod
    def _known(cls, tags):
        for tag, _ in tags:
            if tag not in TAGS:
                raise ValueError(f"{tag!r} is no tag: expected one of {', '.join(TAGS)}")
        return tags

    def mask(self, plan: Plan) -> np.ndarray:
        """Mask over the plan's measures."""
        return plan.where(dict(self.tags))


def everywhere() -> Where:
    """All measures."""
    return Where()


class SwitchOff(_Frozen):
    """The measures are not carried out: no need, no money, no effect."""

    do: Literal["switch_off"] = "switch_off"
    where: Where = Field(default_factory=everywhere)


class Delay(_Frozen):
    """Need, effects, running cost and money not yet granted or decided come later."""

    do: Literal["delay"] = "delay"
    years: Annotated[int, Field(ge=1, le=20)]
    where: Where = Field(default_factory=everywhere)


class CostFactor(_Frozen):
    """What is not yet spent costs so many times as much. Appropriations stay as decided."""

    do: Literal["cost_factor"] = "cost_factor"
    factor: Annotated[float, Field(gt=0, le=10)]
    where: Where = Field(default_factory=everywhere)


class SourceOff(_Frozen):
    """A funding source gives nothing that it has not already granted."""

    do: Literal["source_off"] = "source_off"
    source: str


class SuccessRate(_Frozen):
    """Applications to a source succeed with this probability."""

    do: Literal["success_rate"] = "success_rate"
    source: str
    probability: Probability


class PrivateShare(_Frozen):
    """So large a share of the measures' need is private; the public rest is the municipality's."""

    do: Literal["private_share"] = "private_share"
    share: Probability
    where: Where = Field(
        default_factory=lambda: Where(tags={"owner_kind": ("mixed",)})  # type: ignore[arg-type]
    )


class CalculationRate(_Frozen):
    """The real socio-economic rate of the plan."""

    do: Literal["calculation_rate"] = "calculation_rate"
    rate: Annotated[float, Field(ge=0, le=0.2)]


class SeekMaximum(_Frozen):
    """Every eligible measure applies for the source's largest share of what is not yet spent.

    ``share``, ``owners`` and ``sectors`` are the source's rule, copied from ``data/funding`` when
    the scenario is read, so that the scenario stands on its own. Empty ``sectors``: all. What has
    begun, and what already has or seeks money from the source, is left alone.
    """

    do: Literal["seek_maximum"] = "seek_maximum"
    source: str
    probability: Probability
    share: Probability
    owners: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    where: Where = Field(default_factory=everywhere)


Adjustment = Annotated[
    SwitchOff
    | Delay
    | CostFactor
    | SourceOff
    | SuccessRate
    | PrivateShare
    | CalculationRate
    | SeekMaximum,
    Field(discriminator="do"),
]


class Scenario(_Frozen):
    """A named list of adjustments. ``reading`` is the one that it moves, for pages to switch to."""

    id: str
    name: str
    name_en: str = ""
    note: str = ""
    note_en: str = ""
    reading: Literal["secured", "planned", "expected", "best_case"] | None = None
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def hash(self) -> str:
        """What the adjustments are, whatever the scenario is called: the cache key's half."""
        content = [adjustment.model_dump(mode="json") for adjustment in self.adjustments]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def then(self, *adjustments: Adjustment) -> "Scenario":
        """This scenario with more adjustments after its own."""
        return self.model_copy(update={"adjustments": self.adjustments + adjustments})


AS_IS = Scenario(id="plan", name="Planen som den är", name_en="The plan as it is")


def apply(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as the scenario would have it, a new plan; with no adjustment the plan itself."""
    for adjustment in scenario.adjustments:
        plan = _APPLY[adjustment.do](plan, adjustment)
    return plan


def _switch_off(plan: Plan, adjustment: SwitchOff) -> Plan:
    return plan.keep(~adjustment.where.mask(plan))


def _delay(plan: Plan, adjustment: Delay) -> Plan:
    moved = adjustment.where.mask(plan)
    if not moved.any():
        return plan
    by = adjustment.years
    calendar_rows = len(plan.years) - 1 - (plan.years[-1] == LATER)
    last = int(plan.years[calendar_rows])
    years = np.concatenate(
        [
            plan.years[: calendar_rows + 1],
            np.arange(last + 1, last + 1 + by),
            plan.years[calendar_rows + 1 :],
        ]
    )

    def stay(amounts: np.ndarray) -> np.ndarray:
        return np.insert(amounts, [calendar_rows + 1] * by, 0, axis=0)

    def move(amounts: np.ndarray, columns: np.ndarray = moved) -> np.ndarray:
        """Calendar rows of the chosen columns come ``by`` rows later; *before* and *later* stay."""
        later = stay(amounts)
        later[1 : calendar_rows + by + 1, columns] = np.insert(
            amounts[1 : calendar_rows + 1, columns], [0] * by, 0, axis=0
        )
        return later

    def move_unpaid(amounts: np.ndarray, paid: np.ndarray) -> np.ndarray:
        paid = np.minimum(paid, amounts)
        return stay(paid) + move(amounts - paid)

    grants, given, effects = plan.grants, plan.appropriations, plan.effects
    running = plan.running_costs
    movable = moved[grants.measure] & (grants.status != "granted")
    later_effect = moved[effects.measure] & (effects.year > 0)
    return plan.replace(
        head=plan.head.model_copy(update={"last_year": plan.head.last_year + by}),
        years=years,
        need=plan.need.map(lambda amounts: move_unpaid(amounts, plan.paid)),
        one_off=plan.one_off.map(lambda amounts: move_unpaid(amounts, plan.one_off_paid)),
        avoided=plan.avoided.map(move),
        paid=stay(plan.paid),
        one_off_paid=stay(plan.one_off_paid),
        incremental=plan.incremental.map(move),
        running_costs=running.replace(
            year=running.year + by * (moved[running.measure] & calendar_years(running.year)),
            amounts=move(running.amounts, moved[running.measure]),
        ),
        in_service=plan.in_service + by * (moved & (plan.in_service > 0)),
        grants=grants.replace(payments=move(grants.payments, movable)),
        appropriations=given.replace(
            decided_gross=stay(given.decided_gross),
            decided_net=stay(given.decided_net),
            planned_gross=move(given.planned_gross),
            planned_net=move(given.planned_net),
            carry_over=stay(given.carry_over),
        ),
        effects=effects.replace(year=effects.year + by * later_effect),
    )


def _cost_factor(plan: Plan, adjustment: CostFactor) -> Plan:
    scaled = adjustment.where.mask(plan)

    factor = np.where(scaled, adjustment.factor, 1.0)

    def rise(amounts: np.ndarray, paid: np.ndarray) -> np.ndarray:
        spent = np.minimum(paid, amounts)
        spent[0] = amounts[0]
        return spent + scale(amounts - spent, factor)

    nothing_paid = np.zeros_like(plan.paid)
    need = plan.need.map(lambda amounts: rise(amounts, plan.paid))
    before, after = plan.need.mid.sum(axis=0), need.mid.sum(axis=0)
    ratio = np.divide(after, before, out=np.ones(len(before)), where=before > 0)
    grants = plan.grants
    eligible = np.where(
        grants.eligible >= 0,
        scale(np.maximum(grants.eligible, 0), ratio[grants.measure]),
        grants.eligible,
    )
    return plan.replace(
        need=need,
        one_off=plan.one_off.map(lambda amounts: rise(amounts, plan.one_off_paid)),
        # What would be done anyway costs more too, so what is above it rises as much.
        incremental=plan.incremental.map(lambda amounts: rise(amounts, nothing_paid)),
        grants=grants.replace(eligible=eligible),
    )


def _source_off(plan: Plan, adjustment: SourceOff) -> Plan:
    gone = (plan.grants.source == adjustment.source) & (plan.grants.status != "granted")
    return plan.replace(grants=plan.grants.take(~gone))


def _success_rate(plan: Plan, adjustment: SuccessRate) -> Plan:
    grants = plan.grants
    hit = (grants.source == adjustment.source) & (grants.status == "applied")
    probability = np.where(hit, adjustment.probability, grants.probability)
    return plan.replace(grants=grants.replace(probability=probability))


# Who the private and the public part fall on where a measure names no owner of that kind.
_DEFAULT_OWNERS = {"private": ("business", "other"), "public": ("municipality", "municipal_group")}


def _private_share(plan: Plan, adjustment: PrivateShare) -> Plan:
    shares = plan.owner_shares
    lines = []
    private = round(adjustment.share * MILLION)
    for measure in np.flatnonzero(adjustment.where.mask(plan)):
        own = shares.measure == measure
        for kind, part in (("private", private), ("public", MILLION - private)):
            of_kind = own & (shares.owner_kind == kind)
            owners = list(zip(shares.owner[of_kind], shares.actor_group[of_kind], strict=True))
            weights = shares.share[of_kind]
            if not owners or not weights.sum():
                owners, weights = [_DEFAULT_OWNERS[kind]], np.array([1])
            parts = split(np.int64(part), weights)
            lines += [
                (measure, owner, kind, group, int(share))
                for (owner, group), share in zip(owners, parts, strict=True)
            ]
    changed = np.isin(shares.measure, [line[0] for line in lines])
    return plan.replace(owner_shares=shares.take(~changed).append(OwnerShares.of(lines)))


def _calculation_rate(plan: Plan, adjustment: CalculationRate) -> Plan:
    rate = round(Decimal(str(adjustment.rate)), 6)
    return plan.replace(head=plan.head.model_copy(update={"calculation_rate": rate}))


def _seek_maximum(plan: Plan, adjustment: SeekMaximum) -> Plan:
    grants = plan.grants
    asked = np.bincount(
        grants.measure[grants.source == adjustment.source], minlength=plan.size[1]
    ).astype(bool)
    begun = (
        (plan.need.mid[0] > 0)
        | plan.paid.any(axis=0)
        | np.isin(plan.tags["readiness"], ["procured", "in_service"])
    )
    eligible = (
        adjustment.where.mask(plan)
        & np.isin(plan.tags["owner"], adjustment.owners)
        & ~asked
        & ~begun
    )
    if adjustment.sectors:
        eligible &= np.isin(plan.tags["sector"], adjustment.sectors)
    need = plan.need.mid
    other_money = np.zeros(plan.size[1], dtype=np.int64)
    np.add.at(other_money, grants.measure, grants.payments.sum(axis=0))
    room = np.maximum(need.sum(axis=0) - other_money, 0)
    sought = np.minimum(scale(need.sum(axis=0), adjustment.share), room)
    chosen = np.flatnonzero(eligible & (sought > 0))
    lines = len(chosen)
    applications = Grants(
        measure=chosen,
        id=np.array([f"{adjustment.source}-max"] * lines, dtype=object),
        source=np.array([adjustment.source] * lines, dtype=object),
        status=np.array(["applied"] * lines, dtype=object),
        probability=np.full(lines, adjustment.probability),
        share=np.full(lines, adjustment.share),
        eligible=need[:, chosen].sum(axis=0),
        payments=split(sought[chosen], need[:, chosen]),
    )
    return plan.replace(grants=grants.append(applications))


_APPLY = {
    "switch_off": _switch_off,
    "delay": _delay,
    "cost_factor": _cost_factor,
    "source_off": _source_off,
    "success_rate": _success_rate,
    "private_share": _private_share,
    "calculation_rate": _calculation_rate,
    "seek_maximum": _seek_maximum,
}

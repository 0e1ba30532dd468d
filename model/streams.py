"""What a measure does to somebody's money, year by year, in real kronor: what is then judged.

Three views that never mix. *municipality*: the municipal group's part of a measure, with the grants
that come to it. *owner*: the whole measure, whoever owns it, with all its grants. *society*: what
it takes and gives, without transfers (grants, income from others), with the effects that
``data/benefits`` can value, and on request with the tax factor on what taxes pay.

Year 0 is the plan's base year. Flows fall at the end of their year; money before the plan's first
year stands in year 0 and money after its last in the year after it. A measure is judged against
what would have been done without it, until its lifetime is over: a yearly running cost or effect
that is stated holds until another is, and the last one to the end of the life, in real terms. What
is not known makes a measure's stream unknown, with its reason; it is never read as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from model.benefit_prices import Input
from model.benefits import Benefits
from model.horizon import Horizon
from model.owners import MILLION, group_part, split_unknown, tax_part
from model.plan import Plan
from model.prices import Deflator, dated, deflator
from model.readings import COUNTED, effective_payments
from model.years import BEFORE, LATER

View = Literal["municipality", "owner", "society"]
VIEWS: tuple[View, ...] = get_args(View)
# Money out is negative. What is invested, net: the first seven.
INVESTED = ("investment", "reinvestment", "alternative", "avoided", "one_off", "grants", "tax")
RUNNING = ("running_higher", "running_tax", "running_lower")
VALUED = ("climate", "benefits")
PARTS = (*INVESTED, *RUNNING, *VALUED)
TONNES = "co2e_reduction"
JOINT = "joint_effect"


@dataclass(frozen=True, eq=False)
class UnitValue:
    """What an effect is worth to society: kronor a unit in the plan's last year, at full effect.

    In the prices of ``price_year``; ``converted`` says whether an index brought them there, and
    ``inputs`` what they are made of.
    ``table`` is (years, measures) in kronor, as :mod:`model.benefits` has it: what another benefit
    values already is not in it.
    """

    benefit: str
    indicator: str
    kronor: float
    price_year: object
    converted: bool
    inputs: tuple[Input, ...]
    table: np.ndarray


@dataclass(frozen=True, eq=False)
class Streams:
    """Real kronor, (years, columns) in each of ``parts``; a column is a measure or a package.

    ``reason`` says why a column's money is not known, ``tonnes_reason`` why its tonnes are not;
    both empty where they are. ``end`` is the last year (index) of a column's life. ``joint``
    numbers the columns that share an effect, -1 where none is shared: the effect stands in the
    first of them. ``tonnes`` are t CO2e and ``abatement`` the net cost, positive, that they are had
    for, before what a tonne is worth. ``counted`` says which measures are in a package, (measures,
    packages); None where every column is a measure.
    """

    view: View
    base_year: int
    parts: Mapping[str, np.ndarray]
    tonnes: np.ndarray
    abatement: np.ndarray
    reason: np.ndarray
    tonnes_reason: np.ndarray
    end: np.ndarray
    joint: np.ndarray
    counted: np.ndarray | None = None

    @property
    def net(self) -> np.ndarray:
        """(years, columns): what is left of a year, negative where it costs."""
        return sum(self.parts.values())

    def packages(self, members: np.ndarray) -> "Streams":
        """Columns added up, ``members`` is a mask (columns, packages).

        Only what is known is added. Columns with a joint effect count where all that share it do.
        """
        counted = self._counted(members, self.reason)
        with_tonnes = counted & self._counted(members, _either(self.reason, self.tonnes_reason))
        summed = {name: part @ counted for name, part in self.parts.items()}
        end = np.where(counted, self.end[:, None], 0).max(axis=0, initial=0)
        # Cost per tonne is of those whose tonnes are known: the others' money stands apart.
        return Streams(
            view=self.view,
            base_year=self.base_year,
            parts=summed,
            tonnes=self.tonnes @ with_tonnes,
            abatement=self.abatement @ with_tonnes,
            reason=np.where(counted.any(axis=0), "", "nothing_known").astype(object),
            tonnes_reason=np.where(with_tonnes.any(axis=0), "", "no_tonnes").astype(object),
            end=end,
            joint=np.full(members.shape[1], -1),
            counted=counted,
        )

    def _counted(self, members: np.ndarray, reason: np.ndarray) -> np.ndarray:
        counted = members & (reason == "")[:, None]
        for group in np.unique(self.joint[self.joint >= 0]):
            columns = np.flatnonzero(self.joint == group)
            whole = members[columns].all(axis=0) & np.isin(reason[columns], ("", JOINT)).all()
            only_joint = columns[reason[columns] == JOINT]
            counted[only_joint] = whole
        return counted


def unit_values(benefits: Benefits) -> list[UnitValue]:
    """What effects are worth to society, of those benefits that add."""
    last = benefits.last
    return [
        UnitValue(
            each.benefit.key,
            each.benefit.indicator,
            float(each.price.levels[1, last]),
            each.price.price_year,
            each.price.converted,
            each.inputs,
            benefits.table(each),
        )
        for each in benefits
        if each.benefit.kind == "society" and each.adds
    ]


def prices_of(plan: Plan, reference) -> Deflator:
    """The plan's real prices: by its own index, else by the consumer price index."""
    general = dated(reference.assumptions["economy/consumer_price_index"])
    return deflator(plan.head.base_year, plan.years, plan.price_index, general)


def streams(
    plan: Plan,
    view: View,
    prices: Deflator,
    values: Sequence[UnitValue] = (),
    *,
    tax_factor: float = 1.0,
    reading: str = "secured",
    level: str = "mid",
) -> Streams:
    """Every measure's stream in one view. ``reading`` says which grants count, as for the gap.

    An application counts as its amount times its probability. ``tax_factor`` above 1 is added in
    society's view only: on investment, one-off expenditure and higher running cost of what taxes
    pay. ValueError for an unknown view.
    """
    if view not in VIEWS:
        raise ValueError(f"{view!r} is no view: expected one of {', '.join(VIEWS)}")
    axis = Horizon(plan, prices)
    found = {name: np.zeros((axis.length, axis.measures)) for name in PARTS}
    found |= _expenditure(plan, axis, level)
    found["running_higher"], found["running_lower"] = _running_cost(plan, axis, view)
    if view != "society":
        found["grants"] = _grants(plan, axis, reading)
    elif tax_factor != 1.0:
        by_taxes = np.nan_to_num(tax_part(plan)) * (tax_factor - 1)
        bought = ("investment", "reinvestment", "alternative", "avoided", "one_off")
        found["tax"] = sum(found[name] for name in bought) * by_taxes
        found["running_tax"] = found["running_higher"] * by_taxes
    reason = _reasons(plan, view, tax_factor)
    tonnes, tonnes_reason, joint = _effect(plan, axis, TONNES)
    shared = [joint]
    if view == "society":
        valued = np.zeros(plan.size[1], dtype=bool)
        for value in values:
            _, why, group = _effect(plan, axis, value.indicator)
            found["climate" if value.indicator == TONNES else "benefits"] += value.table
            valued |= np.isin(why, ("", JOINT))
            shared.append(group)
        reason = _either(reason, np.where(valued, "", "no_effect"))
    joint = _merged(shared, plan.size[1])
    tonnes_reason = np.where((joint >= 0) & (tonnes_reason == ""), JOINT, tonnes_reason)
    if view == "society":
        reason = np.where((joint >= 0) & (reason == ""), JOINT, reason)
    if view == "municipality":
        part = group_part(plan)
        found = {name: amounts * part for name, amounts in found.items()}
    return Streams(
        view,
        plan.head.base_year,
        found,
        tonnes,
        found["climate"] - sum(found.values()),
        reason.astype(object),
        tonnes_reason.astype(object),
        np.maximum(axis.end, 0),
        joint,
    )


def _expenditure(plan: Plan, axis: Horizon, level: str) -> dict[str, np.ndarray]:
    """What is invested, and what would have been invested without the measure."""
    need, more = getattr(plan.need, level), getattr(plan.incremental, level)
    whole = need.sum(axis=0)
    # Against business as usual where that is stated: the whole, less what would be done anyway.
    only_more = plan.incremental_known & (whole == 0)
    stated = plan.assets.alternative
    instead = np.where((stated >= 0) & (whole > 0), stated / np.maximum(whole, 1), 0.0) * need
    instead = np.where(plan.incremental_known & ~only_more, need - more, instead)
    invested = axis.real(np.where(only_more, more, need))
    return {
        "investment": -invested,
        "reinvestment": -_reinvested(plan, axis, invested),
        "alternative": axis.real(instead),
        "avoided": axis.real(getattr(plan.avoided, level)),
        "one_off": -axis.real(getattr(plan.one_off, level)),
    }


def _reinvested(plan: Plan, axis: Horizon, invested: np.ndarray) -> np.ndarray:
    """What is bought anew, at the same real price, as components end before the measure does."""
    again = np.zeros_like(invested)
    total, lines = invested.sum(axis=0), plan.components
    for line in np.flatnonzero(lines.reinvested.astype(bool) & (lines.lifetime > 0)):
        measure, life = int(lines.measure[line]), int(lines.lifetime[line])
        years = np.arange(axis.service[measure] + life, axis.end[measure], life)
        again[years[years >= 0], measure] += total[measure] * lines.share[line] / MILLION
    return again


def _running_cost(plan: Plan, axis: Horizon, view: View) -> tuple[np.ndarray, np.ndarray]:
    """Higher and lower running cost, each as money: negative and positive."""
    higher, lower = np.zeros((2, axis.length, axis.measures))
    lines = plan.running_costs
    if view == "society":
        # What others pay is a transfer: it takes from one what it gives to another.
        lines = lines.take(lines.item != "income")
    lines = lines.take(lines.year != BEFORE)
    if not len(lines.measure):
        return higher, lower
    keys = zip(lines.measure.tolist(), lines.item, lines.department, strict=True)
    numbers: dict[tuple, int] = {}
    series = np.array([numbers.setdefault(key, len(numbers)) for key in keys])
    measure = np.array([key[0] for key in numbers])
    row = np.searchsorted(plan.years, np.clip(lines.year, plan.years[1], plan.years[-1]))
    amount = lines.amounts.sum(axis=0) * axis.factors[row, lines.measure] / 100
    year = np.where(lines.year == LATER, axis.last + 1, lines.year) - axis.base
    year = np.clip(year, 0, axis.length - 1)
    held = axis.levels(series, year, amount) * axis.alive(measure)
    np.add.at(higher.T, measure, -np.maximum(held, 0).T)
    np.add.at(lower.T, measure, -np.minimum(held, 0).T)
    return higher, lower


def _grants(plan: Plan, axis: Horizon, reading: str) -> np.ndarray:
    lines = plan.grants.take(np.isin(plan.grants.status, COUNTED[reading]))
    cost = (plan.need.mid + plan.one_off.mid).sum(axis=0)
    chance = np.where(
        (lines.status == "applied") & (reading == "expected"), np.nan_to_num(lines.probability), 1
    )
    paid = effective_payments(lines, cost) * chance
    table = np.zeros(plan.size)
    np.add.at(table.T, lines.measure, paid.T)
    return axis.real(table)


def _effect(plan: Plan, axis: Horizon, indicator: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An effect of every measure by year; why it is not known; and which measures share it.

    A shared effect stands in the first of those that share it. What may come once or every year is
    not counted.
    """
    amounts = np.zeros((axis.length, axis.measures))
    said = plan.effects.take((plan.effects.indicator == indicator) & ~np.isnan(plan.effects.mid))
    reason = np.full(axis.measures, "no_tonnes", dtype=object)
    reason[said.measure[said.basis == "unclear"]] = "unclear_tonnes"
    lines = said.take(said.basis != "unclear")
    reason[lines.measure] = ""
    first, joint = _groups(lines, axis.measures)
    lines = lines.take(first)
    begins = axis.service[lines.measure] + 1
    year = np.where(lines.year > 0, lines.year - axis.base, begins)
    year = np.clip(year, 0, axis.length - 1)
    yearly = lines.basis == "per_year"
    once = lines.take(~yearly)
    np.add.at(amounts, (year[~yearly], once.measure), once.mid)
    lines = lines.take(yearly)
    if len(lines.measure):
        measures, series = np.unique(lines.measure, return_inverse=True)
        held = axis.levels(series, year[yearly], lines.mid)
        amounts[:, measures] += held * axis.alive(measures)
    return amounts, reason, joint


def _groups(lines, measures: int) -> tuple[np.ndarray, np.ndarray]:
    """Mask of the lines that count, and the number of the effect that each measure shares."""
    counted, joint = np.ones(len(lines.measure), dtype=bool), np.full(measures, -1)
    for number, group in enumerate(sorted(set(lines.effect_group.tolist()) - {""})):
        of_group = lines.effect_group == group
        members = np.unique(lines.measure[of_group])
        counted &= ~of_group | (lines.measure == members[0])
        if len(members) > 1:
            joint[members] = number
    return counted, joint


def _merged(shared: Sequence[np.ndarray], measures: int) -> np.ndarray:
    """Numbers of the measures that share any effect, directly or through others; -1 for none."""
    number = np.arange(measures)
    for joint in shared:
        for group in np.unique(joint[joint >= 0]):
            members = np.isin(number, number[joint == group])
            number[members] = number[members].min()
    alone = np.bincount(number, minlength=measures)[number] == 1
    return np.where(alone, -1, number)


def _reasons(plan: Plan, view: View, tax_factor: float) -> np.ndarray:
    """Why a measure's money is not known, the first that applies; empty where it is."""
    states_running = np.zeros(plan.size[1], dtype=bool)
    states_running[plan.running_costs.measure] = True
    found = {
        "no_cost": ~(plan.known | plan.incremental_known),
        "no_lifetime": plan.assets.lifetime == 0,
        "no_running_cost": ~states_running,
    }
    if view == "municipality":
        ours = split_unknown(plan), group_part(plan) == 0
        found = {"split_unknown": ours[0], "not_ours": ours[1]} | found
    if view == "society" and tax_factor != 1.0:
        found["payer_unknown"] = np.isnan(tax_part(plan))
    reason = np.full(plan.size[1], "", dtype=object)
    for why, mask in reversed(found.items()):
        reason[mask] = why
    return reason


def _either(reason: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(reason != "", reason, other).astype(object)

"""The laws of scenarios, on a whole plan: nothing changes nothing, and what adds up adds up."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import commands
from model.difference import parts, with_parts
from model.money import split
from model.reference import reference
from model.results import results
from model.scenario import (
    AS_IS,
    CalculationRate,
    CostFactor,
    Delay,
    EffectFactor,
    FundingFactor,
    Only,
    Override,
    Reinforce,
    Rollout,
    Scenario,
    SuccessRate,
    SwitchOff,
    SwitchOn,
    Where,
    apply,
    combine,
)
from model.store.connection import Store

LAW = settings(max_examples=25, deadline=None)
SECTORS = ("energy", "transport", "buildings", "waste")
wheres = st.one_of(
    st.just(Where()),
    st.lists(st.sampled_from(SECTORS), min_size=1, max_size=2, unique=True).map(
        lambda sectors: Where(tags={"sector": tuple(sectors)})
    ),
)
adjustments = st.one_of(
    st.builds(SwitchOff, where=wheres),
    st.builds(SwitchOn, where=wheres),
    st.builds(Only, where=wheres),
    st.builds(Delay, years=st.integers(1, 4), where=wheres),
    st.builds(CostFactor, factor=st.sampled_from([0.5, 1.0, 1.3]), where=wheres),
    st.builds(EffectFactor, factor=st.sampled_from([0.0, 1.0, 1.5]), where=wheres),
    st.builds(FundingFactor, factor=st.sampled_from([0.0, 0.7, 2.0]), where=wheres),
    st.builds(SuccessRate, probability=st.sampled_from([0.1, 0.9]), where=wheres),
    st.builds(CalculationRate, rate=st.sampled_from([0.01, 0.05])),
)
overrides = st.builds(
    Override,
    path=st.sampled_from(["climate/carbon_value", "economy/tax_factor"]),
    level=st.sampled_from(["low", "central", "high"]),
)
reinforcements = st.builds(
    Reinforce, measures=st.just(("a", "b")), factor=st.sampled_from([0.9, 1.1])
)
NAMED = st.sampled_from(["ett", "två", "tre"])
scenarios = st.builds(
    Scenario,
    id=NAMED,
    name=NAMED,
    author=st.sampled_from(["", "Kim", "Alex"]),
    reading=st.sampled_from([None, "planned", "expected"]),
    assumptions=st.lists(overrides, max_size=2).map(tuple),
    adjustments=st.lists(adjustments, max_size=3).map(tuple),
    exclude=st.lists(st.just(("a", "b")), max_size=1).map(tuple),
    require=st.lists(st.just(("a", ("c",))), max_size=1).map(tuple),
    reinforce=st.lists(reinforcements, max_size=1).map(tuple),
)


@pytest.fixture(scope="module")
def plan():
    """The example municipality's plan."""
    document = next(each for each in reference().plans if each.plan.example)
    store = Store.open(None)
    commands.create_plan(document, "prov", store=store)
    yield results(document.plan.id, store=store).base
    store.close()


def same(one, other) -> bool:
    """Whether two plans hold the same, to the last öre."""
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, np.ndarray):
        if one.dtype.kind == "f":
            return np.array_equal(one, other, equal_nan=True)
        return np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


@LAW
@given(scenarios, scenarios, scenarios)
def test_it_does_not_matter_which_two_are_combined_first(one, two, three):
    assert combine(combine(one, two), three) == combine(one, combine(two, three))


@LAW
@given(scenarios)
def test_the_plan_as_it_is_adds_nothing(scenario):
    assert combine(AS_IS, scenario) == scenario == combine(scenario, AS_IS)
    assert combine() == AS_IS == combine(AS_IS, AS_IS)


@LAW
@given(scenarios, scenarios)
def test_two_together_are_the_one_on_what_the_other_makes(plan, one, two):
    """As far as nothing is switched or reinforced, which is settled over the whole."""
    plain = [
        each.model_copy(
            update={
                "adjustments": tuple(
                    a for a in each.adjustments if a.do not in ("switch_off", "switch_on", "only")
                ),
                "reinforce": (),
            }
        )
        for each in (one, two)
    ]
    assert same(apply(plan, combine(*plain)), apply(apply(plan, plain[0]), plain[1]))


@LAW
@given(wheres)
def test_what_is_switched_off_and_on_again_is_the_plan_itself(plan, where):
    scenario = AS_IS.then(SwitchOff(where=where), SwitchOn(where=where))
    assert apply(plan, scenario) is plan


@LAW
@given(wheres)
def test_only_some_is_the_rest_switched_off(plan, where):
    rest = tuple(str(each) for each in plan.tags["id"][~where.mask(plan)])
    off = [SwitchOff(where=Where(tags={"id": rest}))] if rest else []
    assert same(apply(plan, AS_IS.then(Only(where=where))), apply(plan, AS_IS.then(*off)))


@LAW
@given(st.integers(1, 4), st.integers(1, 4), wheres)
def test_a_delay_after_a_delay_is_their_sum(plan, one, two, where):
    twice = AS_IS.then(Delay(years=one, where=where), Delay(years=two, where=where))
    assert same(apply(plan, twice), apply(plan, AS_IS.then(Delay(years=one + two, where=where))))


@pytest.mark.parametrize(
    "nothing", [CostFactor(factor=1.0), EffectFactor(factor=1.0), FundingFactor(factor=1.0)]
)
def test_a_factor_of_one_changes_nothing(plan, nothing):
    assert same(apply(plan, AS_IS.then(nothing)), plan)


stages = st.dictionaries(st.integers(2026, 2036), st.integers(1, 100), min_size=1, max_size=5).map(
    lambda weights: {
        year: int(part) / 1_000_000
        for year, part in zip(
            weights, split(np.int64(1_000_000), np.array(list(weights.values()))), strict=True
        )
    }
)


@LAW
@given(stages, wheres)
def test_a_rollout_keeps_every_ore_of_need_and_money(plan, shares, where):
    rolled = apply(plan, AS_IS.then(Rollout(shares=shares, where=where)))

    def sums(of):
        tables = [getattr(of.need, level) for level in ("low", "mid", "high")]
        tables += [of.one_off.mid, of.avoided.mid, of.incremental.mid, of.grants.payments]
        given_ = of.appropriations
        tables += [given_.planned_net, given_.planned_gross, given_.decided_net, of.paid]
        return [table.sum(axis=0).tolist() for table in tables]

    assert sums(rolled) == sums(plan)
    assert rolled.years[0] == plan.years[0]
    assert (rolled.need.mid >= 0).all()
    # What is left of each measure comes in its shares, to the öre.
    left = plan.need.mid - np.minimum(plan.paid, plan.need.mid)
    left[0] = 0
    moved = where.mask(plan) & (left.sum(axis=0) > 0)
    if moved.any():
        parts = np.array([round(share * 1_000_000) for _, share in sorted(shares.items())])
        wanted = split(left.sum(axis=0), np.repeat(parts[:, None], plan.size[1], axis=1))
        for year, part in zip(sorted(shares), wanted, strict=True):
            row = np.flatnonzero(rolled.years == year)[0]
            before = np.flatnonzero(plan.years == year)
            paid = np.minimum(plan.paid, plan.need.mid)[before].sum(axis=0)
            assert (rolled.need.mid[row] - paid)[moved].tolist() == part[moved].tolist()


@LAW
@given(scenarios)
def test_a_hash_tells_what_is_done_and_not_what_it_is_called(scenario):
    renamed = scenario.model_copy(update={"id": "annat", "name": "Annat", "note": "n"})
    assert renamed.hash == scenario.hash
    more = scenario.then(CostFactor(factor=1.7))
    other = scenario.model_copy(update={"exclude": (("x", "y"),)})
    assert len({scenario.hash, more.hash, other.hash}) == 3


@LAW
@given(scenarios)
def test_a_scenario_is_made_of_its_parts_when_it_is_compared(scenario):
    again = with_parts(scenario, parts(scenario))
    assert again == scenario
    assert with_parts(scenario, ()).changes is False

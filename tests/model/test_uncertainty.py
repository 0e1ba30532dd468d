"""How sure the gap is: every draw is the kernel's, and what draws say together."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from benchmarks.plans import generated
from model.draws import SHAPES
from model.errors import InvalidData
from model.owners import parts
from model.readings import read
from model.reference import reference
from model.rows import Expenditure, OwnerShare
from model.sensitivity import swings, variance_shares
from model.uncertainty import (
    Drawing,
    Settings,
    Stopped,
    gap_of_expected_money,
    settings_of,
    simulate,
)
from model.worlds import BATCH, Price, World, Worlds, drawn, inputs
from tests.model.conftest import appropriation, grant, measure

EVERYBODY = {"actor_group": None}
ROOT = Path(__file__).parents[2]


def ranged(key: str, low: int, mid: int, high: int, year: int = 2026, **fields):
    """A measure with a range in one year."""
    spent = (Expenditure(year=year, low=low, mid=mid, high=high),)
    return measure(key, expenditures=spent, **fields)


def messy(result_of):
    """A plan with everything at once: ranges, paid, gross money, shares, applications, owners."""
    return result_of(
        ranged(
            "a",
            800,
            1_000,
            1_900,
            sector="buildings",
            grants=(
                grant("g", {2026: 500}, share="0.4"),
                grant("s", {2026: 300, 2027: 200}, "applied", probability="0.3"),
            ),
            appropriations=(appropriation(2026, 900, basis="gross"),),
        ),
        measure(
            "b",
            expenditures=(
                Expenditure(year=2026, low=100, mid=100, high=400, paid=True),
                Expenditure(year=2027, low=333, mid=700, high=701),
                Expenditure(year="later", low=10, mid=20, high=30),
                Expenditure(year=2026, low=20, mid=50, high=300, kind="one_off_operating"),
            ),
            grants=(
                grant("x", {2028: 400}, "applied", probability="0.6", share="0.5"),
                grant("y", {2026: 100}, "applied", probability="0.5", eligible_expenditure=900),
                grant("z", {2026: 900}, "applied"),
                grant("i", {2026: 70}, "idea"),
            ),
            appropriations=(
                appropriation(2026, 200, carry_over=100),
                appropriation(2027, 150, "planned"),
            ),
        ),
        measure("certain", need={2026: 500, 2028: 100}, grants=(grant("g", {2027: 90}),)),
        ranged(
            "shared",
            100,
            201,
            305,
            2028,
            owner="mixed",
            owner_kind="mixed",
            owner_shares=(
                OwnerShare(owner="municipality", share="0.333333"),
                OwnerShare(owner="business", share="0.666667"),
            ),
            grants=(grant("g", {2026: 30}, share="0.1", eligible_expenditure=201),),
        ),
        measure("unknown"),
    ).plan


def every_gap(worlds: Worlds, world: World) -> list[np.ndarray]:
    """The ordinary kernel's gap of each world by itself."""
    return [
        read(worlds.one(world.take([draw])), worlds.reading).gap
        for draw in range(world.won.shape[1])
    ]


@pytest.mark.parametrize("reading", ["secured", "planned", "expected", "best_case"])
@pytest.mark.parametrize("price", [None, Price(-0.02, 0.0, 0.05)])
@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_each_draw_is_the_ordinary_kernels_gap_to_the_ore(result_of, reading, price, shape):
    worlds = Worlds(messy(result_of), reading, None, price, shape)
    world, _at = next(drawn(worlds, 1, 7, "sector", 0.4))
    some = world.take(np.arange(40))
    found = worlds.gap(some)
    for draw, gap in enumerate(every_gap(worlds, some)):
        assert (found[:, :, draw] == gap).all()


def test_each_draw_of_a_large_plan_is_the_ordinary_kernels_gap():
    worlds = Worlds(generated(60, 8), "expected")
    world, _at = next(drawn(worlds, 1, 1, "all", 0.5))
    found = worlds.gap(world)
    for draw in range(0, BATCH, 16):
        gap = read(worlds.one(world.take([draw])), "expected").gap
        assert (found[:, :, draw] == gap).all()


@pytest.mark.parametrize("reading", ["secured", "planned", "expected", "best_case"])
def test_without_ranges_every_draw_is_the_central_case(result_of, reading):
    plan = result_of(
        measure("a", need={2026: 1_000}, grants=(grant("g", {2026: 300}, share="0.2"),)),
        measure(
            "b",
            need={2027: 700},
            grants=(grant("s", {2027: 200}, "applied", probability=1),),
            appropriations=(appropriation(2027, 100, "planned"),),
        ),
    ).plan
    found = simulate(plan, Settings(draws=300, reading=reading, correlation=0.5))
    central = read(plan, reading).gap.sum(axis=1)
    assert found.certain
    assert (found.gap == central[:, None]).all()
    assert (found.central == central).all()
    assert found.mean == central.sum()
    assert variance_shares(found) == ()
    assert swings(plan, found.settings) == (central.sum(), ())


def test_the_same_seed_gives_the_same_digits_and_another_seed_others(result_of):
    plan = messy(result_of)
    once, again, other = (
        simulate(plan, Settings(draws=500, correlation=0.3, seed=seed)) for seed in (1, 1, 2)
    )
    assert (once.gap == again.gap).all()
    assert (once.gap != other.gap).any()


def test_the_digits_of_a_seed_are_these(result_of):
    plan = result_of(ranged("a", 1_000, 2_000, 4_000)).plan
    total = simulate(plan, Settings(draws=4, seed=2030)).total
    assert total.tolist() == [180_181, 269_614, 283_061, 189_301]


def test_fewer_draws_are_the_first_of_many(result_of):
    plan = messy(result_of)
    few, many = (simulate(plan, Settings(draws=draws)).gap for draws in (300, 1_000))
    assert (many[:, :300] == few).all()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("spread", ["sobol", "latin"])
def test_the_mean_and_spread_of_independent_ranges_are_those_of_the_closed_form(
    result_of, shape, spread
):
    triples = [(1_000, 2_000, 6_000), (500, 500, 900), (100, 700, 800)]
    plan = result_of(*(ranged(f"m{i}", *each) for i, each in enumerate(triples))).plan
    found = simulate(plan, Settings(draws=2**13, shape=shape, spread=spread))
    closed = SHAPES[shape](*(100.0 * np.array(triples).T))
    last = found.convergence()[-1]
    # Three standard errors, and half an öre of rounding for each of the ranges.
    assert abs(last.mean - closed.mean().sum()) <= 3 * last.mean_error + 1.5
    assert found.total.var() == pytest.approx(closed.variance().sum(), rel=0.02)
    shares = {share.input.measure: share.share for share in variance_shares(found)}
    for place, variance in enumerate(closed.variance()):
        assert shares[place] == pytest.approx(variance / closed.variance().sum(), abs=0.015)


def test_what_is_fully_correlated_has_the_quantiles_of_its_parts_added(result_of):
    plan = result_of(ranged("a", 1_000, 1_500, 2_000), ranged("b", 0, 4_000, 5_000)).plan
    found = simulate(plan, Settings(draws=2**12, correlation=1.0, common="all"))
    apart = [
        simulate(plan.keep(np.arange(2) == place), Settings(draws=2**12)).of_total()
        for place in (0, 1)
    ]
    assert found.of_total() == pytest.approx(sum(apart), rel=2e-3)


def test_the_deviates_behind_costs_of_a_sector_have_the_stated_correlation():
    from scipy.special import ndtri

    worlds = Worlds(generated(12, 6), "secured")
    batches = [world.cost for world, _at in drawn(worlds, 2**13, 3, "sector", 0.6)]
    deviates = ndtri(np.clip(np.concatenate(batches, axis=1), 1e-12, 1 - 1e-12))
    found = np.corrcoef(deviates)
    sector = worlds.plan.tags["sector"][worlds.ranged]
    same = sector[:, None] == sector
    assert found == pytest.approx(np.where(same, 0.6, 0.0) + 0.4 * np.eye(len(sector)), abs=0.04)


def test_all_outcomes_of_the_applications_weighed_together_are_the_expected_reading(result_of):
    chances = [0.5, 0.25, 0.8, 0.1]
    plan = result_of(
        measure(
            need={2026: 1_000, 2027: 450},
            grants=tuple(
                grant(f"s{i}", {2026: 250, 2027: 180}, "applied", probability=str(chance))
                for i, chance in enumerate(chances)
            ),
            appropriations=(appropriation(2027, 200),),
        )
    ).plan
    worlds = Worlds(plan)
    outcomes = np.array(list(product((False, True), repeat=len(chances)))).T
    weights = np.where(outcomes, np.array(chances)[:, None], 1 - np.array(chances)[:, None])
    gap = worlds.gap(World(np.empty((0, outcomes.shape[1])), outcomes, None))
    mean = (gap * weights.prod(axis=0)).sum(axis=2)
    assert np.abs(mean - read(plan, "expected").gap).max() <= 0.5
    found = simulate(plan, Settings(draws=2**13))
    assert found.mean == pytest.approx(found.central.sum(), rel=2e-3)


def test_applications_succeed_as_often_as_their_chance_says():
    worlds = Worlds(generated(20, 6))
    won = np.concatenate([w.won for w, _at in drawn(worlds, 2**13, 1, "all", 0.0)], axis=1)
    assert won.mean(axis=1) == pytest.approx(worlds.chance, abs=0.002)


def test_the_mean_of_the_gap_is_not_the_gap_of_expected_money(result_of):
    plan = result_of(
        measure(
            need={2026: 1_000},
            grants=(
                grant("g", {2026: 400}),
                grant("s", {2026: 800}, "applied", probability="0.5"),
            ),
        )
    ).plan
    found = simulate(plan, Settings(draws=2**12))
    assert found.mean == pytest.approx(30_000, rel=1e-3)
    assert found.of_expected_money.sum() == 20_000
    assert gap_of_expected_money(Worlds(plan, "planned")).sum() == 60_000


def test_a_range_that_the_money_does_not_reach_moves_no_gap(result_of):
    plan = result_of(ranged("a", 100, 150, 200, appropriations=(appropriation(2026, 200),))).plan
    found = simulate(plan, Settings(draws=256))
    assert not found.total.any()
    assert variance_shares(found) == ()


def test_what_is_not_certain_is_counted_and_what_is_unknown_too(result_of):
    plan = messy(result_of)
    found = Worlds(plan, "expected").certainty
    assert (found.ranged, found.certain, found.unknown) == ((0, 1, 3), (2,), (4,))
    assert found.measures == 5
    assert (found.drawn, found.without_chance, found.left_out) == (3, 1, 0)
    secured = Worlds(plan, "secured").certainty
    assert (secured.drawn, secured.without_chance, secured.left_out) == (0, 0, 4)


def test_a_lower_bound_is_no_range(result_of):
    plan = result_of(measure("a", expenditures=(Expenditure(year=2026, low=700),))).plan
    found = simulate(plan, Settings(draws=256))
    assert (found.certainty.lower_bounds, found.certainty.ranged) == ((0,), ())
    assert found.certain


def test_only_the_groups_part_of_a_shared_measure_is_in_the_gap(result_of):
    plan = messy(result_of)
    ours = simulate(plan, Settings(draws=256)).gap
    worlds = Worlds(plan, "expected")
    gaps = [worlds.gap(w) for w, _at in drawn(worlds, 256, 2030, "sector", 0.0)]
    shared_out = parts(worlds.plan)
    group = shared_out.actor_group == "municipal_group"
    every = np.concatenate(gaps, axis=2).swapaxes(1, 2)
    assert (ours == shared_out.of(every)[..., group].sum(axis=2)).all()


def test_quantiles_rise_and_are_drawn_values(result_of):
    found = simulate(messy(result_of), Settings(draws=700, **EVERYBODY))
    fan = found.fan((0.0, 0.1, 0.5, 0.9, 1.0))
    assert fan.dtype == np.int64
    assert (np.diff(fan, axis=0) >= 0).all()
    assert np.isin(found.of_total(), found.total).all()


def test_the_share_within_a_limit_counts_the_draws_at_or_below_it(result_of):
    found = simulate(messy(result_of), Settings(draws=700))
    limits = np.unique(found.total)[[0, 50, -1]]
    for limit in limits:
        assert found.share_within(int(limit)) == (found.total <= limit).sum() / 700
    assert found.share_within(int(limits[0]) - 1) == 0
    assert found.share_within(int(limits[-1])) == 1


def test_the_tornado_is_the_ordinary_kernel_one_input_at_a_time(result_of):
    plan = messy(result_of)
    price = Price(-0.01, 0.0, 0.04)
    central, found = swings(plan, Settings(price=price, **EVERYBODY))
    assert central == read(plan, "expected").gap.sum()
    assert [swing.width for swing in found] == sorted((s.width for s in found), reverse=True)
    by_input = {(s.input.kind, s.input.measure, s.input.line): s for s in found}
    application = by_input["application", 0, 1]
    for chance, gap in ((1.0, application.low), (0.0, application.high)):
        probability = plan.grants.probability.copy()
        probability[1] = chance
        changed = plan.replace(grants=plan.grants.replace(probability=probability))
        assert read(changed, "expected").gap.sum() == gap
    assert len(found) == 1 + 3 + 3
    assert by_input["price", -1, -1].low < central < by_input["price", -1, -1].high


def test_a_cost_swings_as_if_only_it_were_low(result_of):
    plan = result_of(
        ranged("a", 800, 1_000, 1_500, appropriations=(appropriation(2026, 900),)),
        ranged("b", 10, 20, 30),
    ).plan
    central, (first, second) = swings(plan, Settings(reading="secured"))
    assert central == 12_000
    assert (first.input.measure, first.low, first.high) == (0, 2_000, 62_000)
    assert (second.input.measure, second.low, second.high) == (1, 11_000, 13_000)


def test_the_shares_of_what_is_common_and_own_add_up_in_a_linear_plan(result_of):
    plan = result_of(*(ranged(f"m{i}", 500, 1_000, 1_500) for i in range(3))).plan
    found = simulate(plan, Settings(draws=2**13, correlation=0.5))
    shares = {s.input.kind: s.share for s in variance_shares(found)}
    # Three equal costs of one sector: the variance is 3 + 6r of one, and 9r of it is common.
    assert shares["common"] == pytest.approx(9 * 0.5 / (3 + 6 * 0.5), abs=0.03)
    assert sum(s.share for s in variance_shares(found)) == pytest.approx(1, abs=0.03)


def test_what_is_drawn_is_named_in_order(result_of):
    worlds = Worlds(messy(result_of), price=Price(0, 0, 0.1))
    kinds = [each.kind for each in inputs(worlds, "sector", 0.3)]
    assert kinds == ["price", *["common"] * 2, *["cost"] * 3, *["application"] * 3]
    assert inputs(worlds, "all", 0.3)[1].group == ""
    assert "common" not in [each.kind for each in inputs(worlds, "all", 0.0)]


def test_the_error_falls_as_draws_are_added(result_of):
    found = simulate(messy(result_of), Settings(draws=5_000))
    every = found.convergence()
    assert [each.draws for each in every] == [256, 512, 1024, 2048, 4096, 5_000]
    assert every[-1].mean_error < every[0].mean_error / 5
    assert max(every[-1].fan_errors) < max(every[0].fan_errors)
    assert round(every[-1].mean) == pytest.approx(found.mean, abs=1)
    assert every[-1].fan == tuple(found.of_total())


def test_the_error_of_few_draws_is_not_known(result_of):
    (few,) = simulate(messy(result_of), Settings(draws=100)).convergence()
    assert np.isnan([few.mean_error, *few.fan_errors]).all()


def test_the_chance_of_an_amount_rises_with_the_amount(result_of):
    found = simulate(messy(result_of), Settings(draws=512, shape="pert", spread="latin"))
    limits = np.linspace(found.total.min() - 1, found.total.max(), 50).astype(int)
    shares = [found.share_within(limit) for limit in limits]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


DIGEST = """
import hashlib
from benchmarks.plans import generated
from model.uncertainty import Settings, simulate
for spread in ("sobol", "latin"):
    found = simulate(generated(6, 4), Settings(draws=300, correlation=0.3, shape="pert",
                                               spread=spread))
    print(hashlib.sha256(found.gap.tobytes("C")).hexdigest())
"""


def test_another_process_draws_the_same_to_the_last_digit(capsys):
    asked = [sys.executable, "-c", DIGEST]
    there = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    exec(DIGEST, {})
    assert capsys.readouterr().out == there
    assert len(set(there.split())) == 2


def test_what_is_drawn_stays_when_the_draws_are_stopped(result_of):
    plan, asked = messy(result_of), Settings(draws=1_000)
    drawing = Drawing(plan, asked)
    with pytest.raises(Stopped):
        drawing.until(1_000, lambda done, of: done >= 512)
    assert drawing.done == 512
    few = drawing.simulation(512)
    assert few.settings.draws == 512
    told = []
    drawing.until(1_000, lambda done, of: told.append(done))
    assert told == [768, 1_000]
    whole = simulate(plan, asked)
    assert (drawing.simulation(1_000).gap == whole.gap).all()
    assert (few.gap == whole.gap[:, :512]).all()
    with pytest.raises(ValueError, match="expected at least"):
        drawing.simulation(5_000)


def test_one_off_expenditure_moves_the_gap_only_through_a_grant_that_is_a_share_of_it(result_of):
    def total(**of_grant):
        plan = result_of(
            measure(
                "a",
                expenditures=(
                    Expenditure(year=2026, mid=1_000),
                    Expenditure(year=2026, low=0, mid=0, high=400, kind="one_off_operating"),
                ),
                grants=(grant("g", {2026: 700}, **of_grant),),
            ),
            head={"id": f"plan-{len(of_grant)}"},
        ).plan
        return simulate(plan, Settings(draws=256, reading="secured")).total

    assert np.unique(total()).tolist() == [30_000]
    spread = total(share="0.5")
    # The grant is half of 1 000 to 1 400: the gap is 500 to 300.
    assert spread.max() > 49_000
    assert 30_000 <= spread.min() < 31_000


def test_what_nobody_has_stated_is_held_fixed():
    usual = settings_of(reference().assumptions)
    assert (usual.price, usual.energy, usual.interest) == (None, None, None)
    assert usual.effect_correlation == 0


def test_draws_tell_how_far_they_are_and_stop_when_told(result_of):
    plan = messy(result_of)
    told = []
    simulate(plan, Settings(draws=300), lambda done, of: told.append((done, of)))
    assert told == [(256, 300), (300, 300)]
    with pytest.raises(Stopped, match="Stopped after 256 of 300"):
        simulate(plan, Settings(draws=300), lambda done, of: True)


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"seed": -1}, {"correlation": 1.5}, {"effect_correlation": -1}]
)
def test_settings_that_mean_nothing_are_refused(wrong):
    with pytest.raises(InvalidData):
        Settings(**wrong)

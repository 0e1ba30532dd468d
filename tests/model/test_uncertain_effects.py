"""How sure emissions and the operating impact are."""

from dataclasses import replace

import numpy as np
import pytest

from model.operating import operating
from model.rates import Rate
from model.reference import reference
from model.rows import RunningCost
from model.uncertain_operating import simulate_operating
from model.uncertain_tonnes import simulate_tonnes
from model.uncertainty import Settings, Stopped
from model.worlds import Price, Worlds, drawn
from tests.model.conftest import grant, measure
from tests.model.test_uncertainty import messy, ranged

YEARS = np.array([2026, 2027])
NOWHERE = np.array(["", "", ""], dtype=object)


def table(first, second) -> np.ndarray:
    return np.array([first, second], dtype=float)


def test_tonnes_are_drawn_between_low_and_high_and_certain_ones_stay():
    levels = (
        table((0, 50, 0), (100, 50, 0)),
        table((0, 50, 0), (200, 50, 0)),
        table((0, 50, 0), (600, 50, 0)),
    )
    found = simulate_tonnes(YEARS, *levels, NOWHERE, Settings(seed=1))
    assert (found.lowered[0] == 50).all()
    assert found.lowered[1].mean() == pytest.approx(50 + 300, rel=1e-3)
    assert (found.ranged, found.certain) == (1, 1)
    assert found.share_reaching(150) == pytest.approx(1.0)
    assert found.share_reaching(250) == pytest.approx(1 - 0.2, abs=0.01)
    again = simulate_tonnes(YEARS, *levels, NOWHERE, Settings(seed=1))
    assert (found.lowered == again.lowered).all()
    few, half, most = found.left(np.array([1_000.0, np.nan]))
    assert few[0] == half[0] == most[0] == 950
    assert np.isnan([few[1], half[1], most[1]]).all()


def test_without_ranges_every_draw_lowers_as_the_plan_says():
    levels = [table((0, 50, 7), (100, 50, 7))] * 3
    found = simulate_tonnes(YEARS, *levels, NOWHERE, Settings(draws=300))
    assert (found.lowered == np.array([[57], [157]])).all()


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_effects_that_follow_each_other_spread_wider_and_mean_the_same(shape):
    levels = [table((0, 0, 0), each) for each in ((0, 0, 0), (50, 50, 50), (100, 100, 100))]
    sectors = np.array(["a", "a", "b"], dtype=object)
    alone, sector, every = (
        simulate_tonnes(YEARS, *levels, sectors, Settings(shape=shape, **chosen)).lowered[1]
        for chosen in (
            {},
            {"effect_correlation": 0.8},
            {"effect_correlation": 0.8, "common": "all"},
        )
    )
    assert alone.std() < sector.std() < every.std()
    for each in (alone, sector, every):
        assert each.mean() == pytest.approx(150, rel=1e-2)


def test_a_year_with_another_range_moves_with_the_measures_other_years():
    levels = [table((each,), (2 * each,)) for each in (10, 20, 40)]
    found = simulate_tonnes(YEARS, *levels, NOWHERE[:1], Settings(draws=256))
    # Each year is drawn to a thousandth of a tonne.
    assert found.lowered[1] == pytest.approx(2 * found.lowered[0], abs=2e-3)


def test_the_chance_of_a_target_falls_as_more_is_asked():
    levels = [table((0, 0, 0), each) for each in ((0, 5, 9), (50, 50, 50), (90, 80, 100))]
    found = simulate_tonnes(YEARS, *levels, NOWHERE, Settings(draws=512))
    shares = [found.share_reaching(tonnes) for tonnes in range(0, 300, 10)]
    assert shares == sorted(shares, reverse=True)


def running(result_of):
    """A plan whose operating impact hangs on costs, an application and energy."""
    assets = {"in_service": "2027-01", "lifetime_years": 20, "department": "Tekniska"}
    energy = RunningCost(item="energy", year=2028, amount=-30, in_frame=True)
    return result_of(
        ranged(
            "a",
            800,
            1_000,
            1_900,
            grants=(grant("klimatklivet", {2027: 300}, "applied", probability="0.4", share="0.5"),),
            running_costs=(energy,),
            **assets,
        ),
        measure("certain", need={2026: 500}, running_costs=(energy,), **assets),
    ).plan


def rates_of(result):
    """Known interest rates."""
    return replace(
        result,
        internal={2026: Rate(0.02, 2026, "municipality")},
        municipality={2026: Rate(0.03, 2026, "municipality")},
    )


@pytest.fixture
def known(store):
    """Rates and funding to reckon with."""
    from model.rates import rates

    return rates_of(rates((), ())), reference().funding


@pytest.mark.parametrize("plan_of", [running, messy])
@pytest.mark.parametrize("reading", ["secured", "expected"])
def test_each_draw_is_the_operating_impact_of_its_world_to_the_ore(
    result_of, known, plan_of, reading
):
    plan = plan_of(result_of)
    chosen = Settings(draws=30, reading=reading, correlation=0.3, price=Price(-0.02, 0, 0.05))
    found = simulate_operating(plan, *known, chosen)
    worlds = Worlds(plan, reading, price=chosen.price)
    world, _at = next(drawn(worlds, 1, chosen.seed, "sector", 0.3))
    until = int(found.years[-1])
    for draw in range(30):
        one = operating(worlds.one(world.take([draw])), *known, reading, until=until)
        assert (found.effect[:, draw] == one.total("municipality")).all()
    assert (found.central == operating(plan, *known, reading).total("municipality")).all()


def test_without_ranges_the_operating_impact_is_the_central_case(result_of, known):
    plan = result_of(measure("a", need={2026: 500}, in_service="2027-01", lifetime_years=20)).plan
    found = simulate_operating(plan, *known, Settings(draws=300))
    assert not found.moves
    assert found.central.any()
    assert (found.effect == found.central[:, None]).all()


def test_dearer_energy_saves_more_and_higher_interest_costs_more(result_of, known):
    plan = running(result_of).keep(np.array([False, True]))
    row = 2
    usual, dearer, higher = (
        simulate_operating(plan, *known, Settings(draws=256, **chosen))
        for chosen in ({}, {"energy": Price(0.1, 0.1, 0.1)}, {"interest": Price(0.01, 0.01, 0.01)})
    )
    assert usual.years[row] == 2028
    # 30 kronor saved three years after the base year, a tenth dearer each year.
    saved = round(3_000 * (1.1**3 - 1))
    assert (dearer.effect[row] == usual.effect[row] - saved).all()
    rates, funding = known
    raised = replace(rates, municipality={2026: Rate(0.04, 2026, "municipality")})
    exact = operating(plan, raised, funding).total("municipality")
    assert (higher.effect == exact[:, None]).all()


def test_operating_draws_tell_how_far_they_are_and_stop_when_told(result_of, known):
    plan = running(result_of)
    told = []
    simulate_operating(
        plan, *known, Settings(draws=300), tell=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (300, 300)
    with pytest.raises(Stopped):
        simulate_operating(plan, *known, Settings(draws=300), tell=lambda done, of: True)

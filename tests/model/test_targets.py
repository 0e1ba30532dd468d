"""How far it is to a target, and when that cannot be said."""

import pytest

from model.emission_rows import EmissionTarget
from model.inventory import published as emitted
from model.reference import reference
from model.targets import aims, distance, published


def of(code: str, key: str):
    city = reference().municipalities[code]
    (target,) = (target for target in city.targets if target.key == key)
    return distance(published(target), emitted(city.baseline))


def test_helsingborg_is_so_far_from_85_percent_below_1990():
    found = of("1283", "territory_2030")
    total_1990 = reference().municipalities["1283"].baseline.total(1990)
    assert found.level == pytest.approx(0.15 * total_1990)
    assert found.left == pytest.approx(found.latest - found.level)
    assert (found.latest_year, round(found.latest)) == (2024, 516012)


@pytest.mark.parametrize(
    ("code", "key", "obstacle"),
    [
        ("2480", "mission_2030", "boundary"),
        ("2480", "residents_2040", "boundary"),
        ("2284", "municipal_group_2030", "boundary"),
    ],
)
def test_what_differs_from_the_territorial_emissions_is_not_compared(code, key, obstacle):
    found = of(code, key)
    assert (found.obstacle, found.level, found.left) == (obstacle, None, None)


def made(**fields):
    city = reference().municipalities["1283"]
    target = city.targets[0].model_copy(update=fields)
    return distance(published(target), emitted(city.baseline))


def test_a_target_in_tonnes_is_a_level():
    assert made(reduction=None, value=100, unit="kt CO2e").level == 100_000


def test_a_target_that_is_met_has_nothing_left():
    assert made(reduction=None, value=9999, unit="kt CO2e").left == 0


def test_another_gas_a_missing_base_year_and_a_past_year_are_said():
    assert made(gas="fossil_co2").obstacle == "gas"
    assert made(reduction=None, value=1, unit="t CO2", gas="fossil_co2").obstacle == "gas"
    assert made(base_year=1987).obstacle == "no_base_year"
    assert made(year=2020).obstacle == "passed"


def test_net_zero_without_a_level_is_zero_once_sinks_are_counted_off():
    for code, key in (("1780", "territory_2030"), ("2580", "territory_2040")):
        found = of(code, key)
        assert (found.level, found.net, found.obstacle) == (0.0, True, None)


def test_a_target_that_neither_says_a_level_nor_net_zero_is_not_compared():
    assert made(reduction=None, net_zero=False).obstacle == "no_level"


def test_a_plans_own_targets_stand_instead_of_its_municipalitys():
    city = reference().municipalities["2580"]
    own = EmissionTarget(name="Mål", year=2035, tonnes=5, decision="decided")
    assert [aim.name for aim in aims((own,), city.targets)] == ["Mål"]
    assert [aim.year for aim in aims((), city.targets)] == [2030, 2040, 2045]

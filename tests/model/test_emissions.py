"""Tonnes as the sources state them."""

from model.emissions import Span
from model.rows import Effect
from tests.model.conftest import measure


def tonnes(basis: str = "per_year", group: str = "", **amounts) -> Effect:
    return Effect(
        indicator="co2e_reduction", unit="t CO2e", basis=basis, effect_group=group, **amounts
    )


def test_what_comes_every_year_is_never_summed_with_what_is_unclear(result_of):
    found = result_of(
        measure("a", effects=(tonnes(low=10, high=20),)),
        measure("b", effects=(tonnes("unclear", mid=100),)),
        measure("c", effects=(tonnes("once", mid=7),)),
        measure("d"),
    ).effect()
    assert found.yearly == Span(10, 15, 20)
    assert (found.unclear.mid, found.once.mid) == (100, 7)
    assert (found.stated, found.unstated) == (3, 1)


def test_a_joint_effect_is_counted_once(result_of):
    found = result_of(
        measure("a", effects=(tonnes(mid=100, group="laddning"),)),
        measure("b", effects=(tonnes(mid=100, group="laddning"),)),
        measure("c", effects=(tonnes(mid=1),)),
    ).effect()
    assert found.yearly.mid == 101


def test_a_lower_bound_makes_the_sum_one(result_of):
    found = result_of(
        measure("a", effects=(tonnes(low=100),)), measure("b", effects=(tonnes(mid=1),))
    ).effect()
    assert found.yearly == Span(101, 101, 101, from_below=True)

"""Points and ranges: even, reproducible, within their bounds, with the mean of their formula."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from model.draws import SHAPES, Perts, Points, Triangles, half_up, in_groups, together

MIDDLES = (np.arange(4_000) + 0.5)[None] / 4_000
TRIPLES = st.lists(st.tuples(*[st.integers(0, 10**7)] * 3), min_size=1, max_size=4)


def drawn_from(shape: str, triples) -> tuple:
    """(low, mid, high, ranges) of triples in any order."""
    low, mid, high = np.sort(np.array(triples, dtype=float), axis=1).T
    return low, mid, high, SHAPES[shape](low, mid, high)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(TRIPLES, st.integers(0, 2**31))
def test_a_draw_stays_within_its_range(shape, triples, seed):
    low, _mid, high, ranges = drawn_from(shape, triples)
    found = half_up(ranges.draw(Points(len(low), seed, 64).take()))
    assert (low[:, None] <= found).all()
    assert (found <= high[:, None]).all()


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(TRIPLES)
def test_the_mean_is_that_of_the_formula(shape, triples):
    low, mid, high, ranges = drawn_from(shape, triples)
    stated = (low + mid + high) / 3 if shape == "triangular" else (low + 4 * mid + high) / 6
    every = ranges.draw(np.repeat(MIDDLES, len(low), axis=0))
    assert ranges.mean() == pytest.approx(stated)
    assert np.abs(every.mean(axis=1) - stated).max() <= 2e-5 * (high - low).max() + 1e-9


@pytest.mark.parametrize("shape", SHAPES)
def test_the_ends_are_reached_exactly_and_quantiles_rise(shape):
    low, _mid, high, ranges = drawn_from(shape, [(1, 2, 6), (5, 5, 9), (1, 7, 7), (4, 4, 4)])
    place = np.repeat(np.linspace(0, 1, 501)[None], 4, axis=0)
    found = ranges.draw(place)
    assert (found[:, 0] == low).all()
    assert (found[:, -1] == high).all()
    assert (np.diff(found, axis=1) >= 0).all()


def test_perts_quantiles_are_those_of_the_beta_distribution():
    peaks = np.array([0.0, 0.037, 0.25, 0.5, 0.81, 1.0])
    found = Perts(0 * peaks, peaks, 0 * peaks + 1).draw(np.repeat(MIDDLES, len(peaks), axis=0))
    exact = beta.ppf(MIDDLES, 1 + 4 * peaks[:, None], 5 - 4 * peaks[:, None])
    assert np.abs(found - exact).max() < 1e-4


def test_pert_spreads_less_than_a_triangle():
    of = [np.array([each]) for each in (0.0, 0.3, 1.0)]
    assert Perts(*of).variance() < Triangles(*of).variance()
    assert Perts(*of).draw(MIDDLES).var() == pytest.approx(Perts(*of).variance()[0], rel=1e-3)


def test_several_items_may_lie_at_one_place():
    ranges = Triangles(np.array([0, 10]), np.array([1, 10]), np.array([2, 30]))
    at = np.array([[0.5, 1.0]])
    assert ranges.draw(at, np.array([0, 0]))[:, 1].tolist() == [2, 30]


@pytest.mark.parametrize("spread", ["sobol", "latin"])
def test_every_batch_has_one_point_in_each_of_as_many_parts(spread):
    points = Points(7, 3, 64, spread)
    for batch in (points.take(), points.take()):
        parts = np.sort((batch * 64).astype(int), axis=1)
        assert (parts == np.arange(64)).all()


@pytest.mark.parametrize("spread", ["sobol", "latin"])
def test_a_seed_gives_the_same_points_and_another_seed_others(spread):
    once, again, other = (Points(5, seed, 32, spread).take() for seed in (1, 1, 2))
    assert (once == again).all()
    assert (once != other).any()


def test_what_shares_a_group_moves_as_with_that_groups_number():
    at = Points(5, 1, 256).take()
    found = in_groups(at[2:], at[:2], np.array([1, 0, 1]), 0.4)
    for row, group in enumerate((1, 0, 1)):
        alone = together(at[2 + row : 3 + row], at[group : group + 1], 0.4)
        assert found[row] == pytest.approx(alone[0], abs=1e-12)
    assert in_groups(at[2:], at[:2], np.array([1, 0, 1]), 0.0) is not None

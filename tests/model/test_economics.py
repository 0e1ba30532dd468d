"""Worked cases, numpy-financial as the second implementation, and what must hold of any stream."""

from pathlib import Path

import numpy as np
import numpy_financial
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.economics import (
    annuity,
    benefit_cost_ratio,
    cost_per_tonne,
    internal_rate,
    net_benefit_per_krona,
    payback_years,
    present_value,
)

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "economics.yaml").read_text("utf-8"))
STREAM = st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=30)


def worked(given: dict) -> dict[str, float]:
    """Everything that the inputs of a case are enough for."""
    if "principal" in given:
        return {"annuity": annuity(given["principal"], given["rate"], given["years"])}
    if "flows" in given:
        flows = np.array(given["flows"], dtype=float)[:, None]
        found = internal_rate(flows)
        answer = {"internal_rate": found.rate[0], "reason": found.reason[0]}
        if "rate" in given:
            answer["present_value"] = present_value(flows, given["rate"])[0]
        return answer
    rate, years = given["rate"], given["years"]
    invested = np.array([given["investment"] * given.get("tax_factor", 1.0)])
    savings = np.zeros((years + 1, 1))
    savings[1:] = given["saving"]
    flows = savings.copy()
    flows[0] -= invested
    tonnes = np.zeros_like(flows)
    tonnes[1:] = given.get("tonnes", 0)
    value = present_value(flows, rate)
    return {
        "present_value": value[0],
        "internal_rate": internal_rate(flows).rate[0],
        "benefit_cost_ratio": benefit_cost_ratio(present_value(savings, rate), invested)[0],
        "net_benefit_per_krona": net_benefit_per_krona(value, invested)[0],
        "payback_years": payback_years(flows)[0],
        "discounted_payback_years": payback_years(flows, rate)[0],
        "cost_per_tonne": cost_per_tonne(-flows, tonnes, rate)[0],
    }


def decimals(figure: float) -> int:
    return len(str(figure).split(".")[1]) if "." in str(figure) else 0


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_worked_cases(case):
    found = worked(case["input"])
    for name, expected in case["expect"].items():
        if isinstance(expected, str):
            assert found[name] == expected
        else:
            assert round(float(found[name]), decimals(expected)) == expected


def test_the_cases_are_those_of_the_reference_material(shared):
    """Every economic figure of the shared cases is among ours."""
    theirs = yaml.safe_load((shared / "cases" / "finance.yaml").read_text("utf-8"))
    names = {"npv", "irr", "benefit_cost_ratio", "cost_per_tonne", "discounted_payback_years"}
    wanted = {
        abs(value)
        for case in theirs
        for name, value in case["expect"].items()
        if name in names and value is not None
    }
    ours = {
        abs(value)
        for case in CASES
        for value in case["expect"].values()
        if not isinstance(value, str)
    }
    assert wanted <= ours


@given(STREAM, st.floats(-0.5, 1.0))
def test_present_values_are_those_of_numpy_financial(flows, rate):
    theirs = numpy_financial.npv(rate, flows)
    ours = present_value(np.array(flows, dtype=float), rate)
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-6)


@given(st.integers(1, 10_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=30))
def test_internal_rates_of_one_outlay_are_those_of_numpy_financial(outlay, income):
    flows = [-outlay, *income]
    found = internal_rate(np.array(flows, dtype=float)[:, None])
    if found.reason[0]:
        assert np.isnan(found.rate[0])
        return
    assert found.rate[0] == pytest.approx(numpy_financial.irr(flows), rel=1e-7, abs=1e-7)


@given(STREAM)
def test_a_stream_is_worth_nothing_at_its_internal_rate(flows):
    stream = np.array(flows, dtype=float)[:, None]
    found = internal_rate(stream)
    if not found.reason[0]:
        terms = stream[:, 0] * (1 + found.rate[0]) ** -np.arange(len(flows), dtype=float)
        assert abs(terms.sum()) <= 1e-9 * np.abs(terms).max()


@given(STREAM, st.floats(0.0, 0.2))
def test_a_stream_that_pays_back_has_paid_by_then(flows, rate):
    stream = np.array(flows, dtype=float)
    years = payback_years(stream[:, None], rate)[0]
    so_far = np.cumsum(stream * (1 + rate) ** -np.arange(len(flows), dtype=float))
    if np.isnan(years):
        assert so_far[-1] < 0
    else:
        assert (so_far[int(np.ceil(years)) :] >= 0).all()


def test_an_annuity_is_worth_its_principal():
    payments = np.full(41, annuity(110_000_000, 0.035, 40))
    payments[0] = 0
    assert present_value(payments, 0.035) == pytest.approx(110_000_000, rel=1e-12)
    assert annuity(100, 0.0, 4) == 25


def test_the_yearly_payment_is_that_of_numpy_financial():
    theirs = -numpy_financial.pmt(0.025, 20, 10_000_000)
    assert annuity(10_000_000, 0.025, 20) == pytest.approx(theirs, rel=1e-12)

"""A plan's own values of assumptions stand over the shared ones."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from model import commands
from model.local_values import with_local_values
from model.municipal_rows import LocalValue
from model.reference import reference
from model.results import results
from model.rows import PlanHead
from model.validate_lists import validate_list

MORTALITY = "health/mortality_rate"
CARBON = "climate/carbon_value"


def own(assumption: str = MORTALITY, year: int = 2026, mid: str = "0.0025", **more) -> LocalValue:
    return LocalValue(assumption=assumption, year=year, mid=Decimal(mid), source="SCB", **more)


def codes(*values: LocalValue) -> list[tuple[str, str]]:
    head = PlanHead(
        id="prov",
        name="Prov",
        municipality="Provkommun",
        base_year=2026,
        first_year=2026,
        last_year=2030,
        system_boundary="territory",
    )
    return [
        (found.code, found.ref)
        for found in validate_list("local_values", values, head, reference(), [])
    ]


def test_what_nobody_has_published_is_known_once_the_plan_says_it():
    shared = reference().assumptions
    assert shared[MORTALITY].latest.value is None
    stated = with_local_values(shared, [own()])[MORTALITY].at(2027)
    assert (stated.value, stated.status, stated.source_ref) == (Decimal("0.0025"), "stated", "SCB")


def test_the_plan_s_value_holds_from_its_year_and_the_shared_one_before():
    price = with_local_values(reference().assumptions, [own(CARBON, 2022, "9000", price_year=2022)])
    assert price[CARBON].at(2021).value == 7000
    assert [price[CARBON].at(year).value for year in (2022, 2030)] == [9000, 9000]


def test_a_plan_that_says_nothing_has_the_shared_assumptions_themselves():
    assert with_local_values(reference().assumptions, ()) is reference().assumptions


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([own("health/luck")], ("unknown_key", "prov/local_values/health/luck/2026")),
        ([own(), own()], ("stands_twice", "prov/local_values")),
        (
            [own(unit="kg")],
            ("wrong_unit", "prov/local_values/health/mortality_rate/2026/unit"),
        ),
        (
            [own(CARBON, mid="9000")],
            ("no_price_year", "prov/local_values/climate/carbon_value/2026/price_year"),
        ),
    ],
)
def test_a_value_that_fits_no_assumption_is_refused_with_its_place(values, found):
    assert [code for code, _ in codes(*values)] == [found[0]]
    assert codes(*values)[0][1].startswith(found[1])


def test_a_value_without_a_figure_or_out_of_order_is_no_row():
    with pytest.raises(ValidationError, match="needs a figure"):
        LocalValue(assumption=MORTALITY, year=2026, source="SCB")
    with pytest.raises(ValidationError, match="not in order"):
        LocalValue(assumption=MORTALITY, year=2026, low=Decimal(2), mid=Decimal(1), source="SCB")


def test_a_saved_value_is_what_the_plan_s_results_use(store, document):
    commands.create_plan(document, "test", store=store)
    plan_id = document.plan.id
    commands.save_list(plan_id, "local_values", [own(mid="0.003")], 1, "test", store=store)
    assert results(plan_id, store=store).assumptions()[MORTALITY].at(2026).value == Decimal("0.003")

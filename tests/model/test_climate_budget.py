"""Departments' paths against the measures of the plan: worked cases on a real store."""

from decimal import Decimal

import pytest

from model import commands
from model.climate_budget import KINDS, series_of
from model.results import results
from model.rows import (
    Appropriation,
    DepartmentBudget,
    Effect,
    Expenditure,
    Intensity,
    Measure,
    PlanDocument,
    PlanHead,
    Spend,
)
from model.scenario import Delay, Scenario
from model.spend_emissions import Series

HEAD = PlanHead(
    id="takt",
    name="Takt",
    municipality="",
    base_year=2024,
    first_year=2026,
    last_year=2030,
    system_boundary="organisation",
)
OURS = Series("co2e", "consumption")


def effect(tonnes=100, **more) -> Effect:
    fields = {"indicator": "co2e_reduction", "unit": "t CO2e", "basis": "per_year"}
    return Effect(**fields | {"boundary": "consumption", "mid": tonnes} | more)


def measure(name: str, *effects: Effect, decided=100, need=100, **more) -> Measure:
    spent = (Expenditure(year=2026, mid=need),) if need is not None else ()
    given = (Appropriation(year=2026, status="decided", amount=decided),) if decided else ()
    fields = {"id": name, "name": name, "department": "Tekniska", "in_service": "2026-06"}
    return Measure(
        **fields | {"lifetime_years": 20} | more,
        expenditures=spent,
        appropriations=given,
        effects=effects or (effect(),),
    )


def budget(**more) -> DepartmentBudget:
    fields = {"department": "Tekniska", "boundary": "consumption", "base_year": 2024}
    return DepartmentBudget(
        **fields
        | {"target_year": 2030, "reduction": Decimal("0.6"), "base_tonnes": Decimal(1000)}
        | more
    )


@pytest.fixture
def paced(store):
    """The climate budget of a plan with these measures."""

    def run(*measures, budgets=(None,), reading="secured", series=OURS, trend=False, **lists):
        scenario = lists.pop("scenario", Scenario(id="plan", name="", name_en=""))
        document = PlanDocument(
            plan=HEAD,
            measures=measures,
            department_budgets=tuple(each or budget() for each in budgets),
            **lists,
        )
        commands.create_plan(document, "test", store=store)
        return results("takt", scenario, store).climate_budget(series, reading, trend=trend)

    return run


def test_what_is_to_be_reduced_is_the_base_less_the_path(paced):
    (pace,) = paced(measure("a")).departments
    assert pace.years == (2026, 2027, 2028, 2029, 2030)
    assert pace.allowed.tolist() == pytest.approx([800, 700, 600, 500, 400])
    assert pace.needed.tolist() == pytest.approx([200, 300, 400, 500, 600])


def test_tonnes_count_from_the_year_after_the_measure_is_in_use(paced):
    (pace,) = paced(measure("a")).departments
    assert pace.tonnes("funded").tolist() == [0, 100, 100, 100, 100]
    assert pace.tonnes().tolist() == pace.decided.tolist()


def test_a_yearly_level_holds_until_the_next_and_ends_with_the_life(paced):
    steps = measure("a", effect(10, year=2026), effect(30, year=2028))
    short = measure("b", effect(7), lifetime_years=2)
    found = paced(steps, short).departments[0]
    assert found.tonnes().tolist() == [10, 17, 37, 30, 30]


def test_decided_measures_with_money_stand_apart_from_those_that_lack_some(paced):
    found = paced(
        measure("funded", effect(1)),
        measure("lacks", effect(10), decided=60),
        measure("undecided", effect(100), decided=0, readiness="study"),
        measure("procured", effect(1000), decided=0, readiness="procured"),
        measure("cost", effect(10_000), need=None),
    ).departments[0]
    last = {kind: float(found.tonnes(kind)[-1]) for kind in KINDS}
    assert last == {"funded": 1, "unfunded": 1010, "cost_unknown": 10_000, "undecided": 100}
    assert found.decided[-1] == 11_011
    assert found.tonnes()[-1] == sum(last.values())


def test_the_reading_says_what_counts_as_money(paced, store):
    planned = measure("a").model_copy(
        update={
            "readiness": "appropriation",
            "appropriations": (Appropriation(year=2026, status="planned", amount=100),),
        }
    )
    assert paced(planned).departments[0].tonnes("unfunded")[-1] == 100
    again = results("takt", store=store).climate_budget(OURS, "planned").departments[0]
    assert again.tonnes("funded")[-1] == 100


def test_only_tonnes_of_the_budgets_own_kind_count_and_the_rest_has_its_reason(paced):
    found = paced(
        measure("none", Effect(indicator="energy_saved", unit="MWh", mid=5, basis="per_year")),
        measure("unknown", effect(None)),
        measure("other", effect(boundary="territorial")),
        measure("unsaid", effect(boundary="")),
        measure("unclear", effect(basis="unclear")),
        measure("once", effect(basis="once")),
        measure("early", effect(year=2024)),
        measure("first", effect(5, effect_group="x")),
        measure("second", effect(5, effect_group="x")),
    ).departments[0]
    assert found.tonnes()[-1] == 5
    reasons = {"no_tonnes": 2, "other_boundary": 2, "unclear": 1, "once": 1, "already": 1}
    assert {key: found.left_out(key) for key in reasons} == reasons
    assert found.left_out("joint") == 1


def test_departments_without_a_budget_and_measures_without_a_department_stand_beside(paced):
    found = paced(
        measure("a", department=" tekniska "),
        measure("b", department="Skolan"),
        measure("c", department=""),
    )
    assert [pace.department for pace in found.departments] == ["Tekniska"]
    assert found.departments[0].tonnes()[-1] == 100
    (school,) = found.without_budget
    assert (school.department, school.needed, school.tonnes()[-1]) == ("Skolan", None, 100)
    assert [each.measure for each in found.nobodys] == [2]


def test_the_whole_is_the_departments_whose_path_is_known(paced):
    found = paced(
        measure("a"),
        measure("b", department="Skolan"),
        budgets=(
            None,
            budget(department="Skolan", base_tonnes=Decimal(500)),
            budget(department="Kultur", base_tonnes=None),
        ),
    )
    assert found.whole.base == 1500
    assert found.whole.needed[-1] == pytest.approx(600 + 300)
    assert found.whole.tonnes()[-1] == 200
    assert found.of("kultur").needed is None


def test_budgets_of_another_series_are_not_added(paced):
    found = paced(
        measure("a"), budgets=(None, budget(boundary="territorial", base_tonnes=Decimal(9)))
    )
    assert found.whole.base == 1000
    assert [each.boundary for each in series_of((budget(), budget(boundary="territorial")))] == [
        "consumption",
        "territorial",
    ]


def test_the_base_and_the_trend_come_from_what_the_department_bought(paced):
    def bought(year: int, amount: int) -> Spend:
        return Spend(department="tekniska", category="Asfalt", year=year, amount=amount)

    factor = Intensity(
        category="asfalt",
        kg_per_krona=Decimal("0.1"),
        price_year=2022,
        boundary="consumption",
        source="Påhittad",
    )
    lists = {
        # A price index of one level, so that the trend can be followed by hand.
        "prerequisites": [{"year": year, "price_index": 100} for year in (2022, 2023, 2024)],
        "spend": (bought(2022, 8_000_000), bought(2023, 9_000_000), bought(2024, 10_000_000)),
        "intensities": (factor,),
    }
    found = paced(measure("a"), budgets=(budget(base_tonnes=None),), trend=True, **lists)
    (pace,) = found.departments
    assert pace.base == 1000
    assert pace.usual.tolist() == pytest.approx([1200, 1300, 1400, 1500, 1600])
    assert pace.needed[-1] == pytest.approx(1200)


def test_a_delay_moves_the_tonnes(paced):
    late = Scenario(id="late", name="", name_en="", adjustments=(Delay(years=2),))
    found = paced(measure("a"), scenario=late).departments[0]
    assert dict(zip(found.years, found.tonnes().tolist(), strict=True)) == {
        2026: 0,
        2027: 0,
        2028: 0,
        2029: 100,
        2030: 100,
        2031: 100,
        2032: 100,
    }


def test_a_department_without_measures_is_to_reduce_all_the_same(paced):
    (pace,) = paced().departments
    assert pace.needed[-1] == pytest.approx(600)
    assert pace.tonnes().tolist() == [0] * 5

"""What measures do to the books: worked cases, who bears what, and what is not known."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.entries import Funding
from model.money import to_ore
from model.operating import Policy, operating, per_customer, tax_ore
from model.operating_table import operating_table, to_json
from model.reference import reference
from model.rows import (
    Component,
    Expenditure,
    OwnerShare,
    Prerequisite,
    RunningCost,
)
from model.scenario import Scenario
from tests.model.conftest import grant, kronor, measure

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "operating.yaml").read_text("utf-8"))
DEVELOPER = Funding(
    key="developer",
    name="Exploatör",
    name_en="Developer",
    kind="grant",
    origin="other_actor",
    provider="Exploatör",
    pays_for="anything",
    accounting="income_on_completion",
    source="tool-assumption",
    status="unverified",
)
RATES = {"internal_interest": "0.025", "average_interest": "0.03", "tax_krona": 156_000_000}


def rates(**said) -> tuple[Prerequisite, ...]:
    return (Prerequisite(year=2026, **{**RATES, **said}),)


def running(year: int, amount: int, **fields) -> tuple[RunningCost, ...]:
    return (RunningCost(year=year, amount=amount, **{"in_frame": True, **fields}),)


def row_of(case: dict):
    fields = dict(case["measure"])
    fields["grants"] = tuple(
        grant(f"g{number}", {2026: amount}, source="other_actor" if of == "developer" else of)
        for number, (of, amount) in enumerate(fields.pop("grants", {}).items())
    )
    fields["components"] = tuple(Component(**part) for part in fields.pop("components", ()))
    fields["running_costs"] = tuple(RunningCost(**line) for line in fields.get("running_costs", ()))
    study = tuple(
        Expenditure(kind="one_off_operating", year=year, mid=amount)
        for year, amount in fields.pop("study", {}).items()
    )
    need = tuple(
        Expenditure(year=year, mid=amount) for year, amount in fields.pop("need", {}).items()
    )
    return measure(expenditures=need + study, **fields)


def policy_of(case: dict) -> Policy:
    said = case.get("policy", {})
    return Policy(interest_base=said) if isinstance(said, str) else Policy(**said)


def of_book(found, book: str, post: str) -> dict[int, Decimal]:
    table = found.effect(book) if post == "effect" else found.amounts(book)[post]
    return {
        year: kronor(amount)
        for year, amount in zip(found.years.tolist(), table.sum(axis=1), strict=True)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_of_operating_impact(case, result_of):
    said = (Prerequisite(year=2026, **case["municipality"]),)
    result = result_of(row_of(case), prerequisites=said)
    funding = {**reference().funding, "other_actor": DEVELOPER}
    found = operating(result.plan, result.rates(), funding, policy=policy_of(case), until=2060)
    book = case.get("book", "department")
    for of, expected in (
        (book, case["expect"]),
        ("municipality", case.get("municipality_expects")),
    ):
        for post, by_year in (expected or {}).items():
            if post == "sum_until_2045":
                assert kronor(found.total(of)[:20].sum()) == by_year
                continue
            computed = of_book(found, of, post)
            assert {year: computed[year] for year in by_year} == {
                year: Decimal(str(amount)) for year, amount in by_year.items()
            }
    for name in ("reinvestment", "uncounted"):
        for year, amount in case.get(name, {}).items():
            assert kronor(getattr(found, name)[year - 2026].sum()) == amount
    if "per_customer" in case:
        cost = per_customer(int(found.total("fee")[0]), found.rates.customers["water", 2026])
        assert kronor(cost) == case["per_customer"]


def asset(key: str = "a", need: int = 1000, **fields):
    return measure(
        key, need={2026: need}, **{"in_service": "2026-01", "lifetime_years": 10, **fields}
    )


def test_the_finance_function_has_the_difference_between_the_two_interests(result_of):
    found = result_of(asset(need=10_000, lifetime_years=20), prerequisites=rates()).operating()
    department, municipality = found.total("department")[0], found.total("municipality")[0]
    assert kronor(municipality - department) == 50


def test_a_company_is_in_the_groups_book_and_in_no_other(result_of):
    ours = asset("a")
    theirs = asset("b", owner="municipal_company")
    found = result_of(ours, theirs, prerequisites=rates()).operating()
    assert kronor(found.total("department")[0]) == 125
    assert kronor(found.total("municipality")[0]) == 130
    assert kronor(found.total("group")[0]) == 260


def test_rent_between_a_department_and_the_groups_company_is_none_of_the_groups(result_of):
    school = asset(
        owner="municipal_company",
        department="Bostadsbolaget",
        running_costs=running(2027, 70, item="rent", department="Skolnämnden"),
    )
    found = result_of(school, prerequisites=rates()).operating()
    assert kronor(found.total("department")[1]) == 70
    assert kronor(found.total("municipality")[1]) == 70
    assert kronor(found.total("group")[1]) == 127
    (row,) = operating_table(found, "department", 2027).rows
    assert (row.department, kronor(row.posts["operation"])) == ("Skolnämnden", 70)


def test_other_actors_and_what_nobody_has_split_are_in_no_book(result_of):
    found = result_of(
        asset("a", owner="household", owner_kind="private"),
        asset("b", owner="mixed", owner_kind="mixed"),
        prerequisites=rates(),
    ).operating()
    assert found.total("group").tolist() == [0, 0, 0]
    assert found.split_unknown == 1


def test_of_a_shared_measure_the_books_have_their_owners_part(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="municipal_company", share="0.25"),
        OwnerShare(owner="state", share="0.5"),
    )
    found = result_of(
        asset(need=4000, owner="mixed", owner_kind="mixed", owner_shares=shares),
        prerequisites=rates(),
    ).operating()
    assert kronor(found.total("department")[0]) == 125
    assert kronor(found.total("group")[0]) == 260


def test_the_saving_is_where_the_frame_is(result_of):
    found = result_of(
        asset(
            department="Fastighetsnämnden",
            running_costs=running(2027, -40, item="energy", department="Skolnämnden"),
        ),
        prerequisites=rates(),
    ).operating()
    table = operating_table(found, "department", 2027)
    assert {row.department: kronor(row.sums[1]) for row in table.rows} == {
        "Fastighetsnämnden": Decimal("122.5"),
        "Skolnämnden": -40,
    }
    assert kronor(table.total.sums[1]) == Decimal("82.5")


def test_what_is_not_known_is_in_no_sum_and_is_counted(result_of):
    no_life = asset("a", lifetime_years=None, running_costs=running(2027, 5))
    no_month = asset("b", in_service="")
    nothing = asset("c", expenditures=())
    found = result_of(no_life, no_month, nothing, asset("d"), prerequisites=rates()).operating()
    assert found.missing == (
        ("lifetime",),
        ("in_service", "running"),
        ("investment", "running"),
        ("running",),
    )
    assert int(found.unknown("department").sum()) == 3
    table = operating_table(found, "department", 2027)
    assert [row.posts["depreciation"] for row in table.rows][:3] == [None, None, None]
    assert kronor(table.total.sums[0]) == 125
    assert [row.full_year for row in table.rows[:3]] == [None, None, None]


def test_interest_without_a_rate_is_unknown_and_depreciation_is_not(result_of):
    found = result_of(asset()).operating()
    (row,) = operating_table(found, "municipality", 2026).rows
    assert row.posts["interest"] is None
    assert kronor(row.posts["depreciation"]) == 100
    assert "rate" in row.missing


def test_a_municipality_that_says_no_internal_interest_gets_the_proposed_one_while_it_holds(
    result_of,
):
    head = {"base_year": 2025, "first_year": 2025, "last_year": 2026}
    found = result_of(
        measure(need={2025: 1000}, in_service="2025-01", lifetime_years=10), head=head
    ).operating()
    assert found.internal_known.tolist() == [True, False]
    assert kronor(found.amounts("department")["internal_interest"][0, 0]) == 25


def test_how_a_grant_is_income_is_asked_for_where_nobody_has_said(result_of):
    found = result_of(
        asset(grants=(grant("g", {2026: 100}, source="other_actor"),)), prerequisites=rates()
    ).operating()
    assert "grants" in found.missing[0]
    assert not found.posts["dissolved"].any()


def test_applications_count_in_the_readings_that_count_on_them(result_of):
    sought = grant("g", {2026: 400}, status="applied", probability="0.5")
    result = result_of(asset(grants=(sought,)), prerequisites=rates())
    dissolved = {
        reading: kronor(result.operating(reading).posts["dissolved"][0, 0])
        for reading in ("secured", "planned", "expected", "best_case")
    }
    assert dissolved == {"secured": 0, "planned": 0, "expected": -20, "best_case": -40}


def test_what_is_paid_later_is_in_service_in_its_own_year(result_of):
    found = result_of(
        measure(need={2026: 1000, 2027: 500}, in_service="2026-07", lifetime_years=10),
        prerequisites=rates(),
    ).operating()
    depreciation = found.posts["depreciation"].sum(axis=1)
    assert [kronor(amount) for amount in depreciation] == [50, 125, 150]


def test_the_full_year_is_the_first_whole_one(result_of):
    found = result_of(
        asset(in_service="2026-07", running_costs=running(2027, 7)), prerequisites=rates()
    ).operating()
    (row,) = operating_table(found, "department", 2026).rows
    assert found.full_year.tolist() == [2027]
    assert row.full_year == row.sums[1]


def test_a_full_year_after_the_plan_has_capital_cost_and_no_guess_of_the_rest(result_of):
    found = result_of(
        asset("a", in_service="2028-07"),
        asset("b", in_service="2028-07", running_costs=running(2028, 5)),
        prerequisites=rates(),
    ).operating()
    table = operating_table(found, "department")
    assert found.years.tolist() == [2026, 2027, 2028, 2029]
    assert [row.full_year and kronor(row.full_year) for row in table.rows] == [
        Decimal("123.75"),
        None,
    ]


def test_a_delay_moves_the_capital_cost(result_of):
    late = Scenario(id="late", name="Sent", adjustments=({"do": "delay", "years": 1},))
    found = result_of(asset(), prerequisites=rates(), scenario=late).operating()
    assert [kronor(amount) for amount in found.total("department")] == [
        0,
        125,
        Decimal("122.5"),
        120,
    ]


def test_an_ore_of_tax_is_a_hundredth_of_what_a_krona_yields():
    assert tax_ore(to_ore(4_200_000), to_ore(156_000_000)) == pytest.approx(2.6923, abs=1e-4)
    assert tax_ore(to_ore(4_200_000), None) is None


def test_the_answer_for_a_machine_says_kronor_and_what_is_unknown(result_of):
    result = result_of(asset(need=10**7), asset("b", in_service=""), prerequisites=rates())
    tags = result.plan.tags
    said = to_json(result.operating(), "municipality", tags["id"], tags["name"])
    assert said["years"][0]["effect"] == "1300000.00"
    assert said["years"][0]["tax_ore"] == 0.83
    assert said["years"][1]["tax_ore"] is None
    assert said["measures_with_unknown_capital_cost"] == 1
    assert said["rows"][1]["unknown"] == ["in_service", "running"]


@pytest.fixture
def made(result_of):
    """As ``result_of``, a plan of its own each time."""
    counter = iter(range(10_000))

    def one(*measures, **document):
        return result_of(*measures, head={"id": f"prov-{next(counter)}"}, **document)

    return one


AMOUNTS = st.integers(min_value=0, max_value=10**9)
OWNERS = st.sampled_from(["municipality", "municipal_company"])
FORMS = st.sampled_from(["tax", "", "development", "water", "waste", "district_heating"])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.tuples(AMOUNTS, AMOUNTS, OWNERS, FORMS, st.integers(1, 12)), max_size=6),
    rate=st.integers(0, 100_000),
)
def test_no_interest_krona_is_counted_twice_and_fees_never_meet_tax(rows, rate, made):
    measures = [
        measure(
            f"m{number}",
            need={2026: need},
            owner=owner,
            financing_form=form,
            in_service=f"2026-{month:02}",
            lifetime_years=15,
            grants=(grant("g", {2026: given}),),
        )
        for number, (need, given, owner, form, month) in enumerate(rows)
    ]
    said = rates(internal_interest=Decimal(rate) / 1_000_000)
    found = made(*measures, prerequisites=said).operating()
    books = {book: found.amounts(book) for book in ("department", "municipality", "group", "fee")}
    assert "external_interest" not in books["department"]
    assert all("internal_interest" not in books[book] for book in ("municipality", "group", "fee"))
    # Department less internal interest, with external instead, is the municipality.
    swapped = (
        found.total("department")
        - books["department"]["internal_interest"].sum(axis=1)
        + books["municipality"]["external_interest"].sum(axis=1)
    )
    assert (swapped == found.total("municipality")).all()
    # Municipality, companies and fees are the group: each krona once, and none of fees in tax.
    company = found.effect("group")[:, found.section == "company"].sum(axis=1)
    assert (
        found.total("municipality") + company + found.total("fee") == found.total("group")
    ).all()
    fee = np.isin(found.section, ("water", "waste", "district_heating"))
    assert not found.effect("municipality")[:, fee].any()

"""What purchases emit: worked cases, sums that agree however they are made, what is not known."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.reference import plan_documents, reference
from model.rows import PlanHead
from model.spend_emissions import Series, base_of, series_of, spend_emissions
from model.spend_rows import DepartmentBudget, Intensity, Spend
from model.validate_spend import department_budgets, intensities
from model.validate_spend import spend as spend_findings

HEAD = plan_documents()[-1].plan
CPI = {2019: 100.0, 2021: 110.0, 2022: 121.0}
FOOD = Intensity(
    category="Livsmedel",
    kg_per_krona=Decimal("0.05"),
    price_year=2021,
    boundary="consumption",
    vat="excluded",
    source="Påhittad",
)
BUILDING = FOOD.model_copy(
    update={"category": "", "account_from": "40", "account_to": "4199", "price_year": 2022}
)


def bought(department="Skolan", category="Livsmedel", account="", year=2021, amount=1000, **more):
    fields = {"department": department, "category": category, "account": account, "year": year}
    return Spend(**fields, amount=Decimal(amount), **more)


def emitted(*rows, factors=(FOOD, BUILDING), own=(), last_year=2030, series=None):
    return spend_emissions(rows, factors, dict(own), CPI, last_year, series)


def test_a_krona_in_the_factors_own_prices_emits_what_the_factor_says():
    found = emitted(bought(amount=1_000_000))
    # 1 000 000 kr × 0,05 kg = 50 000 kg.
    assert (found.total.tonnes, found.total.coverage) == (50.0, 1.0)


def test_an_amount_is_first_counted_in_the_factors_prices():
    # 121 kr of 2022 are 110 kr of 2021, and those emit 5,5 kg.
    assert emitted(bought(year=2022, amount=121)).total.grams == 5500
    # The plan's own index goes before the general one.
    own = {2021: 100, 2022: 200}
    assert emitted(bought(year=2022, amount=200), own=own.items()).total.grams == 5000


def test_what_cannot_be_counted_in_the_factors_prices_is_not_known():
    found = emitted(bought(year=2023, amount=500), bought(amount=500))
    assert (found.total.grams, found.total.coverage) == (25_000, 0.5)
    (missing,) = found.missing
    assert (missing.key, missing.reason, missing.ore) == ("Livsmedel", "no_index", 50_000)


def test_what_has_no_factor_is_missing_and_listed_the_largest_first():
    found = emitted(
        bought(amount=100),
        bought(category="Konsulter", amount=250),
        bought(category="", account="7011", amount=150),
        bought(category="konsulter", department="Tekniska", amount=50),
    )
    assert [(each.key, each.ore, each.reason) for each in found.missing] == [
        ("Konsulter", 30_000, "no_factor"),
        ("7011", 15_000, "no_factor"),
    ]
    assert found.total.coverage == 100 / 550


def test_a_category_goes_before_an_account_and_a_narrow_range_before_a_wide_one():
    narrow = BUILDING.model_copy(
        update={"account_from": "4012", "account_to": "", "kg_per_krona": Decimal("0.2")}
    )
    rows = (
        bought(account="4012", amount=1000),
        bought(category="Asfalt", account="4012", amount=1000),
        bought(category="Asfalt", account="4112", amount=1000),
        bought(category="Asfalt", account="4200", amount=1000),
    )
    lines = emitted(*rows, factors=(BUILDING, FOOD, narrow)).lines
    assert [line.intensity for line in lines] == [FOOD, narrow, BUILDING, None]
    assert narrow.label == "4012"


def test_credits_take_off_and_do_not_look_like_coverage():
    found = emitted(
        bought(amount=1000, credited=Decimal(200)),
        bought(department="Tekniska", amount=-400, credited=Decimal(400)),
        bought(category="Konsulter", amount=-600, credited=Decimal(600)),
    )
    assert found.total.grams == (1000 - 400) * 50
    assert (found.total.ore, found.total.credited) == (0, 120_000)
    assert found.total.coverage == 1400 / 2000


def test_series_are_never_added():
    fossil = FOOD.model_copy(update={"gas": "fossil_co2", "kg_per_krona": Decimal("0.01")})
    factors = (FOOD, fossil)
    assert series_of(factors) == (
        Series("co2e", "consumption"),
        Series("fossil_co2", "consumption"),
    )
    assert emitted(bought(), factors=factors).total.grams == 50_000
    other = emitted(bought(), factors=factors, series=Series("fossil_co2", "consumption"))
    assert other.total.grams == 10_000


def test_without_factors_nothing_is_known():
    found = emitted(bought(), factors=())
    assert (found.series, found.total.coverage, found.usual.basis) == (None, 0.0, "none")
    assert emitted().total.coverage is None


def test_amounts_and_factors_with_other_taxes_are_said():
    found = emitted(
        bought(vat="included", amount=10), bought(vat="excluded", amount=5), bought(amount=3)
    )
    assert found.vat_differs == 1000


def test_the_trend_is_the_line_through_the_years_and_one_year_is_a_level():
    rows = [bought(year=2019, amount=11000), bought(amount=13000), bought(year=2022, amount=16000)]
    own = {2019: 1, 2021: 1, 2022: 1}
    line = emitted(*rows, own=own.items()).usual
    # Least squares by hand: 550, 650 and 800 kg; mean 666,67 kg in 2020,67; slope 78,57.
    assert (line.basis, line.observed, line.uneven) == ("trend", (2019, 2021, 2022), False)
    assert line.at(2030) == pytest.approx(0.6666667 + 0.0785714 * (2030 - 2020.6666667))
    assert line.at(2018) is None
    level = emitted(rows[1]).usual
    assert (level.basis, level.at(2030)) == ("level", 0.65)


def test_a_falling_trend_ends_at_zero():
    rows = (bought(year=2019, amount=10000), bought(year=2022, amount=100))
    assert emitted(*rows, own={2019: 1, 2021: 1, 2022: 1}.items()).usual.at(2030) == 0


def test_a_trend_of_coverage_is_said_to_be_uneven():
    rows = (bought(year=2021), bought(year=2022), bought(category="Annat", year=2022))
    assert emitted(*rows).usual.uneven


departments = st.sampled_from(["Tekniska", "tekniska ", "Skolan", ""])
categories = st.sampled_from(["Livsmedel", "Konsulter", ""])
accounts = st.sampled_from(["", "4012", "4112", "7011"])
kronor = st.decimals(-10_000_000, 10_000_000, places=2)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            Spend,
            department=departments,
            category=categories,
            account=accounts,
            year=st.sampled_from([2019, 2021, 2022, 2023]),
            amount=kronor,
        ),
        max_size=12,
    )
)
def test_departments_categories_and_years_each_add_up_to_the_whole(rows):
    found = emitted(*rows)
    whole = found.total
    for key in ("department", "category", "year"):
        parts = found.by(key)
        for name in ("ore", "grams", "moved", "moved_covered"):
            assert sum(getattr(each, name) for each in parts) == getattr(whole, name)
    assert sum(each.moved for each in found.missing) == whole.moved - whole.moved_covered
    assert sum(found.of(name).total.grams for name in found.departments) == whole.grams
    # A second way: every line alone, by exact fractions.
    from fractions import Fraction

    for line in found.lines:
        if line.grams is not None:
            exact = (
                Fraction(line.spend.amount)
                * Fraction(line.intensity.kg_per_krona)
                * Fraction(Decimal(repr(line.index)))
                * 1000
            )
            assert abs(line.grams - exact) <= Fraction(1, 2)


def budget(**more) -> DepartmentBudget:
    fields = {"department": "Skolan", "boundary": "consumption", "base_year": 2021}
    return DepartmentBudget(**fields | {"target_year": 2030, "reduction": Decimal("0.9")} | more)


def test_a_budget_is_a_straight_line_or_the_same_share_every_year():
    line, share = budget(), budget(path="exponential")
    assert [line.allowed(900.0, year) for year in (2020, 2021, 2024, 2030, 2035)] == [
        900.0,
        900.0,
        pytest.approx(630.0),
        pytest.approx(90.0),
        pytest.approx(90.0),
    ]
    assert share.allowed(1000.0, 2030) == pytest.approx(100.0)
    assert share.allowed(1000.0, 2024) == pytest.approx(1000 * 0.1 ** (1 / 3))


def test_a_budget_starts_from_what_is_stated_or_from_the_purchases_of_its_own_series():
    found = emitted(bought(amount=1_000_000))
    assert base_of(budget(base_tonnes=Decimal(7)), found) == 7.0
    assert base_of(budget(), found) == 50.0
    assert base_of(budget(base_year=2022, target_year=2030), found) is None
    assert base_of(budget(boundary="organisation"), found) is None
    assert base_of(budget(), None) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"target_year": 2021},
        {"path": "exponential", "reduction": 1},
        {"reduction": 2},
        {"base_tonnes": -1},
    ],
)
def test_an_impossible_budget_is_refused(changes):
    with pytest.raises(ValueError, match=r"year|zero|than"):
        budget(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"category": ""},
        {"account_from": "40"},
        {"category": "", "account_from": "42", "account_to": "41"},
        {"category": "", "account_to": "41"},
        {"source": ""},
        {"kg_per_krona": -1},
    ],
)
def test_an_impossible_factor_is_refused(changes):
    with pytest.raises(ValueError, match=r"."):
        Intensity.model_validate(FOOD.model_dump() | changes)


def codes(found) -> list[str]:
    return [each.code for each in found]


def test_factors_that_overlap_or_stand_twice_or_are_in_grams_are_findings():
    known = reference()
    wide = BUILDING.model_copy(update={"account_from": "41", "account_to": "43"})
    inside = BUILDING.model_copy(update={"account_from": "4012", "account_to": ""})
    grams = FOOD.model_copy(update={"category": "El", "kg_per_krona": Decimal(50)})
    exact = FOOD.model_copy(update={"category": "El", "kg_per_krona": Decimal("0.00000001")})
    assert codes(intensities([FOOD, BUILDING, inside], HEAD, known)) == []
    assert codes(intensities([BUILDING, wide], HEAD, known)) == ["overlapping_accounts"]
    assert codes(intensities([FOOD, FOOD], HEAD, known)) == ["stands_twice"]
    assert codes(intensities([grams], HEAD, known)) == ["implausible_intensity"]
    assert codes(intensities([exact], HEAD, known)) == ["too_exact"]
    organisation = BUILDING.model_copy(update={"boundary": "organisation"})
    assert codes(intensities([organisation, wide], HEAD, known)) == []


def test_spend_of_no_year_or_twice_and_budgets_twice_are_findings():
    known = reference()
    assert codes(spend_findings([bought(), bought(category=" livsmedel")], HEAD, known)) == [
        "stands_twice"
    ]
    assert codes(spend_findings([bought(year="before")], HEAD, known)) == ["no_year"]
    assert codes(department_budgets([budget(), budget(department="skolan")], HEAD, known)) == [
        "stands_twice"
    ]
    assert codes(department_budgets([budget(boundary="territorial")], HEAD, known)) == ["no_base"]
    assert isinstance(HEAD, PlanHead)

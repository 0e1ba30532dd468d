"""What a plan's rows must satisfy, against the project's own reference data."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from model.reference import plan_documents, reference
from model.rows import (
    Appropriation,
    Effect,
    Expenditure,
    Grant,
    Measure,
    OwnerShare,
    PlanHead,
    Prerequisite,
    Programme,
)
from model.validate import (
    validate_document,
    validate_head,
    validate_measure,
)
from model.validate_lists import validate_list
from model.validate_rules import too_exact

HEAD = PlanHead(
    id="prov",
    name="Prov",
    municipality="2480",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="municipal_group",
)


def found(**fields):
    """Severity, code and field of every finding in a measure with these fields."""
    measure = Measure(id="a", name="A", **fields)
    return [
        (violation.severity, violation.code, violation.ref.removeprefix("prov/a/"))
        for violation in validate_measure(measure, HEAD, reference())
    ]


def spent(*years, kind="investment", mid=100):
    return tuple(Expenditure(year=year, mid=mid, kind=kind) for year in years)


def grant(source="klimatklivet", amount=10, year=2026, status="granted", **fields):
    payments = [{"year": year, "amount": amount}]
    return (Grant(id="g", source=source, status=status, payments=payments, **fields),)


def effect(**fields):
    return (
        Effect(**{"indicator": "co2e_reduction", "unit": "t CO2e", "basis": "per_year"} | fields),
    )


@pytest.mark.parametrize("document", plan_documents(), ids=lambda document: document.plan.id)
def test_the_projects_own_plans_have_no_error(document):
    errors = [
        violation
        for violation in validate_document(document, reference())
        if violation.severity == "error"
    ]
    assert errors == []


def test_the_least_that_a_measure_can_say_is_fine():
    assert found() == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"sector": "x"}, "sector"),
        ({"owner": "x"}, "owner"),
        ({"green_category": "x"}, "green_category"),
        ({"green_framework": "x"}, "green_framework"),
        ({"owner_shares": (OwnerShare(owner="x", share=1),)}, "owner_shares"),
        ({"grants": grant(source="x")}, "grants/g/source"),
        ({"effects": effect(indicator="x")}, "effects.0.indicator"),
    ],
)
def test_a_key_that_no_registry_has_is_an_error(fields, where):
    assert found(**fields) == [("error", "unknown_key", where)]


def test_an_effect_in_another_unit_than_its_indicator_is_an_error():
    assert found(effects=effect(unit="kg")) == [("error", "wrong_unit", "effects.0.unit")]


def test_a_figure_with_more_decimals_than_the_store_keeps_is_an_error():
    effects = effect(mid=Decimal("0.1234567"), year=2027)
    assert found(effects=effects) == [("error", "too_exact", "effects.0/mid")]


@pytest.mark.parametrize("year", [1905, 1989, 2101, 2199])
def test_a_year_that_cannot_be_right_is_an_error(year):
    assert ("error", "impossible_year", "years") in found(expenditures=spent(year))
    assert ("error", "impossible_year", "years") in found(grants=grant(year=year))
    assert found(effects=effect(year=year)) == [("error", "impossible_year", "years")]


def test_money_outside_the_plans_years_is_a_warning_but_not_before_and_later():
    assert found(expenditures=spent(2024, 2031)) == [("warning", "outside_horizon", "years")]
    assert found(expenditures=spent("before", "later", 2026, 2030)) == []


def appropriated(year=2026, status="decided", **fields):
    return (Appropriation(year=year, status=status, amount=100, **fields),)


def test_what_the_year_before_left_over_is_not_outside_the_plans_years():
    carried = appropriated(2025, carry_over=100)
    assert found(appropriations=carried) == []
    outside = [("warning", "outside_horizon", "years")]
    assert found(appropriations=appropriated(2025)) == outside
    assert found(appropriations=appropriated(2024, carry_over=100)) == outside
    assert found(appropriations=carried, expenditures=spent(2025)) == outside


def test_an_owner_of_another_kind_is_a_warning_unless_the_owner_is_mixed():
    assert found(owner="household", owner_kind="public") == [
        ("warning", "owner_kind", "owner_kind")
    ]
    assert found(owner="household", owner_kind="private") == []
    assert found(owner="mixed", owner_kind="public") == []
    assert found(owner="household") == []


@pytest.mark.parametrize(
    "owner",
    [
        {"owner": "household", "owner_kind": "private"},
        {"owner": "state"},
        {"owner_kind": "private"},
        {"owner": "mixed", "owner_shares": (OwnerShare(owner="business", share=1),)},
    ],
)
@pytest.mark.parametrize("status", ["decided", "planned"])
def test_an_appropriation_pays_for_nothing_of_another_actor(owner, status):
    assert found(appropriations=appropriated(status=status), **owner) == [
        ("error", "appropriation_of_other_actor", "appropriations")
    ]


def test_an_appropriation_may_pay_the_municipalitys_part_of_a_shared_measure():
    shares = (OwnerShare(owner="municipality", share="0.5"), OwnerShare(owner="state", share="0.5"))
    assert found(owner="mixed", owner_shares=shares, appropriations=appropriated()) == []
    assert found(owner="mixed", appropriations=appropriated()) == []
    assert found(owner="municipal_company", appropriations=appropriated()) == []
    assert found(owner="household", appropriations=appropriated(status="requested")) == []


def test_municipal_amounts_with_vat_are_a_warning_and_those_of_others_are_not():
    def with_vat(vat="included", **fields):
        return found(expenditures=(Expenditure(year=2026, mid=100, vat=vat),), **fields)

    warning = [("warning", "vat_included", "expenditures")]
    assert with_vat(owner="municipality") == warning
    assert with_vat(owner_kind="public") == warning
    assert with_vat(owner="household", owner_kind="private") == []
    assert with_vat("excluded", owner="municipality") == []
    assert with_vat("unknown", owner="municipality") == []


def test_a_loan_covers_no_measure_and_no_operation_at_all():
    loan = grant(source="kommuninvest_green_loan")
    assert found(grants=loan) == [("error", "no_grant", "grants/g/source")]
    study = spent(2026, kind="one_off_operating")
    assert found(grants=loan, expenditures=study) == [
        ("error", "loan_for_operation", "grants/g/source")
    ]


def test_an_energy_performance_contract_is_no_money():
    assert found(grants=grant(source="epc")) == [("error", "no_grant", "grants/g/source")]


def test_own_money_belongs_among_the_appropriations():
    assert found(grants=grant(source="own_budget")) == [
        ("warning", "own_money_as_grant", "grants/g/source")
    ]


def test_an_application_without_a_probability_is_a_warning():
    assert found(grants=grant(status="applied")) == [
        ("warning", "probability_missing", "grants/g/probability")
    ]
    assert found(grants=grant(status="applied", probability=Decimal("0.5"))) == []
    assert found(grants=grant(status="idea")) == []


def test_more_grants_than_cost_is_a_warning_where_the_cost_is_known():
    costs = spent(2026, 2027, mid=50)
    assert found(expenditures=costs, grants=grant(amount=100)) == []
    assert found(expenditures=costs, grants=grant(amount=101)) == [
        ("warning", "more_than_cost", "grants")
    ]
    assert found(grants=grant(amount=101)) == []
    unknown = (*costs, Expenditure(year=2028))
    assert found(expenditures=unknown, grants=grant(amount=101)) == []


@pytest.mark.parametrize("value", ["1e25", "1e30", "1000000000000001", "-1e16"])
def test_a_quantity_larger_than_what_is_kept_is_a_finding(value):
    effect = Effect(indicator="co2e", unit="t", year=2027, mid=Decimal(value), basis="per_year")
    assert ("error", "too_large", "effects.0/mid") in found(effects=(effect,))


@pytest.mark.parametrize("value", ["Infinity", "NaN", "sNaN"])
def test_what_is_no_finite_number_is_too_large(value):
    assert [each.code for each in too_exact("a", {"mid": Decimal(value)})] == ["too_large"]


@pytest.mark.parametrize("low", ["x", [1], True, Decimal("sNaN"), 1e30, float("inf")])
def test_a_low_that_is_no_number_is_refused_as_every_other_field(low):
    with pytest.raises(ValidationError):
        Expenditure(year=2026, low=low)


def test_an_infinite_year_is_refused_as_every_other_field():
    with pytest.raises(ValidationError):
        Expenditure(year=float("inf"), mid=1)


def test_an_amount_larger_than_the_store_can_count_is_refused():
    assert Expenditure(year=2026, mid=Decimal(9_999_999_000_000)).mid == 9_999_999_000_000
    with pytest.raises(ValidationError, match="14 digits before"):
        Expenditure(year=2026, mid=Decimal("999999999999999.00"))


def test_a_plans_own_years_and_rate_are_possible():
    head = HEAD.model_copy(update={"base_year": 1900, "calculation_rate": Decimal("0.0350001")})
    assert [violation.code for violation in validate_head(head)] == ["impossible_year", "too_exact"]


@pytest.mark.parametrize("years", [{"base_year": 0}, {"last_year": 9999}])
def test_a_plan_neither_begins_before_nor_ends_later(years):
    head = HEAD.model_copy(update=years)
    assert [violation.code for violation in validate_head(head)] == ["impossible_year"]


def test_programmes_and_prerequisites_stand_once_and_name_what_exists():
    pot = Programme(
        id="pot", name="Pott", source="x", status="idea", year=1899 + 1, amount=Decimal(1)
    )
    found = validate_list("programmes", (pot, pot), HEAD, reference(), ())
    codes = [violation.code for violation in found]
    assert codes == ["unknown_key", "unknown_key", "stands_twice", "impossible_year"]
    figure = Prerequisite(year=2026, price_index=Decimal("100.1234567"))
    found = validate_list("prerequisites", (figure, figure), HEAD, reference(), ())
    codes = [violation.code for violation in found]
    assert codes == ["stands_twice", "too_exact", "too_exact"]


def test_a_finding_says_what_and_where():
    measure = Measure(id="a", name="A", sector="x")
    (violation,) = validate_measure(measure, HEAD, reference())
    assert violation.ref == "prov/a/sector"
    assert violation.message == "x is not among the sectors in the reference data."


def test_nothing_is_in_service_before_it_is_bought():
    assert found(expenditures=spent(2028), in_service="2027-12") == [
        ("error", "in_service_before_investment", "in_service")
    ]
    assert found(expenditures=spent(2028), in_service="2028-01") == []
    assert found(expenditures=spent("before"), in_service="2019-01") == []


def test_what_is_replaced_is_written_off_in_a_year():
    assert found(replaced_book_value=Decimal(5)) == [
        ("warning", "write_off_without_year", "in_service")
    ]
    assert found(replaced_book_value=Decimal(5), in_service="2027-01") == []


def test_a_rate_of_minus_a_hundred_percent_names_its_plan_and_field():
    head = HEAD.model_copy(update={"calculation_rate": Decimal(-1)})
    (violation,) = validate_head(head)
    assert (violation.severity, violation.code, violation.ref) == (
        "error",
        "impossible_rate",
        "prov/calculation_rate",
    )
    assert validate_head(head.model_copy(update={"calculation_rate": Decimal("-0.5")})) == []


def test_more_above_business_as_usual_than_the_whole_is_said():
    rows = (
        Expenditure(year=2026, mid=100),
        Expenditure(year=2026, mid=130, scope="incremental"),
    )
    measure = Measure(id="a", name="A", expenditures=rows, alternative_investment=10)
    violations = validate_measure(measure, HEAD, reference())
    assert {(each.severity, each.code, each.ref) for each in violations} == {
        ("warning", "incremental_more_than_total", "prov/a/expenditures"),
        ("warning", "alternative_stated_twice", "prov/a/alternative_investment"),
    }

"""What a measure could seek besides, the grant calendar, and what agencies have granted."""

from datetime import date
from decimal import Decimal

import pytest

from model.funding_suggestions import at_most
from model.municipal_rows import AgencyGrant
from model.portfolio import agreed, merged, proposals
from model.rows import Effect
from tests.model.conftest import appropriation, grant, kronor, measure

TODAY = date(2026, 3, 1)


def sought(result) -> dict[tuple[str, str], Decimal | None]:
    return {
        (each.measure, each.source): None if each.amount is None else kronor(each.amount)
        for each in result.suggestions(TODAY)
    }


def test_a_measure_that_lacks_money_could_seek_the_share_of_it(result_of):
    found = sought(result_of(measure(need={2026: 100})))
    assert found["a", "klimatklivet"] == 50
    assert found["a", "eruf_ovre_norrland"] == 50
    assert found["a", "jtf"] == 50
    assert ("a", "stadsmiljoavtal") not in found
    assert ("a", "eruf_norra_mellansverige") not in found
    assert ("a", "gron_teknik") not in found


def test_the_largest_amount_stands_first_and_what_is_not_known_last(result_of):
    amounts = [
        each.amount
        for each in result_of(measure("a", {2026: 100}), measure("b", {2026: 900})).suggestions(
            TODAY
        )
    ]
    known = [amount for amount in amounts if amount is not None]
    assert known == sorted(known, reverse=True)
    assert amounts[: len(known)] == known


def test_sources_of_one_measure_are_alternatives_and_are_not_added(result_of):
    found = result_of(measure("a", {2026: 100}), measure("b", {2026: 10})).suggestions(TODAY)
    best = {each.measure: 0 for each in found}
    for each in found:
        best[each.measure] = max(best[each.measure], each.amount or 0)
    assert at_most(found) == sum(best.values()) < sum(each.amount or 0 for each in found)


def test_a_measure_that_is_paid_for_is_sent_nowhere(result_of):
    paid = measure(need={2026: 100}, appropriations=(appropriation(2026, 100, "planned"),))
    assert sought(result_of(paid)) == {}


def test_nobody_is_sent_for_more_than_is_missing(result_of):
    half = measure(need={2026: 100}, appropriations=(appropriation(2026, 80),))
    assert sought(result_of(half))["a", "klimatklivet"] == 20


def test_what_is_already_sought_leaves_less_room(result_of):
    made = measure(
        need={2026: 100}, grants=(grant("g", {2026: 70}, "applied", source="horizon_europe"),)
    )
    found = sought(result_of(made))
    assert found["a", "klimatklivet"] == 30
    assert ("a", "horizon_europe") not in found


def test_what_is_excluded_by_a_grant_of_the_measure_is_not_proposed(result_of):
    made = measure(need={2026: 100}, grants=(grant("g", {2026: 10}, source="elbusspremie"),))
    assert ("a", "klimatklivet") not in sought(result_of(made))


@pytest.mark.parametrize("fields", [{"readiness": "procured"}, {"starts": "2026-02"}])
def test_what_has_begun_is_sent_nowhere(result_of, fields):
    assert sought(result_of(measure(need={2026: 100}, **fields))) == {}


def test_a_company_is_sent_for_what_state_aid_allows(result_of):
    made = measure(need={2026: 100}, owner="municipal_company")
    (found,) = [
        each for each in result_of(made).suggestions(TODAY) if each.source == "klimatklivet"
    ]
    assert (kronor(found.amount), found.share, found.capped, found.verified) == (
        40,
        Decimal("0.40"),
        True,
        False,
    )


def test_households_are_sent_only_to_sources_that_name_them(result_of):
    made = measure(need={2026: 100}, owner="household", owner_kind="private")
    assert sought(result_of(made)) == {
        ("a", "gron_teknik"): None,
        ("a", "social_climate_fund"): None,
    }


def test_without_a_municipality_no_source_of_an_area_is_proposed(result_of):
    found = sought(result_of(measure(need={2026: 100}), head={"municipality": ""}))
    assert ("a", "klimatklivet") in found
    assert ("a", "jtf") not in found


def test_the_benefit_per_krona_stands_beside_a_source_that_asks_for_it(result_of):
    effects = (Effect(indicator="co2e_reduction", unit="t CO2e", mid=1, basis="per_year"),)
    made = measure(need={2026: 1000}, effects=effects, lifetime_years=10)
    (found,) = [
        each for each in result_of(made).suggestions(TODAY) if each.source == "klimatklivet"
    ]
    assert found.kg_per_krona == 10
    assert "required_by_law" in {rule.rule for rule in found.conditions}
    assert "owner_not_eligible" not in {rule.rule for rule in found.conditions}


def risks(result) -> dict[str, list[str]]:
    return {
        entry.grant: [risk.code for risk in entry.risks] for entry in result.grant_calendar(TODAY)
    }


def test_what_may_be_paid_back_is_said_with_its_reason(result_of):
    made = measure(
        need={2026: 80, 2027: 0},
        in_service="2027-09",
        starts="2025-01",
        lifetime_years=3,
        grants=(
            grant("late", {2026: 10}, last_claim="2027-06-30", decided_on="2026-01-01"),
            grant("past", {2026: 10}, last_claim="2026-02-01", final_report="2026-02-28"),
            grant("cut", {2026: 50}, share="0.5", eligible_expenditure=100),
            grant("kept", {2026: 10}, source="eruf_ovre_norrland"),
            grant("fine", {2026: 10}, source="other_actor"),
        ),
    )
    found = risks(result_of(made))
    assert found["late"] == [
        "started_before_decision",
        "claim_early",
        "completed_after_last_claim",
    ]
    assert {"last_claim_passed", "final_report_passed"} <= set(found["past"])
    assert "cost_below_eligible" in found["cut"]
    assert found["kept"] == ["keep"]
    assert found["fine"] == []


def test_the_calendar_begins_with_the_next_day_to_keep(result_of):
    made = measure(
        need={2026: 100},
        grants=(
            grant("none", {2026: 1}, source="other_actor"),
            grant("second", {2026: 1}, last_claim="2026-09-30", decided_on="2026-01-01"),
            grant("first", {2026: 1}, "idea", apply_by="2026-04-15"),
            grant("gone", {2026: 1}, "idea", apply_by="2026-02-15"),
        ),
    )
    entries = result_of(made).grant_calendar(TODAY)
    assert [entry.grant for entry in entries] == ["first", "second", "none", "gone"]
    assert entries[0].next_day(TODAY) == (date(2026, 4, 15), "apply_by")
    assert [risk.code for risk in entries[3].risks] == ["apply_by_passed"]


def given(key: str, title: str, **fields) -> AgencyGrant:
    return AgencyGrant(id=key, agency="Naturvårdsverket", title=title, **fields)


def test_the_portfolio_is_summed_by_year_agency_and_organisation(result_of):
    rows = (
        given("a", "Laddning", organisation="Bolaget", amount=100, granted_on="2024-05-01"),
        given("b", "Biogas", organisation="Gården", amount=300, granted_on="2023-05-01"),
        given("c", "Okänt", organisation="Bolaget"),
    )
    found = result_of(measure(), agency_grants=rows).portfolio()
    assert [(each.key, each.count, kronor(each.amount)) for each in found.by_year] == [
        ("2023", 1, 300),
        ("2024", 1, 100),
        ("", 1, 0),
    ]
    assert [(each.key, each.unknown) for each in found.by_organisation] == [
        ("Gården", 0),
        ("Bolaget", 1),
    ]
    assert (kronor(found.amount), found.unknown, found.matched) == (400, 1, 0)


def test_a_match_is_proposed_by_reference_or_title_and_never_taken():
    measures = [
        measure("a", grants=(grant("g", {2026: 1}, reference="NV-1"),)),
        measure("b").model_copy(update={"name": "Laddplatser för tunga fordon vid hamnen"}),
    ]
    rows = [
        given("1", "Något helt annat", reference="nv-1"),
        given("2", "Laddplatser för tunga fordon"),
        given("3", "Biogasanläggning på landet"),
        given("4", "Laddplatser för tunga fordon", measure="a"),
    ]
    found = proposals(rows, measures)
    assert [(each.grant, each.measure, each.why) for each in found] == [
        ("1", "a", "reference"),
        ("2", "b", "title"),
    ]
    assert agreed(rows, found[:1])[0].measure == "a"
    assert agreed(rows, found[:1])[1].measure == ""


def test_a_newer_list_keeps_what_somebody_has_said():
    standing = [given("1", "Laddning", amount=10, measure="a", source_ref="f!S!A2")]
    same, new, changed = merged(standing, [given("1", "Laddning", amount=10, source_ref="g!S!A9")])
    assert (same[0].measure, new, changed) == ("a", 0, 0)
    rows, new, changed = merged(standing, [given("1", "Laddning", amount=12), given("2", "Ny")])
    assert [(row.id, row.amount, row.measure) for row in rows] == [("1", 12, "a"), ("2", None, "")]
    assert (new, changed) == (1, 1)

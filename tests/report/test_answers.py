"""The answer in one sentence. NB: a no-break space stands before every unit."""

import numpy as np
import pytest

from model.reference import reference
from model.report import answers, lines, words
from model.rows import Expenditure, OwnerShare
from model.scenario import CostFactor, Delay, SwitchOff
from tests.model.conftest import appropriation, grant, measure
from tests.report.conftest import ENGLISH

NB = "\u00a0"


def test_a_title_says_how_much_is_missing_until_when_and_where_most(helsingborg):
    title = answers.gap_title(helsingborg, "secured")
    assert title == f"Minst 3,3{NB}miljarder saknas till 2030, mest hos Öresundskraft AB"


def test_a_sum_is_at_least_so_much_wherever_a_measure_in_it_has_no_amount(helsingborg):
    group = answers.figures(helsingborg, "secured")
    assert group.unknown > 0
    assert group.from_below
    by_sector = lines.lines(helsingborg, "sector", "secured")
    assert [each.from_below for each in by_sector] == [
        each.unknown + each.lower_bounds > 0 for each in by_sector
    ]
    assert any(each.from_below for each in by_sector)


def test_a_title_speaks_english(helsingborg):
    assert answers.gap_title(helsingborg, "secured", "en") == (
        f"At least 3.3{NB}billion{NB}SEK is missing until 2030, "
        "the largest part with Öresundskraft AB"
    )


def test_the_scenario_stands_before_its_number(result_of):
    result = result_of(
        measure(need={2026: 10_000_000}, department="Tekniska nämnden"),
        scenario=reference().scenarios["two_years_late"],
    )
    assert answers.gap_title(result, "secured") == (
        f"Två år senare: 10,0{NB}mnkr saknas till 2030, allt hos Tekniska nämnden"
    )


def test_without_departments_the_title_names_the_sector(result_of):
    result = result_of(
        measure("a", {2026: 10_000_000}), measure("b", {2026: 20_000_000}, sector="energy")
    )
    assert answers.gap_title(result, "secured") == (
        f"30,0{NB}mnkr saknas till 2028, mest inom Energisystem"
    )


def test_a_covered_need_is_said_to_be_covered(result_of):
    covered = measure(need={2026: 100}, appropriations=(appropriation(2026, 100),))
    assert answers.gap_title(result_of(covered), "secured") == "Hela behovet är täckt till 2028"


def test_only_the_known_need_is_covered_where_an_amount_is_unknown(result_of):
    result = result_of(
        measure("a", {2026: 100}, appropriations=(appropriation(2026, 100),)), measure("b")
    )
    title = answers.gap_title(result, "secured")
    assert title == "Hela det kända behovet är täckt till 2028"


def test_what_is_unknown_is_not_said_to_be_nothing(result_of):
    title = answers.gap_title(result_of(measure("b")), "secured")
    assert title == "Hur mycket kommunkoncernen behöver investera är okänt"


def test_a_plan_of_others_has_no_municipal_need(result_of):
    private = measure(need={2026: 100}, owner="business", owner_kind="private")
    title = answers.gap_title(result_of(private), "secured")
    assert title == "Kommunkoncernen har inget investeringsbehov i planen"


def test_a_lower_bound_makes_the_sum_a_lower_bound(result_of):
    least = measure(expenditures=(Expenditure(year=2026, low=75_000_000),), department="Hamnen")
    assert answers.gap_title(result_of(least), "secured") == (
        f"Minst 75,0{NB}mnkr saknas till 2028, allt hos Hamnen"
    )


def test_money_after_the_last_year_is_not_said_to_be_missing_until_it(result_of):
    result = result_of(measure(need={"later": 1_000_000}, department="VA"))
    assert answers.gap_title(result, "secured") == (
        f"1,0{NB}mnkr saknas från 2026 och framåt, allt hos VA"
    )


def test_other_actors_need_is_never_called_a_gap(helsingborg):
    title = answers.gap_title(helsingborg, "secured", actor_group="other")
    assert title == f"Andra aktörer behöver investera 8,2{NB}miljarder till 2030"
    assert answers.need_title(helsingborg, "secured", actor_group="shared") == (
        f"Minst 2,0{NB}miljarder i delade åtgärder till 2030, fördelningen är okänd"
    )


def test_the_unit_is_said_once_where_part_and_whole_share_it(helsingborg, result_of):
    title = answers.breakdown_title(helsingborg, "secured")
    assert title == f"Mest saknas hos Öresundskraft AB: 2,0 av minst 3,3{NB}miljarder"
    both = result_of(
        measure("a", {2026: 600_000_000}, department="A"),
        measure("b", {2026: 500_000_000}, department="B"),
    )
    assert answers.breakdown_title(both, "secured") == (
        f"Mest saknas hos A: 600,0{NB}mnkr av 1,1{NB}miljarder"
    )


def test_a_long_department_is_cut_in_a_title(result_of):
    title = answers.gap_title(
        result_of(measure(need={2026: 10**7}, department="N" * 4000)), "secured"
    )
    assert title.endswith("N…")
    assert len(title) < 120


def test_a_private_share_is_a_lower_bound_while_some_is_shared(helsingborg):
    assert answers.owners_title(helsingborg, "secured") == (
        f"Minst 61{NB}% av investeringsbehovet är privat, i Umeå omkring 80{NB}%"
    )


def test_umea_is_not_compared_with_itself(result_of):
    result = result_of(measure(need={2026: 100}), head={"municipality": "2480"})
    title = answers.owners_title(result, "secured")
    assert title == f"0{NB}% av investeringsbehovet är privat"


def test_the_messy_middle_counts_what_is_decided_on_and_not_procured(result_of):
    result = result_of(
        measure("a", {2026: 10_000_000}, readiness="pilot"),
        measure("b", {2026: 20_000_000}, readiness="start_permit"),
        measure("c", {2026: 40_000_000}, readiness="procured"),
    )
    assert answers.readiness_title(result, "secured") == (
        f"20,0{NB}mnkr saknas mellan pilot och genomförande"
    )


def test_a_subtitle_says_unit_prices_vat_reading_and_version(example):
    assert answers.subtitle(example, "planned") == (
        "Kommunkoncernens investeringsbehov efter vad som täcker det, mnkr · löpande priser, "
        "moms enligt varje belopp · läsart: planerat · "
        f"Exempelkommunen 2030 (exempel), version{NB}1"
    )


def test_caveats_say_what_is_invented_unknown_and_known_only_from_below(example, helsingborg):
    assert answers.caveats(example, "secured") == (
        "EXEMPEL: påhittade siffror",
        "1 av 16 åtgärder har okänt belopp",
        "1 åtgärd har bara en nedre gräns (minst)",
    )
    assert answers.caveats(helsingborg, "secured")[0] == (
        "Planen anger inga bidrag eller anslag: det som saknas är hela behovet"
    )


def test_vat_is_said_as_the_amounts_say_it_and_municipal_amounts_with_it_are_told(result_of):
    def rows(vat):
        return (Expenditure(year=2026, mid=100, vat=vat),)

    theirs = measure("b", owner="household", owner_kind="private", expenditures=rows("included"))
    fair = result_of(measure("a", expenditures=rows("excluded")), theirs)
    assert words.vat(fair.plan) == "moms enligt varje belopp"
    assert answers.caveats(fair, "secured")[1:] == ()
    mixed = result_of(measure("a", expenditures=rows("included")), theirs, head={"id": "two"})
    assert words.vat(mixed.plan) == "inkl. moms"
    assert answers.caveats(mixed, "secured")[1:] == (
        "1 av kommunkoncernens åtgärder räknar belopp med moms",
    )


def test_the_expected_value_is_kept_out_of_decision_papers(helsingborg):
    label = "Väntat värde – inte för beslutsunderlag"
    assert label in answers.caveats(helsingborg, "expected")
    for reading in ("secured", "planned", "best_case"):
        assert label not in answers.caveats(helsingborg, reading)


def test_a_measure_with_known_shares_belongs_to_each_of_its_owners_groups(result_of):
    shared = measure(
        "a",
        {2026: 300},
        owner="mixed",
        owner_kind="mixed",
        owner_shares=(
            OwnerShare(owner="municipality", share="0.25"),
            OwnerShare(owner="business", share="0.75"),
        ),
    )
    result = result_of(shared, measure("b", {2026: 100}))
    assert answers.members(result.plan, "municipal_group").tolist() == [True, True]
    assert answers.members(result.plan, "other").tolist() == [True, False]
    assert not np.any(answers.members(result.plan, "shared"))
    assert answers.figures(result, "secured").need == 175_00
    assert answers.figures(result, "secured", "other").need == 225_00


def test_no_group_is_left_out_of_the_whole(example):
    groups = [answers.figures(example, "secured", group) for group in words.ACTOR_GROUPS]
    whole = answers.figures(example, "secured", None)
    for name in ("need", "covered", "gap", "one_off", "one_off_gap"):
        assert sum(getattr(group, name) for group in groups) == getattr(whole, name)


def test_a_changed_scenario_does_not_pass_for_the_shipped_one(result_of):
    shipped = reference().scenarios["costs_plus_30"]
    assert words.scenario(shipped) == "Kostnader +30 %"
    assert words.scenario(shipped.then(Delay(years=1))) == "Kostnader +30 %, ändrat"


@pytest.mark.parametrize(
    ("adjustment", "text"),
    [
        (SwitchOff(where={"tags": {"id": ("a",)}}), "Åtgärd a genomförs inte"),
        (Delay(years=2), "Alla åtgärder 2 år senare"),
        (
            CostFactor(factor=1.3, where={"tags": {"sector": ("energy", "transport")}}),
            f"Energisystem/Mobilitet och transport 30{NB}% dyrare",
        ),
        (CostFactor(factor=0.875), f"Alla åtgärder 12,5{NB}% billigare"),
    ],
)
def test_an_adjustment_is_said_in_words(result_of, adjustment, text):
    plan = result_of(measure("a", {2026: 1})).plan
    assert words.adjustment(adjustment, plan=plan) == text


@pytest.mark.parametrize("name", ["helsingborg", "example"])
@pytest.mark.parametrize("reading", ["secured", "planned", "expected", "best_case"])
def test_swedish_has_no_english_in_it(name, reading, request):
    result = request.getfixturevalue(name)
    said = [
        answers.gap_title(result, reading),
        answers.need_title(result, reading),
        answers.need_title(result, reading, actor_group="shared"),
        answers.breakdown_title(result, reading),
        answers.breakdown_title(result, reading, "sector"),
        answers.readiness_title(result, reading),
        answers.owners_title(result, reading),
        answers.subtitle(result, reading),
        *answers.caveats(result, reading),
    ]
    assert [text for text in said if ENGLISH.search(text)] == []


def test_a_grant_paid_in_arrears_counts_as_cover(result_of):
    result = result_of(measure(need={2026: 100}, grants=(grant("g", {2028: 100}),)))
    assert answers.gap_title(result, "secured") == "Hela behovet är täckt till 2028"

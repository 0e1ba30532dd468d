"""Budget sheets that follow no common convention, and that a person understands all the same.

Each is read as that person would read it, or is asked about where that person would have to ask.
"""

from decimal import Decimal

import pytest

from model.intake.answers import NONE, Answers
from model.intake.reading import Reading
from tests.intake import sheets

HEAD = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Plan 2027")
BRIDGE = ("Tekniska nämnden", 11, "Bro över Årån", 3000, 1500)
SCHOOL = ("Barnnämnden", 21, "Ängsskolan", 800, 950)


def read(*rows, title="Budget", unit="Belopp i tkr") -> Reading:
    """A reading of a sheet: its unit in A1, then the rows."""
    return read_sheets((title, [[unit], *rows]))


def read_sheets(*named: tuple[str, list], answers: Answers = NONE) -> Reading:
    """A reading of sheets, each a title and its rows."""
    return sheets.read(*(sheets.sheet(rows, title) for title, rows in named), answers=answers)


def amounts(reading: Reading) -> dict[str, dict[str, Decimal]]:
    """Investment in thousands of kronor by name and year."""
    return {
        measure["name"]: {
            year: Decimal(amount) / 1000
            for year, amount in measure["investment"].items()
            if Decimal(amount)
        }
        for measure in reading.to_json()["measures"]
    }


def funding(reading: Reading) -> dict[str, list[tuple[str, str, Decimal]]]:
    """Source, year and thousands of kronor of the grants by the name of their measure."""
    return {
        measure["name"]: [
            (grant["source"], grant["year"], Decimal(grant["amount"] or 0) / 1000)
            for grant in measure["funding"]
        ]
        for measure in reading.to_json()["measures"]
        if measure["funding"]
    }


def decided(reading: Reading) -> dict[str, Decimal]:
    """Decided appropriations in thousands of kronor by year."""
    sums: dict[str, Decimal] = {}
    for measure in reading.to_json()["measures"]:
        for year, amount in measure["appropriation"].items():
            sums[year] = sums.get(year, Decimal(0)) + Decimal(amount) / 1000
    return sums


def questions(reading: Reading) -> set[str]:
    """The codes of what is asked; every error has to be a question."""
    codes = {found.code for found in reading.errors}
    assert all(code.startswith("ask_") for code in codes), reading.errors
    return codes


BOTH = {"Bro över Årån": {"2026": 3000, "2027": 1500}, "Ängsskolan": {"2026": 800, "2027": 950}}


def is_right_or_asks(reading: Reading, expected: dict) -> bool:
    """Nothing silent: either all as meant, or a question."""
    return bool(questions(reading)) or amounts(reading) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "Belopp i tusental kronor",
        "tusentals kronor",
        "Belopp i 1000-tal kronor",
        "Belopp i 1 000-tals kr",
        "Belopp i 1 000 kr",
        "kronor, tusental",
        "SEK thousand",
        "Amounts in thousands of SEK",
        "SEK 000s",
        "tkr, löpande priser",
        "Belopp i tkr (exkl. moms)",
    ],
)
def test_a_thousand_kronor_is_never_read_as_one(unit):
    reading = read(HEAD, BRIDGE, SCHOOL, unit=unit)
    assert is_right_or_asks(reading, BOTH)


@pytest.mark.parametrize("unit", ["miljontals kronor", "SEK million", "Miljoner kronor (mnkr)"])
def test_a_million_kronor_is_never_read_as_one(unit):
    reading = read(HEAD, (*BRIDGE[:3], 3, 1.5), unit=unit)
    assert is_right_or_asks(reading, {"Bro över Årån": {"2026": 3000, "2027": 1500}})


def test_last_years_budget_beside_this_years_is_no_decision_of_the_plan():
    head = ("Nämnd", "Projekt", "Budget 2025", "Budget 2026", "Plan 2027")
    reading = read(
        ("Investeringsbudget 2026 med plan 2027",),
        head,
        ("Tekniska nämnden", "Bro över Årån", 700, 3000, 1500),
        ("Barnnämnden", "Ängsskolan", 90, 800, 950),
    )
    assert questions(reading) or (amounts(reading) == BOTH and decided(reading) == {"2026": 3800})


def test_a_year_before_the_budget_that_the_title_names_is_asked_about():
    head = ("Nämnd", "Projekt", 2025, 2026, 2027)
    reading = read(
        ("Investeringsbudget 2026 och plan 2027",),
        head,
        ("Tekniska nämnden", "Bro över Årån", 700, 3000, 1500),
        ("Barnnämnden", "Ängsskolan", 90, 800, 950),
    )
    assert questions(reading) or (amounts(reading) == BOTH and decided(reading) == {"2026": 3800})


def test_a_summary_of_the_committees_is_not_added_to_their_sheets():
    head = ("Nr", "Projekt", 2026, 2027)
    summary = [
        ["Belopp i tkr"],
        ["Nämnd", 2026, 2027],
        ["Tekniska nämnden", 3000, 1500],
        ["Barnnämnden", 800, 950],
        ["Totalt", 3800, 2450],
    ]
    reading = read_sheets(
        ("Sammandrag", summary),
        ("Tekniska nämnden", [["Belopp i tkr"], head, BRIDGE[1:]]),
        ("Barnnämnden", [["Belopp i tkr"], head, SCHOOL[1:]]),
    )
    assert is_right_or_asks(reading, BOTH)


def test_a_summary_beneath_the_table_is_not_added_to_it():
    reading = read(
        HEAD,
        BRIDGE,
        SCHOOL,
        ("Totalt", None, None, 3800, 2450),
        (),
        ("Nämnd", None, None, "Budget 2026", "Plan 2027"),
        ("Tekniska nämnden", None, None, 3000, 1500),
        ("Barnnämnden", None, None, 800, 950),
        ("Totalt", None, None, 3800, 2450),
    )
    assert is_right_or_asks(reading, BOTH)


@pytest.mark.parametrize("gap", [[], [()], [(), ()]])
def test_how_the_total_is_financed_is_no_project(gap):
    reading = read(
        HEAD,
        BRIDGE,
        SCHOOL,
        ("Totalt", None, None, 3800, 2450),
        *gap,
        ("Finansiering",),
        ("Egna medel", None, None, 1800, 450),
        ("Nya lån", None, None, 2000, 2000),
        ("Summa finansiering", None, None, 3800, 2450),
    )
    assert is_right_or_asks(reading, BOTH)


def test_key_figures_beneath_the_total_are_no_projects():
    reading = read(
        HEAD,
        BRIDGE,
        SCHOOL,
        ("Summa investeringar", None, None, 3800, 2450),
        (),
        ("Avskrivningar", None, None, 1200, 1300),
        ("Självfinansieringsgrad", None, None, 0.62, 0.7),
        ("Investeringsram enligt KF", None, None, 4000, 2500),
    )
    assert is_right_or_asks(reading, BOTH)


def test_incomes_in_a_section_of_their_own_are_no_expenditure():
    reading = read(
        HEAD,
        ("Utgifter",),
        BRIDGE,
        SCHOOL,
        ("Summa utgifter", None, None, 3800, 2450),
        ("Inkomster",),
        ("Tekniska nämnden", 11, "Bro över Årån", 750, 300),
        ("Summa inkomster", None, None, 750, 300),
        ("Netto", None, None, 3050, 2150),
    )
    assert is_right_or_asks(reading, BOTH)
    if not questions(reading):
        ((_, grants),) = funding(reading).items()
        assert [grant[1:] for grant in grants] == [("2026", 750), ("2027", 300)]


@pytest.mark.parametrize("sign", [1, -1])
def test_expenditure_income_and_net_may_be_three_rows_of_one_project(sign):
    reading = read(
        ("Nämnd", "Nr", "Projekt", "Typ", "Budget 2026", "Plan 2027"),
        ("Tekniska nämnden", 11, "Bro över Årån", "Utgift", 3000, 1500),
        (None, None, None, "Inkomst", 750 * sign, 300 * sign),
        (None, None, None, "Netto", 2250, 1200),
        ("Barnnämnden", 21, "Ängsskolan", "Utgift", 800, 950),
        (None, None, None, "Inkomst", 0, 0),
        (None, None, None, "Netto", 800, 950),
    )
    assert is_right_or_asks(reading, BOTH)
    if not questions(reading):
        assert [grant[1:] for grant in funding(reading)["Bro över Årån"]] == [
            ("2026", 750),
            ("2027", 300),
        ]


def test_the_steps_of_a_project_are_not_added_to_it():
    reading = read(
        HEAD,
        BRIDGE,
        (None, None, " - etapp 1", 2000, 500),
        (None, None, " - etapp 2", 1000, 1000),
        SCHOOL,
    )
    sums = {"2026": Decimal(3_800_000), "2027": Decimal(2_450_000)}
    assert questions(reading) or reading.totals == sums


def test_a_project_that_gives_grants_is_an_expenditure():
    reading = read(HEAD, BRIDGE, ("Tekniska nämnden", 12, "Bidrag till enskilda vägar", 500, 500))
    expected = {"Bro över Årån": BOTH["Bro över Årån"]} | {
        "Bidrag till enskilda vägar": {"2026": 500, "2027": 500}
    }
    assert is_right_or_asks(reading, expected)
    assert funding(reading) == {}


def test_the_sale_of_land_is_no_grant_of_the_project_above():
    reading = read(HEAD, BRIDGE, ("Tekniska nämnden", 13, "Försäljning av tomter", -400, -400))
    assert reading.errors or "Bro över Årån" not in funding(reading)


def test_proposals_of_three_bodies_for_one_year_are_asked_about():
    head = ("Nämnd", "Nr", "Projekt", "Nämndens äskande 2026", "KS förslag 2026", "KF beslut 2026")
    reading = read(head, ("Tekniska nämnden", 11, "Bro över Årån", 4000, 3500, 3000))
    assert is_right_or_asks(reading, {"Bro över Årån": {"2026": 3000}})


def test_an_original_and_a_revised_budget_are_not_added():
    years = ("Ursprunglig budget 2026", "Ombudgetering", "Reviderad budget 2026")
    head = ("Nämnd", "Nr", "Projekt", *years)
    reading = read(head, ("Tekniska nämnden", 11, "Bro över Årån", 2600, 400, 3000))
    assert is_right_or_asks(reading, {"Bro över Årån": {"2026": 3000}})


def test_a_change_from_the_last_plan_is_no_amount():
    head = ("Nämnd", "Nr", "Projekt", 2026, 2027, "Förändring mot plan 2026", "Avvikelse")
    reading = read(head, (*BRIDGE, -200, 17), (*SCHOOL, 35, -4))
    assert is_right_or_asks(reading, BOTH)


def test_a_column_of_shares_is_no_amount():
    reading = read((*HEAD, "Andel %", "Index"), (*BRIDGE, 55, 100), (*SCHOOL, 45, 102))
    assert is_right_or_asks(reading, BOTH)


def test_one_column_in_another_unit_keeps_its_own():
    head = ("Nämnd", "Nr", "Projekt", "T.o.m. 2025 (mnkr)", "Budget 2026", "Plan 2027")
    reading = read(head, ("Tekniska nämnden", 11, "Bro över Årån", 1.5, 3000, 1500))
    expected = {"Bro över Årån": {"before": 1500, "2026": 3000, "2027": 1500}}
    assert is_right_or_asks(reading, expected)


def test_a_sheet_of_its_own_for_each_year_has_its_year_in_its_name():
    head = ("Nämnd", "Nr", "Projekt", "Belopp")
    reading = read_sheets(
        ("2026", [["Belopp i tkr"], head, BRIDGE[:4], SCHOOL[:4]]),
        ("2027", [["Belopp i tkr"], head, (*BRIDGE[:3], 1500), (*SCHOOL[:3], 950)]),
    )
    assert reading.errors or amounts(reading) == BOTH


def test_a_row_for_each_project_and_year_is_put_together():
    reading = read(
        ("Nämnd", "Nr", "Projekt", "År", "Belopp"),
        (*BRIDGE[:3], 2026, 3000),
        (*BRIDGE[:3], 2027, 1500),
        (*SCHOOL[:3], 2026, 800),
        (*SCHOOL[:3], 2027, 950),
    )
    assert is_right_or_asks(reading, BOTH)


def test_amounts_with_the_mark_of_a_footnote_are_not_another_number():
    reading = read(HEAD, (*BRIDGE[:3], "3000*", "1500 1)"), SCHOOL, (), ("* Se bilaga",))
    found = amounts(reading).get("Bro över Årån", {})
    assert reading.errors or found == {"2026": 3000, "2027": 1500}
    assert found.get("2027") not in (15001, Decimal("1500.1"))


def test_an_amount_of_two_parts_is_refused_and_not_guessed():
    reading = read(HEAD, (*BRIDGE[:3], "2000+1000", 1500), SCHOOL)
    assert reading.errors
    assert amounts(reading).get("Bro över Årån", {}).get("2026") in (None, 3000)


def test_the_year_in_a_project_name_is_no_amount_and_no_heading():
    reading = read(
        ("Projekt", "Budget 2026", "Plan 2027"),
        ("Skola 2030", 3000, 1500),
        ("2030", 800, 950),
        title="Tekniska nämnden",
    )
    assert is_right_or_asks(
        reading, {"Skola 2030": {"2026": 3000, "2027": 1500}, "2030": {"2026": 800, "2027": 950}}
    )


def test_small_amounts_that_look_like_years_are_amounts():
    head = ("Nämnd", "Nr", "Projekt", 2026, 2027)
    reading = read(
        head,
        ("Tekniska nämnden", 11, "Bro över Årån", 2026, 2027),
        ("Barnnämnden", 21, "Ängsskolan", 2025, 2024),
    )
    assert is_right_or_asks(
        reading,
        {
            "Bro över Årån": {"2026": 2026, "2027": 2027},
            "Ängsskolan": {"2026": 2025, "2027": 2024},
        },
    )


def test_a_negative_amount_without_a_word_for_it_is_asked_about():
    reading = read(HEAD, BRIDGE, ("Barnnämnden", 21, "Ängsskolan", -800, 950))
    assert reading.errors


def test_two_visible_versions_of_one_budget_are_not_added():
    rows = [["Belopp i tkr"], HEAD, BRIDGE, SCHOOL]
    later = [["Belopp i tkr"], HEAD, (*BRIDGE[:3], 3100, 1600), SCHOOL]
    unnamed = read_sheets(("Blad1", rows), ("Blad2", later))
    assert "ask_sheet" in {found.code for found in unnamed.errors}
    named = read_sheets(("Förslag", rows), ("Beslut", later))
    decision = {"Bro över Årån": {"2026": 3100, "2027": 1600}, "Ängsskolan": BOTH["Ängsskolan"]}
    assert is_right_or_asks(named, decision)


def test_a_committee_named_above_the_table_is_whose_the_projects_are():
    reading = read(
        ("Nämnd:", "Tekniska nämnden"),
        (),
        HEAD[1:],
        BRIDGE[1:],
        (12, "Väg", 100, 200),
    )
    assert reading.errors == ()
    assert {measure.department for measure in reading.measures} <= {"Tekniska nämnden", ""}
    assert amounts(reading) == {
        "Bro över Årån": {"2026": 3000, "2027": 1500},
        "Väg": {"2026": 100, "2027": 200},
    }


def test_the_number_may_stand_before_the_name_in_one_cell():
    head = ("Projekt", "Budget 2026", "Plan 2027")
    reading = read(head, ("2041 Bro över Årån", 3000, 1500), ("2042 Ängsskolan", 800, 950))
    assert is_right_or_asks(
        reading,
        {
            "2041 Bro över Årån": {"2026": 3000, "2027": 1500},
            "2042 Ängsskolan": {"2026": 800, "2027": 950},
        },
    ) or (
        amounts(reading) == BOTH
        and {m.project_number for m in reading.measures} == {"2041", "2042"}
    )


def test_a_name_column_without_a_heading_is_the_name():
    reading = read((None, 2026, 2027), ("Bro över Årån", 3000, 1500), ("Ängsskolan", 800, 950))
    assert is_right_or_asks(reading, BOTH)


def test_a_grant_without_a_year_is_never_given_one():
    head = ("Nämnd", "Nr", "Projekt", 2026, 2027, "Summa", "Bidrag/inkomst", "Netto")
    reading = read(head, (*BRIDGE, 4500, -900, 3600), (*SCHOOL, 1750, None, 1750))
    assert is_right_or_asks(reading, BOTH)
    for grants in funding(reading).values():
        assert [grant[1:] for grant in grants] == [(None, 900)]


def test_a_total_only_is_not_put_in_a_year():
    reading = read(
        ("Nämnd", "Projekt", "Total utgift"), ("Tekniska nämnden", "Bro över Årån", 4500)
    )
    assert all(year not in ("2026", "2025") for year in reading.totals)


def test_the_operation_that_follows_is_no_investment():
    head = (*HEAD, "Drift 2026", "Drift 2027", "Kapitalkostnad 2027")
    reading = read(head, (*BRIDGE, 10, 20, 90), (*SCHOOL, 5, 5, 45))
    assert is_right_or_asks(reading, BOTH)


def test_investment_and_operation_over_the_same_years_are_told_apart():
    reading = read(
        (None, None, None, "Investering", None, "Drift", None),
        ("Nämnd", "Nr", "Projekt", 2026, 2027, 2026, 2027),
        (*BRIDGE, 10, 20),
        (*SCHOOL, 5, 5),
    )
    assert is_right_or_asks(reading, BOTH)


def test_a_part_between_two_sums_does_not_hide_a_project():
    reading = read(
        HEAD,
        BRIDGE,
        ("varav planering", None, None, 100, None),
        ("Summa Tekniska nämnden", None, None, 3000, 1500),
        SCHOOL,
        ("Summa Barnnämnden", None, None, 800, 950),
        ("varav självfinansierat", None, None, 50, 60),
        ("SUMMA", None, None, 3800, 2450),
    )
    assert reading.errors == ()
    assert amounts(reading) == BOTH


def test_a_sum_that_forgets_a_project_is_said():
    reading = read(HEAD, BRIDGE, SCHOOL, ("Totalt", None, None, 3000, 1500))
    assert "sum_differs" in {found.code for found in reading.errors}


def test_half_the_projects_with_a_negative_income_of_their_own_name():
    reading = read(
        HEAD,
        BRIDGE,
        (None, None, "Exploateringsersättning", -500, -100),
        SCHOOL,
        ("Totalt", None, None, 3300, 2350),
    )
    assert is_right_or_asks(reading, BOTH)


def test_outcome_and_budget_of_earlier_years_are_no_part_of_the_plan():
    years = ("Bokslut 2024", "Budget 2025", "Budget 2026", "Plan 2027")
    reading = read(
        ("Nämnd", "Nr", "Projekt", *years),
        (*BRIDGE[:3], 55, 700, 3000, 1500),
        (*SCHOOL[:3], None, 90, 800, 950),
        ("Totalt", None, None, 55, 790, 3800, 2450),
    )
    found = {
        name: {year: amount for year, amount in by_year.items() if year != "before"}
        for name, by_year in amounts(reading).items()
    }
    assert questions(reading) or (found == BOTH and decided(reading) == {"2026": 3800})


def test_what_remains_of_a_project_is_not_added_to_its_years():
    head = ("Nämnd", "Nr", "Projekt", "Total projektbudget", "Upparbetat t.o.m. 2025", "Återstår")
    reading = read(
        (*head, "Budget 2026", "Plan 2027"),
        (*BRIDGE[:3], 5000, 500, 4500, 3000, 1500),
        (*SCHOOL[:3], 1800, 50, 1750, 800, 950),
    )
    expected = {
        "Bro över Årån": {"before": 500, "2026": 3000, "2027": 1500},
        "Ängsskolan": {"before": 50, "2026": 800, "2027": 950},
    }
    assert is_right_or_asks(reading, expected)


def test_an_additional_appropriation_is_asked_about_or_added_to_its_year():
    head = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Tilläggsanslag 2026", "Plan 2027")
    reading = read(head, (*BRIDGE[:3], 2900, 100, 1500), (*SCHOOL[:3], 800, None, 950))
    assert is_right_or_asks(reading, BOTH)


def test_grant_columns_named_by_their_source_are_grants_of_it():
    head = (*HEAD, "Bidrag Klimatklivet 2026", "Bidrag Klimatklivet 2027")
    reading = read(head, (*BRIDGE, 750, 300), (*SCHOOL, None, 95))
    assert is_right_or_asks(reading, BOTH)
    if not questions(reading):
        assert funding(reading) == {
            "Bro över Årån": [("klimatklivet", "2026", 750), ("klimatklivet", "2027", 300)],
            "Ängsskolan": [("klimatklivet", "2027", 95)],
        }


@pytest.mark.parametrize(
    "label", ["Inkomst", "Bidrag", "Statlig medfinansiering", "Bidrag Trafikverket"]
)
def test_a_grant_of_a_source_that_is_not_known_is_still_that_projects_grant(label):
    reading = read(HEAD, BRIDGE, (None, None, label, -750, -300), SCHOOL)
    assert is_right_or_asks(reading, BOTH)
    if not questions(reading):
        grants = funding(reading)["Bro över Årån"]
        assert [grant[1:] for grant in grants] == [("2026", 750), ("2027", 300)]


def test_an_amount_with_a_unit_of_its_own_has_that_unit():
    reading = read(HEAD, (*BRIDGE[:3], "3 mnkr", "1 500 tkr"), SCHOOL)
    assert is_right_or_asks(reading, BOTH)


def test_a_point_before_three_digits_is_asked_about():
    reading = read(HEAD, (*BRIDGE[:3], "3.000", "1.500"), SCHOOL)
    assert reading.errors


def test_a_sum_that_counts_collapsed_rows_says_that_something_is_missing():
    reading = read(HEAD, BRIDGE, ("Totalt", None, None, 3800, 2450))
    assert reading.errors


def test_an_earlier_plan_in_a_table_beside_is_asked_about():
    gap = (None,)
    reading = read(
        ("Budget 2026–2027", None, None, None, None, *gap, "Budget 2025–2026"),
        ("Nämnd", "Nr", "Projekt", 2026, 2027, *gap, "Projekt", 2025, 2026),
        (*BRIDGE, *gap, "Bro över Årån", 2500, 2500),
        (*SCHOOL, *gap, "Ängsskolan", 700, 900),
    )
    assert reading.errors or amounts(reading) == BOTH


def test_two_lines_of_one_name_are_one_project_or_asked_about():
    head = ("Projekt", "Budget 2026", "Plan 2027")
    reading = read(head, ("Bro över", None, None), ("Årån", 3000, 1500), ("Ängsskolan", 800, 950))
    sums = {"2026": Decimal(3_800_000), "2027": Decimal(2_450_000)}
    assert reading.errors or reading.totals == sums


def test_a_project_without_amounts_is_kept_and_has_no_need_in_any_year():
    reading = read(HEAD, BRIDGE, ("Tekniska nämnden", 12, "Torg", None, None), SCHOOL)
    assert reading.errors == ()
    assert amounts(reading) == BOTH | {"Torg": {}}


def test_the_mark_of_a_footnote_after_a_year_is_no_part_of_it():
    head = ("Nämnd", "Nr", "Projekt", "Budget 2026 1)", "Plan 2027*")
    reading = read(head, BRIDGE, SCHOOL, (), ("1) Beslutad i november",))
    assert is_right_or_asks(reading, BOTH)


def test_a_period_in_a_heading_is_no_single_year():
    reading = read(
        ("Nämnd", "Nr", "Projekt", "2026-2027", "2028-2031"),
        (*BRIDGE[:3], 4500, 9000),
        (*SCHOOL[:3], 1750, 1200),
    )
    for by_year in amounts(reading).values():
        assert reading.errors or "2026" not in by_year or "2027" in by_year
        assert reading.errors or by_year.get("2028") not in (9000, 1200)


def test_months_and_tertials_are_no_years():
    head = ("Nämnd", "Nr", "Projekt", "Budget 2026", "T1 2026", "T2 2026", "T3 2026")
    reading = read(head, (*BRIDGE[:3], 3000, 1000, 1000, 1000), (*SCHOOL[:3], 800, 800, 0, 0))
    expected = {"Bro över Årån": {"2026": 3000}, "Ängsskolan": {"2026": 800}}
    assert is_right_or_asks(reading, expected)


def test_an_amount_per_inhabitant_above_the_table_is_not_its_unit():
    reading = read(
        ("Investeringarna är 12 400 kr per invånare", None, None, None, "tkr"),
        HEAD,
        BRIDGE,
        SCHOOL,
        unit="Skattesats 21,50 kr",
    )
    assert is_right_or_asks(reading, BOTH)


def test_amounts_in_euro_are_asked_about():
    reading = read(HEAD, BRIDGE, SCHOOL, unit="Amounts in MEUR")
    assert questions(reading)


def test_a_loan_is_no_grant():
    reading = read(HEAD, BRIDGE, (None, None, "Finansieras med lån", -3000, -1500), SCHOOL)
    assert reading.errors or funding(reading) == {}


def test_own_money_is_no_grant():
    head = (*HEAD, "Egna medel 2026", "Bidrag 2026")
    reading = read(head, (*BRIDGE, 2250, 750), (*SCHOOL, 800, None))
    assert is_right_or_asks(reading, BOTH)
    if not questions(reading):
        assert [grant[1:] for grant in funding(reading)["Bro över Årån"]] == [("2026", 750)]
        assert decided(reading) == {"2026": 3800}


def test_what_fees_pay_for_is_not_said_to_be_paid_by_taxes():
    reading = read(
        ("Projekt", "Nämnd", "Budget 2026", "Plan 2027"),
        ("Skattefinansierad verksamhet",),
        ("Bro över Årån", "Tekniska nämnden", 3000, 1500),
        ("Avgiftsfinansierad verksamhet",),
        ("Ängsskolan", "Tekniska nämnden", 800, 950),
    )
    assert amounts(reading) == BOTH
    assert [measure.financing_form for measure in reading.measures] == ["tax", ""]


def test_a_committee_of_one_project_and_its_sum_by_the_same_name():
    reading = read(
        HEAD,
        BRIDGE,
        (None, None, "Tekniska nämnden", 3000, 1500),
        SCHOOL,
        (None, None, "Barnnämnden", 800, 950),
    )
    assert reading.errors == ()
    assert amounts(reading) == BOTH


@pytest.mark.parametrize("later", ["Vård och omsorg", "Hamnen"])
def test_a_heading_beside_those_of_committees_is_one_as_well(later):
    reading = read(
        HEAD[1:],
        ("Tekniska nämnden",),
        BRIDGE[1:],
        (later,),
        SCHOOL[1:],
    )
    assert {measure.name: measure.department for measure in reading.measures} == {
        "Bro över Årån": "Tekniska nämnden",
        "Ängsskolan": later,
    }
    parted = read(HEAD[1:], ("Tekniska nämnden",), ("Broar",), BRIDGE[1:], ("Skolor",), SCHOOL[1:])
    assert {measure.department for measure in parted.measures} == {"Tekniska nämnden"}


AREAS = (
    ("Gator", 3100, 1600),
    ("Bro över Årån", 3000, 1500),
    ("Gångväg", 100, 100),
    ("Parker", 900, 700),
    ("Lekplats", 400, 300),
    ("Badplats", 500, 400),
)
PARTS = {
    "Bro över Årån": {"2026": 3000, "2027": 1500},
    "Gångväg": {"2026": 100, "2027": 100},
    "Lekplats": {"2026": 400, "2027": 300},
    "Badplats": {"2026": 500, "2027": 400},
}


def test_sums_above_their_parts_are_known_by_their_figures():
    reading = read(("Tkr", "Budget 2026", "Plan 2027"), *AREAS)
    assert reading.errors == ()
    assert amounts(reading) == PARTS


def test_sums_above_sums_are_known_by_their_figures():
    head = ("Tkr", "Budget 2026", "Plan 2027")
    reading = read(head, ("Tekniska nämnden", 4000, 2300), *AREAS)
    assert reading.errors == ()
    assert amounts(reading) == PARTS
    assert {measure.department for measure in reading.measures} == {"Tekniska nämnden"}


def test_a_single_row_that_may_be_the_sum_of_those_below_is_asked_about():
    head = ("Nämnd", "Projekt", "Budget 2026", "Plan 2027")
    rows = [("Tekniska nämnden", *area) for area in AREAS[:3]]
    reading = read(head, *rows, ("Tekniska nämnden", "Torg", 70, 80))
    assert questions(reading) == {"ask_sum"}


def test_a_sum_of_a_single_row_among_other_sums_is_asked_about_and_may_be_answered():
    head = ("Tkr", "Budget 2026", "Plan 2027")
    rows = [["Belopp i tkr"], head, ("Tekniska nämnden", 3500, 1900), ("Parker", 400, 300)]
    rows += [("Lekplats", 400, 300), *AREAS[:3]]
    assert "ask_sum" in questions(read_sheets(("Budget", rows)))
    answers = Answers(rows={"Budget": {4: "sum"}})
    reading = read_sheets(("Budget", rows), answers=answers)
    assert reading.errors == ()
    assert amounts(reading) == {name: PARTS[name] for name in PARTS if name != "Badplats"}


def test_a_table_turned_on_its_side_is_not_read_as_if_it_were_not():
    reading = read(
        ("Projekt", "Bro över Årån", "Ängsskolan", "Totalt"),
        ("Nämnd", "Tekniska nämnden", "Barnnämnden", None),
        (2026, 3000, 800, 3800),
        (2027, 1500, 950, 2450),
    )
    assert reading.errors


@pytest.mark.parametrize("label", [None, "Bidrag LIFE"])
def test_an_amount_that_looks_like_a_year_is_no_heading(label):
    head = ("Nämnd", "Nr", "Projekt", 2026, 2027)
    other = ("Tekniska nämnden", 12, "Väg", 1000, 500)
    sign = 1 if label is None else 2
    rows = [BRIDGE] if label else [("Tekniska nämnden", 11, "Torg", 1000, 500), other]
    reading = read(head, *rows, (None, None, label, 2000, 1000 / sign), head, SCHOOL)
    assert reading.errors == ()
    assert reading.totals.keys() == {"2026", "2027"}
    assert len(reading.measures) == len(rows) + 1


def test_names_beneath_the_unit_in_the_corner_are_no_comments():
    head = ("Kommentar", "Nr", 2026, 2027, "Belopp i tkr")
    rows = [(None, 11, 3000, 1500, "Bro över Årån"), ("Se bilaga 2", 21, 800, 950, "Ängsskolan")]
    reading = read(head, rows[0], (), head, rows[1], unit="Investeringsbudget")
    assert reading.errors == ()
    assert amounts(reading) == BOTH
    alone = read(head, rows[1], unit="Investeringsbudget")
    assert alone.errors == ()
    assert amounts(alone) == {"Ängsskolan": BOTH["Ängsskolan"]}


def test_a_year_over_its_unit_does_not_reach_over_what_is_later():
    above = (None, None, None, "År 2026", "År 2027")
    head = ("Nämnd", "Nr", "Projekt", "Tkr", "Tkr", "Efter 2027")
    reading = read(above, head, (*BRIDGE, 70), (*SCHOOL, None), unit="Investeringsbudget")
    assert reading.errors == ()
    assert amounts(reading) == BOTH | {"Bro över Årån": BOTH["Bro över Årån"] | {"later": 70}}


def test_a_single_small_amount_and_its_sum_do_not_contradict_their_unit():
    rows = [("Tekniska nämnden", 11, "Skylt", 0.4), (None, None, "- varav stolpe", 0.1)]
    reading = read(("Nämnd", "Nr", "Projekt", 2026), *rows, (None, None, "Tekniska nämnden", 0.4))
    assert reading.errors == ()
    assert amounts(reading) == {"Skylt": {"2026": Decimal("0.4")}}

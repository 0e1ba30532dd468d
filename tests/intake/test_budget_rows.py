"""Tables with a row per project: what each kind of column and row becomes."""

from decimal import Decimal

import pytest

from model.intake.answers import Answers, ColumnAnswer
from model.intake.reading import Reading
from model.rows import Appropriation
from tests.intake.sheets import budget, codes, left_out, read, sheet

PLACE = "bok.xlsx!Budget!"
TKR = 1000


def funding(reading: Reading) -> list[tuple]:
    """Source, year, kronor and status of every grant, in order."""
    return [
        (grant.source, payment.year, payment.amount, grant.status)
        for measure in reading.measures
        for grant in measure.grants
        for payment in grant.payments
    ]


def need(reading: Reading) -> dict[str, dict[int, int]]:
    """Thousands of kronor by name and year."""
    return {
        measure.name: {e.year: e.mid / TKR for e in measure.expenditures}
        for measure in reading.measures
    }


def given(reading: Reading) -> list[tuple]:
    """Year, basis, status and thousands of kronor of every appropriation."""
    return [
        (row.year, row.basis, row.status, row.amount / TKR)
        for measure in reading.measures
        for row in measure.appropriations
    ]


# Gross and net

FLOWS = [
    ["Belopp i tkr"],
    ["Nämnd", "Nr", "Projekt", 2026, None, None, 2027, None, None],
    [None, None, None, "Utgift", "Bidrag", "Netto", "Utgift", "Bidrag", "Netto"],
]


def test_expenditure_is_need_income_a_grant_and_net_a_check():
    rows = [*FLOWS, ["Tekniska nämnden", 1, "Bro", 1000, 300, 700, 500, None, 500]]
    reading = read(sheet(rows, merged=("D2:F2", "G2:I2")))
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 1000, 2027: 500}}
    assert given(reading) == [
        (2026, "gross", "decided", 1000),
        (2027, "gross", "planned", 500),
    ]
    assert funding(reading) == [("other_actor", 2026, Decimal(300_000), "applied")]
    assert codes(reading, "warning") == [("source_not_stated", "E4"), ("status_not_stated", "E4")]
    assert left_out(reading)["F4"] == "expenditure less income, checked against them"


def test_a_net_that_is_not_expenditure_less_income_is_an_error():
    rows = [*FLOWS, ["Tekniska nämnden", 1, "Bro", 1000, 300, 800, 500, None, 500]]
    reading = read(sheet(rows, merged=("D2:F2", "G2:I2")))
    assert codes(reading) == [("sum_differs", "F4")]


def test_income_may_be_written_as_negative():
    rows = [*FLOWS, ["Tekniska nämnden", 1, "Bro", 1000, -300, 700, 500, None, 500]]
    reading = read(sheet(rows, merged=("D2:F2", "G2:I2")))
    assert reading.errors == ()
    assert [row[2] for row in funding(reading)] == [Decimal(300_000)]


def test_income_of_both_signs_in_one_column_is_refused_where_it_differs():
    headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Bidrag 2026")
    rows = [("Tekniska nämnden", n, f"Bro {n}", 1000, -300) for n in (1, 2)]
    reading = budget(*rows, (None, 3, "Väg", 1000, 200), headings=headings)
    assert codes(reading) == [("income_sign", "E5")]


def test_a_net_column_alone_is_need_and_a_net_appropriation():
    headings = ("Nämnd", "Nr", "Projekt", "Nettoutgift 2026")
    reading = budget(("Tekniska nämnden", 1, "Bro", 700), headings=headings)
    assert need(reading) == {"Bro": {2026: 700}}
    assert [row[:2] for row in given(reading)] == [(2026, "net")]


def test_a_net_below_its_expenditure_without_income_is_the_appropriation():
    headings = ("Nämnd", "Nr", "Projekt", "Utgift 2026", "Netto 2026")
    reading = budget(("Tekniska nämnden", 1, "Bro", 1000, 700), headings=headings)
    assert need(reading) == {"Bro": {2026: 1000}}
    assert [(row[1], row[3]) for row in given(reading)] == [("net", 700)]
    assert ("net_without_income", "E3") in codes(reading, "warning")


def test_expenditure_written_as_negative_is_the_same_budget():
    unit = "Belopp i tkr, utgifter anges med minustecken"
    rows = [("Tekniska nämnden", 1, "Bro", -1000, -500), ("Summa", None, None, -1000, -500)]
    reading = budget(*rows, unit=unit)
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 1000, 2027: 500}}
    assert [check.difference for check in reading.sums] == [0, 0]


# Funding of projects

BRIDGE = ("Tekniska nämnden", 1, "Bro", 1000, 500)


@pytest.mark.parametrize(
    ("name", "amounts", "expected"),
    [
        ("Bidrag från Klimatklivet (beviljat)", (-300, None), [("klimatklivet", 2026, 300)]),
        ("Bidrag Klimatklivet, beviljat", (300, None), [("klimatklivet", 2026, 300)]),
        (
            "varav bidrag Klimatklivet (beviljat)",
            (300, 100),
            [("klimatklivet", 2026, 300), ("klimatklivet", 2027, 100)],
        ),
        ("därav Klimatklivet (beviljat)", (None, 100), [("klimatklivet", 2027, 100)]),
        ("Statsbidrag", (-300, None), [("other_actor", 2026, 300)]),
    ],
)
def test_a_grant_under_its_project_becomes_its_funding(name, amounts, expected):
    reading = budget(BRIDGE, (None, None, name, *amounts))
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 1000, 2027: 500}}
    assert [(s, y, a / TKR) for s, y, a, _ in funding(reading)] == expected
    status = "granted" if "beviljat" in name else "applied"
    assert {row[3] for row in funding(reading)} == {status}


def test_a_grant_names_the_cells_that_its_payments_came_from():
    reading = budget(BRIDGE, (None, None, "varav bidrag Klimatklivet", 300, 100))
    assert reading.measures[0].grants[0].source_ref == f"{PLACE}D4; {PLACE}E4"


@pytest.mark.parametrize("name", ["därav självfinansierade objekt", "varav inventarier"])
def test_a_subset_is_left_out_with_its_reason(name):
    reading = budget(BRIDGE, (None, None, name, 300, 100))
    assert funding(reading) == []
    assert left_out(reading)["D4"] == "a part of the row above, already in it"


def test_a_contribution_to_others_is_a_project_and_no_income():
    reading = budget(BRIDGE, ("Tekniska nämnden", 2, "Bidrag till enskilda vägar", 50, 50))
    assert list(need(reading)) == ["Bro", "Bidrag till enskilda vägar"]
    assert funding(reading) == []


def test_income_beneath_a_sum_is_of_no_project_and_is_asked_about():
    rows = [BRIDGE, ("Totalt", None, None, 1000, 500), (None, None, "Inkomst", -300, None)]
    reading = budget(*rows)
    assert funding(reading) == []
    assert [code for code, _ in codes(reading)] in (
        ["ask_row"],
        ["amount_without_name"] * 1,
        ["negative_amount"],
    )


def test_a_grant_larger_than_its_project_is_worth_a_warning():
    reading = budget(BRIDGE, (None, None, "varav bidrag Klimatklivet (beviljat)", 3000, None))
    assert reading.errors == ()
    assert ("grant_above_expenditure", "C3") in codes(reading, "warning")


def test_own_money_and_loans_are_no_grants():
    headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Inkomst 2026", "Finansieringskälla")
    row = ("Tekniska nämnden", 1, "Bro", 1000, 300, "Egna medel")
    reading = budget(row, headings=headings)
    assert funding(reading) == []
    assert ("no_grant", "E3") in codes(reading, "warning")
    assert reading.to_json()["measures"][0]["funding"] == [
        {"source": "own_budget", "year": "2026", "amount": "300000.00", "status": None}
    ]


def test_a_source_and_a_status_of_their_own_columns_belong_to_the_income():
    headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Bidrag 2026", "Bidragsgivare", "Status")
    row = ("Tekniska nämnden", 1, "Bro", 1000, 300, "Klimatklivet", "beviljat")
    reading = budget(row, headings=headings)
    assert reading.errors == ()
    assert funding(reading) == [("klimatklivet", 2026, Decimal(300_000), "granted")]
    assert codes(reading, "warning") == []


INCOME = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Plan 2027", "Bidrag/inkomst")


def test_income_without_a_year_is_of_the_projects_only_year():
    reading = budget(("Tekniska nämnden", 1, "Bro", 1000, None, -300), headings=INCOME)
    assert [(year, amount) for _, year, amount, _ in funding(reading)] == [(2026, 300_000)]


def test_income_without_a_year_is_noted_when_the_project_has_several():
    reading = budget((*BRIDGE, -300), headings=INCOME)
    assert reading.errors == ()
    assert funding(reading) == []
    assert codes(reading, "warning") == [("funding_without_year", "F3")]
    written = reading.to_json()["measures"][0]["funding"]
    assert [(entry["year"], entry["amount"]) for entry in written] == [(None, "300000.00")]
    assert "300 000" in reading.measures[0].note.replace("\u202f", " ")
    assert left_out(reading)["F3"].startswith("income whose year is not known")


def test_the_year_of_such_income_can_be_said():
    reading = budget((*BRIDGE, -300), headings=INCOME, answers=Answers(period=(2027, 2027)))
    assert [row[1] for row in funding(reading)] == [2027]


# Ongoing projects

ONGOING = (
    "Nämnd",
    "Nr",
    "Projekt",
    "Beslutad totalutgift",
    "Slutkostnadsprognos",
    "Upparbetat t.o.m. 2025",
    "Ombudgeteras",
    "Budget 2026",
    "Plan 2027",
)


def test_decision_and_forecast_of_the_whole_are_neither_need_nor_appropriation():
    row = ("Tekniska nämnden", 1, "Bro", 5000, 5500, 2000, None, 1500, 2000)
    reading = budget(row, headings=ONGOING)
    measure = reading.measures[0]
    assert (measure.decided_total, measure.forecast_total) == (5_000_000, 5_500_000)
    assert need(reading) == {"Bro": {0: 2000, 2026: 1500, 2027: 2000}}
    assert measure.expenditures[0].paid
    assert given(reading) == [(2026, "gross", "decided", 1500), (2027, "gross", "planned", 2000)]
    assert reading.to_json()["measures"][0]["spent"] == "2000000.00"


def test_what_is_carried_over_is_need_of_the_budget_year_and_was_decided_the_year_before():
    row = ("Tekniska nämnden", 1, "Bro", None, None, None, 400, 1500, None)
    reading = budget(row, headings=ONGOING)
    assert need(reading) == {"Bro": {2026: 1900}}
    assert reading.measures[0].expenditures[0].source_ref == f"{PLACE}H3; {PLACE}G3"
    assert reading.measures[0].appropriations == (
        Appropriation(
            year=2025,
            basis="gross",
            status="decided",
            amount=Decimal(400_000),
            carry_over=Decimal(400_000),
            source_ref=f"{PLACE}G3",
        ),
        Appropriation(
            year=2026,
            basis="gross",
            status="decided",
            amount=Decimal(1_500_000),
            source_ref=f"{PLACE}H3",
        ),
    )
    assert reading.to_json()["measures"][0]["carry_over"] == "400000.00"


def test_an_outcome_that_is_spent_already_is_not_counted_twice():
    headings = ("Nämnd", "Projekt", "Upparbetat t.o.m. 2025", "Utfall 2024", "Budget 2026")
    reading = budget(("Tekniska nämnden", "Bro", 300, 200, 500), headings=headings)
    assert need(reading) == {"Bro": {0: 300, 2026: 500}}
    assert left_out(reading)["D3"].startswith("already in the column “Upparbetat t.o.m. 2025”")


def test_outcome_and_forecast_before_the_budget_are_paid_when_no_column_holds_them():
    headings = ("Nämnd", "Projekt", "Utfall 2024", "Prognos 2025", "Budget 2026")
    reading = budget(("Tekniska nämnden", "Bro", 200, 100, 500), headings=headings)
    assert need(reading) == {"Bro": {0: 300, 2026: 500}}
    paid = reading.measures[0].expenditures[0]
    assert (paid.paid, paid.source_ref) == (True, f"{PLACE}C3; {PLACE}D3")


def test_a_forecast_of_the_budget_year_is_left_out():
    headings = ("Nämnd", "Projekt", "Budget 2026", "Prognos 2026")
    reading = budget(("Tekniska nämnden", "Bro", 500, 450), headings=headings)
    assert need(reading) == {"Bro": {2026: 500}}
    assert left_out(reading)["D3"].startswith("a forecast of a year")


# Sums


def test_every_checked_sum_says_what_was_stated_and_found():
    reading = budget(BRIDGE, ("Summa Tekniska nämnden", None, None, 1000, 400))
    assert [(s.ref, s.label, s.year, s.stated, s.found, s.difference) for s in reading.sums] == [
        (f"{PLACE}D4", "summa tekniska nämnden", "2026", 1_000_000, 1_000_000, 0),
        (f"{PLACE}E4", "summa tekniska nämnden", "2027", 400_000, 500_000, -100_000),
    ]
    assert codes(reading) == [("sum_differs", "E4")]


def test_a_row_without_a_name_that_comes_to_the_rows_above_is_a_sum():
    reading = budget(BRIDGE, (None, 2, "Väg", 10, 5), (None, None, None, 1010, 505))
    assert reading.errors == ()
    assert len(reading.measures) == 2
    assert left_out(reading)["D5"] == "a sum, checked against its parts"


def test_a_department_row_with_the_sum_of_what_is_below_it_is_a_sum():
    rows = [
        (None, None, "Tekniska nämnden", 30, 5),
        (None, 1, "Bro", 10, 5),
        (None, 2, "Väg", 20, None),
        (None, None, "Kulturnämnden", 7, 7),
        (None, 3, "Bibliotek", 7, 7),
    ]
    reading = budget(*rows)
    assert reading.errors == ()
    assert [(m.name, m.department) for m in reading.measures] == [
        ("Bro", "Tekniska nämnden"),
        ("Väg", "Tekniska nämnden"),
        ("Bibliotek", "Kulturnämnden"),
    ]


def test_a_sum_may_be_before_or_after_income():
    rows = [BRIDGE, (None, None, "Bidrag från Klimatklivet (sökt)", -300, -100)]
    for stated in ((1000, 500), (700, 400)):
        assert codes(budget(*rows, ("Summa", None, None, *stated))) == []
    assert codes(budget(*rows, ("Summa", None, None, 1300, 600))) == [
        ("sum_differs", "D5"),
        ("sum_differs", "E5"),
    ]


def test_a_total_of_all_sheets_is_checked_against_all_of_them():
    one = sheet([["tkr"], HEADINGS, ["Tekniska nämnden", 1, "Bro", 10, 5]], "Teknik")
    other = [["tkr"], HEADINGS, ["Kulturnämnden", 2, "Bibliotek", 7, 7]]
    right = sheet([*other, ["Totalt alla blad", None, None, 17, 12]], "Kultur")
    wrong = sheet([*other, ["Totalt alla blad", None, None, 27, 12]], "Kultur")
    assert codes(read(one, right)) == []
    assert ("sum_differs", "D4") in codes(read(one, wrong))


HEADINGS = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Plan 2027")


def test_a_summary_of_the_departments_is_checked_and_never_imported():
    summary = sheet(
        [
            ["tkr"],
            ["Nämnd", "Budget 2026", "Plan 2027"],
            ["Tekniska nämnden", 10, 5],
            ["Kulturnämnden", 7, 7],
            ["Totalt", 17, 12],
        ],
        "Sammanställning",
    )
    rows = [
        ["tkr"],
        HEADINGS,
        ["Tekniska nämnden", 1, "Bro", 10, 5],
        ["Kulturnämnden", 2, "Bibliotek", 7, 7],
    ]
    reading = read(summary, sheet(rows, "Projekt"))
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 10, 2027: 5}, "Bibliotek": {2026: 7, 2027: 7}}
    assert len(reading.sums) == 6
    assert {check.difference for check in reading.sums} == {0}


def test_steps_that_come_to_their_project_are_parts_of_it():
    rows = [BRIDGE, (None, None, "- etapp 1", 600, 500), (None, None, "- etapp 2", 400, None)]
    reading = budget(*rows)
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 1000, 2027: 500}}


def test_steps_that_do_not_come_to_their_project_are_asked_about():
    reading = budget(BRIDGE, (None, None, "- etapp 1", 600, 400))
    assert codes(reading) == [("ask_row", "C4")]


def test_a_column_of_totals_that_is_no_sum_of_the_years_is_asked_about():
    headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Plan 2027", "Totalt")
    rows = [("Tekniska nämnden", n, f"Bro {n}", 10 * n, 5, 1000 * n) for n in (1, 2, 3)]
    reading = budget(*rows, headings=headings)
    assert codes(reading) == [("ask_column", "F2")]
    said = {"": {"Totalt": ColumnAnswer(role="decided_total")}}
    answered = budget(*rows, headings=headings, answers=Answers(columns=said))
    assert answered.errors == ()
    assert answered.measures[0].decided_total == Decimal(1_000_000)


def test_how_the_whole_is_paid_for_is_no_project_and_is_said():
    rows = [
        BRIDGE,
        ("Totalt", None, None, 1000, 500),
        ("Finansiering",),
        (None, None, "Egna medel", 1000, 500),
    ]
    reading = budget(*rows)
    assert reading.errors == ()
    assert list(need(reading)) == ["Bro"]
    assert codes(reading, "warning") == [("rows_left_out", "C6")]
    assert left_out(reading)["D6"] == "in a part of the table that holds no projects"


# Where a row stands


def test_a_section_says_how_its_rows_are_financed():
    rows = [
        ("Skattefinansierad verksamhet",),
        ("Tekniska nämnden", 1, "Bro", 10, 5),
        ("VA",),
        ("Tekniska nämnden", 2, "Vattentorn", 7, 7),
        ("Exploatering",),
        ("Kommunstyrelsen", 3, "Norra hamnen", 9, 9),
    ]
    reading = budget(*rows)
    assert [m.financing_form for m in reading.measures] == ["tax", "water", "development"]
    assert [m.department for m in reading.measures][2] == "Kommunstyrelsen"


def test_a_sheet_for_each_department_in_its_own_order_has_its_title_as_department():
    one = sheet([["tkr"], ["Nr", "Projekt", 2026, 2027], [1, "Bro", 10, 5]], "Tekniska nämnden")
    other = sheet([["tkr"], [2027, "Projekt", 2026, "Nr"], [7, "Bibliotek", 6, 2]], "Kultur")
    reading = read(one, other)
    assert reading.errors == ()
    assert [(m.name, m.department) for m in reading.measures] == [
        ("Bro", "Tekniska nämnden"),
        ("Bibliotek", "Kultur"),
    ]
    assert need(reading)["Bibliotek"] == {2026: 6, 2027: 7}


def test_a_table_that_names_no_department_has_appropriations_and_unknown_owners():
    reading = budget(("1", "Bro", 10), headings=("Nr", "Projekt", "Budget 2026"))
    assert reading.errors == ()
    assert reading.measures[0].owner == ""
    assert given(reading) == [(2026, "gross", "decided", 10)]
    assert [code for code, _ in codes(reading, "warning")] == ["no_department"]


# One project in two tables


def test_a_project_with_expenditure_and_income_in_two_tables_is_one():
    spent = sheet([["tkr"], HEADINGS, ["Tekniska nämnden", 1, "Bro", 10, 5]], "Utgifter")
    earned = sheet([["tkr"], HEADINGS, ["Tekniska nämnden", 1, "Bro", 3, 2]], "Inkomster")
    reading = read(spent, earned)
    assert reading.errors == ()
    assert need(reading) == {"Bro": {2026: 10, 2027: 5}}
    assert [row[1:3] for row in funding(reading)] == [(2026, 3000), (2027, 2000)]


def test_a_section_of_income_belongs_to_the_projects_that_it_names():
    rows = [
        ("Utgifter",),
        ("Tekniska nämnden", 1, "Bro", 10, 5),
        ("Kulturnämnden", 2, "Bibliotek", 7, 7),
        ("Inkomster",),
        ("Tekniska nämnden", 1, "Bro", 3, 2),
    ]
    reading = budget(*rows)
    assert reading.errors == ()
    assert [(m.name, len(m.grants)) for m in reading.measures] == [("Bro", 1), ("Bibliotek", 0)]


def test_the_same_project_and_years_in_two_tables_are_refused():
    one = sheet([["tkr"], HEADINGS, ["Tekniska nämnden", 1, "Bro", 10, 5]], "Ett")
    other = sheet([["tkr"], HEADINGS, ["Tekniska nämnden", 1, "Bro", 11, 5], *MORE], "Två")
    assert ("same_row_twice", "C3") in codes(read(one, other))


MORE = [["Tekniska nämnden", n, f"Väg {n}", n, n] for n in range(2, 9)]


# Answers


def test_a_number_that_can_be_read_in_two_ways_is_asked_about_and_answered():
    row = ("Tekniska nämnden", 1, "Bro", "1.234", 500)
    asked = budget(row)
    assert codes(asked) == [("ask_number", "D3")]
    assert asked.errors[0].question.flag == "--point {choice}"
    for point, amount in (("thousands", 1234), ("decimal", Decimal("1.234"))):
        reading = budget(row, answers=Answers(point=point))
        assert reading.errors == ()
        assert need(reading)["Bro"][2026] == amount


def test_what_is_said_of_a_row_goes_before_its_words():
    rows = [BRIDGE, (None, None, "Gator och broar", 1000, 500)]
    said = Answers(rows={"Budget": {4: "sum"}})
    assert list(need(budget(*rows, answers=said))) == ["Bro"]
    said = Answers(rows={"Budget": {4: "ignore"}})
    reading = budget(*rows, answers=said)
    assert left_out(reading)["D4"] == "on a row that a person has left out"
    rows = [BRIDGE, (None, None, "Summa äldreboende", 30, 5)]
    said = Answers(rows={"Budget": {4: "measure"}})
    assert list(need(budget(*rows, answers=said))) == ["Bro", "Summa äldreboende"]


# Facts of a project


def test_an_owner_of_its_own_column_goes_before_the_department():
    headings = ("Nämnd", "Nr", "Projekt", "Ägare", "Budget 2026")
    rows = [
        ("Tekniska nämnden", 1, "Bro", "Region", 10),
        (None, 2, "Kraftvärme", "Ånäs Energi AB", 10),
        (None, 3, "Väg", "Kommunen", 10),
    ]
    reading = budget(*rows, headings=headings)
    assert [m.owner for m in reading.measures] == ["region", "municipal_company", "municipality"]
    assert [len(m.appropriations) for m in reading.measures] == [0, 1, 1]


def test_tonnes_become_an_effect_that_is_yearly_only_when_the_heading_says_so():
    for heading, basis in (("Ton CO2e/år", "per_year"), ("Utsläppsminskning (ton)", "unclear")):
        headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", heading)
        reading = budget(("Tekniska nämnden", 1, "Bro", 10, 250), headings=headings)
        effect = reading.measures[0].effects[0]
        assert (effect.indicator, effect.mid, effect.basis) == ("co2e_reduction", 250, basis)
        assert effect.source_ref == f"{PLACE}E3"


def test_a_running_cost_with_a_year_is_one_and_without_a_year_is_noted():
    headings = ("Nämnd", "Nr", "Projekt", "Budget 2026", "Driftkonsekvens 2027", "Driftkonsekvens")
    reading = budget(("Tekniska nämnden", 1, "Bro", 10, 250, 90), headings=headings)
    assert [(c.year, c.amount) for c in reading.measures[0].running_costs] == [(2027, 250_000)]
    assert ("operation_without_year", "F3") in codes(reading, "warning")


def test_sector_marks_and_dates_are_read():
    headings = ("Nämnd", "Nr", "Projekt", "Sektor", "Fossilfri", "Start", "Klart", "Budget 2026")
    done = {"kind": "date", "value": "2027-06-30", "serial": Decimal(46568)}
    row = ("Tekniska nämnden", 1, "Bro", "Byggnader", "x", 2026, done, 10)
    reading = budget(row, headings=headings)
    assert reading.errors == ()
    measure = reading.measures[0]
    assert (measure.sector, measure.climate_marked) == ("buildings", True)
    assert measure.in_service == "2027-06"
    written = reading.to_json()["measures"][0]
    assert (written["start"], written["end"]) == ("2026", "2027-06")


def test_every_amount_names_its_cell():
    written = budget(BRIDGE).to_json()["measures"][0]
    assert written["cells"] == {"2026": "Budget!D3", "2027": "Budget!E3"}

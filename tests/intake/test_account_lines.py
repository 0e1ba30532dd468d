"""Ledgers: lines of accounts put together by project, and a balance to the öre."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from model.intake import mapping
from model.intake.account_lines import read_lines
from model.intake.accounts import charts, fitting
from model.intake.answers import NONE, Answers, ColumnAnswer
from model.intake.draft import finish
from model.intake.ledger import Ledger
from model.intake.reader import Workbook
from model.intake.reading import read_workbook
from model.intake.table import Because, Column, Table, Unit
from model.years import BEFORE
from tests.intake.sheets import sheet

SWEDISH = ("number", "name", "account", "account_name", (2026, "budget"), (2027, "plan"))
HEADINGS = ("Projektnr", "Projekt", "Konto", "Kontonamn", "Budget 2026", "Plan 2027")
LONG = ("name", "type", "year", ("", ""))
LONG_HEADINGS = ("Projekt", "Typ", "År", "Belopp")


class Read:
    """A ledger that was read: its measures by name, its balance by year and its findings."""

    def __init__(self, rows, columns=SWEDISH, headings=HEADINGS, file="bok.xlsx", **more):
        answers, factor = more.pop("answers", NONE), Decimal(more.pop("factor", 1))
        page = sheet([headings, *rows])
        self.ledger = Ledger(Workbook(file, (page,)))
        made = []
        for index, (what, heading) in enumerate(zip(columns, headings, strict=True), 1):
            role, (year, stage) = (
                ("amount", what) if isinstance(what, tuple) else (what, (None, None))
            )
            flow = {"Utgift": "expenditure", "Inkomst": "income", "Netto": "net"}.get(heading)
            cell = page.cells[1, index]
            made.append(Column(index, role, heading, cell, year or None, stage or None, flow))
        unit = Unit(factor, None, "kr")
        why = Because("")
        table = Table(
            page,
            (1,),
            len(rows) + 2,
            1,
            len(headings),
            "lines",
            tuple(made),
            (),
            more.pop("unit", unit),
            why,
            more.pop("flipped", False),
            why,
            "net",
            "x",
        )
        self.lines = read_lines((table,), mapping.vocabulary(), answers, self.ledger)
        measures, self.funding = finish(self.lines.drafts, self.ledger)
        self.measures = {measure.name: measure for measure in measures}
        self.excluded = {left.ref.split("!")[-1]: left.reason for left in self.ledger.close()}

    @property
    def balances(self):
        return {b.year: (b.uses, b.sources, b.difference) for b in self.lines.balances}

    def codes(self, severity="error"):
        return [v.code for v in self.ledger.violations if v.severity == severity]

    def need(self, name):
        return {(e.year, e.kind): e.mid for e in self.measures[name].expenditures}

    def decided(self, name):
        rows = self.measures[name].appropriations
        return {(a.year, a.basis, a.status): a.amount for a in rows}

    def grants(self, name):
        return {
            (grant.note, payment.year): payment.amount
            for grant in self.measures[name].grants
            for payment in grant.payments
        }


SCHOOL = (
    ("1201", "Skola", "1119", "Pågående nybyggnad", 1000, 500),
    ("1201", "Skola", "1220", "Inventarier", 200, 0),
    ("1201", "Skola", "3570", "Statsbidrag", -300, None),
    ("1201", "Skola", "2350", "Lån i bank", -900, -500),
)


def test_the_lines_of_a_project_become_its_need_by_year():
    read = Read(SCHOOL)
    assert read.need("Skola") == {(2026, "investment"): 1200, (2027, "investment"): 500}
    assert read.measures["Skola"].project_number == "1201"


def test_what_the_budget_says_is_decided_and_what_the_plan_says_is_planned():
    assert Read(SCHOOL).decided("Skola") == {
        (2026, "gross", "decided"): 1200,
        (2027, "gross", "planned"): 500,
    }


def test_income_from_others_is_a_grant_that_nobody_has_said_is_granted():
    read = Read(SCHOOL)
    assert read.grants("Skola") == {("3570 Statsbidrag", 2026): 300}
    assert read.measures["Skola"].grants[0].status == "applied"
    assert read.codes("warning") == ["status_not_stated"]


def test_a_loan_stands_beside_the_measure_and_covers_nothing():
    read = Read(SCHOOL)
    assert [(f.source, f.year, f.amount) for f in read.funding] == [
        ("loan", 2026, 900),
        ("loan", 2027, 500),
    ]
    assert read.excluded["E5"].startswith("2350 Lån i bank: the money behind the appropriation")


def test_uses_equal_sources_in_every_year():
    assert Read(SCHOOL).balances == {2026: (1200, 1200, 0), 2027: (500, 500, 0)}


def test_a_difference_is_named_with_the_project_that_makes_it():
    read = Read([*SCHOOL[:3], ("1201", "Skola", "2350", "Lån i bank", "-900,06", -500)])
    assert read.balances[2026] == (1200, Decimal("1200.06"), Decimal("-0.06"))
    said = [v.message for v in read.ledger.violations if v.code == "not_even"]
    assert said == [
        "Sources and uses of 2026 differ by −0,06 kronor, uses less sources: 1201 Skola −0,06."
    ]


def test_every_number_is_imported_or_left_out():
    read = Read(SCHOOL)
    assert read.ledger.numbers == read.ledger.imported + len(read.excluded)
    assert read.codes() == []


def test_where_an_amount_stands_is_kept_cell_by_cell():
    first = Read(SCHOOL).measures["Skola"].expenditures[0]
    assert first.source_ref == "bok.xlsx!Budget!E2, E3"


def test_a_zero_is_nothing_on_that_line():
    assert Read(SCHOOL).excluded["F3"] == "0: nothing on this line in 2027"


def test_thousands_are_kronor_in_the_plan():
    assert Read(SCHOOL, factor=1000).need("Skola")[2026, "investment"] == 1_200_000


def test_a_study_is_one_off_operating_expenditure():
    read = Read([("7", "Biogas", "7400", "Konsulttjänster", 90, None)])
    assert read.need("Biogas") == {(2026, "one_off_operating"): 90}


def test_depreciation_and_interest_are_in_the_balance_and_no_need():
    rows = [*SCHOOL, ("1201", "Skola", "7910", "Avskrivningar", 40, None)]
    read = Read(rows)
    assert read.need("Skola")[2026, "investment"] == 1200
    assert read.balances[2026][0] == 1240
    assert read.excluded["E6"].startswith("7910 Avskrivningar: money used that is no investment")


def test_a_project_of_shares_alone_is_no_measure():
    rows = [*SCHOOL, ("9", "Aktier", "1310", "Aktier", 70, 0), ("9", "Aktier", "2350", "", -70, 0)]
    read = Read(rows)
    assert list(read.measures) == ["Skola"]
    assert read.balances[2026] == (1270, 1270, 0)
    assert read.excluded["E6"] == (
        "Aktier has no investment in a budget or plan year, so it is no measure"
    )
    assert "projects_left_out" in read.codes("warning")


def test_money_without_a_use_is_given_to_no_measure():
    rows = [*SCHOOL[:3], ("999", "Finansiering", "2350", "Lån i bank", -900, -500)]
    read = Read(rows)
    assert list(read.measures) == ["Skola"]
    assert [(p.number, p.year, p.amount) for p in read.lines.pooled] == [
        ("999", 2026, 900),
        ("999", 2027, 500),
    ]
    assert read.balances == {2026: (1200, 1200, 0), 2027: (500, 500, 0)}
    assert "money_without_project" in read.codes("warning")


def test_expenditure_that_is_taken_back_is_no_need():
    read = Read([*SCHOOL, ("8", "Klocka", "1119", "Pågående nybyggnad", -50, None)])
    assert list(read.measures) == ["Skola"]
    assert "Klocka" not in read.measures
    assert [p.name for p in read.lines.pooled] == []
    assert "negative_need" in read.codes("warning")


def test_a_grant_that_is_paid_back_is_no_grant():
    rows = [*SCHOOL[:2], ("1201", "Skola", "3570", "Statsbidrag", 300, None), SCHOOL[3]]
    read = Read(rows)
    assert read.grants("Skola") == {}
    assert "repaid" in read.codes("warning")


def test_outcomes_of_a_year_that_is_over_are_only_in_the_balance():
    columns = ("number", "name", "account", (2025, "actual"), (2026, "budget"))
    headings = ("Projektnr", "Projekt", "Konto", "Utfall 2025", "Budget 2026")
    read = Read([("1", "Skola", "1119", 80, 100)], columns, headings)
    assert read.need("Skola") == {(2026, "investment"): 100}
    assert read.balances[2025] == (80, 0, 80)
    assert read.excluded["D2"] == "2025 is no budget and no plan: it counts in the balance only"


def test_what_was_spent_before_is_need_that_is_paid():
    columns = ("number", "name", "account", (None, "before"), (2026, "budget"))
    headings = ("Projektnr", "Projekt", "Konto", "Upparbetat t.o.m. 2025", "Budget 2026")
    rows = [("1", "Skola", "1119", 80, 100), ("1", "Skola", "3570", -30, None)]
    read = Read(rows, columns, headings)
    assert [(e.year, e.paid, e.mid) for e in read.measures["Skola"].expenditures] == [
        (BEFORE, True, 80),
        (2026, False, 100),
    ]
    assert read.decided("Skola") == {(2026, "gross", "decided"): 100}
    assert read.excluded["D3"] == "before is no budget and no plan: it counts in the balance only"
    assert read.codes() == []


def test_a_type_in_words_tells_expenditure_from_income_when_all_amounts_are_positive():
    rows = [
        ("Skola", "Utgift", 2026, 1000),
        ("Skola", "Utgift", 2027, 400),
        ("Skola", "Bidrag", 2026, 300),
        ("Skola", "Lån", 2026, 700),
    ]
    read = Read(rows, LONG, LONG_HEADINGS)
    assert read.need("Skola") == {(2026, "investment"): 1000, (2027, "investment"): 400}
    assert read.decided("Skola") == {
        (2026, "gross", "decided"): 1000,
        (2027, "gross", "planned"): 400,
    }
    assert read.grants("Skola") == {("Bidrag", 2026): 300}
    assert read.balances[2026] == (1000, 1000, 0)


def test_a_type_in_words_does_as_well_when_income_is_negative():
    rows = [("Skola", "Utgift", 2026, 1000), ("Skola", "Inkomst", 2026, -300)]
    read = Read(rows, LONG, LONG_HEADINGS)
    assert read.need("Skola") == {(2026, "investment"): 1000}
    assert read.grants("Skola") == {("Inkomst", 2026): 300}


def test_expenditure_that_is_written_as_negative_amounts_is_known_by_its_accounts():
    rows = [(*row[:4], *(None if a is None else -a for a in row[4:])) for row in SCHOOL]
    read = Read(rows)
    assert read.need("Skola") == {(2026, "investment"): 1200, (2027, "investment"): 500}
    assert read.balances == {2026: (1200, 1200, 0), 2027: (500, 500, 0)}


def test_expenditure_and_income_that_are_both_negative_are_asked_about():
    rows = [("Skola", "Utgift", 2026, -1000), ("Skola", "Inkomst", 2026, -300)]
    assert Read(rows, LONG, LONG_HEADINGS).codes() == ["ask_sign"]
    said = Answers(signs={"Budget": "negative"})
    read = Read(rows, LONG, LONG_HEADINGS, answers=said)
    assert read.codes() == []
    assert read.need("Skola") == {(2026, "investment"): 1000}
    assert read.grants("Skola") == {("Inkomst", 2026): 300}


def test_a_column_of_income_beside_one_of_expenditure_is_a_grant():
    columns = ("name", (2026, "budget"), (2026, "budget"))
    read = Read([("Skola", 1000, 300)], columns, ("Projekt", "Utgift", "Inkomst"))
    assert read.need("Skola") == {(2026, "investment"): 1000}
    assert read.grants("Skola") == {("Skola", 2026): 300}


def test_a_net_column_beside_expenditure_and_income_says_nothing_new():
    columns = ("number", "account", *[(2026, "budget")] * 3)
    headings = ("Projekt", "Konto", "Utgift", "Inkomst", "Netto")
    read = Read([("1", "1119", 1000, 300, 700)], columns, headings)
    assert read.need("1") == {(2026, "investment"): 1000}
    assert read.excluded["E2"] == "a column that the plan has no use for: Netto"


def test_money_that_is_not_read_from_a_ledger_is_named():
    columns = ("number", "account", (2026, "budget"), "carry_over")
    headings = ("Projekt", "Konto", "Budget 2026", "Ombudgeteras")
    read = Read([("1", "1119", 1000, 300)], columns, headings)
    assert read.codes("warning") == ["money_not_read"]
    assert read.excluded["D2"] == "a column that the plan has no use for: Ombudgeteras"


def test_a_type_that_is_not_known_is_asked_about():
    rows = [("Skola", "Utgift", 2026, 1000), ("Skola", "Utfall", 2026, 300)]
    read = Read(rows, LONG, LONG_HEADINGS)
    assert read.codes() == ["ask_row"]
    assert read.ledger.violations[-1].question.flag == "--row Budget!3={choice}"
    read = Read(rows, LONG, LONG_HEADINGS, answers=Answers(rows={"Budget": {3: "ignore"}}))
    assert read.codes() == []
    assert read.excluded["D3"] == "left out, as was said of row 3"


def test_what_a_person_says_of_a_line_is_what_it_is():
    rows = [("Skola", "Utgift", 2026, 1000), ("Skola", "Övrigt", 2026, 300)]
    said = Answers(rows={"Budget": {3: "income"}})
    assert Read(rows, LONG, LONG_HEADINGS, answers=said).grants("Skola") == {("Övrigt", 2026): 300}
    said = Answers(rows={"Budget": {3: "measure"}})
    read = Read(rows, LONG, LONG_HEADINGS, answers=said)
    assert read.need("Skola") == {(2026, "investment"): 1300}


def test_sums_are_checked_and_not_imported():
    rows = [
        *SCHOOL,
        ("Summa 1201", None, None, None, 0, 0),
        ("1202", "Väg", "1119", "Pågående nybyggnad", 10, None),
        ("Totalt", None, None, None, 10, 0),
    ]
    read = Read(rows)
    assert set(read.measures) == {"Skola", "Väg"}
    assert read.codes() == []
    assert read.excluded["E8"] == "a sum, checked against its parts"


def test_a_sum_may_stand_among_the_types():
    rows = [
        ("Skola", "Utgift", 2026, 1000),
        ("Skola", "Inkomst", 2026, -300),
        ("Skola", "Summa", 2026, 700),
    ]
    read = Read(rows, LONG, LONG_HEADINGS)
    assert read.codes() == []
    assert read.excluded["D4"] == "a sum, checked against its parts"


def test_a_sum_is_less_its_income_where_both_are_positive():
    rows = [
        ("Skola", "Utgift", 2026, 1000),
        ("Skola", "Inkomst", 2026, 300),
        ("Skola", "Summa", 2026, 700),
    ]
    read = Read(rows, LONG, LONG_HEADINGS)
    assert read.codes() == []
    assert [(s.label, s.stated, s.found) for s in read.lines.sums] == [("Skola", 700, 700)]


def test_a_project_may_be_called_as_a_sum_is():
    read = Read([("9", "Total renovering", "1119", "Pågående nybyggnad", 10, None)])
    assert read.need("Total renovering") == {(2026, "investment"): 10}


def test_a_sum_that_differs_from_its_lines_is_an_error():
    read = Read([*SCHOOL, ("Summa", None, None, None, 12, 0)])
    assert read.codes() == ["sum_differs"]


def test_lines_below_a_project_belong_to_it():
    rows = [
        ("1201", "Skola", None, None, None, None),
        (None, None, "1119", "Pågående nybyggnad", 1000, 500),
        (None, None, "3570", "Statsbidrag", -300, None),
    ]
    read = Read(rows)
    assert read.need("Skola") == {(2026, "investment"): 1000, (2027, "investment"): 500}
    assert read.grants("Skola") == {("3570 Statsbidrag", 2026): 300}


def test_a_line_of_no_project_is_refused():
    read = Read([(None, None, "1119", "Pågående nybyggnad", 1000, 0), *SCHOOL])
    assert read.codes() == ["line_without_project"]


def test_a_ledger_of_one_year_takes_the_year_of_its_file():
    columns, headings = ("number", "name", "account", ("", "")), ("Nr", "Projekt", "Konto", "kr")
    rows = [("1", "Skola", "1119", 100)]
    read = Read(rows, columns, headings, file="budget-2013.csv")
    assert read.need("Skola") == {(2013, "investment"): 100}
    assert read.codes("warning") == ["year_of_name"]


def test_a_ledger_of_a_year_that_nothing_names_is_asked_about():
    columns, headings = ("number", "name", "account", ("", "")), ("Nr", "Projekt", "Konto", "kr")
    rows = [("1", "Skola", "1119", 100)]
    assert Read(rows, columns, headings).codes() == ["ask_period"]
    read = Read(rows, columns, headings, answers=Answers(period=(2026, 2026)))
    assert read.codes() == []
    assert read.need("Skola") == {(2026, "investment"): 100}


def test_norwegian_value_added_tax_that_comes_back_is_no_need():
    rows = [
        ("1247", "Personalbase", "2800", "Grunnerverv", 1440, None),
        (
            "1247",
            "Personalbase",
            "4290",
            "Merverdiavgift som gir rett til momskompensasjon",
            360,
            0,
        ),
        ("1247", "Personalbase", "9109", "Bruk av lån", -1512, None),
        ("1247", "Personalbase", "9700", "Overføringar frå driftsrekneskapet", -288, None),
    ]
    headings = ("prosjekt", "prosjekt_tekst", "konto", "konto_tekst", "budsjett_2026", "plan_2027")
    read = Read(rows, headings=headings)
    assert read.need("Personalbase") == {(2026, "investment"): 1440}
    assert read.measures["Personalbase"].expenditures[0].vat == "excluded"
    assert read.balances[2026] == (1800, 1800, 0)
    assert [(f.source, f.amount) for f in read.funding] == [("loan", 1512), ("own_budget", 288)]
    assert read.codes("warning") == ["vat_left_out"]


def test_without_accounts_the_sign_tells():
    columns, headings = ("name", (2026, "budget")), ("Projekt", "Budget 2026")
    read = Read([("Skola", 1000), ("Skola", -300)], columns, headings)
    assert read.need("Skola") == {(2026, "investment"): 1000}
    assert [(f.source, f.amount) for f in read.funding] == [("Skola", 300)]
    assert read.grants("Skola") == {}


def test_accounts_of_no_chart_that_is_known_are_asked_about():
    rows = [("1", "Skola", "X1", "", 100, 0), ("1", "Skola", "X2", "", -100, 0)]
    read = Read(rows)
    assert read.codes() == ["ask_column"]
    assert read.ledger.violations[0].question.flag == "--column Budget!C={choice}"


def test_the_same_name_under_another_department_is_another_project():
    columns = ("department", "name", "account", (2026, "budget"))
    headings = ("Nämnd", "Projekt", "Konto", "Budget 2026")
    rows = [
        ("Tekniska nämnden", "Inventarier", "1220", 10),
        (None, "Inventarier", "3570", -4),
        ("Kulturnämnden", "Inventarier", "1220", 20),
    ]
    drafts = Read(rows, columns, headings).lines.drafts
    assert [(d.department, [e.mid for e in d.expenditures], len(d.grants)) for d in drafts] == [
        ("Tekniska nämnden", [10], 1),
        ("Kulturnämnden", [20], 0),
    ]


def test_accounts_that_a_person_leaves_out_are_told_by_their_signs():
    text = """Projektnr;Projekt;Konto;Budget 2026 tkr
1;Skola;X1;100
1;Skola;X2;-100
2;Väg;X1;50
2;Väg;X2;-50
"""
    assert errors(read_workbook(text.encode(), "bok.csv")) == ["ask_column"]
    said = Answers(columns={"bok": {"C": ColumnAnswer(role="ignore")}})
    reading = read_workbook(text.encode(), "bok.csv", answers=said)
    assert errors(reading) == []
    assert reading.totals == {"2026": 150_000}
    assert reading.balance[0].difference == 0


def test_a_ledger_of_two_departments_names_both():
    columns = ("number", "department", "account", (2026, "budget"))
    headings = ("Projektnr", "Nämnd", "Konto", "Budget 2026")
    rows = [("6", "Tekniska nämnden", "1119", 10), ("6", "Kulturnämnden", "1119", 20)]
    read = Read(rows, columns, headings)
    assert [m.department for m in read.measures.values()] == ["Tekniska nämnden / Kulturnämnden"]
    assert list(read.measures) == ["Tekniska nämnden"]


@pytest.mark.parametrize("name", charts())
def test_every_chart_sorts_an_account_in_one_group(name):
    accounts = [digits for group in charts()[name].groups for digits in group.accounts]
    assert len(accounts) == len(set(accounts))


def test_the_chart_is_known_by_the_names_and_signs_of_the_lines():
    swedish = [(row[2], row[3], Decimal(row[4])) for row in SCHOOL]
    assert [chart.name for chart in fitting("konto", swedish)] == ["Kommun-Bas"]
    norwegian = [("2302", "Byggetenester", Decimal(9)), ("9109", "Bruk av lån", Decimal(-9))]
    assert [chart.name for chart in fitting("konto", norwegian)] == ["KOSTRA-arter (Norge)"]
    assert fitting("färg", swedish) == []


# Exports as files, from the door on.

EXPORTS = {
    "accounts by year": """Investeringsbudget 2026-2027, belopp i tkr
Projektnr;Projekt;Nämnd;Konto;Kontonamn;Budget 2026;Plan 2027
1201;Skola;Utbildningsnämnden;1119;Pågående nybyggnad;1 000;400
1201;Skola;Utbildningsnämnden;3570;Statsbidrag;-300,5;
1202;Väg;Tekniska nämnden;1160;Markanläggning;50;
""",
    "types in words": """Projekt;Typ;År;Belopp (tkr)
Skola;Utgift;2026;1000
Skola;Utgift;2027;400
Skola;Bidrag;2026;300,5
Väg;Utgift;2026;50
""",
    "accounts and years in the lines": """Projektnr;Projektnamn;Konto;Kontonamn;Budgetår;Belopp kr
1201;Skola;1119;Pågående nybyggnad;2026;1000000
1201;Skola;1119;Pågående nybyggnad;2027;400000
1201;Skola;3570;Investeringsbidrag;2026;-300500
1202;Väg;1160;Markanläggning;2026;50000
""",
    "expenditure with a minus": """Projekt;Kontoslag;År;Belopp, tkr
Skola;Utgift;2026;-1000
Skola;Utgift;2027;-400
Skola;Inkomst;2026;300,5
Väg;Utgift;2026;-50
""",
    "a column of types and years over columns": """Projekt;Slag;2026 tkr;2027 tkr
Skola;Utgifter;1000;400
Skola;Inkomster;-300,5;
Väg;Utgifter;50;
""",
    "expenditure and income beside each other": """Projektnr;Projekt;Konto;År;Utgift tkr;Inkomst tkr
1201;Skola;1119;2026;1000;
1201;Skola;1119;2027;400;
1201;Skola;3570;2026;;300,5
1202;Väg;1160;2026;50;
""",
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_without_a_question(name):
    reading = read_workbook(EXPORTS[name].encode(), "export.csv")
    assert errors(reading) == []
    assert {
        (measure.name, e.year): e.mid for measure in reading.measures for e in measure.expenditures
    } == {("Skola", 2026): 1_000_000, ("Skola", 2027): 400_000, ("Väg", 2026): 50_000}
    assert [
        (measure.name, payment.year, payment.amount)
        for measure in reading.measures
        for grant in measure.grants
        for payment in grant.payments
    ] == [("Skola", 2026, 300_500)]
    assert reading.numbers == reading.imported + len(reading.excluded)


def test_the_balance_is_in_the_json():
    text = EXPORTS["types in words"].encode()
    assert read_workbook(text, "export.csv").to_json()["balance"]["2026"] == {
        "uses": "1050000.00",
        "sources": "300500.00",
        "difference": "749500.00",
        "kinds": {"investment": "1050000.00", "grant": "300500.00"},
    }


# The two published ledgers, against what the csv module and a few digits of the accounts say.

FORDE = "forde_budsjett-2013_investeringsbudsjett.original.csv"
SAUDA = "sauda_budsjett-2013_investeringsbudsjett.original.csv"
YEARS = {2011: "rekneskap_2011", 2012: "budsjett_2012", 2013: "budsjett_2013"}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def amount(text):
    return Decimal(text.replace(",", "."))


@pytest.fixture(scope="module")
def forde(shared):
    return read_workbook(shared / "workbooks" / FORDE)


@pytest.fixture(scope="module")
def sauda(shared):
    return read_workbook(shared / "workbooks" / SAUDA)


@pytest.fixture(scope="module")
def forde_rows(shared):
    return rows_of(shared / "workbooks" / FORDE)


@pytest.fixture(scope="module")
def sauda_rows(shared):
    return rows_of(shared / "workbooks" / SAUDA)


def errors(reading):
    return [found.code for found in reading.errors]


def test_nothing_but_the_rate_is_asked_of_either_ledger(forde, sauda):
    assert errors(forde) == ["ask_rate"]
    assert errors(sauda) == ["ask_rate"]


def test_the_rate_is_all_that_forde_needs(shared):
    said = Answers(rates={"NOK": Decimal("0.9731")})
    reading = read_workbook(shared / "workbooks" / FORDE, answers=said)
    assert errors(reading) == []
    assert reading.balance[-1].uses == Decimal("95616806.00")  # 98 260 000 x 0.9731
    assert reading.balance[-1].difference == 0


@pytest.mark.parametrize("year", YEARS)
def test_what_forde_uses_and_where_it_comes_from_agree_with_the_file(forde, forde_rows, year):
    amounts = [amount(row[YEARS[year]]) for row in forde_rows]
    balance = next(each for each in forde.balance if each.year == year)
    assert balance.uses == sum(a for a in amounts if a > 0)
    assert balance.sources == -sum(a for a in amounts if a < 0)


def test_forde_comes_out_even_but_for_six_ore_of_2012(forde):
    assert {b.year: b.difference for b in forde.balance} == {
        2011: 0,
        2012: Decimal("-0.06"),
        2013: 0,
    }
    assert [v.fields["where"] for v in forde.violations if v.code == "not_even"] == [
        "1220 Førde Rådhus byggeprosjekt −0,06"
    ]


@pytest.mark.parametrize("year", [2012, 2013])
def test_the_need_of_each_project_of_forde_is_its_assets_without_tax(forde, forde_rows, year):
    truth = defaultdict(Decimal)
    for row in forde_rows:
        account = int(row["konto"])
        if account < 4290:
            truth[row["prosjekt"]] += amount(row[YEARS[year]])
    assert {
        measure.project_number: e.mid
        for measure in forde.measures
        for e in measure.expenditures
        if e.year == year
    } == {project: need for project, need in truth.items() if need > 0}


@pytest.mark.parametrize("year", [2012, 2013])
def test_the_money_of_each_project_of_forde_is_in_the_reading(forde, forde_rows, year):
    numbers = {measure.id: measure.project_number for measure in forde.measures}
    truth, found = defaultdict(Decimal), defaultdict(Decimal)
    for row in forde_rows:
        if int(row["konto"]) >= 6000 and row["prosjekt"] in numbers.values():
            truth[row["prosjekt"]] -= amount(row[YEARS[year]])
    for each in forde.funding:
        if each.year == year:
            found[numbers[each.measure_id]] += each.amount
    for measure in forde.measures:
        for grant in measure.grants:
            for payment in grant.payments:
                if payment.year == year:
                    found[measure.project_number] += payment.amount
    assert found == {project: money for project, money in truth.items() if money}


def test_the_money_of_forde_2013_is_all_of_its_uses(forde):
    assert sum(each.amount for each in forde.funding if each.year == 2013) == 98_260_000
    assert {b.year: b.uses for b in forde.balance}[2013] == 98_260_000


def test_the_income_of_forde_is_read_as_grants_of_others(forde):
    assert {
        (measure.project_number, grant.note, payment.year): payment.amount
        for measure in forde.measures
        for grant in measure.grants
        for payment in grant.payments
    } == {
        ("1029", "8101 Statstilskot, investeringstilskot", 2012): 6_090_000,
        ("1212", "8102 Statstilskot, øyremerka", 2012): 500_000,
        ("1224", "7700 Refusjon frå andre (private)", 2012): 321_156,
        ("1236", "7500 Refusjon frå kommunar", 2012): 275_000,
    }


@pytest.mark.parametrize("which", ["forde", "sauda"])
def test_every_number_of_a_published_ledger_is_imported_or_left_out(which, request):
    reading = request.getfixturevalue(which)
    assert reading.numbers == reading.imported + len(reading.excluded)


def test_sauda_comes_out_even(sauda, sauda_rows):
    uses = sum(amount(row["nok"]) for row in sauda_rows if amount(row["nok"]) > 0)
    sources = -sum(amount(row["nok"]) for row in sauda_rows if amount(row["nok"]) < 0)
    assert [(b.year, b.uses, b.sources) for b in sauda.balance] == [(2013, uses, sources)]
    assert uses == sources == 103_317_323


def test_the_need_of_sauda_is_what_no_loan_pays_back(sauda, sauda_rows):
    truth = defaultdict(Decimal)
    for row in sauda_rows:
        if not row["ansvar_tekst"].startswith("Avdrag") and row["funksjonsomrade"] != "880":
            truth[row["tiltak"]] += amount(row["nok"])
    found = {m.project_number: sum(e.mid for e in m.expenditures) for m in sauda.measures}
    assert found == truth


def test_the_pooled_money_of_sauda_is_lost_to_nobody_and_given_to_no_project(sauda, sauda_rows):
    truth = {row["tiltak"]: -amount(row["nok"]) for row in sauda_rows if "-" in row["nok"]}
    assert {each.number: each.amount for each in sauda.pooled} == truth
    assert [each for each in sauda.funding if each.amount] == []
    assert {m.project_number for m in sauda.measures}.isdisjoint(truth)


def test_a_project_of_sauda_is_called_by_whose_it_is_and_what_for(sauda):
    first = next(m for m in sauda.measures if m.project_number == "2.020.04")
    assert (first.name, first.department) == ("Ungdomsskulen, Skolelokaler", "Ungdomsskulen")
    assert {(a.year, a.basis, a.status): a.amount for a in first.appropriations} == {
        (2013, "gross", "decided"): 35_230_679
    }

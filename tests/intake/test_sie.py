"""SIE files with budget figures: a measure per project, a budget per year."""

from decimal import Decimal

import pytest

from model.intake import guard, mapping
from model.intake.answers import NONE, Answers
from model.intake.draft import finish
from model.intake.ledger import Ledger
from model.intake.reading import read_workbook
from model.intake.sie import is_sie, read_sie

HEAD = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM "Ekonomi" 1.0
#GEN 20260115
#FNAMN "Provköpings kommun"
#RAR 0 20260101 20261231
#RAR -1 20250101 20251231
#RAR 1 20270101 20271231
#KPTYP EUBAS97
#KONTO 1119 "Pågående nybyggnad"
#KONTO 3570 "Offentliga bidrag (investeringar)"
#KONTO 2350 "Lån"
#KONTO 7400 "Konsulttjänster"
#DIM 1 "Kostnadsställe"
#DIM 6 "Projekt"
#OBJEKT 1 "30" "Tekniska nämnden"
#OBJEKT 6 "1201" "Solceller på skolor"
#OBJEKT 6 "1202" "Förstudie biogas"
"""
BUDGET = """#PBUDGET 0 202601 1119 {1 "30" 6 "1201"} 500000.00
#PBUDGET 0 202602 1119 {1 "30" 6 "1201"} 250000.50
#PBUDGET 1 202701 1119 {6 "1201"} 100000
#PBUDGET 0 202603 3570 {6 "1201"} -200000.00
#PBUDGET 0 202603 7400 {6 "1202"} 90000 0
"""


class Read:
    """A SIE file that was read through the door: measures by name, findings, what was left out."""

    def __init__(self, text, encoding="cp437", answers=NONE):
        workbook = guard.read(text.encode(encoding), "budget.se")
        assert is_sie(workbook)
        self.ledger = Ledger(workbook)
        self.lines = read_sie(workbook, mapping.vocabulary(), answers, self.ledger)
        measures, self.funding = finish(self.lines.drafts, self.ledger)
        self.measures = {measure.name: measure for measure in measures}
        self.excluded = {left.ref.split("!")[-1]: left.reason for left in self.ledger.close()}

    @property
    def errors(self):
        return [v.code for v in self.ledger.violations if v.severity == "error"]

    def need(self, name):
        return {(e.year, e.kind): e.mid for e in self.measures[name].expenditures}


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8"])
def test_names_are_read_in_every_encoding_that_is_in_use(encoding):
    assert list(Read(HEAD + BUDGET, encoding).measures) == [
        "Solceller på skolor",
        "Förstudie biogas",
    ]


def test_the_months_of_a_year_are_summed():
    read = Read(HEAD + BUDGET)
    assert read.need("Solceller på skolor") == {
        (2026, "investment"): Decimal("750000.50"),
        (2027, "investment"): 100000,
    }


def test_the_current_year_is_decided_and_the_next_one_planned():
    rows = Read(HEAD + BUDGET).measures["Solceller på skolor"].appropriations
    assert {(row.year, row.status): row.amount for row in rows} == {
        (2026, "decided"): Decimal("750000.50"),
        (2027, "planned"): 100000,
    }


def test_a_consultant_is_no_asset():
    assert Read(HEAD + BUDGET).need("Förstudie biogas") == {(2026, "one_off_operating"): 90000}


def test_credit_on_an_account_of_grants_is_a_grant():
    (grant,) = Read(HEAD + BUDGET).measures["Solceller på skolor"].grants
    assert [(p.year, p.amount) for p in grant.payments] == [(2026, 200000)]
    assert grant.note == "3570 Offentliga bidrag (investeringar)"


def test_a_loan_covers_no_measure():
    read = Read(HEAD + BUDGET + '#PBUDGET 0 202601 2350 {6 "1201"} -300000\n')
    assert [(f.source, f.year, f.amount) for f in read.funding] == [("loan", 2026, 300000)]


def test_the_cost_centre_is_the_department():
    measures = Read(HEAD + BUDGET).measures
    assert measures["Solceller på skolor"].department == "Tekniska nämnden"
    assert measures["Förstudie biogas"].department == ""


def test_the_project_number_is_kept():
    assert Read(HEAD + BUDGET).measures["Solceller på skolor"].project_number == "1201"


def test_every_number_of_the_file_is_imported_or_left_out():
    read = Read(HEAD + BUDGET)
    assert read.errors == []
    assert read.ledger.numbers == read.ledger.imported + len(read.excluded)


def test_every_amount_carries_its_line():
    first = Read(HEAD + BUDGET).measures["Solceller på skolor"].expenditures[0]
    assert first.source_ref == "budget.se!SIE!F20, F21"


def test_outcomes_are_no_budget():
    read = Read(HEAD + BUDGET + '#PSALDO 0 202601 1119 {6 "1201"} 1234.5\n')
    assert read.need("Solceller på skolor")[2026, "investment"] == Decimal("750000.50")
    assert read.excluded["F25"] == "#PSALDO: outcomes are no budget"


def test_a_budget_on_no_project_is_left_out():
    read = Read(HEAD + BUDGET + "#PBUDGET 0 202601 7400 {} 1000000\n")
    assert read.excluded["F25"] == "a budget on no project"
    assert set(read.measures) == {"Solceller på skolor", "Förstudie biogas"}


def test_a_budget_of_a_project_that_is_also_there_by_cost_centre_is_their_sum():
    read = Read(HEAD + BUDGET + '#PBUDGET 0 202601 1119 {6 "1201"} 500000\n')
    assert read.errors == []
    assert read.need("Solceller på skolor")[2026, "investment"] == Decimal("750000.50")
    assert read.excluded["F25"] == "a sum, checked against its parts"


def test_a_sum_that_differs_from_its_cost_centres_is_an_error():
    read = Read(HEAD + BUDGET + '#PBUDGET 0 202601 1119 {6 "1201"} 500001\n')
    assert read.errors == ["sie_overlap"]


def test_a_file_without_budget_says_so():
    read = Read(HEAD + "#RES 0 7400 1000\n")
    assert read.errors == ["no_budget"]
    assert read.ledger.violations[0].message.startswith(
        "The SIE file budget.se has no budget figures (#PBUDGET)."
    )


def test_a_file_without_projects_says_so():
    read = Read(HEAD + "#PBUDGET 0 202601 7400 {} 1000000\n")
    assert read.errors == ["no_projects"]
    assert read.measures == {}


def test_a_year_that_nothing_explains_is_an_error():
    assert Read(HEAD + BUDGET + '#PBUDGET 3 202901 1119 {6 "1201"} 1\n').errors == ["no_year"]


def test_a_record_that_is_cut_off_is_an_error():
    assert Read(HEAD + BUDGET + "#PBUDGET 0 202601\n").errors == ["bad_record"]


def test_an_amount_that_is_none_is_an_error():
    read = Read(HEAD + BUDGET + '#PBUDGET 0 202601 1119 {6 "1201"} mycket\n')
    assert read.errors == ["not_a_number"]


def test_a_point_is_a_decimal_point_in_sie():
    read = Read(HEAD + '#PBUDGET 0 202601 1119 {6 "1201"} 1.234\n')
    assert read.need("Solceller på skolor") == {(2026, "investment"): Decimal("1.23")}


def test_a_project_dimension_of_the_systems_own_is_known_by_its_name():
    head = HEAD.replace("#OBJEKT 6", "#OBJEKT 20").replace("#DIM 6", "#DIM 20")
    read = Read(head + BUDGET.replace('6 "12', '20 "12'))
    assert set(read.measures) == {"Solceller på skolor", "Förstudie biogas"}


def test_expenditure_that_is_credit_is_asked_about():
    text = HEAD + '#PBUDGET 0 202601 1119 {6 "1201"} -1000\n'
    assert Read(text).errors == ["ask_sign"]
    read = Read(text, answers=Answers(signs={"SIE": "negative"}))
    assert read.errors == []
    assert read.need("Solceller på skolor") == {(2026, "investment"): 1000}


def test_an_account_outside_the_chart_is_asked_about():
    text = HEAD + BUDGET + '#PBUDGET 0 202601 0999 {6 "1201"} 5\n'
    assert Read(text).errors == ["ask_row"]
    read = Read(text, answers=Answers(rows={"SIE": {25: "measure"}}))
    assert read.errors == []
    assert read.need("Solceller på skolor")[2026, "investment"] == Decimal("750005.50")


def test_a_sie_file_is_read_from_the_door_on():
    reading = read_workbook((HEAD + BUDGET).encode("cp437"), "budget.se")
    assert reading.errors == ()
    assert reading.totals == {"2026": Decimal("750000.50"), "2027": Decimal(100000)}
    assert reading.to_json()["file"]["format"] == "sie"
    assert reading.to_json()["measures"][1]["one_off_operating"] == {"2026": "90000.00"}

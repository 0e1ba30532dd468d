"""What a heading says: its role, and of an amount its year, stage and flow."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.intake import mapping
from model.intake.headings import Headings, year_of
from model.intake.reader import Cell

headings = Headings(mapping.vocabulary())


def said(text: str, content: str = "number") -> tuple:
    meaning = headings.meaning(text, content)
    return meaning.role, meaning.year, meaning.stage, meaning.flow


@pytest.mark.parametrize(
    ("heading", "year", "stage"),
    [
        ("2026", 2026, "bare"),
        ("2027 (tkr)", 2027, "bare"),
        ("2027, tkr", 2027, "bare"),
        ("2027 tkr", 2027, "bare"),
        ("År 2027", 2027, "bare"),
        ("Budget 2026", 2026, "budget"),
        ("Budget -26", 2026, "budget"),
        ("BUDGET\n2026", 2026, "budget"),
        ("2026 budget", 2026, "budget"),
        ("Årsbudget 2026 mnkr", 2026, "budget"),
        ("BU 2026", 2026, "budget"),
        ("B26", 2026, "budget"),
        ("B 26", 2026, "budget"),
        ("KF beslutad budget 2026", 2026, "budget"),
        ("Bugdet 2026", 2026, "budget"),
        ("Budget år 2026, SEK", 2026, "budget"),
        ("budsjett_2013", 2013, "budget"),
        ("Plan 27", 2027, "plan"),
        ("Plan 2028*", 2028, "plan"),
        ("P27", 2027, "plan"),
        ("VEP 27", 2027, "plan"),
        ("Flerårsplan 2027", 2027, "plan"),
        ("Äskande 2026", 2026, "plan"),
        ("T.o.m. 2025", 2025, "before"),
        ("t o m 2025", 2025, "before"),
        ("Tom 25", 2025, "before"),
        ("T.o.m. 31/12 2025", 2025, "before"),
        ("Upparbetat per 2025-12-31", 2025, "before"),
        ("Ack. utfall tom 2025", 2025, "before"),
        ("Före 2026", 2025, "before"),
        ("Upparbetat", None, "before"),
        ("Förbrukat", None, "before"),
        ("Nedlagt", None, "before"),
        ("Ack. t.o.m. föreg. år", None, "before"),
        ("Spent to date", None, "before"),
        ("Utfall 2024", 2024, "actual"),
        ("Bokslut 2024", 2024, "actual"),
        ("rekneskap_2011", 2011, "actual"),
        ("Prognos 2025", 2025, "forecast"),
        ("Helårsprognos 2025", 2025, "forecast"),
        ("2031-", None, "later"),
        ("2031–", None, "later"),
        ("2031 och framåt", None, "later"),
        ("Efter 2030", None, "later"),
        ("Senare", None, "later"),
        ("Därefter", None, "later"),
    ],
)
def test_a_heading_of_an_amount_says_its_year_and_what_it_speaks_of(heading, year, stage):
    assert said(heading) == ("amount", year, stage, None)


@pytest.mark.parametrize(
    ("heading", "year", "stage", "flow"),
    [
        ("2026 Utgift", 2026, "bare", "expenditure"),
        ("Investeringsutgift 2026", 2026, "bare", "expenditure"),
        ("Budget 2026 Brutto", 2026, "budget", "expenditure"),
        ("2026 Bidrag", 2026, "bare", "income"),
        ("Inkomst 2026", 2026, "bare", "income"),
        ("Extern finansiering tkr", None, None, "income"),
        ("Bidrag/inkomst (negativa)", None, None, "income"),
        ("Plan 2027 Netto", 2027, "plan", "net"),
        ("Nettoutgift 2026", 2026, "bare", "net"),
    ],
)
def test_a_heading_says_which_way_money_goes(heading, year, stage, flow):
    assert said(heading) == ("amount", year, stage, flow)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Summa", "total"),
        ("Totalt 2026-2030", "total"),
        ("Total utgift", "total"),
        ("Netto", "total"),
        ("Belopp (tkr)", "total"),
        ("nok", "total"),
        ("Beslutad totalutgift", "decided_total"),
        ("Beslutad budget totalt", "decided_total"),
        ("Total ram", "decided_total"),
        ("Projektbudget", "decided_total"),
        ("Slutkostnadsprognos", "forecast_total"),
        ("Prognos slutkostnad", "forecast_total"),
        ("Ombudgeteras", "carry_over"),
        ("Kvar att förbruka", "ignore"),
        ("Avvikelse", "ignore"),
        ("Driftkonsekvens", "operation"),
        ("Driftkostnad 2027", "operation"),
        ("Utsläppsminskning (ton CO2e)", "tonnes"),
        ("Tonnes CO2e per year", "tonnes"),
        ("konto", "account"),
        ("Budgetår", "year"),
    ],
)
def test_a_heading_over_numbers_has_its_role(heading, role):
    assert said(heading)[0] == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Investeringsobjekt", "name"),
        ("Projektets namn", "name"),
        ("Namn på projektet", "name"),
        ("Invsteringsobjekt", "name"),
        ("prosjekt_tekst", "name"),
        ("tiltak", "name"),
        ("Projekt-/objektnr", "number"),
        ("Proj.nr", "number"),
        ("Nämnd/\nBolag", "department"),
        ("Ansvarig nämnd", "department"),
        ("ansvar_tekst", "department"),
        ("Ansvarig", "owner"),
        ("Område", "sector"),
        ("Finansiering", "source"),
        ("Bidrag", "source"),
        ("Status", "status"),
        ("Grön obl.", "green"),
        ("Fossilfri", "fossil_free"),
        ("Start–slut", "start"),
        ("Klar", "end"),
        ("Tas i bruk", "end"),
        ("Kostnad, Mkr", "cost_text"),
        ("Kommentar till budget 2026", "comment"),
        ("konto_tekst", "account_name"),
        ("Typ", "type"),
        ("teneste", "ignore"),
    ],
)
def test_a_heading_over_texts_has_its_role(heading, role):
    assert said(heading, "text")[0] == role


@pytest.mark.parametrize(
    ("heading", "over_texts", "over_numbers"),
    [
        ("Bidrag", "source", "amount"),
        ("Investering", "name", "total"),
        ("Kostnad", "cost_text", "total"),
    ],
)
def test_the_content_tells_what_an_ambiguous_heading_means(heading, over_texts, over_numbers):
    assert (said(heading, "text")[0], said(heading)[0]) == (over_texts, over_numbers)


@pytest.mark.parametrize("text", ["", "Vikt", "Bro över Årån", "x" * 500, "§ 114"])
def test_what_is_no_heading_means_nothing(text):
    assert headings.meaning(text).role is None


def test_a_misspelt_heading_is_less_sure_than_a_known_one():
    assert headings.meaning("Budget 2026").score == 100
    assert 80 <= headings.meaning("Bugdet 2026").score < 100
    assert not headings.meaning("Bugdet 2026").exact


def test_a_budget_up_to_a_year_is_neither_spent_nor_a_budget():
    assert said("Budget t.o.m. 2025")[2] == "bare"


def test_a_period_of_years_is_kept():
    assert headings.meaning("Plan 2027–2029").span == (2027, 2029)
    assert headings.meaning("Totalt 2026-30").span == (2026, 2030)


def test_a_year_is_a_number_a_date_or_the_number_behind_a_date():
    assert year_of(Cell(1, 1, "number", Decimal(2026))) == 2026
    assert year_of(Cell(1, 1, "date", "2026-01-01", serial=Decimal(46023))) == 2026
    assert year_of(Cell(1, 1, "date", "1905-07-18", serial=Decimal(2026))) == 2026
    assert year_of(Cell(1, 1, "date", "2026-05-03", serial=Decimal(46145))) is None
    assert year_of(Cell(1, 1, "number", Decimal("2026.5"))) is None
    assert year_of(Cell(1, 1, "number", Decimal(31500))) is None


@given(st.text(max_size=80), st.sampled_from(["text", "number", "empty"]))
def test_any_text_can_be_asked_what_it_means(text, content):
    meaning = headings.meaning(text, content)
    assert 0 <= meaning.score <= 100 or meaning.role is None

"""The project's own template: written empty, filled in, read back."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.intake import mapping
from model.intake.answers import NONE, Answers
from model.intake.reading import read_workbook
from model.intake.template import write_template
from model.language import translate
from model.reference import reference
from model.rows import (
    Appropriation,
    Effect,
    Expenditure,
    Grant,
    Measure,
    Payment,
    PlanDocument,
    PlanHead,
    Prerequisite,
    RunningCost,
)
from model.validate import validate_document
from tests.intake.sheets import codes, left_out

PROJECT, SPENDING, DECISIONS, MONEY, PARTS, RUNNING, EFFECTS, DEBT, BASICS = range(9)
FIRST_ROW = 7

BRIDGE = {
    "Projektnr": "101",
    "Benämning": "Cykelbro över älven",
    "Ägare": "Kommunen",
    "Nämnd/bolag": "Tekniska nämnden",
}
SPENDING_LINE = {"Projektnr": "101", "Typ": "investering", "Total eller merutgift": "total"}


@pytest.fixture(scope="module")
def empty() -> bytes:
    target = BytesIO()
    write_template(target, 2026)
    return target.getvalue()


@pytest.fixture
def fill(empty):
    """Fill in the template: sheet number to lines, a line being heading to value."""

    def filled(
        lines: dict[int, list[dict]],
        rename: dict[int, str] | None = None,
        *,
        without: dict[int, list] | None = None,
        sheets: list[int] | None = None,
        headings: dict[tuple[int, str], object] | None = None,
        answers: Answers = NONE,
    ):
        """``without`` columns by sheet, with only some ``sheets``, with other ``headings``."""
        book = openpyxl.load_workbook(BytesIO(empty))
        for (number, place), heading in (headings or {}).items():
            book.worksheets[number][place] = heading
        for number, rows in lines.items():
            sheet = book.worksheets[number]
            columns = {str(cell.value): cell.column for cell in sheet[5] if cell.value is not None}
            for row, line in enumerate(rows, FIRST_ROW):
                for heading, value in line.items():
                    sheet.cell(row, columns[str(heading)], value)
        for number, dropped in (without or {}).items():
            sheet, gone = book.worksheets[number], {str(heading) for heading in dropped}
            columns = {cell.column for cell in sheet[5] if str(cell.value) in gone}
            for cells in sheet.iter_rows(min_row=4, max_row=FIRST_ROW + 5):
                for cell in (cell for cell in cells if cell.column in columns):
                    cell.value = None
        for number, title in (rename or {}).items():
            book.worksheets[number].title = title
        if sheets is not None:
            for sheet in [s for n, s in enumerate(book.worksheets) if n not in sheets]:
                book.remove(sheet)
        target = BytesIO()
        book.save(target)
        return read_workbook(target.getvalue(), "mall.xlsx", answers=answers)

    return filled


def test_the_template_has_nine_sheets_that_say_their_unit(empty):
    book = openpyxl.load_workbook(BytesIO(empty))
    assert book.sheetnames == [sheet.title for sheet in mapping.own_template().sheets]
    assert len(book.sheetnames) == 9
    for sheet in book.worksheets:
        assert sheet["A2"].value == "Belopp i tkr"
        assert sheet.protection.sheet
        assert sheet["A6"].value == "EXEMPEL"
        assert not sheet.column_dimensions["B"].protection.locked


def test_sums_are_locked_and_choices_are_offered(empty):
    book = openpyxl.load_workbook(BytesIO(empty))
    spending = book.worksheets[SPENDING]
    assert spending["A4"].value == "Summa"
    assert spending["E4"].value == "=SUM(E7:E506)"
    assert spending["E4"].protection.locked
    ranges = {str(rule.sqref) for rule in spending.data_validations.dataValidation}
    assert ranges == {"B7:B506", "C7:C506"}


def test_an_empty_template_imports_to_nothing(empty):
    reading = read_workbook(empty, "mall.xlsx")
    assert reading.measures == ()
    assert reading.violations == ()
    assert set(left_out(reading).values()) >= {"a heading", "the example row"}


def test_a_filled_template_imports_to_the_measures_it_says(fill):
    reading = fill(
        {
            PROJECT: [
                BRIDGE
                | {
                    "Sektor": "Mobilitet och transport",
                    "Finansieringsform": "skatt",
                    "Art": "nyinvestering",
                    "Beslutsläge": "Anslag beviljat",
                    "Beslut (§, datum)": "§ 14",
                    "Beslutad totalutgift": 12000,
                    "Slutkostnadsprognos": "12 500",
                    "Upparbetat t.o.m.": 500,
                    "Moms": "exkl. moms",
                    "Prisnivå": 2025,
                    "Tas i bruk (år-mån)": "2028-06",
                    "Ersatt tillgång restvärde": 0,
                    "Klimatmärkt": "ja",
                    "Grön kategori": "clean_transport",
                    "Grön andel %": 80,
                    "Kommentar": "Bron",
                }
            ],
            SPENDING: [
                SPENDING_LINE
                | {
                    "Låg": 2500,
                    "Central": 3500,
                    "Hög": 4500,
                    2026: 1000,
                    2027: "1 500",
                    "Senare": 500,
                }
            ],
            DECISIONS: [
                {
                    "Projektnr": 101,
                    "Brutto/netto": "brutto",
                    "Status": "anslag",
                    "Ombudgeterat": 50,
                    2026: 700,
                    "KF-beslut": "§ 15",
                },
                {"Projektnr": "101", "Brutto/netto": "netto", "Status": "plan", 2027: 600},
            ],
            MONEY: [
                {
                    "Projektnr": "101",
                    "Källa": "Klimatklivet",
                    "Diarienr": "NV-1",
                    "Status": "sökt",
                    "Sannolikhet %": 40,
                    "Stödberättigande utgift": 2000,
                    "Stödandel %": "50 %",
                    "Beviljat belopp": 1000,
                    "Sista rekvisition": "2028-09-30",
                    "Utbetalas 2027": 600,
                    "Utbetalas 2028": 400,
                    "Villkor": "Laddning",
                }
            ],
            RUNNING: [
                {
                    "Projektnr": "101",
                    "Nämnd": "Tekniska nämnden",
                    "Post": "underhåll",
                    2028: 40,
                    2029: -10,
                    "Inarbetat i ram": "nej",
                }
            ],
            EFFECTS: [
                {
                    "Projektnr": "101",
                    "Indikator": "Minskade utsläpp av växthusgaser",
                    "Enhet": "t CO2e/år",
                    "År": 2028,
                    "Låg": 90,
                    "Central": "100,5",
                    "Hög": 120,
                    "Metod/systemgräns": "TTW",
                    "Källa": "Utredning",
                    "Delad effekt-grupp": "cykel",
                }
            ],
            BASICS: [
                {"Nivå": "koncern", "År": 2026, "Låneram": 2_600_000, "Internränta": "2,5"}
                | {"Invånare": 90_000, "Årets resultat": -5, "Index": 103.1}
            ],
        }
    )
    assert reading.errors == ()
    assert codes(reading, "warning") == []
    place = "mall.xlsx!"
    prices = {"price_level": "real", "price_year": 2025}
    common = {**prices, "vat": "excluded"}
    assert reading.measures == (
        Measure(
            id="101-cykelbro-over-alven",
            name="Cykelbro över älven",
            sector="transport",
            owner="municipality",
            owner_kind="public",
            department="Tekniska nämnden",
            project_number="101",
            financing_form="tax",
            investment_type="new",
            readiness="appropriation",
            decision="§ 14",
            in_service="2028-06",
            decided_total=Decimal(12_000_000),
            forecast_total=Decimal(12_500_000),
            spent=Decimal(500_000),
            replaced_book_value=Decimal(0),
            climate_marked=True,
            green=True,
            green_category="clean_transport",
            green_share=Decimal("0.8"),
            note="Bron",
            source_ref=place + "1 Projekt!A7",
            expenditures=(
                Expenditure(
                    year=0,
                    mid=Decimal(500_000),
                    paid=True,
                    source_ref=place + "1 Projekt!M7",
                    **common,
                ),
                Expenditure(
                    year=2026,
                    low=Decimal("666666.67"),
                    mid=Decimal(1_000_000),
                    high=Decimal("1333333.33"),
                    source_ref=place + "2 Utgifter!G7",
                    **common,
                ),
                Expenditure(
                    year=2027,
                    low=Decimal(1_000_000),
                    mid=Decimal(1_500_000),
                    high=Decimal(2_000_000),
                    source_ref=place + "2 Utgifter!H7",
                    **common,
                ),
                Expenditure(
                    year=9999,
                    low=Decimal("333333.33"),
                    mid=Decimal(500_000),
                    high=Decimal("666666.67"),
                    source_ref=place + "2 Utgifter!Q7",
                    **common,
                ),
            ),
            appropriations=(
                Appropriation(
                    year=2025,
                    basis="gross",
                    status="decided",
                    amount=Decimal(50_000),
                    carry_over=Decimal(50_000),
                    decision="§ 15",
                    source_ref=place + "3 Anslag!D7",
                ),
                Appropriation(
                    year=2026,
                    basis="gross",
                    status="decided",
                    amount=Decimal(700_000),
                    decision="§ 15",
                    source_ref=place + "3 Anslag!E7",
                ),
                Appropriation(
                    year=2027,
                    basis="net",
                    status="planned",
                    amount=Decimal(600_000),
                    source_ref=place + "3 Anslag!F8",
                ),
            ),
            grants=(
                Grant(
                    id="klimatklivet-nv-1",
                    source="klimatklivet",
                    status="applied",
                    probability=Decimal("0.4"),
                    eligible_expenditure=Decimal(2_000_000),
                    share=Decimal("0.5"),
                    reference="NV-1",
                    last_claim="2028-09-30",
                    conditions="Laddning",
                    payments=(
                        Payment(year=2027, amount=Decimal(600_000)),
                        Payment(year=2028, amount=Decimal(400_000)),
                    ),
                    source_ref=place + "4 Finansiering!A7",
                ),
            ),
            running_costs=tuple(
                RunningCost(
                    item="maintenance",
                    department="Tekniska nämnden",
                    year=year,
                    amount=Decimal(amount),
                    in_frame=False,
                    source_ref=f"{place}6 Drift!{column}7",
                    **prices,
                )
                for year, amount, column in ((2028, 40_000, "F"), (2029, -10_000, "G"))
            ),
            effects=(
                Effect(
                    indicator="co2e_reduction",
                    unit="t CO2e",
                    year=2028,
                    low=Decimal(90),
                    mid=Decimal("100.5"),
                    high=Decimal(120),
                    basis="per_year",
                    gas="co2e",
                    method="TTW",
                    note="Utredning",
                    effect_group="cykel",
                    source_ref=place + "7 Effekt!A7",
                ),
            ),
        ),
    )
    assert reading.prerequisites == (
        Prerequisite(
            level="group",
            year=2026,
            result=Decimal(-5000),
            debt_ceiling=Decimal(2_600_000_000),
            internal_interest=Decimal("0.025"),
            price_index=Decimal("103.1"),
            residents=90_000,
            source_ref=place + "9 Förutsättningar!A7",
        ),
    )
    findings = validate_document(_document(reading), reference())
    assert findings == []
    written = reading.to_json()["measures"][0]
    assert written["funding"] == [
        {"source": "klimatklivet", "year": "2027", "amount": "600000.00", "status": "applied"},
        {"source": "klimatklivet", "year": "2028", "amount": "400000.00", "status": "applied"},
    ]
    assert list(written["investment"]) == ["before", "2026", "2027", "later"]


def _document(reading) -> PlanDocument:
    head = PlanHead(
        id="prov",
        name="Prov",
        municipality="2480",
        base_year=2025,
        first_year=2026,
        last_year=2030,
        system_boundary="municipal_group",
    )
    return PlanDocument(plan=head, measures=reading.measures, prerequisites=reading.prerequisites)


def test_every_number_of_a_filled_template_is_imported_or_left_out(fill):
    parts = [
        {"Projektnr": 101, "Komponent": "Stomme", "Andel %": 80, "Nyttjandeperiod": 50},
        {"Projektnr": 101, "Komponent": "Mark", "Andel %": 20},
    ]
    reading = fill({PROJECT: [BRIDGE], PARTS: parts})
    assert not {"unaccounted", "accounted_twice"} & {found.code for found in reading.violations}
    assert not {"C7", "D7", "C8"} & set(left_out(reading))


def test_components_have_a_life_each_and_land_has_none(fill):
    parts = [
        {
            "Projektnr": 101,
            "Komponent": "Räcke",
            "Andel %": 20,
            "Nyttjandeperiod": 25,
            "Reinvestering": "ja",
        },
        {"Projektnr": 101, "Komponent": "Stomme", "Andel %": 70, "Nyttjandeperiod": 50},
        {"Projektnr": 101, "Komponent": "Mark", "Andel %": 10},
    ]
    reading = fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED], PARTS: parts})
    assert reading.violations == ()
    assert [
        (part.name, part.share, part.lifetime_years, part.land, part.reinvested)
        for part in reading.measures[0].components
    ] == [
        ("Räcke", Decimal("0.2"), 25, False, True),
        ("Stomme", Decimal("0.7"), 50, False, False),
        ("Mark", Decimal("0.1"), None, True, False),
    ]


def test_a_component_without_a_life_is_refused_at_its_cell(fill):
    parts = [{"Projektnr": 101, "Komponent": "Räcke", "Andel %": 100}]
    reading = fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED], PARTS: parts})
    assert codes(reading) == [("no_lifetime", "D7")]
    half = [{"Projektnr": 101, "Komponent": "Räcke", "Andel %": 50, "Nyttjandeperiod": 9}]
    reading = fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED], PARTS: half})
    assert "components' shares must add up to 100" in reading.errors[0].message


FRAMEWORK = "Östersunds gröna obligationer, ramverk 2023"
BOND = {
    "Avtal/ISIN": "SE0001",
    "Långivare": "Marknaden",
    "Ramverksversion": FRAMEWORK,
    "Godkänt datum": "2026-03-31",
    "Projektnr": "101",
    "Beviljat": 9,
    "Utbetalt": 4,
    "Utestående": 3,
    "Förfall": "2031-03-31",
}


def test_green_debt_is_a_loan_with_what_stands_on_each_project(fill):
    rest = BOND | {"Projektnr": None, "Beviljat": 1, "Utbetalt": 1, "Utestående": 1}
    lines = {PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED], DEBT: [BOND, rest]}
    reading = fill(lines)
    assert reading.violations == ()
    (loan,) = reading.loans
    assert (loan.name, loan.framework, loan.matures_on) == (
        "SE0001",
        "ostersund-2023",
        "2031-03-31",
    )
    assert (loan.approved, loan.disbursed, loan.outstanding) == (10_000, 5_000, 4_000)
    (allocation,) = loan.allocations
    assert (allocation.measure, allocation.amount) == (reading.measures[0].id, 4_000)


def test_lines_of_one_agreement_say_the_same_of_it(fill):
    other = BOND | {"Projektnr": None, "Förfall": "2032-01-01"}
    lines = {PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED]}
    assert codes(fill(lines | {DEBT: [BOND, other]})) == [("agreement_differs", "I8")]
    assert codes(fill(lines | {DEBT: [BOND, BOND]})) == [("same_line", "E8")]
    late = BOND | {"Godkänt datum": "i våras"}
    assert codes(fill(lines | {DEBT: [late]})) == [("not_a_day", "D7")]
    more = BOND | {"Utestående": 5}
    assert codes(fill(lines | {DEBT: [more]})) == [("bad_agreement", "H7")]


def test_only_the_mandatory_cells_are_enough(fill):
    reading = fill(
        {
            PROJECT: [BRIDGE],
            SPENDING: [{"Projektnr": "101", "Central": 3500}],
            DECISIONS: [
                {"Projektnr": "101", "Brutto/netto": "netto", "Status": "anslag", 2026: 3500}
            ],
        }
    )
    assert reading.errors == ()
    assert [(e.kind, e.scope, e.year, e.mid) for e in reading.measures[0].expenditures] == [
        ("investment", "total", 9999, Decimal(3_500_000))
    ]
    assert codes(reading, "warning") == [
        ("defaulted", "B7"),
        ("defaulted", "C7"),
        ("no_years", "E7"),
    ]
    assert reading.measures[0].green is None


def test_a_project_without_expenditure_is_not_known_rather_than_zero(fill):
    reading = fill({PROJECT: [BRIDGE, BRIDGE | {"Projektnr": 102, "Ägare": "Hushåll"}]})
    assert [m.expenditures for m in reading.measures] == [(), ()]
    assert [m.owner_kind for m in reading.measures] == ["public", "private"]
    assert codes(reading, "warning") == [
        ("no_expenditure", "A7"),
        ("no_appropriation", "A7"),
        ("no_expenditure", "A8"),
    ]


def test_what_is_paid_may_be_part_of_central(fill):
    lines = [SPENDING_LINE | {"Låg": 1500, "Central": 2000, "Hög": 3000, 2026: 1500}]
    reading = fill({PROJECT: [BRIDGE | {"Upparbetat t.o.m.": 500}], SPENDING: lines})
    assert reading.errors == ()
    assert [(e.year, e.low, e.mid, e.high) for e in reading.measures[0].expenditures] == [
        (0, None, Decimal(500_000), None),
        (2026, Decimal(1_000_000), Decimal(1_500_000), Decimal(2_500_000)),
    ]


@pytest.mark.parametrize(
    ("sheet", "line", "code", "place"),
    [
        (SPENDING, {"Central": "dyrt", 2026: 5}, "not_a_number", "E7"),
        (SPENDING, {"Central": 5, 2026: "fem"}, "not_a_number", "G7"),
        (SPENDING, {"Central": 5, 2026: 4}, "years_differ", "E7"),
        (SPENDING, {"Central": "4–6", 2026: 5}, "not_one_amount", "E7"),
        (SPENDING, {"Central": -5, 2026: -5}, "negative_amount", "E7"),
        (SPENDING, {2026: 5}, "required", "E7"),
        (SPENDING, {"Central": 5, "Låg": 4, 2026: 5}, "range_incomplete", "F7"),
        (SPENDING, {"Central": 5, "Låg": 6, "Hög": 7, 2026: 5}, "range_not_ordered", "E7"),
        (SPENDING, {"Typ": "drift", "Central": 5, 2026: 5}, "not_a_choice", "B7"),
        (SPENDING, {"Projektnr": "999", "Central": 5, 2026: 5}, "unknown_project", "A7"),
        (SPENDING, {"Projektnr": None, "Central": 5, 2026: 5}, "required", "A7"),
        (SPENDING, {"Central": "=1+1", 2026: 5}, "uncached_formula", "E7"),
        (DECISIONS, {"Status": "anslag", 2026: 5}, "required", "B7"),
        (DECISIONS, {"Brutto/netto": "brutto", "Status": "ja", 2026: 5}, "not_a_choice", "C7"),
        (MONEY, {"Källa": "Klimatklivet", "Status": "sökt"}, "grant_without_amount", "H7"),
        (
            MONEY,
            {"Källa": "Lotteriet", "Status": "sökt", "Beviljat belopp": 5},
            "not_a_choice",
            "B7",
        ),
        (MONEY, {"Källa": "Klimatklivet", "Beviljat belopp": 5}, "required", "D7"),
        (
            MONEY,
            {"Källa": "Klimatklivet", "Status": "sökt", "Beviljat belopp": 5, "Utbetalas 2026": 4},
            "payments_differ",
            "H7",
        ),
        (
            MONEY,
            {"Källa": "Klimatklivet", "Status": "sökt", "Sannolikhet %": 0.5, "Utbetalas 2026": 4},
            "ask_share",
            "E7",
        ),
        (
            MONEY,
            {"Källa": "Klimatklivet", "Status": "sökt", "Sannolikhet %": 120, "Utbetalas 2026": 4},
            "not_a_share",
            "E7",
        ),
        (
            MONEY,
            {
                "Källa": "Klimatklivet",
                "Status": "beviljad",
                "Sannolikhet %": 5,
                "Utbetalas 2026": 4,
            },
            "bad_line",
            "E7",
        ),
        (
            EFFECTS,
            {"Indikator": "energy_saved", "Låg": 5, "Central": 4, "Hög": 6},
            "bad_line",
            "F7",
        ),
        (EFFECTS, {"Indikator": "energy_saved", "Central": 4, "Hög": 6}, "bad_line", "E7"),
        (
            EFFECTS,
            {"Indikator": "energy_saved", "Metod/systemgräns": "x" * 4001},
            "bad_line",
            "H7",
        ),
        (RUNNING, {"Post": "städning", 2026: 5}, "not_a_choice", "C7"),
        (EFFECTS, {"Indikator": "Trivsel", "Central": 5}, "not_a_choice", "B7"),
        (
            EFFECTS,
            {"Indikator": "energy_saved", "Enhet": "kg/år", "Central": 5},
            "other_unit",
            "C7",
        ),
        (
            EFFECTS,
            {"Indikator": "energy_saved", "Enhet": "MWh/år", "År": "snart"},
            "not_a_year",
            "D7",
        ),
        (BASICS, {"Nivå": "kommun", "År": 2026, "Internränta": 0.025}, "ask_share", "I7"),
        (BASICS, {"Nivå": "kommun", "År": 2026, "Invånare": 12.5}, "not_a_count", "M7"),
    ],
)
def test_what_cannot_be_is_refused_in_its_cell(fill, sheet, line, code, place):
    default = {} if sheet == BASICS else {"Projektnr": "101"}
    if sheet == SPENDING:
        default = dict(SPENDING_LINE)
    reading = fill({PROJECT: [BRIDGE], sheet: [default | line]})
    found = [(v.code, v.ref) for v in reading.errors]
    title = mapping.own_template().sheets[sheet].title
    assert (code, f"mall.xlsx!{title}!{place}") in found
    assert not {"unaccounted", "accounted_twice"} & {code for code, _ in found}


@pytest.mark.parametrize("heading", ["Projektnr", "Benämning", "Ägare", "Nämnd/bolag"])
def test_a_project_needs_number_name_owner_and_department(fill, heading):
    line = {name: value for name, value in BRIDGE.items() if name != heading} | {"Kommentar": "x"}
    reading = fill({PROJECT: [line]})
    assert [code for code, _ in codes(reading)] == ["required"]
    assert heading in reading.errors[0].message


def test_the_same_project_or_line_twice_is_refused(fill):
    line = SPENDING_LINE | {"Central": 5, 2026: 5}
    decision = {"Projektnr": "101", "Brutto/netto": "netto", "Status": "plan", 2026: 1}
    reading = fill(
        {
            PROJECT: [BRIDGE, BRIDGE],
            SPENDING: [line, line],
            DECISIONS: [decision, decision],
            BASICS: [{"Nivå": "kommun", "År": 2026}, {"Nivå": "kommun", "År": 2026}],
        }
    )
    assert [found.ref.split("!", 1)[1] for found in reading.errors] == [
        "1 Projekt!A8",
        "2 Utgifter!E8",
        "3 Anslag!C8",
        "9 Förutsättningar!B8",
    ]


def test_where_in_the_municipality_a_project_is_may_be_said(fill):
    reading = fill({PROJECT: [BRIDGE | {"Stadsdel eller ort": "Norra byn"}]})
    assert reading.measures[0].district == "Norra byn"


def test_columns_that_are_not_used_yet_are_said_to_be_so(fill):
    reading = fill({PROJECT: [BRIDGE | {"Aktiverbar": "ja", "Start": "2026-03"}]})
    assert [place for code, place in codes(reading, "warning") if code == "not_used_yet"] == ["H5"]
    assert reading.measures[0].starts == "2026-03"


def test_sheets_may_be_named_without_their_number(fill):
    reading = fill({PROJECT: [BRIDGE]}, rename={0: "Projekt"})
    assert reading.measures[0].source_ref == "mall.xlsx!Projekt!A7"


def test_a_template_without_a_sheet_that_it_needs_is_refused(empty):
    book = openpyxl.load_workbook(BytesIO(empty))
    book.remove(book.worksheets[DECISIONS])
    target = BytesIO()
    book.save(target)
    assert [v.code for v in read_workbook(target.getvalue(), "m.xlsx").errors] == ["missing_sheet"]


def test_a_template_that_says_another_unit_is_asked_about(empty):
    book = openpyxl.load_workbook(BytesIO(empty))
    book.worksheets[SPENDING]["A2"] = "Belopp i kr"
    target = BytesIO()
    book.save(target)
    assert codes(read_workbook(target.getvalue(), "m.xlsx")) == [("ask_unit", "A2")]


def test_an_effect_whose_basis_is_not_said_is_unclear(fill):
    line = {
        "Projektnr": "101",
        "Indikator": "Minskad energianvändning",
        "Enhet": "MWh",
        "Central": 5,
    }
    once = line | {"Enhet": "MWh, engång"}
    reading = fill({PROJECT: [BRIDGE], EFFECTS: [line, once]})
    assert [effect.basis for effect in reading.measures[0].effects] == ["unclear", "once"]
    assert ("unclear_basis", "C7") in codes(reading, "warning")


def test_a_project_that_only_begins_as_the_example_is_read(fill):
    reading = fill(
        {
            PROJECT: [
                BRIDGE | {"Projektnr": "EXEMPELGATAN-1"},
                BRIDGE | {"Projektnr": 2, "Benämning": "Exempelgatan, cykelbana"},
                BRIDGE | {"Projektnr": 3, "Nämnd/bolag": "EXEMPEL"},
            ],
            PARTS: [
                {
                    "Projektnr": "EXEMPELGATAN-1",
                    "Komponent": "EXEMPEL",
                    "Andel %": 100,
                    "Nyttjandeperiod": 9,
                }
            ],
        }
    )
    assert [measure.project_number for measure in reading.measures] == ["EXEMPELGATAN-1", "2", "3"]
    assert [part.name for part in reading.measures[0].components] == ["EXEMPEL"]


def test_an_appropriation_on_another_actors_project_is_refused_at_its_row(fill):
    theirs = BRIDGE | {"Ägare": "Hushåll"}
    decision = {"Projektnr": "101", "Brutto/netto": "netto", "Status": "anslag", 2026: 5}
    reading = fill({PROJECT: [theirs], DECISIONS: [decision]})
    assert codes(reading) == [("appropriation_of_other_actor", "C7")]
    asked = fill({PROJECT: [theirs], DECISIONS: [decision | {"Status": "äskat"}]})
    assert codes(asked) == []


def test_what_a_row_refuses_is_said_in_swedish_where_it_stands(fill):
    granted = {"Källa": "Klimatklivet", "Status": "beviljad", "Sannolikhet %": 50}
    reading = fill(
        {
            PROJECT: [BRIDGE, BRIDGE | {"Projektnr": "102", "Benämning": "x" * 501}],
            MONEY: [{"Projektnr": "101", "Utbetalas 2026": 4} | granted],
        }
    )
    assert {
        found.ref.removeprefix("mall.xlsx!"): translate(found.template, "sv", **found.fields)
        for found in reading.errors
    } == {
        "4 Finansiering!E7": "Det som är beviljat har ingen sannolikhet: "
        "töm sannolikheten eller ändra läget.",
        "1 Projekt!B8": "Texten är för lång: högst 500 tecken får plats.",
    }


NEED = SPENDING_LINE | {"Central": 9, 2026: 4, 2027: 5}
DECIDED = {"Projektnr": "101", "Brutto/netto": "netto", "Status": "anslag", 2026: 4}
YEARS = list(range(2026, 2036))


def test_the_template_has_every_column_of_the_nine_tables_in_their_order(empty):
    """FINANCE section 6, sheet by sheet: headings, and year columns from first to last."""
    book = openpyxl.load_workbook(BytesIO(empty))
    headings = [
        [cell.value for cell in sheet[5] if cell.value is not None] for sheet in book.worksheets
    ]
    assert headings == [
        [
            *("Projektnr", "Benämning", "Ägare", "Nämnd/bolag", "Sektor", "Finansieringsform"),
            *("Art", "Aktiverbar", "Beslutsläge", "Beslut (§, datum)", "Beslutad totalutgift"),
            *("Slutkostnadsprognos", "Upparbetat t.o.m.", "Moms", "Prisnivå", "Start"),
            *("Tas i bruk (år-mån)", "Ersatt tillgång restvärde", "Klimatmärkt", "Grön kategori"),
            *("Grön andel %", "Stadsdel eller ort", "Kommentar"),
        ],
        ["Projektnr", "Typ", "Total eller merutgift", "Låg", "Central", "Hög", *YEARS, "Senare"],
        ["Projektnr", "Brutto/netto", "Status", "Ombudgeterat", *YEARS[:5], "KF-beslut"],
        [
            *("Projektnr", "Källa", "Diarienr", "Status", "Sannolikhet %"),
            *("Stödberättigande utgift", "Stödandel %", "Beviljat belopp", "Sista rekvisition"),
            *(f"Utbetalas {year}" for year in YEARS),
            "Villkor",
        ],
        ["Projektnr", "Komponent", "Andel %", "Nyttjandeperiod", "Reinvestering"],
        ["Projektnr", "Nämnd", "Post", *YEARS, "Inarbetat i ram"],
        [
            *("Projektnr", "Indikator", "Enhet", "År", "Låg", "Central", "Hög"),
            *("Metod/systemgräns", "Källa", "Delad effekt-grupp"),
        ],
        [
            *("Avtal/ISIN", "Långivare", "Ramverksversion", "Godkänt datum", "Projektnr"),
            *("Beviljat", "Utbetalt", "Utestående", "Förfall", "Ny/refinansiering"),
        ],
        [
            *("Nivå", "År", "Skatt och bidrag", "Årets resultat", "Avskrivningar"),
            *("Upplösta bidrag", "Låneskuld IB", "Låneram", "Internränta", "Snittränta", "Index"),
            *("En skattekrona", "Invånare", "VA-abonnenter"),
        ],
    ]


def test_every_choice_is_offered_and_every_offered_choice_is_read(empty):
    """Each list of the workbook, filled in whole, comes in without a refusal."""
    book = openpyxl.load_workbook(BytesIO(empty))
    offered = 0
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            first, last = rule.formula1.replace("$", "").split(":")
            choices = [cell.value for (cell,) in sheet[f"{first}:{last}"]]
            assert choices
            assert None not in choices
            offered += len(choices)
            column = str(rule.sqref).split(":")[0].rstrip("0123456789")
            for row, choice in enumerate(choices, FIRST_ROW):
                sheet[f"{column}{row}"] = choice
    target = BytesIO()
    book.save(target)
    reading = read_workbook(target.getvalue(), "mall.xlsx")
    assert offered > 100
    assert not {"not_a_choice", "not_yes_no"} & {found.code for found in reading.violations}


def test_the_first_three_sheets_alone_are_enough(fill):
    lines = {PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED]}
    whole = fill(lines)
    reading = fill(lines, sheets=[PROJECT, SPENDING, DECISIONS])
    assert reading.violations == ()
    assert reading.measures == whole.measures
    assert [(e.year, e.mid) for e in reading.measures[0].expenditures] == [
        (2026, 4000),
        (2027, 5000),
    ]


def test_columns_that_need_not_be_filled_in_may_be_deleted(fill):
    optional = {
        PROJECT: ["Sektor", "Finansieringsform", "Art", "Aktiverbar", "Moms", "Start", "Kommentar"],
        SPENDING: ["Typ", "Total eller merutgift", "Låg", "Hög", "Senare", *YEARS[4:]],
        DECISIONS: ["Ombudgeterat", "KF-beslut", *YEARS[1:5]],
    }
    line = {"Projektnr": "101", "Central": 9, 2026: 4, 2027: 5}
    reading = fill({PROJECT: [BRIDGE], SPENDING: [line], DECISIONS: [DECIDED]}, without=optional)
    assert reading.errors == ()
    measure = reading.measures[0]
    assert [(e.kind, e.scope, e.year, e.mid) for e in measure.expenditures] == [
        ("investment", "total", 2026, 4000),
        ("investment", "total", 2027, 5000),
    ]
    assert [(a.year, a.amount) for a in measure.appropriations] == [(2026, 4000)]
    assert {code for code, _ in codes(reading, "warning")} == {"defaulted"}


def test_without_any_year_column_an_amount_stands_as_later_and_a_carry_over_is_refused(fill):
    reading = fill(
        {
            PROJECT: [BRIDGE],
            SPENDING: [SPENDING_LINE | {"Central": 9}],
            DECISIONS: [{"Projektnr": "101", "Brutto/netto": "netto", "Status": "anslag"}],
            MONEY: [{"Projektnr": "101", "Källa": "Klimatklivet", "Status": "sökt"}],
            RUNNING: [{"Projektnr": "101", "Post": "energi"}],
        },
        without={
            SPENDING: YEARS,
            DECISIONS: YEARS,
            MONEY: [f"Utbetalas {year}" for year in YEARS],
            RUNNING: YEARS,
        },
        headings={(DECISIONS, "D7"): 3, (MONEY, "H7"): 2},
    )
    assert codes(reading) == [("no_year_columns", "D7")]
    assert [(e.year, e.mid) for e in reading.measures[0].expenditures] == [(9999, 9000)]
    assert [p.year for g in reading.measures[0].grants for p in g.payments] == [9999]
    assert ("no_amount", "A7") in codes(reading, "warning")


def test_the_years_may_be_others(fill):
    later = {(SPENDING, f"{'GHIJKLMNOP'[n]}5"): 2031 + n for n in range(10)}
    later |= {(DECISIONS, f"{'EFGHI'[n]}5"): 2031 + n for n in range(5)}
    reading = fill(
        {
            PROJECT: [BRIDGE],
            SPENDING: [SPENDING_LINE | {"Central": 9, 2031: 4, 2040: 5}],
            DECISIONS: [
                {"Projektnr": "101", "Brutto/netto": "netto", "Status": "anslag"}
                | {"Ombudgeterat": 1, 2031: 3}
            ],
        },
        headings=later,
    )
    assert reading.violations == ()
    measure = reading.measures[0]
    assert [(e.year, e.mid) for e in measure.expenditures] == [(2031, 4000), (2040, 5000)]
    assert [(a.year, a.carry_over) for a in measure.appropriations] == [(2030, 1000), (2031, 0)]


def test_a_line_may_call_its_project_by_name(fill):
    lines = {
        SPENDING: [NEED | {"Projektnr": "cykelbro över  älven"}],
        DECISIONS: [DECIDED | {"Projektnr": BRIDGE["Benämning"]}],
    }
    reading = fill({PROJECT: [BRIDGE], **lines})
    assert reading.violations == ()
    assert (
        reading.measures
        == fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED]}).measures
    )
    twice = fill({PROJECT: [BRIDGE, BRIDGE | {"Projektnr": "102"}], **lines})
    assert codes(twice) == [("unknown_project", "A7"), ("unknown_project", "A7")]
    assert "2 projects" in twice.errors[0].message


def test_a_column_of_one_s_own_is_left_out_and_a_year_twice_is_refused(fill):
    own = {(PROJECT, "W5"): "Ritning", (PROJECT, "W7"): 7}
    reading = fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED]}, headings=own)
    assert reading.errors == ()
    assert codes(reading, "warning") == [("other_column", "W5")]
    assert left_out(reading)["W7"] == "a column that the template does not have"
    twice = {(SPENDING, "R5"): 2026, (SPENDING, "R7"): 4}
    reading = fill({PROJECT: [BRIDGE], SPENDING: [NEED], DECISIONS: [DECIDED]}, headings=twice)
    assert ("same_year_column", "R5") in codes(reading)


def test_a_point_that_may_be_read_in_two_ways_is_asked_about_and_the_answer_is_used(fill):
    lines = {
        PROJECT: [BRIDGE],
        SPENDING: [SPENDING_LINE | {"Central": "1.234", 2026: "1.234"}],
        DECISIONS: [DECIDED],
        EFFECTS: [
            {"Projektnr": "101", "Indikator": "Minskad energianvändning"}
            | {"Enhet": "MWh/år", "Central": "1.500"}
        ],
    }
    asked = fill(lines)
    assert {code for code, _ in codes(asked)} == {"ask_number"}
    assert {place for _, place in codes(asked)} == {"E7", "G7", "F7"}
    reading = fill(lines, answers=Answers(point="thousands"))
    assert reading.errors == ()
    assert [e.mid for e in reading.measures[0].expenditures] == [1_234_000]
    assert [e.mid for e in reading.measures[0].effects] == [1500]


@given(
    amounts=st.lists(st.integers(min_value=0, max_value=10**8), min_size=11, max_size=11),
    spent=st.integers(min_value=0, max_value=10**6),
    spare=st.integers(min_value=0, max_value=10**6),
    decided=st.lists(st.integers(min_value=1, max_value=10**7), min_size=5, max_size=5),
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_filled_in_comes_back_to_the_ore(fill, amounts, spent, spare, decided):
    """Amounts in tkr with two decimals, written as numbers or as a Swede types them."""
    tkr = [Decimal(amount) / 100 for amount in amounts]
    total = sum(tkr)
    low, high = max(total - spare, Decimal(0)), total + spare
    years = {year: tkr[n] if n % 2 else _typed(tkr[n]) for n, year in enumerate(YEARS)}
    reading = fill(
        {
            PROJECT: [BRIDGE | {"Upparbetat t.o.m.": spent}],
            SPENDING: [
                SPENDING_LINE
                | {"Låg": _typed(low), "Central": _typed(total), "Hög": _typed(high)}
                | years
                | {"Senare": _typed(tkr[10])}
            ],
            DECISIONS: [DECIDED | dict(zip(YEARS, decided, strict=False))],
        }
    )
    assert reading.errors == ()
    (measure,) = reading.measures
    need = [row for row in measure.expenditures if not row.paid]
    assert [row.mid for row in need] == [1000 * amount for amount in tkr]
    assert [sum(ends) for ends in zip(*((r.low, r.high) for r in need), strict=True)] == [
        1000 * low,
        1000 * high,
    ]
    assert measure.spent == 1000 * spent
    assert [row.amount for row in measure.appropriations] == [1000 * each for each in decided]


def _typed(tkr: Decimal) -> str:
    return f"{tkr:,.2f}".replace(",", "\u00a0").replace(".", ",")

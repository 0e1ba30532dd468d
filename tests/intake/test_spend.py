"""Ledgers and factors out of real files: Excel, CSV, SIE 4, YAML; what is left out; refusals."""

from decimal import Decimal

import pytest

from model.errors import InvalidData
from model.intake.headed import layout, unit, vat
from model.intake.intensities import read_intensities
from model.intake.spend import merged, read_spend
from tests.intake.sheets import xlsx

HEADINGS = ("Förvaltning", "Konto", "Kategori", "Leverantör", "Datum", "Belopp exkl. moms")
FACTORS = (
    *("Kategori", "Konto från", "Konto till", "Kg CO2e per krona", "Prisår", "Gas"),
    *("Avgränsning", "Moms", "Källa"),
)
FOOD = ("Livsmedel", None, None, 0.05, 2021, "CO2e", "konsumtion", "exkl. moms", "Påhittad källa")


def ledger(*rows, headings=HEADINGS, title="Reskontra") -> bytes:
    return xlsx((title, [["Uttag ur ekonomisystemet"], headings, *rows]))


def row(department="Tekniska", account=4012, category="Asfalt", date="2022-03-01", amount=1000):
    return (department, account, category, "Väg AB", date, amount)


def codes(found) -> list[tuple[str, str]]:
    return [(each.code, each.ref) for each in found.violations]


def test_a_ledger_in_excel_is_summed_by_department_category_account_and_year():
    found = read_spend(
        ledger(
            row(amount=1000.50),
            row("tekniska", amount=2000),
            row("Skolan", 6011, "Livsmedel", "2023-05-02", 300),
        ),
        "reskontra.xlsx",
    )
    assert found.violations == ()
    first, second = found.rows
    assert (first.department, first.account, first.category) == ("Tekniska", "4012", "Asfalt")
    assert (first.year, first.amount, first.lines) == (2022, Decimal("3000.50"), 2)
    assert first.source_ref == "reskontra.xlsx!Reskontra!F3"
    assert (second.year, second.amount) == (2023, Decimal("300.00"))
    assert (found.vat, found.unit, found.years) == ("excluded", 1, (2022, 2023))


def test_a_csv_file_with_swedish_amounts_and_a_unit_in_the_heading_is_read():
    content = (
        "Nämnd;Kategori;År;Belopp (tkr)\r\n"
        "Tekniska nämnden;Asfalt;2022;1 234,5\r\n"
        "Tekniska nämnden;Asfalt;2022;−34,5\r\n"
    ).encode()
    found = read_spend(content, "inköp.csv")
    assert found.violations == ()
    (only,) = found.rows
    assert (only.amount, only.credited, only.lines) == (Decimal(1_200_000), Decimal(34_500), 2)
    assert (found.credits, found.credited, found.vat) == (1, Decimal(34_500), "unknown")
    assert read_spend(content, "inköp.csv", vat="included").vat == "included"


def test_suppliers_are_not_read():
    found = read_spend(ledger(row()), "reskontra.xlsx")
    assert "Väg AB" not in found.rows[0].model_dump_json()


def test_what_is_read_and_what_is_left_out_are_together_every_amount():
    amounts = [1000, 250, -40, 777, 1210, 99]
    found = read_spend(
        ledger(
            row(amount=amounts[0]),
            row(account=2640, category="Ingående moms", amount=amounts[1]),
            row(amount=amounts[2]),
            row(account=5010, category="Löner", amount=amounts[3]),
            ("Summa", None, None, None, None, amounts[4]),
            row(amount=amounts[5]),
            ("Tekniska", 4012, "Asfalt", "Väg AB", "2022-01-01", None),
        ),
        "reskontra.xlsx",
    )
    left = {each.why: (each.lines, each.amount) for each in found.left}
    assert left == {"not_purchase": (2, 1027), "sum": (1, 1210), "no_amount": (1, 0)}
    assert found.total + sum(each.amount for each in found.left) == sum(amounts)
    assert found.violations == ()


def test_which_accounts_are_no_purchases_can_be_said():
    content = ledger(row(account=5010, category="Lokalhyra", amount=10))
    assert read_spend(content, "bas.xlsx", not_purchases=("7",)).total == 10
    assert codes(read_spend(content, "bas.xlsx")) == [("nothing_bought", "bas.xlsx")]


def test_hidden_rows_are_left_out_and_said():
    from model.intake.reader import Workbook
    from model.intake.spend import understood
    from tests.intake.sheets import sheet

    shown = sheet([HEADINGS, row(amount=1), row(amount=2)], "Dold", hidden_rows=frozenset({3}))
    found = understood(Workbook("dold.xlsx", (shown,)))
    (left,) = found.left
    assert (found.total, left.why, left.amount, left.first) == (1, "hidden", 2, "dold.xlsx!Dold!F3")


def test_an_account_may_stand_with_its_name_and_a_period_for_a_date():
    content = ("Förvaltning;Konto;Period;Utfall\r\nSkolan;6011 Livsmedel;202203;100\r\n").encode()
    (only,) = read_spend(content, "konton.csv").rows
    assert (only.account, only.category, only.year) == ("6011", "Livsmedel", 2022)


@pytest.mark.parametrize(
    ("changed", "code", "cell"),
    [
        ({"amount": "hundra"}, "not_a_number", "F3"),
        ({"amount": "1.234"}, "ask_number", "F3"),
        ({"amount": "100–200"}, "a_range", "F3"),
        ({"amount": 10**12}, "amount_too_large", "F3"),
        ({"date": "mars"}, "no_year", "E3"),
        ({"date": "1022-03-01"}, "no_year", "E3"),
        ({"date": "2024-13-45"}, "no_year", "E3"),
        ({"date": "2024-02-32"}, "no_year", "E3"),
        ({"account": "konto A"}, "no_account", "B3"),
        ({"account": "٤٠١٢"}, "no_account", "B3"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell(changed, code, cell):
    found = read_spend(ledger(row(**changed)), "fel.xlsx")
    assert codes(found) == [(code, f"fel.xlsx!Reskontra!{cell}")]
    assert found.errors
    assert found.rows == ()


def test_a_formula_that_was_saved_without_its_result_is_refused():
    found = read_spend(ledger(row(amount=("=1+1", ""))), "formel.xlsx")
    assert [code for code, _ in codes(found)] in (["uncached_formula"], ["not_a_number"])


def test_a_missing_column_is_named_where_the_headings_come_closest():
    content = xlsx(("Blad", [["Förvaltning", "Belopp"], ["Tekniska", 10]]))
    with pytest.raises(InvalidData) as refused:
        read_spend(content, "utan.xlsx")
    (violation,) = refused.value.violations
    assert (violation.code, violation.ref) == ("missing_columns", "utan.xlsx!Blad!A1")
    assert "Konto / Kategori, År / Datum" in violation.message
    with pytest.raises(InvalidData, match="holds no table"):
        read_spend(xlsx(("Blad", [["Hej"]])), "annat.xlsx")


def test_two_columns_of_one_heading_are_refused_with_both():
    twice = ledger((*row(), 7), headings=(*HEADINGS, HEADINGS[-1]))
    with pytest.raises(InvalidData, match="F2 and G2"):
        read_spend(twice, "dubbel.xlsx")


def test_a_new_ledger_stands_instead_of_its_own_years_only():
    one, two = (
        read_spend(ledger(row(date=f"{year}-01-01", amount=year)), "r.xlsx").rows
        for year in (2021, 2022)
    )
    again = read_spend(ledger(row(date="2022-09-09", amount=5)), "r.xlsx").rows
    rows = merged(merged(one, two), again)
    assert [(each.year, each.amount) for each in rows] == [(2021, 2021), (2022, 5)]


@pytest.mark.parametrize(
    ("heading", "kronor", "tax"),
    [
        ("Belopp", 1, "unknown"),
        ("Belopp exkl. moms (tkr)", 1000, "excluded"),
        ("Belopp inkl moms, mnkr", 1_000_000, "included"),
    ],
)
def test_a_heading_says_unit_and_tax(heading, kronor, tax):
    assert (unit(heading), vat(heading)) == (kronor, tax)
    content = ledger(row(), headings=(*HEADINGS[:5], heading))
    found = read_spend(content, "r.xlsx")
    assert (found.total, found.vat) == (1000 * kronor, tax)


SIE = """#FLAGGA 0
#SIETYP 4
#RAR 0 20220101 20221231
#RAR -1 20210101 20211231
#KONTO 4012 "Asfalt"
#KONTO 6011 "Livsmedel"
#DIM 1 "Kostnadsställe"
#DIM 6 "Projekt"
#OBJEKT 1 "30" "Tekniska"
#OBJEKT 1 "40" "Skolan"
"""


def sie(records: str):
    return read_spend((SIE + records).encode("cp437"), "bok.se")


def amounts(found) -> dict:
    return {(each.department, each.account, each.year): each.amount for each in found.rows}


def test_monthly_balances_in_sie_are_read_once_whatever_they_are_split_by():
    found = sie(
        "#PSALDO 0 202201 4012 {} 1000.00\n"
        '#PSALDO 0 202201 4012 {1 "30"} 700.00\n'
        '#PSALDO 0 202201 4012 {1 "30" 6 "1"} 700.00\n'
        '#PSALDO 0 202201 4012 {6 "1"} 900.00\n'
        '#PSALDO 0 202202 4012 {1 "40"} 50.00\n'
        "#PSALDO -1 202105 6011 {} 80.00\n"
        "#PSALDO 0 202201 1119 {} 5000.00\n"
        "#RES 0 4012 1050.00\n"
    )
    assert found.violations == ()
    assert amounts(found) == {
        ("Tekniska", "4012", 2022): 700,
        ("", "4012", 2022): 300,
        ("Skolan", "4012", 2022): 50,
        ("", "6011", 2021): 80,
    }
    assert {each.category for each in found.rows} == {"Asfalt", "Livsmedel"}
    (left,) = found.left
    assert (left.why, left.amount, found.vat) == ("not_purchase", 5000, "excluded")


def test_a_department_dimension_in_sie_goes_before_cost_centres():
    found = sie('#DIM 7 "Förvaltning"\n#OBJEKT 7 "T" "Teknik"\n#PSALDO 0 202201 4012 {7 "T"} 5\n')
    assert amounts(found) == {("Teknik", "4012", 2022): 5}


def test_vouchers_are_read_where_sie_has_no_monthly_balances():
    found = sie(
        '#VER A 1 20220315 "Faktura"\n{\n#TRANS 4012 {1 "30"} 100.00\n#TRANS 2440 {} -125.00\n'
        "#TRANS 2640 {} 25.00\n}\n#RES 0 4012 100.00\n"
    )
    assert amounts(found) == {("Tekniska", "4012", 2022): 100}
    assert [(each.why, each.amount) for each in found.left] == [("not_purchase", -100)]


def test_yearly_balances_know_no_department():
    assert amounts(sie("#RES 0 4012 1050.00\n")) == {("", "4012", 2022): 1050}


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ("#PSALDO 0 202201 4012 {} 10\n#RES 0 4012 11\n", "sums_differ"),
        ("#PSALDO 7 202201 4012 {} 10\n", "no_year"),
        ("#PSALDO 0 202201 4012 {} tio\n", "bad_record"),
        ("#PBUDGET 0 202201 4012 {} 10\n", "nothing_booked"),
    ],
)
def test_a_sie_file_that_does_not_add_up_is_refused(records, code):
    found = sie(records)
    assert found.errors[0].code == code
    assert found.errors[0].ref.startswith("bok.se")


def test_factors_are_read_from_excel_with_category_and_ranges_of_accounts():
    found = read_intensities(
        xlsx(
            (
                "Faktorer",
                [
                    FACTORS,
                    FOOD,
                    (None, "40", "4199", "0,021", 2019, "co2e", "organisation", None, "Källa B"),
                ],
            )
        ),
        "faktorer.xlsx",
    )
    assert found.violations == ()
    food, building = found.rows
    assert (food.category, food.kg_per_krona, food.price_year) == (
        "Livsmedel",
        Decimal("0.05"),
        2021,
    )
    assert (food.gas, food.boundary, food.vat) == ("co2e", "consumption", "excluded")
    assert (building.label, building.kg_per_krona) == ("40–4199", Decimal("0.021"))
    assert (building.boundary, building.vat) == ("organisation", "unknown")
    assert building.source_ref == "faktorer.xlsx!Faktorer!D3"


def test_factors_are_read_from_yaml():
    content = (
        "intensities:\n  - {category: Livsmedel, kg_per_krona: 0.05, price_year: 2021, "
        "boundary: consumption, source: Påhittad}\n"
    ).encode()
    (only,) = read_intensities(content, "faktorer.yaml").rows
    assert (only.kg_per_krona, only.gas, only.source) == (Decimal("0.05"), "co2e", "Påhittad")
    bad = read_intensities(content.replace(b"0.05", b"-1"), "faktorer.yaml")
    assert codes(bad) == [("bad_factor", "faktorer.yaml!intensities!1!kg_per_krona")]
    for broken in (b"a: [&x 1, *x]\n", b"other: []\n", b"- 1\n", b"{", b"\xff\xfe\x00"):
        with pytest.raises(InvalidData):
            read_intensities(broken, "faktorer.yml")


@pytest.mark.parametrize(
    ("place", "value", "code", "cell"),
    [
        (3, "mycket", "no_factor", "D2"),
        (3, -0.1, "no_factor", "D2"),
        (4, "2019 års", "no_price_year", "E2"),
        (5, "metan", "no_gas", "F2"),
        (6, "kommunen", "no_boundary", "G2"),
        (8, None, "no_source", "I2"),
        (0, None, "one_of_two", "A2"),
        (1, "40", "one_of_two", "A2"),
    ],
)
def test_a_factor_that_lacks_something_is_named_by_its_cell(place, value, code, cell):
    changed = tuple(value if at == place else each for at, each in enumerate(FOOD))
    found = read_intensities(xlsx(("Faktorer", [FACTORS, changed])), "f.xlsx")
    assert codes(found) == [(code, f"f.xlsx!Faktorer!{cell}")]
    assert found.rows == ()


def test_a_file_that_is_endlessly_deep_is_refused_at_once():
    with pytest.raises(InvalidData, match="more than 50 levels"):
        read_intensities(b"intensities: " + b"[" * 500_000, "faktorer.yaml")


def test_grams_per_krona_are_not_taken_for_kilograms():
    changed = tuple("g CO2e per krona" if "CO2e" in each else each for each in FACTORS)
    with pytest.raises(InvalidData, match="Kg CO2e per krona"):
        read_intensities(xlsx(("Faktorer", [changed, FOOD])), "f.xlsx")


@pytest.mark.parametrize("name", ["ledger", "intensities"])
def test_a_template_has_headings_that_are_understood(name):
    wanted = layout(name)
    assert len(set(wanted.headings())) == len(wanted.columns)
    spellings = [each for names in wanted.columns.values() for each in names]
    assert len(spellings) == len(set(spellings))

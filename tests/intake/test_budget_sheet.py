"""A municipality's budget sheet: what comes in, what is left out, what is refused."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InvalidData
from model.intake import mapping
from model.intake.reading import read_workbook
from model.rows import Appropriation, Expenditure
from tests.intake.sheets import budget, codes, left_out, read, sheet, xlsx

SCHOOL = ("Fastighetsnämnden", 7, "Solceller på skolor", 1000, 500)


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "workbooks" / "helsingborg_truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def helsingborg(shared):
    return read_workbook(shared / "workbooks" / "helsingborg_budget_sheet.xlsx")


def _sek(by_year: dict) -> dict[str, Decimal]:
    """The truth file's amounts of a row by year label, without the years that have none."""
    return {
        {"tom_2025": "before"}.get(year, year): Decimal(amount)
        for year, amount in by_year.items()
        if amount and year not in ("total", "2031_")
    }


def test_the_years_of_the_helsingborg_sheet_add_up_to_the_krona(helsingborg, truth):
    assert helsingborg.totals == _sek(truth["header"]["budget"]["per_year_sek"])
    assert helsingborg.errors == ()


def test_every_measure_of_the_helsingborg_sheet_has_its_amounts_and_its_row(helsingborg, truth):
    rows = [measure for measure in truth["measures"] if measure.get("budget")]
    found = {int(measure.project_number): measure for measure in helsingborg.measures}
    written = helsingborg.to_json()["measures"]
    assert len(written) == len(rows) == 28
    for row in rows:
        measure, stated = found[row["nr"]], row["budget"]
        place = f"helsingborg_budget_sheet.xlsx!Investeringsbudget!A{stated['sheet_row']}"
        as_json = next(entry for entry in written if entry["source_ref"] == place)
        assert measure.name == as_json["name"] == row["name"]
        assert measure.department == stated["unit"]
        assert measure.green is stated["green_x"]
        amounts = _sek(stated["per_year_sek"])
        assert {y: Decimal(a) for y, a in as_json["investment"].items()} == amounts
        own = {} if stated["external"] else {y: a for y, a in amounts.items() if y != "before"}
        given = {
            key: {year: Decimal(amount) for year, amount in as_json[key].items()}
            for key in ("appropriation", "planned")
        }
        assert given["appropriation"] == {y: a for y, a in own.items() if y == "2026"}
        assert given["planned"] == {y: a for y, a in own.items() if y != "2026"}


def test_owners_in_the_helsingborg_sheet_follow_from_the_department(helsingborg):
    owners = {m.department: (m.owner, m.owner_kind) for m in helsingborg.measures}
    assert owners["Öresundskraft AB"] == ("municipal_company", "public")
    assert owners["Kommunstyrelsen"] == ("municipality", "public")
    assert owners["Externa aktörer"] == ("", "private")


def test_a_source_named_without_an_amount_is_said_and_covers_nothing(helsingborg):
    measure = next(m for m in helsingborg.to_json()["measures"] if m["name"].startswith("CCS"))
    assert measure["funding"] == [
        {"source": "eu_innovation_fund", "year": None, "amount": None, "status": "applied"}
    ]
    assert codes(helsingborg, "warning") == [
        ("funding_without_amount", "E6"),
        ("funding_without_amount", "E38"),
    ]
    assert all(measure.grants == () for measure in helsingborg.measures)


def test_imported_and_left_out_are_every_number_of_the_helsingborg_sheet(helsingborg):
    sums = {ref for ref, reason in left_out(helsingborg).items() if "sum" in reason}
    headings = {ref for ref, reason in left_out(helsingborg).items() if reason == "a heading"}
    assert headings == {"G5", "H5", "I5", "J5", "K5"}
    assert {f"{column}41" for column in "FGHIJKL"} <= sums
    assert len(left_out(helsingborg)) == len(sums) + len(headings) == 89


def test_the_json_has_the_agreed_keys(helsingborg):
    written = helsingborg.to_json()
    assert list(written) == [
        "file",
        "unit",
        "tables",
        "measures",
        "excluded",
        "violations",
        "totals",
        "sums",
        "reconciliation",
        "balance",
        "pooled",
        "fingerprint",
        "notes",
    ]
    assert written["file"]["name"] == "helsingborg_budget_sheet.xlsx"
    assert len(written["file"]["sha256"]) == 64
    assert written["unit"] == {
        "factor": 1000,
        "evidence": "helsingborg_budget_sheet.xlsx!Investeringsbudget!A3: Belopp i tkr",
        "currency": "SEK",
    }
    assert written["reconciliation"] == {"numbers": 235, "imported": 146, "excluded": 89}
    assert written["totals"]["before"] == "94667000.00"
    assert json.loads(json.dumps(written)) == written


def test_a_budget_year_is_need_and_decided_and_a_plan_year_need_and_planned():
    reading = budget(SCHOOL)
    measure = reading.measures[0]
    place = "bok.xlsx!Budget!"
    assert measure.expenditures == (
        Expenditure(
            year=2026, mid=Decimal(1_000_000), price_level="nominal", source_ref=place + "D3"
        ),
        Expenditure(
            year=2027, mid=Decimal(500_000), price_level="nominal", source_ref=place + "E3"
        ),
    )
    assert measure.appropriations == (
        Appropriation(
            year=2026,
            basis="gross",
            status="decided",
            amount=Decimal(1_000_000),
            source_ref=place + "D3",
        ),
        Appropriation(
            year=2027,
            basis="gross",
            status="planned",
            amount=Decimal(500_000),
            source_ref=place + "E3",
        ),
    )
    assert (measure.id, measure.source_ref) == ("7-solceller-pa-skolor", place + "A3")


def test_what_is_spent_so_far_is_paid_and_what_comes_later_is_need_only():
    headings = ("Nämnd", "Projekt", "Upparbetat t.o.m. 2025", "Budget 2026", "Senare")
    measure = budget(("Tekniska nämnden", "Bro", 10, 20, 30), headings=headings).measures[0]
    assert [(e.year, e.mid, e.paid) for e in measure.expenditures] == [
        (0, Decimal(10_000), True),
        (2026, Decimal(20_000), False),
        (9999, Decimal(30_000), False),
    ]
    assert [(a.year, a.status) for a in measure.appropriations] == [(2026, "decided")]


def test_rows_of_other_actors_get_need_and_no_appropriation():
    measure = budget(("Externa aktörer", 1, "Elbilar", 10, 20)).measures[0]
    assert len(measure.expenditures) == 2
    assert measure.appropriations == ()


def test_headings_are_found_in_any_row_and_any_order():
    rows = [
        ["Kommunens budget"],
        [],
        ["Alla belopp i mnkr"],
        [],
        ["Plan 2027", "Benämning", "Totalt", "Projektnr", "Budget 2026 (mnkr)", "Nämnd"],
        [2, "Bro", 3.5, "A-1", 1.5, "Tekniska nämnden"],
    ]
    reading = read(sheet(rows))
    assert reading.errors == ()
    assert reading.unit.factor == 1_000_000
    assert reading.totals == {"2026": Decimal(1_500_000), "2027": Decimal(2_000_000)}
    assert reading.measures[0].project_number == "A-1"


def test_a_year_that_a_date_format_hid_is_still_that_year():
    hidden = {"kind": "date", "value": "1905-07-18", "serial": Decimal(2026)}
    reading = budget(SCHOOL, headings=("Nämnd", "Nr", "Objekt", hidden, 2027))
    assert reading.totals == {"2026": Decimal(1_000_000), "2027": Decimal(500_000)}


def test_a_repeated_heading_row_is_no_project():
    reading = budget(SCHOOL, ("Nämnd/bolag", "Nr", "Investeringsobjekt", 2026, 2027), SCHOOL[:2])
    assert reading.totals == {"2026": Decimal(1_000_000), "2027": Decimal(500_000)}
    assert left_out(reading)["D4"] == "a heading"


def test_the_department_fills_down_and_a_line_of_its_own_begins_a_section():
    reading = budget(
        SCHOOL,
        (None, 8, "Värmepump", 1, 1),
        ("Summa", None, None, 1001, 501),
        ("Externa aktörer",),
        (None, 9, "Fönster", 5, 5),
    )
    assert [(m.name, m.department) for m in reading.measures] == [
        ("Solceller på skolor", "Fastighetsnämnden"),
        ("Värmepump", "Fastighetsnämnden"),
        ("Fönster", "Externa aktörer"),
    ]
    assert reading.errors == ()


def test_rows_of_the_same_name_with_different_numbers_are_different_measures():
    reading = budget(SCHOOL, (None, 8, "Solceller på skolor", 1, 1))
    assert [m.id for m in reading.measures] == ["7-solceller-pa-skolor", "8-solceller-pa-skolor"]
    assert reading.errors == ()


def test_two_departments_may_number_their_projects_alike():
    reading = budget(SCHOOL, ("Kulturnämnden", 7, "Solceller på skolor", 1, 1))
    assert [m.id for m in reading.measures] == [
        "7-solceller-pa-skolor-fastighetsnamnden",
        "7-solceller-pa-skolor-kulturnamnden",
    ]


def test_the_same_row_twice_is_refused():
    assert codes(budget(SCHOOL, SCHOOL)) == [("same_row_twice", "C4")]


def test_a_sum_that_does_not_agree_with_its_parts_is_an_error():
    reading = budget(SCHOOL, ("Summa Fastighetsnämnden", None, None, 1000, 900))
    assert codes(reading) == [("sum_differs", "E4")]
    assert reading.errors[0].fields == {"found": "900\u202f000", "expected": "500\u202f000"}


def test_a_row_sum_that_does_not_agree_is_an_error_with_or_without_what_is_paid():
    headings = ("Nämnd", "Objekt", "T.o.m. 2025", 2026, "Totalt")
    for stated, expected in ((30, []), (20, []), (25, [("sum_differs", "E3")])):
        reading = budget(("Tekniska nämnden", "Bro", 10, 20, stated), headings=headings)
        assert codes(reading) == expected


def test_rounding_explains_a_small_difference_and_is_only_a_warning():
    reading = budget(
        ("Tekniska nämnden", 1, "Bro", 1.4, 0),
        (None, 2, "Väg", 1.4, 0),
        ("Totalt", None, None, 3, 0),
    )
    assert codes(reading) == []
    assert codes(reading, "warning") == [("sum_rounded", "D5")]


def test_sums_at_three_levels_are_all_checked():
    rows = [
        ("Tekniska nämnden", 1, "Bro", 10, 0),
        ("Delsumma", None, None, 10, 0),
        (None, 2, "Väg", 20, 0),
        ("Delsumma", None, None, 20, 0),
        ("Summa Tekniska nämnden", None, None, 30, 0),
        ("Kulturnämnden", 3, "Bibliotek", 5, 0),
        ("Summa Kulturnämnden", None, None, 5, 0),
        ("Totalt", None, None, 35, 0),
    ]
    assert codes(budget(*rows)) == []
    assert codes(budget(*rows[:4], ("Summa Tekniska nämnden", None, None, 40, 0))) == [
        ("sum_differs", "D7")
    ]


def test_a_part_of_the_row_above_is_not_counted_twice():
    reading = budget(SCHOOL, (None, None, "varav inventarier", 100, 50))
    assert len(reading.measures) == 1
    assert left_out(reading)["D4"] == "a part of the row above, already in it"


def test_a_project_whose_name_begins_like_a_sum_is_a_project_when_it_has_a_number():
    reading = budget(("Tekniska nämnden", 4, "Total renovering av badhus", 10, 0))
    assert [m.name for m in reading.measures] == ["Total renovering av badhus"]


@pytest.mark.parametrize("label", ["Totalt", "Total", "Summa Fastighetsnämnden"])
def test_a_sum_with_a_count_of_projects_is_a_sum_and_no_project(label):
    reading = budget(SCHOOL, (None, 1, label, 1000, 500))
    assert len(reading.measures) == 1
    assert reading.errors == ()


def test_a_sum_that_is_not_called_one_is_asked_about():
    rows = [("Tekniska nämnden", 1, "Bro", 10, 5), (None, 2, "Väg", 20, None)]
    assert codes(budget(*rows, (None, None, "Tekniska nämnden totalt", 30, 5))) == []
    assert codes(budget(*rows, (None, None, "Gator och broar", 30, 5))) == [("ask_sum", "C5")]
    assert codes(budget(*rows, (None, 3, "Tunnel", 30, 5))) == []
    assert codes(budget(*rows, (None, None, "Tekniska nämnden totalt", 30, 50))) == [
        ("sum_differs", "E5")
    ]


def test_an_amount_without_a_name_is_refused_also_when_it_is_written_as_text():
    reading = budget(SCHOOL, (None, None, None, "1 200", {"kind": "error", "value": "#REF!"}))
    assert codes(reading) == [("amount_without_name", "D4"), ("error_value", "E4")]


def test_a_column_of_numbers_headed_projekt_beside_the_names_is_the_project_number():
    headings = ("Nämnd", "Projekt", "Benämning", 2026)
    reading = budget(("Tekniska nämnden", 101, "Bro", 5), headings=headings)
    assert codes(reading) == []
    assert [(m.project_number, m.name) for m in reading.measures] == [("101", "Bro")]


def test_hidden_rows_and_columns_are_left_out_by_name():
    reading = budget(
        SCHOOL,
        ("Dold nämnd", 8, "Dold", 70, 70),
        hidden_rows=frozenset({4}),
        hidden_columns=frozenset({5}),
    )
    assert [m.name for m in reading.measures] == ["Solceller på skolor"]
    assert reading.totals == {"2026": Decimal(1_000_000)}
    assert {left_out(reading)[ref] for ref in ("D4", "E3")} == {"hidden in the workbook"}


def test_hidden_sheets_and_sheets_without_a_table_are_left_out_by_name():
    old = sheet([["Belopp i tkr"], HEADINGS_AND_ROW[0], HEADINGS_AND_ROW[1]], "Gammal", hidden=True)
    notes = sheet([["Anteckning", 17]], "Anteckningar")
    reading = read(sheet([["Belopp i tkr"], *HEADINGS_AND_ROW]), old, notes)
    assert reading.totals == {"2026": Decimal(1_000_000), "2027": Decimal(500_000)}
    reasons = {left.ref.split("!", 1)[1]: left.reason for left in reading.excluded}
    assert reasons["Gammal!D3"] == "on a hidden sheet"
    assert reasons["Anteckningar!B1"] == "on a sheet without a table that is known"


HEADINGS_AND_ROW = (("Nämnd/bolag", "Nr", "Investeringsobjekt", 2026, 2027), SCHOOL)


def test_an_old_version_on_another_visible_sheet_is_not_imported_twice():
    rows = [["Belopp i tkr"], *HEADINGS_AND_ROW]
    reading = read(sheet(rows, "Ny"), sheet(rows, "Gammal"))
    assert codes(reading) == []
    assert reading.totals == {"2026": Decimal(1_000_000), "2027": Decimal(500_000)}
    assert {
        left.ref.split("!")[1] for left in reading.excluded if "heading" not in left.reason
    } == {"Gammal"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("se bilaga", "not_a_number"),
        ("1.234", "ask_number"),
        ("1,234.50", "foreign_format"),
        ("10 MEUR", "foreign_currency"),
        ("12 %", "not_an_amount"),
        ("högst 10", "not_an_amount"),
        (-500, "negative_amount"),
        ("(500)", "negative_amount"),
        ({"kind": "error", "value": "#REF!"}, "error_value"),
        ({"kind": "uncached", "value": None, "formula": True}, "uncached_formula"),
        ({"kind": "out_of_range", "value": "inf"}, "out_of_range"),
        ({"kind": "boolean", "value": True}, "not_a_number"),
        ({"kind": "date", "value": "2026-05-01", "serial": Decimal(46143)}, "date_for_amount"),
        (
            {"kind": "number", "value": Decimal("0.5"), "number_format": "0%"},
            "not_an_amount",
        ),
    ],
)
def test_what_is_no_amount_is_refused_in_its_cell(cell, code):
    reading = budget(("Tekniska nämnden", 1, "Bro", cell, 500))
    assert codes(reading) == [(code, "D3")]
    assert reading.totals == {"2027": Decimal(500_000)}
    assert "{" not in reading.errors[0].message


def test_a_cell_that_two_readers_see_differently_is_refused():
    doubtful = {"kind": "number", "value": Decimal(10), "second": "11"}
    assert codes(budget(("Tekniska nämnden", 1, "Bro", doubtful, 5))) == [("disagreement", "D3")]


def test_a_dash_says_nothing_and_a_tbd_says_that_the_amount_is_not_known():
    reading = budget(("Tekniska nämnden", 1, "Bro", "–", "TBD"))
    assert reading.measures[0].expenditures == ()
    assert codes(reading, "warning") == [("not_known", "E3"), ("no_amount", "C3")]
    assert reading.errors == ()


def test_a_zero_is_a_zero_and_not_a_blank():
    measure = budget(("Tekniska nämnden", 1, "Bro", 0, None)).measures[0]
    assert [(e.year, e.mid) for e in measure.expenditures] == [(2026, Decimal(0))]


def test_a_range_is_need_between_its_ends_and_no_appropriation():
    reading = budget(("Tekniska nämnden", 1, "Bro", "80–120", ">75 mnkr"))
    measure = reading.measures[0]
    assert [(e.low, e.mid, e.high) for e in measure.expenditures] == [
        (Decimal(80_000), Decimal(100_000), Decimal(120_000)),
        (Decimal(75_000_000), Decimal(75_000_000), None),
    ]
    assert measure.appropriations == ()
    assert codes(reading, "warning") == [("range_in_budget", "D3"), ("range_in_budget", "E3")]


def test_a_unit_in_the_cell_goes_before_the_unit_of_the_sheet():
    reading = budget(("Tekniska nämnden", 1, "Bro", "3 mnkr", "1 500"))
    assert reading.totals == {"2026": Decimal(3_000_000), "2027": Decimal(1_500_000)}


@pytest.mark.parametrize(
    ("unit", "code"),
    [(None, "ask_unit"), ("Belopp i tkr eller mnkr", "ask_unit"), ("Belopp i kEUR", "ask_rate")],
)
def test_a_unit_that_is_not_clear_is_asked_for_and_nothing_is_imported(unit, code):
    reading = budget(SCHOOL, unit=unit)
    assert [found.code for found in reading.errors] == [code]
    assert reading.measures == ()
    assert left_out(reading)["D3"] == "the unit of the sheet is not known"


def test_an_amount_without_a_name_is_refused():
    assert codes(budget(SCHOOL, (None, None, None, 5, None))) == [("amount_without_name", "D4")]


def test_a_name_without_number_and_amount_heads_the_rows_below_it():
    reading = budget(SCHOOL, (None, None, "Gator"), (None, 9, "Bro", 1, 1))
    assert [m.name for m in reading.measures] == ["Solceller på skolor", "Bro"]
    assert codes(reading, "warning") == [("heading_row", "C4")]


def test_a_project_without_amounts_is_imported_as_not_known():
    reading = budget((*SCHOOL[:3], None, None))
    assert reading.measures[0].expenditures == ()
    assert codes(reading, "warning") == [("no_amount", "C3")]


@pytest.mark.parametrize(
    ("heading", "severity", "code"),
    [
        (2026, "error", "ask_column"),
        ("Vikt", "warning", "unknown_column"),
        (None, "error", "ask_column"),
    ],
)
def test_a_column_that_is_not_understood_is_asked_about(heading, severity, code):
    headings = ("Nämnd/bolag", "Nr", "Investeringsobjekt", 2026, 2027, heading)
    reading = budget((*SCHOOL, 12), headings=headings)
    assert {found for found, _ in codes(reading, severity)} == {code}
    assert "F3" in left_out(reading)
    assert reading.totals == {"2026": Decimal(1_000_000), "2027": Decimal(500_000)}


def test_a_column_until_a_year_that_has_its_own_is_asked_about():
    headings = ("Nämnd", "Nr", "Objekt", "T.o.m. 2026", 2026)
    assert codes(budget(SCHOOL, headings=headings)) == [("ask_column", "D2")]


def test_a_bare_year_before_the_named_budget_is_asked_about():
    headings = ("Nämnd", "Nr", "Objekt", 2025, "Budget 2026")
    reading = budget(SCHOOL, headings=headings)
    assert codes(reading) == [("ask_column", "D2")]
    assert reading.totals == {"2026": Decimal(500_000)}


def test_a_green_mark_is_yes_an_empty_cell_no_and_no_column_not_known():
    headings = ("Nämnd", "Objekt", "Grön obligation", 2026)
    rows = [
        ("Tekniska nämnden", "Bro", "x", 1),
        (None, "Väg", None, 1),
        (None, "Gata", "kanske", 1),
    ]
    reading = budget(*rows, headings=headings)
    assert [m.green for m in reading.measures] == [True, False, None]
    assert codes(reading) == [("unknown_mark", "C5")]
    assert budget(SCHOOL).measures[0].green is None


@pytest.mark.parametrize(
    ("text", "source", "status"),
    [
        ("Klimatklivet (beviljat)", "klimatklivet", "granted"),
        ("Klimatklivet, sökt", "klimatklivet", "applied"),
        ("Sparbanksstiftelsen (idé)", "Sparbanksstiftelsen", "idea"),
        ("Statligt stöd (skolor)", "Statligt stöd (skolor)", None),
    ],
)
def test_a_named_source_keeps_its_words_and_its_status(text, source, status):
    headings = ("Nämnd", "Objekt", "Finansiering", 2026)
    reading = budget(("Tekniska nämnden", "Bro", text, 1), headings=headings)
    assert reading.to_json()["measures"][0]["funding"] == [
        {"source": source, "year": None, "amount": None, "status": status}
    ]
    assert reading.measures[0].note == f"Finansiering enligt arket: {text}"


def test_a_workbook_in_which_nothing_is_recognised_is_refused():
    with pytest.raises(InvalidData) as refused:
        read(sheet([["Till nämnden"], ["Hej"]], "Blad1"))
    message = str(refused.value)
    assert "bok.xlsx" in message
    assert "Blad1" in message
    assert refused.value.violations[0].code == "unknown_layout"


def test_a_layout_of_ones_own_answers_what_the_sheet_does_not_say(tmp_path):
    own = tmp_path / "egen.yaml"
    own.write_text(
        "kind: layout\nname: Vår egen\nfingerprints: []\nanswers:\n"
        '  units: {"": tkr}\n  columns: {"": {Knasig: {role: name}}}\n'
    )
    book = xlsx(("Blad1", [["Nämnd", "Knasig", 2026], ["Tekniska nämnden", "Bro", 5]]))
    reading = read_workbook(book, "b.xlsx", own)
    assert reading.totals == {"2026": Decimal(5000)}
    assert [measure.name for measure in reading.measures] == ["Bro"]


def test_a_vocabulary_of_ones_own_goes_before_the_projects(tmp_path):
    original = (mapping.FOLDER / "vocabulary.yaml").read_text("utf-8")
    own = tmp_path / "egen.yaml"
    own.write_text(original.replace("    - projektet\n", "    - projektet\n    - knasig\n"))
    book = xlsx(("B", [["tkr"], ["Nämnd", "Knasig", 2026], ["Tekniska nämnden", "Bro", 5]]))
    assert [m.name for m in read_workbook(book, "b.xlsx", own).measures] == ["Bro"]


@pytest.mark.parametrize("kind", ["layout", "vocabulary"])
def test_a_layout_that_is_not_understood_names_its_fault(tmp_path, kind):
    own = tmp_path / "egen.yaml"
    own.write_text(f"kind: {kind}\n")
    with pytest.raises(InvalidData) as refused:
        read_workbook(b"PK", "b.xlsx", own)
    assert "egen.yaml" in str(refused.value)
    assert "name" in str(refused.value)


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path):
    with pytest.raises(InvalidData) as refused:
        read_workbook(tmp_path / "saknas.xlsx")
    assert str(refused.value).startswith("There is no file ")
    assert "saknas.xlsx" in str(refused.value)
    assert "Errno" not in str(refused.value)


AMOUNT = st.one_of(st.none(), st.integers(min_value=0, max_value=10**6))
# So large amounts that they may be in kronor.
KRONOR = st.one_of(st.none(), st.integers(min_value=10**5, max_value=10**9))


@st.composite
def _layouts(draw):
    """A budget sheet with its truth: kronor by project number and year label."""
    years = draw(st.integers(min_value=1, max_value=4))
    style = draw(st.sampled_from(["bare", "named"]))
    names = [
        year if style == "bare" else f"{'Budget' if year == 2026 else 'Plan'} {year}"
        for year in range(2026, 2026 + years)
    ]
    columns = ["Nämnd", "Nr", "Benämning", "T.o.m. 2025", *names, "Totalt"]
    order = draw(st.permutations(range(len(columns))))
    unit, factor = draw(st.sampled_from([("kr", 1), ("tkr", 1000), ("mnkr", 10**6)]))
    if factor == 1:
        amount = KRONOR
    elif factor == 10**6:
        amount = st.one_of(st.none(), st.integers(min_value=0, max_value=900))
    else:
        amount = AMOUNT
    rows, truth, number = [], {}, 0
    everything = [0] * (years + 1)
    for department in range(draw(st.integers(min_value=1, max_value=3))):
        block = [0] * (years + 1)
        for place in range(draw(st.integers(min_value=1, max_value=3))):
            number += 1
            amounts = draw(st.lists(amount, min_size=years + 1, max_size=years + 1))
            block = [a + (b or 0) for a, b in zip(block, amounts, strict=True)]
            labels = ["before", *(str(year) for year in range(2026, 2026 + years))]
            truth[str(number)] = {
                label: Decimal(a) * factor
                for label, a in zip(labels, amounts, strict=True)
                if a is not None
            }
            name = f"Nämnd {department}" if place == 0 else None
            total = sum(a or 0 for a in amounts)
            rows.append([name, number, f"Projekt {number}", *amounts, total])
        everything = [a + b for a, b in zip(everything, block, strict=True)]
        rows.append([f"Summa nämnd {department}", None, None, *block, sum(block)])
    rows.append(["Totalt", None, None, *everything, sum(everything)])
    above = draw(st.integers(min_value=0, max_value=3))
    shuffled = [[row[i] for i in order] for row in ([columns, *rows])]
    return [[f"Belopp i {unit}"], *[[] for _ in range(above)], *shuffled], truth


@settings(max_examples=60, deadline=None)
@given(_layouts())
def test_any_budget_sheet_of_this_kind_comes_in_to_the_krona(made):
    rows, truth = made
    reading = read(sheet(rows))
    assert reading.errors == ()
    found = {
        measure.project_number: {
            label: Decimal(amount) for label, amount in written["investment"].items()
        }
        for measure, written in zip(reading.measures, reading.to_json()["measures"], strict=True)
    }
    assert found == truth


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(AMOUNT, st.text(max_size=6)), max_size=7), max_size=7))
def test_whatever_stands_in_a_sheet_every_number_is_accounted_for_once(rows):
    rows = [[value or None for value in row] for row in rows]
    reading = budget(*rows)
    assert not {"unaccounted", "accounted_twice"} & {found.code for found in reading.violations}


FLAT = ("Nämnd", "Projekt", 2026, 2027)


def test_a_sum_of_grants_and_a_net_sum_hold_with_grants_named_within_projects():
    reading = budget(
        ("Tekniska nämnden", "Laddstationer", 4000, 6000),
        (None, "varav bidrag Klimatklivet (beviljat)", -1500, -2000),
        ("Tekniska nämnden", "Biogasbussar", 10000, None),
        (None, "Statsbidrag Naturvårdsverket, sökt", -3000, None),
        ("Summa", None, 14000, 6000),
        ("Summa bidrag", None, -4500, -2000),
        ("Netto", None, 9500, 4000),
        headings=FLAT,
    )
    assert codes(reading) == []
    assert {check.difference for check in reading.sums} == {Decimal(0)}
    assert [m.name for m in reading.measures] == ["Laddstationer", "Biogasbussar"]


def test_how_the_whole_is_paid_for_stands_beneath_the_total_and_is_no_project():
    reading = budget(
        ("Tekniska nämnden", "Bro", 10, 20),
        (None, "Väg", 30, None),
        ("Totalt", None, 40, 20),
        (None, "Finansiering", None, None),
        (None, "Avskrivningar", 25, 20),
        (None, "Upplåning", 15, None),
        headings=FLAT,
    )
    assert codes(reading) == []
    assert [m.name for m in reading.measures] == ["Bro", "Väg"]
    assert left_out(reading)["C8"] == left_out(reading)["C7"]


def test_two_years_under_one_heading_budget_are_both_budgeted():
    cells = sheet(
        [
            ["Belopp i tkr"],
            ["Nämnd", "Projekt", "Budget", None, "Plan"],
            [None, None, 2026, 2027, 2028],
            ["Tekniska nämnden", "Bro", 10, 20, 30],
        ],
        merged=("C2:D2", "A2:A3", "B2:B3"),
    )
    reading = read(cells)
    assert codes(reading) == []
    given = {row.year: row.status for row in reading.measures[0].appropriations}
    assert given == {2026: "decided", 2027: "decided", 2028: "planned"}

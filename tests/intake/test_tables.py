"""Where the tables of a workbook are, and what their columns are for."""

from decimal import Decimal

import pytest

from model.intake import mapping
from model.intake.answers import Answers, ColumnAnswer
from model.intake.ledger import Ledger
from model.intake.reader import Sheet, Workbook
from model.intake.tables import find_tables
from tests.intake.sheets import sheet

ROWS = [("Bro", 1000, 400), ("Väg", 500, 120), ("Skola", 900, 0)]


def find(*sheets: Sheet, answers: Answers | None = None):
    """The tables of sheets, and the ledger of what was asked and left out."""
    ledger = Ledger(Workbook("bok.xlsx", sheets))
    tables = find_tables(ledger.workbook, mapping.vocabulary(), answers or Answers(), ledger)
    return tables, ledger


def one(*rows, answers: Answers | None = None, **shape):
    """The only table of one sheet whose first row says the unit."""
    tables, ledger = find(sheet([["Belopp i tkr"], *rows], **shape), answers=answers)
    (table,) = tables
    return table, ledger


def roles(table) -> dict[str, tuple]:
    """Role, year, stage and flow by the letter of the column."""
    return {c.letter: (c.role, c.year, c.stage, c.flow) for c in table.columns}


def asked(ledger: Ledger) -> list[tuple[str, str]]:
    """Code and cell of each question."""
    return [
        (found.code, found.ref.split("!")[-1])
        for found in ledger.violations
        if found.severity == "error"
    ]


def left_out(ledger: Ledger) -> dict[str, str]:
    """Reason by cell."""
    return {left.ref.split("!")[-1]: left.reason for left in ledger._excluded.values()}


def test_a_header_may_stand_in_any_row_below_titles():
    above = [["Kommunens budget"], [], ["Fastställd 2025-11-24, § 114"], []]
    table, ledger = one(*above, ["Projekt", 2026, 2027], *ROWS)
    assert (table.header, table.end, table.shape) == ((6,), 10, "projects")
    assert roles(table) == {
        "A": ("name", None, None, None),
        "B": ("amount", 2026, "budget", None),
        "C": ("amount", 2027, "plan", None),
    }
    assert asked(ledger) == []


FLOWS = ["Utgift", "Bidrag", "Netto"]


@pytest.mark.parametrize("merged", [("B2:D2", "E2:G2"), ()])
def test_a_year_stands_over_expenditure_grant_and_net_also_when_it_is_not_merged(merged):
    table, _ = one(
        [None, 2026, None, None, 2027],
        ["Projekt", *FLOWS, *FLOWS, "Kommentar"],
        ["Bro", 10, 4, 6, 5, 0, 5],
        ["Väg", 20, 4, 16, 5, 0, 5],
        merged=merged,
    )
    assert table.header == (2, 3)
    assert [roles(table)[letter] for letter in "BCDG"] == [
        ("amount", 2026, "budget", "expenditure"),
        ("amount", 2026, "budget", "income"),
        ("amount", 2026, "budget", "net"),
        ("amount", 2027, "plan", "net"),
    ]
    assert roles(table)["H"] == ("comment", None, None, None)


def test_three_header_rows_say_flow_stage_and_year():
    table, _ = one(
        ["Projekt", "Investeringsutgift", None, None, "Driftkonsekvens (mnkr)"],
        [None, "Budget", "Plan"],
        [None, 2026, 2027, 2028, 2027],
        ["Bro", 10, 20, 30, 1],
        ["Väg", 10, 20, 30, 1],
        merged=("A2:A4", "B2:D2", "C3:D3"),
    )
    assert table.header == (2, 3, 4)
    assert [roles(table)[letter] for letter in "BD"] == [
        ("amount", 2026, "budget", "expenditure"),
        ("amount", 2028, "plan", "expenditure"),
    ]
    operation = table.column("operation")
    assert (operation.year, operation.unit.factor) == (2027, Decimal(10) ** 6)
    assert table.unit.factor == 1000


def test_tables_below_each_other_are_two_and_notes_belong_to_neither():
    (first, second), _ = find(
        sheet(
            [
                ["Belopp i tkr"],
                ["Tekniska nämnden"],
                ["Projekt", 2026, 2027],
                *ROWS,
                [],
                ["* Preliminärt"],
                [],
                ["Barnnämnden"],
                ["2027", "2026", "Projekt"],
                [1, 2, "Lekplats"],
                [3, 4, "Förskola"],
                ["Källa: ekonomikontoret"],
            ]
        )
    )
    assert (first.header, first.end, first.department) == ((3,), 7, "Tekniska nämnden")
    assert (second.header, second.end, second.department) == ((11,), 14, "Barnnämnden")
    assert second.unit == first.unit


def test_tables_beside_each_other_are_two_also_with_an_empty_column_in_each():
    head = ["Projekt", None, 2026, 2027]
    left, right = ["Bro", None, 1, 2], ["Teater", None, 3, 4]
    tables, _ = find(sheet([["Tkr"], [*head, None, *head], [*left, None, *right]] * 1))
    assert [(t.left, t.right, t.column("name").letter) for t in tables] == [
        (1, 4, "A"),
        (6, 9, "F"),
    ]


def test_a_header_that_is_said_again_between_rows_begins_no_table():
    table, ledger = one(["Projekt", 2026, 2027], ROWS[0], ["Projekt", 2026, 2027], *ROWS[1:])
    assert table.repeats == (4,)
    assert [row for row, _ in table.rows()] == [3, 5, 6]
    assert left_out(ledger)["B4"] == "a heading"


def test_each_sheet_may_be_a_department_with_its_columns_in_its_own_order():
    (first, second), ledger = find(
        sheet([["Belopp i tkr"], ["Projekt", "Budget 2026"], ["Bro", 1]], "Teknik"),
        sheet([["Belopp i tkr"], ["Budget 2026", "Projekt"], [2, "Teater"]], "Kultur och fritid"),
    )
    assert (first.department, second.department) == ("Teknik", "Kultur och fritid")
    assert asked(ledger) == []


def test_a_row_that_numbers_the_columns_is_part_of_the_header():
    table, _ = one(["Projekt", 2026, 2027], [1, 2, 3], *ROWS)
    assert table.header == (2, 3)


def test_blank_rows_and_a_stray_cell_do_not_change_a_table():
    rows = [ROWS[0], [None, " ", None], ROWS[1], *[[]] * 30, [None] * 20 + [4711]]
    table, ledger = one(["Projekt", 2026, 2027], *rows)
    assert (table.end, table.right) == (6, 3)
    assert left_out(ledger)["U36"] == "outside the table"


def test_hidden_rows_and_columns_are_left_out_and_do_not_part_a_table():
    table, ledger = one(
        ["Projekt", 2025, 2026], *ROWS, hidden_rows=frozenset({4}), hidden_columns=frozenset({2})
    )
    assert roles(table).keys() == {"A", "C"}
    assert {left_out(ledger)[ref] for ref in ("B3", "C4")} == {"hidden in the workbook"}


def test_a_name_column_needs_no_heading():
    table, ledger = one([None, 2026, 2027], *ROWS)
    assert roles(table)["A"] == ("name", None, None, None)
    assert table.column("name").confidence == 70
    assert asked(ledger) == []


def test_numbers_under_projekt_are_project_numbers_when_another_column_has_the_names():
    table, _ = one(["Projekt", "Benämning", 2026], [101, "Bro", 5], [102, "Väg", 6])
    assert [roles(table)[letter][0] for letter in "AB"] == ["number", "name"]


def test_a_column_that_is_the_sum_of_its_row_needs_no_heading():
    rows = [(*row, row[1] + row[2]) for row in ROWS]
    table, ledger = one(["Projekt", 2026, 2027, None], *rows)
    assert roles(table)["D"][0] == "total"
    assert asked(ledger) == []


def test_what_a_whole_project_costs_is_no_sum_of_its_years():
    rows = [(row[0], 5000, *row[1:]) for row in ROWS]
    table, _ = one(["Projekt", "Total utgift", 2026, 2027], *rows)
    assert roles(table)["B"][0] == "decided_total"


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Extra medel 2026", "ask_column"),
        ("Övrig kostnadspost", None),
        (None, "ask_column"),
        ("Vikt", None),
        ("2026", "ask_column"),
        ("Finansieringskälla", "ask_column"),
    ],
)
def test_numbers_that_may_be_money_are_asked_about(heading, code):
    table, ledger = one(["Projekt", 2026, 2027, heading], *[(*row, 13) for row in ROWS])
    assert ((code, "D2") in asked(ledger) or (code, "D3") in asked(ledger)) == (code is not None)
    assert len(table.amounts) >= 2


def test_a_year_before_the_budget_is_asked_about_unless_it_says_what_it_is():
    _, ledger = one(["Projekt", 2025, "Budget 2026"], *ROWS)
    assert asked(ledger) == [("ask_column", "B2")]
    _, ledger = one(["Projekt", "Utfall 2025", "Budget 2026"], *ROWS)
    assert asked(ledger) == []


def test_last_years_budget_is_left_out_when_the_title_says_which_year_it_is():
    rows = [["Projekt", "Budget 2025", "Budget 2026"], *ROWS]
    table, ledger = one(["Investeringsbudget 2026"], *rows)
    assert roles(table)["B"][0] == "ignore"
    assert asked(ledger) == []


def test_an_answer_about_a_column_takes_its_question_away():
    answer = ColumnAnswer(role="amount", year=2025, stage="actual")
    answers = Answers(columns={"": {"2025": answer}})
    table, ledger = one(["Projekt", 2025, "Budget 2026"], *ROWS, answers=answers)
    assert roles(table)["B"] == ("amount", 2025, "actual", None)
    assert asked(ledger) == []


def test_a_header_that_nobody_knows_is_asked_for_and_can_be_said():
    rows = [["Belopp i tkr"], ["Vad", "Nu", "Sen"], *ROWS]
    _, ledger = find(sheet(rows))
    assert asked(ledger) == [("ask_header", "Budget")]
    columns = {
        "A": ColumnAnswer(role="name"),
        "B": ColumnAnswer(role="amount", year=2026, stage="budget"),
        "C": ColumnAnswer(role="amount", year=2027, stage="plan"),
    }
    answers = Answers(headers={"Budget": (2, 2)}, columns={"": columns})
    (table,), ledger = find(sheet(rows), answers=answers)
    assert [c.year for c in table.amounts] == [2026, 2027]
    assert asked(ledger) == []


def test_lines_of_accounts_are_a_ledger():
    table, _ = one(
        ["Projekt", "Konto", "Budget 2026"],
        ["Bro", 2300, 100],
        ["Bro", 9100, -100],
        ["Väg", 2300, 50],
        ["Väg", 9100, -50],
    )
    assert table.shape == "lines"


def test_a_row_for_each_year_is_a_line():
    rows = [["Projekt", "År", "Belopp"], ["Bro", 2026, 1], ["Bro", 2027, 2]]
    assert one(*rows)[0].shape == "lines"


def test_costs_without_years_are_undated():
    table, _ = one(["Åtgärd", "Kostnad"], ["Cykelväg", "10–20 mnkr"], ["LED", ">75 MSEK (TBD)"])
    assert (table.shape, table.column("cost_text").letter) == ("undated", "B")


@pytest.mark.parametrize(
    ("titles", "read"),
    [
        (("Budget", "Budget gammal"), "Budget"),
        (("Investeringar v1", "Investeringar v2"), "Investeringar v2"),
        (("Budget 2025-09-01", "Budget 2025-11-20"), "Budget 2025-11-20"),
    ],
)
def test_an_old_version_on_another_sheet_is_left_out_and_said(titles, read):
    rows = [["Belopp i tkr"], ["Projekt", 2026, 2027], *ROWS]
    (table,), ledger = find(*[sheet(rows, title) for title in titles])
    assert table.sheet.title == read
    assert [found.code for found in ledger.violations] == ["old_version"]


def test_two_versions_that_nothing_tells_apart_are_asked_about_until_one_is_left_out():
    rows = [["Belopp i tkr"], ["Projekt", 2026, 2027], *ROWS]
    sheets = [sheet(rows, title) for title in ("Blad1", "Blad2")]
    _, ledger = find(*sheets)
    assert [code for code, _ in asked(ledger)] == ["ask_sheet"]
    (table,), ledger = find(*sheets, answers=Answers(sheets={"Blad1": False}))
    assert (table.sheet.title, asked(ledger)) == ("Blad2", [])


def test_a_table_of_something_else_is_left_out_by_name_unless_a_person_wants_it():
    other = sheet([["Belopp i tkr"], ["Post", 2026, 2027], ["Skatt", 1, 2]], "Resultatbudget")
    tables, ledger = find(other)
    assert tables == ()
    assert left_out(ledger)["B3"] == "in a table that holds no projects: Resultatbudget"
    tables, _ = find(other, answers=Answers(sheets={"Resultatbudget": True}))
    assert len(tables) == 1


def test_a_fingerprint_is_the_same_next_year_and_with_other_figures():
    this, _ = one(["Projekt", "Budget 2026", "Plan 27", "2028-"], *ROWS)
    following, _ = one(["Projekt", "Budget 2027", "Plan 28", "2029-"], ("Torg", 5, 6))
    other, _ = one(["Åtgärd", "Budget 2027", "Plan 28", "2029-"], ("Torg", 5, 6))
    assert this.fingerprint == following.fingerprint != other.fingerprint


def test_answers_are_remembered_as_a_layout_that_can_be_shared(tmp_path):
    rows = (["Projekt", 2025, "Budget 2026"], *ROWS)
    said = ColumnAnswer(role="amount", year=2025, stage="actual")
    answers = Answers(columns={"Budget": {"B": said}}, units={"Budget": "tkr"})
    table, _ = one(*rows, answers=answers)
    layout = mapping.layout_of([table], answers, "Ånäs")
    file = tmp_path / "ånäs.yaml"
    file.write_text(layout.to_yaml(), "utf-8")
    assert mapping.load(file) == layout
    assert layout.fits([table])
    assert layout.answers.columns == {"": {"2025": said}}
    assert layout.answers.units == {"": "tkr"}
    _, ledger = one(*rows, answers=layout.answers)
    assert asked(ledger) == []


def test_what_was_said_of_a_heading_with_a_year_holds_for_the_next_year():
    said = ColumnAnswer(role="amount", year=2026, stage="budget")
    answers = Answers(columns={"Budget": {"C": said}}, rates={"EUR": Decimal("11.30")})
    table, _ = one(["Projekt", "Nr", "Ram 2026"], ("Torg", 1, 5), answers=answers)
    layout = mapping.layout_of([table], answers, "Ånäs")
    assert layout.answers.columns == {
        "": {"Ram {year}": ColumnAnswer(role="amount", stage="budget")}
    }
    assert layout.answers.column("x", "Ram 2027", "C") == said.model_copy(update={"year": 2027})
    assert layout.answers.rates == {}


@pytest.mark.parametrize(
    ("title", "department"),
    [
        (
            "Investeringsbudget för Barn- och utbildningsnämnden 2026",
            "Barn- och utbildningsnämnden",
        ),
        ("Nämnd: Kultur och fritid", "Kultur och fritid"),
        ("Ånäs Energi AB", "Ånäs Energi AB"),
        ("Fastställd av kommunstyrelsen 2025-11-24", ""),
    ],
)
def test_a_title_names_a_department_and_who_adopted_the_budget_is_none(title, department):
    table, _ = one([title], ["Projekt", 2026, 2027], *ROWS)
    assert table.department == department

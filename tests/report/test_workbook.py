"""The workbook says what the model says, adds itself up again, and lets nobody's text run."""

import re
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from io import BytesIO

import pytest
from openpyxl import load_workbook

from model import commands
from model.errors import StaleWrite
from model.reference import reference
from model.report import answers, file_name
from model.report.workbook import gap_workbook
from model.results import READINGS, Result, results
from model.rows import Expenditure
from model.scenario import SwitchOff
from tests.model.conftest import appropriation, grant, measure
from tests.report.conftest import ENGLISH

GROUP = "municipal_group"
SHEETS = [
    "Sammanfattning",
    "Per år",
    "Per sektor",
    "Per ägare",
    "Per nämnd",
    "Per stadsdel",
    "Per källa",
    "Beslutsläge",
    "Åtgärder",
    "Källor",
]
OURS = re.compile(
    r"=SUM\([A-Z]+\d+(:[A-Z]+\d+)?\)"
    r"|=[A-Z]+\d+-SUM\([A-Z]+\d+:[A-Z]+\d+\)"
    r"|=[A-Z]+\d+([+-][A-Z]+\d+)*"
    r"|='Per år'![A-Z]+\d+"
)


class Opened:
    """A workbook opened for its stored values, and when asked for its formulas."""

    def __init__(self, content: bytes):
        self.content = content

    @cached_property
    def values(self):
        return load_workbook(BytesIO(self.content), data_only=True)

    @cached_property
    def formulas(self):
        return load_workbook(BytesIO(self.content))

    def row(self, sheet: str, label: str, nth: int = 0) -> list:
        """The values after the first cell of the nth row that begins with ``label``."""
        rows = [row for row in self.values[sheet].iter_rows(values_only=True) if row[0] == label]
        return list(rows[nth][1:])

    def head(self, sheet: str, first: str) -> dict[str, int]:
        """The columns of a table by their labels, 1-based."""
        for row in self.values[sheet].iter_rows():
            if row[0].value == first and row[1].value:
                return {cell.value: cell.column for cell in row if cell.value}
        raise AssertionError(f"{sheet} has no head that begins with {first}")

    def texts(self):
        """Every text in every sheet."""
        for sheet in self.values:
            for row in sheet.iter_rows():
                yield from (cell.value for cell in row if isinstance(cell.value, str))


@cache
def book_of(result: Result, reading: str, language: str = "sv") -> Opened:
    """The workbook of a result. One is the same object as long as nothing has changed."""
    return Opened(gap_workbook(result, reading, language))


@pytest.fixture
def opened(example) -> Opened:
    return book_of(example, "best_case")


def tkr(ore: int) -> float:
    """What stands in a cell."""
    return float(Decimal(int(ore)) / 100_000)


def test_it_has_its_sheets_in_order(opened):
    assert opened.values.sheetnames[: len(SHEETS) + 1] == [*SHEETS, "Läs mig"]


def test_years_run_across_with_earlier_money_first_and_the_sum_last(opened):
    columns = tuple(opened.head("Per år", ""))
    assert columns == ("T.o.m. 2025", "2026", "2027", "2028", "2029", "2030", "Summa")


@pytest.mark.parametrize("reading", READINGS)
def test_need_cover_and_gap_by_year_are_the_models(example, reading):
    book = book_of(example, reading)
    rows = example.by("year", reading, actor_group=GROUP)
    need, gap = book.row("Per år", "Investeringsbehov"), book.row("Per år", "Saknas")
    assert need == [*(tkr(row.need) for row in rows), tkr(sum(row.need for row in rows))]
    assert gap == [*(tkr(row.gap) for row in rows), tkr(sum(row.gap for row in rows))]
    labels = [
        "Redan betalt",
        "Beviljat bidrag",
        "Beslutat anslag",
        "Planerat",
        "Sökt bidrag",
        "Idé",
    ]
    found = [
        row
        for row in book.values["Per år"].iter_rows(values_only=True)
        if any(str(row[0]).startswith(label) for label in labels)
    ]
    cover = [sum(column) for column in zip(*(row[1:] for row in found[: len(labels)]), strict=True)]
    assert cover == pytest.approx([n - g for n, g in zip(need, gap, strict=True)])


def test_other_actors_stand_beside_and_have_no_gap(opened, example):
    other = example.by("year", "best_case", actor_group="other")
    shared = example.by("year", "best_case", actor_group="shared")
    assert opened.row("Per år", "Investeringsbehov", 1)[-1] == tkr(sum(r.need for r in other))
    assert opened.row("Per år", "Investeringsbehov", 2)[-1] == tkr(sum(r.need for r in shared))
    assert len([t for t in opened.texts() if t == "Saknas"]) == 1 + 5  # by year, and five heads
    assert opened.row("Sammanfattning", "Saknas, vid centralt behov")[1:] == [
        "gäller inte",
        "fördelning okänd",
    ]


def test_the_sum_of_all_actors_says_that_it_is_one(helsingborg):
    book = book_of(helsingborg, "secured")
    whole = book.row("Per år", "Investeringsbehov för alla aktörer tillsammans")
    assert whole[-1] == 13_471_500
    assert book.row("Sammanfattning", "Investeringsbehov, centralt") == [
        3_293_500,
        8_198_000,
        1_980_000,
    ]


@pytest.mark.parametrize("name", ["helsingborg", "example"])
def test_every_breakdown_sums_to_the_same_need_and_gap(name, request):
    result = request.getfixturevalue(name)
    book = book_of(result, "planned")
    need, gap = book.row("Per år", "Investeringsbehov")[-1], book.row("Per år", "Saknas")[-1]
    for sheet, first in (
        ("Per sektor", "Sektor"),
        ("Per ägare", "Ägare"),
        ("Per nämnd", "Nämnd eller bolag"),
        ("Beslutsläge", "Beslutsläge"),
    ):
        columns, sums = book.head(sheet, first), [None, *book.row(sheet, "Summa")]
        assert sums[columns["Koncernens behov"] - 1] == need
        assert sums[columns["Saknas"] - 1] == gap


def test_each_source_and_year_is_the_models(opened, example):
    cover = example.cover("year", "best_case", actor_group=GROUP)
    assert opened.row("Per källa", "Täckt")[-1] == tkr(sum(row.amount for row in cover))
    klivet = [row.amount for row in cover if row.source == "klimatklivet"]
    found = [
        row[-1]
        for row in opened.values["Per källa"].iter_rows(values_only=True, max_row=16)
        if row[0] == "Klimatklivet"
    ]
    assert sum(found) == tkr(sum(klivet))


def test_measures_sum_to_all_actors_and_their_group_part_to_the_headline(opened, example):
    columns = opened.head("Åtgärder", "Nr")
    sums = next(
        row
        for row in opened.values["Åtgärder"].iter_rows(values_only=True)
        if row[2] == "Summa, alla aktörer"
    )
    totals = example.totals("best_case")
    assert sums[columns["Centralt"] - 1] == tkr(totals.need)
    assert sums[columns["Inte täckt"] - 1] == tkr(totals.gap)
    headline = answers.figures(example, "best_case").gap
    assert sums[columns["varav koncernens gap"] - 1] == tkr(headline)


def test_an_unknown_amount_is_said_and_a_lower_bound_is_marked(helsingborg):
    book = book_of(helsingborg, "secured")
    columns = book.head("Åtgärder", "Nr")
    rows = [
        row
        for row in book.values["Åtgärder"].iter_rows(values_only=True)
        if isinstance(row[0], int | float)
    ]
    assert len(rows) == 41
    assert sum(row[columns["Centralt"] - 1] == "okänt" for row in rows) == 13
    notes = [row[columns["Anmärkning"] - 1] for row in rows]
    assert (notes.count("Okänt belopp"), notes.count("Minst")) == (13, 1)


def test_a_department_that_knows_nothing_shows_no_zero(result_of):
    result = result_of(measure("a", {2026: 100}, department="A"), measure("b", department="B"))
    book = book_of(result, "secured")
    row, columns = book.row("Per nämnd", "B"), book.head("Per nämnd", "Nämnd eller bolag")
    assert row[columns["Koncernens behov"] - 2] == "okänt"
    assert row[columns["Saknas"] - 2] == "okänt"
    assert row[columns["Andra aktörers behov"] - 2] is None


HOSTILE = ["=1+1", "+x", "@a", "-2", "http://127.0.0.1:9/x", "=HYPERLINK(A1)", "C*2*H*4 =1+1 <b>"]


def test_no_text_that_a_person_typed_becomes_a_formula_or_a_link(result_of):
    book = Opened(
        gap_workbook(
            result_of(
                *(
                    measure(
                        f"m{number}",
                        {2026: 1_000},
                        department=name,
                        district=name,
                        project_number=name,
                        source_ref=name,
                        grants=(grant("g", {2026: 10}, note=name, reference=name),),
                    ).model_copy(update={"name": name})
                    for number, name in enumerate(HOSTILE)
                ),
                head={"name": "=2+2", "source": "=3+3", "note": "@SUM(A1)"},
            ),
            "secured",
        )
    )
    for sheet in book.formulas:
        assert sheet._hyperlinks == []
    for name in SHEETS:
        for row in book.formulas[name].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert OURS.fullmatch(cell.value), (name, cell.coordinate, cell.value)
    texts = list(book.texts())
    for name in HOSTILE:
        assert texts.count(name) >= 4


def test_a_source_reference_stands_as_workbook_sheet_and_cell(result_of):
    spent = Expenditure(year=2026, mid=100_000, source_ref="budget.xlsx!Investeringar!C7")
    decided = appropriation(2026, 50_000, source_ref="Protokoll § 12")
    book = Opened(
        gap_workbook(
            result_of(measure(expenditures=(spent,), appropriations=(decided,))), "secured"
        )
    )
    columns = book.head("Källor", "Nr")
    first = columns["Arbetsbok eller dokument"] - 1
    rows = [
        row[first : first + 3]
        for row in book.values["Källor"].iter_rows(values_only=True)
        if row[0] == 1
    ]
    assert rows == [("budget.xlsx", "Investeringar", "C7"), ("Protokoll § 12", None, None)]


def test_every_amount_of_the_plan_is_listed_with_its_source(opened, own_plans):
    document = next(d for d in reference().plans if d.plan.example)
    amounts = sum(
        len(m.expenditures)
        + len(m.appropriations)
        + len(m.running_costs)
        + sum(len(g.payments) for g in m.grants)
        for m in document.measures
    )
    rows = [
        row
        for row in opened.values["Källor"].iter_rows(values_only=True)
        if isinstance(row[0], int | float)
    ]
    assert len(rows) == amounts


def test_an_example_says_so_on_every_sheet_and_in_its_name(opened, example):
    for sheet in opened.values:
        assert sheet["A1"].value.startswith("EXEMPEL: ")
        assert sheet.oddHeader.right.text == "EXEMPEL"
    assert file_name(example, "secured", ".xlsx") == (
        "EXEMPEL-finansieringsgap-exempelkommunen-v1-plan-secured.xlsx"
    )


def test_a_published_plan_is_no_example(helsingborg):
    book = book_of(helsingborg, "secured")
    assert not any(text.startswith("EXEMPEL") for text in book.texts())
    assert file_name(helsingborg, "secured", ".pptx", "en") == (
        "financing-gap-helsingborg-2030-v1-plan-secured.pptx"
    )


def test_the_expected_value_is_labelled_on_every_sheet_and_shows_nowhere_else(example):
    label = "Väntat värde – inte för beslutsunderlag"
    book = book_of(example, "expected")
    for name in SHEETS:
        first = [row[0] for row in book.values[name].iter_rows(max_row=6, values_only=True)]
        assert label in first, name
    others = book_of(example, "secured")
    assert not any("väntat" in text.lower() for text in others.texts())


def test_every_sheet_says_unit_prices_vat_reading_scenario_and_version(opened):
    for name in SHEETS[1:]:
        assert opened.values[name]["A2"].value == (
            "Tkr · löpande priser, moms enligt varje belopp · läsart: bästa fall · "
            "scenario: Planen som den är · "
            "Exempelkommunen 2030 (exempel), version\u00a01"
        )


def test_the_scenario_is_told_with_what_it_changes(example, own_plans):
    scenario = (
        reference().scenarios["costs_plus_30"].then(SwitchOff(where={"tags": {"id": ("ex-01",)}}))
    )
    book = Opened(gap_workbook(results("exempelkommunen", scenario, own_plans), "secured"))
    facts = [row[:2] for row in book.values["Sammanfattning"].iter_rows(values_only=True) if row[1]]
    assert ("Scenario", "Kostnader +30 %, ändrat") in facts
    assert ("Ändring", "Alla åtgärder 30\u00a0% dyrare") in facts
    assert ("Ändring", "Energieffektivisering av skolor genomförs inte") in facts


def test_measures_keep_their_numbers_when_a_scenario_leaves_some_out(example, own_plans):
    scenario = example.scenario.then(SwitchOff(where={"tags": {"id": ("ex-01",)}}))
    book = Opened(gap_workbook(results("exempelkommunen", scenario, own_plans), "secured"))
    numbers = [
        row[0]
        for row in book.values["Åtgärder"].iter_rows(values_only=True)
        if isinstance(row[0], int | float)
    ]
    assert numbers == list(range(2, 17))


@pytest.mark.parametrize("name", ["helsingborg", "example"])
def test_a_swedish_workbook_has_no_english_of_ours(name, request):
    result = request.getfixturevalue(name)
    source = result.plan.head.source
    own = {str(text) for tag in result.plan.tags.values() for text in tag}
    texts = [
        text
        for text in book_of(result, "expected").texts()
        if text not in own and text != source and ENGLISH.search(text)
    ]
    assert texts == []


def test_an_english_workbook_has_english_sheets(example):
    book = book_of(example, "secured", "en")
    assert book.values.sheetnames[:3] == ["Summary", "By year", "By sector"]
    assert book.values["Summary"]["A1"].value.startswith("EXAMPLE: 199.0\u00a0MSEK is missing")


def test_a_plan_without_measures_is_a_workbook_too(result_of, example, own_plans):
    book = Opened(gap_workbook(result_of(), "secured"))
    assert book.row("Per år", "Saknas") == [0, 0, 0, 0, 0]
    nothing = reference().scenarios["business_as_usual"]
    book = Opened(gap_workbook(results("exempelkommunen", nothing, own_plans), "secured"))
    assert book.row("Per år", "Saknas")[-1] == 0


def test_a_plan_that_changed_meanwhile_is_not_written_half_old(result_of, store):
    result = result_of(measure(need={2026: 100}))
    commands.save_measure("prov", measure(need={2026: 200}), 1, "provaren", store=store)
    with pytest.raises(StaleWrite):
        gap_workbook(result, "secured")


def test_the_date_is_the_one_given(example):
    book = Opened(gap_workbook(example, "secured", today=date(2026, 2, 3)))
    assert book.row("Sammanfattning", "Framtagen")[0] == "2026-02-03"
    assert "2026-02-03" in book.values["Per år"].oddFooter.right.text

"""The slides: one answer each, native charts with the model's numbers, nothing hidden in them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.dml import MSO_FILL_TYPE
from pptx.util import Inches

from model.formatting import MILLION
from model.palette import COVER, GAP
from model.reference import reference
from model.report import answers
from model.report.council.questions.money import to_decide
from model.report.document.council_paper import council_paper
from model.report.slides import MOST_BARS, MOST_ROWS, gap_slides
from model.results import READINGS, results
from tests.model.conftest import appropriation, measure
from tests.report.conftest import ENGLISH

GROUP = "municipal_group"


def opened(result, reading="best_case", language="sv", **fields):
    return Presentation(BytesIO(gap_slides(result, reading, language, **fields)))


def chart_of(slide):
    """The slide's one native chart."""
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return chart


def series_of(slide) -> dict[str, tuple]:
    return {series.name: series.values for series in chart_of(slide).plots[0].series}


def texts_of(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def table_of(slide) -> list[list[str]]:
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]


def mnkr(ore: int) -> float:
    return ore / MILLION


def test_each_slide_says_its_answer_as_its_title(example):
    titles = [slide.shapes.title.text_frame.text for slide in opened(example).slides]
    assert titles == [
        answers.gap_title(example, "best_case"),
        answers.breakdown_title(example, "best_case"),
        answers.readiness_title(example, "best_case"),
        answers.owners_title(example, "best_case"),
        to_decide(example, "best_case", 2026, "sv").sentence,
    ]


@pytest.mark.parametrize("reading", READINGS)
def test_the_first_chart_holds_cover_and_gap_by_year_as_the_model_has_them(example, reading):
    slide = opened(example, reading).slides[0]
    rows = example.by("year", reading, actor_group=GROUP)
    found = series_of(slide)
    assert found["Saknas"] == tuple(mnkr(row.gap) or None for row in rows)
    for place, row in enumerate(rows):
        stacked = sum(values[place] or 0 for values in found.values())
        assert stacked == pytest.approx(mnkr(row.need))
    assert list(chart_of(slide).plots[0].categories) == [
        "T.o.m. 2025",
        *(str(year) for year in range(2026, 2031)),
    ]


def test_the_gap_stands_on_top_and_what_covers_nothing_is_left_out(example, helsingborg):
    assert list(series_of(opened(example).slides[0])) == [
        "Redan betalt",
        "Beviljat bidrag",
        "Beslutat anslag",
        "Planerat",
        "Sökt bidrag",
        "Idé",
        "Saknas",
    ]
    assert list(series_of(opened(helsingborg).slides[0])) == ["Saknas"]


def test_a_covered_need_has_no_gap_to_draw(result_of):
    covered = measure(need={2026: 10**6}, appropriations=(appropriation(2026, 10**6),))
    slide = opened(result_of(covered), "secured").slides[0]
    assert series_of(slide) == {"Beslutat anslag": (1.0, None, None)}


def test_planned_is_outlined_uncertain_is_hatched_and_an_idea_has_no_fill(example):
    drawn = {series.name: series for series in chart_of(opened(example).slides[0]).plots[0].series}
    assert drawn["Planerat"].format.fill.type == MSO_FILL_TYPE.SOLID
    assert f"#{drawn['Planerat'].format.fill.fore_color.rgb}" == COVER["planned"].light
    assert f"#{drawn['Planerat'].format.line.color.rgb}" == COVER["planned"].colour
    assert drawn["Sökt bidrag"].format.fill.type == MSO_FILL_TYPE.PATTERNED
    assert drawn["Idé"].format.fill.type == MSO_FILL_TYPE.BACKGROUND
    assert f"#{drawn['Saknas'].format.fill.fore_color.rgb}" == GAP.colour


def test_departments_are_sorted_by_their_gap(helsingborg):
    slide = opened(helsingborg, "secured").slides[1]
    rows = answers.largest_gaps(helsingborg, "secured", "department")
    assert list(chart_of(slide).plots[0].categories) == [row.key for row in rows]
    assert series_of(slide)["Saknas"] == tuple(mnkr(row.gap) for row in rows)


def test_many_departments_are_summed_in_a_last_bar(result_of):
    many = result_of(
        *(measure(f"m{n}", {2026: (n + 1) * 10**6}, department=f"N{n:02}") for n in range(14))
    )
    slide = opened(many, "secured").slides[1]
    names, gaps = list(chart_of(slide).plots[0].categories), series_of(slide)["Saknas"]
    assert names[-1] == f"Övriga {14 - MOST_BARS}"
    assert sum(gaps) == pytest.approx(mnkr(answers.figures(many, "secured").gap))


def test_owner_kinds_stand_against_umeas_published_split(helsingborg):
    slide = list(opened(helsingborg, "secured").slides)[-2]
    found = series_of(slide)
    shares = answers.owner_kind_shares(helsingborg, "secured")
    assert found["Helsingborg 2030"] == (shares["public"], shares["mixed"], shares["private"])
    assert found["Umeå"] == (pytest.approx(0.2), None, 0.8)
    assert any("Klimatkontrakt 2030 Umeå" in text for text in texts_of(slide))


def test_what_waits_for_a_decision_is_a_native_table_with_its_sum(example, helsingborg):
    rows = table_of(opened(example, "secured").slides[-1])
    assert rows[0] == ["Projekt", "Nästa beslut", "2026", "Alla år"]
    assert rows[-1] == ["Summa", "", "–", "199,0"]
    assert rows[1][3] == "80,0"
    rows = table_of(opened(helsingborg, "secured").slides[-1])
    assert len(rows) == 1 + MOST_ROWS + 2
    assert rows[-2][0].startswith("Övriga ")
    shown = [Decimal(row[3].replace("\u202f", "").replace(",", ".")) for row in rows[1:-1]]
    assert float(sum(shown)) == pytest.approx(mnkr(answers.figures(helsingborg, "secured").gap))


def test_a_single_department_needs_no_slide_of_its_own(result_of):
    result = result_of(measure(need={2026: 10**6}, department="Hamnen"))
    assert len(opened(result, "secured").slides) == 3


def test_under_the_chart_stands_what_is_beside_the_gap_and_what_is_not_known(helsingborg):
    lines = texts_of(opened(helsingborg, "secured").slides[0])
    assert (
        "Därutöver behöver andra aktörer investera 8,2\u00a0miljarder · "
        "Minst 2,0\u00a0miljarder till är delat mellan aktörer, fördelning okänd\n"
        "Planen anger inga bidrag eller anslag: det som saknas är hela behovet · "
        "13 av 41 åtgärder har okänt belopp · 1 åtgärd har bara en nedre gräns (minst)"
    ) in lines


def test_every_slide_says_source_scenario_and_date(helsingborg):
    for slide in opened(helsingborg, "secured", today=date(2026, 2, 3)).slides:
        assert (
            f"Källa: {helsingborg.plan.head.source} · scenario: Planen som den är · 2026-02-03 · "
            "Klimatinvest"
        ) in texts_of(slide)


def test_an_example_is_marked_on_every_slide(example, helsingborg):
    assert all("EXEMPEL" in texts_of(slide) for slide in opened(example).slides)
    assert not any("EXEMPEL" in texts_of(slide) for slide in opened(helsingborg).slides)


def test_the_expected_value_is_labelled_on_every_slide(example):
    label = "Väntat värde – inte för beslutsunderlag"
    for slide in opened(example, "expected").slides:
        assert any(label in text for text in texts_of(slide))
    for slide in opened(example, "secured").slides:
        assert not any(label in text for text in texts_of(slide))


def test_without_need_there_is_one_slide_and_no_empty_chart(own_plans):
    nothing = reference().scenarios["business_as_usual"]
    (slide,) = opened(results("exempelkommunen", nothing, own_plans), "secured").slides
    assert slide.shapes.title.text_frame.text == (
        "Inga åtgärder: Kommunkoncernen har inget investeringsbehov i planen"
    )
    assert not any(shape.has_chart for shape in slide.shapes)


def test_slides_are_wide_and_charts_stay_within_them(example):
    deck = opened(example)
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_a_chart_says_its_answer_to_a_screen_reader(example):
    for slide in opened(example).slides:
        (frame,) = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        described = frame._element.nvGraphicFramePr.cNvPr.get("descr")
        assert described == slide.shapes.title.text_frame.text


def test_no_text_that_a_person_typed_becomes_a_formula_in_a_charts_own_sheet(result_of):
    hostile = ["=1+1", "+x", "@a", "http://127.0.0.1:9/x", "\x07bell\x0b"]
    result = result_of(
        *(
            measure(f"m{n}", {2026: 10**6}, department=name, readiness="pilot")
            for n, name in enumerate(hostile)
        ),
        head={"name": "=2+2", "source": "=3+3"},
    )
    for slide in list(opened(result, "secured").slides)[:-1]:
        blob = chart_of(slide).part.chart_workbook.xlsx_part.blob
        for sheet in load_workbook(BytesIO(blob)):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    slide = opened(result, "secured").slides[1]
    assert set(chart_of(slide).plots[0].categories) == {*hostile[:-1], " bell "}


def test_a_plan_with_an_endless_name_becomes_slides_and_a_document_all_the_same(result_of):
    odd = "\ufffe" + "Lång plan " * 40
    result = result_of(
        measure("m", {2026: 10**6}, department=odd),
        head={"name": odd, "source": odd, "municipality": ""},
    )
    for title in (
        opened(result, "secured").core_properties.title,
        Document(BytesIO(council_paper(result, "secured"))).core_properties.title,
    ):
        assert (len(title), title[-1]) == (255, "…")


def test_a_charts_own_sheet_holds_what_the_chart_shows(example):
    chart = chart_of(opened(example).slides[0])
    sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    names = [cell.value for cell in sheet[1]][1:]
    columns = list(sheet.iter_cols(min_row=2, min_col=2, values_only=True))
    drawn = chart.plots[0].series
    assert names == [series.name for series in drawn]
    assert columns == [series.values for series in drawn]


@pytest.mark.parametrize("name", ["helsingborg", "example"])
def test_swedish_slides_have_no_english_of_ours(name, request):
    result = request.getfixturevalue(name)
    source = result.plan.head.source
    for slide in opened(result, "expected").slides:
        texts = [text.replace(source, "") for text in texts_of(slide)]
        notes = slide.notes_slide.notes_text_frame.text.replace(source, "")
        assert [text for text in [*texts, notes] if ENGLISH.search(text)] == []


def test_libreoffice_opens_the_slides(example, convert, tmp_path):
    path = tmp_path / "gap.pptx"
    path.write_bytes(gap_slides(example, "best_case"))
    pdf = convert(path, "pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n") == 5

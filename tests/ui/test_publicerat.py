"""The page of published figures: its answer, its filters, and what a figure opens to."""

from model.palette import VERDICTS
from model.published import reproduction
from tests.ui.conftest import said
from ui.charts import published as charts
from ui.i18n import speaking
from ui.parts import published as words

found = reproduction()


def test_the_heading_is_the_answer(opened):
    heading = f"{found.recomputed} av {len(found.rows)} publicerade siffror går att räkna om"
    assert f"{heading}; {found.counts['differs']} stämmer inte" in said(opened("publicerat"))


def test_what_does_not_agree_is_shown_first_with_why(opened):
    body = said(opened("publicerat"))
    assert f"{found.counts['differs']} siffror som de är publicerade" in body
    assert "Fel enhet: samma belopp står i kronor" in body
    assert "Bensin MK1" not in body


def test_figures_are_filtered_by_document_and_outcome(opened):
    body = said(opened("publicerat", document="kommuninvest", verdict="agrees"))
    assert "1 siffra som den är publicerad" in body
    assert "ton per miljon kronor (642\u202f875; 51\u202f900 × 1\u202f000\u202f000; 0,85)" in body
    assert "Mot allt utbetalt: 12,39 ton" in body
    assert "säger emot sig själva" not in body


def test_an_outcome_that_a_document_lacks_says_what_to_do(opened):
    assert "Välj ett annat utfall" in said(opened("publicerat", document="sika", verdict="differs"))


def test_contradictions_stand_side_by_side(opened):
    body = said(opened("publicerat", document="umea"))
    assert "23\u202f900 miljoner kronor (rad 2228 och 2787)" in body
    assert "15\u202f000 miljoner kronor (rad 2803)" in body


def test_what_an_address_says_that_nobody_knows_is_left_out(opened):
    assert "Där dokumenten" in said(opened("publicerat", document="nowhere", verdict="wrong"))


def test_every_figure_can_be_told_in_both_languages():
    for language in ("sv", "en"):
        with speaking(language):
            table = words.figures((*found.rows, *found.worked), "")
            assert all(row[0] and row[5] and row[8] for row in table.rows)
            assert all(row[7] for row in table.rows if row[2] == "")
            assert words.inputs(found.rows)
            assert len(words.contradictions(found, words.publications(found)).rows) == 10


def test_a_share_differs_by_percentage_points_and_an_unknown_input_says_so():
    table = {row[0]: row for row in words.figures(found.rows, "").rows}
    assert table["Utsläppsminskning till 2040, sammanfattningen"][1:4] == [
        "74\u00a0%",
        "73\u00a0%",
        "−1 procentenhet",
    ]
    assert "okänt" in table["Utsläpp per invånare 2021, scope 1 och 2"][6]


def test_the_chart_s_bars_add_up_to_the_figures():
    names, counts = zip(*words.by_publication(found), strict=True)
    drawn = charts.figure(names, counts).checked
    for verdict, bar in zip(VERDICTS, drawn.data, strict=True):
        assert sum(filter(None, bar.x)) == found.counts[verdict]
    assert charts.describe(names, counts).startswith("Umeå: ")
    assert words.counts(found).total[-1] == str(len(found.rows))

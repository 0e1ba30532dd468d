"""Financing analysis and other actors: what the pages say of the plans that come along."""

import pytest

from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_is_how_long_the_ceiling_holds(opened):
    found = text(opened("finansieringsanalys", plan=EXAMPLE))
    assert "Låneramen räcker till 2030; marginalen är minst 2026, 76,0 mnkr" in found
    assert "Om hela behovet betalas: låneramen räcker till 2030" in found


def test_a_higher_rate_shows_in_which_year_the_ceiling_breaks_and_by_how_much(opened):
    app = opened("finansieringsanalys", plan=EXAMPLE, level="group", basis="need", interest="0.02")
    found = text(app)
    assert "Låneramen räcker till 2027; 2028 fattas 26,7 mnkr" in found
    assert "Låneskuld: högst 4,2 miljarder" in found
    assert "bryts från 2026, med 69,3 mnkr; som mest 267,8 mnkr 2030" in found


def test_the_table_has_the_rows_of_a_financing_analysis_in_their_order(opened):
    found = text(opened("finansieringsanalys", plan=EXAMPLE))
    rows = (
        *("Årets resultat", "+ Avskrivningar", "− Upplösta bidrag", "± Övrigt", "= Egna medel"),
        *("+ Bidrag", "− Investeringsutgift", "= Lånebehov", "Låneskuld UB", "Låneram"),
        *("Marginal", "Självfinansieringsgrad"),
    )
    table = found.split("<caption>Finansieringsanalys, kommun, mnkr</caption>")[1]
    places = [table.index(f">{row}<") for row in rows]
    assert places == sorted(places)


def test_every_figure_opens_to_its_formula_with_its_source(opened):
    found = text(opened("finansieringsanalys", plan=EXAMPLE))
    assert "2027: 97,0 + 236,0 − 12,0 + (−282,0) = 39,0" in found
    assert "kommunens egna siffror: Påhittat exempel" in found


def test_water_says_what_a_customer_pays_and_taxes_pay_nothing(opened):
    found = text(opened("finansieringsanalys", plan=EXAMPLE))
    assert "Va-taxa: 252,25 kr per kund ett helt år" in found
    assert "Effekt på det skatten betalar" in found
    assert "1 åtgärd saknar livslängd eller start" in found


def test_the_level_is_chosen_into_the_address(opened, followed):
    app = opened("finansieringsanalys", plan=EXAMPLE)
    app.radio(key="said-level").set_value("group").run()
    assert app.query_params["level"] == "group"
    assert "Finansieringsanalys, kommunkoncernen, mnkr" in text(
        followed("finansieringsanalys", app)
    )


@pytest.mark.parametrize("kind", ["borrowing", "self_financing", "result_share"])
def test_what_the_chart_shows_can_be_chosen(opened, kind):
    app = opened("finansieringsanalys", plan=EXAMPLE, basis="need", chart=kind)
    assert len(app.get("plotly_chart")) == 1


def test_without_the_municipalitys_figures_the_page_asks_for_them(opened):
    app = opened("finansieringsanalys", plan=PUBLISHED)
    assert "Om låneramen räcker är okänt" in text(app)
    assert "Kommunens egna siffror är inte angivna" in text(app)
    assert not app.get("plotly_chart")
    folded = [expander.label.replace("\\", "") for expander in app.expander]
    assert "Tabell: Finansieringsanalys, kommun, mnkr" in folded
    assert "Tabell: Behov mot investeringsutrymme, mnkr" in folded


def test_the_subtitle_says_what_the_chart_shows(opened):
    app = opened("finansieringsanalys", plan=EXAMPLE, basis="need", chart="borrowing")
    assert "Vad kommunen måste låna varje år" in text(app)
    assert "låneskuld efter planens" not in text(app)


def test_what_is_only_known_from_below_is_at_least_in_every_sum_of_who_pays(opened):
    found = text(opened("andra-aktorer", plan=EXAMPLE))
    assert "199,0 mnkr av minst 1,2 miljarder betalar ännu ingen" in found
    table = found.split("Vems behovet är och vem som betalar, mnkr</caption>")[1].split("</table>")[
        0
    ]
    assert table.count("minst 48,0") == 2
    assert "minst 885,0" in table
    assert "minst 1 222,0" in table


def test_others_have_a_profitability_gap_and_no_financing_gap(opened):
    found = text(opened("andra-aktorer", plan=EXAMPLE))
    assert "Andra aktörer behöver investera minst 885,0 mnkr till 2030" in found
    assert "minst 20,8 mnkr" in found
    assert "okänt för 7 av 8 åtgärder" in found
    assert "Andra har inget finansieringsgap mot kommunen" in found


def test_an_owner_opens_to_its_measures_and_what_they_lack(opened):
    app = opened("andra-aktorer", plan=EXAMPLE)
    app.selectbox(key="actors-list").set_value("state").run()
    assert "saknas: vad de skulle investera ändå, ändrad driftkostnad, livslängden" in text(app)


def test_the_private_share_is_measured_and_held_against_the_assumed_one(opened):
    found = text(opened("andra-aktorer", plan=EXAMPLE))
    assert "63 % till 64 %" in found
    assert "16,2 procentenheter mindre privat än antaget" in found
    assert "80 % privat, 20 % offentligt" in found
    assert "Bytespunkt vid järnvägsstationen" in found

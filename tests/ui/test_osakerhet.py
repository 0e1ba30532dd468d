"""Uncertainty on screen: the answer, what it hangs on, and what is not drawn."""

from dataclasses import replace

import numpy as np

from model.reference import plan_documents
from model.results import results
from model.rows import PlanDocument
from model.uncertainty import Settings
from tests.ui.conftest import made, said
from ui.charts import fan as fans
from ui.charts import tornado
from ui.charts.fan import Fan
from ui.charts.tornado import Bar
from ui.i18n import speaking
from ui.parts import drawing, uncertainty

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_is_the_gap_with_its_probability(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, reading="expected"))
    assert "Gapet blir med 80 % sannolikhet 93,5–127,8 mnkr" in page
    assert "Sannolikhet att gapet är högst 103,0 mnkr" in page
    assert "av 4 096 dragningar" in page


def test_the_two_means_stand_beside_each_other_by_their_names(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, reading="expected"))
    assert "Gapets medelvärde över dragningarna" in page
    assert "Gapet av förväntade pengar, ett annat tal" in page


def test_the_gap_of_expected_money_stands_in_the_expected_reading_only(opened):
    assert "förväntade pengar" not in text(opened("osakerhet", plan=EXAMPLE, reading="secured"))


def test_an_amount_is_typed_as_swedes_write_it_and_read_back(opened, followed):
    app = opened("osakerhet", plan=EXAMPLE, reading="expected")
    app.text_input[0].set_value("125,5").run()
    page = text(followed("osakerhet", app))
    assert "tolkat som 125,5 mnkr" in page
    assert "Sannolikhet att gapet är högst 125,5 mnkr" in page


def test_an_amount_that_cannot_be_read_is_said_and_the_central_gap_stands(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, reading="expected", under="mycket"))
    assert "mycket” är inget belopp i mnkr" in page
    assert "Sannolikhet att gapet är högst 103,0 mnkr" in page


def test_a_link_that_makes_no_sense_shows_the_usual_draws(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, draws="nan", correlation="7", common="x"))
    assert "av 4 096 dragningar" in page
    assert "0,3, kostnader inom samma sektor" in page


def test_the_draws_and_the_correlation_are_toggles(opened):
    wide = text(opened("osakerhet", plan=EXAMPLE, draws="1024", correlation="0.9", common="all"))
    assert "av 1 024 dragningar" in wide
    assert "0,9, alla kostnader, oavsett sektor" in wide
    assert "valt här; antagandet säger 0,3" in wide


def test_applications_are_drawn_in_the_expected_reading_only(opened, followed):
    secured = opened("osakerhet", plan=EXAMPLE, reading="secured")
    assert "1 ansökan räknas inte i den här läsarten" in text(secured)
    drawing = [b for b in secured.button if b.label.startswith("Dra ansökningarnas utfall")]
    drawing[0].click().run()
    page = text(followed("osakerhet", secured))
    assert "1 ansökan beviljas eller avslås med sin angivna sannolikhet" in page


def test_what_moves_the_gap_most_and_the_five_that_matter_are_said(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, reading="expected"))
    assert "flyttar gapet mest: 33,8 mnkr" in page
    assert "Andel av gapets varians som var och en förklarar ensam" in page
    assert "Allt annat, och det som de gör tillsammans" in page


def test_what_has_no_range_and_what_is_unknown_is_counted_and_listed(opened):
    page = text(opened("osakerhet", plan=PUBLISHED))
    assert "4 av 29 åtgärder har en kostnad med spann och dras" in page
    assert "14 har en kostnad utan spann och tas som säkra så som de står" in page
    assert "11 saknar kostnad: de är okända, inte noll" in page
    assert "Det som saknar spann" in page
    assert "25 av 29 åtgärder saknar angivet spann" in page
    assert "Inget som dras flyttar den" in page


def test_the_price_path_is_asked_for(opened):
    page = text(opened("osakerhet", plan=EXAMPLE))
    assert "Prisutveckling utöver planens: ingen har angett något spann" in page


def test_pert_and_latin_hypercubes_are_chosen_with_their_formula_and_source(opened):
    app = opened("osakerhet", plan=EXAMPLE, reading="expected", shape="pert", points="latin")
    page = text(app)
    assert "medelvärde = (låg + 4 × troligast + hög) / 6" in page
    assert "Malcolm, Roseboom, Clark & Fazar 1959" in page.replace("&amp;", "&")
    assert "4 096 jämnt spridda punkter (Latinsk hyperkub), frö 2030" in page
    assert "93,5–127,8 mnkr" not in page


def test_a_link_with_a_stopped_number_of_draws_shows_those(opened):
    assert "av 2 304 dragningar" in text(opened("osakerhet", plan=EXAMPLE, draws="2304"))


def test_the_operating_impact_what_is_held_fixed_and_how_the_figures_settle_are_told(opened):
    page = text(opened("osakerhet", plan=EXAMPLE, reading="expected"))
    assert "Driftkostnaden ändras med" in page
    assert "Energiprisets utveckling utöver planens" in page
    assert "Högre ränta än planens" in page
    assert "Hålls fast: anslag som de är beslutade och planerade" in page
    assert "Hålls fast: koldioxidvärden" in page
    assert "Hur talen stabiliseras" in page
    assert " ± " in page


def test_the_probability_that_each_target_is_met_stands_by_the_emissions(opened):
    page = text(opened("osakerhet", plan=PUBLISHED))
    assert "Sannolikhet att målet för 2030 nås" in page
    assert "återstår att släppa ut" in page


def test_every_chart_has_a_text_instead(opened):
    app = opened("osakerhet", plan=EXAMPLE, reading="expected")
    charts = app.get("plotly_chart")
    assert len(charts) == 4
    assert "P10" in charts[0].proto.alt or "P10" in str(charts[0].proto)


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    page = text(opened("osakerhet", plan=empty_plan))
    assert "Planen är tom: vad som behöver investeras är inte känt" in page
    assert "Planen har inga åtgärder än" in page


def test_a_plan_where_nothing_is_uncertain_says_so(opened):
    example = plan_documents()[-1]
    certain = tuple(
        measure
        for measure in example.measures
        if not measure.grants and all(spent.low is None for spent in measure.expenditures)
    )
    head = example.plan.model_copy(update={"id": "saker", "name": "Säker plan"})
    plan = made(PlanDocument(plan=head, measures=certain))
    page = text(opened("osakerhet", plan=plan))
    assert "som planen står: inget som det vilar på har ett spann" in page
    assert "Inget som har ett spann flyttar gapet" in page


def test_hostile_texts_stay_texts(opened, hostile_plan):
    page = said(opened("osakerhet", plan=hostile_plan, reading="expected"))
    assert "<script" not in page
    assert "<img" not in page


def test_the_charts_are_ones_that_plotly_draws_and_say_their_figures():
    fan = Fan(("2026", "2027"), (0, 1.0), (1.0, 2.0), (2.0, 3.0), (1.0, 1.5), str)
    drawn = fans.figure(fan, "mnkr").checked
    assert [note.text for note in drawn.layout.annotations] == ["mnkr", "P10", "<b>P50</b>", "P90"]
    assert "2027: P90 3.0, P50 2.0, P10 1.0" in fans.describe(fan)
    bars = [Bar("<b>a</b>", 100_000_000, 300_000_000), Bar("b", 200_000_000, 250_000_000)]
    drawn = tornado.figure(bars, 200_000_000).checked
    less, more = drawn.data
    assert (tuple(less.base), tuple(less.x)) == ((1.0, 2.0), (1.0, 0.0))
    assert (tuple(more.base), tuple(more.x)) == ((2.0, 2.0), (1.0, 0.5))
    assert "<b>a</b>" not in less.hovertext[0]


def test_the_fan_names_every_year_that_is_as_uncertain():
    found = results(EXAMPLE).uncertainty(Settings(draws=64))
    one = found.gap.copy()
    one[:] = 0
    one[2] = np.linspace(0, 1_000_000_000, 64).astype(np.int64)
    two = one.copy()
    two[3] = two[2] + 500_000_000

    def title(gap: np.ndarray) -> str:
        said = uncertainty.fan_title(replace(found, gap=gap), 2026)
        return said.replace("\xa0", " ")

    with speaking("sv"):
        assert title(one * 0) == "Inget års gap är osäkert"
        assert title(one) == "Minst säkert är 2027: 1,0–9,0 mnkr"
        assert title(two) == "Minst säkra är 2027–2028: 8,1 mnkr från lågt till högt per år"


def test_what_takes_long_tells_how_far_it_is_and_ends_in_the_same_figures(opened, monkeypatch):
    monkeypatch.setattr(drawing, "LONG", 0)
    app = opened("osakerhet", plan=EXAMPLE, reading="expected")
    assert "Gapet blir med 80 % sannolikhet 93,5–127,8 mnkr" in text(app)
    assert not [b for b in app.button if b.label.startswith("Avbryt")]


def test_emissions_that_are_not_known_so_far_ahead_are_written_as_unknown(opened):
    where = (
        "20",
        "20@owner_kind:public,private,mixed",
        "20@actor_group:municipal_group,other,shared",
    )
    app = opened("osakerhet", plan="exempelkommunen", delay=where)
    assert not app.exception
    assert "okänt" in said(app)


def test_how_the_draws_are_made_is_folded_away_and_says_what_is_usual(opened):
    def experts(**query):
        app = opened("osakerhet", plan=EXAMPLE, **query)
        assert "Om inget annat väljs: spannens form är triangulär, punkterna Sobol" in text(app)
        return next(each for each in app.expander if each.label.startswith("För den som vill"))

    assert not experts().proto.expanded
    assert experts(shape="pert").proto.expanded

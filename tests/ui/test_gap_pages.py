"""The overview and the gap page without a browser: complete plans, empty ones, unknown amounts."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from model import commands, results
from model.report.lines import BREAKDOWNS
from model.rows import Measure, PlanDocument, PlanHead
from ui.frame import ROOT

PAGES = ("oversikt", "finansieringsgap")


@pytest.fixture(scope="module", autouse=True)
def plans():
    """A plan with nothing in it, and one where no amount is known."""
    head = {
        "municipality": "2480",
        "base_year": 2025,
        "first_year": 2026,
        "last_year": 2028,
        "system_boundary": "municipal_group",
    }
    unknown = Measure(id="a", name="Okänd", owner="municipality", owner_kind="public")
    for key, measures in (("utan-atgarder", ()), ("okand", (unknown,))):
        plan = PlanHead(id=key, name=key.title(), **head)
        commands.create_plan(PlanDocument(plan=plan, measures=measures), "provaren")
    yield
    for plan in results.plans():
        if plan.id in ("utan-atgarder", "okand"):
            commands.delete_plan(plan.id, plan.version, "provaren")


@pytest.fixture
def run():
    def run_page(page: str, **query) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
        app.query_params.update(query)
        app.run()
        assert not app.exception
        assert "Något gick fel" not in said(app)
        return app

    return run_page


def said(app: AppTest) -> str:
    return " ".join(html.proto.body for html in app.get("html"))


def traces(app: AppTest, number: int = 0) -> list[dict]:
    return json.loads(app.get("plotly_chart")[number].proto.spec)["data"]


@pytest.mark.parametrize("by", BREAKDOWNS)
@pytest.mark.parametrize("plan", ["helsingborg-2030", "exempelkommunen"])
@pytest.mark.parametrize("whose", ["group", "all"])
def test_the_gap_is_drawn_by_everything_it_can_be_broken_down_by(run, plan, by, whose):
    app = run("finansieringsgap", plan=plan, by=by, whose=whose, reading="best_case")
    assert len(app.get("plotly_chart")) == (2 if whose == "all" else 1)
    assert traces(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("plan", ["helsingborg-2030", "exempelkommunen"])
def test_a_scenario_without_measures_says_so(run, page, plan):
    app = run(page, plan=plan, scenario="business_as_usual")
    assert "I det här scenariot genomförs inga åtgärder" in said(app)
    assert app.get("plotly_chart") == []


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_plan_says_what_to_do(run, page):
    app = run(page, plan="utan-atgarder")
    assert "Planen har inga åtgärder än." in said(app)


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_where_no_amount_is_known_the_measures_are_named(run, by):
    app = run("finansieringsgap", plan="okand", by=by)
    assert "Hur mycket kommunkoncernen behöver investera är okänt" in said(app)
    assert "Åtgärder som saknar belopp" in said(app)
    assert "measure=a" in said(app)


def test_the_overview_of_unknown_amounts_shows_no_zero(run):
    text = said(run("oversikt", plan="okand"))
    assert "1 av 1 åtgärder" in text
    assert "okänt" in text
    assert "0,0" not in text


def test_helsingborgs_gap_is_its_need_and_the_pages_say_why(run):
    for page in PAGES:
        text = said(run(page, plan="helsingborg-2030"))
        assert "Planen anger inga bidrag eller anslag: det som saknas är hela behovet" in text
        assert "13 av 41 åtgärder" in text
        assert "8,2\u00a0miljarder" in text


def test_the_overview_states_tonnes_apart_and_against_the_target(run):
    text = said(run("oversikt", plan="helsingborg-2030"))
    assert "105\u202f150\u00a0t" in text
    assert "Läggs inte till det ovanför" in text
    assert "269\u202f336\u00a0t fattas till målet 2030" in text
    text = said(run("oversikt", plan="exempelkommunen"))
    assert "målet gäller kommunkoncernen och utsläppen något annat" in text


def test_the_overview_measures_the_plan_against_what_umea_has_published(run):
    app = run("oversikt", plan="helsingborg-2030")
    private = traces(app, 1)[-1]
    assert [round(share, 2) for share in private["x"]] == [0.61, 0.8]
    assert "Klimatkontrakt 2030 Umeå" in said(app)


def test_what_the_gap_is_shown_by_stands_in_the_address(run):
    app = run("finansieringsgap", plan="exempelkommunen", by="sector")
    assert app.radio(key="said-by").value == "sector"
    app.radio(key="said-by").set_value("owner").run()
    assert app.query_params["by"] == "owner"


def test_an_unknown_breakdown_in_the_address_is_the_usual_one(run):
    assert run("finansieringsgap", by="nonsense").radio(key="said-by").value == "year"


def test_choosing_a_bar_in_the_list_opens_its_measures(run):
    app = run("finansieringsgap", plan="exempelkommunen", by="department")
    app.selectbox(key="gap-department-list").set_value("Exempel Energi AB").run()
    assert not app.exception
    text = said(app)
    assert "Exempel Energi AB: 2 åtgärder, mnkr" in text
    assert "atgarder?plan=exempelkommunen&amp;measure=ex-06" in text


def test_what_stands_beside_the_gap_is_whole_sentences(opened):
    page = said(opened("finansieringsgap", plan="helsingborg-2030"))
    assert "fördelning okänd.<" in page

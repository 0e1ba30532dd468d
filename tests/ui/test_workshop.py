"""Workshop on screen: the storyline in the address, what can be shown, and what is saved."""

import pytest

from model.reference import plan_documents
from model.results import plans, results
from model.scenario import AS_IS
from model.workshop_rows import Workshop, WorkshopStep
from model.workshops import SHOWS
from tests.ui.conftest import made, said
from ui.address import View
from ui.charts import viewing
from ui.state import State
from ui.workshop.charts import DRAWN, draw

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
SHOWN = {"show": "1", "workshop": "fem-steg-till-gapet"}


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def own() -> str:
    """A plan like the example, which keeps a workshop called ``prov`` with toggles that no plan
    understands."""
    example = plan_documents()[-1]
    head = example.plan.model_copy(update={"id": "visning", "name": "Visningskommun"})
    step = WorkshopStep(shows="need", toggles=("without=nonsens",), offers=("sol=1",))
    prov = Workshop(id="prov", name="Prov", steps=(step,))
    return made(example.model_copy(update={"plan": head, "workshops": (prov,)}))


def looking(plan: str) -> State:
    """The state of who looks at a plan as it is."""
    found = tuple(plans())
    chosen = next(each for each in found if each.id == plan)
    return State(chosen, AS_IS, "secured", "sv", "", View(plan=plan), found)


def test_everything_that_can_be_named_can_be_drawn():
    assert set(DRAWN) == set(SHOWS)


@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
@pytest.mark.parametrize("shows", SHOWS)
def test_every_chart_can_be_drawn_of_every_plan_or_says_why_not(shows, plan):
    picture = draw(shows, looking(plan))
    assert picture.words.title
    assert (picture.figure is None) == bool(picture.missing)
    if picture.figure is not None:
        assert viewing.concealed(viewing.enlarged(picture.figure)).checked
        assert picture.words.alt
        assert picture.words.source


def test_steps_that_show_the_same_are_told_apart_by_their_scenario(opened):
    options = opened("workshop", plan=EXAMPLE).radio(key="said-step").options
    steps = [option.replace("\\", "") for option in options]
    assert "3. Scenariot mot planen som den är (Två år senare)" in steps
    assert len(steps) == len({step.split(". ", 1)[1] for step in steps})


def test_an_empty_plan_says_on_the_stage_that_nothing_is_there(opened, empty_plan):
    page = text(opened("workshop", plan=empty_plan, **SHOWN, step="3"))
    assert "Planen har inga åtgärder än." in page


def test_the_stage_says_its_answer_scenario_reading_and_step(opened):
    query = {"scenario": "two_years_late", "reading": "secured", "step": "3"}
    page = text(opened("workshop", plan=EXAMPLE, **SHOWN, **query))
    assert "Två år senare: 254,0 mnkr saknas till 2032" in page
    assert "<dd>Två år senare</dd>" in page
    assert "<dd>Säkrat</dd>" in page
    assert "<dd>3 av 5</dd>" in page


def test_next_opens_the_step_with_its_own_scenario_and_back_leaves_it(opened, followed):
    app = opened("workshop", plan=EXAMPLE, **SHOWN, step="2")
    app.button(key="show-next").click().run()
    assert app.query_params["scenario"] == "two_years_late"
    assert app.query_params["step"] == "3"
    app = followed("workshop", app)
    app.button(key="show-back").click().run()
    assert "scenario" not in app.query_params
    assert "Mest saknas inom Vatten och avlopp" in text(followed("workshop", app))


def test_a_switch_changes_the_scenario_in_the_address_and_reset_takes_it_back(opened, followed):
    app = opened("workshop", plan=EXAMPLE, **SHOWN, step="3", scenario="two_years_late")
    app.toggle(key="show-toggle-1").set_value(True).run()
    assert app.query_params["cost"] == "30"
    app = followed("workshop", app)
    assert "342,4 mnkr saknas" in text(app)
    assert [toggle.value for toggle in app.toggle] == [False, True]
    app.button(key="show-reset").click().run()
    assert "cost" not in app.query_params


def test_hidden_figures_are_said_nowhere_on_the_stage(opened):
    query = {"hide": "1", "scenario": "two_years_late", "step": "3"}
    app = opened("workshop", plan=EXAMPLE, **SHOWN, **query)
    page = text(app)
    assert "Två år senare: ••• mnkr saknas till 2032, ••• mnkr mer" in page
    assert "254,0" not in page
    assert "254,0" not in app.get("plotly_chart")[0].proto.spec
    assert "254-0" not in page  # in the name of the file that the chart is saved in


def test_the_chart_on_the_stage_can_be_taken_along_as_it_is_seen(opened):
    query = {"scenario": "two_years_late", "step": "3"}
    page = text(opened("workshop", plan=EXAMPLE, **SHOWN, **query))
    foot = page[page.index('<div class="chart-foot"') :]
    assert 'data-picture="png" data-keys="s"' in foot
    assert 'data-picture="svg"' in foot
    for said_there in ("scenario: Två år senare", "läsart: säkrat", "EXEMPEL: påhittade siffror"):
        assert said_there in foot
    assert "saknas-till-2032" in foot
    quiet = text(opened("workshop", plan=EXAMPLE, **SHOWN, keys="off"))
    assert 'data-picture="png"' in quiet
    assert 'data-keys="s"' not in quiet


def test_the_speaker_text_shows_when_it_is_asked_for(opened):
    page = text(opened("workshop", plan=EXAMPLE, **SHOWN))
    assert "Låt alla gissa" not in page
    app = opened("workshop", plan=EXAMPLE, **SHOWN, notes="1")
    assert "Låt alla gissa" in text(app)


def test_keys_that_are_letters_can_be_switched_off(opened):
    keys = 'data-keys="h"'
    assert keys in text(opened("workshop", plan=EXAMPLE, **SHOWN))
    quiet = text(opened("workshop", plan=EXAMPLE, **SHOWN, **{"keys": "off"}))
    assert keys not in quiet
    assert 'data-keys="Escape"' in quiet


def test_a_step_beyond_the_last_is_the_last_and_a_strange_workshop_is_told(opened):
    assert "5 av 5" in text(opened("workshop", plan=EXAMPLE, **SHOWN, step="99"))
    page = text(opened("workshop", plan=EXAMPLE, workshop="finns-inte"))
    assert "Planen har ingen visning finns-inte: en annan visas." in page


def test_a_storyline_is_changed_saved_with_a_name_and_shown(opened, own):
    app = opened("workshop", plan=own, workshop="fem-steg-till-gapet", step="2")
    app.text_input(key="step-title").set_value("Här saknas pengarna").run()
    assert app.button(key="workshop-begin").disabled
    app.button(key="workshop-up").click().run()
    app.text_input(key="workshop-name").set_value("Nämndens möte").run()
    app.button(key="workshop-copy").click().run()
    assert not app.exception
    saved = results(own).document().workshops[-1]
    assert saved.id == "namndens-mote"
    assert saved.name == "Nämndens möte"
    assert [step.shows for step in saved.steps][:2] == ["gap", "need"]
    assert saved.steps[0].title == "Här saknas pengarna"
    page = opened("workshop", plan=own, show="1", workshop="namndens-mote")
    assert "Här saknas pengarna" in text(page)


def test_what_is_looked_at_becomes_a_step_with_its_toggles(opened):
    app = opened("workshop", plan=EXAMPLE, workshop="fem-steg-till-gapet", step="5", delay="1")
    app.button(key="workshop-add").click().run()
    assert app.query_params["step"] == "6"
    assert app.multiselect(key="step-toggles").value == ["delay=1"]
    assert app.selectbox(key="step-shows").value == "against_plan"


def test_a_toggle_that_the_plan_does_not_understand_is_told_and_left_out(opened, own):
    page = text(opened("workshop", plan=own, workshop="prov"))
    assert "Steg 1: without=nonsens finns inte i den här planen och utelämnas." in page
    assert "Steg 1: sol=1 finns inte i den här planen och utelämnas." in page
    shown = opened("workshop", plan=own, workshop="prov", show="1")
    assert not shown.toggle


def test_a_workshop_is_read_in_from_a_file_or_refused_by_name(opened, own):
    good = b"id: fil\nname: Fr\xc3\xa5n fil\nsteps:\n- shows: gap\n"
    app = opened("workshop", plan=own)
    app.file_uploader[0].upload("fil.yaml", good).run()
    app.button(key="workshop-read").click().run()
    kept = results(own).document().workshops
    assert kept[-1].name == "Från fil"
    strange = good.replace(b"shows: gap", b"shows: glass").replace(b"id: fil", b"id: glass")
    app = opened("workshop", plan=own)
    app.file_uploader[0].upload("glass.yaml", strange).run()
    app.button(key="workshop-read").click().run()
    assert "Steg 1 nämner glass, som inte finns" in text(app)
    assert results(own).document().workshops == kept


def test_what_a_person_typed_is_shown_as_typed_on_the_stage(opened, hostile_plan):
    for step in ("2", "5"):
        page = said(opened("workshop", plan=hostile_plan, **SHOWN, step=step, notes="1"))
        assert "<script" not in page
        assert "<img" not in page


def test_the_theme_stands_in_every_address_and_changes_the_charts(opened):
    app = opened("finansieringsgap", plan=EXAMPLE, theme="contrast")
    assert "#7A3300" in app.get("plotly_chart")[0].proto.spec
    assert "#B84E00" not in app.get("plotly_chart")[0].proto.spec
    assert "--colour: #7A3300" in said(app)

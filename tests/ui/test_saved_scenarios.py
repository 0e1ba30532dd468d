"""Saving scenarios on the page: what is on screen, a colleague's file, and a link to it all."""

import pytest

from model.reference import reference
from model.results import results, scenarios
from model.scenario import Delay
from tests.ui.conftest import made, said


@pytest.fixture(scope="module")
def plan() -> str:
    """The example municipality once more, to write in."""
    document = next(each for each in reference().plans if each.plan.example)
    head = document.plan.model_copy(update={"id": "sparat", "name": "Sparat"})
    return made(document.model_copy(update={"plan": head}))


def unfolded(app):
    """The page with what can be done about saved scenarios open."""
    app.session_state["keep"] = True
    return app.run()


def button(app, label: str):
    (found,) = [each for each in app.button if each.label == label]
    return found


def field(app, label: str, of: str = "text_input"):
    return next(each for each in app.get(of) if each.label == label)


def test_what_is_typed_stays_while_it_is_folded_away(opened, plan):
    app = unfolded(opened("scenarier", plan=plan, delay="2"))
    field(app, "Scenariots namn").set_value("Halvfärdigt").run()
    app.session_state["keep"] = False
    app.run()
    assert field(unfolded(app), "Scenariots namn").value == "Halvfärdigt"


def test_what_is_on_screen_is_saved_and_then_looked_at(opened, plan):
    app = unfolded(opened("scenarier", plan=plan, scenario="costs_plus_30", delay="2"))
    field(app, "Scenariots namn").set_value("Dyrt & sent")
    field(app, "Vad det handlar om", "text_area").set_value("Om allt går fel")
    button(app, "Spara scenariot").click().run()
    assert not app.exception
    saved = scenarios(plan)["dyrt-sent"]
    shipped = reference().scenarios["costs_plus_30"]
    assert saved.hash == shipped.then(Delay(years=2)).hash
    assert (saved.name, saved.note) == ("Dyrt & sent", "Om allt går fel")
    assert app.query_params["scenario"] == "dyrt-sent"
    assert "delay" not in app.query_params
    text = said(app)
    assert "Dyrt &amp; sent" in text
    assert "Alla åtgärder 2 år senare" in text
    assert "Sparat av" in text
    # The same name is not taken twice.
    app = unfolded(opened("scenarier", plan=plan, delay="1"))
    field(app, "Scenariots namn").set_value("Dyrt, sent")
    button(app, "Spara scenariot").click().run()
    assert "Det finns redan ett scenario med det namnet" in said(app)


def test_a_file_with_faults_tells_each_with_its_line(opened, plan):
    app = unfolded(opened("scenarier", plan=plan))
    text = b"name: X\nadjustments:\n- {do: delay, years: 99}\n- {do: source_off, source: lotteri}\n"
    version = results(plan).base.version
    field(app, "Scenario (.yaml)", "file_uploader").upload("fel.yaml", text).run()
    assert "fel.yaml:3: adjustments.0.years: kan inte stå här" in said(app)
    assert "fel.yaml:4: adjustments.1.source: &#x27;lotteri&#x27; finns inte i" in said(app)
    assert results(plan).base.version == version


def test_a_file_is_read_in_and_taken_away_again(opened, followed, plan):
    app = unfolded(opened("scenarier", plan=plan))
    text = "name: Från en kollega\nadjustments: [{do: delay, years: 1}]\n".encode()
    field(app, "Scenario (.yaml)", "file_uploader").upload("Kollegans.yaml", text).run()
    button(app, "Spara det i planen").click().run()
    assert not app.exception
    assert "kollegans" in scenarios(plan)
    assert app.query_params["scenario"] == "kollegans"
    app = unfolded(followed("scenarier", app))
    button(app, "Ja, ta bort det").click().run()
    assert "kollegans" not in scenarios(plan)
    assert "scenario" not in app.query_params

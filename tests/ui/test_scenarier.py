"""Scenarios: toggles that say what they do, an address that is the scenario, nothing written."""

import pytest

from model.results import plans
from tests.ui.conftest import said

PLAN = "exempelkommunen"


def heading(app) -> str:
    """The page's answer."""
    return said(app).split('<h1 class="answer">')[1].split("<")[0].replace("\xa0", " ").strip()


def effects(app) -> list[str]:
    """What has changed since the start, each with what it does."""
    _before, listed, after = said(app).partition('<ul class="effects">')
    items = [part.split("</li>")[0] for part in after.split("</ul>")[0].split("<li>")[1:]]
    return [item.replace("<b>", "").replace("</b>", "").replace("\xa0", " ") for item in items]


def test_the_heading_says_what_the_scenario_changes(opened):
    app = opened("scenarier", plan=PLAN, delay="2")
    assert heading(app) == (
        "Planen, ändrad: 254,0 mnkr saknas till 2032, 55,0 mnkr mer än i planen som den är"
    )


def test_each_toggle_says_its_own_effect(opened):
    app = opened("scenarier", plan=PLAN, delay="2", off="ex-01")
    assert effects(app) == [
        "Energieffektivisering av skolor genomförs inte: −60,0 mnkr på gapet",
        "Alla åtgärder 2 år senare: +35,0 mnkr på gapet",
        "Allt tillsammans: −5,0 mnkr på gapet",
    ]


def test_a_delay_that_only_moves_the_gap_says_so(opened):
    app = opened("scenarier", plan="helsingborg-2030", delay="2")
    assert effects(app) == [
        "Alla åtgärder 2 år senare: gapet är lika stort, 2,1 miljarder hamnar på andra år"
    ]
    assert "Planens sista år blir 2032 i stället för 2030." in said(app)


def test_a_toggle_that_moves_another_reading_says_which_and_offers_it(opened, followed):
    app = opened("scenarier", plan=PLAN, success="life:60")
    assert effects(app) == [
        "60 % av ansökningarna till LIFE beviljas: ändrar inget i läsarten Säkrat; i Förväntat "
        "−6,0 mnkr på gapet"
    ]
    (offer,) = [button for button in app.button if button.label == "Visa läsarten Förväntat"]
    offer.click().run()
    assert app.query_params["reading"] == "expected"
    app = followed("scenarier", app)
    assert not [button for button in app.button if "Visa läsarten" in button.label]


def test_the_calculation_rate_moves_no_gap(opened):
    app = opened("scenarier", plan=PLAN, rate="5")
    assert effects(app) == ["Kalkylränta 5 %: ändrar inget gap, i någon läsart"]


def test_a_slider_writes_the_address_and_nothing_else(opened, followed):
    before = plans()
    app = opened("scenarier", plan=PLAN)
    app.select_slider(key="cost").set_value(30).run()
    assert app.query_params["cost"] == "30"
    assert heading(followed("scenarier", app)).startswith(
        "Planen, ändrad: 291,4 mnkr saknas till 2030"
    )
    assert plans() == before


def test_a_toggle_may_be_about_some_measures(opened, followed):
    app = opened("scenarier", plan=PLAN, **{"for": "sector:water"})
    app.select_slider(key="cost").set_value(10).run()
    assert app.query_params["cost"] == "10@sector:water"
    assert effects(followed("scenarier", app)) == [
        "Vatten och avlopp 10 % dyrare: +8,0 mnkr på gapet"
    ]


@pytest.mark.parametrize("choice", ["sector:water", "owner_kind:private", "id:ex-01"])
def test_measures_are_switched_off_one_by_one_or_by_tag(opened, followed, choice):
    app = opened("scenarier", plan=PLAN)
    app.multiselect(key="measures-off").set_value([choice]).run()
    written = choice.removeprefix("id:") if choice.startswith("id:") else f"@{choice}"
    assert app.query_params["off"] == written
    assert followed("scenarier", app).multiselect(key="measures-off").value == [choice]


def test_back_to_the_plan_takes_everything_away(opened):
    app = opened("scenarier", plan=PLAN, scenario="costs_plus_30", delay="2", reading="planned")
    (back,) = [b for b in app.button if b.label == "Tillbaka till planen som den är"]
    back.click().run()
    assert {"scenario", "delay"}.isdisjoint(app.query_params)
    assert app.query_params["reading"] == "planned"


def test_business_as_usual_lacks_nothing(opened):
    app = opened("scenarier", plan=PLAN, scenario="business_as_usual")
    assert heading(app) == "Inga åtgärder: Kommunkoncernen har inget investeringsbehov"


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    app = opened("scenarier", plan=empty_plan, delay="2")
    assert "Planen har inga åtgärder ännu" in said(app)
    assert not app.get("plotly_chart")


def test_what_people_type_is_shown_as_typed(opened, hostile_plan):
    app = opened("scenarier", plan=hostile_plan, off="ex-01", delay="1@department:x")
    assert "<img" not in said(app)
    assert "&lt;img src=x onerror=alert(1)&gt;" in said(app)

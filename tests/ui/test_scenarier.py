"""Scenarios: toggles that say what they do, an address that is the scenario, nothing written."""

import re

import pytest

from model.comparison import change
from model.report.answers import GROUP
from model.results import plans, results
from model.scenario import AS_IS, CostFactor, Delay, SourceOff, SuccessRate
from tests.ui.conftest import said

PLAN = "exempelkommunen"


def heading(app) -> str:
    """The page's answer."""
    return said(app).split('<h1 class="answer">')[1].split("<")[0].replace("\xa0", " ").strip()


def effects(app) -> list[str]:
    """What has changed since the start, each with what it does."""
    _before, _listed, after = said(app).partition('<ul class="effects">')
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
    app.session_state["more"] = True  # unfolded
    app.run()
    app.multiselect(key="measures-off").set_value([choice]).run()
    written = choice.removeprefix("id:") if choice.startswith("id:") else f"@{choice}"
    assert app.query_params["off"] == written
    assert followed("scenarier", app).multiselect(key="measures-off").value == [choice]


def drawn(app) -> dict[str, int]:
    """The gap that the chart shows with the scenario, in öre: by year, and its sum as ``whole``."""
    (chart,) = [each.value for each in app.markdown if "<svg" in each.value]
    whole = re.search(r'<svg [^>]*data-ore="(\d+)"', chart)[1]
    bars = re.findall(r'data-ore="(\d+)"><title>([^<]+)</title>', chart)
    # The scenario's bars are drawn after the plan's, over them.
    return {"whole": int(whole)} | {says.split(",")[0]: int(ore) for ore, says in bars}


@pytest.mark.parametrize("reading", ["secured", "expected"])
def test_the_chart_shows_what_the_model_says_to_the_ore(opened, followed, reading):
    app = opened("scenarier", plan=PLAN, reading=reading)
    app.select_slider(key="delay").set_value(1).run()
    app = followed("scenarier", app)
    app.select_slider(key="cost").set_value(35).run()
    app = followed("scenarier", app)
    app.toggle(key="without-klimatklivet").set_value(True).run()
    app = followed("scenarier", app)
    app.session_state["more"] = True  # unfolded
    app.run()
    app.select_slider(key="success-industriklivet").set_value(65).run()
    app = followed("scenarier", app)
    toggled = [
        Delay(years=1),
        CostFactor(factor=1.35),
        SourceOff(source="klimatklivet"),
        SuccessRate(source="industriklivet", probability=0.65),
    ]
    rows = results(PLAN, AS_IS.then(*toggled)).by("year", reading, actor_group=GROUP)
    shown = drawn(app)
    assert shown.pop("whole") == sum(row.gap for row in rows)
    # Asked of the store in SQL, which is another way than the page's.
    assert list(shown.values()) == [row.gap for row in rows if int(row.key) < 9999]


@pytest.mark.parametrize("reading", ["secured", "best_case"])
def test_a_widget_says_the_effect_of_what_it_does(opened, reading):
    app = opened("scenarier", plan=PLAN, reading=reading, cost="30", without="klimatklivet")
    without, both = (
        results(PLAN, AS_IS.then(*toggles))
        for toggles in (
            [CostFactor(factor=1.3)],
            [CostFactor(factor=1.3), SourceOff(source="klimatklivet")],
        )
    )
    effect = {"secured": "inget i Säkrat", "best_case": "+8,0 mnkr"}[reading]
    assert (change(without, both, reading).gap == 0) == (reading == "secured")
    assert app.toggle(key="without-klimatklivet").label.replace("\xa0", " ") == (
        f"Utan Klimatklivet: {effect}"
    )


def test_a_switch_is_the_toggles_that_its_scenario_is_made_of(opened, followed):
    app = opened("scenarier", plan=PLAN, delay="2")
    assert app.toggle(key="scenario-two_years_late").value
    app.toggle(key="scenario-costs_plus_30").set_value(True).run()
    assert (app.query_params["delay"], app.query_params["cost"]) == ("2", "30")
    app = followed("scenarier", app)
    assert app.select_slider(key="cost").value == 30
    app.toggle(key="scenario-costs_plus_30").set_value(False).run()
    assert "cost" not in app.query_params
    assert app.query_params["delay"] == "2"


def test_a_switch_that_no_toggles_can_say_is_a_scenario(opened, followed):
    app = opened("scenarier", plan=PLAN, delay="2")
    app.toggle(key="scenario-klimatklivet_max").set_value(True).run()
    assert app.query_params["scenario"] == "klimatklivet_max"
    app = followed("scenarier", app)
    assert app.toggle(key="scenario-klimatklivet_max").value
    app.toggle(key="scenario-klimatklivet_max").set_value(False).run()
    assert "scenario" not in app.query_params
    assert app.query_params["delay"] == "2"


def test_switches_that_no_toggles_can_say_are_put_together_and_taken_apart(opened, followed):
    app = opened("scenarier", plan=PLAN, scenario="klimatklivet_max+interest_plus_1")
    assert app.toggle(key="scenario-klimatklivet_max").value
    app.toggle(key="scenario-klimatklivet_max").set_value(False).run()
    assert app.query_params["scenario"] == "interest_plus_1"
    app = followed("scenarier", app)
    app.toggle(key="scenario-klimatklivet_max").set_value(True).run()
    assert app.query_params["scenario"] == ["interest_plus_1", "klimatklivet_max"]


def test_each_slider_is_reset_by_itself(opened):
    app = opened("scenarier", plan=PLAN, delay="2", cost="30")
    assert [b.key for b in app.button if b.key.startswith("reset-")] == [
        "reset-delay",
        "reset-cost",
    ]
    app.button(key="reset-cost").click().run()
    assert "cost" not in app.query_params
    assert app.query_params["delay"] == "2"


def anew(app) -> None:
    """Run with what the address says now, as the frame does in every run."""
    del app.session_state["state"]
    app.run()


def test_undo_takes_back_one_change_at_a_time_and_ends_where_the_link_began(opened):
    app = opened("scenarier", plan=PLAN, delay="2")
    assert app.button(key="undo").disabled
    app.select_slider(key="cost").set_value(30).run()
    anew(app)
    app.toggle(key="scenario-two_years_late").set_value(False).run()
    anew(app)
    assert "delay" not in app.query_params
    app.button(key="undo").click().run()
    assert (app.query_params["delay"], app.query_params["cost"]) == ("2", "30")
    anew(app)
    app.button(key="undo").click().run()
    anew(app)
    assert "cost" not in app.query_params
    assert app.button(key="undo").disabled


def test_there_is_nothing_to_undo_once_the_address_says_something_else(opened):
    app = opened("scenarier", plan=PLAN)
    app.select_slider(key="cost").set_value(30).run()
    anew(app)
    assert not app.button(key="undo").disabled
    app.query_params["cost"] = "50"
    anew(app)
    assert app.button(key="undo").disabled


def test_back_to_the_plan_takes_everything_away(opened):
    app = opened("scenarier", plan=PLAN, scenario="costs_plus_30", delay="2", reading="planned")
    (back,) = [b for b in app.button if b.label == "Tillbaka till planen som den är"]
    back.click().run()
    assert {"scenario", "delay"}.isdisjoint(app.query_params)
    assert app.query_params["reading"] == "planned"


def test_business_as_usual_lacks_nothing(opened):
    app = opened("scenarier", plan=PLAN, scenario="business_as_usual")
    assert heading(app) == "Inga åtgärder: Kommunkoncernen har inget investeringsbehov"


def test_a_source_is_closed_by_one_switch_unless_its_scenario_is_chosen_above(opened):
    def labels(**query):
        shown = opened("scenarier", plan=PLAN, **query).toggle
        return [each.label.split(":")[0] for each in shown]

    assert labels().count("Utan Klimatklivet") == 1
    assert labels(without="klimatklivet").count("Utan Klimatklivet") == 1
    chosen = opened("scenarier", plan=PLAN, scenario="without_klimatklivet")
    assert chosen.toggle(key="scenario-without_klimatklivet").value


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    app = opened("scenarier", plan=empty_plan, delay="2")
    assert "Planen har inga åtgärder än." in said(app)
    assert not app.get("plotly_chart")


def test_what_people_type_is_shown_as_typed(opened, hostile_plan):
    app = opened("scenarier", plan=hostile_plan, off="ex-01", delay="1@department:x")
    assert "<img" not in said(app)
    assert "&lt;img src=x onerror=alert(1)&gt;" in said(app)


def test_two_quick_clicks_both_hold_though_the_second_was_sent_with_the_address_before(
    opened, followed
):
    app = opened("scenarier", plan=PLAN)
    two_years, dearer = (
        next(each for each in app.toggle if each.label.startswith(label))
        for label in ("Två år senare", "Kostnader")
    )
    two_years.set_value(True).run()
    assert "delay" in app.query_params
    del app.query_params["delay"]  # as the browser says that has not heard of it yet
    dearer.set_value(True).run()
    assert {"delay", "cost"} <= set(app.query_params)
    app = followed("scenarier", app)
    assert heading(app).startswith("Planen, ändrad: 342,4 mnkr saknas till 2032")


def test_an_address_that_was_replaced_is_mended_also_when_nothing_changes(opened):
    app = opened("scenarier", plan=PLAN)
    next(each for each in app.toggle if each.label.startswith("Två år")).set_value(True).run()
    del app.query_params["delay"]
    app.run()
    assert "delay" in app.query_params

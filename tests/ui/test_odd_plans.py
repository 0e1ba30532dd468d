"""What nobody plans for: a plan that goes while it is looked at, one of a single measure, a
scenario whose source is gone, charts and questions about what is written in markup."""

from decimal import Decimal
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from model import commands, voting
from model.poll import Option, Poll, Vote
from model.reference import plan_documents, reference
from model.results import plans, scenarios
from model.rows import PlanDocument, SavedScenario
from tests.browser.browsing import HOSTILE
from tests.ui.conftest import made, said
from ui import safe
from ui.frame import ROOT
from ui.parts import gallery

MILLION = 100_000_000
MARKUP = "<img src=x onerror=alert(1)> $x$ :red[x] **fet**"
PUT = {
    "budget": {"budget": 2 * MILLION},
    "scenario": {},
    "estimate": {"figure": "gap", "answer": Decimal(1)},
}


def example(id: str, **changes) -> str:
    """The example municipality once more, to write in, under an id of its own."""
    document = plan_documents()[-1]
    head = document.plan.model_copy(update={"id": id, "name": id.capitalize()})
    return made(document.model_copy(update={"plan": head, **changes}))


def text(app) -> str:
    return unescape(said(app)).replace("\xa0", " ").replace("\u202f", " ")


def delete(plan: str) -> None:
    version = next(each.version for each in plans() if each.id == plan)
    commands.delete_plan(plan, version, "somebody else")


def toggle(app, label: str):
    return next(each for each in app.toggle if each.label.startswith(label))


def test_a_plan_deleted_between_two_toggles_is_not_taken_for_another(opened):
    app = opened("scenarier", plan=example("borta"))
    toggle(app, "Två år senare").set_value(True).run()
    delete("borta")
    del app.session_state["state"]  # the frame reads the address in every run
    toggle(app, "Kostnader").set_value(True).run()
    assert not app.exception
    assert app.query_params["plan"] == "borta"
    assert {"delay", "cost"} <= set(app.query_params)


def test_the_page_says_that_the_plan_is_gone_until_another_is_chosen(opened):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["plan"] = example("raderad")
    app.run()
    delete("raderad")
    for reading in ("planned", "expected"):
        app.button_group(key="reading").set_value(reading).run()
        assert "Adressen säger plan=raderad" in text(app)
    app.selectbox(key="plan").select("exempelkommunen").run()
    assert "Adressen säger" not in text(app)
    assert app.query_params["plan"] == "exempelkommunen"


def test_the_only_measure_of_a_plan_is_switched_off_and_on_again(opened, followed):
    document = plan_documents()[-1]
    head = document.plan.model_copy(update={"id": "ensam", "name": "Ensam"})
    alone = document.measures[6]
    plan = made(PlanDocument(plan=head, measures=(alone,)))
    app = opened("scenarier", plan=plan)
    before = text(app)
    off = opened("scenarier", plan=plan, off=alone.id)
    assert "Kommunkoncernen har inget investeringsbehov" in text(off)
    off.multiselect(key="measures-off").set_value([]).run()
    assert text(followed("scenarier", off)) == before


def test_a_saved_scenario_whose_source_is_gone_says_so_and_the_others_stand(opened, monkeypatch):
    document = plan_documents()[-1]
    used = {grant.source for each in document.measures for grant in each.grants}
    source = next(key for key in reference().funding if key not in used)
    rows = (
        SavedScenario(
            id="utan",
            name="Utan",
            content=f"adjustments:\n- {{do: source_off, source: {source}}}\n",
        ),
        SavedScenario(id="sent", name="Sent", content="adjustments:\n- {do: delay, years: 1}\n"),
    )
    plan = example("arv", scenarios=rows)
    monkeypatch.delitem(reference().funding, source)
    app = opened("scenarier", plan=plan)
    assert "Hänger inte längre ihop" in text(app)
    assert f"'{source}'" in text(app)
    assert "sent" in scenarios(plan)
    assert "utan" not in scenarios(plan)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params.update(plan=plan, scenario="utan")
    app.run()
    assert "Adressen säger scenario=utan" in text(app)


@pytest.mark.parametrize("group", gallery.GROUPS)
def test_charts_show_what_people_type_as_typed(opened, hostile_plan, group):
    app = opened("diagram", plan=hostile_plan, kinds=group)
    drawn = "".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert "<img src=x" not in said(app) + drawn
    assert "$x$" not in drawn


@pytest.mark.parametrize("kind", PUT)
def test_a_question_in_markup_is_shown_as_typed_to_leader_and_phone(opened, hostile_plan, kind):
    options = (Option("ex-07", MARKUP, 2 * MILLION), Option("ex-01", HOSTILE, MILLION))
    asked = PUT[kind] | ({} if kind == "estimate" else {"options": options})
    poll = voting.open_poll(Poll("", hostile_plan, 1, kind, f"plan={hostile_plan}", **asked))
    phone = opened("rost", poll=poll)
    named = {
        "budget": lambda: [each.label for each in phone.checkbox],
        "scenario": lambda: phone.radio[0].options,
        "estimate": lambda: [safe.text(option.name) for option in options],
    }[kind]()
    for option, label in zip(options, named, strict=True):
        assert safe.text(option.name) in label
    given = Vote(estimate=Decimal(3)) if kind == "estimate" else Vote(("ex-07",))
    voting.cast_vote(poll, "phone-number-0001", given)
    leader = opened("fraga-rummet", plan=hostile_plan, poll=poll)
    voting.close_poll(poll)
    closed = opened("fraga-rummet", plan=hostile_plan, poll=poll)
    for app in (phone, leader, closed, opened("rost", poll=poll)):
        assert "<img" not in said(app).replace('<img class="code"', "")
    if kind != "estimate":
        assert MARKUP in text(closed)

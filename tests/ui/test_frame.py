"""The app without a browser: the frame runs, and each page also runs by itself."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.frame import ALONE, PAGES, ROOT

ADDRESSES = [page.address for page in PAGES]


@pytest.fixture
def run():
    def run_script(script, **query):
        app = AppTest.from_file(str(ROOT / script), default_timeout=30)
        app.query_params.update(query)
        return app.run()

    return run_script


def test_every_page_is_a_file_and_every_file_a_page():
    stands = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert stands == {page.address for page in PAGES + ALONE}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_runs_by_itself(run, address):
    app = run(f"pages/{address}.py", plan="exempelkommunen")
    assert not app.exception
    assert not [html.proto.body for html in app.get("html") if 'role="alert"' in html.proto.body]


def test_the_frame_shows_what_the_address_says(run):
    app = run("app.py", plan="exempelkommunen", scenario="costs_plus_30", reading="planned")
    assert not app.exception
    assert app.selectbox(key="plan").value == "exempelkommunen"
    assert app.selectbox(key="scenario").value == "costs_plus_30"
    assert app.button(key="chip-base").label.startswith("Alla åtgärder 30\u00a0\\% dyrare")


def test_the_first_plan_is_shown_to_who_asks_for_none(run):
    assert run("app.py").selectbox(key="plan").value == "helsingborg-2030"


def test_a_chosen_plan_goes_into_the_address(run):
    app = run("app.py")
    app.selectbox(key="plan").set_value("exempelkommunen").run()
    assert app.query_params["plan"] == "exempelkommunen"


def test_a_scenario_shows_in_its_own_reading_until_another_is_chosen(run):
    app = run("app.py", reading="best_case")
    app.selectbox(key="scenario").set_value("klimatklivet_max").run()
    assert "reading" not in app.query_params
    assert app.query_params["scenario"] == "klimatklivet_max"

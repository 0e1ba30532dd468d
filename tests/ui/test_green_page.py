"""The page of green finance in its three parts, its choices, its form and its reports."""

import pytest

from model import records
from tests.ui.test_pages_on_data import EXAMPLE, PUBLISHED, text

ADDRESS = "grona-obligationer"
MODES = ("approved_projects", "own_programme")
ON = {"on": "2026-12-31"}


@pytest.mark.parametrize("mode", [*MODES, "screening", "nonsense"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_part_holds_for_every_plan(opened, mode, plan, lang):
    said = text(opened(ADDRESS, plan=plan, mode=mode, lang=lang))
    assert '<h1 class="answer">' in said


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_plan_says_what_to_do(opened, empty_plan, mode):
    said = text(opened(ADDRESS, plan=empty_plan, mode=mode))
    assert "0 kr" not in said
    assert "Inget är allokerat ännu" in said
    assert "ange vad som är upparbetat" in said


@pytest.mark.parametrize("mode", MODES)
def test_what_people_type_is_shown_as_typed(opened, hostile_plan, mode):
    assert "<img" not in text(opened(ADDRESS, plan=hostile_plan, mode=mode))


def test_kommuninvest_answers_with_what_is_attached(opened):
    said = text(opened(ADDRESS, plan=EXAMPLE, mode="approved_projects", **ON))
    assert (
        "15,0 mnkr av beviljade 80,0 mnkr är kopplade till projekt, och 13,5 mnkr av dem är "
        "utestående"
    ) in said
    assert "65,0 mnkr" in said
    assert "323 t CO2e om året är den finansierade andelen av projektens 3 650 t" in said
    assert "screening SC 4.15; DNSH ej bedömd; minimiskydd ej bedömt" in said


def test_an_own_programme_answers_with_what_waits(opened):
    said = text(opened(ADDRESS, plan=EXAMPLE, mode="own_programme", **ON))
    assert (
        "20,0 mnkr av upplånade 30,0 mnkr är allokerade till gröna projekt, och 10,0 mnkr" in said
    )
    assert "i 18 månader" in said
    assert "Koncernkontot" in said
    assert "För 1 projekt är tonnen eller kostnaden okända: det ingår inte i summan." in said


def test_what_the_framework_does_not_say_is_asked_for_and_kept_in_the_address(opened, followed):
    app = opened(ADDRESS, plan=EXAMPLE, mode="approved_projects", **ON)
    app.selectbox(key="said-lookback").set_value("36").run()
    assert app.query_params["lookback"] == "36"
    said = text(followed(ADDRESS, app))
    assert "Återblick 36 månader: ett års utgift räknas bara när hela året ligger inom den" in said
    app.selectbox(key="said-factor").set_value("emission_factors/electricity_green_bond").run()
    said = text(followed(ADDRESS, app))
    assert "315 g CO2e/kWh, från 2020" in said
    assert "Ett nyare värde, från 2024, är inte funnet: fråga efter det." in said


def test_a_scenario_does_not_change_what_has_happened(opened):
    as_is = text(opened(ADDRESS, plan=EXAMPLE, mode="approved_projects", **ON))
    dearer = text(
        opened(ADDRESS, plan=EXAMPLE, mode="approved_projects", scenario="costs_plus_30", **ON)
    )
    assert "15,0 mnkr av beviljade 80,0 mnkr" in as_is
    assert "15,0 mnkr av beviljade 80,0 mnkr" in dearer


def test_a_report_is_kept_with_its_method_and_told_in_the_journal(opened):
    app = opened(ADDRESS, plan=EXAMPLE, mode="own_programme", **ON)
    kept = len(records.document(EXAMPLE)[0].green_reports)
    app.button(key="keep-report").click().run()
    assert not app.exception
    document, version = records.document(EXAMPLE)
    assert len(document.green_reports) == kept + 1
    newest = document.green_reports[-1]
    assert (newest.mode, newest.year, float(newest.tonnes)) == ("own_programme", 2026, 26.25)
    assert "2026 (1)" in text(app)
    assert records.history(EXAMPLE)[0].version == version
    assert "ändrade rapporterna om grön finansiering" in text(opened("underlag", plan=EXAMPLE))


def test_loans_and_allocations_are_edited_in_one_form(opened):
    app = opened(ADDRESS, plan=EXAMPLE, mode="approved_projects", **ON)
    app.button(key=f"edit-{EXAMPLE}-loans").click().run()
    assert not app.exception
    tabs = [tab.label for tab in app.tabs]
    assert tabs == ["Lån och obligationer", "Allokeringar"]
    before = records.document(EXAMPLE)[1]
    app.button(key=f"{EXAMPLE}-loans-0-save").click().run()
    assert not app.exception
    assert records.document(EXAMPLE)[1] == before


def test_an_empty_plan_says_what_to_do_before_any_framework(opened, empty_plan):
    page = text(opened(ADDRESS, plan=empty_plan))
    assert "Det finns inget att pröva som grönt än" in page
    assert "Ramverken och deras versioner" not in page

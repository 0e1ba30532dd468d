"""The page of reports: everything to take along, and the check of one that somebody has."""

import pytest

from model.report.slides import gap_slides
from model.results import results
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def labels(app) -> list[str]:
    return [button.label for button in app.get("download_button")]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_everything_is_offered_in_one_place(opened, plan, language):
    assert len(labels(opened("rapporter", plan=plan, lang=language))) == 5


def test_the_answer_is_what_every_report_says(opened):
    app = opened("rapporter", plan=EXAMPLE)
    assert "5 rapporter med samma siffror: 199,0 mnkr saknas" in text(app)
    assert labels(app) == [
        "Worddokument",
        "Bildspel (PowerPoint)",
        "Excel med formler",
        "Tabeller som Excel",
        "Datapaket (zip)",
    ]


def test_the_expected_value_is_offered_in_no_council_paper(opened):
    app = opened("rapporter", plan=EXAMPLE, reading="expected")
    assert "Worddokument" not in labels(app)
    assert "välj en annan läsart" in text(app)


def test_a_report_is_checked_where_it_is_chosen(opened):
    app = opened("rapporter", plan=EXAMPLE)
    result = results(EXAMPLE)
    app.file_uploader[0].upload("gap.pptx", gap_slides(result, "secured"))
    page = text(app.run())
    # Other tests of this run may have saved into the same plan.
    version = result.plan.version
    assert f"Oförändrade siffror ur exempelkommunen, version {version}." in page
    assert "Det är planens nuvarande version." in page


def test_what_is_none_of_our_reports_says_so(opened):
    app = opened("rapporter", plan=EXAMPLE)
    app.file_uploader[0].upload("gap.pptx", b"hej")
    assert "ingen Word-, PowerPoint- eller Excelfil" in text(app.run())


def test_empty_and_hostile_plans_are_shown(opened, empty_plan, hostile_plan):
    assert "Inget att ta med än" in text(opened("rapporter", plan=empty_plan))
    assert "<img" not in said(opened("rapporter", plan=hostile_plan))

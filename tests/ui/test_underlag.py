"""The walk from a workbook to the plan, without a browser: asked, corrected, mended, undone."""

from typing import get_args

import pytest

from model import commands, records, results
from model.intake.table import Role, Stage
from model.reference import plan_documents
from model.rows import PlanDocument
from tests.intake.sheets import xlsx
from tests.ui.conftest import said
from ui.i18n import _, speaking
from ui.parts.intake import picture, words

HEADINGS = ("Nämnd", "Nr", "Investeringsobjekt", 2026, 2027)
ROWS = [
    ("Fastighetsnämnden", 7, "Solceller på tak", 1000, 500),
    (None, 8, "Bergvärme i badhuset", 10, None),
    (None, None, "Summa", 1010, 500),
]


def book(*rows, unit="Belopp i tkr", headings=HEADINGS, title="Budget") -> bytes:
    return xlsx((title, [[unit], headings, *rows]))


@pytest.fixture
def plan():
    """An empty plan to read into."""
    head = plan_documents()[-1].plan.model_copy(
        update={"id": "inlasning", "name": "Inläsning", "example": False, "base_year": 2025}
    )
    commands.create_plan(PlanDocument(plan=head), "provaren")
    yield head.id
    for found in results.plans():
        if found.id == head.id:
            commands.delete_plan(found.id, found.version, "provaren")


@pytest.fixture
def walk(opened, plan):
    """The page with a workbook chosen."""

    def begin(content: bytes, name: str = "budget.xlsx", app=None):
        app = app or opened("underlag", plan=plan)
        app.file_uploader[0].upload(name, content, "")
        return ran(app)

    return begin


def ran(widget):
    """Run the page anew, after a widget or as it is."""
    app = widget.run()
    assert not app.exception
    assert "gick fel" not in said(app)
    return app


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


def labelled(widgets, label: str):
    """The widget of that label, which is written with what Markdown would take for its own."""
    return next(each for each in widgets if each.label.replace("\\", "") == label)


def is_offered(app) -> bool:
    return any(each.label == "Läs in" for each in app.button)


def test_a_workbook_that_says_everything_needs_one_button(walk, plan):
    app = walk(book(*ROWS))
    assert "budget.xlsx: 2 åtgärder, 1,5 mnkr i investering" in text(app)
    assert "inget att rätta" in text(app)
    assert "skillnad 0,00 kr" in text(app)
    ran(button(app, "Läs in").click())
    document, _version = records.document(plan)
    assert [measure.name for measure in document.measures] == [
        "Solceller på tak",
        "Bergvärme i badhuset",
    ]
    refs = [each.source_ref for each in document.measures[0].expenditures]
    assert refs == ["budget.xlsx!Budget!D3", "budget.xlsx!Budget!E3"]


def test_the_picture_tells_the_areas_of_the_sheet_apart(walk):
    app = walk(book(*ROWS, (None, None, "* Preliminärt")))
    picture = next(part for part in said(app).split("<div") if 'class="sheet"' in part)
    for area, content in (
        ("text", "Belopp i tkr"),
        ("header", "Investeringsobjekt"),
        ("project", "Solceller på tak"),
        ("sum", "Summa"),
        ("text", "* Preliminärt"),
    ):
        assert f'class="cell {area}' in picture.split(f"</b>{content}<")[0].rsplit("<td", 1)[1]


def test_a_unit_is_asked_for_answered_where_it_is_asked_and_taken_back(walk):
    app = walk(book(*ROWS, unit="Investeringar"))
    assert not is_offered(app)
    question = next(each for each in app.radio if "Svar för" in each.label)
    ran(question.set_value("mnkr"))
    assert is_offered(app)
    assert "2 åtgärder, 1,5 miljarder i investering" in text(app)
    assert "Enhet i Budget: miljoner kronor (mnkr)" in text(app)
    ran(button(app, "Ta tillbaka").click())
    assert not is_offered(app)


def test_a_column_is_corrected(walk):
    headings = ("Nämnd", "Nr", "Investeringsobjekt", 2026, "Ramkod")
    app = walk(book(*ROWS[:2], headings=headings))
    column = labelled(app.selectbox, "Kolumn E är")
    assert column.value == "ignore"
    ran(column.set_value("amount:later:expenditure"))
    assert "2 åtgärder, 1,5 mnkr i investering" in text(app)


def test_a_cell_is_mended_in_place_and_echoed_in_its_unit(walk, plan):
    wrong = [("Fastighetsnämnden", 7, "Solceller på tak", "12 st", 500), *ROWS[1:2]]
    app = walk(book(*wrong))
    assert not is_offered(app)
    field = labelled(app.text_input, "Vad Budget D3 ska innehålla, tkr")
    ran(field.set_value("runt tolv"))
    assert "“runt tolv”" in text(app) or "”runt tolv”" in text(app)
    assert not is_offered(app)
    ran(labelled(app.text_input, "Vad Budget D3 ska innehålla, tkr").set_value("1 234,5"))
    assert "Budget D3 innehöll ”12 st”: tolkat som 1 234,5 tkr" in text(app)
    ran(button(app, "Läs in").click())
    document, _version = records.document(plan)
    assert "Rättat för hand: budget.xlsx!Budget!D3" in document.measures[0].note
    assert document.measures[0].expenditures[0].source_ref == "budget.xlsx!Budget!D3"


def test_a_corrected_file_keeps_what_was_decided(walk):
    wrong = [("Fastighetsnämnden", 7, "Solceller på tak", "12 st", 500), *ROWS[1:2]]
    app = walk(book(*wrong, unit="Investeringar"))
    question = next(each for each in app.radio if "Svar för" in each.label)
    ran(question.set_value("mnkr"))
    app = walk(book(*ROWS, unit="Investeringar"), "budget ny.xlsx", app)
    assert is_offered(app)
    assert "Enhet i Budget: miljoner kronor (mnkr)" in text(app)


def test_what_was_understood_is_remembered_for_the_next_workbook(walk, opened, plan):
    headings = ("Nämnd", "Nr", "Investeringsobjekt", 2026, "Ramkod")
    app = walk(book(*ROWS[:2], headings=headings, unit="Investeringar"))
    question = next(each for each in app.radio if "Svar för" in each.label)
    ran(question.set_value("tkr"))
    ran(button(app, "Kom ihåg den här tolkningen").click())
    again = walk(
        book(*ROWS[:2], headings=headings, unit="Investeringar", title="Annat"),
        "annan.xlsx",
        opened("underlag", plan=plan),
    )
    assert "Tolkas så som" in text(again)
    assert is_offered(again)


def test_what_is_almost_the_same_is_asked_about(walk, plan):
    app = walk(book(*ROWS))
    ran(button(app, "Läs in").click())
    renamed = [("Fastighetsnämnden", None, "Solceller på taken", 1000, 500)]
    app = walk(book(*renamed), "nytt.xlsx", app)
    assert not is_offered(app)
    question = next(each for each in app.radio if "i arbetsboken är" in each.label)
    ran(question.set_value(question.options[0] and records.document(plan)[0].measures[0].id))
    assert is_offered(app)
    assert "1 ändrad" in text(app)


def test_an_import_is_undone_after_it_is_said_what_that_restores(walk, plan):
    before, _version = records.document(plan)
    app = walk(book(*ROWS))
    ran(button(app, "Läs in").click())
    assert "2 åtgärder som den lade till tas bort" in text(app)
    ran(button(app, "Ja, ångra inläsningen").click())
    assert records.document(plan)[0] == before


def test_what_a_newer_version_no_longer_has_stays_until_somebody_says_otherwise(walk, plan):
    app = walk(book(*ROWS), "Budget 2026 v1.xlsx")
    ran(button(app, "Läs in").click())
    app = walk(book(ROWS[0]), "Budget 2026 v2.xlsx", app)
    assert "1 borta" in text(app)
    gone = app.multiselect[0]
    (measure,) = [m for m in records.document(plan)[0].measures if m.name.startswith("Bergvärme")]
    ran(gone.set_value([measure.id]))
    ran(button(app, "Läs in").click())
    assert [m.name for m in records.document(plan)[0].measures] == ["Solceller på tak"]


def test_a_workbook_in_which_nothing_is_understood_shows_its_sheet(walk):
    app = walk(xlsx(("Anteckningar", [["Ring Eva"], [12, 13]])))
    assert not is_offered(app)
    assert "Ring Eva" in text(app)


def test_what_a_workbook_says_is_shown_as_typed(walk):
    hostile = "<img src=x onerror=alert(1)> :red[x] $x$"
    rows = [(hostile, 7, hostile, "=1+1", 500), *ROWS[1:2]]
    app = walk(book(*rows, title="Bud<b>get"))
    assert "<img" not in said(app)
    assert "Bud<b>get" not in said(app)


def test_every_role_that_a_column_can_have_is_called_something():
    known = {meaning.split(":")[0] for meaning in words.MEANINGS}
    assert set(get_args(Role)) == known
    stages = {stage for stage in get_args(Stage) if stage != "bare"}
    assert {meaning.split(":")[1] for meaning in words.MEANINGS if ":" in meaning} == stages


def test_each_area_of_a_picture_has_a_letter_of_its_own_in_each_language():
    for chosen in ("sv", "en"):
        with speaking(chosen):
            letters = [_(word)[0] for word in picture.WORDS.values()]
        assert len(set(letters)) == len(letters)

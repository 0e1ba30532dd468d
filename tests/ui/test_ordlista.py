"""The glossary and the accessibility statement: what is said, found, linked, and left open."""

import pytest

from model.accessibility import Accessibility
from model.reference import DATA, reference
from tests.ui.conftest import said
from ui.frame import PAGES
from ui.i18n import speaking
from ui.parts import accessibility, glossary

ADDRESSES = {page.address for page in PAGES}


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def filled_in(**fields) -> Accessibility:
    """The statement with some fields filled in."""
    return Accessibility.model_validate({**reference().accessibility.model_dump(), **fields})


def test_every_word_leads_to_pages_that_are_there():
    for word in reference().glossary.values():
        assert set(word.pages) <= ADDRESSES, word.key


def test_a_word_stands_once_in_each_language():
    for field in ("name", "name_en"):
        names = [getattr(word, field).casefold() for word in reference().glossary.values()]
        assert len(names) == len(set(names))


def test_words_stand_in_the_alphabet_of_the_language():
    with speaking("sv"):
        first = [word.name for word in glossary.found()]
        assert first[0][0] == "a"
        assert first[-1][0] in "äö"
        assert first.index("ägare") > first.index("åtgärd") > first.index("utgift")
    with speaking("en"):
        names = [word.name_en for word in glossary.found()]
        assert names == sorted(names, key=str.casefold)


def test_the_page_explains_names_the_other_language_and_leads_on(opened):
    page = said(opened("ordlista", plan="exempelkommunen"))
    assert '<div id="gap"><dt>Finansieringsgap</dt>' in page
    assert '<span class="note" lang="en">financing gap</span>' in page
    assert 'href="finansieringsgap?' in page
    assert "Förklaringarna är projektets egna" in page


def test_a_search_is_in_either_language_and_in_the_address(opened):
    app = opened("ordlista", search="financing gap")
    whole = len(reference().glossary)
    assert f"av {whole} ord innehåller ”financing gap”" in text(app)
    assert "Finansieringsgap" in said(app)
    assert "Ombudgetering" not in said(app)
    nothing = opened("ordlista", search="<img src=x>")
    assert "Inget ord innehåller det du söker." in said(nothing)
    assert "<img" not in said(nothing)


def test_a_figure_leads_to_what_its_name_means(opened):
    page = said(opened("oversikt", plan="exempelkommunen"))
    assert 'href="ordlista?' in page
    assert "search=finansieringsgap" in page


def test_the_statement_says_how_far_and_what_not_and_why(opened):
    page = text(opened("tillganglighet"))
    count = len(reference().accessibility.shortcomings)
    assert f"Klimatinvest är delvis förenligt med lagens krav: {count} kända brister" in page
    assert "3.1.2, nivå AA" in page
    assert '<a href="https://www.digg.se/tdosanmalan">Anmäl bristande tillgänglighet</a>' in page
    assert "Inte testat" in page


def test_who_answers_is_the_municipalitys_to_say_and_is_not_invented(opened):
    page = text(opened("tillganglighet"))
    assert "Kommunen som kör tjänsten har inte angett hur den nås än" in page
    assert "<dt>Den som ansvarar för tjänsten</dt><dd>okänt" in page


def test_the_statement_is_in_english_too(opened):
    page = text(opened("tillganglighet", lang="en"))
    assert "Klimatinvest complies partly with the law&#x27;s requirements" in page
    assert "kända brister" not in page


def test_ways_to_reach_the_municipality_are_links_once_they_are_stated():
    found = filled_in(email="kommun@example.se", form="https://example.se/brist")
    assert found.contacts == ("https://example.se/brist", "kommun@example.se")
    links = [link.address for term in accessibility.contact(found) for link in term.links]
    assert links == ["mailto:kommun@example.se", "https://example.se/brist"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"compliance": "fully"}, "compliance is full where there is no shortcoming"),
        ({"shortcomings": ()}, "compliance is full where there is no shortcoming"),
        ({"updated_on": "2026-01-01"}, "last changed before"),
        ({"form": "javascript:alert(1)"}, "form"),
    ],
)
def test_a_statement_that_contradicts_itself_is_refused(fields, problem):
    with pytest.raises(ValueError, match=problem):
        filled_in(**fields)


def test_the_statement_is_a_file_that_a_municipality_can_edit():
    assert (DATA / "accessibility.yaml").exists()

"""The plan as a Word file: a council paper's structure, the model's figures, nothing expected."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from model.errors import KlimatinvestError
from model.formatting import mnkr, money
from model.reference import reference
from model.report import answers, words
from model.report.document.assumptions import used
from model.report.document.council_paper import council_paper
from model.results import results
from tests.model.conftest import measure
from tests.report.conftest import ENGLISH

PLANS = ("exempelkommunen", "helsingborg-2030")
CHAPTERS = [
    "Sammanfattning",
    "Behov",
    "Vem som ska investera",
    "Beslut och pengar",
    "Finansieringsgap",
    "Finansieringsanalys",
    "Driftkonsekvenser",
    "Nyttor",
    "Risker",
    "Förslag till beslut",
    "Bilaga 1. Alla åtgärder",
    "Bilaga 2. Antaganden och källor",
    "Bilaga 3. Förändring mot förra versionen",
]


class Paper:
    """A Word file opened, and the result that it is of."""

    def __init__(self, result, reading="secured", language="sv"):
        self.result = result
        self.content = council_paper(result, reading, language)
        self.word = Document(BytesIO(self.content))
        self.tables = dict(zip(self.captions("Table"), self.word.tables[1:], strict=True))

    def headings(self, level: int) -> list[str]:
        return [p.text for p in self.word.paragraphs if p.style.name == f"Heading {level}"]

    def captions(self, name: str) -> list[str]:
        return [
            p.text.partition(". ")[2]
            for p in self.word.paragraphs
            if p.style.name == "Caption" and f"SEQ {name}" in p._p.xml
        ]

    def rows(self, caption: str) -> list[list[str]]:
        table = self.tables[caption]
        return [[text(cell) for cell in row.iter(qn("w:tc"))] for row in table._tbl.tr_lst]

    @property
    def everything(self) -> str:
        with ZipFile(BytesIO(self.content)) as package:
            return "\n".join(
                package.read(name).decode()
                for name in package.namelist()
                if name.startswith("word/") and name.endswith(".xml")
            )


def text(element) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def figure(cell: str) -> Decimal:
    clean = cell.removeprefix("minst ").replace("\u202f", "").replace("−", "-")
    return Decimal(clean.replace(",", ".")) if clean != "–" else Decimal(0)


@pytest.fixture(scope="module")
def papers(own_plans):
    return {plan: Paper(results(plan, store=own_plans)) for plan in PLANS}


@pytest.fixture(params=PLANS)
def paper(request, papers):
    return papers[request.param]


def test_the_chapters_are_those_of_an_investment_plan_and_a_council_paper(paper):
    assert paper.headings(1) == CHAPTERS
    assert "Att veta om siffrorna" in paper.headings(2)


def test_the_document_says_its_language_title_and_municipality(papers):
    paper = papers["helsingborg-2030"]
    properties = paper.word.core_properties
    assert properties.language == "sv-SE"
    assert properties.title == "Helsingborg: Klimatinvesteringsplan 2026–2030"
    assert 'w:lang w:val="sv-SE"' in paper.word.styles.element.xml
    first = [p.text for p in paper.word.paragraphs[:3]]
    assert first == [
        "Helsingborg",
        "Klimatinvesteringsplan 2026–2030",
        "Underlag till kommunfullmäktige",
    ]
    assert paper.word.sections[0].header.paragraphs[0].text.startswith("Helsingborg · ")


def test_contents_and_page_numbers_are_fields_and_every_heading_is_listed(paper):
    body = paper.word.element.xml
    assert 'TOC \\o "1-2"' in body
    assert "updateFields" in paper.word.settings.element.xml
    foot = paper.word.sections[0].footer._element.xml
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    listed = [p for p in paper.word.paragraphs if p.style.name in ("TOC 1", "TOC 2")]
    assert [text(p._p) for p in listed] == [
        p.text for p in paper.word.paragraphs if p.style.name in ("Heading 1", "Heading 2")
    ]
    marks = {each.get(qn("w:name")) for each in paper.word.element.iter(qn("w:bookmarkStart"))}
    anchors = {each.get(qn("w:anchor")) for each in paper.word.element.iter(qn("w:hyperlink"))}
    assert anchors <= marks


def test_every_table_has_a_caption_a_text_alternative_and_a_head_that_repeats(paper):
    assert len(paper.tables) > 20
    for caption, table in paper.tables.items():
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == caption[:255]
        assert table._tbl.tr_lst[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        widths = {len(list(row.iter(qn("w:gridCol")))) for row in [table._tbl.tblGrid]}
        assert widths == {len(paper.rows(caption)[0])}


def test_under_every_table_stand_price_level_reading_scenario_version_and_source(paper):
    head = paper.result.plan.head
    source = f"Källa: {head.source}"
    small = [p.text for p in paper.word.paragraphs if p.style.name == "Source"]
    said = [line for line in small if line.endswith(source)]
    assert len(said) == len(paper.tables) + len(paper.captions("Figure"))
    for line in said:
        assert "läsart: säkrat" in line
        assert "scenario: Planen som den är" in line
        assert "version\xa01" in line or "version 1" in line
        assert line.startswith(("Löpande priser", "Prisnivå"))


def test_the_tables_add_up_to_what_the_model_says(paper):
    sums = answers.figures(paper.result, "secured")
    plan = paper.rows("Investeringsplan, mnkr")
    assert plan[-1][0] == "Summa kommunkoncernen"
    assert plan[-1][-1].removeprefix("minst ") == mnkr(sums.gap)
    by_year = paper.rows("Kommunkoncernens behov, täckning och gap per år, mnkr")
    by_sector = paper.rows("Kommunkoncernens behov, täckning och gap per sektor, mnkr")
    need, gap = (mnkr(each, lower_bound=sums.from_below) for each in (sums.need, sums.gap))
    said = [need, mnkr(sums.covered), gap, mnkr(sums.one_off)]
    assert by_year[-1][1:] == by_sector[-1][1:] == said
    for column in (1, 2, 3):
        added = sum(figure(row[column]) for row in by_year[1:-1])
        assert abs(added - figure(by_year[-1][column])) <= Decimal("0.3")
    summary = paper.rows("Kommunkoncernens behov, täckning och gap, mnkr")
    assert [cell.removeprefix("minst ") for cell in summary[3]] == [
        "Saknas",
        *(mnkr(level(paper.result, each)) for each in ("low", "mid", "high")),
    ]


def level(result, which: str) -> int:
    return answers.figures(result, "secured", answers.GROUP, which).gap


def test_every_measure_and_every_assumption_stands_in_the_appendices(paper):
    names = {row.name for row in paper.result.measures().values()}
    listed = set()
    for group in words.ACTOR_GROUPS.values():
        caption = f"{words.translate(group, 'sv')}, mnkr"
        if caption in paper.tables:
            listed |= {row[0] for row in paper.rows(caption)[1:]}
    assert {name for name in names if not any(each.endswith(name) for each in listed)} == set()
    rows = paper.rows("Antaganden som siffrorna vilar på")[1:]
    assert [row[0] for row in rows] == [each.name for each, _value in used(paper.result)]
    assert all(row[3] for row in rows)


def test_what_is_not_known_stands_as_unknown(papers):
    paper = papers["helsingborg-2030"]
    unknown = [row for row in paper.rows("Kommunkoncernen, mnkr")[1:] if row[5] == "okänt"]
    assert len(unknown) == answers.figures(paper.result, "secured").unknown


def test_the_expected_reading_never_stands_in_it(papers):
    paper = papers["exempelkommunen"]
    said = paper.everything.lower()
    for word in ("väntat", "förväntat", "väntevärde", "expected"):
        assert word not in said
    expected = answers.figures(paper.result, "expected")
    others = {
        getattr(answers.figures(paper.result, reading), name)
        for reading in ("secured", "planned", "best_case")
        for name in ("gap", "covered")
    }
    for ore in (expected.gap, expected.covered):
        assert ore not in others
        assert money(ore) not in paper.everything
        for caption in paper.tables:
            # The municipality's own result has a year with the same amount.
            if not caption.startswith("Finansieringsanalys"):
                assert mnkr(ore) not in [cell for row in paper.rows(caption) for cell in row]


def test_the_expected_reading_is_refused(example):
    with pytest.raises(KlimatinvestError, match="stands in no council paper"):
        council_paper(example, "expected")


def test_decisions_are_proposed_as_a_draft_with_the_table_of_what_waits(papers):
    paper = papers["exempelkommunen"]
    asked = [p.text for p in paper.word.paragraphs if p.style.name == "List Number"]
    assert asked[0].startswith("att notera klimatinvesteringsplanen")
    assert all(line.startswith("att ") for line in asked)
    assert any("199,0\xa0mnkr" in line for line in asked)
    assert paper.rows("Väntar på beslut, mnkr")[-1][-1] == "199,0"
    assert any(p.text.startswith("Utkast från siffrorna") for p in paper.word.paragraphs)


def test_the_chart_is_native_with_its_numbers_and_says_its_answer(papers):
    with ZipFile(BytesIO(papers["exempelkommunen"].content)) as package:
        names = package.namelist()
        rels = package.read("word/charts/_rels/chart1.xml.rels").decode()
        chart = package.read("word/charts/chart1.xml").decode()
    assert "word/embeddings/chart1.xlsx" in names
    assert 'Id="rId1"' in rels
    assert 'externalData r:id="rId1"' in chart
    answer = answers.gap_title(papers["exempelkommunen"].result, "secured")
    assert f'descr="{answer}"' in papers["exempelkommunen"].word.element.xml


def test_an_example_is_marked_on_its_first_page_and_at_the_top_of_every_other(papers):
    paper = papers["exempelkommunen"]
    assert "EXEMPEL: påhittade siffror" in [p.text for p in paper.word.paragraphs[:6]]
    assert paper.word.sections[0].header.paragraphs[0].text.startswith("EXEMPEL")
    assert "EXEMPEL" not in papers["helsingborg-2030"].everything


def test_swedish_paragraphs_have_no_english_of_ours(paper):
    source = paper.result.plan.head.source
    said = [p.text.replace(source, "") for p in paper.word.paragraphs]
    heads = [cell for caption in paper.tables for cell in paper.rows(caption)[0]]
    assert [each for each in (*said, *heads, *paper.tables) if ENGLISH.search(each)] == []


def test_it_can_be_had_in_english_and_under_a_scenario(own_plans):
    scenario = reference().scenarios["costs_plus_30"]
    paper = Paper(results("exempelkommunen", scenario, own_plans), "planned", "en")
    assert paper.headings(1)[0] == "Summary"
    assert paper.word.core_properties.language == "en-GB"
    assert any("Costs +30%" in p.text for p in paper.word.paragraphs)


def test_a_plan_without_measures_and_one_without_amounts_are_written(result_of):
    assert Paper(result_of()).headings(1) == CHAPTERS
    unknown = Paper(result_of(measure("okand"), head={"id": "utan"}))
    assert unknown.rows("Kommunkoncernens behov, täckning och gap, mnkr")[1][2] == "okänt"


def test_what_a_person_typed_is_text(result_of):
    typed = "<w:p/>&amp; \x07bell =1+1"
    paper = Paper(
        result_of(
            measure(need={2026: 10**6}, department=typed, note=typed, source_ref=typed),
            head={"name": typed, "source": typed, "municipality": ""},
        )
    )
    assert "<w:p/>&amp;  bell =1+1" in "\n".join(p.text for p in paper.word.paragraphs)

"""Lines of a result: what charts and tables list, and the measures and cells behind them."""

import csv
import io
from decimal import Decimal

import pytest

from model.language import LANGUAGES
from model.readings import READINGS
from model.report import answers, titles
from model.report.lines import BREAKDOWNS, MISSING, Line, behind, cells, lines, waiting
from model.report.separated import gap_csv
from model.rows import Expenditure, OwnerShare
from tests.model.conftest import appropriation, grant, measure

GROUPS = ("municipal_group", "other", "shared")


def total(found, name: str) -> int:
    return sum(getattr(each, name) for each in found)


@pytest.mark.parametrize("by", BREAKDOWNS)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("group", GROUPS)
def test_the_lines_add_up_to_the_group_whatever_they_are_by(example, by, reading, group):
    found = lines(example, by, reading, actor_group=group)
    sums = answers.figures(example, reading, group)
    assert (total(found, "need"), total(found, "gap")) == (sums.need, sums.gap)
    assert sum(sum(line.cover.values()) for line in found) == sums.covered


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_the_measures_behind_a_bar_add_up_to_it(example, by):
    for line in lines(example, by, "best_case"):
        whole = behind(example, by, line.key, "best_case")
        assert total(whole, "part") == line.need
        for status, amount in line.cover.items():
            assert total(behind(example, by, line.key, "best_case", status=status), "part") == (
                amount
            )
        if by != "source":
            missing = behind(example, by, line.key, "best_case", status="gap")
            assert total(missing, "part") == line.gap


def test_behind_what_no_source_covers_are_the_measures_that_lack_money(example):
    missing = behind(example, "source", MISSING, "secured")
    assert total(missing, "part") == answers.figures(example, "secured").gap
    assert all(each.part == each.gap > 0 for each in missing)


def test_every_calendar_year_has_its_line_and_before_only_where_there_is_money(result_of):
    result = result_of(measure("a", {2027: 100}))
    assert [line.key for line in lines(result, "year", "secured")] == ["2026", "2027", "2028"]


def test_what_lies_before_the_first_year_comes_first(example):
    first = lines(example, "year", "secured")[0]
    assert (first.label, first.cover) == ("T.o.m. 2025", {"paid": 400_000_000})


def test_readiness_keeps_its_order_with_what_nobody_knows_last(helsingborg, example):
    assert [line.key for line in lines(helsingborg, "readiness", "secured")] == [""]
    keys = [line.key for line in lines(example, "readiness", "secured", actor_group="other")]
    assert keys == ["idea", "study", "pilot", "total_decision", ""]


def test_measures_without_an_amount_are_counted_and_stand_last_behind_their_bar(helsingborg):
    (energy,) = (line for line in lines(helsingborg, "sector", "secured") if line.key == "energy")
    assert (energy.measures, energy.unknown) == (7, 4)
    found = behind(helsingborg, "sector", "energy", "secured")
    assert [each.need is None for each in found] == [False] * 3 + [True] * 4


def test_a_measure_with_known_owners_stands_under_each_of_them(result_of):
    shares = (
        OwnerShare(owner="municipality", share=Decimal("0.25")),
        OwnerShare(owner="business", share=Decimal("0.75")),
    )
    result = result_of(measure("a", {2026: 100}, owner="mixed", owner_shares=shares))
    (ours,) = lines(result, "owner", "secured")
    assert (ours.key, ours.need, ours.measures) == ("municipality", 2_500, 1)
    (theirs,) = lines(result, "owner", "secured", actor_group="other")
    assert (theirs.key, theirs.need) == ("business", 7_500)


def test_a_part_of_a_bar_leads_to_the_cells_of_its_own_amounts(result_of):
    spent = (
        Expenditure(year=2026, mid=Decimal(100), source_ref="budget.xlsx!Plan!D7"),
        Expenditure(year=2027, mid=Decimal(50), source_ref="budget.xlsx!Plan!E7"),
    )
    result = result_of(
        measure(
            "a",
            expenditures=spent,
            source_ref="budget.xlsx!Plan!A7",
            grants=(grant("g", {2026: 30}, source_ref="beslut.pdf, sida 2"),),
            appropriations=(appropriation(2026, 20),),
        )
    )

    def refs(by, key, status=""):
        (found,) = behind(result, by, key, "secured", status=status)
        return cells(found.refs)

    assert refs("year", "2026") == "budget.xlsx!Plan!D7"
    assert refs("sector", "transport") == "budget.xlsx!Plan!D7, E7"
    assert refs("year", "2026", "granted") == "beslut.pdf, sida 2"
    assert refs("year", "2026", "decided") == "budget.xlsx!Plan!A7"
    assert refs("source", "klimatklivet") == "beslut.pdf, sida 2"


def test_liquidity_surplus_and_lapsed_money_are_the_groups_own(result_of):
    ours = measure(
        "a",
        {2026: 100},
        grants=(grant("g", {2027: 130}),),
        appropriations=(appropriation(2028, 7),),
    )
    theirs = measure("b", {2026: 900}, owner="household")
    found = waiting(result_of(ours, theirs), "secured")
    assert [amount for _label, amount in found.liquidity] == [0, 10_000, 0, 0]
    assert (found.surplus, found.lapsed) == (3_000, 700)


def test_cells_of_one_sheet_are_said_together():
    assert cells(["a.xlsx!B!C1", "a.xlsx!B!C2", "d.pdf", "a.xlsx!B!C3"]) == (
        "a.xlsx!B!C1, C2, d.pdf, a.xlsx!B!C3"
    )
    assert cells([]) == ""


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_text_file_has_a_mark_semicolons_and_decimal_commas(example):
    content = gap_csv(example, "sector", "secured")
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, *rest = rows_of(content)
    assert header[:3] == ["Aktörsgrupp", "Sektor", "Investeringsbehov, kr"]
    assert first[:3] == ["Kommunkoncernen", "Mobilitet och transport", "94000000,00"]
    assert all(len(row) == len(header) for row in rest)


def test_the_text_file_gives_other_actors_no_gap(example):
    header, *rows = rows_of(gap_csv(example, "year", "secured"))
    gap = header.index("Saknas, kr")
    assert {row[gap] for row in rows if row[0] != "Kommunkoncernen"} == {""}
    ours = [Decimal(row[gap].replace(",", ".")) for row in rows if row[0] == "Kommunkoncernen"]
    assert sum(ours) == Decimal(199_000_000)


def test_what_somebody_has_typed_is_no_formula_in_the_text_file(result_of):
    result = result_of(measure("a", {2026: 1}, department="=1+1"))
    assert rows_of(gap_csv(result, "department", "secured"))[1][1] == "'=1+1"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", BREAKDOWNS)
def test_every_chart_has_a_title_also_where_there_is_nothing(result_of, by, language):
    empty = result_of()
    assert titles.of_chart(empty, by, "secured", lines(empty, by, "secured"), language)
    assert titles.overview(empty, "secured", language)


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        (
            (5, 5, 5),
            "Lika mycket saknas varje år 2026–2028: 5,0 mnkr om året, 15,0 mnkr sammanlagt",
        ),
        ((5, 5, 1), "Mest saknas 2026–2027: 5,0 mnkr om året, av 11,0 mnkr"),
        ((1, 5, 1), "Mest saknas 2027: 5,0 av 7,0 mnkr"),
    ],
)
def test_years_that_lack_as_much_are_named_together(example, gaps, said):
    by_year = tuple(
        Line(str(2026 + place), str(2026 + place), gap * 10**8, gap * 10**8)
        for place, gap in enumerate(gaps)
    )
    title = titles.of_chart(example, "year", "secured", by_year)
    assert title.replace("\u00a0", " ") == said


def test_titles_say_the_answer_with_its_number(example, helsingborg):
    def title(result, by, reading="secured"):
        said = titles.of_chart(result, by, reading, lines(result, by, reading))
        return said.replace("\u00a0", " ")

    assert title(example, "year") == "Mest saknas 2027: 79,0 av 199,0 mnkr"
    assert title(example, "actor_group") == "123,0 av 322,0 mnkr är täckt"
    assert title(helsingborg, "actor_group") == "Inget av minst 3,3 miljarder är täckt"
    assert title(helsingborg, "source") == "Inga pengar räknas i denna läsart"
    assert title(helsingborg, "readiness") == "Beslutsläget är okänt för alla åtgärder"
    overview = titles.overview(example, "secured").replace("\u00a0", " ")
    assert overview == (
        "Kommunkoncernen behöver investera 322,0 mnkr till 2030: "
        "123,0 mnkr är täckt och 199,0 mnkr saknas"
    )

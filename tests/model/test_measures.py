"""The list of measures: what each shows, what a filter keeps, and that the sums are the plan's."""

import pytest

from model.measures import Filter, alone, lines, sums, tonnes
from model.reference import plan_documents, reference
from model.report import answers, words
from model.results import results
from model.store import write
from model.store.connection import Store

READINGS = ("secured", "planned", "expected")


@pytest.fixture(scope="module")
def filled():
    opened = Store.open(None)
    with opened.write() as cursor:
        for document in plan_documents():
            write.create_plan(cursor, document, "Prov")
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["helsingborg-2030", "exempelkommunen"])
def result(request, filled):
    return results(request.param, store=filled)


@pytest.mark.parametrize("reading", READINGS)
def test_the_sums_of_all_measures_are_those_of_the_plan(result, reading):
    for part in sums(result, reading, lines(result, reading)):
        whole = answers.figures(result, reading, part.actor_group)
        for name in ("need", "covered", "gap", "one_off", "measures", "unknown", "lower_bounds"):
            assert getattr(part, name) == getattr(whole, name)


@pytest.mark.parametrize("reading", READINGS)
def test_the_gap_in_the_list_is_the_municipal_group_s_alone(result, reading):
    every = lines(result, reading)
    group = answers.figures(result, reading)
    assert sum(line.gap or 0 for line in every) == group.gap
    assert all(line.gap is None for line in every if line.actor_group == "other")


@pytest.mark.parametrize("reading", READINGS)
def test_a_measure_by_itself_has_the_figures_that_it_has_in_the_whole(result, reading):
    for line in lines(result, reading):
        one = answers.figures(alone(result, line.id), reading, None)
        assert (one.need, one.covered, one.one_off) == (line.mid, line.covered, line.one_off)
        group = answers.figures(alone(result, line.id), reading)
        assert group.gap == (line.gap or 0)


def test_a_measure_that_the_scenario_does_not_carry_out_is_not_there(filled):
    result = results("exempelkommunen", reference().scenarios["business_as_usual"], store=filled)
    assert alone(result, "ex-01") is None
    assert lines(result, "secured") == []
    assert sums(result, "secured", []) == []


def test_parts_of_the_list_add_up_to_the_whole(result):
    every = lines(result, "secured")
    parts = [
        part.need
        for key in {line.sector for line in every}
        for part in sums(
            result, "secured", [line for line in every if Filter(sectors=(key,)).keeps(line)]
        )
    ]
    assert sum(parts) == sum(line.mid for line in every)


def test_a_filter_keeps_what_has_every_word_and_tag(filled):
    every = lines(results("exempelkommunen", store=filled), "secured")

    def kept(**fields) -> list[str]:
        return [line.id for line in every if Filter(**fields).keeps(line)]

    assert kept() == [line.id for line in every]
    assert kept(text="CYKELSTRÅK centrum") == ["ex-04"]
    assert kept(text="1002") == ["ex-04"]
    assert kept(text="cykel saknas") == []
    assert kept(
        sectors=("transport",), owner_kinds=("public",), departments=("Tekniska nämnden",)
    ) == ["ex-04"]
    assert all(line.known is False for line in every if line.id in kept(without_amount=True))
    assert set(kept(with_gap=True)) == {line.id for line in every if line.gap}


def test_tonnes_of_what_is_shown_count_each_shared_effect_once(result):
    whole = tonnes(result, lines(result, "secured"))
    assert whole.yearly == result.effect().yearly
    assert whole.unclear == result.effect().unclear


def test_a_measure_without_tonnes_has_none_and_not_zero(filled):
    every = {line.id: line for line in lines(results("helsingborg-2030", store=filled), "secured")}
    assert every["hbg-02"].tonnes is None
    assert (every["hbg-01"].tonnes, every["hbg-01"].basis) == (100_000, "unclear")


def test_every_actor_group_has_a_word():
    assert set(words.ACTOR_GROUPS) == {"municipal_group", "other", "shared"}

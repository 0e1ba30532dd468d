"""How a room's answers are counted."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from model.errors import InvalidData
from model.poll import MOST_OPTIONS, Option, Poll, Vote, check_poll, check_vote, rank, spread

MEASURES = (Option("a", "A", 60), Option("b", "B", 50), Option("c", "C", 30), Option("d", "D", 20))
BUDGET = Poll("q", "p", 1, "budget", "", MEASURES, budget=100)
SCENARIO = Poll("q", "p", 1, "scenario", "", (Option("x", "X"), Option("y", "Y"), Option("z", "Z")))
GUESS = Poll("q", "p", 1, "estimate", "", figure="gap", answer=Decimal(200))


def chose(*choices: str) -> list[Vote]:
    """``"ab"`` chose a and b."""
    return [Vote(tuple(choice)) for choice in choices]


def guessed(*guesses: str) -> list[Vote]:
    return [Vote(estimate=Decimal(guess)) for guess in guesses]


def test_the_most_chosen_come_first_and_the_line_is_where_the_budget_ends():
    found = rank(BUDGET, chose("ac", "ac", "ad", "b", "c"))
    assert [(r.option.id, r.place, r.choosers, r.within) for r in found.ranked] == [
        ("c", 1, 3, True),
        ("a", 1, 3, True),
        ("d", 3, 1, False),
        ("b", 3, 1, False),
    ]
    assert (found.votes, found.used) == (5, 90)
    assert [option.id for option in found.below] == ["d", "b"]


def test_what_does_not_fit_is_passed_over_and_what_nobody_chose_stays_below():
    found = rank(BUDGET, chose("a", "a", "a", "b", "b", "d"))
    assert [(r.option.id, r.within) for r in found.ranked] == [
        ("a", True),
        ("b", False),
        ("d", True),
        ("c", False),
    ]


def test_the_share_of_the_krona_is_of_all_money_that_was_put_anywhere():
    found = {r.option.id: r for r in rank(BUDGET, chose("ac", "a")).ranked}
    assert (found["a"].money, found["c"].money, found["b"].money) == (120, 30, 0)
    assert (found["a"].share, found["c"].share) == (0.8, 0.2)


def test_a_tie_that_the_line_parts_is_told():
    found = rank(BUDGET, chose("a", "b"))
    assert [option.id for option in found.tied] == ["b", "a"]
    assert [option.id for option in found.within] == ["b"]
    assert rank(BUDGET, chose("ac", "ac")).tied == ()


def test_nobody_has_answered_yet():
    assert rank(BUDGET, []).within == ()
    assert rank(SCENARIO, []).within == rank(SCENARIO, []).tied == ()
    assert spread(GUESS, []) is None


def test_scenarios_with_as_many_votes_win_together():
    assert [o.id for o in rank(SCENARIO, chose("x", "y", "y")).within] == ["y"]
    tied = rank(SCENARIO, chose("x", "y", "y", "x"))
    assert [o.id for o in tied.within] == [o.id for o in tied.tied] == ["x", "y"]


def test_guesses_have_a_median_quartiles_and_those_that_came_near():
    found = spread(GUESS, guessed("100", "150", "190", "215", "1000"))
    assert (found.lowest, found.lower, found.median, found.upper, found.highest) == tuple(
        map(Decimal, (100, 150, 190, 215, 1000))
    )
    assert found.near == 2
    alone = spread(GUESS, guessed("7.5"))
    assert alone.lower == alone.median == alone.upper == Decimal("7.5")
    assert spread(GUESS, guessed("10", "20")).median == 15


@settings(max_examples=40)
@given(some.lists(some.sets(some.sampled_from("abcd"), min_size=1), max_size=20))
def test_whatever_is_chosen_the_room_stays_within_the_budget_and_every_vote_counts(choices):
    votes = [Vote(tuple(sorted(choice))) for choice in choices]
    found = rank(BUDGET, votes)
    assert found.used == sum(option.cost for option in found.within) <= 100
    assert sum(r.choosers for r in found.ranked) == sum(map(len, choices))
    assert {r.option.id for r in found.ranked} == set("abcd")
    assert rank(BUDGET, votes[::-1]) == found
    # Whatever was chosen and is not within has no room left when its turn comes.
    left = 100
    for each in found.ranked:
        if each.choosers and not each.within:
            assert each.option.cost > left
        left -= each.option.cost if each.within else 0


@settings(max_examples=40)
@given(some.lists(some.decimals(0, 1000, places=2), min_size=1, max_size=30))
def test_quartiles_lie_in_order_between_the_lowest_and_the_highest(guesses):
    found = spread(GUESS, [Vote(estimate=guess) for guess in guesses])
    assert found.lowest <= found.lower <= found.median <= found.upper <= found.highest
    assert found.votes == len(guesses)


@pytest.mark.parametrize(
    "poll",
    [
        replace(BUDGET, budget=None),
        replace(BUDGET, budget=0),
        replace(BUDGET, budget=59),
        replace(BUDGET, budget=160),
        replace(BUDGET, options=MEASURES[:1]),
        replace(BUDGET, options=MEASURES + MEASURES[:1]),
        replace(SCENARIO, options=tuple(Option(str(i), "") for i in range(MOST_OPTIONS + 1))),
        replace(GUESS, figure="weather"),
        replace(GUESS, answer=None),
        replace(GUESS, kind="gossip"),
    ],
)
def test_a_question_that_nobody_could_answer_is_not_put(poll):
    with pytest.raises(InvalidData):
        check_poll(poll)


def test_questions_that_can_be_answered_are_put_and_answered():
    for poll, votes in (
        (BUDGET, chose("ac")),
        (SCENARIO, chose("x")),
        (GUESS, guessed("0", "1000000000")),
    ):
        check_poll(poll)
        for vote in votes:
            check_vote(poll, vote)


def test_two_scenarios_are_no_answer():
    with pytest.raises(InvalidData, match="one scenario"):
        check_vote(SCENARIO, Vote(("x", "y")))

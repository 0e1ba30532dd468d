"""Questions to a room in the store: every answer counted once, none lost, no plan moved."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from model import commands, records, voting
from model.errors import InvalidData, NotFound
from model.poll import Option, Poll, Vote, rank
from model.store.connection import Store

OPTIONS = (Option("busses", "Elbussar", 60_00), Option("study", "Utredning", 50_00))
BUDGET = Poll("", "prov", 1, "budget", "plan=prov", OPTIONS, budget=100_00)
GUESS = Poll("", "prov", 1, "estimate", "plan=prov", figure="gap", answer=Decimal("12.5"))
PHONE = "a-phone-of-a-participant"


def phone(number: int) -> str:
    return f"phone-number-{number:04}"


@pytest.fixture
def asked(store, document):
    """The store with a plan and a question about its measures."""
    commands.create_plan(document, "Ada", store=store)
    return store, voting.open_poll(BUDGET, store=store)


def test_a_question_is_read_as_it_was_put(asked):
    store, poll_id = asked
    found = voting.the_poll(poll_id, store=store)
    assert replace(found, id="", opened_at=None) == BUDGET
    assert [each.id for each in voting.polls("prov", store=store)] == [poll_id]
    guess = voting.open_poll(GUESS, store=store)
    assert voting.the_poll(guess, store=store).answer == Decimal("12.5")


def test_sixty_phones_at_once_are_each_counted_once(tmp_path, document):
    store = Store.open(tmp_path / "room.duckdb")
    commands.create_plan(document, "Ada", store=store)
    poll_id = voting.open_poll(BUDGET, store=store)

    def answer(number: int) -> None:
        # Everybody answers twice, and half change their minds.
        voting.cast_vote(poll_id, phone(number), Vote(("busses",)), store=store)
        chosen = ("busses",) if number % 2 else ("study",)
        voting.cast_vote(poll_id, phone(number), Vote(chosen), store=store)

    with ThreadPoolExecutor(60) as room:
        list(room.map(answer, range(60)))
    poll, found = voting.votes(poll_id, store=store)
    assert len(found) == 60
    assert {each.option.id: each.choosers for each in rank(poll, found).ranked} == {
        "busses": 30,
        "study": 30,
    }
    store.close()
    again = Store.open(tmp_path / "room.duckdb")
    assert voting.votes(poll_id, store=again)[1] == found
    again.close()


def test_an_answer_is_on_disk_when_it_is_said_to_be_saved(tmp_path, document):
    path = tmp_path / "room.duckdb"
    script = (
        "import os, sys; from model import commands, voting;"
        "from model.store.connection import Store; from tests.store.test_polls import *;"
        "from model.rows import PlanDocument;"
        "s = Store.open(sys.argv[1]);"
        "commands.create_plan(PlanDocument.model_validate_json(sys.argv[2]), 'Ada', store=s);"
        "p = voting.open_poll(BUDGET, store=s);"
        "voting.cast_vote(p, PHONE, Vote(('study',)), store=s);"
        "voting.cast_vote(p, PHONE, Vote(('busses',)), store=s);"
        "print(p, flush=True); os._exit(1)"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, str(path), document.model_dump_json()],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    poll_id = died.stdout.strip()
    assert poll_id, died.stderr
    store = Store.open(path)
    assert voting.votes(poll_id, store=store)[1] == [Vote(("busses",))]
    store.close()


def test_an_answer_moves_no_plan_and_stands_in_no_journal(asked):
    store, poll_id = asked
    before = records.document("prov", store)
    voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    voting.close_poll(poll_id, store=store)
    assert records.document("prov", store) == before
    assert records.check(store) == []


@pytest.mark.parametrize(
    "vote",
    [
        Vote(),
        Vote(("busses", "study")),
        Vote(("another-plans-measure",)),
        Vote(("busses", "busses")),
        Vote(("busses",), Decimal(1)),
    ],
)
def test_an_answer_that_is_none_is_refused_and_leaves_the_earlier_one(asked, vote):
    store, poll_id = asked
    voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    with pytest.raises(InvalidData):
        voting.cast_vote(poll_id, PHONE, vote, store=store)
    assert voting.vote_of(poll_id, PHONE, store=store) == Vote(("study",))


@pytest.mark.parametrize("guess", [None, "-1", "1000000000.1", "NaN", "Infinity", "0.1234567"])
def test_a_guess_that_is_none_is_refused(asked, guess):
    store, _ = asked
    poll_id = voting.open_poll(GUESS, store=store)
    vote = Vote(estimate=guess and Decimal(guess))
    with pytest.raises(InvalidData):
        voting.cast_vote(poll_id, PHONE, vote, store=store)
    assert voting.votes(poll_id, store=store)[1] == []


def test_a_closed_question_takes_no_answer_and_keeps_those_it_has(asked):
    store, poll_id = asked
    voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    voting.close_poll(poll_id, store=store)
    closed_at = voting.the_poll(poll_id, store=store).closed_at
    for device in (PHONE, phone(1)):
        with pytest.raises(InvalidData, match="closed"):
            voting.cast_vote(poll_id, device, Vote(("busses",)), store=store)
    voting.close_poll(poll_id, store=store)
    assert voting.the_poll(poll_id, store=store).closed_at == closed_at
    assert voting.votes(poll_id, store=store)[1] == [Vote(("study",))]


def test_a_question_or_a_plan_that_is_not_there_is_said_to_be_none(asked):
    store, _ = asked
    for poll_id in ("nosuchon", "' OR 1=1 --", ""):
        with pytest.raises(NotFound):
            voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    with pytest.raises(NotFound):
        voting.open_poll(replace(BUDGET, plan_id="nosuch"), store=store)


@pytest.mark.parametrize(
    "token", ["", "short", "x" * 65, "a-phone-with-åäö-in-it", "x" * 20 + "\n"]
)
def test_a_device_that_we_did_not_name_is_refused(asked, token):
    store, poll_id = asked
    with pytest.raises(InvalidData):
        voting.cast_vote(poll_id, token, Vote(("study",)), store=store)


def test_what_is_kept_of_a_phone_is_another_thing_in_every_question(asked):
    store, first = asked
    second = voting.open_poll(BUDGET, store=store)
    for poll_id in (first, second):
        voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    with store.read() as cursor:
        kept = [device for (device,) in cursor.execute("SELECT device FROM vote").fetchall()]
    assert len(set(kept)) == 2
    assert PHONE not in kept


def test_a_question_is_removed_with_every_answer(asked):
    store, poll_id = asked
    voting.cast_vote(poll_id, PHONE, Vote(("study",)), store=store)
    voting.delete_poll(poll_id, store=store)
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM vote").fetchone() == (0,)
    assert voting.polls("prov", store=store) == []


def test_check_finds_an_answer_that_its_question_does_not_have(asked):
    store, poll_id = asked
    with store.write() as cursor:
        cursor.execute("INSERT INTO vote VALUES (?, 'x', ['other'], NULL)", [poll_id])
        cursor.execute("INSERT INTO vote VALUES ('gone', 'x', [], 5)")
    found = records.check(store)
    assert {(each.code, each.ref) for each in found} == {
        ("foreign_vote", poll_id),
        ("foreign_vote", "gone"),
    }

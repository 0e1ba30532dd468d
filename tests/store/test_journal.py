"""The journal is appended to and never altered, and shows it when it was."""

from datetime import UTC, datetime, timedelta

import pytest

from model import commands
from model.rows import Measure
from model.store import journal


@pytest.fixture
def written(store, document):
    """A store with four changes by three people."""
    commands.create_plan(document, "Ada", store=store)
    commands.save_measure("prov", Measure(id="tram", name="Spårväg"), 1, "Bo", store=store)
    commands.save_measure("prov", Measure(id="tram", name="Spårvagn"), 2, "Cy", store=store)
    commands.delete_measure("prov", "study", 3, "Bo", store=store)
    return store


def test_the_newest_change_comes_first_and_only_as_many_as_asked_for(written):
    with written.read() as cursor:
        assert [entry.seq for entry in journal.history(cursor, "prov")] == [4, 3, 2, 1]
        assert [entry.seq for entry in journal.history(cursor, "prov", limit=2)] == [4, 3]
        assert [entry.seq for entry in journal.entries(cursor, "prov")] == [1, 2, 3, 4]


def test_a_measures_history_holds_that_measure_alone(written):
    with written.read() as cursor:
        changes = journal.history(cursor, "prov", "study")
        assert [entry.command for entry in changes] == ["delete_measure", "create_plan"]
        assert changes[1].new == {"measures": {"study": {"id": "study", "name": "Utredning"}}}
        assert journal.history(cursor, "prov", "stu") == []
        assert journal.history(cursor, "annan") == []


def test_an_entry_says_when_in_utc(written):
    with written.read() as cursor:
        (entry,) = journal.history(cursor, "prov", limit=1)
    assert timedelta() <= datetime.now(UTC) - entry.changed_at < timedelta(minutes=1)


def test_an_untouched_chain_holds(written):
    with written.read() as cursor:
        assert journal.violations(cursor) == []


@pytest.mark.parametrize(
    ("tamper", "code", "ref"),
    [
        ("UPDATE journal SET who = 'Eve' WHERE seq = 2", "journal_broken", "journal/2"),
        ("UPDATE journal SET new = '{}' WHERE seq = 3", "journal_broken", "journal/3"),
        (
            "UPDATE journal SET changed_at = changed_at + INTERVAL 1 SECOND WHERE seq = 4",
            "journal_broken",
            "journal/4",
        ),
        ("UPDATE journal SET hash = repeat('a', 64) WHERE seq = 1", "journal_broken", "journal/1"),
        ("DELETE FROM journal WHERE seq = 2", "journal_gap", "journal/2"),
        ("DELETE FROM journal WHERE seq = 1", "journal_gap", "journal/1"),
    ],
)
def test_a_changed_or_lost_entry_shows(written, tamper, code, ref):
    with written.write() as cursor:
        cursor.execute(tamper)
    with written.read() as cursor:
        (violation,) = journal.violations(cursor)
    assert (violation.code, violation.ref) == (code, ref)

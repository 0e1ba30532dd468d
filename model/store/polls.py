"""Questions to a room and their answers, beside the plans: no answer raises a plan's version."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

from model.errors import NotFound
from model.money import to_kronor
from model.poll import Option, Poll, Vote
from model.store.queries import query
from model.store.tables import Cursor, insert


def insert_poll(cursor: Cursor, poll: Poll) -> None:
    """Write a question with what can be chosen; it is open from now."""
    row = {
        "poll_id": poll.id,
        "plan_id": poll.plan_id,
        "plan_version": poll.plan_version,
        "kind": poll.kind,
        "seen": poll.seen,
        "budget": None if poll.budget is None else to_kronor(poll.budget),
        "figure": poll.figure,
        "answer": poll.answer,
        "opened_at": _now(),
        "closed_at": None,
    }
    insert(cursor, "poll", [row])
    options = [
        {
            "poll_id": poll.id,
            "position": position,
            "option_id": option.id,
            "name": option.name,
            "cost": to_kronor(option.cost),
        }
        for position, option in enumerate(poll.options)
    ]
    insert(cursor, "poll_option", options)


def read_poll(cursor: Cursor, poll_id: str) -> Poll:
    """NotFound when there is none of that id."""
    row = cursor.execute(query("poll/polls"), {"poll": poll_id, "plan": None}).fetchone()
    if row is None:
        raise NotFound("There is no such question. Read the code on the screen again.")
    return _poll(cursor, row)


def read_polls(cursor: Cursor, plan_id: str) -> list[Poll]:
    """Every question that was put about a plan, the latest first."""
    rows = cursor.execute(query("poll/polls"), {"poll": None, "plan": plan_id}).fetchall()
    return [_poll(cursor, row) for row in rows]


def close_poll(cursor: Cursor, poll_id: str) -> None:
    """Take no more answers; one that is closed already keeps its time."""
    cursor.execute(
        "UPDATE poll SET closed_at = $now WHERE poll_id = $poll AND closed_at IS NULL",
        {"poll": poll_id, "now": _now()},
    )


def delete_poll(cursor: Cursor, poll_id: str) -> None:
    """Remove a question with every answer."""
    cursor.execute("DELETE FROM vote WHERE poll_id = $poll", {"poll": poll_id})
    cursor.execute("DELETE FROM poll_option WHERE poll_id = $poll", {"poll": poll_id})
    cursor.execute("DELETE FROM poll WHERE poll_id = $poll", {"poll": poll_id})


def cast(cursor: Cursor, poll_id: str, token: str, vote: Vote) -> None:
    """Write a device's answer instead of the one that it gave before."""
    bound = {"poll": poll_id, "device": _device(poll_id, token)}
    chosen = {"chosen": list(vote.chosen), "estimate": vote.estimate}
    cursor.execute(query("poll/cast"), bound | chosen)


def read_votes(cursor: Cursor, poll_id: str) -> list[Vote]:
    """Every device's answer, in no order that tells anything."""
    return _votes(cursor, poll_id, None)


def read_vote(cursor: Cursor, poll_id: str, token: str) -> Vote | None:
    """What a device has answered."""
    return next(iter(_votes(cursor, poll_id, _device(poll_id, token))), None)


def _votes(cursor: Cursor, poll_id: str, device: str | None) -> list[Vote]:
    rows = cursor.execute(query("poll/votes"), {"poll": poll_id, "device": device}).fetchall()
    return [Vote(tuple(chosen), _plain(estimate)) for chosen, estimate in rows]


def _poll(cursor: Cursor, row: tuple) -> Poll:
    poll_id, plan_id, version, kind, seen, budget, figure, answer, opened, closed = row
    options = cursor.execute(query("poll/options"), {"poll": poll_id}).fetchall()
    return Poll(
        id=poll_id,
        plan_id=plan_id,
        plan_version=version,
        kind=kind,
        seen=seen,
        options=tuple(Option(*option) for option in options),
        budget=budget,
        figure=figure,
        answer=_plain(answer),
        opened_at=opened.replace(tzinfo=UTC),
        closed_at=closed and closed.replace(tzinfo=UTC),
    )


def _device(poll_id: str, token: str) -> str:
    """What stands for a device in one poll, and cannot be found again in another."""
    return hashlib.sha256(f"{poll_id}:{token}".encode()).hexdigest()[:32]


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column's decimals leave behind."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

"""The entry for questions to a room: to put one, answer it, count, close it.

Answers are no changes of a plan: they raise no version and stand in no journal, but each is one
transaction on disk when the command returns. ``store`` is the store of the process unless another
is given. InvalidData and NotFound say what was wrong, and nothing is saved then.
"""

import secrets
from dataclasses import replace

from model.poll import Poll, Vote, check_device, check_poll, check_vote
from model.store import polls as stored
from model.store import read
from model.store.connection import Store
from model.store.connection import store as the_store

# Without signs that look alike, for whoever types the address.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 8


def open_poll(poll: Poll, *, store: Store | None = None) -> str:
    """Put a question; returns the id that was made for it. The one in ``poll`` says nothing.
    A question keeps the names and costs of the plan's version that it was asked in.
    """
    check_poll(poll)
    made = replace(poll, id="".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)))
    with (store or the_store()).write() as cursor:
        read.plan_head(cursor, poll.plan_id)
        stored.insert_poll(cursor, made)
    return made.id


def cast_vote(poll_id: str, device: str, vote: Vote, *, store: Store | None = None) -> None:
    """Answer. A second answer of the same device stands instead of the first, and counts once."""
    check_device(device)
    with (store or the_store()).write() as cursor:
        check_vote(stored.read_poll(cursor, poll_id), vote)
        stored.cast(cursor, poll_id, device, vote)


def close_poll(poll_id: str, *, store: Store | None = None) -> None:
    """Take no more answers. What was answered before is counted, what comes after is refused."""
    with (store or the_store()).write() as cursor:
        stored.read_poll(cursor, poll_id)
        stored.close_poll(cursor, poll_id)


def delete_poll(poll_id: str, *, store: Store | None = None) -> None:
    """Remove a question with every answer, for good."""
    with (store or the_store()).write() as cursor:
        stored.read_poll(cursor, poll_id)
        stored.delete_poll(cursor, poll_id)


def the_poll(poll_id: str, *, store: Store | None = None) -> Poll:
    """A question as it was put."""
    with (store or the_store()).read() as cursor:
        return stored.read_poll(cursor, poll_id)


def polls(plan_id: str, *, store: Store | None = None) -> list[Poll]:
    """Every question about a plan, the latest first."""
    with (store or the_store()).read() as cursor:
        return stored.read_polls(cursor, plan_id)


def votes(poll_id: str, *, store: Store | None = None) -> tuple[Poll, list[Vote]]:
    """A question with every answer to it, as they stand at one moment."""
    with (store or the_store()).read() as cursor:
        return stored.read_poll(cursor, poll_id), stored.read_votes(cursor, poll_id)


def vote_of(poll_id: str, device: str, *, store: Store | None = None) -> Vote | None:
    """What a device has answered, None when it has not."""
    with (store or the_store()).read() as cursor:
        return stored.read_vote(cursor, poll_id, device)


def new_device() -> str:
    """A token for a device that has none yet."""
    return secrets.token_urlsafe(18)

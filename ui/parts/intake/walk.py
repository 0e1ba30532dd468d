"""The walk with one workbook: its cells, what has been answered, and what it then says.

The session keeps it, so that going to another page and back finds everything again. The cells are
read once for each file; an answer only makes them understood anew. What was decided about a file is
kept for its next version too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from model import records
from model.errors import InvalidData, KlimatinvestError
from model.intake import guard, mapping
from model.intake.answers import NONE, Answers
from model.intake.decisions import Decisions, carried, decided
from model.intake.guard import base_name
from model.intake.mended import Mended, mend, mended, noted
from model.intake.reader import Workbook
from model.intake.reading import Reading, interpret
from ui import safe
from ui import state as view
from ui.i18n import _


@dataclass(frozen=True)
class Walk:
    """One workbook under way. ``workbook`` is as it came; ``same`` are the measures of the plan
    that rows of it were said to be, and ``gone`` those that are to be taken away.

    ``known_as`` are the names under which its decisions are kept: the fingerprint of its headings,
    and the name of the file. ``layout`` says who confirmed the layout that it began with, and when.
    """

    token: str
    name: str
    content: bytes
    sha256: str
    workbook: Workbook
    known_as: tuple[str, ...] = ()
    answers: Answers = NONE
    same: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    layout: records.Remembered | None = None

    @property
    def mended(self) -> tuple[Mended, ...]:
        """The cells that were mended here."""
        return mended(self.workbook, self.answers)


@dataclass(frozen=True)
class _Decided:
    """What is kept of a walk for the next version of its file."""

    decisions: Decisions
    same: Mapping[str, str]


def current() -> Walk | None:
    """The workbook under way, if there is one."""
    return view.kept("walk")


def begin(token: str, name: str, content: bytes) -> Walk:
    """Read a workbook and go on with what is known of it. KlimatinvestError when it cannot be.

    ``token`` tells one upload from another.
    """
    file = base_name(name)
    with st.spinner(_("Reading {file} …", file=safe.text(file))):
        workbook = guard.read(content, name)
        walk = Walk(token, file, content, hashlib.sha256(content).hexdigest(), workbook)
        plain = _understood(walk)
    fingerprint = "" if isinstance(plain, InvalidData) else plain.fingerprint
    walk = replace(walk, known_as=(*filter(None, [fingerprint]), file.casefold()))
    view.keep("walk-reading", ((token, NONE), plain))
    kept = view.kept("decisions", {})
    before = next((kept[name] for name in walk.known_as if name in kept), None)
    if before is not None:
        walk = replace(walk, answers=carried(before.decisions, workbook), same=before.same)
    elif fingerprint and (layout := records.remembered_layout(fingerprint)):
        walk = replace(walk, answers=_answers(layout), layout=layout)
    view.keep("walk", walk)
    return walk


def put_away() -> None:
    """Let go of the workbook. What was decided about it stays for its next version."""
    view.forget("walk")
    view.forget("walk-reading")


def say(path: Sequence[str | int], value: object) -> None:
    """Answer something, or with None take an answer back."""
    answer(current().answers.saying(path, value))


def answer(answers: Answers) -> None:
    """Go on with these answers."""
    _keep(replace(current(), answers=answers))


def place(measure: str, answer: str) -> None:
    """Say which measure of the plan a row is, or that it is new."""
    walk = current()
    _keep(replace(walk, same={**walk.same, measure: answer}))


def let_go(measures: Sequence[str]) -> None:
    """Say which measures of the plan are to be taken away with the import."""
    view.keep("walk", replace(current(), gone=frozenset(measures)))


def reading(walk: Walk) -> Reading:
    """What the workbook says with the answers that there are. InvalidData when nothing of it can be
    understood."""
    key = (walk.token, walk.answers)
    before = view.kept("walk-reading")
    if before is None or before[0] != key:
        with st.spinner(_("Understanding {file} …", file=safe.text(walk.name))):
            before = (key, _understood(walk))
        view.keep("walk-reading", before)
    if isinstance(before[1], InvalidData):
        raise before[1]
    return before[1]


def _understood(walk: Walk) -> Reading | InvalidData:
    try:
        found = interpret(
            mend(walk.workbook, walk.answers), walk.sha256, mapping.known(), walk.answers
        )
    except InvalidData as error:
        return error
    return replace(found, measures=noted(found.measures, walk.mended, _note))


def _note(change: Mended) -> str:
    return _(
        "Mended by hand: {ref} held “{before}” and was read as “{after}”.",
        ref=change.ref,
        before=change.before,
        after=change.after,
    )


def _keep(walk: Walk) -> None:
    """Go on, and remember what was decided for the next version of the file."""
    said = _Decided(decided(walk.answers, walk.workbook), walk.same)
    view.keep("walk", walk)
    view.keep("decisions", {**view.kept("decisions", {}), **dict.fromkeys(walk.known_as, said)})


def _answers(remembered: records.Remembered) -> Answers:
    """What a remembered layout says; nothing when this version of the program cannot read it."""
    try:
        return mapping.layout(remembered.content.encode(), remembered.name).answers
    except KlimatinvestError:
        return NONE

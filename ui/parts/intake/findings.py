"""The fifth step: what is wrong or has to be asked, where it is, and the means to mend it.

A question is answered where it stands, a wrong cell is mended where it stands, and the user's own
workbook can be had with every finding marked in its cell.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from model.errors import Violation
from model.intake.areas import Areas
from model.intake.flags import answered, filled
from model.intake.grouping import Group, grouped
from model.intake.marked import file_name
from model.intake.marked import mark as mark_cells
from model.intake.mended import mendable, place_of
from model.intake.reading import Reading
from ui import errors, safe
from ui import state as view
from ui.i18n import _, language, message, n_
from ui.parts import listing
from ui.parts.intake import ask, given, typed, words
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk

SHOWN = 8
ASK_SAME = "ask_same"


def status(found: Sequence[Violation]) -> str:
    """The step in a few words."""
    questions = sum(1 for each in found if each.severity == "error" and each.question)
    wrong = sum(1 for each in found if each.severity == "error" and not each.question)
    warnings = sum(1 for each in found if each.severity == "warning")
    said = [
        n_("{count} question", "{count} questions", questions) if questions else "",
        n_("{count} error", "{count} errors", wrong) if wrong else "",
        n_("{count} warning", "{count} warnings", warnings) if warnings else "",
    ]
    return ", ".join(filter(None, said)) or _("nothing to mend")


def show(walk: Walk, reading: Reading, found: Sequence[Violation]) -> None:
    """The findings by kind: questions, then errors, then warnings."""
    if not found:
        listing.text(_("Nothing is wrong, and nothing has to be asked."))
    for group in grouped(found):
        if group.severity == "error":
            _errors(walk, reading, group)
    warnings = [each for each in found if each.severity == "warning"]
    errors.violations(_short(walk, each) for each in warnings)
    for number, each in enumerate(warnings):
        if each.question is not None:
            _answer(walk, each, f"walk-{walk.token}-{each.code}-{each.ref}-{number}")
    given.show(walk, reading)
    if found:
        _marked(walk, found)


def place(walk: Walk, ref: str) -> str:
    """Where a finding is, without the workbook that stands above: ``Budget G6``."""
    return ref.removeprefix(f"{walk.name}!").replace("!", " ")


def _short(walk: Walk, found: Violation) -> Violation:
    return replace(found, ref=place(walk, found.ref))


def _errors(walk: Walk, reading: Reading, group: Group) -> None:
    """Errors of one kind: the first ones with a field each, the rest in a list."""
    open_, rest = group.findings[:SHOWN], group.findings[SHOWN:]
    for number, found in enumerate(open_):
        key = f"walk-{walk.token}-{found.code}-{found.ref}-{number}"
        _said(walk, found)
        if found.code == ASK_SAME:
            continue  # answered where the plan is compared with
        if found.question is not None:
            _answer(walk, found, key)
        if mendable(found):
            _mend(walk, reading, found, f"{key}-mend")
    if rest:
        with st.expander(n_("{count} more of this kind", "{count} more of this kind", len(rest))):
            errors.violations(_short(walk, each) for each in rest)


def _said(walk: Walk, found: Violation) -> None:
    where, text = safe.html(place(walk, found.ref)), safe.html(message(found))
    st.html(f'<p class="finding error"><code>{where}</code> {text}</p>')


def _answer(walk: Walk, found: Violation, key: str) -> None:
    """The choices of a question; where any value will do, a field."""
    question = found.question

    def take(choice: str) -> None:
        walks.answer(answered(walks.current().answers, filled(question.flag, choice)))

    label = _("Answer for {place}", place=safe.text(place(walk, found.ref)))
    if question.choices:
        st.radio(
            label,
            question.choices,
            format_func=lambda choice: safe.text(words.choice(choice)),
            index=None,
            horizontal=len(question.choices) < 5,
            **view.hearing(key, lambda choice: choice and take(choice)),
        )
    else:
        ask.text(label, key, "", take)


def _mend(walk: Walk, reading: Reading, found: Violation, key: str) -> None:
    """A field for what the cell should say."""
    title, address = _to_mend(walk, reading, found)
    unit = typed.unit_at(reading, walk, title, address)

    def take(text: str) -> None:
        if text:
            typed.check(text, unit)
            walks.say(("mended", title, address), text)

    label = _("What {place} should say", place=safe.text(f"{title} {address}"))
    ask.text(f"{label}, {unit}" if unit else label, key, "", take)


def _to_mend(walk: Walk, reading: Reading, found: Violation) -> tuple[str, str]:
    """The cell that another text would mend: of an amount without a name, the name's."""
    title, address = mendable(found)
    if found.code != "amount_without_name":
        return title, address
    sheet = next(sheet for sheet in walk.workbook.sheets if sheet.title == title)
    row, column = place_of(address)
    table = Areas(reading, sheet).table_at(row, column)
    name = table.column("name") if table else None
    return title, f"{name.letter}{row}" if name else address


def _marked(walk: Walk, found: Sequence[Violation]) -> None:
    """The user's own workbook with the cells marked, made when it is asked for."""
    st.download_button(
        _("Download your workbook with the cells marked"),
        lambda: mark_cells(walk.content, walk.name, found, message, language()),
        file_name=file_name(walk.name, walk.content, language()),
        key="marked",
        on_click="ignore",
        help=_("Each finding stands as a comment in its cell. Mend it there, and upload the file."),
    )

"""The answers that stand: what was said, and a button to take each back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from model.intake.answers import Answers, ColumnAnswer
from model.intake.reading import Reading
from ui import safe
from ui.i18n import _
from ui.parts.intake import typed, words
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk


@dataclass(frozen=True)
class Given:
    """One answer: where it stands among the answers, and what it says in words."""

    path: Sequence[str | int]
    says: str


def show(walk: Walk, reading: Reading) -> None:
    """Every answer about the workbook, each with its button."""
    listed = [*_all(walk, reading, walk.answers)]
    if not listed:
        return
    st.html(f'<h3 class="part">{safe.html(_("What you have said"))}</h3>')
    for number, given in enumerate(listed):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                _("Take back"),
                key=f"walk-{walk.token}-back-{number}",
                on_click=walks.say,
                args=(given.path, None),
                help=safe.text(given.says),
            )
            st.html(f'<p class="imported">{safe.html(given.says)}</p>')


def _all(walk: Walk, reading: Reading, answers: Answers) -> Iterator[Given]:
    whole = _("the whole workbook")
    for sheet, word in answers.units.items():
        yield Given(
            ("units", sheet),
            _("Unit in {sheet}: {unit}", sheet=sheet or whole, unit=words.choice(word)),
        )
    for currency, rate in answers.rates.items():
        figure = str(rate).replace(".", ",")
        yield Given(
            ("rates", currency), _("{rate} SEK for one {currency}", rate=figure, currency=currency)
        )
    for sheet, sign in answers.signs.items():
        yield Given(
            ("signs", sheet),
            _(
                "Expenditure in {sheet} is written {sign}",
                sheet=sheet or whole,
                sign=words.choice(sign),
            ),
        )
    for sheet, columns in answers.columns.items():
        for column, said in columns.items():
            yield Given(
                ("columns", sheet, column),
                _(
                    "The column {column} in {sheet} is: {meaning}",
                    column=column,
                    sheet=sheet or whole,
                    meaning=_column(said),
                ),
            )
    for sheet, rows in answers.headers.items():
        span = "–".join(map(str, dict.fromkeys(rows)))
        yield Given(
            ("headers", sheet), _("The heading of {sheet} is row {rows}", sheet=sheet, rows=span)
        )
    for sheet, read in answers.sheets.items():
        said = _("{sheet} is read") if read else _("{sheet} is not read")
        yield Given(("sheets", sheet), said.replace("{sheet}", sheet))
    for sheet, rows in answers.rows.items():
        for row, kind in rows.items():
            yield Given(
                ("rows", sheet, row),
                _("Row {row} in {sheet} is {kind}", row=row, sheet=sheet, kind=words.choice(kind)),
            )
    if answers.point:
        yield Given(
            ("point",), _("A single point in a number is {what}", what=words.choice(answers.point))
        )
    if answers.period:
        first, last = answers.period
        yield Given(
            ("period",),
            _("Amounts without a year are for {first} to {last}", first=first, last=last),
        )
    for change in walk.mended:
        unit = typed.unit_at(reading, walk, change.sheet, change.cell)
        yield Given(
            ("mended", change.sheet, change.cell),
            _(
                "{place} held “{before}”: {read}",
                place=f"{change.sheet} {change.cell}",
                before=change.before,
                read=typed.echo(change.after, unit),
            ),
        )


def _column(said: ColumnAnswer) -> str:
    parts = ["amount", str(said.year or ""), said.stage or "", said.flow or "expenditure"]
    return words.choice(":".join(parts) if said.role == "amount" else said.role)

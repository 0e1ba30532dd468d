"""The fourth step: in which unit the amounts are, and with which sign expenditure is written."""

from collections.abc import Mapping

import streamlit as st

from model.intake.answers import UNITS
from model.intake.flags import with_flag
from model.intake.reading import Reading
from model.intake.table import Table
from ui import safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts import listing
from ui.parts.intake import ask, words
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk
from ui.parts.listing import Term

_AS_FOUND = ""
_SIGNS = ("positive", "negative")


def status(reading: Reading) -> str:
    """The step in a few words: the units of the workbook."""
    found = [table.unit for table in reading.tables]
    named = dict.fromkeys(words.unit(unit) for unit in found if unit is not None)
    missing = found.count(None)
    asked = n_("{count} unit is missing", "{count} units are missing", missing) if missing else ""
    return ", ".join(filter(None, [*named, asked]))


def show(walk: Walk, reading: Reading) -> None:
    """Unit and sign of every sheet with a table, with their evidence, and what they are instead."""
    sheets: dict[str, list[Table]] = {}
    for table in reading.tables:
        sheets.setdefault(table.sheet.title, []).append(table)
    listing.terms(term for title, tables in sheets.items() for term in _evidence(title, tables))
    with st.expander(_("Correct units and signs")):
        if len(sheets) > 1:
            _fields(walk, "", _("the whole workbook"))
        for title in sheets:
            _fields(walk, title, safe.text(title))
    for currency in _foreign(reading):
        _rate(walk, currency)


def _evidence(title: str, tables: list[Table]) -> list[Term]:
    """What a sheet's unit and sign are, and what says so; each once."""
    said = dict.fromkeys(
        (
            _("not known") if table.unit is None else words.unit(table.unit),
            words.reason(table.unit_because),
            _sign(table),
            words.reason(table.sign_because),
        )
        for table in tables
    )
    return [
        Term(title, "; ".join(filter(None, [unit, sign])), [why, why_sign])
        for unit, why, sign, why_sign in said
    ]


def _sign(table: Table) -> str:
    """How expenditure is written; a ledger has amounts of both signs."""
    if table.shape == "lines":
        return ""
    return _("expenditure is negative") if table.flipped else _("expenditure is positive")


def _fields(walk: Walk, title: str, label: str) -> None:
    """The fields for a sheet, or for all of them."""
    left, right = st.columns(2, gap="medium")
    with left:
        _choice(walk, _("Unit in {sheet}", sheet=label), "units", title, walk.answers.units, UNITS)
    with right:
        _choice(
            walk,
            _("Expenditure in {sheet} is written", sheet=label),
            "signs",
            title,
            walk.answers.signs,
            _SIGNS,
        )


def _choice(
    walk: Walk, label: str, field: str, title: str, said: Mapping[str, str], options
) -> None:
    st.selectbox(
        label,
        [_AS_FOUND, *options],
        format_func=lambda option: words.choice(option) if option else _("as it was found"),
        **view.holding(
            f"walk-{walk.token}-{field}-{title}",
            said.get(title, _AS_FOUND),
            lambda chosen: walks.say((field, title), chosen or None),
        ),
    )


def _foreign(reading: Reading) -> list[str]:
    """The currencies other than kronor that the tables are in."""
    units = [table.unit for table in reading.tables]
    units += [column.unit for table in reading.tables for column in table.columns]
    return list(dict.fromkeys(unit.currency for unit in units if unit and unit.currency != "SEK"))


def _rate(walk: Walk, currency: str) -> None:
    standing = walk.answers.rates.get(currency)
    ask.text(
        _("Kronor for one {currency}, such as 11,30", currency=currency),
        f"walk-{walk.token}-rate-{currency}",
        "" if standing is None else str(standing).replace(".", ","),
        lambda typed: walks.answer(
            with_flag(walks.current().answers, "rate", f"{currency}={typed}")
        ),
    )

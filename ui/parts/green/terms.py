"""What the reports are made by, chosen beside the chart and kept in the address of the page.

What a framework's version says is not asked for; what it does not say is.
"""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from model.green_finance import frameworks_of, grid_factors
from model.green_result import MODES, GreenFinance, Terms
from model.reference import reference
from model.results import Result
from ui import safe
from ui import state as view
from ui.i18n import _, name
from ui.parts import listing

SCREENING = "screening"
VIEWS = (SCREENING, *MODES)
_LOOK_BACKS = ("12", "24", "36", "48", "60")
_DENOMINATORS = ("gross", "net_of_grants")
_PLAN = "plan"


def switch() -> str:
    """Which part of the page is looked at: the plan screened, or one of the modes."""
    labels = {
        SCREENING: _("Screen the plan"),
        "approved_projects": _("Kommuninvest"),
        "own_programme": _("Own programme"),
    }
    return st.segmented_control(
        _("Green finance by"),
        list(VIEWS),
        format_func=labels.__getitem__,
        required=True,
        **view.saying("mode", chosen()),
    )


def chosen() -> str:
    """The part of the page that the address names; the screening where it names none."""
    return _said("mode", VIEWS) or SCREENING


def of_the_address(mode: str, result: Result) -> Terms:
    """The terms that the address says, as far as there are such."""
    look_back = _said("lookback", _LOOK_BACKS)
    return Terms(
        on=date.fromisoformat(_said("on", _days(result)) or date.today().isoformat()),
        mode=mode,
        framework=_said("framework", tuple(frameworks_of(mode, reference()))),
        look_back_months=int(look_back) if look_back else None,
        denominator=_said("denominator", _DENOMINATORS) or None,
        grid_factor=_said("factor", (_PLAN, *grid_factors(reference()))),
    )


def choose(found: GreenFinance, result: Result) -> None:
    """The choices beside the chart, each written into the address."""
    terms, known = found.terms, reference()
    days = {"": _("today")} | {day: day for day in _days(result)}
    _pick("on", _("As of"), days, _said("on", _days(result)))
    versions = {key: name(each) for key, each in frameworks_of(terms.mode, known).items()}
    _pick("framework", _("Version of the framework"), versions, terms.framework)
    if found.framework.look_back_months is None:
        months = {"": _("unknown: nothing is left out")}
        months |= {each: _("{count} months", count=each) for each in _LOOK_BACKS}
        _pick("lookback", _("Look-back: what does the framework say?"), months, _said("lookback"))
    if found.framework.denominator is None:
        labels = {"gross": _("Gross expenditure"), "net_of_grants": _("Expenditure net of grants")}
        _pick("denominator", _("Denominator of shares"), labels, terms.denominator)
    factors = {_PLAN: _("The plan's own tonnes")}
    factors |= {key: name(known.assumptions[key]) for key in grid_factors(known)}
    _pick("factor", _("Electricity counted by"), factors, terms.grid_factor)
    listing.text(
        _(
            "A report is about what has happened: it is of the plan as it stands, whatever the "
            "scenario."
        )
    )


def _pick(parameter: str, label: str, words: Mapping[str, str], value: str) -> None:
    st.selectbox(
        label,
        list(words),
        format_func=lambda key: safe.line(words[key]),
        **view.saying(parameter, value),
    )


def _said(parameter: str, known: tuple[str, ...] = _LOOK_BACKS) -> str:
    """What the address says, where that is one of the known."""
    return next((each for each in view.said(parameter)[-1:] if each in known), "")


def _days(result: Result) -> tuple[str, ...]:
    """The last days of the plan's years, and of the base year."""
    head = result.base.head
    return tuple(f"{year}-12-31" for year in range(head.base_year, head.last_year + 1))

"""What emissions are counted as, and whose: words that purchases and budgets share."""

from collections.abc import Sequence

import streamlit as st

from model.forms import choices
from model.spend_emissions import Series
from ui import state as view
from ui.i18n import _


def label(series: Series) -> str:
    """``CO2e, konsumtion``."""
    return f"{_(choices.GASES[series.gas])}, {boundary(series.boundary)}"


def boundary(key: str) -> str:
    """What a boundary is called inside a sentence."""
    return {
        "territorial": _("in the municipality as a territory"),
        "consumption": _("by consumption"),
        "organisation": _("of the organisation"),
    }[key]


def department(name: str) -> str:
    """A department's name, or that none is stated."""
    return name or _("Department not stated")


def chosen(listed: Sequence[Series]) -> Series:
    """The series that the address says, or the first. ``listed`` is not empty."""
    said = "".join(view.said("series")[-1:])
    return next((each for each in listed if _key(each) == said), listed[0])


def choose(listed: Sequence[Series], standing: Series) -> None:
    """A choice between series where there are several."""
    if len(listed) < 2:
        return
    by_key = {_key(each): each for each in listed}
    st.selectbox(
        _("Counted as"),
        list(by_key),
        format_func=lambda key: label(by_key[key]),
        **view.saying("series", _key(standing)),
    )


def _key(series: Series) -> str:
    return f"{series.gas}-{series.boundary}"

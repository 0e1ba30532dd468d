"""What can be toggled beside a chart. Every toggle is in the address, and none of them writes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from model.reference import reference
from model.results import results
from model.scenario import (
    Adjustment,
    CalculationRate,
    CostFactor,
    Delay,
    PrivateShare,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
)
from ui import format as write
from ui import state as view
from ui.address import View
from ui.i18n import _, n_, name
from ui.state import State

TOGGLES = ("delay", "cost", "sources", "success", "private", "rate", "measures")


def panel(state: State, toggles: tuple[str, ...] = TOGGLES) -> None:
    """Draw the named toggles under each other, showing what the address says.

    Sources are those that the plan has money from, seeks, or is thought of for; measures all.
    """
    for toggle in toggles:
        _DRAW[toggle](state)


def _delay(state: State) -> None:
    _slider(
        state,
        "delay",
        _("Later start, all measures"),
        range(11),
        lambda years: Delay(years=years or 1),
        lambda delay: delay.years,
        lambda years: n_("{count} year", "{count} years", years),
        unchanged=0,
    )


def _cost(state: State) -> None:
    def text(percent: int) -> str:
        sign = "+" if percent > 0 else ""
        return sign + write.percent(percent / 100)

    _slider(
        state,
        "cost",
        _("What is not yet spent costs"),
        range(-50, 105, 5),
        lambda percent: CostFactor(factor=1 + percent / 100),
        lambda cost: round((cost.factor - 1) * 100),
        text,
        unchanged=0,
    )


def _private(state: State) -> None:
    _slider(
        state,
        "private",
        _("Private share of measures with several owners"),
        (None, *range(0, 105, 5)),
        lambda percent: PrivateShare(share=(percent or 0) / 100),
        lambda private: round(private.share * 100),
        lambda percent: _("as planned") if percent is None else write.percent(percent / 100),
        unchanged=None,
    )


def _rate(state: State) -> None:
    _slider(
        state,
        "rate",
        _("Calculation rate, real"),
        (None, *range(0, 85, 5)),
        lambda tenths: CalculationRate(rate=(tenths or 0) / 1000),
        lambda rate: round(rate.rate * 1000),
        lambda tenths: _("as planned") if tenths is None else write.percent(tenths / 1000, 1),
        unchanged=None,
    )


def _sources(state: State) -> None:
    def off(seen: View, chosen: list[str]) -> View:
        kept = seen.without(*(SourceOff(source=key) for key in reference().funding))
        return kept.toggled(*(SourceOff(source=key) for key in chosen))

    closed = [t.source for t in state.view.toggles if isinstance(t, SourceOff)]
    options = list(dict.fromkeys([*_plan_sources(state), *closed]))
    if not options:
        return
    st.multiselect(
        _("Sources that give nothing new"),
        options,
        format_func=_source_name,
        placeholder=_("None"),
        **view.bound("sources-off", closed, off),
    )


def _success(state: State) -> None:
    for source in _plan_sources(state, "applied"):
        _slider(
            state,
            f"success-{source}",
            _("Applications to {source} that succeed", source=_source_name(source)),
            (None, *range(0, 105, 5)),
            lambda percent, source=source: SuccessRate(
                source=source, probability=(percent or 0) / 100
            ),
            lambda success: round(success.probability * 100),
            lambda percent: _("as planned") if percent is None else write.percent(percent / 100),
            unchanged=None,
        )


def _measures(state: State) -> None:
    tags = results(state.plan_id).base.tags
    names = dict(zip(tags["id"].tolist(), tags["name"].tolist(), strict=True))

    def one(measure: str) -> SwitchOff:
        return SwitchOff(where=Where(tags={"id": (measure,)}))  # type: ignore[arg-type]

    def off(seen: View, chosen: list[str]) -> View:
        return seen.without(*map(one, names)).toggled(*map(one, chosen))

    st.multiselect(
        _("Measures not carried out"),
        list(names),
        format_func=names.__getitem__,
        placeholder=_("None"),
        **view.bound("measures-off", [m for m in names if state.view.about(one(m))], off),
    )


_DRAW: dict[str, Callable[[State], None]] = {
    "delay": _delay,
    "cost": _cost,
    "sources": _sources,
    "success": _success,
    "private": _private,
    "rate": _rate,
    "measures": _measures,
}


def _slider(
    state: State,
    key: str,
    label: str,
    steps: Any,
    adjustment: Callable[[Any], Adjustment],
    value: Callable[[Any], Any],
    text: Callable[[Any], str],
    *,
    unchanged: Any,
) -> None:
    """A slider over ``steps`` that sets ``adjustment(step)``, or nothing where ``unchanged``.

    An address may say a value between the steps: it becomes a step of its own.
    """

    def set_(seen: View, chosen: Any) -> View:
        if chosen == unchanged:
            return seen.without(adjustment(chosen))
        return seen.toggled(adjustment(chosen))

    standing = state.view.about(adjustment(unchanged))
    chosen = unchanged if standing is None else value(standing)
    known = [step for step in steps if step is not None]
    options = sorted({*known, *([] if chosen is None else [chosen])})
    st.select_slider(
        label,
        [*([None] if None in steps else []), *options],
        format_func=text,
        **view.bound(key, chosen, set_),
    )


def _plan_sources(state: State, *statuses: str) -> list[str]:
    """The sources of the plan's grants, of these statuses or of any, in the order of the files."""
    grants = results(state.plan_id, state.base).plan.grants
    chosen = np.isin(grants.status, statuses) if statuses else slice(None)
    found = set(grants.source[chosen].tolist())
    return [key for key in reference().funding if key in found]


def _source_name(key: str) -> str:
    entry = reference().funding.get(key)
    return name(entry) if entry else key

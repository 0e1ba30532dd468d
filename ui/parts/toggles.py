"""What can be toggled beside a chart. Every toggle is in the address, and none of them writes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from model.reference import reference
from model.report import words
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
from ui import safe
from ui import state as view
from ui.address import View
from ui.i18n import _, language, n_, name
from ui.parts import effects as effect
from ui.state import State

EVERYWHERE = Where()
TOGGLES = ("delay", "cost", "sources", "success", "private", "rate", "measures")


TAGS = ("sector", "owner_kind", "department", "district")
# More sources than this are chosen from a list.
SWITCHES = 8


def panel(
    state: State,
    toggles: tuple[str, ...] = TOGGLES,
    *,
    where: Where = EVERYWHERE,
    effects: bool = False,
) -> None:
    """Draw the named toggles under each other, showing what the address says.

    Sources are those that the plan seeks or is thought of for; measures all.
    ``where`` is which measures a delay and a cost are about. With ``effects`` each toggle says on
    itself what it does to the gap of the reading, and is put back by a button of its own.
    """
    for toggle in toggles:
        _DRAW[toggle](_Panel(state, where, effects))


@dataclass(frozen=True)
class _Panel:
    """What is toggled, of which measures, and whether each toggle says what it does."""

    state: State
    where: Where
    effects: bool

    def label(self, text: str, *toggled: Adjustment) -> str:
        """What a widget is called, with what these adjustments of its do. ``text`` is escaped."""
        if not (self.effects and toggled):
            return text
        return f"{text}: {effect.brief(self.state, *toggled)}"


def about(state: State) -> Where:
    """Which measures the address says that a delay and a cost are about."""
    said = _said_about()
    return _where(said) if said and said in _choices(state) else EVERYWHERE


def more(state: State) -> None:
    """What is toggled seldom, folded away: applications, shares, what is about some of the
    measures, for a plan may have thousands to choose from, and the rate, which moves no gap. Open
    where the address says it.
    """
    seldom = {"success_rate", "private_share", "calculation_rate"}
    said = bool(_said_about() or view.said("source")) or any(
        each.do in seldom or (each.do == "switch_off" and each.where.tags)
        for each in state.view.toggles
    )
    with st.expander(_("More toggles"), expanded=said, key="more", on_change="rerun") as folded:
        if folded.open:
            _which(state)
            panel(state, ("measures", "success", "private", "rate"), effects=True)


def _which(state: State) -> None:
    """Choose which measures a delay and a cost are about; the choice stands in the address."""
    choices = {"": _("All measures")} | _choices(state)
    said = _said_about()
    st.selectbox(
        _("Later start and cost are about"),
        list(choices),
        format_func=choices.get,
        **view.saying("for", said if said in choices else ""),
    )


def _said_about() -> str:
    return "".join(view.said("for")[-1:])


def _choices(state: State) -> dict[str, str]:
    """What measures can be picked out by: a tag's value or a measure's id, as plain text."""
    plan = results(state.plan_id).base
    tags = {
        f"{tag}:{value}": f"{_(words.TAGS[tag]).capitalize()}: "
        + safe.line(words.tag(tag, value, language(), plan))
        for tag in TAGS
        for value in sorted(set(plan.tags[tag].tolist()) - {""})
    }
    measures = zip(plan.tags["id"].tolist(), plan.tags["name"].tolist(), strict=True)
    return tags | {f"id:{key}": safe.line(title) for key, title in measures}


def _where(choice: str) -> Where:
    tag, _colon, value = choice.partition(":")
    return Where(tags={tag: (value,)})  # type: ignore[arg-type]


def _delay(panel: _Panel) -> None:
    _slider(
        panel,
        "delay",
        _about(_("Later start"), panel),
        range(11),
        lambda years: Delay(years=years or 1, where=panel.where),
        lambda delay: delay.years,
        lambda years: n_("{count} year", "{count} years", years),
        unchanged=0,
    )


def _cost(panel: _Panel) -> None:
    def text(percent: int) -> str:
        sign = "+" if percent > 0 else ""
        return sign + write.percent(percent / 100)

    _slider(
        panel,
        "cost",
        _about(_("What is not yet spent costs"), panel),
        range(-50, 105, 5),
        lambda percent: CostFactor(factor=1 + percent / 100, where=panel.where),
        lambda cost: round((cost.factor - 1) * 100),
        text,
        unchanged=0,
    )


def _private(panel: _Panel) -> None:
    mixed, state = PrivateShare(share=0), panel.state
    shared = mixed.where.mask(results(state.plan_id).base).any()
    if not (shared or state.view.about(mixed)):
        return
    _slider(
        panel,
        "private",
        _("Private share of measures with several owners"),
        (None, *range(0, 105, 5)),
        lambda percent: PrivateShare(share=(percent or 0) / 100),
        lambda private: round(private.share * 100),
        lambda percent: _("as planned") if percent is None else write.percent(percent / 100),
        unchanged=None,
    )


def _rate(panel: _Panel) -> None:
    _slider(
        panel,
        "rate",
        _("Calculation rate, real"),
        (None, *range(0, 85, 5)),
        lambda tenths: CalculationRate(rate=(tenths or 0) / 1000),
        lambda rate: round(rate.rate * 1000),
        lambda tenths: _("as planned") if tenths is None else write.percent(tenths / 1000, 1),
        unchanged=None,
    )


def sources(state: State) -> list[str]:
    """The sources that can be toggled: those that the plan seeks or is thought of for, and those
    that are off already. Keys of ``data/funding``."""
    off = [each.source for each in state.view.toggles if isinstance(each, SourceOff)]
    return list(dict.fromkeys([*_plan_sources(state, "applied", "idea"), *off]))


def _sources(panel: _Panel) -> None:
    state = panel.state
    closed = [each for each in state.view.toggles if isinstance(each, SourceOff)]
    off_now = [each.source for each in closed]
    options = sources(state)
    if not options:
        st.caption(_("No grant is applied for or thought of, so no source can be toggled."))
    elif panel.effects and len(options) <= SWITCHES:
        for source in options:
            _switch(panel, source)
    else:

        def off(seen: View, chosen: list[str]) -> View:
            kept = seen.without(*(SourceOff(source=key) for key in reference().funding))
            return kept.toggled(*(SourceOff(source=key) for key in chosen))

        st.multiselect(
            panel.label(_("Sources that give nothing new"), *closed),
            options,
            format_func=_source_name,
            placeholder=_("None"),
            **view.bound("sources-off", off_now, off),
        )


def _switch(panel: _Panel, source: str) -> None:
    off = SourceOff(source=source)
    on = off in panel.state.view.toggles

    def set_(seen: View, chosen: bool) -> View:
        return seen.toggled(off) if chosen else seen.without(off)

    st.toggle(
        panel.label(_("Without {source}", source=safe.text(_source_name(source))), *[off] * on),
        **view.bound(f"without-{source}", on, set_),
    )


def _success(panel: _Panel) -> None:
    state = panel.state
    sources = _plan_sources(state, "applied")
    if not sources:
        return
    said = "".join(view.said("source")[-1:])
    toggled = [t.source for t in state.view.toggles if isinstance(t, SuccessRate)]
    shown = [source for source in (said, *toggled, *sources) if source in sources]
    source = st.selectbox(
        _("Applications to"),
        sources,
        format_func=_source_name,
        **view.saying("source", shown[0]),
    )
    _slider(
        panel,
        f"success-{source}",
        _("Applications to {source} that succeed", source=_source_name(source)),
        (None, *range(0, 105, 5)),
        lambda percent: SuccessRate(source=source, probability=(percent or 0) / 100),
        lambda success: round(success.probability * 100),
        lambda percent: _("as planned") if percent is None else write.percent(percent / 100),
        unchanged=None,
    )


def _measures(panel: _Panel) -> None:
    state = panel.state
    choices = _choices(state)

    def off(chosen: str) -> SwitchOff:
        return SwitchOff(where=_where(chosen))

    def set_(seen: View, chosen: list[str]) -> View:
        return seen.without(*map(off, choices)).toggled(*map(off, chosen))

    chosen = [choice for choice in choices if state.view.about(off(choice))]
    st.multiselect(
        panel.label(_("Measures not carried out"), *map(off, chosen)),
        list(choices),
        format_func=choices.get,
        placeholder=_("None"),
        **view.bound("measures-off", chosen, set_),
    )


def _about(label: str, panel: _Panel) -> str:
    """A toggle's label, with which measures it is about where that is not all of them."""
    if not panel.where.tags:
        return label
    plan = results(panel.state.plan_id).base
    return safe.text(f"{label}, {words.where(panel.where, language(), plan)}")


_DRAW: dict[str, Callable[[_Panel], None]] = {
    "delay": _delay,
    "cost": _cost,
    "sources": _sources,
    "success": _success,
    "private": _private,
    "rate": _rate,
    "measures": _measures,
}


def _slider(
    panel: _Panel,
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

    standing = panel.state.view.about(adjustment(unchanged))
    chosen = unchanged if standing is None else value(standing)
    known = [step for step in steps if step is not None]
    options = sorted({*known, *([] if chosen is None else [chosen])})
    toggled = [] if standing is None else [standing]
    with _with_reset(panel, key, toggled):
        st.select_slider(
            panel.label(label, *toggled),
            [*([None] if None in steps else []), *options],
            format_func=text,
            **view.bound(key, chosen, set_),
        )


@contextmanager
def _with_reset(panel: _Panel, key: str, toggled: Sequence[Adjustment]) -> Iterator[None]:
    """A widget, and beside it the button that takes back what it does. The style sheet keeps room
    for the button, so that nothing moves under the hand."""
    if not panel.effects:
        yield
        return
    with st.container(key=f"slide-{key}"):
        yield
        if toggled:
            st.button(
                _("Reset"),
                key=f"reset-{key}",
                type="tertiary",
                on_click=view.untoggle,
                args=tuple(toggled),
            )


def _plan_sources(state: State, *statuses: str) -> list[str]:
    """The sources of the plan's grants of these statuses, in the order of the files."""
    grants = results(state.plan_id, state.base).plan.grants
    found = set(grants.source[np.isin(grants.status, statuses)].tolist())
    return [key for key in reference().funding if key in found]


def _source_name(key: str) -> str:
    entry = reference().funding.get(key)
    return name(entry) if entry else key

"""The scenario as chips: each adjustment in words, removed with a click. And the readings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from model.reference import reference
from model.results import results
from model.scenario import AS_IS, Adjustment, Where
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, n_, name
from ui.state import State


@dataclass(frozen=True)
class Reading:
    """One way of reading the gap: its name, and what it counts as covered."""

    label: str
    meaning: str


def readings() -> dict[str, Reading]:
    """The four readings, from the firm to the hopeful."""
    return {
        "secured": Reading(_("Secured"), _("granted and decided money")),
        "planned": Reading(_("Planned"), _("and the budget's plan years")),
        "expected": Reading(_("Expected"), _("and the mean over what is applied for")),
        "best_case": Reading(_("Best case"), _("and every application and idea")),
    }


def row(state: State) -> None:
    """Every adjustment of the view as a chip; none when the plan is as it is."""
    chips = [(describe(adjustment, state), adjustment) for adjustment in state.view.toggles]
    if not (chips or state.base.adjustments):
        return
    with st.container(key="chips", horizontal=True, gap="small"):
        if state.base.adjustments:
            _chip("base", _base(state), _leave_scenario)
        for number, (text, adjustment) in enumerate(chips):
            _chip(str(number), text, view.untoggle, adjustment)


def describe(adjustment: Adjustment, state: State) -> str:
    """What an adjustment does, in words. May hold what a person typed."""
    known = reference()

    def source() -> str:
        entry = known.funding.get(adjustment.source)
        return name(entry) if entry else adjustment.source

    match adjustment.do:
        case "switch_off":
            return _("{what} not carried out", what=_what(adjustment.where, state))
        case "delay":
            return n_(
                "{what} {count} year later",
                "{what} {count} years later",
                adjustment.years,
                what=_what(adjustment.where, state),
            )
        case "cost_factor":
            dearer = adjustment.factor - 1
            words = {
                "what": _what(adjustment.where, state),
                "percent": write.percent(abs(round(dearer, 6)), _decimals(dearer)),
            }
            if dearer < 0:
                return _("{what} {percent} cheaper", **words)
            return _("{what} {percent} dearer", **words)
        case "source_off":
            return _("Nothing new from {source}", source=source())
        case "success_rate":
            return _(
                "{percent} of applications to {source} succeed",
                percent=write.percent(adjustment.probability, _decimals(adjustment.probability)),
                source=source(),
            )
        case "private_share":
            return _(
                "{percent} private of {what}",
                percent=write.percent(adjustment.share, _decimals(adjustment.share)),
                what=_what(adjustment.where, state).lower(),
            )
        case "calculation_rate":
            return _(
                "Calculation rate {percent}",
                percent=write.percent(adjustment.rate, _decimals(adjustment.rate)),
            )
        case "seek_maximum":
            return _(
                "{source} at its maximum, {percent} of applications succeed",
                source=source(),
                percent=write.percent(adjustment.probability, _decimals(adjustment.probability)),
            )


def _chip(key: str, text: str, remove, *args) -> None:
    st.button(
        safe.text(text),
        key=f"chip-{key}",
        help=_("Take this out of the scenario"),
        icon=":material/close:",
        icon_position="right",
        wrap=True,
        on_click=remove,
        args=args,
    )


def _base(state: State) -> str:
    """What the chosen scenario does: its adjustments, each said once."""
    said = dict.fromkeys(describe(adjustment, state) for adjustment in state.base.adjustments)
    return "; ".join(said)


def _leave_scenario() -> None:
    view.change(lambda seen: replace(seen, scenario=AS_IS.id, reading=""))


def _what(where: Where, state: State) -> str:
    """The measures that an adjustment is about."""
    if not where.tags:
        return _("All measures")
    return ", ".join(
        "/".join(_value(tag, value, state) for value in values) for tag, values in where.tags
    )


def _value(tag: str, value: str, state: State) -> str:
    known = reference()
    if tag == "id":
        return _measure(value, state)
    if tag == "owner_kind":
        return {
            "public": _("Public measures"),
            "private": _("Private measures"),
            "mixed": _("Measures with several owners"),
        }.get(value, value)
    entries: Mapping = {
        "sector": known.sectors,
        "owner": known.owners,
        "readiness": known.readiness,
        "green_category": known.green_categories,
    }.get(tag, {})
    return name(entries[value]) if value in entries else value


def _measure(measure_id: str, state: State) -> str:
    """A measure's name; its id where the plan has no such measure."""
    tags = results(state.plan_id).base.tags
    found = dict(zip(tags["id"], tags["name"], strict=True))
    return str(found.get(measure_id, measure_id))


def _decimals(share: float) -> int:
    """No decimal where the percentage is whole."""
    return 0 if round(share * 100, 6) == round(share * 100) else 1

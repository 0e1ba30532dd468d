"""*Villkor*: what a choice must keep to besides its budget, each said in the address.

What stands there is written as on the command line (:mod:`model.optimise.conditions`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from model.errors import InvalidData
from model.optimise.conditions import EACH, NAMES, keeping
from model.optimise.goal import GATHERED, Bound, Goal, SourceLimit
from model.reference import reference
from model.report import words as terms
from model.results import Result
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, language, mark, message, n_

KINDS = {
    "capacity": mark("At most for a department, district, sector or owner"),
    "minimum": mark("At least for a department, district, sector or owner"),
    "earliest": mark("Earliest start of a measure"),
    "excludes": mark("Two measures that exclude each other"),
    "requires": mark("A measure that needs another"),
    "cap": mark("At most from a source"),
    "self_financing": mark("Self-financing of investments, at least"),
}
# What an amount may be in, and how that is written after it.
UNITS = {"": mark("MSEK"), " st": mark("measures"), " t": mark("tonnes")}
TAGS = {
    "department": mark("Department or company"),
    "district": mark("District or locality"),
    "sector": mark("Sector"),
    "owner": mark("Owner"),
    "green_category": mark("Green category"),
}


@dataclass(frozen=True)
class Condition:
    """One of ``NAMES`` and what the address says of it; ``refused`` where that cannot be."""

    name: str
    said: str
    refused: InvalidData | None = None


def of_the_address(goal: Goal, result: Result) -> tuple[Goal, tuple[Condition, ...]]:
    """The goal with what the address says that it must keep to, and each of that."""
    found = []
    for name in NAMES:
        for said in dict.fromkeys(view.said(name)):
            try:
                goal = _with(goal, name, said, result)
                found.append(Condition(name, said))
            except InvalidData as error:
                found.append(Condition(name, said, error))
    return goal, tuple(found)


def show(
    goal: Goal, standing: tuple[Condition, ...], result: Result, first: Callable[[], None]
) -> None:
    """What stands, each with a click to take it away, and the fields for one more.

    ``first`` draws the fields that stand before them.
    """
    with st.expander(_("Conditions"), expanded=bool(standing) or _first_said()):
        first()
        _standing(standing, result)
        _another(goal, len(standing), result)


def _first_said() -> bool:
    """Whether the address says something of the fields before the conditions."""
    return any(view.said(name) for name in ("must", "never", "free", "ceiling"))


def words(condition: Condition, result: Result) -> str:
    """A condition as a sentence. May hold what a person typed."""
    plan = result.plan
    names = dict(zip(plan.tags["id"].tolist(), plan.tags["name"].tolist(), strict=True))
    bare = Goal(int(plan.years.min(initial=0)), int(plan.years.max(initial=0)))
    try:
        goal = keeping(bare, {condition.name: [condition.said]})
    except InvalidData:
        return condition.said
    for bound in goal.at_most:
        return _bound(bound, condition.said, plan, most=True)
    for bound in goal.minimum:
        return _bound(bound, condition.said, plan, most=False)
    for key, year in goal.earliest:
        return _("{measure}: not before {year}", measure=names.get(key, key), year=year)
    for one, other in goal.excludes:
        pair = {"one": names.get(one, one), "other": names.get(other, other)}
        return _("Not both {one} and {other}", **pair)
    for one, other in goal.requires:
        pair = {"one": names.get(one, one), "other": names.get(other, other)}
        return _("{one} needs {other}", **pair)
    for limit in goal.sources:
        return _source(limit, condition.said)
    return _(
        "Self-financing at least {share} every year",
        share=write.percent(float(goal.self_financing or 0)),
    )


def _with(goal: Goal, name: str, said: str, result: Result) -> Goal:
    """The goal with one condition more; InvalidData where it cannot be."""
    more = keeping(goal, {name: [said]})
    more.check(result.plan)
    known = reference().funding
    for limit in more.sources:
        if limit.source not in known:
            raise InvalidData(
                "“{found}” is no {name} of a goal: expected one of {choices}.",
                found=limit.source,
                name="source",
                choices=", ".join(known),
            )
    return more


def _bound(bound: Bound, said: str, plan, *, most: bool) -> str:
    if bound.measured == "need":
        amount = write.money(int(bound.amount), zero="0")
    elif bound.measured == "tonnes":
        amount = write.tonnes(bound.amount)
    else:
        amount = n_("{count} measure", "{count} measures", round(bound.amount))
    where = terms.tag(bound.tag, bound.value, language(), plan)
    when = _when(said, bound.year)
    if most:
        return _("{where}: at most {amount} {when}", where=where, amount=amount, when=when).strip()
    return _("{where}: at least {amount} {when}", where=where, amount=amount, when=when).strip()


def _source(limit: SourceLimit, said: str) -> str:
    most = limit.total if limit.total is not None else limit.by_year[0][1]
    return _(
        "{where}: at most {amount} {when}",
        where=terms.tag("source", limit.source, language()),
        amount=write.money(most, zero="0"),
        when=_when(said, limit.by_year[0][0] if limit.by_year else 0),
    ).strip()


def _when(said: str, year: int) -> str:
    if f"@{EACH}=" in said:
        return _("every year")
    return str(year) if year else _("in all")


def _standing(standing: tuple[Condition, ...], result: Result) -> None:
    with st.container(key="conditions", horizontal=True, gap="small"):
        for number, condition in enumerate(standing):
            st.button(
                safe.text(words(condition, result)),
                key=f"condition-{number}",
                help=_("Take this condition away"),
                icon=":material/close:",
                icon_position="right",
                wrap=True,
                on_click=_take_away,
                args=(condition,),
            )
    for condition in standing:
        if condition.refused is not None:
            st.html(
                f'<p class="echo wrong" role="alert">{safe.html(message(condition.refused))}</p>'
            )


def _take_away(condition: Condition) -> None:
    view.say(**{condition.name: [s for s in view.said(condition.name) if s != condition.said]})


def _another(goal: Goal, count: int, result: Result) -> None:
    kind = st.selectbox(
        _("Add a condition"),
        NAMES,
        index=None,
        format_func=lambda name: _(KINDS[name]),
        placeholder=_("Choose what it is about"),
        key=f"condition-kind-{count}",
    )
    if kind is None:
        return
    said = _FIELDS[kind](goal, count, result)
    if not st.button(_("Add it"), key="condition-add") or said is None:
        return
    try:
        _with(goal, kind, said, result)
    except InvalidData as error:
        st.html(f'<p class="echo wrong" role="alert">{safe.html(message(error))}</p>')
        return
    view.say(**{kind: [*view.said(kind), said]})
    st.rerun()


def _about_tag(goal: Goal, count: int, result: Result) -> str | None:
    tags = result.plan.tags
    gathered = [
        (tag, str(value))
        for tag in GATHERED
        for value in sorted(set(tags[tag].tolist()) - {""}, key=str.casefold)
    ]
    chosen = st.selectbox(
        _("Of what"),
        gathered,
        format_func=lambda of: safe.line(
            f"{_(TAGS[of[0]])}: {terms.tag(*of, language(), result.plan)}"
        ),
        key=f"condition-tag-{count}",
    )
    amount, unit = st.columns(2)
    with amount:
        typed = _amount(_("Amount"), count)
    with unit:
        after = st.selectbox(
            _("Counted in"),
            UNITS,
            format_func=lambda unit: _(UNITS[unit]),
            key=f"condition-unit-{count}",
        )
    when = _years(goal, count)
    return chosen and f"{chosen[0]}:{chosen[1]}{when}={typed}{after}"


def _earliest(goal: Goal, count: int, result: Result) -> str:
    measure = _measure(_("Measure"), "one", count, result)
    year = st.selectbox(_("Not before"), list(goal.years), key=f"condition-year-{count}")
    return f"{measure}={year}"


def _two(one: str, other: str):
    def fields(goal: Goal, count: int, result: Result) -> str:
        left = _measure(_(one), "one", count, result)
        return f"{left}={_measure(_(other), 'other', count, result)}"

    return fields


def _cap(goal: Goal, count: int, result: Result) -> str:
    known = reference().funding
    ours = set(result.plan.grants.source.tolist())
    listed = [key for key in known if key in ours]
    listed += [key for key, each in known.items() if each.kind == "grant" and key not in ours]
    source = st.selectbox(
        _("Source of money"),
        listed,
        format_func=lambda key: safe.line(terms.tag("source", key, language())),
        key=f"condition-source-{count}",
    )
    typed = _amount(_("At most, MSEK"), count)
    return f"{source}{_years(goal, count)}={typed}"


def _self_financing(goal: Goal, count: int, result: Result) -> str:
    typed = st.text_input(
        _("At least, per cent every year"), key=f"condition-amount-{count}", placeholder="80"
    )
    return f"{typed.strip().removesuffix('%').strip()} %"


def _amount(label: str, count: int) -> str:
    return st.text_input(label, key=f"condition-amount-{count}", placeholder="12,5").strip()


def _years(goal: Goal, count: int) -> str:
    label: Mapping = {"": _("In all"), f"@{EACH}": _("Every year")}
    return st.selectbox(
        _("When"),
        [*label, *(f"@{year}" for year in goal.years)],
        format_func=lambda when: label.get(when, when[1:]),
        key=f"condition-when-{count}",
    )


def _measure(label: str, which: str, count: int, result: Result) -> str:
    tags = result.plan.tags
    titles = dict(zip(tags["id"].tolist(), tags["name"].tolist(), strict=True))
    return st.selectbox(
        label,
        list(titles),
        format_func=lambda key: safe.line(titles[key]),
        key=f"condition-{which}-{count}",
    )


_FIELDS: Mapping[str, Callable[[Goal, int, Result], str | None]] = {
    "capacity": _about_tag,
    "minimum": _about_tag,
    "earliest": _earliest,
    "excludes": _two(mark("One measure"), mark("The other measure")),
    "requires": _two(mark("The measure"), mark("Needs")),
    "cap": _cap,
    "self_financing": _self_financing,
}

"""The measures of a plan as a list to filter, sort and open, with the sums of what is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from model.formatting import capitalise
from model.measures import Filter, Line, Sums, lines, sums, tonnes
from model.reference import reference
from model.report import answers, words
from model.report.answers import GROUP
from model.results import Result
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, language, mark, n_
from ui.parts import empty, headline, listing
from ui.parts import table as tables
from ui.parts.headline import Figure
from ui.parts.table import Link, Mark, Row, Table
from ui.state import State

# What the address calls each filter, which is the tag that it is about.
_TAGS = {
    "sectors": "sector",
    "owner_kinds": "owner_kind",
    "departments": "department",
    "districts": "district",
    "readiness": "readiness",
}
_SHOWS = mark("Measures with their investment need")
# A browser draws so many rows at once; there is a link to all of them.
_ROWS = 300
_LARGEST_FIRST = ("need", "range", "covered", "gap", "one_off", "tonnes")


def show(result: Result, state: State) -> None:
    """Answer, filters, list and sums."""
    every = lines(result, state.reading)
    kept = _filter()
    shown = [line for line in every if kept.keeps(line)]
    whole = sums(result, state.reading, every)
    headline.show(
        _sentence(result, every, whole),
        _figures(result, every, whole) if result.base.size[1] else [],
        tag=_("example") if result.plan.head.example else "",
        notes=answers.caveats(result, state.reading, language()),
    )
    if not result.base.size[1]:
        empty.no_measures(in_scenario=False)
        return
    if every:
        _filters(every, kept)
    _say_shown(result, every, shown, kept)
    if shown:
        _list(result, every, shown, state)


def _sentence(result: Result, every: Sequence[Line], whole: Sequence[Sums]) -> str:
    """How many measures, how many of them without an amount, and what the group lacks."""
    if not result.base.size[1]:
        return _("Begin with the investment budget that you already have, or with one measure")
    unknown = sum(not line.known for line in every)
    group = next((part for part in whole if part.actor_group == GROUP), None)
    said = n_("{count} measure", "{count} measures", len(every))
    if unknown:
        said = _("{measures}, {unknown} without an amount", measures=said, unknown=unknown)
    if group and group.gap:
        gap = write.money(group.gap, lower_bound=group.from_below)
        said = _(
            "{measures}: {gap} is missing in those of the municipal group", measures=said, gap=gap
        )
    if not result.scenario.changes:
        return said
    return f"{words.scenario(result.scenario, language())}: {said}"


def _figures(result: Result, every: Sequence[Line], whole: Sequence[Sums]) -> list[Figure]:
    """What each actor group needs, and what the measures do."""
    figures = [
        Figure(
            _money(part.need, part),
            _("Need, {who}", who=_(words.ACTOR_GROUPS[part.actor_group]).lower()),
            n_("{count} measure", "{count} measures", part.measures),
        )
        for part in whole
    ]
    if every:
        yearly = tonnes(result, every).yearly
        figures.append(
            Figure(
                write.tonnes(yearly.mid or None, lower_bound=yearly.from_below),
                _("Lower emissions a year"),
                _("where it is said to be every year"),
            )
        )
    return figures


def _money(amount: int, part: Sums) -> str:
    if part.unknown == part.measures:
        return write.unknown()
    return write.money(amount, lower_bound=part.at_least(amount))


def _filter() -> Filter:
    """The filter that the address says."""
    only = view.said("only")
    return Filter(
        **{name: view.said(tag) for name, tag in _TAGS.items()},
        text=" ".join(view.said("find")),
        with_gap="gap" in only,
        without_amount="unknown" in only,
    )


def _filters(every: Sequence[Line], kept: Filter) -> None:
    """One line of filters; those that are chosen from lists open from it."""
    only = {"gap": _("with a gap"), "unknown": _("without an amount")}
    chosen = sum(bool(getattr(kept, name)) for name in _TAGS)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Search for name, department or number"),
            width=320,
            **view.saying("find", kept.text),
        )
        with st.popover(_("Filter") + (f" ({chosen})" if chosen else "")):
            for name, tag in _TAGS.items():
                if tag != "district" or kept.districts or any(line.district for line in every):
                    _choose(every, tag, getattr(kept, name))
        st.pills(
            _("Only those"),
            list(only),
            selection_mode="multi",
            format_func=only.get,
            **view.saying("only", [key for key in only if key in view.said("only")]),
        )
        if kept != Filter():
            nothing = dict.fromkeys(("find", "only", *_TAGS.values()), "")
            st.button(_("Show all"), key="show-all", on_click=view.say, kwargs=nothing)


def _choose(every: Sequence[Line], tag: str, chosen: tuple[str, ...]) -> None:
    """A filter over the values that the plan has, and those chosen before."""
    st.multiselect(
        capitalise(_(words.TAGS[tag])),
        sorted({getattr(line, tag) for line in every} | set(chosen), key=_order(tag)),
        format_func=lambda value: safe.line(words.tag(tag, value, language())),
        placeholder=_("All"),
        **view.saying(tag, list(chosen)),
    )


def _order(tag: str) -> Callable[[str], tuple]:
    """By name, readiness in its own order, what is not known last."""
    stages = list(reference().readiness)
    if tag == "readiness":
        return lambda value: (value not in stages, value in stages and stages.index(value))
    return lambda value: (value == "", words.tag(tag, value, language()).casefold())


def _say_shown(result: Result, every: Sequence[Line], shown: Sequence[Line], kept: Filter) -> None:
    """How many of the measures are listed, and what to do when it is none."""
    said = []
    if kept != Filter() and shown:
        said.append(_("Showing {shown} of {all} measures.", shown=len(shown), all=len(every)))
    away = result.base.size[1] - result.plan.size[1]
    if away:
        said.append(
            n_(
                "{count} measure is not carried out in this scenario.",
                "{count} measures are not carried out in this scenario.",
                away,
            )
        )
    if every and not shown:
        said.append(_("No measure fits. Take away a filter, or search for something else."))
    listing.text(" ".join(said))


def _list(result: Result, every: Sequence[Line], shown: Sequence[Line], state: State) -> None:
    """The list with its sums. A name leads to its measure, a heading sorts by what it heads."""
    columns = _columns(every)
    by = next((key for key in view.said("sort")[-1:] if key.lstrip("-") in columns), "")
    parts = sums(result, state.reading, shown)
    ordered = _sorted(shown, columns.get(by.lstrip("-")), backwards=by[:1] == "-")
    drawn = ordered if view.said("all") else ordered[:_ROWS]
    tables.show(
        Table(
            caption=answers.subtitle(result, state.reading, language(), _SHOWS),
            columns=[_heading(key, column.title, by) for key, column in columns.items()],
            rows=[[column.text(line) for column in columns.values()] for line in drawn],
            parts=[_part(part, columns) for part in parts] if len(parts) > 1 else [],
            total=_total(result, parts, shown, columns),
            text=frozenset(i for i, column in enumerate(columns.values()) if not column.figure),
        )
    )
    if len(drawn) < len(shown):
        _say_more(len(drawn), len(shown))
    _say_rest(result, parts, shown)


def _say_more(drawn: int, shown: int) -> None:
    """That the list goes on, and a link to all of it."""
    said = _("The first {drawn} are listed; the sums hold all {shown}.", drawn=drawn, shown=shown)
    link = safe.html(view.saying_too(all="yes"))
    st.html(f'<p>{safe.html(said)} <a href="{link}">{safe.html(_("List all of them"))}</a></p>')


@dataclass(frozen=True)
class _Column:
    """A column of the list: its cell, and what it is sorted by (None comes last)."""

    title: str
    text: Callable[[Line], str]
    order: Callable[[Line], object]
    figure: bool = True


def _columns(every: Sequence[Line]) -> dict[str, _Column]:
    """The columns by what the address calls them; those that would be empty are left out."""

    def tagged(tag: str, title: str) -> _Column:
        order = _order(tag)

        def text(line: Line) -> str:
            return words.tag(tag, getattr(line, tag), language())

        def by(line: Line) -> object:
            return order(getattr(line, tag)) if getattr(line, tag) else None

        return _Column(title, text, by, figure=False)

    def amount(title: str, name: str, unknown: str = "") -> _Column:
        def text(line: Line) -> str:
            value = getattr(line, name)
            if value is None or not line.known:
                return "" if value is None else unknown
            return write.mnkr(value, lower_bound=line.lower_bound and value > 0)

        return _Column(title, text, lambda line: getattr(line, name) if line.known else None)

    columns = {
        "name": _Column(
            _("Measure"),
            lambda line: Link(line.name, view.saying_too(measure=line.id)),
            lambda line: line.name.casefold(),
            figure=False,
        ),
        "department": tagged("department", _("Department or company")),
        "district": tagged("district", _("District or locality")),
        "owner": tagged("owner", _("Owner")),
        "readiness": tagged("readiness", _("Readiness")),
        "need": amount(_("Need"), "mid", write.unknown()),
        "range": _Column(_("Range"), _range, lambda line: line.high - line.low or None),
        "covered": amount(_("Covered"), "covered"),
        "gap": amount(_("Missing"), "gap", write.unknown()),
        "one_off": amount(_("One-off operating"), "one_off"),
        "tonnes": _Column(_("Tonnes a year"), _tonnes, lambda line: line.tonnes),
        "green": _Column(
            _("Green"),
            lambda line: Mark(_("green")) if line.green_category else "",
            lambda line: line.green_category or None,
            figure=False,
        ),
    }
    empty = {
        "district": not any(line.district for line in every),
        "range": all(line.low == line.high for line in every),
        "one_off": not any(line.one_off for line in every),
        "green": not any(line.green_category for line in every),
    }
    return {key: column for key, column in columns.items() if not empty.get(key)}


def _heading(key: str, title: str, by: str) -> Link:
    """A heading that sorts by its column, a second time the other way round."""
    first, second = (f"-{key}", key) if key in _LARGEST_FIRST else (key, f"-{key}")
    arrow = {key: " ↑", f"-{key}": " ↓"}.get(by, "")
    return Link(title + arrow, view.saying_too(sort=second if by == first else first))


def _sorted(shown: Sequence[Line], column: _Column | None, *, backwards: bool) -> list[Line]:
    """In the plan's own order, or by a column with what is not known last."""
    if column is None:
        return list(shown)
    known = [line for line in shown if column.order(line) is not None]
    rest = [line for line in shown if column.order(line) is None]
    return sorted(known, key=column.order, reverse=backwards) + rest


def _range(line: Line) -> str:
    """Low to high, where they differ."""
    return "" if line.low == line.high else f"{write.mnkr(line.low)}–{write.mnkr(line.high)}"


def _tonnes(line: Line) -> str:
    """Tonnes a year; what comes once, or does not say which, says so."""
    if line.tonnes is None:
        return write.unknown()
    figure = write.number(line.tonnes, 0 if line.tonnes >= 10 or line.tonnes == 0 else 1)
    if line.basis == "once":
        return _("{tonnes} once", tonnes=figure)
    return _("{tonnes} unclear", tonnes=figure) if line.basis == "unclear" else figure


def _part(part: Sums, columns: Mapping[str, _Column]) -> Row:
    """The sums of one actor group. The gap is the municipal group's alone."""
    cells = {
        "name": _(words.ACTOR_GROUPS[part.actor_group]),
        "department": n_("{count} measure", "{count} measures", part.measures),
        "owner": _("{count} without an amount", count=part.unknown) if part.unknown else "",
        "need": _sum(part.need, [part]),
        "covered": write.mnkr(part.covered),
        "gap": _sum(part.gap, [part]) if part.actor_group == GROUP else "",
        "one_off": write.mnkr(part.one_off),
    }
    return [cells.get(key, "") for key in columns]


def _total(
    result: Result, parts: Sequence[Sums], shown: Sequence[Line], columns: Mapping[str, _Column]
) -> Row:
    """The sums of everything listed."""
    if len(parts) == 1:
        (only,) = parts
        cells = dict(zip(columns, _part(only, columns), strict=True))
        cells["name"] = _("Sum, {who}", who=cells["name"].lower())
    else:
        unknown = sum(not line.known for line in shown)
        cells = {
            "name": _("All actors together"),
            "department": n_("{count} measure", "{count} measures", len(shown)),
            "owner": _("{count} without an amount", count=unknown) if unknown else "",
            "need": _sum(sum(part.need for part in parts), parts),
            "covered": write.mnkr(sum(part.covered for part in parts)),
            "one_off": write.mnkr(sum(part.one_off for part in parts)),
        }
    yearly = tonnes(result, shown).yearly
    cells["tonnes"] = write.at_least(write.number(yearly.mid), yearly.from_below)
    return [cells.get(key, "") for key in columns]


def _sum(amount: int, parts: Sequence[Sums]) -> str:
    if all(part.unknown == part.measures for part in parts):
        return write.unknown()
    return write.mnkr(amount, lower_bound=amount > 0 and any(part.from_below for part in parts))


def _say_rest(result: Result, parts: Sequence[Sums], shown: Sequence[Line]) -> None:
    """What the sums do not hold, and what a missing amount is called where."""
    said = []
    if any(part.actor_group != GROUP for part in parts):
        said.append(
            _(
                "What is missing is counted for the municipal group only: a financing gap does "
                "not apply to other actors."
            )
        )
    effect = tonnes(result, shown)
    if effect.unclear.mid:
        said.append(
            _(
                "The sum of tonnes holds what is said to come every year. Besides, {tonnes} do "
                "not say whether they come every year or once.",
                tonnes=write.tonnes(effect.unclear.mid),
            )
        )
    if said:
        st.html("".join(f'<p class="chart-source">{safe.html(line)}</p>' for line in said))

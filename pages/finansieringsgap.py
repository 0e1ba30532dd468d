"""Financing gap: when and where money is missing, and which money pays the rest."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from model.palette import COVER, GAP
from model.report import EXPORTS, answers, file_name, titles
from model.report.answers import GROUP
from model.report.lines import Line, behind, lines, waiting
from model.report.separated import gap_csv
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.i18n import _, mark, n_
from ui.parts import (
    chart,
    empty,
    figures,
    gap_charts,
    gap_tables,
    headline,
    listing,
    table,
    toggles,
)

# By what, and what the chart then shows.
BY = {
    "year": mark("The municipal group's investment need by what covers it"),
    "sector": mark("The municipal group's need, cover and gap by sector"),
    "department": mark("The municipal group's need, cover and gap by department and company"),
    "district": mark("The municipal group's need, cover and gap by district or locality"),
    "owner": mark("The municipal group's need, cover and gap by owner"),
    "readiness": mark("The municipal group's need, cover and gap by how far decisions have come"),
    "source": mark("What covers the municipal group's need, by source of money"),
    "actor_group": mark("From the municipal group's need to its gap"),
}
WIDTHS = (3, 1)
OTHERS = ("other", "shared")
BESIDE = mark("What others need to invest, which is no financing gap of the municipality's")

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def main() -> None:
    headline.show(
        answers.gap_title(result, reading, language),
        figures.of_group(result, reading) if result.base.size[1] else [],
        tag=_("example") if head.example else "",
        notes=answers.caveats(result, reading, language),
    )
    if not result.plan.size[1]:
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    wide, narrow = st.columns(WIDTHS, gap="large")
    with narrow:
        by, everyone = choices()
    own = lines(result, by, reading, language)
    others = needs_beside(by) if everyone else {}
    top = max((line.need for shown in (own, *others.values()) for line in shown), default=0)
    with wide:
        behind_pick = the_group(by, own, top)
    behind_pick()
    if own:
        table.show(
            gap_tables.table(
                by, own, _("{shows}, MSEK", shows=_(BY[by])), answers.figures(result, reading)
            )
        )
    if everyone:
        the_others(by, others, top)
    else:
        listing.text(" ".join(f"{each}." for each in answers.beside(result, reading, language)))
    in_time()
    take_along(by)


def choices() -> tuple[str, bool]:
    """By what the gap is shown, and whether everyone's need is; both stand in the address."""
    districts = result.base.says("district")
    by = {
        "year": _("Year"),
        "sector": _("Sector"),
        "department": _("Department and company"),
        **({"district": _("District or locality")} if districts else {}),
        "owner": _("Owner"),
        "readiness": _("Readiness"),
        "source": _("Source of money"),
        "actor_group": _("From need to gap"),
    }
    whose = {"group": _("The municipal group's"), "all": _("Everyone's, each apart")}
    chosen = one_of("by", _("Show by"), by)
    everyone = one_of("whose", _("Whose need"), whose) == "all"
    toggles.panel(state, ("cost", "delay"))
    return chosen, everyone


def one_of(name: str, label: str, options: dict[str, str]) -> str:
    """A choice of this page's own, the first one unless the address says another."""
    said = view.said(name)[-1:]
    chosen = said[0] if said and said[0] in options else next(iter(options))
    return st.radio(label, list(options), format_func=options.get, **view.saying(name, chosen))


def needs_beside(by: str) -> dict[str, tuple[Line, ...]]:
    """Other actors' lines and those of what is shared; by year where money has no other key."""
    key = "year" if by in ("source", "actor_group") else by
    return {group: lines(result, key, reading, language, group) for group in OTHERS}


def the_group(by: str, own: tuple[Line, ...], top: int) -> Callable[[], None]:
    """The group's need against its cover. Returns what draws the measures behind what is picked."""
    drawn = gap_charts.of_group(by, own, top)
    if drawn is None:
        return nothing_to_draw
    title = titles.of_chart(result, by, reading, own, language)
    picked = place(drawn, title, BY[by], f"gap-{by}")
    if picked is None:
        return lambda: None
    key, status = gap_charts.picked_of(by, picked)
    return partial(measures_behind, by, key, status, GROUP, drawn.picks[picked[0]])


def the_others(by: str, others: dict[str, tuple[Line, ...]], top: int) -> None:
    """What others need, drawn on the group's scale in a panel of its own."""
    key = "year" if by in ("source", "actor_group") else by
    drawn = gap_charts.of_others(key, others, top)
    if drawn is None:
        listing.text(answers.need_title(result, reading, language))
        return
    # As wide as the group's chart: the two are on one scale.
    with st.columns(WIDTHS, gap="large")[0]:
        title = answers.need_title(result, reading, language)
        picked = place(drawn, title, BESIDE, f"beside-{key}")
    if picked:
        for group in [picked[1]] if picked[1] else others:
            measures_behind(key, picked[0], "", group, drawn.picks[picked[0]])
    table.show(
        gap_tables.needs(
            key,
            others,
            _("{shows}, MSEK", shows=_(BESIDE)),
            {group: answers.figures(result, reading, group) for group in others},
        )
    )


def place(drawn: gap_charts.Drawn, title: str, shows: str, key: str) -> chart.Pick | None:
    """A chart with its words."""
    words = chart.Words(
        title,
        answers.subtitle(result, reading, language, shows),
        head.source or _("unknown"),
        drawn.alt,
    )
    return chart.place(drawn.figure, words, key=key, meanings=drawn.meanings, picks=drawn.picks)


def measures_behind(by: str, key: str, status: str, group: str, label: str) -> None:
    """The measures behind a bar, or behind the picked part of it, with their cells."""
    found = behind(result, by, key, reading, group, status)
    if not found:
        return
    part = ""
    if status in COVER:
        part = _(COVER[status].word)
    elif by == "source":
        part = label
    what = (
        label
        if not status or by == "actor_group"
        else f"{label}, {_((COVER | {'gap': GAP})[status].word).lower()}"
    )
    caption = n_(
        "{what}: {count} measure, MSEK", "{what}: {count} measures, MSEK", len(found), what=what
    )
    table.show(gap_tables.behind(found, caption, part))


def nothing_to_draw() -> None:
    """No need of the group's is known: say which measures are waiting for an amount."""
    unknown = [m for m in behind(result, "actor_group", GROUP, reading) if m.need is None]
    if not unknown:
        listing.text(_("The municipal group has no investment need in this scenario."))
        return
    empty.show(
        _("No amount is known for any of the municipal group's measures."),
        _("Enter what they cost, and the gap shows here."),
        page="atgarder",
        link=_("Go to Measures"),
    )
    table.show(gap_tables.behind(unknown, _("Measures without an amount, MSEK")))


def in_time() -> None:
    """Money that comes late, and money that meets no need: said where there is any."""
    found = waiting(result, reading, language)
    if not any(amount for _year, amount in found.liquidity):
        return
    listing.heading(_("Money over time"))
    listing.text(
        _(
            "What has been needed so far and not been paid by money that has come, at the end of "
            "each year. It is the same money year after year and is never summed."
        ),
        *(
            [_("Grants left over: {amount}.", amount=write.money(found.surplus))]
            if found.surplus
            else []
        ),
        *(
            [_("Appropriations that lapse: {amount}.", amount=write.money(found.lapsed))]
            if found.lapsed
            else []
        ),
    )
    table.show(gap_tables.liquidity(found, _("The municipal group's liquidity need, MSEK")))


def take_along(by: str) -> None:
    """The table as a text file, everything as a workbook, and slides. Written when asked for."""
    labels = {".xlsx": _("Excel with formulas"), ".pptx": _("Slides")}
    csv = "source" if by == "source" else by
    chart.offer(
        "gap",
        [
            chart.Download(
                _("Table as CSV"),
                file_name(result, reading, f"-{csv}.csv", language),
                partial(gap_csv, result, csv, reading, language),
            ),
            *(
                chart.Download(
                    label,
                    file_name(result, reading, suffix, language),
                    partial(EXPORTS[suffix], result, reading, language),
                )
                for suffix, label in labels.items()
            ),
        ],
    )


main()

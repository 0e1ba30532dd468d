"""Every kind of chart once, with the plan's own figures: what it answers and how it is read."""

import streamlit as st

from model.results import results
from ui import frame, safe, theme
from ui import state as view
from ui.charts import key as colours
from ui.i18n import _, n_
from ui.parts import chart, empty, gallery, headline, listing
from ui.parts import table as tables


def page() -> None:
    count = len(gallery.KINDS)
    headline.show(
        n_("{count} kind of chart, drawn alike", "{count} kinds of charts, drawn alike", count),
        tag=_("example") if state.plan.example else "",
        notes=[
            _(
                "Each can be saved as a picture (PNG or SVG) with its title, source, scenario and "
                "reading. The slides under Reports have charts that can be edited."
            )
        ],
    )
    listing.heading(_("What form and colour mean"))
    listing.terms(gallery.forms())
    st.html(theme.of_markup(colours.html(gallery.MEANINGS, heard=True)))
    listing.text(
        _(
            "Colours are told apart also by who does not see red and green, and no meaning rests "
            "on colour alone."
        )
    )
    if result.plan.size[1]:
        for key in gallery.GROUPS[chosen()][1]:
            show(key, gallery.KINDS[key])
    else:
        empty.no_measures(in_scenario=bool(result.base.size[1]))
    listing.heading(_("All kinds"))
    tables.show(gallery.table())


def chosen() -> str:
    """Which charts are open; the address says so."""
    said = "".join(view.said("kinds")[-1:])
    return st.segmented_control(
        _("Show charts of"),
        list(gallery.GROUPS),
        format_func=lambda key: _(gallery.GROUPS[key][0]),
        required=True,
        **view.saying("kinds", said if said in gallery.GROUPS else next(iter(gallery.GROUPS))),
    )


def show(key: str, kind: gallery.Kind) -> None:
    listing.heading(f"{_(kind.name)}: {_(kind.asks)}", key)
    listing.text(_(kind.read))
    picture = kind.draw(result, state)
    if picture.figure is None:
        st.html(f'<div class="empty"><p>{safe.html(picture.missing)}</p></div>')
    else:
        chart.place(picture.figure, picture.words, key=f"kind-{key}", meanings=picture.meanings)
    frame.link(kind.page, _("To the page with its table: {page}", page=frame.title(kind.page)))


state = frame.require()
result = results(state.plan_id, state.scenario)
page()

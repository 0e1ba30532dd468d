"""Published figures: what can be recomputed of them, what does not agree, and why."""

import streamlit as st

from model.palette import VERDICTS
from model.published import reproduction
from ui import frame
from ui import state as view
from ui.charts import published as charts
from ui.i18n import _, n_, name
from ui.parts import chart, empty, headline, listing
from ui.parts import published as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure


def page() -> None:
    headline.show(
        n_(
            "{recomputed} of {all} published figures can be recomputed; {count} does not agree",
            "{recomputed} of {all} published figures can be recomputed; {count} do not agree",
            found.counts["differs"],
            recomputed=found.recomputed,
            all=len(found.rows),
        ),
        figures(),
        notes=[_("Recomputed with the dashboard's own calculations; no plan is moved by it")],
    )
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with drawn:
        the_chart()
    the_figures()
    the_contradictions()
    the_examples()


def figures() -> list[Figure]:
    inputs = sum(row.reason == "input" for row in found.rows)
    counted = [
        Figure(str(found.counts[key]), words.verdict(key), meaning=VERDICTS[key])
        for key in ("agrees", "differs")
    ]
    return [
        *counted,
        Figure(
            str(found.counts["cannot"]),
            words.verdict("cannot"),
            _("of which {count} are what others start from", count=inputs),
            VERDICTS["cannot"],
        ),
        Figure(str(len(found.contradictions)), _("contradictions in the documents")),
    ]


def choices() -> None:
    st.selectbox(
        _("Document"),
        ["", *publications],
        format_func=lambda key: name(publications[key]) if key else _("All documents"),
        **view.saying("document", document),
    )
    st.radio(
        _("Outcome"),
        [*VERDICTS, "all"],
        format_func=lambda key: _("All") if key == "all" else words.verdict(key),
        **view.saying("verdict", verdict),
    )
    listing.text(
        _(
            "A figure agrees when the difference is no more than what printing rounded away. What "
            "was never published cannot be recomputed, and nothing is filled in for it."
        )
    )


def the_chart() -> None:
    names, counts = zip(*words.by_publication(found), strict=True)
    worst = max(zip(names, counts, strict=True), key=lambda each: each[1]["differs"])
    chart.place(
        charts.figure(names, counts),
        Words(
            _(
                "Most that does not agree is in {name}: {differs} of {all} figures",
                name=worst[0],
                differs=worst[1]["differs"],
                all=sum(worst[1].values()),
            ),
            _("Published figures by document, number"),
            _("the documents named in the table"),
            charts.describe(names, counts),
        ),
        key="published",
        meanings=VERDICTS.values(),
    )
    tables.folded(words.counts(found))


def the_figures() -> None:
    listing.heading(_("The figures"))
    rows = [
        row
        for row in found.rows
        if (not document or row.publication.key == document) and verdict in ("all", row.verdict)
    ]
    if not rows:
        empty.show(
            _("No figure of this document has that outcome."),
            _("Choose another outcome or all documents."),
        )
        return
    caption = n_("{count} figure as published", "{count} figures as published", len(rows))
    tables.show(words.figures(rows, caption))
    started = words.inputs(rows)
    if started:
        listing.text(_("What each is recomputed from:"))
        listing.entries(started)


def the_contradictions() -> None:
    shown = words.contradictions(found, [document] if document else publications)
    if shown.rows:
        listing.heading(_("Where the documents contradict themselves"))
        tables.show(shown)


def the_examples() -> None:
    listing.heading(_("Worked examples"))
    listing.text(
        _(
            "Our own examples: an investment of 10 MSEK that saves 0.9 MSEK a year for 20 years at "
            "3.5%, to be followed by hand, recomputed by the same calculations."
        )
    )
    tables.folded(words.figures(found.worked, _("Worked examples")))


state = frame.require(plan=False)
found = reproduction()
publications = words.publications(found)
said = "".join(view.said("document")[-1:])
document = said if said in publications else ""
asked = "".join(view.said("verdict")[-1:])
verdict = asked if asked in (*VERDICTS, "all") else "differs"
page()

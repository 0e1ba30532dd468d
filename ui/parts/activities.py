"""What follows from a measure's activities: the effects, and every step to them with its source."""

from collections.abc import Sequence

import streamlit as st

from model.activity import Worked
from model.reference import Reference
from model.report.activities import Effect, Told, told
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, language
from ui.parts import listing
from ui.parts import table as tables
from ui.parts.listing import Entry
from ui.parts.table import Mark, Table


def show(worked: Sequence[Worked], known: Reference) -> None:
    """The activities of one measure; nothing where it has none."""
    if not worked:
        return
    found = [told(each, known, language()) for each in worked]
    listing.heading(_("What follows from the activities"))
    rows = [_row(each, effect) for each in found for effect in each.effects]
    if rows:
        columns = (_("Effect"), _("Counted"), _("From"), _("Quantity"), _("Range"), _("Activity"))
        # A range that none of them has is no column.
        kept = [i for i in range(len(columns)) if i != 4 or any(row[4] for row in rows)]
        tables.show(
            Table(
                _("Effects from activity, before any scenario"),
                [columns[i] for i in kept],
                [[row[i] for i in kept] for row in rows],
                text=frozenset({1, len(kept) - 1}),
            )
        )
    listing.entries(_entry(each) for each in found)
    if any(each.missing for each in found):
        st.html(_where_to_enter())
    listing.text(
        _(
            "Low and high meet the low and high of factors with a range, and what takes the old "
            "one's place is then at its other end: what could be, not how likely it is. A factor "
            "is that of the year, and of exactly the emissions that the plan counts."
        )
    )


def _where_to_enter() -> str:
    """A way to where the plan's own values are entered."""
    every = safe.html(view.saying_too(measure=""))
    said = safe.html(_("The plan's own values are entered at the foot of the list of measures"))
    return f'<p class="chart-source"><a href="{every}">{said}</a></p>'


def _row(each: Told, effect: Effect) -> list[str]:
    years = str(effect.year)
    if effect.until and effect.until != effect.year:
        years = f"{effect.year}–{effect.until}"
    amount = effect.amount
    if effect.yearly:
        amount = _("{amount} a year", amount=amount)
    return [
        effect.indicator,
        _("yes") if effect.counted else Mark(_("no: the measure states its own")),
        years,
        amount,
        effect.span,
        each.activity,
    ]


def _entry(each: Told) -> Entry:
    sources = [
        _(
            "{name}: {value}, {boundary} ({source}, value from {year}{status})",
            name=source.name,
            value=source.value,
            boundary=source.boundary or _("an assumption"),
            source=source.source,
            year=source.since,
            status=_STATUSES[source.status](),
        )
        for source in each.sources
    ]
    entered = _("Entered by: {source}", source=each.source_ref or write.unknown())
    missing = [_("Asked for: {what}", what=said) for said in each.missing]
    return Entry(
        _("How it is counted: {activity}", activity=each.activity),
        lines=[*each.steps, *missing],
        points=[*sources, entered],
        tag=_("incomplete") if each.missing else "",
    )


_STATUSES = {
    "verified": lambda: "",
    "unverified": lambda: ", " + _("unverified"),
    "stated": lambda: ", " + _("the plan's own"),
}

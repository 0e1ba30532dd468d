"""Green categories, frameworks and measures in words and tables."""

from collections.abc import Sequence
from datetime import date

from model.entries import GreenCategory, GreenFramework
from model.green_bonds import LeftOut, PoolRow
from model.plan import Plan
from model.reference import reference
from ui import format as write
from ui import frame
from ui.i18n import _, n_, name, note
from ui.parts import sourced
from ui.parts.listing import Term
from ui.parts.table import Link, Table


def category(key: str) -> str:
    """A category's name; its key where the data does not know it."""
    found = reference().green_categories.get(key)
    return name(found) if found else key


def pool(rows: Sequence[PoolRow]) -> Table:
    """The table behind the chart: one row per category."""

    def cells(*parts: PoolRow) -> list[str]:
        def total(amount: str) -> int:
            return sum(getattr(part, amount) for part in parts)

        return [
            *(write.mnkr(total(each)) for each in ("expenditure", "grants", "eligible")),
            *(write.mnkr(total(each)) for each in ("spent", "shared")),
            str(sum(len(part.lines) for part in parts)),
        ]

    return Table(
        _("Green expenditure by category, MSEK"),
        (
            *(_("Category"), _("Green expenditure"), _("Grants"), _("Left to try")),
            *(_("Already paid"), _("Shared, beside"), _("Measures")),
        ),
        [(category(row.category), *cells(row)) for row in rows],
        total=(_("Sum"), *cells(*rows)),
    )


def measures(row: PoolRow, plan: Plan) -> Table:
    """The measures behind one category."""
    frameworks = reference().green_frameworks

    def framework(key: str) -> str:
        return name(frameworks[key]) if key in frameworks else key or write.unknown()

    def cells(line) -> list[str]:
        of = {tag: str(plan.tags[tag][line.measure]) for tag in ("id", "name", "source_ref")}
        said = _("taken as the whole") if line.share is None else write.percent(line.share)
        apart = _(" (shared, beside)") if line.split_unknown else ""
        return [
            Link(of["name"] + apart, frame.href("atgarder", measure=of["id"])),
            said,
            framework(str(plan.tags["green_framework"][line.measure])),
            of["source_ref"] or write.unknown(),
            *(
                write.mnkr(amount)
                for amount in (line.expenditure, line.grants, line.eligible, line.spent)
            ),
        ]

    return Table(
        _("Measures behind {category}, MSEK", category=category(row.category)),
        (
            *(_("Measure"), _("Green share"), _("Framework"), _("Source")),
            *(_("Green expenditure"), _("Grants"), _("Left to try"), _("Already paid")),
        ),
        [cells(line) for line in row.lines],
        text=frozenset({1, 2, 3}),
    )


def mapping() -> Table:
    """What three frameworks call each category."""

    def cells(entry: GreenCategory) -> list[str]:
        nothing = _("no such category")
        return [
            name(entry),
            "; ".join(entry.icma) or nothing,
            entry.kommuninvest or nothing,
            entry.ostersund or nothing,
            sourced.status(entry),
        ]

    return Table(
        _("The same categories in three frameworks"),
        (_("Category"), "ICMA", "Kommuninvest", "Östersund", _("Checked")),
        [cells(entry) for entry in reference().green_categories.values()],
        text=frozenset(range(1, 5)),
    )


def mapping_notes() -> list[str]:
    """What to know about the mapping, each note once with the categories that it is about."""
    by_note: dict[str, list[str]] = {}
    for entry in reference().green_categories.values():
        if entry.note:
            by_note.setdefault(note(entry), []).append(name(entry))
    return [f"{', '.join(about)}: {note}" for note, about in by_note.items()]


def framework(entry: GreenFramework, rows: Sequence[PoolRow]) -> Term:
    """A version of a framework: its dates, what of the pool it has room for, what is not known."""
    inside = sum(row.eligible for row in rows if row.category in entry.categories)
    outside = [
        category(row.category)
        for row in rows
        if row.category not in entry.categories and row.eligible
    ]
    said = _("Has categories for {amount} of the pool", amount=write.money(inside))
    if outside:
        said += _("; none for {categories}", categories=", ".join(outside))
    reviewed = ", ".join(filter(None, [entry.reviewer, entry.shading, entry.governance]))
    caps = [
        _(
            "{category} at most {share} of the volume",
            category=category(cap.category),
            share=write.percent(cap.share),
        )
        for cap in entry.caps
    ]
    return Term(
        name(entry),
        said,
        (
            ", ".join(filter(None, [in_force(entry.since, entry.until), entry.version])),
            ", ".join(caps),
            _("Review: {reviewed}", reviewed=reviewed) if reviewed else _("Review: unknown"),
            _("Unknown: {what}", what=", ".join(_unknown(entry))) if _unknown(entry) else "",
            note(entry),
            _("Source: {source}", source=sourced.source(entry)),
        ),
        sourced.mark(entry),
    )


def in_force(since: date | None, until: date | None) -> str:
    """``från 2024-12-01``, ``till och med 2024-11-30``, or both."""
    if since and until:
        return _("from {since} to {until}", since=since, until=until)
    if until:
        return _("until and with {until}", until=until)
    return _("from {since}", since=since) if since else _("dates unknown")


def left_out(left: LeftOut) -> list[str]:
    """What the pool does not hold, a sentence each; nothing of what is zero."""
    said = []
    if left.other_actors:
        said.append(
            _(
                "{amount} of other actors in green categories: not the municipality's to finance.",
                amount=write.money(left.other_actors),
            )
        )
    if left.one_off:
        said.append(
            _(
                "{amount} of one-off operating expenditure: never loan-financed, never green.",
                amount=write.money(left.one_off),
            )
        )
    if left.unknown:
        said.append(
            n_(
                "{count} green measure without a known amount.",
                "{count} green measures without a known amount.",
                left.unknown,
            )
        )
    if left.uncategorised:
        said.append(
            n_(
                "{count} measure of the group has expenditure and no green category.",
                "{count} measures of the group have expenditure and no green category.",
                left.uncategorised,
            )
        )
    return said


def _unknown(entry: GreenFramework) -> list[str]:
    return [
        word
        for word, value in (
            (_("look-back"), entry.look_back_months),
            (_("time to allocate"), entry.allocation_deadline_months),
            (_("denominator"), entry.denominator),
        )
        if value is None
    ]

"""Lokal portföljanalys on screen: sums, a list that is read in, matches to agree to, the form."""

from collections.abc import Sequence

import streamlit as st

from model import commands, records
from model.forms.findings import placed
from model.forms.portfolio import AgencyGrants, agency_grants_form
from model.intake.agency_list import AgencyList, read_agency_list
from model.portfolio import Portfolio, Proposal, Sum, agreed, merged
from model.reference import reference
from model.results import Result
from model.rows import AgencyGrant
from model.validate_lists import validate_list
from ui import format as write
from ui import frame, safe
from ui.i18n import _, language, n_, name
from ui.parts import editor, list_file, listing
from ui.parts import table as tables
from ui.parts.editor import Subject
from ui.parts.form import Tab
from ui.parts.table import Link, Table
from ui.state import State

_LARGEST_MB = 100
LIST = "agency_grants"


def show(result: Result, state: State) -> None:
    """What agencies have granted, and the ways to more of it."""
    found = result.portfolio()
    if found.rows:
        listing.text(_sentence(found))
        tables.show(_sums(_("Granted by agency, MSEK"), _("Agency"), found.by_agency, found))
        tables.show(_sums(_("Granted by year, MSEK"), _("Year"), found.by_year, found))
        tables.folded(
            _sums(
                _("Granted by organisation, MSEK"),
                _("Organisation"),
                found.by_organisation,
                found,
            )
        )
        tables.folded(_rows(found.rows, result))
    else:
        listing.text(
            _(
                "No list from an agency is read in. Naturvårdsverket publishes what Klimatklivet "
                "has granted as a workbook: download it there and read it in here."
            )
        )
    _agree(found, result, state)
    _upload(result, state)
    _edit(_subject(result, state), found)


def _sentence(found: Portfolio) -> str:
    said = n_(
        "Agencies have granted {amount} here, in {count} grant",
        "Agencies have granted {amount} here, in {count} grants",
        len(found.rows),
        amount=write.money(found.amount, lower_bound=found.unknown > 0),
    )
    return _("{said}; {matched} of them belong to a measure.", said=said, matched=found.matched)


def _sums(caption: str, heading: str, sums: Sequence[Sum], found: Portfolio) -> Table:
    def cells(each: Sum) -> list[str]:
        amount = None if each.unknown == each.count else each.amount
        return [str(each.count), write.mnkr(amount, lower_bound=each.unknown > 0)]

    whole = Sum("", len(found.rows), found.amount, found.unknown)
    return Table(
        caption,
        (heading, _("Grants"), _("Amount")),
        [(each.key or write.unknown(), *cells(each)) for each in sums],
        total=(_("Sum"), *cells(whole)),
    )


def _rows(rows: Sequence[AgencyGrant], result: Result) -> Table:
    names = _names(result)

    def measure(key: str) -> str:
        return Link(names[key], frame.href("atgarder", measure=key)) if key in names else ""

    return Table(
        _("Every grant, MSEK"),
        (
            *(_("Title"), _("Organisation"), _("Agency"), _("Reference"), _("Granted on")),
            *(_("Amount"), _("Measure"), _("Source")),
        ),
        [
            (
                row.title,
                row.organisation or write.unknown(),
                row.agency,
                row.reference,
                row.granted_on or write.unknown(),
                write.mnkr(None if row.amount is None else int(row.amount * 100)),
                measure(row.measure),
                row.source_ref or write.unknown(),
            )
            for row in rows
        ],
        text=frozenset({1, 2, 3, 4, 6, 7}),
    )


def _agree(found: Portfolio, result: Result, state: State) -> None:
    """Matches that are likely, each with a box; saved together when somebody says so."""
    if not found.proposals:
        return
    listing.heading(_("Which measure a grant belongs to: proposals"))
    titles = {row.id: row.title for row in found.rows}
    names = _names(result)
    accepted = [
        each
        for each in found.proposals
        if st.checkbox(
            safe.text(
                _(
                    "{grant} is {measure} ({why})",
                    grant=titles[each.grant],
                    measure=names[each.measure],
                    why=_why(each),
                )
            ),
            value=each.why == "reference",
            key=f"match-{result.base.version}-{each.grant}",
        )
    ]
    if st.button(_("Save the ticked matches"), key="agree-matches", disabled=not accepted):
        list_file.save(LIST, agreed(found.rows, accepted), result.base.version, state)


def _why(each: Proposal) -> str:
    return {
        "reference": _("the same reference"),
        "title": _("the titles are alike"),
        "organisation": _("the same organisation, and the titles are alike"),
    }[each.why]


def _upload(result: Result, state: State) -> None:
    """A list from an agency: read, shown, and saved when somebody says so."""
    listing.heading(_("Read in a list from an agency"))
    code = result.base.head.municipality
    known = reference().municipalities.get(code)
    municipality = st.text_input(
        _("Municipality, as the list writes it"), name(known) if known else "", key="list-of"
    )
    read = list_file.uploaded(
        _("Klimatklivet's workbook of granted applications, or a list with a column for agency"),
        "agency-list",
        lambda content, file: read_agency_list(content, file, municipality),
        _LARGEST_MB,
        _("Reading the list …"),
    )
    if read is not None:
        _offer(read, result, state)


def _offer(read: AgencyList, result: Result, state: State) -> None:
    standing = result.portfolio().rows
    rows, new, changed = merged(standing, read.rows)
    listing.text(
        _(
            "{layout}: {count} grants here, {new} new and {changed} changed; {elsewhere} lie in "
            "other municipalities.",
            layout=read.layout.name_en if language() == "en" else read.layout.name,
            count=len(read.rows),
            new=new,
            changed=changed,
            elsewhere=read.elsewhere,
        )
    )
    if read.errors:
        listing.text(_("Nothing is saved until the list is mended."))
        return
    tables.folded(_rows(read.rows, result))
    if st.button(_("Save the list in the plan"), key="save-agency-list", type="primary"):
        list_file.put_away("agency-list")
        list_file.save(LIST, rows, result.base.version, state)


def _edit(subject: Subject, found: Portfolio) -> None:
    with st.expander(_("Edit the list by hand"), expanded=editor.is_open(subject)):
        if editor.is_open(subject):
            editor.show(subject)
            return
        listing.text(
            _("Choose the measure that a grant belongs to, or add a grant that no list has.")
        )
        st.button(_("Edit"), key=f"edit-{subject.key}", on_click=editor.open_, args=(subject,))


def _subject(result: Result, state: State) -> Subject:
    """The list as one row that is edited."""
    head, names = result.base.head, _names(result)

    def load() -> tuple[AgencyGrants, int]:
        document, version = records.document(state.plan_id)
        return AgencyGrants(rows=document.agency_grants), version

    return Subject(
        key=f"{state.plan_id}-{LIST}",
        load=load,
        save=lambda row, version: commands.save_list(
            state.plan_id, LIST, row.rows, version, state.who
        ),
        form=lambda row, unit: agency_grants_form(names, unit),
        kept=lambda row: {},
        check=lambda row, made: placed(
            made, validate_list(LIST, row.rows, head, reference(), names), 1, language()
        ),
        since=lambda version: [
            entry for entry in records.history(state.plan_id) if entry.version > version
        ],
        tabs=(Tab("Granted by agencies", tables=("rows",)),),
    )


def _names(result: Result) -> dict[str, str]:
    """The plan's measures before any scenario, name by id."""
    return {key: measure.name for key, measure in result.measures().items()}

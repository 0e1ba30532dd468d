"""Files of purchases and factors: templates, reading, what was read, and saving it whole."""

from collections.abc import Callable

import streamlit as st

from model.intake import headed
from model.intake.guard import MAX_BYTES
from model.intake.intensities import IntensityReading, read_intensities
from model.intake.spend import SpendReading, merged, read_spend, summed_by_department
from model.results import Result
from ui import format as write
from ui.i18n import _, n_
from ui.parts import list_file, listing
from ui.parts import table as tables
from ui.parts.emission_series import boundary, department
from ui.parts.table import Table
from ui.state import State

_LARGEST_MB = MAX_BYTES // 2**20
VATS = ("unknown", "excluded", "included")


def show(result: Result, state: State) -> None:
    """Both files, each with its template, and the way to take them away."""
    listing.heading(_("Read in purchases"))
    _ledger(result, state)
    listing.heading(_("Read in factors: kg per krona"))
    _factors(result, state)
    _take_away(result, state)


def _ledger(result: Result, state: State) -> None:
    layout = headed.layout("ledger")
    listing.text(
        _(
            "A supplier ledger or booked accounts, one row per line: department, account or "
            "category, year or date, amount. Excel, OpenDocument, CSV, or SIE 4 with balances by "
            "cost centre. Suppliers are not read."
        )
    )
    _template("ledger", _("inkop-mall.csv"))
    tax, accounts = st.columns(2)
    with tax:
        vat = st.selectbox(
            _("Value added tax, where the file does not say"),
            VATS,
            format_func={
                "unknown": _("not known"),
                "excluded": _("excluded"),
                "included": _("included"),
            }.get,
            key="spend-vat",
        )
    with accounts:
        written = st.text_input(
            _("Accounts that are no purchases begin with"),
            ", ".join(layout.not_purchases),
            help=_("As in Kommun-Bas: a company that follows BAS has others"),
            key="spend-accounts",
        )
    left_out = [each.strip() for each in written.split(",") if each.strip().isdigit()]
    read = _uploaded(
        _("Ledger or accounts"),
        "ledger",
        lambda content, name: read_spend(content, name, vat=vat, not_purchases=left_out),
    )
    if read is not None:
        _offer_ledger(read, result, state)


def _offer_ledger(read: SpendReading, result: Result, state: State) -> None:
    if read.errors:
        listing.text(_("Nothing is saved until the file is mended."))
        return
    listing.text(
        n_(
            "{count} line of purchases is read, {amount} in all, of {years}.",
            "{count} lines of purchases are read, {amount} in all, of {years}.",
            read.lines,
            amount=write.money(_ore(read.total)),
            years=", ".join(map(str, read.years)),
        ),
        n_(
            "{count} line is a credit: {amount} is taken off.",
            "{count} lines are credits: {amount} is taken off.",
            read.credits,
            amount=write.money(_ore(read.credited)),
        )
        if read.credits
        else "",
        _("What the plan has of these years is replaced; other years stay."),
    )
    tables.show(
        Table(
            _("What the file says departments bought, MSEK"),
            (_("Department or company"), *map(str, read.years)),
            [
                (department(name), *(write.mnkr(_ore(by_year.get(y, 0))) for y in read.years))
                for name, by_year in summed_by_department(read.rows).items()
            ],
        )
    )
    if read.left:
        tables.show(_left(read))
    if st.button(_("Save the purchases in the plan"), key="save-spend", type="primary"):
        rows = merged(result.listed("spend"), read.rows)
        list_file.save("spend", rows, result.base.version, state, "ledger")


def _left(read: SpendReading) -> Table:
    words = {
        "not_purchase": _("the account is of no purchase"),
        "hidden": _("the row is hidden in the file"),
        "sum": _("a sum of other rows"),
        "no_amount": _("no amount is stated"),
    }
    return Table(
        _("Left out of the file, MSEK"),
        (_("Why"), _("Lines"), _("Amount"), _("The first of them")),
        [
            (words[each.why], str(each.lines), write.mnkr(_ore(each.amount)), each.first)
            for each in read.left
        ],
        text=frozenset({3}),
    )


def _factors(result: Result, state: State) -> None:
    listing.text(
        _(
            "One row per category or range of accounts: kg per krona, the price year of the krona, "
            "gas, boundary (consumption or organisation), source. Excel, CSV or YAML. No factors "
            "come with the program: a factor without its source is none."
        )
    )
    _template("intensities", _("faktorer-mall.csv"))
    read = _uploaded(_("Factors"), "factors", read_intensities)
    if read is not None:
        _offer_factors(read, result, state)


def _offer_factors(read: IntensityReading, result: Result, state: State) -> None:
    if read.errors:
        listing.text(_("Nothing is saved until the file is mended."))
        return
    listing.text(
        n_(
            "{count} factor is read. It stands instead of the plan's.",
            "{count} factors are read. They stand instead of the plan's.",
            len(read.rows),
        )
    )
    tables.show(
        Table(
            _("Factors in the file"),
            (
                *(_("Category or account"), _("kg per krona"), _("Price year"), _("Boundary")),
                _("Source"),
            ),
            [
                (
                    row.label,
                    write.number(row.kg_per_krona, 3),
                    str(row.price_year),
                    boundary(row.boundary),
                    row.source,
                )
                for row in read.rows
            ],
            text=frozenset({3, 4}),
        )
    )
    if st.button(_("Save the factors in the plan"), key="save-intensities", type="primary"):
        list_file.save("intensities", read.rows, result.base.version, state, "factors")


def _take_away(result: Result, state: State) -> None:
    standing = {name: result.listed(name) for name in ("spend", "intensities")}
    if not any(standing.values()):
        return
    words = {"spend": _("Take away all purchases"), "intensities": _("Take away all factors")}
    with st.popover(_("Take away")):
        for name, rows in standing.items():
            if rows and st.button(words[name], key=f"clear-{name}"):
                list_file.save(name, (), result.base.version, state, "cleared")


def _template(name: str, file: str) -> None:
    """An empty file with the headings that are understood, for a spreadsheet to fill in."""
    st.download_button(
        _("Download an empty template (CSV)"),
        headed.layout(name).template(),
        file_name=file,
        mime="text/csv",
        key=f"template-{name}",
        on_click="ignore",
    )


def _uploaded(label: str, key: str, read: Callable):
    return list_file.uploaded(label, key, read, _LARGEST_MB, _("Reading the file …"))


def _ore(kronor) -> int:
    return int(kronor * 100)

"""Every number and every krona accounted for: what stands above the button."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from model.intake.mended import numbers_gone
from model.intake.preview import Difference
from model.intake.reading import Reading
from model.intake.reconciliation import YearCheck, failing, years
from model.intake.sums import SumCheck
from model.money import to_ore
from model.years import parse_year
from ui import format as write
from ui.i18n import _, n_
from ui.parts import headline, listing
from ui.parts import table as tables
from ui.parts.headline import Figure
from ui.parts.intake.difference import span
from ui.parts.intake.findings import place
from ui.parts.intake.walk import Walk
from ui.parts.table import Table


def status(reading: Reading) -> str:
    """The step in a few words: how many numbers, and the difference that there is."""
    found = _apart(reading)
    apart = "" if found is None else _("difference {amount}", amount=exact(found))
    numbers = n_("{count} number", "{count} numbers", reading.numbers)
    return ", ".join(filter(None, [numbers, apart]))


def show(walk: Walk, reading: Reading, found: Difference | None) -> None:
    """Cell by cell, and year by year against the sheet's own sums; and what was left out."""
    _numbers(walk, reading)
    _years(reading, found)
    _sums(walk, reading)
    if reading.balance:
        tables.show(_balance(reading))
    _left_out(walk, reading)


def exact(amount: Decimal) -> str:
    """``0,00 kr``: kronor and öre, a true zero too."""
    return _("{amount} SEK", amount=write.number(amount, 2)).replace(" ", "\u00a0")


def _apart(reading: Reading) -> Decimal | None:
    """How far the sums of the workbook are from what stands above them; None without sums."""
    return (
        sum((abs(each.difference) for each in reading.sums), Decimal(0)) if reading.sums else None
    )


def _numbers(walk: Walk, reading: Reading) -> None:
    """Imported and left out are every number of the workbook."""
    gone = numbers_gone(walk.workbook, walk.answers)
    left, apart = len(reading.excluded), _apart(reading)
    numbers = reading.numbers + gone
    headline.figures(
        [
            Figure(write.number(reading.imported), _("numbers are read in")),
            Figure(write.number(left), _("are left out, each with its reason")),
            *([Figure(write.number(gone), _("were mended to no number"))] if gone else []),
            Figure(write.number(numbers), _("numeric cells in the workbook")),
            Figure(
                _("no sums to compare with") if apart is None else exact(apart),
                _("difference against the sheet's own sums"),
            ),
        ]
    )
    rest = numbers - reading.imported - left - gone
    if rest:
        listing.text(
            n_("{count} cell is unaccounted for.", "{count} cells are unaccounted for.", rest)
        )


def _years(reading: Reading, found: Difference | None) -> None:
    """What is read in by year, the sheet's own sums, and what the plan has before and after."""
    checks = years(reading)
    if not checks:
        return
    plan = {each.year: each for each in found.years} if found else {}
    compared = any(each.stated is not None for each in checks)
    columns = [
        _("Year"),
        _("In the workbook"),
        *([_("The sheet's own sums"), _("Difference")] if compared else []),
        *([_("The plan now"), _("The plan afterwards")] if found else []),
    ]
    rows = [
        [
            _year(each.year, reading),
            write.mnkr(to_ore(each.imported)),
            *(_against(each) if compared else []),
            *(_plan(plan.get(each.year)) if found else []),
        ]
        for each in checks
    ]
    total = [
        _("Sum"),
        write.mnkr(sum(to_ore(each.imported) for each in checks)),
        *(_against_all(checks) if compared else []),
        *(_plan_sums(found) if found else []),
    ]
    caption = (
        _("Expenditure by year, MSEK, against the sheet's own sums")
        if compared
        else _("Expenditure by year, MSEK; the workbook has no sums by year")
    )
    tables.show(Table(caption=caption, columns=columns, rows=rows, total=total))


def _against(check: YearCheck) -> list[str]:
    """A year's sums in the workbook, and the difference."""
    return [_stated(check), "" if check.difference is None else exact(check.difference)]


def _against_all(checks: Sequence[YearCheck]) -> list[str]:
    known = [each for each in checks if each.stated is not None]
    apart = sum((abs(each.difference) for each in known), Decimal(0))
    return [write.mnkr(sum(to_ore(each.stated) for each in known)), exact(apart)]


def _stated(check: YearCheck) -> str:
    if check.stated is None:
        return _("no sum")
    stated = write.mnkr(to_ore(check.stated))
    if not check.not_compared:
        return stated
    rest = write.mnkr(to_ore(check.not_compared))
    return _("{stated}, and {rest} without a sum", stated=stated, rest=rest)


def _plan(year) -> list[str]:
    if year is None:
        return ["–", "–"]
    return [write.mnkr(to_ore(year.old or 0)), write.mnkr(to_ore(year.new or 0))]


def _plan_sums(found: Difference) -> list[str]:
    return [
        write.mnkr(sum(to_ore(getattr(each, part) or 0) for each in found.years))
        for part in ("old", "new")
    ]


def _year(label: str, reading: Reading) -> str:
    years = span(reading)
    text = write.year(parse_year(label), years[0] if years else None)
    return text[:1].upper() + text[1:]


def _sums(walk: Walk, reading: Reading) -> None:
    """How many sums of the sheet were checked, and those that do not agree."""
    if not reading.sums:
        return
    wrong = failing(reading)
    said = n_(
        "{count} sum in the workbook was checked against what stands above it.",
        "{count} sums in the workbook were checked against what stands above them.",
        len(reading.sums),
    )
    agree = _("All of them agree, to the krona.") if not wrong else ""
    listing.text(" ".join(filter(None, [said, agree])))
    if wrong:
        tables.show(_failing(walk, wrong))


def _failing(walk: Walk, wrong: tuple[SumCheck, ...]) -> Table:
    return Table(
        caption=_("Sums that do not agree, SEK"),
        columns=[_("Cell"), _("Row"), _("It says"), _("Found above it"), _("Difference")],
        rows=[
            [
                place(walk, each.ref),
                each.label,
                exact(each.stated),
                exact(each.found),
                exact(each.difference),
            ]
            for each in wrong
        ],
        text=frozenset({1}),
    )


def _balance(reading: Reading) -> Table:
    """What a ledger uses and where it comes from, year by year."""
    return Table(
        caption=_("Uses and sources of the ledger by year, SEK"),
        columns=[_("Year"), _("Uses"), _("Sources"), _("Difference")],
        rows=[
            [str(each.year), exact(each.uses), exact(each.sources), exact(each.difference)]
            for each in reading.balance
        ],
    )


def _left_out(walk: Walk, reading: Reading) -> None:
    """What was left out, by reason, with every cell."""
    if not reading.excluded:
        return
    reasons = defaultdict(list)
    for each in reading.excluded:
        reasons[_(each.template, **each.fields)].append(place(walk, each.ref))
    title = n_("{count} number left out", "{count} numbers left out", len(reading.excluded))
    with st.expander(title):
        listing.entries(
            listing.Entry(reason, points=[", ".join(cells)], tag=write.number(len(cells)))
            for reason, cells in sorted(reasons.items(), key=lambda entry: -len(entry[1]))
        )

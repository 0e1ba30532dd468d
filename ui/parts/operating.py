"""The operating impact on screen: each project's figures as formulas, and what is not known."""

from collections.abc import Mapping

import numpy as np

from model.depreciation import MONTHS
from model.entries import Assumption
from model.operating import Operating, tax_ore
from model.operating_table import OperatingTable, Row, customers_pay
from model.plan import Plan
from model.rates import INTERNAL_INTEREST, Rate, at
from model.report import operating as words
from model.results import Result
from ui import format as write
from ui.i18n import _, language, n_
from ui.parts import sourced
from ui.parts.headline import Figure
from ui.parts.listing import Entry


def figures(found: Operating, table: OperatingTable) -> list[Figure]:
    """What the book's result is changed by, tax or fees, savings in no frame, and a full year."""
    said = words.answer(found, table)
    unknown = table.total.unknown_full_year
    return [
        Figure(
            write.money(said.effect),
            _("change in {year}", year=table.year),
            _("of what is known") if said.unknown else "",
        ),
        _who_pays(found, table, said.ore_of_tax),
        Figure(
            write.money(-said.uncounted),
            _("savings in no frame"),
            _("not counted until the frame is adjusted") if said.uncounted else "",
        ),
        Figure(
            write.unknown() if unknown and not said.full_year else write.money(said.full_year),
            _("in a full year"),
            n_("{count} project unknown", "{count} projects unknown", unknown) if unknown else "",
        ),
    ]


def _who_pays(found: Operating, table: OperatingTable, ore: float | None) -> Figure:
    """Öre of tax; in the fees' book what a customer pays."""
    if table.book == "fee":
        by_form = customers_pay(found, table.year)
        form = "water" if "water" in by_form else next(iter(by_form), "")
        return Figure(
            words.krona(by_form.get(form), language()) if form else write.unknown(),
            _("for each customer"),
            _(words.SECTIONS[form]) if form else "",
        )
    note = _("in the municipality's book") if table.book != "municipality" else ""
    if ore is None:
        note = _("say what a tax krona yields")
    figure = write.unknown() if ore is None else words.ore_figure(ore, language())
    return Figure(figure, _("öre of tax"), note)


def project(found: Operating, table: OperatingTable, row: Row, result: Result) -> Entry:
    """A project's figures in words and numbers."""
    plan = result.plan
    name = str(plan.tags["name"][row.measure])
    place = table.years.index(table.year)
    unknown = bool(found.unknown(table.book)[row.entry])
    amount = write.money(row.sums[place])
    if unknown:
        amount = _("{figure} + unknown", figure=amount) if row.sums[place] else write.unknown()
    return Entry(
        _("{name}: {amount} in {year}", name=name, amount=amount, year=table.year),
        points=[
            *_assets(found, row, plan),
            *_capital(found, table, row, place, result.assumptions()),
            *_running(found, table, row, plan, place),
            *(f"{_(what)}. {_(do)}" for what, do in map(words.MISSING.get, row.missing)),
        ],
    )


def _assets(found: Operating, row: Row, plan: Plan) -> list[str]:
    """What is depreciated: cost, life, month, and what that is a year."""
    said = []
    pieces = found.pieces
    for piece in np.flatnonzero(found.piece_entry == row.entry):
        cost, life = int(pieces.cost[piece]), int(pieces.lifetime[piece])
        component = int(found.piece_component[piece])
        what = str(plan.components.name[component]) if component >= 0 else _("The asset")
        since = f"{pieces.year[piece]}-{pieces.month[piece]:02}"
        if not life:
            said.append(
                _(
                    "{what}: {cost} from {since}, land, not depreciated",
                    what=what,
                    cost=write.money(cost),
                    since=since,
                )
            )
            continue
        text = n_(
            "{what}: {cost} over {count} year from {since} = {yearly} a year",
            "{what}: {cost} over {count} years from {since} = {yearly} a year",
            life,
            what=what,
            cost=write.money(cost),
            since=since,
            yearly=write.money((2 * cost + life) // (2 * life)),
        )
        if pieces.month[piece] > 1:
            text += ", " + _(
                "{months} of 12 months in {year}",
                months=MONTHS + 1 - int(pieces.month[piece]),
                year=int(pieces.year[piece]),
            )
        if pieces.reinvested[piece]:
            text += ", " + _(
                "bought anew in {year}",
                year=_renewed(pieces.year[piece], pieces.month[piece], life),
            )
        said.append(text)
    return said


def _renewed(year: int, month: int, life: int) -> int:
    """The year in which what lasted so long is bought anew."""
    return int(year) + life + (int(month) - 1) // MONTHS


def _capital(
    found: Operating,
    table: OperatingTable,
    row: Row,
    place: int,
    known: Mapping[str, Assumption],
) -> list[str]:
    """Depreciation, dissolved grants, interest with its rate, and what is written off."""
    posts = {name: int(found.posts[name][place, row.entry]) for name in found.posts}
    said = [
        f"{words.post(name, language())} {table.year}: {write.money(posts[name])}"
        for name in ("depreciation", "dissolved", "compensation", "write_off")
        if posts[name]
    ]
    gross, grants = (
        int(held[place, row.entry]) // MONTHS for held in (found.base, found.undissolved)
    )
    if not gross:
        return said
    department = row.section in ("tax", "development")
    if department and table.book in ("department", "municipality"):
        net = found.policy.interest_base == "net"
        said.append(
            _interest("internal_interest", posts, table.year, gross, grants if net else 0)
            + _rate(at(found.rates.internal, table.year), known)
        )
    if table.book != "department":
        said.append(
            _interest("external_interest", posts, table.year, gross, grants)
            + _rate(_external(found, row.section, table.year), known)
        )
    return said


def _interest(post: str, posts: dict[str, int], year: int, gross: int, grants: int) -> str:
    if grants:
        return _(
            "{post} {year}: ({book} − undissolved grants {grants}) × rate = {amount}",
            post=words.post(post, language()),
            year=year,
            book=write.money(gross),
            grants=write.money(grants),
            amount=write.money(posts[post]),
        )
    return _(
        "{post} {year}: book value {book} × rate = {amount}",
        post=words.post(post, language()),
        year=year,
        book=write.money(gross),
        amount=write.money(posts[post]),
    )


def _external(found: Operating, section: str, year: int) -> Rate:
    if section in ("water", "waste", "district_heating"):
        return found.rates.fee(section, year)
    return at(found.rates.group if section == "company" else found.rates.municipality, year)


def _rate(rate: Rate, known: Mapping[str, Assumption]) -> str:
    """``; 2,5 %, planens förutsättningar 2030``"""
    if rate.value is None:
        return "; " + _("the rate is unknown")
    share = write.percent(rate.value, max(sourced.decimals(rate.value) - 2, 0))
    if rate.said == "assumption":
        entry = known[INTERNAL_INTEREST].at(rate.since)
        return f"; {share}, {sourced.source(entry)}"
    return "; " + _("{rate}, the plan's prerequisites of {year}", rate=share, year=rate.since)


def _running(
    found: Operating, table: OperatingTable, row: Row, plan: Plan, place: int
) -> list[str]:
    """Changed running costs, post by post, and what is in no frame."""
    posts = ("operation", "rent", "internal_rent", "income", "one_off", "energy")
    said = [
        f"{words.post(name, language())} {table.year}: {write.money(amount)}"
        for name in posts
        if name in found.amounts(table.book)
        and (amount := int(found.posts[name][place, row.entry]))
    ]
    if row.uncounted:
        said.append(
            _(
                "A saving of {amount} is in no frame and not counted",
                amount=write.money(-row.uncounted),
            )
        )
    return said


def unknown(found: Operating, table: OperatingTable, plan: Plan) -> list[Entry]:
    """What the sums lack, by kind: what to fill in, and for which projects."""
    lacking: dict[str, list[str]] = {}
    for row in table.rows:
        for what in row.missing:
            lacking.setdefault(what, []).append(str(plan.tags["name"][row.measure]))
    return [
        Entry(
            n_(
                "{what}: {count} project",
                "{what}: {count} projects",
                len(lacking[kind]),
                what=_(what),
            ),
            [_(do)],
            lacking[kind],
        )
        for kind, (what, do) in words.MISSING.items()
        if kind in lacking
    ]


def tax(found: Operating, table: OperatingTable) -> list[str]:
    """How the öre of tax are reckoned."""
    place = table.years.index(table.year)
    effect = int(found.total("municipality")[place])
    krona = found.rates.tax_krona.get(table.year)
    ore = tax_ore(effect, krona)
    if ore is None:
        return [
            _("Öre of tax are unknown: say what one tax krona yields in {year}.", year=table.year)
        ]
    return [
        _(
            "{effect} of the municipality's book by {yield_} for one öre = {ore} öre. Fee-financed "
            "operations and companies are no part of it.",
            effect=write.money(effect),
            yield_=write.money(krona // 100),
            ore=words.ore_figure(ore, language()),
        )
    ]

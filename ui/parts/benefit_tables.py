"""Benefits as tables: what each is worth, by year, against costs, by payer, and what drives it."""

from collections.abc import Sequence

from model.benefit_balance import Balance, Payer
from model.benefits import Benefits, ValuedBenefit
from model.emissions import Span
from model.reference import reference
from ui import format as write
from ui.i18n import _, n_, name, note
from ui.parts import actors, sourced
from ui.parts import benefits as words
from ui.parts.table import Mark, Table


def worth(
    found: Benefits, chosen: Sequence[ValuedBenefit], what: str, caption: str, together: bool
) -> Table:
    """A row for each benefit, and their sum with the range that the rule gives."""
    rows = [
        (
            name(each.benefit),
            words.beneficiary(each.benefit.beneficiary),
            words.price_year(each),
            Mark(_("unverified")) if words.mark(each) else _("verified"),
            *_cells(each.span(what)),
        )
        for each in chosen
    ]
    return Table(
        caption,
        (
            *(_("Benefit"), _("Goes to"), _("Price level"), _("Checked")),
            *(_("Low"), _("Central"), _("High")),
        ),
        rows,
        total=(_("Sum"), "", "", "", *_cells(found.total(chosen, what, together=together))),
        text=frozenset({1, 2, 3}),
    )


def not_added(found: Benefits, what: str) -> Table | None:
    """What is valued and stands outside the sum, and why."""
    chosen = [each for each in found if each.state == "valued" and not each.in_sum.all()]
    chosen = [each for each in chosen if each.worth.yearly[1] or each.worth.present[1]]
    if not chosen:
        return None
    rows = []
    for each in chosen:
        outside = getattr(each.worth, what)[1] - getattr(each.counted, what)[1]
        rows.append((name(each.benefit), write.mnkr(words.ore(outside)), _why(each, found)))
    return Table(
        _("Valued and not in the sum, MSEK"),
        (_("Benefit"), _("MSEK"), _("Why")),
        rows,
        text=frozenset({2}),
    )


def by_year(found: Benefits, chosen: Sequence[ValuedBenefit]) -> Table:
    """Year by year to the plan's last year, and the years after it together; not discounted."""
    last = found.last + 1
    years = [str(year) for year in found.years[1:last]]
    rows = []
    for each in chosen:
        mid = each.counted.by_year[1]
        rows.append((name(each.benefit), *_years(mid, last)))
    whole = sum(each.counted.by_year[1] for each in chosen)
    return Table(
        _("Year by year, MSEK, not discounted"),
        (_("Benefit"), *years, _("Later")),
        rows,
        total=(_("Sum"), *_years(whole, last)),
    )


def balance(of: Balance) -> Table:
    """What it costs against what it is worth, present value."""
    rows = [
        (_("Investment, net of what it saves investing"), write.mnkr(-words.ore(of.investment))),
        (_("Change in running cost"), write.mnkr(-words.ore(of.running))),
        *(
            (words.category(key), write.mnkr(words.ore(value)))
            for key, value in of.benefits.items()
        ),
    ]
    return Table(
        _("Costs and benefits, MSEK of present value, minus where it costs"),
        ("", _("MSEK")),
        rows,
        total=(_("Net to society"), write.mnkr(words.ore(of.net))),
    )


def payers(rows: Sequence[Payer]) -> Table:
    """Owner × who gains, present value."""
    order = [*words.BENEFICIARIES, "owner"]
    who = [key for key in order if any(key in row.gains for row in rows)]

    def cell(amount: float | None) -> str:
        return write.mnkr(words.ore(amount)) if amount else "–"

    listed = []
    for row in rows:
        invests = cell(row.invests)
        if row.without_cost:
            invests = write.unknown() if not row.invests else write.at_least(invests)
        listed.append(
            (actors.owner(row.owner), invests, *(cell(row.gains.get(key)) for key in who))
        )
    invested = cell(sum(row.invests for row in rows))
    if any(row.without_cost for row in rows):
        invested = write.at_least(invested)
    sums = (cell(sum(row.gains.get(key, 0.0) for row in rows)) for key in who)
    return Table(
        _("Who invests and who gains, MSEK of present value"),
        (_("Owner of the measures"), _("Invests, net"), *map(words.beneficiary, who)),
        listed,
        total=(_("Sum"), invested, *sums),
    )


def drivers(found: Benefits, chosen: Sequence[ValuedBenefit], what: str) -> Table | None:
    """What the sum would be if one thing alone were low or high, the widest first."""
    listed = found.drivers(chosen, what)
    if not listed:
        return None
    rows = [
        (
            _driver(each.kind, each.key),
            write.mnkr(words.ore(each.low)),
            write.mnkr(words.ore(each.high)),
            write.mnkr(words.ore(each.high - each.low)),
        )
        for each in listed
    ]
    return Table(
        _("The sum, if only this were low or high, MSEK"),
        (_("What is uncertain"), _("Low"), _("High"), _("Width")),
        rows,
    )


def asked(found: Benefits) -> Table | None:
    """What nobody has stated, what to look for, and which benefits wait for it."""
    listed = found.asked()
    if not listed:
        return None
    rows = []
    for key, waiting in listed.items():
        assumption = reference().assumptions[key]
        benefits = ", ".join(name(each.benefit) for each in waiting)
        unit = name(reference().units[assumption.unit])
        rows.append((name(assumption), unit, benefits, note(assumption.values[-1])))
    return Table(
        n_(
            "{count} local value is asked for",
            "{count} local values are asked for",
            len(rows),
        ),
        (_("Value"), _("Unit"), _("Benefits that wait for it"), _("What to state")),
        rows,
        text=frozenset({1, 2, 3}),
    )


def _cells(span: Span) -> tuple[str, str, str]:
    low, mid, high = (write.mnkr(words.ore(getattr(span, at))) for at in ("low", "mid", "high"))
    return low, write.at_least(mid, span.from_below and not words.ranged(span)), high


def _years(mid, last: int) -> list[str]:
    return [write.mnkr(words.ore(amount)) for amount in (*mid[1:last], mid[last:].sum())]


def _why(each: ValuedBenefit, found: Benefits) -> str:
    if not each.benefit.added:
        return _("Mirrors other benefits")
    group, rank = each.benefit.exclusion_group, each.benefit.exclusion_rank
    counted = [
        name(other.benefit)
        for other in found
        if other.benefit.exclusion_group == group
        and other.benefit.key != each.benefit.key
        and other.adds
        and other.benefit.exclusion_rank != rank
    ]
    if counted:
        return _("The same benefit as {others}, which counts", others=", ".join(counted))
    return _("The plan states the change in running cost, which counts")


def _driver(kind: str, key: str) -> str:
    if kind == "assumption":
        return name(reference().assumptions[key])
    return _("Effects: {indicator}", indicator=name(reference().indicators[key]))


def sources(chosen: Sequence[ValuedBenefit]) -> str:
    """Where the prices of some benefits are from."""
    keys = (one.value.source for each in chosen for one in each.inputs if one.known)
    return "; ".join(dict.fromkeys(map(sourced.title, keys)))

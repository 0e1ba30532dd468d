"""Other actors on screen: who they are, what they lack, who pays for whom, the private share."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from model.entries import Assumption
from model.formatting import capitalise
from model.other_actors import (
    BUDGET,
    NOBODY,
    OWNER,
    PAID,
    UNKNOWN,
    Flow,
    OwnerNeed,
    PrivateShare,
    ProfitabilityGap,
)
from model.palette import COVER, OTHER_ACTORS, SHARED, Meaning
from model.palette import GAP as MISSING
from model.plan import Plan
from model.report import financing as shares
from model.report import words
from model.results import Result
from ui import format as write
from ui import frame
from ui.charts import flows as chart
from ui.charts.actors import Actor
from ui.i18n import _, language, mark, n_, name, note
from ui.parts import sourced
from ui.parts.listing import Entry, Term
from ui.parts.table import Link, Table

PRIVATE, PUBLIC = "investment/private_share", "investment/public_share"
BENEFICIARIES = {
    "residents": mark("residents"),
    "municipality": mark("the municipality"),
    "region": mark("the region"),
    "state": mark("the state"),
    "business": mark("business"),
    "society": mark("society at large"),
}
_PAYERS = {
    OWNER: mark("The owner itself"),
    BUDGET: mark("Appropriations of the group"),
    PAID: mark("Already paid"),
    NOBODY: mark("Nobody yet"),
    UNKNOWN: mark("unknown"),
}
_MISSING = {
    "investment": mark("the amount"),
    "alternative": mark("what they would invest anyway"),
    "savings": mark("the change of running cost"),
    "lifetime": mark("the lifetime"),
}


def owner(key: str) -> str:
    """Who an owner is, as the data names it."""
    return capitalise(words.tag("owner", key, language()))


def gap(*owners: OwnerNeed) -> str:
    """The profitability gap of owners in words: an amount, *minst*, or *okänt*."""
    known = sum(each.gap or 0 for each in owners)
    unknown = any(each.unknown for each in owners)
    if unknown and not known:
        return write.unknown()
    return write.money(known, lower_bound=unknown, zero=_("nothing lacks"))


def actors(owners: Sequence[OwnerNeed]) -> list[Actor]:
    """The owners with an amount, as the chart draws them."""
    return [
        Actor(
            each.owner,
            owner(each.owner),
            each.need - each.support,
            each.support,
            gap(each),
            each.from_below,
        )
        for each in owners
        if each.need
    ]


def table(owners: Sequence[OwnerNeed]) -> Table:
    """One row per owner."""

    def cells(*parts: OwnerNeed) -> list[str]:
        gaps = [part.gap for part in parts if part.gap is not None]
        unknown = sum(part.unknown for part in parts)
        measures = sum(len(part.lines) for part in parts)
        amounts = [
            line for part in parts for line in part.lines if "investment" not in line.missing
        ]
        from_below = any(part.from_below for part in parts)
        return [
            write.mnkr(
                sum(part.need for part in parts) if amounts else None, lower_bound=from_below
            ),
            write.mnkr(sum(part.support for part in parts) if amounts else None),
            write.mnkr(sum(gaps) if any(gaps) or not unknown else None, lower_bound=unknown > 0),
            _("{count} of {measures}", count=unknown, measures=measures),
        ]

    return Table(
        _("Other actors' need and profitability gap, MSEK"),
        (
            *(_("Owner"), _("Investment need"), _("Support"), _("Profitability gap")),
            _("Measures whose gap is unknown"),
        ),
        [(owner(each.owner), *cells(each)) for each in owners],
        total=(_("Sum"), *cells(*owners)),
    )


def measures(each: OwnerNeed, plan: Plan) -> Table:
    """The measures of one owner, with what the gap is made of and what it lacks."""

    def cells(line: ProfitabilityGap) -> list[str]:
        missing = ", ".join(_(_MISSING[what]) for what in line.missing)
        return [
            _link(plan, line.measure),
            str(plan.tags["source_ref"][line.measure]) or write.unknown(),
            _("missing: {what}", what=missing) if missing else "",
            *map(
                write.mnkr,
                (line.investment, line.alternative, line.savings, line.support, line.gap),
            ),
        ]

    return Table(
        _("{owner}: what the profitability gap is made of, MSEK", owner=owner(each.owner)),
        (
            *(_("Measure"), _("Source"), _("What is missing"), _("Investment")),
            *(_("Invested anyway"), _("Present value of savings"), _("Support")),
            _("Profitability gap"),
        ),
        [cells(line) for line in each.lines],
        text=frozenset({1, 2}),
    )


def formula(each: OwnerNeed, plan: Plan) -> Entry:
    """How the gap comes about, with the figures of every measure whose gap is known."""

    def numbers(line: ProfitabilityGap) -> str:
        terms = map(write.mnkr, (line.investment, line.alternative, line.savings, line.support))
        a, b, c, d = terms
        return f"{plan.tags['name'][line.measure]}: {a} − {b} − {c} − {d} = {write.mnkr(line.gap)}"

    return Entry(
        owner(each.owner),
        (
            _(
                "max(0, investment − invested anyway − present value of savings over the lifetime "
                "− support), each measure for itself, MSEK"
            ),
            _(
                "Calculation rate {rate}, real; savings are worth what they are in the first year "
                "of the investment, and the last stated year goes on for the lifetime.",
                rate=write.percent(plan.head.calculation_rate, 1),
            ),
        ),
        [numbers(line) for line in each.lines if line.gap is not None]
        or [_("No measure's gap is known.")],
    )


def payers(flows: Sequence[Flow]) -> Table:
    """Owner by payer: amounts that add up to the plan's need."""
    order = list(dict.fromkeys(flow.payer for flow in flows))
    owners = list(dict.fromkeys(flow.owner for flow in flows))

    def amount(whose: str | None, payer: str | None) -> str:
        return _sum(
            [flow for flow in flows if whose in (None, flow.owner) and payer in (None, flow.payer)]
        )

    return Table(
        _("Whose it is and who pays it, MSEK"),
        (_("Owner"), *map(payer, order), _("Sum")),
        [(owner(o), *(amount(o, each) for each in order), amount(o, None)) for o in owners],
        total=(_("Sum"), *(amount(None, each) for each in order), amount(None, None)),
    )


def bands(flows: Sequence[Flow]) -> list[chart.Flow]:
    """The same as a chart draws it: the group's first, and last what others pay of their own."""
    known = {BUDGET: COVER["decided"], PAID: COVER["paid"], OWNER: OTHER_ACTORS, NOBODY: MISSING}
    order = [PAID, "", BUDGET, NOBODY, UNKNOWN, OWNER]

    def meaning(key: str) -> Meaning:
        return SHARED if key == UNKNOWN else known.get(key, COVER["granted"])

    return [
        chart.Flow(
            payer(flow.payer),
            owner(flow.owner),
            meaning(flow.payer),
            flow.amount,
            flow.from_below,
        )
        for flow in sorted(
            flows, key=lambda flow: order.index(flow.payer if flow.payer in order else "")
        )
    ]


def who_pays_title(flows: Sequence[Flow]) -> str:
    """How much of it all nobody pays yet."""
    whole, missing = _money(flows), [flow for flow in flows if flow.payer == NOBODY]
    if not missing:
        return _("All of {whole} has somebody who pays, or is not said", whole=whole)
    return _("Nobody pays {part} of {whole} yet", part=_money(missing), whole=whole)


def _money(flows: Sequence[Flow]) -> str:
    from_below = any(flow.from_below for flow in flows)
    return write.money(sum(flow.amount for flow in flows), lower_bound=from_below)


def _sum(flows: Sequence[Flow]) -> str:
    """Their sum in a table, with *minst* where some of it is only known from below."""
    from_below = any(flow.from_below for flow in flows)
    return write.mnkr(sum(flow.amount for flow in flows), lower_bound=from_below)


def gains(flows: Sequence[Flow]) -> Table:
    """Owner and payer by who gains: whole amounts under everyone who does."""
    shown = [key for key in BENEFICIARIES if any(key in flow.beneficiaries for flow in flows)]
    pairs = list(dict.fromkeys((flow.owner, flow.payer) for flow in flows))

    def amounts(pair: tuple[str, str]) -> list[str]:
        of = [flow for flow in flows if (flow.owner, flow.payer) == pair]
        return [
            *(_sum([flow for flow in of if key in flow.beneficiaries]) for key in shown),
            _sum([flow for flow in of if not flow.beneficiaries]),
            _sum(of),
        ]

    return Table(
        _("Owner, payer and who gains, MSEK"),
        (
            *(_("Owner"), _("Payer")),
            *(capitalise(_(BENEFICIARIES[key])) for key in shown),
            *(_("No effect says"), _("Sum")),
        ),
        [(owner(pair[0]), payer(pair[1]), *amounts(pair)) for pair in pairs],
        text=frozenset({1}),
    )


def payer(key: str) -> str:
    """Who pays: the owner, the group, or a source of money by its name."""
    if key in _PAYERS:
        return _(_PAYERS[key])
    return words.tag("source", key, language())


def share_terms(share: PrivateShare, known: Mapping[str, Assumption]) -> list[Term]:
    """The private share as measured, the one that is assumed, and what lies between them."""
    measured = _span(share.low, share.high)
    assumed, public = known[PRIVATE], known[PUBLIC]
    value = assumed.latest
    return [
        Term(
            _("Measured in the plan"),
            measured,
            (
                _(
                    "private {private}, public {public}, shared with unknown split {shared}",
                    private=write.money(share.private),
                    public=write.money(share.public),
                    shared=write.money(share.shared),
                ),
                _(
                    "{private} / {need}; at most with all that is shared",
                    private=write.money(share.private),
                    need=write.money(share.need),
                ),
            ),
        ),
        Term(
            name(assumed),
            _(
                "{private} private, {public} public",
                private=write.percent(value.value),
                public=write.percent(public.latest.value),
            ),
            (note(value), _("Source: {source}", source=sourced.source(value))),
            sourced.mark(value),
        ),
        Term(_("Difference"), _difference(share, assumed), tuple(_explained(share))),
    ]


def _span(low: Fraction | None, high: Fraction | None) -> str:
    if low is None or high is None:
        return write.unknown()
    said, most = (shares.share(each, language()) for each in (low, high))
    return said if low == high else _("{low} to {high}", low=said, high=most)


def _difference(share: PrivateShare, assumed: Assumption) -> str:
    if share.low is None or share.high is None:
        return write.unknown()
    expected = Fraction(assumed.latest.value)
    if share.low <= expected <= share.high:
        return _("none that the unknown split could not explain")
    nearest = share.low if expected < share.low else share.high
    points = write.number(abs(float(expected - nearest)) * 100, 1)
    return (
        _("{points} percentage points less private than assumed", points=points)
        if nearest < expected
        else _("{points} percentage points more private than assumed", points=points)
    )


def _explained(share: PrivateShare) -> list[str]:
    """What the difference may rest on: what is shared, what has no amount, and the boundary."""
    said = []
    if share.shared and share.low is not None and share.high is not None:
        points = write.number(float(share.high - share.low) * 100, 1)
        said.append(
            _("What is shared and not split could add {points} percentage points.", points=points)
        )
    for kind, count in share.without_amount.items():
        said.append(
            n_(
                "{kind}: {count} measure without an amount.",
                "{kind}: {count} measures without an amount.",
                count,
                kind=words.tag("owner_kind", kind, language()).capitalize(),
            )
        )
    boundary = _(words.BOUNDARIES[share.boundary])
    said.append(
        _(
            "The plan's boundary is {boundary}; the assumed share is of all investment in a whole "
            "city, which no other municipality's plan needs to follow.",
            boundary=boundary,
        )
    )
    return said


def to_split(result: Result) -> Table | None:
    """Measures with several owners, with a way to their shares; None where there is none."""
    plan = result.plan
    rows = []
    for measure, key in enumerate(plan.tags["owner"]):
        said = plan.owner_shares.measure == measure
        if key != "mixed" and not said.any():
            continue
        split = ", ".join(
            f"{owner(str(who))} {write.percent(int(part) / 1_000_000)}"
            for who, part in zip(
                plan.owner_shares.owner[said], plan.owner_shares.share[said], strict=True
            )
        )
        need = int(result.plan.need.mid[:, measure].sum())
        known = bool(plan.known[measure])
        rows.append(
            (
                _link(plan, measure),
                split or write.unknown(),
                write.mnkr(need if known else None),
            )
        )
    if not rows:
        return None
    return Table(
        _("Measures with several owners: open one to change the shares, MSEK"),
        (_("Measure"), _("Owner shares"), _("Investment need")),
        rows,
        text=frozenset({1}),
    )


def _link(plan: Plan, measure: int) -> Link:
    return Link(
        str(plan.tags["name"][measure]),
        frame.href("atgarder", measure=str(plan.tags["id"][measure])),
    )

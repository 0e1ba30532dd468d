"""Purchases and what they emit, in words and tables."""

from model.climate_budget import Pace
from model.entries import Assumption
from model.spend_emissions import Line, SpendEmissions, Sum, Usual
from ui import format as write
from ui.charts.purchases import Row
from ui.i18n import _, n_, name
from ui.parts.emission_series import department, label
from ui.parts.table import Table

SHOWN = 12


def key_label(by: str, key: str) -> str:
    """What a department or category is called."""
    return department(key) if by == "department" else key or write.unknown()


def shares(found: SpendEmissions, by: str) -> list[Row]:
    """The rows of the chart: those that emit something, each with its share."""
    whole = found.total.grams
    return [
        Row(key_label(by, each.key), each.tonnes, each.grams / whole if whole > 0 else None)
        for each in found.by(by)
        if each.moved_covered
    ][:SHOWN]


def sums(found: SpendEmissions, by: str, year: int) -> Table:
    """Spend, coverage and tonnes by department or category in a year."""
    whole = found.total

    def cells(each: Sum) -> list[str]:
        share = each.grams / whole.grams if whole.grams > 0 and each.moved_covered else None
        return [
            write.mnkr(each.ore),
            write.percent(each.coverage),
            write.tonnes(each.tonnes if each.moved_covered else None),
            write.percent(share),
        ]

    heading, caption = {
        "department": (
            _("Department or company"),
            _("Purchases and their emissions by department in {year}", year=year),
        ),
        "category": (
            _("Category"),
            _("Purchases and their emissions by category in {year}", year=year),
        ),
    }[by]
    return Table(
        caption,
        (
            heading,
            _("Purchases, MSEK"),
            _("Share with a factor"),
            _("Emissions"),
            _("Share of emissions"),
        ),
        [(key_label(by, each.key), *cells(each)) for each in found.by(by)],
        total=(_("Sum"), *cells(whole)),
    )


def missing(found: SpendEmissions) -> Table:
    """What is not counted, the largest first."""
    return Table(
        _("Not counted, the largest first, MSEK"),
        (_("Category or account"), _("Purchases"), _("Why")),
        [
            (each.key or write.unknown(), write.mnkr(each.ore), why(each.reason))
            for each in found.missing
        ],
        text=frozenset({2}),
    )


def why(reason: str) -> str:
    """Why an amount is not counted."""
    return {
        "no_factor": _("no factor for the category or account"),
        "no_index": _(
            "no price index for both the purchase's year and the factor's: state it on Source data"
        ),
    }[reason]


def factors(found: SpendEmissions) -> Table:
    """Every factor that is used: what a krona of each year emits, and where the factor is from."""
    used: dict[tuple, list[Line]] = {}
    for line in found.lines:
        if line.intensity is not None:
            used.setdefault((line.intensity.label, line.spend.year), []).append(line)

    def cells(lines: list[Line]) -> tuple[str, ...]:
        first = lines[0]
        factor = first.intensity
        return (
            str(first.spend.year),
            write.number(factor.kg_per_krona, 3),
            str(factor.price_year),
            write.unknown() if first.index is None else write.number(first.index, 3),
            write.mnkr(sum(line.ore for line in lines)),
            write.tonnes(
                None if first.grams is None else sum(line.grams for line in lines) / 1_000_000
            ),
            factor.source,
            factor.source_ref,
        )

    return Table(
        _("Factors: purchases × price index × kg per krona = emissions"),
        (
            *(_("Category or account"), _("Year"), _("kg per krona"), _("Price year")),
            *(_("Price index"), _("Purchases, MSEK"), _("Emissions"), _("Source"), _("Place")),
        ),
        [(key[0], *cells(lines)) for key, lines in sorted(used.items())],
        text=frozenset({7, 8}),
    )


def usual(found: Usual) -> str:
    """How the emissions without measures are told."""
    if found.basis == "none":
        return _("No year has purchases with a factor, so there is no trend.")
    if found.basis == "level":
        return _("Only one year is known, so the emissions are taken to stay as they were.")
    said = n_(
        "Without measures: a straight line by least squares through {count} year, in fixed prices.",
        "Without measures: a straight line by least squares through {count} years, in fixed "
        "prices.",
        len(found.observed),
    )
    if found.uneven:
        said += " " + _(
            "The share with a factor differs between the years, so the trend is partly of that."
        )
    return said


def said_of(found: SpendEmissions, prices: Assumption) -> list[str]:
    """What must be known about the figures: credits, tax, prices, what is left out."""
    whole, taxes = found.total, {line.spend.vat for line in found.lines}
    factor_taxes = {line.intensity.vat for line in found.lines if line.intensity}
    return [
        _("Counted as {series}.", series=label(found.series)) if found.series else "",
        _(
            "Purchases are {amounts}; the factors are per krona {factors}.",
            amounts=_taxes(taxes),
            factors=_taxes(factor_taxes),
        )
        if factor_taxes
        else _("Purchases are {amounts}.", amounts=_taxes(taxes)),
        _(
            "{amount} of the purchases have another value added tax than their factor: their "
            "emissions are not corrected for that.",
            amount=write.money(found.vat_differs),
        )
        if found.vat_differs
        else "",
        _(
            "Credits of {amount} are taken off, and take emissions off with them.",
            amount=write.money(whole.credited),
        )
        if whole.credited
        else "",
        _(
            "Amounts are counted in the factor's prices with the plan's price index, or else with "
            "{index} ({status}).",
            index=name(prices),
            status=_("unverified")
            if any(value.status == "unverified" for value in prices.values)
            else _("verified"),
        ),
    ]


def _taxes(said: set[str]) -> str:
    words = {
        "excluded": _("without value added tax"),
        "included": _("with value added tax"),
        "unknown": _("with or without value added tax, which nobody has said"),
    }
    return _(" and ").join(words[each] for each in words if each in said)


def against_budget(pace: Pace | None, whose: str) -> list[str]:
    """How a department's measures stand to its budget, in sentences."""
    if pace is None:
        return [
            _(
                "{department} has no emission budget in this counting. Enter one on the page "
                "Climate budget.",
                department=department(whose),
            )
        ]
    if pace.base is None:
        return [
            _(
                "What {department} emitted in {year} is not known, so its budget has no tonnes.",
                department=department(whose),
                year=pace.budget.base_year,
            )
        ]
    counted = sum(not each.reason for each in pace.measures)
    other = pace.left_out("other_boundary")
    return [
        _(
            "Emission budget: {share} less in {target} than in {base}; {allowed} in {last}.",
            share=write.percent(pace.budget.reduction),
            target=pace.budget.target_year,
            base=pace.budget.base_year,
            allowed=write.tonnes(float(pace.allowed[-1])),
            last=pace.years[-1],
        ),
        n_(
            "{count} measure of the department has tonnes in this counting: {tonnes} in {year}.",
            "{count} measures of the department have tonnes in this counting: {tonnes} in {year}.",
            counted,
            tonnes=write.tonnes(float(pace.tonnes()[-1])),
            year=pace.years[-1],
        )
        if counted
        else _("No measure of the department states tonnes in this counting."),
        n_(
            "{count} measure has tonnes of another boundary, which are not added to these.",
            "{count} measures have tonnes of another boundary, which are not added to these.",
            other,
        )
        if other
        else "",
    ]

"""Uncertainty of the gap in words, and the tables behind its charts."""

from collections.abc import Sequence

import numpy as np

from model.formatting import capitalise, year_spans
from model.report import words as terms
from model.report.largest import years_of_most
from model.results import Result
from model.sensitivity import Share, Swing
from model.uncertainty import Simulation
from model.worlds import Input
from model.years import is_calendar_year
from ui import format as write
from ui.charts import fan as fans
from ui.charts import style, tornado
from ui.i18n import _, language
from ui.parts.headline import Figure
from ui.parts.table import Table

# So many bars are read at a glance; the table has the rest.
BARS, FIVE = 8, 5


def named(each: Input, result: Result) -> str:
    """An input: what of the plan is drawn. May hold what a person typed."""
    plan = result.plan
    if each.kind == "price":
        return _("Price increase beyond the plan's")
    if each.kind == "common":
        if not each.group:
            return _("What is common to all costs")
        sector = terms.tag("sector", each.group, language(), plan)
        return _("What is common to costs in {sector}", sector=sector)
    measure = str(plan.tags["name"][each.measure])
    if each.kind == "cost":
        return _("Cost: {measure}", measure=measure)
    source = terms.tag("source", str(plan.grants.source[each.line]), language(), plan)
    return _("Application: {source}, {measure}", source=source, measure=measure)


def span(low: int, high: int) -> str:
    """From low to high; in MSEK where miljarder would say the same of both."""
    if low != high and write.money(low) == write.money(high):
        return _("{low}–{high} MSEK", low=write.mnkr(low), high=write.mnkr(high))
    return write.money_range(low, high)


def in_msek(ore: int) -> str:
    """An amount as it is typed."""
    return _("{amount} MSEK", amount=write.mnkr(ore))


def sentence(found: Simulation) -> str:
    """The answer."""
    low, mid, high = (int(each) for each in found.of_total())
    if low == high:
        return _("The gap is {amount} in nearly every case", amount=write.money(mid))
    return _("The gap is {span} with 80% probability", span=span(low, high))


def nothing_drawn(found: Simulation) -> str:
    """The answer where nothing has a range: the gap is what it is."""
    return _(
        "The gap is {amount} as stated: nothing that it rests on has a range",
        amount=write.money(int(found.central.sum())),
    )


def figures(found: Simulation, limit: int) -> list[Figure]:
    """What the draws say of the gap of all years."""
    low, mid, high = (int(each) for each in found.of_total())
    shown = [
        Figure(
            write.money(mid),
            _("Half of the outcomes are below (P50)"),
            _("P10 to P90: {span}", span=span(low, high)),
        ),
        Figure(
            write.percent(found.share_within(limit)),
            _("Probability that the gap is at most {limit}", limit=write.money(limit)),
            _("of {count} draws", count=write.number(found.settings.draws)),
        ),
        Figure(
            write.money(found.mean),
            _("Mean of the gap over the draws"),
            _("central case {amount}", amount=write.money(int(found.central.sum()))),
        ),
    ]
    if expects(found):
        shown.append(
            Figure(
                write.money(int(found.of_expected_money.sum())),
                _("Gap of expected money, another figure"),
                _("each application counted as its amount times its chance"),
            )
        )
    return shown


def expects(found: Simulation) -> bool:
    """Whether applications count by their chance: only then expected money is another figure."""
    return found.settings.reading == "expected"


def fan_title(found: Simulation, first: int) -> str:
    """The year that is least certain, or the years that are as little so."""
    low, _mid, high = found.fan()
    widths = high - low
    least = years_of_most([write.year(int(year), first) for year in found.years], widths.tolist())
    place = int(widths.argmax())
    if not least:
        return _("No year's gap is uncertain")
    if len(least) > 1:
        return _(
            "Least certain are {years}: {width} from low to high each year",
            years=year_spans(least),
            width=write.money(int(widths[place])),
        )
    return _(
        "Least certain is {year}: {span}",
        year=least[0],
        span=span(int(low[place]), int(high[place])),
    )


def fan(found: Simulation, first: int) -> fans.Fan:
    """The gap by year; *before* and *later* only where something may be missing there."""
    rows = _shown(found)
    low, mid, high = (tuple(style.millions(each[rows]).tolist()) for each in found.fan())
    return fans.Fan(
        labels(found.years[rows], first),
        low,
        mid,
        high,
        tuple(style.millions(found.central[rows]).tolist()),
        lambda amount: write.money(round(amount * 100_000_000)),
    )


def by_year(found: Simulation, first: int) -> Table:
    """The table that the fan is made of. ``first`` is the plan's first year."""
    rows = _shown(found)

    def cells(name: str, years, total: int) -> tuple[str, ...]:
        return (name, *(write.mnkr(int(amount)) for amount in years[rows]), write.mnkr(int(total)))

    each = zip(("P10", "P50", "P90"), found.fan(), found.of_total(), strict=True)
    means = np.floor(found.gap.mean(axis=1) + 0.5)
    expected = found.of_expected_money
    return Table(
        _("Gap by year, MSEK. P10 is what one outcome in ten is below; quantiles do not add up"),
        (_("Outcome"), *labels(found.years[rows], first), _("All years")),
        [
            *(cells(*row) for row in each),
            cells(_("Mean of the gap over the draws"), means, found.mean),
            cells(_("Central case"), found.central, found.central.sum()),
            *(
                [cells(_("Gap of expected money"), expected, expected.sum())]
                if expects(found)
                else []
            ),
        ],
    )


def bars(swings: Sequence[Swing], result: Result) -> list[tornado.Bar]:
    """The widest swings that move anything."""
    moving = [swing for swing in swings if swing.width]
    return [
        tornado.Bar(
            named(swing.input, result),
            min(swing.low, swing.high),
            max(swing.low, swing.high),
            # Nearly all are costs: the heading says so once.
            str(result.plan.tags["name"][swing.input.measure])
            if swing.input.kind == "cost"
            else "",
        )
        for swing in moving[:BARS]
    ]


def tornado_title(swings: Sequence[Swing], result: Result) -> str:
    """What moves the gap most."""
    first = swings[0]
    return _(
        "{input} moves the gap most: {width}",
        input=named(first.input, result),
        width=write.money(first.width),
    )


def swings_table(swings: Sequence[Swing], result: Result) -> Table:
    """Every input from low to high."""
    return Table(
        _("Gap when one thing at a time is at its low and at its high, MSEK"),
        (_("What is not certain"), _("At low"), _("At high"), _("Difference")),
        [
            (
                named(swing.input, result),
                write.mnkr(swing.low),
                write.mnkr(swing.high),
                write.mnkr(swing.high - swing.low),
            )
            for swing in swings
        ],
    )


def shares_table(shares: Sequence[Share], result: Result) -> Table:
    """The five that matter."""
    five = shares[:FIVE]
    rest = max(1 - sum(each.share for each in five), 0.0)
    return Table(
        _("Share of the variance of the gap that each explains by itself"),
        (_("What is not certain"), _("Share")),
        [(named(each.input, result), write.percent(each.share)) for each in five],
        total=(_("Everything else, and what they do together"), write.percent(rest)),
    )


def convergence_table(found: Simulation) -> Table:
    """How mean and quantiles settle as draws are added."""

    def told(amount: float, error: float) -> str:
        if np.isnan(error):
            return write.mnkr(round(amount))
        return f"{write.mnkr(round(amount))} ± {write.number(error / 1e8, 2)}"

    return Table(
        _("How the figures settle: the gap by number of draws ± its standard error, MSEK"),
        (_("Draws"), _("Mean"), "P10", "P50", "P90"),
        [
            (
                write.number(each.draws),
                told(each.mean, each.mean_error),
                *map(told, each.fan, each.fan_errors),
            )
            for each in found.convergence()
        ],
    )


def _shown(found: Simulation) -> np.ndarray:
    """Rows of the years, and of *before* and *later* where any draw has a gap there."""
    calendar = np.array([is_calendar_year(int(year)) for year in found.years])
    return np.flatnonzero(calendar | found.gap.any(axis=1))


def labels(years: np.ndarray, first: int) -> tuple[str, ...]:
    return tuple(capitalise(write.year(int(year), first)) for year in years)

"""Uncertainty in words: what is drawn and what is not, and the tables behind the charts."""

from collections.abc import Sequence

import numpy as np

from model.emission_paths import EmissionPath
from model.emission_result import TargetPath
from model.formatting import capitalise
from model.report import answers
from model.report import words as terms
from model.results import Result
from model.sensitivity import Share, Swing
from model.uncertainty import CORRELATION, PRICE_PATH, Settings, Simulation, Tonnes
from model.worlds import Input
from model.years import is_calendar_year
from ui import format as write
from ui.charts import fan as fans
from ui.charts import style, tornado
from ui.i18n import _, language, n_
from ui.parts import sourced
from ui.parts.headline import Figure
from ui.parts.listing import Term
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
    return _("The gap is {span} in eight cases out of ten", span=span(low, high))


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
    """The year that is least certain."""
    low, _mid, high = found.fan()
    place = int((high - low).argmax())
    if low[place] == high[place]:
        return _("No year's gap is uncertain")
    return _(
        "Least certain is {year}: {span}",
        year=_labels(found.years[[place]], first)[0],
        span=span(int(low[place]), int(high[place])),
    )


def fan(found: Simulation, first: int) -> fans.Fan:
    """The gap by year; *before* and *later* only where something may be missing there."""
    rows = _shown(found)
    low, mid, high = (tuple(style.millions(each[rows]).tolist()) for each in found.fan())
    return fans.Fan(
        _labels(found.years[rows], first),
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
        (_("Outcome"), *_labels(found.years[rows], first), _("All years")),
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
            named(swing.input, result), min(swing.low, swing.high), max(swing.low, swing.high)
        )
        for swing in moving[:BARS]
    ]


def tornado_title(swings: Sequence[Swing], result: Result) -> str:
    """What moves the gap most."""
    first = swings[0]
    return _(
        "{input} moves the gap most: {width}",
        input=answers.short(named(first.input, result)),
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
    """How the mean settles as draws are added."""
    return Table(
        _("Mean of the gap by number of draws, MSEK"),
        (_("Draws"), _("Mean"), _("Standard error, had the draws been independent")),
        [
            (
                write.number(draws),
                write.mnkr(round(mean)),
                write.unknown() if np.isnan(error) else write.number(error / 1e8, 3),
            )
            for draws, mean, error in found.convergence()
        ],
    )


def certainty(found: Simulation, result: Result) -> list[str]:
    """What is drawn and what is not, in sentences."""
    stand, settings = found.certainty, found.settings
    said = [
        n_(
            "{count} of {all} measures has a cost with a range and is drawn.",
            "{count} of {all} measures have a cost with a range and are drawn.",
            len(stand.ranged),
            all=stand.measures,
        )
    ]
    if stand.certain:
        said.append(
            n_(
                "{count} has a cost without a range and is taken as certain as it stands.",
                "{count} have a cost without a range and are taken as certain as they stand.",
                len(stand.certain),
            )
        )
    if stand.lower_bounds:
        said.append(
            n_(
                "{count} is known only from below and stands at that bound: the gap is at least "
                "what is shown.",
                "{count} are known only from below and stand at that bound: the gap is at least "
                "what is shown.",
                len(stand.lower_bounds),
            )
        )
    if stand.unknown:
        said.append(
            n_(
                "{count} has no cost: it is unknown, not zero, and is in no outcome.",
                "{count} have no cost: they are unknown, not zero, and are in no outcome.",
                len(stand.unknown),
            )
        )
    if stand.drawn:
        said.append(
            n_(
                "{count} application succeeds or fails by its stated chance, by itself.",
                "{count} applications succeed or fail by their stated chances, each by itself.",
                stand.drawn,
            )
        )
    if stand.without_chance:
        said.append(
            n_(
                "{count} application has no stated chance and is not counted on.",
                "{count} applications have no stated chance and are not counted on.",
                stand.without_chance,
            )
        )
    if stand.left_out:
        said.append(
            n_(
                "{count} application is not counted in this reading.",
                "{count} applications are not counted in this reading.",
                stand.left_out,
            )
        )
    said.append(_("One-off operating expenditure is not drawn, and is no part of the gap."))
    if settings.price is None:
        said.append(
            _(
                "How much more prices may rise than the plan says has nobody stated: enter "
                "“{assumption}” with low and high among the plan's own values under Measures.",
                assumption=_name(result, PRICE_PATH),
            )
        )
    return said


def without_range(found: Simulation, result: Result) -> Table:
    """The measures that are not drawn, and why."""
    stand = found.certainty
    names = result.plan.tags["name"]
    cost = result.plan.need.mid.sum(axis=0)
    rows = [
        (str(names[measure]), why, write.mnkr(int(cost[measure])) if known else write.unknown())
        for why, measures, known in (
            (_("cost without a range"), stand.certain, True),
            (_("known only from below"), stand.lower_bounds, True),
            (_("cost unknown"), stand.unknown, False),
        )
        for measure in measures
    ]
    return Table(
        _("What has no range"),
        (_("Measure"), _("Why"), _("Investment need, MSEK")),
        rows,
        text=frozenset({1}),
    )


def assumed(settings: Settings, result: Result, stated: float) -> list[Term]:
    """What the draws rest on, with its source and status."""
    assumptions = result.assumptions()
    value = assumptions[CORRELATION].latest
    shared = (
        _("costs in the same sector")
        if settings.common == "sector"
        else _("all costs, whatever sector")
    )
    own = settings.correlation != stated
    rests_on = [
        Term(
            _name(result, CORRELATION),
            f"{write.number(settings.correlation, 1)}, {shared}",
            (
                _("chosen here; the assumption says {value}", value=write.number(stated, 1))
                if own
                else sourced.source(value),
                value.note,
            ),
            "" if own else sourced.mark(value),
        ),
        Term(
            _("Ranges"),
            _("triangular between low and high, likeliest at mid; all years of a measure together"),
        ),
        Term(
            _("Draws"),
            _(
                "{count} evenly spread points (Sobol), seed {seed}: the same settings give the "
                "same digits",
                count=write.number(settings.draws),
                seed=str(settings.seed),
            ),
        ),
        Term(
            _("Each outcome"),
            _("matched year by year by the rules of every other page, measure by measure"),
        ),
    ]
    path = assumptions[PRICE_PATH].latest
    if settings.price is not None:
        rests_on.append(
            Term(
                _name(result, PRICE_PATH),
                sourced.span(path, assumptions[PRICE_PATH].unit),
                (sourced.source(path), path.note),
                sourced.mark(path),
            )
        )
    return rests_on


def left_fan(found: Tonnes, path: EmissionPath, until: int) -> fans.Fan:
    """What is left to emit with the measures, year by year."""
    low, mid, high = (tuple(each[:until].tolist()) for each in found.left(path.usual.total))
    labels = _labels(path.years[:until], 0)
    return fans.Fan(labels, low, mid, high, tuple(path.planned()[:until].tolist()), write.tonnes)


def left_table(found: Tonnes, path: EmissionPath, until: int, unit: str) -> Table:
    """The table that the fan of emissions is made of."""
    each = zip(("P10", "P50", "P90"), found.left(path.usual.total), strict=True)
    rows = [*each, (_("Central case"), path.planned()), (_("Without the plan"), path.usual.total)]
    return Table(
        _("Left to emit with the measures, {unit}", unit=unit),
        (_("Outcome"), *_labels(path.years[:until], 0)),
        [(name, *map(write.number, tonnes[:until])) for name, tonnes in rows],
    )


def targets_met(found: Tonnes, path: EmissionPath, targets: Sequence[TargetPath]) -> list[Figure]:
    """How often each target that can be compared is met in its own year."""
    return [
        Figure(
            write.percent(found.share_meeting(path, each)),
            _("Probability that the target for {year} is met", year=each.aim.year),
            _("the target allows {level}", level=write.tonnes(each.distance.level)),
        )
        for each in targets
    ]


def _name(result: Result, key: str) -> str:
    entry = result.assumptions()[key]
    return entry.name_en if language() == "en" else entry.name


def _shown(found: Simulation) -> np.ndarray:
    """Rows of the years, and of *before* and *later* where any draw has a gap there."""
    calendar = np.array([is_calendar_year(int(year)) for year in found.years])
    return np.flatnonzero(calendar | found.gap.any(axis=1))


def _labels(years: np.ndarray, first: int) -> tuple[str, ...]:
    return tuple(capitalise(write.year(int(year), first)) for year in years)

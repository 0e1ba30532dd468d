"""Tables of economics: every measure, packages of them, and one measure's stream and formulas."""

from collections.abc import Sequence

import numpy as np

from model.appraisal import FIGURES, Appraisal, Economics
from model.cost_curve import Step
from model.economics import discount_factors
from model.plan import Plan
from model.reference import reference
from model.report import words
from model.streams import PARTS
from ui import format as write
from ui import frame
from ui.i18n import _, language, n_
from ui.parts import sourced
from ui.parts.listing import Term
from ui.parts.profitability import (
    bars,
    checked,
    figure,
    label,
    ore,
    part,
    prices,
    reason,
    titled,
    unit_values,
    view,
)
from ui.parts.table import Link, Table


def curve_table(steps: Sequence[Step], plan: Plan) -> Table:
    """The table behind the curve."""
    return Table(
        _("Measures that cost something per tonne, lowest cost first"),
        (
            _("Measure"),
            _("No."),
            _("Cost per tonne, SEK"),
            _("t CO2e a year"),
            _("Net present value, MSEK"),
        ),
        [
            (
                bar.label,
                str(bar.number),
                write.number(bar.cost),
                write.number(bar.tonnes),
                write.mnkr(bar.value),
            )
            for bar in bars(steps, plan)
        ],
    )


def all_measures(found: Appraisal, other: Appraisal | None) -> Table:
    """Every measure with every figure; ``other`` is the same with or without the tax factor."""
    tags, counted = found.plan.tags, found.measures
    together, joint = found.joint
    rows = [
        (
            Link(
                str(tags["name"][place]),
                frame.href("atgarder", measure=str(tags["id"][place])),
            ),
            *_cells(counted, other and other.measures, place),
        )
        for place in range(found.plan.size[1])
    ]
    for column in range(together.counted.shape[1]):
        members = np.flatnonzero(found.streams.joint == _groups(found)[column])
        # A part of what shares an effect says nothing about the effect.
        if together.counted[members, column].all():
            rows.append(
                (
                    _("Together: {measures}", measures=titled(found.plan, members)),
                    *_cells(joint, other and other.joint[1], column),
                )
            )
    return _table(_("Every measure"), found, other, rows, found.whole[1], other)


def packages(found: Appraisal, tag: str) -> Table:
    """Packages by a tag, with every figure of each."""
    keys, together, counted = found.by(tag)
    sizes = together.counted.sum(axis=0)
    rows = [
        (
            _(
                "{package} ({known} of {all})",
                package=words.tag(tag, key, language(), found.plan),
                known=int(sizes[place]),
                all=int((found.plan.tags[tag] == key).sum()),
            ),
            *_cells(counted, None, place),
        )
        for place, key in enumerate(keys)
    ]
    caption = _("Measures together, by {tag}: known of all", tag=_(words.TAGS[tag]))
    return _table(caption, found, None, rows, found.whole[1], None)


def stream(found: Appraisal, place: int) -> Table:
    """A measure's stream, year by year, with what each year is worth in year 0."""
    streams = found.streams
    used = [key for key in PARTS if streams.parts[key][:, place].any()]
    net = streams.net[:, place]
    factors = discount_factors(len(net), found.rate)
    until = int(streams.end[place]) + 1
    rows = [
        (
            str(streams.base_year + year),
            *(write.mnkr(ore(streams.parts[key][year, place])) for key in used),
            write.mnkr(ore(net[year])),
            write.number(factors[year], 4),
            write.mnkr(ore(net[year] * factors[year])),
            write.number(streams.tonnes[year, place]),
        )
        for year in range(until)
    ]
    worth = [ore(float(factors @ streams.parts[key][:, place])) for key in used]
    return Table(
        _(
            "Year by year, MSEK, {prices}. Year 0 is {year}.",
            prices=prices(found),
            year=streams.base_year,
        ),
        (
            _("Year"),
            *(part(key) for key in used),
            _("Net"),
            _("Discount factor"),
            _("Present value"),
            _("t CO2e"),
        ),
        rows,
        total=(
            _("Present value"),
            *map(write.mnkr, worth),
            "",
            "",
            write.mnkr(ore(float(factors @ net))),
            write.number(float(factors @ streams.tonnes[:, place])),
        ),
    )


def formulas(found: Appraisal, place: int) -> list[Term]:
    """Each figure of a measure with its formula in words and in numbers."""
    counted = found.measures
    value, invested, running, benefits, abatement, tonnes = (
        float(getattr(counted, key)[place])
        for key in (
            "net_present_value",
            "invested",
            "running",
            "benefits",
            "abatement",
            "tonnes",
        )
    )
    money = {
        "value": write.money(ore(value), zero="0"),
        "invested": write.money(ore(invested), zero="0"),
        "running": write.money(ore(running), zero="0"),
        "benefits": write.money(ore(benefits), zero="0"),
        "net_cost": write.money(ore(abatement), zero="0"),
    }
    rate, years = write.percent(found.rate, 1), int(found.streams.end[place])
    said = {
        "net_present_value": _(
            "what comes in less what goes out, each year divided by (1 + {rate}) for each year "
            "since year 0: {benefits} − {running} − {invested}",
            rate=rate,
            **money,
        ),
        "internal_rate": _("the rate at which the net present value is nothing"),
        "benefit_cost_ratio": _(
            "present value of what comes in through what is invested (net) and higher running "
            "cost: {benefits} / ({invested} + {running})",
            **money,
        ),
        "net_benefit_invested": _(
            "net present value per krona invested, net: {value} / {invested}", **money
        ),
        "net_benefit_invested_and_run": _(
            "net present value per krona invested and of higher running cost: "
            "{value} / ({invested} + {running})",
            **money,
        ),
        "payback": _("years from year 0 until the net flow has paid itself, without interest"),
        "discounted_payback": _("the same with each year discounted at {rate}", rate=rate),
        "annuity": _(
            "net present value × rate / (1 − (1 + rate)^−n), with {rate} and n = {years} years",
            rate=rate,
            years=years,
        ),
        "cost_per_tonne": _(
            "present value of net cost, before what a tonne is worth, per tonne discounted in the "
            "same way: {net_cost} / {tonnes}",
            tonnes=write.tonnes(tonnes),
            **money,
        ),
    }
    return [
        Term(label(key), figure(counted, key, place), (said[key].capitalize() + ".",))
        for key in FIGURES
    ]


def inputs(found: Appraisal, place: int) -> list[str]:
    """Where the inputs of a measure's figures are from."""
    plan, known_ = found.plan, reference()
    life = int(plan.assets.lifetime[place])
    service = int(found.streams.end[place]) - life + found.streams.base_year
    rate = known_.assumptions["economy/calculation_rate"].latest
    lines = [
        n_(
            "Life: {count} year after {service}, the year in which it is taken in use, or of its "
            "last investment where that is not said.",
            "Life: {count} years after {service}, the year in which it is taken in use, or of its "
            "last investment where that is not said.",
            life,
            service=service,
        ),
        _("Amounts: {source}", source=str(plan.tags["source_ref"][place]) or write.unknown()),
        _("Calculation rate: {source}", source=sourced.source(rate)),
    ]
    if found.tax_factor != 1:
        factor = known_.assumptions["economy/tax_factor"].latest
        lines.append(_("Tax factor: {source}", source=checked(factor)))
    return [*lines, *unit_values(found)]


def _groups(found: Appraisal) -> np.ndarray:
    joint = found.streams.joint
    return np.unique(joint[joint >= 0])


def _cells(counted: Economics, other: Economics | None, place: int) -> list[str]:
    """Every figure of a column; where nothing is known the reason once, and then *okänt*."""
    whole = str(counted.reasons["net_present_value"][place])
    keys = [*FIGURES]
    cells = [
        (reason(whole) if not position else write.unknown())
        if whole
        else figure(counted, key, place)
        for position, key in enumerate(keys)
    ]
    if other is not None:
        cells += [
            write.unknown() if whole else figure(other, key, place)
            for key in ("net_benefit_invested", "net_benefit_invested_and_run")
        ]
    return cells


def _table(
    caption: str,
    found: Appraisal,
    other: Appraisal | None,
    rows: Sequence,
    whole: Economics,
    other_whole: Appraisal | None,
) -> Table:
    columns = [_("Measure"), *(label(key) for key in FIGURES)]
    if other is not None:
        columns += [
            _(
                "{figure}, with tax factor {factor}",
                figure=label(key),
                factor=write.number(other.tax_factor, 1),
            )
            if other.tax_factor != 1
            else _("{figure}, without tax factor", figure=label(key))
            for key in ("net_benefit_invested", "net_benefit_invested_and_run")
        ]
    return Table(
        f"{caption} · {view(found.view)}, {prices(found)}",
        columns,
        rows,
        total=(
            _("Everything that is known"),
            *_cells(whole, other_whole and other_whole.whole[1], 0),
        ),
    )

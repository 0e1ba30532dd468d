"""Economics in words: what a figure is called, or why there is none, and what it rests on."""

from collections.abc import Mapping, Sequence

import numpy as np

from model.appraisal import Appraisal, Economics
from model.cost_curve import CostCurve, LeftOut, Step
from model.entries import Assumption
from model.formatting import year_spans
from model.plan import Plan
from model.reference import reference
from model.report import words
from ui import format as write
from ui.charts.cost_curve import Bar
from ui.i18n import _, language, n_, name, single
from ui.parts import sourced

_SHOWN_FIRST = 12


def view(key: str) -> str:
    """What a view is called."""
    return {
        "municipality": _("The municipality's cash"),
        "owner": _("The owner's cash"),
        "society": _("Society"),
    }[key]


def view_means(key: str) -> str:
    """What a view counts."""
    return {
        "municipality": _(
            "The municipal group's part of investment, running cost and the grants of the reading. "
            "Measures of other actors have no place in it."
        ),
        "owner": _(
            "The whole measure as its owner sees it, with all grants of the reading. Loans and "
            "interest are no part of it."
        ),
        "society": _(
            "What is invested and run, and what the effects are worth; grants and income from "
            "others only move money and are left out."
        ),
    }[key]


def reason(key: str) -> str:
    """Why there is no figure, in a few words."""
    return {
        "no_cost": _("expenditure missing"),
        "no_lifetime": _("lifetime missing"),
        "no_running_cost": _("running cost missing"),
        "not_ours": _("other actors' measure"),
        "split_unknown": _("split between owners unknown"),
        "payer_unknown": _("who pays is unknown"),
        "no_effect": _("no effect that is sure every year and can be valued"),
        "joint_effect": _("joint effect, judged together"),
        "no_tonnes": _("tonnes missing"),
        "unclear_tonnes": _("unclear whether tonnes come every year"),
        "nothing_known": _("nothing is known"),
        "no_root": _("none: no rate brings it to nothing"),
        "several_roots": _("several: the flow turns more than once"),
        "not_within_life": _("not within its life"),
        "nothing_invested": _("nothing invested, net"),
    }[key]


def label(key: str) -> str:
    """What a figure is called in a heading, with its unit."""
    return {
        "net_present_value": _("Net present value, MSEK"),
        "internal_rate": _("Internal rate"),
        "benefit_cost_ratio": _("Benefit-cost ratio"),
        "net_benefit_invested": _("NNK-i"),
        "net_benefit_invested_and_run": _("NNK-idu"),
        "payback": _("Payback, years"),
        "discounted_payback": _("Discounted payback, years"),
        "annuity": _("Annuity, MSEK a year"),
        "cost_per_tonne": _("Cost per tonne, SEK"),
    }[key]


def part(key: str) -> str:
    """What a part of a stream is called."""
    return {
        "investment": _("Investment"),
        "reinvestment": _("Reinvestment"),
        "alternative": _("Invested anyway"),
        "avoided": _("Avoided investment"),
        "one_off": _("One-off operating"),
        "grants": _("Grants"),
        "tax": _("Cost of taxes, investment"),
        "running_higher": _("Higher running cost"),
        "running_tax": _("Cost of taxes, running"),
        "running_lower": _("Lower running cost"),
        "climate": _("Value of the tonnes"),
        "benefits": _("Other valued effects"),
    }[key]


def figure(found: Economics, key: str, place: int) -> str:
    """One figure as text, or why there is none."""
    value = float(getattr(found, key)[place])
    if np.isnan(value):
        return reason(str(found.reasons[key][place]))
    if key in ("net_present_value", "annuity"):
        return write.mnkr(ore(value))
    if key == "internal_rate":
        return write.percent(value, 1)
    if key in ("payback", "discounted_payback"):
        return write.number(value, 1)
    return write.number(value) if key == "cost_per_tonne" else write.number(value, 2)


def ore(kronor: float) -> int:
    """Kronor of an appraisal as öre, for writing and drawing."""
    return round(kronor * 100)


def prices(found: Appraisal) -> str:
    """``fasta priser i 2026 års nivå``, or that the price level is not known."""
    if not found.prices.price_year:
        return _("amounts as stated, not deflated: no index reaches the plan's years")
    return _("real prices of {year}", year=found.prices.price_year)


def subtitle(shows: str, found: Appraisal) -> str:
    """What a chart shows, price level, VAT, rate and plan version."""
    plan = found.plan
    return " · ".join(
        (
            shows,
            f"{prices(found)}, {words.vat(plan, language())}",
            _("rate {rate}", rate=write.percent(found.rate, 1)),
            _("tax factor {factor}", factor=write.number(found.tax_factor, 1))
            if found.tax_factor != 1
            else _("without tax factor"),
            _("{plan}, version {version}", plan=plan.head.name, version=plan.version),
        )
    )


def titled(plan: Plan, measures: Sequence[int]) -> str:
    """The names of one or several measures."""
    return " + ".join(str(plan.tags["name"][measure]) for measure in measures)


def bars(steps: Sequence[Step], plan: Plan) -> list[Bar]:
    """Steps of the curve as the chart draws them, numbered in their order."""
    return [
        Bar(
            number,
            titled(plan, step.measures),
            step.cost_per_tonne,
            step.tonnes,
            ore(step.net_present_value),
        )
        for number, step in enumerate(steps, 1)
    ]


def not_on_curve(curve: CostCurve, plan: Plan) -> list[str]:
    """What is ranked by value instead, and what has no place, a line each."""
    paying = [
        _(
            "{measure}: {value}",
            measure=titled(plan, step.measures),
            value=write.money(ore(step.net_present_value)),
        )
        for step in curve.paying
    ]
    return [f"{number}. {said}" for number, said in enumerate(paying, 1)]


def left_out(left: Sequence[LeftOut], plan: Plan) -> list[str]:
    """Measures without a place on the curve, by why."""
    by_reason: dict[str, list[str]] = {}
    for each in left:
        by_reason.setdefault(each.reason, []).append(titled(plan, each.measures))
    said = []
    for why, names in by_reason.items():
        shown = ", ".join(names[:_SHOWN_FIRST])
        if len(names) > _SHOWN_FIRST:
            shown += _(" and {count} more", count=len(names) - _SHOWN_FIRST)
        said.append(f"{reason(why).capitalize()} ({len(names)}): {shown}")
    return said


def known(found: Appraisal) -> tuple[int, int]:
    """How many measures' figures are known, and of how many."""
    return int(found.whole[0].counted.sum()), found.plan.size[1]


def why_not(found: Appraisal) -> str:
    """What is missing most, for a plan of which nothing is known."""
    reasons, counts = np.unique(found.streams.reason.astype(str), return_counts=True)
    said = sorted(zip(counts.tolist(), reasons.tolist(), strict=True), reverse=True)
    return ", ".join(f"{reason(why)} ({count})" for count, why in said if why)


def unit_values(found: Appraisal) -> list[str]:
    """What effects are worth, with source and in which prices; nothing outside society's view."""
    said = []
    for value in found.values:
        benefit = reference().benefits[value.benefit]
        unit = single(reference().units[reference().indicators[value.indicator].unit])
        prices = (
            _("converted to prices of {year}", year=value.price_year)
            if value.converted
            else _("taken in its own {prices}", prices=sourced.price_year(value.price_year))
        )
        made_of = dict.fromkeys(checked(each.value) for each in value.inputs if each.known)
        amount = _(
            "{kronor} kronor per {unit}",
            kronor=write.number(value.kronor, 0 if value.kronor >= 100 else 2),
            unit=unit,
        )
        said.append(f"{name(benefit)}: {amount}, {prices}. {' '.join(made_of)}")
    return said


def assumed(found: Appraisal, known: Mapping[str, Assumption]) -> list[str]:
    """What the figures rest on besides the plan's own rows."""
    year = found.streams.base_year
    said = [
        _(
            "Year 0 is {year}, not discounted; flows fall at the end of their year.",
            year=year,
        ),
        _(
            "A running cost or effect that is stated for a year holds until another is stated, and "
            "the last one until the end of the life, in real terms. Lifetimes that are not stated "
            "are not guessed: the measure has no figures."
        ),
        _(
            "A measure is judged against what would be done without it: what would be invested "
            "anyway is deducted where the plan states it, and avoided investment counts as income."
        ),
        _(
            "Money before the plan's first year stands in year 0, and money after its last in the "
            "year after it."
        ),
    ]
    if found.prices.basis == "own":
        said.append(_("Deflated by the municipality's own index."))
    elif found.prices.basis == "general":
        index = known["economy/consumer_price_index"].latest
        said.append(_("Deflated by the consumer price index: {source}", source=checked(index)))
    if found.prices.lacking:
        said.append(
            _(
                "The index lacks {years}: enter it under the municipality's prerequisites. Those "
                "years are taken at the nearest level that is known.",
                years=year_spans(found.prices.lacking),
            )
            if found.prices.price_year
            else _(
                "No index reaches {years}: enter the municipality's own. Amounts are taken as "
                "they stand, as if prices did not change.",
                years=year_spans(found.prices.lacking),
            )
        )
    as_is = int((found.plan.prices["unknown"] | found.plan.unconverted).sum())
    if as_is:
        said.append(
            n_(
                "{count} measure does not say in what prices it is, or could not be converted: "
                "taken as it stands.",
                "{count} measures do not say in what prices they are, or could not be converted: "
                "taken as they stand.",
                as_is,
            )
        )
    if found.view == "society":
        said.append(
            _(
                "The tax factor falls on investment, one-off expenditure and higher running cost "
                "that taxes pay. What is saved is not raised, nor are grants to others."
            )
        )
    return said


def checked(value) -> str:
    """Where a value is from, and whether it was found there."""
    mark = sourced.mark(value)
    return sourced.source(value) + (f" ({mark})" if mark else "")

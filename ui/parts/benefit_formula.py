"""How a benefit comes about: its formula in words, what fills it, and what comes of it."""

from model.benefit_prices import Input
from model.benefits import Benefits, ValuedBenefit
from model.reference import reference
from ui import format as write
from ui.i18n import _, name, note, single
from ui.parts import benefits as words
from ui.parts import sourced
from ui.parts.listing import Term
from ui.parts.table import Table


def terms(each: ValuedBenefit, found: Benefits) -> list[Term]:
    """The formula, the effect, every figure that fills it with its source, and the result."""
    said = [
        Term(_("Formula"), formula(each), [word for word in (timing(each),) if word]),
        Term(_("Effect"), words.effects(each)),
        *(input_(one) for one in each.inputs),
    ]
    if each.price is not None and each.price.levels is not None:
        said.append(Term(_("Price"), *_price(each, found)))
        said.append(Term(_("A year at full effect"), words.span(each.span("yearly", each.worth))))
        said.append(
            Term(
                _("Present value"),
                words.span(each.span("present", each.worth)),
                [_counted(each)] if not each.in_sum.all() else [],
            )
        )
    said.append(Term(_("Benefit"), sourced.source(each.benefit), [note(each.benefit)]))
    return said


def formula(each: ValuedBenefit) -> str:
    """The method in words."""
    said = {
        "unit_value": _("effect × unit value"),
        "price_path": _("effect × the price of the year, on a straight line between stated years"),
        "heat_persons": _(
            "persons × mortality × least of ((1 − relative risk) × minutes a week / reference "
            "minutes; cap) × value of a statistical life"
        ),
        "heat_kilometres": _(
            "kilometres × mortality × (1 − relative risk) × (60 / speed / 52) / reference minutes "
            "× value of a statistical life"
        ),
        "air_pollution": _(
            "kilos × (regional cost + factor × ventilation × √people in the town × value per "
            "exposure)"
        ),
        "accidents": _(
            "accidents × (killed × value of a life + severely injured × value + slightly injured "
            "× value, per accident)"
        ),
    }
    return said.get(each.benefit.method or "", _("counted, and not valued: no method is found"))


def timing(each: ValuedBenefit) -> str:
    """From when, how long, and how it is built up."""
    said = [
        _(
            "From the year that the effect states, else the year after the measure is taken in "
            "use, as long as it lives."
        )
    ]
    price = each.price
    if price and price.build_up:
        said.append(_("Built up over {years} years.", years=write.number(price.build_up, 0)))
    if price and price.lasts:
        said.append(_("Counted for {years} years at most.", years=price.lasts))
    if price and price.growth:
        growth = write.percent(price.growth, 1)
        said.append(_("Grows by {share} a year in real terms.", share=growth))
    return " ".join(said)


def input_(one: Input) -> Term:
    """A figure that fills the formula, with its unit, price year, source and status."""
    value, unit = one.value, one.assumption.unit
    latest = one.assumption.values[-1]
    newer = (
        _("A value from {year} is not found: {note}", year=latest.since, note=note(latest))
        if latest is not value
        else ""
    )
    if not one.known:
        return Term(name(one.assumption), write.unknown(), [note(value)])
    prices = sourced.price_year(value.price_year)
    amount = sourced.span(value, unit)
    return Term(
        name(one.assumption),
        ", ".join(filter(None, (amount, prices))),
        [sourced.source(value), note(value), newer],
        sourced.mark(value),
    )


def by_measure(each: ValuedBenefit, found: Benefits) -> Table:
    """The measures behind a benefit, present value of what counts."""
    titles = found.plan.tags["name"]
    rows = [
        (str(titles[place]), write.mnkr(words.ore(present)))
        for place, present in found.measures(each)
    ]
    return Table(
        _("The measures behind {benefit}, MSEK of present value", benefit=name(each.benefit)),
        (_("Measure"), _("MSEK")),
        rows,
        total=(_("Sum"), write.mnkr(words.ore(each.counted.present[1]))),
    )


def _price(each: ValuedBenefit, found: Benefits) -> tuple[str, list[str]]:
    """Kronor per unit in the plan's last year, and in which prices."""
    low, mid, high = each.price.levels[:, found.last].tolist()
    unit = single(reference().units[reference().indicators[each.benefit.indicator].unit])

    def figure(amount: float) -> str:
        return write.number(amount, 0 if abs(amount) >= 100 else 2)

    text = _("{kronor} kronor per {unit}", kronor=figure(mid), unit=unit)
    if low != high:
        text = f"{text} ({figure(low)}–{figure(high)})"
    prices = sourced.price_year(each.price.price_year)
    moved = _("moved there by an index") if each.price.converted else ""
    below = (
        _("The town's own part is missing, so it is at least this much.")
        if each.price.from_below
        else ""
    )
    return ", ".join(filter(None, (text, prices, moved))), [below]


def _counted(each: ValuedBenefit) -> str:
    if not each.in_sum.any():
        return _("None of it is in the sum: another benefit values the same thing, or mirrors it.")
    amount = write.money(words.ore(each.counted.present[1]))
    return _("{amount} of it is in the sum: the rest is valued by another benefit.", amount=amount)

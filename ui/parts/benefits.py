"""Benefits in words: what each is worth or why nobody can say, who gets it, and from where."""

from collections.abc import Sequence

from model.benefits import Cash, ValuedBenefit, exclusive
from model.emissions import Span
from model.reference import reference
from ui import format as write
from ui.i18n import _, language, name
from ui.parts import sourced
from ui.parts.listing import Term

BENEFICIARIES = ("residents", "municipality", "region", "state", "business", "society")


def beneficiary(key: str) -> str:
    """Who gets the benefit."""
    return {
        "residents": _("Residents"),
        "municipality": _("The municipality"),
        "region": _("The region"),
        "state": _("The state"),
        "business": _("Business"),
        "society": _("Society as a whole"),
    }[key]


def ore(kronor: float) -> int:
    """A value in kronor as öre, for writing and drawing; it is no amount in a budget."""
    return round(kronor * 100)


def worth(valued: ValuedBenefit) -> str:
    """``219,4 mnkr`` a year, *minst* where the effect is only known from below."""
    return write.money(ore(valued.value.mid), lower_bound=valued.value.from_below)


def price_year(valued: ValuedBenefit) -> str:
    """The price year of the unit value."""
    return sourced.price_year(valued.unit_value.price_year)


def told(valued: ValuedBenefit, others: Sequence[ValuedBenefit]) -> Term:
    """A benefit with what there is to say about it."""
    benefit = valued.benefit
    source = _("Source: {source}", source=sourced.source(benefit))
    same = valued.unit_value is not None and valued.unit_value.source == benefit.source
    notes = [benefit.note, _never_added(valued, others), "" if same else source]
    if valued.state == "valued":
        return Term(
            name(benefit), _calculation(valued), [*_unit_value(valued), *notes], mark(valued)
        )
    if valued.state == "counted":
        return Term(name(benefit), _effects(valued), notes, sourced.mark(benefit))
    reason = benefit.reason_en if language() == "en" else benefit.reason
    return Term(name(benefit), _direction(valued), [reason, *notes], sourced.mark(benefit))


def told_cash(cash: Cash | None) -> Term:
    """What the measures do to a budget: money, and no value to society."""
    if cash is None:
        return Term(
            _("Running cost"),
            write.unknown(),
            (_("No measure of the municipal group states a change in running cost."),),
        )
    amount = write.money(abs(cash.amount))
    said = (
        _("{amount} lower in {year}", amount=amount, year=cash.year)
        if cash.amount < 0
        else _("{amount} higher in {year}", amount=amount, year=cash.year)
    )
    return Term(
        _("Running cost"),
        said,
        (
            _(
                "Money in the municipal group's budget, as the measures state it. It is never "
                "added to a value to society."
            ),
        ),
    )


def mark(valued: ValuedBenefit) -> str:
    """*overifierad* where the benefit or its unit value is."""
    return sourced.mark(valued.benefit) or (
        sourced.mark(valued.unit_value) if valued.unit_value else ""
    )


def _calculation(valued: ValuedBenefit) -> str:
    unit = reference().indicators[valued.benefit.indicator].unit
    return _(
        "{effect} a year × {price} = {worth} a year, {price_year}",
        effect=_quantity(valued.effect.yearly, unit),
        price=sourced.amount(valued.unit_value.value, valued.assumption.unit),
        worth=worth(valued),
        price_year=price_year(valued),
    )


def _effects(valued: ValuedBenefit) -> str:
    unit = reference().indicators[valued.benefit.indicator].unit
    found = valued.effect
    parts = [
        _("{amount} a year", amount=_quantity(found.yearly, unit)) if found.yearly.high else "",
        _("{amount} once", amount=_quantity(found.once, unit)) if found.once.high else "",
        _unclear(valued),
    ]
    indicator = name(reference().indicators[valued.benefit.indicator])
    return f"{indicator}: {', '.join(filter(None, parts)) or write.unknown()}"


def _unclear(valued: ValuedBenefit) -> str:
    """What is said to come without saying how often: never valued."""
    unit = reference().indicators[valued.benefit.indicator].unit
    unclear = valued.effect.unclear
    if not unclear.high:
        return ""
    return _("{amount}, unclear whether every year", amount=_quantity(unclear, unit))


def _unit_value(valued: ValuedBenefit) -> list[str]:
    """Where the unit value is from, and what to know about it."""
    value, assumption = valued.unit_value, valued.assumption
    latest = assumption.values[-1]
    newer = (
        _("A value from {year} is not found: {note}", year=latest.since, note=latest.note)
        if latest is not value
        else ""
    )
    left = _unclear(valued)
    return [
        _("Unit value: {source}", source=sourced.source(value)),
        value.note,
        newer,
        _("Not valued: {effect}.", effect=left) if left else "",
    ]


def _never_added(valued: ValuedBenefit, others: Sequence[ValuedBenefit]) -> str:
    same = [name(other.benefit) for other in exclusive(list(others), valued)]
    return _("The same benefit as {others}: never added.", others=", ".join(same)) if same else ""


def _direction(valued: ValuedBenefit) -> str:
    return {
        "better": _("Better, but not quantified"),
        "worse": _("Worse, but not quantified"),
        "either": _("Better or worse, not quantified"),
    }[valued.benefit.direction]


def _quantity(span: Span, unit: str) -> str:
    """``800 persons``, with the range after it where there is one."""

    def figure(amount: float) -> str:
        return write.number(amount, 0 if amount >= 10 else 1 if amount % 1 else 0)

    text = f"{figure(span.mid)} {name(reference().units[unit])}"
    if unit == "number":
        text = figure(span.mid)
    if span.low != span.high:
        text = f"{text} ({figure(span.low)}–{figure(span.high)})"
    return write.at_least(text, span.from_below)

"""Benefits in words: what each is worth or why nobody can say, who gets it, and from where."""

from collections.abc import Sequence
from dataclasses import replace

from model.benefits import Benefits, Cash, ValuedBenefit, exclusive
from model.emissions import Span
from model.formatting import BILLION
from model.reference import reference
from ui import format as write
from ui.charts.ranges import Bar
from ui.i18n import _, language, n_, name, note
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
        "owner": _("Who owns the measure"),
    }[key]


def category(key: str) -> str:
    """What kind of good it is."""
    return {
        "climate": _("Climate"),
        "health": _("Health and environment"),
        "economy": _("Economy"),
        "inclusion": _("Inclusion"),
    }[key]


def ore(kronor: float) -> int:
    """A value in kronor as öre, for writing and drawing; it is no amount in a budget."""
    return round(kronor * 100)


def inside(valued: ValuedBenefit) -> str:
    """A benefit's name inside a sentence."""
    text = name(valued.benefit)
    return text[:1].lower() + text[1:]


def at_least(found: Benefits, present: Span) -> Span:
    """A present value, *minst* where effects have no end or beginning that is known."""
    cut_short = len(found.without_year) or len(found.without_life)
    return replace(present, from_below=present.from_below or bool(cut_short))


def money(span: Span) -> str:
    """``219,4 mnkr``, *minst* where it is only known from below. What has a range may also be
    less, so there its middle is said as it is."""
    return write.money(ore(span.mid), lower_bound=span.from_below and not ranged(span))


def ranged(span: Span) -> bool:
    """Whether low and high are different amounts."""
    return ore(span.low) != ore(span.high)


def about(span: Span) -> str:
    """``omkring 2,5 miljarder kronor``: the middle of a range, in words; without one as money."""
    if not ranged(span):
        return money(span)
    amount = write.money(ore(span.mid))
    if abs(ore(span.mid)) >= BILLION:
        amount = _("{number} billion kronor", number=write.number(span.mid / 10**9, 1))
    return _("about {amount}", amount=amount)


def sentence(found: Benefits, *, together: bool = False) -> str:
    """The answer: what the benefits that can be valued are worth."""
    society = found.of(kind="society")
    total = at_least(found, found.total(society, together=together))
    if society and total.mid:
        return _(
            "The benefits that can be valued are worth {amount} to society, most of it {benefit}",
            amount=about(total),
            benefit=inside(society[0]),
        )
    if society:
        yearly = found.total(society, "yearly", together=together)
        return _(
            "The benefits that can be valued are worth {amount} a year to society, but no measure "
            "says from when",
            amount=about(yearly),
        )
    counted = sum(each.state == "counted" for each in found)
    if counted:
        return n_(
            "{count} benefit can be counted, but not valued",
            "{count} benefits can be counted, but none valued",
            counted,
        )
    return _("No measure states an effect that a benefit can be counted on")


def bars(chosen: Sequence[ValuedBenefit], what: str) -> list[Bar]:
    """A bar for each benefit: ``present`` value or ``yearly``."""
    return [bar(name(each.benefit), each.span(what), each.benefit.key) for each in chosen]


def bar(label: str, of: Span, key: str = "") -> Bar:
    """One range as a chart draws it."""
    return Bar(label, *(ore(getattr(of, at)) for at in ("low", "mid", "high")), key)


def more_than_counted(of: Span) -> list[str]:
    """That a sum with a range lacks something, where it does."""
    if not (of.from_below and ranged(of)):
        return []
    return [_("The sum leaves out effects and values that are not stated: they come on top.")]


def span(of: Span) -> str:
    """The same with its range after it."""
    text = money(of)
    if not ranged(of):
        return text
    ends = write.money_range(ore(of.low), ore(of.high))
    return _("{amount}, range {span}", amount=text, span=ends)


def price_year(valued: ValuedBenefit) -> str:
    """The prices that a benefit's kronor are in."""
    return sourced.price_year(valued.price.price_year)


def prices(chosen: Sequence[ValuedBenefit]) -> str:
    """The prices of a sum, each once: it may hold several where no index reaches."""
    return ", ".join(dict.fromkeys(filter(None, map(price_year, chosen))))


def told(valued: ValuedBenefit, others: Benefits) -> Term:
    """A benefit with what there is to say about it."""
    benefit = valued.benefit
    source = _("Source: {source}", source=sourced.source(benefit))
    notes = [note(benefit), _never_added(valued, others), source]
    if valued.state == "valued":
        yearly = valued.span("yearly", valued.worth)
        said = _("{worth} a year, {price_year}", worth=span(yearly), price_year=price_year(valued))
        return Term(name(benefit), said, [effects(valued), *notes], mark(valued))
    if valued.state == "counted":
        return Term(name(benefit), effects(valued), notes, sourced.mark(benefit))
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
    """*overifierad* where the benefit, or anything that its price is made of, is."""
    sources = (valued.benefit, *(each.value for each in valued.inputs if each.known))
    return next((said for said in map(sourced.mark, sources) if said), "")


def effects(valued: ValuedBenefit) -> str:
    """What the plan's measures do to the indicator, by how often it comes."""
    unit = reference().indicators[valued.benefit.indicator].unit
    found = valued.effect
    parts = [
        _("{amount} a year", amount=_quantity(found.yearly, unit)) if found.yearly.high else "",
        _("{amount} once", amount=_quantity(found.once, unit)) if found.once.high else "",
        _("{amount}, unclear whether every year", amount=_quantity(found.unclear, unit))
        if found.unclear.high
        else "",
    ]
    indicator = name(reference().indicators[valued.benefit.indicator])
    return f"{indicator}: {', '.join(filter(None, parts)) or write.unknown()}"


def not_dated(found: Benefits) -> list[str]:
    """What the sums lack, and where a life that nobody states ends."""
    said = []
    if len(found.without_year):
        said.append(
            n_(
                "{count} measure has a yearly effect and nothing that says when it begins: it is "
                "in no present value. State the effect's year or the month in service.",
                "{count} measures have a yearly effect and nothing that says when it begins: they "
                "are in no present value. State the effect's year or the month in service.",
                len(found.without_year),
            )
        )
    if len(found.without_life):
        said.append(
            n_(
                "{count} measure has no lifetime: its effects are counted to {year}.",
                "{count} measures have no lifetime: their effects are counted to {year}.",
                len(found.without_life),
                year=int(found.years[found.last]),
            )
        )
    return said


def waiting(found: Benefits) -> list[str]:
    """How many local values the plan's benefits wait for."""
    count = len(found.asked())
    if not count:
        return []
    return [
        n_(
            "{count} local value is not stated, so some benefits are not valued or only in part.",
            "{count} local values are not stated, so some benefits are not valued or only in part.",
            count,
        )
    ]


def several_prices(chosen: Sequence[ValuedBenefit]) -> str:
    """Where a sum holds amounts in several price years, that it does."""
    if len(set(map(price_year, chosen))) < 2:
        return ""
    return _(
        "The sum holds amounts in several price years: no index reaches them all. State the price "
        "index among the prerequisites to bring them to one."
    )


def _never_added(valued: ValuedBenefit, others: Benefits) -> str:
    if not valued.benefit.added:
        return _("Mirrors other benefits: shown, and never added.")
    same = [name(other.benefit) for other in exclusive(others, valued)]
    return _("The same benefit as {others}: never added.", others=", ".join(same)) if same else ""


def _direction(valued: ValuedBenefit) -> str:
    return {
        "better": _("Better, but not quantified"),
        "worse": _("Worse, but not quantified"),
        "either": _("Better or worse, not quantified"),
    }[valued.benefit.direction]


def _quantity(of: Span, unit: str) -> str:
    """``800 persons``, with the range after it where there is one."""

    def figure(amount: float) -> str:
        return write.number(amount, 0 if amount >= 10 else 1 if amount % 1 else 0)

    text = f"{figure(of.mid)} {name(reference().units[unit])}"
    if unit == "number":
        text = figure(of.mid)
    if of.low != of.high:
        text = f"{text} ({figure(of.low)}–{figure(of.high)})"
    return write.at_least(text, of.from_below)

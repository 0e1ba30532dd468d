"""Climate targets in words: what they are about, how far it is, and why that cannot be said."""

from model.emissions import Effect, Span
from model.entries import Target
from model.targets import Distance
from ui import format as write
from ui.i18n import _


def boundary(key: str) -> str:
    """What emissions or a target are about."""
    return {
        "organisation": _("the municipal organisation"),
        "municipal_group": _("the municipal group"),
        "territory": _("the municipality as a territory"),
        "territorial": _("the municipality as a territory"),
        "city": _("the city within the municipality"),
        "residents": _("residents, wherever the emissions are"),
    }.get(key, "")


def decision(key: str) -> str:
    """How firm a target is."""
    return {
        "decided": _("a decided target"),
        "proposed": _("a proposed target"),
        "stated": _("a stated target"),
    }[key]


def reach(found: Distance, effect: Effect | None) -> str:
    """The distance to a target in words, or why there is none.

    ``effect`` is what the plan's measures do in the same territory, None when it is another.
    """
    if found.level is None:
        return _not_compared(found)
    level = _(
        "The target allows {level} in {year}. In {latest_year} the emissions were {latest}: ",
        level=write.tonnes(found.level),
        year=found.target.year,
        latest_year=found.latest_year,
        latest=write.tonnes(found.latest),
    )
    if not found.left:
        return level + _("the target is reached.")
    left = level + _("{left} a year remain.", left=write.tonnes(found.left))
    if effect is None or not effect.yearly.mid:
        return left
    return f"{left} " + _(
        "What the plan's measures are said to do every year, {certain}, is {share} of that.",
        certain=tonnes(effect.yearly),
        share=write.percent(effect.yearly.mid / found.left),
    )


def yearly(effect: Effect) -> str:
    """What measures do every year; *okänt* where none of them says anything."""
    said_nothing = effect.unstated and not effect.stated
    return write.unknown() if said_nothing else tonnes(effect.yearly)


def tonnes(span: Span) -> str:
    """``105 150 t``, *minst* where some part is only known from below."""
    return write.tonnes(span.mid, lower_bound=span.from_below and bool(span.mid))


def spread(span: Span) -> str:
    """``83 800–126 500 t``, empty where low and high are the same."""
    if span.low == span.high:
        return ""
    low, high = write.tonnes(span.low), write.tonnes(span.high)
    return f"{low.rpartition(chr(0xA0))[0] or low}–{high}"


def first(targets: list[Distance]) -> Distance | None:
    """The nearest target that the emissions can be compared with."""
    comparable = [found for found in targets if found.level is not None]
    return min(comparable, key=lambda found: found.target.year, default=None)


def _not_compared(found: Distance) -> str:
    target: Target = found.target
    reason = {
        "boundary": _(
            "the target is about {boundary} and the emissions about the municipality as a "
            "territory",
            boundary=boundary(target.boundary),
        ),
        "gas": _("the target counts another gas than the emissions"),
        "no_level": _("the target does not say how large the emissions may be"),
        "no_base_year": _(
            "the series has no figure for the target's base year {year}", year=target.base_year
        ),
        "passed": _("the target's year lies before the latest emissions"),
    }[found.obstacle]
    return _("Not compared: {reason}.", reason=reason)

"""Climate targets in words: what they are about, how far it is, and why that cannot be said."""

from model.emissions import Effect, Span
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
        "consumption": _("residents, wherever the emissions are"),
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


def not_compared(found: Distance) -> str:
    """Why no distance to a target can be said."""
    target = found.target
    reason = {
        "boundary": _(
            "the target is about {boundary} and the emissions are about something else",
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

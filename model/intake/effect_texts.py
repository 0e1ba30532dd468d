"""What a measure does, as a plan words it: *7 000–20 000 ton CO2e per year, if implemented*.

:func:`read_effect` is pure. It gives tonnes, whether they come every year (only where the text says
so), and what the words around them say as flags. An effect that another measure holds has no
figure of its own; a figure in brackets beside *no reduction* is not counted. :func:`read_sinks`
finds what is stored, in a comment. Flags are those of :data:`model.forms.choices.FLAGS`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from model.intake.mentions import (
    LONGEST,
    Mention,
    Span,
    compiled,
    mask,
    mentions,
    span_of,
    understood,
    words_left,
)
from model.intake.numbers import Point, parse

Basis = Literal["per_year", "once", "unclear"]


@dataclass(frozen=True)
class Quantity:
    """An amount of an indicator of ``data/indicators.yaml``, in its unit."""

    indicator: str
    span: Span
    basis: Basis = "unclear"


@dataclass(frozen=True)
class EffectText:
    """What a text says that a measure does.

    ``reduction`` is in tonnes of CO2e; None is not stated, zero only where zero is stated.
    ``others`` are sinks and energy. ``held`` are the words for the measure that holds a shared
    effect, *nr 1* where it is a number. ``unread`` are figures with no clear meaning, ``ambiguous``
    says that a point before three digits is why; ``rest`` are the words that nothing was made of.
    """

    text: str
    reduction: Quantity | None = None
    others: tuple[Quantity, ...] = ()
    held: str = ""
    flags: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    ambiguous: bool = False
    rest: str = ""


_GAS = r"(?:of\s+|av\s+)?(?:(?:biogen\w*|fossil\w*)\s+)?(?:CO2|CO₂|koldioxid\w*|växthusgas\w*)"
_GASES = rf"(?:\s*{_GAS}(?:\s?-?\s?e(?:kv\w*|q)?\b\.?)?)*"
_TONNES = {
    Decimal(1): r"ton(?:ne)?s?|t",
    Decimal(10) ** 3: r"kton(?:ne)?s?|kt|tusen ton|thousand ton(?:ne)?s",
    Decimal(10) ** 6: r"mton(?:ne)?s?|mt|miljon(?:er)? ton|million ton(?:ne)?s",
    Decimal("0.001"): r"kg",
}
# Megawatt-hours per unit.
_ENERGY = {
    Decimal("0.001"): r"kwh",
    Decimal(1): r"mwh",
    Decimal(10) ** 3: r"gwh",
    Decimal(10) ** 6: r"twh",
}
_ANY_TONNES = "|".join(_TONNES.values())
# A unit ends before the next word, or before the gas: ktCO2e.
_END = r"(?:(?!\w)|(?=CO[2₂]))"
_UNITS = re.compile(
    rf"(?:(?:{_ANY_TONNES}){_END}{_GASES}|{_GAS}(?:\s?-?\s?e(?:kv\w*|q)?\b\.?)?"
    rf"|(?:{'|'.join(_ENERGY.values())})(?!\w))",
    re.IGNORECASE,
)
_FACTORS = {
    kind: [(factor, re.compile(rf"(?:{words}){_END}", re.I)) for factor, words in units.items()]
    for kind, units in (("tonnes", _TONNES), ("energy", _ENERGY))
}
_WORDS = r"[^,;.()]*"
_PHRASES = compiled(
    {
        # What these name is another measure's: the figures in them are not this one's.
        "enabler": (
            r"(?:enabler|enables|enabling|prerequisite)\b.*",
            r"(?:möjliggör\w*|förutsättning för)\b.*",
        ),
        "joint_effect": (
            r"(?:is |are )?included? in\b.*",
            r"(?:effekt\w* )?(?:ingår|inräknad|räkna[sd]|redovisas) (?:in )?(?:i|under|med)\b.*",
            r"(?:see|se) (?:measure|action|åtgärd|nr|no)\b.*",
            r"gemensam effekt\b.*",
        ),
        "no_reduction_stated": (
            rf"(?:already {_WORDS}[,;] ?)?no (?:emission )?(?:reduction|decrease)s?",
            r"(?:redan [^;.()]*[,;] ?)?ingen (?:utsläpps)?minskning",
            r"(?:ger |har )?ingen (?:utsläpps)?(?:minskande )?effekt",
            r"minskar inte\b.*",
        ),
        "scope3": (r"\(?\bscope ?3\b\)?",),
        "scope": (r"\(?\bscope ?[12](?: ?(?:och|and|\+|&) ?2)?\b\)?",),
        "conditional": (
            rf"\bif {_WORDS}(?:implemented|introduced|approved|decided|granted|built|realised)",
            rf"\bom {_WORDS}(?:genomförs|införs|beviljas|beslutas|byggs|blir av)",
            rf"(?:förutsatt att|under förutsättning att|provided that|subject to) {_WORDS}",
            r"vid (?:ett )?(?:eventuellt )?(?:genomförande|införande)",
        ),
        "tbd": (r"\btbd\b", r"to be (?:decided|determined)", r"(?:be|ut)reds(?: vidare)?"),
        "not_available": (
            r"\bn ?[/.] ?a\b\.?",
            r"not (?:available|known|estimated|calculated|quantified)",
            r"(?:är )?(?:ej|inte) (?:tillgänglig\w*|känt?|angiv\w*|beräkna\w*|uppskatta\w*"
            r"|kvantifiera\w*)",
            r"(?:uppgift\w* )?saknas",
            r"\bokän[dt]\b",
            r"\bunknown\b",
            r"^\?+$",
        ),
        "not_relevant": (
            r"(?:not|ej|inte) (?:relevant|aktuellt|applicable)",
            r"^(?:no|nej|none|ingen|inga)\W*$",
        ),
        "approximate": (r"uppskatt(?:a|ning)\w*", r"estimate[ds]?\b", r"prel(?:iminär\w*)?\b\.?"),
    }
)
_NO_FLAGS = frozenset({"scope", "not_relevant"})
_SINK = re.compile(
    r"kolsänk\w*|kolinlagr\w*|inlagr\w*|biogen\w*|(?:carbon )?sinks?\b|sequest\w*|stored|lagras"
    r"|minusutsläpp|negativa? (?:utsläpp|emissions?)|removals?",
    re.IGNORECASE,
)
_SAVED = re.compile(r"spar\w*|minsk\w*|bespar\w*|effektiviser\w*|saved?|saving\w*|reduc\w*", re.I)
_PRODUCED = re.compile(r"produ\w*|solel|förnybar\w*|renewable|generat\w*", re.I)
_HELD = re.compile(r"(?:nr|no|number|åtgärd|measure|action)\.? ?(?P<number>[0-9]+)\b", re.I)
_ABOUT = [
    re.compile(rf"\b(?:{words})\b\s*(?P<what>[^()0-9]+)", re.I)
    for words in (
        "related to|about|rörande|om",
        "for|för|in|i|under|med",
        r"möjliggör\w*|enables|enabling|enabler",
    )
]
_HOLDER = re.compile(r"(?:\b(?:the|measures?|actions?|åtgärd\w*)\b\s*)+", re.I)
# Words that a figure without a unit may stand beside and still be tonnes.
_OF_TONNES = re.compile(
    r"(?<!\w)(?:utsläpp\w*|minskning\w*|minskade?|reduction\w*|reduced|effekt\w*|totalt?)(?!\w)",
    re.IGNORECASE,
)
_ABOUT_EFFECT = re.compile(r"effekt|effect|utsläpp|emission|CO2", re.IGNORECASE)
_NEUTRAL = re.compile(
    r"(?<!\w)(?:CO2\w*|CO₂\w*|koldioxid\w*|of|av|the|och|and|samt|plus|dessutom|ton|utsläpp\w*"
    r"|minskning\w*|minskade?|reduction\w*|reduced|effekt\w*|per|år|year|årlig\w*|annual\w*|totalt?"
    r"|ca|för|for|en|ett|a|an|i)"
    r"(?!\w)",
    re.IGNORECASE,
)


def read_effect(
    text: str,
    unit: Decimal | None = Decimal(1),
    basis: Basis = "unclear",
    point: Point | None = None,
) -> EffectText:
    """What a text says that a measure does. Always an answer, never an error.

    ``unit`` (tonnes per unit of a figure without one, None when nothing says so) and ``basis`` are
    what the heading says; the text goes before them. ``point`` is what a person has said of
    ``1.234``.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        begins = f"{plain[:60]}…"
        has_figures = any(sign.isdigit() for sign in plain)
        return EffectText(plain, unread=(begins,) if has_figures else (), rest=begins)
    said, left = understood(plain, _PHRASES)
    flags = said - _NO_FLAGS
    none = "no_reduction_stated" in said
    found: dict[str, tuple[Quantity, str]] = {}
    unread, spans, ambiguous = [], [], False
    for mention in mentions(left, _UNITS):
        spans.append((mention.start, mention.end))
        words = " ".join(f"{mention.text} {mention.unit} {mention.per}".split())
        if none:
            flags |= {"bracketed_value"} if _in_brackets(left, mention) else set()
            continue
        quantity = _quantity(mention, unit, basis, point)
        if quantity is None or _in_brackets(left, mention, alone=True):
            unread.append(words)
            ambiguous = ambiguous or parse(mention.text, point).reason == "ambiguous"
        elif quantity.indicator in found:
            unread += [found.pop(quantity.indicator)[1], words]
        else:
            found[quantity.indicator] = quantity, words
            flags |= _flags(mention, quantity, unit)
    quantities = [quantity for quantity, _ in found.values()]
    if none:
        quantities = [Quantity("co2e_reduction", Span(None, Decimal(0)))]
    shared = said & {"joint_effect", "enabler"}
    if shared:
        flags |= {"joint_effect"}
    reduction = next((q for q in quantities if q.indicator == "co2e_reduction"), None)
    return EffectText(
        plain,
        None if shared else reduction,
        tuple(quantity for quantity in quantities if quantity is not reduction),
        _holder(plain) if shared else "",
        tuple(sorted(flags)),
        tuple(unread),
        ambiguous,
        words_left(_SINK.sub(" ", mask(left, spans)), _NEUTRAL),
    )


def read_sinks(text: str, point: Point | None = None) -> tuple[Quantity, ...]:
    """What a comment says is stored, in tonnes: *Kolsänka 20 000 ton CO2e/år*."""
    return tuple(
        sink
        for sentence in _sentences(text)
        if _SINK.search(sentence)
        for sink in _sinks(sentence, point)
    )


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a comment, without those that are too long to say one thing."""
    for sentence in re.split(r"[.;!\n](?:\s|$)", text):
        plain = " ".join(sentence.split())
        if plain and len(plain) <= LONGEST:
            yield plain


def _sinks(text: str, point: Point | None) -> Iterator[Quantity]:
    for mention in mentions(text, _UNITS):
        if _SINK.search(f"{mention.clause} {mention.unit}"):
            quantity = _quantity(mention, None, "unclear", point)
            if quantity is not None and quantity.indicator in ("co2e_reduction", "co2e_sink"):
                yield replace(quantity, indicator="co2e_sink")


def held_elsewhere(text: str) -> str:
    """The measure that a comment says holds the effect, or nothing: *Effekten räknas i nr 1*."""
    for sentence in _sentences(text):
        about_effect = _ABOUT_EFFECT.search(sentence)
        if about_effect and understood(sentence, {"joint": _PHRASES["joint_effect"]})[0]:
            return _holder(sentence)
    return ""


def _quantity(
    mention: Mention, unit: Decimal | None, basis: Basis, point: Point | None
) -> Quantity | None:
    """The figure in its indicator's unit; None where what it is, is not clear."""
    parsed = parse(mention.text, point)
    span = span_of(parsed)
    if span is None or parsed.unit or span.mid < 0 or not mention.whole:
        return None
    if mention.per not in ("", "year"):
        return None
    if mention.per == "year":
        basis = "per_year"
    elif re.search(r"(?<!\w)(?:engång\w*|once|one-?off)(?!\w)", mention.clause, re.IGNORECASE):
        basis = "once"
    words = mention.unit.strip()
    energy = _factor("energy", words)
    if energy is not None:
        indicator = _energy(mention.clause)
        return Quantity(indicator, span.times(energy), basis) if indicator else None
    factor = _factor("tonnes", words)
    if factor is None and (words or mention.alone or not words_left(mention.clause, _OF_TONNES)):
        factor = unit or (Decimal(1) if words else None)
    if factor is None:
        return None
    sink = _SINK.search(f"{mention.clause} {words}")
    return Quantity("co2e_sink" if sink else "co2e_reduction", span.times(factor), basis)


def _factor(kind: Literal["tonnes", "energy"], words: str) -> Decimal | None:
    return next((factor for factor, word in _FACTORS[kind] if word.match(words)), None)


def _energy(clause: str) -> str:
    """Which indicator of energy the words beside a figure name; nothing where it is not one."""
    saved, produced = _SAVED.search(clause), _PRODUCED.search(clause)
    if bool(saved) == bool(produced):
        return ""
    return "energy_saved" if saved else "renewable_energy"


def _flags(mention: Mention, quantity: Quantity, unit: Decimal | None) -> set[str]:
    """What is to be said of a figure: a range, a bound, a gas without tonnes."""
    flags = {parse(mention.text).flag, "range" if quantity.span.high is not None else ""}
    named = any(_factor(kind, mention.unit) is not None for kind in _FACTORS)
    if not named and (mention.unit or unit is None):
        flags.add("unit_missing")
    return flags - {""}


def _in_brackets(text: str, mention: Mention, *, alone: bool = False) -> bool:
    """Whether a figure stands in brackets; ``alone``: and nothing else stands in the text."""
    before, after = text[: mention.start].strip(), text[mention.end :].strip()
    if alone:
        return (before, after) == ("(", ")")
    return before.endswith("(") and ")" in after


def _holder(text: str) -> str:
    """Which measure holds a shared effect: its number, or the words that name it."""
    numbered = _HELD.search(text)
    if numbered:
        return f"nr {numbered['number']}"
    about = next(filter(None, (pattern.search(text) for pattern in _ABOUT)), None)
    what = about["what"] if about else text
    return _HOLDER.sub("", what).strip(" .,;:").casefold()

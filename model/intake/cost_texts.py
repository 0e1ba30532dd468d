"""What something costs, as a plan words it: *>75 M SEK (TBD)*, *100–200 MSEK, if implemented*.

:func:`read_cost` is pure. It gives low, mid and high in kronor (or in the currency that the text
names), what the words around them say as flags, and what was not understood: a figure that may be
money and has no clear meaning is ``unread``, words that say nothing known are ``rest``. The text
itself is always kept. Flags are those of :data:`model.forms.choices.FLAGS`.
"""

import re
from dataclasses import dataclass, field
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
from model.intake.numbers import MONEY, SEK, Point, parse_in_currency

Nature = Literal["administration", "study", ""]


@dataclass(frozen=True)
class CostText:
    """What a text says that something costs, in ``currency``.

    ``once`` is the amount that is not per anything, ``yearly`` a running cost of each year,
    ``per_tonne`` one of each tonne. None is not stated. ``nature`` says that the cost is of
    administration or of a study, which is no investment. ``unread`` are figures with no clear
    meaning and ``ambiguous`` says that a point before three digits is why; ``rest`` are the words
    that nothing was made of. ``vat`` and ``price_year`` are what the text says of them.
    """

    text: str
    once: Span | None = None
    yearly: Span | None = None
    per_tonne: Span | None = None
    currency: str = SEK
    nature: Nature = ""
    flags: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    ambiguous: bool = False
    rest: str = ""
    vat: Literal["included", "excluded", "unknown"] = "unknown"
    price_year: int | None = None


# A phrase never holds a figure: it could be an amount.
_WORDS = r"[^,;.()0-9]*"
_WHO = (
    r"(?:residents?|households?|citizens|business(?:es)?|companies|farmers|property owners?"
    r"|invånare\w*|hushåll\w*|företag\w*|näringsliv\w*|fastighetsägare\w*|lantbrukare\w*"
    r"|boende\w*|privatpersoner\w*|bilägare\w*)"
)
_ACTOR = re.compile(_WHO, re.IGNORECASE)
_SOFT = (
    r"(?:administration|administrativ\w*|coordination|samordning|project management"
    r"|projektledning|personal(?:kostnad\w*)?|staff|information\w*|kommunikation|communication)"
)
_STUDY = (
    r"(?:förstud\w+|(?:genomförbarhets)?utredning\w*|feasibility stud(?:y|ies)|stud(?:y|ies)"
    r"|pre-?study|projektering|planering|planning(?: and design)?)"
)
_ONLY = r"(?:only|endast|bara|enbart)"
_SAID_OF = r"(?:(?<=\()|^|\bavser |\bgäller |\bför |\bfor )"
# Phrases and what they say, in the order in which they are looked for. What is found is taken out
# of the text before its figures are read.
_PHRASES = compiled(
    {
        "vat_excluded": (r"ex(?:kl|cl|klusive|cluding)?\.? ?(?:moms|vat)", "utan moms"),
        "vat_included": (r"in(?:kl|cl|klusive|cluding)\.? ?(?:moms|vat)", "med moms"),
        "conditional": (
            rf"\bif {_WORDS}(?:implemented|approved|decided|granted|built|realised)",
            rf"\bom {_WORDS}(?:genomförs|införs|beviljas|beslutas|byggs|blir av)",
            rf"(?:förutsatt att|under förutsättning att|provided that|subject to) {_WORDS}",
            r"vid (?:ett )?(?:eventuellt )?(?:genomförande|införande)",
            rf"villkora[dt]\w* {_WORDS}",
        ),
        "administration_only": (
            rf"{_ONLY} (?:the )?(?:costs? (?:of|for) |kostnad\w* för )?{_SOFT}{_WORDS}",
            rf"(?:included |ingår )?{_SOFT}(?: cost\w*)? {_ONLY}(?: ingår| included)?",
            rf"{_SAID_OF}{_SOFT}(?: (?:of|av|for|för) {_WORDS})?(?=[,;.)]|$)",
        ),
        "study": (
            rf"{_ONLY} (?:en |a )?{_STUDY}(?: (?:ingår|included))?",
            rf"{_STUDY} {_ONLY}",
            rf"{_SAID_OF}(?:en |a )?{_STUDY}(?=[,;.)]|$)",
        ),
        "private_cost": (
            rf"(?:costs?|kostnad\w*|investering\w*) (?:for|för|hos|borne by|to) {_WHO}{_WORDS}",
            rf"(?:bekostas|betalas|finansieras) av {_WHO}{_WORDS}",
            rf"paid by {_WHO}{_WORDS}",
            r"privat\w* (?:kostnad|investering|finansiering)\w*",
            r"private (?:cost|investment|funding|financing)s?",
        ),
        "partial_scope": (
            rf"\b(?:exkl|excl|exklusive|excluding)\b\.?{_WORDS}",
            # From the beginning of the clause: what is not included may stand before the words.
            rf"(?<![^,;.()0-9]){_WORDS}(?:ingår (?:ej|inte)|(?:is |are )?not included):?{_WORDS}",
            rf"{_ONLY} {_WORDS}(?:ingår|included)",
            r"delkostnad\w*",
        ),
        "ordinary_operations": (
            r"(?:with)?in (?:the )?(?:ordinary|regular|existing|normal|current) "
            r"(?:operations?|budgets?|activit(?:y|ies)|frames?|framework)",
            r"(?:ryms |sker |hanteras )?inom (?:den |det )?(?:ordinarie|befintlig\w*|egen|given|"
            r"normal) (?:verksamhet\w*|budget\w*|(?:budget)?ram\w*|drift\w*)",
            r"(?:ryms )?inom (?:budget)?ram(?:en)?",
            r"ingen (?:extra |ytterligare |egen )?(?:mer)?kostnad",
            r"no (?:additional|extra) costs?",
        ),
        "net_saving_hint": (
            r"(?:rather |net |netto ?)?(?:cost )?savings?\b",
            r"(?:snarare |netto)?besparing\w*",
            r"kostnadsneutral\w*",
            r"cost[- ]neutral",
            r"självfinansierande",
            r"lönsam\w*",
        ),
        "tbd": (
            r"\btbd\b",
            r"\bt\.b\.d\.?",
            r"to be (?:decided|determined|confirmed)",
            r"(?:ej|inte) (?:beslutat|klart|fastställt)",
            r"(?:be|ut)reds(?: vidare)?",
            r"beslutas senare",
        ),
        "not_available": (
            r"\bn ?[/.] ?a\b\.?",
            r"not (?:available|known|estimated|calculated)",
            r"(?:är )?(?:ej|inte) (?:tillgänglig\w*|känt?|angiv\w*|beräkna\w*|uppskatta\w*)",
            r"(?:uppgift\w* )?saknas",
            r"\bokän[dt]\b",
            r"\bunknown\b",
            r"no (?:data|information)",
            r"^\?+$",
        ),
        "not_relevant": (r"(?:not|ej|inte) (?:relevant|aktuellt|applicable)",),
        "approximate": (
            r"prel(?:iminär\w*|iminary)?\b\.?",
            r"uppskatt(?:a|ning)\w*",
            r"estimate[ds]?\b",
            r"grov\w* (?:skattning|kalkyl)\w*",
        ),
    }
)
# What a phrase says beside a flag, or instead of one.
_NO_FLAGS = frozenset({"vat_excluded", "vat_included", "study", "not_relevant"})
_PRICES = re.compile(
    r"(?:i )?(20[0-9][0-9]) ?års (?:priser|prisnivå|penningvärde)|(?:in )?(20[0-9][0-9]) prices"
    r"|prisnivå (20[0-9][0-9])",
    re.IGNORECASE,
)
_OPERATION = re.compile(
    r"drift\w*|underhåll\w*|operati(?:on|ng|onal)\w*|opex|maintenance|running|löpande",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<!\w)(?:varav|därav|of which|including|inkl(?:usive)?)(?!\w)", re.I)
_TONNE = re.compile(r"(?:\w+\s+)*(?:ton(?:ne)?s?|t)\b.*", re.IGNORECASE)
# Words that a figure without a unit may stand beside and still be an amount.
_OF_MONEY = re.compile(
    r"(?<!\w)(?:total\w*|investering\w*|investments?|capex|engångs\w*|costs?|kostnad\w*|budget\w*"
    r"|kostar|summa|belopp|utgift\w*)(?!\w)",
    re.IGNORECASE,
)
# Words that say nothing that the figure does not.
_NEUTRAL = re.compile(
    r"(?<!\w)(?:total\w*|investering\w*|investments?|capex|engångs\w*|one-?off|costs?|kostnad\w*"
    r"|år|year|årlig\w*|annual\w*|budget\w*|kostar|summa|belopp|in|i|for|för|of|av|the|och|and|samt|plus|is|are|är|på|till"
    r"|per|at|om|kr|sek|utgift\w*|drift\w*|underhåll\w*|operati(?:on|ng|onal)\w*|opex"
    r"|maintenance|running|löpande|varav|därav)(?!\w)",
    re.IGNORECASE,
)


def read_cost(text: str, unit: Decimal | None, point: Point | None = None) -> CostText:
    """What a text says that something costs. Always an answer, never an error.

    ``unit`` is kronor per unit of a figure without one, None when that is not known: such a figure
    is then unread. ``point`` is what a person has said of ``1.234``.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        return _too_long(plain)
    said, left = understood(plain, _PHRASES)
    prices = _PRICES.search(left)
    if prices:
        left = mask(left, [prices.span()])
    found = _Amounts(unit, point, bool(re.fullmatch(r"\(.*\)", plain)))
    for mention in mentions(left, MONEY):
        found.take(mention)
    found.settle()
    left = mask(left, found.spans)
    soft = said & {"administration_only", "study"}
    flags = said - _NO_FLAGS | found.flags | ({"partial_scope"} if soft else set())
    return CostText(
        plain,
        **{kind: span for kind, (span, _) in found.amounts.items()},
        currency=found.currency or SEK,
        nature="administration" if "administration_only" in soft else "study" if soft else "",
        flags=tuple(sorted(flags)),
        unread=tuple(found.unread),
        ambiguous=found.ambiguous,
        rest=words_left(left, _NEUTRAL),
        vat=next((end for end in ("excluded", "included") if f"vat_{end}" in said), "unknown"),
        price_year=next((int(year) for year in prices.groups() if year), None) if prices else None,
    )


def _too_long(text: str) -> CostText:
    """Nothing is made of a text that no cost needs; figures in it are not passed by."""
    begins = f"{text[:60]}…"
    has_figures = any(sign.isdigit() for sign in text)
    return CostText(text, unread=(begins,)) if has_figures else CostText(text, rest=begins)


def private_actors_only(text: str) -> bool:
    """Whether all who are named are households, companies and the like: *Invånare, företag*."""
    named = [name for name in re.split(r"[,/&;]|\b(?:och|and)\b", text) if name.strip()]
    return bool(named) and all(_ACTOR.fullmatch(name.strip()) for name in named)


Kind = Literal["once", "yearly", "per_tonne"]


@dataclass
class _Amounts:
    """The amounts of one text by what they are, each with its words, and the figures that are none.

    ``counts`` are figures that count something else than money: *3 rådgivare*.
    """

    unit: Decimal | None
    point: Point | None
    bracketed: bool
    amounts: dict[Kind, tuple[Span, str]] = field(default_factory=dict)
    currency: str = ""
    ambiguous: bool = False
    flags: set[str] = field(default_factory=set)
    seen: set[Kind] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    counts: list[Mention] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def take(self, mention: Mention) -> None:
        """Put a figure where it belongs, or among the unread; two of one kind are none."""
        parsed, currency = parse_in_currency(f"{mention.text} {mention.unit}", self.point)
        span, kind = span_of(parsed), _kind(mention)
        bare = span is not None and not currency and mention.whole and _is_money(mention)
        if bare and self.unit is not None:
            span, currency = span.times(self.unit), SEK
        words = " ".join(f"{mention.text} {mention.unit} {mention.per}".split())
        if span is not None and not currency:
            self.counts.append(mention)
            return
        self.spans.append((mention.start, mention.end))
        self.ambiguous = self.ambiguous or parsed.reason == "ambiguous"
        # Brackets around all there is may be an accountant's minus.
        if span is None or span.mid < 0 or not mention.whole or self.bracketed:
            kind = None
        if kind is None or self.currency not in ("", currency):
            self.unread.append(words)
        elif kind in self.seen:
            first = self.amounts.pop(kind, None)
            self.unread += [words] if first is None else [first[1], words]
        else:
            self.currency = currency
            self.seen.add(kind)
            self.amounts[kind] = span, words
            self._flag(kind, span, parsed.flag)

    def settle(self) -> None:
        """What counts something else stays among the words beside an amount, else it is unread."""
        if not self.amounts:
            self.unread += [f"{found.text} {found.unit}".strip() for found in self.counts]
            self.spans += [(found.start, found.end) for found in self.counts]

    def _flag(self, kind: Kind, span: Span, bound: str) -> None:
        if self.currency != SEK:
            self.flags.add("foreign_currency")
        if kind == "per_tonne":
            self.flags.add("opex_per_tonne")
        else:
            self.flags |= {flag for flag in ("range" if span.high else "", bound) if flag}
        if "once" in self.amounts and len(self.amounts) > 1:
            self.flags.add("capex_and_opex")


def _kind(mention: Mention) -> Kind | None:
    """What an amount is, by what it is per and the words around it; None where that is not clear.

    A running cost that is not said to be yearly is not clear, nor is the part of another amount.
    """
    if _PART.search(mention.clause):
        return None
    if mention.per == "year":
        return "yearly"
    if mention.per:
        return "per_tonne" if _TONNE.fullmatch(mention.per) else None
    return None if _OPERATION.search(mention.clause) else "once"


def _is_money(mention: Mention) -> bool:
    """A figure without a unit is an amount only where no word beside it says what it counts."""
    return mention.alone or not words_left(mention.clause, _OF_MONEY)

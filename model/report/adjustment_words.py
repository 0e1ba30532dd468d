"""Each kind of adjustment in words, as :mod:`model.report.words` says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from model.formatting import number, percent
from model.language import Language, translate, translate_plural
from model.scenario import (
    Adjustment,
    CalculationRate,
    CostFactor,
    Delay,
    EffectFactor,
    FundingFactor,
    GreenLoans,
    GreenShare,
    LoanTerms,
    Only,
    OwnerSplit,
    PrivateShare,
    Rollout,
    SeekMaximum,
    SourceOff,
    SuccessRate,
    SwitchOff,
    SwitchOn,
    Where,
)

_REPAYMENTS = {
    "serial": "paid back in equal parts",
    "annuity": "paid back as an annuity",
    "bullet": "paid back at the end",
}
_FUNDING = {
    "both": "{what}: money neither granted nor decided times {factor}",
    "grants": "{what}: grants that are not granted times {factor}",
    "own": "{what}: planned own money times {factor}",
}


@dataclass(frozen=True)
class Speaker:
    """A language, and the words for which measures and for the keys of tags."""

    language: Language
    where: Callable[[Where], str]
    tag: Callable[[str, str], str]

    def say(self, template: str, **fields: object) -> str:
        """A template in the language."""
        return translate(template, self.language, **fields)

    def share(self, value: float) -> str:
        """A share in percent, without decimals where it is whole."""
        return percent(round(value, 6), _decimals(value), language=self.language)

    def figure(self, value: float) -> str:
        """A figure with the decimals that it has."""
        return plain(value, self.language)


def said(each: Adjustment, speaker: Speaker) -> str:
    """What an adjustment does, in words."""
    return _WORDS[type(each)](each, speaker)


def plain(figure: float | Decimal, language: Language) -> str:
    """A figure with the decimals that it has, at most six."""
    exact = round(Decimal(str(figure)), 6).normalize()
    return number(exact, max(-int(exact.as_tuple().exponent), 0), language=language)


def _switch_off(each: SwitchOff, to: Speaker) -> str:
    return to.say("{what} not carried out", what=to.where(each.where))


def _switch_on(each: SwitchOn, to: Speaker) -> str:
    return to.say("{what} carried out after all", what=to.where(each.where))


def _only(each: Only, to: Speaker) -> str:
    return to.say("Only: {what}", what=to.where(each.where))


def _delay(each: Delay, to: Speaker) -> str:
    return translate_plural(
        "{what} {count} year later",
        "{what} {count} years later",
        each.years,
        to.language,
        what=to.where(each.where),
    )


def _rollout(each: Rollout, to: Speaker) -> str:
    stages = ", ".join(f"{year} {to.share(part)}" for year, part in each.shares)
    return to.say("{what} in stages: {stages}", what=to.where(each.where), stages=stages)


def _cost_factor(each: CostFactor, to: Speaker) -> str:
    dearer = each.factor - 1
    template = "{what} {percent} cheaper" if dearer < 0 else "{what} {percent} dearer"
    return to.say(template, what=to.where(each.where), percent=to.share(abs(dearer)))


def _effect_factor(each: EffectFactor, to: Speaker) -> str:
    fields = {"what": to.where(each.where), "factor": to.figure(each.factor)}
    if not each.indicator:
        return to.say("{what}: every effect times {factor}", **fields)
    effect = to.tag("indicator", each.indicator)
    return to.say("{what}: {effect} times {factor}", effect=effect, **fields)


def _funding_factor(each: FundingFactor, to: Speaker) -> str:
    fields = {"what": to.where(each.where), "factor": to.figure(each.factor)}
    if not each.source:
        return to.say(_FUNDING[each.money], **fields)
    return to.say(
        "{what}: what {source} has not granted times {factor}",
        source=to.tag("source", each.source),
        **fields,
    )


def _source_off(each: SourceOff, to: Speaker) -> str:
    return to.say("Nothing new from {source}", source=to.tag("source", each.source))


def _success_rate(each: SuccessRate, to: Speaker) -> str:
    fields = {"percent": to.share(each.probability)}
    source = to.tag("source", each.source) if each.source else to.say("every source")
    if each.where.tags:
        return to.say(
            "{what}: {percent} of applications to {source} succeed",
            what=to.where(each.where),
            source=source,
            **fields,
        )
    return to.say("{percent} of applications to {source} succeed", source=source, **fields)


def _private_share(each: PrivateShare, to: Speaker) -> str:
    text = to.where(each.where)
    return to.say(
        "{percent} private of {what}",
        percent=to.share(each.share),
        what=text[:1].lower() + text[1:],
    )


def _owner_shares(each: OwnerSplit, to: Speaker) -> str:
    owners = ", ".join(f"{to.tag('owner', owner)} {to.share(part)}" for owner, part in each.shares)
    return to.say("{what}: {owners}", what=to.where(each.where), owners=owners)


def _green_share(each: GreenShare, to: Speaker) -> str:
    return to.say(
        "{what}: {percent} green", what=to.where(each.where), percent=to.share(each.share)
    )


def _green_loans(each: GreenLoans, to: Speaker) -> str:
    loans = ", ".join(each.loans) or to.say("Green loans to come")
    return to.say("{loans} times {factor}", loans=loans, factor=to.figure(each.factor))


def _loan_terms(each: LoanTerms, to: Speaker) -> str:
    terms = []
    if each.interest is not None:
        rate = percent(round(each.interest, 6), 2, language=to.language)
        terms.append(to.say("interest {percent}", percent=rate))
    if each.interest_change is not None:
        points = to.figure(each.interest_change * 100)
        sign = "+" if each.interest_change > 0 else ""
        terms.append(to.say("interest {points} percentage points", points=f"{sign}{points}"))
    if each.term_years is not None:
        terms.append(to.say("{years} years to pay back", years=each.term_years))
    if each.repayment:
        terms.append(to.say(_REPAYMENTS[each.repayment]))
    return f"{', '.join(each.loans) or to.say('Loans to come')}: {', '.join(terms)}"


def _calculation_rate(each: CalculationRate, to: Speaker) -> str:
    return to.say("Calculation rate {percent}", percent=to.share(each.rate))


def _seek_maximum(each: SeekMaximum, to: Speaker) -> str:
    fields = {"source": to.tag("source", each.source), "percent": to.share(each.probability)}
    if each.where.tags:
        return to.say(
            "{what}: {share} sought from {source}, {percent} of applications succeed",
            what=to.where(each.where),
            share=to.share(each.share),
            **fields,
        )
    return to.say("{source} at its maximum, {percent} of applications succeed", **fields)


_WORDS: Mapping[type, Callable[..., str]] = {
    SwitchOff: _switch_off,
    SwitchOn: _switch_on,
    Only: _only,
    Delay: _delay,
    Rollout: _rollout,
    CostFactor: _cost_factor,
    EffectFactor: _effect_factor,
    FundingFactor: _funding_factor,
    SourceOff: _source_off,
    SuccessRate: _success_rate,
    PrivateShare: _private_share,
    OwnerSplit: _owner_shares,
    GreenShare: _green_share,
    GreenLoans: _green_loans,
    LoanTerms: _loan_terms,
    CalculationRate: _calculation_rate,
    SeekMaximum: _seek_maximum,
}


def _decimals(share: float) -> int:
    """No decimal where the percentage is whole."""
    return 0 if round(share * 100, 6) == round(share * 100) else 1

"""State aid to undertakings: the highest share by article and bonuses, and aid of minor size.

What the state and EU funds that it controls give an undertaking for the same expenditure counts
together against the highest cap that applies. Money that the Commission itself gives is no state
aid. An activity outside every market knows no aid (``aid_basis`` *none*). Figures and bonuses are
assumptions under ``state_aid``, none of them checked in the consolidated text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from model.entries import DatedValue
from model.errors import NotFound
from model.funding_facts import Subject, Support
from model.funding_findings import About, Finding, percent
from model.money import to_ore
from model.reference import Reference

OUTSIDE_MARKETS, DE_MINIMIS = "none", "de_minimis"
WINDOW = 3


@dataclass(frozen=True)
class Cap:
    """The shares that an article allows with a grant's bonuses: the ``usual`` one, and the
    ``highest`` that it has for special cases. ``by`` is the figure."""

    article: str
    usual: Decimal
    highest: Decimal
    by: DatedValue


def cap(basis: str, bonuses: Iterable[str], known: Reference) -> Cap | None:
    """The cap of an article by its key (``gber_36``); None for what is no article.

    A bonus that the article does not give adds nothing.
    """
    entry = known.aid_articles.get(basis)
    if entry is None:
        return None
    value = entry.latest
    usual = value.value or Decimal(0)
    highest = value.high if value.high is not None else usual
    more = sum(
        (
            known.assumptions[f"state_aid/bonus_{bonus}"].latest.value or Decimal(0)
            for bonus in set(bonuses)
            if bonus in entry.aid.bonuses
        ),
        Decimal(0),
    )
    return Cap(
        entry.aid.article, min(usual + more, Decimal(1)), min(highest + more, Decimal(1)), value
    )


def ceiling(year: int, known: Reference) -> int | None:
    """The ceiling of de minimis aid in öre; None where no rate for the euro is known."""
    try:
        rate = known.assumptions["economy/eur_sek"].at(year).value
    except (KeyError, NotFound):
        rate = None
    amount = known.assumptions["state_aid/de_minimis"].latest.value
    return None if rate is None or amount is None else to_ore(amount * rate)


def is_undertaking(subject: Subject, known: Reference) -> bool:
    """Whether any owner acts in a market."""
    return any(known.owners[owner].undertaking for owner, _ in subject.owners)


def cumulation(plan_id: str, subject: Subject, known: Reference) -> Iterator[Finding]:
    """All aid to a measure of an undertaking against the highest cap that applies."""
    aid = [
        support
        for support in subject.supports
        if support.state_aid and support.amount and support.aid_basis != OUTSIDE_MARKETS
    ]
    if not aid or not is_undertaking(subject, known):
        return
    caps = {support.id: _cap_of(support, known) for support in aid}
    for support in aid:
        if not support.aid_basis:
            yield About(plan_id, subject, support, known).mind(
                "aid_basis_unknown",
                "{owner} acts in a market, and the grant names no ground for state aid: name the "
                "article, de minimis, or that no market is concerned.",
                rule="aid_above_cap",
                owner=subject.undertaking,
            )
    known_caps = [each for each in caps.values() if each]
    base = max([support.eligible or 0 for support in aid] + [subject.cost])
    judged = [support for support in aid if support.aid_basis != DE_MINIMIS]
    if not known_caps or not base or not judged:
        return
    total = sum(support.amount for support in judged)
    best = max(known_caps, key=lambda each: (each.highest, each.usual))
    usual, highest = (to_ore(Decimal(base) * share / 100) for share in (best.usual, best.highest))
    about = About(plan_id, subject, judged[-1], known)
    fields = {"rule": "aid_above_cap", "by": best.by, "found": total, "article": best.article}
    if total > highest:
        yield about.breaks(
            "aid_above_cap",
            "The state aid is {found} kronor together: article {article} allows {share} % of the "
            "expenditure, {maximum} kronor. Apply for less, or name another ground.",
            maximum=highest,
            share=percent(best.highest),
            **fields,
        )
    elif total > usual:
        yield about.mind(
            "aid_above_usual",
            "The state aid is {found} kronor together, more than the {share} % of article "
            "{article} that hold as a rule, {maximum} kronor: show that the case for more holds.",
            maximum=usual,
            share=percent(best.usual),
            **fields,
        )


def de_minimis(plan_id: str, subjects: Iterable[Subject], known: Reference) -> Iterator[Finding]:
    """De minimis aid to each undertaking over any three years; ideas are not counted.

    Aid outside the plan is not known here and must be added by who applies.
    """
    by_undertaking: dict[str, list[tuple[int, Subject, Support]]] = defaultdict(list)
    for subject in subjects:
        for support in subject.supports:
            if support.aid_basis == DE_MINIMIS and support.status != "idea" and support.day:
                by_undertaking[subject.undertaking].append((support.day.year, subject, support))
    for undertaking, aid in by_undertaking.items():
        aid.sort(key=lambda each: each[0])
        for year, subject, support in aid:
            counted = [each for each in aid if year - WINDOW < each[0] <= year]
            total = sum(each[2].amount for each in counted)
            limit = ceiling(year, known)
            about = About(plan_id, subject, support, known)
            if limit is None:
                yield about.mind(
                    "rate_unknown",
                    "No rate for the euro is known for {year}: enter economy/eur_sek, or the "
                    "ceiling cannot be judged.",
                    rule="de_minimis_above_ceiling",
                    year=year,
                )
            elif total > limit:
                yield about.breaks(
                    "de_minimis_above_ceiling",
                    "{owner} gets {found} kronor of de minimis aid over three years: the ceiling "
                    "is {maximum} kronor.",
                    found=total,
                    maximum=limit,
                    owner=undertaking,
                )


def _cap_of(support: Support, known: Reference) -> Cap | None:
    """By the ground that is named; without one, by the article that the source itself is capped
    by."""
    bonuses = support.row.aid_bonuses if support.row else ()
    basis = support.aid_basis
    if not basis and support.scheme:
        capped = [share.capped_by for share in support.scheme.shares if share.capped_by]
        basis = capped[0].removeprefix("state_aid/") if capped else ""
    return cap(basis, bonuses, known)

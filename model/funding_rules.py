"""Every grant of a plan against the rules of its source, and a measure's public money together.

The rules are data (``data/funding``, ``data/common_rules.yaml``, ``data/assumptions/state_aid``);
here is how each is judged. What a source says only in words is not judged: it is listed beside what
could be sought (:mod:`model.funding_suggestions`). See :mod:`model.funding_findings` for what an
error and a warning are, and why neither stops a save.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from model.errors import NotFound
from model.funding_facts import Subject, Support
from model.funding_findings import About, Finding, digits, percent
from model.funding_limits import eligible_owners, largest_amount, limit, one_for_all
from model.funding_timing import begun, dates
from model.reference import Reference
from model.rows import PlanHead
from model.state_aid import cumulation, de_minimis

Judge = Callable[[Subject, Support, PlanHead, Reference, About], Iterable[Finding]]


def rule_findings(subjects: list[Subject], head: PlanHead, known: Reference) -> list[Finding]:
    """Every finding, measures in the plan's order, what breaks a rule first within each."""
    found: list[Finding] = []
    for subject in subjects:
        of_measure = [
            finding
            for support in subject.supports
            if support.scheme is not None and support.scheme.kind == "grant"
            for judge in JUDGES
            for finding in judge(
                subject, support, head, known, About(head.id, subject, support, known)
            )
        ]
        of_measure += _together(head.id, subject, known)
        of_measure += cumulation(head.id, subject, known)
        found += of_measure
    found += de_minimis(head.id, subjects, known)
    order = {subject.id: place for place, subject in enumerate(subjects)}
    return sorted(found, key=lambda each: (order[each.measure], not each.breaks))


def _owner(subject, support, head, known, about) -> Iterator[Finding]:
    scheme = support.scheme
    if not scheme.owners:
        return
    if not subject.owners:
        yield about.mind(
            "owner_unknown",
            "Who owns the measure is not said: enter its owner, or the owners' shares.",
            rule="owner_not_eligible",
        )
    elif not eligible_owners(scheme, subject):
        yield about.breaks(
            "owner_not_eligible",
            "{owners} cannot get this support.",
            owners=tuple(known.owners[owner] for owner, _ in subject.owners),
            sure="owners" not in scheme.estimated,
        )


def _sector(subject, support, head, known, about) -> Iterator[Finding]:
    scheme = support.scheme
    if scheme.sectors and subject.sector and subject.sector not in scheme.sectors:
        yield about.breaks(
            "sector_not_eligible",
            "The support is not for the sector {sector}.",
            sector=known.sectors[subject.sector],
            sure="sectors" not in scheme.estimated,
        )


def _area(subject, support, head, known, about) -> Iterator[Finding]:
    scheme, code = support.scheme, head.municipality
    if scheme.areas and not code:
        yield about.mind(
            "area_unknown",
            "The support is for some counties only, and the plan names no municipality: enter its "
            "code.",
            rule="outside_area",
        )
    elif scheme.areas and not scheme.covers(code):
        yield about.breaks(
            "outside_area",
            "The municipality {municipality} lies outside the support's area: {areas}.",
            municipality=code,
            areas=", ".join(scheme.areas),
        )
    if scheme.minimum_population is None:
        return
    sure = "minimum_population" not in scheme.estimated
    municipality = known.municipalities.get(code)
    if municipality is None:
        yield about.mind(
            "residents_unknown",
            "The support asks for at least {least} residents, and how many there are is not known.",
            rule="too_few_residents",
            least=scheme.minimum_population,
            sure=sure,
        )
    elif municipality.population.value < scheme.minimum_population:
        yield about.breaks(
            "too_few_residents",
            "The municipality has {residents} residents: the support asks for {least}.",
            residents=municipality.population.value,
            least=scheme.minimum_population,
            sure=sure,
        )


def _open(subject, support, head, known, about) -> Iterator[Finding]:
    scheme, applied = support.scheme, support.applied_on
    if support.status == "granted":
        return
    late = applied is None or (scheme.closes is not None and applied > scheme.closes)
    if scheme.closed and late:
        yield about.mind(
            "scheme_closed",
            "The support takes no new applications (closed {closes}): plan for other money.",
            closes=scheme.closes or "",
        )
    elif applied and not (scheme.opens or applied) <= applied <= (scheme.closes or applied):
        yield about.mind(
            "not_open",
            "The application is dated {applied}: the support takes applications from {opens} until "
            "{closes}.",
            rule="scheme_closed",
            applied=applied,
            opens=scheme.opens or "",
            closes=scheme.closes or "",
        )


def _purpose(subject, support, head, known, about) -> Iterator[Finding]:
    scheme = support.scheme
    if not subject.known:
        return
    if not scheme.for_investment and scheme.pays_for != "households" and not subject.one_off:
        yield about.mind(
            "not_investment",
            "The support pays for work in a project, and the measure is an investment only: say "
            "which work it pays.",
        )
    elif scheme.pays_for == "investment" and not subject.investment:
        yield about.mind(
            "only_operation",
            "The support pays for investment, and the measure has none.",
            rule="not_investment",
        )
    for kind in scheme.excluded_assets:
        if subject.row.asset == kind:
            yield about.breaks(
                "asset_not_eligible", "The support does not pay for this kind of asset."
            )


def _share(subject, support, head, known, about) -> Iterator[Finding]:
    scheme = support.scheme
    if support.stated > support.amount:
        yield about.mind(
            "lower_of",
            "{stated} kronor are stated, and the share of the eligible expenditure gives {found} "
            "kronor: the lower holds.",
            found=support.amount,
            stated=digits(support.stated),
        )
    if not scheme.shares or not eligible_owners(scheme, subject):
        return
    found = limit(scheme, subject, support.day, known, support)
    if found is None:
        yield about.mind(
            "cost_unknown",
            "The largest share cannot be judged: the expenditure, or the share on that day, is not "
            "known.",
            rule="share_above_maximum",
        )
        return
    if support.amount > found.maximum:
        yield about.breaks(
            "share_above_maximum",
            "{found} kronor are more than {share} % of {base} kronor, which is {maximum}: apply "
            "for at most that.",
            by=found.by,
            found=support.amount,
            maximum=found.maximum,
            share=percent(found.share),
            base=digits(found.base),
        )
    if found.by.maximum_per == "person" or not one_for_all(scheme.shares):
        return
    try:
        largest = largest_amount(found.by, support.day or date(head.first_year, 1, 1), known)
    except NotFound:
        yield about.mind(
            "rate_unknown",
            "The largest amount is in euro, and no rate is known: enter economy/eur_sek.",
            rule="amount_above_maximum",
            by=found.by,
        )
        return
    if largest is not None and support.amount > largest:
        yield about.breaks(
            "amount_above_maximum",
            "{found} kronor are more than the largest amount, {maximum} kronor.",
            by=found.by,
            found=support.amount,
            maximum=largest,
        )


def _yield(subject, support, head, known, about) -> Iterator[Finding]:
    scheme = support.scheme
    if scheme.yield_threshold is None or support.status == "granted" or not subject.investment:
        return
    threshold = known.assumptions[scheme.yield_threshold].latest
    per_krona = kg_per_krona(subject)
    if per_krona is None:
        yield about.mind(
            "yield_unknown",
            "The climate benefit per krona is not known: enter the effect, per year or once, and "
            "the lifetime.",
            rule="yield_below_guideline",
        )
    elif threshold.value is not None and per_krona < threshold.value:
        yield about.mind(
            "yield_below_guideline",
            "{kg} kg CO2e per invested krona over the lifetime: the guideline is {least}.",
            by=threshold,
            kg=f"{per_krona:.2f}".replace(".", ","),
            least=f"{threshold.value}".replace(".", ","),
        )


def kg_per_krona(subject: Subject) -> Decimal | None:
    """Kg CO2e per invested krona over the lifetime (mid), to two decimals; None where not known."""
    if subject.co2e_kg is None or not subject.investment:
        return None
    return round(Decimal(str(subject.co2e_kg[1])) * 100 / subject.investment, 2)


def _additional(subject, support, head, known, about) -> Iterator[Finding]:
    if support.status != "granted" and support.public and subject.own >= subject.cost > 0:
        yield about.mind(
            "additionality",
            "Appropriations of {own} kronor, decided and planned, already cover the whole "
            "expenditure: show why the grant is needed.",
            own=digits(subject.own),
        )


def _together(plan_id: str, subject: Subject, known: Reference) -> Iterator[Finding]:
    """The measure's public money together: what excludes what, and never more than the cost."""
    public = [support for support in subject.supports if support.public and support.amount]
    for support in public:
        others = [each for each in public if each.source != support.source]
        about = About(plan_id, subject, support, known)
        for other in others:
            if other.source in support.scheme.excludes:
                yield about.breaks(
                    "excluded_source",
                    "The measure also has {other}, which excludes this support: choose one.",
                    other=other.scheme,
                )
        if support.scheme.discloses and others:
            yield about.mind(
                "disclosure",
                "The measure also has {others}: state it in the application, where it is counted.",
                others=tuple({each.source: each.scheme for each in others}.values()),
            )
    if not public or not subject.known:
        return
    # The same expenditure is not paid twice: the largest base that any of them is reckoned on.
    cost = max([subject.cost, *(each.eligible or 0 for each in public if not subject.cost)])
    total = sum(support.amount for support in public)
    last = About(plan_id, subject, public[-1], known)
    more = {"found": total, "maximum": cost}
    if cost and total > cost:
        yield last.breaks(
            "more_than_cost",
            "The public support is {found} kronor together: the expenditure is {maximum}. Apply "
            "for less.",
            **more,
        )


JUDGES: tuple[Judge, ...] = (
    _owner,
    _sector,
    _area,
    _open,
    _purpose,
    _share,
    begun,
    _yield,
    dates,
    _additional,
)

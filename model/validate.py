"""What a plan's rows must satisfy beyond their own form: known keys, sensible years, real money.

Pure: the reference data comes as an argument. An error stops a write; a warning is shown and may be
right. ``ref`` of a finding is ``plan/measure/field``.
"""

from collections.abc import Iterator
from dataclasses import replace

from model.errors import Violation
from model.local_values import with_local_values
from model.reference import Reference
from model.rows import Appropriation, Expenditure, Measure, Payment, PlanDocument, PlanHead
from model.validate_activities import validate_activities
from model.validate_effects import validate_effects
from model.validate_emissions import series_not_there
from model.validate_green import validate_green
from model.validate_lists import PLAN_LISTS, validate_list
from model.validate_rules import impossible_years, too_exact, unknown_keys
from model.years import is_calendar_year, year_label

# Lawful support that no article of GBER speaks of; empty is not said.
AID_WITHOUT_ARTICLE = ("", "none", "de_minimis")


def validate_document(document: PlanDocument, known: Reference) -> list[Violation]:
    """Every finding in a whole plan."""
    head, measures = document.plan, [measure.id for measure in document.measures]
    saved = [scenario.id for scenario in document.scenarios]
    own = with_local_values(known.assumptions, document.local_values)
    known = known if own is known.assumptions else replace(known, assumptions=own)
    return [
        *validate_head(head),
        *(
            found
            for name in PLAN_LISTS
            for found in validate_list(name, getattr(document, name), head, known, measures, saved)
        ),
        *series_not_there(document.business_as_usual, document.emission_series, head),
        *(found for each in document.measures for found in validate_measure(each, head, known)),
        *validate_green(document.loans, document.measures, head, known),
    ]


def validate_head(head: PlanHead) -> list[Violation]:
    """Every finding in a plan's own fields."""
    years = (head.base_year, head.first_year, head.last_year)
    return [
        *impossible_years(f"{head.id}/years", years, columns=False),
        *too_exact(head.id, {"calculation_rate": head.calculation_rate}),
        *_rate(head),
    ]


def _rate(head: PlanHead) -> Iterator[Violation]:
    """At −100 % or below there is nothing left to discount."""
    if head.calculation_rate <= -1:
        yield Violation(
            "error",
            "impossible_rate",
            f"{head.id}/calculation_rate",
            "The calculation rate {rate} cannot be used: expected above −1 (−100 %), and 0.035 is "
            "usual.",
            {"rate": head.calculation_rate},
        )


def validate_measure(measure: Measure, head: PlanHead, known: Reference) -> list[Violation]:
    """Every finding in one measure of the plan with that head."""
    at = f"{head.id}/{measure.id}"
    return [
        *unknown_keys(at, _keys_of(measure), known),
        *impossible_years(f"{at}/years", _years_of(measure)),
        *_outside_horizon(at, measure, head),
        *_owner_kind(at, measure, known),
        *_appropriations(at, measure, known),
        *_vat(at, measure, known),
        *_sources(at, measure, known),
        *_probabilities(at, measure),
        *_more_than_cost(at, measure),
        *_in_service(at, measure),
        *_without_the_measure(at, measure),
        *validate_effects(at, measure, known),
        *validate_activities(at, measure, head, known),
        *(
            found
            for position, effect in enumerate(measure.effects)
            for found in too_exact(
                f"{at}/effects.{position}",
                {"low": effect.low, "mid": effect.mid, "high": effect.high},
            )
        ),
    ]


def _keys_of(measure: Measure) -> Iterator[tuple[str, str, str]]:
    """Yield (field, registry, key) of everything that refers to reference data."""
    yield "sector", "sectors", measure.sector
    yield "owner", "owners", measure.owner
    yield "green_category", "green_categories", measure.green_category
    yield "green_framework", "green_frameworks", measure.green_framework
    for part in measure.owner_shares:
        yield "owner_shares", "owners", part.owner
    for grant in measure.grants:
        yield f"grants/{grant.id}/source", "funding", grant.source
        if grant.aid_basis not in AID_WITHOUT_ARTICLE:
            yield f"grants/{grant.id}/aid_basis", "aid_articles", grant.aid_basis
    for step in (*measure.green_steps, *measure.green_answers):
        yield "green_framework", "green_frameworks", step.framework
    for position, effect in enumerate(measure.effects):
        yield f"effects.{position}.indicator", "indicators", effect.indicator
    for position, row in enumerate(measure.activities):
        yield f"activities.{position}.kind", "activities", row.kind
        for name in ("from_carrier", "to_carrier"):
            yield f"activities.{position}.{name}", "carriers", getattr(row, name)
        for name in ("from_factor", "to_factor"):
            yield f"activities.{position}.{name}", "assumptions", getattr(row, name)


def _years_of(measure: Measure) -> set[int]:
    rows = (*_money_of(measure), *measure.running_costs, *measure.effects)
    return {row.year for row in rows if row.year is not None}


def _money_of(measure: Measure) -> tuple[Expenditure | Appropriation | Payment, ...]:
    payments = (payment for grant in measure.grants for payment in grant.payments)
    return (*measure.expenditures, *measure.appropriations, *payments)


def _outside_horizon(at: str, measure: Measure, head: PlanHead) -> Iterator[Violation]:
    horizon = range(head.first_year, head.last_year + 1)
    outside = {
        row.year
        for row in _money_of(measure)
        if row.year not in horizon
        and is_calendar_year(row.year)
        # What the year before the first left unspent is carried into the first: it counts there.
        and not (getattr(row, "carry_over", 0) and row.year == head.first_year - 1)
    }
    if outside:
        yield Violation(
            "warning",
            "outside_horizon",
            f"{at}/years",
            "There is money in {years}, but the plan runs from {first} to {last}: it is counted "
            "as before or later.",
            {
                "years": ", ".join(str(year) for year in sorted(outside)),
                "first": head.first_year,
                "last": head.last_year,
            },
        )


def _owner_kind(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    owner = known.owners.get(measure.owner)
    if owner is None or measure.owner_kind is None or owner.kind == "mixed":
        return
    if owner.kind != measure.owner_kind:
        yield Violation(
            "warning",
            "owner_kind",
            f"{at}/owner_kind",
            "The owner {owner} is {expected}, but the measure says {found}.",
            {"owner": measure.owner, "expected": owner.kind, "found": measure.owner_kind},
        )


def _groups(measure: Measure, known: Reference) -> set[str]:
    """The actor groups that pay for the measure, as far as its owners say."""
    keys = [part.owner for part in measure.owner_shares if part.share] or [measure.owner]
    groups = {known.owners[key].actor_group for key in keys if key in known.owners}
    of_kind = {"public": "municipal_group", "private": "other"}
    return groups or {of_kind[kind] for kind in (measure.owner_kind,) if kind in of_kind}


def _appropriations(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """An appropriation is the municipality's own decision: it pays for nothing of others."""
    decisions = [row for row in measure.appropriations if row.status in ("decided", "planned")]
    if decisions and _groups(measure, known) == {"other"}:
        yield Violation(
            "error",
            "appropriation_of_other_actor",
            f"{at}/appropriations",
            "{owner} is no part of the municipality, and an appropriation is the municipality's "
            "own decision: enter the owner's money as a grant from another actor.",
            {"owner": measure.owner or measure.owner_kind},
        )


def _vat(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """A municipality gets its VAT back, except for dwellings and passenger cars."""
    amount = sum(
        row.mid
        for row in measure.expenditures
        if row.vat == "included"
        and row.scope == "total"
        and row.kind != "avoided_investment"
        and row.mid is not None
    )
    if amount and "municipal_group" in _groups(measure, known):
        yield Violation(
            "warning",
            "vat_included",
            f"{at}/expenditures",
            "{amount} kronor stand with VAT: a municipality's need is without it, except dwellings "
            "and passenger cars.",
            {"amount": amount},
        )


def _sources(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """A loan or a contract is no grant: it covers no need of a measure, and no operation at all."""
    if not measure.grants:
        return
    operation = any(row.kind == "one_off_operating" for row in measure.expenditures)
    for grant in measure.grants:
        source = known.funding.get(grant.source)
        ref = f"{at}/grants/{grant.id}/source"
        if source is None:
            continue
        if source.kind == "loan" and operation:
            yield Violation(
                "error",
                "loan_for_operation",
                ref,
                "{source} is a loan, and one-off operating expenditure takes no loan.",
                {"source": grant.source},
            )
        elif source.kind in ("loan", "contract"):
            yield Violation(
                "error",
                "no_grant",
                ref,
                "{source} is no grant and covers no need of a measure: loans stand in the "
                "financing analysis of the municipality, guaranteed savings in running costs.",
                {"source": grant.source},
            )
        elif source.kind == "own":
            yield Violation(
                "warning",
                "own_money_as_grant",
                ref,
                "{source} is the municipality's own money: enter it as an appropriation, which "
                "covers its own year only.",
                {"source": grant.source},
            )


def _probabilities(at: str, measure: Measure) -> Iterator[Violation]:
    for grant in measure.grants:
        if grant.status == "applied" and grant.probability is None:
            yield Violation(
                "warning",
                "probability_missing",
                f"{at}/grants/{grant.id}/probability",
                "The application {grant} has no probability: the expected gap does not count it.",
                {"grant": grant.id},
            )


def _more_than_cost(at: str, measure: Measure) -> Iterator[Violation]:
    if not measure.grants:
        return
    costs = [
        row.high if row.high is not None else row.mid
        for row in measure.expenditures
        if row.scope == "total" and row.kind != "avoided_investment"
    ]
    if not costs or None in costs:
        return
    money = sum(
        payment.amount
        for grant in measure.grants
        if grant.status != "idea"
        for payment in grant.payments
    )
    if money > sum(costs):
        yield Violation(
            "warning",
            "more_than_cost",
            f"{at}/grants",
            "The grants are {grants} kronor together, more than the expenditure of {cost}.",
            {"grants": money, "cost": sum(costs)},
        )


def _in_service(at: str, measure: Measure) -> Iterator[Violation]:
    """An asset is in service when it is bought, not before."""
    years = [
        row.year
        for row in (measure.expenditures if measure.in_service else ())
        if row.kind == "investment" and row.scope == "total" and row.mid != 0
    ]
    if years and int(measure.in_service[:4]) < min(years):
        yield Violation(
            "error",
            "in_service_before_investment",
            f"{at}/in_service",
            "It is in service {in_service}, and nothing is invested before {first}: correct the "
            "month, or the years of the investment.",
            {"in_service": measure.in_service, "first": year_label(min(years))},
        )
    if measure.replaced_book_value and not measure.in_service:
        yield Violation(
            "warning",
            "write_off_without_year",
            f"{at}/in_service",
            "{amount} kronor of what it replaces are to be written off, but no year is known: say "
            "when it is in service.",
            {"amount": measure.replaced_book_value},
        )


def _without_the_measure(at: str, measure: Measure) -> Iterator[Violation]:
    """What would be done anyway, and what is above it, are parts of the whole."""
    if all(row.scope == "total" for row in measure.expenditures):
        return
    amounts = {
        scope: [
            row.mid
            for row in measure.expenditures
            if row.kind == "investment" and row.scope == scope and row.mid is not None
        ]
        for scope in ("total", "incremental")
    }
    whole = sum(amounts["total"])
    if not amounts["total"]:
        return
    if sum(amounts["incremental"]) > whole:
        yield Violation(
            "warning",
            "incremental_more_than_total",
            f"{at}/expenditures",
            "The investment above business as usual is {incremental} kronor, more than the whole "
            "investment of {whole}.",
            {"incremental": sum(amounts["incremental"]), "whole": whole},
        )
    if amounts["incremental"] and measure.alternative_investment is not None:
        anyway = whole - sum(amounts["incremental"])
        if anyway != measure.alternative_investment:
            yield Violation(
                "warning",
                "alternative_stated_twice",
                f"{at}/alternative_investment",
                "{stated} kronor would be invested anyway, but total less incremental is {anyway}: "
                "the latter is used.",
                {"stated": measure.alternative_investment, "anyway": anyway},
            )

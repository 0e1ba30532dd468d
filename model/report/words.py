"""The model's own vocabulary in words: readings, price levels, groups, scenarios, tags.

Screens and documents say them alike. Every function takes the language last; English stands here
and Swedish in ``data/locale``.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from model.language import DEFAULT, Language, translate, translate_plural
from model.plan import Plan
from model.reference import Reference, reference
from model.report.adjustment_words import Speaker, plain, said
from model.scenario import AS_IS, Adjustment, Override, Reinforce, Scenario, Where

READINGS = {
    "secured": "Secured",
    "planned": "Planned",
    "expected": "Expected",
    "best_case": "Best case",
}
READING_MEANS = {
    "secured": "granted and decided money counts",
    "planned": "planned appropriations count too",
    "expected": "the mean over the outcomes of applications",
    "best_case": "every application and every idea becomes money",
}
ACTOR_GROUPS = {
    "municipal_group": "Municipal group",
    "other": "Other actors",
    "shared": "Shared, split unknown",
}
OWNER_KINDS = {"public": "Public", "private": "Private", "mixed": "Shared, split unknown"}
BOUNDARIES = {
    "organisation": "the municipal organisation",
    "municipal_group": "the municipal group",
    "territory": "the municipality as a territory",
}
VAT = {"excluded": "excluding VAT", "included": "including VAT", "unknown": "VAT unknown"}
TAGS = {
    "id": "measure",
    "name": "name",
    "sector": "sector",
    "owner": "owner",
    "owner_kind": "kind of owner",
    "actor_group": "actor group",
    "department": "department",
    "district": "district",
    "readiness": "readiness",
    "green_category": "green category",
    "financing_form": "form of financing",
    "project_number": "project number",
    "source_ref": "source",
    "source": "source",
    "year": "year",
}
FINANCING_FORMS = {
    "tax": "taxes",
    "water": "water and sewage fees",
    "waste": "waste fees",
    "district_heating": "district heating",
    "development": "development",
}
_WORDS = {
    "owner_kind": OWNER_KINDS,
    "actor_group": ACTOR_GROUPS,
    "financing_form": FINANCING_FORMS,
}
_REGISTRY = {
    "sector": "sectors",
    "owner": "owners",
    "readiness": "readiness",
    "green_category": "green_categories",
    "source": "funding",
    "indicator": "indicators",
}
_MEASURES_OF = {
    "public": "Public measures",
    "private": "Private measures",
    "mixed": "Measures with several owners",
}
ALREADY_PAID = "Already paid"
_LEVELS = {"low": "low value", "central": "central value", "high": "high value"}


def name(entry, language: Language = DEFAULT) -> str:
    """What an entry of the reference data, or a scenario, is called."""
    return entry.name_en if language == "en" and entry.name_en else entry.name


def tag(by: str, key: str, language: Language = DEFAULT, plan: Plan | None = None) -> str:
    """The word for one key of a breakdown or a tag: a sector's name, a department as written.

    Empty is *okänt*. The name of a measure needs its plan; without it, it is its id.
    """
    if key == "":
        return translate("unknown", language)
    if by == "source" and key == "already_paid":
        return translate(ALREADY_PAID, language)
    if by in _WORDS and key in _WORDS[by]:
        return translate(_WORDS[by][key], language)
    entries: Mapping = getattr(reference(), _REGISTRY[by]) if by in _REGISTRY else {}
    if key in entries:
        return name(entries[key], language)
    if by in ("id", "measure") and plan is not None:
        found = np.flatnonzero(plan.tags["id"] == key)
        return str(plan.tags["name"][found[0]]) if len(found) else key
    return key


def price_level(plan: Plan, language: Language = DEFAULT) -> str:
    """In what prices the plan's amounts are shown: nominal where an index could make them so."""
    head = plan.head
    if head.price_level == "unknown":
        return translate("price level unknown", language)
    if head.price_level == "nominal":
        return translate("nominal prices", language)
    template = (
        "{year} prices, not converted"
        if plan.unconverted.any()
        else "nominal prices, converted from {year} prices"
    )
    return translate(template, language, year=head.price_year)


def vat(plan: Plan, language: Language = DEFAULT) -> str:
    """Whether the plan's amounts hold VAT: as its head says, else as all its rows say alike."""
    said = {key for key, mask in plan.vat.items() if mask.any()}
    if plan.head.vat != "unknown" or not said:
        return translate(VAT[plan.head.vat], language)
    if len(said) == 1:
        return translate(VAT[said.pop()], language)
    return translate("VAT according to each amount", language)


def scenario(chosen: Scenario, language: Language = DEFAULT) -> str:
    """The scenario's name, and that somebody has adjusted it where it is no longer what it was."""
    if not chosen.adjusted:
        return name(chosen, language)
    if chosen.id == AS_IS.id:
        return translate("The plan, adjusted", language)
    return translate("{scenario}, adjusted", language, scenario=name(chosen, language))


def adjustments(
    chosen: Scenario, language: Language = DEFAULT, plan: Plan | None = None
) -> tuple[str, ...]:
    """What a scenario does, one phrase for each of its values, adjustments and rules; none for the
    plan as it is.

    ``plan`` names the measures that they are about.
    """
    values = (override(each, language) for each in chosen.assumptions)
    done = (adjustment(each, language, plan) for each in chosen.adjustments)
    return tuple(dict.fromkeys((*values, *done, *rules(chosen, language, plan))))


def override(each: Override, language: Language = DEFAULT) -> str:
    """What a scenario states of an assumption: ``Elpris 1 200 SEK/MWh från 2027``."""
    known: Reference = reference()
    assumption = known.assumptions.get(each.path)
    called = each.path if assumption is None else name(assumption, language)
    if each.level:
        level = translate(_LEVELS[each.level], language)
        return translate("{assumption}: {level}", language, assumption=called, level=level)
    unit = "" if assumption is None else assumption.unit
    values = ", ".join(
        translate(
            "{value} {unit} from {year}",
            language,
            value=plain(value, language),
            unit=unit,
            year=year,
        )
        for year, value in each.values
    )
    return f"{called}: {values}"


def rules(
    chosen: Scenario, language: Language = DEFAULT, plan: Plan | None = None
) -> tuple[str, ...]:
    """The scenario's rules between measures, one phrase each."""

    def listed(measures: Iterable[str]) -> str:
        return ", ".join(tag("id", each, language, plan) for each in measures)

    exclude = [
        translate("At most one of {measures}", language, measures=listed(group))
        for group in chosen.exclude
    ]
    require = [
        translate(
            "{measure} requires {measures}",
            language,
            measure=listed([key]),
            measures=listed(needed),
        )
        for key, needed in chosen.require
    ]
    return (*exclude, *require, *(part(each, language, plan) for each in chosen.reinforce))


def part(
    each: Adjustment | Override | Reinforce, language: Language = DEFAULT, plan: Plan | None = None
) -> str:
    """What one thing that a scenario does is, whichever kind it is of."""
    match each:
        case Override():
            return override(each, language)
        case Reinforce():
            return translate(
                "{measures} together: the effect times {factor}",
                language,
                measures=", ".join(tag("id", key, language, plan) for key in each.measures),
                factor=plain(each.factor, language),
            )
        case _:
            return adjustment(each, language, plan)


def adjustment(each: Adjustment, language: Language = DEFAULT, plan: Plan | None = None) -> str:
    """What one adjustment does: ``Alla åtgärder 2 år senare``. May hold what a person typed."""
    return said(
        each,
        Speaker(
            language,
            lambda chosen: where(chosen, language, plan),
            lambda by, key: tag(by, key, language, plan),
        ),
    )


def where(chosen: Where, language: Language = DEFAULT, plan: Plan | None = None) -> str:
    """Which measures: all, one by its name, or those with some tags."""
    if not chosen.tags:
        return translate("All measures", language)
    match chosen.tags:
        case (("id", (first, *more)),) if len(more) > 1:
            return translate_plural(
                "{measure} and {count} more measure",
                "{measure} and {count} more measures",
                len(more),
                language,
                measure=tag("id", first, language, plan),
            )
    return ", ".join(
        "/".join(
            translate(_MEASURES_OF[value], language)
            if of == "owner_kind"
            else tag(of, value, language, plan)
            for value in values
        )
        for of, values in chosen.tags
    )

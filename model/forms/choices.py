"""What is chosen from a list, in words: every key that a row allows, as an English msgid.

What :mod:`model.report.words` has already a word for is said the same way here.
"""

from model.entries import ActivityKind, Indicator
from model.forms.kinds import Choice
from model.language import DEFAULT, Language, translate
from model.reference import reference
from model.report import words

EXPENDITURE_KINDS = {
    "investment": "Investment",
    "avoided_investment": "Avoided investment",
    "one_off_operating": "One-off operating expenditure",
}
SCOPES = {"total": "Total", "incremental": "Against business as usual"}
PRICE_LEVELS = {
    "nominal": "Nominal prices",
    "real": "Fixed prices",
    "unknown": "Price level not known",
}
VAT = {"excluded": "Excluding VAT", "included": "Including VAT", "unknown": "VAT not known"}
RUNNING_COST_ITEMS = {
    "operation": "Operation",
    "maintenance": "Maintenance",
    "energy": "Energy",
    "rent": "Rent",
    "lease": "Lease",
    "income": "Income",
    "other": "Other",
}
BASES = {"per_year": "Every year", "once": "Once", "unclear": "Not said which"}
GASES = {"co2e": "CO2e", "fossil_co2": "Fossil CO2"}
EFFECT_BOUNDARIES = {
    "territorial": "Territorial",
    "consumption": "Consumption",
    "organisation": "Organisation",
}
GRANT_STATUSES = {"granted": "Granted", "applied": "Applied for", "idea": "Idea"}
APPROPRIATION_BASES = {"gross": "Gross", "net": "Net of grants"}
APPROPRIATION_STATUSES = {"decided": "Decided", "planned": "Planned", "requested": "Requested"}
PROGRAMME_STATUSES = {
    "granted": "Granted",
    "decided": "Decided",
    "planned": "Planned",
    "applied": "Applied for",
    "idea": "Idea",
}
INVESTMENT_TYPES = {
    "new": "New investment",
    "reinvestment": "Reinvestment",
    "adaptation": "Adaptation",
}
ASSETS = {"dwelling": "Permanent dwelling", "passenger_car": "Passenger car"}
GREEN_STEPS = {
    "identified": "Identified",
    "environment_verified": "Environment verified",
    "finance_selected": "Finance selected",
    "committee_approved": "Committee approved",
}
INSTRUMENTS = {"loan": "Loan", "bond": "Bond"}
REPAYMENTS = {"serial": "In equal parts", "annuity": "Annuity", "bullet": "All at the end"}
GREEN_MODES = {"approved_projects": "Approved projects", "own_programme": "Own programme"}
DENOMINATORS = {"gross": "Gross expenditure", "net_of_grants": "Expenditure net of grants"}
GREEN_ANSWERS = {"yes": "Yes", "no": "No", "unclear": "Unclear"}
LEVELS = {"municipality": "Municipality", "group": "Municipal group"}
SYSTEM_BOUNDARIES = words.BOUNDARIES
EMISSION_BOUNDARIES = {
    "ttw": "Where the energy is used (territorial)",
    "wtw": "From well to wheel",
    "lca": "Over the life cycle",
}
OWNER_KINDS = words.OWNER_KINDS
FINANCING_FORMS = words.FINANCING_FORMS
# What the quality flags of a measure say. Others may be entered, and are shown as they are.
FLAGS = {
    "administration_only": "only administration is counted",
    "approximate": "approximate figure",
    "approximate_year": "approximate year",
    "bracketed_value": "figure in brackets in the source",
    "capex_and_opex": "investment and operation in one figure",
    "conditional": "depends on a condition",
    "cost_bearer_unclear": "unclear who pays",
    "duplicate": "stands twice in the source",
    "enabler": "makes another measure possible",
    "end_year_ambiguous": "unclear end year",
    "extreme_cost_per_tonne": "extreme cost per tonne",
    "foreign_currency": "stated in another currency",
    "implausible": "implausible figure",
    "joint_effect": "effect shared with other measures",
    "lower_bound": "lower bound",
    "net_saving_hint": "may save money",
    "no_reduction_stated": "no reduction stated",
    "not_available": "figure not available",
    "opex_per_tonne": "operation stated per tonne",
    "ordinary_operations": "within ordinary operations",
    "partial_scope": "covers a part only",
    "period_unclear": "unclear period",
    "possible_overlap": "may overlap with another measure",
    "private_cost": "private cost",
    "range": "stated as a range",
    "same_name": "same name as another measure",
    "scope3": "emissions outside the municipality",
    "sink_only": "carbon sink only",
    "source_truncated": "the source is cut off",
    "tbd": "to be decided",
    "unit_missing": "no unit stated",
    "upper_bound": "upper bound",
}


def label(kind: Choice, key: str, language: Language = DEFAULT) -> str:
    """What a key of a list, or of a registry of ``data/``, is called; the key where unknown.

    An indicator or an activity is called after what it counts, with its unit.
    """
    if kind.words is not None:
        word = kind.words.get(key, key)
        return word if kind.named else translate(word, language)
    entry = getattr(reference(), kind.of).get(key)
    if entry is None:
        return key
    name = words.name(entry, language)
    return (
        f"{name} ({unit(entry.unit, language)})"
        if isinstance(entry, Indicator | ActivityKind)
        else name
    )


def unit(key: str, language: Language = DEFAULT) -> str:
    """What a unit is called; its key where it is none of ``data/``."""
    entry = reference().units.get(key)
    return words.name(entry, language) if entry else key


def keys(kind: Choice) -> tuple[str, ...]:
    """What can be chosen, in order."""
    return tuple(kind.words if kind.words is not None else getattr(reference(), kind.of))


def flags(codes: tuple[str, ...], language: Language = DEFAULT) -> str:
    """Quality flags in words, set off by commas."""
    return ", ".join(translate(FLAGS[code], language) if code in FLAGS else code for code in codes)

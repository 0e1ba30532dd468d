"""What an entry of the reference data under ``data/`` holds, one class per kind.

Entries are frozen and refuse fields they do not know. Names are Swedish (``name``) and English
(``name_en``). Every figure carries its unit, source and status; what is ``unverified`` is shown as
such. Keys that point into another registry are checked while an entry is validated, against the
``context`` that :mod:`model.reference` gives.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from model.benefit_methods import METHODS
from model.errors import NotFound
from model.money import Money
from model.rows import OwnerKind, Quantity, Share

Status = Literal["verified", "unverified", "stated"]
Gas = Literal["co2e", "fossil_co2", "biogenic_co2", ""]
Name = Annotated[str, Field(min_length=1)]
Number = Quantity
PriceYear = Annotated[int, Field(ge=1900, lt=2200)] | Literal["nominal", "unknown"] | None


def _known_in(registry: str) -> AfterValidator:
    """A key that must stand in a registry of ``data/``."""

    def check(key: str, info) -> str:
        if key and info.context is not None and key not in info.context[registry]:
            raise PydanticCustomError(
                "unknown_key",
                "{key} is not in data/{registry}",
                {"key": repr(key), "registry": registry},
            )
        return key

    return AfterValidator(check)


SourceKey = Annotated[str, Field(min_length=1), _known_in("sources")]
UnitKey = Annotated[str, Field(min_length=1), _known_in("units")]
NedSectorKey = Annotated[str, _known_in("ned_sectors")]
SectorKey = Annotated[str, _known_in("sectors")]
OwnerKey = Annotated[str, _known_in("owners")]
IndicatorKey = Annotated[str, _known_in("indicators")]
CategoryKey = Annotated[str, _known_in("green_categories")]
CarrierKey = Annotated[str, _known_in("carriers")]
AssumptionKey = Annotated[str, _known_in("assumptions")]
FundingKey = Annotated[str, _known_in("funding")]
Bonus = Literal["small", "medium", "area_a", "area_c"]


class Entry(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Entry):
    """An entry with its key and what it is called on screen, Swedish first."""

    key: Name
    name: Name
    name_en: Name
    note: str = ""
    note_en: str = ""


class Sourced(Entry):
    """Something that somebody published. ``source_ref`` is section, paragraph, table or line.

    ``stated`` is the status of what a plan says itself, which nobody else has checked.
    """

    source: SourceKey
    source_ref: str = ""
    status: Status
    note: str = ""
    note_en: str = ""


class Source(Entry):
    """Where figures come from."""

    key: Name
    title: Name
    publisher: Name
    year: str = ""
    url: str = ""
    note: str = ""
    note_en: str = ""


class Unit(Named):
    """A unit of measure. ``money`` units need a price year wherever they are used. ``one`` is what
    a single one is called, where that differs from the name.
    """

    money: bool = False
    one: str = ""
    one_en: str = ""


class Indicator(Named):
    """What an effect counts, positive when it is the improvement that the name says."""

    unit: UnitKey
    gas: Gas = ""


class NedSector(Named):
    """A sector of the national emissions database; ``name`` is spelled as there."""


class Sector(Named):
    """A sector of a plan, and the sectors of the national emissions database that it answers to.

    ``aliases`` are other names for it in plans and budgets.
    """

    aliases: tuple[str, ...] = ()
    ned: tuple[NedSectorKey, ...] = ()


class Owner(Named):
    """Who must invest. ``actor_group`` is the headline's line: the municipal group or others.

    An ``undertaking`` acts in a market: what the state gives it is state aid.
    """

    kind: OwnerKind
    actor_group: Literal["municipal_group", "other", "shared"]
    undertaking: bool = False


class Stage(Named):
    """How far a measure has come. ``messy_middle``: past the pilot and not yet under way."""

    messy_middle: bool = False


class Word(Named):
    """A word of the project and what it means in plain language. ``pages`` use it, by address."""

    means: Name
    means_en: Name
    pages: tuple[Name, ...] = Field(min_length=1)


class Range(Entry):
    """Low, central and high of one figure; what is not known is None."""

    low: Number | None = None
    central: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _ordered(self):
        known = [value for value in (self.low, self.central, self.high) if value is not None]
        if known != sorted(known):
            raise ValueError("low, central and high are not in order")
        return self

    @property
    def value(self) -> Decimal | None:
        """Central where stated; else halfway between low and high, or the bound that is known."""
        if self.central is not None:
            return self.central
        bounds = [value for value in (self.low, self.high) if value is not None]
        return sum(bounds) / len(bounds) if bounds else None


class DatedValue(Sourced, Range):
    """A value from a year on. ``text`` is for rules that are no number.

    A value with neither number nor text says that the source's figure was not found; its note says
    what to look for, and the user is asked.
    """

    since: Annotated[int, Field(alias="from", ge=1900, lt=2200)]
    text: str = ""
    text_en: str = ""
    price_year: PriceYear = None

    @model_validator(mode="after")
    def _says_something(self):
        if self.value is None and not self.text and not self.note:
            raise ValueError("a value that is not known needs a note that says so")
        return self


class EmissionScope(Entry):
    """What an emission factor counts. Factors that differ here are never mixed."""

    carrier: CarrierKey
    boundary: Literal["ttw", "wtw", "lca", "unknown"]
    method: Literal[
        "fuel",
        "comparator",
        "supplier",
        "production",
        "consumption",
        "residual",
        "marginal",
        "green_bond",
        "unknown",
    ]
    gas: Literal["co2e", "fossil_co2"] = "co2e"


class Bounds(Sourced):
    """What a factor can be at all, in ``unit``: outside it is a mistake of unit or sign."""

    unit: UnitKey
    low: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self):
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Carrier(Named):
    """What an activity saves or replaces, counted in ``unit``; ``uses`` are the activities' own.

    ``methods`` are the emission factors that may be chosen without being named. ``energy`` is its
    energy content (MJ per unit), ``consumption`` a vehicle's, ``factors`` those that are asked for.
    """

    unit: UnitKey
    uses: tuple[Literal["energy", "fuel", "vehicle", "heat", "waste"], ...]
    methods: tuple[str, ...] = ("fuel",)
    combustion: bool = False
    electric: bool = False
    energy: AssumptionKey | None = None
    consumption: AssumptionKey | None = None
    factors: tuple[AssumptionKey, ...] = ()
    plausible: Bounds


class SecondFigure(Entry):
    """What a quantity is multiplied by, such as the yearly distance of each vehicle."""

    unit: UnitKey
    name: Name
    name_en: Name


class Follows(Entry):
    """An effect that follows from an activity: its quantity, its amount or the energy saved.

    ``when`` keeps it to carriers that are electric, or to combustion that is replaced.
    """

    indicator: IndicatorKey
    of: Literal["quantity", "amount", "saved"]
    basis: Literal["per_year", "once"] = "per_year"
    when: Literal["electric", "combustion", ""] = ""


class ActivityKind(Named):
    """What a user may know of a measure instead of its effect, yearly and in ``unit``.

    ``use`` names the carriers that it saves, ``to`` whether others take their place, ``rate`` what
    their consumption is stated per. ``speed`` (km/h) makes kilometres of minutes a week.
    """

    unit: UnitKey
    per: SecondFigure | None = None
    use: Literal["energy", "fuel", "vehicle", "heat", "waste", ""] = ""
    to: bool = False
    rate: Literal["distance", "area", ""] = ""
    speed: AssumptionKey | None = None
    effects: tuple[Follows, ...] = ()


class AidArticle(Entry):
    """The article of the block exemption (GBER) that a share of aid is of, and what raises it.

    Each of ``bonuses`` is the assumption ``state_aid/bonus_<bonus>``.
    """

    article: Name
    bonuses: tuple[Bonus, ...] = ()


class Assumption(Named):
    """A figure that the model uses. ``key`` is its path (``economy/calculation_rate``)."""

    unit: UnitKey
    values: tuple[DatedValue, ...]
    emission: EmissionScope | None = None
    aid: AidArticle | None = None

    @model_validator(mode="after")
    def _in_order(self):
        if not self.values:
            raise ValueError("an assumption has at least one value")
        years = [value.since for value in self.values]
        if years != sorted(set(years)):
            raise ValueError("the values are not in order of year, or two have the same year")
        return self

    def at(self, year: int) -> DatedValue:
        """The value in force in a year. NotFound before the first one."""
        in_force = [value for value in self.values if value.since <= year]
        if not in_force:
            raise NotFound(
                "The assumption {key} has no value for {year}: its first is from {first}.",
                key=self.key,
                year=year,
                first=self.values[0].since,
            )
        return in_force[-1]

    @property
    def latest(self) -> DatedValue:
        """The last value that is known; the last one of all when none is."""
        known = [value for value in self.values if value.value is not None]
        return (known or self.values)[-1]


class Population(Sourced):
    """Residents at the end of a month."""

    value: Annotated[int, Field(gt=0)]
    at: str


class Baseline(Sourced):
    """Yearly emissions in t by sector of the national emissions database and year."""

    unit: UnitKey
    gas: Gas
    boundary: Literal["territorial"]
    method: Name
    emissions: dict[NedSectorKey, dict[int, float]]

    @model_validator(mode="after")
    def _every_year_in_every_sector(self):
        if len({tuple(sorted(by_year)) for by_year in self.emissions.values()}) > 1:
            raise ValueError("the sectors do not have the same years")
        return self

    @property
    def years(self) -> tuple[int, ...]:
        """The years that every sector has, in order."""
        return tuple(sorted(next(iter(self.emissions.values()), ())))

    def total(self, year: int) -> float:
        """Tonnes of all sectors in a year. NotFound when there is no figure for it."""
        if year not in self.years:
            raise NotFound("There are no emissions for {year}.", year=year)
        return sum(by_year[year] for by_year in self.emissions.values())


class Target(Sourced):
    """A climate target. ``reduction`` is a share of the emissions in ``base_year``."""

    key: Name
    name: Name
    name_en: Name
    year: int
    boundary: Literal["organisation", "municipal_group", "territory", "city", "residents"]
    decision: Literal["decided", "proposed", "stated"]
    net_zero: bool = False
    reduction: Share | None = None
    base_year: int | None = None
    value: Number | None = None
    unit: UnitKey | None = None
    gas: Gas = ""


class Figure(Sourced, Range):
    """A figure that a city has published, kept as published."""

    key: Name
    name: Name
    name_en: Name
    topic: Literal["emissions", "investment", "benefit", "funding", "governance"]
    text: str = ""
    text_en: str = ""
    unit: UnitKey
    year: int | None = None
    last_year: int | None = None
    price_year: PriceYear = None
    gas: Gas = ""
    boundary: Literal["organisation", "municipal_group", "territory", "city", "residents", ""] = ""


class CarbonBudget(Sourced):
    """What may still be emitted within the municipality's borders, t of the gas named."""

    gas: Gas
    boundary: Literal["territorial"]
    temperature: Number
    budget: Number
    budget_from: int
    remaining: Number
    remaining_from: int
    first_year_emission: Number
    published_yearly_reduction: Share


class Municipality(Named):
    """A municipality with what is published about it. ``key`` is its code at Statistics Sweden."""

    county: Name
    county_code: Annotated[str, Field(pattern=r"^\d\d$")]
    contract: bool = False
    population: Population
    baseline: Baseline
    targets: tuple[Target, ...] = ()
    carbon_budget: CarbonBudget | None = None
    figures: tuple[Figure, ...] = ()

    def figure(self, key: str) -> Figure:
        """A published figure. NotFound when it is not there."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise NotFound("{name} has no published figure {key}.", name=self.name, key=key)


class FundingShare(Sourced):
    """The largest share that a source pays to some owners, of ``base``, from and until a date.

    Without ``owners`` it is the same for all. ``capped_by`` is an assumption that limits it further
    (state aid). ``purpose`` tells shares apart that are for different things. ``eligible_part`` is
    an assumption: the part of a turn-key price that counts as the base. ``maximum_amount`` is for
    each application, or for each person and year.
    """

    owners: tuple[OwnerKey, ...] = ()
    share: Share
    base: Literal["investment", "eligible_cost", "project", "preparation", "labour_and_material"]
    purpose: str = ""
    capped_by: AssumptionKey | None = None
    eligible_part: AssumptionKey | None = None
    maximum_amount: Money | None = None
    maximum_per: Literal["application", "person"] = "application"
    currency: Literal["SEK", "EUR"] = "SEK"
    since: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the share is in force on a day."""
        return (self.since or day) <= day <= (self.until or day)


class Rule(Entry):
    """A condition of a source, short. ``rule`` is the code that a violation of it carries.

    It is as sure as the source that it stands under, unless ``status`` says otherwise.
    """

    rule: Name
    paragraph: str = ""
    text: Name
    text_en: Name
    status: Status | None = None


class CommonRule(Sourced, Named):
    """A condition of all public money, whatever the source. ``key`` is the code of a violation.

    With ``of_source`` it is only the words of a limit that a source states as a figure or a list:
    it is then that source's, and as sure as it is there.
    """

    paragraph: str = ""
    text: Name
    text_en: Name
    of_source: bool = False


class Funding(Sourced, Named):
    """A source of money. Empty ``owners``, ``sectors`` and ``areas`` mean no limit stated.

    ``areas`` holds county codes (two digits) and municipality codes (four). ``pays_for`` says
    whether it reaches a municipal investment at all. ``aliases`` are spellings met in workbooks.

    What a machine can check of ``rules`` stands in fields of its own:

    ================== ====================================================================="""

    kind: Literal["grant", "own", "loan", "contract", "private"]
    origin: Literal["national", "eu_shared", "eu_direct", "municipal", "market", "other_actor"]
    provider: Name
    pays_for: Literal["investment", "project", "preparation", "households", "anything"]
    aliases: tuple[str, ...] = ()
    owners: tuple[OwnerKey, ...] = ()
    sectors: tuple[SectorKey, ...] = ()
    areas: tuple[Annotated[str, Field(pattern=r"^\d\d(\d\d)?$")], ...] = ()
    minimum_population: int | None = None
    opens: date | None = None
    closes: date | None = None
    closed: bool = False
    opening_unknown: bool = False
    excludes: tuple[FundingKey, ...] = ()
    discloses: bool = False
    not_started: bool = False
    excluded_assets: tuple[Literal["dwelling", "passenger_car"], ...] = ()
    yield_threshold: AssumptionKey | None = None
    claim_months: Annotated[int, Field(gt=0)] | None = None
    advance_share: Share | None = None
    keeps_years: Annotated[int, Field(gt=0)] | None = None
    estimated: tuple[Literal["owners", "sectors", "minimum_population"], ...] = ()
    accounting: Literal["dissolved", "income_on_completion"] | None = None
    shares: tuple[FundingShare, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def public(self) -> bool:
        """Money of the state or the EU, which together is never more than the cost."""
        return self.kind == "grant" and self.origin in ("national", "eu_shared", "eu_direct")

    @property
    def state_aid(self) -> bool:
        """State aid to an undertaking: money that a member state controls, also of EU funds."""
        return self.public and self.origin != "eu_direct"

    @property
    def for_investment(self) -> bool:
        """Whether it may pay for an asset, and not for a project's work alone."""
        works_only = any(rule.rule == "not_investment" for rule in self.rules)
        return self.pays_for in ("investment", "anything", "project") and not works_only

    def rule(self, code: str) -> Rule | None:
        """Its condition with that code, or None."""
        return next((rule for rule in self.rules if rule.rule == code), None)

    def covers(self, municipality_code: str) -> bool:
        """Whether a municipality, by its code, lies in the source's area."""
        here = {municipality_code, municipality_code[:2]}
        return not self.areas or not here.isdisjoint(self.areas)

    def takes_applications(self, day: date) -> bool:
        """Whether it is known to be open on a day."""
        shut = self.closed or self.opening_unknown
        return not shut and (self.opens or day) <= day <= (self.closes or day)

    def reaches(self, municipality: Municipality) -> bool:
        """Whether the municipality lies in the source's area and is large enough for it."""
        large_enough = municipality.population.value >= (self.minimum_population or 0)
        return large_enough and self.covers(municipality.key)

    def share(self, owner: str, on: date | None = None, purpose: str = "") -> FundingShare | None:
        """The share that an owner may get on a day (all open-ended ones without), or None."""
        for share in self.shares:
            in_force = share.until is None if on is None else share.covers(on)
            named = not share.owners or owner in share.owners
            if named and in_force and purpose in ("", share.purpose):
                return share
        return None


class ImpactKind(Sourced):
    """Whether a category's tonnes are reported as reduced, or as avoided against a baseline."""

    kind: Literal["reduced", "avoided"]


class GreenCategory(Sourced, Named):
    """A category of green finance and what three frameworks call it; None: they have none.

    ``impact`` is None where nobody has been found to say which kind its tonnes are.
    """

    aliases: tuple[str, ...] = ()
    icma: tuple[str, ...]
    kommuninvest: str | None
    ostersund: str | None
    impact: ImpactKind | None = None


class CategoryCap(Entry):
    """The largest share of the volume that a category may have."""

    category: CategoryKey
    share: Share


class ScreeningQuestion(Sourced):
    """What is asked of a measure, in both languages. Without ``categories`` it is asked of all.

    A ``condition`` has an ``expected`` answer, and another makes the measure ineligible. A
    ``taxonomy`` question is screening of an ``activity``'s substantial contribution and decides
    nothing: that no significant harm is done, and minimum safeguards, are not assessed here.
    """

    key: Name
    text: Name
    text_en: Name
    kind: Literal["condition", "taxonomy"] = "condition"
    expected: Literal["yes", "no"] = "yes"
    activity: str = ""
    categories: tuple[CategoryKey, ...] = ()


class GreenFramework(Sourced, Named):
    """A version of a green framework. What it does not say, or was not found, is None.

    In the mode ``approved_projects`` a lender approves whole projects and loans are attached to
    them; an ``own_programme`` issues bonds. ``principles`` and ``screening`` lend nothing.
    ``grid_factor`` is the emission factor of electricity that reports are to use.
    """

    issuer: Name
    version: Name
    mode: Literal["approved_projects", "own_programme", "principles", "screening"]
    since: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    categories: tuple[CategoryKey, ...]
    caps: tuple[CategoryCap, ...] = ()
    reviewer: str = ""
    shading: str = ""
    governance: str = ""
    look_back_months: int | None = None
    allocation_deadline_months: int | None = None
    denominator: Literal["gross", "net_of_grants"] | None = None
    grid_factor: AssumptionKey | None = None
    questions: tuple[ScreeningQuestion, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the version is in force on a day; one without dates always is."""
        return (self.since or day) <= day <= (self.until or day)


class Benefit(Sourced, Named):
    """A way in which a measure does good: an effect, how it becomes kronor, and who gains.

    ``method`` is a key of :data:`model.benefit_methods.METHODS` and ``assumptions`` fill its roles.
    Without a method the effect is counted and not valued. The benefit begins the year after the
    measure is taken in use, or in the year that the effect states; it grows to its full size over
    ``build_up`` years, is counted for ``lasts`` years at most and never beyond the measure's life,
    and ``growth`` is the real growth of its unit value. All three are assumptions.

    Benefits of one ``exclusion_group`` value the same thing and are never added: of those that one
    measure states, the ones of lowest ``exclusion_rank`` that have a value count. ``added`` is
    false where a value mirrors other benefits and stands beside the sum. What
    ``yields_to_running_cost`` is not counted for a measure that states its change in running cost.
    One that is not ``quantified`` is listed with its direction and the reason.
    """

    category: Literal["climate", "health", "economy", "inclusion"]
    added_value: Name
    indicator: IndicatorKey | None = None
    method: Literal[tuple(METHODS)] | None = None
    assumptions: dict[str, AssumptionKey] = {}
    growth: AssumptionKey | None = None
    build_up: AssumptionKey | None = None
    lasts: AssumptionKey | None = None
    beneficiary: Literal["residents", "municipality", "region", "state", "business", "society"]
    kind: Literal["cash", "society"]
    exclusion_group: str | None = None
    exclusion_rank: Annotated[int, Field(ge=1)] = 1
    added: bool = True
    yields_to_running_cost: bool = False
    quantified: bool
    direction: Literal["better", "worse", "either"] = "better"
    reason: str = ""
    reason_en: str = ""

    @model_validator(mode="after")
    def _quantified_or_explained(self):
        if self.quantified and self.indicator is None:
            raise ValueError("a quantified benefit needs an indicator")
        if not self.quantified and not (self.reason and self.reason_en):
            raise ValueError("a benefit that is not quantified needs a reason, in both languages")
        if not self.quantified and self.method:
            raise ValueError("a benefit that is not quantified has no method")
        return self

    @model_validator(mode="after")
    def _roles_filled(self):
        if self.method is None:
            if self.assumptions:
                raise ValueError("assumptions belong to a method, and none is named")
            return self
        method = METHODS[self.method]
        unknown = sorted(set(self.assumptions) - set(method.roles))
        missing = sorted(set(method.roles) - set(self.assumptions) - method.assumed)
        if unknown:
            raise ValueError(f"{self.method} has no role {', '.join(unknown)}")
        if missing:
            raise ValueError(f"{self.method} needs {', '.join(missing)}")
        return self

    @property
    def unit_value(self) -> str | None:
        """The assumption that is kronor per unit as it stands; None for any other method."""
        return self.assumptions.get("unit_value") if self.method == "unit_value" else None

"""What the model knows about its field: the files under ``data/``, checked once and then frozen.

One entry is one file, and its key is the file's name; short registries, such as ``units.yaml``,
keep all their entries in one file by key. :func:`reference` loads everything and names every fault
of every file at once, by file and key. The plans that a new store begins with are read only when
asked for.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ValidationError

from model.accessibility import Accessibility
from model.benefit_methods import METHODS, PER_UNIT
from model.datafile import read_yaml
from model.entries import (
    ActivityKind,
    Assumption,
    Benefit,
    Carrier,
    CommonRule,
    Entry,
    Funding,
    FundingShare,
    GreenCategory,
    GreenFramework,
    Indicator,
    Municipality,
    NedSector,
    Owner,
    Sector,
    Source,
    Stage,
    Unit,
    Word,
)
from model.errors import InvalidData, Violation
from model.expression import names
from model.factors import implausible
from model.published_entries import Publication, PublishedFigure
from model.rows import PlanDocument
from model.scenario import AS_IS, Scenario
from model.scenario.language import Names, read, resolve
from model.workshops import Storyline

DATA = Path(__file__).parent.parent / "data"

_Keys = Mapping[str, Container[str]]


@dataclass(frozen=True)
class _Registry:
    """Where a registry lives: a file with all its entries, or a folder with one file per entry."""

    type: type[Entry]
    place: str
    key: Callable[[str], str] = str


# Scenarios and plans are files too, and are read last: they refer to all the rest.
_REGISTRIES = {
    "sources": _Registry(Source, "sources.yaml"),
    "units": _Registry(Unit, "units.yaml"),
    "indicators": _Registry(Indicator, "indicators.yaml"),
    "ned_sectors": _Registry(NedSector, "ned_sectors.yaml"),
    "sectors": _Registry(Sector, "sectors.yaml"),
    "owners": _Registry(Owner, "owners.yaml"),
    "readiness": _Registry(Stage, "readiness.yaml"),
    "municipalities": _Registry(Municipality, "municipalities", lambda stem: stem.split("-")[0]),
    "funding": _Registry(Funding, "funding"),
    "common_rules": _Registry(CommonRule, "common_rules.yaml"),
    "green_categories": _Registry(GreenCategory, "green_categories"),
    "green_frameworks": _Registry(GreenFramework, "green_frameworks"),
    "assumptions": _Registry(Assumption, "assumptions"),
    "carriers": _Registry(Carrier, "carriers.yaml"),
    "activities": _Registry(ActivityKind, "activities.yaml"),
    "benefits": _Registry(Benefit, "benefits"),
    "glossary": _Registry(Word, "glossary.yaml"),
    "workshops": _Registry(Storyline, "workshops"),
}


@dataclass(frozen=True)
class Reference:
    """All reference data by key, in the order of the files; ``folder`` is where it was read.

    ``assumptions`` are by path, ``municipalities`` by code, ``readiness`` and ``scenarios`` in the
    order in which they are shown.
    """

    folder: Path
    sources: Mapping[str, Source]
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    ned_sectors: Mapping[str, NedSector]
    sectors: Mapping[str, Sector]
    owners: Mapping[str, Owner]
    readiness: Mapping[str, Stage]
    municipalities: Mapping[str, Municipality]
    funding: Mapping[str, Funding]
    common_rules: Mapping[str, CommonRule]
    green_categories: Mapping[str, GreenCategory]
    green_frameworks: Mapping[str, GreenFramework]
    assumptions: Mapping[str, Assumption]
    carriers: Mapping[str, Carrier]
    activities: Mapping[str, ActivityKind]
    benefits: Mapping[str, Benefit]
    glossary: Mapping[str, Word]
    workshops: Mapping[str, Storyline]
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)

    @cached_property
    def plans(self) -> tuple[PlanDocument, ...]:
        """The plans of ``data/plans``, published ones before examples. InvalidData on any fault."""
        return _load_plans(self)

    @cached_property
    def published(self) -> tuple[Publication, ...]:
        """What ``data/published`` holds, in the order of its files, worked examples last.
        InvalidData on any fault."""
        return _load_published(self)

    @cached_property
    def accessibility(self) -> Accessibility:
        """The accessibility statement. InvalidData on any fault."""
        return _load_accessibility(self)

    @cached_property
    def aid_articles(self) -> dict[str, Assumption]:
        """The largest shares of state aid by article: the key is what a grant's basis says."""
        return {
            key.removeprefix("state_aid/"): each
            for key, each in self.assumptions.items()
            if each.aid is not None
        }

    @cached_property
    def emission_factors(self) -> dict[str, Assumption]:
        """The assumptions that are emission factors, by their whole path."""
        return {key: each for key, each in self.assumptions.items() if each.emission is not None}

    def baseline(self, code: str, year: int) -> dict[str, float]:
        """A municipality's territorial emissions in a year, t CO2e by sector of a plan."""
        emissions = self.municipalities[code].baseline.emissions
        return {
            key: sum(emissions[ned][year] for ned in sector.ned)
            for key, sector in self.sectors.items()
        }

    def sought_share(self, share: FundingShare) -> Decimal:
        """The share that an application may hope for: the rule's, or what caps it further."""
        if share.capped_by is None:
            return share.share
        return min(share.share, self.assumptions[share.capped_by].latest.value)


@cache
def reference() -> Reference:
    """The project's reference data. InvalidData lists every fault by file and key."""
    return load(DATA)


@cache
def plan_documents() -> tuple[PlanDocument, ...]:
    """The plans that a new store begins with, in order."""
    return reference().plans


def load(folder: Path) -> Reference:
    """Reference data from a folder laid out like ``data/``. InvalidData lists every fault."""
    faults = _Faults()
    written = {name: _written(folder, each, faults) for name, each in _REGISTRIES.items()}
    keys = {name: _keys(entries) for name, entries in written.items()}
    values = {
        name: faults.validate_all(each.type, written[name] or {}, keys)
        for name, each in _REGISTRIES.items()
    }
    found = Reference(folder, **values)
    for name, key, where, problem in _broken_rules(found):
        faults.add(written[name][key].file, where, problem)
    values["workshops"] = dict(sorted(values["workshops"].items(), key=lambda kv: kv[1].order))
    found = Reference(folder, **values, scenarios=_scenarios(found, keys, faults))
    for key, where, problem in _broken_storylines(found):
        faults.add(written["workshops"][key].file, where, problem)
    faults.raise_if_any()
    return found


@dataclass(frozen=True)
class _Written:
    """An entry as it stands in a file; ``prefix`` is its key where a file holds several."""

    file: str
    prefix: str
    fields: dict | None


def _keys(entries: dict[str, _Written] | None) -> Container[str]:
    """The keys that others may refer to: any, when their registry cannot be read."""
    return _Everything() if entries is None else frozenset(entries)


class _Everything:
    def __contains__(self, key: object) -> bool:
        return True


class _Faults:
    """Collects what is wrong, file by file, so that it is all said at once."""

    def __init__(self):
        self.found: list[Violation] = []

    def add(self, file: str, where: str, problem: str, code: str = "invalid_entry") -> None:
        fields = {"file": file, "key": where, "problem": problem}
        ref = f"{file}: {where}" if where else file
        template = "{file}: {key}: {problem}" if where else "{file}: {problem}"
        self.found.append(Violation("error", code, ref, template, fields))

    def read(self, folder: Path, path: Path) -> tuple[str, dict | None]:
        """A file's label and content; None when it cannot be read."""
        label = f"data/{path.relative_to(folder).as_posix()}"
        try:
            return label, read_yaml(path, label)
        except InvalidData as error:
            self.found.extend(error.violations)
            return label, None

    def validate(self, type_: type[BaseModel], file: str, prefix: str, content, context=None):
        """The validated value, or None with every error of it added."""
        try:
            return type_.model_validate(content, context=context)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                where = ".".join(str(part) for part in (prefix, *fault["loc"]) if part != "")
                code = "unknown_key" if fault["type"] == "unknown_key" else "invalid_entry"
                self.add(file, where, fault["msg"].removeprefix("Value error, "), code)
            return None

    def validate_all(self, type_, entries: dict[str, _Written], keys) -> dict:
        """The valid entries by key."""
        valid = {}
        for key, entry in entries.items():
            if entry.fields is not None:
                value = self.validate(type_, entry.file, entry.prefix, entry.fields, keys)
                if value is not None:
                    valid[key] = value
        return valid

    def raise_if_any(self) -> None:
        if self.found:
            raise InvalidData(
                "The reference data does not hold together ({count}).\n{faults}",
                tuple(self.found),
                count=len(self.found),
                faults="\n".join(violation.message for violation in self.found),
            )


def _written(folder: Path, registry: _Registry, faults: _Faults) -> dict[str, _Written] | None:
    """What stands in a registry's files by key, before validation; None when it cannot be read."""
    place = folder / registry.place
    entries: dict[str, _Written] = {}

    def add(key: str, file: str, prefix: str, fields: object) -> None:
        if key in entries:
            faults.add(file, prefix, f"{key!r} stands in {entries[key].file} too")
        elif not isinstance(fields, dict):
            faults.add(file, prefix, "expected fields and values")
        elif "key" in fields:
            faults.add(file, prefix, "the key is the file's name and is not repeated in it")
        else:
            entries[key] = _Written(file, prefix, {"key": key, **fields})

    if place.suffix:
        file, content = faults.read(folder, place)
        if content is None:
            return None
        for key, fields in content.items():
            add(str(key), file, str(key), fields)
        return entries
    for path in sorted(place.rglob("*.yaml")):
        file, content = faults.read(folder, path)
        key = registry.key(path.relative_to(place).with_suffix("").as_posix())
        if content is None:
            entries[key] = _Written(file, "", None)
        else:
            add(key, file, "", content)
    return entries


def _broken_rules(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """Yield (registry, key, field, problem) of what only several entries together can break."""
    for rule in (
        _price_years,
        _emission_scopes,
        _emission_factors,
        _sectors_of_the_database,
        _values_of_benefits,
    ):
        yield from rule(known)


def _price_years(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """An amount of money has a price year, or says that it is nominal or unknown."""
    problem = "money needs a price year (or nominal, or unknown)"

    def is_money(unit: str) -> bool:
        return unit in known.units and known.units[unit].money

    for path, assumption in known.assumptions.items():
        for position, value in enumerate(assumption.values):
            if is_money(assumption.unit) and value.value is not None and value.price_year is None:
                yield "assumptions", path, f"values.{position}.price_year", problem
    for code, municipality in known.municipalities.items():
        for position, figure in enumerate(municipality.figures):
            if is_money(figure.unit) and figure.price_year is None:
                yield "municipalities", code, f"figures.{position}.price_year", problem


def _emission_scopes(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """An emission factor says what it counts, and nothing else does."""
    for path, assumption in known.assumptions.items():
        if path.startswith("emission_factors/") != (assumption.emission is not None):
            yield (
                "assumptions",
                path,
                "emission",
                "belongs to emission factors, and to each of them",
            )


def _emission_factors(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """A factor is in a unit that fits its carrier, and is one that the carrier can have."""
    for path, assumption in known.assumptions.items():
        for position, value in enumerate(assumption.values):
            for reason in implausible(assumption, value, known.carriers, known.assumptions):
                where = "unit" if reason.code == "wrong_unit" else f"values.{position}"
                yield "assumptions", path, where, reason.at("").message


def _sectors_of_the_database(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """Each sector of the emissions database answers to one of a plan's and stands in baselines."""
    mapped = [ned for sector in known.sectors.values() for ned in sector.ned]
    for key in known.ned_sectors:
        if mapped.count(key) != 1:
            problem = f"is mapped by {mapped.count(key)} sectors of data/sectors.yaml, expected one"
            yield "ned_sectors", key, "", problem
    for code, municipality in known.municipalities.items():
        missing = set(known.ned_sectors) - set(municipality.baseline.emissions)
        if missing:
            problem = f"lacks the sectors {', '.join(sorted(missing))}"
            yield "municipalities", code, "baseline.emissions", problem


def _values_of_benefits(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """What fills a method's role is in the unit that the method reckons in."""
    for key, benefit in known.benefits.items():
        indicator = known.indicators.get(benefit.indicator or "")
        method = METHODS.get(benefit.method or "")
        if method is None or indicator is None:
            continue
        if method.unit and indicator.unit != method.unit:
            problem = f"{indicator.key} is in {indicator.unit}, but the method needs {method.unit}"
            yield "benefits", key, "indicator", problem
        wanted = dict(method.roles) | {"growth": "per year", "build_up": "years", "lasts": "years"}
        used = dict(benefit.assumptions) | {
            role: getattr(benefit, role) for role in ("growth", "build_up", "lasts")
        }
        for role, path in used.items():
            value = known.assumptions.get(path or "")
            fits = _fitting(wanted[role], indicator.unit)
            if value and value.unit not in fits:
                where = role if role in ("growth", "build_up", "lasts") else f"assumptions.{role}"
                problem = f"{value.key} is in {value.unit}, expected {' or '.join(fits)}"
                yield "benefits", key, where, problem


def _fitting(role: str, unit: str) -> tuple[str, ...]:
    """The units that may fill a role: its own, or money per unit of the effect."""
    if role != PER_UNIT:
        return (role,)
    per = tuple(f"{currency}/{unit}" for currency in ("SEK", "EUR"))
    # What is counted in euro already is worth kronor by the exchange rate.
    return (*per, "SEK/EUR") if unit == "EUR" else per


def _scenarios(known: Reference, keys: _Keys, faults: _Faults) -> dict[str, Scenario]:
    """The plan as it is, and then the scenarios of ``data/scenarios`` by their ``order``."""
    written = {}
    for path in sorted((known.folder / "scenarios").glob("*.yaml")):
        label = f"data/{path.relative_to(known.folder).as_posix()}"
        written[path.stem] = read(path.read_bytes(), label, path.stem, Names(known, keys))
    found = resolve(written, {AS_IS.id: AS_IS})
    for each in written.values():
        faults.found.extend(each.found)
    order = {key: each.form.order for key, each in written.items() if each.form is not None}
    ranked = sorted(found, key=lambda key: 100 if order[key] is None else order[key])
    return {AS_IS.id: AS_IS} | {key: found[key] for key in ranked}


def _load_accessibility(known: Reference) -> Accessibility:
    """One file. Only one page needs it, so no start waits for it."""
    faults = _Faults()
    file, content = faults.read(known.folder, known.folder / "accessibility.yaml")
    keys = {"sources": frozenset(known.sources)}
    found = faults.validate(Accessibility, file, "", content, keys) if content else None
    faults.raise_if_any()
    return found


def _broken_storylines(known: Reference) -> Iterator[tuple[str, str, str]]:
    """Yield (key, field, problem) of what the steps of a storyline name and nobody has."""
    from model import validate_workshops as rules  # they know Reference

    # One with a fault is there all the same: that fault has been named.
    files = {path.stem for path in (known.folder / "scenarios").glob("*.yaml")}
    for key, storyline in known.workshops.items():
        told = storyline.told()
        for found in (
            *rules.charts_and_readings("steps", told),
            *rules.unknown_scenarios("steps", told, files | set(known.scenarios)),
        ):
            yield key, found.ref, found.message


def _load_published(known: Reference) -> tuple[Publication, ...]:
    """Every file of published figures. Only one page needs them, so no start waits for them."""
    faults = _Faults()
    entries = _written(known.folder, _Registry(Publication, "published"), faults)
    keys = {name: frozenset(getattr(known, name)) for name in ("sources", "units", "assumptions")}
    found = faults.validate_all(Publication, entries, keys)
    for key, publication in found.items():
        for figure in publication.figures:
            for where, problem in _faulty(figure, known):
                faults.add(entries[key].file, f"figures.{figure.key}.{where}", problem)
    faults.raise_if_any()
    return tuple(sorted(found.values(), key=lambda each: each.worked))


def _faulty(figure: PublishedFigure, known: Reference) -> Iterator[tuple[str, str]]:
    """Yield (field, problem) of a published figure."""
    from model.published_kernels import KERNELS  # it needs the model; only these files do

    if known.units[figure.unit].money and figure.price_year is None:
        yield "price_year", "money needs a price year (or nominal, or unknown)"
    for formula in filter(None, (figure.formula, *(each.formula for each in figure.beside))):
        unknown = names(formula)[1] - set(KERNELS)
        if unknown:
            yield "formula", f"{sorted(unknown)} are no kernels: expected some of {list(KERNELS)}"


def _load_plans(known: Reference) -> tuple[PlanDocument, ...]:
    """Every plan file, by the same rules as a plan from anywhere else."""
    from model.validate import validate_document  # it knows Reference; only plans need it

    faults = _Faults()
    documents = []
    for path in sorted((known.folder / "plans").glob("*.yaml")):
        file, content = faults.read(known.folder, path)
        document = content and faults.validate(PlanDocument, file, "", content)
        if not document:
            continue
        head = document.plan
        if head.id != path.stem:
            faults.add(file, "plan.id", f"{head.id!r} is not the file's name")
        if head.municipality and head.municipality not in known.municipalities:
            problem = f"{head.municipality!r} is not in data/municipalities"
            faults.add(file, "plan.municipality", problem, "unknown_key")
        for found in validate_document(document, known):
            if found.severity == "error":
                faults.add(file, found.ref, found.message, found.code)
        documents.append(document)
    faults.raise_if_any()
    return tuple(sorted(documents, key=lambda document: document.plan.example))

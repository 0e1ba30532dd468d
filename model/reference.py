"""What the model knows about its field: the files under ``data/``, checked once and then frozen.

One entry is one file, and its key is the file's name; short registries, such as ``units.yaml``,
keep all their entries in one file by key. :func:`reference` loads everything and names every fault
of every file at once, by file and key. The plans that a new store begins with are read only when
asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ValidationError

from model.datafile import read_yaml
from model.entries import (
    Assumption,
    Benefit,
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
)
from model.errors import InvalidData, NotFound, Violation
from model.rows import PlanDocument
from model.scenario import AS_IS, Scenario

DATA = Path(__file__).parent.parent / "data"


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
    "green_categories": _Registry(GreenCategory, "green_categories"),
    "green_frameworks": _Registry(GreenFramework, "green_frameworks"),
    "assumptions": _Registry(Assumption, "assumptions"),
    "benefits": _Registry(Benefit, "benefits"),
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
    green_categories: Mapping[str, GreenCategory]
    green_frameworks: Mapping[str, GreenFramework]
    assumptions: Mapping[str, Assumption]
    benefits: Mapping[str, Benefit]
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)

    @cached_property
    def plans(self) -> tuple[PlanDocument, ...]:
        """The plans of ``data/plans``, published ones before examples. InvalidData on any fault."""
        return _load_plans(self)

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
    raw = {name: dict(_raw(folder, registry, faults)) for name, registry in _REGISTRIES.items()}
    known = {name: frozenset(entries) for name, entries in raw.items()}
    values = {
        name: faults.validate_all(registry.type, raw[name], known)
        for name, registry in _REGISTRIES.items()
    }
    found = Reference(folder, **values)
    for name, key, where, problem in _broken_rules(found):
        faults.add(raw[name][key][0], where, problem)
    found = Reference(folder, **values, scenarios=_scenarios(found, faults))
    faults.raise_if_any()
    return found


def check_document(document: PlanDocument, known: Reference | None = None) -> tuple[Violation, ...]:
    """The keys in a plan that no registry has, and effects in another unit than their indicator's.

    ``ref`` is plan/measure/field.
    """
    known = known or reference()
    return tuple(
        Violation("error", "unknown_key", f"{document.plan.id}/{where}", "{ref}: {problem}", fields)
        for where, problem in _unknown_in(document, known)
        for fields in [{"ref": f"{document.plan.id}/{where}", "problem": problem}]
    )


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

    def validate_all(self, type_, raw, known) -> dict:
        """The valid entries by key."""
        entries = {}
        for key, (file, prefix, content) in raw.items():
            value = self.validate(type_, file, prefix, content, known)
            if value is not None:
                entries[key] = value
        return entries

    def raise_if_any(self) -> None:
        if self.found:
            raise InvalidData(
                "The reference data does not hold together ({count}).\n{faults}",
                tuple(self.found),
                count=len(self.found),
                faults="\n".join(violation.message for violation in self.found),
            )


def _raw(folder: Path, registry: _Registry, faults: _Faults) -> Iterator[tuple[str, tuple]]:
    """Yield key, (file, prefix of the keys in it, content) of every entry before validation."""
    place = folder / registry.place
    if place.suffix:
        file, content = faults.read(folder, place)
        entries = [(key, file, key, fields) for key, fields in (content or {}).items()]
    else:
        entries = []
        for path in sorted(place.rglob("*.yaml")):
            file, content = faults.read(folder, path)
            stem = path.relative_to(place).with_suffix("").as_posix()
            entries.append((registry.key(stem), file, "", content))
    for key, file, prefix, content in entries:
        # A file that cannot be read has been named, and is missed by nobody: its key stays known.
        if content is None and not prefix:
            yield key, (file, prefix, {"key": key})
        elif not isinstance(content, dict):
            faults.add(file, prefix, "expected fields and values")
        elif "key" in content:
            faults.add(file, prefix, "the key is the file's name and is not repeated in it")
        else:
            yield str(key), (file, str(prefix), {"key": str(key), **content})


def _broken_rules(known: Reference) -> Iterator[tuple[str, str, str, str]]:
    """Yield (registry, key, field, problem) of what only several entries together can break."""
    for rule in (_price_years, _emission_scopes, _sectors_of_the_database, _values_of_benefits):
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
    """A unit value is in kronor per unit of the benefit's indicator."""
    for key, benefit in known.benefits.items():
        value = known.assumptions.get(benefit.unit_value or "")
        indicator = known.indicators.get(benefit.indicator or "")
        if value and indicator and value.unit != f"SEK/{indicator.unit}":
            problem = f"{value.key} is in {value.unit}, expected SEK/{indicator.unit}"
            yield "benefits", key, "unit_value", problem


def _scenarios(known: Reference, faults: _Faults) -> dict[str, Scenario]:
    """The plan as it is, and then the scenarios of ``data/scenarios`` by their ``order``."""
    found = []
    for path in sorted((known.folder / "scenarios").glob("*.yaml")):
        file, content = faults.read(known.folder, path)
        if content is None:
            continue
        order = content.pop("order", 100)
        try:
            adjustments = list(_adjustments(content.pop("adjustments", ()), known))
        except (NotFound, TypeError, ValueError) as error:
            faults.add(file, "adjustments", str(error))
            continue
        content |= {"id": path.stem, "adjustments": adjustments}
        scenario = faults.validate(Scenario, file, "", content)
        if scenario is not None:
            found.append((order, scenario))
    found.sort(key=lambda entry: entry[0])
    return {scenario.id: scenario for scenario in (AS_IS, *(scenario for _, scenario in found))}


def _adjustments(written: list, known: Reference) -> Iterator[dict]:
    """The adjustments with what they refer to filled in, so that a scenario stands on its own.

    A probability may name an assumption. Seeking a source's maximum becomes one adjustment for each
    share that the source gives, with that share's owners.
    """
    for adjustment in written:
        probability = adjustment.get("probability")
        if isinstance(probability, str):
            if probability not in known.assumptions:
                raise NotFound("{key} is not in data/assumptions", key=repr(probability))
            probability = known.assumptions[probability].latest.value
        filled = adjustment if probability is None else adjustment | {"probability": probability}
        if filled.get("do") != "seek_maximum":
            yield filled
            continue
        source = known.funding.get(filled.get("source", ""))
        if source is None:
            raise NotFound("{key} is not in data/funding", key=repr(filled.get("source")))
        for share in source.shares:
            rule = {"owners": share.owners or source.owners, "sectors": source.sectors}
            yield rule | {"share": known.sought_share(share)} | filled


def _load_plans(known: Reference) -> tuple[PlanDocument, ...]:
    faults = _Faults()
    documents = []
    for path in sorted((known.folder / "plans").glob("*.yaml")):
        file, content = faults.read(known.folder, path)
        document = content and faults.validate(PlanDocument, file, "", content)
        if not document:
            continue
        if document.plan.id != path.stem:
            faults.add(file, "plan.id", f"is {document.plan.id!r}, expected the file's name")
        for where, problem in _unknown_in(document, known):
            faults.add(file, where, problem, "unknown_key")
        documents.append(document)
    faults.raise_if_any()
    return tuple(sorted(documents, key=lambda document: document.plan.example))


def _unknown_in(document: PlanDocument, known: Reference) -> Iterator[tuple[str, str]]:
    """Yield (field, problem) for every key in a plan that its registry lacks."""
    for where, registry, key in _keys_of(document):
        if key and key not in getattr(known, registry):
            yield where, f"{key!r} is not in data/{registry}"
    for measure in document.measures:
        for position, effect in enumerate(measure.effects):
            indicator = known.indicators.get(effect.indicator)
            if indicator and effect.unit != indicator.unit:
                problem = f"{effect.unit!r} is not the indicator's unit {indicator.unit!r}"
                yield f"{measure.id}/effects.{position}.unit", problem


def _keys_of(document: PlanDocument) -> Iterator[tuple[str, str, str]]:
    """Yield (field, registry, key) of everything in a plan that refers to reference data."""
    yield "municipality", "municipalities", document.plan.municipality
    for programme in document.programmes:
        yield f"programmes/{programme.id}/source", "funding", programme.source
    for measure in document.measures:
        at = measure.id
        yield f"{at}/sector", "sectors", measure.sector
        yield f"{at}/owner", "owners", measure.owner
        yield f"{at}/readiness", "readiness", measure.readiness or ""
        yield f"{at}/green_category", "green_categories", measure.green_category
        yield f"{at}/green_framework", "green_frameworks", measure.green_framework
        for part in measure.owner_shares:
            yield f"{at}/owner_shares", "owners", part.owner
        for grant in measure.grants:
            yield f"{at}/grants/{grant.id}/source", "funding", grant.source
        for position, effect in enumerate(measure.effects):
            yield f"{at}/effects.{position}.indicator", "indicators", effect.indicator
            yield f"{at}/effects.{position}.unit", "units", effect.unit

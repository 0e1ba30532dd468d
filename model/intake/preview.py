"""What an import would change in a plan, shown before anybody agrees to it.

A row of the workbook is the plan's measure with the same project number, or else the same name.
What the workbook says replaces what the plan has; what it does not say stays. Measures that the
workbook does not have stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from model.errors import Violation
from model.intake.mapping import normal
from model.intake.reading import Reading
from model.reference import reference
from model.rows import Measure, PlanDocument, Prerequisite
from model.validate import validate_measure, validate_prerequisites
from model.years import year_label

SAME_NAME = (
    "The plan has a measure named {name} that may or may not be this one, so the row becomes a new "
    "measure. Give the measures of the plan their project numbers to tell them apart."
)


@dataclass(frozen=True)
class Change:
    """A measure that the import would change: before, after, and the names of the fields."""

    old: Measure
    new: Measure
    fields: tuple[str, ...]


@dataclass(frozen=True)
class YearDifference:
    """Investment of a year in kronor, over the whole plan: now and after the import."""

    year: str
    old: Decimal
    new: Decimal

    @property
    def change(self) -> Decimal:
        """New less old."""
        return self.new - self.old


@dataclass(frozen=True)
class Difference:
    """What an import would do to a plan. ``untouched`` are measures the workbook does not have.

    ``prerequisites`` are all of the plan's after the import. ``violations`` are what the plan finds
    in what would be written; an error there stops the import as one in the reading does.
    """

    new: tuple[Measure, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Measure, ...]
    untouched: tuple[Measure, ...]
    years: tuple[YearDifference, ...]
    prerequisites: tuple[Prerequisite, ...]
    violations: tuple[Violation, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What to import: new and changed measures, with the ids that they have in the plan."""
        return self.new + tuple(change.new for change in self.changed)

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What stops the import."""
        return tuple(found for found in self.violations if found.severity == "error")


def difference(document: PlanDocument, reading: Reading) -> Difference:
    """Compare a reading with a plan. The same workbook read again gives no difference."""
    matches = _matches(document.measures, reading.measures)
    taken = {old.id for old in matches.values()}
    new, changed, unchanged = [], [], []
    used = {measure.id for measure in document.measures}
    for measure in reading.measures:
        old = matches.get(measure.id)
        if old is None:
            new.append(measure.model_copy(update={"id": _free_id(measure.id, used)}))
            used.add(new[-1].id)
            continue
        merged = _merged(old, measure, reading.derived)
        fields = _changed_fields(old, merged)
        if fields:
            changed.append(Change(old, merged, fields))
        else:
            unchanged.append(old)
    untouched = tuple(measure for measure in document.measures if measure.id not in taken)
    written = (*new, *(change.new for change in changed))
    prerequisites = _prerequisites(document.prerequisites, reading.prerequisites)
    return Difference(
        tuple(new),
        tuple(changed),
        tuple(unchanged),
        untouched,
        _by_year(document.measures, (*written, *unchanged, *untouched)),
        prerequisites,
        (
            *_same_names(untouched, new),
            *(f for m in written for f in validate_measure(m, document.plan, reference())),
            *validate_prerequisites(prerequisites, document.plan),
        ),
    )


def _prerequisites(
    old: tuple[Prerequisite, ...], new: tuple[Prerequisite, ...]
) -> tuple[Prerequisite, ...]:
    """The plan's figures with those that the workbook states, by level and year."""
    merged = {(row.level, row.year): row for row in old}
    for row in new:
        stated = {name: value for name, value in dict(row).items() if value is not None}
        kept = dict(merged.get((row.level, row.year), row))
        merged[row.level, row.year] = Prerequisite.model_validate(kept | stated)
    return tuple(merged.values())


def _matches(old: tuple[Measure, ...], new: tuple[Measure, ...]) -> dict[str, Measure]:
    """The plan's measure for each id of the reading: same number and department, number, or name.

    A key that two measures of either side share matches nothing, and no measure is matched twice.
    """
    found: dict[str, Measure] = {}
    for key in (
        lambda m: m.project_number and (normal(m.project_number), normal(m.department)),
        lambda m: m.project_number and normal(m.project_number),
        lambda m: normal(m.name),
    ):
        taken = {measure.id for measure in found.values()}
        candidates = _unique(key, (m for m in old if m.id not in taken))
        wanted = _unique(key, (m for m in new if m.id not in found))
        for value, measure in wanted.items():
            match = candidates.get(value)
            if match is not None and not _different_numbers(match, measure):
                found[measure.id] = match
    return found


def _different_numbers(one: Measure, other: Measure) -> bool:
    """Two rows of the same name with different project numbers are different projects."""
    numbers = normal(one.project_number), normal(other.project_number)
    return all(numbers) and numbers[0] != numbers[1]


def _unique(key, measures) -> dict[object, Measure]:
    found: dict[object, list[Measure]] = {}
    for measure in measures:
        if value := key(measure):
            found.setdefault(value, []).append(measure)
    return {value: group[0] for value, group in found.items() if len(group) == 1}


def _same_names(untouched: tuple[Measure, ...], new: list[Measure]) -> Iterator[Violation]:
    """A warning for each new measure named as one in the plan that no row was matched with."""
    names = {normal(m.name) for m in untouched}
    for measure in new:
        if normal(measure.name) in names:
            fields = {"name": measure.name}
            yield Violation("warning", "same_name", measure.source_ref, SAME_NAME, fields)


def _free_id(wanted: str, used: set[str]) -> str:
    number, free = 2, wanted
    while free in used:
        number, free = number + 1, f"{wanted}-{number}"
    return free


def _merged(old: Measure, new: Measure, derived: frozenset[str]) -> Measure:
    """The old measure with what the workbook states; a derived field fills only what is empty.

    A note is added to the old one. Where the workbook does not say what kind of expenditure it
    holds, it is of the kind that the plan knows.
    """
    stated = {}
    for name in Measure.model_fields:
        value, kept = getattr(new, name), getattr(old, name)
        empty = value is None or value in ("", ())
        if name == "id" or empty or (name in derived and kept not in (None, "")):
            continue
        stated[name] = value
    if old.note and new.note:
        stated["note"] = old.note if new.note in old.note else f"{old.note}\n{new.note}"
    kinds = {e.kind for e in old.expenditures}
    if "kind" in derived and len(kinds) == 1 and new.expenditures:
        kind = {"kind": kinds.pop()}
        stated["expenditures"] = tuple(e.model_copy(update=kind) for e in new.expenditures)
    # Shares say who owns it when more than one does; one owner from a rule does not undo that.
    if "owner_shares" not in stated and "owner" in stated and old.owner != new.owner:
        stated["owner_shares"] = ()
    return Measure.model_validate({**dict(old), **stated})


def _changed_fields(old: Measure, new: Measure) -> tuple[str, ...]:
    """The fields that differ. Where something was read is no difference in what it says."""
    one, other = _without_sources(old.model_dump()), _without_sources(new.model_dump())
    return tuple(name for name in one if one[name] != other[name])


def _without_sources(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: _without_sources(part) for name, part in value.items() if name != "source_ref"
        }
    if isinstance(value, list | tuple):
        return [_without_sources(part) for part in value]
    return value


def _by_year(before: tuple[Measure, ...], after: tuple[Measure, ...]) -> tuple[YearDifference, ...]:
    old, new = _investment(before), _investment(after)
    return tuple(
        YearDifference(year_label(year), old.get(year, Decimal(0)), new.get(year, Decimal(0)))
        for year in sorted(old.keys() | new.keys())
    )


def _investment(measures: tuple[Measure, ...]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for measure in measures:
        for e in measure.expenditures:
            if e.kind == "investment" and e.scope == "total" and e.mid is not None:
                sums[e.year] = sums.get(e.year, Decimal(0)) + e.mid
    return sums

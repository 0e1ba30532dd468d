"""What an import would change in a plan, shown before anybody agrees to it.

A row of the workbook is the plan's measure with the same project number, or else the same name; one
that only resembles a measure is asked about. What the workbook says replaces what the plan has;
what it does not say stays. Measures that the workbook does not have stay as they are, also those
that an earlier version of it had, until a person says that they are to go.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from rapidfuzz import fuzz, process

from model.errors import Question, Violation
from model.intake.mapping import normal
from model.intake.reader import without_collecting
from model.intake.reading import Reading
from model.reference import reference
from model.row import Row
from model.rows import Loan, Measure, PlanDocument, Prerequisite
from model.validate import validate_measure
from model.validate_lists import validate_list
from model.years import year_label

ASK_SAME = (
    "The plan has a measure that may be this one: {name} resembles {others}. "
    "Say whether it is the same, or a new measure."
)
# How alike two names are when a person has to say whether they mean the same, of 100; and how
# different when the same project number cannot settle it.
ALIKE, UNLIKE = 88, 40
MOST_ALIKE = 3
NEW = "new"
_VERSION_WORDS = {"v", "ver", "version", "rev", "reviderad", "slutlig", "ny", "kopia", "copy"}


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
class Near:
    """A measure of the workbook that may be one of the plan's, the likeliest first.

    ``answer`` is what a person said: an id of the plan, :data:`NEW`, or nothing yet.
    """

    new: Measure
    candidates: tuple[Measure, ...]
    answer: str = ""


@dataclass(frozen=True)
class Difference:
    """What an import would do to a plan. ``untouched`` are measures the workbook does not have.

    ``gone`` are those of them that came from an earlier version of the workbook; ``near`` are the
    rows that a person has to place, answered or not. ``lists`` are the plan's prerequisites and
    loans after the import, whole. ``violations`` are what the plan finds in what would be written;
    an error there stops the import as one in the reading does.
    """

    new: tuple[Measure, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Measure, ...]
    untouched: tuple[Measure, ...]
    years: tuple[YearDifference, ...]
    lists: Mapping[str, tuple[Row, ...]]
    violations: tuple[Violation, ...]
    gone: tuple[Measure, ...] = ()
    near: tuple[Near, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What to import: new and changed measures, with the ids that they have in the plan."""
        return self.new + tuple(change.new for change in self.changed)

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What stops the import."""
        return tuple(found for found in self.violations if found.severity == "error")


@without_collecting()
def difference(
    document: PlanDocument, reading: Reading, same: Mapping[str, str] = MappingProxyType({})
) -> Difference:
    """Compare a reading with a plan. The same workbook read again gives no difference.

    ``same`` is what a person has said of the rows that resemble a measure: the reading's id to the
    plan's, or to :data:`NEW`.
    """
    matches, near = _matches(document.measures, reading.measures, same)
    taken = {old.id for old in matches.values()}
    new, changed, unchanged = [], [], []
    used = {measure.id for measure in document.measures}
    for measure in reading.measures:
        old = matches.get(measure.id)
        if old is None:
            free = _free_id(measure.id, used)
            used.add(free)
            new.append(measure if free == measure.id else measure.model_copy(update={"id": free}))
            continue
        merged = _merged(old, measure, reading.derived)
        fields = _changed_fields(old, merged)
        if fields:
            changed.append(Change(old, merged, fields))
        else:
            unchanged.append(old)
    untouched = tuple(measure for measure in document.measures if measure.id not in taken)
    series = _series(reading.file.name)
    written = (*new, *(change.new for change in changed))
    ids = {measure.id: old.id for measure, old in _placed(reading.measures, matches, new)}
    lists = {
        "prerequisites": _prerequisites(document.prerequisites, reading.prerequisites),
        "loans": _loans(document.loans, reading.loans, ids),
    }
    after = [measure.id for measure in (*written, *unchanged, *untouched)]
    return Difference(
        tuple(new),
        tuple(changed),
        tuple(unchanged),
        untouched,
        _by_year(document.measures, (*written, *unchanged, *untouched)),
        lists,
        (
            *map(_ask, (each for each in near if not each.answer)),
            *(f for m in written for f in validate_measure(m, document.plan, reference())),
            *(
                found
                for name, rows in lists.items()
                for found in validate_list(name, rows, document.plan, reference(), after)
            ),
        ),
        gone=tuple(m for m in untouched if "!" in m.source_ref and _series(m.source_ref) == series),
        near=near,
    )


def _series(ref: str) -> tuple[str, ...]:
    """The words of a workbook's name without what tells its versions apart."""
    stem = ref.split("!", maxsplit=1)[0].rsplit(".", 1)[0].casefold()
    return tuple(word for word in re.findall(r"[^\W\d_]+", stem) if word not in _VERSION_WORDS)


def _ask(near: Near) -> Violation:
    others = ", ".join(f"“{old.name}”" for old in near.candidates)
    return Violation(
        "error",
        "ask_same",
        near.new.source_ref,
        ASK_SAME,
        {"name": near.new.name, "others": others},
        Question(f"--same {near.new.id}={{choice}}", (*(m.id for m in near.candidates), NEW)),
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


def _placed(
    measures: tuple[Measure, ...], matches: Mapping[str, Measure], new: list[Measure]
) -> Iterator[tuple[Measure, Measure]]:
    """Each measure of the reading with the one that it is, or becomes, in the plan."""
    fresh = iter(new)
    for measure in measures:
        yield measure, matches[measure.id] if measure.id in matches else next(fresh)


def _loans(
    old: tuple[Loan, ...], new: tuple[Loan, ...], ids: Mapping[str, str]
) -> tuple[Loan, ...]:
    """The plan's loans with those of the workbook in the place of the same, by id."""
    merged = {loan.id: loan for loan in old}
    for loan in new:
        allocations = tuple(
            each.model_copy(update={"measure": ids[each.measure]}) for each in loan.allocations
        )
        merged[loan.id] = loan.model_copy(update={"allocations": allocations})
    return tuple(merged.values())


def _matches(
    old: tuple[Measure, ...], new: tuple[Measure, ...], same: Mapping[str, str]
) -> tuple[dict[str, Measure], tuple[Near, ...]]:
    """The plan's measure for each id of the reading: same number and department, number, or name.

    A key that two measures of either side share matches nothing, and no measure is matched twice.
    What is left on both sides and looks alike is asked about, unless ``same`` says it.
    """
    by_id = {measure.id: measure for measure in old}
    found = {key: by_id[answer] for key, answer in same.items() if answer in by_id}
    said = {key: same[key] for key in same if key in found or same[key] == NEW}
    for key in (
        lambda m: m.project_number and (normal(m.project_number), normal(m.department)),
        lambda m: m.project_number and normal(m.project_number),
        lambda m: normal(m.name),
    ):
        taken = {measure.id for measure in found.values()}
        candidates = _unique(key, (m for m in old if m.id not in taken))
        if not candidates:
            continue
        wanted = _unique(key, (m for m in new if m.id not in found and m.id not in said))
        for value, measure in wanted.items():
            match = candidates.get(value)
            if match is not None and not _in_doubt(match, measure):
                found[measure.id] = match
    return found, _near(old, new, found, said)


def _in_doubt(one: Measure, other: Measure) -> bool:
    """The same name with different project numbers, or the same number of quite another name."""
    numbers = normal(one.project_number), normal(other.project_number)
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    return all(numbers) and _likeness(one.name, other.name) < UNLIKE


def _told_apart(one: Measure, other: Measure) -> bool:
    """Alike but for a figure (stage 1, stage 2), or by different numbers and names."""
    names = normal(one.name), normal(other.name)
    if names[0] == names[1]:
        return False
    figures, numbers = (
        [re.findall(r"\d+", name) for name in names],
        [normal(measure.project_number) for measure in (one, other)],
    )
    return figures[0] != figures[1] or (all(numbers) and numbers[0] != numbers[1])


def _likeness(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(normal(one), normal(other))


def _near(
    old: tuple[Measure, ...],
    new: tuple[Measure, ...],
    found: Mapping[str, Measure],
    said: Mapping[str, str],
) -> tuple[Near, ...]:
    """What nobody could match by itself, with the measures that it may be."""
    taken = {measure.id for key, measure in found.items() if key not in said}
    left = [measure for measure in old if measure.id not in taken]
    if not left:
        return ()
    names = [normal(measure.name) for measure in left]
    near = []
    for measure in new:
        if measure.id in found and measure.id not in said:
            continue
        alike = process.extract(
            normal(measure.name),
            names,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=ALIKE,
            limit=MOST_ALIKE,
        )
        number = normal(measure.project_number)
        places = [place for _, _, place in alike if not _told_apart(left[place], measure)]
        places += [
            place
            for place, one in enumerate(left)
            if number and number == normal(one.project_number) and place not in places
        ]
        if places:
            candidates = tuple(left[place] for place in places)
            near.append(Near(measure, candidates, said.get(measure.id, "")))
    return tuple(near)


def _unique(key, measures) -> dict[object, Measure]:
    found: dict[object, list[Measure]] = {}
    for measure in measures:
        if value := key(measure):
            found.setdefault(value, []).append(measure)
    return {value: group[0] for value, group in found.items() if len(group) == 1}


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

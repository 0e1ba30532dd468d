"""What a measure's activities must satisfy beyond their own form, and that no boundaries are mixed.

Pure, and told like :mod:`model.validate`. What is only lacking is a warning: the effect is then not
known. What contradicts itself is an error.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from model.activity import DOES_NOT_FIT, TONNES, lines_of, work_out
from model.entries import ActivityKind
from model.errors import Violation
from model.factors import WORDS
from model.reference import Reference
from model.rows import Activity, Measure, PlanHead
from model.validate_rules import impossible_years, too_exact

# What a stated effect's boundary says of the emissions that it counts: those within the borders.
_COUNTS = {"territorial": "ttw"}
# What is lacking stops nobody from saving the rest, except a year.
_ERRORS = ("activity_without_year", "carrier_does_not_fit", "wrong_unit")


def validate_activities(
    at: str, measure: Measure, head: PlanHead, known: Reference
) -> Iterator[Violation]:
    """Every finding in the activities of a measure."""
    for position, row in enumerate(measure.activities):
        ref = f"{at}/activities.{position}"
        kind = known.activities.get(row.kind)
        if kind is not None:
            yield from _fields(ref, row, kind, known)
        yield from impossible_years(
            f"{ref}.first_year",
            [year for year in (row.first_year, row.last_year) if year is not None],
        )
        yield from _open_ended(ref, row)
        figures = ("low", "mid", "high", "per", "from_rate", "to_rate")
        yield from too_exact(ref, {name: getattr(row, name) for name in figures})
    for worked in work_out(lines_of([measure]), head, known, known.assumptions):
        ref = f"{at}/activities.{worked.line.place}"
        for reason in worked.reasons:
            severity = "error" if reason.code in _ERRORS else reason.severity
            yield replace(reason, severity=severity).at(ref)
        for derived in worked.derived:
            if not derived.counted:
                yield Violation(
                    "warning",
                    "stated_and_derived",
                    ref,
                    "The measure states {indicator} itself, and it follows from the activity too: "
                    "what is stated is counted, and the activity is shown beside it.",
                    {"indicator": known.indicators[derived.instead_of]},
                )
    yield from _mixed(at, measure, head)


def boundary_findings(
    measures: Iterable[Measure], head: PlanHead, known: Reference
) -> list[Violation]:
    """What in the measures counts other emissions than the head says that the plan counts."""
    return [
        found
        for measure in measures
        for found in validate_activities(f"{head.id}/{measure.id}", measure, head, known)
        if found.code in ("mixed_boundaries", "wrong_boundary")
    ]


def _fields(ref: str, row: Activity, kind: ActivityKind, known: Reference) -> Iterator[Violation]:
    """Fields that the kind of activity has no use for, or that do not fit it."""
    saves, needs = (known.carriers.get(key) for key in (row.from_carrier, row.to_carrier))
    for field, carrier, fits in (
        ("from_carrier", saves, saves is None or kind.use != ""),
        ("to_carrier", needs, needs is None or (kind.to and kind.use in needs.uses)),
    ):
        if not fits:
            yield Violation(
                "error",
                "carrier_does_not_fit",
                f"{ref}.{field}",
                DOES_NOT_FIT,
                {"carrier": carrier, "kind": kind},
            )
    unused = [
        ("per", kind.per is None),
        ("from_rate", not kind.use),
        ("to_rate", not kind.to or not row.to_carrier),
    ]
    for field, superfluous in unused:
        if superfluous and getattr(row, field) is not None:
            yield Violation(
                "error",
                "figure_without_use",
                f"{ref}.{field}",
                "{figure} is not used for {kind}: take it out, or choose another kind of activity.",
                {"figure": getattr(row, field), "kind": kind},
            )


def _open_ended(ref: str, row: Activity) -> Iterator[Violation]:
    """*Before* and *later* are no years to have an effect in."""
    for field in ("first_year", "last_year"):
        if getattr(row, field) in (0, 9999):
            yield Violation(
                "error", "activity_without_year", f"{ref}.{field}", NO_CALENDAR_YEAR, {}
            )


def _mixed(at: str, measure: Measure, head: PlanHead) -> Iterator[Violation]:
    """A stated effect that counts other emissions than the plan does, and would be added to it."""
    for position, effect in enumerate(measure.effects):
        if effect.indicator not in TONNES.values() or effect.mid is None:
            continue
        ref, counts = f"{at}/effects.{position}.boundary", _COUNTS.get(effect.boundary)
        fields = {"measure": measure.name, "amount": effect.mid}
        if counts and head.emission_boundary not in ("", counts):
            fields |= {"found": WORDS[counts], "expected": WORDS[head.emission_boundary]}
            yield Violation("error", "mixed_boundaries", ref, MIXED, fields)
        elif effect.boundary == "consumption" and head.system_boundary == "territory":
            yield Violation("warning", "mixed_boundaries", ref, CONSUMPTION, fields)


MIXED = (
    "{measure} states {amount} t within the borders, which counts emissions {found}, and the plan "
    "counts them {expected}: the two are never added. Restate the effect, or change what the plan "
    "counts."
)
CONSUMPTION = (
    "{measure} states {amount} t of consumption, wherever it was made, and the plan is of a "
    "territory: the two are not the same tonnes. Restate the effect within the borders."
)
NO_CALENDAR_YEAR = "An activity begins and ends in a year: expected a year such as 2027."

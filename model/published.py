"""Published figures recomputed: as printed, as recomputed, what differs, whether they agree.

Pure: files of ``data/published`` and assumptions in, rows out. A figure whose inputs are not all
known cannot be recomputed; nothing is filled in for what is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from model.entries import Assumption, Sourced
from model.expression import evaluate, names
from model.published_entries import Beside, Contradiction, Input, Publication, PublishedFigure
from model.published_kernels import KERNELS
from model.reference import reference

Verdict = Literal["agrees", "differs", "cannot"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "differs", "cannot")
# Floats miss a decimal tolerance by less than this share of the figure.
FLOAT = 1e-9


@dataclass(frozen=True)
class Known:
    """An input with its value (None: not known), unit, names and where it stands."""

    key: str
    value: float | None
    unit: str
    name: str
    name_en: str
    ref: str


@dataclass(frozen=True)
class Row:
    """A published figure beside what it is recomputed to.

    ``difference`` is recomputed less published, to the nearest end where a range was published;
    both are None for what cannot be recomputed, and then ``reason`` is why (input, unpublished,
    garbled, unknown_input). ``beside`` is what else the inputs say, with its value.
    """

    publication: Publication
    figure: PublishedFigure
    inputs: tuple[Known, ...]
    recomputed: float | None
    difference: float | None
    verdict: Verdict
    reason: str
    beside: tuple[tuple[Beside, float], ...]

    @property
    def stated(self) -> Sourced:
        """Where the figure stands, and whether it was found there."""
        return Sourced(
            source=self.figure.source or self.publication.source,
            source_ref=self.figure.ref,
            status=self.figure.status or self.publication.status,
        )


@dataclass(frozen=True)
class Reproduction:
    """Every row, in the order of the files; ``worked`` are the project's own examples."""

    rows: tuple[Row, ...]
    worked: tuple[Row, ...]
    contradictions: tuple[tuple[Publication, Contradiction], ...]

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return {v: sum(row.verdict == v for row in self.rows) for v in VERDICTS}

    @property
    def recomputed(self) -> int:
        """How many rows can be recomputed."""
        return len(self.rows) - self.counts["cannot"]

    def of(self, publication: str, figure: str) -> Row:
        """One row, by keys that a contradiction names."""
        both = (publication, figure)
        return next(row for row in self.rows if (row.publication.key, row.figure.key) == both)


@cache
def reproduction() -> Reproduction:
    """Of the project's own data, worked out once."""
    return reproduce(reference().published, reference().assumptions)


def reproduce(
    publications: Iterable[Publication], assumptions: Mapping[str, Assumption]
) -> Reproduction:
    """Recompute every figure. InvalidData where a formula cannot be worked out."""
    publications = tuple(publications)
    rows = [
        recompute(each, figure, assumptions) for each in publications for figure in each.figures
    ]
    return Reproduction(
        tuple(row for row in rows if not row.publication.worked),
        tuple(row for row in rows if row.publication.worked),
        tuple((each, found) for each in publications for found in each.contradictions),
    )


def recompute(
    publication: Publication, figure: PublishedFigure, assumptions: Mapping[str, Assumption]
) -> Row:
    """One figure beside what it is recomputed to."""
    inputs = tuple(
        _known(key, given, publication, assumptions) for key, given in figure.inputs.items()
    )
    known = {each.key: each.value for each in inputs if each.value is not None}
    beside = tuple(
        (each, evaluate(each.formula, known, KERNELS))
        for each in figure.beside
        if names(each.formula)[0] <= set(known)
    )
    if not figure.formula or not names(figure.formula)[0] <= set(known):
        reason = figure.cannot or "unknown_input"
        return Row(publication, figure, inputs, None, None, "cannot", reason, beside)
    recomputed = evaluate(figure.formula, known, KERNELS)
    difference = recomputed - _nearest(figure, recomputed)
    allowed = float(figure.tolerance) + FLOAT * max(abs(recomputed), abs(recomputed - difference))
    verdict = "agrees" if abs(difference) <= allowed else "differs"
    return Row(publication, figure, inputs, recomputed, difference, verdict, "", beside)


def _known(
    key: str, given: Input, publication: Publication, assumptions: Mapping[str, Assumption]
) -> Known:
    if given.assumption:
        found = assumptions[given.assumption]
        value, unit, at = found.latest.value, found.unit, found.key
    elif given.of:
        found = next(figure for figure in publication.figures if figure.key == given.of)
        value, unit, at = found.value, found.unit, found.ref
    else:
        found, value, unit, at = given, given.value, given.unit, given.ref
    return Known(
        key,
        None if value is None else float(value),
        unit,
        given.name or found.name,
        given.name_en or found.name_en,
        given.ref or at,
    )


def _nearest(figure: PublishedFigure, recomputed: float) -> float:
    """The published figure, or of a range what lies nearest."""
    if figure.central is not None:
        return float(figure.central)
    low = float("-inf") if figure.low is None else float(figure.low)
    high = float("inf") if figure.high is None else float(figure.high)
    return min(max(recomputed, low), high)

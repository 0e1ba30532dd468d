"""The council's own financial targets against the financing analysis: is each kept, in which year
is it broken first, and by how much.

Shares are of one and amounts whole öre, both as exact fractions. What is not known breaks nothing
and keeps nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from model.financing import Analysis, FinancingYear, Ore, by_year, ore
from model.money import to_ore
from model.municipal_rows import FinancialTarget, Prerequisite

AT_MOST = frozenset({"debt", "debt_per_resident", "interest_share"})
IN_KRONOR = frozenset({"debt", "debt_per_resident"})


@dataclass(frozen=True)
class TargetYear:
    """One year of a target: ``value`` and by how much it is ``off`` the limit (0 where kept).

    Both None where it is not known.
    """

    year: int
    value: Fraction | None
    off: Fraction | None


@dataclass(frozen=True)
class TargetOutcome:
    """A target with the years in which there is something to ask. ``limit`` in öre or a share."""

    target: FinancialTarget
    limit: Fraction
    years: tuple[TargetYear, ...]

    @property
    def at_most(self) -> bool:
        """Whether the limit is a ceiling; else it is a floor."""
        return self.target.kind in AT_MOST

    @property
    def breach(self) -> TargetYear | None:
        """The first year in which it is broken."""
        return next((each for each in self.years if each.off), None)

    @property
    def worst(self) -> TargetYear | None:
        """The year that is furthest off."""
        broken = [each for each in self.years if each.off]
        return max(broken, key=lambda each: each.off, default=None)

    @property
    def unknown(self) -> tuple[int, ...]:
        """The years of which nothing can be said."""
        return tuple(each.year for each in self.years if each.value is None)


def outcomes(
    targets: Iterable[FinancialTarget], analysis: Analysis, prerequisites: Iterable[Prerequisite]
) -> tuple[TargetOutcome, ...]:
    """The targets of the analysis's level, each evaluated year by year."""
    own = by_year(prerequisites, analysis.level)
    return tuple(
        _outcome(target, analysis, own) for target in targets if target.level == analysis.level
    )


def value(kind: str, year: FinancingYear, own: Prerequisite | None) -> Fraction | None:
    """What a target of that kind is about, in a year of the analysis."""
    taxes = ore(own.taxes_and_grants) if own else None
    if kind == "self_financing":
        return year.self_financing
    if kind == "result_share":
        return _share(year.result, taxes)
    if kind == "interest_share":
        return _share(year.interest, taxes)
    if kind == "debt":
        return None if year.closing_debt is None else Fraction(year.closing_debt)
    return _share(year.closing_debt, own.residents if own else None)


def _outcome(
    target: FinancialTarget, analysis: Analysis, own: Mapping[int, Prerequisite]
) -> TargetOutcome:
    limit = Fraction(to_ore(target.limit)) if target.kind in IN_KRONOR else Fraction(target.limit)
    since = target.from_year or 0
    # A year without investment has nothing to finance.
    asked = [
        year
        for year in analysis.years
        if year.year >= since and (year.expenditure or target.kind != "self_financing")
    ]

    def of(year: FinancingYear) -> TargetYear:
        found = value(target.kind, year, own.get(year.year))
        if found is None:
            return TargetYear(year.year, None, None)
        beyond = found - limit if target.kind in AT_MOST else limit - found
        return TargetYear(year.year, found, max(beyond, Fraction(0)))

    return TargetOutcome(target, limit, tuple(of(year) for year in asked))


def _share(part: Ore, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)

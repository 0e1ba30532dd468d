"""Checks that several kinds of rows share. Each yields what it finds at a place of the plan."""

from collections import Counter
from collections.abc import Iterable, Iterator

from model.errors import Violation
from model.reference import Reference
from model.years import is_calendar_year

FIRST_YEAR, LAST_YEAR = 1990, 2100
QUANTITY_DECIMALS = 6
LARGEST_QUANTITY = 10**15


def unknown_keys(
    at: str, keys: Iterable[tuple[str, str, str]], known: Reference
) -> Iterator[Violation]:
    for field, registry, key in keys:
        if key and key not in getattr(known, registry):
            yield Violation(
                "error",
                "unknown_key",
                f"{at}/{field}",
                "{key} is not among the {registry} in the reference data.",
                {"key": key, "registry": registry},
            )


def impossible_years(at: str, years: Iterable[int], columns: bool = True) -> Iterator[Violation]:
    """Years out of reach; the two columns that are no years pass where ``columns`` may be meant."""
    for year in sorted(set(years)):
        if (is_calendar_year(year) or not columns) and not FIRST_YEAR <= year <= LAST_YEAR:
            yield Violation(
                "error",
                "impossible_year",
                at,
                "The year {year} cannot be right: expected {first} to {last}.",
                {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR},
            )


def too_exact(at: str, quantities: dict) -> Iterator[Violation]:
    """Also those that are too large to be kept, or no number at all."""
    for field, value in quantities.items():
        if value is None:
            continue
        if not (value.is_finite() and abs(value) <= LARGEST_QUANTITY):
            yield Violation(
                "error",
                "too_large",
                f"{at}/{field}",
                "{value} is larger than anything kept here: expected at most {largest}. Check the "
                "figure and its unit.",
                {"value": value, "largest": f"{LARGEST_QUANTITY:.0e}".replace("+", "")},
            )
        elif value != round(value, QUANTITY_DECIMALS):
            yield Violation(
                "error",
                "too_exact",
                f"{at}/{field}",
                "{value} has more than {decimals} decimals: round it.",
                {"value": value, "decimals": QUANTITY_DECIMALS},
            )


def twice(at: str, keys: list[str]) -> Iterator[Violation]:
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        yield Violation("error", "stands_twice", at, "{key} stands twice.", {"key": key})

"""A scenario's own values of assumptions: over the plan's, which stand over the shared ones."""

from collections.abc import Iterable, Mapping

from model.entries import Assumption, DatedValue
from model.scenario.compose import Override

# The key in data/sources.yaml of what a scenario says itself.
SOURCE = "scenario"


def with_overrides(
    assumptions: Mapping[str, Assumption], overrides: Iterable[Override]
) -> Mapping[str, Assumption]:
    """The assumptions by path with the scenario's values; the same mapping where it has none.

    A level that a value lacks leaves that value as it is. Values by year hold from their year on;
    what was in force before the first of them still is. What is no assumption is left out.
    """
    own = {
        each.path: _overridden(assumptions[each.path], each)
        for each in overrides
        if each.path in assumptions
    }
    return {**assumptions, **own} if own else assumptions


def _overridden(assumption: Assumption, override: Override) -> Assumption:
    if override.level:
        values = tuple(_at_level(value, override.level) for value in assumption.values)
    else:
        first = override.values[0][0]
        before = tuple(value for value in assumption.values if value.since < first)
        values = (*before, *dated_values(assumption, override))
    return assumption.model_copy(update={"values": values})


def dated_values(assumption: Assumption, override: Override) -> tuple[DatedValue, ...]:
    """The values by year of an override, in the assumption's unit."""
    price_year = override.price_year or assumption.latest.price_year
    return tuple(
        DatedValue.model_construct(
            since=year,
            low=value,
            central=value,
            high=value,
            text="",
            text_en="",
            price_year=price_year,
            source=SOURCE,
            source_ref="",
            status="stated",
            note="",
        )
        for year, value in override.values
    )


def _at_level(value: DatedValue, level: str) -> DatedValue:
    at = getattr(value, level)
    if at is None:
        return value
    return value.model_copy(update={"low": at, "central": at, "high": at})

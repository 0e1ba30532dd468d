"""A plan's own values of assumptions: they stand over the shared ones from their first year on.

Pure. What nobody has published (a town's mortality, its district heating) is asked for, and this
is where the answer goes.
"""

from collections.abc import Iterable, Mapping

from model.entries import Assumption, DatedValue
from model.municipal_rows import LocalValue

SOURCE = "plan-itself"


def with_local_values(
    shared: Mapping[str, Assumption], local: Iterable[LocalValue]
) -> Mapping[str, Assumption]:
    """The assumptions by key, with the plan's values in place of the shared ones that they follow.

    A shared value from before the plan's first one is kept; a later one is not, for the plan has
    said what it uses. The same mapping where the plan says nothing; what is not an assumption is
    left out.
    """
    stated: dict[str, list[LocalValue]] = {}
    for value in local:
        stated.setdefault(value.assumption, []).append(value)
    own = {
        key: _stated(shared[key], sorted(values, key=lambda each: each.year))
        for key, values in stated.items()
        if key in shared
    }
    return {**shared, **own} if own else shared


def _stated(assumption: Assumption, values: list[LocalValue]) -> Assumption:
    before = [each for each in assumption.values if each.since < values[0].year]
    own = [
        DatedValue.model_construct(
            since=each.year,
            low=each.low,
            central=each.mid,
            high=each.high,
            text="",
            text_en="",
            price_year=each.price_year,
            source=SOURCE,
            source_ref=each.source,
            status="stated",
            note=each.note,
        )
        for each in values
    ]
    return assumption.model_copy(update={"values": (*before, *own)})

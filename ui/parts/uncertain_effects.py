"""How sure emissions and the operating impact are, in words, fans and tables."""

from collections.abc import Sequence

import numpy as np

from model.emission_paths import EmissionPath
from model.emission_result import TargetPath
from model.uncertain_operating import OperatingDraws
from model.uncertain_tonnes import Tonnes
from ui import format as write
from ui.charts import fan as fans
from ui.charts import style
from ui.i18n import _
from ui.parts.headline import Figure
from ui.parts.table import Table
from ui.parts.uncertainty import labels, span


def left_fan(found: Tonnes, path: EmissionPath, until: int) -> fans.Fan:
    """What is left to emit with the measures, year by year."""
    low, mid, high = (tuple(each[:until].tolist()) for each in found.left(path.usual.total))
    years = labels(path.years[:until], 0)
    return fans.Fan(years, low, mid, high, tuple(path.planned()[:until].tolist()), write.tonnes)


def left_table(found: Tonnes, path: EmissionPath, until: int, unit: str) -> Table:
    """The table that the fan of emissions is made of."""
    each = zip(("P10", "P50", "P90"), found.left(path.usual.total), strict=True)
    rows = [*each, (_("Central case"), path.planned()), (_("Without the plan"), path.usual.total)]
    return Table(
        _("Left to emit with the measures, {unit}", unit=unit),
        (_("Outcome"), *labels(path.years[:until], 0)),
        [(name, *map(_tonnes, tonnes[:until])) for name, tonnes in rows],
    )


def _tonnes(left: float) -> str:
    """Tonnes in a table; far ahead they may not be known."""
    return write.unknown() if np.isnan(left) else write.number(left)


def targets_met(found: Tonnes, path: EmissionPath, targets: Sequence[TargetPath]) -> list[Figure]:
    """How often each target that can be compared is met in its own year."""
    return [
        Figure(
            write.percent(found.share_meeting(path, each)),
            _("Probability that the target for {year} is met", year=each.aim.year),
            _("the target allows {level}", level=write.tonnes(each.distance.level)),
        )
        for each in targets
    ]


def nothing_moves(found: OperatingDraws, year: int) -> str:
    """The answer where every draw is the central case."""
    return _(
        "Nothing that is drawn moves it: as far as is known operating cost changes by {amount} in "
        "{year}. A measure's capital cost is known once its year in service and lifetime are.",
        amount=write.money(int(found.central[int(year - found.years[0])])),
        year=year,
    )


def operating_title(found: OperatingDraws, year: int) -> str:
    """The answer in a year of the plan."""
    row = int(year - found.years[0])
    low, mid, high = (int(each) for each in found.fan()[:, row])
    if low == high:
        return _("Operating cost changes by {amount} in {year}", amount=write.money(mid), year=year)
    return _(
        "Operating cost changes by {span} in {year} with 80% probability",
        span=span(low, high),
        year=year,
    )


def operating_fan(found: OperatingDraws) -> fans.Fan:
    """What changes in operating cost, year by year."""
    low, mid, high = (tuple(style.millions(each).tolist()) for each in found.fan())
    return fans.Fan(
        labels(found.years, 0),
        low,
        mid,
        high,
        tuple(style.millions(found.central).tolist()),
        lambda amount: write.money(round(amount * 100_000_000)),
    )


def operating_table(found: OperatingDraws) -> Table:
    """The table that the fan is made of."""
    each = zip(("P10", "P50", "P90"), found.fan(), strict=True)
    return Table(
        _("Change in operating cost, MSEK, each year by itself"),
        (_("Outcome"), *labels(found.years, 0)),
        [
            (name, *(write.mnkr(int(amount)) for amount in years))
            for name, years in (*each, (_("Central case"), found.central))
        ],
    )


def operating_rests_on(found: OperatingDraws) -> list[str]:
    """What is drawn of it."""
    return [
        _(
            "{count} draws of the same costs, applications and prices as the gap's, each worked "
            "out by the rules of Operating impact; one-off operating expenditure with a range is "
            "drawn with the cost of its measure.",
            count=write.number(found.effect.shape[1]),
        ),
        _("A measure whose capital cost is not known is in no draw."),
    ]

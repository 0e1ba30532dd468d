"""One small chart of every builder in ``ui/charts``, with what is said of it in words."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from ui import format as write
from ui.charts import (
    actors,
    beside,
    bridge,
    by_category,
    compare,
    cost_curve,
    difference,
    emissions,
    fan,
    financing,
    flows,
    gap_change,
    green,
    green_projects,
    need_and_cover,
    operating,
    pace,
    prioritised,
    published,
    purchases,
    ranges,
    robust,
    rules,
    share_bar,
    stages,
    svg,
    tornado,
    trade_off,
    waterfall,
)
from ui.charts.stack import Stack
from ui.charts.style import Drawing
from ui.i18n import _

MILLION = 100_000_000
LONG = "Solceller på alla kommunens tak och fasader, etapp två av fyra"


class Sample(NamedTuple):
    """A chart, and the same in words."""

    drawn: Drawing | svg.Picture
    alt: str


def amounts(*millions: int) -> np.ndarray:
    return np.array(millions, dtype=np.int64) * MILLION


YEARS = Stack(
    keys=("0", "2026", "2027"),
    labels=("t.o.m. 2025", "2026", "2027"),
    cover={
        name: amounts(1, 2 + i, 3)
        for i, name in enumerate(("paid", "granted", "decided", "planned", "applied", "idea"))
    },
    gap=amounts(0, 1_110, 245),
)
PANELS = [
    beside.Panel(
        group, ("a", "b"), (LONG, "B"), amounts(3, 1), np.array([False, True]), np.zeros(2, bool)
    )
    for group in beside.MEANINGS
]
CATEGORIES = [
    green.Category("a", LONG, 3 * MILLION, MILLION),
    green.Category("b", "B", MILLION, 0),
]
COSTS = [
    cost_curve.Bar(1, LONG, 100.0, 3_000.0, 5 * MILLION),
    cost_curve.Bar(2, "Dyr", 1_900.0, 1_000.0, -2 * MILLION),
]
LINES = [
    emissions.Line("utan planen", "usual", (2024, 2026), (100.0, 98.0)),
    emissions.Line("med", "measures", (2024, 2026), (100.0, 60.0), (90.0, 50.0), (100.0, 70.0)),
]
WEDGES = [emissions.Wedge(str(i), (0.0, 1.0)) for i in range(7)]
FAN = fan.Fan(("2026", "2027"), (1, 2), (2, 3), (3, 5), (2, 3), lambda amount: f"{amount} mnkr")
COLUMNS = {name: amounts(3, 3) for name in ("depreciation", "interest", "operation")} | {
    "energy": amounts(0, -5)
}
PACE = pace.Years((2026, 2027), dict.fromkeys(pace.KINDS, (1.0, 2.0)), (3.0, 6.0))
OWN = ((2026, 2027), amounts(3, 0), amounts(2, 5))
COUNTS = [{"agrees": 4, "differs": 2, "cannot": 1}]
EMITTED = [purchases.Row(LONG, 40.0, 0.8), purchases.Row("B", 10.0, None)]
BENEFITS = [ranges.Bar(LONG, MILLION, 2 * MILLION, 4 * MILLION)]
CHOSEN = [
    robust.Bar(LONG, share, each) for share, each in zip((1, 0.5, 0), robust.MEANINGS, strict=True)
]
SOURCES = [rules.Source("k", LONG, MILLION, MILLION, MILLION, MILLION)]
SHARES = [share_bar.Shares("Planen", 20, 30, 50)]
STAGES = stages.Stages(
    ("Nu", "2026", "2027"),
    ("idé", "pilot", "i drift", "okänt"),
    np.array([[3.0, 1, 0, 1], [1, 2, 1, 1], [0, 1, 3, 1]]),
    [["3", "1", "0", "1"], ["1", "2", "1", "1"], ["0", "1", "3", "1"]],
    "åtgärder",
)
SWINGS = [tornado.Bar(f"Kostnad: {LONG}", 8 * MILLION, 13 * MILLION, LONG)]
STEPS = [trade_off.Step(0, 0.0, "0 t"), trade_off.Step(MILLION, 40.0, "40 t")]
COVER = {"granted": 5 * MILLION, "planned": MILLION}
CHANGES = ("gap", ("A", 10 * MILLION), [(LONG, 5 * MILLION), ("C", -8 * MILLION)], "B")
BY_YEAR = (("2026", "2027"), amounts(3, 4), amounts(5, 1), "Dyrare")
PROJECTS = [green_projects.Bar(LONG, MILLION, MILLION, MILLION)]
OWNERS = [actors.Actor("a", LONG, 4 * MILLION, MILLION, "okänt")]
FLOWS = [
    flows.Flow(f"Stöd {i} {LONG}", LONG, beside.MEANINGS["other"], i * MILLION) for i in range(9)
]
COMPARED = [
    compare.Panel("Planen", YEARS.need, YEARS.gap, True),
    compare.Panel("Dyrare", YEARS.need, YEARS.gap),
]


def debt() -> financing.Years:
    return financing.Years(
        ("2026", "2027", "2028"),
        (100.0, 140.0, -20.0),
        (0.0, 20.0, 0.0),
        tuple(write.mnkr(each * MILLION) for each in (100, 140, -20)),
        ("", write.mnkr(20 * MILLION), ""),
        financing.DEBT,
        _("MSEK"),
        (financing.Limit("Tak", (120.0, 120.0, 120.0), target=False),),
    )


# By module and function.
SAMPLES: Mapping[str, Callable[[], Sample]] = {
    "actors.figure": lambda: Sample(actors.figure(OWNERS), actors.describe(OWNERS)),
    "beside.by_category": lambda: Sample(
        beside.by_category(PANELS, 4 * MILLION), beside.describe(PANELS)
    ),
    "beside.by_year": lambda: Sample(beside.by_year(PANELS, 4 * MILLION), beside.describe(PANELS)),
    "bridge.figure": lambda: Sample(
        bridge.figure(10 * MILLION, 3 * MILLION, MILLION, MILLION),
        bridge.describe(10 * MILLION, 3 * MILLION, MILLION, MILLION),
    ),
    "by_category.figure": lambda: Sample(by_category.figure(YEARS), by_category.describe(YEARS)),
    "compare.figure": lambda: Sample(
        compare.figure(YEARS.labels, COMPARED), compare.describe(YEARS.labels, COMPARED)
    ),
    "cost_curve.curve": lambda: Sample(cost_curve.curve(COSTS), cost_curve.describe_curve(COSTS)),
    "cost_curve.ranking": lambda: Sample(
        cost_curve.ranking(COSTS), cost_curve.describe_ranking(COSTS)
    ),
    "difference.figure": lambda: Sample(difference.figure(*CHANGES), difference.describe(*CHANGES)),
    "emissions.figure": lambda: Sample(
        emissions.figure(
            LINES,
            "t CO2e",
            wedges=emissions.fewer(WEDGES, "Övriga"),
            under=LINES[1],
            points=[emissions.Point("Mål", 2026, 40.0)],
        ),
        emissions.describe(LINES),
    ),
    "fan.figure": lambda: Sample(fan.figure(FAN, _("MSEK")), fan.describe(FAN)),
    "fan.effect": lambda: Sample(fan.effect(FAN, "t"), fan.describe(FAN)),
    "financing.figure": lambda: Sample(financing.figure(debt()), financing.describe(debt())),
    "flows.figure": lambda: Sample(flows.figure(FLOWS), flows.describe(FLOWS)),
    "gap_change.picture": lambda: Sample(
        gap_change.picture(*BY_YEAR), gap_change.describe(*BY_YEAR)
    ),
    "green.figure": lambda: Sample(green.figure(CATEGORIES), green.describe(CATEGORIES)),
    "green_projects.figure": lambda: Sample(
        green_projects.figure(PROJECTS), green_projects.describe(PROJECTS)
    ),
    "need_and_cover.figure": lambda: Sample(
        need_and_cover.figure(YEARS, before=True), need_and_cover.describe(YEARS)
    ),
    "operating.figure": lambda: Sample(
        operating.figure((2026, 2027), COLUMNS), operating.describe((2026, 2027), COLUMNS)
    ),
    "pace.figure": lambda: Sample(pace.figure(PACE), pace.describe(PACE)),
    "prioritised.figure": lambda: Sample(
        prioritised.figure(*OWN, [None, 6 * MILLION]), prioritised.describe(*OWN)
    ),
    "published.figure": lambda: Sample(
        published.figure([LONG], COUNTS), published.describe([LONG], COUNTS)
    ),
    "purchases.figure": lambda: Sample(purchases.figure(EMITTED), purchases.describe(EMITTED)),
    "ranges.figure": lambda: Sample(ranges.figure(BENEFITS, _("MSEK")), ranges.describe(BENEFITS)),
    "robust.figure": lambda: Sample(robust.figure(CHOSEN), robust.describe(CHOSEN)),
    "rules.figure": lambda: Sample(rules.figure(SOURCES), rules.describe(SOURCES)),
    "share_bar.figure": lambda: Sample(share_bar.figure(SHARES), share_bar.describe(SHARES)),
    "stages.figure": lambda: Sample(stages.figure(STAGES), stages.describe(STAGES)),
    "tornado.figure": lambda: Sample(
        tornado.figure(SWINGS, 10 * MILLION), tornado.describe(SWINGS, 10 * MILLION)
    ),
    "trade_off.figure": lambda: Sample(
        trade_off.figure(STEPS, STEPS[1], "ton"), trade_off.describe(STEPS)
    ),
    "waterfall.figure": lambda: Sample(
        waterfall.figure(COVER, MILLION), waterfall.describe(COVER, MILLION)
    ),
    "waterfall.draw": lambda: Sample(
        waterfall.draw(
            [waterfall.Step("a", LONG, beside.MEANINGS["other"], 0, 4.0)], waterfall.tonnes()
        ),
        waterfall.describe(COVER, MILLION),
    ),
}

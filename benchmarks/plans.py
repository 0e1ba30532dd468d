"""Generated plans of a given size, the same every time."""

from dataclasses import fields

import numpy as np

from model.plan import (
    TAGS,
    Amounts,
    Appropriations,
    Assets,
    Components,
    Effects,
    Grants,
    OwnerShares,
    Plan,
    RunningCosts,
    YearAxis,
)
from model.rows import PlanHead

SECTORS = ("transport", "energy", "buildings", "industry", "waste", "agriculture_land")


def generated(measures: int, years: int, seed: int = 2030) -> Plan:
    """A plan whose measures nearly all have need, an appropriation, a grant, an application."""
    random = np.random.default_rng(seed)
    axis = YearAxis(2026, 2026 + years - 2)

    def table(share: float, most: int) -> np.ndarray:
        amounts = random.integers(1, most, (years, measures))
        return np.where(random.random((years, measures)) < share, amounts, 0)

    def labels(values) -> np.ndarray:
        return np.array(values, dtype=object)

    need = table(0.4, 10**9)
    zero = np.zeros_like(need)
    chance = np.concatenate([np.full(measures, np.nan), random.random(measures)])
    every = np.arange(measures)
    tags = {tag: labels([""] * measures) for tag in TAGS}
    tags["id"] = labels([f"m{number}" for number in every])
    tags["sector"] = labels(random.choice(SECTORS, measures))
    tags["owner"] = labels(["municipality"] * measures)
    tags["owner_kind"] = labels(["public"] * measures)
    tags["actor_group"] = labels(["municipal_group"] * measures)
    nothing = np.array([], dtype=np.int64)
    return Plan(
        head=PlanHead(
            id="generated",
            name="Generated",
            municipality="0000",
            base_year=2025,
            first_year=2026,
            last_year=int(axis.years[-1]),
            system_boundary="municipal_group",
        ),
        version=1,
        years=axis.years,
        tags=tags,
        need=Amounts(need * 9 // 10, need, need * 12 // 10),
        one_off=Amounts(zero, zero, zero),
        avoided=Amounts(zero, zero, zero),
        known=need.any(axis=0),
        lower_bound=np.zeros(measures, dtype=bool),
        unconverted=np.zeros(measures, dtype=bool),
        prices={"nominal": need.any(axis=0), "unknown": np.zeros(measures, dtype=bool)},
        price_index={},
        vat={"excluded": need.any(axis=0), "included": np.zeros(measures, dtype=bool)},
        in_service=random.integers(2027, 2030, measures),
        green_share=np.full(measures, np.nan),
        paid=zero,
        one_off_paid=zero,
        incremental=Amounts(zero, zero, zero),
        incremental_known=np.zeros(measures, dtype=bool),
        assets=Assets(
            lifetime=random.integers(5, 50, measures),
            service_month=random.integers(1, 13, measures),
            replaced=np.full(measures, -1),
            alternative=np.full(measures, -1),
            climate_share=np.full(measures, np.nan),
            climate_marked=np.full(measures, -1),
        ),
        components=Components(*(nothing,) * 5),
        running_costs=RunningCosts(
            measure=every,
            year=np.full(measures, 2027),
            item=labels(["energy"] * measures),
            department=labels([""] * measures),
            in_frame=np.full(measures, -1),
            amounts=-table(0.5, 10**8),
        ),
        grants=Grants(
            measure=np.concatenate([every, every]),
            id=labels(["g"] * measures + ["s"] * measures),
            source=labels(["klimatklivet"] * measures + ["life"] * measures),
            status=labels(["granted"] * measures + ["applied"] * measures),
            probability=chance,
            share=np.full(2 * measures, np.nan),
            eligible=np.full(2 * measures, -1),
            payments=np.hstack([table(0.1, 10**9), table(0.1, 10**9)]),
        ),
        appropriations=Appropriations(zero, table(0.2, 10**9), zero, table(0.2, 10**9), zero),
        effects=Effects(*(nothing,) * len(fields(Effects))),
        owner_shares=OwnerShares.of([]),
    )

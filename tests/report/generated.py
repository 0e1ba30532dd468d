"""Plans of random measures with everything that money can do, the same for every seed."""

import random
from decimal import Decimal

from model.municipal_rows import Prerequisite
from model.rows import (
    Appropriation,
    Component,
    Expenditure,
    Grant,
    Measure,
    OwnerShare,
    Payment,
    PlanDocument,
    PlanHead,
    RunningCost,
)
from model.years import BEFORE, LATER

YEARS = range(2026, 2031)
SOURCES = ("klimatklivet", "life", "stadsmiljoavtal", "other_actor")
SECTORS = ("transport", "energy", "buildings", "")
OWNERS = {
    "municipality": "public",
    "municipal_company": "public",
    "business": "private",
    "household": "private",
    "mixed": "mixed",
}
# Names that a spreadsheet must neither calculate nor take as a pattern.
DEPARTMENTS = ("Tekniska nämnden", "tekniska nämnden", "=1+1", "*", "Skola?", ">0", "")
SHARES = (
    (("municipality", "0.333333"), ("household", "0.666667")),
    (("municipality", "0.5"), ("municipal_company", "0.25"), ("business", "0.25")),
)


def plan(seed: int) -> PlanDocument:
    """A plan of four measures over five years, with money before and after them."""
    chance = random.Random(seed)
    head = PlanHead(
        id=f"prov-{seed}",
        name=f"Prov {seed}",
        municipality="2480",
        base_year=2025,
        first_year=YEARS[0],
        last_year=YEARS[-1],
        price_level="nominal",
        vat="excluded",
        system_boundary="municipal_group",
        calculation_rate=Decimal(chance.randint(0, 60)) / 1000,
    )
    measures = tuple(_measure(chance, n) for n in range(4))
    return PlanDocument(plan=head, measures=measures, prerequisites=tuple(_prerequisites(chance)))


def _prerequisites(chance: random.Random):
    """The municipality's own figures, of which some years lack one."""
    for level in ("municipality", "group"):
        for year in YEARS:
            known = chance.random() < 0.9
            yield Prerequisite(
                level=level,
                year=year,
                result=_kronor(chance, 10**8) if known else None,
                depreciation=_kronor(chance, 10**8),
                dissolved_grants=_kronor(chance, 10**7),
                other_funds=-_kronor(chance, 10**8),
                opening_debt=_kronor(chance, 3 * 10**8) if year == YEARS[0] else None,
                debt_ceiling=Decimal(3 * 10**8) if chance.random() < 0.9 else None,
                internal_interest=Decimal(chance.randint(0, 40_000)) / 1_000_000,
            )


def _measure(chance: random.Random, number: int) -> Measure:
    owner = chance.choice(list(OWNERS))
    shares = chance.choice(SHARES) if owner == "mixed" and chance.random() < 0.7 else ()
    unknown = chance.random() < 0.1
    return Measure(
        id=f"m{number}",
        name=f"{chance.choice('=+-@')}1+1 åtgärd {number}",
        sector=chance.choice(SECTORS),
        owner=owner,
        owner_kind=OWNERS[owner],
        owner_shares=tuple(OwnerShare(owner=o, share=Decimal(s)) for o, s in shares),
        department=chance.choice(DEPARTMENTS),
        financing_form=chance.choice(("tax", "water", "")),
        lifetime_years=chance.choice((None, 1, 7, 33)),
        in_service=chance.choice(("", "2027-09", "2030-12")),
        expenditures=() if unknown else tuple(_expenditures(chance)),
        running_costs=tuple(
            RunningCost(
                year=year,
                item=chance.choice(("operation", "energy", "income")),
                amount=_kronor(chance, 10**6) * chance.choice((1, -1)),
            )
            for year in YEARS
            if chance.random() < 0.4
        ),
        grants=tuple(_grant(chance, n) for n in range(chance.randint(0, 3))),
        appropriations=tuple(_appropriations(chance)) if OWNERS[owner] != "private" else (),
        components=_components(chance),
    )


def _expenditures(chance: random.Random):
    for year in (BEFORE, *YEARS, LATER):
        for kind in ("investment", "one_off_operating"):
            # Something is invested before it is taken in use.
            first = year == YEARS[0] and kind == "investment"
            if first or chance.random() < (0.6 if kind == "investment" else 0.2):
                low, mid, high = sorted(_kronor(chance, 10**8) for _ in range(3))
                yield Expenditure(kind=kind, year=year, low=low, mid=mid, high=high)
    if chance.random() < 0.3:
        yield Expenditure(year=2026, mid=_kronor(chance, 10**6), paid=True)


def _grant(chance: random.Random, number: int) -> Grant:
    status = chance.choice(("granted", "granted", "applied", "idea"))
    years = chance.sample((BEFORE, *YEARS, LATER), chance.randint(1, 3))
    return Grant(
        id=f"g{number}",
        source=chance.choice(SOURCES),
        status=status,
        probability=Decimal(chance.randint(0, 100)) / 100 if status == "applied" else None,
        share=Decimal(chance.randint(1, 999_999)) / 1_000_000 if chance.random() < 0.7 else None,
        eligible_expenditure=_kronor(chance, 10**8) if chance.random() < 0.4 else None,
        payments=tuple(Payment(year=year, amount=_kronor(chance, 3 * 10**7)) for year in years),
    )


def _appropriations(chance: random.Random):
    for year in YEARS:
        for basis in ("gross", "net"):
            for status in ("decided", "planned", "requested"):
                if chance.random() < 0.2:
                    amount = _kronor(chance, 5 * 10**7)
                    carried = amount / 2 if chance.random() < 0.5 else Decimal(0)
                    yield Appropriation(
                        year=year,
                        basis=basis,
                        status=status,
                        amount=amount,
                        carry_over=carried.quantize(Decimal("0.01")),
                    )


def _components(chance: random.Random) -> tuple[Component, ...]:
    if chance.random() < 0.6:
        return ()
    return (
        Component(name="Stomme", share=Decimal("0.6"), lifetime_years=50),
        Component(name="Pump", share=Decimal("0.3"), lifetime_years=2, reinvested=True),
        Component(name="Mark", share=Decimal("0.1"), land=True),
    )


def _kronor(chance: random.Random, most: int) -> Decimal:
    return Decimal(chance.randint(1, most * 100)) / 100

"""Whose an operating impact is, what of it is depreciated, and which grants are income when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model.depreciation import Pieces
from model.entries import Funding
from model.money import scale
from model.owners import GROUP, MILLION, Parts, parts, split_unknown
from model.plan import Plan
from model.readings import COUNTED, effective_payments
from model.years import LATER

FEES = ("water", "waste", "district_heating")


@dataclass(frozen=True, eq=False)
class Holdings:
    """The municipal group's parts of measures, (entries,).

    The first ``parts`` entries are the parts themselves, where assets and grants are; the rest are
    other departments that a running cost falls on. ``split_unknown`` counts measures that nobody
    has shared out among their owners: they are in no entry.
    """

    measure: np.ndarray
    owner: np.ndarray
    section: np.ndarray
    department: np.ndarray
    parts: int
    split_unknown: int
    _parts: Parts
    _lines: tuple[tuple[int, int, int, int], ...]

    def of(self, amounts: np.ndarray) -> np.ndarray:
        """(..., measures) in öre as (..., entries); nothing falls on the other departments."""
        shared = self._parts.of(amounts)
        rest = np.zeros((*shared.shape[:-1], len(self.measure) - self.parts), dtype=np.int64)
        return np.concatenate([shared, rest], axis=-1)

    def lines(self, plan: Plan) -> Iterator[tuple[int, int, int, np.ndarray]]:
        """Yield (line, entry, landlord, amounts) of every running cost's part, amounts (years,).

        ``landlord`` is the entry that the rent is paid to where both are in the group, else -1.
        """
        amounts = plan.running_costs.amounts
        for line, entry, part, landlord in self._lines:
            since, until = (int(column[part]) for column in (self._parts.since, self._parts.until))
            yield line, entry, landlord, _between(amounts[:, line], since, until)


def holdings(plan: Plan) -> Holdings:
    """Whose the measures are within the municipal group, by owner and department."""
    every = parts(plan)
    ours = every.actor_group == GROUP
    own = Parts(
        every.measure[ours],
        every.owner[ours],
        every.owner_kind[ours],
        every.actor_group[ours],
        every.since[ours],
        every.until[ours],
    )
    forms, departments = plan.tags["financing_form"], plan.tags["department"]
    entries = [
        (int(measure), owner, _section(owner, forms[measure]), departments[measure])
        for measure, owner in zip(own.measure, own.owner, strict=True)
    ]
    of_measure: dict[int, list[int]] = {}
    for part, entry in enumerate(entries):
        of_measure.setdefault(entry[0], []).append(part)
    elsewhere: dict[tuple[int, str, str], int] = {}
    lines = []
    costs = plan.running_costs
    for line, (measure, item, department) in enumerate(
        zip(costs.measure.tolist(), costs.item, costs.department, strict=True)
    ):
        for part in of_measure.get(measure, ()):
            _, owner, section, its_own = entries[part]
            place, landlord = part, -1
            if department and department != its_own:
                # A department that rents of the group's company is the municipality's own.
                rents = owner == "municipal_company" and item == "rent"
                section, landlord = ("tax", part) if rents else (section, -1)
                key = (part, department, section)
                if key not in elsewhere:
                    elsewhere[key] = len(entries)
                    payer = "municipality" if rents else owner
                    entries.append((measure, payer, section, department))
                place = elsewhere[key]
            lines.append((line, place, part, landlord))
    measure, *texts = zip(*entries, strict=True) if entries else ((),) * 4
    owner, section, department = (np.array(each, dtype=object) for each in texts)
    return Holdings(
        np.array(measure, dtype=np.int64),
        owner,
        section,
        department,
        len(own.measure),
        int(split_unknown(plan).sum()),
        own,
        tuple(lines),
    )


@dataclass(frozen=True, eq=False)
class Capital:
    """What is depreciated, and of each piece its ``entry`` and its ``component``, an index into the
    plan's, -1 where the asset is one. ``missing`` is by entry what it lacks to be depreciated.
    """

    pieces: Pieces
    entry: np.ndarray
    component: np.ndarray
    missing: list[set[str]]


def capital(plan: Plan, own: Holdings) -> Capital:
    """What of the group's parts is depreciated, component by component, as it is paid."""
    need = own.of(plan.need.mid)
    missing: list[set[str]] = [set() for _ in own.measure]
    pieces: list[tuple[int, int, int, int, int, int, bool]] = []
    components = _components(plan)
    for entry in range(own.parts):
        measure = int(own.measure[entry])
        service, month = int(plan.in_service[measure]), int(plan.assets.service_month[measure])
        lives = components.get(measure) or [
            (-1, MILLION, int(plan.assets.lifetime[measure]), False)
        ]
        lacks = missing[entry]
        if not plan.known[measure]:
            lacks.add("investment")
        elif not need[:, entry].any():
            continue
        if not service:
            lacks.add("in_service")
        if measure not in components and not lives[0][2]:
            lacks.add("lifetime")
        if lacks:
            continue
        stages: dict[int, int] = {}
        for year, amount in zip(plan.years.tolist(), need[:, entry].tolist(), strict=True):
            if year == LATER and amount and service <= plan.head.last_year:
                lacks.add("later")
            elif amount:
                stage = service if year == LATER else max(year, service)
                stages[stage] = stages.get(stage, 0) + amount
        for year, amount in stages.items():
            since = 0
            for component, share, lifetime, reinvested in lives:
                cost = int(_between(amount, since, since + share))
                pieces.append((entry, component, cost, lifetime, year, month, reinvested))
                since += share
    columns = zip(*pieces, strict=True) if pieces else ((),) * 7
    entry, component, *of_piece = (np.array(column, dtype=np.int64) for column in columns)
    *numbers, reinvested = of_piece
    return Capital(Pieces(*numbers, reinvested.astype(bool)), entry, component, missing)


@dataclass(frozen=True, eq=False)
class Received:
    """Grants by how they are income, (entries,) öre: over the lifetime, in the year of completion,
    against one-off expenditure, or ``unsaid``."""

    dissolved: np.ndarray
    compensation: np.ndarray
    one_off: np.ndarray
    unsaid: np.ndarray


def received(plan: Plan, own: Holdings, reading: str, funding: Mapping[str, Funding]) -> Received:
    """The grants of a reading, weighed by their chance, by how their source is income.

    Investment is paid first: only what it leaves pays one-off expenditure, and no more is
    dissolved than there is to depreciate.
    """
    grants = plan.grants
    spent = (plan.need.mid + plan.one_off.mid).sum(axis=0)
    amounts = effective_payments(grants, spent).sum(axis=0)
    chance = np.where(grants.status == "applied", np.nan_to_num(grants.probability), 1.0)
    if reading == "expected":
        amounts = scale(amounts, chance)
    amounts = amounts * np.isin(grants.status, COUNTED[reading])
    accounting = np.array([_accounting(funding.get(source)) for source in grants.source], object)

    def of(kind: str) -> np.ndarray:
        total = np.zeros(plan.size[1], dtype=np.int64)
        chosen = accounting == kind
        np.add.at(total, grants.measure[chosen], amounts[chosen])
        return total

    public, invested = of("dissolved"), plan.need.mid.sum(axis=0)
    left = np.maximum(public - invested, 0)
    return Received(
        own.of(np.minimum(public, invested)),
        own.of(of("income_on_completion")),
        own.of(np.minimum(left, plan.one_off.mid.sum(axis=0))),
        own.of(of("")),
    )


def _accounting(source: Funding | None) -> str:
    """How a source is income, empty where not said; own money and loans are no income."""
    if source is not None and source.kind in ("own", "loan", "contract"):
        return "none"
    return (source and source.accounting) or ""


def _section(owner: str, form: str) -> str:
    """The section of the books: a fee-financed form, a company, development, or tax."""
    if form in FEES:
        return form
    if owner == "municipal_company":
        return "company"
    return "development" if form == "development" else "tax"


def _components(plan: Plan) -> dict[int, list[tuple[int, int, int, bool]]]:
    """(index, share, lifetime, reinvested) of the measures that have components."""
    found: dict[int, list[tuple[int, int, int, bool]]] = {}
    lines = plan.components
    columns = (lines.share.tolist(), lines.lifetime.tolist(), lines.reinvested.tolist())
    for index, (measure, *of_line) in enumerate(zip(lines.measure.tolist(), *columns, strict=True)):
        found.setdefault(measure, []).append((index, *of_line))
    return found


def _between(amount, since: int, until: int):
    """What of an amount (öre, one or an array) lies between two millionths of it, rounded down at
    each, so that what meets adds up; as ``owners.Parts.of``."""
    whole, rest = np.divmod(amount, MILLION)
    return whole * (until - since) + rest * until // MILLION - rest * since // MILLION

"""Need, cover and gap line by line: what a chart, the table under it and a file all list.

A line is one key of a breakdown for one actor group; behind it are measures, each with the cells
that its amounts came from. All amounts are whole öre.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from model.formatting import capitalise, year
from model.language import DEFAULT, Language, translate
from model.owners import parts
from model.palette import COVER, GAP
from model.partly_known import PartlyKnown
from model.plan import Plan
from model.report import words
from model.report.answers import GROUP, members
from model.results import ALREADY_PAID, Result
from model.rows import Measure
from model.store.breakdowns import GapRow
from model.years import year_label

BREAKDOWNS = (
    "year",
    "sector",
    "department",
    "district",
    "owner",
    "readiness",
    "source",
    "actor_group",
)
MISSING = "missing"
_NOTHING = GapRow("", -1, 0, 0, 0, 0, 0)
_GRANTS = ("granted", "applied", "idea")


@dataclass(frozen=True)
class Line(PartlyKnown):
    """One key. ``cover`` is by status; ``measures`` are counted, and which of them are not known.

    By source there is no need of its own: ``need`` is what the source covers, and the last line,
    ``MISSING``, is what none covers.
    """

    key: str
    label: str
    need: int
    gap: int
    cover: Mapping[str, int] = field(default_factory=dict)
    one_off: int = 0
    one_off_gap: int = 0
    measures: int = 0
    unknown: int = 0
    lower_bounds: int = 0

    @property
    def covered(self) -> int:
        """What of the need is covered."""
        return self.need - self.gap


@dataclass(frozen=True)
class Behind:
    """One measure behind a bar: its amounts within the bar, the group's part of them.

    ``part`` is what the picked status or source covers of it, or what it lacks. ``need`` is None
    where no amount is stated. ``refs`` say where its amounts come from.
    """

    id: str
    name: str
    need: int | None
    covered: int
    gap: int
    part: int
    lower_bound: bool
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """Money and need that miss each other in time: a group's part, öre.

    ``liquidity`` is each year's end-of-year balance (label, amount), never summed; ``surplus`` are
    grants left over, ``lapsed`` appropriations that nobody used in their year.
    """

    liquidity: tuple[tuple[str, int], ...]
    surplus: int
    lapsed: int


def lines(
    result: Result,
    by: str,
    reading: str,
    language: Language = DEFAULT,
    actor_group: str = GROUP,
) -> tuple[Line, ...]:
    """One of ``BREAKDOWNS`` for an actor group. Years and readiness in their order, else by need.

    Every calendar year has its line; *before* and *later* only where there is money. By
    ``actor_group`` there is one line: the whole of the group.
    """
    if by == "source":
        return _sources(result, reading, language, actor_group)
    rows = {row.key: row for row in result.by(by, reading, actor_group=actor_group)}
    covers: dict[str, dict[str, int]] = {}
    for found in result.cover(by, reading, actor_group=actor_group):
        of_key = covers.setdefault(found.key, {})
        of_key[found.status] = of_key.get(found.status, 0) + found.amount
    counts = _counts(result.plan, by, actor_group)

    def line(key: str) -> Line:
        row = rows.get(key, _NOTHING)
        measures, unknown, bounds = counts.get(key, (0, 0, 0))
        return Line(
            key=key,
            label=_label(result.plan, by, key, language),
            need=row.need,
            gap=row.gap,
            cover={
                status: covers[key][status] for status in COVER if covers.get(key, {}).get(status)
            },
            one_off=row.one_off,
            one_off_gap=row.one_off_gap,
            measures=measures,
            unknown=unknown,
            lower_bounds=bounds,
        )

    found = [line(key) for key in dict.fromkeys((*rows, *counts))]
    if by == "year":
        return tuple(each for each in found if year_label(int(each.key)).isdigit() or each.need)
    if by == "readiness":
        return tuple(sorted(found, key=lambda each: _stage(each.key)))
    return tuple(sorted(found, key=lambda each: (-each.need, not each.key, each.label)))


def behind(
    result: Result,
    by: str,
    key: str,
    reading: str,
    actor_group: str = GROUP,
    status: str = "",
) -> tuple[Behind, ...]:
    """The measures behind a bar, the largest part first.

    ``status`` keeps to the part of the bar that a status covers, or that is missing (``gap``);
    empty is the whole bar, with the measures whose amount is unknown last.
    """
    plan, documents = result.plan, result.measures()
    whole = ("actor_group", actor_group) if by == "source" else (by, key)
    rows = {row.measure: row for row in result.behind(*whole, reading, actor_group=actor_group)}
    parts = _parts(result, rows, by, key, reading, actor_group, status)
    found = []
    for place, part in sorted(parts.items(), key=lambda entry: (-entry[1], entry[0])):
        row, measure = rows.get(place, _NOTHING), documents[plan.tags["id"][place]]
        known = bool(plan.known[place])
        found.append(
            Behind(
                id=measure.id,
                name=measure.name,
                need=row.need if known else None,
                covered=row.covered,
                gap=row.gap,
                part=part,
                lower_bound=bool(plan.lower_bound[place]),
                refs=_refs(measure, by, key, status),
            )
        )
    return tuple(sorted(found, key=lambda each: each.need is None))


def waiting(
    result: Result, reading: str, language: Language = DEFAULT, actor_group: str = GROUP
) -> Waiting:
    """Liquidity need by year, and the money that meets no need, of an actor group."""
    plan, outcome = result.plan, result.outcome(reading)
    shared_out = parts(plan)
    chosen = shared_out.actor_group == actor_group

    def of_group(amounts: np.ndarray) -> np.ndarray:
        return shared_out.of(amounts)[..., chosen].sum(axis=-1)

    return Waiting(
        liquidity=tuple(
            (_label(plan, "year", str(of), language), int(amount))
            for of, amount in zip(plan.years, of_group(outcome.liquidity), strict=True)
        ),
        surplus=int(of_group(outcome.surplus).sum()),
        lapsed=int(of_group(outcome.lapsed).sum()),
    )


def _sources(
    result: Result, reading: str, language: Language, actor_group: str
) -> tuple[Line, ...]:
    covers: dict[str, dict[str, int]] = {}
    for row in result.cover("source", reading, actor_group=actor_group):
        covers.setdefault(row.key, {})[row.status] = row.amount
    found = [
        Line(key, _label(result.plan, "source", key, language), sum(cover.values()), 0, cover)
        for key, cover in covers.items()
    ]
    found.sort(key=lambda line: (-line.need, line.label))
    gap = result.groups(reading).get(actor_group, _NOTHING).gap
    if gap:
        found.append(Line(MISSING, translate(GAP.word, language), gap, gap))
    return tuple(found)


def _label(plan: Plan, by: str, key: str, language: Language) -> str:
    if by == "year":
        return capitalise(year(int(key), plan.head.first_year, language=language))
    return capitalise(words.tag(by, key, language, plan))


def _stage(key: str) -> int:
    """The place of a stage of readiness; what nobody has said comes last."""
    from model.reference import reference

    stages = list(reference().readiness)
    return stages.index(key) if key in stages else len(stages)


def _belonging(plan: Plan, by: str, actor_group: str) -> Iterator[tuple[int, str]]:
    """(measure, key) of the group's measures; one with known owners belongs to each of them."""
    mask = members(plan, actor_group)
    if by == "year":
        spent = (plan.need.mid + plan.one_off.mid) * mask
        for row, place in zip(*np.nonzero(spent), strict=True):
            yield int(place), str(plan.years[row])
        return
    if by == "actor_group":
        yield from ((int(place), actor_group) for place in np.flatnonzero(mask))
        return
    shared = set()
    if by == "owner":
        shares = plan.owner_shares
        shared = set(shares.measure.tolist())
        for place in np.flatnonzero((shares.actor_group == actor_group) & (shares.share > 0)):
            yield int(shares.measure[place]), str(shares.owner[place])
    for place in np.flatnonzero(mask):
        if place not in shared:
            yield int(place), str(plan.tags[by][place])


def _counts(plan: Plan, by: str, actor_group: str) -> dict[str, tuple[int, int, int]]:
    """Measures by key: how many, how many without an amount, how many known only from below."""
    if by == "year":
        spent = ((plan.need.mid + plan.one_off.mid) != 0) & members(plan, actor_group)
        columns = (spent, spent & ~plan.known, spent & plan.lower_bound)
        counts = zip(*(column.sum(axis=1).tolist() for column in columns), strict=True)
        return dict(zip(map(str, plan.years.tolist()), counts, strict=True))
    found: dict[str, list[int]] = {}
    for place, key in _belonging(plan, by, actor_group):
        found.setdefault(key, []).append(place)
    return {
        key: (len(places), int((~plan.known[places]).sum()), int(plan.lower_bound[places].sum()))
        for key, places in found.items()
    }


def _parts(
    result: Result,
    rows: Mapping[int, GapRow],
    by: str,
    key: str,
    reading: str,
    actor_group: str,
    status: str,
) -> dict[int, int]:
    """What each measure (by its place in the plan) has in a bar, or in the picked part of it."""
    if status == "gap" or key == MISSING:
        return {place: row.gap for place, row in rows.items() if row.gap}
    if status in COVER or by == "source":
        paid: dict[int, int] = {}
        for row in result.behind_cover(by, key, reading, actor_group=actor_group):
            if status in ("", row.status):
                paid[row.measure] = paid.get(row.measure, 0) + row.amount
        return paid
    places = (place for place, of_key in _belonging(result.plan, by, actor_group) if of_key == key)
    return {place: rows.get(place, _NOTHING).need for place in places}


def _refs(measure: Measure, by: str, key: str, status: str) -> tuple[str, ...]:
    """Where the amounts behind a part of a bar come from: cells of a workbook, lines of a document.

    A scenario may have moved the money: then every year of the measure is named.
    """
    if status in ("decided", "planned"):
        rows = [row for row in measure.appropriations if row.status == status]
    elif status in _GRANTS:
        rows = [row for row in measure.grants if row.status == status]
    elif by == "source" and key not in (MISSING, ALREADY_PAID):
        rows = [row for row in measure.grants if row.source == key] or measure.appropriations
    else:
        rows = [row for row in measure.expenditures if row.kind != "avoided_investment"]
        if status == "paid" or key == ALREADY_PAID:
            rows = [row for row in rows if row.paid]
    in_year = [row for row in rows if by == "year" and getattr(row, "year", None) == int(key)]
    found = [row.source_ref or measure.source_ref for row in in_year or rows]
    return tuple(dict.fromkeys(filter(None, found or [measure.source_ref])))


def cells(refs: Iterable[str]) -> str:
    """References in one text: ``budget.xlsx!Plan!D7, E7`` where they are of one sheet."""
    texts: list[str] = []
    sheet = ""
    for ref in refs:
        of_sheet, bang, address = ref.rpartition("!")
        same = bool(bang) and of_sheet == sheet
        texts.append(address if same else ref)
        sheet = of_sheet
    return ", ".join(filter(None, texts))

"""Lokal portföljanalys: what agencies have granted in the municipality, and which measure it is.

The rows come from the agencies' own lists (:mod:`model.intake.agency_list`). That a grant belongs
to a measure is proposed here by reference, name and organisation, and is so only when somebody has
said yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from model.money import to_ore
from model.municipal_rows import AgencyGrant
from model.rows import Measure

LIKELY = 72.0
SURE = 100.0
# So little tells a title that its words alone prove nothing.
SHORTEST = 6


@dataclass(frozen=True)
class Sum:
    """The grants with one key: how many, whole öre, and how many of them state no amount."""

    key: str
    count: int
    amount: int
    unknown: int


@dataclass(frozen=True)
class Proposal:
    """A grant that may belong to a measure. ``score`` is 0 to 100, ``why`` reference, title or
    organisation."""

    grant: str
    measure: str
    score: float
    why: str


@dataclass(frozen=True)
class Portfolio:
    """All that agencies have granted, its sums, and the matches that are proposed."""

    rows: tuple[AgencyGrant, ...]
    by_year: tuple[Sum, ...]
    by_agency: tuple[Sum, ...]
    by_organisation: tuple[Sum, ...]
    proposals: tuple[Proposal, ...] = field(default=())

    @property
    def amount(self) -> int:
        """The sum of what is stated, öre."""
        return sum(each.amount for each in self.by_agency)

    @property
    def unknown(self) -> int:
        """How many state no amount."""
        return sum(each.unknown for each in self.by_agency)

    @property
    def matched(self) -> int:
        """How many belong to a measure of the plan."""
        return sum(bool(row.measure) for row in self.rows)


def portfolio(rows: Sequence[AgencyGrant], measures: Iterable[Measure]) -> Portfolio:
    """The grants summed by year, agency and organisation, with proposals for what has no measure.

    Years in order, what has no date last; agencies and organisations by amount.
    """
    by_year = _sums(rows, lambda row: row.granted_on[:4])
    return Portfolio(
        rows=tuple(rows),
        by_year=tuple(sorted(by_year, key=lambda each: (not each.key, each.key))),
        by_agency=_largest_first(_sums(rows, lambda row: row.agency)),
        by_organisation=_largest_first(_sums(rows, lambda row: row.organisation)),
        proposals=tuple(proposals(rows, list(measures))),
    )


def proposals(rows: Iterable[AgencyGrant], measures: Sequence[Measure]) -> list[Proposal]:
    """The likeliest measure of each grant that has none, the likeliest first."""
    found = []
    for row in rows:
        if row.measure:
            continue
        best = max((_likeness(row, each) for each in measures), default=None, key=_score)
        if best is not None and best.score >= LIKELY:
            found.append(best)
    return sorted(found, key=lambda each: (-each.score, each.grant))


def merged(
    standing: Iterable[AgencyGrant], read: Iterable[AgencyGrant]
) -> tuple[tuple[AgencyGrant, ...], int, int]:
    """The plan's rows with those of a list: (rows, how many new, how many changed).

    A row of the same id is replaced and keeps its measure and its note; others stay, also those
    that the new list no longer has.
    """
    rows = {row.id: row for row in standing}
    new = changed = 0
    for row in read:
        before = rows.get(row.id)
        if before is None:
            new += 1
        else:
            kept = {"measure": before.measure, "note": before.note}
            # Where it stands in the new list is no change of what was granted.
            there = {"source_ref": row.source_ref}
            changed += before.model_copy(update=there) != row.model_copy(update=kept)
        rows[row.id] = row if before is None else row.model_copy(update=kept)
    return tuple(rows.values()), new, changed


def agreed(rows: Iterable[AgencyGrant], accepted: Iterable[Proposal]) -> tuple[AgencyGrant, ...]:
    """The rows with the accepted proposals written into them."""
    measure_of = {each.grant: each.measure for each in accepted}
    return tuple(
        row.model_copy(update={"measure": measure_of[row.id]}) if row.id in measure_of else row
        for row in rows
    )


def _likeness(row: AgencyGrant, measure: Measure) -> Proposal:
    references = {grant.reference.casefold() for grant in measure.grants if grant.reference}
    if row.reference and row.reference.casefold() in references:
        return Proposal(row.id, measure.id, SURE, "reference")
    title = _plain(row.title)
    if len(title) < SHORTEST:
        return Proposal(row.id, measure.id, 0.0, "title")
    score = max(
        fuzz.token_set_ratio(title, _plain(measure.name)) * _length_tells(title, measure.name),
        fuzz.token_sort_ratio(title, _plain(f"{measure.name} {measure.description}")),
    )
    why = "title"
    whose = [_plain(name) for name in (measure.department, measure.responsible) if name]
    if row.organisation and any(
        fuzz.token_sort_ratio(_plain(row.organisation), name) >= 90 for name in whose
    ):
        # The same organisation makes a likely title surer, and is not enough alone.
        score, why = min(score + 10, SURE - 1), "organisation"
    return Proposal(row.id, measure.id, round(float(min(score, SURE - 1)), 1), why)


def _length_tells(title: str, name: str) -> float:
    """One shared word must not make a long title the same as a short name."""
    words = (len(set(title.split())), len(set(_plain(name).split())))
    return 1.0 if min(words) > 1 else 0.6


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _score(proposal: Proposal) -> float:
    return proposal.score


def _sums(rows: Iterable[AgencyGrant], key) -> list[Sum]:
    by_key: dict[str, list[AgencyGrant]] = {}
    for row in rows:
        by_key.setdefault(key(row), []).append(row)
    return [
        Sum(
            name,
            len(listed),
            sum(to_ore(row.amount) for row in listed if row.amount is not None),
            sum(row.amount is None for row in listed),
        )
        for name, listed in by_key.items()
    ]


def _largest_first(sums: list[Sum]) -> tuple[Sum, ...]:
    return tuple(sorted(sums, key=lambda each: (-each.amount, each.key)))

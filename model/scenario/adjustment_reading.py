"""Reading the adjustments of a scenario: their keys, what they refer to, and contradictions."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from model.scenario.adjustments import Adjustment
from model.scenario.written import Written

if TYPE_CHECKING:
    from model.reference import Reference

_ADJUSTMENT: TypeAdapter = TypeAdapter(Adjustment)
# More than a person oversees, and a plan that is moved a thousand times takes minutes.
MOST = 200


def read_adjustments(written: Written, said: object) -> tuple[Adjustment, ...]:
    """The adjustments that a file lists, filled in; every fault is told."""
    found: list[Adjustment] = []
    settled: dict[tuple, tuple[str, int]] = {}
    listed = written.items("adjustments", said)
    if len(listed) > MOST:
        written.fault(
            ("adjustments",),
            "{at}: {count} adjustments stand here: a scenario has at most {most}.",
            count=len(listed),
            most=MOST,
        )
        return ()
    for place, each in enumerate(listed):
        at = ("adjustments", place)
        if not isinstance(each, dict):
            written.fault(at, "{at}: expected fields and values.")
            continue
        if _truths(written, each, at):
            continue
        keys = [
            written.known((*at, *name), registry, key) for name, registry, key in _keys_of(each)
        ]
        filled = filled_in(each, written.names.known) if all(keys) else []
        read = []
        for content in filled:
            adjustment = written.validated(_ADJUSTMENT, content, at)
            if adjustment is None:
                break
            read.append(adjustment)
        if read:
            _names(written, read[0], at)
            _contradiction(written, read[0], at, settled)
        found += read
    return tuple(found)


def _truths(written: Written, adjustment: dict, at: tuple) -> bool:
    """Tell of every yes or no where a figure belongs: else ``true`` would count as one."""
    shares = adjustment.get("shares")
    said = [((name,), value) for name, value in adjustment.items()]
    said += (
        [(("shares", of), value) for of, value in shares.items()]
        if isinstance(shares, dict)
        else []
    )
    found = [path for path, value in said if isinstance(value, bool)]
    for path in found:
        written.fault((*at, *path), "{at}: yes and no (true and false) have no meaning here.")
    return bool(found)


def _names(written: Written, adjustment: Adjustment, at: tuple) -> None:
    """Every tag's value, and every loan, is one that there is."""
    where = getattr(adjustment, "where", None)
    for tag, values in where.tags if where else ():
        for value in values:
            written.tag((*at, "where", tag), tag, value)
    for loan in getattr(adjustment, "loans", ()):
        written.loan((*at, "loans"), loan)


def _contradiction(
    written: Written, adjustment: Adjustment, at: tuple, settled: dict[tuple, tuple[str, int]]
) -> None:
    """Two adjustments of one file that settle the same thing: only the later would count."""
    subject = _settles(adjustment)
    if subject in settled:
        other, line = settled[subject]
        written.fault(
            at,
            "{at}: {do} contradicts {other} on line {line}: keep one of them.",
            "contradiction",
            do=adjustment.do,
            other=other,
            line=line,
        )
    elif subject:
        settled[subject] = (adjustment.do, written.located.line(at))


def _settles(adjustment: Adjustment) -> tuple:
    """What an adjustment settles once and for all; empty for what adds to others of its kind."""
    where = getattr(adjustment, "where", None)
    match adjustment.do:
        case "switch_off" | "switch_on":
            return ("switch", where)
        case "calculation_rate":
            return ("rate",)
        case "private_share" | "owner_shares":
            return ("owners", where)
        case "success_rate":
            return ("success", adjustment.source, where)
        case "source_off" | "seek_maximum":
            return ("source", adjustment.source)
        case "rollout":
            return ("rollout", where)
        case "green_share":
            return ("green", where)
        case "green_loans" | "loan_terms":
            return (adjustment.do, adjustment.loans)
    return ()


def _keys_of(adjustment: dict) -> Iterator[tuple[tuple[str, ...], str, object]]:
    """Yield (path, registry, key) of what an adjustment refers to in the reference data."""
    if adjustment.get("source"):
        yield ("source",), "funding", adjustment["source"]
    if adjustment.get("indicator"):
        yield ("indicator",), "indicators", adjustment["indicator"]
    if isinstance(adjustment.get("probability"), str):
        yield ("probability",), "assumptions", adjustment["probability"]
    if _shares_owners(adjustment):
        for owner in adjustment["shares"]:
            yield ("shares", owner), "owners", owner


def _shares_owners(adjustment: dict) -> bool:
    return adjustment.get("do") == "owner_shares" and isinstance(adjustment.get("shares"), dict)


def filled_in(adjustment: dict, known: "Reference") -> list[dict]:
    """The adjustment with what it refers to, so that a scenario stands on its own.

    A probability may name an assumption. Seeking a source's maximum becomes one adjustment for each
    share that the source gives, with that share's owners, unless it says share and owners itself.
    What refers to a missing or invalid entry is left out: that fault has been named.
    """
    probability = adjustment.get("probability")
    if isinstance(probability, str):
        if probability not in known.assumptions:
            return []
        adjustment = adjustment | {"probability": known.assumptions[probability].latest.value}
    if _shares_owners(adjustment):
        owners = [known.owners[key] for key in adjustment["shares"] if key in known.owners]
        about = tuple((each.key, each.kind, each.actor_group) for each in owners)
        return [adjustment | {"owners": about}]
    if adjustment.get("do") != "seek_maximum" or {"share", "owners"} <= adjustment.keys():
        return [adjustment]
    source = known.funding.get(adjustment.get("source") or "")
    if source is None:
        # Its source is missing: as an application it is incomplete, and that is told.
        return [{**adjustment, "owners": (), "share": 0}]
    return [
        {
            "owners": share.owners or source.owners,
            "sectors": source.sectors,
            "share": known.sought_share(share),
            **adjustment,
        }
        for share in source.shares
        if share.capped_by is None or share.capped_by in known.assumptions
    ]

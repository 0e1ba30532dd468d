"""Stages over time and what stands still, in words and tables."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from model.firmness import FIRMNESS, MISSING, Firmness
from model.formatting import MILLION
from model.implementation import Implementation, Move
from model.palette import COVER, GAP
from model.plan import Plan
from model.report import words
from model.standstill import Hold, Overdue, Standstill, Standstills
from model.years import LATER
from ui import format as write
from ui import frame
from ui.charts.stages import Stages
from ui.i18n import _, language, n_
from ui.parts.table import Link, Mark, Table


def stage(key: str) -> str:
    """A stage's name; *okänt* where nobody has said."""
    return words.tag("readiness", key, language())


def year(number: int) -> str:
    """A year, or that it lies after the plan's."""
    return _("after the plan") if number == LATER else str(number)


def columns(found: Implementation) -> tuple[str, ...]:
    """What the chart's columns are called."""
    return (_("Now"), *map(str, found.years))


def shown(found: Implementation, *, money: bool) -> Stages:
    """The chart's data: how many measures, or their whole need."""
    names = (*map(stage, found.stages), write.unknown())
    if money:
        amounts = found.amounts()
        texts = [[write.number(int(ore) / MILLION) for ore in row] for row in amounts]
        return Stages(columns(found), names, amounts / MILLION, texts, _("MSEK"))
    counts = found.counts()
    texts = [[str(count) for count in row] for row in counts]
    return Stages(columns(found), names, counts.astype(float), texts, _("measures"))


def by_year(found: Implementation) -> Table:
    """The chart's table: how many, and their whole need, by stage."""
    counts, amounts = found.counts(), found.amounts()

    def cell(row: int, at: int) -> str:
        if not counts[row, at]:
            return write.number(0)
        return f"{counts[row, at]} · {_amount(int(amounts[row, at]), found, row, at)}"

    return Table(
        _("Measures by the stage that they have reached at least, and their whole need in MSEK"),
        (_("Stage"), *columns(found)),
        [
            (name, *(cell(row, at) for row in range(len(counts))))
            for at, name in enumerate((*map(stage, found.stages), write.unknown()))
            if counts[:, at].any()
        ],
    )


def _amount(ore: int, found: Implementation, row: int, at: int) -> str:
    """The need of those at a stage: *okänt* where none states any, *minst* where some do not."""
    index = at if at < len(found.stages) else -1
    known = found.known[found.stage[row] == index]
    if not known.any():
        return write.unknown()
    return write.at_least(write.mnkr(ore), not known.all())


def by_measure(found: Implementation, plan: Plan) -> Table:
    """Every measure with its stage in each column."""
    return Table(
        _("Every measure and the stage that it has reached at least"),
        (_("Measure"), *columns(found)),
        [
            (
                _measure(plan, int(place)),
                *(stage(found.key(row, column)) for row in range(len(found.stage))),
            )
            for column, place in enumerate(found.places)
        ],
        text=frozenset(range(1, len(found.years) + 2)),
    )


def moves(found: Implementation, plan: Plan, today: date) -> Table:
    """What must move on, year by year, and why."""

    def row(move: Move) -> tuple[str, ...]:
        why = (
            _("is to be taken in use")
            if move.because == "service"
            else _("has something to pay that year")
        )
        late = move.year < today.year
        return (
            _measure(plan, move.place),
            Mark(_("{year}, has passed", year=move.year)) if late else str(move.year),
            stage(move.since),
            stage(move.to),
            why,
            write.mnkr(move.ore),
        )

    return Table(
        _("What must move on at the latest, MSEK"),
        (
            _("Measure"),
            _("Year"),
            _("From"),
            _("To at least"),
            _("Because it"),
            _("To pay that year"),
        ),
        [row(move) for move in found.moves],
        text=frozenset({1, 2, 3, 4}),
    )


def money_by_stage(found: Implementation, firm: Firmness, plan: Plan) -> Table:
    """Which money is tied to which stage: the group's need, all years, by how firm its cover is."""
    stated, counts = plan.tags["readiness"], found.counts()[0]
    named = {**COVER, MISSING: GAP}
    rows, sums = [], np.zeros(len(FIRMNESS), dtype=np.int64)
    for at, key in enumerate((*found.stages, "")):
        if counts[at]:
            places = stated == key
            amounts = np.array([firm.need[each][:, places].sum() for each in FIRMNESS])
            sums += amounts
            rows.append((stage(key), str(counts[at]), *_with_sum(amounts)))
    return Table(
        _("The municipal group's need by stage now and what covers it, MSEK, all years"),
        (
            _("Stage now"),
            _("Measures"),
            _("Investment need"),
            *(_(named[each].word) for each in FIRMNESS),
        ),
        rows,
        total=(_("Sum"), str(counts.sum()), *_with_sum(sums)) if len(rows) > 1 else (),
    )


def _with_sum(amounts: np.ndarray) -> Iterator[str]:
    yield write.mnkr(int(amounts.sum()))
    yield from (write.mnkr(int(ore)) for ore in amounts)


def still(held: Standstills, plan: Plan) -> Table:
    """What stands still: a row per reason, with what would release it."""
    rows = []
    for each in held.still:
        for number, hold in enumerate(each.holds):
            rows.append(
                (
                    _measure(plan, each.place),
                    year(each.year),
                    stage(each.stage),
                    stage(each.step),
                    write.mnkr(hold.ore),
                    _why(hold),
                    releases(hold, each),
                    "" if number else write.mnkr(each.behind),
                )
            )
    return Table(
        _("What stands still, why, and what would set it going, MSEK"),
        (
            _("Measure"),
            _("Needed in"),
            _("Stands at"),
            _("Next step"),
            _("Lacks"),
            _("Waits for"),
            _("What would release it"),
            _("Left to pay in all"),
        ),
        rows,
        total=(
            _("Sum"),
            "",
            "",
            "",
            write.mnkr(held.lacking("decision", "answer", "idea", "money")),
            "",
            "",
            write.mnkr(sum(each.behind for each in held.still)),
        ),
        text=frozenset({1, 2, 3, 5, 6}),
    )


def _why(hold: Hold) -> str:
    said = {
        "decision": _("a decision"),
        "answer": _("an answer"),
        "idea": _("an application"),
        "money": _("money"),
    }[hold.kind]
    if not hold.one_off:
        return said
    if hold.one_off == hold.ore:
        return _("{said}, one-off operating", said=said)
    return _(
        "{said}, of which one-off operating {amount}", said=said, amount=write.money(hold.one_off)
    )


def releases(hold: Hold, of: Standstill) -> str:
    """What would set a measure going again."""
    when = year(of.year)
    sources = ", ".join(
        dict.fromkeys(words.tag("source", grant.source, language()) for grant in hold.grants)
    )
    if hold.kind == "decision":
        return _("the appropriation of {year}, which is planned, is decided", year=when)
    if hold.kind == "answer":
        said = _("an answer from {sources}", sources=sources)
        if any(grant.scheme and grant.scheme.not_started for grant in hold.grants):
            said = _("{said}, which pays nothing for what begins before it", said=said)
        return said
    if hold.kind == "idea":
        days = sorted({g.row.apply_by for g in hold.grants if g.row and g.row.apply_by})
        if days:
            return _("an application to {sources}, by {day}", sources=sources, day=days[0])
        return _("an application to {sources}, or an agreement", sources=sources)
    if hold.requested:
        return _(
            "an appropriation for {year}: {amount} is requested and in no plan",
            year=when,
            amount=write.money(hold.requested),
        )
    return _("an appropriation for {year}, or a grant that nobody has thought of yet", year=when)


def overdue(held: Standstills, plan: Plan) -> Table:
    """Grants whose day has passed."""

    def row(each: Overdue) -> tuple[str, ...]:
        said = {
            "answer": _("the answer was due {day}", day=each.day),
            "payment": _("was to be paid from {day}, and nobody has answered", day=each.day),
            "apply": _("was to be applied for by {day}, and is not", day=each.day),
        }[each.what]
        return (
            _measure(plan, each.place),
            words.tag("source", each.grant.source, language()),
            write.mnkr(each.grant.amount),
            said,
        )

    return Table(
        _("Grants whose day has passed, MSEK"),
        (_("Measure"), _("Source"), _("Amount"), _("What has passed")),
        [row(each) for each in held.overdue],
        text=frozenset({1, 3}),
    )


def not_told(found: Implementation, held: Standstills, shared: int) -> Iterator[str]:
    """What the figures do not say, in sentences."""
    unsaid = found.stated()
    if unsaid:
        yield n_(
            "{count} measure does not state how far it has come: enter its readiness.",
            "{count} measures do not state how far they have come: enter their readiness.",
            unsaid,
        )
    undated = int((found.stage[-1] < 0).sum())
    if undated:
        yield n_(
            "{count} measure states nothing that says how far it is to have come in {year}: enter "
            "when it is taken in use.",
            "{count} measures state nothing that says how far they are to have come in {year}: "
            "enter when they are taken in use.",
            undated,
            year=found.years[-1],
        )
    if held.cannot_tell:
        yield n_(
            "{count} measure of the group states no expenditure: whether it stands still cannot be "
            "told.",
            "{count} measures of the group state no expenditure: whether they stand still cannot "
            "be told.",
            len(held.cannot_tell),
        )
    if shared:
        yield n_(
            "{count} measure is shared and nobody has said who pays what: it is not judged.",
            "{count} measures are shared and nobody has said who pays what: they are not judged.",
            shared,
        )


def _measure(plan: Plan, place: int) -> Link:
    key, name = (str(plan.tags[tag][place]) for tag in ("id", "name"))
    return Link(name, frame.href("atgarder", measure=key))

"""The gap as slides for a council: one message a slide, its answer as the title.

The charts are native and can be edited. Amounts are mnkr. Other actors' need stands beside the
municipal group's and is never stacked on it.
"""

from collections.abc import Iterator
from datetime import date

from model.entries import Figure
from model.formatting import MILLION, capitalise, mnkr
from model.language import DEFAULT, Language
from model.palette import COVER, GAP, MUTED, OWNER_KINDS, Meaning
from model.reference import reference
from model.report import answers, words
from model.report.answers import GROUP
from model.report.council.grid import AtLeast, Grid, Row, Value
from model.report.council.questions.money import to_decide
from model.report.council.written import written
from model.report.deck import PERCENT, Deck, Series
from model.report.seal import sealed
from model.report.view import View
from model.results import Result

MOST_BARS = 10
MOST_ROWS = 7


def gap_slides(
    result: Result, reading: str, language: Language = DEFAULT, today: date | None = None
) -> bytes:
    """The financing gap of a result in one reading, as .pptx with native charts. Amounts in mnkr.

    The first slide is always there; the others when the plan holds what they show. ValueError for
    an unknown reading.
    """
    view = View(result, reading, language, today or date.today())
    deck = Deck(view, f"{result.plan.head.name} · {view.say('Financing gap')}")
    _by_year(deck, view)
    _by_department(deck, view)
    _by_readiness(deck, view)
    _by_owner_kind(deck, view)
    _to_decide(deck, view)
    return sealed(deck.content(), view, "slides")


def _by_year(deck: Deck, view: View) -> None:
    """Need, cover and gap by year: the headline."""
    slide = deck.slide(
        answers.gap_title(view.result, view.reading, view.language),
        answers.subtitle(view.result, view.reading, view.language),
        [_beside(view), _caveats(view)],
        _notes(view),
    )
    rows = view.result.by("year", view.reading, actor_group=GROUP)
    calendar = [row for row in rows if row.need or int(row.key) in _calendar(view)]
    if any(row.need for row in rows):
        keys = [row.key for row in calendar]
        deck.columns(slide, [view.year(key) for key in keys], _stack(view, "year", keys))


def _by_department(deck: Deck, view: View) -> None:
    """Who in the group lacks the most: departments, or sectors where no department is named."""
    by = answers.best_breakdown(view.result, view.reading)
    rows = answers.largest_gaps(view.result, view.reading, by)
    if len(rows) < 2:
        return
    shown, rest = rows[:MOST_BARS], rows[MOST_BARS:]
    names = [answers.short(_label(view, by, row.key)) for row in shown]
    gaps = [row.gap for row in shown]
    if rest:
        names.append(view.say("The other {count}", count=len(rest)))
        gaps.append(sum(row.gap for row in rest))
    shows = {
        "department": "The municipal group's gap by department and company",
        "sector": "The municipal group's gap by sector",
    }[by]
    slide = deck.slide(
        answers.breakdown_title(view.result, view.reading, by, view.language),
        answers.subtitle(view.result, view.reading, view.language, shows),
        [_caveats(view)],
        _notes(view),
    )
    deck.bars(slide, names, [Series(GAP, [_mnkr(gap) for gap in gaps], view.say(GAP.word))])


def _by_readiness(deck: Deck, view: View) -> None:
    """How far the decisions have come: the stretch between pilot and implementation."""
    rows = view.result.by("readiness", view.reading, actor_group=GROUP)
    keys = [row.key for row in rows if row.need]
    if not any(keys):
        return
    slide = deck.slide(
        answers.readiness_title(view.result, view.reading, view.language),
        answers.subtitle(
            view.result,
            view.reading,
            view.language,
            "The municipal group's investment need by how far the decisions have come",
        ),
        [_caveats(view)],
        _notes(view),
    )
    names = [_label(view, "readiness", key) for key in keys]
    deck.columns(slide, names, _stack(view, "readiness", keys))


def _by_owner_kind(deck: Deck, view: View) -> None:
    """Who must invest: public, shared and private, against what Umeå has published."""
    shares = answers.owner_kind_shares(view.result, view.reading)
    if not shares:
        return
    kinds = [kind for kind in OWNER_KINDS if kind in shares or kind != "mixed"]
    slide = deck.slide(
        answers.owners_title(view.result, view.reading, view.language),
        answers.subtitle(
            view.result,
            view.reading,
            view.language,
            "Share of all actors' investment need by kind of owner",
            unit="per cent",
        ),
        [_caveats(view), _umea_source(view)],
        _notes(view),
    )
    meanings = [OWNER_KINDS[kind] for kind in kinds]
    name = view.plan.head.name
    series = [Series(meanings[0], [shares.get(kind, 0.0) for kind in kinds], name)]
    series += _umea(view, kinds)
    names = [view.say(meaning.word) for meaning in meanings]
    deck.bars(slide, names, series, number_format=PERCENT[view.language], colours=meanings)


def _to_decide(deck: Deck, view: View) -> None:
    """What waits for a decision, project by project: the largest, and what the rest add up to."""
    found = to_decide(view.result, view.reading, view.plan.head.first_year, view.language)
    if found.grid is None:
        return
    *rows, total = found.grid.rows
    ranked = sorted(rows, key=lambda row: -_ore(row.values[3]))
    shown, rest = ranked[:MOST_ROWS], ranked[MOST_ROWS:]
    lines = [[answers.short(str(row.values[0])), *_cells(view, found.grid, row)] for row in shown]
    if rest:
        sums = [
            mnkr(sum(_ore(row.values[place]) for row in rest), language=view.language)
            for place in (2, 3)
        ]
        lines.append([view.say("The other {count}", count=len(rest)), "", *sums])
    lines.append([str(total.values[0]), *_cells(view, found.grid, total)])
    slide = deck.slide(
        answers.under_scenario(view.result, found.sentence, view.language),
        answers.subtitle(
            view.result,
            "secured",
            view.language,
            "What waits for a decision of the municipal group, the largest first",
        ),
        [_caveats(view)],
        _notes(view),
    )
    deck.table(slide, [column.label for column in found.grid.columns], lines, words=2)


def _cells(view: View, grid: Grid, row: Row) -> list[str]:
    return [
        written(column, value, view.language)
        for column, value in zip(grid.columns[1:], row.values[1:], strict=True)
    ]


def _ore(value: Value) -> int:
    return int(value.figure if isinstance(value, AtLeast) else value or 0)


def _umea(view: View, kinds: list[str]) -> Iterator[Series]:
    """Umeå's published shares, in grey, unless the plan is Umeå's own."""
    if _published(view):
        private = float(_published(view).central)
        shares = {"private": private, "public": 1 - private}
        umea = words.name(reference().municipalities[answers.UMEA], view.language)
        yield Series(Meaning(umea, MUTED), [shares.get(kind) for kind in kinds], umea)


def _published(view: View) -> Figure | None:
    """Umeå's published private share, to compare another plan with."""
    return None if view.plan.head.municipality == answers.UMEA else answers.umea_private_share()


def _umea_source(view: View) -> str:
    """Where Umeå's share is published."""
    figure = _published(view)
    if figure is None:
        return ""
    title = reference().sources[figure.source].title
    text = view.say("Umeå: {source}, {place}", source=title, place=figure.source_ref)
    if figure.status != "verified":
        text += f" ({view.say('unverified')})"
    return text


def _stack(view: View, by: str, keys: list[str]) -> list[Series]:
    """What covers the group's need by status, and the gap on top; nothing that is all zero."""
    rows = {row.key: row for row in view.result.by(by, view.reading, actor_group=GROUP)}
    amounts = {status: dict.fromkeys(keys, 0) for status in COVER}
    for row in view.result.cover(by, view.reading, actor_group=GROUP):
        if row.key in rows and row.key in amounts[row.status]:
            amounts[row.status][row.key] += row.amount
    stacked = [(COVER[status], found) for status, found in amounts.items()]
    stacked.append((GAP, {key: rows[key].gap for key in keys}))
    # An empty cell instead of a zero: a bar of no height would still draw its outline.
    return [
        Series(meaning, [_mnkr(found[key]) or None for key in keys], view.say(meaning.word))
        for meaning, found in stacked
        if any(found.values())
    ]


def _label(view: View, by: str, key: str) -> str:
    """A category's name: as somebody wrote it, or *Okänt* with a capital as the others have."""
    return view.tag(by, key) if key else capitalise(view.tag(by, key))


def _beside(view: View) -> str:
    """What stands beside the group's gap: the need of other actors, and what is shared."""
    return " · ".join(answers.beside(view.result, view.reading, view.language))


def _caveats(view: View) -> str:
    return " · ".join(answers.caveats(view.result, view.reading, view.language))


def _notes(view: View) -> list[str]:
    """For whoever presents: what counts, what the scenario changes, where it comes from."""
    head = view.plan.head
    reading = view.say(words.READINGS[view.reading]), view.say(words.READING_MEANS[view.reading])
    return [
        view.version,
        f"{view.say('Reading')}: {reading[0]} – {reading[1]}",
        view.scenario,
        *words.adjustments(view.result.scenario, view.language, view.result.base),
        view.prices,
        view.say("Source: {source}", source=head.source or view.say("unknown")),
        head.note,
    ]


def _calendar(view: View) -> range:
    head = view.plan.head
    return range(head.first_year, head.last_year + 1)


def _mnkr(ore: int) -> float:
    return ore / MILLION

"""Scenarios compared, to take along: a slide with a native chart, and the tables as a workbook."""

from dataclasses import dataclass
from datetime import date

from model.compared import Amount, Comparison, Line, who_pays
from model.comparison import gap_steps
from model.difference import Difference
from model.formatting import MILLION
from model.language import DEFAULT, Language
from model.palette import COVER, GAP
from model.report import answers, words
from model.report import compared as said
from model.report.changes import compared_title
from model.report.council.book import council_workbook
from model.report.council.grid import AtLeast, Column, Grid, Partly, Row, Value
from model.report.deck import Deck, Series
from model.report.seal import sealed
from model.report.view import View


@dataclass(frozen=True, eq=False)
class Compared(View):
    """What a document of several scenarios shows. ``result`` is the first one."""

    names: tuple[str, ...] = ()

    @property
    def scenario(self) -> str:
        """``scenarier: Planen som den är, Två år senare``"""
        return self.say("scenarios: {scenarios}", scenarios=", ".join(self.names))


def compared_slides(
    comparison: Comparison, language: Language = DEFAULT, today: date | None = None
) -> bytes:
    """Who pays in each scenario, as .pptx; in its notes every figure, and the steps to each."""
    view = _view(comparison, language, today)
    deck = Deck(view, f"{view.plan.head.name} · {view.say('Compare scenarios')}")
    shows = "The municipal group's need in each scenario, by what covers it"
    slide = deck.slide(
        compared_title(comparison.standings, language),
        answers.subtitle(view.result, view.reading, language, shows),
        [" · ".join(answers.caveats(view.result, view.reading, language))],
        _notes(comparison, view),
    )
    if any(each.group.need for each in comparison.standings):
        deck.columns(slide, view.names, _stack(comparison, view))
    return sealed(deck.content(), view, "slides")


def compared_workbook(comparison: Comparison, language: Language = DEFAULT) -> bytes:
    """Every figure of each scenario, and the steps to each, as .xlsx in thousand kronor."""
    view = _view(comparison, language)
    grids = [
        _figures(comparison, view, "Amounts", ("nominal", "real")),
        _figures(comparison, view, "Tonnes", ("tonnes",)),
        *(_way(found, view) for found in _steps(comparison)),
    ]
    return council_workbook(view.result, view.reading, grids, language, view)


def _view(comparison: Comparison, language: Language, today: date | None = None) -> Compared:
    names = (words.scenario(each.scenario, language) for each in comparison.results)
    first = comparison.results[0]
    return Compared(first, comparison.reading, language, today or date.today(), tuple(names))


def _steps(comparison: Comparison) -> list[Difference]:
    first, *others = comparison.results
    return [gap_steps(first, other, comparison.reading) for other in others]


def _stack(comparison: Comparison, view: Compared) -> list[Series]:
    """What covers the group's need by status, and the gap on top; nothing that is all zero."""
    covers = [who_pays(result, view.reading) for result in comparison.results]
    stacked = [(meaning, [cover[key] for cover in covers]) for key, meaning in COVER.items()]
    stacked.append((GAP, [each.group.gap for each in comparison.standings]))
    # An empty cell instead of a zero: a bar of no height would still draw its outline.
    return [
        Series(meaning, [ore / MILLION or None for ore in amounts], view.say(meaning.word))
        for meaning, amounts in stacked
        if any(amounts)
    ]


def _notes(comparison: Comparison, view: Compared) -> list[str]:
    """For whoever presents: every figure, and what makes each difference, step by step."""
    language = view.language
    listed = [said.caption(comparison, language)]
    for row in said.rows(comparison, language):
        cells = zip(said.columns(comparison, language)[1:], row[1:], strict=True)
        listed.append(f"{row[0]}: " + "; ".join(f"{name} {cell}" for name, cell in cells if cell))
    for found in _steps(comparison):
        listed += ["", said.difference_title(found, "gap", view.result, language)]
        listed += [
            f"{number}. {said.step_says(step, view.result, language)}: "
            f"{said.change_says(step.change, 'gap', language)}"
            for number, step in enumerate(found.steps, 1)
        ]
        listed.append(said.order_says(found, language))
    return [*listed, *said.notes(comparison, language)]


def _figures(comparison: Comparison, view: Compared, title: str, units: tuple[str, ...]) -> Grid:
    """The lines of some units, a column for each scenario and one for its difference."""
    kind = "tonnes" if "tonnes" in units else "money"
    labels = said.columns(comparison, view.language)
    lines = [line for line in comparison.lines if line.unit in units]
    return Grid(
        view.say(title),
        (Column("", "text"), *(Column(label, kind, adds=False) for label in labels[1:])),
        tuple(Row((_label(line, view), *_values(line))) for line in lines),
        tuple(said.notes(comparison, view.language)),
    )


def _label(line: Line, view: Compared) -> str:
    """What a line is; of real prices also of which year, as the sheet says only its own."""
    year = {"year": line.year} if line.year else {}
    text = view.say(said.LABELS[line.key], **year)
    if not line.price_years:
        return text
    years = "/".join(map(str, line.price_years))
    return f"{text}, {view.say('{year} prices', year=years)}"


def _values(line: Line) -> list[Value]:
    first, *others = zip(line.amounts, line.differences, strict=True)
    return [_value(first[0]), *(value for a, change in others for value in (_value(a), change))]


def _value(amount: Amount) -> Value:
    if amount.mid is None:
        return None
    if amount.partly:
        return Partly(amount.mid)
    if amount.from_below and amount.low == amount.high:
        return AtLeast(amount.mid)
    return amount.mid


def _way(found: Difference, view: Compared) -> Grid:
    """The steps from the first scenario to another, with what they come to."""
    before, after = (words.scenario(each, view.language) for each in (found.before, found.after))
    steps = tuple(
        Row((said.step_says(step, view.result, view.language), step.change, step.after, step.alone))
        for step in found.steps
    )
    rows = (Row((before, "", found.start, "")), *steps)
    return Grid(
        after,
        (
            Column("", "text"),
            Column(view.say("Change")),
            Column(view.say("Afterwards"), adds=False),
            Column(view.say("By itself"), adds=False),
        ),
        (
            *rows,
            Row((after, found.change, found.end, ""), "total", tuple(range(1, len(rows)))),
        ),
        (
            said.difference_title(found, "gap", view.result, view.language),
            said.order_says(found, view.language),
        ),
    )

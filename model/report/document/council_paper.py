"""The plan as one Word file, chapter by chapter, for the council's papers.

The expected reading never stands in it: a mean over outcomes is no figure to decide on.
"""

from datetime import date

from model.errors import KlimatinvestError
from model.formatting import capitalise
from model.language import DEFAULT, Language
from model.reference import reference
from model.report import words
from model.report.document import appendices, money_chapters, value_chapters
from model.report.document.desk import Desk
from model.report.document.paper import Paper
from model.report.house_style import house_style
from model.report.seal import hash_of, sealed
from model.report.view import View
from model.results import EXPECTED, Result

# In the order of the contracts' investment plan (section 5.3) and of a council paper.
CHAPTERS = (
    money_chapters.summary,
    money_chapters.need,
    money_chapters.owners,
    money_chapters.decisions,
    money_chapters.gap,
    money_chapters.financing,
    money_chapters.operating,
    value_chapters.benefits,
    value_chapters.risks,
    value_chapters.proposals,
    appendices.every_measure,
    appendices.every_assumption,
    appendices.changes,
)


def council_paper(
    result: Result, reading: str, language: Language = DEFAULT, today: date | None = None
) -> bytes:
    """The plan of a result as .docx. Amounts in MSEK.

    KlimatinvestError for the expected reading; StaleWrite when somebody has changed the plan since
    the result was read.
    """
    if reading == EXPECTED:
        raise KlimatinvestError(
            "The expected value stands in no council paper: choose secured, planned or best case."
        )
    view = View(result, reading, language, today or date.today())
    head = result.plan.head
    whose = municipality(view)
    title = view.say(
        "Climate investment plan {first}–{last}", first=head.first_year, last=head.last_year
    )
    paper = Paper(
        view, house_style(head.municipality), f"{whose}: {title}", view.marked(f"{whose} · {title}")
    )
    desk = Desk(paper, view)
    paper.cover(whose, title, view.say("Paper for the council"), _facts(view))
    paper.contents()
    for chapter in CHAPTERS:
        chapter(desk)
    return sealed(paper.content(), view, "document")


def municipality(view: View) -> str:
    """The municipality's name; the plan's own where it names none."""
    known = reference().municipalities.get(view.plan.head.municipality)
    return words.name(known, view.language) if known else view.plan.head.name


def _facts(view: View) -> list[tuple[str, str]]:
    """What the document was made from, for its first page."""
    head, say, result = view.plan.head, view.say, view.result
    reading = capitalise(say(words.READING_MEANS[view.reading]))
    return [
        (say("Plan"), f"{head.name} ({head.id})"),
        (say("Version of the plan"), str(view.plan.version)),
        (
            say("Scenario"),
            f"{words.scenario(result.scenario, view.language)} ({result.scenario.hash})",
        ),
        (say("Reading"), f"{say(words.READINGS[view.reading])}: {reading}"),
        (say("Price level"), capitalise(words.price_level(view.plan, view.language))),
        (say("VAT"), capitalise(words.vat(view.plan, view.language))),
        (say("System boundary"), capitalise(say(words.BOUNDARIES[head.system_boundary]))),
        (say("Source"), head.source or say("unknown")),
        (say("Made on"), view.today.isoformat()),
        (say("Checksum of the figures"), hash_of(result, view.reading)[:16]),
    ]

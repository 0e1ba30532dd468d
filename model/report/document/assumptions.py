"""The assumptions that a document's figures rest on, each with its source and status."""

from decimal import Decimal

from model.entries import Assumption, DatedValue
from model.formatting import number, unknown
from model.reference import reference
from model.report import words
from model.report.document.desk import Desk, first, words_of
from model.results import Result

# Rules and settings that every plan's figures are made with.
_ALWAYS = (
    "economy/calculation_rate",
    "accounting/internal_interest",
    "plans/mid_value",
    "plans/undated_first_year",
)
_INDEX = "economy/consumer_price_index"
_DECIMALS = 6
STATUSES = {"verified": "verified", "unverified": "unverified", "stated": "the plan's own"}


def used(result: Result) -> list[tuple[Assumption, DatedValue]]:
    """Each assumption once with the value that counts: rules and settings, the factors behind
    effects that are worked out, and what benefits are valued with.

    What only the mean over outcomes of applications uses is none of them.
    """
    known, head = result.assumptions(), result.plan.head
    named = [key for key in known if key.startswith("plans/") and key in head.note]
    found = {key: known[key].latest for key in (*named, *_ALWAYS) if key in known}
    for worked in result.activities():
        for derived in worked.derived:
            for level in derived.levels:
                for factor in (level.before, level.after):
                    if factor is not None:
                        found.setdefault(factor.assumption.key, factor.value)
    for benefit in result.benefits():
        if benefit.state in ("valued", "counted"):
            for each in benefit.inputs:
                found.setdefault(each.assumption.key, each.value)
            if benefit.price and benefit.price.converted:
                found.setdefault(_INDEX, known[_INDEX].latest)
    return [(known[key], value) for key, value in found.items()]


def assumptions_table(desk: Desk) -> None:
    """Every one of them in a table."""
    say, language = desk.say, desk.view.language
    desk.rows(
        say("Assumptions that the figures rest on"),
        [
            first(say("Assumption")),
            *words_of(say("Value"), width=2.4),
            *words_of(say("Checked"), width=1.3),
            *words_of(say("Source"), width=4.4),
        ],
        [
            (
                words.name(each, language),
                _value(desk, each, value),
                say(STATUSES[value.status]),
                _source(value),
            )
            for each, value in used(desk.view.result)
        ],
        notes=[
            say(
                "Unverified is what has not been found in its source. The tool's other assumptions "
                "move no figure of this document."
            )
        ],
        prices=say("price level as each row says"),
    )


def _value(desk: Desk, assumption: Assumption, value: DatedValue) -> str:
    language = desk.view.language
    if value.value is None:
        text = value.text_en if language == "en" else value.text
        return text or unknown(language=language)
    unit = reference().units.get(assumption.unit)
    share = assumption.unit in ("share", "per year")

    def figure(each: Decimal) -> str:
        exact = each * 100 if share else each
        places = max(-int(exact.normalize().as_tuple().exponent), 0)
        return number(exact, min(places, _DECIMALS), language=language)

    text = figure(value.value)
    if value.low is not None and value.high is not None and value.low != value.high:
        text += f" ({figure(value.low)}–{figure(value.high)})"
    if assumption.unit == "share":
        text += "\u00a0%"
    elif share:
        text = desk.say("{share} a year", share=f"{text}\u00a0%")
    elif unit is not None and assumption.unit not in ("number", "factor", "index", "rule"):
        text += f" {words.name(unit, language)}"
    if isinstance(value.price_year, int):
        text += ", " + desk.say("{year} prices", year=value.price_year)
    return text


def _source(value: DatedValue) -> str:
    source = reference().sources.get(value.source)
    if source is None:
        return ", ".join(filter(None, [value.source, value.source_ref]))
    said = f"{source.publisher} {source.year}".strip()
    return ", ".join(filter(None, [f"{source.title} ({said})", value.source_ref]))

"""Titles of the pages' own charts: each says its answer with a number, under its scenario.

Beside :mod:`model.report.answers`, which holds what slides and workbooks say too.
"""

from model.formatting import SPACE, money
from model.language import DEFAULT, Language, translate
from model.report import answers
from model.report.answers import GROUP, figures, under_scenario, until
from model.report.largest import most_by_year
from model.report.lines import MISSING, Line
from model.results import Result


def overview(result: Result, reading: str, language: Language = DEFAULT) -> str:
    """``Kommunkoncernen behöver investera 3,3 miljarder till 2030: inget av det är täckt``."""
    sums = figures(result, reading)
    if not sums.need:
        return answers.gap_title(result, reading, language)
    if not sums.gap:
        template = "The municipal group needs to invest {need} {until}, and all of it is covered"
    elif not sums.covered:
        template = "The municipal group needs to invest {need} {until}, and none of it is covered"
    else:
        template = (
            "The municipal group needs to invest {need} {until}: {covered} is covered and "
            "{gap} is missing"
        )
    text = translate(
        template,
        language,
        need=money(sums.need, lower_bound=sums.from_below, language=language),
        covered=money(sums.covered, language=language),
        gap=money(sums.gap, language=language),
        until=until(result.plan, language),
    )
    return under_scenario(result, text, language)


def of_chart(
    result: Result,
    by: str,
    reading: str,
    lines: tuple[Line, ...],
    language: Language = DEFAULT,
) -> str:
    """The title of the group's chart by one of ``lines.BREAKDOWNS``."""
    say = {"year": _years, "source": _sources, "readiness": _readiness, "actor_group": _steps}
    if by in say:
        return say[by](result, reading, lines, language)
    return answers.breakdown_title(result, reading, by, language)


def _years(result: Result, reading: str, lines: tuple[Line, ...], language: Language) -> str:
    """``Mest saknas 2027: 79,0 av 199,0 mnkr``"""
    gaps = [line.gap for line in lines]
    if not any(gaps):
        return answers.gap_title(result, reading, language)
    whole = sum(gaps)
    from_below = figures(result, reading, GROUP).from_below
    text = most_by_year(
        [line.label[:1].lower() + line.label[1:] for line in lines],
        gaps,
        "Most is missing {when}: {part_of_whole}",
        "Most is missing {when}: {part} a year, of {whole}",
        "As much is missing every year {years}: {part} a year, {whole} in all",
        language,
        whole=_money(whole, language, from_below),
        part_of_whole=_part(max(gaps), whole, language, from_below),
    )
    return under_scenario(result, text, language)


def _sources(result: Result, reading: str, lines: tuple[Line, ...], language: Language) -> str:
    """``Egna medel täcker mest: 55,0 av 123,0 mnkr``"""
    paying = [line for line in lines if line.key != MISSING]
    if not paying:
        text = translate("No money counts in this reading", language)
        return under_scenario(result, text, language)
    text = translate(
        "{source} covers the most: {part_of_whole}",
        language,
        source=paying[0].label,
        part_of_whole=_part(paying[0].need, sum(line.need for line in paying), language),
    )
    return under_scenario(result, text, language)


def _readiness(result: Result, reading: str, lines: tuple[Line, ...], language: Language) -> str:
    """``74,0 mnkr saknas mellan pilot och genomförande``, where anything is known of it."""
    if any(line.key for line in lines):
        return answers.readiness_title(result, reading, language)
    text = translate("How far the decisions have come is unknown for every measure", language)
    return under_scenario(result, text, language)


def _steps(result: Result, reading: str, lines: tuple[Line, ...], language: Language) -> str:
    """``123,0 av 322,0 mnkr är täckt``"""
    sums = figures(result, reading, GROUP)
    if not sums.need:
        return answers.gap_title(result, reading, language)
    if not sums.covered:
        need = _money(sums.need, language, sums.from_below)
        text = translate("Nothing of {need} is covered", language, need=need)
    else:
        text = translate(
            "{part_of_whole} is covered",
            language,
            part_of_whole=_part(sums.covered, sums.need, language, sums.from_below),
        )
    return under_scenario(result, text, language)


def _part(part: int, whole: int, language: Language, from_below: bool = False) -> str:
    """``79,0 av 199,0 mnkr``: the unit once where both have it, *minst* where the whole is that."""
    part_text, whole_text = _money(part, language), _money(whole, language, from_below)
    figure, _space, unit = part_text.partition(SPACE)
    if whole_text.endswith(SPACE + unit):
        part_text = figure
    return translate("{part} of {whole}", language, part=part_text, whole=whole_text)


def _money(amount: int, language: Language, from_below: bool = False) -> str:
    return money(amount, lower_bound=from_below, language=language)

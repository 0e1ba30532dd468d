"""What a scenario changes, in one sentence with its number."""

from collections.abc import Sequence
from fractions import Fraction

from model.comparison import Change, Standing, change
from model.formatting import money, percent
from model.language import DEFAULT, Language, translate
from model.report import words
from model.report.answers import figures, gap_title, under_scenario, until
from model.report.largest import in_years, years_of_most
from model.results import Result


def change_title(as_is: Result, result: Result, reading: str, language: Language = DEFAULT) -> str:
    """``Två år senare: 254,0 mnkr saknas till 2032, 55,0 mnkr mer än i planen som den är``."""
    if not (result.scenario.changes and result.base.size[1]):
        return gap_title(result, reading, language)
    sums, found = figures(result, reading), change(as_is, result, reading)
    text = translate(
        _template(sums.need, sums.gap, found),
        language,
        amount=money(sums.gap, lower_bound=sums.from_below, language=language),
        until=until(result.plan, language),
        difference=money(abs(found.gap), language=language),
        moved=money(found.moved, language=language),
    )
    return under_scenario(result, text, language)


def compared_title(standings: Sequence[Standing], language: Language = DEFAULT) -> str:
    """``Minst saknas med …: 199,0 mnkr; mest med …: 291,4 mnkr``."""
    least = min(standings, key=lambda standing: standing.group.gap)
    most = max(standings, key=lambda standing: standing.group.gap)
    if least.group.gap == most.group.gap:
        return translate(
            "As much is missing in each of them: {amount}",
            language,
            amount=_missing(most, language),
        )
    return translate(
        "Least is missing with {least}: {low}; most with {most}: {high}",
        language,
        least=words.scenario(least.scenario, language),
        low=_missing(least, language),
        most=words.scenario(most.scenario, language),
        high=_missing(most, language),
    )


def most_covered_title(standings: Sequence[Standing], language: Language = DEFAULT) -> str:
    """``Störst del är täckt med …: 123,0 mnkr av 322,0 mnkr``."""
    needed = [standing.group for standing in standings if standing.group.need]
    parts = [Fraction(group.covered, group.need) for group in needed]
    if not parts or not max(parts):
        return translate("Nothing is covered in any of the scenarios", language)
    if max(parts) == min(parts):
        return translate(
            "As large a part is covered in each of them: {share}",
            language,
            share=percent(float(parts[0]), language=language),
        )
    best = needed[parts.index(max(parts))]
    scenario = next(standing.scenario for standing in standings if standing.group is best)
    return translate(
        "The largest part is covered with {scenario}: {covered} of {need}",
        language,
        scenario=words.scenario(scenario, language),
        covered=money(best.covered, language=language),
        need=money(best.need, lower_bound=best.from_below, language=language),
    )


def worst_year_title(gaps: Sequence[tuple[str, str, int]], language: Language = DEFAULT) -> str:
    """``Mest saknas 2028 med …: 110,0 mnkr`` of gaps by (scenario, year, öre)."""
    scenario, year, gap = max(gaps, key=lambda each: each[2])
    if not gap:
        return translate("Nothing is missing in any year", language)
    # Rounded as it is read: what is as much in several years is not the most in one of them.
    if len(years_of_most(gaps, [each[2] for each in gaps])) > 1:
        return translate(
            "At most {amount} is missing in one year",
            language,
            amount=money(gap, language=language),
        )
    return translate(
        "The most in one year is missing {when} with {scenario}: {amount}",
        language,
        when=in_years([year], language),
        scenario=scenario,
        amount=money(gap, language=language),
    )


def _template(need: int, gap: int, found: Change) -> str:
    if not need:
        return "The municipal group has no investment need"
    if not gap:
        return (
            "Nothing is missing {until}, {difference} less than in the plan as it is"
            if found.gap
            else "Nothing is missing {until}, as in the plan as it is"
        )
    if found.gap > 0:
        return "{amount} is missing {until}, {difference} more than in the plan as it is"
    if found.gap < 0:
        return "{amount} is missing {until}, {difference} less than in the plan as it is"
    if found.moved:
        return (
            "{amount} is missing {until}, as much as in the plan as it is, but {moved} in other "
            "years"
        )
    return "{amount} is missing {until}, as much as in the plan as it is"


def _missing(standing: Standing, language: Language) -> str:
    sums = standing.group
    if not sums.gap:
        return translate("nothing", language)
    return money(sums.gap, lower_bound=sums.from_below, language=language)

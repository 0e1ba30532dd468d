"""The answer in one sentence, with its number: titles of pages, slides and sheets alike.

The headline is the municipal group's gap. Other actors have a need that stands beside it and is
never called a gap of the municipality's. Texts are plain: what a person has named (a department, a
plan) stands in them as typed, and a screen escapes it.
"""

from dataclasses import dataclass

from model.entries import Figure
from model.formatting import SPACE, capitalise, money, percent
from model.language import DEFAULT, Language, translate, translate_plural
from model.owners import members
from model.partly_known import PartlyKnown
from model.plan import Plan
from model.reference import reference
from model.report import words
from model.results import Result
from model.store.breakdowns import GapRow
from model.years import LATER

GROUP = "municipal_group"
UMEA = "2480"
# Where a breakdown's largest gap is, by (somebody has it, there is no other).
_PLACES = {
    (True, False): "{where} lacks the most: {part} of {whole}",
    (True, True): "The whole gap of {whole} is with {where}",
    (False, False): "Most is missing in {where}: {part} of {whole}",
    (False, True): "The whole gap of {whole} is in {where}",
}


@dataclass(frozen=True)
class GroupFigures(PartlyKnown):
    """One actor group's part of a plan in one reading: sums in whole öre, counts of measures."""

    need: int
    covered: int
    gap: int
    one_off: int
    one_off_gap: int
    measures: int
    unknown: int
    lower_bounds: int


def figures(
    result: Result, reading: str, actor_group: str | None = GROUP, level: str = "mid"
) -> GroupFigures:
    """The sums of an actor group (of everyone where None), with expenditure at low, mid or high."""
    rows = result.groups(reading, level)
    chosen = [row for group, row in rows.items() if actor_group in (None, group)]
    plan, mask = result.plan, members(result.plan, actor_group)
    return GroupFigures(
        **{
            name: sum(getattr(row, name) for row in chosen)
            for name in ("need", "covered", "gap", "one_off", "one_off_gap")
        },
        measures=int(mask.sum()),
        unknown=int((mask & ~plan.known).sum()),
        lower_bounds=int((mask & plan.lower_bound).sum()),
    )


def gap_title(
    result: Result, reading: str, language: Language = DEFAULT, actor_group: str = GROUP
) -> str:
    """``1,9 miljarder saknas till 2030, mest hos Öresundskraft AB``, the scenario before it.

    For other actors and for what is shared: how much needs to be invested.
    """
    if not result.base.size[1]:
        # Nobody has said that nothing is needed.
        return translate("The plan is empty: what must be invested is not known", language)
    if actor_group != GROUP:
        return need_title(result, reading, language, actor_group)
    sums = figures(result, reading)
    fields = {"until": until(result.plan, language)}
    if sums.gap:
        fields["amount"] = money(sums.gap, lower_bound=sums.from_below, language=language)
        template, where = _where_most(result, reading, language)
        text = translate(template, language, **fields, where=where)
    elif sums.need:
        template = (
            "The whole need that is known is covered {until}"
            if sums.from_below
            else "The whole need is covered {until}"
        )
        text = translate(template, language, **fields)
    elif sums.unknown:
        text = translate("How much the municipal group needs to invest is unknown", language)
    else:
        text = translate("The municipal group has no investment need in the plan", language)
    return under_scenario(result, text, language)


def need_title(
    result: Result, reading: str, language: Language = DEFAULT, actor_group: str = "other"
) -> str:
    """``Andra aktörer behöver investera 8,2 miljarder till 2030``."""
    sums = figures(result, reading, actor_group)
    who = translate(words.ACTOR_GROUPS[actor_group], language)
    if not sums.need:
        template = (
            "{who}: how much needs to be invested is unknown"
            if sums.unknown
            else "{who}: no investment need in the plan"
        )
    elif actor_group == "shared":
        template = "{amount} in shared measures {until}, nobody has said who pays what"
    else:
        template = "{who} need to invest {amount} {until}"
    text = translate(
        template,
        language,
        who=who,
        amount=money(sums.need, lower_bound=sums.from_below, language=language),
        until=until(result.plan, language),
    )
    return under_scenario(result, text, language)


def breakdown_title(
    result: Result, reading: str, by: str = "department", language: Language = DEFAULT
) -> str:
    """``Mest saknas hos Öresundskraft AB: 2,0 av minst 3,3 miljarder``, of the group's gap."""
    rows = largest_gaps(result, reading, by)
    if not rows or not rows[0].key:
        return gap_title(result, reading, language)
    sums = figures(result, reading)
    whole = money(sums.gap, lower_bound=sums.from_below, language=language)
    part = money(rows[0].gap, language=language)
    figure, _, unit = part.partition(SPACE)
    template = _PLACES[by in ("department", "owner"), len(rows) == 1]
    text = translate(
        template,
        language,
        where=short(words.tag(by, rows[0].key, language)),
        # The unit is said once where both have it.
        part=figure if whole.endswith(SPACE + unit) else part,
        whole=whole,
    )
    return under_scenario(result, text, language)


def readiness_title(result: Result, reading: str, language: Language = DEFAULT) -> str:
    """``54,0 mnkr saknas mellan pilot och genomförande``: decided on, and not yet procured."""
    stages = reference().readiness
    gap = sum(
        row.gap
        for row in result.by("readiness", reading, actor_group=GROUP)
        if row.key in stages and stages[row.key].messy_middle
    )
    template = (
        "{amount} is missing between pilot and implementation"
        if gap
        else "Nothing is missing between pilot and implementation"
    )
    text = translate(template, language, amount=money(gap, language=language))
    return under_scenario(result, text, language)


def owners_title(result: Result, reading: str, language: Language = DEFAULT) -> str:
    """``Minst 61 % av investeringsbehovet är privat; i Umeå omkring 80 %``."""
    shares = owner_kind_shares(result, reading)
    if not shares:
        return under_scenario(
            result, translate("The plan has no investment need yet", language), language
        )
    private = percent(shares.get("private", 0), language=language)
    template = (
        "At least {share} of the investment need is private"
        if shares.get("mixed")
        else "{share} of the investment need is private"
    )
    text = translate(template, language, share=private)
    published = umea_private_share()
    if published is not None and result.plan.head.municipality != UMEA:
        umea = percent(published.central, language=language)
        text += translate(", in Umeå about {share}", language, share=umea)
    return under_scenario(result, text, language)


def largest_gaps(result: Result, reading: str, by: str, actor_group: str = GROUP) -> list[GapRow]:
    """The keys with a gap, the largest first."""
    rows = [row for row in result.by(by, reading, actor_group=actor_group) if row.gap]
    return sorted(rows, key=lambda row: (-row.gap, row.key))


def best_breakdown(result: Result, reading: str) -> str:
    """What tells best where the group's gap is: department where they are named, else sector."""
    if not (result.plan.tags["department"] != "").any():
        return "sector"
    rows = largest_gaps(result, reading, "department")
    return "department" if rows and rows[0].key else "sector"


def owner_kind_shares(result: Result, reading: str) -> dict[str, float]:
    """Public, shared and private parts of the whole plan's need, summing to 1; {} without need."""
    rows = result.by("owner_kind", reading)
    whole = sum(row.need for row in rows)
    return {row.key: row.need / whole for row in rows if row.need} if whole else {}


def umea_private_share() -> Figure | None:
    """What Umeå's contract says of the private share of its need; None where data has it not."""
    umea = reference().municipalities.get(UMEA)
    found = [figure for figure in umea.figures if figure.key == "private_share"] if umea else []
    return found[0] if found else None


def subtitle(
    result: Result,
    reading: str,
    language: Language = DEFAULT,
    shows: str = "The municipal group's investment need by what covers it",
    unit: str = "MSEK",
) -> str:
    """What is shown, unit, price level, VAT, reading and plan version, in one line.

    ``shows`` and ``unit`` are English msgids.
    """
    head = result.plan.head
    parts = (
        f"{translate(shows, language)}, {translate(unit, language)}",
        f"{words.price_level(result.plan, language)}, {words.vat(result.plan, language)}",
        reading_label(reading, language),
        translate(
            "{plan}, version {version}", language, plan=head.name, version=result.plan.version
        ),
    )
    return " · ".join(parts)


def reading_label(reading: str, language: Language = DEFAULT) -> str:
    """``läsart: säkrat``."""
    name = translate(words.READINGS[reading], language)
    return translate("reading: {reading}", language, reading=name[:1].lower() + name[1:])


def caveats(result: Result, reading: str, language: Language = DEFAULT) -> tuple[str, ...]:
    """What a reader must know before using the figures, most important first; often nothing."""
    plan = result.plan
    found = []
    if plan.head.example:
        found.append(translate("EXAMPLE: invented figures", language))
    if reading == "expected":
        found.append(translate("Expected value – not for decision papers", language))
    sums = figures(result, reading, None)
    if sums.need and not len(plan.grants.measure) and not _has_appropriations(plan):
        found.append(
            translate("The plan states no grants or appropriations: its gap is its need", language)
        )
    for count, one, many in (
        (
            sums.unknown,
            "{count} of {measures} measures has no known amount",
            "{count} of {measures} measures have no known amount",
        ),
        (
            sums.lower_bounds,
            "{count} measure is known only from below (at least)",
            "{count} measures are known only from below (at least)",
        ),
        (
            int(plan.unconverted.sum()),
            "{count} measure in real prices could not be converted",
            "{count} measures in real prices could not be converted",
        ),
        (
            int((members(plan, GROUP) & plan.vat["included"]).sum()),
            "{count} measure of the municipal group counts amounts with VAT",
            "{count} measures of the municipal group count amounts with VAT",
        ),
    ):
        if count:
            found.append(translate_plural(one, many, count, language, measures=sums.measures))
    return tuple(found)


def short(text: str, longest: int = 60) -> str:
    """A name that fits a title, with … where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def beside(result: Result, reading: str, language: Language = DEFAULT) -> tuple[str, ...]:
    """What stands beside the group's gap: the need of other actors, and what is shared."""
    texts = {
        "other": "Beside it other actors need to invest {amount}",
        "shared": "{amount} more is shared between actors, split unknown",
    }
    found = {group: figures(result, reading, group) for group in texts}
    return tuple(
        capitalise(
            translate(
                texts[group],
                language,
                amount=money(sums.need, lower_bound=sums.from_below, language=language),
            )
        )
        for group, sums in found.items()
        if sums.need
    )


def not_counted(reading: str) -> tuple[str, ...]:
    """The statuses of cover that the reading does not count."""
    counted = {
        "secured": (),
        "planned": ("planned",),
        "expected": ("planned", "applied"),
        "best_case": ("planned", "applied", "idea"),
    }[reading]
    return tuple(status for status in ("planned", "applied", "idea") if status not in counted)


def _where_most(result: Result, reading: str, language: Language) -> tuple[str, str]:
    """The template of the title that says where most of the gap is, and the place's name."""
    by = best_breakdown(result, reading)
    rows = largest_gaps(result, reading, by)
    if not rows[0].key:
        return "{amount} is missing {until}", ""
    where = short(words.tag(by, rows[0].key, language))
    if by == "sector":
        most, all_ = (
            "{amount} is missing {until}, the largest part in {where}",
            "{amount} is missing {until}, all of it in {where}",
        )
    else:
        most, all_ = (
            "{amount} is missing {until}, the largest part with {where}",
            "{amount} is missing {until}, all of it with {where}",
        )
    return (all_ if len(rows) == 1 else most), where


def until(plan: Plan, language: Language) -> str:
    """``till 2030``, or from the first year on where money lies beyond the plan's years."""
    if plan.years[-1] == LATER and plan.need.mid[-1].any():
        return translate("from {year} on", language, year=plan.head.first_year)
    return translate("until {last}", language, last=plan.head.last_year)


def under_scenario(result: Result, text: str, language: Language) -> str:
    """The sentence with its scenario before it, unless that is the plan as it is."""
    text = capitalise(text)
    if not result.scenario.changes:
        return text
    return f"{words.scenario(result.scenario, language)}: {text}"


def _has_appropriations(plan: Plan) -> bool:
    given = plan.appropriations
    return any(
        table.any()
        for table in (
            given.decided_gross,
            given.decided_net,
            given.planned_gross,
            given.planned_net,
        )
    )

"""The chapters about money: need, owners, decisions, gap, financing analysis, operating impact."""

from model.formatting import capitalise
from model.report import answers, titles, words
from model.report import financing as financing_words
from model.report.answers import GROUP, GroupFigures
from model.report.council.decisions import decisions_and_money
from model.report.council.financing_table import financing_table
from model.report.council.investment_plan import investment_plan
from model.report.council.not_prioritised import not_prioritised
from model.report.council.operating_impact import operating_impact
from model.report.council.questions import money, operation
from model.report.council.readiness import decision_status
from model.report.council.sections import by_payer
from model.report.document.charts import gap_by_year
from model.report.document.desk import Desk, figures_of, first, tag
from model.results import EXPECTED, READINGS


def summary(desk: Desk) -> None:
    """The answer, the figures behind it, and what to know before using them."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Summary"))
    desk.paper.text(titles.overview(result, reading, language) + ".")
    analysis = result.financing("municipality", reading)
    asked = (
        operation.operating_cost(result, reading, desk.year, language),
        money.to_decide(result, reading, desk.year, language),
    )
    desk.paper.points(
        [
            *answers.beside(result, reading, language),
            say("Operating budget: {answer}", answer=_inside(asked[0].sentence)),
            say(
                "Financing of what is decided: {answer}",
                answer=_inside(financing_words.answer(analysis, language)),
            ),
            say("To decide: {answer}", answer=_inside(asked[1].sentence)),
        ]
    )
    levels = ("low", "mid", "high")
    ours = {level: answers.figures(result, reading, GROUP, level) for level in levels}
    rows = [
        (say(label), *(_known(desk, ours[level], name) for level in levels))
        for label, name in (
            ("Investment need", "need"),
            ("Covered by decided or granted money", "covered"),
            ("Missing", "gap"),
            ("One-off operating expenditure, beside", "one_off"),
            ("of which missing", "one_off_gap"),
        )
    ]
    desk.rows(
        say("{title}, MSEK", title=say("The municipal group's need, cover and gap")),
        [first(""), *figures_of(say("Low"), say("Mid"), say("High"))],
        rows,
    )
    desk.paper.heading(say("To know about the figures"), 2)
    desk.paper.points(
        [
            *answers.caveats(result, reading, language),
            say(
                "The reading is {reading}: {means}.",
                reading=_inside(say(words.READINGS[reading])),
                means=say(words.READING_MEANS[reading]),
            ),
            say(
                "Decision and money are two things and are never added: an appropriation allows "
                "the expenditure, grants, own funds and loans pay it."
            ),
            say("What is not known stands as unknown and is in no sum."),
            *_scenario(desk),
        ]
    )


def need(desk: Desk) -> None:
    """What must be invested, when and in what."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Need"))
    desk.paper.text(
        say(
            "The need is the investment expenditure that the measures are to pay, year by year. "
            "Studies, project management and contributions to others are one-off operating "
            "expenditure and stand beside."
        )
    )
    chart = gap_by_year(view)
    if chart is not None:
        desk.paper.chart(
            chart,
            say(
                "{title}, MSEK",
                title=say("The municipal group's investment need by what covers it"),
            ),
            desk.under(),
        )
    for by, caption in (
        ("year", "The municipal group's need, cover and gap by year"),
        ("sector", "The municipal group's need, cover and gap by sector"),
    ):
        rows = result.by(by, reading, actor_group=GROUP)
        if by != "year":
            rows = sorted(rows, key=lambda row: (-row.gap, -row.need, row.key))
        listed = [row for row in rows if row.need or row.one_off or by == "year"]
        desk.rows(
            say("{title}, MSEK", title=say(caption)),
            [
                first(capitalise(say(words.TAGS[by]))),
                *figures_of(
                    say("Investment need"),
                    say("Covered"),
                    say("Missing"),
                    say("One-off operating expenditure"),
                ),
            ],
            [
                (
                    view.year(row.key) if by == "year" else tag(desk, by, row.key),
                    *map(desk.mnkr, (row.need, row.covered, row.gap, row.one_off)),
                )
                for row in listed
            ],
            (
                say("Sum"),
                *(_sum(desk, listed, name) for name in ("need", "covered", "gap", "one_off")),
            ),
            _unknown(desk, answers.figures(result, reading)),
        )
    desk.grid(investment_plan(result, reading, language))


def owners(desk: Desk) -> None:
    """Who must invest, and which of it is the municipality's to finance."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Who must invest"))
    desk.paper.text(
        answers.owners_title(result, reading, language) + ".",
        say(
            "The financing gap is the municipal group's. Other actors have an investment need, and "
            "no financing gap of the municipality's: the two are never added without saying so."
        ),
    )
    groups = {group: answers.figures(result, reading, group) for group in words.ACTOR_GROUPS}
    desk.rows(
        say("{title}, MSEK", title=say("Investment need by actor group")),
        [
            first(""),
            *figures_of(
                say("Measures"), say("of which unknown"), say("Investment need"), say("Missing")
            ),
        ],
        [
            (
                say(words.ACTOR_GROUPS[group]),
                str(sums.measures),
                str(sums.unknown),
                _known(desk, sums, "need"),
                _known(desk, sums, "gap") if group == GROUP else say("not applicable"),
            )
            for group, sums in groups.items()
            if sums.measures
        ],
    )
    rows = sorted(result.by("owner", reading), key=lambda row: (-row.need, row.key))
    desk.rows(
        say("{title}, MSEK", title=say("Investment need by owner, all actors")),
        [first(say("Owner")), *figures_of(say("Investment need"))],
        [(tag(desk, "owner", row.key), desk.mnkr(row.need)) for row in rows if row.need],
        (say("Sum, all actors"), desk.mnkr(sum(row.need for row in rows))),
        _unknown(desk, answers.figures(result, reading, None)),
    )
    lines = by_payer(result, reading, language)
    desk.rows(
        say("{title}, MSEK", title=say("Who pays for the group's investments in the end")),
        [
            first(""),
            *figures_of(say("Investment need"), say("Covered"), say("Missing")),
        ],
        [(each.label, *map(desk.mnkr, (each.need, each.covered, each.gap))) for each in lines],
        (
            say("Sum of the municipal group"),
            *(_sum(desk, lines, name) for name in ("need", "covered", "gap")),
        ),
    )


def decisions(desk: Desk) -> None:
    """What is decided, which money pays, and how far each project has come."""
    view, say = desk.view, desk.say
    desk.paper.heading(say("Decisions and money"), across=True)
    desk.paper.text(
        say(
            "A decision (appropriation) is the council's leave to spend. Money is grants, own "
            "funds and loans. Loans do not stand at a project: they are worked out once a year in "
            "the financing analysis."
        )
    )
    desk.grid(decisions_and_money(view.result, view.reading, view.language))
    desk.grid(decision_status(view.result, view.reading, view.language))


def gap(desk: Desk) -> None:
    """What is missing, in each reading, with whom, and what falls below the line."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Financing gap"))
    desk.paper.text(answers.gap_title(result, reading, language) + ".")
    shown = [each for each in READINGS if each != EXPECTED]
    desk.rows(
        say("{title}, MSEK", title=say("What the municipal group is missing in each reading")),
        [first(say("Reading")), first(say("What counts")), *figures_of(say("Missing"))],
        [
            (
                say(words.READINGS[each]),
                capitalise(say(words.READING_MEANS[each])),
                _known(desk, answers.figures(result, each), "gap"),
            )
            for each in shown
        ],
    )
    desk.paper.text(money.without_grants(result, reading, desk.year, language).sentence + ".")
    by = answers.best_breakdown(result, reading)
    rows = answers.largest_gaps(result, reading, by)
    if rows:
        desk.rows(
            say("{title}, MSEK", title=say("The municipal group's gap, the largest first")),
            [
                first(capitalise(say(words.TAGS[by]))),
                *figures_of(say("Investment need"), say("Covered"), say("Missing")),
            ],
            [
                (tag(desk, by, row.key), *map(desk.mnkr, (row.need, row.covered, row.gap)))
                for row in rows
            ],
            (
                say("Sum"),
                *(_sum(desk, rows, name) for name in ("need", "covered", "gap")),
            ),
        )
    desk.paper.heading(say("Not prioritised"), 2)
    below = not_prioritised(result, language)
    if below.rows:
        desk.grid(below)
    else:
        desk.paper.text(say("Every measure of the group has money in some year of the plan."))


def financing(desk: Desk) -> None:
    """Whether the decided appropriations have money: municipality and group apart."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Financing analysis"))
    for level in ("municipality", "group"):
        analysis = result.financing(level, reading)
        desk.paper.heading(say(financing_words.LEVELS[level]), 2)
        desk.paper.text(financing_words.answer(analysis, language) + ".")
        desk.paper.points(
            [
                f"{says} – {_inside(goes)}"
                for says, goes in (
                    financing_words.target_words(each, language)
                    for each in result.financial_targets(level, reading)
                )
            ]
        )
        desk.grid(financing_table(analysis, language))


def operating(desk: Desk) -> None:
    """What the measures do to the operating budget, in the municipality's book."""
    view, say = desk.view, desk.say
    result, reading, language = view.result, view.reading, view.language
    desk.paper.heading(say("Operating impact"), across=True)
    found = operation.operating_cost(result, reading, desk.year, language)
    saved = operation.savings(result, reading, desk.year, language)
    desk.paper.text(found.sentence + ".", saved.sentence + ".")
    desk.paper.points([*found.notes, *saved.notes])
    desk.grid(operating_impact(result, reading, "municipality", language=language))


def _known(desk: Desk, sums: GroupFigures, name: str) -> str:
    """A sum, *okänt* where nothing of it is known and *minst* where a bound is part of it."""
    amount = getattr(sums, name)
    if not amount and sums.measures and sums.measures == sums.unknown:
        return desk.say("unknown")
    return desk.mnkr(amount, name in ("need", "gap") and sums.at_least(amount))


def _sum(desk: Desk, rows, name: str) -> str:
    """The group's rows added up, *minst* where some of its measures are not known."""
    group = answers.figures(desk.view.result, desk.view.reading)
    amount = sum(getattr(row, name) for row in rows)
    return desk.mnkr(amount, name in ("need", "gap") and group.at_least(amount))


def _unknown(desk: Desk, sums: GroupFigures) -> list[str]:
    if not sums.unknown:
        return []
    return [
        desk.view.count(
            "{count} measure has no known amount and is in no sum.",
            "{count} measures have no known amount and are in no sum.",
            sums.unknown,
        )
    ]


def _scenario(desk: Desk) -> list[str]:
    result, language = desk.view.result, desk.view.language
    changed = words.adjustments(result.scenario, language, result.base)
    if not changed:
        return []
    name = words.scenario(result.scenario, language)
    return [
        desk.say(
            "The figures are under the scenario {scenario}: {changes}.",
            scenario=name,
            changes="; ".join(changed),
        )
    ]


def _inside(text: str) -> str:
    """A sentence inside another."""
    return text[:1].lower() + text[1:]

"""Which measures first: the best choice for a goal, as on the page *Prioritera*."""

import argparse

from model.command_line.view import Add, choose_view, result_of
from model.errors import InvalidData


def add(command: Add) -> None:
    """Add it."""
    best = command("optimise", _optimise, _show, "which measures, and when, best meet a goal")
    choose_view(best)
    best.add_argument(
        "--aim", choices=("most", "least_cost", "smallest_gap", "per_krona"), default="most"
    )
    best.add_argument(
        "--of",
        choices=("tonnes_a_year", "tonnes", "benefit"),
        default="tonnes_a_year",
        help="what counts: tonnes a year when all is done, tonnes until the last year, benefit",
    )
    best.add_argument("--at-least", type=float, help="so much of it is to be reached")
    best.add_argument("--total", type=_mnkr, metavar="MNKR", help="own money over all years")
    best.add_argument(
        "--budget",
        action="append",
        default=[],
        metavar="[YEAR=]MNKR",
        help="own money of a year, or of each",
    )
    best.add_argument("--years", metavar="FIRST-LAST", help="the plan's years by default")
    best.add_argument("--level", choices=("municipality", "group"), default="group")
    best.add_argument("--unclear", action="store_true", help="count effects of unclear basis")
    best.add_argument("--most-delay", type=int, default=20, metavar="YEARS")
    best.add_argument("--not-committed", action="store_true", help="what has begun may be left out")
    best.add_argument("--must", action="append", default=[], metavar="MEASURE")
    best.add_argument("--never", action="append", default=[], metavar="MEASURE")
    best.add_argument("--earliest", action="append", default=[], metavar="MEASURE=YEAR")
    best.add_argument("--excludes", action="append", default=[], metavar="MEASURE=MEASURE")
    best.add_argument("--requires", action="append", default=[], metavar="MEASURE=NEEDED")
    best.add_argument(
        "--capacity",
        action="append",
        default=[],
        metavar="TAG:VALUE[@YEAR]=MNKR",
        help="whole expenditure at most, such as department:Gatunämnden@2027=40, or @each for "
        "every year; 2st for measures, 500t for tonnes",
    )
    best.add_argument(
        "--minimum",
        action="append",
        default=[],
        metavar="TAG:VALUE=MNKR",
        help="the same at least, such as sector:transport=20 or district:Centrum=2st",
    )
    best.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="SOURCE[@YEAR]=MNKR",
        help="at most so much from a source",
    )
    best.add_argument(
        "--seek", action="append", default=[], metavar="SOURCE[=MNKR]", help="seek more from it"
    )
    best.add_argument("--probability", type=float, help="of new applications; the assumption")
    best.add_argument("--debt-ceiling", action="store_true", help="keep under it")
    best.add_argument(
        "--self-financing", action="append", default=[], metavar="SHARE", help="at least, as 80%%"
    )
    best.add_argument("--seconds", type=float, default=10.0, help="the best found by then")
    best.add_argument(
        "--robust", type=int, metavar="DRAWS", help="the same in so many drawn worlds: what lasts"
    )
    best.add_argument("--seed", type=int, help="of the draws; the usual one by default")
    best.add_argument(
        "--frontier",
        nargs="?",
        type=int,
        const=10,
        metavar="POINTS",
        help="the least own money for ever more, instead",
    )


def _optimise(asked) -> dict:
    from model.report import robust
    from model.report.prioritised import document

    result = result_of(asked)
    goal = _goal(asked, result)
    if asked.robust is not None and asked.frontier is not None:
        raise InvalidData("Ask for --robust or for --frontier, one at a time.")
    if asked.robust is not None:
        seed = {} if asked.seed is None else {"seed": asked.seed}
        answer = robust.document(result.robust(goal, asked.robust, **seed))
    elif asked.frontier is not None:
        answer = robust.curve(result.frontier(goal, asked.frontier))
    else:
        answer = document(result.prioritised(goal))
    return {"plan": result.plan.head.id, "scenario": result.scenario.id, **answer}


def _show(answer: dict) -> str:
    from model.report import robust
    from model.report.prioritised import lines

    write = robust.lines if "draws" in answer else robust.curve_lines
    said = lines(answer) if "chosen" in answer else write(answer)
    return f"{answer['plan']}, scenario {answer['scenario']}\n{said}"


def _goal(asked, result):
    from model.optimise.conditions import amount, keeping, pair, whole
    from model.optimise.goal import SourceLimit, over
    from model.reference import reference

    if asked.probability is not None and not asked.seek:
        raise InvalidData(
            "--probability is that of new applications: name their source too, with --seek."
        )
    years = {}
    if asked.years:
        first, last = pair(asked.years, "-")
        years = {"first": whole(first), "last": whole(last)}
    usual = float(reference().assumptions["funding/application_success"].latest.value)
    chance = usual if asked.probability is None else asked.probability
    sought = [each.partition("=") for each in asked.seek]
    goal = over(
        result.plan,
        aim=asked.aim,
        of=asked.of,
        at_least=asked.at_least,
        total=asked.total,
        level=asked.level,
        reading=asked.reading,
        unclear=asked.unclear,
        most_delay=asked.most_delay,
        committed=not asked.not_committed,
        must=tuple(asked.must),
        never=tuple(asked.never),
        sources=tuple(
            SourceLimit(key, amount(most) if most else None, seek=True, probability=chance)
            for key, _, most in sought
        ),
        debt_ceiling=asked.debt_ceiling,
        seconds=asked.seconds,
        **years,
    )
    said = {
        "capacity": asked.capacity,
        "minimum": asked.minimum,
        "earliest": asked.earliest,
        "excludes": asked.excludes,
        "requires": asked.requires,
        "cap": asked.source,
        "self_financing": asked.self_financing,
    }
    return _with(keeping(goal, said), asked.budget)


def _with(goal, budget: list[str]):
    from model.optimise.conditions import amount, whole
    from model.optimise.goal import same_but

    by_year: dict[int, int] = {}
    for said in budget:
        year, equals, most = said.rpartition("=")
        for each in [whole(year)] if equals else goal.years:
            by_year[each] = amount(most)
    return same_but(goal, budget=tuple(sorted(by_year.items())))


def _mnkr(said: str) -> int:
    from model.optimise.conditions import amount

    try:
        return amount(said)
    except InvalidData as error:
        raise argparse.ArgumentTypeError(str(error)) from error

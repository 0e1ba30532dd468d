"""Which measures first: the best choice for a goal, as on the page *Prioritera*."""

import argparse
from decimal import Decimal

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
        help="whole expenditure at most, such as department:Gatunämnden@2027=40",
    )
    best.add_argument(
        "--minimum", action="append", default=[], metavar="TAG:VALUE=MNKR", help="the same at least"
    )
    best.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="SOURCE=MNKR",
        help="at most so much from a source",
    )
    best.add_argument(
        "--seek", action="append", default=[], metavar="SOURCE[=MNKR]", help="seek more from it"
    )
    best.add_argument("--probability", type=float, help="of new applications; the assumption")
    best.add_argument("--debt-ceiling", action="store_true", help="keep under it")
    best.add_argument("--self-financing", type=Decimal, metavar="SHARE", help="at least")
    best.add_argument("--seconds", type=float, default=10.0, help="the best found by then")


def _optimise(asked) -> dict:
    from model.report.prioritised import document

    result = result_of(asked)
    answer = document(result.prioritised(_goal(asked, result)))
    return {"plan": result.plan.head.id, "scenario": result.scenario.id, **answer}


def _show(answer: dict) -> str:
    from model.report.prioritised import lines

    return f"{answer['plan']}, scenario {answer['scenario']}\n{lines(answer)}"


def _goal(asked, result):
    from model.optimise.goal import SourceLimit, over
    from model.reference import reference

    years = {}
    if asked.years:
        first, last = _pair(asked.years, "-")
        years = {"first": _whole(first), "last": _whole(last)}
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
        earliest=tuple((key, _whole(year)) for key, year in map(_pair, asked.earliest)),
        excludes=tuple(map(_pair, asked.excludes)),
        requires=tuple(map(_pair, asked.requires)),
        at_most=tuple(map(_bound, asked.capacity)),
        minimum=tuple(map(_bound, asked.minimum)),
        debt_ceiling=asked.debt_ceiling,
        self_financing=asked.self_financing,
        seconds=asked.seconds,
        **years,
    )
    usual = float(reference().assumptions["funding/application_success"].latest.value)
    chance = usual if asked.probability is None else asked.probability
    sought = {each.partition("=")[0]: each.partition("=")[2] for each in asked.seek}
    capped = dict(map(_pair, asked.source)) | {key: said for key, said in sought.items() if said}
    sources = tuple(
        SourceLimit(
            key,
            _amount(capped[key]) if key in capped else None,
            seek=key in sought,
            probability=chance,
        )
        for key in dict.fromkeys([*capped, *sought])
    )
    return _with(goal, sources, asked.budget)


def _with(goal, sources, budget: list[str]):
    from model.optimise.goal import same_but

    by_year: dict[int, int] = {}
    for said in budget:
        year, equals, amount = said.rpartition("=")
        for each in [_whole(year)] if equals else goal.years:
            by_year[each] = _amount(amount)
    return same_but(goal, sources=sources, budget=tuple(sorted(by_year.items())))


def _bound(said: str):
    from model.optimise.goal import Bound

    where, amount = _pair(said)
    where, _, year = where.partition("@")
    tag, value = _pair(where, ":")
    return Bound(tag, value, _amount(amount), year=_whole(year) if year else 0)


def _pair(said: str, sign: str = "=") -> tuple[str, str]:
    left, found, right = said.rpartition(sign)
    if not found or not left or not right:
        raise InvalidData(
            "“{found}” is not understood: expected two parts with {sign} between.",
            found=said,
            sign=sign,
        )
    return left, right


def _whole(said: str) -> int:
    if not said.isascii() or not said.isdigit():
        raise InvalidData("“{found}” is no year: expected four digits.", found=said)
    return int(said)


def _amount(said: str) -> int:
    """Million kronor as öre, read as a form reads it."""
    from model.forms.kinds import Amount, Unreadable
    from model.money import to_ore

    try:
        return to_ore(Amount("mnkr").read(said))
    except (Unreadable, TypeError, ValueError) as error:
        raise InvalidData(
            "“{found}” is no amount in million kronor. Write a number such as 12,5.", found=said
        ) from error


def _mnkr(said: str) -> int:
    try:
        return _amount(said)
    except InvalidData as error:
        raise argparse.ArgumentTypeError(str(error)) from error

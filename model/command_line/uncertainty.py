"""How sure the gap is."""

import argparse
import sys

from model.command_line.view import Add, choose_reading, choose_scenario, result_of

_NO_AMOUNT = "“{found}” is no amount in kronor: expected a number from 0 with at most 14 digits."


def add(command: Add) -> None:
    """Add it."""
    simulate = command("simulate", _simulate, _show, "the gap in many worlds, and what it hangs on")
    simulate.add_argument("plan", nargs="?", help="id of the plan; the first one by default")
    choose_scenario(simulate)
    choose_reading(simulate, "expected")
    simulate.add_argument("--draws", type=int, default=4096, help="how many worlds are drawn")
    simulate.add_argument("--seed", type=int, default=2030, help="the same seed, the same digits")
    simulate.add_argument(
        "--correlation", type=float, help="between costs, 0 to 1; the assumption's by default"
    )
    simulate.add_argument(
        "--common",
        choices=("sector", "all"),
        default="sector",
        help="which costs move together: those of a sector, or all",
    )
    simulate.add_argument(
        "--effect-correlation",
        type=float,
        help="between effects, 0 to 1; the assumption's by default, none where it says nothing",
    )
    simulate.add_argument(
        "--shape",
        choices=("triangular", "pert"),
        default="triangular",
        help="of a range from low over central to high",
    )
    simulate.add_argument(
        "--points",
        choices=("sobol", "latin"),
        default="sobol",
        help="Sobol's points, or Latin hypercubes",
    )
    simulate.add_argument(
        "--under",
        "--within",
        dest="within",
        type=_ore,
        default=-1,
        metavar="KRONOR",
        help="how often the gap is at most so much; the central gap by default",
    )
    simulate.add_argument(
        "--book",
        choices=("municipality", "department", "group", "fee"),
        default="municipality",
        help="whose operating budget",
    )
    simulate.add_argument("--everybody", action="store_true", help="not only the municipal group")


def _simulate(asked) -> dict:
    from model.report.uncertainty import answer
    from model.uncertainty import settings_of

    result = result_of(asked)
    chosen = {"draws": asked.draws, "seed": asked.seed, "reading": asked.reading}
    chosen |= {"common": asked.common, "shape": asked.shape, "spread": asked.points}
    for name in ("correlation", "effect_correlation"):
        if getattr(asked, name) is not None:
            chosen[name] = getattr(asked, name)
    if asked.everybody:
        chosen["actor_group"] = None
    settings = settings_of(result.assumptions(), **chosen)
    tell = _tell if sys.stderr.isatty() else None
    return answer(result, settings, asked.within, asked.book, tell)


def _ore(kronor: str) -> int:
    from model.money import to_ore

    try:
        ore = to_ore(kronor)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(_NO_AMOUNT.format(found=kronor)) from error
    if not 0 <= ore < 10**16:
        raise argparse.ArgumentTypeError(_NO_AMOUNT.format(found=kronor))
    return ore


def _tell(done: int, of: int) -> None:
    """How far it is, on a line of its own that is written over."""
    print(f"\r{done} of {of} draws", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _show(found: dict) -> str:
    from model.report.uncertainty import lines

    return lines(found)

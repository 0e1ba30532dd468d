"""Scenarios beside each other, and what makes one become another."""

import argparse

from model.command_line.view import Add, choose_plan, choose_reading, result_of
from model.errors import InvalidData


def add(command: Add) -> None:
    """Add it."""
    compare = command(
        "compare",
        _compare,
        _show,
        "two to six scenarios side by side, and step by step how the first becomes each other",
    )
    compare.add_argument(
        "scenarios", nargs="+", metavar="SCENARIO", help="ids; the first is measured against"
    )
    choose_plan(compare)
    choose_reading(compare)


def _compare(asked) -> dict:
    from model.compared import compared
    from model.comparison import MOST
    from model.report.compared_data import answer

    chosen = list(dict.fromkeys(asked.scenarios))
    if not 2 <= len(chosen) <= MOST:
        raise InvalidData(
            "Different scenarios named: {count}. Expected 2 to {most}; name ids such as plan and "
            "costs_plus_30.",
            count=len(chosen),
            most=MOST,
        )
    results = [result_of(argparse.Namespace(plan=asked.plan, scenario=key)) for key in chosen]
    refuse_the_same(chosen, [result.scenario.hash for result in results])
    return answer(compared(results, asked.reading))


def refuse_the_same(named: list[str], hashes: list[str]) -> None:
    """Two names for one scenario (``plan+plan`` and ``plan``) would be compared with each other."""
    first: dict[str, str] = {}
    for name, found in zip(named, hashes, strict=True):
        if found in first:
            raise InvalidData(
                "{one} and {other} are the same scenario: name each once.",
                one=first[found],
                other=name,
            )
        first[found] = name


def _show(found: dict) -> str:
    from model.report.compared_data import lines

    return lines(found)

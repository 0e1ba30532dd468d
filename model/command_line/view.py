"""What commands share: which plan is looked at, under which scenario and in which reading."""

import argparse
from collections.abc import Callable

from model.errors import NotFound

# Adds a command: name, what it does, how its answer is shown, and help.
Add = Callable[[str, Callable, Callable, str], argparse.ArgumentParser]


def choose_plan(parser: argparse.ArgumentParser) -> None:
    """Which plan."""
    parser.add_argument("--plan", help="id of the plan; the first one by default")


def choose_view(parser: argparse.ArgumentParser) -> None:
    """Which plan, scenario and reading."""
    choose_plan(parser)
    choose_scenario(parser)
    choose_reading(parser)


def choose_scenario(parser: argparse.ArgumentParser) -> None:
    """Which scenario."""
    parser.add_argument("--scenario", default="plan", help="id of a scenario; the plan as it is")


def choose_reading(parser: argparse.ArgumentParser, reading: str = "secured") -> None:
    """Which reading, ``reading`` where none is named."""
    parser.add_argument(
        "--reading",
        choices=("secured", "planned", "expected", "best_case"),
        default=reading,
        help="what counts as covered",
    )


def result_of(asked):
    """The result that the arguments ask for. NotFound for a scenario that does not exist."""
    from model.reference import reference
    from model.results import results

    scenarios = reference().scenarios
    if asked.scenario not in scenarios:
        raise NotFound(
            "There is no scenario {scenario}; there are {known}.",
            scenario=asked.scenario,
            known=", ".join(scenarios),
        )
    return results(asked.plan, scenarios[asked.scenario])

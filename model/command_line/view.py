"""What commands share: which plan is looked at, under which scenario and in which reading."""

import argparse
from collections.abc import Callable

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
    parser.add_argument(
        "--scenario",
        default="plan",
        help="id of a scenario, shipped or saved in the plan; several with + between",
    )


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
    from model.results import results, scenario_of

    plan_id = asked.plan or results().base.head.id
    return results(plan_id, scenario_of(asked.scenario, plan_id))

"""What follows from what is known of a plan's measures, step by step."""

from model.command_line.view import Add, choose_plan


def add(command: Add) -> None:
    """Add the command."""
    choose_plan(
        command(
            "activities",
            _activities,
            _show,
            "effects from activity: formula, factor with source, and what is asked for",
        )
    )


def _activities(asked) -> dict:
    from model.report.activities import document
    from model.results import results

    return document(results(asked.plan), "en")


def _show(answer: dict) -> str:
    from model.report.activities import lines

    return lines(answer)

"""What the measures are worth: benefits, who gains, and what is asked for."""

from model.command_line.view import Add, choose_plan, choose_scenario, result_of
from model.errors import NotFound


def add(command: Add) -> None:
    """Add it."""
    benefits = command(
        "benefits", _benefits, _show, "what a plan's effects are worth, to whom, and what drives it"
    )
    choose_plan(benefits)
    choose_scenario(benefits)
    benefits.add_argument(
        "--prefer",
        action="append",
        default=[],
        metavar="BENEFIT",
        help="of benefits that value the same thing this one counts, such as climate_eib",
    )
    benefits.add_argument(
        "--together",
        action="store_true",
        help="ranges of sums: everything low at once; else as independent uncertainties",
    )


def _benefits(asked) -> dict:
    from model.reference import reference
    from model.report import benefits

    known = reference().benefits
    for key in asked.prefer:
        if key not in known:
            raise NotFound(
                "There is no benefit {benefit}; there are {known}.",
                benefit=key,
                known=", ".join(known),
            )
    return benefits.answer(result_of(asked), tuple(asked.prefer), together=asked.together)


def _show(answer: dict) -> str:
    from model.report import benefits

    return benefits.lines(answer)

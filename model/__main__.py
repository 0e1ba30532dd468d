"""The command line: ``python -m model``. The same functions as the pages, JSON on request.

Exit code 0 when done, 2 with a message on standard error when not.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable

from model.command_line import (
    activities,
    benefits,
    climate,
    compare,
    emissions,
    finance,
    gap,
    implementation,
    optimise,
    published,
    reports,
    scenario,
    store,
    uncertainty,
    workbooks,
    workshops,
)
from model.errors import InvalidData, KlimatinvestError, Violation


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    said = sys.argv[1:] if arguments is None else arguments
    asked = _parser().parse_args(said)
    try:
        _refuse_what_is_no_text(said)
        answer = asked.run(asked)
    except KlimatinvestError as error:
        print(f"klimatinvest: {error}", file=sys.stderr)
        for violation in error.violations:
            print(f"  {_line(violation)}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"klimatinvest: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    told = json.dumps(answer, ensure_ascii=False, indent=1) if asked.json else asked.show(answer)
    try:
        print(told, flush=True)
    except BrokenPipeError:
        # Whoever reads has had enough; what is left goes nowhere, also at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m model",
        description="Klimatinvest on the command line: climate investment plans and their gap.",
        epilog="The database is var/klimatinvest.duckdb, or what KLIMATINVEST_DB names.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable, show: Callable, help_text: str):
        added = commands.add_parser(name, help=help_text, description=help_text)
        added.add_argument("--json", action="store_true", help="answer in JSON")
        added.set_defaults(run=run, show=show)
        return added

    for module in (
        gap,
        finance,
        activities,
        benefits,
        emissions,
        climate,
        compare,
        implementation,
        published,
        optimise,
        scenario,
        uncertainty,
        workbooks,
        reports,
        workshops,
        store,
    ):
        module.add(command)
    return parser


def _refuse_what_is_no_text(said: list[str]) -> None:
    """Bytes that are no UTF-8 reach Python as half characters, which no store can keep."""
    for each in said:
        readable = each.encode(errors="replace").decode()
        if readable != each:
            raise InvalidData(
                "The argument {found} is no text in UTF-8: type it again, or rename the file.",
                found=readable,
            )


def _line(violation: Violation) -> str:
    return f"{violation.severity} {violation.code} {violation.ref}: {violation.message}"


if __name__ == "__main__":
    sys.exit(main())

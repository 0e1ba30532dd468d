"""The command line: ``python -m model``. The same functions as the pages, JSON on request.

Exit code 0 when done, 2 with a message on standard error when not.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from model.errors import InvalidData, KlimatinvestError, NotFound, Violation
from model.money import kronor_text
from model.years import year_label


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        answer = asked.run(asked)
    except KlimatinvestError as error:
        print(f"klimatinvest: {error}", file=sys.stderr)
        for violation in error.violations:
            print(f"  {_line(violation)}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"klimatinvest: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    said = json.dumps(answer, ensure_ascii=False, indent=1) if asked.json else asked.show(answer)
    try:
        print(said, flush=True)
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

    command("plans", _plans, _show_plans, "list the plans")
    gap = command("gap", _gap, _show_gap, "the financing gap of a plan under a scenario")
    _choose_view(gap)
    gap.add_argument("--by", choices=_GAP_BY, default="year", help="what to break the gap down by")
    rules = command(
        "rules", _rules, _show_rules, "grants against the rules of their sources, and what to seek"
    )
    rules.add_argument("--plan", help="id of the plan; the first one by default")
    rules.add_argument("--scenario", default="plan", help="id of a scenario; the plan as it is")
    books = command("operating", _operating, _show_operating, "what a plan does to the books")
    _choose_view(books)
    books.add_argument(
        "--book",
        choices=("department", "municipality", "group", "fee"),
        default="municipality",
        help="whose result: a department pays internal interest, the others that of loans",
    )
    books.add_argument(
        "--interest-base",
        choices=("net", "gross"),
        default="net",
        help="internal interest on book value net of undissolved grants, or gross",
    )
    financing = command(
        "financing", _financing, _show_financing, "whether a plan's investments have money"
    )
    _choose_view(financing)
    financing.add_argument(
        "--level",
        choices=("municipality", "group"),
        default="municipality",
        help="the municipality alone, or the group with its companies",
    )
    financing.add_argument(
        "--basis",
        choices=("decided", "need"),
        default="decided",
        help="expenditure that money of the reading covers, or the whole need",
    )
    financing.add_argument(
        "--interest",
        choices=("0", "1", "2"),
        default="0",
        help="percentage points more on what is not bound",
    )
    economics = command("economics", _economics, _show_economics, "whether the measures pay")
    _choose_view(economics)
    economics.add_argument(
        "--view",
        choices=("municipality", "owner", "society"),
        default="society",
        help="whose money: the municipal group's, the owner's, or what society gains",
    )
    economics.add_argument(
        "--tax-factor", action="store_true", help="society: add what taxes cost to what they pay"
    )
    for name, run, help_text in (
        ("read", _read, "what an import of a workbook would do; writes nothing"),
        ("import", _import, "import a workbook into a plan"),
    ):
        intake = command(name, run, _show_reading, help_text)
        intake.add_argument("workbook", type=Path)
        intake.add_argument(
            "--mapping", type=Path, help="a layout, vocabulary or template of your own, as YAML"
        )
        for flag, (form, answers) in _ANSWERS.items():
            intake.add_argument(
                f"--{flag}", action="append", default=[], metavar=form, help=answers
            )
        if name == "import":
            intake.add_argument("--plan", help="id of the plan; the first one by default")
            intake.add_argument(
                "--same",
                action="append",
                default=[],
                metavar="ROW=MEASURE|new",
                help="which measure of the plan a row that resembles it is",
            )
            intake.add_argument(
                "--remove-gone",
                action="store_true",
                help="take away the measures that only an earlier version of the workbook had",
            )
    undo = command("undo", _undo, _show_undo, "take a plan's latest import back")
    undo.add_argument("--plan", help="id of the plan; the first one by default")
    export = command("export", _export, _show_file, "write the gap as .xlsx or .pptx")
    export.add_argument("file", type=Path)
    _choose_view(export)
    backup = command("backup", _backup, _show_file, "write a verified copy of the database")
    backup.add_argument("file", type=Path)
    restore = command("restore", _restore, _show_file, "replace the database by a backup")
    restore.add_argument("file", type=Path)
    command("check", _check, _show_check, "run every identity, the journal and the second matching")
    return parser


# Answers to what a reading asks, which may be given more than once: form and what it answers.
_ANSWERS = {
    "unit": ("[SHEET=]UNIT", "kr, tkr, mnkr or mdkr: what the amounts are in"),
    "rate": ("EUR=11.30", "what a currency costs in kronor"),
    "sign": ("[SHEET=]SIGN", "positive or negative: how expenditure is written"),
    "column": (
        "[SHEET!]COLUMN=ROLE[:YEAR[:STAGE[:FLOW]]]",
        "what a column is for, by its letter or heading, such as F=amount:2027:plan",
    ),
    "header": ("SHEET=4-5", "in which rows the headings stand"),
    "sheet": ("SHEET=yes|no", "whether a sheet is read"),
    "row": ("SHEET!12=sum", "what a row is: measure, sum, part, heading, income or ignore"),
    "point": ("thousands|decimal", "what a point before three digits is"),
    "period": ("2026-2030", "first and last year of amounts without a year"),
}
_GAP_BY = (
    "year",
    "sector",
    "owner",
    "owner_kind",
    "actor_group",
    "department",
    "readiness",
    "source",
)


def _choose_view(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", help="id of the plan; the first one by default")
    parser.add_argument("--scenario", default="plan", help="id of a scenario; the plan as it is")
    parser.add_argument(
        "--reading",
        choices=("secured", "planned", "expected", "best_case"),
        default="secured",
        help="what counts as covered",
    )


def _result(asked):
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


def _plans(asked) -> dict:
    from model.results import plans

    return {
        "plans": [
            {
                "id": plan.id,
                "name": plan.name,
                "municipality": plan.municipality,
                "version": plan.version,
                "example": plan.example,
            }
            for plan in plans()
        ]
    }


def _gap(asked) -> dict:
    result = _result(asked)
    totals = result.totals(asked.reading)
    if asked.by == "source":
        sums: dict[str, int] = {}
        for row in result.cover("source", asked.reading):
            sums[row.key] = sums.get(row.key, 0) + row.amount
        rows = [
            {"key": key, "need": "", "covered": kronor_text(amount), "gap": ""}
            for key, amount in sums.items()
        ]
    else:
        rows = [
            {
                "key": year_label(int(row.key)) if asked.by == "year" else row.key,
                "need": kronor_text(row.need),
                "covered": kronor_text(row.covered),
                "gap": kronor_text(row.gap),
            }
            for row in result.by(asked.by, asked.reading)
        ]
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": asked.reading,
        "unit": "SEK",
        "need": kronor_text(totals.need),
        "covered": kronor_text(totals.covered),
        "gap": kronor_text(totals.gap),
        "surplus": kronor_text(totals.surplus),
        "lapsed": kronor_text(totals.lapsed),
        "one_off_operating": kronor_text(totals.one_off_operating),
        "measures": totals.measures,
        "measures_without_expenditure": totals.measures_without_expenditure,
        "rows": rows,
    }


def _rules(asked) -> dict:
    from model.funding_listing import listed

    return listed(_result(asked))


def _operating(asked) -> dict:
    from model.operating import Policy
    from model.operating_table import to_json

    result = _result(asked)
    found = result.operating(asked.reading, Policy(interest_base=asked.interest_base))
    tags = result.plan.tags
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": asked.reading,
        **to_json(found, asked.book, tags["id"], tags["name"]),
    }


def _financing(asked) -> dict:
    from decimal import Decimal

    from model.report.financing_json import document

    shift = Decimal(asked.interest) / 100
    return document(_result(asked), asked.reading, asked.level, asked.basis, shift)


def _economics(asked) -> dict:
    from model.report import economics

    return economics.answer(
        _result(asked), asked.view, tax_factor=asked.tax_factor, reading=asked.reading
    )


def _show_economics(answer: dict) -> str:
    from model.report import economics

    return economics.lines(answer)


def _read(asked) -> dict:
    return _reading(asked).to_json()


def _reading(asked):
    """What the workbook says, with what the flags answer."""
    from model.intake import read_workbook
    from model.intake.answers import NONE
    from model.intake.flags import with_flag

    answers = NONE
    for flag in _ANSWERS:
        for value in getattr(asked, flag):
            answers = with_flag(answers, flag, value)
    return read_workbook(asked.workbook, asked.workbook.name, asked.mapping, answers)


def _import(asked) -> dict:
    from model import commands, results
    from model.intake.preview import difference
    from model.store import documents
    from model.store.connection import store

    reading = _reading(asked)
    plan_id = results.results(asked.plan).base.head.id
    with store().read() as cursor:
        document, version = documents.read_document(cursor, plan_id)
    change = difference(document, reading, _same(asked.same))
    errors = reading.errors + change.errors
    if errors:
        raise InvalidData(
            "{file} was not imported: {count} findings must be mended first.",
            errors,
            file=asked.workbook.name,
            count=len(errors),
        )
    version = commands.import_measures(
        plan_id,
        change.measures,
        version,
        commands.who_am_i(),
        file_name=reading.file.name,
        content=asked.workbook.read_bytes(),
        sha256=reading.file.sha256,
        lists=change.lists,
        removed=[measure.id for measure in change.gone] if asked.remove_gone else (),
    )
    return {"plan": plan_id, "version": version, **reading.to_json()}


def _same(said: list[str]) -> dict[str, str]:
    """The rows that a flag has placed, by their id in the reading."""
    placed = {}
    for each in said:
        row, sign, measure = each.partition("=")
        if not sign:
            raise InvalidData("{flag} is no answer: expected ROW=MEASURE or ROW=new.", flag=each)
        placed[row] = measure
    return placed


def _undo(asked) -> dict:
    from model import commands, records, results

    plan_id = results.results(asked.plan).base.head.id
    _, version = records.document(plan_id)
    taken_back = records.latest_import(plan_id)
    version = commands.undo_import(plan_id, version, commands.who_am_i())
    return {"plan": plan_id, "version": version, "file": taken_back.source}


def _export(asked) -> dict:
    from model.report import EXPORTS

    write = EXPORTS.get(asked.file.suffix.lower())
    if write is None:
        raise KlimatinvestError(
            "{file} was not written: expected a name that ends in {known}.",
            file=asked.file.name,
            known=" or ".join(EXPORTS),
        )
    asked.file.write_bytes(write(_result(asked), asked.reading))
    return {"file": str(asked.file)}


def _backup(asked) -> dict:
    from model.store.backup import backup
    from model.store.connection import store

    backup(store(), asked.file)
    return {"file": str(asked.file)}


def _restore(asked) -> dict:
    from model.store.backup import restore
    from model.store.connection import default_path

    restore(default_path(), asked.file)
    return {"file": str(default_path())}


def _check(asked) -> dict:
    from model.store.check import check
    from model.store.connection import store

    violations = check(store())
    if violations:
        raise InvalidData("{count} checks failed.", tuple(violations), count=len(violations))
    return {"violations": []}


def _line(violation: Violation) -> str:
    return f"{violation.severity} {violation.code} {violation.ref}: {violation.message}"


def _show_plans(answer: dict) -> str:
    return "\n".join(
        f"{plan['id']}  {plan['name']}, v{plan['version']}" for plan in answer["plans"]
    )


def _show_gap(answer: dict) -> str:
    head = (
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, SEK\n"
        f"{answer['measures_without_expenditure']} of {answer['measures']} measures have no "
        "amount\n"
        "every actor's need together; --by actor_group tells the municipal group's apart"
    )
    lines = [("", "need", "covered", "gap")]
    lines += [
        (row["key"] or "-", row["need"], row["covered"], row["gap"]) for row in answer["rows"]
    ]
    lines.append(("total", answer["need"], answer["covered"], answer["gap"]))
    return head + "\n" + "\n".join(f"{k:24}{n:>20}{c:>20}{g:>20}" for k, n, c, g in lines)


def _show_rules(answer: dict) -> str:
    lines = [f"{answer['plan']}, scenario {answer['scenario']}, SEK"]
    lines += [
        f"{found['severity']} {found['code']} {found['ref']}: {found['message']}"
        f" [{found['rule']['paragraph'] or found['rule']['source']}"
        f"{'' if found['rule']['verified'] else ', unverified'}]"
        for found in answer["findings"]
    ]
    lines += [
        f"could seek {each['amount'] or 'an unknown amount'} from {each['source']}"
        f" for {each['measure']}"
        for each in answer["suggestions"]
    ]
    lines += [
        f"{each['source']} {each['grant']}: "
        + ("; ".join(risk["message"] for risk in each["risks"]) or "no known risk")
        for each in answer["calendar"]
    ]
    return "\n".join(lines)


def _show_operating(answer: dict) -> str:
    lines = [
        f"{answer['plan']}, scenario {answer['scenario']}, book {answer['book']}, SEK, "
        "positive where it costs",
        f"{answer['measures_with_unknown_capital_cost']} measures have no capital cost that is "
        "known",
    ]
    for year in answer["years"]:
        tax = year.get("tax_ore")
        lines.append(
            f"{year['year']:<8}{year['effect']:>20}" + ("" if tax is None else f"{tax:>10} öre")
        )
    return "\n".join(lines)


def _show_financing(answer: dict) -> str:
    head = (
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, "
        f"{answer['level']}, {answer['basis']}, SEK\n{answer['answer']}"
    )
    rows = [("", *map(str, answer["years"]), "sum")]
    for row in answer["rows"]:
        values = [value or "unknown" for value in row["values"].values()]
        rows.append((f"{row['sign']} {row['key']}".strip(), *values, row["total"] or ""))
    return "\n".join(
        [head, *(f"{row[0]:20}" + "".join(f"{x:>18}" for x in row[1:]) for row in rows)]
    )


def _show_reading(answer: dict) -> str:
    lines = [f"{answer['file']['name']}: {len(answer['measures'])} measures"]
    if "version" in answer:
        lines = [f"{lines[0]} now in {answer['plan']}, version {answer['version']}"]
    lines += [f"{year:>10}{amount:>20}" for year, amount in answer["totals"].items()]
    lines += [f"left out {left['ref']}: {left['reason']}" for left in answer["excluded"]]
    lines += [_finding(violation) for violation in answer["violations"]]
    return "\n".join(lines)


def _show_undo(answer: dict) -> str:
    if answer["version"] is None:
        return f"{answer['file']} is taken back, and with it the plan {answer['plan']}"
    return f"{answer['file']} is taken back from {answer['plan']}, version {answer['version']}"


def _finding(violation: dict) -> str:
    """One finding on a line, with the flag that answers it."""
    said = f"{violation['severity']} {violation['ref']}: {violation['message']}"
    flag = violation.get("flag")
    if not flag:
        return said
    choices = "|".join(violation["choices"])
    return f"{said} {flag.replace('{choice}', choices)}" if choices else f"{said} {flag}"


def _show_file(answer: dict) -> str:
    return answer["file"]


def _show_check(answer: dict) -> str:
    return "All checks passed."


if __name__ == "__main__":
    sys.exit(main())

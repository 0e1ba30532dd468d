"""Workbooks in and out: read, import, take back, export."""

from pathlib import Path

from model.command_line.view import Add, choose_plan, choose_view, result_of
from model.errors import InvalidData, KlimatinvestError

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


def add(command: Add) -> None:
    """Add them."""
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
            choose_plan(intake)
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
    choose_plan(undo)
    export = command("export", _export, _show_file, "write the plan as .xlsx, .pptx or .docx")
    export.add_argument("file", type=Path)
    choose_view(export)


def _read(asked) -> dict:
    return _reading(asked).to_json()


def _reading(asked):
    """What the workbook says, with what the flags answer."""
    from model.intake.answers import NONE
    from model.intake.flags import with_flag
    from model.intake.reading import read_workbook

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
            "{file} was not imported: what was found must be mended first ({count}).",
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
    asked.file.write_bytes(write(result_of(asked), asked.reading))
    return {"file": str(asked.file)}


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

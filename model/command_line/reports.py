"""What leaves the house: the data package, and whether a report still says what it did."""

from pathlib import Path

from model.command_line.view import Add, choose_view, result_of
from model.errors import KlimatinvestError


def add(command: Add) -> None:
    """Add them."""
    data = command(
        "export-data", _export_data, _show_file, "write the plan and its gap as a data package"
    )
    data.add_argument("file", type=Path, help="where to, a name that ends in .zip")
    choose_view(data)
    check = command(
        "check-report", _check_report, _show_check, "whether a report's figures are the plan's"
    )
    check.add_argument("file", type=Path, help="a .docx, .pptx, .xlsx or .zip that was made here")


def _export_data(asked) -> dict:
    from model.report.data_package.build import data_package

    if asked.file.suffix.lower() != ".zip":
        raise KlimatinvestError(
            "{file} was not written: expected a name that ends in {known}.",
            file=asked.file.name,
            known=".zip",
        )
    asked.file.write_bytes(data_package(result_of(asked), asked.reading))
    return {"file": str(asked.file)}


def _check_report(asked) -> dict:
    from model.report.seal.check import answer, check

    return answer(check(asked.file.read_bytes()))


def _show_file(answer: dict) -> str:
    return answer["file"]


def _show_check(answer: dict) -> str:
    return "\n".join(answer["sentences"])

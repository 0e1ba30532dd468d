"""The way out: workbooks that add themselves up, slides with native charts, documents, data."""

from collections.abc import Callable

from model.language import DEFAULT, Language, translate
from model.results import Result


def file_name(
    result: Result,
    reading: str,
    suffix: str,
    language: Language = DEFAULT,
    what: str = "Financing gap",
) -> str:
    """What a download is called: ``finansieringsgap-helsingborg-2030-v3-plan-secured.xlsx``."""
    head = result.plan.head
    parts = [
        translate("EXAMPLE", language) if head.example else "",
        translate(what, language).lower().replace(" ", "-"),
        head.id,
        f"v{result.plan.version}",
        result.scenario.id,
        reading,
    ]
    return "-".join(filter(None, parts)) + suffix


def _workbook(result: Result, reading: str, language: Language = DEFAULT) -> bytes:
    # XlsxWriter and python-pptx load only when something is written.
    from model.report.workbook import gap_workbook

    return gap_workbook(result, reading, language)


def _slides(result: Result, reading: str, language: Language = DEFAULT) -> bytes:
    from model.report.slides import gap_slides

    return gap_slides(result, reading, language)


def _document(result: Result, reading: str, language: Language = DEFAULT) -> bytes:
    from model.report.document.council_paper import council_paper

    return council_paper(result, reading, language)


EXPORTS: dict[str, Callable[..., bytes]] = {
    ".xlsx": _workbook,
    ".pptx": _slides,
    ".docx": _document,
}

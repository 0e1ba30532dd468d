"""Where a reading differs from the truth: in sentences, none when it is the same.

A reading that asks is answered from the truth, as a person would who knows the sheet, and read
again. A question that the sheet itself answers is a difference too.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import openpyxl

from model.errors import InvalidData
from model.intake import guard, mapping
from model.intake.answers import Answers
from model.intake.reading import interpret
from model.rows import Measure
from tests.intake.layouts.files import shown, write
from tests.intake.layouts.layout import Layout, simpler
from tests.intake.layouts.page import Page, compose
from tests.intake.layouts.rows import funding_key, seen
from tests.intake.layouts.truth import BEFORE, LATER, Project, Truth

ROUNDS = 4


def differences(truth: Truth, layout: Layout) -> list[str]:
    """Write the truth down, read it, answer what is asked, and say what is not as it should be."""
    truth = seen(truth, layout)
    pages = compose(truth, layout)
    content, name = write(pages, layout)
    try:
        return _differences(content, name, pages, truth, layout)
    except InvalidData as error:
        return [f"refused: {error}"]


def simplest(truth: Truth, layout: Layout) -> tuple[Layout, list[str]]:
    """The plainest layout that still differs, and how: what to look at when one has failed."""
    problems = differences(truth, layout)
    while True:
        for other in simpler(layout):
            if found := differences(truth, other):
                layout, problems = other, found
                break
        else:
            return layout, problems


def _differences(
    content: bytes, name: str, pages: list[Page], truth: Truth, layout: Layout
) -> list[str]:
    answers, asked = Answers(), set()
    cells, known = guard.read(content, name), mapping.known()
    for _ in range(ROUNDS):
        reading = interpret(cells, "0" * 64, known, answers)
        found = reading.to_json()
        errors = [each for each in found["violations"] if each["severity"] == "error"]
        questions = [each for each in errors if each["code"].startswith("ask_")]
        asked |= {each["code"] for each in questions}
        if not questions:
            break
        answers = _answered(answers, questions, pages, layout)
    problems = [f"asked {code} though the sheet says it" for code in asked - layout.may_ask]
    problems += [f"did not ask {code}" for code in layout.must_ask - asked]
    problems += [f"{each['ref']}: {each['code']}: {each['message']}" for each in errors]
    problems += _of_measures(found["measures"], truth, layout)
    problems += _of_rows(reading.measures)
    problems += _of_cells(found["excluded"], pages, layout)
    if layout.format == "xlsx":
        numbers = count_numbers(content)
        if (reading.numbers, reading.imported + len(found["excluded"])) != (numbers, numbers):
            problems.append(
                f"{numbers} numbers in the file, {reading.numbers} seen, {reading.imported} "
                f"imported and {len(found['excluded'])} left out"
            )
    return problems


def count_numbers(content: bytes) -> int:
    """The numeric cells of a workbook, dates among them, as openpyxl sees them."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return sum(
        cell.value is not None and cell.data_type in ("n", "d")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def _of_measures(found: list[dict], truth: Truth, layout: Layout) -> Iterator[str]:
    expected = {project.name: _expected(project, truth) for project in truth.projects}
    names = [measure["name"] for measure in found]
    for name in names:
        if name not in expected:
            yield f"a measure {name!r} that is none"
    for name in {name for name in names if names.count(name) > 1}:
        yield f"the measure {name!r} twice"
    for name, wanted in expected.items():
        measure = next((each for each in found if each["name"] == name), None)
        if measure is None:
            yield f"no measure {name!r}"
            continue
        for field, value in _found(measure, layout).items():
            if value != wanted[field]:
                yield f"{name}: {field} is {value!r} and should be {wanted[field]!r}"


def _of_rows(measures: tuple[Measure, ...]) -> Iterator[str]:
    """What was built from a column's row keeps every rule of rows, as if it were typed in."""
    for measure in measures:
        if Measure.model_validate(measure.model_dump()) != measure:
            yield f"{measure.name}: another measure once it is validated"


def _expected(project: Project, truth: Truth) -> dict[str, object]:
    labels = {BEFORE: "before", LATER: "later"}
    amounts = {labels.get(year, str(year)): a for year, a in project.amounts.items() if a}
    calendar = {year: amount for year, amount in amounts.items() if year.isdigit()}
    first, carried = str(truth.first_year), project.carry_over
    appropriation = {year: a for year, a in calendar.items() if year == first}
    if carried:
        # What is carried over is spent in the first year out of last year's appropriation.
        amounts[first] = amounts.get(first, Decimal(0)) + carried
        appropriation[str(truth.first_year - 1)] = carried
    return {
        "number": project.number,
        "department": project.department,
        "green": project.green,
        "investment": amounts,
        "appropriation": appropriation,
        "planned": {year: a for year, a in calendar.items() if year != first},
        "decided_total": project.decided_total or None,
        "funding": sorted(
            (funding_key(grant.source), str(year), amount, grant.status)
            for grant in project.grants
            for year, amount in grant.amounts.items()
        ),
    }


def _found(measure: dict, layout: Layout) -> dict[str, object]:
    found: dict[str, object] = {
        "number": measure["number"],
        "department": measure["department"],
        "green": bool(measure["green"]),
        "decided_total": Decimal(measure["decided_total"]) if measure["decided_total"] else None,
        "funding": sorted(
            (grant["source"], str(grant["year"]), Decimal(grant["amount"] or 0), grant["status"])
            for grant in measure["funding"]
        ),
    }
    for field in ("investment", "appropriation", "planned"):
        by_year = {year: Decimal(amount) for year, amount in measure[field].items()}
        found[field] = {year: amount for year, amount in by_year.items() if amount}
    return found


def _of_cells(excluded: list[dict], pages: list[Page], layout: Layout) -> Iterator[str]:
    """Every number that belongs to no project is left out, and no other."""
    fates = {}
    for page in pages:
        title = page.title if not layout.is_text_file else None
        for (row, column), put in page.cells.items():
            value = shown(put, layout)
            if not isinstance(value, str):
                fates[title, f"{openpyxl.utils.get_column_letter(column)}{row}"] = put.fate
    left = {}
    for each in excluded:
        title, place = each["ref"].split("!")[-2:]
        left[None if layout.is_text_file else title, place] = each["reason"]
    for place, reason in left.items():
        if fates.get(place) == "in":
            yield f"{place} is left out ({reason}) and should be imported"
    for place, fate in fates.items():
        if fate == "out" and place not in left and not layout.is_text_file:
            yield f"{place} is imported and should be left out"


def _answered(
    answers: Answers, questions: list[dict], pages: list[Page], layout: Layout
) -> Answers:
    """The answers with those to some questions added, from what is known of the sheets."""
    said = answers.model_dump()
    for question in questions:
        _, title, place = (*question["ref"].split("!"), "")[:3]
        page = next((page for page in pages if page.title == title), pages[0])
        column, row = re.fullmatch("([A-Z]*)([0-9]*)", place).groups()
        match question["code"]:
            case "ask_unit":
                said["units"][""] = layout.unit
            case "ask_sign":
                negative = layout.sign == "expenditure negative"
                said["signs"][""] = "negative" if negative else "positive"
            case "ask_column":
                index = openpyxl.utils.column_index_from_string(column)
                said["columns"].setdefault(title, {})[column] = _role(page.columns[index], layout)
            case "ask_sheet":
                said["sheets"][title] = not page.hidden
            case "ask_row" | "ask_sum":
                kind = page.kinds[int(row)]
                kind = "heading" if kind in ("category", "section") else kind
                said["rows"].setdefault(title, {})[int(row)] = kind
    return Answers.model_validate(said)


def _role(key: tuple, layout: Layout) -> dict[str, object]:
    if key[0] == "amount":
        return {"role": "amount", "year": key[1], "flow": key[2]}
    if key[0] in ("prior", "hidden", "responsibility", "priority"):
        return {"role": "ignore"}
    if key[0] in ("before", "later"):
        return {"role": "amount", "stage": key[0]}
    return {"role": {"decided": "decided_total"}.get(key[0], key[0])}

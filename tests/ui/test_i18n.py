"""Every text on the screen is in Swedish, and no translation is left over."""

import ast
import string
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from model import language
from model.language import catalogue, translate, translate_plural
from model.reference import reference
from model.store.check import says
from model.store.queries import SQL
from ui.i18n import _, n_, single, speaking

ROOT = Path(__file__).parents[2]
FILES = sorted(language.FOLDER.glob("*/*.po"))
SCREEN = [ROOT / "app.py", *(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
CALLS = {"_": 1, "mark": 1, "n_": 2}


def said_in(path: Path):
    """(message, line) of every literal message that a file says, singular and plural."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(getattr(node, "func", None), "id", None)
        if isinstance(node, ast.Call) and name in CALLS:
            for argument in node.args[: CALLS[name]]:
                if isinstance(argument, ast.Constant):
                    yield argument.value, node.lineno


@cache
def texts() -> frozenset[str]:
    """Every string in the code, and what audits say: templates of findings are messages too."""
    code = [*SCREEN, *(ROOT / "model").rglob("*.py")]
    audits = {says(file.read_text("utf-8")) for file in (SQL / "audit").glob("*.sql")}
    return frozenset(audits) | {
        node.value
        for path in code
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def pairs(message):
    """(English, translation) of a message, one pair for each form of a plural."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


@cache
def known() -> frozenset[str]:
    """Every English text that has a translation."""
    return frozenset(
        english
        for file in FILES
        for message in language.read(file)
        for english, swedish in pairs(message)
        if swedish
    )


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_everything_said_on_screen_is_in_swedish(path):
    assert [(text, line) for text, line in said_in(path) if text not in known()] == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_no_translation_is_left_over(file):
    said = texts()
    assert [
        english
        for message in language.read(file)
        for english, _swedish in pairs(message)
        if english not in said
    ] == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_fields_of_its_message(file):
    assert [
        english
        for message in language.read(file)
        for english, swedish in pairs(message)
        if fields(swedish) != fields(english)
    ] == []


def test_a_message_is_translated_in_one_place():
    count = Counter(
        (file.parent.name, str(message.id)) for file in FILES for message in language.read(file)
    )
    assert [message for message, times in count.items() if times > 1] == []


def test_swedish_is_what_is_spoken_unless_somebody_asks():
    assert _("Measures") == "Åtgärder"
    with speaking("en"):
        assert _("Measures") == "Measures"
    assert _("Measures") == "Åtgärder"


def test_one_and_many_differ():
    assert n_("{count} warning", "{count} warnings", 1) == "1 varning"
    assert n_("{count} warning", "{count} warnings", 0) == "0 varningar"
    assert translate_plural("{count} warning", "{count} warnings", 2, "en") == "2 warnings"


@pytest.mark.parametrize(
    ("spoken", "said"),
    [("sv", ["kilo", "megawattimme", "dag"]), ("en", ["kilo", "megawatt-hour", "day"])],
)
def test_a_price_is_per_one_of_its_unit(spoken, said):
    with speaking(spoken):
        assert [single(reference().units[key]) for key in ("kg", "MWh", "days")] == said


def test_what_nobody_has_translated_is_said_in_english():
    assert translate("A {thing} never said", "sv", thing="x") == "A x never said"


def test_braces_that_a_person_typed_are_left_alone():
    assert translate("at least {figure}", "sv", figure="{x}") == "minst {x}"


def test_a_catalogue_is_read_once():
    assert catalogue("sv") is catalogue("sv")


def refusals():
    """(template, place) of every refusal and finding that the model says literally."""
    said = {"KlimatinvestError", "NotFound", "InvalidData", "StoreUnavailable", "Violation"}
    for path in sorted((ROOT / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", None)
            if isinstance(node, ast.Call) and name in said:
                place = 3 if name == "Violation" else 0
                for argument in node.args[place : place + 1]:
                    if isinstance(argument, ast.Constant):
                        yield argument.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_refusal_of_the_model_can_be_read_in_swedish():
    known = catalogue("sv")
    assert [(template, place) for template, place in refusals() if template not in known] == []

"""Everything that reading a workbook can say, in both languages."""

import importlib
import pkgutil
import string

import pytest

from model import intake
from model.language import catalogue


def _templates() -> dict[str, str]:
    """Message to the constant that holds it, of every module of the intake."""
    found = {}
    for module in pkgutil.iter_modules(intake.__path__):
        for name, value in vars(importlib.import_module(f"model.intake.{module.name}")).items():
            # A message has words; a single one is a key or a mark.
            if name.isupper() and name[0] != "_" and isinstance(value, str) and " " in value:
                found[value] = f"{module.name}.{name}"
    return found


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("template", _templates(), ids=_templates().get)
def test_every_message_is_said_in_swedish_with_the_same_fields(template):
    swedish = catalogue("sv").get(template)
    assert swedish is not None
    assert _fields(swedish) == _fields(template)

"""What the plan's rules find in a row, placed by the form's own words instead of the model's."""

import re
from collections.abc import Iterable
from dataclasses import replace

from model.errors import Violation
from model.forms import choices
from model.forms.form import Form
from model.forms.kinds import Choice
from model.forms.told import column_label
from model.language import DEFAULT, Language, translate

# Keys among a finding's fields, and what they are keys of.
_KEYS = {
    "owner": Choice(of="owners"),
    "source": Choice(of="funding"),
    "indicator": Choice(of="indicators"),
    "expected": Choice(choices.OWNER_KINDS),
    "found": Choice(choices.OWNER_KINDS),
}


def placed(
    form: Form, found: Iterable[Violation], below: int, language: Language = DEFAULT
) -> list[Violation]:
    """The findings with ``ref`` and keys in words. ``below`` is how many parts of a ref name what
    the form is about, as ``plan/measure`` does."""
    return [
        replace(
            violation,
            ref=_place(form, violation.ref.split("/")[below:], language),
            fields={name: _word(name, value, language) for name, value in violation.fields.items()},
        )
        for violation in found
    ]


def _place(form: Form, path: list[str], language: Language) -> str:
    tables = {table.name: table for table in form.tables}
    fields = {each.name: each for each in form.fields}
    words, at = [], None
    for part in re.split(r"[/.]", "/".join(path)):
        if at is None and part in tables:
            at = tables[part]
            fields = {each.name: each for each in at.fields}
            words.append(translate(at.label, language))
        elif part in fields:
            words.append(column_label(fields[part], language))
        elif part.isdigit():
            words.append(translate("row {number}", language, number=int(part) + 1))
        elif part:
            words.append(translate("Years", language) if part == "years" else part)
    return ", ".join(words)


def _word(name: str, value: object, language: Language) -> object:
    return (
        choices.label(_KEYS[name], value, language)
        if name in _KEYS and isinstance(value, str)
        else value
    )

"""The flags that answer a question, as the command line takes them and as a finding names them.

:func:`answered` adds what one flag says to the answers, so that a choice on the page and the same
flag on the command line are the same thing.
"""

import re
import shlex
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from model.errors import InvalidData
from model.intake.answers import Answers, ColumnAnswer

# What each flag takes, for the message about one that is not understood.
FORMS = {
    "unit": "[SHEET=]kr|tkr|mnkr|mdkr",
    "rate": "EUR=11.30",
    "sign": "[SHEET=]positive|negative",
    "column": "[SHEET!]COLUMN=ROLE[:YEAR[:STAGE[:FLOW]]]",
    "header": "SHEET=4-5",
    "sheet": "TITLE=yes|no",
    "row": "SHEET!12=sum",
    "point": "thousands|decimal",
    "period": "2026-2030",
}
BAD_FLAG = "--{flag} {found} is not understood: expected --{flag} {form}."
_FLAG = re.compile(r"--(?P<name>[a-z]+)[ =](?P<value>.*)", re.DOTALL)


def filled(flag: str, choice: str) -> str:
    """The flag of a question with a choice in its place."""
    return flag.replace("{choice}", choice)


def answered(answers: Answers, flag: str) -> Answers:
    """The answers with what a whole flag says: ``--unit Budget=tkr``. InvalidData when it says
    nothing that can be understood."""
    found = _FLAG.fullmatch(flag.strip())
    if found is None:
        raise InvalidData(BAD_FLAG, flag="", found=flag, form="")
    value = found["value"]
    # As in a shell, what has spaces may stand in quotation marks.
    quoted = value[:1] in ("'", '"')
    return with_flag(answers, found["name"], " ".join(shlex.split(value)) if quoted else value)


def with_flag(answers: Answers, name: str, value: str) -> Answers:
    """The answers with what one flag says, given as its name without dashes and its value."""
    form = FORMS.get(name, "")
    try:
        path, said = _READERS[name](value)
        return answers.saying(path, said)
    except (ValueError, KeyError, InvalidOperation, ValidationError) as error:
        raise InvalidData(BAD_FLAG, flag=name, found=value, form=form) from error


def _placed(name: str):
    """``tkr`` for the whole workbook, ``Budget=tkr`` for a sheet."""

    def read(value: str):
        sheet, _, word = value.rpartition("=")
        return (name, sheet), word

    return read


def _rate(value: str):
    currency, _, rate = value.partition("=")
    if not currency:
        raise ValueError(value)
    return ("rates", currency.strip().upper()), Decimal(rate.strip().replace(",", "."))


def _column(value: str):
    place, _, meaning = value.rpartition("=")
    sheet, _, column = place.rpartition("!")
    if not column:
        raise ValueError(value)
    said = dict(zip(("role", "year", "stage", "flow"), meaning.split(":"), strict=False))
    return (
        ("columns", sheet, column),
        ColumnAnswer.model_validate({key: part for key, part in said.items() if part}),
    )


def _header(value: str):
    sheet, _, rows = value.rpartition("=")
    first, _, last = rows.partition("-")
    span = int(first), int(last or first)
    if not 0 < span[0] <= span[1]:
        raise ValueError(value)
    return ("headers", sheet), span


def _sheet(value: str):
    title, _, read = value.rpartition("=")
    return ("sheets", title), {"yes": True, "no": False}[read]


def _row(value: str):
    place, _, kind = value.rpartition("=")
    sheet, _, number = place.rpartition("!")
    return ("rows", sheet, int(number)), kind


def _period(value: str):
    first, _, last = value.partition("-")
    span = int(first), int(last or first)
    if span[0] > span[1]:
        raise ValueError(value)
    return ("period",), span


_READERS = {
    "unit": _placed("units"),
    "sign": _placed("signs"),
    "rate": _rate,
    "column": _column,
    "header": _header,
    "sheet": _sheet,
    "row": _row,
    "point": lambda value: (("point",), value),
    "period": _period,
}

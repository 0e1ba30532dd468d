"""Numbers in the active language: :mod:`model.formatting` as pages call it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from model import formatting
from ui.i18n import language

P = ParamSpec("P")


def _active(write: Callable[P, str]) -> Callable[P, str]:
    @wraps(write)
    def in_active_language(*args: P.args, **kwargs: P.kwargs) -> str:
        return write(*args, **{"language": language(), **kwargs})

    return in_active_language


number = _active(formatting.number)
money = _active(formatting.money)
money_range = _active(formatting.money_range)
mnkr = _active(formatting.mnkr)
tkr = _active(formatting.tkr)
kronor = _active(formatting.kronor)
tonnes = _active(formatting.tonnes)
percent = _active(formatting.percent)
year = _active(formatting.year)
at_least = _active(formatting.at_least)
unknown = _active(formatting.unknown)

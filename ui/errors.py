"""What goes wrong, on screen: a sentence that says what and where, never a traceback."""

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Literal

import streamlit as st

from model.errors import KlimatinvestError, Violation
from ui import safe
from ui.i18n import _, message, n_

_log = logging.getLogger("klimatinvest")
_SHOWN = 10
Severity = Literal["error", "warning"]


@contextmanager
def guard() -> Iterator[None]:
    """Everything inside ends in a page: what was refused says why, what is a fault is logged."""
    try:
        yield
    except KlimatinvestError as error:
        show(error)
    except Exception:
        reference = secrets.token_hex(3)
        _log.exception("fault %s", reference)
        say(
            _(
                "Something went wrong here, and nothing was saved. Reload the page; if it happens "
                "again, the log says more under {reference}.",
                reference=reference,
            )
        )


def say(*sentences: str, severity: Severity = "error") -> None:
    """Tell the user, and a screen reader at once. Sentences may hold what a person typed."""
    paragraphs = "".join(f"<p>{safe.html(sentence)}</p>" for sentence in sentences)
    st.html(f'<div class="notice {severity}" role="alert">{paragraphs}</div>')


def show(error: KlimatinvestError) -> None:
    """A refusal, with every finding behind it."""
    say(message(error))
    violations(error.violations)


def violations(found: Iterable[Violation]) -> None:
    """Findings by severity and kind, each with its place: errors first, then warnings."""
    order = {"error": 0, "warning": 1}
    ranked = sorted(found, key=lambda violation: (order[violation.severity], violation.code))
    for severity, group in groupby(ranked, key=lambda violation: violation.severity):
        listed = list(group)
        heading = (
            n_("{count} error", "{count} errors", len(listed))
            if severity == "error"
            else n_("{count} warning", "{count} warnings", len(listed))
        )
        kinds = [list(same) for _code, same in groupby(listed, key=lambda found: found.code)]
        body = "".join(_kind(kind) for kind in kinds)
        st.html(f'<section class="findings {severity}"><h3>{heading}</h3>{body}</section>')


def _kind(found: list[Violation]) -> str:
    """One kind of finding: the first ones open, the rest folded away."""
    items = [
        f"<li><code>{safe.html(violation.ref)}</code> {safe.html(message(violation))}</li>"
        for violation in found
    ]
    shown = f"<ul>{''.join(items[:_SHOWN])}</ul>"
    if len(items) <= _SHOWN:
        return shown
    more = n_("{count} more", "{count} more", len(items) - _SHOWN)
    rest = f"<ul>{''.join(items[_SHOWN:])}</ul>"
    return f"{shown}<details><summary>{more}</summary>{rest}</details>"

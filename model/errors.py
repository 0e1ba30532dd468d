"""What goes wrong, said so that the reader can mend it.

A ``Violation`` is a located finding in data; a ``KlimatinvestError`` stops an operation. Both carry
a message template with named fields, in English here and in Swedish in ``data/locale``, so that one
finding reads right in both languages.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Question:
    """What a finding asks. ``flag`` answers it on the command line, with ``{choice}`` in it.

    ``choices`` are the values that the flag takes; none when any value of its kind will do.
    """

    flag: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Violation:
    """A located finding. ``ref`` is a place: ``book.xlsx!Sheet!C7``, ``plan/measure`` or a file.

    ``code`` names the rule (``ask_unit``, ``share_above_maximum``); ``template`` and ``fields``
    make the message, which says what was found, what was expected and what to do; a field may be
    an entry of the reference data, or several, which are called by their names. ``question`` is
    set where a person can answer instead of mending the data.
    """

    severity: Literal["error", "warning"]
    code: str
    ref: str
    template: str
    fields: dict[str, object] = field(default_factory=dict)
    question: Question | None = None

    @property
    def message(self) -> str:
        """The finding in English."""
        return self.template.format(**worded(self.fields, "en"))


def worded(fields: dict[str, object], language: str) -> dict[str, object]:
    """The fields of a message, with what has a name in both languages called by it."""

    def said(value: object) -> object:
        if isinstance(value, tuple):
            return ", ".join(str(said(each)) for each in value)
        if hasattr(value, "name_en"):
            return (value.name_en if language == "en" else "") or value.name
        return value

    return {name: said(value) for name, value in fields.items()}


class KlimatinvestError(Exception):
    """An operation that was refused. Nothing was written."""

    def __init__(self, template: str, violations: tuple[Violation, ...] = (), **fields: object):
        self.template = template
        self.fields = fields
        self.violations = tuple(violations)
        super().__init__(template.format(**fields))


class NotFound(KlimatinvestError):
    """What was named does not exist."""


class InvalidData(KlimatinvestError):
    """Data that breaks a rule; ``violations`` says which and where."""


class StaleWrite(KlimatinvestError):
    """Somebody else changed the plan since it was read."""

    def __init__(self, plan_id: str, seen: int, current: int):
        super().__init__(
            "The plan {plan} is now at version {current}; you read version {seen}. "
            "Nothing was saved: reload, compare and save again.",
            plan=plan_id,
            seen=seen,
            current=current,
        )
        self.seen, self.current = seen, current


class StoreUnavailable(KlimatinvestError):
    """The database file cannot be opened or written: locked, full, missing rows, wrong version."""

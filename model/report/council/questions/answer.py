"""What an answer to a question of the council is made of."""

from dataclasses import dataclass

from model.report.council.grid import Grid


@dataclass(frozen=True)
class Answer:
    """One sentence with its figure, the table behind it, and what it does not know.

    ``known`` is false where the plan lacks what the question is about; the sentence then says what
    to enter.
    """

    sentence: str
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    known: bool = True

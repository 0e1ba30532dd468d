"""Findings in the order in which they are mended."""

from model.errors import Question, Violation
from model.intake.grouping import grouped

UNIT = Violation("error", "ask_unit", "b!S", "?", question=Question("--unit {choice}", ("kr",)))
WRONG = Violation("error", "not_a_number", "b!S!C3", "!")
MORE = Violation("error", "not_a_number", "b!S!C9", "!")
WARNING = Violation("warning", "ask_unit", "b!S!A1", ".")


def test_questions_come_first_and_warnings_last():
    groups = grouped([WARNING, WRONG, UNIT, MORE])
    assert [group.findings for group in groups] == [(UNIT,), (WRONG, MORE), (WARNING,)]
    assert [group.asks for group in groups] == [True, False, False]


def test_nothing_to_mend_is_no_group():
    assert grouped([]) == ()

"""What was said of a workbook as a file: written, shared, and read by somebody else."""

import pytest

from model.errors import InvalidData
from model.intake import mapping
from model.intake.answers import Answers, ColumnAnswer
from model.intake.mapping import FOLDER, Layout

LAYOUT = Layout(
    kind="layout",
    name="Nämndens budget",
    fingerprints=("f00d",),
    answers=Answers(
        units={"": "tkr"}, columns={"": {"Konto": ColumnAnswer(role="ignore")}}, point="decimal"
    ),
)


def test_a_layout_that_is_written_is_read_as_the_same():
    assert mapping.layout(LAYOUT.to_yaml().encode(), "budget.yaml") == LAYOUT


@pytest.mark.parametrize(
    "content",
    [b"", b"- a", b"kind: layout", b"kind: unheard of", b"a: [", b"\xff\xfe", b"&a [*a]"],
)
def test_what_is_no_layout_is_refused_by_the_name_of_its_file(content):
    with pytest.raises(InvalidData, match=r"mitt\.yaml"):
        mapping.layout(content, "mitt.yaml")


def test_another_mapping_is_no_layout():
    with pytest.raises(InvalidData, match="kind: layout"):
        mapping.layout((FOLDER / "vocabulary.yaml").read_bytes(), "vocabulary.yaml")

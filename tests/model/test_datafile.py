"""A file that cannot be read says why in a sentence."""

import pytest

from model.datafile import parse_yaml, read_yaml
from model.errors import InvalidData


def test_a_file_that_is_not_there_is_named_and_nothing_else_is_said(tmp_path):
    with pytest.raises(InvalidData) as refused:
        read_yaml(tmp_path / "layout.yaml")
    assert str(refused.value) == "layout.yaml does not exist."
    assert [found.message for found in refused.value.violations] == ["layout.yaml does not exist."]


@pytest.mark.parametrize("key", ["[a, b]", "{a: 1}"])
def test_a_key_that_is_no_word_is_refused_with_its_line(key):
    with pytest.raises(InvalidData, match="line 2"):
        parse_yaml(f"a: 1\n? {key}\n: 2\n".encode(), "a.yaml")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InvalidData) as refused:
        read_yaml(tmp_path, "layout")
    assert "Errno" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)

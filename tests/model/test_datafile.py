"""A file that cannot be read says why in a sentence."""

import pytest

from model.datafile import read_yaml
from model.errors import InvalidData


def test_a_file_that_is_not_there_is_named_and_nothing_else_is_said(tmp_path):
    with pytest.raises(InvalidData) as refused:
        read_yaml(tmp_path / "layout.yaml")
    assert str(refused.value) == "layout.yaml does not exist."
    assert [found.message for found in refused.value.violations] == ["layout.yaml does not exist."]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InvalidData) as refused:
        read_yaml(tmp_path, "layout")
    assert "Errno" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)

"""A file that cannot be read says why in a sentence."""

import pytest

from model.datafile import locate_yaml, parse_yaml, read_yaml
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


@pytest.mark.parametrize(
    "value", ["!!int ten", "!!int ''", "!!bool perhaps", "!!timestamp soon", "9" * 5000]
)
def test_what_is_no_value_of_its_kind_is_refused_with_its_line(value):
    for read in (parse_yaml, locate_yaml):
        with pytest.raises(InvalidData, match="line 2"):
            read(f"a: 1\nb: {value}\n".encode(), "a.yaml")


def test_a_file_holds_words_numbers_lists_and_mappings_and_nothing_else():
    for value in ("!!binary aGVq", "!!set {a}", "!!omap [a: 1]"):
        with pytest.raises(InvalidData, match="line 1"):
            parse_yaml(f"a: {value}\n".encode(), "a.yaml")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 90_000, "? " * 90_000, "".join(f"{' ' * i}a:\n" for i in range(2000))],
)
def test_a_file_that_nests_deeper_than_the_stack_is_refused(text):
    """The parser in C ends the whole program where it runs out of stack."""
    for read in (parse_yaml, locate_yaml):
        with pytest.raises(InvalidData, match="more than 1000 lists and mappings"):
            read(text.encode(), "a.yaml")


def test_a_file_in_another_encoding_is_told_what_to_do():
    with pytest.raises(InvalidData, match="line 2 is not in UTF-8"):
        parse_yaml("a: 1\nb: Gävle\n".encode("latin-1"), "a.yaml")

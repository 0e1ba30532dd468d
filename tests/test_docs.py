"""The documents say what is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from model.language import translate
from ui.frame import PAGES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_the_tour_visits_every_page_in_the_order_of_the_navigation():
    tour = README[README.index("## A tour") : README.index("## On the command line")]
    visited = re.findall(r"^\| (\w[^|]+?) \|", tour, re.MULTILINE)[1:]
    assert visited == [translate(page.title, "sv") for page in PAGES]


def test_every_command_of_the_command_line_is_in_the_readme_and_no_other():
    shown = subprocess.run(
        [sys.executable, "-m", "model", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    commands = re.findall(r"^    ([\w-]+)(?:  |$)", shown, re.MULTILINE)
    assert set(re.findall(r"python -m model ([\w-]+)", README)) == set(commands)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_every_file_that_a_document_links_to_is_there(document):
    path = ROOT / document
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), link


def test_the_house_that_contributing_draws_is_the_one_that_stands():
    drawn = CONTRIBUTING.split("```")[1]
    model = drawn[drawn.index("model/") : drawn.index("data/")]
    for name in re.findall(r"^  ([\w./]+)", model, re.MULTILINE):
        assert (ROOT / "model" / name).exists(), name
    for name in re.findall(r"^([\w./]+)", drawn, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_every_environment_variable_that_the_code_reads_is_in_the_readme():
    read = {
        name
        for folder in ("model", "ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\bKLIMATINVEST_\w+", path.read_text("utf-8"))
    }
    assert {name for name in read if name not in README} == set()


def test_every_folder_of_reference_data_is_explained():
    explained = (ROOT / "data" / "README.md").read_text("utf-8")
    folders = {path.name for path in (ROOT / "data").iterdir() if path.is_dir()}
    assert {name for name in folders if name not in explained} == set()

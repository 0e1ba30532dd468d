"""The project's own plans as results, and small plans made for one question."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from model import commands
from model.reference import plan_documents
from model.results import results
from model.store.connection import Store
from tests.model.conftest import result_of

__all__ = ["result_of"]

ENGLISH = re.compile(r"\b(the|of|and|is|are|has|have|measures?|need|which|until)\b", re.I)


@pytest.fixture(scope="session")
def own_plans():
    """A store with the plans that come with the project."""
    opened = Store.open(None)
    for document in plan_documents():
        commands.create_plan(document, "provaren", store=opened)
    yield opened
    opened.close()


@pytest.fixture
def helsingborg(own_plans):
    """Helsingborg's published plan: a real one, with ranges, unknowns and no money."""
    return results("helsingborg-2030", store=own_plans)


@pytest.fixture
def example(own_plans):
    """The invented municipality: every status of money."""
    return results("exempelkommunen", store=own_plans)


@pytest.fixture(scope="session")
def convert_all(tmp_path_factory):
    """Have LibreOffice open files and write them as another type.

    Takes their contents by name and gives the new ones; skips where LibreOffice is missing.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def made(files: dict[str, bytes], suffix: str = "xlsx", to: str = "xlsx") -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("office")
        paths = [folder / f"{name}.{suffix}" for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                *("--convert-to", to, "--outdir", str(folder / "converted")),
                *map(str, paths),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=300,
            check=True,
        )
        return {
            path.stem: (folder / "converted" / f"{path.stem}.{to}").read_bytes() for path in paths
        }

    return made


@pytest.fixture
def convert(convert_all, tmp_path):
    """Have LibreOffice open one file and write it as another type; returns where."""

    def made(path: Path, suffix: str) -> Path:
        content = convert_all({path.stem: path.read_bytes()}, path.suffix[1:], suffix)
        out = tmp_path / "converted" / f"{path.stem}.{suffix}"
        out.parent.mkdir(exist_ok=True)
        out.write_bytes(content[path.stem])
        return out

    return made

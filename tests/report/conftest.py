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


@pytest.fixture
def convert(tmp_path):
    """Have LibreOffice open a file and write it as another type; skips where it is missing."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")

    def made(path: Path, suffix: str) -> Path:
        out = tmp_path / "converted"
        subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{tmp_path}/profile",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                str(out),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return out / f"{path.stem}.{suffix}"

    return made

"""Pages run without a browser, on the plans that come with the project and on two odd ones."""

import functools

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from model import commands
from model.reference import plan_documents
from model.results import plans
from model.rows import PlanDocument
from tests.browser.browsing import HOSTILE
from ui.frame import ROOT


@pytest.fixture(scope="session", autouse=True)
def _looked_up_once():
    """Streamlit reads what every installed package says of itself before each page it tests, which
    takes longer than most pages; a server does it once.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def opened():
    """Run one page by its address and query."""

    def run(address: str, **query):
        app = AppTest.from_file(str(ROOT / "pages" / f"{address}.py"), default_timeout=30)
        app.query_params.update(query)
        app.run()
        assert not app.exception
        assert "went wrong" not in said(app)
        return app

    return run


@pytest.fixture
def followed(opened):
    """Open the address that a page has come to: it is all that the next view rests on."""

    def run(address: str, app):
        return opened(address, **dict(app.query_params.items()))

    return run


def said(app) -> str:
    """Everything that the page writes itself, as HTML."""
    return "\n".join(html.proto.body for html in app.get("html"))


def made(document: PlanDocument) -> str:
    """The plan's id, in the store of this test run."""
    if document.plan.id not in [plan.id for plan in plans()]:
        commands.create_plan(document, "test")
    return document.plan.id


@pytest.fixture
def empty_plan() -> str:
    """A plan for a municipality without anything in it."""
    head = plan_documents()[0].plan
    changes = {"id": "tom", "name": "Tom plan", "municipality": "", "note": "", "source": ""}
    return made(PlanDocument(plan=head.model_copy(update=changes)))


@pytest.fixture
def hostile_plan() -> str:
    """The example with every text that a person may type replaced by markup of four kinds."""
    example = plan_documents()[-1]
    head = example.plan.model_copy(
        update={"id": "elak", "name": HOSTILE, "note": HOSTILE, "source": HOSTILE}
    )
    texts = {"name": HOSTILE, "department": HOSTILE, "source_ref": HOSTILE, "note": HOSTILE}
    measures = tuple(measure.model_copy(update=texts) for measure in example.measures)
    return made(example.model_copy(update={"plan": head, "measures": measures}))

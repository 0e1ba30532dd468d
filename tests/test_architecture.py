"""The walls of the house: who may import whom, and where SQL and session state may stand."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PURE = [
    "appraisal",
    "asking",
    "benefit_balance",
    "benefit_lines",
    *(f"benefit_methods/{name}" for name in ("air", "health", "jobs", "paths", "traffic")),
    "benefit_prices",
    "benefits",
    "depreciation",
    "difference",
    "draws",
    "bridge",
    "business_as_usual",
    "carbon_budget",
    "climate_budget",
    "cost_curve",
    "economics",
    "emission_paths",
    "emission_result",
    "emission_rows",
    "emissions",
    "errors",
    "expression",
    "fees",
    "finance",
    "financial_targets",
    "financing",
    "firmness",
    "formatting",
    "funding_facts",
    "funding_findings",
    "funding_limits",
    "funding_rules",
    "funding_suggestions",
    "funding_timing",
    "gap",
    "grant_calendar",
    "green_allocation",
    "green_bonds",
    "internal_flows",
    "inventory",
    "green_eligibility",
    "green_finance",
    "green_impact",
    "green_result",
    "horizon",
    "implementation",
    "language",
    "loans",
    "money",
    "operating",
    "operating_parts",
    "operating_table",
    "optimise/answer",
    "optimise/conditions",
    "optimise/explain",
    "optimise/frontier",
    "optimise/goal",
    "optimise/greedy",
    "optimise/margin",
    "optimise/options",
    "optimise/problem",
    "optimise/program",
    "optimise/relax",
    "optimise/robust",
    "optimise/search",
    "optimise/seeking",
    "optimise/worth",
    "other_actors",
    "owners",
    "palette",
    "partly_known",
    "plan",
    "poll",
    "portfolio",
    "prices",
    "published",
    "published_entries",
    "published_kernels",
    "rates",
    "readings",
    "rows",
    "saved_scenarios",
    *(
        f"scenario/{name}"
        for name in (
            *("adjustment_reading", "adjustments", "amounts", "apply", "assumed", "compose"),
            *("form", "funding", "language", "lending", "rule_reading", "rules", "timing"),
            *("values", "where", "written"),
        )
    ),
    "spend_emissions",
    "spend_rows",
    "quantiles",
    "sensitivity",
    "standstill",
    "state_aid",
    "streams",
    "targets",
    "uncertain_operating",
    "uncertain_tonnes",
    "uncertainty",
    "validate",
    "validate_effects",
    "validate_emissions",
    "validate_green",
    "validate_spend",
    "validate_workshops",
    "worked_examples",
    "workshop_rows",
    "workshops",
    "world_tables",
    "worlds",
    "years",
]


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module that the file imports, by full name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def under(names: set[str], *packages: str) -> set[str]:
    return {name for name in names for p in packages if name == p or name.startswith(f"{p}.")}


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules("model"), ids=label)
def test_the_model_knows_no_screen(path):
    assert under(imports(path), "streamlit", "plotly", "ui", "pages") == set()


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_import_no_store(name):
    path = ROOT / "model" / f"{name}.py"
    forbidden = ("model.store", "model.results", "model.commands", "duckdb")
    assert under(imports(path), *forbidden) == set()


@pytest.mark.parametrize("path", modules("pages"), ids=label)
def test_pages_reach_the_store_only_through_results_and_commands(path):
    assert under(imports(path), "duckdb", "model.store", "model.gap", "plotly") == set()


@pytest.mark.parametrize("path", [*modules("ui"), ROOT / "app.py"], ids=label)
def test_the_shared_parts_import_no_page_and_no_database(path):
    assert under(imports(path), "pages", "duckdb") == set()


@pytest.mark.parametrize("path", modules("ui/charts"), ids=label)
def test_charts_are_pure_and_know_no_streamlit(path):
    assert under(imports(path), "streamlit", "model.results", "model.store") == set()


@pytest.mark.parametrize("path", [*modules("pages"), *modules("ui"), ROOT / "app.py"], ids=label)
def test_session_state_stands_in_the_view_and_the_address_bar_only(path):
    if label(path) not in ("ui/state.py", "ui/address_bar.py"):
        assert "session_state" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", [*modules("model"), *modules("ui"), *modules("pages")], ids=label)
def test_sql_stands_in_the_store_and_is_never_put_together(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\bexecute(many)?\(\s*f[\"']", text)
    if "model/store" not in label(path):
        assert not re.search(r"\.execute(many)?\(", text)


@pytest.mark.parametrize("path", sorted((ROOT / "model/store/sql").rglob("*.sql")), ids=label)
def test_every_sql_file_begins_with_its_grain(path):
    assert path.read_text("utf-8").startswith("-- ")

"""``check`` finds what is wrong and nothing else; the second matching agrees with the kernel."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import commands, readings
from model.gap import match, net_of_grants
from model.language import catalogue
from model.reference import plan_documents
from model.rows import Appropriation, Expenditure, Grant, Measure, Prerequisite
from model.store import check as checks
from model.store import read as stored
from model.store import seed, watermark, write
from model.store.check import check, compare_matching, gap_by_windows, says
from model.store.connection import Store
from model.store.queries import SQL

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "gap.yaml").read_text("utf-8"))
NAMES = ("need", "grants", "gross", "net", "carry_over")


def second(store, years, **tables):
    """The gap (years, measures) by the window functions, from arrays of that shape."""
    shape = tables["need"].shape
    year, measure = (places.ravel() for places in np.indices(shape))
    columns = {
        name: tables.get(name, np.zeros(shape, dtype=np.int64))[year, measure] for name in NAMES
    }
    money = pa.table({"measure": measure, "year": np.array(years)[year], **columns})
    with store.read() as cursor:
        cursor.register("money", money)
        found = gap_by_windows(cursor)
    gap = np.full(shape, -1)
    gap[np.searchsorted(years, found["year"]), found["measure"]] = found["gap"]
    return gap


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_hold_for_the_window_functions(case, store):
    given_ = dict(case["input"])
    given_["net"] = given_.pop("appropriations", {})
    years = sorted({year for amounts in given_.values() for year in amounts})
    arrays = {
        name: np.array([[given_.get(name, {}).get(year, 0)] for year in years], dtype=np.int64)
        for name in NAMES
    }
    gap = dict(zip(years, second(store, years, **arrays)[:, 0].tolist(), strict=True))
    expected = case["expect"].get("gap", {})
    assert {year: gap[year] for year in expected} == expected


AMOUNT = st.one_of(st.just(0), st.integers(0, 300), st.integers(0, 10**13))


@pytest.fixture(scope="module")
def one_store():
    opened = Store.open(None)
    yield opened
    opened.close()


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_kernel_and_the_window_functions_find_the_same_gap(data, one_store):
    years, measures = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 5))
    cells = st.lists(AMOUNT, min_size=years * measures, max_size=years * measures)
    tables = {
        name: np.array(data.draw(cells), dtype=np.int64).reshape(years, measures) for name in NAMES
    }
    need, grants, gross, net, carry_over = tables.values()
    own = net + net_of_grants(gross, need, grants)
    expected = match(need, grants, own, carry_over).gap
    found = second(one_store, list(range(2026, 2026 + years)), **tables)
    assert found.tolist() == expected.tolist()


def test_2000_measures_of_26_years_agree_to_the_ore(store):
    rng = np.random.default_rng(7)
    tables = {name: rng.integers(0, 10**9, (26, 2000)) for name in NAMES}
    need, grants, gross, net, carry_over = tables.values()
    own = net + net_of_grants(gross, need, grants)
    expected = match(need, grants, own, carry_over).gap
    assert (second(store, list(range(2026, 2052)), **tables) == expected).all()


def test_the_projects_own_plans_pass_every_check(store):
    seed.seed_if_empty(store)
    assert check(store) == []
    with store.read() as cursor:
        gaps = {
            (document.plan.id, reading): int(
                readings.read(stored.plan(cursor, document.plan.id), reading).gap.sum()
            )
            for document in plan_documents()
            for reading in checks.MATCHED
        }
    # Something was compared: the example has a gap, and planned money narrows it.
    assert gaps["exempelkommunen", "secured"] > gaps["exempelkommunen", "planned"] > 0


KRONOR = st.decimals(0, 10**7, places=2)
YEAR = st.sampled_from([0, 2019, 2025, 2026, 2027, 2028, 2029, 2031, 9999])


@st.composite
def financed(draw, key):
    """A measure with every kind of money, inside and outside the plan's years."""
    years = st.lists(YEAR, max_size=5, unique=True)
    payments = st.lists(YEAR, min_size=1, max_size=4, unique=True)
    spent = [
        Expenditure(
            year=year,
            mid=draw(KRONOR),
            paid=paid,
            price_level=level,
            price_year=2026,
        )
        for paid in (False, True)
        for year in draw(years)
        for level in [draw(st.sampled_from(["nominal", "real", "unknown"]))]
    ]
    grants = [
        Grant(
            id=f"g{place}",
            source="klimatklivet",
            status=draw(st.sampled_from(["granted", "applied", "idea"])),
            share=draw(st.none() | st.decimals(0, 1, places=4)),
            eligible_expenditure=draw(st.none() | KRONOR),
            payments=[{"year": year, "amount": draw(KRONOR)} for year in draw(payments)],
        )
        for place in range(draw(st.integers(0, 2)))
    ]
    appropriations = [
        Appropriation(
            year=year, basis=basis, status=status, amount=draw(KRONOR), carry_over=draw(KRONOR)
        )
        for basis in ("gross", "net")
        for status in ("decided", "planned", "requested")
        for year in draw(st.lists(YEAR, max_size=2, unique=True))
    ]
    return Measure(
        id=key,
        name=key,
        owner="municipality",
        expenditures=spent,
        grants=grants,
        appropriations=appropriations,
    )


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_plan_holds_both_matchings_agree_on_it(data, document, one_store):
    measures = tuple(data.draw(financed(key)) for key in ("a", "b"))
    index = tuple(
        Prerequisite(year=year, price_index=data.draw(st.decimals(90, 130, places=1)))
        for year in data.draw(st.lists(st.integers(2025, 2029), unique=True, max_size=5))
    )
    drawn = document.model_copy(update={"measures": measures, "prerequisites": index})
    with one_store.read() as cursor:
        # A reader's writes are never kept, so that each example begins with the empty store.
        write.insert_plan(cursor, drawn)
        plan = stored.plan(cursor, "prov")
        for reading in checks.MATCHED:
            assert compare_matching(cursor, plan, reading, readings.read(plan, reading)) == []


@pytest.mark.parametrize(
    ("spoil", "code", "ref"),
    [
        ("DELETE FROM measure WHERE position = 1", "differs_from_journal", "prov/study"),
        ("DELETE FROM measure WHERE position = 0", "orphan_line", "prov/busses"),
        ("DELETE FROM plan", "orphan_row", "prov"),
        ("DELETE FROM grant_payment WHERE grant_id = 'first'", "grant_and_payments", "prov/busses"),
        ("DELETE FROM grants WHERE grant_id = 'first'", "grant_and_payments", "prov/busses"),
        ("DELETE FROM owner_share WHERE line = 0", "owner_shares", "prov/busses"),
        ("UPDATE expenditure SET low = 200 WHERE high = 110", "range_order", "prov/busses"),
        ("UPDATE effect SET low = NULL", "range_order", "prov/busses"),
        ("UPDATE measure SET position = 7 WHERE position = 1", "places", "prov"),
        ("UPDATE plan SET version = 2", "version", "prov"),
        ("UPDATE plan SET name = 'Annan'", "differs_from_journal", "prov/(plan)"),
        ("UPDATE programme SET amount = 1", "differs_from_journal", "prov/(programmes)"),
        ("DELETE FROM prerequisite", "differs_from_journal", "prov/(prerequisites)"),
        (
            "UPDATE expenditure SET mid = 100.01 WHERE high = 110",
            "differs_from_journal",
            "prov/busses",
        ),
        ("UPDATE journal SET who = 'Eve'", "journal_broken", "journal/1"),
        (
            "INSERT INTO imported_file VALUES ('x', 'prov', 1, 'b.xlsx', 'content')",
            "imported_file",
            "prov/1",
        ),
    ],
)
def test_what_was_changed_behind_the_back_is_found(store, document, spoil, code, ref):
    commands.create_plan(document, "Ada", store=store)
    with store.write() as cursor:
        cursor.execute(spoil)
    found = check(store)
    assert (code, ref) in [(violation.code, violation.ref) for violation in found]
    assert all(violation.message for violation in found)


def test_a_version_that_was_skipped_is_found(store, document):
    commands.create_plan(document, "Ada", store=store)
    with store.write() as cursor:
        cursor.execute("UPDATE plan SET version = 5")
    commands.delete_measure("prov", "study", 5, "Ada", store=store)
    (violation,) = check(store)
    assert (violation.code, violation.fields["version"]) == ("version_by_version", 6)


def test_a_kernel_that_errs_by_an_ore_is_found(store, document, monkeypatch):
    commands.create_plan(document, "Ada", store=store)
    honest = readings.read

    def erring(plan, reading, level="mid"):
        outcome = honest(plan, reading, level)
        outcome.gap[1, 0] += 1
        return outcome

    monkeypatch.setattr(checks, "read", erring)
    found = [violation for violation in check(store) if violation.code == "matching"]
    assert [(violation.ref, violation.fields["count"]) for violation in found] == [
        ("prov/busses/2026", 1),
        ("prov/busses/2026", 1),
    ]


def test_a_watermark_ahead_of_the_store_is_found(tmp_path, document):
    store = Store.open(tmp_path / "klimatinvest.duckdb")
    commands.create_plan(document, "Ada", store=store)
    assert check(store) == []
    watermark.write(store.path, 3, "0" * 64)
    (violation,) = check(store)
    assert violation.code == "watermark"
    assert violation.message.startswith("2 of 3 journal entries are missing")
    store.close()


def test_every_audit_says_what_it_found(store):
    files = sorted((SQL / "audit").glob("*.sql"))
    assert files
    for file in files:
        assert says(file.read_text("utf-8")).endswith(".")


def test_a_sound_store_passes_and_is_left_as_it_was(store, document):
    commands.create_plan(document, "Ada", store=store)
    with store.read() as cursor:
        before = cursor.execute("SELECT * FROM duckdb_tables()").fetchall()
    assert check(store) == []
    with store.read() as cursor:
        assert cursor.execute("SELECT * FROM duckdb_tables()").fetchall() == before


def test_money_in_real_prices_is_made_nominal_by_both(store, document):
    real = Measure(
        id="real",
        name="Reala priser",
        expenditures=(
            Expenditure(year=2028, mid=Decimal(100), price_level="real", price_year=2026),
        ),
    )
    index = (
        Prerequisite(year=2026, price_index=Decimal(100)),
        Prerequisite(year=2028, price_index=Decimal("106.09")),
    )
    drawn = document.model_copy(update={"measures": (real,), "prerequisites": index})
    commands.create_plan(drawn, "Ada", store=store)
    assert check(store) == []
    with store.read() as cursor:
        assert readings.read(stored.plan(cursor, "prov"), "secured").gap.sum() == 10609


def test_what_an_audit_says_is_said_in_swedish_too():
    said = {says(file.read_text("utf-8")) for file in (SQL / "audit").glob("*.sql")}
    assert {text for text in said if text not in catalogue("sv")} == set()

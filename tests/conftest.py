"""What all tests share: a real store in memory, the reference material, a small whole plan."""

import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest
from hypothesis import settings

from model.rows import (
    Activity,
    AgencyGrant,
    Appropriation,
    Component,
    Effect,
    Expenditure,
    FeeYear,
    FinancialTarget,
    Grant,
    GreenAnswer,
    GreenReport,
    GreenStep,
    InternalFlow,
    Loan,
    LocalValue,
    Measure,
    OwnerShare,
    Payment,
    PlanDocument,
    PlanHead,
    Prerequisite,
    Programme,
    RunningCost,
    SavedScenario,
)
from model.store.connection import Store

ROOT = Path(__file__).parents[1]

# How long an example takes says more of the machine than of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _away_from_the_real_database(tmp_path_factory):
    """No test opens the database of this installation, whatever it calls."""
    before = os.environ.get("KLIMATINVEST_DB")
    path = tmp_path_factory.mktemp("default") / "klimatinvest.duckdb"
    os.environ["KLIMATINVEST_DB"] = str(path)
    yield
    if before is None:
        del os.environ["KLIMATINVEST_DB"]
    else:
        os.environ["KLIMATINVEST_DB"] = before


class _InMemory(Store):
    """A store of its own on a database that another test has given back empty, if there is one:
    making the schema takes longer than most tests.
    """

    _spare: ClassVar[list[duckdb.DuckDBPyConnection]] = []
    _schema: ClassVar[dict[str, str]] = {}

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self._spare:
            return self._spare.pop()
        connection = super()._connect()
        self._schema.update((name, sql) for name, sql, _ in _tables(connection))
        return connection

    def give_back(self) -> None:
        """Empty the database for the next test; close it when the test has altered its schema."""
        with suppress(duckdb.ConnectionException):  # the test has closed it
            tables = _tables(self._connection)
            if self.generation or self._schema != {name: sql for name, sql, _ in tables}:
                self.close()
                return
            for name, _, rows in tables:
                if rows and name != "migration":
                    self._connection.execute("TRUNCATE " + name)
            self._spare.append(self._connection)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Every table with its definition and about how many rows it has, none if there are none."""
    return connection.execute(
        "SELECT table_name, sql, estimated_size FROM duckdb_tables()"
    ).fetchall()


@pytest.fixture
def store():
    """An empty store in memory: a real DuckDB with the real schema."""
    opened = _InMemory.open(None)
    yield opened
    opened.give_back()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the reference workbooks and cases; skips where there is none."""
    folder = Path(os.environ.get("KLIMATINVEST_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no reference material at {folder}: name it with KLIMATINVEST_SHARED")
    return folder


@pytest.fixture
def document() -> PlanDocument:
    """A plan with one measure that has everything, one that has the least, and the rest."""
    everything = Measure(
        id="busses",
        name="Elbussar",
        description="Tolv bussar",
        sector="transport",
        owner="mixed",
        owner_kind="mixed",
        owner_shares=(
            OwnerShare(owner="municipality", share=Decimal("0.333333")),
            OwnerShare(owner="business", share=Decimal("0.666667")),
        ),
        department="Tekniska nämnden",
        financing_form="tax",
        investment_type="new",
        readiness="pilot",
        lifetime_years=12,
        starts="2027-03",
        in_service="2028-08",
        asset="passenger_car",
        spent=Decimal("1000000.05"),
        alternative_investment=Decimal("70.25"),
        climate_marked=True,
        climate_share=Decimal("0.9"),
        green=True,
        green_category="clean_transport",
        green_share=Decimal("0.8"),
        flags=("shared", "late"),
        source_ref="budget.xlsx!Investeringar!B7",
        expenditures=(
            Expenditure(year=2027, low=Decimal(90), high=Decimal(110)),
            Expenditure(year="before", mid=Decimal("1000000.05"), paid=True),
            Expenditure(year=2026, low=Decimal("80.10")),
            Expenditure(kind="one_off_operating", year=2026, mid=Decimal(5), vat="excluded"),
            Expenditure(year=2028),
        ),
        running_costs=(
            RunningCost(item="energy", year=2028, amount=Decimal("-12.34"), in_frame=False),
            RunningCost(item="maintenance", year=2028, amount=Decimal(3)),
        ),
        effects=(
            Effect(
                indicator="co2e_reduction",
                unit="t CO2e",
                low=Decimal("1.5"),
                high=Decimal("2.5"),
                basis="per_year",
                gas="co2e",
                boundary="territorial",
            ),
        ),
        activities=(
            Activity(
                kind="vehicles",
                unit="number",
                low=Decimal(90),
                high=Decimal("110.5"),
                per=Decimal(15000),
                first_year=2028,
                last_year=2035,
                from_carrier="petrol",
                from_rate=Decimal(7),
                to_carrier="electricity",
                to_rate=Decimal("18.5"),
                source_ref="Fordonslistan",
            ),
        ),
        grants=(
            Grant(
                id="second",
                source="klimatklivet",
                status="applied",
                probability=Decimal("0.25"),
                share=Decimal("0.5"),
                apply_by="2027-02-01",
                applied_on="2027-01-15",
                final_report="2029-03-31",
                aid_basis="gber_36b",
                aid_bonuses=("medium", "area_c"),
                eligible_expenditure=Decimal(60),
                payments=(
                    Payment(year=2028, amount=Decimal(10)),
                    Payment(year=2027, amount=Decimal(20)),
                ),
            ),
            Grant(
                id="first",
                source="klimatklivet",
                status="granted",
                payments=(Payment(year="later", amount=Decimal("7.77")),),
            ),
        ),
        appropriations=(
            Appropriation(year=2027, status="planned", amount=Decimal(40)),
            Appropriation(
                year=2026, status="decided", amount=Decimal(30), carry_over=Decimal("4.5")
            ),
        ),
        components=(
            Component(name="Batterier", share=Decimal("0.4"), lifetime_years=8, reinvested=True),
            Component(name="Mark", share=Decimal("0.6"), land=True),
        ),
        green_steps=(
            GreenStep(framework="ostersund-2023", step="identified", by="Ada", on="2026-02-03"),
        ),
        green_answers=(
            GreenAnswer(framework="ostersund-2023", question="new_vehicles", answer="unclear"),
        ),
    )
    return PlanDocument(
        plan=PlanHead(
            id="prov",
            name="Provstad 2030",
            municipality="2480",
            base_year=2025,
            first_year=2026,
            last_year=2028,
            system_boundary="municipal_group",
        ),
        measures=(everything, Measure(id="study", name="Utredning")),
        programmes=(
            Programme(
                id="pot",
                name="Klimatpott",
                source="own_budget",
                status="decided",
                year=2026,
                amount=Decimal(100),
            ),
        ),
        prerequisites=(
            Prerequisite(year=2027, taxes_and_grants=Decimal(5000), price_index=Decimal("103.1")),
            Prerequisite(level="group", year=2026, result=Decimal(-2), residents=130000),
        ),
        loans=(
            Loan(
                id="green-1",
                name="SE0000000001",
                instrument="bond",
                framework="ostersund-2023",
                issued_on="2026-05-04",
                matures_on="2031-05-04",
                approved=Decimal(100),
                disbursed=Decimal(90),
                outstanding=Decimal("80.5"),
                repayment="bullet",
                interest=Decimal("0.0225"),
                unallocated_place="Koncernkontot",
            ),
            Loan(id="next", name="Nästa", level="group", refinances="green-1", term_years=5),
        ),
        internal_flows=(
            InternalFlow(
                kind="lending", payer="Kommunen", receiver="Bolaget", year=2026, amount=Decimal(5)
            ),
        ),
        fee_years=(FeeYear(form="water", year=2026, customers=100, surplus=Decimal("-3.5")),),
        financial_targets=(
            FinancialTarget(kind="self_financing", limit=Decimal("0.6"), from_year=2027),
        ),
        local_values=(
            LocalValue(
                assumption="health/mortality_rate",
                year=2026,
                low=Decimal("0.0023"),
                mid=Decimal("0.0025"),
                source="SCB",
            ),
        ),
        scenarios=(
            SavedScenario(
                id="sent",
                name="Sent",
                note="Om det dröjer",
                author="Kim",
                content="extends: [costs_plus_30]\nadjustments: [{do: delay, years: 1}]\n",
            ),
        ),
        green_reports=(
            GreenReport(
                year=2026,
                mode="own_programme",
                on="2026-12-31",
                denominator="gross",
                grid_factor="emission_factors/electricity_green_bond",
                factor=Decimal(315),
                allocated=Decimal("80.5"),
                tonnes=Decimal("12.25"),
                by="Ada",
            ),
        ),
        agency_grants=(
            AgencyGrant(
                id="nv-1",
                agency="Naturvårdsverket",
                programme="klimatklivet",
                title="Laddstation",
                amount=Decimal("12.5"),
                granted_on="2025-06-01",
            ),
        ),
    )


@pytest.fixture
def ask(capsys):
    """Runs a command that must succeed in this process; returns its JSON."""
    import json

    from model.__main__ import main

    def asked(*arguments: object) -> dict:
        assert main([*map(str, arguments), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return asked

"""What goes into the tables comes out equal, to the öre and the letter."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import rows
from model.errors import InvalidData, NotFound
from model.store import documents, write
from model.store.connection import Store
from model.store.tables import LINES, insert

KRONOR = st.decimals(0, Decimal("9999999999999.99"), places=2)
SIGNED = st.decimals(Decimal("-9999999999999.99"), Decimal("9999999999999.99"), places=2)
# Halfway between two of them has one decimal more.
QUANTITY = st.decimals(-(10**9), 10**9, places=5)
SHARE = st.decimals(0, 1, places=6)
YEAR = st.one_of(st.integers(1990, 2100), st.sampled_from([0, 9999]))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def optional(strategy):
    return st.none() | strategy


@st.composite
def ranges(draw, values):
    """low, mid and high in the forms that a range may have."""
    low, mid, high = sorted(draw(st.tuples(values, values, values)))
    kept = draw(st.sampled_from(["", "low", "mid", "low high", "low mid high", "low mid"])).split()
    given_ = {"low": low, "mid": mid, "high": high}
    return {name: given_[name] for name in kept}


def texts(row, without=()):
    """Strategies for the free texts of a row."""
    return {
        name: TEXT
        for name, field in row.model_fields.items()
        if field.annotation is str and field.default == "" and name not in without
    }


DAYS = ("apply_by", "applied_on", "final_report")


def dates(row):
    """Strategies for the dates of a row."""
    day = st.just("") | st.dates().map(str)
    return {name: day for name in DAYS if name in row.model_fields}


def choice(row, name):
    """One of the words that a field allows."""
    words = []
    for part in get_args(row.model_fields[name].annotation):
        words += get_args(part) or [None if part is type(None) else part]
    return st.sampled_from(words)


@st.composite
def expenditures(draw):
    keys = st.tuples(
        choice(rows.Expenditure, "kind"),
        choice(rows.Expenditure, "scope"),
        YEAR,
        st.booleans(),
    )
    return tuple(
        rows.Expenditure(
            kind=kind,
            scope=scope,
            year=year,
            paid=paid,
            price_level="real",
            price_year=draw(st.integers(2000, 2030)),
            vat=draw(choice(rows.Expenditure, "vat")),
            **draw(ranges(KRONOR)),
            **draw(st.fixed_dictionaries(texts(rows.Expenditure))),
        )
        for kind, scope, year, paid in draw(st.lists(keys, max_size=4, unique=True))
    )


@st.composite
def grants(draw):
    made = []
    for key in draw(
        st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True), max_size=3, unique=True)
    ):
        status = draw(choice(rows.Grant, "status"))
        years = draw(st.lists(YEAR, min_size=1, max_size=4, unique=True))
        made.append(
            rows.Grant(
                id=key,
                source=draw(TEXT),
                status=status,
                probability=None if status == "granted" else draw(optional(SHARE)),
                eligible_expenditure=draw(optional(KRONOR)),
                share=draw(optional(SHARE)),
                payments=[{"year": year, "amount": draw(KRONOR)} for year in years],
                aid_bonuses=draw(st.sampled_from([(), ("small",), ("medium", "area_c")])),
                **draw(st.fixed_dictionaries(dates(rows.Grant) | texts(rows.Grant, DAYS))),
            )
        )
    return tuple(made)


@st.composite
def appropriations(draw):
    keys = st.tuples(
        YEAR, choice(rows.Appropriation, "basis"), choice(rows.Appropriation, "status")
    )
    return tuple(
        rows.Appropriation(
            year=year,
            basis=basis,
            status=status,
            amount=draw(KRONOR),
            carry_over=draw(KRONOR),
            decision=draw(TEXT),
        )
        for year, basis, status in draw(st.lists(keys, max_size=3, unique=True))
    )


EFFECTS = st.builds(
    lambda known, numbers, words: rows.Effect(**known, **numbers, **words),
    st.fixed_dictionaries(
        {
            "indicator": TEXT,
            "unit": TEXT,
            "year": optional(YEAR),
            "basis": choice(rows.Effect, "basis"),
            "gas": choice(rows.Effect, "gas"),
            "boundary": choice(rows.Effect, "boundary"),
        }
    ),
    ranges(QUANTITY),
    st.fixed_dictionaries(texts(rows.Effect)),
)
AMOUNT = st.decimals(0, 10**9, places=5)
ACTIVITIES = st.builds(
    lambda known, numbers, words: rows.Activity(**known, **numbers, **words),
    st.fixed_dictionaries(
        {
            "kind": TEXT,
            "unit": TEXT,
            "first_year": optional(st.integers(2000, 2030)),
            "last_year": optional(st.integers(2031, 2060)),
            **dict.fromkeys(("per", "from_rate", "to_rate"), optional(AMOUNT)),
        }
    ),
    ranges(AMOUNT),
    st.fixed_dictionaries(texts(rows.Activity)),
)
RUNNING_COSTS = st.builds(
    rows.RunningCost,
    item=choice(rows.RunningCost, "item"),
    year=YEAR,
    amount=SIGNED,
    in_frame=optional(st.booleans()),
    price_year=optional(st.integers(2000, 2030)),
    **texts(rows.RunningCost),
)
OWNER_SHARES = st.builds(
    lambda share, owners: tuple(
        rows.OwnerShare(owner=owner, share=part)
        for owner, part in zip(owners, (share, 1 - share), strict=True)
    ),
    SHARE,
    st.lists(TEXT, min_size=2, max_size=2, unique=True),
)


MONTH = st.just("") | st.dates().map(lambda day: f"20{day:%y-%m}")
COMPONENTS = st.builds(
    lambda share, name: (
        rows.Component(name=name, share=share, lifetime_years=7, reinvested=True, note="a"),
        rows.Component(name=f"{name} 2", share=1 - share, land=True),
    ),
    SHARE,
    TEXT.filter(bool),
)


def measures(key):
    """Any measure of that id."""
    return st.builds(
        rows.Measure,
        id=st.just(key),
        name=TEXT.filter(bool),
        owner_kind=choice(rows.Measure, "owner_kind"),
        owner_shares=st.just(()) | OWNER_SHARES,
        readiness=choice(rows.Measure, "readiness"),
        starts=MONTH,
        in_service=MONTH,
        asset=choice(rows.Measure, "asset"),
        lifetime_years=optional(st.integers(1, 200)),
        decided_total=optional(KRONOR),
        forecast_total=optional(KRONOR),
        spent=optional(KRONOR),
        replaced_book_value=optional(KRONOR),
        alternative_investment=optional(KRONOR),
        climate_share=optional(SHARE),
        climate_marked=optional(st.booleans()),
        green=optional(st.booleans()),
        green_share=optional(SHARE),
        flags=st.lists(TEXT, max_size=3).map(tuple),
        expenditures=expenditures(),
        running_costs=st.lists(RUNNING_COSTS, max_size=2).map(tuple),
        effects=st.lists(EFFECTS, max_size=2).map(tuple),
        activities=st.lists(ACTIVITIES, max_size=2).map(tuple),
        grants=grants(),
        appropriations=appropriations(),
        components=st.just(()) | COMPONENTS,
        **texts(rows.Measure, without=("in_service", "starts")),
    )


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_measures_come_back_as_they_were(data, one_store):
    drawn = tuple(
        data.draw(measures(key)) for key in ("b", "a", "c")[: data.draw(st.integers(0, 3))]
    )
    plan = rows.PlanDocument(
        plan=rows.PlanHead(
            id="prov",
            name=data.draw(TEXT.filter(bool)),
            municipality=data.draw(TEXT),
            base_year=2020,
            first_year=2026,
            last_year=2030,
            system_boundary="territory",
            calculation_rate=data.draw(SHARE),
        ),
        measures=drawn,
    )
    with one_store.read() as cursor:
        # A reader's writes are never kept, so that each example begins with the empty store.
        write.insert_plan(cursor, plan)
        assert documents.read_document(cursor, "prov") == (plan, 1)
        for measure in drawn:
            assert documents.read_measure(cursor, "prov", measure.id) == measure


@pytest.fixture(scope="module")
def one_store():
    opened = Store.open(None)
    yield opened
    opened.close()


def test_a_whole_plan_comes_back_in_its_own_order(store, document):
    with store.write() as cursor:
        write.insert_plan(cursor, document)
    with store.read() as cursor:
        found, version = documents.read_document(cursor, "prov")
    assert found == document
    assert version == 1


@pytest.mark.parametrize(
    ("table", "row", "without"),
    [
        ("plan", rows.PlanHead, {"id"}),
        ("measure", rows.Measure, {"id", *LINES}),
        ("owner_share", rows.OwnerShare, set()),
        ("expenditure", rows.Expenditure, set()),
        ("running_cost", rows.RunningCost, set()),
        ("effect", rows.Effect, set()),
        ("activity", rows.Activity, set()),
        ("grants", rows.Grant, {"id", "payments"}),
        ("grant_payment", rows.Payment, set()),
        ("appropriation", rows.Appropriation, set()),
        ("programme", rows.Programme, {"id"}),
        ("prerequisite", rows.Prerequisite, set()),
        ("green_report", rows.GreenReport, set()),
        ("baseline_year", rows.BaselineYear, set()),
        ("business_as_usual", rows.BusinessAsUsual, set()),
        ("emission_series", rows.EmissionSeries, set()),
        ("emission_target", rows.EmissionTarget, set()),
        ("interaction", rows.Interaction, set()),
        ("emission_budget", rows.EmissionBudget, set()),
        ("spend", rows.Spend, set()),
        ("intensity", rows.Intensity, set()),
        ("department_budget", rows.DepartmentBudget, set()),
    ],
)
def test_every_field_of_a_row_has_its_column_and_every_column_its_field(store, table, row, without):
    placing = {"plan_id", "measure_id", "grant_id", "programme_id", "position", "line", "version"}
    with store.read() as cursor:
        columns = set(cursor.table(table).columns)
    assert columns - placing == set(row.model_fields) - without


def test_money_comes_as_decimal_and_its_sum_is_the_same_ten_times(store):
    amounts = [Decimal(f"{n}.{n % 100:02}") for n in range(1, 20001)]
    with store.write() as cursor:
        insert(
            cursor,
            "grant_payment",
            [
                {
                    "plan_id": "p",
                    "measure_id": "m",
                    "grant_id": "g",
                    "line": n,
                    "year": n,
                    "amount": amount,
                }
                for n, amount in enumerate(amounts)
            ],
        )
    sums = set()
    for _ in range(10):
        with store.read() as cursor:
            (total,) = cursor.execute("SELECT sum(amount) FROM grant_payment").fetchone()
            assert isinstance(total, Decimal)
            sums.add(str(total))
    assert sums == {str(sum(amounts))}


def test_no_column_of_money_is_a_float(store):
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT table_name, column_name FROM duckdb_columns()"
            " WHERE data_type IN ('DOUBLE', 'FLOAT') AND NOT internal"
        ).fetchall()
    assert found == []


@pytest.mark.parametrize(
    "name",
    [
        "'); DROP TABLE plan; --",
        'Robert"; DELETE FROM journal; --',
        "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/) C*2*H*4 =1+1 :red[x] $x$",
        "$plan ? :name {name} %s \\ \0 \n å\u0308",
    ],
)
def test_text_that_looks_like_code_is_kept_as_it_is(store, document, name):
    hostile = rows.Measure(id="study", name=name, description=name, flags=(name,), sector=name)
    with store.write() as cursor:
        write.insert_plan(cursor, document.model_copy(update={"measures": (hostile,)}))
    with store.read() as cursor:
        assert documents.read_measure(cursor, "prov", "study") == hostile
        assert cursor.execute("SELECT count(*) FROM plan").fetchone() == (1,)


def test_what_is_not_known_stays_unknown_and_is_not_zero(store, document):
    with store.write() as cursor:
        write.insert_plan(cursor, document)
    with store.read() as cursor:
        unknown = documents.read_measure(cursor, "prov", "busses").expenditures[-1]
    assert (unknown.low, unknown.mid, unknown.high) == (None, None, None)


def test_a_figure_that_the_column_cannot_hold_is_refused_and_not_rounded(store):
    with pytest.raises(InvalidData, match="does not fit the store"), store.write() as cursor:
        insert(
            cursor,
            "grant_payment",
            [
                {
                    "plan_id": "p",
                    "measure_id": "m",
                    "grant_id": "g",
                    "line": 0,
                    "year": 2026,
                    "amount": Decimal("1.005"),
                }
            ],
        )


def test_what_is_not_there_is_named(store, document):
    with store.write() as cursor:
        write.insert_plan(cursor, document)
    with store.read() as cursor:
        with pytest.raises(NotFound, match="There is no plan annan"):
            documents.read_document(cursor, "annan")
        with pytest.raises(NotFound, match="The plan prov has no measure trams"):
            documents.read_measure(cursor, "prov", "trams")


def test_a_deleted_measure_leaves_no_hole_and_no_line(store, document):
    busses, study = document.measures
    third = rows.Measure(id="third", name="Tredje")
    with store.write() as cursor:
        write.insert_plan(cursor, document.model_copy(update={"measures": (study, busses, third)}))
        write.delete_measure(cursor, "prov", "busses")
        left = cursor.execute("SELECT measure_id, position FROM measure ORDER BY ALL").fetchall()
        assert left == [("study", 0), ("third", 1)]
        for table in (*LINES.values(), "grant_payment"):
            assert len(cursor.table(table)) == 0


def test_a_changed_measure_keeps_its_place_and_a_new_one_comes_last(store, document):
    busses, study = document.measures
    new = rows.Measure(id="a-new-one", name="Ny")
    changed = busses.model_copy(update={"name": "Elbussar och laddning"})
    with store.write() as cursor:
        write.insert_plan(cursor, document)
        write.upsert_measures(cursor, "prov", [new, changed])
        assert documents.read_measures(cursor, "prov") == (changed, study, new)

"""Every change: who, from which version, what it was before; and nothing lost silently."""

import hashlib
import threading
from decimal import Decimal

import pytest

from model import commands
from model.errors import InvalidData, NotFound, StaleWrite
from model.municipal_rows import AgencyGrant, Allocation, Loan
from model.results import plans, results
from model.rows import (
    Expenditure,
    Grant,
    Measure,
    Payment,
    PlanDocument,
    PlanHead,
    Prerequisite,
)
from model.store import documents, journal

PLAN = "prov"


@pytest.fixture
def planned(store, document):
    """The store with the small plan in it, at version 1."""
    commands.create_plan(document, "Ada", store=store)
    return store


def stored(store):
    with store.read() as cursor:
        return documents.read_document(cursor, PLAN)


def entries(store, measure_id=None):
    with store.read() as cursor:
        return journal.history(cursor, PLAN, measure_id)


def test_a_plan_is_made_with_its_journal_entry(planned, document):
    assert stored(planned) == (document, 1)
    (entry,) = entries(planned)
    assert (entry.who, entry.command, entry.version, entry.old) == ("Ada", "create_plan", 1, None)
    assert list(entry.new["measures"]) == ["busses", "study"]


def test_an_empty_plan_can_be_made_for_any_municipality(store, document):
    head = document.plan.model_copy(update={"municipality": "Grönköping"})
    empty = PlanDocument(plan=head)
    assert commands.create_plan(empty, "Ada", store=store) == 1
    assert stored(store) == (empty, 1)


def test_a_plan_is_not_made_twice(planned, document):
    with pytest.raises(InvalidData, match="There is a plan prov already"):
        commands.create_plan(document, "Ada", store=planned)
    assert len(entries(planned)) == 1


def test_a_changed_measure_raises_the_version_by_one_and_the_journal_keeps_old_and_new(planned):
    measure = Measure(id="study", name="Förstudie")
    version = commands.save_measure(
        PLAN, measure, 1, "Bo", source="budget.xlsx!Blad1!C7", store=planned
    )
    assert version == 2
    document, version = stored(planned)
    assert (document.measures[1], version) == (measure, 2)
    entry = entries(planned)[0]
    assert (entry.who, entry.command, entry.subject, entry.version, entry.source) == (
        "Bo",
        "save_measure",
        "study",
        2,
        "budget.xlsx!Blad1!C7",
    )
    assert entry.old == {"measures": {"study": {"id": "study", "name": "Utredning"}}}
    assert entry.new == {"measures": {"study": {"id": "study", "name": "Förstudie"}}}


def test_what_is_written_is_what_the_next_reader_gets(planned):
    # Versions are kept between reads, and asked for anew after every write.
    before = results(PLAN, store=planned)
    assert results(PLAN, store=planned) is before
    commands.save_measure(PLAN, Measure(id="tram", name="Spårväg"), 1, "Bo", store=planned)
    after = results(PLAN, store=planned)
    assert (before.plan.version, after.plan.version) == (1, 2)
    assert "tram" in after.plan.tags["id"]
    assert [plan.version for plan in plans(planned)] == [2]


def test_a_new_measure_was_nothing_before(planned):
    commands.save_measure(PLAN, Measure(id="tram", name="Spårväg"), 1, "Bo", store=planned)
    assert entries(planned)[0].old == {"measures": {"tram": None}}


def test_saving_what_stands_already_changes_nothing(planned, document):
    busses = document.measures[0]
    assert commands.save_measure(PLAN, busses, 1, "Bo", store=planned) == 1
    head = document.plan
    assert commands.save_plan_head(PLAN, head, 1, "Bo", store=planned) == 1
    assert len(entries(planned)) == 1


def test_of_two_sessions_that_edit_one_measure_the_later_is_told_both_versions(planned):
    first = Measure(id="study", name="Den förstas")
    second = Measure(id="study", name="Den andras")
    commands.save_measure(PLAN, first, 1, "Ada", store=planned)
    with pytest.raises(StaleWrite) as refused:
        commands.save_measure(PLAN, second, 1, "Bo", store=planned)
    assert (refused.value.seen, refused.value.current) == (1, 2)
    assert stored(planned)[0].measures[1] == first
    commands.save_measure(PLAN, second, 2, "Bo", store=planned)
    assert [entry.who for entry in entries(planned, "study")] == ["Bo", "Ada", "Ada"]


def test_every_command_refuses_a_stale_version_and_leaves_everything_as_it_was(planned, document):
    commands.save_measure(PLAN, Measure(id="study", name="Ny"), 1, "Ada", store=planned)
    before = stored(planned), entries(planned)
    content = b"workbook"
    stale = [
        lambda: commands.save_plan_head(PLAN, document.plan, 1, "Bo", store=planned),
        lambda: commands.save_measure(PLAN, document.measures[0], 1, "Bo", store=planned),
        lambda: commands.delete_measure(PLAN, "study", 1, "Bo", store=planned),
        lambda: commands.save_list(PLAN, "programmes", (), 1, "Bo", store=planned),
        lambda: commands.save_list(PLAN, "prerequisites", (), 1, "Bo", store=planned),
        lambda: commands.delete_plan(PLAN, 1, "Bo", store=planned),
        lambda: commands.import_measures(
            PLAN,
            document.measures,
            1,
            "Bo",
            file_name="b.xlsx",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            store=planned,
        ),
    ]
    for command in stale:
        with pytest.raises(StaleWrite, match="version 2; you read version 1"):
            command()
    assert (stored(planned), entries(planned)) == before


def test_twenty_editors_at_once_lose_nothing_silently(planned):
    acknowledged, refused = [], []

    def edit(editor: int):
        for turn in range(3):
            _, version = stored(planned)
            measure = Measure(id="study", name=f"Av {editor}, gång {turn}")
            try:
                commands.save_measure(PLAN, measure, version, f"editor {editor}", store=planned)
                acknowledged.append(measure.name)
            except StaleWrite:
                refused.append(measure.name)

    threads = [threading.Thread(target=edit, args=(editor,)) for editor in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(acknowledged) + len(refused) == 60
    with planned.read() as cursor:
        history = journal.history(cursor, PLAN, "study", limit=1000)
        assert journal.violations(cursor) == []
    saved = [entry.new["measures"]["study"]["name"] for entry in reversed(history)]
    assert sorted(saved[1:]) == sorted(acknowledged)
    assert stored(planned)[1] == 1 + len(acknowledged)
    # Each change starts from the one before it: nobody wrote over what they had not seen.
    for earlier, later in zip(saved, history[-2::-1], strict=False):
        assert later.old["measures"]["study"]["name"] == earlier


def test_a_deleted_measure_is_gone_and_the_journal_keeps_it(planned, document):
    assert commands.delete_measure(PLAN, "busses", 1, "Bo", store=planned) == 2
    assert stored(planned)[0].measures == document.measures[1:]
    entry = entries(planned, "busses")[0]
    assert Measure.model_validate(entry.old["measures"]["busses"]) == document.measures[0]
    assert entry.new is None
    with pytest.raises(NotFound, match="no measure busses"):
        commands.delete_measure(PLAN, "busses", 2, "Bo", store=planned)


def test_a_plan_changes_its_name_and_years_but_not_its_id(planned, document):
    head = document.plan.model_copy(update={"name": "Provstad 2035", "last_year": 2035})
    assert commands.save_plan_head(PLAN, head, 1, "Bo", store=planned) == 2
    assert stored(planned)[0] == document.model_copy(update={"plan": head})
    other = head.model_copy(update={"id": "annan"})
    with pytest.raises(InvalidData, match="keeps its id"):
        commands.save_plan_head(PLAN, other, 2, "Bo", store=planned)


def test_programmes_and_prerequisites_are_replaced_as_a_whole(planned, document):
    assert commands.save_list(PLAN, "programmes", (), 1, "Bo", store=planned) == 2
    rows = (Prerequisite(year=2026, debt_ceiling=Decimal("1.50")), *document.prerequisites)
    assert commands.save_list(PLAN, "prerequisites", rows, 2, "Bo", store=planned) == 3
    found, _ = stored(planned)
    assert (found.programmes, found.prerequisites) == ((), rows)
    newest, older, _ = entries(planned)
    assert newest.new == {"prerequisites": [journal.as_json(row) for row in rows]}
    assert (older.old["programmes"][0]["id"], older.new) == ("pot", {"programmes": []})


BOND = Loan(
    id="bond",
    name="SE0000000002",
    framework="ostersund-2023",
    disbursed=Decimal(100),
    allocations=(
        Allocation(measure="study", amount=Decimal("12.34"), on="2026-12-31"),
        Allocation(measure="busses", amount=Decimal(5), note="Etapp 1"),
    ),
)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("loans", BOND),
        ("agency_grants", AgencyGrant(id="nv", agency="NV", title="Laddning", measure="study")),
    ],
)
def test_a_measure_that_a_list_names_is_not_taken_away(planned, name, row):
    assert commands.save_list(PLAN, name, [row], 1, "Bo", store=planned) == 2
    document, _ = stored(planned)
    assert getattr(document, name) == (row,)
    with pytest.raises(InvalidData, match=r"study cannot be taken away: .* names it"):
        commands.delete_measure(PLAN, "study", 2, "Bo", store=planned)
    with planned.read() as cursor:
        assert documents.read_measure(cursor, PLAN, "study")
    commands.save_list(PLAN, name, (), 2, "Bo", store=planned)
    assert commands.delete_measure(PLAN, "study", 3, "Bo", store=planned) == 4


def test_a_list_may_not_name_a_measure_that_the_plan_has_not(planned):
    stray = AgencyGrant(id="nv", agency="NV", title="Laddning", measure="nothing")
    with pytest.raises(InvalidData, match="The plan has no measure nothing"):
        commands.save_list(PLAN, "agency_grants", [stray], 1, "Bo", store=planned)
    assert stored(planned)[0].agency_grants != (stray,)


def test_what_is_allocated_was_paid_out_first(planned):
    small = BOND.model_copy(update={"disbursed": Decimal(17)})
    with pytest.raises(InvalidData, match=r"17.34 kronor are allocated, and 17 are paid out"):
        commands.save_list(PLAN, "loans", [small], 1, "Bo", store=planned)


def test_a_deleted_plan_made_again_never_reuses_a_version(planned, document):
    commands.delete_plan(PLAN, 1, "Bo", store=planned)
    with pytest.raises(NotFound):
        stored(planned)
    assert commands.create_plan(document, "Bo", store=planned) == 3
    assert [entry.command for entry in entries(planned)] == [
        "create_plan",
        "delete_plan",
        "create_plan",
    ]


def test_an_import_is_one_version_and_one_entry_with_only_what_changed(planned, document):
    busses, study = document.measures
    content = b"the workbook as it came"
    sha256 = hashlib.sha256(content).hexdigest()
    sheet = (
        busses,
        study.model_copy(update={"name": "Ny utredning"}),
        Measure(id="tram", name="Spårväg", expenditures=(Expenditure(year=2027, mid=Decimal(9)),)),
    )

    def bring_in(version):
        return commands.import_measures(
            PLAN,
            sheet,
            version,
            "Bo",
            file_name="../../budget 2026.xlsx",
            content=content,
            sha256=sha256,
            store=planned,
        )

    assert bring_in(1) == 2
    assert stored(planned)[0].measures == sheet
    entry = entries(planned)[0]
    assert (entry.command, entry.subject, entry.source) == (
        "import_measures",
        sha256,
        "../../budget 2026.xlsx",
    )
    assert list(entry.new["measures"]) == ["study", "tram"]
    assert entry.old["measures"]["tram"] is None
    with planned.read() as cursor:
        kept = cursor.execute("SELECT version, content FROM imported_file").fetchall()
    assert kept == [(2, content)]
    assert bring_in(2) == 2
    assert len(entries(planned)) == 2
    assert [entry.command for entry in entries(planned, "tram")] == ["import_measures"]
    assert [entry.command for entry in entries(planned, "busses")] == ["create_plan"]


def test_an_import_with_one_bad_measure_writes_none_of_them(planned, document):
    sheet = (Measure(id="good", name="Bra"), Measure(id="bad", name="Fel", sector="nonsense"))
    before = stored(planned)
    with pytest.raises(
        InvalidData, match=r"budget\.xlsx was not saved. Findings to mend first: 1"
    ) as refused:
        commands.import_measures(
            PLAN,
            sheet,
            1,
            "Bo",
            file_name="budget.xlsx",
            content=b"",
            sha256=hashlib.sha256(b"").hexdigest(),
            store=planned,
        )
    (violation,) = refused.value.violations
    assert (violation.code, violation.ref) == ("unknown_key", "prov/bad/sector")
    assert stored(planned) == before


def test_a_file_that_changed_since_it_was_read_is_not_imported(planned):
    with pytest.raises(InvalidData, match="has changed since it was read"):
        commands.import_measures(
            PLAN, (), 1, "Bo", file_name="b.xlsx", content=b"a", sha256="0" * 64, store=planned
        )


def test_what_the_reference_data_does_not_know_is_refused_with_its_place(planned):
    measure = Measure(
        id="study",
        name="Utredning",
        owner="nobody",
        grants=(
            Grant(
                id="g",
                source="nowhere",
                status="granted",
                payments=(Payment(year=2026, amount=Decimal(1)),),
            ),
        ),
    )
    with pytest.raises(InvalidData) as refused:
        commands.save_measure(PLAN, measure, 1, "Bo", store=planned)
    assert [violation.ref for violation in refused.value.violations] == [
        "prov/study/owner",
        "prov/study/grants/g/source",
    ]
    assert stored(planned)[1] == 1


def test_a_warning_does_not_stop_a_write(planned):
    late = Measure(id="late", name="Sen", expenditures=(Expenditure(year=2050, mid=Decimal(1)),))
    assert commands.save_measure(PLAN, late, 1, "Bo", store=planned) == 2


def test_somebody_makes_every_change(planned):
    with pytest.raises(InvalidData, match="give the name"):
        commands.save_measure(PLAN, Measure(id="a", name="A"), 1, "  ", store=planned)
    assert commands.who_am_i()


def test_a_plan_that_is_not_there_is_named(store):
    with pytest.raises(NotFound, match="There is no plan prov"):
        commands.save_measure(PLAN, Measure(id="a", name="A"), 1, "Bo", store=store)


def test_the_years_of_a_plan_are_possible_ones(store, document):
    head = PlanHead(**{**dict(document.plan), "base_year": 1066, "first_year": 2026})
    with pytest.raises(InvalidData, match="The year 1066 cannot be right"):
        commands.create_plan(document.model_copy(update={"plan": head}), "Ada", store=store)

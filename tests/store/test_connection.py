"""Opening, locking down and sharing the one database."""

import threading

import duckdb
import pytest

from model import commands
from model.errors import StoreUnavailable
from model.store import connection, journal
from model.store.connection import Store, default_path
from model.store.documents import read_document


def test_a_database_is_made_on_first_start_with_its_folder(tmp_path):
    path = tmp_path / "var" / "klimatinvest.duckdb"
    Store.open(path).close()
    assert path.exists()


def test_the_database_lies_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("KLIMATINVEST_DB", str(tmp_path / "annan.duckdb"))
    assert default_path() == tmp_path / "annan.duckdb"
    monkeypatch.delenv("KLIMATINVEST_DB")
    assert default_path().parts[-2:] == ("var", "klimatinvest.duckdb")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "COPY plan TO '{folder}/plan.csv'",
        "ATTACH '{folder}/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE '{folder}/all'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET threads = 1",
    ],
)
def test_sql_reaches_no_file_and_no_setting(tmp_path, statement):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    opened = Store.open(tmp_path / "klimatinvest.duckdb")
    text = statement.replace("{secret}", str(secret)).replace("{folder}", str(tmp_path))
    with opened.read() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(text)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "klimatinvest.duckdb",
        "klimatinvest.duckdb.wal",
        "secret.csv",
    ]
    opened.close()


def test_sql_sees_no_python_variable(store):
    plans_of_mine = [1, 2, 3]
    assert plans_of_mine
    with store.read() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("SELECT * FROM plans_of_mine")


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(store, document):
    commands.create_plan(document, "Ada", store=store)
    with store.read() as cursor:
        before = read_document(cursor, "prov")
        commands.delete_measure("prov", "study", 1, "Ada", store=store)
        assert read_document(cursor, "prov") == before
    with store.read() as cursor:
        assert read_document(cursor, "prov")[1] == 2


def test_a_reader_writes_nothing(store):
    with store.read() as cursor:
        cursor.execute("DELETE FROM migration")
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM migration").fetchone()[0] > 0


def test_a_block_that_fails_writes_nothing(store):
    def fail():
        with store.write() as cursor:
            cursor.execute("DELETE FROM migration")
            cursor.execute("SELECT 1 FROM nowhere")

    with pytest.raises(duckdb.CatalogException):
        fail()
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM migration").fetchone()[0] > 0


def test_reading_only_refuses_to_write_and_to_make_a_database(tmp_path):
    path = tmp_path / "klimatinvest.duckdb"
    with pytest.raises(StoreUnavailable, match="There is no database"):
        Store.open(path, read_only=True)
    assert not path.exists()
    Store.open(path).close()
    opened = Store.open(path, read_only=True)
    with pytest.raises(StoreUnavailable, match="for reading only"), opened.write():
        pass
    opened.close()


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreUnavailable, match="is closed"), store.read():
        pass


def test_twenty_threads_open_one_store_with_the_plans_of_the_first_start(tmp_path, monkeypatch):
    monkeypatch.setenv("KLIMATINVEST_DB", str(tmp_path / "klimatinvest.duckdb"))
    connection._the_store.cache_clear()
    opened = []
    threads = [
        threading.Thread(target=lambda: opened.append(connection.store())) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 20
    assert len(set(opened)) == 1
    with opened[0].read() as cursor:
        plans = cursor.execute("SELECT plan_id FROM plan ORDER BY position").fetchall()
        assert plans == [("helsingborg-2030",), ("exempelkommunen",)]
        assert journal.last(cursor)[0] == 2
    opened[0].close()
    connection._the_store.cache_clear()


def test_a_plan_that_was_deleted_does_not_come_back_with_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setenv("KLIMATINVEST_DB", str(tmp_path / "klimatinvest.duckdb"))
    connection._the_store.cache_clear()
    commands.delete_plan("exempelkommunen", 1, "Ada")
    connection.store().close()
    connection._the_store.cache_clear()
    with connection.store().read() as cursor:
        plans = cursor.execute("SELECT plan_id FROM plan").fetchall()
    assert plans == [("helsingborg-2030",)]
    connection.store().close()
    connection._the_store.cache_clear()

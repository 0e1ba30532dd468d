"""A backup is verified before it takes its place, and a restore brings back exactly that."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from model import commands
from model.errors import InvalidData, NotFound, StoreUnavailable
from model.rows import Measure
from model.store import connection, documents, journal, watermark
from model.store.backup import backup, examine, restore
from model.store.check import check
from model.store.connection import Store, backup_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    """A name with marks that SQL must not trip over."""
    return tmp_path / 'Lisa\'s "plan".duckdb'


@pytest.fixture
def kept(path, document):
    """A store in a file with one plan in two versions."""
    store = Store.open(path)
    commands.create_plan(document, "Ada", store=store)
    commands.save_measure("prov", Measure(id="tram", name="Spårväg"), 1, "Bo", store=store)
    yield store
    store.close()


def everything(store):
    """Every row of every table."""
    with store.read() as cursor:
        tables = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        return {table: sorted(cursor.table(table).fetchall(), key=repr) for (table,) in tables}


def test_a_backup_is_a_whole_database_of_its_own(kept, tmp_path):
    target = tmp_path / "säkerhets'kopia.duckdb"
    backup(kept, target)
    copy = Store.open(target)
    assert everything(copy) == everything(kept)
    assert check(copy) == []
    copy.close()


def test_a_backup_holds_what_is_still_only_in_the_log(kept, path, tmp_path):
    assert path.with_name(path.name + ".wal").exists()
    backup(kept, tmp_path / "copy.duckdb")
    copy = Store.open(tmp_path / "copy.duckdb")
    with copy.read() as cursor:
        assert documents.read_head(cursor, "prov")[1] == 2
    copy.close()


def test_a_backup_leaves_nothing_else_behind_and_replaces_the_one_before(kept, path, tmp_path):
    target = tmp_path / "copy.duckdb"
    backup(kept, target)
    commands.delete_measure("prov", "tram", 2, "Bo", store=kept)
    backup(kept, target)
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {
        path.name,
        f"{path.name}.wal",
        f"{path.name}.last",
        "copy.duckdb",
    }
    copy = Store.open(target)
    assert everything(copy) == everything(kept)
    copy.close()


def test_a_backup_overwrites_nothing_but_a_backup(kept, tmp_path):
    letter = tmp_path / "letter.docx"
    letter.write_text("Dear all")
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as theirs:
        theirs.execute("CREATE TABLE customer (id INTEGER)")
    used = tmp_path / "used.duckdb"
    Store.open(used).close()
    watermark.write(used, 1, "0" * 64)
    folder = tmp_path / "folder"
    folder.mkdir()
    before = {file: file.read_bytes() for file in (letter, foreign, used)}
    for target in (*before, folder):
        with pytest.raises(StoreUnavailable, match="exists and is no backup: choose another name"):
            backup(kept, target)
    assert {file: file.read_bytes() for file in before} == before


def test_the_database_is_not_its_own_backup(kept, path):
    with pytest.raises(StoreUnavailable, match="is the database itself"):
        backup(kept, path)
    with pytest.raises(StoreUnavailable, match="is the database itself"):
        kept.replace_with(path)


def test_a_backup_that_cannot_be_written_says_so(kept, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="was not written"):
        backup(kept, tmp_path / "file" / "copy.duckdb")
    assert not list(tmp_path.glob("*.part"))
    assert not backup_folder(kept.path).exists()
    assert commands.delete_measure("prov", "tram", 2, "Bo", store=kept) == 3


BACK_UP_TO_A_FULL_DISK = """
import json, pathlib, resource, signal, sys
from model.errors import StoreUnavailable
from model.store.backup import backup
from model.store.check import check
from model.store.connection import Store
store = Store.open(pathlib.Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
refused = []
for limit in (1_000, 100_000, 500_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        backup(store, pathlib.Path(sys.argv[2]))
    except StoreUnavailable as error:
        refused.append(str(error))
print(json.dumps([refused, len(check(store))]))
"""


@pytest.mark.skipif(os.name == "nt", reason="file sizes have no limit of their own on Windows")
def test_a_full_disk_beside_the_database_stops_the_backup_only(kept, path, tmp_path):
    kept.close()
    target = tmp_path / "copy.duckdb"
    run = subprocess.run(
        [sys.executable, "-c", BACK_UP_TO_A_FULL_DISK, str(path), str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    sentence = (
        f"The backup {target} was not written: the disk that holds {tmp_path} is full. "
        "The database itself is untouched."
    )
    assert json.loads(run.stdout) == [[sentence] * 3, 0]
    assert run.stderr == ""
    assert not target.exists()


def test_a_full_disk_at_the_target_is_named_and_keeps_the_backup_before(
    kept, tmp_path, monkeypatch
):
    target = tmp_path / "stick" / "copy.duckdb"
    backup(kept, target)
    before = target.read_bytes()

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StoreUnavailable, match=r"the disk that holds .*stick is full\. The data"):
        backup(kept, target)
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == ["copy.duckdb"]


def test_a_backup_made_while_others_write_is_one_state(kept, tmp_path):
    done = threading.Event()

    def edit():
        version = 2
        while not done.is_set():
            measure = Measure(id="tram", name=f"Spårväg {version + 1}")
            version = commands.save_measure("prov", measure, version, "Bo", store=kept)

    editor = threading.Thread(target=edit)
    editor.start()
    backup(kept, tmp_path / "copy.duckdb")
    done.set()
    editor.join()
    copy = Store.open(tmp_path / "copy.duckdb")
    assert check(copy) == []
    copy.close()
    assert check(kept) == []


def test_a_restore_brings_back_exactly_what_was_kept(kept, path, tmp_path):
    before = everything(kept)
    backup(kept, tmp_path / "copy.duckdb")
    commands.delete_plan("prov", 2, "Eve", store=kept)
    lost = everything(kept)
    kept.close()
    aside = restore(path, tmp_path / "copy.duckdb")
    again = Store.open(path)
    assert everything(again) == before
    assert watermark.read(path) == _last(again)
    again.close()
    replaced = Store.open(aside)
    assert everything(replaced) == lost
    replaced.close()


def test_a_restore_while_the_app_runs_does_the_same(kept, tmp_path):
    before = everything(kept)
    backup(kept, tmp_path / "copy.duckdb")
    commands.delete_plan("prov", 2, "Eve", store=kept)
    generation = kept.generation
    commands.restore(tmp_path / "copy.duckdb", store=kept)
    assert everything(kept) == before
    assert kept.generation > generation
    assert commands.delete_measure("prov", "tram", 2, "Bo", store=kept) == 3
    assert check(kept) == []


def test_a_restore_waits_for_those_who_read(kept, tmp_path):
    backup(kept, tmp_path / "copy.duckdb")
    reading, finish, seen = threading.Event(), threading.Event(), []

    def read():
        with kept.read() as cursor:
            reading.set()
            finish.wait(10)
            seen.append(documents.read_head(cursor, "prov")[1])

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(10)
    restorer = threading.Thread(target=kept.replace_with, args=(tmp_path / "copy.duckdb",))
    restorer.start()
    restorer.join(0.3)
    assert restorer.is_alive()
    finish.set()
    restorer.join(10)
    reader.join(10)
    assert seen == [2]
    assert everything(kept)["plan"][0][2] == 2


def test_a_reader_that_never_ends_stops_the_restore_and_nothing_else(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "_EXCLUSIVE_WAIT", 0.1)
    backup(kept, tmp_path / "copy.duckdb")
    before = everything(kept)
    with kept.read(), pytest.raises(StoreUnavailable, match="busy being read"):
        kept.replace_with(tmp_path / "copy.duckdb")
    assert everything(kept) == before


def test_a_database_lost_whole_is_restored(kept, path, tmp_path):
    before = everything(kept)
    backup(kept, tmp_path / "copy.duckdb")
    kept.close()
    path.unlink()
    restore(path, tmp_path / "copy.duckdb")
    again = Store.open(path)
    assert everything(again) == before
    again.close()


def test_a_damaged_database_can_be_replaced_and_is_kept_aside(kept, path, tmp_path):
    before = everything(kept)
    backup(kept, tmp_path / "copy.duckdb")
    kept.close()
    path.write_bytes(b"garbage")
    aside = restore(path, tmp_path / "copy.duckdb")
    assert aside.read_bytes() == b"garbage"
    again = Store.open(path)
    assert everything(again) == before
    again.close()


def test_a_restore_into_a_new_place_makes_it(kept, tmp_path):
    backup(kept, tmp_path / "copy.duckdb")
    assert restore(tmp_path / "new" / "k.duckdb", tmp_path / "copy.duckdb") is None
    again = Store.open(tmp_path / "new" / "k.duckdb")
    assert everything(again) == everything(kept)
    again.close()


HOLD = """
import pathlib, sys
from model.store.connection import Store
store = Store.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_restore_is_refused_while_another_process_holds_the_database(kept, path, tmp_path):
    backup(kept, tmp_path / "copy.duckdb")
    kept.close()
    before = path.read_bytes()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(StoreUnavailable, match=rf"process {holder.pid}\)"):
        restore(path, tmp_path / "copy.duckdb")
    holder.communicate("", timeout=60)
    assert path.read_bytes() == before


def test_a_restore_past_an_open_store_of_this_process_is_refused(kept, path, tmp_path):
    backup(kept, tmp_path / "copy.duckdb")
    with pytest.raises(StoreUnavailable, match="is in use"):
        restore(path, tmp_path / "copy.duckdb")


@pytest.mark.parametrize(
    ("spoil", "refusal", "match"),
    [
        ("UPDATE journal SET who = 'Eve' WHERE seq = 1", InvalidData, "entry 1 is not what"),
        ("DELETE FROM journal WHERE seq = 1", InvalidData, "entry 1 is missing"),
        ("CREATE VIEW extra AS SELECT 1 AS one", InvalidData, "its tables are others"),
        ("CREATE MACRO extra(a) AS a", InvalidData, "its tables are others"),
        (
            "ALTER TABLE migration RENAME COLUMN name TO label",
            InvalidData,
            r"^copy\.duckdb is no backup of Klimatinvest\. Nothing was changed\.$",
        ),
        ("ALTER TABLE plan DROP COLUMN note", InvalidData, "its tables are others"),
        ("DROP TABLE journal", InvalidData, "its tables are others"),
        (
            "INSERT INTO migration VALUES (9001, 'later', 'x', now()::TIMESTAMP)",
            StoreUnavailable,
            "newer version",
        ),
    ],
)
def test_an_unsound_backup_changes_nothing(kept, path, tmp_path, spoil, refusal, match):
    source = tmp_path / "copy.duckdb"
    backup(kept, source)
    with duckdb.connect(str(source)) as opened:
        opened.execute(spoil)
    before = everything(kept)
    with pytest.raises(refusal, match=match):
        examine(source)
    with pytest.raises(refusal, match=match):
        kept.replace_with(source)
    assert everything(kept) == before
    assert not backup_folder(path).exists()


@pytest.mark.parametrize("content", [b"", b"hello" * 500])
def test_a_file_that_is_no_backup_changes_nothing(kept, tmp_path, content):
    source = tmp_path / "copy.duckdb"
    source.write_bytes(content)
    before = everything(kept)
    for attempt in (examine, kept.replace_with):
        with pytest.raises(InvalidData) as refused:
            attempt(source)
        assert str(refused.value) == (
            "copy.duckdb is no backup of Klimatinvest. Nothing was changed."
        )
    assert everything(kept) == before


@pytest.mark.parametrize("length", [100, 4096, 20_000, 500_000])
def test_a_backup_that_was_cut_off_says_so_and_changes_nothing(kept, tmp_path, length):
    source = tmp_path / "copy.duckdb"
    backup(kept, source)
    os.truncate(source, length)
    before = everything(kept)
    for attempt in (examine, kept.replace_with):
        with pytest.raises(InvalidData) as refused:
            attempt(source)
        assert str(refused.value) == (
            "The backup copy.duckdb is damaged or incomplete. Nothing was changed."
        )
    assert everything(kept) == before


def test_looking_into_a_sound_backup_says_nothing_and_leaves_it_as_it_is(kept, tmp_path):
    source = tmp_path / "copy.duckdb"
    backup(kept, source)
    before = source.read_bytes()
    examine(source)
    assert source.read_bytes() == before


def test_a_backup_that_is_not_there_is_named(kept, tmp_path):
    with pytest.raises(NotFound, match=r"There is no backup .*nowhere\.duckdb"):
        kept.replace_with(tmp_path / "nowhere.duckdb")


def test_when_the_files_cannot_be_swapped_the_database_is_as_it_was(kept, tmp_path, monkeypatch):
    backup(kept, tmp_path / "copy.duckdb")
    commands.delete_plan("prov", 2, "Eve", store=kept)
    before = everything(kept)

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(watermark, "write", full)
    with pytest.raises(StoreUnavailable, match="the database is as it was"):
        kept.replace_with(tmp_path / "copy.duckdb")
    monkeypatch.undo()
    assert everything(kept) == before
    assert check(kept) == []


def test_a_database_in_memory_has_no_backup(store, tmp_path):
    with pytest.raises(StoreUnavailable, match="in memory"):
        backup(store, tmp_path / "copy.duckdb")


def _last(store):
    with store.read() as cursor:
        return journal.last(cursor)

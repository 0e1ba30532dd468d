"""What can go wrong with a file: each is a sentence, and nothing is half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from model import commands
from model.errors import StoreUnavailable
from model.store import documents, migrations, watermark
from model.store.check import check
from model.store.connection import Store

ROOT = Path(__file__).parents[2]


def child(script: str, *arguments: object, **options) -> subprocess.Popen:
    """A process of its own that runs a script with the model on its path."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "klimatinvest.duckdb"


@pytest.fixture
def crashed(path, document):
    """A database with three changes, the last two only in its write-ahead log after a crash."""
    (path.parent / "document.json").write_text(document.model_dump_json(), "utf-8")
    process = child(CRASH, path)
    process.communicate(timeout=60)
    assert path.with_name(path.name + ".wal").stat().st_size > 0
    return path


CRASH = """
import os, pathlib, signal, sys
from model import commands
from model.rows import Measure, PlanDocument
from model.store.connection import Store
path = pathlib.Path(sys.argv[1])
store = Store.open(path)
text = (path.parent / "document.json").read_text("utf-8")
commands.create_plan(PlanDocument.model_validate_json(text), "Ada", store=store)
store.close()
store = Store.open(path)
for version in (1, 2):
    measure = Measure(id="study", name=f"Utredning {version}")
    commands.save_measure("prov", measure, version, "Ada", store=store)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_crash_loses_nothing_that_was_acknowledged(crashed, document):
    store = Store.open(crashed)
    with store.read() as cursor:
        found, version = documents.read_document(cursor, "prov")
    assert (found.measures[1].name, version) == ("Utredning 2", 3)
    assert check(store) == []
    store.close()


def test_a_process_killed_again_and_again_while_writing_loses_no_acknowledged_change(
    path, document
):
    (path.parent / "document.json").write_text(document.model_dump_json(), "utf-8")
    for round_ in range(4):
        process = child(WRITE_ON_AND_ON, path)
        # The first line says that the database is open, each later one a change acknowledged.
        said = [process.stdout.readline() for _ in range(3 + round_)]
        time.sleep(0.01 * round_)
        process.send_signal(signal.SIGKILL)
        said += process.communicate(timeout=60)[0].split("\n")[:-1]
        acknowledged = int(said[-1])
        store = Store.open(path)
        with store.read() as cursor:
            found, version = documents.read_document(cursor, "prov")
        # A change may be committed and not yet told of; never the other way round.
        assert version in (acknowledged, acknowledged + 1)
        assert found.measures[1].name in (f"Utredning {version}", "Utredning")
        assert check(store) == []
        store.close()
    assert version > 4


WRITE_ON_AND_ON = """
import pathlib, sys
from model import commands
from model.rows import Measure, PlanDocument
from model.store import documents
from model.store.connection import Store
path = pathlib.Path(sys.argv[1])
store = Store.open(path)
with store.read() as cursor:
    known = documents.plan_exists(cursor, "prov")
version = 1
if known:
    with store.read() as cursor:
        _, version = documents.read_head(cursor, "prov")
else:
    text = (path.parent / "document.json").read_text("utf-8")
    commands.create_plan(PlanDocument.model_validate_json(text), "Ada", store=store)
print(version, flush=True)
while True:
    measure = Measure(id="study", name=f"Utredning {version + 1}")
    version = commands.save_measure("prov", measure, version, "Ada", store=store)
    print(version, flush=True)
"""


def test_a_deleted_log_is_noticed_and_nothing_is_touched(crashed):
    crashed.with_name(crashed.name + ".wal").unlink()
    before = crashed.read_bytes()
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(crashed)
    assert str(refused.value).startswith(
        f"2 of 3 journal entries are missing in the database {crashed}"
    )
    assert "restore" in str(refused.value)
    assert crashed.read_bytes() == before


def test_a_log_that_was_cut_off_is_noticed_and_kept_for_whoever_can_mend_it(crashed):
    log = crashed.with_name(crashed.name + ".wal")
    os.truncate(log, log.stat().st_size * 2 // 3)
    before = log.read_bytes()
    with pytest.raises(StoreUnavailable, match=r"1 of 3 journal entries are missing"):
        Store.open(crashed)
    assert log.read_bytes() == before


def test_a_log_with_a_flipped_bit_is_damage(crashed):
    log = crashed.with_name(crashed.name + ".wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 0xFF
    log.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=r"is damaged\. Restore a backup"):
        Store.open(crashed)


def test_what_is_missing_can_be_accepted_by_deleting_the_watermark(crashed):
    crashed.with_name(crashed.name + ".wal").unlink()
    watermark.watermark_path(crashed).unlink()
    store = Store.open(crashed)
    with store.read() as cursor:
        assert documents.read_head(cursor, "prov")[1] == 1
    store.close()
    assert watermark.read(crashed)[0] == 1


def test_a_crash_between_the_commit_and_the_watermark_is_no_loss(crashed):
    watermark.write(crashed, 2, _hash(crashed, 2))
    store = Store.open(crashed)
    assert watermark.read(crashed)[0] == 3
    store.close()


def test_another_database_in_its_place_is_noticed(crashed):
    watermark.write(crashed, 3, "0" * 64)
    with pytest.raises(StoreUnavailable, match="is another one than when it was last used"):
        Store.open(crashed)


def test_a_deleted_database_is_not_begun_anew_in_silence(crashed):
    crashed.unlink()
    with pytest.raises(StoreUnavailable, match="3 of 3 journal entries are missing"):
        Store.open(crashed)
    assert not crashed.exists()


def test_a_watermark_that_is_none_says_so(crashed):
    watermark.watermark_path(crashed).write_text("hello")
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        Store.open(crashed)


def _hash(path, seq):
    connection = duckdb.connect(str(path), read_only=True)
    (digest,) = connection.execute("SELECT hash FROM journal WHERE seq = ?", [seq]).fetchone()
    connection.close()
    return digest


HOLD = """
import pathlib, sys
from model.store.connection import Store
store = Store.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_database_held_by_another_process_says_by_which_and_what_to_do(path):
    holder = child(HOLD, path, stdin=subprocess.PIPE)
    assert holder.stdout.readline() == "open\n"
    for read_only in (False, True):
        with pytest.raises(StoreUnavailable) as refused:
            Store.open(path, read_only=read_only)
        assert f"in use by another program (process {holder.pid})" in str(refused.value)
        assert "Underlag" in str(refused.value)
        assert "KLIMATINVEST_DB" in str(refused.value)
    holder.communicate("", timeout=60)
    Store.open(path).close()


@pytest.mark.parametrize("content", [b"", b"hello" * 1000, b"\0" * 20000])
def test_a_file_that_is_no_database_says_so_and_stays_as_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="is no Klimatinvest database"):
        Store.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        "CREATE TABLE customer (id INTEGER)",
        "CREATE TABLE migration (id INTEGER, applied TIMESTAMP)",
        "CREATE SCHEMA shop; CREATE TABLE shop.customer (id INTEGER)",
        "CREATE VIEW answer AS SELECT 42 AS answer",
    ],
)
def test_a_database_of_another_program_is_refused_and_stays_as_it_is(path, content):
    with duckdb.connect(str(path)) as theirs:
        theirs.execute(content)
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreUnavailable, match="is a DuckDB database of another program"):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_empty_database_is_taken_into_use(path):
    duckdb.connect(str(path)).close()
    store = Store.open(path)
    assert check(store) == []
    store.close()


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_damaged_database_says_so(path, document, place):
    store = Store.open(path)
    commands.create_plan(document, "Ada", store=store)
    store.close()
    content = bytearray(path.read_bytes())
    content[5000 if place == "first" else 9000] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=r"is damaged\. Restore a backup"):
        Store.open(path)


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot be opened or made"):
        Store.open(tmp_path / "file" / "klimatinvest.duckdb")
    with pytest.raises(StoreUnavailable, match="cannot be opened or made"):
        Store.open(tmp_path)


WITHOUT_RIGHTS = """
import os, pathlib, sys
from model.errors import StoreUnavailable
from model.store.connection import Store
if os.getuid() == 0:
    os.setuid(65534)
try:
    Store.open(pathlib.Path(sys.argv[1]))
except StoreUnavailable as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="a folder is read-only in another way on Windows")
def test_a_folder_that_is_read_only_says_so(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir(mode=0o555)
    for above in (tmp_path, *tmp_path.parents[:3]):
        above.chmod(above.stat().st_mode | 0o011)
    said = child(WITHOUT_RIGHTS, folder / "klimatinvest.duckdb").communicate(timeout=60)[0]
    assert "cannot be opened or made. Check that the folder exists and may be written to" in said
    assert list(folder.iterdir()) == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(path):
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (9001, 'later', 'x', now()::TIMESTAMP)")
    with pytest.raises(StoreUnavailable, match=r"newer version .* \(its schema has the step 9001"):
        Store.open(path)


def test_an_applied_migration_that_was_changed_is_refused(path):
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE migration SET sha256 = 'x' WHERE number = 1")
    with pytest.raises(StoreUnavailable, match="The schema step 0001 plan was changed"):
        Store.open(path)


def test_a_migration_that_fails_leaves_no_trace(path, monkeypatch):
    Store.open(path).close()
    broken = migrations.Migration(
        9001, "broken", "x", "CREATE TABLE fresh (a INTEGER); SELECT * FROM nowhere;"
    )
    known = migrations.migrations()
    monkeypatch.setattr(migrations, "migrations", lambda: (*known, broken))
    with pytest.raises(StoreUnavailable, match="nowhere"):
        Store.open(path)
    monkeypatch.undo()
    store = Store.open(path)
    with store.read() as cursor:
        assert not migrations.has_table(cursor, "fresh")
        assert migrations.latest(cursor) == known[-1].number
    store.close()


def test_reading_only_an_older_database_asks_to_start_the_app(path, monkeypatch):
    Store.open(path).close()
    known = migrations.migrations()
    later = migrations.Migration(9001, "later", "x", "CREATE TABLE fresh (a INTEGER)")
    monkeypatch.setattr(migrations, "migrations", lambda: (*known, later))
    with pytest.raises(StoreUnavailable, match="Start the app once"):
        Store.open(path, read_only=True)
    Store.open(path).close()
    Store.open(path, read_only=True).close()


FILL = """
import json, os, pathlib, resource, signal, sys
from model import commands
from model.errors import StoreUnavailable
from model.rows import Measure, PlanDocument
from model.store import documents
from model.store.connection import Store
path, limit = pathlib.Path(sys.argv[1]), int(sys.argv[2])
store = Store.open(path)
text = (path.parent / "document.json").read_text("utf-8")
commands.create_plan(PlanDocument.model_validate_json(text), "Ada", store=store)
store.close()
store = Store.open(path)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
version, refused = 1, []
while len(refused) < 2 and version < 200:
    name = f"Utredning {version + 1}"
    measure = Measure(id="study", name=name, flags=(os.urandom(100_000).hex(),))
    try:
        version = commands.save_measure("prov", measure, version, "Ada", store=store)
    except StoreUnavailable as error:
        refused.append(str(error))
        with store.read() as cursor:
            found = documents.read_measure(cursor, "prov", "study").name
print(json.dumps([version, refused, found]))
"""


@pytest.mark.skipif(os.name == "nt", reason="file sizes have no limit of their own on Windows")
@pytest.mark.parametrize(
    "limit",
    [3_000_000, 20_000_000],
    ids=["while the log grows", "while the log is moved into the database"],
)
def test_a_full_disk_says_so_and_leaves_what_was_before(path, document, limit):
    (path.parent / "document.json").write_text(document.model_dump_json(), "utf-8")
    said, logged = child(FILL, path, limit, stderr=subprocess.PIPE).communicate(timeout=120)
    assert logged == ""
    version, refused, name = json.loads(said)
    assert len(refused) == 2
    for sentence in refused:
        assert sentence.startswith(f"Nothing was saved: the disk that holds {path} is full.")
    assert name == f"Utredning {version}"
    store = Store.open(path)
    with store.read() as cursor:
        found, stored = documents.read_document(cursor, "prov")
        assert (found.measures[1].name, stored) == (f"Utredning {version}", version)
    assert check(store) == []
    store.close()

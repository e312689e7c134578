"""The published database: what readers see while others build, and what a dead build leaves behind."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from dashboard import store
from dashboard.errors import BuildBusy, NoDatabase
from dashboard.store import Store, published, publishing


def publish(folder, note):
    with publishing(folder) as connection:
        connection.execute("insert into meta values ('note', ?)", [note])
        connection.execute("insert into item select range, 'item ' || range from range(5000)")


def note(cursor):
    return cursor.execute("select value from meta where name = 'note'").fetchall()[0][0]


def test_nothing_published_says_what_to_do(folder):
    with pytest.raises(NoDatabase, match="dashboard build"):
        Store(folder).cursor()


def test_a_build_that_fails_publishes_nothing(folder):
    publish(folder, "first")
    with pytest.raises(duckdb.Error), publishing(folder) as connection:
        connection.execute("insert into meta values ('note', 'second'), ('too', 'many', 'values')")
    assert note(Store(folder).cursor()) == "first"
    assert len(list(folder.build.glob("*.duckdb"))) == 1


def test_a_reader_keeps_its_data_during_a_build_and_takes_up_the_new_with_its_next_cursor(folder):
    """Also while the new file is being written, and when it has been published."""
    publish(folder, "first")
    reader = Store(folder)
    before = reader.cursor()
    assert note(before) == "first"
    with publishing(folder) as connection:
        connection.execute("insert into meta values ('note', 'second')")
        assert note(reader.cursor()) == "first"
    assert note(before) == "first"
    assert note(reader.cursor()) == "second"


def test_every_build_is_a_new_file_and_the_one_before_is_kept(folder):
    """A path is never used twice; older files go."""
    names = set()
    for number in range(4):
        publish(folder, f"build {number}")
        names.add(published(folder).name)
    assert len(names) == 4
    left = {path.name for path in folder.build.glob("*.duckdb")}
    assert len(left) == 2
    assert published(folder).name in left


def test_two_builds_at_once_are_one_too_many(folder):
    with publishing(folder), pytest.raises(BuildBusy, match="另一个"):
        publish(folder, "second")
    publish(folder, "third")
    assert note(Store(folder).cursor()) == "third"


DYING = """
import sys, time
from pathlib import Path
from dashboard.paths import DataFolder
from dashboard.store import publishing
with publishing(DataFolder(Path(sys.argv[1]))) as connection:
    connection.execute("insert into meta values ('note', 'never')")
    print("building", flush=True)
    time.sleep(60)
"""


def test_a_killed_build_publishes_nothing_and_its_lock_dies_with_it(folder):
    """Killed with SIGKILL in the middle: the last database stays, and the next build goes ahead."""
    publish(folder, "first")
    with subprocess.Popen(
        [sys.executable, "-c", DYING, str(folder.root)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "building\n"
        with pytest.raises(BuildBusy):
            publish(folder, "too early")
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    assert note(Store(folder).cursor()) == "first"
    publish(folder, "second")
    assert note(Store(folder).cursor()) == "second"


def test_a_database_of_another_schema_is_to_be_rebuilt(folder, monkeypatch):
    publish(folder, "first")
    monkeypatch.setattr(store, "SCHEMA_VERSION", "next")
    with pytest.raises(NoDatabase, match=r"旧版本.*dashboard build"):
        Store(folder).cursor()
    publish(folder, "second")
    assert note(Store(folder).cursor()) == "second"


@pytest.mark.parametrize("pointer", ["", "facts-v1-gone.duckdb", "../../elsewhere", "\n"])
def test_a_pointer_to_nothing_is_no_database(folder, pointer):
    publish(folder, "first")
    (folder.build / "current").write_text(pointer, "utf-8")
    with pytest.raises(NoDatabase, match="dashboard build"):
        Store(folder).cursor()


def test_a_damaged_file_is_no_database(folder):
    publish(folder, "first")
    published(folder).write_bytes(b"not a database")
    with pytest.raises(NoDatabase, match=r"损坏.*dashboard build"):
        Store(folder).cursor()


def test_cursors_of_eight_threads_agree(folder):
    """One store for all, a cursor for each call, a build in between."""
    publish(folder, "first")
    reader = Store(folder)
    start = threading.Barrier(8)

    def ask(_):
        start.wait()
        return {
            (
                reader.cursor().execute("select count(*), sum(item_id) from item").fetchall()[0],
                note(reader.cursor()),
            )
            for _ in range(40)
        }

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(ask, range(8))
        publish(folder, "second")
        seen = set().union(*answers)
    assert {count for count, _ in seen} == {(5000, 5000 * 4999 // 2)}
    assert {told for _, told in seen} <= {"first", "second"}
    assert note(reader.cursor()) == "second"

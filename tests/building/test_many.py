"""Many reports: a build that is ended, and several processes."""

import shutil
import signal
import subprocess
import sys
import time

import pytest

from dashboard import codebook, manifest
from dashboard.build import build
from dashboard.limits import SHIPPED
from dashboard.paths import DataFolder
from dashboard.reading import outcome_of
from dashboard.reading.cache import ReadingCache
from dashboard.reading.codec import pack

from .contents import contents, many

#: So many that a busy machine cannot have read them all before the third is seen and the signal sent.
REPORTS = 200


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_build_that_is_ended_goes_on_where_it_was(folder, document, ended_by):
    many(folder, document, REPORTS)
    command = [sys.executable, "-m", "dashboard.cli", "--data", str(folder.root), "build"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(list(folder.readings.glob("*.gz"))) < 3:
            time.sleep(0.01)
        process.send_signal(ended_by)
        _, told = process.communicate(timeout=60)
    if ended_by == signal.SIGINT:
        assert process.returncode == 130
        assert told.splitlines()[-1] == "dashboard: 已中断"
        assert "Traceback" not in told
    assert not (folder.build / "current").exists()
    read_before = len(list(folder.readings.glob("*.gz")))
    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert 3 <= read_before < REPORTS
    assert again.stdout.startswith(f"已入库 {REPORTS} 份报告、")
    assert again.stdout.endswith(f"；新读 {REPORTS - read_before} 份，未变 {read_before} 份，未入库 0 份\n")


def test_many_processes_give_what_one_gives(folder, document, tmp_path):
    """The order of the manifest, however the answers came."""
    many(folder, document, 30)
    built = build(folder)
    other = DataFolder(tmp_path / "other")
    shutil.copytree(folder.documents, other.documents)
    for entry in manifest.received(other):  # one at a time is read in this process
        cache = ReadingCache(other.readings, codebook.load(other.codebook), SHIPPED)
        data = (other.documents / entry.file).read_bytes()
        cache.put(entry.sha256, None, None, pack(outcome_of(data, codebook.load(other.codebook), None, None)))
    again = build(other)
    assert (built.anew, again.anew) == (30, 0)
    assert again == built
    assert contents(other) == contents(folder)

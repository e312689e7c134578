"""What is read again, and what is not."""

import hashlib
import os
import shutil

from dashboard import intake
from dashboard.build import build

from ..small_databases import AGENCY
from .contents import contents


def test_what_has_not_changed_is_not_read_again(received):
    """And the build is the same to the last row."""
    shutil.rmtree(received.readings)
    first = build(received)
    before = contents(received)
    second = build(received)
    assert (first.anew, first.unchanged) == (2, 0)
    assert (second.anew, second.unchanged) == (0, 2)
    assert second == first
    assert contents(received) == before


def test_what_was_added_need_not_be_read_for_the_build(received):
    assert build(received).anew == 0


def test_only_what_changed_is_read_again(received, document, tmp_path):
    build(received)
    path = tmp_path / "2021.txt"
    path.write_text(document("示例县民政局-2020").decode().replace("2020", "2021"), "utf-8")
    intake.add(path, received)
    shutil.copy(path, next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))))
    built = build(received)
    assert (built.reports, built.anew, built.unchanged, len(built.left_out)) == (2, 0, 2, 1)


def test_another_codebook_or_limit_reads_everything_anew(received, pytestconfig):
    build(received)
    (received.root / "limits.toml").write_text("pages = 5\n", "utf-8")
    assert build(received).anew == 2
    assert build(received).anew == 0
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", received.root / "codebook")
    with (received.root / "codebook" / "agencies.csv").open("a", encoding="utf-8") as file:
        width = len(
            (received.root / "codebook" / "agencies.csv").read_text("utf-8").split("\n")[0].split(",")
        )
        file.write(",".join(["X9", "示例县新局"] + [""] * (width - 2)) + "\n")
    assert build(received).anew == 2


def test_what_nobody_reads_any_more_is_removed_from_the_cache(received):
    build(received)
    kept = {path.name for path in received.readings.iterdir()}
    (received.root / "limits.toml").write_text("pages = 5\n", "utf-8")
    for path in received.readings.iterdir():
        os.utime(path, (0, 0))
    build(received)
    now = {path.name for path in received.readings.iterdir()}
    assert len(now) == len(kept) == 2
    assert not now & kept


def test_a_damaged_cache_is_read_anew(received):
    first = build(received)
    damaged, *_ = received.readings.iterdir()
    damaged.write_bytes(damaged.read_bytes()[:100])
    second = build(received)
    assert (second.anew, second.unchanged) == (1, 1)
    assert second == first
    shutil.rmtree(received.readings)
    received.readings.write_text("no folder", "utf-8")
    assert build(received) == first


def test_a_refusal_is_known_from_before_as_well(received):
    """The reader may come to refuse what it once took: here, what is larger than a new limit."""
    path = next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt")))
    spoilt = "今天天气很好。\n".encode()
    path.write_bytes(spoilt)
    lines = received.manifest.read_text("utf-8").splitlines(keepends=True)
    fields = lines[2].split(",")
    fields[4] = hashlib.sha256(spoilt).hexdigest()
    received.manifest.write_text("".join([*lines[:2], ",".join(fields)]), "utf-8")
    first, second = build(received), build(received)
    assert (first.reports, first.anew) == (1, 1)
    assert "不像政府信息公开工作年度报告" in first.left_out[0]
    assert second == first
    assert (second.anew, second.unchanged) == (0, 2)

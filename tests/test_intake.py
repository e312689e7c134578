"""The one door: keeping originals, saying whose they are, and refusing what is no report."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from dashboard import intake, manifest, records
from dashboard.errors import DashboardError, FiguresError, Refused, WrongUsage
from dashboard.intake import originals

AGENCY = "示例县民政局"
UNTITLED = "政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息12条。\n"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"


@pytest.fixture
def report(document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2020"))
    return path


def kept(folder):
    """Every file below documents/ but the manifest."""
    files = folder.documents.rglob("*") if folder.documents.exists() else []
    return sorted(
        path.relative_to(folder.documents).as_posix()
        for path in files
        if path.suffix != ".csv" and path.is_file()
    )


def test_looking_at_a_file_keeps_nothing(folder, report):
    reading, address = intake.look(report, folder)
    assert (reading.agency, reading.year, address) == (AGENCY, 2020, "")
    assert not folder.root.exists()


def test_adding_keeps_the_original_byte_for_byte_and_writes_the_manifest(folder, report):
    intake.add(report, folder, address="http://example.org/1", on=date(2021, 1, 20))
    (entry,) = manifest.received(folder)
    assert (entry.agency, entry.year, entry.file, entry.address, entry.received) == (
        AGENCY,
        2020,
        f"{AGENCY}/2020/report.txt",
        "http://example.org/1",
        "2021-01-20",
    )
    assert (folder.documents / entry.file).read_bytes() == report.read_bytes()


def test_the_same_file_is_kept_once(folder, report):
    intake.add(report, folder)
    with pytest.raises(Refused, match="已经登记"):
        intake.add(report, folder)
    assert len(manifest.received(folder)) == len(kept(folder)) == 1


def test_another_file_of_the_same_name_does_not_overwrite_the_first(folder, report):
    intake.add(report, folder)
    first = report.read_bytes()
    report.write_bytes(first + "\n附注。\n".encode())
    intake.add(report, folder)
    assert kept(folder) == [f"{AGENCY}/2020/report-2.txt", f"{AGENCY}/2020/report.txt"]
    assert (folder.documents / AGENCY / "2020" / "report.txt").read_bytes() == first


def test_a_report_of_nobody_is_kept_and_built_once_somebody_says_whose_it_is(folder, tmp_path):
    path = tmp_path / "unknown.txt"
    path.write_text(UNTITLED, "utf-8")
    reading = intake.add(path, folder)
    assert {finding.rule for finding in reading.findings} >= {"R-agency", "R-year"}
    built = intake.build(folder)
    assert (built.reports, len(built.left_out)) == (0, 1)
    intake.add(path, folder, AGENCY, 2021)
    built = intake.build(folder)
    assert (built.reports, built.left_out) == (1, ())
    assert [fact.value for fact in records.reading(folder, AGENCY, 2021)[0].facts] == [12]
    assert len(manifest.received(folder)) == len(kept(folder)) == 1


def test_an_agency_is_kept_under_the_name_it_goes_by(folder, tmp_path):
    path = tmp_path / "unknown.txt"
    path.write_text(UNTITLED, "utf-8")
    intake.add(path, folder, "舟山市定海区民政局", 2021)
    assert [entry.agency for entry in manifest.received(folder)] == ["定海区民政局"]


@pytest.mark.parametrize("name", ["../../elsewhere", "a/b\\c:d*e?", "...", "con\x00trol"])
def test_no_agency_name_leads_out_of_the_folder(folder, tmp_path, name):
    path = tmp_path / "unknown.txt"
    path.write_text(UNTITLED, "utf-8")
    intake.add(path, folder, name, 2021)
    (entry,) = manifest.received(folder)
    assert (folder.documents / entry.file).resolve().is_relative_to(folder.documents.resolve())
    assert ".." not in entry.file.split("/")


def test_a_name_that_cannot_be_written_is_told(folder, report, tmp_path):
    """As from an archive in another encoding."""
    path = tmp_path / os.fsdecode(b"\xb1\xa8\xb8\xe6.txt")
    path.write_bytes(report.read_bytes())
    with pytest.raises(Refused, match="文件名的编码无法识别"):
        intake.add(path, folder)
    assert manifest.received(folder) == []


def test_a_file_over_the_limit_of_the_folder_is_refused(folder, report):
    folder.root.mkdir()
    folder.limits.write_text("file_megabytes = 1\n", "utf-8")
    with report.open("ab") as file:
        file.truncate(2 * 1024 * 1024)
    with pytest.raises(Refused, match=r"report\.txt：文件有 2\.0 MB，超过上限 1 MB"):
        intake.look(report, folder)


def test_a_copy_left_by_an_interrupted_run_is_used(folder, report):
    """Its name is not taken by a file that nobody knows of."""
    left = folder.documents / AGENCY / "2020" / "report.txt"
    left.parent.mkdir(parents=True)
    left.write_bytes(report.read_bytes())
    intake.add(report, folder)
    assert kept(folder) == [f"{AGENCY}/2020/report.txt"]


@pytest.fixture
def received(document, tmp_path):
    """A folder as an office receives it: two reports, one below, and what is no report."""
    place = tmp_path / "received"
    (place / "sub").mkdir(parents=True)
    text = document("示例县民政局-2020").decode()
    (place / "b.txt").write_text(text.replace("2020", "2019"), "utf-8")
    (place / "sub" / "a.txt").write_text(text, "utf-8")
    (place / "empty.txt").touch()
    return place


def test_a_folder_is_added_with_all_below_it_and_what_is_bad_is_named(folder, received):
    added = intake.add_many([received], folder, on=date(2021, 1, 20))
    assert added.kept == (f"{received}/b.txt", f"{received}/sub/a.txt")
    assert (added.waiting, added.known) == ((), ())
    (line,) = added.left_out
    assert line.startswith(f"{received}/empty.txt：文件是空的")
    assert [(entry.year, entry.file, entry.received) for entry in manifest.received(folder)] == [
        (2019, f"{AGENCY}/2019/b.txt", "2021-01-20"),
        (2020, f"{AGENCY}/2020/a.txt", "2021-01-20"),
    ]
    built = intake.build(folder)
    assert (built.reports, built.left_out, built.anew) == (2, (), 0)


def test_what_systems_and_offices_leave_in_folders_is_no_document(folder, received, report):
    for name in (".hidden.txt", "~$a.docx", "Thumbs.db", "desktop.ini", ".git/a.txt", "sub/.DS_Store"):
        path = received / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(report.read_bytes() + name.encode())
    added = intake.add_many([received], folder)
    assert (len(added.kept), len(added.left_out)) == (2, 1)


def test_adding_a_folder_twice_adds_what_is_new(folder, received, document):
    intake.add_many([received], folder)
    (received / "c.txt").write_text(document("示例县民政局-2022").decode(), "utf-8")
    (received / "copy of c.txt").write_text(document("示例县民政局-2022").decode(), "utf-8")
    added = intake.add_many([received, received / "c.txt"], folder)
    assert added.kept == (f"{received}/c.txt",)
    assert added.known == (f"{received}/b.txt", f"{received}/copy of c.txt", f"{received}/sub/a.txt")
    assert len(manifest.received(folder)) == len(kept(folder)) == 3


def test_a_report_of_nobody_in_a_folder_waits_to_be_known(folder, received):
    path = received / "unknown.txt"
    path.write_text(UNTITLED, "utf-8")
    assert intake.add_many([received], folder).waiting == (str(path),)
    assert str(path) in intake.add_many([received], folder).known
    intake.add(path, folder, AGENCY, 2021)
    assert str(path) in intake.add_many([received], folder).known
    assert len(manifest.received(folder)) == len(kept(folder)) == 3


def test_one_that_waited_is_registered_once_the_reader_knows_it(folder, report):
    """An earlier version of the program may not have found the agency."""
    originals.register(folder, [], [(waiting_entry(folder, report), None)])
    added = intake.add_many([report.parent], folder)
    assert (len(added.kept), added.waiting) == (1, ())
    (entry,) = manifest.received(folder)
    assert (entry.agency, entry.year, entry.file) == (AGENCY, 2020, "待定/待定/report.txt")


def waiting_entry(folder, report):
    file = originals.keep(folder, report.read_bytes(), report.name, None, None)
    return manifest.Received(
        None, None, file, "", hashlib.sha256(report.read_bytes()).hexdigest(), "2021-01-20"
    )


def test_what_cannot_be_opened_or_named_is_listed_and_the_rest_goes_in(folder, received, report):
    (received / os.fsdecode(b"\xb1\xa8\xb8\xe6.txt")).write_bytes(report.read_bytes() + b"\n")
    (received / "gone.txt").symlink_to(received / "nowhere")
    os.mkfifo(received / "pipe")
    added = intake.add_many([received, received / "missing"], folder)
    assert len(added.kept) == 2
    reasons = [line.removeprefix(f"{received}/") for line in added.left_out]
    assert [reason.split("；")[0] for reason in reasons] == [
        "empty.txt：文件是空的",
        "gone.txt：没有这个文件",
        "missing：没有这个文件",
        "pipe：不是文件，无法读取",
        "????.txt：文件名的编码无法识别",
    ]


def test_figures_with_several_reports_are_not_guessed_at(folder, received, figures):
    shutil.move(figures, received)
    added = intake.add_many([received], folder)
    assert len(added.kept) == 2
    assert f"{AGENCY} 2022、{AGENCY} 2023" in added.left_out[1]


def test_nothing_new_leaves_the_manifest_as_it_is(folder, received):
    intake.add_many([received], folder)
    before = folder.manifest.stat().st_mtime_ns, folder.manifest.read_bytes()
    intake.add_many([received], folder)
    assert (folder.manifest.stat().st_mtime_ns, folder.manifest.read_bytes()) == before
    assert [path.name for path in sorted(folder.documents.iterdir())] == ["documents.csv", AGENCY]


def test_an_empty_folder_says_so(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongUsage, match="没有可登记的文件"):
        intake.add_many([tmp_path / "empty"], folder)


def test_two_who_register_at_once_do_not_lose_a_line(folder, received, document, tmp_path):
    """The second waits until the first has written the manifest."""
    command = [sys.executable, "-m", "dashboard.cli", "--data", folder.root, "add", received]
    data = document("示例县民政局-2022")
    with originals.registering(folder) as listed:
        second = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while b"empty.txt" not in second.stderr.readline():
            assert second.poll() is None  # it has read its files and is about to register them
        file = originals.keep(folder, data, "2022.txt", AGENCY, 2022)
        entry = manifest.Received(AGENCY, 2022, file, "", hashlib.sha256(data).hexdigest(), "2021-01-20")
        originals.register(folder, listed, [(entry, None)])
    with second:
        second.communicate(timeout=60)
    assert [entry.year for entry in manifest.received(folder)] == [2022, 2019, 2020]


REFUSED = {
    "empty": b"",
    "blank": b"\n\n",
    "random": bytes(range(256)),
    "not a report": "今天天气很好。\n".encode(),
    "a notice": "关于报送2020年政府信息公开工作年度报告的通知\n请按时报送。\n".encode(),
    "PDF": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_report_is_refused_and_not_stored(folder, tmp_path, name):
    path = tmp_path / "file.txt"
    path.write_bytes(REFUSED[name])
    with pytest.raises(Refused):
        intake.add(path, folder)
    assert not folder.root.exists()


def test_a_file_that_is_not_there_is_refused(folder, tmp_path):
    with pytest.raises(Refused, match=r"gone\.txt：没有这个文件"):
        intake.look(tmp_path / "gone.txt", folder)
    with pytest.raises(Refused, match="无法打开"):
        intake.look(tmp_path, folder)


@pytest.fixture
def figures(tmp_path):
    path = tmp_path / "figures.csv"
    lines = [
        f"{AGENCY},{year},2021,req.new,total,,{value},,件,table,http://example.org/{year},"
        for year, value in ((2022, 4), (2023, 5))
    ]
    path.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    return path


def test_of_a_figures_file_with_several_reports_one_is_chosen(folder, figures):
    reading, address = intake.look(figures, folder, year=2023)
    assert (reading.year, address, [fact.value for fact in reading.facts]) == (
        2023,
        "http://example.org/2023",
        [5],
    )
    with pytest.raises(WrongUsage, match=f"{AGENCY} 2022、{AGENCY} 2023"):
        intake.look(figures, folder)


def test_figures_that_were_added_are_figures_and_only_the_report_they_were_added_for(folder, figures, report):
    """They do not speak before an original, and the file's other reports are not let in with it."""
    intake.add(figures, folder, year=2023)
    text = report.read_bytes().decode().replace("示例县民政局2020年", "示例县民政局2023年")
    report.write_text(text, "utf-8")
    built = intake.build(folder)
    assert built.reports == 1
    assert [fact.value for fact in records.reading(folder, AGENCY, 2023)[0].facts] == [5]
    intake.add(report, folder)
    intake.build(folder)
    assert len(records.reading(folder, AGENCY, 2023)[0].facts) > 200


def test_figures_with_faults_are_not_taken(folder, figures):
    figures.write_text(figures.read_text("utf-8").replace("req.new", "req.nwe"), "utf-8")
    with pytest.raises(FiguresError) as fault:
        intake.add(figures, folder, year=2023)
    assert len(fault.value.problems) == 2
    assert not folder.root.exists()


@pytest.mark.parametrize(
    "content", ["agency,year\nx,2020\n", "agency,year,file,address,sha256,received\nx,二〇,f,,,\n"]
)
def test_a_manifest_that_was_spoilt_says_so(folder, content):
    folder.documents.mkdir(parents=True)
    folder.manifest.write_text(content, "utf-8")
    with pytest.raises(DashboardError, match=r"documents\.csv 的内容不合格式"):
        manifest.received(folder)

"""The one door: keeping originals, saying whose they are, and refusing what is no report."""

from datetime import date

import pytest

from dashboard import intake, manifest, records
from dashboard.errors import DashboardError, FiguresError, Refused, WrongUsage

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

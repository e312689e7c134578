"""`add` of many files: which go in, which do not and why."""

import shutil

import pytest

from .starting import UNTITLED

GOOD = 120
BAD = {
    "坏/空.txt": b"",
    "坏/截断.docx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml",
    "坏/照片.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "坏/通知.txt": "今天天气很好。\n".encode(),
    "坏/过大.txt": "一、总体情况\n".encode() * 60_000,
}


def fill(place, text):
    """So many reports of fictional agencies, and a few files that are none."""
    for number in range(GOOD):
        agency = f"示例{chr(ord('一') + number)}县民政局"
        year = 2019 + number % 2
        path = place / agency / f"{year}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("示例县民政局", agency).replace("2020", str(year)), "utf-8")
    for name, data in BAD.items():
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def test_a_folder_of_many_goes_in_but_for_the_bad_ones(run, folder, document, tmp_path, caplog):
    """Each bad file is named with its reason; nothing is read twice; nothing changes by building again."""
    place = tmp_path / "收到"
    fill(place, document("示例县民政局-2020").decode())
    folder.root.mkdir()
    folder.limits.write_text("file_megabytes = 1\n", "utf-8")
    caplog.set_level("INFO")
    code, out, _ = run("add", place)
    *lines, last = out.splitlines()
    assert code == 1
    assert last == f"新登记 {GOOD} 份，此前已登记 0 份，未登记 {len(BAD)} 份。运行 dashboard build 后入库"
    assert sorted(line.split("：")[1] for line in lines) == sorted(f"{place}/{name}" for name in BAD)
    assert all(line.startswith("未登记：") and len(line.split("：", 2)[2]) > 5 for line in lines)
    assert f"未登记：{place}/坏/过大.txt：文件有 1.1 MB，超过上限 1 MB" in lines
    assert len([record for record in caplog.records if record.message.startswith("已登记")]) == GOOD
    for _ in range(2):
        code, out, _ = run("build")
        assert (code, out.count("\n")) == (0, 1)
        assert out.startswith(f"已入库 {GOOD} 份报告、")
        assert out.endswith(f"；新读 0 份，未变 {GOOD} 份，未入库 0 份\n")
    shutil.rmtree(folder.readings)
    anew = run("build")[1]
    assert anew == out.replace("新读 0", f"新读 {GOOD}").replace(f"未变 {GOOD}", "未变 0")


def test_adding_many_ends_with_zero_one_or_two(run, report, tmp_path):
    """All in, some in, none in; what is registered already is in."""
    bad = tmp_path / "bad.txt"
    bad.touch()
    place = tmp_path / "received"
    place.mkdir()
    shutil.move(report, place)
    assert run("add", bad, bad, tmp_path / "missing")[0] == 2
    assert run("add", place)[0] == 0
    code, out, _ = run("add", place)
    assert code == 0
    assert out.splitlines() == [
        f"已登记：{place}/report.txt：同一份文件此前已登记，未重复保存",
        "新登记 0 份，此前已登记 1 份，未登记 0 份",
    ]
    assert run("add", place, bad)[0] == 1


def test_a_report_of_nobody_among_many_is_named_with_what_to_do(run, report, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    code, out, _ = run("add", path, report)
    assert code == 0
    assert out.splitlines()[0].startswith(f"待定：{path}：文中没有写明机关或年度")
    code, out, _ = run("build")
    assert code == 1
    assert out.splitlines()[0].startswith("未入库：待定/待定/untitled.txt：机关或年度未知")
    assert out.endswith("新读 0 份，未变 1 份，未入库 1 份\n")


@pytest.mark.parametrize(
    "option",
    [["--agency", "示例县民政局"], ["--year", "2020"], ["--address", "x"], ["--published", "2021-01-20"]],
)
def test_what_is_true_of_one_file_is_not_said_of_many(run, folder, report, tmp_path, option):
    for files in ([report, report], [tmp_path]):
        code, out, err = run("add", *files, *option)
        assert (code, out) == (2, "")
        assert (
            err
            == "dashboard: --agency、--year、--address、--published 只用于单个文件；请分别登记，或去掉这些选项\n"
        )
    assert not folder.root.exists()

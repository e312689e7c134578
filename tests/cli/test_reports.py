"""From a report to its facts: `read`, `check`, `add`, `build`, `facts`."""

import json

from .starting import UNTITLED


def test_read_prints_one_object_with_exactly_these_keys(run, report):
    code, out, _ = run("read", report, "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["agency", "year", "edition", "facts", "findings"]
    assert (told["agency"], told["year"], told["edition"]) == ("示例县民政局", 2020, "2019")
    fact_keys = ["indicator", "group", "item", "value", "status", "raw", "unit", "source", "locator"]
    assert all(list(fact) == fact_keys and "quote" in fact["locator"] for fact in told["facts"])
    assert all(list(finding) == ["rule", "severity", "message", "cells"] for finding in told["findings"])
    cell_keys = ["indicator", "group", "item", "value", "status"]
    assert all(list(cell) == cell_keys for finding in told["findings"] for cell in finding["cells"])


def test_numbers_in_json_are_the_digits_that_were_printed(run, report):
    _, out, _ = run("read", report, "--json")
    values = {(fact["indicator"], fact["group"]): fact["value"] for fact in json.loads(out)["facts"]}
    assert values["proactive.license.decisions", None] == 1083
    assert isinstance(values["proactive.license.decisions", None], int)
    assert values["proactive.procurement.amount", None] == 46310.5
    assert values["proactive.coercion.decisions", None] is None
    assert '"value": 46310.5' in out


def test_what_is_not_told_is_null_and_can_be_given(run, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    told = json.loads(run("read", path, "--json")[1])
    assert (told["agency"], told["year"]) == (None, None)
    told = json.loads(run("read", path, "--json", "--agency", "示例县水利局", "--year", "2021")[1])
    assert (told["agency"], told["year"]) == ("示例县水利局", 2021)


def test_check_ends_with_one_on_an_error_and_zero_without(run, report):
    assert run("check", report)[0] == 0
    spoilt = report.read_bytes().decode().replace("本年度新收7件", "本年度新收8件")
    report.write_text(spoilt, "utf-8")
    code, out, _ = run("check", report)
    assert code == 1
    assert "错误 N-04" in out
    assert run("read", report)[0] == 0


def test_add_build_facts_is_the_way_of_a_report(run, report):
    assert run("add", report, "--address", "http://example.org/1")[0] == 0
    code, out, _ = run("build")
    assert (code, out.split("；")[0]) == (0, "已入库 1 份报告、232 条数据")
    code, out, _ = run("facts", "--agency", "示例县民政局", "--year", "2020")
    assert code == 0
    assert len(out.splitlines()) == 233
    code, out, _ = run("facts", "--agency", "示例县民政局", "--year", "2020", "--format", "json")
    direct = json.loads(run("read", report, "--json")[1])
    assert json.loads(out) == direct


def test_build_ends_with_one_when_something_was_left_out(run, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    code, out, _ = run("add", path)
    assert (code, "--agency、--year" in out) == (0, True)
    code, out, _ = run("build")
    assert (code, "未入库" in out) == (1, True)


def test_version_names_package_codebook_and_data(run, folder, book):
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("dashboard ")
    assert f"代码本 {book.version}；数据 未建库" in out
    run("build")
    assert "未建库" not in run("--version")[1]


def test_the_day_of_publication_is_kept_on_the_manifest(run, folder, report):
    assert run("add", report, "--published", "2021-02-09")[0] == 0
    assert (folder.manifest.read_text("utf-8").splitlines()[1]).endswith(",2021-02-09")
    code, _, err = run("add", report, "--published", "二月")
    assert code == 2
    assert "不是日期（年-月-日）：二月" in err

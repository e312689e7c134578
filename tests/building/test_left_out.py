"""What is left out, with its reason, and what stops the build."""

import shutil

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.errors import CodebookError, WrongUsage

from ..small_databases import AGENCY, put_figures
from .contents import facts


def test_what_cannot_be_built_is_left_out_with_its_reason_and_the_rest_goes_in(received, tmp_path):
    path = tmp_path / "no-title.txt"
    path.write_text("政府信息公开工作年度报告\n一、总体情况\n公开信息。\n", "utf-8")
    intake.add(path, received)
    put_figures(received, f"{AGENCY},2019,2019,no.such,,,1,,,table,,")
    put_figures(received, name="empty.csv")
    (received.figures / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))).write_text("一、总体情况\n", "utf-8")
    built = build(received)
    assert built.reports == 1
    reasons = "\n".join(built.left_out)
    assert len(built.left_out) == 4
    for said in ("机关或年度未知", "内容与登记时不同", "第 2 行：指标代码", "首行不是数据文件的表头"):
        assert said in reasons


def test_a_missing_original_is_left_out(received):
    shutil.rmtree(received.documents / AGENCY / "2022")
    built = build(received)
    assert built.reports == 1
    assert "文件不存在" in built.left_out[0]


def test_a_document_over_the_limit_is_left_out_with_both_numbers(received):
    (received.root / "limits.toml").write_text("file_megabytes = 1\n", "utf-8")
    with next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))).open("ab") as file:
        file.truncate(1024 * 1024 + 1)
    built = build(received)
    assert built.reports == 1
    assert "文件有 1.0 MB，超过上限 1 MB" in built.left_out[0]


def test_limits_at_fault_stop_the_build(received):
    (received.root / "limits.toml").write_text("pages = 0\n", "utf-8")
    with pytest.raises(WrongUsage, match=r"limits\.toml 的 pages 应为大于 0 的整数"):
        build(received)


def test_a_codebook_at_fault_stops_the_build_and_publishes_nothing(received, pytestconfig):
    build(received)
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", received.root / "codebook")
    with (received.root / "codebook" / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("no.such,,2020,2021,x,x,V\n")
    before = facts(received)
    with pytest.raises(CodebookError):
        build(received)
    assert facts(received) == before

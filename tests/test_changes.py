"""What changed between two builds; worked out by hand."""

import json

import pytest

from dashboard import intake, queries
from dashboard.build import build
from dashboard.changes import changes
from dashboard.cli import main
from dashboard.rows import records
from dashboard.store import Store, previous, published

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"


def line(year, indicator, value, *, group="", status="", agency=AGENCY):
    return f"{agency},{year},2021,{indicator},{group},,{value},{status},,table,,"


FIRST = (line(2022, "req.carried_out", 4, group="total"), line(2023, "req.carried_in", 4, group="total"))


@pytest.fixture
def builds(folder):
    """Build one set of figures after another; gives the store of the last."""

    def built(*figures):
        folder.figures.mkdir(parents=True, exist_ok=True)
        for lines in figures:
            (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
            build(folder)
        return Store(folder)

    return built


def told(store, *names):
    return [tuple(row[name] for name in ("change", *names)) for row in records(queries.changes(store))]


def test_before_a_second_build_there_is_nothing_to_compare_with(builds, book):
    store = builds(FIRST)
    assert previous(store.folder) is None
    assert queries.changes(store).empty
    assert changes(store, book) == []


def test_a_changed_figure_is_told_with_both_numbers_and_its_cell(builds):
    """4 carried into 2023 become 5: the figure, and the finding that follows."""
    store = builds(FIRST, (FIRST[0], line(2023, "req.carried_in", 5, group="total")))
    value, finding = records(queries.changes(store))
    cell = ("change", "agency", "year", "indicator", "group", "item", "was", "was_status", "value", "status")
    assert tuple(value[name] for name in cell) == (
        "changed_value",
        AGENCY,
        2023,
        "req.carried_in",
        "total",
        None,
        4,
        "reported",
        5,
        "reported",
    )
    (said,) = records(queries.evidence(store, [value["fact_id"]]))
    assert (said["indicator"], said["value"]) == ("req.carried_in", 5)
    assert tuple(finding[name] for name in ("change", "year", "rule", "severity")) == (
        "new_finding",
        2023,
        "T3-05",
        "error",
    )


def test_a_finding_that_is_mended_is_closed(builds):
    store = builds((FIRST[0], line(2023, "req.carried_in", 5, group="total")), FIRST)
    assert told(store, "rule") == [("changed_value", None), ("closed_finding", "T3-05")]


def test_a_number_that_became_blank_is_a_change_and_no_nought(builds):
    store = builds(FIRST, (FIRST[0], line(2023, "req.carried_in", "", group="total", status="blank")))
    assert told(store, "was", "value", "status") == [("changed_value", 4, None, "blank")]


def test_a_cell_that_was_not_there_before_says_so(builds):
    store = builds(FIRST, (*FIRST, line(2023, "review.total", 2)))
    assert told(store, "indicator", "was", "was_status", "value") == [
        ("changed_value", "review.total", None, None, 2)
    ]


def test_reports_that_came_and_went_are_named_and_their_cells_are_not(builds):
    store = builds((FIRST[0],), (FIRST[1],))
    assert told(store, "year", "message") == [
        ("gone_report", 2022, "figures/office.csv"),
        ("new_report", 2023, "figures/office.csv"),
    ]


def test_changes_are_asked_for_an_agency_and_a_year(builds):
    other = "示例县教育局"
    more = (
        line(2022, "req.new", 1, group="total", agency=other),
        line(2023, "req.new", 2, group="total", agency=other),
    )
    store = builds(FIRST, (*FIRST, *more))
    assert [(row["agency"], row["year"]) for row in records(queries.changes(store))] == [
        (other, 2022),
        (other, 2023),
    ]
    assert queries.changes(store, AGENCY).empty
    assert [row["year"] for row in records(queries.changes(store, other, 2023))] == [2023]


def test_a_rebuild_that_changes_nothing_keeps_what_changed_to_be_seen(builds):
    """Three builds of the second figures: the first is still what they are compared with."""
    second = (*FIRST, line(2023, "review.total", 2))
    store = builds(FIRST, second, second, second)
    assert told(store, "indicator") == [("changed_value", "review.total")]
    assert len(list(store.folder.build.glob("facts-*.duckdb"))) <= 3
    assert previous(store.folder) not in (None, published(store.folder))


def test_a_database_of_another_schema_is_not_compared_with(builds):
    store = builds(FIRST, (FIRST[0],))
    (store.folder.build / "previous").write_text("facts-v1-old.duckdb", "utf-8")
    assert queries.changes(store).empty


def test_gaps_open_and_close_with_the_figures(builds, book):
    """Carried in as carried out: G02 has nothing on it. One more: T3-05 is short, and must be mended."""
    wrong = (FIRST[0], line(2023, "req.carried_in", 5, group="total"))
    opened = [row for row in changes(builds(FIRST, wrong), book) if row["change"].endswith("_gap")]
    assert [(row["change"], row["year"], row["rule"], row["item"], row["severity"]) for row in opened] == [
        ("new_gap", 2023, "G02", "T3-05", "red")
    ]
    assert opened[0]["message"].startswith("上年结转（总计）：")
    closed = [row for row in changes(builds(FIRST), book) if row["change"].endswith("_gap")]
    assert [(row["change"], row["rule"], row["item"]) for row in closed] == [("closed_gap", "G02", "T3-05")]


def test_the_command_prints_what_changed(builds, capsys):
    store = builds(FIRST, (FIRST[0], line(2023, "req.carried_in", 5, group="total")))
    asked = ["--data", str(store.folder.root), "changes"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "二、上年结转政府信息公开申请数量，总计：4 → 5" in said
    assert "新的核对结果" in said
    assert "T3-05 上年结转（总计）：上年报告结转下年度 4 件，本年上年结转 5 件，差 1 件；请核对台账" in said
    assert main([*asked, "--agency", "example-education"]) == 0
    assert capsys.readouterr().out == "与上一次的数据库相比没有变化\n"
    assert main([*asked, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["change"] for row in rows] == ["changed_value", "new_finding", "new_gap"]
    assert (rows[0]["was"], rows[0]["value"]) == (4, 5)


def test_a_document_in_the_place_of_figures_is_another_report(builds, folder, document, tmp_path):
    store = builds([line(2020, "req.new", 1, group="total")])
    path = tmp_path / "2020.txt"
    path.write_bytes(document("示例县民政局-2020"))
    intake.add(path, folder)
    build(folder)
    (first, *_) = records(queries.changes(store))
    assert (first["change"], first["year"]) == ("changed_report", 2020)
    assert first["message"].endswith(".txt")


def test_the_command_refuses_an_agency_nobody_has_heard_of(builds, capsys):
    store = builds(FIRST, (FIRST[0],))
    assert main(["--data", str(store.folder.root), "changes", "--agency", "没有听说过的局"]) == 2
    assert "库中没有 没有听说过的局 的年报" in capsys.readouterr().err

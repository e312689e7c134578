"""What must hold between the reports of two years, and the ledgers that show it; worked out by hand."""

import csv
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import gaps, intake, queries
from dashboard.build import build
from dashboard.cli import main
from dashboard.paths import PROJECT, DataFolder
from dashboard.rows import ids, records
from dashboard.store import Store

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"
IN_FORCE, ISSUED, REPEALED = (f"proactive.normdocs.{word}" for word in ("in_force", "issued", "repealed"))
#: Rules that need two reports; what else a small database has is the other tests' business.
RULES = ("T2-03", "T2-04", "T2-08", "T2-10", "T2-14", "T3-05", "T3-06", "T3-12", "T4-04", "T4-05", "Y-")


def line(year, indicator, value, *, group="", edition="2021", status="", agency=AGENCY):
    return f"{agency},{year},{edition},{indicator},{group},,{value},{status},,table,,"


def database(folder, *lines):
    folder.figures.mkdir(parents=True, exist_ok=True)
    (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    build(folder)
    return Store(folder)


@pytest.fixture
def store(folder):
    """The store of a small database built from lines of a figures file."""
    return lambda *lines: database(folder, *lines)


def found(store, agency=AGENCY):
    return [
        (row["year"], row["rule"], row["severity"], row["message"])
        for row in records(queries.findings(store, agency))
        if row["rule"].startswith(RULES)
    ]


def carried(year, **cells):
    """Lines of one report's requests, in the column of all applicants."""
    return [line(year, f"req.{name}", value, group="total") for name, value in cells.items()]


def documents(year, stem="proactive.normdocs", **cells):
    return [line(year, f"{stem}.{name}", value) for name, value in cells.items()]


def test_what_is_carried_in_is_what_was_carried_out(store):
    told = store(*carried(2022, carried_out=4), *carried(2023, carried_in=5))
    said = "上年结转（总计）：上年报告结转下年度 4 件，本年上年结转 5 件，差 1 件；请核对台账"
    assert found(told) == [(2023, "T3-05", "error", said)]
    assert found(store(*carried(2022, carried_out=4), *carried(2023, carried_in=4))) == []


def test_a_finding_between_years_shows_the_cells_of_both_reports(store):
    told = store(*carried(2022, carried_out=4), *carried(2023, carried_in=5))
    (row,) = [row for row in records(queries.findings(told, AGENCY)) if row["rule"] == "T3-05"]
    shown = records(queries.evidence(told, ids(row["fact_ids"])))
    assert [(one["year"], one["indicator"], one["value"]) for one in shown] == [
        (2023, "req.carried_in", 5),
        (2022, "req.carried_out", 4),
    ]


def test_one_column_that_does_not_join_up_is_named_as_that_column(store):
    told = store(
        line(2022, "req.carried_out", 3, group="enterprise"),
        line(2023, "req.carried_in", 1, group="enterprise"),
    )
    ((year, rule, severity, message),) = found(told)
    assert (year, rule, severity) == (2023, "T3-06", "warning")
    assert message.startswith("上年结转（商业企业）：上年报告结转下年度 3 件，本年上年结转 1 件，差 2 件；")


def test_a_missing_year_holds_nothing_against_the_next(store):
    assert found(store(*carried(2021, carried_out=4), *carried(2023, carried_in=9))) == []


@pytest.mark.parametrize("status", ["blank", "dash", "unreadable"])
def test_what_has_no_number_is_held_against_nothing(store, status):
    lines = [line(2022, "req.carried_out", "", group="total", status=status), *carried(2023, carried_in=9)]
    told = store(*lines)
    assert found(told) == []
    row = ledger_row(told, 2023)
    assert (row["verdict"], row["reason_year"], row["difference"]) == ("unknown", 2022, None)
    assert row["reason"] == ("blank" if status == "dash" else status)


def test_nothing_is_held_against_the_other_side_of_a_break(store):
    """Reviews are counted otherwise from 2024 on."""
    pending = [line(2023, "review.pending", 3), line(2024, "review.total", 0)]
    assert found(store(*pending)) == []
    ((_, row),) = stocks(store(*pending), 2024, "review.total")
    assert (row["verdict"], row["reason"], row["reason_year"]) == ("unknown", "break", 2024)


def test_a_break_of_one_agency_is_none_of_another(folder, store, pytestconfig):
    import shutil  # noqa: PLC0415 - this test alone has a codebook of its own

    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", folder.root / "codebook")
    with (folder.root / "codebook" / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("req.carried_in,示例县教育局,2022,2023,合并,两局合并,two offices merged,X\n")
    lines = [
        row
        for agency in (AGENCY, "示例县教育局")
        for row in (
            line(2022, "req.carried_out", 4, group="total", agency=agency),
            line(2023, "req.carried_in", 5, group="total", agency=agency),
        )
    ]
    told = store(*lines)
    assert [rule for _, rule, *_ in found(told)] == ["T3-05"]
    assert found(told, "示例县教育局") == []


def test_documents_in_force_are_those_before_with_what_was_issued_and_without_what_was_repealed(store):
    lines = [*documents(2022, in_force=15), *documents(2023, in_force=18, issued=1, repealed=0)]
    said = (
        "行政规范性文件现行有效：上年报告现行有效 15 件，本年制发 1 件、废止 0 件，推算为 16 件，本年现行有效 18 件，"
        "差 2 件；如系清理、到期失效、机构改革转隶或更正，请说明"
    )
    assert found(store(*lines)) == [(2023, "T2-08", "warning", said)]
    ((_, row),) = stocks(store(*lines), 2023, IN_FORCE)
    assert [row[name] for name in ("opening", "added", "removed", "expected", "told", "difference")] == [
        15,
        1,
        0,
        16,
        18,
        2,
    ]


def stocks(store, year, stock):
    rows = records(queries.stock_ledger(store, AGENCY, year, year))
    return [(row["year"], row) for row in rows if row["stock"] == stock]


REPORT = """示例县民政局{year}年政府信息公开工作年度报告
一、总体情况
{text}
二、主动公开政府信息情况
| 第二十条第（一）项 |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | {issued} | {repealed} | {in_force} |
"""


@pytest.mark.parametrize(
    ("text", "severity"),
    [("本年做好公开工作。", "error"), ("本年开展文件清理，宣布失效一批文件。", "warning")],
)
def test_a_fifth_of_the_documents_gone_is_an_error_unless_the_text_has_a_word_for_it(
    folder, tmp_path, text, severity
):
    """10 in force, none issued, none repealed, 7 left: 3 of 10."""
    for year, in_force in ((2022, 10), (2023, 7)):
        path = tmp_path / f"{year}.txt"
        filled = REPORT.format(year=year, text=text, issued=0, repealed=0, in_force=in_force)
        path.write_text(filled, "utf-8")
        intake.add(path, folder, AGENCY, year)
    build(folder)
    assert [row[:3] for row in found(Store(folder))] == [(2023, "T2-08", severity)]


def test_figures_without_a_text_are_not_held_to_explain_themselves(store):
    lines = [*documents(2022, in_force=10), *documents(2023, in_force=5, issued=0, repealed=0)]
    assert [severity for _, _, severity, _ in found(store(*lines))] == ["warning"]


def test_no_more_documents_are_repealed_than_there_were(store):
    lines = [*documents(2022, in_force=5), *documents(2023, issued=2, repealed=9)]
    ((year, rule, severity, message),) = found(store(*lines))
    assert (year, rule, severity) == (2023, "T2-10", "error")
    assert message.startswith(
        "行政规范性文件废止：上年报告现行有效 5 件，本年制发 2 件，推算为 7 件，本年废止 9 件，多 2 件；"
    )
    assert found(store(*documents(2022, in_force=5), *documents(2023, issued=2, repealed=7))) == []


def test_items_of_the_form_of_2019_follow_from_those_of_the_year_before(store):
    def licences(year, items, change=""):
        return [
            line(year, "proactive.license.items_prev", items, edition="2019"),
            line(
                year,
                "proactive.license.items_change",
                change,
                edition="2019",
                status="" if change else "blank",
            ),
        ]

    assert found(store(*licences(2019, 6, "-1"), *licences(2020, 5))) == []
    ((_, rule, severity, message),) = found(store(*licences(2019, 6, "-1"), *licences(2020, 6)))
    assert (rule, severity) == ("T2-04", "warning")
    assert message.startswith(
        "行政许可上一年项目数量：上年报告上一年项目数量 6 项、增减 -1 项，推算为 5 项，本年"
    )
    assert found(store(*licences(2019, 6), *licences(2020, 9))) == []


def test_what_is_disclosed_in_all_grows_by_what_is_newly_disclosed(store):
    def disclosed(year, total, new):
        return [
            line(year, "proactive.normdocs.disclosed_total", total, edition="2019"),
            line(year, "proactive.normdocs.disclosed_new", new, edition="2019"),
        ]

    assert found(store(*disclosed(2019, 12, 1), *disclosed(2020, 14, 2))) == []
    assert [row[1:3] for row in found(store(*disclosed(2019, 12, 1), *disclosed(2020, 11, 2)))] == [
        ("T2-03", "warning")
    ]


def test_across_the_form_of_2021_a_difference_is_a_note(store):
    lines = [
        line(2020, "proactive.normdocs.disclosed_total", 114, edition="2019"),
        *documents(2021, in_force=113, issued=0, repealed=0),
    ]
    assert [row[:3] for row in found(store(*lines))] == [(2021, "T2-14", "info")]


def test_the_first_requests_carried_in_are_noted_against_the_sheet_before(store):
    """47 received and 42 closed in 2018: 5 should be carried into 2019."""
    sheet = [line(2018, "req.new", 47, edition="2014"), line(2018, "req.completed", 42, edition="2014")]

    def year_after(value):
        return line(2019, "req.carried_in", value, edition="2019", group="total")

    assert found(store(*sheet, year_after(5))) == []
    assert [row[:3] for row in found(store(*sheet, year_after(6)))] == [(2019, "T3-12", "info")]


def test_cases_pending_last_year_are_among_those_of_this_year(store):
    assert found(store(line(2021, "review.pending", 2), line(2022, "review.total", 2))) == []
    ((year, rule, severity, message),) = found(
        store(line(2021, "review.pending", 2), line(2022, "review.total", 1))
    )
    assert (year, rule, severity) == (2022, "T4-04", "warning")
    assert message.startswith("行政复议总计：上年报告尚未审结 2 件，本年总计 1 件，少 1 件；")


def test_no_more_suits_follow_reviews_than_reviews_were_concluded(store):
    ended = [
        line(year, f"review.{end}", value)
        for year, values in ((2021, (1, 0, 0)), (2022, (0, 1, 0)))
        for end, value in zip(("upheld", "corrected", "other"), values, strict=True)
    ]
    assert found(store(*ended, line(2022, "lit.after_review.total", 2))) == []
    ((_, rule, severity, message),) = found(store(*ended, line(2022, "lit.after_review.total", 3)))
    assert (rule, severity) == ("T4-05", "warning")
    assert "上年报告行政复议维持 1 件、行政复议纠正 0 件" in message


def test_the_same_number_three_years_running_is_worth_a_look(store):
    def decisions(*values):
        return [
            line(2021 + place, "proactive.license.decisions", value) for place, value in enumerate(values)
        ]

    said = "行政许可：本年处理决定数量：2021 至 2023 年都是 120 件；请核实是否沿用了以前年度的数"
    assert found(store(*decisions(120, 120, 120))) == [(2023, "Y-03", "warning", said)]
    assert found(store(*decisions(120, 120, 121))) == []
    assert found(store(*decisions(9, 9, 9))) == [], "small counts are the same by chance"


def test_the_same_number_with_a_year_missing_between_is_not_three_years_running(store):
    lines = [line(year, "proactive.license.decisions", 120) for year in (2020, 2021, 2023)]
    assert found(store(*lines)) == []


@pytest.mark.parametrize(
    ("before", "now", "is_odd"),
    [(20, 201, True), (20, 200, False), (19, 500, False), (300, 29, True), (300, 30, False), (300, 0, False)],
)
def test_ten_times_as_much_or_a_tenth_may_be_another_unit(store, before, now, is_odd):
    lines = [
        line(2022, "proactive.license.decisions", before),
        line(2023, "proactive.license.decisions", now),
    ]
    assert [row[:3] for row in found(store(*lines))] == ([(2023, "Y-04", "warning")] if is_odd else [])


GOVERNMENT = """{agency}2023年政府信息公开工作年度报告
一、总体情况
{text}
三、收到和处理政府信息公开申请情况
2023年，新收政府信息公开申请{count}件。
"""


@pytest.mark.parametrize(
    ("text", "count", "rules"),
    [
        ("本报告由县政府办公室汇总各部门、各乡镇年度报告编制。", 6, ["Y-05"]),
        ("本报告由县政府办公室汇总各部门、各乡镇年度报告编制。", 7, []),
        ("本报告为本级机关的年度报告。", 6, []),
    ],
)
def test_a_government_that_speaks_for_its_departments_has_no_less_than_they(
    folder, tmp_path, pytestconfig, text, count, rules
):
    """Two departments of the county received 4 and 3; a bureau of another county does not count."""
    import shutil  # noqa: PLC0415 - only here is a government needed

    government = "示例县人民政府"
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", folder.root / "codebook")
    with (folder.root / "codebook" / "agencies.csv").open("a", encoding="utf-8") as file:
        file.write(f"example-government,{government},县,政府,人民政府,示例省示例市示例县,example,\n")
    path = tmp_path / "government.txt"
    path.write_text(GOVERNMENT.format(agency=government, text=text, count=count), "utf-8")
    intake.add(path, folder, government, 2023)
    folder.figures.mkdir()
    received = {AGENCY: 4, "示例县教育局": 3, "嵊泗县民政局": 50}
    lines = [line(2023, "req.new", value, group="total", agency=agency) for agency, value in received.items()]
    (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    build(folder)
    told = found(Store(folder), government)
    assert [rule for _, rule, *_ in told] == rules
    if rules:
        assert told[0][3] == (
            "一、本年新收政府信息公开申请数量：政府年报 6 件，少于已入库的 2 个部门之和 7 件；请核对汇总范围"
        )


def test_two_documents_of_a_year_that_differ_are_both_named(folder):
    folder.figures.mkdir(parents=True)
    for name, value in (("early", 5), ("late", 7)):
        text = HEADER + line(2023, "req.new", value, group="total") + "\n"
        (folder.figures / f"{name}.csv").write_text(text, "utf-8")
    build(folder)
    store = Store(folder)
    ((year, rule, severity, message),) = found(store)
    assert (year, rule, severity) == (2023, "Y-07", "info")
    assert "figures/early.csv" in message
    assert "本份 7 件，另一份 5 件" in message


def ledger_row(store, year, group="total"):
    rows = records(queries.ledger(store, AGENCY, year, year))
    return next(row for row in rows if row["group"] == group)


def test_the_ledger_shows_a_year_of_requests_and_how_it_joins_the_year_before(store):
    told = store(
        *carried(2022, carried_out=4),
        *carried(2023, carried_in=5, new=20, carried_out=3),
        line(2023, "req.outcome.total", 22, group="total"),
    )
    row = ledger_row(told, 2023)
    counts = ("carried_in", "new", "completed", "carried_out", "balance", "expected", "difference")
    assert [row[name] for name in counts] == [5, 20, 22, 3, 0, 4, 1]
    assert (row["verdict"], row["reason"], row["rule"], row["severity"]) == (
        "differs",
        None,
        "T3-05",
        "error",
    )
    shown = records(queries.evidence(told, ids(row["fact_ids"])))
    assert sorted((one["year"], one["indicator"]) for one in shown) == [
        (2022, "req.carried_out"),
        (2023, "req.carried_in"),
        (2023, "req.carried_out"),
        (2023, "req.new"),
        (2023, "req.outcome.total"),
    ]


def test_the_ledger_has_a_row_for_every_year_and_applicant_and_says_what_is_missing(store):
    told = store(*carried(2021, carried_in=1, carried_out=2), *carried(2023, carried_in=2))
    rows = records(queries.ledger(told, AGENCY, 2020, 2023))
    assert len(rows) == len({(row["year"], row["group"]) for row in rows}) == 4 * 7
    totals = {row["year"]: row for row in rows if row["group"] == "total"}
    assert {year: (row["verdict"], row["reason"], row["reason_year"]) for year, row in totals.items()} == {
        2020: ("unknown", "no_report", 2020),
        2021: ("unknown", "no_report", 2020),
        2022: ("unknown", "no_report", 2022),
        2023: ("unknown", "no_report", 2022),
    }
    assert (totals[2022]["carried_in"], totals[2022]["carried_in_status"]) == (None, "no_report")
    assert totals[2023]["new_status"] == "not_entered"


def test_a_form_without_carried_requests_is_not_asked_for_them(store):
    told = store(
        line(2018, "req.new", 9, edition="2014"),
        line(2019, "req.carried_in", 1, edition="2019", group="total"),
    )
    assert ledger_row(told, 2018)["carried_in_status"] == "not_asked"
    row = ledger_row(told, 2019)
    assert (row["verdict"], row["reason"], row["reason_year"]) == ("unknown", "not_asked", 2018)


counts = st.integers(0, 40)


@st.composite
def chains(draw):
    """Reports that join up: new, carried in, completed and carried out of each year."""
    years, carried_in = [], draw(counts)
    for _ in range(draw(st.integers(2, 5))):
        new = draw(counts)
        carried_out = draw(st.integers(0, new + carried_in))
        years.append([carried_in, new, new + carried_in - carried_out, carried_out])
        carried_in = carried_out
    return years


NAMES = ("req.carried_in", "req.new", "req.outcome.total", "req.carried_out")


def chain_lines(years):
    return [
        line(2021 + place, name, value, group="total")
        for place, values in enumerate(years)
        for name, value in zip(NAMES, values, strict=True)
    ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chains(), st.data())
def test_a_chain_that_joins_up_has_no_finding_and_any_number_changed_breaks_it(tmp_path_factory, years, data):
    """A changed carry breaks the rule between years, or that within the year; any other the latter."""
    folder = DataFolder(tmp_path_factory.mktemp("chain"))
    told = database(folder, *chain_lines(years))
    assert broken(told) == set()
    year = data.draw(st.integers(0, len(years) - 1))
    cell = data.draw(st.integers(0, 3))
    years[year][cell] += data.draw(st.integers(1, 5))
    rules = broken(database(folder, *chain_lines(years)))
    assert (2021 + year, "T3-01") in rules
    joins = {(0, year > 0): 2021 + year, (3, year < len(years) - 1): 2022 + year}
    if cell in (0, 3) and (cell, True) in joins:
        assert (joins[cell, True], "T3-05") in rules


def broken(store):
    return {
        (row["year"], row["rule"])
        for row in records(queries.findings(store, AGENCY))
        if row["rule"] in ("T3-01", "T3-05")
    }


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The shipped data, built in a folder of its own."""
    root = tmp_path_factory.mktemp("county")
    for name in ("documents", "figures"):
        (root / name).symlink_to(PROJECT / "data" / name)
    folder = DataFolder(root)
    build(folder)
    return folder


def listed(name):
    with (PROJECT / "data" / "documents" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_flaw_between_years_is_found_in_the_county_and_nothing_else_is_held_against_it(county):
    """At its cell, in the later report; real figures among the shipped ones are clean."""
    store = Store(county)
    shown = set()
    for agency in queries.agencies(store)["name"]:
        reports = {
            row["year"]: row["file"] for row in records(queries.reports(store, agency)) if row["speaks"]
        }
        for row in records(queries.findings(store, agency)):
            if row["rule"].startswith(RULES) and row["severity"] != "info":
                cells = records(queries.evidence(store, ids(row["fact_ids"])))
                told = next(cell for cell in cells if cell["year"] == row["year"])
                groups = {name["name_zh"]: name["code"] for name in groups_of(store)}
                shown.add(
                    (
                        reports[row["year"]],
                        row["rule"],
                        told["indicator"],
                        groups.get(told["group_label"], ""),
                    )
                )
    assert shown == {
        (row["file"], row["rule"], row["indicator"], row["group"])
        for row in listed("flaws.csv")
        if row["scope"] == "years"
    }


def groups_of(store):
    return records(
        store.cursor().execute("select code, name_zh from applicant_group where group_id > 0").df()
    )


def test_the_gap_rule_on_identities_judges_what_is_found_between_years(county, book):
    """Land 2022: carried in is one more than was carried out. The total is an error, one column a warning."""
    judged = gaps.evaluate(Store(county), book, "示例县自然资源和规划局", 2022)
    items = [(gap.item, gap.severity) for gap in judged if gap.rule == "G02" and gap.verdict == "short"]
    assert sorted(item for item in items if item[0].startswith("T3-")) == [
        ("T3-05", "red"),
        ("T3-06", "amber"),
    ]


def test_ledgers_of_the_county_have_one_row_for_each_year_and_what_it_is_of(county):
    store = Store(county)
    for agency in queries.agencies(store)["name"]:
        requests = queries.ledger(store, agency, 2012, 2025)
        assert not requests.duplicated(["year", "group"]).any()
        assert not queries.stock_ledger(store, agency, 2012, 2025).duplicated(["year", "stock"]).any()


def test_the_command_prints_the_ledger_and_fails_where_years_do_not_join_up(county, capsys):
    asked = ["--data", str(county.root), "ledger", "--agency", "example-natural-resources"]
    assert main([*asked, "--year", "2022"]) == 1
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == [
        "年度",
        "申请人",
        "上年结转",
        "新收",
        "办结",
        "结转下年",
        "上年报告结转",
        "差",
        "核对",
    ]
    assert table[-1].split() == ["2022", "总计", "11", "88", "87", "12", "10", "1", "不符"]
    assert main([*asked, "--year", "2023", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["verdict"] for row in rows] == ["matches"] * 7


def test_the_command_lists_stocks_and_says_why_one_cannot_be_checked(county, capsys):
    asked = ["--data", str(county.root), "ledger", "--agency", AGENCY, "--stocks"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert (
        "2023    行政规范性文件：现行有效件数          15      1     0     16      18          2     不符"
        in told
    )
    assert "无法核对（2020 年表式未设此项）" in told


def test_the_command_names_what_is_near_an_agency_it_does_not_have(county, capsys):
    assert main(["--data", str(county.root), "ledger", "--agency", "示例县教育"]) == 2
    assert "相近的有：示例县教育局" in capsys.readouterr().err


def test_a_blank_total_of_completed_requests_follows_from_its_parts(county):
    """A real report of 2020 leaves （七）总计 empty: 1 granted, and 1 came in."""
    rows = records(queries.ledger(Store(county), "定海区民政局", 2020, 2020))
    row = next(row for row in rows if row["group"] == "total")
    assert [row[name] for name in ("carried_in", "new", "completed", "carried_out")] == [0, 1, 1, 0]
    assert (row["completed_status"], row["balance"]) == ("derived", 0)


def test_a_missing_number_is_no_nought(county):
    """The table of that report is a picture: the text tells the totals, nothing tells the applicants."""
    rows = queries.ledger(Store(county), "示例县教育局", 2023, 2023).set_index("group")
    assert rows.loc["total", "carried_out"] == 2
    assert pd.isna(rows.loc["natural_person", "carried_out"])

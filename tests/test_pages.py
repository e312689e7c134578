"""What every page promises: it opens, it says in Chinese what is so, and each number leads to its source.

AppTest runs a page as the server does, without a browser. `alone` opens a page by its own address before
app.py has ever run, `app` goes there from the overview.
"""

import ast
import csv
import html
import logging
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import codebook, intake, ui
from dashboard.paths import ENVIRONMENT, PROJECT, DataFolder
from dashboard.text import texts, words
from dashboard.ui.page import PAGES

NAMES = [name for group in PAGES.values() for name in group]
DINGHAI = "dinghai-civil-affairs"
FIGURES = PROJECT / "data" / "figures"
ORIGINAL = Path(__file__).parent / "data" / "示例县民政局-2020.txt"
#: A fictional agency that agencies.csv does not list: its name is its address.
UNLISTED = "样本县民政局"
TIMEOUT = 120
TABLES = ("table", "dataframe")

#: What stands on each page: page, year, heading, some of its numbers and words (opened tables included).
EXPECTED = [
    ("overview", 2020, "2020 年公开工作做得怎么样？", ["全年收到公开申请 1 件，办结 1 件", "政务动态 15 条"]),
    ("overview", 2023, "2023 年公开工作做得怎么样？", ["全年没有收到公开申请", "政务动态 49 条"]),
    ("overview", 2024, "2024 年公开工作做得怎么样？", ["全年没有收到公开申请", "政务动态 50 条"]),
    ("requests", 2020, "收到了什么申请，怎么办结的？", ["新收申请 1 件", "办结 1 件", "不足 10 件"]),
    ("requests", 2023, "收到了什么申请，怎么办结的？", ["没有收到申请，计 0 件"]),
    ("requests", 2024, "收到了什么申请，怎么办结的？", ["没有收到申请，计 0 件"]),
    ("channels", 2020, "哪些渠道还活着？", ["260 条", "31", "221", "8", "23", "17", "写明没有"]),
    ("channels", 2023, "哪些渠道还活着？", ["政务动态 49 条"]),
    ("channels", 2024, "哪些渠道还活着？", ["政务动态 50 条", "多篇"]),
    ("welfare", 2020, "为困难群众公开了什么？", ["109", "45", "28", "12"]),
    ("welfare", 2023, "为困难群众公开了什么？", ["77", "88"]),
    ("welfare", 2024, "为困难群众公开了什么？", ["76"]),
    (
        "proactive",
        2020,
        "出台了哪些文件、作出了哪些决定，解读了吗？",
        ["60 件", "15 个", "8.13 万元", "81,284.86", "没有数字"],
    ),
    ("proactive", 2023, "出台了哪些文件、作出了哪些决定，解读了吗？", ["政策解读的篇数不在摘录之内"]),
    ("proactive", 2024, "出台了哪些文件、作出了哪些决定，解读了吗？", ["政策解读的篇数不在摘录之内"]),
    ("gaps", 2020, "哪些问题要改，依据是什么？", ["全年 8 条，少于 26 条", "全年 31 条", "T3-02"]),
    ("gaps", 2023, "哪些问题要改，依据是什么？", ["N-01", "差 11"]),
    (
        "compare",
        2020,
        "与同类机关相比怎样，全区域合计多少？",
        ["全文入库 1 家、未入库 3 家", "新收申请合计 1 件（1 家有数）", "不作排序", "嵊泗县民政局"],
    ),
    (
        "compare",
        2023,
        "与同类机关相比怎样，全区域合计多少？",
        ["只有摘录 3 家、未入库 1 家", "没有可以相加的数字"],
    ),
    ("gaps", 2024, "哪些问题要改，依据是什么？", ["全年 50 条"]),
    (
        "quality",
        2020,
        "这些数字靠得住吗？",
        ["错误 0 项，提醒 5 项", "T2-05", "T3-02", "T3-03", "T4-01", "T4-02"],
    ),
    ("quality", 2023, "这些数字靠得住吗？", ["错误 0 项，提醒 1 项", "N-01"]),
    ("quality", 2024, "这些数字靠得住吗？", ["没有可核对的表格", "未作勾稽核对", "入库 17 条数据"]),
]


def reports():
    """Every agency of the shipped figures with the first and last year it has a report for."""
    years = {}
    for path in sorted(FIGURES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                years.setdefault(row["agency"], set()).add(int(row["year"]))
    return {agency: (min(told), max(told)) for agency, told in years.items()}


REPORTS = reports()


def copy_of_figures(root):
    shutil.copytree(FIGURES, root / "figures")
    return DataFolder(root)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """A data folder with the shipped figures, built; the codebook is the shipped one."""
    folder = copy_of_figures(tmp_path_factory.mktemp("pages"))
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def with_seed(tmp_path_factory, shared_folder):
    """As `shipped`, and the real report of 2020 added."""
    folder = copy_of_figures(tmp_path_factory.mktemp("seed"))
    intake.add(shared_folder / "seed" / "dinghai-civil-affairs-2020.txt", folder, "定海区民政局", 2020)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def unlisted(tmp_path_factory):
    """The report of a fictional agency that the codebook does not know."""
    path = tmp_path_factory.mktemp("unlisted") / f"{UNLISTED}-2020.txt"
    path.write_text(ORIGINAL.read_text(encoding="utf-8").replace("示例县民政局", UNLISTED), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def with_original(tmp_path_factory, unlisted):
    """The report of an agency that is not listed, beside the shipped figures."""
    folder = copy_of_figures(tmp_path_factory.mktemp("original"))
    intake.add(unlisted, folder)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """All that is shipped: the figures and the documents of the fictional county."""
    folder = copy_of_figures(tmp_path_factory.mktemp("county"))
    shutil.copytree(PROJECT / "data" / "documents", folder.documents)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture
def use(monkeypatch):
    """Makes the pages serve a data folder; afterwards nothing is remembered of it."""
    yield lambda folder: monkeypatch.setenv(ENVIRONMENT, str(folder.root))
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def served(shipped, monkeypatch):
    """The shipped figures; answers are cached by the name of the database, so tests may share them."""
    monkeypatch.setenv(ENVIRONMENT, str(shipped.root))
    return shipped


@pytest.fixture
def own(tmp_path, use):
    """A folder of the test's own, to be changed."""
    folder = copy_of_figures(tmp_path / "own")
    use(folder)
    return folder


def at_page(name, way="alone", **filters):
    """A page opened by its address, filters and all; not yet run."""
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=TIMEOUT)
    for filter_name, value in filters.items():
        at.query_params[filter_name] = str(value)
    if way == "app":
        at.run()
    return at.switch_page(f"pages/{name}.py")


def open_page(name, way="alone", *, opened=False, **filters):
    at = at_page(name, way, **filters).run()
    return open_all(at) if opened else at


def nodes(block):
    """A block's elements and blocks, in reading order."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def open_all(at):
    """Open every source and every table, as a person may."""
    for node in nodes(at.main):
        if node.type in ("popover", "expander") and node.key:
            at.session_state[node.key] = True
    return at.run()


def open_tables(at):
    """Open the tables of the charts and no source."""
    for node in nodes(at.main):
        if node.type == "expander" and node.key:
            at.session_state[node.key] = True
    return at.run()


def plain(text):
    """Markdown and HTML as it reads."""
    text = re.sub(r":material/\w+:", "", text)
    text = re.sub(r":[a-z]+(?:-badge)?\[", "", text).replace("**", "").replace("]", "")
    bare = html.unescape(re.sub(r"(<[^>]+>)+", " ", re.sub(r"</?mark>", "", text))).strip()
    return re.sub(r" {2,}", " ", bare) if "<blockquote>" in text else bare  # a row may have empty cells


def said(node):
    """The words a person reads in an element."""
    if node.type == "metric":
        return [node.label, node.value]
    if node.type in TABLES:
        table = node.value
        return [
            *map(str, table.columns),
            *("" if pd.isna(cell) else str(cell) for row in table.itertuples(index=False) for cell in row),
        ]
    if node.type in ("selectbox", "button_group", "pills", "segmented_control"):
        return [getattr(node, "label", ""), *(str(option) for option in getattr(node, "options", ()))]
    if node.type in ("image", "imgs"):
        return [image.alt_text for image in node.proto.imgs if hasattr(image, "alt_text")]
    if node.type == "plotly_chart":
        return [getattr(node.proto, "alt", "")]
    label = getattr(node, "label", "")
    value = "" if hasattr(node, "children") else getattr(node, "value", "")
    return [part for part in (label, value) if isinstance(part, str)]


def shown(block):
    """All that a person reads in a block, a line an element."""
    return [plain(part) for node in nodes(block) for part in said(node) if part]


def text_of(at):
    return "\n".join(shown(at.main))


def tables(at):
    return [node.value for node in nodes(at.main) if node.type in TABLES]


def sources(at):
    return [node.value for node in nodes(at.main) if node.type == "html"]


def trouble(at):
    """What a page must not have: exceptions, the notice of a failure, warnings."""
    notices = [node.value for node in (*at.info, *at.error, *at.warning)]
    return [*(told.value for told in at.exception), *notices]


#: Latin words that may stand on a page: formats and names that Chinese uses too, commands, addresses, files, ids.
ALLOWED = re.compile(
    r"https?://\S+|[^\s；]+\.(?:csv|txt|docx|html|pdf|xlsx?|duckdb)\b|\bdashboard (?:add|build)\b|\b[A-Z]{1,2}\d?-?\d\d\b"
    r"|(?<![A-Za-z])(?:CSV|APP|Excel|docx|html|pdf|txt|xlsx?)(?![A-Za-z])|\b[0-9a-f]{8}\b"
)
#: What shows that a text was not finished: no number, an open field, doubled signs, a float for a count.
TRACES = re.compile(r"\bnan\b|None|\{\w*\}|[，。；：、]{2}|\S  \S|（）|“”|\b\d+\.0\b(?!%| 个| 天)")


def english(at):
    """Lines with words that are not Chinese."""
    lines = [*shown(at.main), *shown(at.sidebar)]
    return [line for line in lines if re.search(r"[A-Za-z]{2,}", ALLOWED.sub("", line))]


def traces(at):
    """Lines that show the program behind them; the cells of tables are not text."""
    told = (node for node in nodes(at.main) if node.type not in TABLES)
    return [line for node in told for line in map(plain, said(node)) if TRACES.search(line)]


def codes(folder):
    """The code of each agency, or its name where the codebook does not know it."""
    known = codebook.load(folder.codebook).agencies
    return (
        dict.fromkeys(REPORTS)
        | {agency: agency for agency in REPORTS}
        | {row["name"]: row["code"] for row in known if row["name"] in REPORTS}
    )


# Every page opens


@pytest.mark.parametrize(("name", "year", "heading", "expected"), EXPECTED, ids=lambda told: str(told)[:8])
def test_a_page_says_its_question_and_its_numbers(served, name, year, heading, expected):
    """Opened by its own address before anything else."""
    at = open_page(name, opened=True, agency=DINGHAI, year=year)
    text = text_of(at)
    assert trouble(at) == []
    assert [title.value for title in at.title] == [heading]
    assert [told for told in expected if told not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_the_same_when_reached_through_the_app(served, name):
    alone = open_page(name, agency=DINGHAI, year=2020)
    through = open_page(name, "app", agency=DINGHAI, year=2020)
    assert trouble(through) == []
    assert shown(through.main) == shown(alone.main)
    assert shown(through.sidebar) == shown(alone.sidebar)


@pytest.mark.parametrize("agency", REPORTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_for_every_agency_and_every_year(served, name, agency):
    """With every source and table opened, in Chinese; the years without a report included."""
    first, last = REPORTS[agency]
    code = codes(served)[agency]
    failed = {}
    for year in range(first, last + 1):
        at = open_page(name, opened=True, agency=code, year=year)
        assert [box.value for box in at.sidebar.selectbox][:2] == [code, year]
        faults = trouble(at) or english(at) + traces(at)
        if faults or len(at.title) != 1:
            failed[year] = faults
    assert failed == {}


#: Reports of the fictional county: each form, with a sheet and without, busy, and a year that is not in.
COUNTY = [
    ("example-civil-affairs", 2012),
    ("example-civil-affairs", 2013),
    ("example-civil-affairs", 2016),
    ("example-civil-affairs", 2020),
    ("example-civil-affairs", 2024),
    ("example-government-office", 2023),
    ("example-education", 2016),
]


@pytest.mark.parametrize(("agency", "year"), COUNTY)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_for_a_report_on_any_form(county, use, name, agency, year):
    """With every source and table opened, in Chinese, marked as fictional."""
    use(county)
    at = open_page(name, opened=True, agency=agency, year=year)
    assert trouble(at) + english(at) + traces(at) == []
    assert words("basis.example") in text_of(at)
    assert [box.value for box in at.sidebar.selectbox][:2] == [agency, year]


def test_the_first_agency_is_real_and_the_fictional_ones_are_marked_in_the_list(county, use):
    use(county)
    box = open_page("overview").sidebar.selectbox[0]
    assert box.value == DINGHAI
    marked = [option for option in box.options if option.endswith("（虚构）")]
    assert len(marked) == 6
    assert box.options[-6:] == marked


def test_a_sheet_is_named_in_a_source_and_a_pdf_gives_the_page(county, use):
    use(county)
    key = "source-req.new"
    for year, place in ((2016, "2016 年报《政府信息公开情况统计表》"), (2024, "列，第 2 页；")):
        at = open_page("requests", agency="example-civil-affairs", year=year)
        at.session_state[key] = True
        at.run()
        assert [told for told in sources(at) if place in told] != []


def test_the_outcomes_of_the_form_of_2014_add_up_to_what_it_prints(county, use):
    """属于已主动公开 1, 同意公开 1 and 不同意公开 1: three in all, on the tile, in the title and in the table."""
    use(county)
    at = open_tables(open_page("requests", agency="example-civil-affairs", year=2016))
    assert metrics(at)["办结"] == "3 件"
    assert "2016 年办结 3 件" in text_of(at)
    assert metrics(at)["公开或部分公开"] == "2 件"


def test_reasons_that_no_form_shown_asks_for_are_not_listed(county, use):
    use(county)
    at = open_tables(open_page("requests", agency="example-civil-affairs", year=2024))
    assert "属于国家秘密" in text_of(at)
    assert "免予公开范围" not in text_of(at)


def test_a_sheet_of_one_column_has_each_of_its_rows_once(county, use):
    use(county)
    at = open_page("requests", agency="example-civil-affairs", year=2012)
    sheet = next(table for table in tables(at) if table.columns[0] == words("form.row") and len(table) > 20)
    rows = [row.strip("　") for row in sheet.iloc[:, 0]]
    assert rows.count("申请总数") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_page_runs_as_a_script_of_its_own(served, name):
    """Without app.py at all, as a person tries a page while writing it."""
    at = AppTest.from_file(str(PROJECT / "pages" / f"{name}.py"), default_timeout=TIMEOUT)
    at.query_params["year"] = "2020"
    at.run()
    assert trouble(at) == []
    assert len(at.title) == 1


def test_the_address_without_a_page_opens_the_overview(served):
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=TIMEOUT)
    at.query_params["year"] = "2020"
    at.run()
    assert [title.value for title in at.title] == [words("page.overview.question", year=2020)]
    assert at.query_params["year"] == "2020"


# The figures of 定海区民政局


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def test_overview_of_2020(served):
    at = open_page("overview", agency=DINGHAI, year=2020)
    assert metrics(at) == {
        "新收申请": "1 件",
        "办结申请": "1 件",
        "政务动态": "15 条",
        "公众号发布": "260 条",
        "福利救助公开": "109 条",
        "政策解读": "—",
        "建议提案办理": "9 件",
        "平台答复": "7 件",
    }
    badges = dict(
        zip(metrics(at), (plain(node.value) for node in at.markdown if "badge" in node.value), strict=False)
    )
    assert [label for label, badge in badges.items() if words("status.derived") in badge] == [
        "办结申请",
        "公众号发布",
        "福利救助公开",
        "平台答复",
    ]


def test_overview_of_2024_compares_with_2023_and_writes_no_number_for_a_word(served):
    at = open_page("overview", agency=DINGHAI, year=2024)
    told = metrics(at)
    assert (told["新收申请"], told["政务动态"], told["建议提案办理"]) == ("0 件", "50 条", "多件")
    assert (told["办结申请"], told["公众号发布"], told["平台答复"]) == ("—", "—", "—")
    text = text_of(at)
    assert "增加 1 条（2%）" in text
    assert "减少 1 条（1.3%）" in text
    assert "= 持平（上年 0 件）" in text


def test_accounts_of_2020_with_their_verdicts(served):
    at = open_page("channels", opened=True, agency=DINGHAI, year=2020)
    posts = {
        str(row[0]): (int(row[1]), row[-1])
        for table in tables(at)
        if "定海社会组织" in table.iloc[:, 0].tolist() and len(table.columns) > 3
        for row in table.itertuples(index=False)
    }
    assert posts == {
        "定海社会组织": (221, "平均达标"),
        "定海民政": (31, "无法判定"),
        "定海区第三社会福利院": (8, "必有断更"),
    }


def test_ledger_of_2020(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    ledger = next(table for table in tables(at) if words("ledger.carried_out") in table.columns)
    row = ledger.iloc[-1].to_dict()
    assert (row["上年结转"], row["新收"], row["办结"], row["结转下年"]) == (0, 1, 1, 0)


def test_form_of_2020_leaves_blank_cells_blank(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    form = next(table for table in tables(at) if "科研机构" in table.columns)
    cells = {row[0].strip("　"): list(row[1:]) for row in form.itertuples(index=False)}
    assert cells["（七）总计"] == [""] * 7
    assert cells["（一）予以公开"] == ["1", "", "", "", "", "", "1"]
    assert cells["四、结转下年度继续办理"] == ["", "", "", "", "", "", "0"]


@pytest.mark.parametrize("name", ["overview", "welfare"])
def test_the_welfare_total_of_2023_stands_as_printed(served, name):
    text = text_of(open_page(name, opened=True, agency=DINGHAI, year=2023))
    assert "77" in text
    assert "88 条" not in text.replace("相加为 88 条", "")


@pytest.mark.parametrize("name", ["gaps", "quality"])
def test_the_welfare_total_of_2023_is_flagged(served, name):
    text = text_of(open_page(name, opened=True, agency=DINGHAI, year=2023))
    assert "合计 77，各项 12 + 12 + 12 + 12 + 12 + 12 + 12 + 4 = 88，差 11" in text


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize("name", NAMES)
def test_a_missing_year_is_said_to_be_missing_and_has_no_number(served, name, year):
    """The answer has no number but years; no tile; a table or chart of another year names its year."""
    at = open_page(name, agency=DINGHAI, year=year)
    answer = plain(at.main.markdown[0].value)
    assert f"{year} 年年报未入库" in answer
    assert set(re.findall(r"\d+", answer)) <= {str(told) for told in range(2008, 2026)}
    assert metrics(at) == {}
    assert plain(at.main.caption[0].value).startswith(f"定海区民政局 · {year} 年年报未入库")


def test_missing_years_stay_missing_in_the_tables_of_later_years(served):
    coverage = next(
        table
        for table in tables(open_page("overview", opened=True, agency=DINGHAI, year=2024))
        if words("page.overview.column_state") in table.columns
    )
    states = dict(zip(coverage.iloc[:, 0].astype(int), coverage.iloc[:, 1], strict=True))
    assert {year: states[year] for year in range(2020, 2025)} == {
        2020: "全文",
        2021: "未入库",
        2022: "未入库",
        2023: "摘录",
        2024: "摘录",
    }
    at = open_page("requests", agency=DINGHAI, year=2024)
    ledger = next(table for table in tables(at) if words("ledger.carried_out") in table.columns)
    told = ledger[ledger[words("ledger.new")].notna()]
    assert told.iloc[:, 0].astype(int).tolist() == [2020, 2023, 2024]
    grid = next(
        table
        for table in tables(open_page("quality", agency=DINGHAI, year=2024))
        if words("page.quality.theme") in table.columns
    )
    assert set(grid["2021"]) | set(grid["2022"]) == {words("page.quality.not_in")}


# Filters


@pytest.mark.parametrize("name", NAMES)
def test_the_address_chooses_agency_year_and_first_year(served, name):
    at = open_page(name, agency=DINGHAI, year=2023, **{"from": 2021})
    assert [box.value for box in at.sidebar.selectbox] == [DINGHAI, 2023, 2021]
    at = open_page(name, agency="zhoushan-civil-affairs")
    assert [box.value for box in at.sidebar.selectbox][:2] == ["zhoushan-civil-affairs", 2024]


def test_an_address_that_names_nobody_opens_what_there_is(served):
    at = open_page("overview", agency="nobody", year="1999", **{"from": "abc"})
    assert trouble(at) == []
    assert [box.value for box in at.sidebar.selectbox] == [DINGHAI, 2024, 2020]
    assert at.query_params == {"agency": DINGHAI, "year": "2024", "from": "2020"}


@pytest.mark.parametrize("name", NAMES)
def test_choosing_a_year_changes_the_address(served, name):
    at = open_page(name, agency=DINGHAI, year=2024)
    at.sidebar.selectbox[1].set_value(2020).run()
    assert at.query_params["year"] == "2020"
    assert "2020 年度报告（全文）" in plain(at.main.caption[0].value)
    at.sidebar.selectbox[0].set_value("zhoushan-government-office").run()
    assert (at.query_params["agency"], at.query_params["year"]) == ("zhoushan-government-office", "2023")
    assert trouble(at) == []


def test_the_links_of_the_sidebar_keep_the_filters(served):
    at = open_page("gaps", agency=DINGHAI, year=2023, **{"from": 2021})
    links = at.sidebar.get("page_link")
    assert [link.proto.label for link in links] == [words(f"page.{name}.name") for name in NAMES]
    assert [link.proto.page for link in links] == NAMES
    for link in links:
        assert set(link.proto.query_string.split("&")) == {f"agency={DINGHAI}", "year=2023", "from=2021"}


# What is published is shown


def rewrite(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", ["overview", "channels"])
def test_a_figure_changed_in_the_file_is_changed_on_an_open_page_after_a_build(own, name):
    """The session goes on: nothing is restarted, no cache is cleared."""
    intake.build(own)
    at = open_page(name, agency=DINGHAI, year=2020)
    assert "政务动态 15 条" in text_of(at)
    path = own.figures / "dinghai-civil-affairs.csv"
    rewrite(path, "2020,2019,site.dynamics.posts,,,15,", "2020,2019,site.dynamics.posts,,,16,")
    assert "政务动态 15 条" in text_of(at.run())
    intake.build(own)
    assert "政务动态 16 条" in text_of(at.run())
    assert "政务动态 15 条" not in text_of(at)


def numbers(at):
    """Every line and cell with a number, but for those that name files, dates of receipt and digests."""
    lines = (line for line in shown(at.main) if re.search(r"\d", line))
    other = re.compile(r"\.csv|\.txt|https?:|库中有 \d 份材料|^\d{4}-\d\d-\d\d$|^[0-9a-f]{8}$")
    return sorted({line for line in lines if not other.search(line)})


@pytest.mark.parametrize("name", NAMES)
def test_the_original_says_the_same_as_the_figures_file(shipped, with_seed, use, name):
    """The real report of 2020 takes the place of its figures file, number by number."""
    use(shipped)
    figures = open_tables(open_page(name, agency=DINGHAI, year=2020))
    use(with_seed)
    original = open_tables(open_page(name, agency=DINGHAI, year=2020))
    assert trouble(original) == []
    assert metrics(original) == metrics(figures)
    # Only the original has a text: rules on it can be judged there, and the counts of verdicts are others.
    other = re.compile(
        r"数据缺口 .*\d|项数据缺口|^(法规|国办|地方|内部参考|达标) \d+$|G22|G26|现行依据|国办公开办函"
    )
    told = [[line for line in numbers(at) if not other.search(line)] for at in (original, figures)]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["overview", "requests", "channels", "welfare", "proactive"])
def test_every_source_of_an_original_names_the_document_and_the_words(with_original, use, name):
    use(with_original)
    at = open_page(name, opened=True, agency=UNLISTED, year=2020)
    assert trouble(at) == []
    found = sources(at)
    assert found
    document = f"{UNLISTED}/2020/{UNLISTED}-2020.txt"
    assert [told for told in found if document not in told] == []
    assert [told for told in found if "<blockquote></blockquote>" in told] == []


#: Sources of the fictional report: popover, the words with the number marked, where.
MARKED = [
    ("source-tile-site.dynamics.posts", "政务动态<mark>33条</mark>", "2020 年报第一部分"),
    ("source-tile-req.new", "<mark>7</mark>", "2020 年报表格 3"),
    ("source-tile-channel.wechat.posts", "信息<mark>64条</mark>、19条", "2020 年报第一部分"),
]


@pytest.mark.parametrize(("key", "quoted", "place"), MARKED)
def test_a_source_shows_the_sentence_with_its_number_marked(with_original, use, key, quoted, place):
    use(with_original)
    at = open_page("overview", agency=UNLISTED, year=2020)
    assert sources(at) == []
    at.session_state[key] = True
    at.run()
    assert any(quoted in told and place in told for told in sources(at)), sources(at)


def test_a_number_changed_in_the_document_is_changed_on_the_page(tmp_path, use, unlisted):
    """The session goes on; the folder holds nothing but the one document."""
    folder = DataFolder(tmp_path / "own")
    use(folder)
    intake.add(unlisted, folder)
    intake.build(folder)
    at = open_page("overview", agency=UNLISTED, year=2020)
    assert (metrics(at)["政务动态"], metrics(at)["公众号发布"]) == ("33 条", "83 条")
    shutil.rmtree(folder.documents)
    changed = tmp_path / "changed.txt"
    changed.write_text(unlisted.read_text("utf-8").replace("政务动态33条", "政务动态34条"), encoding="utf-8")
    intake.add(changed, folder)
    intake.build(folder)
    at.run()
    assert (metrics(at)["政务动态"], metrics(at)["公众号发布"]) == ("34 条", "83 条")


def test_a_source_escapes_what_a_document_says(own):
    """A document is text, whatever it looks like."""
    path = own.figures / "dinghai-civil-affairs.csv"
    rewrite(path, "福利救助表格合计，原文如此；", "<img src=x onerror=alert(1)>")
    intake.build(own)

    def script():
        from dashboard import ui  # noqa: PLC0415 - AppTest runs the body alone

        found = ui.frame(
            "trend", agency="定海区民政局", indicators=("welfare",), first_year=2023, last_year=2023
        )
        ui.show_sources(ui.facts_of(ui.records(found)))

    at = AppTest.from_function(script, default_timeout=TIMEOUT).run()
    assert not at.exception
    (told,) = sources(at)
    assert "&lt;img src=x" in told
    assert "<img" not in told


# When something is not there


@pytest.mark.parametrize("way", ["alone", "app"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_database_says_what_to_do(tmp_path, use, name, way):
    use(DataFolder(tmp_path))
    at = open_page(name, way)
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_database")]
    assert shown(at.main) == [words("notice.no_database")]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_report_says_what_to_do(tmp_path, use, name):
    folder = DataFolder(tmp_path)
    use(folder)
    intake.build(folder)
    at = open_page(name)
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_reports")]


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_inside_a_page_is_told_in_chinese_and_goes_to_the_log(served, monkeypatch, caplog, name):
    def broken(*_arguments):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(ui, "heading", broken)
    with caplog.at_level(logging.ERROR):
        at = open_page(name)
    assert not at.exception
    assert not at.error
    assert [info.value for info in at.info] == [words("notice.failed")]
    everything = "\n".join([*shown(at.main), *shown(at.sidebar)])
    assert "a fault of ours" not in everything
    assert "Traceback" not in everything
    assert "a fault of ours" in caplog.text
    assert len(at.sidebar.get("page_link")) == len(NAMES)


def test_a_broken_database_is_to_be_built_again(own):
    intake.build(own)
    for path in own.build.glob("*.duckdb"):
        path.write_bytes(b"no database" * 1000)
    at = open_page("overview")
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_database")]


# Words


def keys(table, prefix=""):
    for name, value in table.items():
        yield f"{prefix}{name}"
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{name}.")


def patterns(node):
    """The keys an argument can be, as regular expressions; none where it is a variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return [
            "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else r"\S+"
                for part in node.values  # noqa: PD011 - no table
            )
        ]
    if isinstance(node, ast.IfExp):
        return patterns(node.body) + patterns(node.orelse)
    return []


def asked_keys(path):
    """Keys of texts that a file asks for; a helper of its own (w, said) puts its page's name before them."""
    tree = ast.parse(path.read_text("utf-8"))
    helpers = {"words": "", "texts": ""}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            first = call.args[0] if call.args else None
            if (
                getattr(call.func, "id", "") == "words"
                and isinstance(first, ast.JoinedStr)
                and len(first.values) == 2
            ):
                start, field = first.values  # noqa: PD011 - no table
                parameters = [argument.arg for argument in function.args.args]
                if isinstance(start, ast.Constant) and getattr(field.value, "id", None) in parameters[:1]:
                    helpers.setdefault(function.name, str(start.value))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", "")
        if name in helpers and call.args:
            for pattern in patterns(call.args[0]):
                yield call.lineno, re.escape(helpers[name]) + pattern


SOURCES = [
    *sorted((PROJECT / "pages").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "ui").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "charts").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "gaps").glob("*.py")),
]


def test_every_text_that_is_asked_for_exists():
    import tomllib  # noqa: PLC0415 - here only

    table = tomllib.loads((PROJECT / "src" / "dashboard" / "text_zh.toml").read_text("utf-8"))
    known = list(keys(table))
    asked = [(path.name, line, key) for path in SOURCES for line, key in asked_keys(path)]
    assert len(asked) > 100
    assert [told for told in asked if not any(re.fullmatch(told[2], key) for key in known)] == []


def test_every_page_has_its_words():
    for name in NAMES:
        page = texts(f"page.{name}")
        assert page["name"]
        assert page["question"].endswith("？")
    assert sorted(path.stem for path in (PROJECT / "pages").glob("*.py")) == sorted(NAMES)

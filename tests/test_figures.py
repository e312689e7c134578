"""Figures files: what a person fills in reads back exactly, and every fault is told with its line."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import figures
from dashboard.errors import FiguresError, Refused
from dashboard.model import Fact, Reading

HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note"
GOOD = "定海区水利局,2024,2021,req.new,total,,3,,件,table,http://example.org/1,手工录入"


def known(fact):
    """All of a fact but how it was printed and where it stood."""
    return (*fact.key, fact.value, fact.status, fact.unit, fact.source)


def taken(book, *lines):
    return figures.read("\n".join([HEADER, *lines, ""]).encode(), book)


def problems(book, *lines):
    with pytest.raises(FiguresError) as fault:
        taken(book, *lines)
    return fault.value.problems


def test_a_line_is_a_fact_with_its_line_and_address(book):
    (told,) = taken(book, GOOD)
    (fact,) = told.reading.facts
    assert (told.reading.agency, told.reading.year, told.reading.edition) == ("定海区水利局", 2024, "2021")
    assert known(fact) == ("req.new", "total", None, 3, "reported", "件", "table")
    assert dict(fact.locator) == {
        "line": 2,
        "quote": GOOD,
        "address": "http://example.org/1",
        "note": "手工录入",
    }
    assert told.address == "http://example.org/1"


def test_reports_are_told_apart_by_agency_and_year(book):
    other = GOOD.replace("2024", "2023").replace("定海区水利局", "舟山市定海区民政局")
    reports = taken(book, GOOD, other, GOOD.replace("req.new", "req.carried_in"))
    assert [(told.reading.agency, told.reading.year, len(told.reading.facts)) for told in reports] == [
        ("定海区水利局", 2024, 2),
        ("定海区民政局", 2023, 1),
    ]


@pytest.mark.parametrize("name", ["示例县民政局-2020", "示例县民政局-2022"])
def test_a_report_written_as_figures_reads_back_as_the_same_facts(read, document, book, name):
    reading = read(document(name))
    text = figures.written(figures.rows_of(reading, "http://example.org/2"))
    (told,) = figures.read(text.encode(), book)
    assert (told.reading.agency, told.reading.year, told.reading.edition) == (
        reading.agency,
        reading.year,
        reading.edition,
    )
    assert [known(fact) for fact in told.reading.facts] == [known(fact) for fact in reading.facts]
    assert told.address == "http://example.org/2"
    again = figures.written(figures.rows_of(told.reading, told.address))
    assert again == text


NUMBERS = st.decimals(-(10**8), 10**8, places=2) | st.integers(0, 10**11).map(Decimal)
ITEMS = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(NUMBERS, ITEMS), min_size=1, max_size=8))
def test_any_numbers_and_items_read_back(book, rows):
    facts = tuple(
        Fact("media.outlet", None, item, value, "reported", "", "篇", "narrative", {}) for value, item in rows
    )
    text = figures.written(figures.rows_of(Reading("示例县民政局", 2020, None, facts)))
    (told,) = figures.read(text.encode(), book)
    assert [known(fact) for fact in told.reading.facts] == [known(fact) for fact in facts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_spreadsheet_saves_is_read(book, encoding, newline):
    """Excel on a Chinese Windows saves CSV as GBK: the agency's name must not turn to rubbish."""
    (told,) = figures.read(newline.join([HEADER, GOOD, ""]).encode(encoding), book)
    assert told.reading.agency == "定海区水利局"


FAULTS = {
    ",2024,2021,req.new,total,,3,,件,table,,": "没有写机关",
    "某局,2024年,2021,req.new,total,,3,,件,table,,": "年度（year）不是",
    "某局,²⁰²⁴,2021,req.new,total,,3,,件,table,,": "年度（year）不是",
    "某局,1999,2021,req.new,total,,3,,件,table,,": "年度（year）不是",
    "某局,2024,2022,req.new,total,,3,,件,table,,": "表式（edition）不存在",
    "某局,2024,2021,req.nwe,total,,3,,件,table,,": "指标代码（indicator）不存在",
    "某局,2024,2021,req.new,everyone,,3,,件,table,,": "申请人类型（group）不存在",
    "某局,2024,2021,req.new,total,,3,,件,form,,": "来源（source）应为",
    "某局,2024,2021,req.new,total,,3,sure,件,table,,": "状态（status）不存在",
    "某局,2024,2021,req.new,total,,三,,件,table,,": "须有数值",
    "某局,2024,2021,req.new,total,,,reported,件,table,,": "须有数值",
    "某局,2024,2021,req.new,total,,NaN,,件,table,,": "须有数值",
    "某局,2024,2021,req.new,total,,1e30,,件,table,,": "须有数值",
    "某局,2024,2021,req.new,total,,0.00000001,,件,table,,": "须有数值",
    "某局,2024,2021,req.new,total,,0,blank,件,table,,": "空白不等于 0",
    "某局,2024,2021,req.new,total,,多件,blank,件,table,,": "不应填写内容",
    "某局,2024,2021,req.new,total,,5,nil,件,table,,": "nil 是写明的 0",
    "某局,2024,2021,req.new,total,,3": "列数与表头不符",
    "某局,2024,2021,req.new,total,,3,,件,table,,,多一列": "列数与表头不符",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_faulty_line_is_told_with_its_number(book, line):
    (problem,) = problems(book, GOOD, line)
    assert problem.startswith("第 3 行：")
    assert FAULTS[line] in problem


def test_all_faults_are_told_at_once(book):
    assert len(problems(book, *FAULTS, GOOD)) == len(FAULTS)


def test_a_line_that_contradicts_one_before_is_a_fault(book):
    assert problems(book, GOOD, GOOD) == ["第 3 行：表格的同一格出现两次：req.new total"]
    assert problems(book, GOOD, GOOD.replace("2021,req.new", "2019,req.carried_in")) == [
        "第 3 行：同一份报告写了两种表式（edition）：2021、2019"
    ]


def test_the_text_may_say_a_thing_twice(book):
    line = GOOD.replace("total,,3,,件,table", ",,3,,件,narrative")
    assert len(taken(book, line, line.replace(",3,", ",4,"))[0].reading.facts) == 2


def test_missing_columns_are_named(book):
    with pytest.raises(FiguresError, match="缺少列：edition、group、item、source、status"):
        figures.read(b"agency,year,indicator,value\n", book)


def test_a_statement_and_a_word_keep_their_text(book):
    vague = "某局,2024,,proposals,,,多件,unquantified,,narrative,,"
    (told,) = taken(book, vague)
    assert [(fact.raw, fact.value, fact.status) for fact in told.reading.facts] == [
        ("多件", None, "unquantified")
    ]
    assert "多件" in figures.written(figures.rows_of(told.reading))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", "示例县民政局".encode()])
def test_other_files_are_no_figures(data):
    assert not figures.is_figures(data)


def test_bytes_that_are_no_text_are_refused(book):
    with pytest.raises(Refused):
        figures.read(HEADER.encode() + b"\n\x00\x01\x02\n", book)


def test_a_shipped_file_says_where_every_figure_is_from(book, pytestconfig):
    """Figures entered by hand have the address of their source, or say that it was not kept."""
    files = sorted((pytestconfig.rootpath / "data" / "figures").glob("*.csv"))
    assert len(files) > 5
    for file in files:
        for told in figures.read(file.read_bytes(), book):
            for fact in told.reading.facts:
                assert fact.locator["address"] or fact.locator["note"], (file.name, fact.key)

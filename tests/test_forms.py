"""The official form: its merged cells, its words, the same bytes for the same figures, any edition of the codebook."""

import csv
import io
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard import codebook
from dashboard.errors import WrongUsage
from dashboard.forms import EXAMPLE_MARK, Form, Layout, form_of, written
from dashboard.forms.grids import Grid
from dashboard.forms.outline import blocks
from dashboard.model import Fact, Reading

from .layouts import AGENCY, filled, form_on

DATA = Path(__file__).parent / "data"
CODEBOOK = Path(__file__).parent.parent / "data" / "codebook"
EDITION_2031 = """
[[edition]]
id = "2031"
first_year = 2031
name_zh = "2031 年表式"
basis = "示例"
certainty = "X"
fingerprints = ["线上和线下收到的申请"]
heading_fingerprints = []
"""
CHANGED_IN_2031 = {
    "req.outcome.denied.admin_inquiry": "-",
    "req.new": "一、本年收到 > （一）线上和线下收到的申请",
    "natural_person": "公民 > 自然人",
}
FORMATS = ["txt", "docx", "html", "xlsx"]
EDITIONS = ["2008", "2014", "2019", "2021"]


def grids_of(form, book, layout=None):
    return [block for block in blocks(form, book, layout or Layout()) if isinstance(block, Grid)]


def blank(edition, year=2022):
    return Form(AGENCY, year, edition, {})


def placed(grid):
    """Labels by their text: (row, column, height, width)."""
    return {
        cell.text: (cell.row, cell.column, cell.height, cell.width) for cell in grid.cells if cell.is_head
    }


@pytest.fixture(scope="module")
def table_3(book):
    """Table 3 of the form of 2021."""
    return grids_of(blank("2021"), book)[1]


def test_table_3_has_three_header_rows_and_25_rows_of_seven_figures(table_3):
    assert (table_3.header, table_3.height, table_3.width, table_3.label_columns) == (3, 28, 10, 3)
    figures = [cell for cell in table_3.cells if not cell.is_head]
    assert len(figures) == 25 * 7
    assert {(cell.width, cell.height) for cell in figures} == {(1, 1)}


def test_every_place_of_table_3_is_covered_once(table_3):
    covered = [
        (row, column)
        for cell in table_3.cells
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    ]
    assert sorted(covered) == [(row, column) for row in range(28) for column in range(10)]


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", (0, 0, 3, 3)),
        ("申请人情况", (0, 3, 1, 7)),
        ("自然人", (1, 3, 2, 1)),
        ("法人或其他组织", (1, 4, 1, 5)),
        ("商业企业", (2, 4, 1, 1)),
        ("总计", (1, 9, 2, 1)),
        ("一、本年新收政府信息公开申请数量", (3, 0, 1, 3)),
        ("三、本年度办理结果", (5, 0, 22, 1)),
        ("（一）予以公开", (5, 1, 1, 2)),
        ("（三）不予公开", (7, 1, 8, 1)),
        ("1.属于国家秘密", (7, 2, 1, 1)),
        ("（四）无法提供", (15, 1, 3, 1)),
        ("（五）不予处理", (18, 1, 5, 1)),
        ("（六）其他处理", (23, 1, 3, 1)),
        ("（七）总计", (26, 1, 1, 2)),
        ("四、结转下年度继续办理", (27, 0, 1, 3)),
    ],
)
def test_labels_of_table_3_stand_where_the_form_has_them(table_3, label, place):
    """Row, column, height and width, counted on the form by hand."""
    assert placed(table_3)[label] == place


def test_the_other_tables_have_their_merged_headings(book):
    table_2, _, table_4 = grids_of(blank("2021"), book)
    assert placed(table_2)["第二十条第（五）项"] == (4, 0, 1, 4)
    assert placed(table_2)["本年收费金额（单位：万元）"] == (12, 1, 1, 3)
    assert (table_4.header, table_4.height, table_4.width, table_4.label_columns) == (3, 4, 15, 0)
    assert placed(table_4)["行政复议"] == (0, 0, 1, 5)
    assert placed(table_4)["行政诉讼"] == (0, 5, 1, 10)
    assert placed(table_4)["复议后起诉"] == (1, 10, 1, 5)
    first, *_ = [cell for cell in table_4.cells if cell.text == "结果维持"]
    assert (first.row, first.height) == (1, 2)


def test_a_statistics_sheet_prints_units_and_groups_without_figures(book):
    (sheet,) = grids_of(blank("2014", 2016), book)
    rows = [[cell.text for cell, _ in row] for row in sheet.rows()]
    assert rows[0] == ["统计指标", "单位", "统计数"]
    assert rows[1] == ["一、主动公开情况", "——", ""]
    assert rows[2][1] == "条"
    assert all(len(row) == 3 for row in rows)


def test_the_blocks_of_table_2_can_be_tables_of_their_own(book):
    separate = grids_of(blank("2021"), book, Layout(separate_blocks=True))
    assert [grid.width for grid in separate] == [4, 2, 2, 2, 10, 15]


def published_facts(name):
    """The table facts of a report in tests/data, from its expected figures."""
    with (DATA / f"{name}.expected.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            fact(row["indicator"], row["group"], row["value"], row["status"])
            for row in csv.DictReader(file)
            if row["source"] == "table"
        )


def fact(code, group, value, status, raw=""):
    number = Decimal(value) if value else None
    return Fact(code, group or None, None, number, status, raw, None, "table", {})


def tables_part(text):
    return text[text.index("二、主动公开") : text.index("五、存在的主要问题")]


def test_the_text_is_the_flattened_form_of_published_reports(book, document):
    """Letter by letter, from the first table's heading to the end of the last."""
    name = "示例县民政局-2022"
    form = form_of(Reading(AGENCY, 2022, "2021", published_facts(name)), book)
    assert tables_part(written(form, book, "txt").decode()) == tables_part(document(name).decode())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_figures_give_the_same_bytes(book, edition, kind):
    edition = book.editions[edition]
    form = form_on(edition, filled(edition, book, 7), book)
    again = form_on(edition, filled(edition, book, 7), book)
    assert written(form, book, kind) == written(again, book, kind)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_package_carries_no_time_of_day(book, kind):
    """Entries and properties are dated by the data, whenever the package is written."""
    with zipfile.ZipFile(io.BytesIO(written(blank("2021"), book, kind))) as package:
        assert len({entry.date_time for entry in package.infolist()}) == 1
        assert "2023-01-20T00:00:00Z" in package.read("docProps/core.xml").decode()


def test_cells_print_what_their_facts_say(book):
    facts = [
        fact("proactive.procurement.amount", "", "81284.86", "reported"),
        fact("proactive.license.items_change", "", "-3", "reported"),
        fact("req.new", "natural_person", "", "blank"),
        fact("req.new", "enterprise", "", "dash"),
        fact("req.new", "research", "0", "nil"),
        fact("req.new", "other_org", "30", "approximate"),
        fact("req.new", "total", "", "unreadable", "一二三"),
    ]
    printed = form_of(Reading(AGENCY, 2020, "2019", tuple(facts)), book).cells
    assert list(printed.values()) == ["81284.86元", "-3", "", "-", "无", "约30", "一二三"]


def test_money_has_no_unit_in_the_cell_where_the_header_has_it(book):
    form = form_of(
        Reading(AGENCY, 2022, "2021", (fact("proactive.fees.amount", "", "7730.28", "reported"),)), book
    )
    assert form.cells == {("proactive.fees.amount", None): "7730.28"}


def test_a_figure_without_a_cell_on_the_form_is_not_left_out_in_silence(book):
    reading = Reading(AGENCY, 2022, "2021", (fact("proactive.procurement.amount", "", "1", "reported"),))
    with pytest.raises(WrongUsage, match=r"proactive\.procurement\.amount"):
        form_of(reading, book)


def test_a_row_the_form_may_lack_is_printed_where_it_has_a_figure(book):
    form = Form(AGENCY, 2022, "2021", {("req.outcome.other", "total"): "5"})
    assert grids_of(form, book)[1].height == grids_of(blank("2021"), book)[1].height + 1


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_an_example_says_so(book, kind):
    form = Form(AGENCY, 2022, "2021", {}, example=True)
    assert EXAMPLE_MARK in written(form, book, kind).decode()
    assert EXAMPLE_MARK not in written(blank("2021"), book, kind).decode()


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")])
def test_an_example_says_so_in_a_package(book, kind, part):
    paper = written(Form(AGENCY, 2022, "2021", {}, example=True), book, kind)
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        assert EXAMPLE_MARK in package.read(part).decode()


@pytest.fixture
def invented(tmp_path):
    """A codebook with an edition of 2031: in table 3 a row is gone, a row and a column have groups of their own."""
    shutil.copytree(CODEBOOK, tmp_path / "codebook")
    for name in ("rows", "columns"):
        path = tmp_path / "codebook" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row["2031"] = row["2021"]
            if row["table"] == "3":
                row["2031"] = CHANGED_IN_2031.get(row["code"], row["2031"])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    with (tmp_path / "codebook" / "editions.toml").open("a", encoding="utf-8") as file:
        file.write(EDITION_2031)
    return codebook.load(tmp_path / "codebook")


@pytest.mark.parametrize("kind", FORMATS)
def test_an_invented_edition_prints_without_a_change_of_code(invented, kind):
    assert written(blank("2031", 2031), invented, kind)
    table = grids_of(blank("2031", 2031), invented)[1]
    assert (table.height, table.width) == (27, 10)
    assert placed(table)["（三）不予公开"] == (7, 1, 7, 1)
    assert placed(table)["（一）线上和线下收到的申请"] == (3, 1, 1, 2)
    assert placed(table)["公民"] == (1, 3, 1, 1)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_says_every_word_of_its_edition(book, edition):
    """Every label of a required row or column is printed, once or more."""
    text = written(blank(edition), book, "html").decode()
    for table in book.editions[edition].tables:
        for block in table.blocks:
            for label in (*block.rows, *block.columns):
                if not label.optional and label.path:
                    assert f">{label.path[-1]}<" in text, label.path


@pytest.mark.parametrize(
    ("form", "kind", "said"),
    [
        (Form(AGENCY, 2022, "2021", {}), "wps", "docx"),
        (Form(AGENCY, 2022, "1999", {}), "txt", "2021"),
    ],
)
def test_a_kind_or_edition_that_does_not_exist_names_those_that_do(book, form, kind, said):
    with pytest.raises(WrongUsage, match=said) as refused:
        written(form, book, kind)
    assert "\n" not in str(refused.value)


def test_without_an_agency_there_is_no_form(book):
    with pytest.raises(WrongUsage, match="机关"):
        form_of(Reading(None, 2022, "2021", ()), book)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no soffice (Debian: libreoffice-writer-nogui)")
def test_a_pdf_is_dated_by_its_figures_and_the_same_each_time(book):
    paper = written(blank("2021"), book, "pdf")
    assert paper.startswith(b"%PDF")
    assert b"/CreationDate(D:20230120000000" in paper
    assert written(blank("2021"), book, "pdf") == paper


def test_without_libreoffice_a_pdf_is_refused_in_one_line(book, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongUsage, match="LibreOffice") as refused:
        written(blank("2021"), book, "pdf")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_layout_prints_the_same_figures(book, kind):
    """Another look loses no figure: every cell of table 3 is still there."""
    edition = book.editions["2021"]
    form = form_on(edition, filled(edition, book, 3), book)
    layout = Layout(merges="lost", header_again=4, vertical=True)
    official, other = (
        sorted(cell.text for cell in grids_of(form, book, look)[1].cells if not cell.is_head)
        for look in (Layout(), layout)
    )
    assert official == other
    assert written(form, book, kind, layout)

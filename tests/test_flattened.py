"""Tables whose tabs were lost: rows again, by the labels of the form."""

from dashboard.extract.flattened import with_tables
from dashboard.readers import read as transcribe

TABLE_2 = """二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年新
制作数量
本年新
公开数量
对外公开总数量

规章
0

3

规范性文件
1
2
17

第二十条第（八）项
信息内容
上一年项目数量
本年增/减

行政事业性收费
1
0

"""


def rows(text, book):
    document = with_tables(transcribe(text.encode()), book)
    return [tuple(cell.text for cell in row) for table in document.tables for row in table.rows], document


def test_lines_between_two_labels_are_the_cells_of_a_row(book):
    """A label broken over two lines is one, an empty line between figures is a blank cell."""
    found, _ = rows(TABLE_2, book)
    assert ("规章", "0", "", "3", "") in found
    assert ("规范性文件", "1", "2", "17", "") in found
    assert ("行政事业性收费", "1", "0", "", "") in found or ("行政事业性收费", "1", "0", "") in found


def test_cells_say_where_they_stand(book):
    _, document = rows(TABLE_2, book)
    for table in document.tables:
        for row in table.rows:
            assert [document.text[cell.start : cell.end] for cell in row] == [cell.text for cell in row]


def test_a_text_with_tables_passes_through(book):
    document = transcribe("二、主动公开政府信息情况\n\t规章\n\t0\n".encode())
    assert with_tables(document, book) is document


def test_prose_that_names_a_label_or_two_is_no_table(book):
    text = "二、主动公开政府信息情况\n规章\n本局没有规章。\n行政许可\n全部公开。\n"
    found, document = rows(text, book)
    assert found == []
    assert len(document.paragraphs) == 5


def test_a_text_without_headings_passes_through(book):
    assert rows("规章\n0\n", book)[0] == []


def test_prose_around_a_table_stays_prose(book):
    _, document = rows(
        "一、总体情况\n公开信息。\n" + TABLE_2 + "三、收到和处理政府信息公开申请情况\n没有申请。\n", book
    )
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["一、总体情况", "公开信息。", "二、主动公开政府信息情况"]
    assert texts[-2:] == ["三、收到和处理政府信息公开申请情况", "没有申请。"]

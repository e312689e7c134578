"""Bytes -> text with coordinates: encodings, cells, labels broken over lines, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import Refused
from dashboard.model import Paragraph
from dashboard.readers import read


def rows(document):
    return [[tuple(cell.text for cell in row) for row in table.rows] for table in document.tables]


def test_a_line_with_a_tab_is_a_cell_and_an_empty_line_ends_the_row():
    document = read("表\n\t甲\n\t1\n\n\t乙\n\t2\n完\n".encode())
    assert rows(document) == [[("甲", "1"), ("乙", "2")]]
    assert [paragraph.text for paragraph in document.paragraphs] == ["表", "完"]


def test_a_label_broken_over_two_lines_is_one_cell():
    assert rows(read("\t本年新\n制作数量\n\t0\n".encode())) == [[("本年新\n制作数量", "0")]]


def test_a_line_after_a_number_ends_the_table():
    """Only a label can go on in the next line; prose right below a figure is prose."""
    document = read("\t规章\n\t0\n正文从这里开始。\n".encode())
    assert rows(document) == [[("规章", "0")]]
    assert [paragraph.text for paragraph in document.paragraphs] == ["正文从这里开始。"]


def test_blank_cells_are_cells():
    """A tab alone, with a blank or with a no-break space: a cell without text."""
    assert rows(read("\t甲\n\t\n\t \n\t\u00a0\n\t0\u00a0\n".encode())) == [[("甲", "", "", "", "0")]]


def test_tabs_inside_a_line_part_its_cells():
    """A row a line, as Word copies it: what opens with a tab stands below a merged cell."""
    assert rows(read("规章\t0\t\t3\n\t甲\t1\t2\n".encode())) == [
        [("规章", "0", "", "3"), ("", "甲", "1", "2")]
    ]


def test_paragraphs_and_cells_say_where_they_stand():
    document = read("\ufeff  题目 \r\n\t 甲 \r\n\t1\u00a0\r\n\r\n正文。\r\n".encode("utf-8"))
    blocks = [
        *document.paragraphs,
        *(cell for table in document.tables for row in table.rows for cell in row),
    ]
    assert [document.text[block.start : block.end] for block in blocks] == [block.text for block in blocks]
    assert {block.text for block in blocks} == {"题目", "甲", "1", "正文。"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_offices_give_the_same_text(encoding):
    text = "一、总体情况\n公开信息12条。𠮷\n"
    assert read(text.encode(encoding)).text == text


REFUSED = {
    "empty": b"",
    "blank": b" \n\t\r\n",
    "PDF": b"%PDF-1.7\n\xe2\xe3\xcf\xd3",
    "docx": b"PK\x03\x04\x14\x00\x06\x00",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "RTF": b"{\\rtf1\\ansi",
    "picture": b"\x89PNG\r\n\x1a\n",
    "random": bytes(range(256)) * 4,
    "cut UTF-16": "甲乙".encode("utf-16") + b"\x00",
}


@pytest.mark.parametrize("name", REFUSED)
def test_bytes_that_are_no_text_are_refused_in_one_line(name):
    with pytest.raises(Refused) as refusal:
        read(REFUSED[name])
    assert "\n" not in str(refusal.value)
    assert str(refusal.value)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    """And what is read keeps its coordinates."""
    try:
        document = read(data)
    except Refused:
        return
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert document.text[block.start : block.end] == block.text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet="\t\n \u00a0规章0,。", max_size=60))
def test_no_character_of_a_text_is_lost(text):
    """All that is not blank stands in exactly one block."""
    try:
        document = read(text.encode())
    except Refused:
        assert not text.strip()
        return
    blocks = [
        *document.paragraphs,
        *(cell for table in document.tables for row in table.rows for cell in row),
    ]
    found = "".join(block.text for block in sorted(blocks, key=lambda block: block.start))
    assert "".join(found.split()) == "".join(document.text.split())

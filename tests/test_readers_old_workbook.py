"""Old workbooks (.xls): what their records say of hidden rows, errors and formulas, and what is refused."""

import struct

import pytest

from dashboard.errors import Refused
from dashboard.readers import xls_notes


def record(kind, body):
    return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


def cell(kind, row, column, rest=b""):
    return record(kind, row.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0" + rest)


BEGIN, END = record(0x0809, bytes(16)), record(0x000A, b"")


def stream(*records):
    """The records of an .xls workbook with one sheet."""
    head = BEGIN + record(0x0085, (len(BEGIN) + 14 + len(END)).to_bytes(4, "little") + bytes(6)) + END
    return head + BEGIN + b"".join(records) + END


def test_the_records_of_an_old_workbook_tell_what_is_hidden_and_what_is_an_error():
    hidden_row = record(0x0208, (4).to_bytes(2, "little") + bytes(10) + b"\x20\0\0\0")
    hidden_columns = record(0x007D, b"\2\0\3\0" + bytes(4) + b"\1\0\0\0")
    chart = BEGIN + cell(0x0203, 9999, 200) + END
    formula = cell(0x0006, 1, 1, b"\2\0\x07\0\0\0\xff\xff" + bytes(8))
    (notes,) = xls_notes.sheet_notes(
        stream(
            hidden_row,
            hidden_columns,
            chart,
            cell(0x0205, 0, 5, b"\x17\1"),
            cell(0x0205, 0, 6, b"\1\0"),
            formula,
        )
    )
    assert notes.hidden_rows == {4}
    assert notes.hidden_columns == {2, 3}
    assert notes.shown == {(0, 5): "#REF!", (1, 1): "#DIV/0!"}


def test_an_old_workbook_that_reaches_too_far_is_refused():
    with pytest.raises(Refused, match="65536 行 × 256 列"):
        xls_notes.sheet_notes(stream(cell(0x0203, 65535, 255, bytes(8))))


@pytest.mark.parametrize(
    "claim",
    [
        struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 9, 0),
        struct.pack("<IIHHH", 9, 3, 0, 9, 0),
        struct.pack("<HHHHH", 0, 9, 0, 999, 0),
    ],
)
def test_an_old_workbook_that_claims_what_cannot_be_is_damaged(claim):
    """Room for what is claimed would be set aside, and where there is none the process would end."""
    with pytest.raises(Refused, match=r"\.xls 或 \.et 文件已损坏"):
        xls_notes.sheet_notes(stream(record(0x0200, claim)))


def test_records_that_end_beyond_the_workbook_are_damage():
    with pytest.raises(Refused, match="损坏"):
        xls_notes.sheet_notes(stream(struct.pack("<HH", 0x0208, 9999)))


def test_an_encrypted_old_workbook_is_refused():
    with pytest.raises(Refused, match="加密"):
        xls_notes.sheet_notes(BEGIN + record(0x002F, bytes(4)) + END)


def test_a_formula_of_an_old_workbook_without_a_result_is_seen_as_one():
    number = cell(0x0006, 0, 0, struct.pack("<d", 7) + bytes(8))
    text = cell(0x0006, 0, 1, b"\0\0\0\0\0\0\xff\xff" + bytes(8))
    nothing = cell(0x0006, 0, 2, b"\3\0\0\0\0\0\xff\xff" + bytes(8))
    (notes,) = xls_notes.sheet_notes(stream(number, text, nothing))
    assert notes.shown == {(0, 2): "="}

"""The package of a workbook: parts under any name, and what would take all memory or is damaged is refused."""

import io
import zipfile

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.readers.xlsx_parts import merges_first, stored

from .workbooks import SHEET, changed, placed, rows, workbook


@pytest.mark.parametrize(
    "written",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c r="A1048576"><v>1</v></c>',
        b'<c r="ZZ60000"><v>1</v></c>',
        b"<c r='XFD900000'><v>1</v></c>",
        b'<x:c r="XFD900000"><v>1</v></x:c>',
    ],
)
def test_a_value_at_the_end_of_the_sheet_is_refused_and_takes_no_memory(written):
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    far = changed(
        data,
        SHEET,
        (b"</sheetData>", b"<row>" + written + b"</row></sheetData>"),
        (b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
    )
    with pytest.raises(Refused, match="工作表“Sheet1”的使用范围过大"):
        readers.read(far)


def test_cells_without_a_place_are_counted_on():
    cells = b"<c><v>1</v></c>" * 2000
    rows_below = b"<row><c><v>1</v></c></row>" * 2000
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    far = changed(data, SHEET, (b"</sheetData>", b"<row>" + cells + b"</row>" + rows_below + b"</sheetData>"))
    with pytest.raises(Refused, match="使用范围过大"):
        readers.read(far)


def test_blank_cells_with_a_format_do_not_make_a_sheet_large():
    data = workbook(lambda _, sheet: sheet.write_row(0, 0, ["甲", 1]))
    styled = changed(
        data, SHEET, (b"</sheetData>", b'<row r="900000"><c r="XFD900000" s="0"/></row></sheetData>')
    )
    assert rows(readers.read(styled)) == [["甲", "1"]]


def test_a_workbook_whose_parts_are_strict_or_have_other_names_is_read():
    data = workbook(
        lambda _, sheet: (sheet.write_row(0, 0, ["甲", 1]), sheet.set_row(0, None, None, {"hidden": False}))
    )
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(renamed, "w") as new:
        for part in old.namelist():
            content = old.read(part).replace(b"workbook.xml", b"book1.xml")
            for kind in (b"officeDocument/2006/relationships", b"spreadsheetml/2006/main"):
                folder, rest = kind.split(b"/2006/")
                content = content.replace(
                    b"http://schemas.openxmlformats.org/" + kind,
                    b"http://purl.oclc.org/ooxml/" + folder + b"/" + rest,
                )
            new.writestr(part.replace("workbook.xml", "book1.xml"), content)
    assert rows(readers.read(renamed.getvalue())) == [["甲", "1"]]


def test_a_sheet_that_is_missing_is_damage():
    data = changed(
        workbook(lambda _, sheet: sheet.write(0, 0, "甲")),
        "xl/_rels/workbook.xml.rels",
        (b"sheet1", b"sheet9"),
    )
    with pytest.raises(Refused, match="损坏"):
        readers.read(data)


def test_a_list_of_texts_that_claims_more_than_it_holds_is_damage():
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    claimed = changed(data, "xl/sharedStrings.xml", (b'uniqueCount="1"', b'uniqueCount="4000000000"'))
    with pytest.raises(Refused, match="损坏"):
        readers.read(claimed)


def test_what_unpacks_to_more_than_the_limit_is_refused():
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    large = changed(data, SHEET, (b"</sheetData>", b"</sheetData>" + b" " * 2_000_000))
    with pytest.raises(Refused, match="解压后超过 1 MB"):
        readers.read(large, Limits(unpacked_megabytes=1))


def renamed(data, *names):
    """A workbook with parts under other names, which its relationships tell where `names` has a third word."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            for before, after, *told in names:
                if told and part == "xl/_rels/workbook.xml.rels":
                    content = content.replace(f'"{before}"'.encode(), f'"{told[0]}"'.encode())
                part = f"xl/{after}" if part == f"xl/{before}" else part  # noqa: PLW2901
            new.writestr(part, content)
    return held.getvalue()


def dated(book, sheet):
    sheet.write(0, 0, "甲")
    sheet.write_number(0, 1, 45000, book.add_format({"num_format": "yyyy-mm-dd"}))


@pytest.mark.parametrize(
    "names",
    [
        [("sharedStrings.xml", "SharedStrings.xml")],
        [("sharedStrings.xml", "texts.xml", "texts.xml"), ("styles.xml", "looks.xml", "/xl/looks.xml")],
        [("styles.xml", "Styles.xml")],
    ],
)
def test_texts_and_dates_are_read_wherever_their_parts_are(names):
    assert rows(readers.read(renamed(workbook(dated), *names))) == [["甲", "2023-03-15"]]


def test_the_texts_that_the_workbook_names_are_read_and_no_others():
    data = renamed(workbook(dated), ("sharedStrings.xml", "texts.xml", "texts.xml"))
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a") as package:
        package.writestr(
            "xl/sharedStrings.xml", package.read("xl/texts.xml").replace("甲".encode(), "乙".encode())
        )
    assert rows(readers.read(held.getvalue())) == [["甲", "2023-03-15"]]


@pytest.mark.parametrize(
    "claim",
    [
        b'uniqueCount="1"></sst><sst uniqueCount="4000000000"',
        b'uniqueCount="+4000000000"',
        b'uniqueCount="&#52;000000000"',
        b"uniqueCount = ' 4000000000'",
        b'uniqueCount="' + b"0" * 200 + b'4000000000"',
        b'uniqueCount="' + b"9" * 6000 + b'"',
    ],
)
def test_a_claim_of_texts_is_seen_however_it_is_written(claim):
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    with pytest.raises(Refused, match="损坏"):
        readers.read(changed(data, "xl/sharedStrings.xml", (b'uniqueCount="1"', claim)))


@pytest.mark.parametrize("name", ["sharedStrings.xml", "SHAREDSTRINGS.xml", "styles.xml"])
def test_a_sheet_in_the_place_of_another_part_is_damage(name):
    """The library would take it for that part, and nobody has looked at what it claims as such."""
    names = [("styles.xml", "looks.xml", "looks.xml"), ("worksheets/sheet1.xml", name, name)]
    data = renamed(workbook(lambda _, sheet: sheet.write(0, 0, 1)), *names)
    with pytest.raises(Refused, match="损坏"):
        readers.read(data)


MERGES = b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
VALUES = b"<sheetData><row/></sheetData>"


def test_the_list_of_merged_cells_comes_before_the_values():
    assert merges_first(b"<w><cols/>" + VALUES + b"<x/>" + MERGES + b"<y/></w>") == (
        b"<w><cols/>" + MERGES + VALUES + b"<x/><y/></w>"
    )


@pytest.mark.parametrize(
    "sheet",
    [
        b"<w>" + VALUES + b"</w>",
        b"<w>" + VALUES + b"<mergeCells/></w>",
        b"<w>" + MERGES + VALUES + b"</w>",
        b"<w>" + VALUES + MERGES + MERGES + b"</w>",
        b"<w>" + VALUES + b"<!--" + MERGES + b"--></w>",
        b"<w><!-- <sheetData> -->" + VALUES + MERGES + b"</w>",
        b"<w><sheetData/>" + MERGES + b"</w>",
        ("<w>" + VALUES.decode() + MERGES.decode() + "</w>").encode("utf-16"),
        b"",
    ],
)
def test_a_sheet_that_is_written_in_another_way_is_left(sheet):
    assert merges_first(sheet) == sheet


def test_a_package_of_parts_as_they_are_is_a_zip_file():
    parts = {"a.xml": b"<a/>", "xl/甲.xml": "乙".encode() * 1000, "empty": b""}
    with zipfile.ZipFile(io.BytesIO(stored(parts))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts


def test_merged_cells_are_the_same_before_and_behind_the_values():
    data = workbook(
        lambda _, sheet: (
            sheet.merge_range("A1:B1", "合并"),
            sheet.write_row(1, 0, ["甲", 1]),
            sheet.write(0, 2, 5),
        )
    )
    remarked = changed(data, SHEET, (b"</worksheet>", b"<!-- as it was --></worksheet>"))
    assert placed(readers.read(remarked)) == placed(readers.read(data))
    assert placed(readers.read(data))[0] == [("合并", 0, 2, 1), ("5", 2, 1, 1)]

"""The format is told from the bytes; what cannot be read is refused by name, in one line, with what to do."""

import io
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import readers
from dashboard.errors import DashboardError, Refused
from dashboard.limits import SHIPPED, Limits

from .packages import W, package


def document(inside):
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def types(kind):
    return f'<Types><Override PartName="/main.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>'


def compound(*streams):
    """A compound file (OLE) of version 3 with streams of one sector of zeros each, eight times over."""
    end, free, none = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
    sectors = 8  # 4096 bytes, the least that is not put among the small streams

    def entry(name, kind, start, size, following=none, child=none):
        encoded = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<III", none, following, child)
        head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1) + links
        return head + bytes(36) + struct.pack("<IQ", start, size)

    names = ["Root Entry", *streams]
    entries = [entry("Root Entry", 5, end, 0, child=1 if streams else none)]
    directory = (len(names) + 3) // 4
    table = [0xFFFFFFFD, *range(2, directory + 1), end]
    for number, name in enumerate(streams, 1):
        start = 1 + directory + sectors * (number - 1)
        following = number + 1 if number < len(streams) else none
        entries.append(entry(name, 2, start, 512 * sectors, following))
        table += [*range(start + 1, start + sectors), end]
    table += [free] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    body = b"".join(entries).ljust(512 * directory, b"\0")
    return header + struct.pack("<128I", *table) + body + bytes(512 * sectors * len(streams))


def encrypted_entry():
    data = bytearray(package({"word/document.xml": document("")}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


FOREIGN = {
    ".doc 或 .wps": compound("WordDocument", "1Table"),
    ".ppt": compound("PowerPoint Document"),
    "旧版 Office 或 WPS": compound("Something"),
    ".et": compound("Workbook"),
    ".mht": b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n<html></html>",
    ".mht 网页": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n</p></body>",
    ".ofd": package({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": "<x/>"}),
    ".rtf": b"{\\rtf1\\ansi </p>}",
    ".pptx": package(
        {"[Content_Types].xml": types("openxmlformats-officedocument.presentationml.presentation")}
    ),
    ".xlsb": package(
        {
            "[Content_Types].xml": '<Types ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        }
    ),
    ".odt": package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    ".ods": package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "XML": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Table></Table></Workbook>',
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_format_that_is_not_read_is_named_with_what_to_save_it_as(name):
    with pytest.raises(Refused, match="另存为 ") as refused:
        readers.read(FOREIGN[name])
    assert name in str(refused.value)
    assert all(form in str(refused.value) for form in (".docx", ".xlsx", "PDF"))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"BM\x36\0\0\0\0\0\0\0",
        b"II*\0",
        b"MM\0*",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
def test_a_picture_is_refused_for_what_is_missing(data):
    with pytest.raises(Refused, match=r"图片.*不含文字识别（OCR）"):
        readers.read(data + bytes(100))


@pytest.mark.parametrize(
    "data",
    [
        package({"报告/a.docx": "x"}),
        package({}),
        b"Rar!\x1a\x07\0" + bytes(100),
        b"7z\xbc\xaf\x27\x1c" + bytes(100),
        b"\x1f\x8b\x08" + bytes(100),
        bytes(257) + b"ustar" + bytes(250),
    ],
)
def test_an_archive_is_to_be_unpacked(data):
    with pytest.raises(Refused, match=r"压缩包.*解压后逐份上传"):
        readers.read(data)


@pytest.mark.parametrize("data", [b"\x7fELF" + bytes(100), b"MZ" + bytes(80) + b"PE\0\0"])
def test_a_program_is_no_document(data):
    with pytest.raises(Refused, match="程序"):
        readers.read(data)


def test_other_binary_data_is_no_text():
    with pytest.raises(Refused):
        readers.read(bytes(range(256)) * 4)


@pytest.mark.parametrize("data", [compound("EncryptedPackage", "EncryptionInfo"), encrypted_entry()])
def test_an_encrypted_document_is_to_be_saved_without_its_password(data):
    with pytest.raises(Refused, match=r"加密.*去除密码后另存"):
        readers.read(data)


@pytest.mark.parametrize("data", [b"", b" \n\t"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(Refused, match="空的"):
        readers.read(data)


def test_a_file_over_the_limit_is_refused_with_the_limit():
    with pytest.raises(Refused, match="文件超过 20 MB"):
        readers.read(b"x" * (SHIPPED.file_bytes + 1))
    with pytest.raises(Refused, match="文件超过 1 MB"):
        readers.read(b"x" * 1024 * 1025, Limits(file_megabytes=1))


def test_a_package_that_unpacks_to_more_than_the_limit_is_refused():
    data = package({"word/document.xml": document("<w:p/>" * 400_000)})
    assert len(data) < 10_000
    with pytest.raises(Refused, match="解压后超过 2 MB"):
        readers.read(data, Limits(unpacked_megabytes=2))


def test_a_package_whose_header_lies_about_its_size_is_damaged():
    large = document("<w:p/>" * 400_000)
    data = package({"word/document.xml": large})
    size, stated = (struct.pack("<I", number) for number in (len(large), 1000))
    assert data.count(size) == 2
    with pytest.raises(Refused, match="损坏"):
        readers.read(data.replace(size, stated), Limits(unpacked_megabytes=2))


def test_a_workbook_whose_header_lies_about_its_size_is_damaged():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for row in range(20_000):
            book.worksheets() or book.add_worksheet()
            book.worksheets()[0].write(row, 0, f"文{row}")
    data = held.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = struct.pack("<I", file.getinfo("xl/sharedStrings.xml").file_size)
    with pytest.raises(Refused, match="损坏"):
        readers.read(data.replace(size, struct.pack("<I", 500)), Limits(unpacked_megabytes=4))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        b"PK\x05\x06",
        package({"word/document.xml": "<w:document"}),
        package({"word/document.xml": document("<w:p>" * 10_000)}),
        package({"[Content_Types].xml": types("openxmlformats-officedocument.wordprocessingml.document")}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
        compound("Workbook")[:2000],
    ],
)
def test_a_damaged_file_is_told_in_one_line(data):
    with pytest.raises(Refused, match="损坏") as refused:
        readers.read(data)
    assert "\n" not in str(refused.value)


def test_two_parts_of_one_name_are_damage():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("word/document.xml", document(""))
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("word/document.xml", document(""))
    with pytest.raises(Refused, match="损坏"):
        readers.read(held.getvalue())


def test_no_entity_is_expanded_and_none_is_lost_in_silence():
    declared = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    inside = "<w:p><w:r><w:t>甲&b;乙&c;丙</w:t></w:r></w:p>"
    text = readers.read(package({"word/document.xml": declared + document(inside)})).text
    assert text == "甲&b;乙&c;丙\n"


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_a_page_named_as_an_old_document_is_read_as_the_page_it_is(name):
    """Sites serve pages named .doc and .xls; the reader is told no name at all."""
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>行政许可<td>12</table></html>'
    )
    (table,) = readers.read(page.encode(name)).tables
    assert [cell.text for cell in table.rows[0]] == ["行政许可", "12"]


def test_a_pdf_is_known_behind_other_bytes():
    with pytest.raises(Refused) as refused:
        readers.read(b"junk\n" * 50 + b"%PDF-1.7\nbroken")
    assert "图片" not in str(refused.value)


SEEDS = [
    package({"word/document.xml": document("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")}),
    compound("Workbook", "x"),
    b"<html><body><table><tr><td rowspan=3>a<td>b</table>",
]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.sampled_from(SEEDS), st.integers(0, 5000), st.binary(max_size=8))
def test_damage_anywhere_is_read_or_refused(seed, place, noise):
    place %= len(seed)
    damaged = seed[:place] + noise + seed[place + len(noise) :]
    try:
        said = readers.read(damaged).text
    except DashboardError as refused:
        said = str(refused)
    assert said is not None

"""Formats that are recognised by their bytes in order to be refused by name, with what to do instead."""

import re
from typing import Literal

from dashboard.errors import Refused
from dashboard.readers.package import ADVICE, ENCRYPTED, Package
from dashboard.readers.spreadsheet import BOOK_STREAMS

PICTURE = f"图片不能读取，本产品不含文字识别（OCR）；请取得可复制文字的原文件，{ADVICE}"
_ARCHIVE = "这是压缩包，不能直接读取；请解压后逐份上传"
_PROGRAM = "这是程序文件，不是文档；请确认选对了文件"


def _named(name: str) -> str:
    return f"不能读取{name}文件；{ADVICE}"


_BEGINNINGS = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*", PICTURE),
    (rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)|8BPS", PICTURE),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]|\xfd7zXZ\0|.{257}ustar", _ARCHIVE),
    (rb"MZ.{0,4000}PE\0\0|\x7fELF|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe", _PROGRAM),
    (rb"\s*\{\\rtf", _named(" .rtf ")),
    (
        rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){0,20}(?i:MIME-Version:)|From: <Saved by",
        _named(" .mht 网页"),
    ),
)
_BEGIN = tuple((re.compile(pattern, re.DOTALL), message) for pattern, message in _BEGINNINGS)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_LOOK = 8192
#: Streams that tell the old binary formats apart.
_STREAMS = {"WordDocument": " .doc 或 .wps ", "PowerPoint Document": " .ppt 或 .dps "}
_OPEN_DOCUMENTS = {b"text": " .odt ", b"spreadsheet": " .ods ", b"presentation": " .odp "}
#: The content type of the main part of a package of Office.
_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.)?"
    rb"(?:(?P<word>wordprocessingml|ms-word)|(?P<sheet>spreadsheetml|ms-excel)|presentationml|ms-powerpoint)"
    rb"[\w.]*\.main(?:\+xml|\")"
)


def refuse(data: bytes) -> None:
    """Raise Refused where the bytes begin like a format that is known and not read."""
    head = data[:_LOOK]
    for begins, message in _BEGIN:
        if begins.match(head):
            raise Refused(message)


def refuse_xml(data: bytes) -> None:
    """Raise Refused for XML that is no web page: Office of 2003 and UOF write such documents."""
    if _XML.match(data):
        raise Refused(_named(" XML "))


def refuse_old(streams: frozenset[str]) -> None:
    """Raise Refused for a file of the old binary kind (OLE) with these streams, unless it holds a workbook."""
    if "EncryptedPackage" in streams:
        raise Refused(ENCRYPTED)
    if streams.isdisjoint(BOOK_STREAMS):
        known = next((name for stream, name in _STREAMS.items() if stream in streams), "旧版 Office 或 WPS ")
        raise Refused(_named(known))


def kind_of_package(package: Package) -> Literal["word", "sheet"]:
    """What the main part of a zip package is. Raises Refused, by name, for anything but Word and Excel."""
    if "[Content_Types].xml" in package.names and (
        found := _MAIN.search(package.part("[Content_Types].xml"))
    ):
        if found["word"]:
            return "word"
        if found["sheet"] and b".binary" not in found[0]:
            return "sheet"
        raise Refused(_named(" .xlsb " if found["sheet"] else " .pptx "))
    if "word/document.xml" in package.names:
        return "word"
    if "xl/workbook.xml" in package.names:
        return "sheet"
    raise Refused(_other_package(package))


def _other_package(package: Package) -> str:
    if any(name.rsplit("/", 1)[-1].upper() == "OFD.XML" for name in package.names):
        return _named(" .ofd ")
    if "mimetype" in package.names:
        declared = re.search(
            rb"opendocument\.(text|spreadsheet|presentation)", package.part("mimetype")[:100]
        )
        if declared:
            return _named(_OPEN_DOCUMENTS[declared[1]])
    if any(name.startswith("ppt/") for name in package.names):
        return _named(" .pptx ")
    return _ARCHIVE

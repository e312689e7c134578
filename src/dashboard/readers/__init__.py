"""Bytes -> Document: what a document says and where, with nothing interpreted.

One module a format, one function `read(data, limits) -> Document` each; this file only finds the format,
from the bytes and never from the name: sites serve web pages named .doc and .xls.
"""

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document, Picture
from dashboard.readers import compound, docx, foreign, html, markdown, spreadsheet, text
from dashboard.readers.package import Package

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: A PDF may have other bytes before its header, up to here (ISO 32000-1, annex H).
_PDF_WITHIN = 1024


def read(data: bytes, limits: Limits = SHIPPED) -> Document:
    """Transcribe a document. Raises Refused, in one line, for one that is too large or cannot be read."""
    if not data.strip():
        raise Refused("文件是空的；请确认选对了文件")
    if len(data) > limits.file_bytes:
        raise Refused(f"文件超过 {limits.file_megabytes} MB；请删去其中的图片，或确认选对了文件")
    document = _transcribed(data, limits)
    if not document.text.strip() and any(isinstance(block, Picture) for block in document.blocks):
        raise Refused(f"文件只有图片，没有文字；{foreign.PICTURE}")
    return document


def _transcribed(data: bytes, limits: Limits) -> Document:
    if data.startswith(_ZIP):
        package = Package(data, limits)
        if foreign.kind_of_package(package) == "word":
            return docx.transcribe(package)
        return spreadsheet.transcribe(package)
    if data.startswith(compound.MAGIC):
        file = compound.Compound(data)
        foreign.refuse_old(file.names)
        return spreadsheet.transcribe_old(file, data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        from dashboard.readers import pdf  # noqa: PLC0415 - takes longer to load than other formats to read

        return pdf.read(data, limits)
    foreign.refuse(data)
    page = markdown.as_page(data)
    if page or html.is_page(data):
        return html.read(page or data, limits)
    foreign.refuse_xml(data)
    return text.read(data, limits)

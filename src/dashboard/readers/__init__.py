"""Bytes -> Document: what a document says and where, with nothing interpreted.

One module a format, one function `read(data) -> Document` each; this file only finds the format,
from the bytes and never from the name.
"""

import io
import zipfile

from dashboard.errors import Refused
from dashboard.model import Document
from dashboard.readers import docx, html, text

#: First bytes of formats that are recognised in order to be refused by name.
_OTHER_FORMATS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Excel 或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、Excel 或 WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
)


def read(data: bytes) -> Document:
    """Transcribe a document. Raises Refused, in one line, for bytes that are no readable text."""
    if not data.strip():
        raise Refused("文件是空的；请确认选对了文件")
    if _is_word(data):
        return docx.read(data)
    for start, name in _OTHER_FORMATS:
        if data.startswith(start):
            raise Refused(f"暂不能读取{name}文件；请另存为 Word（.docx）、网页或纯文本后再试")
    return html.read(data) if html.is_page(data) else text.read(data)


def _is_word(data: bytes) -> bool:
    """Whether a package holds a Word document; a damaged package is some other file."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return docx.MAIN_PART in package.namelist()
    except zipfile.BadZipFile:
        raise Refused("文件已损坏，打不开；请重新保存后再试") from None

"""Word (.docx) -> Document: paragraphs and tables of the main text, as a reader of the page sees them.

Text that is not shown is not the report: deleted text of tracked changes, hidden text, field codes.
A merged cell is one cell: what it covers to the right or below has no cell of its own.
"""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from dashboard.errors import Refused
from dashboard.model import Document
from dashboard.readers.transcript import Transcript

MAIN_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_SHOWN = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pict", "object", "drawing")
)
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
#: Larger unpacked documents are refused: a report is a few pages of text.
_MOST_BYTES = 100 * 1024 * 1024


def read(data: bytes) -> Document:
    """Transcribe a .docx file. Raises Refused when it is damaged, encrypted or unreasonably large."""
    body = _main_part(data).find(f"{_W}body")
    transcript = Transcript()
    for block in _below(body, "p", "tbl") if body is not None else ():
        if block.tag == f"{_W}p":
            transcript.paragraph(_text(block))
        else:
            transcript.table(_rows(block))
    return transcript.document()


def _main_part(data: bytes) -> etree._Element:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_BYTES:
                raise Refused("文件解压后超过 100 MB；请确认选对了文件")
            content = package.read(MAIN_PART)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(content, parser)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, OSError, EOFError) as fault:
        raise Refused("Word 文件已损坏或加密；请在 Word 中打开并另存为 .docx 后再试") from fault


def _below(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children of these names, in order, through what only wraps them; deleted rows are not shown."""
    wanted = {f"{_W}{name}" for name in names}
    for child in parent:
        if child.tag in wanted:
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, *names)


def _rows(table: etree._Element) -> Iterator[list[str]]:
    for row in _below(table, "tr"):
        cells = [cell for cell in _below(row, "tc") if not _is_covered(cell)]
        yield ["\n".join(filter(None, map(_text, cell.iter(f"{_W}p")))) for cell in cells]


def _is_covered(cell: etree._Element) -> bool:
    """Whether a cell only continues one merged from above or from the left."""
    for merge in (cell.find(f"{_W}tcPr/{_W}vMerge"), cell.find(f"{_W}tcPr/{_W}hMerge")):
        if merge is not None and merge.get(f"{_W}val") != "restart":
            return True
    return False


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        if child.tag in _NOT_SHOWN or _is_hidden(child):
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        else:
            _collect(child, parts)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")

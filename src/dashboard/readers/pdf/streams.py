"""The bytes of a PDF within limits: what unpacks or repeats beyond them is refused, not followed.

pdfminer believes the sizes a file states of itself. Here are a budget for one document, and pdfminer's
parser and streams held to it, so that a small file cannot ask for gigabytes or hours.
"""

import zlib
from collections.abc import Callable
from io import BytesIO

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, int_value
from pdfminer.psparser import PSKeyword, literal_name
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from dashboard.errors import Refused
from dashboard.limits import Limits

DAMAGED = "PDF 文件已损坏或不完整，打不开；请重新下载，或在 PDF 软件中打开后另存再试"
#: Text and drawing instructions take some 20 times their size once parsed: they get this part of the limit.
_PARSED_PART = 4
#: Characters, lines and corners of a page and of a document. A page of small print has some 5,000.
_MOST_DRAWN_PAGE = 100_000
_MOST_DRAWN = 3_000_000
_LARGEST_RUN = 64
_WIDEST_ROW = 1_000_000
_ZLIB_HEADER = 2
_CHECKSUM = 4


class Budget:
    """What a document may still cost: bytes unpacked, bytes parsed, things drawn."""

    def __init__(self, limits: Limits) -> None:
        self.unpacked_left = limits.unpacked_bytes
        self._parsed_left = limits.unpacked_bytes // _PARSED_PART
        self._drawn_left = _MOST_DRAWN
        self._page_left = _MOST_DRAWN_PAGE
        self._most = limits.unpacked_megabytes

    def page(self) -> None:
        """Begin a page."""
        self._page_left = _MOST_DRAWN_PAGE

    def unpack(self, size: int) -> None:
        """Spend on the bytes of a stream. Raises Refused when they are too many."""
        self.unpacked_left -= size
        if self.unpacked_left < 0:
            raise Refused(f"文件解压后超过 {self._most} MB；请确认选对了文件")

    def parse(self, size: int) -> None:
        """Spend on bytes to be parsed. Raises Refused when they are too many."""
        self._parsed_left -= size
        if self._parsed_left < 0:
            raise Refused("文件中的文字和线条过多，不像一份年度报告；请确认选对了文件")

    def draw(self, count: int) -> None:
        """Spend on characters or corners of lines. Raises Refused when they are too many."""
        self._drawn_left -= count
        self._page_left -= count
        if self._drawn_left < 0 or self._page_left < 0:
            raise Refused("文件中的文字和线条过多，不像一份年度报告；请确认选对了文件")


class BoundedStream(PDFStream):
    """A stream that unpacks within the budget, and is refused where pdfminer would drop a damaged one."""

    def __init__(self, stream: PDFStream, budget: Budget) -> None:
        super().__init__(stream.attrs, stream.rawdata or b"", stream.decipher)
        self._budget = budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, parameters in self.get_filters():
            unpack = _FILTERS.get(literal_name(name))
            if unpack is None:
                break  # a picture's own coding, or one that pdfminer does not know either
            data = unpack(data, self._budget.unpacked_left)
            if len(data) > self._budget.unpacked_left:
                break
            data = _without_predictor(data, parameters)
        self._budget.unpack(len(data))
        if "Length1" not in self.attrs:  # font files are looked up in, not parsed
            self._budget.parse(len(data))
        self.data = data
        self.rawdata = None


def _inflate(data: bytes, most: int) -> bytes:
    """Unpack at most one byte more than `most`; a checksum may be missing, as viewers let it, never wrong."""
    if not data.strip():
        return b""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(data[_ZLIB_HEADER:], most + 1)
    except zlib.error:
        raise Refused(DAMAGED) from None
    if len(unpacked) > most:
        return unpacked
    checksum = unpacker.unused_data[:_CHECKSUM]
    is_wrong = len(checksum) == _CHECKSUM and int.from_bytes(checksum) != zlib.adler32(unpacked)
    if not unpacker.eof or (is_wrong and checksum.strip()):
        raise Refused(DAMAGED)
    return unpacked


def _lzw(data: bytes, most: int) -> bytes:
    parts = []
    for part in LZWDecoder(BytesIO(data)).run():
        parts.append(part)
        most -= len(part)
        if most < 0:
            break
    return b"".join(parts)


def _run_length(data: bytes, most: int) -> bytes:
    if len(data) * _LARGEST_RUN > most:
        raise Refused(DAMAGED)
    return rldecode(data)


#: Filters by their long and short names: packed bytes and the most to unpack -> bytes.
_FILTERS: dict[str, Callable[[bytes, int], bytes]] = {
    name: unpack
    for names, unpack in (
        (("FlateDecode", "Fl"), _inflate),
        (("LZWDecode", "LZW"), _lzw),
        (("RunLengthDecode", "RL"), _run_length),
        (("ASCII85Decode", "A85"), lambda data, _: ascii85decode(data)),
        (("ASCIIHexDecode", "AHx"), lambda data, _: asciihexdecode(data)),
    )
    for name in names
}


def _without_predictor(data: bytes, parameters: object) -> bytes:
    if not isinstance(parameters, dict) or int_value(parameters.get("Predictor", 1)) == 1:
        return data
    colours, columns, bits = (
        int_value(parameters.get(key, usual))
        for key, usual in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
    )
    if not 0 < colours * columns * bits <= _WIDEST_ROW:
        raise Refused(DAMAGED)
    predictor = int_value(parameters["Predictor"])
    if predictor == 2:  # noqa: PLR2004 - the number TIFF's has in ISO 32000-1, table 10
        return apply_tiff_predictor(colours, columns, bits, data)
    return apply_png_predictor(predictor, colours, columns, bits, data)


class BoundedParser(PDFParser):
    """A parser whose streams unpack within the budget."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(BytesIO(data))
        self._budget = budget

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Take a keyword; a stream it completes is put under the budget."""
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack:
            position, stream = self.curstack[-1]
            if isinstance(stream, PDFStream):
                self.curstack[-1] = (position, BoundedStream(stream, self._budget))

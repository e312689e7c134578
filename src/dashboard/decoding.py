"""Bytes -> text: the encodings that offices use, told from the bytes themselves."""

import re

from dashboard.errors import Refused

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """The text of `data`, its encoding found from marks and validity; Refused if it is no text."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(decoded):
            return decoded
    raise Refused("不是文本文件，或编码无法识别；请另存为 UTF-8 编码的纯文本后再试")

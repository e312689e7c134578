"""The characters of a web page: by its byte order mark, by what is valid, by the charset it names.

Pages of offices often name a charset that they are not in. Chinese text in GB18030 is never valid UTF-8 by
chance, so what is valid UTF-8 is UTF-8; gb2312 and gbk mean GB18030, which holds both.
"""

import re

from dashboard.errors import Refused

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
#: How a page in UTF-16 begins that has no mark.
_UNMARKED = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*(big5[\w-]*)", re.IGNORECASE)
_LOOK = 4096
#: A page damaged in more than one character of this many is not in the encoding.
_MOST_DAMAGED = 200
#: So many more bytes than characters are not there by chance: 20 Chinese characters.
_BY_CHANCE = 40


def decode_page(data: bytes) -> str:
    """The text of a page. Raises Refused when it is in no encoding that pages are in.

    A few damaged characters do not make a page unreadable: they are shown as U+FFFD, which is no number.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    if data[:2] in _UNMARKED:
        return data.decode(_UNMARKED[data[:2]], "replace")
    named = ["big5hkscs"] if _CHARSET.search(data, 0, _LOOK) else []
    for encoding in ("utf-8", *named, "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as fault:
            if encoding == "utf-8" and _is_utf_8_so_far(data[: fault.start]):
                break
    nearest = min(
        (data.decode(encoding, "replace") for encoding in ("utf-8", *named, "gb18030")), key=_damage
    )
    if _damage(nearest) * _MOST_DAMAGED > len(nearest):
        raise Refused("网页的编码无法识别；请用浏览器打开，另存为 UTF-8 编码的网页后再试")
    return nearest


def _is_utf_8_so_far(valid: bytes) -> bool:
    """Whether so many characters are valid that the fault behind them is damage and not another encoding."""
    return len(valid) - len(valid.decode("utf-8")) > _BY_CHANCE


def _damage(text: str) -> int:
    return text.count("\ufffd")

"""Number formats of a workbook that say something the number alone does not: a percentage, a unit.

0.25 in the format 0% is seen as 25%, 12.5 in 0.00"万元" as 12.50万元. Other formats only say how many
decimals, separators or colours to show; the number is given as it is stored, to the 15 digits a sheet has.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from typing import NamedTuple

#: Format numbers that every workbook has: 0% and 0.00%.
_PERCENT = {9: "0%", 10: "0.00%"}
_STYLE = re.compile(rb"<xf\b[^<>]*>")
_NUMBER = re.compile(rb'\bnumFmtId="(\d{1,9})"')
#: A format of the workbook's own, or a style with one of the above.
_MAY_TELL = re.compile(rb'numFmt(?:\b|Id="0*(?:9|10)")')
_FORMAT = re.compile(rb"<numFmt\b[^<>]*>")
_CODE = re.compile(rb'\bformatCode="([^"]*)"')
_PIECE = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(General|[0#?.,]+)|(.)', re.IGNORECASE | re.DOTALL)
_TELLS = re.compile(r"[%\u4e00-\u9fff]")
_OF_DATES = re.compile(r"[ymdhsge]", re.IGNORECASE)


class Format(NamedTuple):
    """What stands before and behind a number, and whether it is shown in hundredths."""

    before: str
    after: str
    percent: bool

    def shown(self, stored: str) -> str | None:
        """A stored number as it is seen; None for what is no number."""
        try:
            value = float(stored)
        except ValueError:
            return None
        return self.before + number_text(value * 100 if self.percent else value) + self.after


def number_text(value: float) -> str:
    """A stored number without exponent, to the 15 digits that a sheet keeps: 21.0 is 21."""
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - 15 digits
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def formats_that_tell(styles: bytes) -> Mapping[int, Format]:
    """The formats that say something, by the number of the cell style, of the bytes of a styles part."""
    if not _MAY_TELL.search(styles):
        return {}
    used = styles[styles.find(b"<cellXfs") : styles.find(b"</cellXfs>")]
    numbers = [int(found[1]) if (found := _NUMBER.search(one)) else 0 for one in _STYLE.findall(used)]
    codes = dict(_PERCENT)
    for one in _FORMAT.findall(styles):
        number, code = _NUMBER.search(one), _CODE.search(one)
        if number and code:
            codes[int(number[1])] = unescape(code[1].decode("utf-8", "replace"))
    told = {number: parsed for number in set(numbers) & set(codes) if (parsed := parse(codes[number]))}
    return {place: told[number] for place, number in enumerate(numbers) if number in told}


def parse(code: str) -> Format | None:
    """The format of positive numbers in a format code; None where it says nothing, and for dates."""
    if not _TELLS.search(code):
        return None
    before = after = ""
    numbered = percent = False
    for quoted, escaped, digits, other in _PIECE.findall(code):
        if digits:
            numbered = True
        elif other == ";":
            break
        elif other and _OF_DATES.match(other):
            return None
        elif numbered:
            after += quoted or escaped or other
        else:
            before += quoted or escaped or other
        percent = percent or other == "%"
    if not numbered or not _TELLS.search(before + after):
        return None
    return Format(before.strip(), after.strip(), percent)

"""Numbers as documents print them -> exact values with a status. Never a guess.

Owns the number forms of cells (phrases of real reports: full-width digits, thousands separators,
a space inside a number, a unit or a remark in the cell, signed changes, marks for nothing).
Quantities in sentences are quantities.py, which uses `NUMBER` from here.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from dashboard.model import Status

#: Longer numbers cannot be a count or a sum in these reports and would lose digits on their way
#: through JSON (15 in all) and DECIMAL(18, 6): they are called unreadable.
MOST_DIGITS: Final = 15
#: A number printed with more characters is not worked out at all: no context of decimal holds one without an end.
MOST_PRINTED: Final = 40
_MOST_WHOLE: Final = 12
_MOST_PLACES: Final = 6
_TOO_LARGE: Final = 10**_MOST_WHOLE
_DASHES = frozenset("-－—–―‐‑−/／\\")
_NIL_WORDS = frozenset({"无", "没有", "未发生", "未收到", "零", "暂无"})
_UNITS = "万元|亿元|元|万|件次|人次|件|条|项|个|宗|篇|则|次|份|起|期|人|部|场|张|处|例|批"
_MULTIPLIERS = {"万元": 10_000, "亿元": 100_000_000, "元": 1}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), " ")

NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CELL = re.compile(
    rf"(?P<before>约|近|超过|超|逾)?(?P<sign>[+-]|增加|减少|新增|增|减)?(?P<number>{NUMBER})"
    rf"(?P<about>余|多)?(?P<unit>{_UNITS})?(?P<after>余|多)?(?P<remark>\(.*\))?"
)
_BOTH_WAYS = re.compile(rf"增加?(?P<up>{NUMBER})[/,;、]?减少?(?P<down>{NUMBER})|(?P<zero>0/0)")
_ENDLESS = re.compile(rf"[\d,.]{{{MOST_PRINTED + 1}}}")
_TORN = re.compile(r"[^\d]*\d \d[^\d]*")
_SPLIT_DIGITS = re.compile(r"(?<=\d) (?=\d)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed: `value` in `unit` (both None where none is printed), with its status."""

    value: Decimal | None
    status: Status
    unit: str | None = None


class _Folded(dict[int, str]):
    """The plain form of each character that has been met; filled as they come."""

    def __missing__(self, character: int) -> str:
        plain = normalize("NFKC", _INVISIBLE.get(character, chr(character)))
        self[character] = plain if len(plain) == 1 else chr(character)
        return self[character]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Full-width digits and punctuation to their plain form, one character for one.

    The result has the length of `text`, so positions in it are positions in the original.
    """
    return text.translate(_FOLDED)


@lru_cache(maxsize=16384)
def cell_quantity(text: str) -> Quantity:
    """Read one table cell. Empty and dashes are statuses of their own, never 0.

    "22(其中修订16件)" is 22; "增2/减1" is 1 (the net change); "1 6" is 16 (a torn number);
    "30余" is 30, approximate. Whatever is none of these is unreadable, with no value.
    """
    plain = " ".join(fold(text).split())
    compact = plain.replace(" ", "")
    if not compact:
        return Quantity(None, "blank")
    if set(compact) <= _DASHES:
        return Quantity(None, "dash")
    if compact in _NIL_WORDS:
        return Quantity(Decimal(0), "nil")
    is_endless = len(compact) > MOST_PRINTED and _ENDLESS.search(compact) is not None
    both = _BOTH_WAYS.fullmatch(compact)
    if both and not is_endless:
        up, down = both["up"] or "0", both["down"] or "0"
        return Quantity(decimal(up) - decimal(down), "reported")
    found = _CELL.fullmatch(_joined(plain).replace(" ", ""))
    if found is None or is_endless or _loses_a_gap(plain):
        return Quantity(None, "unreadable")
    return _quantity(found)


def decimal(digits: str) -> Decimal:
    """The exact value of a printed number such as "81,284.86"."""
    return Decimal(digits.replace(",", ""))


def quantity_in(quantity: Quantity, printed: str | None, wanted: str) -> Quantity:
    """The quantity with its value in the wanted unit; unreadable where that loses a digit."""
    if quantity.value is None:
        return quantity
    value = in_unit(quantity.value, printed, wanted)
    return replace(quantity, value=value) if fits(value) else Quantity(None, "unreadable", quantity.unit)


def in_unit(value: Decimal, printed: str | None, wanted: str) -> Decimal:
    """Convert money from the printed unit to the wanted one (元, 万元, 亿元); else unchanged."""
    if printed in _MULTIPLIERS and wanted in _MULTIPLIERS:
        return value * _MULTIPLIERS[printed] / _MULTIPLIERS[wanted]
    return value


def fits(value: Decimal) -> bool:
    """Whether a number is kept to its last digit everywhere (database, JSON)."""
    if not -_TOO_LARGE < value < _TOO_LARGE:
        return False
    if value == int(value):
        return True
    _, digits, exponent = value.normalize().as_tuple()
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return places <= _MOST_PLACES and len(digits) <= MOST_DIGITS


def is_money(unit: str) -> bool:
    """Whether values of this unit are amounts of money."""
    return unit in _MULTIPLIERS


def _quantity(found: re.Match[str]) -> Quantity:
    value = decimal(found["number"])
    if found["sign"] in ("-", "减", "减少"):
        value = -value
    unit = found["unit"]
    if unit == "万":
        value, unit = value * 10_000, None
    if not fits(value):
        return Quantity(None, "unreadable")
    vague = found["before"] or found["about"] or found["after"]
    return Quantity(value, "approximate" if vague else "reported", unit)


def _joined(plain: str) -> str:
    return _SPLIT_DIGITS.sub("", plain)


def _loses_a_gap(plain: str) -> bool:
    """Numbers side by side in one cell ("12 345", "7 1 8") are not one; two single digits are ("1 6")."""
    return bool(re.search(r"\d \d", plain)) and not _TORN.fullmatch(plain)


def printed_number(value: Decimal | None) -> str:
    """A number in a formula: exact, without trailing zeros; an absent one shows as 空白."""
    if value is None:
        return "空白"
    return f"{value.normalize():f}"

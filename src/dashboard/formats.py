"""How numbers and dates are written, in one place (design: VISUAL.md, "Numbers").

Reading numbers from documents is numbers.py. Nothing here decides what a number means.
"""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import isnan

NO_NUMBER = "—"
_TEN_THOUSAND = Decimal(10_000)


def number(value: Decimal | float | None) -> str:
    """1234 -> "1,234"; Decimal("81284.86") -> "81,284.86"; None -> "—". Digits are kept as given."""
    exact = _exact(value)
    if exact is None:
        return NO_NUMBER
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | float | None, unit: str = "", language: str = "zh") -> str:
    """A number with its unit, as a tile shows it; in English without 万.

    Counts from 100,000 and money in 元 from 10,000 are shown in 万 (two decimals at most, rounded
    half to even): 81284.86 元 -> "8.13 万元", 123456 条 -> "12.3 万条".
    """
    exact = _exact(value)
    if exact is None:
        return NO_NUMBER
    if language != "zh":
        return f"{number(exact)} {unit}".rstrip()
    if unit == "元" and abs(exact) >= _TEN_THOUSAND:
        return f"{number(_rounded(exact / _TEN_THOUSAND, '0.01'))} 万元"
    if abs(exact) >= 10 * _TEN_THOUSAND:
        return f"{number(_rounded(exact / _TEN_THOUSAND, '0.1'))} 万{unit}"
    return with_unit(number(exact), unit)


def with_unit(told: str, unit: str) -> str:
    """A number as written and its unit: "5 件", "62.5%"."""
    return f"{told}%" if unit == "%" else f"{told} {unit}".rstrip()


def percent(numerator: Decimal | float | None, denominator: Decimal | float | None) -> str:
    """A share with one decimal: (22, 45) -> "48.9%"; a denominator of 0 or nothing gives "—"."""
    part, whole = _exact(numerator), _exact(denominator)
    if part is None or not whole:
        return NO_NUMBER
    return f"{_rounded(part * 100 / whole, '0.1')}%"


def day(value: date) -> str:
    """A date in a sentence: 2026 年 11 月 23 日."""
    return f"{value.year} 年 {value.month} 月 {value.day} 日"


def years(listed: list[int]) -> str:
    """Years in a sentence: runs joined by a dash, others by 、 -> "2020、2022–2024"."""
    runs: list[list[int]] = []
    for year in sorted(set(listed)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(_run(run) for run in runs)


def _exact(value: Decimal | float | None) -> Decimal | None:
    """The number digit by digit; None for None and NaN (a missing number in a DataFrame)."""
    if value is None or isnan(value):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _run(run: list[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run))  # noqa: PLR2004


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_EVEN)

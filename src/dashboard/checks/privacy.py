"""Numbers of persons in a report's text: identity cards, mobile telephones, bank accounts (rule N-12).

A report is published; such a number in it is a disclosure of personal information (条例 第十五条). A finding
shows it masked, and only what is sure by its form or by the words beside it is called one.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from dashboard.checks.cells import Cells
from dashboard.model import Finding
from dashboard.numbers import fold

_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_OLD_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{14}(?![0-9A-Za-z])")
_MOBILE: Final = re.compile(r"(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z])")
_ACCOUNT: Final = re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")
#: How far before a number a word may stand that says what it is.
_NEAR: Final = 12
#: GB 11643: the weights of the first 17 digits, and the check digit for each remainder by 11.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_FIRST_BIRTH: Final = 1900


def personal_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Every number in the report's sections that is a person's, once each, masked."""
    offices = re.compile("|".join(map(re.escape, rule["offices"])))
    for section, text in cells.sections.items():
        where = f"第{section}部分" if section else "第一部分之前"
        for kind, number in dict.fromkeys(personal_numbers(fold(text), offices)):
            message = (
                f"{rule['name_zh']}：{where}有{kind} {masked(number)}，请核实，属实的请从公开的年报中删去"
            )
            yield Finding(rule["id"], rule["severity"], message)


def personal_numbers(folded: str, offices: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The kind and the number of each person's number in a folded text, in order of kind.

    `offices`: what stands before a mobile number that is an office's.
    """
    identities = [found for found in _IDENTITY.finditer(folded) if is_identity(found.group())]
    identities += [found for found in _OLD_IDENTITY.finditer(folded) if _is_beside(found, "身份证")]
    yield from (("身份证号", found.group()) for found in identities)
    for found in _MOBILE.finditer(folded):
        if not offices.search(_before(found)):
            yield "手机号码", found.group()
    known = {found.start() for found in identities}
    for found in _ACCOUNT.finditer(folded):
        if found.start() not in known and (_is_beside(found, "卡号") or _is_beside(found, "账号")):
            yield "银行卡号", found.group()


def is_identity(number: str) -> bool:
    """Whether 18 characters are a citizen's identity number: a day of birth, and the check digit of GB 11643."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    added = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return born.year >= _FIRST_BIRTH and _CHECKS[added % 11] == number[-1].upper()


def masked(number: str) -> str:
    """The number with its first three and last two characters, the others as stars."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _NEAR) : found.start()]


def _is_beside(found: re.Match[str], word: str) -> bool:
    return word in _before(found)

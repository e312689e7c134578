"""What the checks found, and what the sections say or leave out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.gaps.report import Report, Row
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids

_PROBLEMS = ("error", "warning")


def findings(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Findings of the checks whose rule begins as `rules` say, and whose words fit `saying`."""
    problems = [row for row in report.findings if _is_meant(rule, row)]
    for row in problems:
        severity = rule["severity"] if row["severity"] == "error" else rule["severity_of_blanks"]
        rests_on = report.rests_on(row)
        facts = ids(row["fact_ids"])
        yield Verdict("short", row["message"], row["rule"], facts, severity, rests_on=rests_on)
    if problems:
        return
    if rule.get("needs_table") and not _has_table(report):
        yield Verdict("no_figure", "表格未入库，无从核对")
    elif rule.get("needs_text") and not report.is_original:
        yield Verdict("no_figure", "原文未入库，无从核对")
    else:
        yield Verdict("met", rule["when_met"])


def _is_meant(rule: Rule, row: Row) -> bool:
    said = re.search(rule.get("saying", ""), row["message"]) is not None
    return row["rule"].startswith(tuple(rule["rules"])) and row["severity"] in _PROBLEMS and said


def _has_table(report: Report) -> bool:
    rows = (row for (_, year), told in report.history.figures.items() if year == report.year for row in told)
    return any(row["source"] == "table" and row["fact_id"] is not None for row in rows)


def alike(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Sections that say what they said the year before; it takes the text of both years to tell."""
    found = list(findings(rule, report))
    before = report.before
    if not found or found[0].verdict == "short" or not report.is_original:
        yield from found
    elif before is None or not before.is_original:
        yield Verdict("no_figure", "上年年报原文未入库，无从比较")
    else:
        yield from found


def section_mentions(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Whether a section has one of the words."""
    text = report.texts.get(rule["section"])
    if text is None:
        yield Verdict("no_figure", f"第{rule['section']}部分原文未入库")
    elif any(word in text for word in rule["words"]):
        yield Verdict("met", f"第{rule['section']}部分已说明")
    else:
        yield Verdict("short", f"第{rule['section']}部分没有说明{'、'.join(rule['words'])}")


def section_heads(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Whether a section covers each head, by its name or by words of its content."""
    text = report.texts.get(rule["section"])
    if text is None:
        yield Verdict("no_figure", f"第{rule['section']}部分原文未入库")
        return
    lacking = [head for head, words in rule["heads"].items() if not any(word in text for word in words)]
    if lacking:
        said = f"第{rule['section']}部分没有写：{'、'.join(lacking)}"
        yield Verdict("short", said, None, (), None, float(len(lacking)))
    else:
        yield Verdict("met", "五个方面均已写到")


def section_length(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Whether a section is longer than a local guide wants, in characters without blanks."""
    text = report.texts.get(rule["section"])
    if text is None:
        yield Verdict("no_figure", f"第{rule['section']}部分原文未入库")
        return
    length = len("".join(text.split()))
    said = f"第{rule['section']}部分 {length} 字，以约 {rule['most']} 字为宜"
    beyond = float(max(length - rule["most"], 0))
    yield Verdict("short" if beyond else "met", said, None, (), None, beyond)


def outdated_basis(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Whether the report names a basis that was replaced by its year, and not what replaced it."""
    if not report.texts:
        yield Verdict("no_figure", "原文未入库，无从核对")
        return
    text = re.sub(r"\s", "", "".join(report.texts.values()))
    found = [
        basis
        for basis in rule["outdated"]
        if report.year >= basis["from"] and re.search(basis["words"], text)
    ]
    for basis in found:
        yield _outdated(basis, text)
    if not found:
        yield Verdict("met", "未见已经废止、替代的依据")


def _outdated(basis: Mapping[str, Any], text: str) -> Verdict:
    said = f"文中写有{basis['name']}，{basis['from']} 年度起应为{basis['now']}"
    if re.search(basis["replaced_by"], text):
        return Verdict("undecided", f"{said}；文中两者都有，请核对哪一个是编制依据", basis["name"])
    return Verdict("short", said, basis["name"])

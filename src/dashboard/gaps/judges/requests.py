"""Requests: overdue, carried over, disclosed, not held; and reviews and lawsuits lost."""

import re
from collections.abc import Iterator, Sequence

from dashboard.formats import number, percent
from dashboard.gaps.report import Report
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids

_RISING_YEARS = 3


def _facts(report: Report, indicators: Sequence[str]) -> tuple[int, ...]:
    return ids([row["fact_id"] for row in report.counted(indicators)])


def overdue(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Closed requests that are told neither as in time nor as extended.

    The form since 2019 asks for none: there the text may give the counts, or say that all were in time.
    """
    caseload = rule.get("caseload", ())
    if caseload and all(report.value(code) == 0 for code in caseload):
        yield Verdict("not_applicable", "本年没有应当答复的申请", None, _facts(report, caseload))
        return
    completed = report.value(rule["completed"])
    in_time = [value for code in rule["in_time"] if (value := report.value(code)) is not None]
    facts = _facts(report, [rule["completed"], *rule["in_time"]])
    beyond = (completed or 0) - sum(in_time)
    is_whole = len(in_time) == len(rule["in_time"])
    if completed is None or not in_time or (beyond > 0 and not is_whole):
        yield _said_in_time(rule, report, facts)
    elif beyond > 0:
        said = f"办结 {number(completed)} 件，按时和延期办结少 {number(beyond)} 件，是否超期须查台账"
        yield Verdict("undecided", said, None, facts)
    else:
        yield Verdict("met", f"办结 {number(completed)} 件，均按时或延期办结", None, facts)


def _said_in_time(rule: Rule, report: Report, facts: tuple[int, ...]) -> Verdict:
    """The report's own word that all requests were answered in time, or that only the records tell."""
    sentences = re.split(r"[。；;\n]", "".join(report.texts.values())) if "says_all" in rule else []
    of_requests = (one for one in sentences if "申请" in one and not re.search(rule["says_other"], one))
    found = next((told for one in of_requests if (told := re.search(rule["says_all"], one))), None)
    if found is None:
        return Verdict("no_figure", "年报没有逐件的收到、延期和答复日期；须查依申请台账", None, facts)
    return Verdict("met", f"年报写明“{found[0]}”（未逐件核对日期）", None, facts)


def backlog(rule: Rule, report: Report) -> Iterator[Verdict]:
    """What was carried over against the year's caseload, and whether it rises year after year."""
    codes = [rule["carried_out"], *rule["caseload"]]
    left, *parts = (report.value(code) for code in codes)
    facts = _facts(report, codes)
    if left is None or any(part is None for part in parts):
        absent = report.lacking("表 3 的", "新收、上年结转或结转下年度")
        yield Verdict("no_figure", absent, None, facts)
        return
    caseload = sum(part or 0 for part in parts)
    said = f"结转下年度 {number(left)} 件，占应办 {number(caseload)} 件的 {percent(left, caseload)}"
    rising = _rising(rule, report)
    share = left / caseload if caseload else 0.0
    if left < rule["least"]:
        yield Verdict("met", f"结转下年度 {number(left)} 件，少于 {rule['least']} 件", None, facts)
    elif share > rule["most_share"]:
        yield Verdict("short", said, None, facts, None, share)
    elif rising:
        steps = "、".join(map(number, rising))
        yield Verdict("short", f"{said}，连续两年增加（{steps} 件）", None, facts, None, left)
    else:
        yield Verdict("met", said, None, facts)


def _rising(rule: Rule, report: Report) -> list[float]:
    """What was carried over in the last three years, where it rose each year; else []."""
    years = [Report(report.history, report.year - ago) for ago in (2, 1, 0)]
    told = [
        value
        for year in years
        if year.exists
        and year.year >= rule["first_year"]
        and (value := year.value(rule["carried_out"])) is not None
    ]
    return told if len(told) == _RISING_YEARS and told == sorted(set(told)) else []


def disclosed(rule: Rule, report: Report) -> Iterator[Verdict]:
    """The share of completed requests disclosed in full or in part: low, or much lower than the year before.

    A share is worked out from `least` completed requests on; the year before only on the same form.
    """
    rate = _rate(rule, report)
    if rate is None:
        absent = report.lacking("表格的", "办理总数或公开件数")
        yield Verdict("no_figure", f"{absent}，无从计算公开率")
        return
    disclosed_count, completed = rate
    facts = _facts(report, [*rule["disclosed"], rule["completed"]])
    said = f"办结 {number(completed)} 件，予以公开和部分公开 {number(disclosed_count)} 件"
    if not completed or completed < rule["least"]:
        yield Verdict("not_applicable", f"{said}，不足 {rule['least']} 件，只列件数", None, facts)
        return
    share = disclosed_count / completed
    said = f"{said}，公开率 {percent(disclosed_count, completed)}"
    fall = _fall(rule, report, share)
    note = "；公开率低不等于违法，须看不予公开的依据"
    if share < rule["least_share"]:
        evidence = f"{said}，低于 {percent(rule['least_share'], 1)}{note}"
        yield Verdict("short", evidence, None, facts, None, rule["least_share"] - share)
    elif fall is not None and fall > rule["most_fall"]:
        yield Verdict(
            "short",
            f"{said}，比上年低 {number(round(fall * 100, 1))} 个百分点{note}",
            None,
            facts,
            None,
            fall,
        )
    else:
        yield Verdict("met", said, None, facts)


def _rate(rule: Rule, report: Report) -> tuple[float, float] | None:
    """Disclosed and completed; None where one of the rows that the form or the report has gives no number."""
    completed = report.value(rule["completed"])
    parts = [report.value(code) for code in rule["disclosed"] if report.rows(code) or report.asks(code)]
    told = [value for value in parts if value is not None]
    return None if completed is None or not told or len(told) < len(parts) else (sum(told), completed)


def _fall(rule: Rule, report: Report, share: float) -> float | None:
    before = report.before
    if before is None or before.edition != report.edition:
        return None
    rate = _rate(rule, before)
    return rate[0] / rate[1] - share if rate and rate[1] >= max(rule["least"], 1) else None


def share_of(rule: Rule, report: Report) -> Iterator[Verdict]:
    """A part of a whole against the largest share; from `least` cases on."""
    part, whole = report.value(rule["part"]), report.value(rule["whole"])
    facts = _facts(report, [rule["part"], rule["whole"]])
    name = report.name(rule["part"]).split(".")[-1]
    if whole is None or (part is None and whole >= rule["least"]):
        yield Verdict("no_figure", report.lacking("表格的", f"“{name}”或总计"), None, facts)
        return
    said = f"办结 {number(whole)} 件，其中“{name}” {number(part)} 件"
    if not whole or whole < rule["least"] or part is None:
        yield Verdict(
            "not_applicable", f"办结 {number(whole)} 件，不足 {rule['least']} 件，不计比例", None, facts
        )
        return
    said = f"{said}（{percent(part, whole)}）"
    if part / whole > rule["most_share"]:
        beyond = part / whole - rule["most_share"]
        yield Verdict("short", f"{said}，高于 {percent(rule['most_share'], 1)}", None, facts, None, beyond)
    else:
        yield Verdict("met", said, None, facts)


def corrected(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Reviews and lawsuits that ended with the decision corrected: each one is to be looked into.

    The share is told from `least` concluded cases on; a total of 0 tells that none was corrected.
    """
    lost = [row for code in rule["corrected"] for row in report.counted([code]) if row["value"]]
    for row in lost:
        code = str(row["indicator"])
        said = f"结果纠正 {number(row['value'])} 件{_of_concluded(rule, report, code)}"
        item = report.name(code).removesuffix("：结果纠正")
        yield Verdict("short", said, item, ids([row["fact_id"]]), None, float(row["value"]))
    if lost:
        return
    asked = [code for code in rule["corrected"] if report.rows(code)]
    known = [code for code in asked if report.counted([code]) or report.value(_stem(code) + "total") == 0]
    if asked and known == asked:
        yield Verdict("met", "没有被纠正的行政复议、行政诉讼案件", None, _facts(report, known))
    else:
        yield Verdict("no_figure", f"{report.lacking('表 4 的', '结果纠正')}，不作 0 计")


def _stem(code: str) -> str:
    return code.removesuffix("corrected")


def _of_concluded(rule: Rule, report: Report, code: str) -> str:
    """The share of the concluded cases; "" where there are few, or one of their rows gives no number."""
    ended = [report.value(_stem(code) + ending) for ending in ("upheld", "corrected", "other")]
    told = [value for value in ended if value is not None]
    if len(told) < len(ended) or sum(told) < rule["least"]:
        return ""
    return f"，占审结 {number(sum(told))} 件的 {percent(ended[1], sum(told))}"

"""What is wrong in the reports: what their figures show, and what was done to them on purpose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .documents import file_of
from .identities import Equation, between, equations
from .report import Printed, Report
from .statements import next_report, topics
from .story import AGENCIES, LAST, cases, count, items
from .tables import Cell

#: Fewer posts in a year than this leave two weeks without one; the rule is of 2019.
_LEAST_POSTS, _CADENCE_FROM = 26, 2019
_DUE_UNTIL_2018, _DUE = (3, 31), (1, 31)
_LABELS = {
    "lost_row": ("R-row", "这一行没有印出"),
    "lost_blanks": ("R-cell", "空格消失，一行只剩几个数，分不清各是哪一格"),
    "misprint": ("R-label", "行名印错"),
}
_TEXT = {
    "requests": ("N-04", "req.new", "正文新收申请件数与表格不一致"),
    "issued": ("N-06", "proactive.normdocs.issued", "正文规范性文件数与表格不一致"),
    "welfare": ("N-01", "welfare", "救助信息合计与所列各项不符"),
    "proposals": ("N-02", "proposals", "建议提案合计与人大、政协件数不符"),
}
_DECLARED = {
    "twice": ("R-mention", "proactive.total", "主动公开总数在正文中有两个", "report"),
    "period_opening": ("N-10", "", "引言所写统计期限是上一年的", "report"),
    "period_text": ("N-10", "", "第一部分所写统计期限是上一年的", "report"),
    "no_problems": ("N-08", "", "第五部分只写“无”", "report"),
    "old_basis": ("G26", "", "依据写作国务院令第492号，当时已由第711号令修订", "gap"),
    "old_form": ("G26", "", "仍用并引用〔2019〕60号的表式", "gap"),
    "copied": ("G22", "", "第一、五部分与上年年报雷同", "gap"),
    "no_fee": ("G24", "", "第六部分没有说明信息处理费", "gap"),
    "no_oversight": ("G25", "", "总体情况缺监督保障", "gap"),
    "unquantified": ("G21", "", "自述公众参与不足，没有写数量", "gap"),
}


@dataclass(frozen=True)
class Flaw:
    """One fault: in which file, by which rule it must be found, of which cell, in words."""

    file: str
    rule: str
    indicator: str
    group: str
    what: str
    scope: str


def all_flaws(reports: list[Report]) -> Iterator[Flaw]:
    """Every fault of every report, in the order of the plan."""
    by_year = {(report.agency.key, report.year): report for report in reports}
    for report in reports:
        yield from _in_report(report)
        if before := by_year.get((report.agency.key, report.year - 1)):
            told = (values(one) for one in (before, report))
            for rule, cell, what in between(*told):
                yield _flaw(report, rule, cell, what, "years")
        yield from _gaps(report, by_year)
    for agency in AGENCIES.values():
        years = [report.year for report in reports if report.agency is agency]
        for year in sorted({*range(min(years), LAST + 1)} - {*years}):
            yield Flaw(f"{agency.name}/{year}/", "G23", "", "", f"{year} 年没有年报", "gap")


def values(report: Report) -> dict[Cell, Decimal]:
    """The numbers that the report's tables print, blanks and unreadable rows left out."""
    return {
        cell: value
        for cell, (value, _) in report.truth.items()
        if value is not None and cell not in report.unreadable
    }


def _flaw(report: Report, rule: str, cell: Cell, what: str, scope: str = "report") -> Flaw:
    return Flaw(file_of(report), rule, cell[0], cell[1] or "", what, scope)


def _in_report(report: Report) -> Iterator[Flaw]:
    yield from _identities(report)
    plan = report.plan
    for kind, (rule, what) in _LABELS.items():
        for named in plan.given(kind):
            code = named.partition("@")[0]
            is_grid = kind == "lost_blanks"
            yield _flaw(report, rule, (code, "total" if is_grid else None), what)
    for table in plan.given("picture"):
        yield _flaw(report, "R-table", ("", None), f"表{table}以图片代替")
    if "extra_row" in plan.flaws:
        yield _flaw(report, "R-row", ("", None), "多出一行地方自设的统计项")
    for told in plan.given("text"):
        yield _text_flaw(report, told)
    for name, (rule, indicator, what, scope) in _DECLARED.items():
        if name in plan.flaws:
            yield _flaw(report, rule, (indicator, None), what, scope)


def _text_flaw(report: Report, told: str) -> Flaw:
    series = told.replace("+", "-").partition("-")[0]
    rule, indicator, what = _TEXT[series]
    if series == "requests":
        is_none = report.speaker.wrong["requests"] == 0
        group = "total" if report.plan.edition in ("2019", "2021") else None
        return _flaw(
            report,
            "N-05" if is_none else rule,
            (indicator, group),
            "正文说没有收到申请，表格有" if is_none else what,
        )
    if series == "issued" and report.plan.edition == "2019":
        indicator = "proactive.normdocs.made"
    return _flaw(report, rule, (indicator, None), what)


def _identities(report: Report) -> Iterator[Flaw]:
    """What the printed cells contradict, and what rests on blanks."""
    truth = report.truth
    empty = [cell for cell, (value, _) in truth.items() if value is None and _is_total(cell)]
    for cell in empty:
        if cell != ("req.outcome.total", "total") or ("req.outcome.total", "natural_person") in empty:
            rule = "T3-02" if cell[0] == "req.outcome.total" else "T3-03"
            yield _flaw(report, rule, cell, "总计留空，可由各项推算")
    open_rules: set[str] = set()
    for equation in equations(report.plan.edition, truth):
        cells = equation.cells
        if not all(cell in truth for cell in cells) or {*cells} & {*empty, *report.unreadable}:
            continue
        left, right = (_sum(truth, side) for side in (equation.left, equation.right))
        blanks = [cell for cell in equation.right if truth[cell][0] is None]
        if left != right:
            yield _flaw(report, equation.rule, _named(report, equation), f"{left} ≠ {right}")
        elif blanks and equation.rule not in (*open_rules, "T3-01"):
            open_rules.add(equation.rule)
            yield _flaw(report, equation.rule, blanks[0], "零值留空，空白按 0 计才成立")


def _is_total(cell: Cell) -> bool:
    return cell[1] == "total" or cell[0] == "req.outcome.total"


def _sum(truth: Mapping[Cell, Printed], cells: tuple[Cell, ...]) -> Decimal:
    return sum((value for cell in cells if (value := truth[cell][0]) is not None), Decimal(0))


def _named(report: Report, equation: Equation) -> Cell:
    """The misprinted cell if the equation has it, else its first."""
    return next((cell for cell in report.changed if cell in equation.cells), equation.left[0])


def _gaps(report: Report, by_year: Mapping[tuple[str, int], Report]) -> Iterator[Flaw]:
    """What the rules for gaps must find short."""
    agency, year = report.agency, report.year
    due = date(year + 1, *(_DUE_UNTIL_2018 if year < _CADENCE_FROM else _DUE))
    if date.fromisoformat(report.plan.received) > due:
        yield _flaw(report, "G01", ("", None), f"{report.plan.received} 公布，晚于 {due}", "gap")
    if year >= _CADENCE_FROM:
        yield from _published(report)
    for series, stem in (("review", "review"), ("direct", "lit.direct"), ("after", "lit.after_review")):
        ended = cases(agency, series, year)
        if len(ended) > 1 and ended[1]:
            yield _flaw(report, "G15", (f"{stem}.corrected", None), f"被纠正 {ended[1]} 件", "gap")
    if by_year.get((agency.key, next_report(agency, year))):
        for topic in report.plan.given("broke"):
            yield _flaw(report, "G20", ("problems.promised", None), f"承诺改进{topic}，次年未见成效", "gap")


def _published(report: Report) -> Iterator[Flaw]:
    """Accounts and columns that were silent, documents without interpretation, classes that vanished."""
    agency, year = report.agency, report.year
    for account, posts in items(agency, "account", year).items():
        if posts < _LEAST_POSTS:
            what = f"公众号“{account}”全年 {posts} 条，必有断更"
            yield _flaw(report, "G03", ("channel.account.posts", None), what, "gap")
    if (posts := count(agency, "dynamics", year)) < _LEAST_POSTS:
        what = f"政务动态全年 {posts} 条，必有断更"
        yield _flaw(report, "G06", ("site.dynamics.posts", None), what, "gap")
    if count(agency, "issued", year) and not count(agency, "interp", year):
        yield _flaw(report, "G08", ("interp.articles", None), "制发了规范性文件，没有解读", "gap")
    before, now = (items(agency, "welfare", told) for told in (year - 1, year))
    for name in before.keys() - now.keys():
        yield _flaw(report, "G18", (f"welfare.{name}", None), "上年公开的类别本年没有", "gap")


def promises(report: Report) -> Iterator[tuple[str, str]]:
    """The promises of a report that figures answer: topic, and whether the next report keeps it."""
    plan = report.plan
    if "no_problems" in plan.flaws or report.year == LAST:
        return
    broken = plan.given("broke")
    counted = topics(report.agency, report.speaker.voice, broken)[2 - len(broken) :]
    for topic in counted:
        yield topic, "no" if topic in broken else "yes"

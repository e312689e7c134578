"""Reports that the rules are put to, and verdicts in short."""

from ..small_databases import line

RULES = [f"G{number:02}" for number in range(1, 29)]


def verdicts(found):
    return [(gap.verdict, gap.item) for gap in found]


def requests(year, new, carried_in, carried_out, total=0, **outcomes):
    edition = "2019" if year < 2021 else "2021"
    cells = {
        "req.new": new,
        "req.carried_in": carried_in,
        "req.carried_out": carried_out,
        "req.outcome.total": total,
    }
    cells |= {f"req.outcome.{name}": value for name, value in outcomes.items()}
    return [line(year, code, value, group="total", edition=edition) for code, value in cells.items()]


REPORT = """政府信息公开工作年度报告

示例县民政局{year}年政府信息公开工作年度报告
{head}
一、总体情况
主动公开政府信息12条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
五、存在的主要问题及改进情况
无。
{end}"""

"""Commands that take documents in: read, check, add, build, facts, accuracy."""

import argparse
from pathlib import Path
from typing import Any

from dashboard.cli.common import DONE, FOUND_ERRORS, REFUSED, command, day, year
from dashboard.errors import WrongUsage
from dashboard.model import Reading
from dashboard.paths import DataFolder
from dashboard.reading_json import as_json


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add these commands to the parser."""
    read = command(commands, "read", _read, "读取一份年报，输出数据和核对结果")
    check = command(commands, "check", _check, "核对一份年报；有错误时退出码为 1")
    add = command(commands, "add", _add, "保存年报原件并登记")
    add.add_argument("files", type=Path, nargs="+", metavar="file", help="年报文件，或整个文件夹；可以有多个")
    for one in (read, check):
        one.add_argument("file", type=Path, help="年报文件")
    for one in (read, check, add):
        one.add_argument("--agency", help="机关名称（文中没有写明时）")
        one.add_argument("--year", type=year, help="报告年度（文中没有写明时）")
    for one in (read, check):
        one.add_argument("--json", action="store_true", help="输出 JSON")
    add.add_argument("--address", default="", help="公布的网址")
    add.add_argument("--published", type=day, help="公布日期（年-月-日，如 2021-01-26）")
    command(commands, "build", _build, "由原件和数据文件重建数据库")
    facts = command(commands, "facts", _facts, "输出一个机关一个年度的全部数据")
    facts.add_argument("--agency", required=True, help="机关名称或代码")
    facts.add_argument("--year", required=True, type=year, help="报告年度")
    facts.add_argument("--format", choices=["csv", "json"], default="csv", help="输出格式")
    command(commands, "accuracy", _accuracy, "用事先知道答案的年报测量识别准确率，写入 data/accuracy*.csv")


def _read(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.reading.look import look

    reading, _ = look(options.file, folder, options.agency, options.year)
    print(as_json(reading) if options.json else _summary(reading))
    return DONE


def _check(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.reading.look import look

    reading, _ = look(options.file, folder, options.agency, options.year)
    print(as_json(reading) if options.json else _findings(reading))
    failed = any(finding.severity == "error" for finding in reading.findings)
    return FOUND_ERRORS if failed else DONE


def _add(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake

    first, *others = options.files
    if others or first.is_dir():
        return _add_many(options, folder)
    reading = intake.add(
        first, folder, options.agency, options.year, address=options.address, published=options.published
    )
    known = reading.agency is not None and reading.year is not None
    then = "运行 dashboard build 后入库" if known else "请加 --agency、--year 再登记一次，之后才能入库"
    print(f"已登记：{_summary(reading)}。{then}")
    return DONE


def _add_many(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake

    if options.agency or options.year or options.address or options.published:
        raise WrongUsage(
            "--agency、--year、--address、--published 只用于单个文件；请分别登记，或去掉这些选项"
        )
    added = intake.add_many(options.files, folder)
    for path in added.known:
        print(f"已登记：{path}：同一份文件此前已登记，未重复保存")
    for path in added.waiting:
        print(f"待定：{path}：文中没有写明机关或年度；请单独登记这份文件，加 --agency、--year，之后才能入库")
    for line in added.left_out:
        print(f"未登记：{line}")
    print(
        f"新登记 {len(added.kept)} 份，此前已登记 {len(added.known)} 份，未登记 {len(added.left_out)} 份"
        + ("。运行 dashboard build 后入库" if added.kept else "")
    )
    if not added.left_out:
        return DONE
    return FOUND_ERRORS if added.kept or added.known else REFUSED


def _build(_options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake

    built = intake.build(folder)
    for reason in built.left_out:
        print(f"未入库：{reason}")
    print(
        f"已入库 {built.reports} 份报告、{built.facts:,} 条数据；数据版本 {built.data_version}；"
        f"新读 {built.anew} 份，未变 {built.unchanged} 份，未入库 {len(built.left_out)} 份"
    )
    return FOUND_ERRORS if built.left_out else DONE


def _facts(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import codebook, figures, records

    agency = codebook.load(folder.codebook).agency_name(options.agency)
    reading, address = records.reading(folder, agency, options.year)
    if options.format == "json":
        print(as_json(reading))
    else:
        print(figures.written(figures.rows_of(reading, address)), end="")
    return DONE


def _accuracy(_options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import accuracy, codebook
    from dashboard.accuracy.measure import corpora, measure
    from dashboard.accuracy.prose import compared_texts, measure_prose

    book = codebook.load(folder.codebook)
    cells = measure(corpora(book), book)
    prose = measure_prose(compared_texts(book), book)
    accuracy.written(cells)
    accuracy.written_prose(prose)
    print("\n".join([*map(accuracy.cell_line, cells), *map(accuracy.prose_line, prose)]))
    return FOUND_ERRORS if any(row.silent for row in cells) else DONE


def _summary(reading: Reading) -> str:
    return (
        f"{reading.agency or '机关未知'} {reading.year or '年度未知'}，表式 {reading.edition or '无'}，"
        f"{len(reading.facts)} 条数据，{len(reading.findings)} 条核对结果"
    )


def _findings(reading: Reading) -> str:
    names = {"error": "错误", "warning": "提醒", "info": "说明"}
    lines = [f"{names[found.severity]} {found.rule}：{found.message}" for found in reading.findings]
    return "\n".join([_summary(reading), *lines])

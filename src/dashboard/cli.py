"""The command `dashboard`: read | check | add | build | facts | serve.

Exit codes: 0 done, 1 findings of severity error (check) or some reports left out (build, add), 2 refused
or wrong usage, with one line on standard error; 130 interrupted by Ctrl-C. Streamlit, pandas and plotly
are not loaded here, and DuckDB only by the commands that need it.
"""

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard import __version__
from dashboard.errors import DashboardError, WrongUsage
from dashboard.model import Reading
from dashboard.paths import ENVIRONMENT, PROJECT, DataFolder, data_folder
from dashboard.reading_json import as_json

DONE, FOUND_ERRORS, REFUSED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        options.run = _version
    if not hasattr(options, "run"):
        parser.print_help()
        return REFUSED
    try:
        code: int = options.run(options, data_folder(options.data))
    except DashboardError as fault:
        print(f"dashboard: {fault}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("dashboard: 已中断", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as fault:  # a folder that cannot be written, a full disk
        print(f"dashboard: {fault.strerror}：{fault.filename}", file=sys.stderr)
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dashboard", description="政务公开年报：读取、核对、入库、查看")
    parser.add_argument("--data", help=f"数据文件夹（也可用环境变量 {ENVIRONMENT}）")
    parser.add_argument("--version", action="store_true", help="显示程序、代码本和数据的版本")
    commands = parser.add_subparsers(title="命令", metavar="命令")
    read = _command(commands, "read", _read, "读取一份年报，输出数据和核对结果")
    check = _command(commands, "check", _check, "核对一份年报；有错误时退出码为 1")
    add = _command(commands, "add", _add, "保存年报原件并登记")
    add.add_argument("files", type=Path, nargs="+", metavar="file", help="年报文件，或整个文件夹；可以有多个")
    for command in (read, check):
        command.add_argument("file", type=Path, help="年报文件")
    for command in (read, check, add):
        command.add_argument("--agency", help="机关名称（文中没有写明时）")
        command.add_argument("--year", type=_year, help="报告年度（文中没有写明时）")
    for command in (read, check):
        command.add_argument("--json", action="store_true", help="输出 JSON")
    add.add_argument("--address", default="", help="公布的网址")
    _command(commands, "build", _build, "由原件和数据文件重建数据库")
    facts = _command(commands, "facts", _facts, "输出一个机关一个年度的全部数据")
    facts.add_argument("--agency", required=True, help="机关名称或代码")
    facts.add_argument("--year", required=True, type=_year, help="报告年度")
    facts.add_argument("--format", choices=["csv", "json"], default="csv", help="输出格式")
    _command(commands, "accuracy", _accuracy, "用事先知道答案的年报测量识别准确率，写入 data/accuracy*.csv")
    serve = _command(commands, "serve", _serve, "在浏览器中打开看板")
    serve.add_argument("--port", type=int, default=8501, help="端口（默认 8501）")
    return parser


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=run)
    return command


def _year(text: str) -> int:
    if not text.isdigit() or not 2000 <= int(text) < 2100:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"不是年度：{text}")
    return int(text)


def _read(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.reading.look import look  # noqa: PLC0415 - `--help` stays light

    reading, _ = look(options.file, folder, options.agency, options.year)
    print(as_json(reading) if options.json else _summary(reading))
    return DONE


def _check(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.reading.look import look  # noqa: PLC0415

    reading, _ = look(options.file, folder, options.agency, options.year)
    print(as_json(reading) if options.json else _findings(reading))
    failed = any(finding.severity == "error" for finding in reading.findings)
    return FOUND_ERRORS if failed else DONE


def _add(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake  # noqa: PLC0415

    first, *others = options.files
    if others or first.is_dir():
        return _add_many(options, folder)
    reading = intake.add(first, folder, options.agency, options.year, address=options.address)
    known = reading.agency is not None and reading.year is not None
    then = "运行 dashboard build 后入库" if known else "请加 --agency、--year 再登记一次，之后才能入库"
    print(f"已登记：{_summary(reading)}。{then}")
    return DONE


def _add_many(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake  # noqa: PLC0415

    if options.agency or options.year or options.address:
        raise WrongUsage("--agency、--year、--address 只用于单个文件；请分别登记，或去掉这些选项")
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
    from dashboard import intake  # noqa: PLC0415

    built = intake.build(folder)
    for reason in built.left_out:
        print(f"未入库：{reason}")
    print(
        f"已入库 {built.reports} 份报告、{built.facts:,} 条数据；数据版本 {built.data_version}；"
        f"新读 {built.anew} 份，未变 {built.unchanged} 份，未入库 {len(built.left_out)} 份"
    )
    return FOUND_ERRORS if built.left_out else DONE


def _facts(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import codebook, figures, records  # noqa: PLC0415

    agency = codebook.load(folder.codebook).agency_name(options.agency)
    reading, address = records.reading(folder, agency, options.year)
    if options.format == "json":
        print(as_json(reading))
    else:
        print(figures.written(figures.rows_of(reading, address)), end="")
    return DONE


def _accuracy(_options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import accuracy, codebook  # noqa: PLC0415
    from dashboard.accuracy.measure import corpora, measure  # noqa: PLC0415
    from dashboard.accuracy.prose import compared_texts, measure_prose  # noqa: PLC0415

    book = codebook.load(folder.codebook)
    cells = measure(corpora(book), book)
    prose = measure_prose(compared_texts(book), book)
    accuracy.written(cells)
    accuracy.written_prose(prose)
    print("\n".join([*map(accuracy.cell_line, cells), *map(accuracy.prose_line, prose)]))
    return FOUND_ERRORS if any(row.silent for row in cells) else DONE


def _serve(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake, store  # noqa: PLC0415
    from dashboard.errors import NoDatabase  # noqa: PLC0415

    try:
        store.published(folder)
    except NoDatabase:
        intake.build(folder)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(PROJECT / "src/dashboard/ui/server.py"),
        "--server.port",
        str(options.port),
    ]
    environment = {**os.environ, ENVIRONMENT: str(folder.root)}
    try:
        return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return DONE


def _version(_options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import codebook, records  # noqa: PLC0415

    book = codebook.load(folder.codebook)
    print(f"dashboard {__version__}；代码本 {book.version}；数据 {records.data_version(folder) or '未建库'}")
    return DONE


def _summary(reading: Reading) -> str:
    return (
        f"{reading.agency or '机关未知'} {reading.year or '年度未知'}，表式 {reading.edition or '无'}，"
        f"{len(reading.facts)} 条数据，{len(reading.findings)} 条核对结果"
    )


def _findings(reading: Reading) -> str:
    names = {"error": "错误", "warning": "提醒", "info": "说明"}
    lines = [f"{names[found.severity]} {found.rule}：{found.message}" for found in reading.findings]
    return "\n".join([_summary(reading), *lines])


if __name__ == "__main__":
    sys.exit(main())

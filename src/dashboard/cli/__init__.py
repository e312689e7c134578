"""The command `dashboard`: a module for each kind of command.

Exit codes: 0 done, 1 findings of severity error (check, ledger) or some reports left out (build, add), 2 refused
or wrong usage, with one line on standard error; 130 interrupted by Ctrl-C. Streamlit, pandas and plotly
are not loaded here, and DuckDB only by the commands that need it.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from dashboard import __version__
from dashboard.cli import changes, documents, gaps, ledger, serve, trend
from dashboard.cli.common import DONE, INTERRUPTED, REFUSED
from dashboard.errors import DashboardError
from dashboard.paths import ENVIRONMENT, DataFolder, data_folder


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
    for module in (documents, trend, gaps, ledger, changes, serve):
        module.add_to(commands)
    return parser


def _version(_options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import codebook, records

    book = codebook.load(folder.codebook)
    print(f"dashboard {__version__}；代码本 {book.version}；数据 {records.data_version(folder) or '未建库'}")
    return DONE

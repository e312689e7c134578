"""What every command uses: exit codes, how a command is made, what its arguments may be."""

import argparse
from datetime import date
from typing import Any

DONE, FOUND_ERRORS, REFUSED, INTERRUPTED = 0, 1, 2, 130


def command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own
    """A new command: its name, the function that runs it, and its one line of help."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    made.set_defaults(run=run)
    return made


def year(text: str) -> int:
    """The year that an argument names."""
    if not text.isdecimal() or not 2000 <= int(text) < 2100:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"不是年度：{text}")
    return int(text)


def day(text: str) -> date:
    """The day that an argument names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"不是日期（年-月-日）：{text}") from None

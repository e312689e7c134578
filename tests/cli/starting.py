"""The command in a process of its own, and a report of nobody."""

import os
import subprocess
import sys

UNTITLED = "政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息12条。\n"


def started(*arguments, **environment):
    """The command in a process of its own."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from dashboard.cli import main; sys.exit(main())",
            *map(str, arguments),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )

"""The command that opens the app."""

import argparse
import os
import subprocess
import sys
from typing import Any

from dashboard.cli.common import DONE, command
from dashboard.paths import ENVIRONMENT, PROJECT, DataFolder


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add `serve` to the parser."""
    serve = command(commands, "serve", _serve, "在浏览器中打开看板")
    serve.add_argument("--port", type=int, default=8501, help="端口（默认 8501）")


def _serve(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import intake, store
    from dashboard.errors import NoDatabase

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

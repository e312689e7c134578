"""A form as a PDF: LibreOffice, where it is installed, prints the Word document.

It writes the time of day, and identifiers made from it, into every file; they are made the form's own,
letter for letter in their place, so that one LibreOffice gives the same bytes for the same form.
"""

import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from dashboard.errors import WrongUsage

#: Seconds for one call of LibreOffice, however many documents it prints.
_PATIENCE: Final = 300
_CREATED = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_IDENTIFIER = re.compile(rb"[0-9A-F]{32}")
_IDENTIFIERS = re.compile(rb"/ID \[ <[0-9A-F]{32}>\s<[0-9A-F]{32}> \]|/DocChecksum /[0-9A-F]{32}")


def printed(documents: Mapping[str, bytes], day: date) -> dict[str, bytes]:
    """Each Word document as a PDF, by the same name, all in one call; `day` is the day they are dated.

    Names are file names without an ending. Raises WrongUsage where LibreOffice is missing or fails.
    """
    office = shutil.which("soffice")
    if office is None:
        raise WrongUsage("未安装 LibreOffice（soffice），不能写成 PDF；请安装后再试，或改用 docx")
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        sources = []
        for name, data in documents.items():
            sources.append(folder / f"{name}.docx")
            sources[-1].write_bytes(data)
        _convert(office, folder, sources)
        made = {name: folder / f"{name}.pdf" for name in documents}
        if not all(path.is_file() for path in made.values()):
            raise WrongUsage("LibreOffice 没有写出 PDF；请改用 docx，或检查 LibreOffice 能否运行")
        return {name: _dated(path.read_bytes(), day) for name, path in made.items()}


def _convert(office: str, folder: Path, sources: list[Path]) -> None:
    """Run LibreOffice once, with a profile of its own so that an open window does not take the call."""
    profile = (folder / "profile").as_uri()
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
    try:
        subprocess.run(  # noqa: S603 - our own command, on files we wrote
            command, capture_output=True, check=True, timeout=_PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise WrongUsage("LibreOffice 运行失败，没有写出 PDF；请改用 docx") from fault


def _dated(data: bytes, day: date) -> bytes:
    """The file with the form's date and with identifiers made from what it holds."""
    timeless = _identified(_CREATED.sub(f"{day:%Y%m%d}000000".encode(), data), b"0" * 32)
    digest = hashlib.sha256(timeless).hexdigest()[:32].upper()
    return _identified(timeless, digest.encode())


def _identified(data: bytes, identifier: bytes) -> bytes:
    return _IDENTIFIERS.sub(lambda found: _IDENTIFIER.sub(identifier, found[0]), data)

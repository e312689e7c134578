"""What only LibreOffice writes: a PDF of a Word document, an .xls of a workbook."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dashboard.errors import WrongUsage
from dashboard.forms import pdf

_PATIENCE = 300


def printed(package: bytes, day: date) -> bytes:
    """A Word document as a PDF dated `day`."""
    return pdf.printed({"form": package}, day)["form"]


def as_xls(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each workbook in the format of Excel 97, all in one call; names are file names without an ending."""
    office = shutil.which("soffice")
    if office is None:
        raise WrongUsage("未安装 LibreOffice（soffice），不能写成 xls")
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        for name, data in workbooks.items():
            (folder / f"{name}.xlsx").write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "xls:MS Excel 97", "--outdir", held]
        command += [str(folder / f"{name}.xlsx") for name in workbooks]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        return {name: (folder / f"{name}.xls").read_bytes() for name in workbooks}

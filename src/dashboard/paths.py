"""Where things lie: the data folder and what is in it.

The data folder is `--data`, else the environment variable DASHBOARD_DATA, else `data/` beside the
source. A folder without a codebook of its own uses the shipped one.
"""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "DASHBOARD_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of one data folder."""

    root: Path

    @property
    def codebook(self) -> Path:
        """The folder's own codebook, or the shipped one where it has none."""
        own = self.root / "codebook"
        return own if own.is_dir() else PROJECT / "data" / "codebook"

    @property
    def limits(self) -> Path:
        """The folder's own limits on documents; the file need not be there."""
        return self.root / "limits.toml"

    @property
    def gap_settings(self) -> Path:
        """The folder's own settings of gap rules; the file need not be there."""
        return self.root / "gap_settings.toml"

    @property
    def gap_states(self) -> Path:
        """What the office has decided on gaps, a line a decision; the file need not be there."""
        return self.root / "gap_states.csv"

    @property
    def figures(self) -> Path:
        """Figures entered by hand, one CSV an agency."""
        return self.root / "figures"

    @property
    def documents(self) -> Path:
        """Originals as received."""
        return self.root / "documents"

    @property
    def manifest(self) -> Path:
        """The list of the originals."""
        return self.documents / "documents.csv"

    @property
    def corrections(self) -> Path:
        """Figures found to be wrong, with what they should be; the file need not be there."""
        return self.root / "corrections.toml"

    @property
    def build(self) -> Path:
        """Published databases and the pointer to the current one."""
        return self.root / "build"

    @property
    def readings(self) -> Path:
        """What was read of each original, kept between builds; can be deleted at any time."""
        return self.build / "readings"


def data_folder(given: str | Path | None = None) -> DataFolder:
    """Return the data folder to work in: `given`, the environment's, or the shipped one."""
    chosen = given or os.environ.get(ENVIRONMENT) or PROJECT / "data"
    return DataFolder(Path(chosen).expanduser().resolve())

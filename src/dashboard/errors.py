"""What can go wrong, told in one line a person can act on.

DashboardError
├── Refused          a document that is not read: not a report, empty, damaged, ambiguous
├── CodebookError    the codebook is wrong: every problem at once, with file and row
├── FiguresError     a figures file is wrong: every problem at once, with its line
├── GapFilesError    gap_settings.toml or gap_states.csv is wrong: every problem at once, with its place
├── NoDatabase       nothing has been built yet in this data folder
├── BuildBusy        another process is building
└── WrongUsage       the call asks for something that cannot be
"""


class DashboardError(Exception):
    """Base of all errors that are the input's fault; `str()` of it is fit to show a person."""


class Refused(DashboardError):
    """A document that cannot be read; nothing of it is kept."""


class _ProblemsError(DashboardError):
    """Several faults at once, one line each in `problems`."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


class CodebookError(_ProblemsError):
    """The codebook contradicts itself; `problems` lists every fault with file and row."""


class FiguresError(_ProblemsError):
    """A figures file cannot be taken; `problems` lists every fault with its line."""


class GapFilesError(_ProblemsError):
    """A deployment's own settings or states of gaps cannot be taken; `problems` lists every fault."""


class NoDatabase(DashboardError):
    """There is no published database in the data folder."""


class BuildBusy(DashboardError):
    """Another build holds the lock of this data folder."""


class WrongUsage(DashboardError):
    """A call whose arguments cannot be met."""

"""How far reading many files has come: a bar on a terminal, counts for the lines printed afterwards."""

from typing import Self


class Progress:
    """Counts files as they are done; shows them on standard error where that is a terminal.

    `is_shown`: whether there is a bar; where there is none, log lines tell what is done.
    """

    def __init__(self, total: int) -> None:
        from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; reading one file does without

        self.anew = self.unchanged = self.left_out = 0
        self._bar = tqdm(total=total, desc="读取年报", unit="份", dynamic_ncols=True, disable=None)
        self.is_shown = not self._bar.disable  # a bar that was closed no longer knows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def count(self, *, anew: bool = False, unchanged: bool = False, left_out: bool = False) -> None:
        """One more file is done: read anew, unchanged since it was read, left out (also after reading)."""
        self.anew += anew
        self.unchanged += unchanged
        self.left_out += left_out
        self._bar.set_postfix_str(
            f"新读 {self.anew}，未变 {self.unchanged}，未收 {self.left_out}", refresh=False
        )
        self._bar.update()

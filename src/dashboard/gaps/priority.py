"""How pressing a gap is (standards, section 5): the rule's weight, more where it grew or came again.

Weights are in gap_rules.toml: 法规红线 100, 国办单项否决 80, 勾稽错误 70, 地方考核 50, 内部参考 30.
"""

from collections.abc import Iterable
from typing import Final

from dashboard.gaps.verdict import Verdict

_WORSE, _REPEATED, _UNDECIDED = 10, 10, 0.5
#: What may press: the rest is listed behind, without a score.
_SCORED: Final = ("short", "undecided")


def is_repeated(verdict: Verdict, before: Iterable[Verdict]) -> bool:
    """Whether the same item was short in the year before as well, so for two years at least."""
    return verdict.verdict == "short" and any(
        earlier.verdict == "short" and earlier.item == verdict.item for earlier in before
    )


def is_worse(verdict: Verdict, before: Iterable[Verdict]) -> bool:
    """Whether the same item falls further short than the year before, or was met then."""
    if verdict.verdict != "short":
        return False
    earlier = [told for told in before if told.item == verdict.item]
    return any(told.verdict == "met" for told in earlier) or any(
        told.verdict == "short"
        and told.shortfall is not None
        and verdict.shortfall is not None
        and told.shortfall < verdict.shortfall
        for told in earlier
    )


def score(weight: float, verdict: str, *, worse: bool, repeated: bool) -> float:
    """The priority of a verdict under a rule of this weight; 0 for what is neither short nor undecided."""
    if verdict not in _SCORED:
        return 0.0
    total = weight + _WORSE * worse + _REPEATED * repeated
    return total * (_UNDECIDED if verdict == "undecided" else 1.0)

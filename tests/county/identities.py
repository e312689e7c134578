"""What must hold between the cells of one report, and between a report and the one before it.

Written from the form, apart from the rules that the product checks by: it says which faults there truly are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .tables import GROUPS, Cell

_PARTS_OF_TOTAL = ("granted", "partial", "denied.", "unable.", "not_processed.", "other")
_SHEET_REPLIES = (
    "already_public",
    "granted",
    "partial",
    "denied",
    "unable.not_own_agency",
    "unable.nonexistent",
    "correction_notice",
    "other_route",
)
_UNABLE = ("unable.nonexistent", "unable.not_own_agency", "unable.unclear")


@dataclass(frozen=True)
class Equation:
    """Cells that must add up to the same on both sides, by the rule of this name."""

    rule: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.left, *self.right)


def equations(edition: str, cells: Mapping[Cell, object]) -> Iterator[Equation]:
    """The equations of an edition between the cells that a report may have."""
    if edition in ("2019", "2021"):
        for group in (*GROUPS, "total"):
            parts = [cell for cell in cells if cell[1] == group and _is_outcome(cell[0])]
            yield Equation("T3-02", (("req.outcome.total", group),), tuple(parts))
            left = (("req.new", group), ("req.carried_in", group))
            yield Equation("T3-01", left, (("req.outcome.total", group), ("req.carried_out", group)))
        for code in dict.fromkeys(code for code, group in cells if group):
            yield Equation("T3-03", ((code, "total"),), tuple((code, group) for group in GROUPS))
        for stem, rule in (("review", "T4-01"), ("lit.direct", "T4-02"), ("lit.after_review", "T4-02")):
            yield _sum(rule, f"{stem}.total", [f"{stem}.{end}" for end in _ENDS])
    elif edition == "2014":
        yield _sum("B-01", "req.new", [code for code, _ in cells if code.startswith("req.via.")])
        yield _sum("B-02", "req.completed", ["req.ontime", "req.extended"])
        yield _sum("B-03", "req.outcome.total", [f"req.outcome.{reply}" for reply in _SHEET_REPLIES])
        yield _sum("B-04", "req.outcome.denied", _below("req.outcome.denied.", cells))
        yield _sum("B-09", "org.staff", ["org.staff.fulltime", "org.staff.parttime"])
        for stem in ("review", "lit"):
            yield _sum("T4-08", f"{stem}.total", [f"{stem}.{end}" for end in _ENDS[:3]])
    else:
        yield _sum("A-01", "req.new", _below("req.via.", cells))
        reasons = [*_below("req.outcome.denied.", cells), *(f"req.outcome.{code}" for code in _UNABLE)]
        yield _sum("A-01", "req.outcome.denied", reasons)
        replies = ["req.outcome.granted", "req.outcome.partial", "req.outcome.denied"]
        yield _sum("A-01", "req.outcome.total", replies)
        if ("org.staff", None) in cells:
            yield _sum("B-09", "org.staff", ["org.staff.fulltime", "org.staff.parttime"])


_ENDS = ("upheld", "corrected", "other", "pending")


Break = tuple[str, Cell, str]


def between(before: Mapping[Cell, Decimal], after: Mapping[Cell, Decimal]) -> Iterator[Break]:
    """What does not follow from the year before: rule, cell, and the numbers in words."""
    yield from _requests_between(before, after)
    yield from _documents_between(before, after)
    for stem in ("license", "other_service", "penalty", "coercion", "fees"):
        items, change = (f"proactive.{stem}.items_prev", None), (f"proactive.{stem}.items_change", None)
        if items in before and items in after and before[items] + before[change] != after[items]:
            yield "T2-04", items, f"上年末 {before[items] + before[change]}，本年填 {after[items]}"
    for stem in ("review", "lit.direct", "lit.after_review"):
        pending, total = (f"{stem}.pending", None), (f"{stem}.total", None)
        if pending in before and total in after and before[pending] > after[total]:
            yield "T4-04", total, f"上年未审结 {before[pending]}，本年总计 {after[total]}"


def _requests_between(before: Mapping[Cell, Decimal], after: Mapping[Cell, Decimal]) -> Iterator[Break]:
    for group in ("total", *GROUPS):
        left, right = ("req.carried_out", group), ("req.carried_in", group)
        if left in before and right in after and before[left] != after[right]:
            rule = "T3-05" if group == "total" else "T3-06"
            yield rule, right, f"上年结转下年度 {before[left]}，本年上年结转 {after[right]}"
    completed, carried_in = ("req.completed", None), ("req.carried_in", "total")
    if completed in before and carried_in in after:
        expected = before["req.new", None] - before[completed]
        if after[carried_in] != expected:
            yield "T3-12", carried_in, f"上年收到减办结为 {expected}，本年上年结转 {after[carried_in]}"


def _documents_between(before: Mapping[Cell, Decimal], after: Mapping[Cell, Decimal]) -> Iterator[Break]:
    stock = ("proactive.normdocs.in_force", None)
    if stock in before and stock in after:
        expected = before[stock] + after[_documents("issued")] - after[_documents("repealed")]
        if after[stock] != expected:
            yield "T2-08", stock, f"按上年结存加减应为 {expected}，本年填 {after[stock]}"
    total = _documents("disclosed_total")
    if total in before and total in after:
        expected = before[total] + after[_documents("disclosed_new")]
        if after[total] != expected:
            yield "T2-03", total, f"按上年加本年新公开应为 {expected}，本年填 {after[total]}"


def _documents(suffix: str) -> Cell:
    return f"proactive.normdocs.{suffix}", None


def _is_outcome(code: str) -> bool:
    return code != "req.outcome.total" and code.removeprefix("req.outcome.").startswith(_PARTS_OF_TOTAL)


def _below(stem: str, cells: Mapping[Cell, object]) -> list[str]:
    return [code for code, _ in cells if code.startswith(stem)]


def _sum(rule: str, total: str, parts: Sequence[str]) -> Equation:
    return Equation(rule, ((total, None),), tuple((code, None) for code in parts))

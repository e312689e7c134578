"""问题整改清单: the list as offices use it. The rules fill what they can, states.py what the office said."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from dashboard.gaps import TO_DO, Gap
from dashboard.gaps.states import Decision
from dashboard.text import texts, words


def worksheet(
    gaps: Iterable[Gap], decisions: Mapping[str, Decision], place_of: Callable[[Gap], str], today: date
) -> list[dict[str, object]]:
    """The rows of the worksheet in the order of the gaps, by the columns as offices name them.

    `decisions` are those that hold, by the key of the gap (states.current). `place_of` says where the evidence of a gap stands in the report, "" where nowhere.
    """
    rows = [gap for gap in gaps if gap.verdict in TO_DO]
    return [
        _row(number, gap, decisions.get(gap.key), place_of(gap), today)
        for number, gap in enumerate(rows, start=1)
    ]


def _row(number: int, gap: Gap, decision: Decision | None, place: str, today: date) -> dict[str, object]:
    state = decision.state_on(today) if decision else "open"
    told = {
        "number": number,
        "key": gap.key,
        "problem": f"{gap.name}（{gap.item}）" if gap.item else gap.name,
        "verdict": words(f"verdict.{gap.verdict}"),
        "basis": f"{gap.basis}（{gap.basis_kind}）",
        "evidence": " ".join(filter(None, (gap.evidence, place))),
        "office": decision.office if decision else "",
        "person": decision.person if decision else "",
        "action": gap.action,
        "due": decision.due if decision else "",
        "result": decision.result if decision else "",
        "closed": texts("page.gaps.closed")[state] if decision else "",
        "state": texts("page.gaps.states")[state],
        "reason": decision.reason if decision else "",
    }
    return {words(f"page.gaps.column_{name}"): value for name, value in told.items()}

"""What the office has decided on gaps: gap_states.csv in the data folder, a line a decision, newest last.

It stands outside the build, so a rebuild loses none. Of several lines on one gap the last one holds; the
earlier ones stay as its history. Columns: agency, year, rule, item, state (open, accepted, done), reason,
until (a date: accepted until then), office, person, due (a date), result (a link), by, on (a date), key.
key names the gap among those of its report (G02-482130, see verdict.key_of): one rule may find several on one
item. A line without it, as files from before the column have them, speaks of every gap of its rule and item.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from dashboard.errors import GapFilesError, WrongUsage
from dashboard.gaps import TO_DO, Gap
from dashboard.locks import held
from dashboard.paths import DataFolder

STATES: Final = ("open", "accepted", "done")
_SECONDS_TO_WAIT = 10
_DATES: Final = ("until", "due", "on")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a gap, which is named by agency, year and key; rule and item ("" for none) tell a person which.

    Without a key it is on every gap of the rule and item.
    """

    agency: str
    year: int
    rule: str
    item: str
    state: str
    reason: str = ""
    until: str = ""
    office: str = ""
    person: str = ""
    due: str = ""
    result: str = ""
    by: str = ""
    on: str = ""
    key: str = ""

    def is_on(self, gap: Gap) -> bool:
        """Whether it speaks of this gap of its report."""
        if self.key:
            return self.key == gap.key
        return (self.rule, self.item) == (gap.rule, gap.item or "")

    def state_on(self, day: date) -> str:
        """The state on a day: what was accepted until an earlier day is open again."""
        is_over = self.state == "accepted" and self.until and date.fromisoformat(self.until) < day
        return "open" if is_over else self.state


_COLUMNS: Final = tuple(field.name for field in fields(Decision))
#: What a file may lack: it was kept before there were keys. The next decision recorded adds the column.
_LATER: Final = ("key",)


def decisions(folder: DataFolder) -> list[Decision]:
    """Every decision of the data folder, oldest first; [] where there is no file.

    Raises GapFilesError listing every fault with its line.
    """
    path = folder.gap_states
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise GapFilesError([f"{path.name} 不合格式：{fault}；请以 UTF-8 编码保存"]) from fault
    held = list(rows[0]) if rows else _COLUMNS
    lacking = [column for column in _COLUMNS if column not in (*held, *_LATER)]
    if lacking:
        raise GapFilesError([f"{path.name} 第 1 行：缺少列 {'、'.join(lacking)}"])
    unknown = [column for column in held if column is not None and column not in _COLUMNS]
    if unknown:  # the next decision recorded would drop it
        raise GapFilesError([f"{path.name} 第 1 行：没有 {'、'.join(unknown)} 这一列"])
    rows = [dict.fromkeys(set(_LATER) - set(held), "") | row for row in rows]
    faults = [
        f"{path.name} 第 {line} 行：{fault}"
        for line, row in enumerate(rows, start=2)
        for fault in _faults(row)
    ]
    if faults:
        raise GapFilesError(faults)
    return [_decision(row) for row in rows]


def _decision(row: Mapping[str, str]) -> Decision:
    agency, _, *rest = (row[name] for name in _COLUMNS)
    return Decision(agency, int(row["year"]), *rest)


def of_report(told: Iterable[Decision], agency: str, year: int) -> list[Decision]:
    """The decisions on the gaps of one report, oldest first."""
    return [one for one in told if (one.agency, one.year) == (agency, year)]


def record(folder: DataFolder, fresh: Sequence[Decision]) -> None:
    """Add decisions to the file, which is replaced whole: a crash leaves the old one.

    Raises WrongUsage for a decision that says too little, BuildBusy while another process writes.
    """
    faults = [fault for decision in fresh for fault in _faults(asdict(decision))]
    if faults:
        raise WrongUsage("；".join(faults))
    with held(folder, "gap_states", "另一个程序正在保存整改状态；请稍后再试", _SECONDS_TO_WAIT):
        try:
            _write(folder.gap_states, [*decisions(folder), *fresh])
        except OSError as fault:
            raise WrongUsage(
                f"{folder.gap_states.name} 未能写入（{fault.strerror}）；请检查数据文件夹的权限"
            ) from fault


def current(told: Iterable[Decision], gaps: Sequence[Gap]) -> dict[str, Decision]:
    """The decision that holds on each gap of a report, by the gap's key; `told` are the report's, oldest first."""
    return {gap.key: one for one in told for gap in gaps if one.is_on(gap)}


def without_gap(told: Iterable[Decision], gaps: Sequence[Gap]) -> list[Decision]:
    """The decisions whose gap the report has no longer, or meets now: kept, the last on each listed as such."""
    there = [gap for gap in gaps if gap.verdict in TO_DO]
    last = {(one.rule, one.item, one.key): one for one in told}
    return [one for one in last.values() if not any(one.is_on(gap) for gap in there)]


def on_several(told: Iterable[Decision], gaps: Sequence[Gap]) -> list[str]:
    """What to say of decisions without a key that hold on more than one gap, a line a rule and item."""
    held = current(told, [gap for gap in gaps if gap.verdict in TO_DO])
    counted = Counter((one.rule, one.item) for one in held.values() if not one.key)
    return [
        f"{rule}{f'（{item}）' if item else ''}的登记没有问题编号，对 {count} 条问题都有效；请逐条重新登记"
        for (rule, item), count in counted.items()
        if count > 1
    ]


def _write(path: Path, listed: Iterable[Decision]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(decision) for decision in listed)
    fresh.replace(path)


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "列数与表头不符"
        return
    if not str(row["year"]).isdecimal():
        yield f"year 应为年份，现为 {row['year']}"
    if row["state"] not in STATES:
        yield f"state 应为 {'、'.join(STATES)} 之一，现为 {row['state']}"
    for name in _DATES:
        if row[name] and not _is_date(row[name]):
            yield f"{name} 应为日期（如 2021-06-30），现为 {row[name]}"
    if row["state"] == "accepted" and not (row["reason"].strip() and row["until"]):
        yield "同意保留的须写明理由和期限"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

"""What changed between two builds, with what it means for the gap rules.

The database before is the last one with other contents: a rebuild that changes nothing keeps it, so that
what changed stays to be seen until something changes again.
"""

from collections.abc import Iterator
from typing import Any

from dashboard import gaps, queries
from dashboard.codebook import Codebook
from dashboard.gaps import Gap
from dashboard.queries.changes import COLUMNS
from dashboard.rows import records
from dashboard.store import Store, previous, published

_SHORT = "short"


def changes(
    store: Store, book: Codebook, agency: str | None = None, year: int | None = None
) -> list[dict[str, Any]]:
    """Every change since the database before, one row each with the columns of queries.changes.

    Beside those of queries.changes: new_gap and closed_gap (rule, severity, item, message: the evidence),
    judged on both databases by the gap rules of today, for agencies in which anything else changed.
    Raises NoDatabase where nothing is published.
    """
    published(store.folder)
    found = records(queries.changes(store, agency, year))
    before = previous(store.folder)
    if before is None:
        return found
    earlier = Store(store.folder, path=before)
    touched = {row["agency"] for row in records(queries.changes(store, agency))}
    for name in sorted(touched):
        found += _gap_changes(store, earlier, book, name, year)
    return found


def _gap_changes(
    store: Store, earlier: Store, book: Codebook, agency: str, year: int | None
) -> Iterator[dict[str, Any]]:
    years = {int(told) for one in (store, earlier) for told in queries.reports(one, agency)["year"]}
    for told in sorted(years if year is None else years & {year}):
        now, before = (_short(gaps.evaluate(one, book, agency, told)) for one in (store, earlier))
        for change, these, others in (("new_gap", now, before), ("closed_gap", before, now)):
            for key in these.keys() - others.keys():
                yield _row(change, agency, told, these[key])


def _short(found: list[Gap]) -> dict[tuple[str, str | None, str], Gap]:
    return {(gap.rule, gap.item, gap.evidence): gap for gap in found if gap.verdict == _SHORT}


def _row(change: str, agency: str, year: int, gap: Gap) -> dict[str, Any]:
    told = {"change": change, "agency": agency, "year": year, "name_zh": gap.name, "item": gap.item}
    said = {"rule": gap.rule, "severity": gap.severity, "message": gap.evidence}
    return dict.fromkeys(COLUMNS) | told | said

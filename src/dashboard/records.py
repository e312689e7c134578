"""What the published database holds of one report, as a Reading again, without pandas.

For the command line (`facts`, `--version`); pages use queries.py.
"""

import json
from typing import Any

from dashboard.errors import NoDatabase, WrongUsage
from dashboard.model import CellReference, Fact, Finding, Reading
from dashboard.paths import DataFolder
from dashboard.store import Store, sql


def reading(folder: DataFolder, agency: str, year: int) -> tuple[Reading, str]:
    """The report that stands for `agency` and `year`, and the address it was published at.

    Raises WrongUsage, naming what there is, when that report is not in the database.
    """
    cursor = Store(folder).cursor()
    wanted = {"agency": agency, "year": year}
    found = cursor.execute(sql("records/document"), wanted).fetchall()
    if not found:
        years = cursor.execute(sql("records/years"), {"agency": agency}).fetchall()
        held = "、".join(str(row[0]) for row in years) or "没有任何年度"
        raise WrongUsage(f"库中没有 {agency} {year} 年的年报；该机关现有：{held}")
    document, edition, address = found[0]
    facts = tuple(
        _fact(row) for row in cursor.execute(sql("records/facts"), {"document": document}).fetchall()
    )
    findings = _findings(cursor.execute(sql("records/findings"), {"document": document}).fetchall())
    return Reading(agency, year, edition, facts, findings), address or ""


def data_version(folder: DataFolder) -> str | None:
    """The version of the published data, None where nothing is published."""
    try:
        rows = Store(folder).cursor().execute("select value from meta where name = 'data'").fetchall()
    except NoDatabase:
        return None
    return str(rows[0][0])


def _fact(row: tuple[Any, ...]) -> Fact:
    indicator, group, item, value, status, raw, unit, source, locator = row
    trimmed = None if value is None else value.normalize()
    return Fact(indicator, group, item, trimmed, status, raw, unit, source, json.loads(locator))


def _findings(rows: list[tuple[Any, ...]]) -> tuple[Finding, ...]:
    found: dict[int, Finding] = {}
    for key, rule, severity, message, indicator, group, item, value, status in rows:
        cells = found[key].cells if key in found else ()
        if indicator is not None:
            trimmed = None if value is None else value.normalize()
            cells = (*cells, CellReference(indicator, group, item, trimmed, status))
        found[key] = Finding(rule, severity, message, cells)
    return tuple(found.values())

"""What changed between the database before and the current one: reports, figures, findings."""

import pandas as pd

from dashboard.store import Store, sql

#: The columns of `changes`, in their order.
COLUMNS = (
    "change",
    "agency",
    "year",
    "indicator",
    "name_zh",
    "unit_zh",
    "group",
    "group_label",
    "item",
    "was",
    "was_status",
    "value",
    "status",
    "rule",
    "severity",
    "message",
    "fact_id",
)


def changes(store: Store, agency: str | None = None, year: int | None = None) -> pd.DataFrame:
    """What is otherwise than in the database before (store.previous), of one agency or year, or all.

    Returns one row a change: new_report, gone_report and changed_report (another document, or another day of
    publication; message: the file), changed_value of a report that both have (was, was_status → value, status, fact_id; a status is missing where that database has no
    such cell), new_finding and closed_finding (rule, severity, message). Empty where there is no
    database before. What gap rules say of it is in dashboard.changes.
    """
    cursor = store.cursor_with_earlier()
    if cursor is None:
        return pd.DataFrame(columns=list(COLUMNS))
    asked = {"agency": agency, "year": year}
    parts = [
        cursor.execute(sql(f"changes/{name}"), asked).df() for name in ("reports", "figures", "findings")
    ]
    filled = [part.astype(object) for part in parts if len(part)]
    return (
        pd.concat(filled).reindex(columns=list(COLUMNS))
        if filled
        else parts[0].reindex(columns=list(COLUMNS))
    )

"""The columns of the facts and the small tables that pandas and polars answer from, as arrays in memory.

What one agency's page tells in words (status, sources, names) they leave out: they have less to do.
"""

from typing import Any

from dashboard.store import Store

FACT = """
select
    indicator_id::smallint as indicator_id, group_id::tinyint as group_id, answer_group_id::tinyint as answer_group_id,
    item_id::smallint as item_id, year::smallint as year, agency_id, document_id,
    source = 'table' as is_table, value::double as value, is_answer
from fact
"""
SMALL = {
    "agency": "select agency_id, name, level, function, region from agency",
    "document": "select document_id, agency_id, year, edition_id, speaks from document",
    "indicator": "select indicator_id, code as indicator, dimension, kind from indicator",
    "applicant_group": 'select group_id, code as "group" from applicant_group',
    "edition_cell": "select edition_id, indicator_id, group_id from edition_cell",
    "derived_answer": "select document_id, indicator_id, group_id, value::double as derived from derived_answer",
    "agency_finding": "select agency_id, finding_id, cells from agency_finding",
}
OUTCOMES = ("granted", "partial", "denied", "unable", "not_processed", "other")


def columns(store: Store, query: str) -> dict[str, Any]:
    """The columns of a query's answer as numpy arrays; a missing number is NaN."""
    return {
        name: values.filled(float("nan"))
        if hasattr(values, "filled") and values.dtype.kind == "f"
        else values
        for name, values in store.cursor().execute(query).fetchnumpy().items()
    }


def outcome_of(code: str) -> tuple[str, bool] | None:
    """The outcome that an indicator belongs to, and whether it is the whole of it (outcomes.sql)."""
    extra = {
        "req.outcome.already_public": "granted",
        "req.outcome.correction_notice": "other",
        "req.outcome.other_route": "other",
    }
    if code in extra:
        return extra[code], False
    named = code.removeprefix("req.outcome.").split(".")[0] if code.startswith("req.outcome.") else ""
    return (named, code == f"req.outcome.{named}" and named != "granted") if named in OUTCOMES else None

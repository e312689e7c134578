"""What a built database holds."""

import hashlib

from dashboard import manifest, records
from dashboard.intake import originals
from dashboard.store import Store

from ..small_databases import AGENCY


def rows(folder, query, **values):
    return Store(folder).cursor().execute(query, values or None).fetchall()


def facts(folder, agency=AGENCY, year=2020):
    return [
        (*fact.key, fact.value, fact.status, fact.unit, fact.source)
        for fact in records.reading(folder, agency, year)[0].facts
    ]


def contents(folder):
    """Every row that comes from a report, in the order it was written."""
    tables = ("document", "fact", "evidence", "section", "finding", "finding_cell", "meta")
    return {table: rows(folder, f"from {table}") for table in tables}


def many(folder, document, count):
    """Register so many reports of fictional agencies, without reading them."""
    text = document("示例县民政局-2020").decode()
    entries = []
    for number in range(count):
        agency = f"示例{chr(ord('甲') + number)}县民政局"
        file = f"{agency}/2020/report.txt"
        data = text.replace(AGENCY, agency).encode()
        (folder.documents / file).parent.mkdir(parents=True)
        (folder.documents / file).write_bytes(data)
        entries.append(
            (manifest.Received(agency, 2020, file, "", hashlib.sha256(data).hexdigest(), "2021-01-20"), None)
        )
    originals.register(folder, [], entries)

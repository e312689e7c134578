"""Small databases: lines of a figures file, and the store built from them."""

from dashboard.build import build
from dashboard.store import Store

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"


def line(  # noqa: PLR0913 - the columns of the file
    year,
    indicator,
    value,
    *,
    item="",
    group="",
    edition="2021",
    status="",
    source="narrative",
    agency=AGENCY,
):
    """A line of a figures file."""
    return f"{agency},{year},{edition},{indicator},{group},{item},{value},{status},,{source},,"


def put_figures(folder, *lines, name="office.csv"):
    """Write a figures file of these lines."""
    folder.figures.mkdir(parents=True, exist_ok=True)
    (folder.figures / name).write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


def built(folder, lines):
    """The store of a database built from these lines, all of which go in."""
    put_figures(folder, *lines)
    assert build(folder).left_out == ()
    return Store(folder)

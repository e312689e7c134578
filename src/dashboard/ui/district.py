"""The tables of a district on a page: each cell the sum of its agencies' reports, opening into its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.codebook import FormBlock, FormTable
from dashboard.formats import NO_NUMBER, number, quantity
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.ask import current_codebook, frame
from dashboard.ui.form import Lines, Place, form_lines
from dashboard.ui.grids import CELL_WIDTH, grid
from dashboard.ui.parts import card, download, empty, listed
from dashboard.ui.source import facts_of

Row = Mapping[str, Any]
#: Why an agency gives no number to a cell, in the order it is told.
REASONS = (
    *("blank", "dash", "unquantified", "unreadable"),
    *("not_asked", "not_comparable", "not_entered", "not_stated", "no_report"),
)


@dataclass(frozen=True, slots=True)
class District:
    """A district in a year: its agencies (queries.district_agencies), its sums (queries.district_sum) by cell.

    `key` tells its tables on the page from those of another district.
    """

    region: str
    year: int
    key: str
    members: Sequence[Row]
    sums: Mapping[Place, Row]


def said(key: str, **values: object) -> str:
    """A text of the page that shows this."""
    return words(f"page.compare.{key}", "zh", **values)


def sum_cards(district: District) -> None:
    """A card for each table of the form in force; one that says why where there is nothing to add."""
    if not any(row["numbers"] for row in district.sums.values()):
        with card(said("sum_none_title", year=district.year)):
            empty(said("sum_none", region=district.region, year=district.year))
        return
    for edition in current_codebook().editions.values():
        if edition.first_year <= district.year <= (edition.last_year or district.year):
            for table in edition.tables:
                _sum_card(district, table)


def _sum_card(district: District, table: FormTable) -> None:
    blocks = [(block, form_lines(block, lambda place: place in district.sums)) for block in table.blocks]
    rows = [district.sums[place] for _, lines in blocks for _, line in lines for place in line.values()]
    whole = sum(row["numbers"] == row["agencies"] for row in rows)
    told = {"region": district.region, "year": district.year, "agencies": rows[0]["agencies"]}
    title = said("sum_title", name=table.name_zh, cells=len(rows), whole=whole)
    with card(title, said("sum_caption", **told)):
        governments = [row["agency"] for row in district.members if row["type"] == "政府"]
        if governments:
            st.caption(said("sum_government", names="、".join(governments)))
        st.caption(words("table.choose_part"))
        for place, (block, lines) in enumerate(blocks):
            _block(district, block, lines, f"sum-{table.id}-{place}-{district.key}-{district.year}")
        st.caption(words("source.line", source=said("sum_source", **told)))
        download(_file_of(rows), f"district-{table.id}-{district.year}")


def _block(district: District, block: FormBlock, lines: Lines, key: str) -> None:
    """One grid of the form; the parts of the chosen cell below it."""
    if block.title:
        st.markdown(f"**{block.title}**")
    columns = list(next(line for _, line in lines if line))
    shown = pd.DataFrame(
        {words("form.row"): [label for label, _ in lines]}
        | {
            column: [_summed(district.sums[line[column]]) if line else "" for _, line in lines]
            for column in columns
        }
    )
    row, column = grid(shown, key, CELL_WIDTH) or (0, 0)
    if column and lines[row][1]:
        _parts(district, lines[row][1][columns[column - 1]])


def _summed(row: Row) -> str:
    """A cell: the number, and out of how many agencies where some give none."""
    value = number(row["value"])
    if row["numbers"] in (0, row["agencies"]):
        return value
    return said("sum_partial", value=value, numbers=row["numbers"], agencies=row["agencies"])


def _reason_words() -> dict[str, str]:
    """Why a table has no number; a report may lack a cell, or have it where it could not be read."""
    return texts("status") | {"not_stated": said("not_found")}


def _file_of(rows: Sequence[Row]) -> pd.DataFrame:
    """The cells of a table with their sums, and how many agencies are not in them and why."""
    status = _reason_words()
    return pd.DataFrame(
        {
            words("form.row"): [row["name_zh"] for row in rows],
            said("column_group"): [row["group_label"] or "" for row in rows],
            said("column_sum"): [row["value"] for row in rows],
            said("column_agencies"): [row["agencies"] for row in rows],
            said("column_numbers"): [row["numbers"] for row in rows],
        }
        | {status[reason]: [row[reason] for row in rows] for reason in REASONS}
    ).convert_dtypes()


def _reasons(row: Row) -> Iterator[str]:
    status = _reason_words()
    for reason in REASONS:
        if row[reason]:
            yield said("cell_reason", word=status[reason], count=row[reason])


def _parts(district: District, place: Place) -> None:
    """One cell: what each agency's report has there, with its source."""
    indicator, group = place
    status, row = _reason_words(), district.sums[place]
    st.markdown(
        said(
            "cell_title",
            name=" · ".join(filter(None, (row["name_zh"], row["group_label"]))),
            value=quantity(row["value"], row["unit_zh"]),
            agencies=row["agencies"],
            numbers=row["numbers"],
            reasons="".join(_reasons(row)),
        )
    )
    parts = records(
        frame("district_cell", region=district.region, year=district.year, indicator=indicator, group=group)
    )
    table = pd.DataFrame(
        {
            said("column_agency"): [part["agency"] for part in parts],
            said("column_value"): [part["value"] for part in parts],
            said("column_status"): [status[part["status"]] for part in parts],
            said("column_derived"): [part["derived_value"] for part in parts],
            said("column_edition"): [part["edition_name"] or NO_NUMBER for part in parts],
        }
    ).convert_dtypes()
    listed(table, [facts_of([part]) for part in parts], f"parts-{indicator}-{group or 'all'}")

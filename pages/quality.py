"""数据质量: can these numbers be trusted? Findings, completeness, what each missing mark means."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import accuracy, ui
from dashboard.formats import NO_NUMBER, percent
from dashboard.text import texts, words
from dashboard.ui.history import changes_card, corrections_card

#: Findings of reading itself have no number in the list of rules.
READING = "R-"
#: Columns of the grid of themes, in pixels: 159／161 and 依申请公开 fit; a phone scrolls.
YEAR_WIDTH, THEME_WIDTH = 72, 100
COLOURS = {"error": "red", "warning": "orange", "info": "gray"}


def w(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.quality.{key}", **values)


def has_tables() -> bool:
    """Whether any cell of the form is in: without one, no identity was put to the report."""
    cells = ui.frame("form_cells", agency=view.agency, year=view.year)
    return bool(cells["fact_id"].notna().any())


def findings_card() -> None:
    """Every finding of the year's report, errors first, each with its cells."""
    told = ui.frame("findings", agency=view.agency, year=view.year)
    tested = has_tables()
    title = w("findings_title_none" if tested else "findings_title_untested")
    if len(told):
        title = w("findings_title", count=len(told))
    with ui.card(title, w("findings_caption", year=view.year)):
        if told.empty:
            ui.empty(w("findings_none" if tested else "findings_untested", year=view.year))
        for place, row in enumerate(ui.records(told)):
            severity = row["severity"]
            badge = f":{COLOURS[severity]}-badge[{words(f'severity.{severity}')}]"
            rule = "" if row["rule"].startswith(READING) else f" :gray-badge[{row['rule']}]"
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f"{badge}{rule} {row['message']}", width="stretch")
                ui.source_button(ui.fact_ids(row["fact_ids"]), f"finding-{place}")


def filled(row: dict[str, Any]) -> str:
    """What an indicator or theme has in a year: places told; numbers out of places where some have none."""
    if not row["has_report"]:
        return w("not_in")
    if row["numbers"] == row["cells"]:
        return str(row["cells"]) if row["cells"] else NO_NUMBER
    return f"{row['numbers']}／{row['cells']}"


def grid(rows: pd.DataFrame, by: str, labels: dict[str, str], head: str) -> pd.DataFrame:
    """Completeness by theme or indicator and year, as words."""
    sums = rows.groupby([by, "year"], sort=False)
    together = sums.agg(cells=("cells", "sum"), numbers=("numbers", "sum"), has_report=("has_report", "max"))
    table = together.reset_index()
    table["said"] = [filled(row) for row in ui.records(table)]
    wide = table.pivot_table(index=by, columns="year", values="said", aggfunc="first", sort=False)
    wide.insert(0, head, [labels[code] for code in wide.index])
    wide.columns = wide.columns.map(str)
    return wide


def completeness_card() -> None:
    """What the reports of the years shown tell, by theme, and by indicator on demand."""
    title = w("grid_title", years=len(view.report_years), indicators=told["indicator"].nunique())
    with ui.card(title, w("grid_caption")):
        themes = grid(told, "theme", texts("page.quality.themes"), w("theme"))
        columns = {year: st.column_config.TextColumn(width=YEAR_WIDTH) for year in themes.columns[1:]}
        columns[w("theme")] = st.column_config.TextColumn(width=THEME_WIDTH, pinned=True)
        st.dataframe(themes, hide_index=True, height="content", column_config=columns)
        names = dict(zip(told["indicator"], told["name_zh"], strict=True))
        with st.expander(w("grid_detail"), type="compact"):
            st.dataframe(
                grid(told, "indicator", names, w("indicator")), hide_index=True, placeholder=NO_NUMBER
            )


def documents_card() -> None:
    """Where the figures come from: originals and figures files, and which one speaks."""
    reports = ui.frame("reports", agency=view.agency)
    kinds = [
        w("original")
        if row["kind"] == "original"
        else w("figures_full" if row["is_complete"] else "figures_excerpt")
        for row in ui.records(reports)
    ]
    table = pd.DataFrame(
        {
            w("column_year"): reports["year"],
            w("column_kind"): kinds,
            w("column_speaks"): [w("speaks") if speaks else "" for speaks in reports["speaks"]],
            w("column_edition"): reports["edition_name"],
            w("column_file"): reports["file"],
            w("column_digest"): reports["sha256"].str[:8],
            w("column_received"): reports["received"],
            w("column_address"): reports["address"],
        }
    )
    with ui.card(w("documents_title", count=len(table)), w("documents_caption")):
        st.dataframe(table, hide_index=True, placeholder=NO_NUMBER)


def accuracy_card() -> None:
    """How well the reader reads what is known beforehand, by edition and format."""
    rows = accuracy.published()
    if not rows:
        return
    cells, right, silent = (sum(getattr(row, name) for row in rows) for name in ("cells", "right", "silent"))
    table = pd.DataFrame(
        {
            w("accuracy_corpus"): [row.corpus for row in rows],
            w("accuracy_edition"): [w("accuracy_edition_name", edition=row.edition) for row in rows],
            w("accuracy_format"): [row.format for row in rows],
            w("accuracy_documents"): [row.documents for row in rows],
            w("accuracy_cells"): [row.cells for row in rows],
            w("accuracy_right"): [percent(row.right, row.cells) for row in rows],
            w("accuracy_unread"): [row.unread for row in rows],
            w("accuracy_silent"): [row.silent for row in rows],
            w("accuracy_flaws"): [part(row.found, row.flaws) for row in rows],
            w("accuracy_alarms"): [row.alarms for row in rows],
        }
    )
    title = w("accuracy_title", share=percent(right, cells), silent=silent)
    with (
        ui.card(title, w("accuracy_caption", cells=f"{cells:,}")),
        st.expander(w("accuracy_detail"), type="compact"),
    ):
        st.dataframe(table, hide_index=True)
        prose_accuracy()


def prose_accuracy() -> None:
    """How well the counts in sentences are read, by corpus and family of indicators."""
    rows = accuracy.published_prose()
    if not rows:
        return
    together = [row for row in rows if row.family == accuracy.ALL]
    facts, read, right = (sum(getattr(row, name) for row in together) for name in ("facts", "read", "right"))
    said = w(
        "accuracy_prose", facts=f"{facts:,}", precision=percent(right, read), recall=percent(right, facts)
    )
    st.caption(said)
    table = pd.DataFrame(
        {
            w("accuracy_corpus"): [row.corpus for row in rows],
            w("accuracy_family"): [row.name for row in rows],
            w("accuracy_facts"): [row.facts for row in rows],
            w("accuracy_read"): [row.read for row in rows],
            w("accuracy_right"): [row.right for row in rows],
            w("accuracy_precision"): [percent(row.right, row.read) for row in rows],
            w("accuracy_recall"): [percent(row.right, row.facts) for row in rows],
            w("accuracy_approximate"): [part(row.marked, row.approximate) for row in rows],
            w("accuracy_traps"): [part(row.taken, row.traps) for row in rows],
        }
    )
    st.dataframe(table, hide_index=True)


def part(count: int, whole: int) -> str:
    """A count out of a whole; no number where there is no whole."""
    return f"{count}／{whole}" if whole else NO_NUMBER


with ui.page("quality") as view:
    told = ui.frame(
        "completeness",
        agency=view.agency,
        first_year=min(view.report_years),
        last_year=max(view.report_years),
    )
    if view.report is None:
        answer = w("no_report", year=view.year)
    else:
        now = told[told["year"] == view.year][["cells", "numbers", "blanks", "unquantified"]].sum()
        found = ui.frame("findings", agency=view.agency, year=view.year)["severity"].value_counts()
        answer = w(
            "answer" if has_tables() or len(found) else "answer_untested",
            year=view.year,
            errors=found.get("error", 0),
            warnings=found.get("warning", 0),
            hints=w("answer_hints", count=found["info"]) if "info" in found else "",
            facts=now["cells"],
            numbers=now["numbers"],
            blanks=now["blanks"],
            unquantified=now["unquantified"],
        )
    ui.heading(w("question"), answer, view)
    if view.report is not None:
        findings_card()
    corrections_card(view)
    completeness_card()
    documents_card()
    changes_card(view)
    accuracy_card()
    with ui.card(w("legend_title")):
        st.markdown(w("legend"))

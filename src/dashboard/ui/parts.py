"""The pieces pages are made of: heading, tiles, cards, charts with their table, badges of states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.frame import CONFIG
from dashboard.charts.tile import sparkline_svg
from dashboard.formats import NO_NUMBER, number, quantity, years
from dashboard.gaps import Gap
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.ask import is_corrected
from dashboard.ui.page import View
from dashboard.ui.source import facts_of, show_sources, source_button

_VERDICTS = {
    "short": ("close", "orange"),
    "undecided": ("help", "orange"),
    "met": ("check", "green"),
    "not_applicable": ("remove", "gray"),
    "no_figure": ("remove", "gray"),
}
#: A verdict in a cell begins with one of these; up to so many characters it keeps to one line.
_SIGNS, _ONE_LINE = ("✓", "✕"), 8
_ARROWS = {"up": "arrow_upward", "down": "arrow_downward", "new": "add", "ceased": "block"}


def heading(question: str, answer: str, view: View) -> None:
    """The page's question, its answer in a sentence, and what it is based on."""
    st.title(question, anchor=False)
    st.markdown(answer)
    said = [view.agency, _report_words(view)]
    missing = [year for year in view.missing_years if year != view.year]
    if missing:
        said.append(words("basis.missing", years=years(missing)))
    if view.corrections:
        said.append(words("basis.corrected" if is_corrected() else "basis.published", count=view.corrections))
    example = f":violet-badge[{words('basis.example')}] " if view.is_example else ""
    st.caption(example + " · ".join(said))
    if view.report is None:
        st.caption(words("basis.add_hint", years=years(list(view.report_years))))


def _report_words(view: View) -> str:
    if view.report is None:
        return words("basis.no_report", year=view.year)
    return words("basis.full" if view.report["is_complete"] else "basis.excerpt", year=view.year)


@contextmanager
def card(title: str, caption: str = "") -> Iterator[None]:
    """A bordered block that says its finding first, then what is measured and how to read it."""
    with st.container(border=True, height="stretch", gap="small"):
        st.subheader(title, anchor=False)
        if caption:
            st.caption(caption)
        yield


def chart(
    figure: go.Figure,
    summary: str,
    source: str,
    table: pd.DataFrame,
    facts: Sequence[Sequence[int]],
    key: str,
) -> None:
    """A chart with its summary for screen readers, its source line and its table.

    `table` has the chart's numbers, one row a mark or series; `facts` are the facts of each row.
    """
    st.plotly_chart(figure, config=CONFIG, alt=summary, key=f"chart-{key}")
    st.caption(words("source.line", source=source))
    twin(table, facts, key)


def twin(table: pd.DataFrame, facts: Sequence[Sequence[int]], key: str, label: str = "table.open") -> None:
    """The same numbers as a table: choose a row to open its source, or take the file away."""
    opened = st.expander(words(label), type="compact", key=f"twin-{key}", on_change="rerun")
    with opened:
        if opened.open:
            listed(table, facts, key)


def chosen_in(table: pd.DataFrame, mode: Literal["single-row", "single-cell"], key: str, **shape: Any) -> Any:  # noqa: ANN401 - as Streamlit has them
    """A table to choose from (`mode`: single-row, single-cell), in a shape of its own; gives what is chosen."""
    shown: Any = st.dataframe(
        table,
        hide_index=True,
        placeholder=NO_NUMBER,
        on_select="rerun",
        selection_mode=mode,
        key=key,
        **shape,
    )
    return shown.selection


def listed(table: pd.DataFrame, facts: Sequence[Sequence[int]], key: str) -> None:
    """A table whose rows open their sources, with its CSV."""
    st.caption(words("table.choose"))
    chosen = chosen_in(table, "single-row", f"rows-{key}")
    download(table, key)
    for place in chosen.rows:
        sources_of(facts[place])


def download(table: pd.DataFrame, key: str) -> None:
    """A button that takes a table away as CSV, which Excel opens."""
    st.download_button(
        words("table.download"),
        table.to_csv(index=False).encode("utf-8-sig"),
        f"{key}.csv",
        "text/csv",
        key=f"csv-{key}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def sources_of(facts: Sequence[int]) -> None:
    """The sources of a chosen row or cell, or a word that it has none."""
    if facts:
        show_sources(facts)
    else:
        st.caption(words("source.none"))


def tile(label: str, rows: pd.DataFrame, key: str, note: str = "") -> None:
    """One number with its unit, its state against last year, five years of dots and its source.

    `rows` are the rows of one series (queries.trend), oldest first; the last one is the tile's year. `note`
    stands below the state.
    """
    now = records(rows)[-1]
    alt = words("tile.alt", label=label, series=_series_words(rows))
    badge = state_badge(now) + (f"  \n:small[{note}]" if note else "")
    plain_tile(label, value_words(now), badge, facts_of([now]), key, (sparkline_svg(rows), alt))


def plain_tile(
    label: str,
    value: str,
    badge: str,
    facts: Sequence[int],
    key: str,
    picture: tuple[str, str] | None = None,
) -> None:
    """One number with what is to be said of it, an SVG and its alt text if there is one, its source."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(label, value)
        st.markdown(badge)
        if picture:
            st.image(picture[0], alt=picture[1], width="stretch")
        source_button(facts, key)


def value_words(row: Mapping[str, Any]) -> str:
    """A tile's value: the number with its unit, the report's own word (多件), or —."""
    if row["value"] is not None:
        about = "≈ " if row["status"] == "approximate" else ""
        return about + quantity(row["value"], row["unit_zh"])
    if row["status"] == "unquantified" and row["raw"]:
        return str(row["raw"])
    return NO_NUMBER


def state_badge(row: Mapping[str, Any]) -> str:
    """The state against the year before as a grey badge: a sign and words, never a colour."""
    icon = f":material/{_ARROWS[row['state']]}: " if row["state"] in _ARROWS else ""
    # A badge does not wrap, and a longer one is cut off on a phone: the percentage stands beside it.
    percent = _percent(row)
    beside = f":small[{percent}]" if percent else ""
    derived = f" :gray-badge[{words('status.derived')}]" if row["status"] == "derived" else ""
    return f":gray-badge[{icon}{state_words(row).removesuffix(percent)}]{beside}{derived}"


def state_words(row: Mapping[str, Any]) -> str:
    """The state in words: 增加 1 条, 持平（上年 0 件）, 上年年报未入库, 年报未写数量, …"""
    state, unit = row["state"], row["unit_zh"]
    if state == "not_reported":
        return texts("missing")[row["status"]]
    if state == "no_base":
        reason = row["base_status"] if isinstance(row["base_status"], str) else "no_report"
        return words("state.no_base", reason=texts("missing_before")[reason])
    return words(
        f"state.{state}",
        change=quantity(abs(row["change"]), unit) if row["change"] is not None else "",
        base=quantity(row["base_value"], unit),
        percent=_percent(row),
    )


def _percent(row: Mapping[str, Any]) -> str:
    """（5.7%） for a rise or fall from a base large enough for one."""
    told = row["state"] in ("up", "down") and row["percent"] is not None
    return f"（{abs(row['percent']):g}%）" if told else ""


def verdict_badge(gap: Gap, word: str | None = None) -> str:
    """A verdict as a sign, a word and a colour: red only for what must be mended."""
    icon, colour = _VERDICTS[gap.verdict]
    if gap.verdict == "short":
        colour = {"red": "red", "amber": "orange"}.get(gap.severity, "gray")
    return f":{colour}-badge[:material/{icon}: {word or words(f'verdict.{gap.verdict}')}]"


def gap_lines(gap: Gap) -> None:
    """A gap in three short lines: verdict and name, evidence, basis; with its sources.

    A rule is named for the fault it finds: beside 达标 its basis says enough.
    """
    item = f"（{gap.item}）" if gap.item else ""
    name = f"**{gap.name}**{item}" if gap.verdict != "met" else gap.item or ""
    st.markdown(f"{verdict_badge(gap)} {name}")
    st.markdown(gap.evidence)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.caption(words("page.overview.basis", basis=gap.basis), width="stretch")
        source_button(gap.facts, f"gap-{gap.rule}-{gap.item}")


def plain_table(table: pd.DataFrame, numbers: Iterable[str] = (), alt: str | None = None) -> None:
    """A static table: numbers right-aligned with "—" for none, words left."""
    shown = table.copy()
    for column in numbers:
        shown[column] = shown[column].astype("Float64")
    cells: dict[Any, Any] = dict.fromkeys(shown, _one_line) | dict.fromkeys(numbers, _number_cell)
    styled = shown.style.format(cells, na_rep=NO_NUMBER)
    st.table(styled, border="horizontal", hide_index=True, alt=alt)


def empty(message: str) -> None:
    """A view without data: what is missing, why, and what to do next."""
    st.markdown(f":gray[:material/info: {message}]")


def _series_words(rows: pd.DataFrame) -> str:
    return "，".join(f"{row['year']} 年 {value_words(row)}" for row in records(rows))


def _one_line(value: object) -> str:
    """A cell of words: a short verdict is kept whole, as a browser may break Chinese anywhere."""
    said = str(value)
    if not said.startswith(_SIGNS) or len(said) > _ONE_LINE:
        return said
    return "\N{WORD JOINER}".join(said.replace(" ", "\N{NO-BREAK SPACE}"))


def _number_cell(value: object) -> str:
    return number(value) if isinstance(value, (int, float)) else NO_NUMBER

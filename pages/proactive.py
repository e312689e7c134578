"""主动公开与解读: what rules and decisions were made, and were they explained? Documents, interpretation, table 2."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.lines import SERIES_AT_MOST, series_lines
from dashboard.charts.welfare import categories_by_year
from dashboard.formats import number
from dashboard.text import texts, words
from dashboard.ui.form import form_grid
from dashboard.ui.ledger import stocks_ledger
from dashboard.ui.rates import metrics_of, rates_table
from dashboard.ui.series import by_year, in_words, names_of, source_of

Row = dict[str, Any]
THEMES = ("proactive.", "interp.", "site.", "finance.")
#: What a year's report may call the documents it issued, in the words of its form; the first one with a number counts.
ISSUED = ("proactive.normdocs.issued", "proactive.normdocs.made", "proactive.normdocs.added")
FLOWS = (*ISSUED, "proactive.normdocs.disclosed_new", "proactive.normdocs.repealed")
IN_FORCE = ("proactive.normdocs.in_force", "proactive.normdocs.disclosed_total")
DECISIONS = ("proactive.license.decisions", "proactive.penalty.decisions", "proactive.coercion.decisions")
MONEY = ("proactive.fees.amount", "proactive.procurement.projects", "proactive.procurement.amount")
PIECES = "interp.articles"
FORMS = "interp.form."
#: The tiles, each the first of its indicators that has a number in the year.
TILES = {"issued": ISSUED, "in_force": IN_FORCE, "pieces": (PIECES,), "license": DECISIONS[:1]}
#: Columns of the website that show rules, decisions and plans; the other columns are with the channels.
COLUMNS = (
    "policies",
    "consultation",
    "consultation_feedback",
    "decisions",
    "plans",
    "statistics",
    "penalty_license",
)
#: The gap rules on interpretation, whose verdicts stand beside the figures.
INTERPRETATION_RULES = ("G08", "G09", "G10")
#: Rules whose verdicts stand in other cards.
RULES_BESIDE = {"columns": ("G19",)}
#: The metrics that stand open; the others are behind the fold.
RATES = (
    "interpreted",
    "interpreted_of_issued",
    "articles_per_policy",
    "interpretation_formats",
    "interpretation_beyond_text",
    "normdocs_net",
    "normdocs_in_force_change",
    "normdocs_disclosed",
)
#: Cards that set unlike units side by side: never as a chart.
TABLES = ("money", "columns")


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.proactive.{key}", **values)


def of(codes: tuple[str, ...]) -> pd.DataFrame:
    """The rows of these indicators in the years shown, in the order of the codebook."""
    found = rows[rows["indicator"].isin(codes) & rows["year"].isin(view.years)]
    return found.assign(place=found["indicator"].map(place)).sort_values(["place", "year"])


def place(code: str) -> int:
    """Where an indicator stands in the codebook."""
    return order[code]


def now(*codes: str) -> Row | None:
    """The first of these indicators that has a number in the chosen year."""
    told = {row["indicator"]: row for row in this_year if row["value"] is not None}
    return next((told[code] for code in codes if code in told), None)


def answer() -> str:
    """The year in a sentence: documents, interpretation, decisions; without any, why."""
    if view.report is None:
        return said("no_report", year=view.year)
    clauses = []
    for key, codes in (("issued", ISSUED), ("in_force", IN_FORCE), ("pieces", (PIECES,))):
        if found := now(*codes):
            name = book.indicators[found["indicator"]].said_zh
            clauses.append(said(f"answer_{key}", name=name, value=ui.value_words(found)))
    told = [row for code in DECISIONS if (row := now(code))]
    if told:
        listed = "、".join(
            f"{book.indicators[row['indicator']].said_zh} **{ui.value_words(row)}**" for row in told
        )
        clauses.append(listed)
    if now(PIECES) is None:
        clauses.append(no_pieces())
    return said("answer", year=view.year, told="；".join(clauses))


def no_pieces() -> str:
    """Why there is no number of interpretations."""
    is_told = any(row["indicator"] == PIECES and row["status"] == "unquantified" for row in this_year)
    return said("no_pieces_unquantified" if is_told else f"no_pieces_{held}")


def breaks_in(shown: pd.DataFrame) -> pd.DataFrame:
    """Breaks of the indicators shown that lie between their first and last number."""
    numbers = shown[shown["value"].notna()]["year"]
    found = ui.frame("breaks", agency=view.agency, indicators=tuple(shown["indicator"].unique()))
    found = found[(found["first_year"] > numbers.min()) & (found["first_year"] <= numbers.max())]
    found = found.drop_duplicates("first_year")
    return found.assign(year=found["first_year"], label=found["label_zh"])


def figures_card(key: str, codes: tuple[str, ...]) -> None:
    """Indicators over the years: small panels of bars where they have a course, else the newest year as a table."""
    shown = of(codes)
    told = shown[shown["value"].notna()]
    if told.empty:
        absent.append(said(f"part_{key}"))
        return
    shown = shown[shown["indicator"].isin(told["indicator"])]
    with ui.card(latest(told), said(f"{key}_caption")):
        has_course = len(set(told["year"])) > 1 and (told["value"] > 0).any() and key not in TABLES
        (panels if has_course else newest_table)(key, shown)
        for gap in ui.ask_gaps(view.agency, view.year):
            if gap.rule in RULES_BESIDE.get(key, ()):
                ui.gap_lines(gap)


def panels(key: str, shown: pd.DataFrame) -> None:
    """A panel an indicator, on one scale, broken where the form changed."""
    broken, told = breaks_in(shown), shown[shown["value"].notna()]
    shown = shown.assign(
        category_label=shown["series"],
        category_order=shown["place"],
        reason_label=shown["status"].map(texts("status")),
    )
    table, facts = by_year(shown)
    ui.chart(categories_by_year(shown, broken), in_words(told), source_of(told), table, facts, key)
    notes = [said("reason", reason=reason) for reason in broken["reason_zh"]]
    st.caption("；".join([said("scale"), *notes]))
    ui.growth_line(view, names_of(shown))


def newest_table(key: str, shown: pd.DataFrame) -> None:
    """The newest figures and how they compare, with all years below."""
    told = shown[shown["value"].notna()]
    newest = ui.records(told[told["year"] == told["year"].max()])
    cells = {
        said("column_name"): [row["series"] for row in newest],
        said("column_value", year=newest[0]["year"]): [ui.value_words(row) for row in newest],
        said("column_state"): [ui.state_words(row) for row in newest],
    }
    ui.plain_table(pd.DataFrame(cells))
    st.caption(words("source.line", source=source_of(told)))
    ui.twin(*by_year(shown), key)


def latest(told: pd.DataFrame) -> str:
    """The newest year with numbers and its figures: 2024 年制发行政规范性文件 3 件、…"""
    newest = told[told["year"] == told["year"].max()]
    listed = "、".join(
        f"{row['series']} {ui.value_words(row)}" for row in ui.records(newest)[:SERIES_AT_MOST]
    )
    return said("latest", year=int(newest["year"].iloc[0]), listed=listed)


def interpretation_card() -> None:
    """Interpretation against the documents issued: pieces a document, by form, and the verdicts of the rules."""
    pieces, issued = now(PIECES), now(*ISSUED)
    told = [row for row in this_year if row["indicator"].startswith(FORMS) and row["value"] is not None]
    caption = (said("interpretation_forms") if told else "") + said("interpretation_caption")
    with ui.card(interpretation_title(pieces, issued), caption):
        if told:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                listed = "　".join(f":gray-badge[{row['series']}] {ui.value_words(row)}" for row in told)
                st.markdown(listed, width="stretch")
                ui.source_button(ui.facts_of(told), "forms")
        history = of((PIECES,))
        if history["value"].notna().sum() > 1:
            drawn = history.assign(series_order=0)
            table, facts = by_year(drawn)
            known = drawn[drawn["value"].notna()]
            ui.chart(
                series_lines(drawn, breaks_in(drawn), height=140),
                in_words(known),
                source_of(known),
                table,
                facts,
                "interp",
            )
            ui.growth_line(view, names_of(drawn))
        elif pieces is None:
            ui.empty(no_pieces() + "。" + said("no_pieces_hint"))
        for gap in ui.ask_gaps(view.agency, view.year):
            if gap.rule in INTERPRETATION_RULES:
                ui.gap_lines(gap)


def interpretation_title(pieces: Row | None, issued: Row | None) -> str:
    """How many pieces for how many documents; no ratio where a document is lacking or a figure is."""
    if pieces is None:
        return said("interpretation_none", year=view.year)
    told = {"year": view.year, "pieces": ui.value_words(pieces)}
    if issued is None:
        return said("interpretation_undue", **told)
    if not issued["value"]:
        return said("interpretation_no_documents", **told)
    each = number(round(pieces["value"] / issued["value"], 1))
    return said("interpretation_title", issued=ui.value_words(issued), each=each, **told)


def sheet_card() -> None:
    """Table 2 itself, the year before in brackets, where the year's form has one."""
    sheet = next((table for table in book.editions[view.report["edition"]].tables if table.id == "2"), None)
    if sheet is None:
        return
    form = ui.frame("form_cells", agency=view.agency, year=view.year)
    with ui.card(said("sheet_title", year=view.year, name=sheet.name_zh), said("sheet_caption")):
        if not form_grid(form, sheet, "table-2"):
            ui.empty(said(f"sheet_empty_{held}", year=view.year, name=sheet.name_zh))


with ui.page("proactive") as view:
    book = ui.current_codebook()
    order = {code: number for number, code in enumerate(book.indicators)}
    held = "full" if view.report is not None and view.report["is_complete"] else "excerpt"
    codes = tuple(code for code in book.indicators if code.startswith(THEMES))
    first = min(view.first_year, view.year - 1)
    rows = ui.frame("trend", agency=view.agency, indicators=codes, first_year=first, last_year=view.year)
    rows = rows.assign(
        series=rows["item"].fillna(rows["indicator"].map(lambda code: book.indicators[code].said_zh)),
        year=rows["year"].astype(int),
    )
    this_year = ui.records(rows[rows["year"] == view.year])
    absent: list[str] = []
    ui.heading(said("question"), answer(), view)
    if view.report is not None:
        with st.grid(4, min_column_width=150, gap="xsmall"):
            for key, told in TILES.items():
                code = (now(*told) or {"indicator": told[0]})["indicator"]
                ui.tile(texts("page.proactive.tiles")[key], rows[rows["indicator"] == code], f"tile-{key}")
        st.caption(words("tile.legend"))
        interpretation_card()
    cards = {"documents": FLOWS, "stock": IN_FORCE, "decisions": DECISIONS, "money": MONEY}
    drawn = sum(of(codes)["value"].notna().any() for codes in cards.values())
    with st.grid(2 if drawn > 1 else 1, min_column_width=330, gap="xsmall"):
        for key, codes in cards.items():
            figures_card(key, codes)
    figures_card(
        "columns", (*(f"site.{name}.posts" for name in COLUMNS), "finance.budget", "finance.special_funds")
    )
    if view.report is not None:
        stocks_ledger(view, ("proactive.",))
        with ui.card(said("rates_title", year=view.year), said("rates_caption")):
            rates_table(metrics_of(view, "interpretation", "proactive"), RATES, "proactive")
        sheet_card()
        if absent:
            ui.empty(said(f"absent_{held}", parts="、".join(absent)))

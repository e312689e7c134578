"""总览: how did this year go? Eight figures, what changed, what to mend first, which years are in."""

import pandas as pd
import streamlit as st

from dashboard import headlines, ui
from dashboard.charts.coverage import coverage_ribbon
from dashboard.formats import quantity, years
from dashboard.text import texts, words

FIRST_REPORT_YEAR = 2008
MOST_LISTED = 6
UNTOLD = ("undecided", "no_figure")
EXPLAINED = ("up", "down")
TIMELINESS, FOLLOW_UP = "G01", "G20"


def verdicts() -> headlines.Verdicts:
    """What leadership asks first: in time or not, how much to mend, what became of the promises."""
    count = {verdict: sum(gap.verdict == verdict for gap in gaps) for verdict in ("undecided", "no_figure")}
    timely = next((gap.verdict for gap in gaps if gap.rule == TIMELINESS), "no_figure")
    promised = [gap for gap in ui.ask_gaps(view.agency, view.year - 1) if gap.rule == FOLLOW_UP and gap.item]
    return headlines.Verdicts(
        timely,
        sum(gap.verdict == "short" and gap.severity in ("red", "amber") for gap in gaps),
        count["undecided"],
        count["no_figure"],
        len(promised),
        sum(gap.verdict == "met" for gap in promised),
        sum(gap.verdict in UNTOLD for gap in promised),
    )


def changed_indicators() -> tuple[str, ...]:
    """The indicators told in this year or the one before that can have changed."""
    told = ui.frame("completeness", agency=view.agency, first_year=view.year - 1, last_year=view.year)
    codes = dict.fromkeys(told[told["cells"] > 0]["indicator"])
    return tuple(
        code for code in codes if headlines.may_change(book.indicators[code]) and f"{code}.only" not in codes
    )


def explained(headline: headlines.Headline) -> str:
    """What a change of a total is made of, where the reports tell its parts."""
    if headline.kind not in EXPLAINED or headline.item:
        return ""
    parts = ui.frame("explain", agency=view.agency, indicator=headline.indicator, year=view.year)
    return headlines.explained(ui.records(parts), headline.indicator, book)


def medians() -> dict[str, str]:
    """The peers' median by tile, where at least five of them have a comparable number."""
    bands = ui.frame("peer_band", agency=view.agency, indicators=tuple(tiles), year=view.year)
    return {
        row["indicator"]: words(
            "page.overview.median", value=quantity(row["median"], row["unit_zh"]), count=row["numbers"]
        )
        for row in ui.records(bands)
        if row["median"] is not None
    }


def promises_card() -> None:
    """What the report of the year before named and promised, against the figures after it.

    Without one, an older report's, or else this year's own.
    """
    statements = ui.frame("statements", agency=view.agency)
    stated = statements[statements["year"] <= view.year]["year"]
    if stated.empty:
        return
    year = int(max(stated[stated < view.year], default=stated.max()))
    followed = [gap for gap in ui.ask_gaps(view.agency, year) if gap.rule == FOLLOW_UP]
    met = sum(gap.verdict == "met" for gap in followed)
    title = words("page.overview.promises", year=year, count=len(followed), met=met)
    if untold := sum(gap.verdict in UNTOLD for gap in followed):
        title += words("page.overview.promises_untold", count=untold)
    with ui.card(title, words("page.overview.promises_caption", year=year)):
        for gap in followed:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                badge = ui.verdict_badge(gap, words(f"page.overview.followed.{gap.verdict}"))
                st.markdown(f"{badge} **{gap.item}**　{gap.evidence}", width="stretch")
                ui.source_button(gap.facts, f"promise-{gap.item}")


with ui.page("overview") as view:
    book = ui.current_codebook()
    tiles = texts("page.overview.tiles")
    question = words("page.overview.question", year=view.year)
    if view.report is None:
        ui.heading(question, words("page.overview.no_report", year=view.year), view)
    else:
        series = ui.frame(
            "trend",
            agency=view.agency,
            indicators=tuple(tiles),
            first_year=min(view.first_year, view.year - 1),
            last_year=view.year,
        )
        gaps = ui.ask_gaps(view.agency, view.year)
        now = ui.records(series[series["year"] == view.year])
        ui.heading(question, headlines.year_in_a_sentence(now, book), view)
        line = headlines.verdict_line(verdicts(), is_complete=view.report["is_complete"])
        st.markdown(f":small[{line}]")

        peers = medians()
        with st.grid(4, min_column_width=150, gap="xsmall"):
            for code, label in tiles.items():
                ui.tile(label, series[series["indicator"] == code], f"tile-{code}", peers.get(code, ""))
        st.caption(words("tile.legend") + ("" if peers else words("page.overview.no_median")))
        ui.growth_table(view, tiles, "growth")

        codes = changed_indicators()
        rows = ui.frame(
            "trend", agency=view.agency, indicators=codes, first_year=view.year, last_year=view.year
        )
        broken = ui.frame("breaks", agency=view.agency, indicators=codes)
        reasons = {row.indicator: row.reason_zh for row in broken.itertuples() if row.first_year <= view.year}
        told = headlines.changes(ui.records(rows), view.year, reasons, book)
        # Beside a card with nothing to say the gaps would leave a void: then one stands below the other.
        left, right = st.columns([3, 2], gap="xsmall") if told else (st.container(), st.container())
        caption = words("page.overview.changed_caption") if told else ""
        with left, ui.card(words("page.overview.changed"), caption):
            if not told:
                before = view.year - 1
                why = "no_change_reason" if before in view.report_years else "no_base_reason"
                reason = words(f"page.overview.{why}", year=before)
                ui.empty(words("page.overview.changed_none", year=before, reason=reason))
            for place, headline in enumerate(told[:MOST_LISTED]):
                with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                    badge = f":gray-badge[{words(f'headline_kind.{headline.kind}')}]"
                    st.markdown(f"{badge} {headline.text}{explained(headline)}", width="stretch")
                    ui.source_button(headline.facts, f"change-{place}")

        short = [gap for gap in gaps if gap.verdict == "short" and gap.severity != "info"]
        caption = words("page.overview.first_caption", count=len(short)) if short else ""
        with right, ui.card(words("page.overview.first"), caption):
            if not short:
                none = "first_none" if view.report["is_complete"] else "first_none_excerpt"
                ui.empty(words(f"page.overview.{none}"))
            for gap in short[:4]:
                ui.gap_lines(gap)

        with left if short and told else right:
            promises_card()

    reports = ui.frame("reports", agency=view.agency)
    spoken = reports[reports["speaks"]].set_index("year")
    every = range(FIRST_REPORT_YEAR, max(view.report_years) + 2)
    state = {
        year: ("full" if spoken.loc[year, "is_complete"] else "excerpt")
        if year in spoken.index
        else "missing"
        for year in every
    }
    listed = [year for year in every if state[year] != "missing"]
    full = sum(told == "full" for told in state.values())
    key = "coverage" if full else "coverage_excerpts"
    title = words(f"page.overview.{key}", total=len(every), count=len(listed), full=full)
    caption = words("page.overview.coverage_caption", first=every[0], last=every[-1])
    with ui.card(title, caption):
        editions = [
            {"first_year": edition.first_year, "label": edition.name_zh[:4] + " 表式"}
            for edition in book.editions.values()
            if edition.first_year > every[0]
        ]
        table = pd.DataFrame(
            {
                words("page.overview.column_year"): list(every),
                words("page.overview.column_state"): [
                    words(f"chart.state.{told}") for told in state.values()
                ],
                words("page.overview.column_edition"): [
                    spoken.loc[year, "edition_name"] if year in spoken.index else None for year in every
                ],
                words("page.overview.column_address"): [
                    spoken.loc[year, "address"] if year in spoken.index else None for year in every
                ],
            }
        )
        ui.chart(
            coverage_ribbon(
                pd.DataFrame({"year": list(every), "state": list(state.values())}), pd.DataFrame(editions)
            ),
            words("page.overview.coverage_alt", first=every[0], last=every[-1], listed=years(listed)),
            words("page.overview.coverage_source"),
            table,
            [[] for _ in every],
            "coverage",
        )

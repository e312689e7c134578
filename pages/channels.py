"""渠道活跃度: which channels are alive? Accounts against two weeks, columns, media, platforms."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.channels import SMALLEST_BASE, cadence_strip, concentration_bar
from dashboard.charts.lines import SERIES_AT_MOST, series_lines
from dashboard.formats import NO_NUMBER, number, percent, quantity, years
from dashboard.gaps.judges.cadence import cadence
from dashboard.text import texts, words

Row = dict[str, Any]
#: The parts of the page by the codes of their indicators, in the order of the page.
PARTS = {
    "accounts": r"channel\.((weibo|video)\.)?account\.posts",
    "site": r"site\..+",
    "totals": r"channel\.(?!account)[a-z]+\.posts",
    "media": r"media\..+",
    "platform": r"platform\..+",
}
THEMES = ("channel.", "media.", "platform.", "site.")
LEADS = {"media": "media.outlet", "platform": "platform.replies"}
ENOUGH = 30
NAMED_AT_MOST = 3


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.channels.{key}", **values)


def printed(row: Row) -> str:
    """The number with its unit as printed, the report's own word, or the word for why there is none."""
    shown = ui.value_words(row | {"unit_zh": row["unit"]})
    return texts("status")[row["status"]] if shown == NO_NUMBER else shown


def newest(rows: pd.DataFrame) -> list[Row]:
    """The numbers of the newest year that has any."""
    told = rows[rows["value"].notna()]
    return ui.records(told[told["year"] == told["year"].max()])


def by_year(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[list[int]]]:
    """A line a series and a column a year, with a word where there is no number; the facts of each line."""
    lines, facts = [], []
    for name, told in rows.groupby("series", sort=False):
        if found := ui.facts_of(ui.records(told)):
            cells = {said("column_value", year=row["year"]): printed(row) for row in ui.records(told)}
            lines.append({said("column_series"): name} | cells)
            facts.append(found)
    return pd.DataFrame(lines), facts


def stale(name: str, year: int) -> None:
    """Say what stands instead of a number in the chosen year, and that a card shows an earlier one."""
    rows = parts[name][(parts[name]["year"] == view.year) & (parts[name]["status"] == "unquantified")]
    for row in ui.records(rows):
        word = said("written", word=row["raw"]) if row["raw"] else ""
        st.caption(said("word_note", year=view.year, name=row["series"], word=word))
    if year != view.year and view.report is not None:
        st.caption(said("stale", year=view.year, last=year))


def judged(told: list[Row]) -> list[Row]:
    """The accounts of a year, most posts first, with their share and the verdict of the two-week rule."""
    codes = {row["indicator"] for row in told}
    kind = texts("page.channels.account_platforms")[min(codes)] if len(codes) == 1 else said("column_item")
    total = sum(row["value"] for row in told)
    rows = []
    for row in sorted(told, key=lambda row: -row["value"]):
        posts, days = row["value"], 366 if row["year"] % 4 == 0 else 365
        verdict, least = cadence(posts, rule["days"], row["year"])
        new = {"posts": posts, "expected": least, "gap": round(days / posts, 1) if posts else None}
        new["verdict"] = verdict if row["year"] >= rule["first_year"] else "not_applicable"
        new["verdict_label"] = texts("page.channels.verdict")[new["verdict"]]
        new["share"] = percent(posts, total) if total >= SMALLEST_BASE else NO_NUMBER
        new |= {"total": quantity(total, row["unit"]), "listed": said("accounts", count=len(told), kind=kind)}
        rows.append(row | new | {"must_fix": rule["severity"] == "red"})
    return rows


def account_chart(figure: Any, columns: tuple[str, ...], key: str) -> None:  # noqa: ANN401 - a chart
    """A chart of the accounts with its source, and the named columns as its table."""
    year, listed = accounts[0]["year"], "，".join(f"{row['series']} {printed(row)}" for row in accounts)
    source = said(f"{key}_source", year=year, basis=rule["basis"])
    table = pd.DataFrame({said(f"column_{name}"): [row[name] for row in accounts] for name in columns})
    facts = [ui.facts_of([row]) for row in accounts]
    ui.chart(figure, said("share_alt", year=year, listed=listed), source, table, facts, key)


def cadence_card() -> None:
    """Every account as fortnights, and what each verdict means."""
    top, least, verdicts = accounts[0], accounts[0]["expected"], [row["verdict"] for row in accounts]
    groups = {kind: [row for row in accounts if row["verdict"] == kind] for kind in verdicts}
    counts = [said("count", count=len(rows), verdict=rows[0]["verdict_label"]) for rows in groups.values()]
    key = "cadence_title_same" if len(groups) == 1 < len(accounts) else "cadence_title"
    told = {"verdict": top["verdict_label"], "verdicts": "，".join(counts)}
    title = said(key, year=top["year"], listed=top["listed"], **told)
    with ui.card(title, said("cadence_caption", unit=top["unit"], least=least)):
        stale("accounts", top["year"])
        figure = cadence_strip(pd.DataFrame(accounts))
        account_chart(figure, ("item", "posts", "gap", "verdict_label"), "cadence")
        lines = []
        for kind, rows in groups.items():
            gaps = [said("gap", item=row["series"], gap=number(row["gap"])) for row in rows if row["gap"]]
            told = {"least": least, "twice": 2 * least, "gaps": "".join(gaps[:NAMED_AT_MOST])}
            lines.append(f":small[{said(f'meaning.{kind}', action=rule['action'], **told)}]")
        st.markdown("  \n".join(lines))


def share_card() -> None:
    """How much of all posts comes from one account; counts only where they are few."""
    posts = [row["value"] for row in accounts]
    told = accounts[0] | {"count": len(posts)}
    told["effective"] = number(round(sum(posts) ** 2 / (sum(value**2 for value in posts) or 1), 1))
    size = "few" if sum(posts) < SMALLEST_BASE else "small" if sum(posts) < ENOUGH else "enough"
    with ui.card(said(f"share_title_{size}", **told), said(f"share_{size}", **told)):
        account_chart(concentration_bar(pd.DataFrame(accounts)), ("item", "posts", "share"), "share")


def changed(row: Row) -> str:
    """A series' newest number, and how it compares where it can be compared."""
    state = f"，{ui.state_words(row).removeprefix('= ')}" if pd.notna(row["base_value"]) else ""
    return f"{row['series']} {printed(row)}{state}"


def breaks_of(drawn: pd.DataFrame) -> pd.DataFrame:
    """Breaks between the drawn numbers, named for the series they hold for unless that is all."""
    found = ui.frame("breaks", agency=view.agency, indicators=tuple(drawn["indicator"].unique()))
    numbers = drawn[drawn["value"].notna()]["year"]
    rows = []
    for (year, text), held in found.groupby(["first_year", "label_zh"]):
        names = drawn[drawn["indicator"].isin(held["indicator"])]["series"].unique()
        name = "" if len(names) == drawn["series"].nunique() else f"{'、'.join(names)}："
        if numbers.min() < year <= numbers.max():
            rows.append({"year": year, "label": name + text, "reason": held["reason_zh"].iloc[0]})
    return pd.DataFrame(rows, columns=["year", "label", "reason"])


def parts_named(rows: list[Row]) -> str:
    """Where in the report the numbers stand: 表格, 正文 or both."""
    return "和".join(texts("page.channels.part")[kind] for kind in sorted({row["source"] for row in rows}))


def posts_card(name: str) -> None:
    """Columns or channels: lines where a series of the newest year has earlier numbers, else a table."""
    told = newest(parts[name])
    year = told[0]["year"]
    rows = parts[name][parts[name]["year"].between(min(view.first_year, year), view.year)]
    counts = rows.groupby("series")["value"].count()
    told.sort(key=lambda row: -counts[row["series"]])
    finding = "；".join(map(changed, told[:2]))
    if counts[told[0]["series"]] == 1:
        table_card(name, finding)
        return
    shown = [row["series"] for row in told[:SERIES_AT_MOST]]
    drawn = rows[rows["series"].isin(shown)]
    drawn = drawn.assign(series_order=drawn["series"].map(shown.index))
    numbers, broken = ui.records(drawn[drawn["value"].notna()]), breaks_of(drawn)
    caption = said(f"{name}_caption") + said("lines")
    if (total := (counts > 0).sum()) > len(shown):
        caption += said("lines_more", shown=len(shown), total=total)
    caption += "".join(said("hollow", reason=reason) for reason in dict.fromkeys(broken["reason"]))
    with ui.card(said("posts_title", year=year, listed=finding), caption):
        stale(name, year)
        listed = "，".join(f"{row['year']} 年{row['series']} {printed(row)}" for row in numbers)
        source = said(
            "source_years", years=years([row["year"] for row in numbers]), part=parts_named(numbers)
        )
        ui.chart(series_lines(drawn, broken), listed, source, *by_year(rows), name)
        ui.growth_line(view, {(row["indicator"], row["named"]): row["series"] for row in told[: len(shown)]})
        ruled_lines(told)


def ruled_lines(told: list[Row]) -> None:
    """The verdict on a column that has a rhythm to keep, with its basis."""
    names = {row["series"] for row in told}
    for gap in ui.ask_gaps(view.agency, told[0]["year"]):
        if gap.rule == rules["site.dynamics.posts"]["id"] and gap.item in names:
            ui.gap_lines(gap)


def table_card(name: str, finding: str) -> None:
    """The numbers of the newest year as a table; where a report says none, its words stand beside the 0."""
    told = sorted(newest(parts[name]), key=lambda row: -row["value"])
    year, nil = told[0]["year"], texts("status")["nil"]
    for row in told:
        row["unit"] += f"（{(row['raw'] or '').strip('0') or nil}）" * (row["status"] == "nil")
    columns = {key: [row[key] for row in told] for key in ("series", "value", "unit")}
    with ui.card(title := said("posts_title", year=year, listed=finding), said(f"{name}_caption")):
        stale(name, year)
        table = pd.DataFrame({said(f"column_{key}", year=year): cells for key, cells in columns.items()})
        ui.plain_table(table, [said("column_value", year=year)], alt=title)
        st.caption(said("source_rows", year=year, part=parts_named(told)))
        window = parts[name]["year"].between(min(view.first_year, year), view.year)
        ui.twin(*by_year(parts[name][window]), name)
        ruled_lines(told)


def sums(name: str) -> str:
    """The sum of the newest year's media or platforms, each unit by itself; without any, another number."""
    told = newest(parts[name])
    main = [row for row in told if row["indicator"] == LEADS[name]]
    added = pd.DataFrame(main, columns=["unit", "value"]).groupby("unit", sort=False)["value"].sum()
    listed = "、".join(quantity(value, str(unit)) for unit, value in added.items())
    if none := sum(row["status"] == "nil" for row in main):
        listed += said("none", count=none)
    return said(f"{name}_sum", listed=listed) if main else changed(told[0])


def answer() -> str:
    """The year in a sentence: accounts, then columns, channels and platforms; without any, why."""
    if view.report is None:
        return said("no_report", year=view.year)
    clauses = [said(f"answer_earlier_{held}", last=accounts[0]["year"])] if accounts else []
    if accounts and accounts[0]["year"] == view.year:
        top, short = accounts[0], [row for row in accounts if row["verdict"] == "short"]
        names = "、".join(f"“{row['series']}” **{printed(row)}**" for row in short[:NAMED_AT_MOST])
        clauses = [said("answer_accounts", **top)]
        clauses += [said("answer_led", **top)] if len(accounts) > 1 and top["share"] != NO_NUMBER else []
        names += said("many", count=len(short)) if len(short) > NAMED_AT_MOST else ""
        clauses += [said("answer_short", items=names)] if short else []
    for name, rows in parts.items():
        told = [row for row in newest(rows) if row["year"] == view.year and name != "accounts"]
        named = [said("answer_posts", name=row["series"], value=printed(row)) for row in told[:2]]
        clauses += [sums(name)] if told and name in LEADS else named
    return said("answer", year=view.year, told="；".join(clauses or [said(f"answer_none_{held}")]))


with ui.page("channels") as view:
    rules = {code: rule for rule in reversed(ui.gap_rules()) for code in rule.get("indicators", ())}
    rule = rules["channel.account.posts"]
    held = "full" if view.report is not None and view.report["is_complete"] else "excerpt"
    codes = tuple(code for code in ui.current_codebook().indicators if code.startswith(THEMES))
    asked = {"first_year": min(view.report_years), "last_year": view.year}
    rows = ui.frame("trend", agency=view.agency, indicators=codes, **asked)
    rows = rows[rows["status"] != "derived"]  # sums of what is shown anyway
    names = rows["name_zh"].str.replace("(发布|公开信息)数$", "", regex=True)
    names = rows["item"].fillna(names) + rows["indicator"].map(texts("page.channels.suffix")).fillna("")
    rows = rows.assign(
        series=names, named=rows["item"], item=names, unit=rows["unit"].fillna(rows["unit_zh"])
    )
    parts = {name: rows[rows["indicator"].str.fullmatch(codes)] for name, codes in PARTS.items()}
    accounts = judged(newest(parts["accounts"]))
    ui.heading(said("question"), answer(), view)
    if accounts:
        cadence_card()
    often = (parts["accounts"].groupby("series")["value"].count() > 1).any()
    lines = [name for name in ("site", "totals", "accounts") if newest(parts[name])]
    cards = [partial(posts_card, name) for name in lines if often or name != "accounts"]
    cards += [partial(table_card, name, sums(name)) for name in LEADS if newest(parts[name])]
    cards += [share_card] if len(accounts) > 1 else []
    paired = len(cards) - len(cards) % 2
    with st.grid(2, min_column_width=330, gap="xsmall"):
        for card in cards[:paired]:
            card()
    for card in cards[paired:]:
        card()
    absent = [said(f"parts.{name}") for name, rows in parts.items() if not newest(rows)]
    if absent and view.report is not None:
        ui.empty(said(f"absent_{held}", parts="、".join(absent)))

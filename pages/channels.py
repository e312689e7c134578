"""渠道活跃度: which channels are alive? Accounts against two weeks, columns, media, platforms."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.channels import SMALLEST_BASE, cadence_strip, concentration_bar
from dashboard.charts.lines import SERIES_AT_MOST, series_lines
from dashboard.formats import NO_NUMBER, number, percent, quantity, years
from dashboard.gaps.judges import cadence
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
VERDICTS = ("met", "undecided", "short", "not_applicable", "no_figure")
COLOURS = {"met": "green", "undecided": "orange", "short": "orange"}
COMPARED = ("up", "down", "flat", "new", "ceased")
ENOUGH = 30
TWO_WEEKS = "G03"
NAMED_AT_MOST = 3


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.channels.{key}", **values)


def known(row: Row) -> bool:
    """Whether the row has a number."""
    return bool(row["value"] == row["value"])


def printed(row: Row) -> str:
    """The number with its unit as printed, the report's own word, or the word for why there is none."""
    shown = ui.value_words(row | {"unit_zh": row["unit"]})
    return texts("status")[row["status"]] if shown == NO_NUMBER else shown


def told_rows() -> pd.DataFrame:
    """Everything about channels to the chosen year, each row with its series' short name and unit."""
    codes = tuple(code for code in ui.current_codebook().indicators if code.startswith(THEMES))
    first = min(view.first_year, *view.report_years)
    rows = ui.frame("trend", agency=view.agency, indicators=codes, first_year=first, last_year=view.year)
    names = rows["name_zh"].str.replace("(发布|公开信息)数$", "", regex=True)
    return rows.assign(series=rows["item"].fillna(names), unit=rows["unit"].fillna(rows["unit_zh"]))


def newest(rows: pd.DataFrame) -> list[Row]:
    """What the newest year with a number tells; nothing where no year has any."""
    told = rows[rows["fact_id"].notna()]
    return ui.records(told[told["year"] == told[told["value"].notna()]["year"].max()])


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
    """Say why a card shows an earlier year than the one chosen, unless the heading has said it for all."""
    rows = parts[name][parts[name]["year"] == view.year]
    worded = ui.records(rows[rows["status"] == "unquantified"])
    for row in worded:
        st.caption(said("word_note", year=view.year, name=row["series"], word=printed(row)))
    if year != view.year and view.report is not None:
        st.caption(said("stale_word" if worded else "stale", year=view.year, why=why, last=year))


def judged(told: list[Row]) -> list[Row]:
    """The accounts of a year, most posts first, each with the verdict of the two-week rule."""
    platforms = texts("page.channels.account_platforms")
    several = len({row["indicator"] for row in told}) > 1
    rows = []
    for row in sorted(told, key=lambda row: -row["value"] if known(row) else 1):
        verdict, least = cadence(row["value"], rule["days"], row["year"])
        verdict = verdict if row["year"] >= rule["first_year"] else "not_applicable"
        item = f"{row['series']}（{platforms[row['indicator']]}）" if several else row["series"]
        gap = round((366 if row["year"] % 4 == 0 else 365) / row["value"], 1) if row["value"] > 0 else None
        judgement = {"kind": verdict if known(row) else "no_figure", "expected": least, "gap": gap}
        rows.append(row | {"item": item, "posts": row["value"]} | judgement)
    return rows


def accounts_listed() -> str:
    """Their number and kind: 3 个公众号."""
    kinds = {texts("page.channels.account_platforms")[row["indicator"]] for row in accounts}
    return said("accounts", count=len(accounts), kind=kinds.pop() if len(kinds) == 1 else said("column_item"))


def account_chart(figure: Any, table: pd.DataFrame, columns: tuple[str, ...], key: str) -> None:  # noqa: ANN401
    """A chart of the accounts with its source, and the named columns as its table."""
    year, listed = accounts[0]["year"], "，".join(f"{row['item']} {printed(row)}" for row in accounts)
    source = said(f"{key}_source", year=year, basis=rule["basis"])
    shown = table[list(columns)].set_axis([said(f"column_{name}") for name in columns], axis=1)
    facts = [ui.facts_of([row]) for row in accounts]
    ui.chart(figure, said("share_alt", year=year, listed=listed), source, shown, facts, key)


def cadence_card() -> None:
    """Every account as fortnights, and what each verdict means."""
    top, verdicts = accounts[0], texts("page.channels.verdict")
    groups = {kind: [row for row in accounts if row["kind"] == kind] for kind in VERDICTS}
    groups = {kind: rows for kind, rows in groups.items() if rows}
    counts = [said("count", count=len(rows), verdict=verdicts[kind]) for kind, rows in groups.items()]
    title = said("cadence_title", year=top["year"], listed=accounts_listed(), verdicts="，".join(counts))
    if len(accounts) == 1:
        told = {"item": top["item"], "posts": printed(top), "verdict": verdicts[top["kind"]]}
        title = said("cadence_title_one", year=top["year"], **told)
    with ui.card(title, said("cadence_caption", unit=top["unit"], least=top["expected"])):
        stale("accounts", top["year"])
        lanes = pd.DataFrame(accounts).assign(
            verdict=[row["kind"].replace("no_figure", "not_applicable") for row in accounts],
            verdict_label=[verdicts[row["kind"]] for row in accounts],
            must_fix=rule["severity"] == "red",
        )
        account_chart(cadence_strip(lanes), lanes, ("item", "posts", "gap", "verdict_label"), "cadence")
        lines = []
        for kind, rows in groups.items():
            gaps = [said("gap", item=row["item"], gap=number(row["gap"])) for row in rows if row["gap"]]
            meaning = said(f"meaning.{kind}", least=top["expected"], twice=2 * top["expected"])
            badge = f":{COLOURS.get(kind, 'gray')}-badge[{verdicts[kind]}]"
            lines.append(f":small[{badge} {'；'.join([meaning, *gaps[:NAMED_AT_MOST]])}]")
        lines += [f":small[{said('action', action=rule['action'])}]"] if "short" in groups else []
        st.markdown("  \n".join(lines))


def share_card() -> None:
    """How much of all posts comes from one account; counts only where they are few."""
    posts, top = [row["value"] for row in accounts if known(row)], accounts[0]
    total = sum(posts)
    told = {"year": top["year"], "item": top["item"], "count": len(posts), "total": quantity(total, "条")}
    told["effective"] = number(round(total**2 / (sum(value**2 for value in posts) or 1), 1))
    size = "few" if total < SMALLEST_BASE else "small" if total < ENOUGH else "enough"
    title = "share_title_few" if size == "few" else "share_title"
    with ui.card(said(title, share=percent(top["value"], total), **told), said(f"share_{size}", **told)):
        shares = [NO_NUMBER if size == "few" else percent(row["value"], total) for row in accounts]
        table = pd.DataFrame(accounts).assign(share=shares)
        account_chart(concentration_bar(table), table, ("item", "posts", "share"), "share")


def changed(row: Row) -> str:
    """A series' newest number, and how it compares where it can be compared."""
    state = f"，{ui.state_words(row)}" if row["state"] in COMPARED else ""
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


def posts_card(name: str) -> None:
    """Columns or channels: lines where a series of the newest year has earlier numbers, else a table."""
    told = [row for row in newest(parts[name]) if known(row)]
    year = told[0]["year"]
    rows = parts[name][parts[name]["year"].between(min(view.first_year, year), view.year)]
    counts = rows.groupby("series")["value"].count()
    told.sort(key=lambda row: -counts[row["series"]])
    title = said("posts_title", year=year, listed="；".join(map(changed, told[:2])))
    if counts[told[0]["series"]] == 1:
        table_card(name, told, title)
        return
    shown = [row["series"] for row in told[:SERIES_AT_MOST]]
    drawn = rows[rows["series"].isin(shown)]
    drawn = drawn.assign(series_order=drawn["series"].map(shown.index))
    numbers, broken = [row for row in ui.records(drawn) if known(row)], breaks_of(drawn)
    caption = said(f"{name}_caption") + said("lines_caption")
    caption += (
        said("more", shown=len(shown), total=(counts > 0).sum()) if (counts > 0).sum() > len(shown) else ""
    )
    caption += "".join(said("hollow", reason=reason) for reason in dict.fromkeys(broken["reason"]))
    with ui.card(title, caption):
        stale(name, year)
        listed = "，".join(f"{row['year']} 年{row['series']} {printed(row)}" for row in numbers)
        source = said("source_years", years=years([row["year"] for row in numbers]))
        ui.chart(series_lines(drawn, broken), listed, source, *by_year(rows), name)


def table_card(name: str, told: list[Row], title: str) -> None:
    """The numbers of one year as a table; where a report says none, its words stand beside the 0."""
    year, shown = told[0]["year"], [row for row in told if known(row)]
    units = [
        row["unit"] + said("said_none", word=row["raw"] or "") if row["status"] == "nil" else row["unit"]
        for row in shown
    ]
    columns = ([row["series"] for row in shown], [row["value"] for row in shown], units)
    heads = [said(f"column_{key}", year=year) for key in ("series", "value", "unit")]
    with ui.card(title, said(f"{name}_caption")):
        stale(name, year)
        ui.plain_table(pd.DataFrame(dict(zip(heads, columns, strict=True))), heads[1:2], alt=title)
        st.caption(said("source_rows", year=year))
        rows = parts[name]
        ui.twin(*by_year(rows[rows["year"].between(min(view.first_year, year), view.year)]), name)


def sums_card(name: str, lead: str) -> None:
    """Media or platforms: the sum of their newest year, each unit by itself, and the parts."""
    told = newest(parts[name])
    main = [row for row in told if row["indicator"] == lead and known(row)]
    year, sums = told[0]["year"], pd.DataFrame(main, columns=["unit", "value"]).groupby("unit", sort=False)
    listed = "、".join(quantity(value, str(unit)) for unit, value in sums["value"].sum().items() if value)
    title = said(f"{name}_title", year=year, listed=listed or quantity(0)) if main else ""
    nil = sum(row["status"] == "nil" for row in main)
    title += said("nil", count=nil) if nil else ""
    table_card(name, told, title or said("posts_title", year=year, listed=changed(told[0])))


def answer() -> str:
    """The year in a sentence: accounts, then columns, channels and platforms; without any, why."""
    clauses = [] if view.report is not None else [said("no_report", year=view.year)]
    fresh = bool(accounts) and accounts[0]["year"] == view.year
    if fresh:
        total, top = sum(row["value"] for row in accounts if known(row)), accounts[0]
        clauses.append(
            said("answer_accounts", year=view.year, listed=accounts_listed(), total=quantity(total, "条"))
        )
        if len(accounts) > 1 and total >= SMALLEST_BASE:
            clauses.append(said("answer_led", share=percent(top["value"], total), item=top["item"]))
        short = [row for row in accounts if row["kind"] == "short"]
        names = [said("answer_short_item", item=row["item"], posts=printed(row)) for row in short]
        clauses += [said("answer_short", items="、".join(names[:NAMED_AT_MOST]))] if short else []
    elif accounts and not clauses:
        clauses.append(said("answer_earlier", year=view.year, why=why, last=accounts[0]["year"]))
    for name in [name for name in parts if name != "accounts"]:
        told = [row for row in newest(parts[name]) if row["year"] == view.year and known(row)]
        clauses += [said("answer_posts", name=row["series"], value=printed(row)) for row in told[:2]]
    return "；".join(clauses or [said("answer_none", year=view.year, why=why)]) + "。"


with ui.page("channels") as view:
    rule = next(rule for rule in ui.current_codebook().gap_rules if rule["id"] == TWO_WEEKS)
    absence = (
        "no_report" if view.report is None else "not_stated" if view.report["is_complete"] else "not_entered"
    )
    why = said(f"why.{absence}")
    told = told_rows()
    parts = {name: told[told["indicator"].str.fullmatch(codes)] for name, codes in PARTS.items()}
    accounts = judged(newest(parts["accounts"]))
    ui.heading(said("question"), answer(), view)
    if accounts:
        cadence_card()
    cards = [partial(posts_card, name) for name in ("site", "totals") if newest(parts[name])]
    cards += [partial(sums_card, name, lead) for name, lead in LEADS.items() if newest(parts[name])]
    cards += [share_card] if len(accounts) > 1 else []
    with st.grid(min(len(cards), 2) or 1, min_column_width=330, gap="xsmall"):
        for card in cards:
            card()
    absent = [said(f"parts.{name}") for name, rows in parts.items() if not newest(rows)]
    if absent:
        ui.empty(said("absent", parts="、".join(absent)))

"""Were the agency's own normative documents interpreted, in which forms, and how does that compare?"""

from collections.abc import Iterator
from statistics import median

from dashboard.formats import number, percent
from dashboard.gaps.report import Report, Row
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids

_LEAST_PEERS = 5
_SHARE = "interp.form."


def covered(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Documents interpreted against documents issued; no interpretation at all is surely short.

    A count of pieces does not tell how many documents they cover (one may have several, some are
    reposts), so fewer pieces than documents is undecided and as many is not called met.
    """
    due, done = report.figure(rule["due"]), report.figure(rule["covered"])
    told = done or report.figure(rule["told"])
    said = report.absence("制发规范性文件数") if due is None else f"制发规范性文件 {number(due['value'])} 件"
    facts = ids([row["fact_id"] for row in (due, told) if row])
    if due is not None and not due["value"]:
        missing = f"；{report.absence('政策解读数', rule['told'])}" if told is None else ""
        verdict = "no_figure" if told is None else "not_applicable"
        yield Verdict(verdict, f"{said}，解读率不适用{missing}", None, facts)
    elif told is None:
        yield Verdict("no_figure", f"{said}；{report.absence('政策解读数', rule['told'])}", None, facts)
    elif due is None:
        yield Verdict("no_figure", f"{said}；政策解读 {_pieces(told)}", None, facts)
    elif done is not None:
        yield _rated(rule, said, due, done, facts)
    else:
        yield _by_pieces(said, due, told, facts, _compared(report))


def _rated(rule: Rule, said: str, due: Row, done: Row, facts: tuple[int, ...]) -> Verdict:
    lacking = float(due["value"]) * rule["least_share"] - float(done["value"])
    verdict = "short" if lacking > 0 else "met"
    evidence = f"{said}，已解读 {number(done['value'])} 件（{percent(done['value'], due['value'])}）"
    return Verdict(verdict, evidence, None, facts, None, max(lacking, 0.0))


def _by_pieces(said: str, due: Row, told: Row, facts: tuple[int, ...], compared: str) -> Verdict:
    pieces = f"政策解读 {_pieces(told)}"
    if not told["value"]:
        return Verdict(
            "short", f"{said}，{pieces}，没有解读{compared}", None, facts, None, float(due["value"])
        )
    if told["value"] < due["value"]:
        return Verdict("undecided", f"{said}，{pieces}，少于文件数，须逐件核对{compared}", None, facts)
    return Verdict("no_figure", f"{said}；{pieces}，其中解读本机关文件的件数未写{compared}", None, facts)


def _pieces(row: Row) -> str:
    return f"{number(row['value'])} {row['unit'] or '篇'}"


def _compared(report: Report) -> str:
    """Interpretations a document, beside the year before and the peers of the year; "" without any."""
    years = report.history.interpretations
    own, earlier = (
        [share for row in years.get(year, []) if row["is_own"] and (share := per_document(row)) is not None]
        for year in (report.year, report.year - 1)
    )
    peers = peer_shares(years.get(report.year, []))
    if not own:
        return ""
    beside = [f"上年 {number(round(earlier[0], 1))} 篇"] if earlier else []
    if peers:
        beside.append(f"同类机关中位数 {number(round(median(peers), 1))} 篇，{len(peers)} 家")
    words = f"（{'；'.join(beside)}）" if beside else ""
    return f"；平均每件文件解读 {number(round(own[0], 1))} 篇{words}"


def per_document(row: Row) -> float | None:
    """Interpretations a document, from a row of queries.interpretations; None without documents or a count."""
    if not row["documents"] or row["articles"] is None:
        return None
    return float(row["articles"]) / float(row["documents"])


def peer_shares(rows: list[Row]) -> list[float]:
    """What the peers publish a document, from a year's rows; [] where too few tell both numbers."""
    shares = [share for row in rows if not row["is_own"] and (share := per_document(row)) is not None]
    return shares if len(shares) >= _LEAST_PEERS else []


def forms(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Whether interpretations come in more than words: enough pieces, enough of them not plain text."""
    articles = report.figure([rule["articles"]])
    told = report.counted(report.book.matching(f"{_SHARE}*"))
    facts = ids([row["fact_id"] for row in [*([articles] if articles else []), *told]])
    if articles is None or not told:
        missing = "政策解读篇数" if articles is None else "各种形式的解读篇数"
        yield Verdict("no_figure", report.absence(missing, [rule["articles"]]), None, facts)
        return
    total = float(articles["value"])
    if total < rule["least_articles"]:
        evidence = f"政策解读 {number(total)} 篇，少于 {rule['least_articles']} 篇，不计比例"
        yield Verdict("not_applicable", evidence, None, facts)
        return
    used = [row for row in told if row["value"]]
    diverse = sum(float(row["value"]) for row in used if row["indicator"] not in rule["plain"])
    listed = "、".join(f"{report.name(row['indicator'])} {number(row['value'])} 篇" for row in used)
    evidence = f"政策解读 {number(total)} 篇，其中{listed or '各种形式均为 0 篇'}"
    is_whole = sum(float(row["value"]) for row in told) >= total
    is_enough = diverse / total >= rule["least_share"] and len(used) >= rule["least_forms"]
    if is_enough:
        yield Verdict("met", evidence, None, facts)
    elif is_whole:
        least = percent(rule["least_share"], 1)
        lacking = rule["least_share"] - diverse / total
        said = f"{evidence}；多样形式占 {percent(diverse, total)}，应达 {least}"
        yield Verdict("short", said, None, facts, None, lacking)
    else:
        yield Verdict("undecided", f"{evidence}；其余各篇的形式未写", None, facts)

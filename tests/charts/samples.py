"""Small tables as the charts take them, a figure of each chart, and what a figure shows."""

import itertools
import re

import pandas as pd

from dashboard.charts import (
    channels,
    coverage,
    lines,
    peers,
    requests,
    welfare,
)

OUTCOMES = ["granted", "partial", "denied", "unable", "not_processed", "other"]
OUTCOME_LABELS = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


def table(columns, rows):
    return pd.DataFrame(rows, columns=columns.split())


def points(*rows):
    """Rows of one series: year, value, status, segment."""
    found = [("政务动态", 0, *row, "未入库" if row[2] == "not_entered" else None) for row in rows]
    return table("series series_order year value status segment reason_label", found)


def matrix_cells(numbers, status="reported"):
    """A matrix of natural persons and firms, its totals blank."""
    groups = [("natural", "自然人"), ("firm", "商业企业"), ("total", "合计")]
    rows = []
    for order, (group, label) in enumerate(groups):
        for place, (outcome, name) in enumerate(
            zip([*OUTCOMES, "total"], [*OUTCOME_LABELS, "合计"], strict=True)
        ):
            value = numbers.get((group, outcome))
            rows.append(
                (group, label, order, outcome, name, place, value, "blank" if value is None else status)
            )
    return table("group group_label group_order outcome outcome_label outcome_order value status", rows)


def yearly(numbers):
    """Outcomes by year; None for a year that is missing."""
    rows = [
        (
            year,
            outcome,
            label,
            place,
            None if values is None else values[place],
            "not_entered" if values is None else "reported" if values[place] is not None else "blank",
            "年报未入库" if values is None else None,
        )
        for year, values in numbers.items()
        for place, (outcome, label) in enumerate(zip(OUTCOMES, OUTCOME_LABELS, strict=True))
    ]
    return table("year outcome outcome_label outcome_order value status reason_label", rows)


def accounts(*rows):
    return table("item posts verdict verdict_label expected", [(*row, 26) for row in rows])


THREE_ACCOUNTS = accounts(
    ("定海社会组织", 221, "met", "平均达标"),
    ("定海民政", 31, "undecided", "无法判定"),
    ("定海区第三社会福利院", 8, "short", "必有断更"),
)
GAP = points(
    (2020, 15, "reported", 1),
    (2021, None, "not_entered", 1),
    (2022, None, "not_entered", 1),
    (2023, 49, "reported", 1),
    (2024, 50, "reported", 1),
)
BREAKS = table("year label", [(2021, "2021 表式")])
REASONS = table(
    "year reason_label reason_order value status",
    [
        (year, reason, order, (year + order) % 4, "reported")
        for year in (2019, 2020, 2022, 2023, 2024, 2025)
        for order, reason in enumerate(["国家秘密", "法律行政法规禁止公开", "行政执法案卷"])
    ]
    + [(2020, "行政查询事项", 3, None, "blank"), (2024, "行政查询事项", 3, 12, "reported")],
)
MONTHS = table(
    "category_label category_order value status verdict verdict_label",
    [
        ("低保", 0, 28, "reported", "met", "平均达标"),
        ("低边", 1, 12, "reported", "undecided", "无法判定"),
        ("养老服务", 2, 7, "reported", "short", "必有空月"),
        ("临时救助", 3, None, "not_stated", "undecided", "无法判定"),
        ("孤困儿童", 4, 0, "nil", "ceased", None),
    ],
)
CATEGORIES = table(
    "category_label category_order year value status reason_label",
    [
        ("低保低边", 0, 2020, 45, "reported", None),
        ("低保低边", 0, 2023, 24, "derived", None),
        ("低保低边", 0, 2024, None, "not_stated", None),
        ("临时救助", 1, 2020, 12, "reported", None),
        ("临时救助", 1, 2023, 0, "nil", None),
    ],
)
PARTS = table(
    "category_label value is_fiscal",
    [("低保低边", 45, False), ("特困供养", 28, False), ("养老服务", 12, False), ("财政预决算", 6, True)],
)
REPORTS = table(
    "year state", [(2020, "full"), (2023, "excerpt"), (2024, "excerpt"), (2008, "missing"), (2025, "missing")]
)
EDITIONS = table("first_year label", [(2014, "2014 表式"), (2019, "2019 表式"), (2021, "2021 表式")])
BANDS = table(
    "indicator label unit p25 median p75",
    [
        ("posts", "政务动态", "条", 62, 78, 101),
        ("answers", "平台办理答复数（含网上信箱和热线）", "件", 16, 17, 51),
    ],
)
LIKE_AGENCIES = table(
    "indicator agency is_own value status is_comparable n",
    [
        (indicator, agency, agency == "本局", value, "reported", True, value)
        for indicator, values in (
            ("posts", (390, 55, 62, 101, 78, 390)),
            ("answers", (14, 176, 16, 14, 51, 17)),
        )
        for agency, value in zip(("本局", "甲局", "乙局", "丙局", "丁局", "戊局"), values, strict=True)
    ],
)
BUSY_YEARS = yearly({2023: [14, 4, 5, 7, 2, 2], 2024: None, 2025: [17, 5, 7, 11, 4, 1]})
BUSY_MATRIX = matrix_cells({("natural", "granted"): 17, ("natural", "denied"): 12, ("firm", "other"): 3})
FIGURES = {
    "coverage_ribbon": lambda: coverage.coverage_ribbon(REPORTS, EDITIONS),
    "matrix_of_dots": lambda: requests.request_matrix(matrix_cells({("natural", "granted"): 1})),
    "matrix_of_numbers": lambda: requests.request_matrix(BUSY_MATRIX),
    "outcomes_by_year": lambda: requests.outcomes_by_year(BUSY_YEARS),
    "reasons_heat": lambda: requests.reasons_heat(REASONS),
    "cadence_strip": lambda: channels.cadence_strip(THREE_ACCOUNTS),
    "concentration_bar": lambda: channels.concentration_bar(
        THREE_ACCOUNTS.rename(columns={"posts": "value"})
    ),
    "series_lines": lambda: lines.series_lines(GAP, BREAKS),
    "category_months": lambda: welfare.category_months(MONTHS),
    "categories_by_year": lambda: welfare.categories_by_year(CATEGORIES, BREAKS),
    "share_bar": lambda: welfare.share_bar(PARTS),
    "peer_bands": lambda: peers.peer_bands(BANDS, LIKE_AGENCIES),
}


def words_in(figure):
    """Every text of a figure, without markup."""
    texts = [note.text for note in figure.layout.annotations]
    texts += [text for trace in figure.data for text in (trace.text if isinstance(trace.text, tuple) else ())]
    return [re.sub(r"<[^>]+>", "", text.replace("<br>", "")) for text in texts]


def joined_years(trace):
    """Pairs of years that a line trace connects."""
    ends = list(zip(trace.x, trace.y, strict=True))
    return [(a[0], b[0]) for a, b in itertools.pairwise(ends) if a[1] is not None and b[1] is not None]


def dots(figure):
    return [shape for shape in figure.layout.shapes if shape.type == "circle"]

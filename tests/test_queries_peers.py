"""Peers: who is alike, what a band is made of, and when a place in it is said."""

import shutil

import pandas as pd
import pytest

from dashboard import queries
from dashboard.build import build
from dashboard.paths import PROJECT
from dashboard.store import Store

HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"
OWN = "示例县民政局"
OTHERS = [
    "示例县人民政府办公室",
    "示例县教育局",
    "示例县卫生健康局",
    "示例县自然资源和规划局",
    "示例县市场监督管理局",
]
POSTS = "site.dynamics.posts"


def line(agency, value, *, year=2023, indicator=POSTS, edition="2021", status="", source="narrative"):
    return f"{agency},{year},{edition},{indicator},,,{value},{status},,{source},,"


@pytest.fixture
def store(folder):
    """A database of lines of a figures file and, if wanted, of more agencies in the codebook."""

    def database(*lines, agencies=()):
        if agencies:
            shutil.copytree(PROJECT / "data" / "codebook", folder.root / "codebook")
            with (folder.codebook / "agencies.csv").open("a", encoding="utf-8") as file:
                file.writelines(f"{row}\n" for row in agencies)
        folder.figures.mkdir(parents=True, exist_ok=True)
        (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
        build(folder)
        return Store(folder)

    return database


def column(frame, name):
    return [None if pd.isna(value) else value for value in frame[name]]


def one(frame):
    (row,) = frame.to_dict("records")
    return {
        name: None if not isinstance(value, str) and pd.isna(value) else value for name, value in row.items()
    }


def band(store, likeness="district", indicator=POSTS, year=2023):
    return one(queries.peer_band(store, OWN, [indicator], year, likeness))


def test_agencies_of_the_same_level_in_the_district_are_alike(store):
    found = queries.peers(store(line(OWN, 20), line(OTHERS[0], 30)), OWN, [POSTS], 2023, "district")
    assert column(found, "agency") == [OWN, *OTHERS]
    assert column(found, "is_own") == [True] + [False] * 5
    assert column(found, "value") == [20, 30, None, None, None, None]
    assert column(found, "status") == ["reported", "reported"] + ["no_report"] * 4


def test_agencies_of_the_same_function_and_level_are_alike_wherever_they_are(store):
    """Another district's civil affairs office; not the city's, not another function, and nobody real."""
    more = [
        "a,甲县民政局,县,部门,民政,示例省示例市甲县,example,",
        "b,示例市民政局,市,部门,民政,示例省示例市,example,",
        "c,甲县教育局,县,部门,教育,示例省示例市甲县,example,",
        "d,甲县人民政府,县,政府,民政,示例省示例市甲县,example,",
    ]
    found = queries.peers(store(line(OWN, 20), agencies=more), OWN, [POSTS], 2023, "function")
    assert column(found, "agency") == [OWN, "甲县民政局"]


def test_real_and_fictional_agencies_are_never_each_others_peers(store):
    lines = [line(OWN, 20), line("定海区民政局", 30), line("嵊泗县民政局", 40)]
    database = store(*lines, agencies=["x,乙局,县,部门,水利,示例省示例市示例县,real,"])
    for likeness in ("function", "district"):
        told = {
            agency: set(queries.peers(database, agency, [POSTS], 2023, likeness)["agency"])
            for agency in (OWN, "定海区民政局")
        }
        assert told[OWN] & told["定海区民政局"] == set()
        assert "乙局" not in told[OWN]
    assert set(queries.peers(database, "定海区民政局", [POSTS], 2023)["agency"]) == {
        "定海区民政局",
        "嵊泗县民政局",
    }


def test_a_government_is_no_peer_of_departments(store):
    database = store(line("舟山市民政局", 20), line("舟山市人民政府", 900))
    found = queries.peers(database, "舟山市民政局", [POSTS], 2023, "district")
    assert "舟山市人民政府" not in set(found["agency"])


def test_quartiles_are_those_of_the_peers_without_the_agency_itself(store):
    """10, 20, 30, 40, 100: quartiles 20, 30, 40 by interpolation; our 1,000 changes nothing."""
    database = store(line(OWN, 1000), *map(line, OTHERS, (100, 10, 30, 20, 40)))
    told = band(database)
    assert [told[name] for name in ("peers", "numbers", "p25", "median", "p75")] == [5, 5, 20, 30, 40]
    assert (told["value"], told["position"]) == (1000, "above")


@pytest.mark.parametrize(
    ("own", "position"), [(19, "below"), (20, "within"), (30, "within"), (40, "within"), (41, "above")]
)
def test_the_place_in_a_band_counts_its_edges_in(store, own, position):
    database = store(line(OWN, own), *map(line, OTHERS, (10, 20, 30, 40, 100)))
    assert band(database)["position"] == position


def test_under_five_peers_with_a_number_there_is_no_band_and_no_place(store):
    database = store(line(OWN, 50), *map(line, OTHERS[:4], (10, 20, 30, 40)))
    told = band(database)
    assert [told[name] for name in ("peers", "numbers", "no_report")] == [5, 4, 1]
    assert [told[name] for name in ("p25", "median", "p75", "position")] == [None] * 4


def test_under_ten_cases_no_place_is_said_and_small_peers_are_counted(store):
    database = store(line(OWN, 9), *map(line, OTHERS, (3, 9, 10, 40, 100)))
    told = band(database)
    assert (told["median"], told["position"], told["n"], told["small"]) == (10, None, 9, 2)


def test_a_word_or_a_blank_is_no_number_of_a_peer(store):
    lines = [line(agency, 10) for agency in OTHERS[:3]]
    lines += [line(OTHERS[3], "", status="blank"), line(OTHERS[4], "多篇", status="unquantified")]
    told = band(store(line(OWN, 10), *lines))
    assert [told[name] for name in ("numbers", "not_told", "no_report")] == [3, 2, 0]


def test_a_peer_on_a_form_that_counts_otherwise_is_shown_and_not_compared(store):
    """The channels of a late report on the sheet of 2014 are counted by another definition."""
    lines = [line(agency, 10, indicator="channel.website.posts") for agency in (OWN, *OTHERS[:4])]
    lines += [line(OTHERS[4], 999, indicator="channel.website.posts", edition="2014", source="table")]
    database = store(*lines)
    found = queries.peers(database, OWN, ["channel.website.posts"], 2023, "district")
    assert column(found, "value")[-1] == 999
    assert column(found, "is_comparable") == [True] * 5 + [False]
    told = band(database, indicator="channel.website.posts")
    assert [told[name] for name in ("numbers", "not_comparable", "median")] == [4, 1, None]


def test_a_peer_whose_form_does_not_ask_says_so(store):
    indicator = "proactive.license.items_change"
    lines = [line(OWN, 3, indicator=indicator, edition="2019"), line(OTHERS[0], 3)]
    found = queries.peers(store(*lines), OWN, [indicator], 2023, "district")
    assert column(found, "status")[:2] == ["reported", "not_asked"]


def test_counts_of_a_band_add_up_to_the_peers(store):
    lines = [line(OWN, 20), line(OTHERS[0], 10), line(OTHERS[1], "", status="dash")]
    told = band(store(*lines))
    reasons = ("no_report", "not_asked", "not_comparable", "too_few", "not_told")
    assert told["numbers"] + sum(told[name] for name in reasons) == told["peers"] == 5


def test_an_agency_of_another_year_has_no_number_of_this_one(store):
    database = store(line(OWN, 20, year=2022), line(OTHERS[0], 10, year=2022))
    told = band(database)
    assert (told["status"], told["no_report"], told["value"]) == ("no_report", 5, None)


def test_rows_are_one_an_indicator_and_agency_in_the_order_asked(store):
    asked = ["proposals", POSTS, "req.new"]
    found = queries.peers(store(line(OWN, 20)), OWN, asked, 2023, "district")
    assert len(found) == len(found[["indicator", "agency"]].drop_duplicates()) == 3 * 6
    assert list(dict.fromkeys(found["indicator"])) == asked
    assert list(queries.peer_band(store(line(OWN, 20)), OWN, asked, 2023)["indicator"]) == asked


def test_an_agency_that_is_not_listed_has_no_peers(store):
    database = store(line("没有登记的局", 20))
    for likeness in ("function", "district"):
        found = queries.peers(database, "没有登记的局", [POSTS], 2023, likeness)
        assert column(found, "agency") == ["没有登记的局"]
    assert queries.peers(database, "没有听说过的局", [POSTS], 2023).empty
    assert queries.peer_band(database, "没有听说过的局", [POSTS], 2023).empty


def test_figures_from_elsewhere_in_the_same_columns_have_bands_too(store):
    """Rates with their denominators as n: 40 % of 9 cases is told no place."""
    values = [(True, 40.0, 9)] + [(False, rate, 50) for rate in (10.0, 20.0, 30.0, 40.0, 50.0)]
    rows = pd.DataFrame(
        [("rate", "公开率", "%", is_own, value, "reported", True, n) for is_own, value, n in values],
        columns=["indicator", "name_zh", "unit_zh", "is_own", "value", "status", "is_comparable", "n"],
    )
    database = store(line(OWN, 20))
    assert (
        one(queries.band_of(database, rows))["p25"],
        one(queries.band_of(database, rows))["position"],
    ) == (20, None)
    rows.loc[0, "n"] = 10
    assert one(queries.band_of(database, rows))["position"] == "within"


def rate_lines(agency, granted, total, *, carried_out=0):
    cells = {
        "outcome.granted": granted,
        "outcome.partial": 0,
        "outcome.total": total,
        "carried_out": carried_out,
    }
    cells |= {"new": total + carried_out, "carried_in": 0}
    return [
        line(agency, value, indicator=f"req.{name}").replace(",,,", ",total,,", 1)
        for name, value in cells.items()
    ]


def test_rates_of_peers_have_counts_and_a_band_and_none_on_fewer_than_ten_cases(store):
    """Shares of 20: 10 to 50 %; the sixth agency has 9 of 9 and no rate, so that five have one."""
    granted = {OWN: 3, **dict(zip(OTHERS, (2, 4, 6, 8), strict=False))}
    lines = [row for agency, count in granted.items() for row in rate_lines(agency, count, 20)]
    database = store(*lines, *rate_lines(OTHERS[4], 9, 9))
    rows = queries.peer_rates(database, OWN, ["disclosure", "carry_over"], 2023, "district")
    assert list(rows["agency"]) == [OWN, *OTHERS] * 2
    assert list(rows["indicator"].unique()) == ["disclosure", "carry_over"]
    told = rows[rows["indicator"] == "disclosure"]
    assert column(told, "value") == [15, 10, 20, 30, 40, None]
    assert list(told["status"])[-1] == "small_n"
    assert (told["numerator"].iloc[-1], told["n"].iloc[-1]) == (9, 9)
    assert set(told["denominator_zh"]) == {"办理结果总计"}
    assert all(len(facts) == 3 for facts in told["part_ids"])
    few = one(queries.band_of(database, told))
    assert (few["numbers"], few["too_few"], few["not_told"], few["median"], few["position"]) == (
        *(4, 1, 0),
        *(None, None),
    )


def test_five_rates_make_a_band_and_an_agency_without_cases_is_counted_apart(store):
    """10, 20, 30, 40, 50 %: median 30; the own 15 % lies below the first quartile of 20."""
    granted = {OWN: 3, **dict(zip(OTHERS, (2, 4, 6, 8, 10), strict=True))}
    lines = [row for agency, count in granted.items() for row in rate_lines(agency, count, 20)]
    database = store(*lines)
    rows = queries.peer_rates(database, OWN, ["disclosure"], 2023, "district")
    band = one(queries.band_of(database, rows))
    assert (band["p25"], band["median"], band["p75"], band["position"]) == (20, 30, 40, "below")
    none = store(*(row for agency in (OWN, *OTHERS) for row in rate_lines(agency, 0, 0)))
    empty = one(queries.band_of(none, queries.peer_rates(none, OWN, ["disclosure"], 2023, "district")))
    assert (empty["numbers"], empty["too_few"], empty["median"]) == (0, 5, None)


def test_a_rate_of_another_form_is_not_comparable_where_its_series_breaks(store):
    lines = rate_lines(OWN, 3, 20) + [row.replace(",2021,", ",2014,") for row in rate_lines(OTHERS[0], 3, 20)]
    rows = queries.peer_rates(store(*lines), OWN, ["disclosure"], 2023, "district")
    assert list(rows["is_comparable"])[:2] == [True, False]
    assert queries.peer_rates(store(*lines), "没有听说过的局", ["disclosure"], 2023).empty


def test_a_blank_total_that_follows_in_two_ways_is_one_row(store):
    """A blank 建议提案 follows from its two parts by the check and by what is added up at load."""
    parts = [line(OWN, 3, indicator=f"proposals.{kind}", source="table") for kind in ("npc", "cppcc")]
    blank = line(OWN, "", indicator="proposals", status="blank", source="table")
    found = queries.peers(store(blank, *parts), OWN, ["proposals"], 2023, "district")
    assert column(found, "value")[:1] == [6]
    assert list(found["agency"]) == [OWN, *OTHERS]

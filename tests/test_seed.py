"""The real report of 定海区民政局 for 2020, cell by cell and count by count. Left out where ../shared is absent."""

from collections import Counter
from decimal import Decimal

import pytest

from dashboard import figures

CELLS = {
    ("proactive.rules.made", None): "0",
    ("proactive.rules.disclosed_new", None): "0",
    ("proactive.rules.disclosed_total", None): "0",
    ("proactive.normdocs.made", None): "0",
    ("proactive.normdocs.disclosed_new", None): "0",
    ("proactive.normdocs.disclosed_total", None): "0",
    ("proactive.license.items_prev", None): "0",
    ("proactive.license.items_change", None): "0",
    ("proactive.license.decisions", None): "60",
    ("proactive.other_service.items_prev", None): "0",
    ("proactive.other_service.items_change", None): "0",
    ("proactive.other_service.decisions", None): "0",
    ("proactive.penalty.items_prev", None): "0",
    ("proactive.penalty.items_change", None): "0",
    ("proactive.penalty.decisions", None): "0",
    ("proactive.coercion.items_prev", None): "0",
    ("proactive.coercion.items_change", None): "0",
    ("proactive.coercion.decisions", None): "0",
    ("proactive.fees.items_prev", None): "0",
    ("proactive.fees.items_change", None): "0",
    ("proactive.procurement.projects", None): "15",
    ("proactive.procurement.amount", None): "81284.86",
    ("req.new", "natural_person"): "1",
    ("req.new", "total"): "1",
    ("req.carried_in", "natural_person"): "0",
    ("req.carried_in", "total"): "0",
    ("req.outcome.granted", "natural_person"): "1",
    ("req.outcome.granted", "total"): "1",
    ("req.carried_out", "total"): "0",
    ("review.total", None): "0",
    ("lit.direct.total", None): "0",
    ("lit.after_review.total", None): "0",
}
COUNTS = [
    ("channel.wechat.accounts", None, 3, "reported", "个"),
    ("channel.account.posts", "定海民政", 31, "reported", "条"),
    ("channel.account.posts", "定海社会组织", 221, "reported", "条"),
    ("channel.account.posts", "定海区第三社会福利院", 8, "reported", "条"),
    ("media.outlet", "舟山日报", 23, "reported", "篇"),
    ("media.outlet", "舟山晚报", 17, "reported", "篇"),
    ("media.outlet", "舟山新闻", 1, "reported", "则"),
    ("platform.replies", "政府咨询投诉平台", 5, "reported", "件"),
    ("platform.replies", "定海山APP问政", 2, "reported", "件"),
    ("platform.replies", "12345政府服务平台", 0, "nil", None),
    ("platform.replies", "舟山论坛", 0, "nil", None),
    ("welfare", None, 115, "reported", "条"),
    ("finance.budget", None, 6, "reported", "条"),
    ("welfare.dibao", None, 45, "reported", "条"),
    ("welfare.tekun", None, 28, "reported", "条"),
    ("welfare.elderly", None, 12, "reported", "条"),
    ("welfare.temporary", None, 12, "reported", "条"),
    ("welfare.children", None, 12, "reported", "条"),
    ("req.new", None, 1, "reported", "件"),
    ("proposals", None, 9, "reported", "件"),
    ("proposals.npc", None, 4, "reported", "件"),
    ("proposals.cppcc", None, 3, "reported", "件"),
    ("proposals.party", None, 2, "reported", "件"),
    ("site.dynamics.posts", None, 15, "reported", "条"),
    ("site.notices.posts", None, 26, "reported", "条"),
    ("site.monthly.posts", None, 12, "reported", "条"),
    ("site.decisions.posts", None, 1, "reported", "条"),
]


@pytest.fixture(scope="session")
def seed(shared_folder):
    return (shared_folder / "seed" / "dinghai-civil-affairs-2020.txt").read_bytes()


@pytest.fixture(scope="session")
def reading(seed, read):
    return read(seed)


def test_the_text_tells_its_year_and_form_but_no_agency(reading):
    assert (reading.agency, reading.year, reading.edition) == (None, 2020, "2019")


def test_tables_have_198_cells_of_which_166_are_blank(reading):
    statuses = Counter(fact.status for fact in reading.facts if fact.source == "table")
    assert statuses == {"blank": 166, "reported": 32}


def test_every_filled_cell_has_its_number_and_every_other_none(reading):
    cells = {(fact.indicator, fact.group): fact.value for fact in reading.facts if fact.source == "table"}
    assert {key: value for key, value in cells.items() if value is not None} == {
        key: Decimal(value) for key, value in CELLS.items()
    }


def test_every_cell_of_the_form_is_there_once(reading, book):
    cells = [(fact.indicator, fact.group) for fact in reading.facts if fact.source == "table"]
    assert sorted(cells, key=str) == sorted(book.editions["2019"].cells, key=str)


def test_procurement_is_exact_to_the_cent_and_in_yuan(reading):
    fact = next(fact for fact in reading.facts if fact.indicator == "proactive.procurement.amount")
    assert (str(fact.value), fact.unit, fact.raw) == ("81284.86", "元", "81284.86元")


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: f"{count[0]} {count[1] or ''}".strip())
def test_the_text_tells(reading, count):
    told = [
        (fact.indicator, fact.item, fact.value, fact.status, fact.unit)
        for fact in reading.facts
        if fact.source == "narrative" and fact.group is None
    ]
    assert told.count(count) == 1


def test_the_text_tells_nothing_else(reading):
    """Its counts in the order of print, the one that follows from two of them, and the statements."""
    told = [fact for fact in reading.facts if fact.source == "narrative"]
    counts = [(fact.indicator, fact.item) for fact in told if fact.status in ("reported", "nil")]
    assert counts == [(code, item) for code, item, *_ in COUNTS]
    assert [(fact.indicator, fact.value) for fact in told if fact.status == "derived"] == [
        ("welfare.only", 109)
    ]
    statements = Counter(fact.indicator for fact in told if fact.status == "unquantified")
    assert statements == {"problems.stated": 3, "problems.promised": 4}
    assert len(told) == len(COUNTS) + 1 + 7


def test_statements_have_topics_of_few_words(reading):
    topics = [(fact.indicator, fact.item) for fact in reading.facts if fact.indicator.startswith("problems.")]
    assert topics == [
        ("problems.stated", "公开及时性"),
        ("problems.stated", "政策解读"),
        ("problems.stated", "新媒体活跃度"),
        ("problems.promised", "信息公开质量"),
        ("problems.promised", "政策解读"),
        ("problems.promised", "制度落实"),
        ("problems.promised", "新媒体活跃度"),
    ]


def test_exactly_five_warnings_and_no_error(reading):
    found = {severity: [] for severity in ("error", "warning", "info")}
    for finding in reading.findings:
        found[finding.severity].append(finding.rule)
    assert sorted(found["warning"]) == ["T2-05", "T3-02", "T3-03", "T4-01", "T4-02"]
    assert found["error"] == []
    assert sorted(found["info"]) == ["R-agency", "R-year"]


def test_the_blank_total_is_one_in_two_columns_and_nothing_more(reading):
    """T3-02 names exactly these two cells, with what follows from their parts."""
    finding = next(finding for finding in reading.findings if finding.rule == "T3-02")
    assert [(cell.indicator, cell.group, cell.value, cell.status) for cell in finding.cells] == [
        ("req.outcome.total", "natural_person", 1, "derived"),
        ("req.outcome.total", "total", 1, "derived"),
    ]
    assert "最小改动：补填这 2 格" in finding.message


def test_licences_without_items_are_named(reading):
    finding = next(finding for finding in reading.findings if finding.rule == "T2-05")
    assert [(cell.indicator, cell.value) for cell in finding.cells] == [
        ("proactive.license.decisions", 60),
        ("proactive.license.items_prev", 0),
        ("proactive.license.items_change", 0),
    ]


def test_every_fact_leads_back_to_its_exact_characters(reading, seed):
    text = seed.decode()
    for fact in reading.facts:
        if fact.status != "derived":
            assert text[fact.locator["start"] : fact.locator["end"]] == fact.raw


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: "\n".join(line.strip() for line in text.split("\n")).encode(),
    ],
    ids=["CRLF", "GB18030", "BOM", "no tabs"],
)
def test_the_way_it_is_saved_changes_nothing(reading, seed, read, saved):
    again = read(saved(seed.decode()))
    assert [(fact.key, fact.value, fact.status, fact.raw) for fact in again.facts] == [
        (fact.key, fact.value, fact.status, fact.raw) for fact in reading.facts
    ]
    assert again.findings == reading.findings


def test_the_shipped_figures_of_2020_are_those_of_the_report(reading, book, pytestconfig):
    """The figures file stands in for the report until it is added: the same keys, values and statuses."""
    data = (pytestconfig.rootpath / "data" / "figures" / "dinghai-civil-affairs.csv").read_bytes()
    shipped = next(told.reading for told in figures.read(data, book) if told.reading.year == 2020)
    assert shipped.agency == "定海区民政局"
    assert [(fact.key, fact.value, fact.status) for fact in shipped.facts] == [
        (fact.key, fact.value, fact.status) for fact in reading.facts
    ]

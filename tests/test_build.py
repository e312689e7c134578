"""From a data folder to a published database: what goes in, what is left out, which report speaks."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from dashboard import intake, records
from dashboard.build import build
from dashboard.errors import CodebookError, WrongUsage
from dashboard.figures import rows_of, written
from dashboard.paths import DataFolder
from dashboard.store import Store

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"


def figures(folder, *lines, name="office.csv"):
    folder.figures.mkdir(parents=True, exist_ok=True)
    (folder.figures / name).write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


def rows(folder, query, **values):
    return Store(folder).cursor().execute(query, values or None).fetchall()


def facts(folder, agency=AGENCY, year=2020):
    return [
        (*fact.key, fact.value, fact.status, fact.unit, fact.source)
        for fact in records.reading(folder, agency, year)[0].facts
    ]


@pytest.fixture
def received(folder, document, tmp_path):
    """A data folder with both reports of the fictional agency added, and not yet built."""
    for name in ("示例县民政局-2020", "示例县民政局-2022"):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(document(name))
        intake.add(path, folder, address=f"http://example.org/{name}")
    return folder


def test_an_empty_folder_gives_an_empty_database(folder):
    built = build(folder)
    assert (built.reports, built.facts, built.left_out) == (0, 0, ())


def test_what_was_read_is_what_the_database_holds(received, read, document):
    """Facts and findings of a report come back as they were read: values, places, words."""
    build(received)
    for name, year in (("示例县民政局-2020", 2020), ("示例县民政局-2022", 2022)):
        wanted = read(document(name))
        held, address = records.reading(received, AGENCY, year)
        assert [
            (fact.key, fact.value, fact.status, fact.raw, fact.unit, fact.source) for fact in held.facts
        ] == [(fact.key, fact.value, fact.status, fact.raw, fact.unit, fact.source) for fact in wanted.facts]
        assert [dict(fact.locator) for fact in held.facts] == [dict(fact.locator) for fact in wanted.facts]
        assert held.findings == wanted.findings
        assert (held.edition, address) == (wanted.edition, f"http://example.org/{name}")


def test_the_same_inputs_give_the_same_facts_in_the_same_order(received):
    order = "select * from fact"
    first = build(received)
    before = rows(received, order)
    second = build(received)
    assert rows(received, order) == before
    assert first == second


def test_facts_are_unique_where_they_answer(received):
    """One answer an agency, year, indicator, group and item; each fact one row with one evidence."""
    build(received)
    assert rows(
        received,
        "select count(*), count(distinct (agency_id, year, indicator_id, group_id, item_id)) from answer",
    ) == [(rows(received, "select count(*) from answer")[0][0],) * 2]
    assert rows(received, "select fact_id from fact group by fact_id having count(*) > 1") == []
    assert rows(received, "select count(*) from fact anti join evidence using (fact_id)") == [(0,)]


def test_an_original_speaks_before_the_figures_of_its_year(received, read, document):
    """Cell by cell: the figures entered by hand stay in the database and are silent."""
    lines = [
        f"{AGENCY},2020,2019,req.new,total,,999,,件,table,,",
        f"{AGENCY},2020,2019,finance.special_funds,,,4,,条,narrative,,",
        f"{AGENCY},2021,2021,req.new,total,,5,,件,table,,",
    ]
    figures(received, *lines)
    build(received)
    wanted = [(*fact.key, fact.value) for fact in read(document("示例县民政局-2020")).facts]
    assert [(*fact[:3], fact[3]) for fact in facts(received)] == wanted
    assert ("req.new", "total", None, 5, "reported", "件", "table") in facts(received, year=2021)
    assert rows(received, "select year, kind, speaks from document order by year, kind") == [
        (2020, "figures", False),
        (2020, "original", True),
        (2021, "figures", True),
        (2022, "original", True),
    ]


def test_the_figures_of_a_report_give_the_facts_of_the_report(received, tmp_path):
    """`facts --format csv` of one folder, put into another as figures, answers the same."""
    build(received)
    other = DataFolder(tmp_path / "other")
    other.figures.mkdir(parents=True)
    (other.figures / "copy.csv").write_text(
        written(rows_of(*records.reading(received, AGENCY, 2020))), "utf-8"
    )
    build(other)
    assert facts(other) == facts(received)
    assert rows(other, "select is_complete from document") == [(True,)]


def test_figures_of_the_whole_form_of_2021_are_a_complete_report(received, tmp_path):
    """Also without the row that only some reports print."""
    build(received)
    lines = written(rows_of(*records.reading(received, AGENCY, 2022)))
    other = DataFolder(tmp_path / "other")
    other.figures.mkdir(parents=True)
    (other.figures / "copy.csv").write_text(lines, "utf-8")
    build(other)
    assert rows(other, "select is_complete from document") == [(True,)]
    kept = [line for line in lines.splitlines(keepends=True) if "lit.direct.total" not in line]
    (other.figures / "copy.csv").write_text("".join(kept), "utf-8")
    build(other)
    assert rows(other, "select is_complete from document") == [(False,)]


def test_of_two_originals_the_one_received_last_speaks(folder, document, tmp_path):
    text = document("示例县民政局-2020").decode()
    for number, day in (("9", "2021-03-01"), ("7", "2021-02-01")):
        path = tmp_path / f"{number}.txt"
        path.write_text(text.replace("新收7件", f"新收{number}件"), "utf-8")
        intake.add(path, folder, on=date.fromisoformat(day))
    build(folder)
    assert ("req.new", None, None, 9, "reported", "件", "narrative") in facts(folder)


def test_numbers_are_exact_to_the_last_place(folder):
    figures(
        folder,
        f"{AGENCY},2020,2019,proactive.procurement.amount,,,999999999999.12,,元,table,,",
        f"{AGENCY},2020,2019,org.budget,,,712.187895,,万元,narrative,,",
    )
    build(folder)
    assert [fact[3] for fact in facts(folder)] == [Decimal("999999999999.12"), Decimal("712.187895")]


def test_a_mention_in_prose_stands_for_the_total_and_the_table_speaks_first(folder):
    figures(
        folder,
        f"{AGENCY},2020,2019,req.new,,,8,,件,narrative,,",
        f"{AGENCY},2020,2019,req.new,total,,7,,件,table,,",
        f"{AGENCY},2021,2021,req.new,,,3,,件,narrative,,",
    )
    build(folder)
    answers = rows(
        folder,
        "select a.year, g.code, a.value, a.source, a.disagrees from answer a join applicant_group g using (group_id)"
        " order by a.year",
    )
    assert answers == [(2020, "total", 7, "table", True), (2021, "total", 3, "narrative", False)]


def test_what_cannot_be_built_is_left_out_with_its_reason_and_the_rest_goes_in(received, tmp_path):
    path = tmp_path / "no-title.txt"
    path.write_text("政府信息公开工作年度报告\n一、总体情况\n公开信息。\n", "utf-8")
    intake.add(path, received)
    figures(received, f"{AGENCY},2019,2019,no.such,,,1,,,table,,")
    figures(received, name="empty.csv")
    (received.figures / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))).write_text("一、总体情况\n", "utf-8")
    built = build(received)
    assert built.reports == 1
    reasons = "\n".join(built.left_out)
    assert len(built.left_out) == 4
    for said in ("机关或年度未知", "内容与登记时不同", "第 2 行：指标代码", "首行不是数据文件的表头"):
        assert said in reasons


def test_a_missing_original_is_left_out(received):
    shutil.rmtree(received.documents / AGENCY / "2022")
    built = build(received)
    assert built.reports == 1
    assert "文件不存在" in built.left_out[0]


def test_a_codebook_at_fault_stops_the_build_and_publishes_nothing(received, pytestconfig):
    build(received)
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", received.root / "codebook")
    with (received.root / "codebook" / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("no.such,,2020,2021,x,x,V\n")
    before = facts(received)
    with pytest.raises(CodebookError):
        build(received)
    assert facts(received) == before


def test_what_is_not_in_the_database_is_named_with_what_is(received):
    build(received)
    with pytest.raises(WrongUsage, match="该机关现有：2020、2022"):
        records.reading(received, AGENCY, 2021)
    with pytest.raises(WrongUsage, match="没有任何年度"):
        records.reading(received, "没有听说过的局", 2021)

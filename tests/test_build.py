"""From a data folder to a published database: what goes in, what is left out, which report speaks."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from itertools import groupby

import pytest

from dashboard import codebook, intake, manifest, records
from dashboard.build import build
from dashboard.errors import CodebookError, WrongUsage
from dashboard.figures import rows_of, written
from dashboard.intake import originals
from dashboard.limits import SHIPPED
from dashboard.paths import DataFolder
from dashboard.reading import outcome_of
from dashboard.reading.cache import ReadingCache
from dashboard.reading.codec import pack
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


def contents(folder):
    """Every row that comes from a report, in the order it was written."""
    tables = ("document", "fact", "evidence", "section", "finding", "finding_cell", "meta")
    return {table: rows(folder, f"from {table}") for table in tables}


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


def test_the_facts_are_there_twice_by_indicator_and_by_agency(received):
    """The same rows in either order: questions about an indicator read the one, about an agency the other."""
    figures(received, "另一机关,2021,2021,req.new,total,,5,,件,table,,")
    build(received)
    for table, order in (
        ("fact", "indicator_id, answer_group_id, year, agency_id, item_id, document_id, source, ordinal"),
        (
            "fact_by_agency",
            "agency_id, year, indicator_id, answer_group_id, item_id, document_id, source, ordinal",
        ),
    ):
        held = rows(received, f"from {table}")
        assert held == rows(received, f"from {table} order by {order}")
        assert len(held) > 400
        assert sorted(held, key=str) == sorted(rows(received, "from fact"), key=str)
    assert rows(received, "from answer_by_agency order by fact_id") == rows(
        received, "from answer order by fact_id"
    )


def test_the_totals_that_follow_are_kept_by_document(received):
    """What pages join is the table; the view that fills it says the same."""
    posts = (
        (f"{AGENCY},2021,2021,channel.account.posts,,{name},{count},,条,narrative,,")
        for name, count in (("甲", 3), ("乙", 4))
    )
    figures(received, *posts)
    build(received)
    order = "order by document_id, indicator_id, group_id"
    held = rows(received, "from derived_answer")
    assert held == rows(received, f"from total_from_parts {order}")
    assert 7 in [row[5] for row in held]


def test_the_reports_of_an_agency_are_numbered_in_a_row(received):
    """Also where those of others came in between: what a page reads of one agency lies together."""
    for year, agency in ((2018, "甲机关"), (2019, "乙机关"), (2020, "甲机关"), (2021, "乙机关")):
        figures(received, f"{agency},{year},,req.new,total,,5,,件,table,,", name=f"{year}.csv")
    build(received)
    for table, order in (("document", "document_id"), ("fact", "fact_id")):
        whose = [agency for (agency,) in rows(received, f"select agency_id from {table} order by {order}")]  # noqa: S608 - own names
        assert len([*groupby(whose)]) == len(set(whose)) == 3


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


def test_what_has_not_changed_is_not_read_again(received):
    """And the build is the same to the last row."""
    shutil.rmtree(received.readings)
    first = build(received)
    before = contents(received)
    second = build(received)
    assert (first.anew, first.unchanged) == (2, 0)
    assert (second.anew, second.unchanged) == (0, 2)
    assert second == first
    assert contents(received) == before


def test_what_was_added_need_not_be_read_for_the_build(received):
    assert build(received).anew == 0


def test_only_what_changed_is_read_again(received, document, tmp_path):
    build(received)
    path = tmp_path / "2021.txt"
    path.write_text(document("示例县民政局-2020").decode().replace("2020", "2021"), "utf-8")
    intake.add(path, received)
    shutil.copy(path, next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))))
    built = build(received)
    assert (built.reports, built.anew, built.unchanged, len(built.left_out)) == (2, 0, 2, 1)


def test_another_codebook_or_limit_reads_everything_anew(received, pytestconfig):
    build(received)
    (received.root / "limits.toml").write_text("pages = 5\n", "utf-8")
    assert build(received).anew == 2
    assert build(received).anew == 0
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", received.root / "codebook")
    with (received.root / "codebook" / "agencies.csv").open("a", encoding="utf-8") as file:
        width = len(
            (received.root / "codebook" / "agencies.csv").read_text("utf-8").split("\n")[0].split(",")
        )
        file.write(",".join(["X9", "示例县新局"] + [""] * (width - 2)) + "\n")
    assert build(received).anew == 2


def test_what_nobody_reads_any_more_is_removed_from_the_cache(received):
    build(received)
    kept = {path.name for path in received.readings.iterdir()}
    (received.root / "limits.toml").write_text("pages = 5\n", "utf-8")
    for path in received.readings.iterdir():
        os.utime(path, (0, 0))
    build(received)
    now = {path.name for path in received.readings.iterdir()}
    assert len(now) == len(kept) == 2
    assert not now & kept


def test_a_damaged_cache_is_read_anew(received):
    first = build(received)
    damaged, *_ = received.readings.iterdir()
    damaged.write_bytes(damaged.read_bytes()[:100])
    second = build(received)
    assert (second.anew, second.unchanged) == (1, 1)
    assert second == first
    shutil.rmtree(received.readings)
    received.readings.write_text("no folder", "utf-8")
    assert build(received) == first


def test_a_refusal_is_known_from_before_as_well(received):
    """The reader may come to refuse what it once took: here, what is larger than a new limit."""
    path = next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt")))
    spoilt = "今天天气很好。\n".encode()
    path.write_bytes(spoilt)
    lines = received.manifest.read_text("utf-8").splitlines(keepends=True)
    fields = lines[2].split(",")
    fields[4] = hashlib.sha256(spoilt).hexdigest()
    received.manifest.write_text("".join([*lines[:2], ",".join(fields)]), "utf-8")
    first, second = build(received), build(received)
    assert (first.reports, first.anew) == (1, 1)
    assert "不像政府信息公开工作年度报告" in first.left_out[0]
    assert second == first
    assert (second.anew, second.unchanged) == (0, 2)


def test_a_document_over_the_limit_is_left_out_with_both_numbers(received):
    (received.root / "limits.toml").write_text("file_megabytes = 1\n", "utf-8")
    with next(iter(received.documents.glob(f"{AGENCY}/2022/*.txt"))).open("ab") as file:
        file.truncate(1024 * 1024 + 1)
    built = build(received)
    assert built.reports == 1
    assert "文件有 1.0 MB，超过上限 1 MB" in built.left_out[0]


def test_limits_at_fault_stop_the_build(received):
    (received.root / "limits.toml").write_text("pages = 0\n", "utf-8")
    with pytest.raises(WrongUsage, match=r"limits\.toml 的 pages 应为大于 0 的整数"):
        build(received)


def many(folder, document, count):
    """Register so many reports of fictional agencies, without reading them."""
    text = document("示例县民政局-2020").decode()
    entries = []
    for number in range(count):
        agency = f"示例{chr(ord('甲') + number)}县民政局"
        file = f"{agency}/2020/report.txt"
        data = text.replace(AGENCY, agency).encode()
        (folder.documents / file).parent.mkdir(parents=True)
        (folder.documents / file).write_bytes(data)
        entries.append(
            (manifest.Received(agency, 2020, file, "", hashlib.sha256(data).hexdigest(), "2021-01-20"), None)
        )
    originals.register(folder, [], entries)


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_build_that_is_ended_goes_on_where_it_was(folder, document, ended_by):
    many(folder, document, 60)
    command = [sys.executable, "-m", "dashboard.cli", "--data", str(folder.root), "build"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(list(folder.readings.glob("*.gz"))) < 3:
            time.sleep(0.01)
        process.send_signal(ended_by)
        _, told = process.communicate(timeout=60)
    if ended_by == signal.SIGINT:
        assert process.returncode == 130
        assert told.splitlines()[-1] == "dashboard: 已中断"
        assert "Traceback" not in told
    assert not (folder.build / "current").exists()
    read_before = len(list(folder.readings.glob("*.gz")))
    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert 3 <= read_before < 60
    assert again.stdout.startswith("已入库 60 份报告、")
    assert again.stdout.endswith(f"；新读 {60 - read_before} 份，未变 {read_before} 份，未入库 0 份\n")


def test_many_processes_give_what_one_gives(folder, document, tmp_path):
    """The order of the manifest, however the answers came."""
    many(folder, document, 30)
    built = build(folder)
    other = DataFolder(tmp_path / "other")
    shutil.copytree(folder.documents, other.documents)
    for entry in manifest.received(other):  # one at a time is read in this process
        cache = ReadingCache(other.readings, codebook.load(other.codebook), SHIPPED)
        data = (other.documents / entry.file).read_bytes()
        cache.put(entry.sha256, None, None, pack(outcome_of(data, codebook.load(other.codebook), None, None)))
    again = build(other)
    assert (built.anew, again.anew) == (30, 0)
    assert again == built
    assert contents(other) == contents(folder)


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

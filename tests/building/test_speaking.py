"""Which report speaks: originals, figures, the table and the text."""

from datetime import date

from dashboard import intake, records
from dashboard.build import build
from dashboard.figures import rows_of, written
from dashboard.paths import DataFolder

from ..small_databases import AGENCY, put_figures
from .contents import facts, rows


def test_an_original_speaks_before_the_figures_of_its_year(received, read, document):
    """Cell by cell: the figures entered by hand stay in the database and are silent."""
    lines = [
        f"{AGENCY},2020,2019,req.new,total,,999,,件,table,,",
        f"{AGENCY},2020,2019,finance.special_funds,,,4,,条,narrative,,",
        f"{AGENCY},2021,2021,req.new,total,,5,,件,table,,",
    ]
    put_figures(received, *lines)
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


def test_a_mention_in_prose_stands_for_the_total_and_the_table_speaks_first(folder):
    put_figures(
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

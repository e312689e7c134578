"""From a data folder to a published database: what it holds, and in which order."""

from decimal import Decimal
from itertools import groupby

import pytest

from dashboard import records
from dashboard.build import build
from dashboard.errors import WrongUsage

from ..applicants import GROUPS
from ..small_databases import AGENCY, put_figures
from .contents import facts, rows


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
    put_figures(received, "另一机关,2021,2021,req.new,total,,5,,件,table,,")
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
    by_agency = "select * exclude (raw, unit) from"
    assert rows(received, f"{by_agency} fact_by_agency order by fact_id") == rows(
        received, "from fact order by fact_id"
    )
    assert rows(received, f"{by_agency} answer_by_agency order by fact_id") == rows(
        received, "from answer order by fact_id"
    )
    printed = "select fact_id, raw, unit from {} order by fact_id"
    assert rows(received, printed.format("fact_by_agency")) == rows(received, printed.format("evidence"))


def test_the_findings_of_an_agency_are_kept_with_their_facts(received):
    """What pages read is the table; the view that fills it says the same, and names no report that does not speak."""
    printed = [*((group, 1) for group in GROUPS), ("total", 5)]
    lines = (f"{AGENCY},2020,2021,req.new,{group},,{count},,件,table,," for group, count in printed)
    put_figures(received, *lines)
    build(received)
    held = rows(received, "from agency_finding")
    assert held == rows(received, "from told_finding order by agency_id, year, finding_id")
    speaking = (
        "select n.finding_id from finding n join document d using (document_id) where d.speaks order by all"
    )
    assert sorted(row[1] for row in held) == [key for (key,) in rows(received, speaking)] != []
    assert len(held) < rows(received, "select count(*) from finding")[0][0]
    first_cells = """
        select min(f.fact_id) from finding_cell c join fact f using (document_id, indicator_id, group_id, item_id)
        where c.finding_id = {} group by c.finding_id
    """
    for row in held:
        found = rows(received, first_cells.format(row[1]))
        assert (min(row[8]) if row[8] else None) == (found[0][0] if found else None)


def test_the_totals_that_follow_are_kept_by_document(received):
    """What pages join is the table; the view that fills it says the same."""
    posts = (
        (f"{AGENCY},2021,2021,channel.account.posts,,{name},{count},,条,narrative,,")
        for name, count in (("甲", 3), ("乙", 4))
    )
    put_figures(received, *posts)
    build(received)
    order = "order by document_id, indicator_id, group_id"
    held = rows(received, "from derived_answer")
    assert held == rows(received, f"from total_from_parts {order}")
    assert 7 in [row[5] for row in held]


def test_the_reports_of_an_agency_are_numbered_in_a_row(received):
    """Also where those of others came in between: what a page reads of one agency lies together."""
    for year, agency in ((2018, "甲机关"), (2019, "乙机关"), (2020, "甲机关"), (2021, "乙机关")):
        put_figures(received, f"{agency},{year},,req.new,total,,5,,件,table,,", name=f"{year}.csv")
    build(received)
    for table, order in (("document", "document_id"), ("fact", "fact_id")):
        whose = [agency for (agency,) in rows(received, f"select agency_id from {table} order by {order}")]  # noqa: S608 - own names
        assert len([*groupby(whose)]) == len(set(whose)) == 3


def test_numbers_are_exact_to_the_last_place(folder):
    put_figures(
        folder,
        f"{AGENCY},2020,2019,proactive.procurement.amount,,,999999999999.12,,元,table,,",
        f"{AGENCY},2020,2019,org.budget,,,712.187895,,万元,narrative,,",
    )
    build(folder)
    assert [fact[3] for fact in facts(folder)] == [Decimal("999999999999.12"), Decimal("712.187895")]


def test_what_is_not_in_the_database_is_named_with_what_is(received):
    build(received)
    with pytest.raises(WrongUsage, match="该机关现有：2020、2022"):
        records.reading(received, AGENCY, 2021)
    with pytest.raises(WrongUsage, match="没有任何年度"):
        records.reading(received, "没有听说过的局", 2021)

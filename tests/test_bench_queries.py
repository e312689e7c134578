"""The bench of the questions runs on few facts, and its four engines answer alike."""

import importlib
from pathlib import Path

import pytest

from dashboard import intake
from dashboard.paths import PROJECT, DataFolder

FACTS = 20_000
AGENCY = PROJECT / "data" / "documents" / "示例县民政局"


@pytest.fixture(scope="module")
def bench():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "bench"))
        yield importlib.import_module("queries")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """One agency's reports on every edition of the form: where the proportions come from."""
    folder = DataFolder(tmp_path_factory.mktemp("shipped"))
    intake.add_many([AGENCY], folder)
    assert intake.build(folder).reports > 0
    return folder


@pytest.fixture(scope="module")
def store(bench, shipped, tmp_path_factory):
    return bench.made(tmp_path_factory.mktemp("facts"), shipped, FACTS)


def test_the_facts_are_as_many_as_wanted_and_the_same_every_time(bench, shipped, store, tmp_path):
    def facts(made):
        return made.cursor().execute("select * from fact").fetchall()

    assert len(facts(store)) == pytest.approx(FACTS, rel=0.15)
    assert facts(bench.made(tmp_path, shipped, FACTS)) == facts(store)


def test_synthetic_facts_keep_what_the_loader_promises(store):
    """One answer an agency, year, indicator, group and item; both copies the same rows, each in its order."""
    ask = store.cursor().execute
    key = "agency_id, year, indicator_id, group_id, item_id"
    assert ask(f"select {key} from answer group by all having count(*) > 1").fetchall() == []  # noqa: S608 - own names
    assert (
        ask("select * from fact except all select * exclude (raw, unit) from fact_by_agency").fetchall() == []
    )
    for table, order in (
        ("fact", "indicator_id, answer_group_id, year, agency_id"),
        ("fact_by_agency", "agency_id, year, indicator_id, answer_group_id"),
    ):
        rows = ask(f"select {order} from {table}").fetchall()  # noqa: S608 - own names
        assert rows == sorted(rows)
    missing = ask("select count(*) from fact anti join evidence using (fact_id)").fetchall()
    assert missing == [(0,)]


def test_all_engines_answer_every_question_alike(bench, store, capsys):
    """Otherwise `beside` ends the run; the table has a line for each question and for the page of one agency."""
    taken = bench.beside(store, 1)
    bench.print_beside_the_others(taken)
    assert set(taken["trend"]) == {"DuckDB", "pandas", "polars", "SQLite"}
    printed = capsys.readouterr().out
    assert all(printed.count(f"\n{name} ") == 2 for name in [*taken, bench.PAGE])
    (store.folder.root / "copy.sqlite").unlink()


def test_an_engine_that_answers_otherwise_ends_the_run(bench, store, monkeypatch):
    wrong = bench.Pandas.district
    monkeypatch.setattr(bench.Pandas, "district", lambda engine: wrong(engine).iloc[1:])
    with pytest.raises(SystemExit, match="district: pandas"):
        bench.beside(store, 1)
    Path(store.folder.root / "copy.sqlite").unlink()


def test_growth_is_told_for_every_question(bench, store, capsys):
    bench.print_growth(bench.beside_itself(store, store, 1))
    assert capsys.readouterr().out.count("grows") == 18


def test_a_page_is_the_sum_of_its_questions(bench):
    taken = {question.name: {"DuckDB": [1, 2, 9]} for question in bench.QUESTIONS}
    assert bench.summed_up(taken, min)[bench.PAGE] == {"DuckDB": 5}
    assert bench.summed_up(taken, bench.statistics.median)["peers"] == {"DuckDB": 2}


@pytest.mark.parametrize(
    ("ratio", "bound", "said"),
    [
        (1.2, {"most": 1.2}, "met"),
        (1.3, {"most": 1.2}, "missed"),
        (9.9, {"least": 10.0}, "missed"),
        (10, {"least": 10.0}, "met"),
    ],
)
def test_a_target_is_met_up_to_its_bound(bench, ratio, bound, said):
    assert bench.verdict(ratio, **bound).endswith(f": {said})")

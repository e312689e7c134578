"""依申请公开: flow, outcomes, ledger, rates, the form as it stands."""

from dashboard.text import words

from .driving import DINGHAI, metrics, open_page, open_tables, tables, text_of


def test_the_outcomes_of_the_form_of_2014_add_up_to_what_it_prints(county, use):
    """属于已主动公开 1, 同意公开 1 and 不同意公开 1: three in all, on the tile, in the title and in the table."""
    use(county)
    at = open_tables(open_page("requests", agency="example-civil-affairs", year=2016))
    assert metrics(at)["办结"] == "3 件"
    assert "2016 年办结 3 件" in text_of(at)
    assert metrics(at)["公开或部分公开"] == "2 件"


def test_reasons_that_no_form_shown_asks_for_are_not_listed(county, use):
    use(county)
    at = open_tables(open_page("requests", agency="example-civil-affairs", year=2024))
    assert "属于国家秘密" in text_of(at)
    assert "免予公开范围" not in text_of(at)


def test_a_sheet_of_one_column_has_each_of_its_rows_once(county, use):
    use(county)
    at = open_page("requests", agency="example-civil-affairs", year=2012)
    sheet = next(table for table in tables(at) if table.columns[0] == words("form.row") and len(table) > 20)
    rows = [row.strip("　") for row in sheet.iloc[:, 0]]
    assert rows.count("申请总数") == 1


def test_ledger_of_2020(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    ledger = next(table for table in tables(at) if words("ledger.carried_out") in table.columns)
    row = ledger.iloc[-1].to_dict()
    assert (row["上年结转"], row["新收"], row["办结"], row["结转下年"]) == (0, 1, 1, 0)


def test_form_of_2020_leaves_blank_cells_blank(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    form = next(table for table in tables(at) if "科研机构" in table.columns)
    cells = {row[0].strip("　"): list(row[1:]) for row in form.itertuples(index=False)}
    assert cells["（七）总计"] == [""] * 7
    assert cells["（一）予以公开"] == ["1", "", "", "", "", "", "1"]
    assert cells["四、结转下年度继续办理"] == ["", "", "", "", "", "", "0"]

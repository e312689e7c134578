"""The forms as the codebook holds them: rows, columns, fingerprints, breaks."""

from dashboard.extract.labels import normal


def test_forms_have_as_many_cells_as_are_printed(book):
    """55 in 2008, 59 in 2014; 22, 161 and 15 in 2019; 10, 175 and 15 in 2021, and 7 more where （六） is one row."""
    counted = {
        edition.id: [
            sum(
                len(block.value_columns) * sum(not block.heads_group(row) for row in block.rows)
                for block in table.blocks
            )
            for table in edition.tables
        ]
        for edition in book.editions.values()
    }
    assert counted == {"2008": [55], "2014": [59], "2019": [22, 161, 15], "2021": [10, 182, 15]}
    assert len(book.editions["2019"].cells) == len(book.editions["2019"].required_cells) == 198
    assert len(book.editions["2021"].required_cells) == 200


def test_rows_of_the_sheet_of_2014_that_only_head_a_group_ask_for_no_figure(book):
    """66 printed rows: 7 head a group, one (其他形式) stands in local sheets only."""
    (sheet,) = book.editions["2014"].tables
    (block,) = sheet.blocks
    heads = [row.path[-1] for row in block.rows if block.heads_group(row)]
    assert len(block.rows) == 66
    assert [head[:2] for head in heads] == ["一、", "（二", "二、", "（二", "三、", "八、", "九、"]
    assert [row.code for row in block.rows if row.optional] == ["req.via.other"]
    assert len(book.editions["2014"].required_cells) == 58
    assert {group for _, group in book.editions["2014"].cells} == {None}


def test_the_columns_of_a_sheet_say_which_of_them_holds_figures(book):
    (block,) = book.editions["2014"].tables[0].blocks
    assert [(column.path[-1], column.gives, column.optional) for column in block.columns] == [
        ("序号", "ignored", True),
        ("单位", "unit", False),
        ("代码", "ignored", True),
        ("统计数", "row", False),
        ("备注", "ignored", True),
    ]
    (value,) = block.value_columns
    assert block.cell(block.rows[1], value) == ("proactive.total", None)


def test_the_local_sheet_has_its_35_rows_in_order(book):
    """01 to 35 as printed; of later sheets other reasons of refusal and costs, each of which may be missing."""
    (block,) = book.editions["2008"].tables[0].blocks
    first = [row.code for row in block.rows][:20]
    assert first[:3] == ["proactive.total", "proactive.electronic", "proactive.normdocs.added"]
    assert first[9:16] == [
        "req.new", *(f"req.via.{way}" for way in ("inperson", "fax", "email", "online", "mail", "other")),
    ]  # fmt: skip
    assert len(book.editions["2008"].required_cells) == 28
    assert all(row.optional for row in block.rows if row.code.startswith(("fee.", "org.")))


def test_fingerprints_tell_the_forms_apart(book):
    """Those of a form stand on it; of another form it shows few (行政规范性文件 is in the sheet of 2008 too)."""

    def shown(edition, marks):
        printed = set()
        for table in edition.tables:
            printed |= set(table.headings)
            for block in table.blocks:
                printed.add(block.title)
                for label in (*block.rows, *block.columns):
                    printed |= {*label.path, *label.aliases}
        return sum(any(normal(mark) in normal(text) for text in printed) for mark in marks)

    for edition in book.editions.values():
        assert shown(edition, edition.fingerprints) == len(edition.fingerprints) > 5
        for other in book.editions.values():
            assert other is edition or shown(edition, other.fingerprints) <= 1


def test_some_editions_are_known_by_headings(book):
    assert {edition.id for edition in book.editions.values() if edition.heading_fingerprints} == {
        "2008",
        "2014",
    }
    assert "收费及减免" in book.editions["2008"].heading_fingerprints


def test_a_sheet_of_2014_does_not_compare_with_what_came_before(book):
    """Requests were counted in 条, replies in other classes, channels as each place liked."""
    broken = {row["indicator"] for row in book.breaks if row["last_year"] == "2013"}
    assert {"proactive.total", "channel.*", "req.new", "req.via.*", "req.outcome.*"} <= broken
    assert all(row["label_zh"] and row["reason_zh"] for row in book.breaks)


def test_what_a_refusal_of_2014_is_made_of_adds_up_to_it(book):
    """Each reason is an additive part of 不同意公开, directly or by way of 保护第三方合法权益."""
    parts = [code for code, _ in book.editions["2014"].cells if code.startswith("req.outcome.denied.")]
    assert len(parts) == 6
    wholes = {book.indicators[code].parent for code in parts}
    assert wholes == {"req.outcome.denied", "req.outcome.denied.third_party"}
    assert book.indicators["req.outcome.denied.third_party"].parent == "req.outcome.denied"
    assert {book.indicators[code].additive for code in [*parts, *wholes]} == {"yes"}

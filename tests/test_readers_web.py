"""Web pages: what a browser shows is read, in the grid that the HTML standard makes; what it hides is not."""

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.model import Paragraph, Picture, Table


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def texts(body, head=""):
    """What the paragraphs outside of tables say."""
    return [paragraph.text for paragraph in readers.read(page(body, head)).paragraphs]


def tables(body):
    return readers.read(page(body)).tables


def placed(body):
    (table,) = tables(body)
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def rows(body):
    return [[cell[0] for cell in row] for row in placed(body)]


def kinds(body):
    return [type(block) for block in readers.read(page(body)).blocks]


def test_merged_cells_are_one_cell_with_its_size_in_the_grid():
    body = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>"
    assert placed(body) == [[("甲", 0, 1, 2), ("乙", 1, 2, 1)], [("1", 1, 1, 1), ("2", 2, 1, 1)]]
    assert tables(body)[0].has_grid


def test_a_span_of_0_rows_reaches_to_the_end_of_its_group_and_none_beyond():
    body = "<tbody><tr><td rowspan=0>甲<td>1<tr><td>2</tbody><tbody><tr><td rowspan=9>乙<td>3</tbody>"
    assert placed(f"<table>{body}</table>") == [
        [("甲", 0, 1, 2), ("1", 1, 1, 1)],
        [("2", 1, 1, 1)],
        [("乙", 0, 1, 1), ("3", 1, 1, 1)],
    ]


def test_absurd_spans_reach_no_further_than_the_table():
    body = "<table><tr><td colspan=99999999>甲<tr><td>乙<td rowspan=70000 colspan='x'>1</table>"
    assert placed(body) == [[("甲", 0, 2, 1)], [("乙", 0, 1, 1), ("1", 1, 1, 1)]]


def test_the_foot_of_a_table_is_shown_last():
    body = "<table><thead><tr><td>头<td>a</thead><tfoot><tr><td>脚<td>c</tfoot><tbody><tr><td>身<td>b</tbody></table>"
    assert rows(body) == [["头", "a"], ["身", "b"], ["脚", "c"]]


def test_a_caption_and_text_between_rows_stand_before_the_table():
    blocks = readers.read(page("<table><caption>表二</caption>单位：件<tr><td>甲<td>1</table>")).blocks
    assert [block.text for block in blocks[:-1]] == ["单位：件", "表二"]
    assert isinstance(blocks[-1], Table)


def test_cells_outside_of_any_row_are_a_row():
    assert rows("<table><tr><td>甲<td>1</tr><td>乙</td><td>2</td></table>") == [["甲", "1"], ["乙", "2"]]


def test_the_lines_of_a_cell_are_its_paragraphs_and_breaks():
    assert rows("<table><tr><td><p>本年<br>收到</p><p> </p><p>数量</p><td> 1\n<b>6</b></table>") == [
        ["本年\n收到\n数量", "1 6"]
    ]


def test_a_table_that_holds_tables_is_layout():
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    body = f"<table><tr><td>左<td><p>上</p>{inner}<p>下</p></table>"
    assert kinds(body) == [Paragraph, Paragraph, Table, Paragraph]


def test_prose_in_a_table_of_one_column_is_paragraphs():
    prose = "本年度主动公开政府信息。" * 20
    assert texts(f"<table><tr><td>标题<tr><td><p>{prose}</p><p>末段</p></table>") == ["标题", prose, "末段"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='DISPLAY : none'>藏</p>",
        "<p style='visibility:hidden'>藏</p>",
        "<p style='mso-hide:all'>藏</p>",
        "<p style='font-size:0px;'>藏</p>",
        "<p hidden>藏</p>",
        "<script>藏</script><style>藏</style><noscript>藏</noscript><template>藏</template>",
        "<select><option>藏</select><button>藏</button><textarea>藏</textarea>",
        "<nav>藏</nav><footer>藏</footer><aside>藏</aside>",
        "<!-- 藏 --><!--[if gte mso 9]><xml>藏</xml><![endif]-->",
        "<p class='a off'>藏</p><p id=gone>藏</p>",
    ],
)
def test_what_a_browser_hides_is_out(hidden):
    head = "<style>/* x */ p, .off { color:red; display:none } #gone{visibility:hidden}</style>"
    assert texts(f"甲{hidden}乙", head) == ["甲", "乙"] or texts(f"甲{hidden}乙", head) == ["甲乙"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p aria-hidden=true>显</p>",
        "<p style='font-size:0'><span style='font-size:16px'>显</span></p>",
        "<p class=tab>显</p>",
        "<p class=paper>显</p>",
        "<p class=narrow>显</p>",
        "<p class=off style='display:block'>显</p>",
        "<main><footer>显</footer></main>",
        "<form><p>显</p></form>",
        "<details><p>显</p></details>",
    ],
)
def test_what_a_browser_shows_or_might_show_is_in(shown):
    head = "<style>.tab,.off{display:none} .tab.on{display:block} @media print{.narrow{display:none}}</style>"
    head += "<style media=print>.paper{display:none}</style>"
    assert texts(shown, head) == ["显"]


def test_a_hidden_row_is_no_row():
    assert rows("<table><tr><td>甲<td>1<tr style='display:none'><td>乙<td>2</table>") == [["甲", "1"]]


def test_a_page_saved_by_word_is_read():
    marks = "<![if !supportLists]><span>（一）<span>&nbsp;</span></span><![endif]>"
    dates = "<st1:chsdate year='2022'>2022年</st1:chsdate>"
    assert texts(f"<p class=MsoNormal>{marks}{dates}收到<span lang=EN-US>2</span>1件<o:p></o:p></p>") == [
        "（一）\u00a02022年收到21件"
    ]


def test_kept_lines_are_paragraphs():
    assert texts("<pre>甲\n<b>乙\n丙</b>\n丁</pre><div style='white-space: pre-wrap'>戊\n己</div>") == list(
        "甲乙丙丁戊己"
    )


@pytest.mark.parametrize(
    ("image", "counts"),
    [
        ("<p><img src=1.jpg width=600 height=300></p>", True),
        ("<p><img src=1.jpg style='width:650px;height:120px'></p>", True),
        ("<p><span><img src=/upload/1.png></span></p>", True),
        ("<p><img src=1.jpg width=16 height=16></p>", False),
        ("<p><img src=/images/icon_doc.gif>附件</p>", False),
        ("<div><img src=1.jpg></div>", False),
        ("<p><a href=#><img src=1.jpg></a></p>", False),
        ("<header><p><img src=1.jpg></p></header>", False),
    ],
)
def test_pictures_of_the_content_are_marked_and_ornaments_are_not(image, counts):
    assert (Picture in kinds(f"<p>甲</p>{image}")) is counts


def test_a_picture_in_a_cell_is_marked_after_the_table():
    assert kinds("<table><tr><td>甲<td><img src=1.jpg width=600></table>") == [Table, Picture]


PAGE = "<html><head><meta charset={}></head><body><p>示例县民政局2022年收到申请21件</p></body></html>"


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("gbk", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("utf-8", "utf-16-le"),
        ("nonsense", "gb18030"),
    ],
)
def test_the_encoding_is_what_the_bytes_are_valid_in(named, encoding):
    document = readers.read(PAGE.format(named).encode(encoding))
    assert document.text == "示例县民政局2022年收到申请21件\n"


def test_a_page_in_big5_is_read_when_it_says_so():
    document = readers.read(
        "<html><head><meta charset=big5></head><body>資訊公開</body></html>".encode("big5")
    )
    assert document.text == "資訊公開\n"


def test_a_damaged_character_is_shown_as_such_and_many_are_refused():
    data = PAGE.format("utf-8").encode() + "文".encode() * 1000
    assert readers.read(data + b"\xe5\xff").text.count("\ufffd") == 2
    with pytest.raises(Refused, match="编码无法识别"):
        readers.read(b"<html><body>" + b"\xff\xe5" * 1000)


def test_a_page_that_declares_itself_as_xml_is_read():
    data = '<?xml version="1.0" encoding="gb2312"?><html><body><p>甲</p></body></html>'.encode("gb18030")
    assert readers.read(data).text == "甲\n"


def test_tags_that_are_never_closed_lose_nothing():
    assert texts("<font>" * 1500 + "甲<p>乙</p>") == ["甲", "乙"]


def test_what_follows_the_end_of_the_page_is_read():
    assert texts("甲</body></html>乙<p>丙</p>") == ["甲", "乙", "丙"]
    assert texts("<div><html><head><title>x</title></head><body>甲</body></html></div>乙") == ["甲", "乙"]


def test_nesting_without_end_is_refused():
    with pytest.raises(Refused, match="嵌套过深"):
        readers.read(page("<div>" * 10_000 + "甲"))


def test_characters_that_the_reader_uses_itself_do_no_harm():
    body = "甲\ufdd0\ufdd1乙&#64976;&#64977;&#64978;<table><tr><td>丙\ufdd1<td>1</table>"
    assert rows(body) == [["丙", "1"]]
    assert "".join(texts(body)).startswith("甲乙")


@pytest.mark.parametrize(
    "start", ["<p>甲</p>", "  <TABLE><tr><td>甲</table>", "甲<br></p>", "<!-- x --><span>甲</span>"]
)
def test_a_piece_of_a_page_is_a_page(start):
    assert "<" not in readers.read(start.encode()).text

"""Word documents: what is on the page is read, where it stands in the grid; what is not shown is not."""

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.model import Paragraph, Picture, Table
from dashboard.readers.word_numbering import numeral

from .packages import W, package

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(body, *, styles="", lists=""):
    parts = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    if styles:
        parts["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    if lists:
        parts["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{lists}</w:numbering>"
    return package(parts)


def read(body, **parts):
    return readers.read(document(body, **parts))


def texts(body, **parts):
    """What the paragraphs outside of tables say."""
    return [paragraph.text for paragraph in read(body, **parts).paragraphs]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def tc(content, properties=""):
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def placed(table):
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def texts_of(table):
    return [[cell.text for cell in row] for row in table.rows]


SPAN_2 = '<w:gridSpan w:val="2"/>'
SHOWN, SECRET = '<w:vanish w:val="0"/>', '<w:rStyle w:val="Secret"/>'
DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_are_one_cell_with_its_size_in_the_grid():
    (table,) = read(
        tbl(
            tr(tc("甲", SPAN_2), tc("乙", DOWN)),
            tr(tc("丙"), tc("丁"), tc("", GOES_ON)),
        )
    ).tables
    assert table.has_grid
    assert placed(table) == [[("甲", 0, 2, 1), ("乙", 2, 1, 2)], [("丙", 0, 1, 1), ("丁", 1, 1, 1)]]


def test_a_cell_merged_both_ways_in_the_old_manner_is_one_cell():
    across, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    (table,) = read(
        tbl(
            tr(tc("甲", across + DOWN), tc("", goes_on + DOWN), tc("1")),
            tr(tc("", across + GOES_ON), tc("", goes_on + GOES_ON), tc("2")),
        )
    ).tables
    assert placed(table) == [[("甲", 0, 2, 2), ("1", 2, 1, 1)], [("2", 2, 1, 1)]]


def test_grid_columns_before_a_row_are_skipped():
    (table,) = read(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>'))).tables
    assert placed(table)[1] == [("丙", 1, 1, 1)]


def test_a_cell_that_goes_on_from_nothing_is_a_cell():
    (table,) = read(tbl(tr(tc("甲", GOES_ON), tc("1")))).tables
    assert placed(table) == [[("甲", 0, 1, 1), ("1", 1, 1, 1)]]


def test_a_row_that_is_covered_entirely_is_no_row():
    (table,) = read(tbl(tr(tc("甲", DOWN), tc("1", DOWN)), tr(tc("", GOES_ON), tc("", GOES_ON)))).tables
    assert placed(table) == [[("甲", 0, 1, 1), ("1", 1, 1, 1)]]


def test_the_paragraphs_of_a_cell_are_its_lines():
    (table,) = read(tbl(tr(tc(p("本年") + p("") + p("收到")), tc("3")))).tables
    assert texts_of(table) == [["本年\n收到", "3"]]


def test_a_small_table_in_a_cell_is_text_of_the_cell():
    (table,) = read(tbl(tr(tc("甲"), tc(p("1") + tbl(tr(tc("其中"), tc("2"))) + p(""))))).tables
    assert texts_of(table) == [["甲", "1\n其中\n2"]]


def test_a_grid_in_a_cell_of_a_larger_table_stands_after_it():
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")))
    rows = [tr(tc(f"{number}"), tc("x"), tc("y")) for number in range(3)]
    outer, after = read(tbl(*rows, tr(tc("甲"), tc(p("见下") + inner + p(""))))).tables
    assert texts_of(outer)[3] == ["甲", "见下"]
    assert texts_of(after) == [["a", "b"], ["c", "d"]]


def test_a_table_that_frames_the_whole_report_is_read_as_its_parts():
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")))
    blocks = read(tbl(tr(tc(p("一、总体情况") + inner + p("二、其他"))))).blocks
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]


def test_prose_in_a_frame_is_paragraphs():
    prose = "本年度主动公开政府信息。" * 20
    assert texts(tbl(tr(tc(p("一、总体情况") + p(prose))))) == ["一、总体情况", prose]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on():
    box = f"<w:txbxContent>{p('框一')}{p('框二')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert texts(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('后')}</w:p>{p('下')}") == [
        "前后",
        "框一",
        "框二",
        "下",
    ]


def test_a_fallback_without_a_choice_is_shown():
    only = f"<mc:AlternateContent><mc:Fallback>{run('字')}</mc:Fallback></mc:AlternateContent>"
    assert texts(f"<w:p>{only}</w:p>") == ["字"]


def test_deleted_and_moved_text_is_out_and_inserted_text_is_in():
    changes = f"<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>{run('移')}</w:moveFrom><w:ins>{run('新')}</w:ins>"
    assert texts(f"<w:p>{run('甲')}{changes}<w:moveTo>{run('到')}</w:moveTo></w:p>") == ["甲新到"]


def test_a_deleted_row_and_a_hidden_row_are_out():
    rows = [tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties="<w:del/>")]
    rows += [tr(tc("丙"), tc("3"), properties="<w:hidden/>")]
    (table,) = read(tbl(*rows)).tables
    assert texts_of(table) == [["甲", "1"]]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    ended = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('申请')}</w:p>"
    assert texts(ended + p("3件")) == ["申请3件"]


def test_the_properties_before_a_revision_do_not_count():
    was = f"<w:tcPrChange><w:tcPr>{SPAN_2}</w:tcPr></w:tcPrChange>"
    vanished = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    (table,) = read(tbl(tr(tc(f"<w:p>{run('甲', vanished)}</w:p>", was), tc("1")))).tables
    assert placed(table) == [[("甲", 0, 1, 1), ("1", 1, 1, 1)]]


def test_hidden_text_is_out_and_a_hidden_paragraph_mark_hides_nothing():
    hidden, shown = run("藏", "<w:vanish/>"), run("显", SHOWN)
    marked = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('文')}</w:p>"
    assert texts(f"<w:p>{run('甲')}{hidden}{shown}</w:p>{marked}") == ["甲显", "文"]


STYLES = """
<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Again"><w:basedOn w:val="Base"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
"""


def test_text_hidden_by_its_style_is_out():
    body = f"<w:p>{run('甲')}{run('藏', SECRET)}</w:p>"
    body += p("藏", '<w:pStyle w:val="Below"/>') + p("乙", '<w:pStyle w:val="Again"/>')
    body += f"<w:p><w:pPr><w:pStyle w:val='Base'/></w:pPr>{run('丙', SHOWN)}{run('藏')}</w:p>"
    assert texts(body, styles=STYLES) == ["甲", "乙", "丙"]


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_the_result_of_a_field_is_shown_and_its_code_is_not():
    inner = field("begin") + run("码") + field("separate") + run("内") + field("end")
    whole = field("begin") + "<w:r><w:instrText>IF</w:instrText></w:r>" + inner + field("separate")
    assert texts(f"<w:p>{run('共')}{whole}{run('21')}{field('end')}{run('件')}</w:p>") == ["共21件"]


def test_a_field_that_never_ends_hides_nothing():
    assert texts(f"<w:p>{field('begin')}{run('甲')}</w:p>{p('乙')}") == ["甲", "乙"]


def test_characters_that_are_elements_are_read():
    signs = "<w:tab/><w:noBreakHyphen/><w:br/><w:sym w:font='宋体' w:char='F041'/><w:sym w:font='Wingdings' w:char='F0FE'/>"
    maths = "<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>"
    assert texts(f"<w:p>{run('甲')}<w:r>{signs}</w:r><w:r><w:sym w:char='zz'/></w:r>{maths}</w:p>") == [
        "甲 -\nA\uf0fe7"
    ]


def test_wrapped_paragraphs_rows_and_cells_are_read():
    def wrapped(inside):
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    blocks = read(wrapped(p("甲") + tbl(wrapped(tr(wrapped(tc("乙")), tc("1")))))).blocks
    assert blocks[0].text == "甲"
    assert texts_of(blocks[1]) == [["乙", "1"]]


def level(number, form, text, more=""):
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


OF_STYLE_1, OF_STYLE_2 = '<w:pStyle w:val="H1"/>', '<w:pStyle w:val="H2"/>'
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、", OF_STYLE_1)}'
    f"{level(1, 'chineseCounting', '（%2）', OF_STYLE_2)}"
    f"{level(2, 'decimal', '%3.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def item(text, depth=0, number=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_the_numbers_that_word_writes_are_read():
    body = item("总体") + item("公开", 1) + item("申请", 1) + item("甲", 2) + item("其他") + item("办结", 1)
    assert texts(body, lists=LISTS) == [
        "一、总体",
        "（一）公开",
        "（二）申请",
        "1. 甲",
        "二、其他",
        "（一）办结",
    ]


def test_a_bullet_is_no_text_and_a_list_may_start_anew():
    assert texts(item("甲", number=2) + item("乙", number=3) + item("丙", number=0), lists=LISTS) == [
        "甲",
        "五、乙",
        "丙",
    ]


def test_headings_numbered_by_their_style_are_read():
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(f'<w:style w:styleId="H{depth}">{numbered}</w:style>' for depth in (1, 2))
    styles += '<w:style w:styleId="Own"><w:basedOn w:val="H1"/></w:style>'
    body = p("总体", '<w:pStyle w:val="Own"/>') + p("公开", '<w:pStyle w:val="H2"/>') + p("文")
    body += p("无", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(body, styles=styles, lists=LISTS) == ["一、总体", "（一）公开", "文", "无"]


def test_numbers_of_lists_are_read_in_cells():
    (table,) = read(tbl(tr(tc(item("国家秘密", 2)), tc("3"))), lists=LISTS).tables
    assert texts_of(table) == [["1. 国家秘密", "3"]]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (2020, "chineseCounting", "二千零二十"),
        (12, "ideographDigital", "一二"),
        (12, "decimal", "12"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "chineseLegalSimplified", "贰"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "unknownFormat", "7"),
        (0, "chineseCounting", "0"),
    ],
)
def test_a_number_is_written_in_the_format_of_the_list(count, form, written):
    assert numeral(count, form) == written


def drawing(width, height):
    return f'<w:drawing><wp:inline><wp:extent cx="{width * 360000}" cy="{height * 360000}"/><a:blip/></wp:inline></w:drawing>'


def test_a_large_picture_is_marked_after_its_paragraph_and_an_icon_is_not():
    body = (
        f"<w:p>{run('甲')}<w:r>{drawing(16, 9)}</w:r></w:p><w:p>{run('乙')}<w:r>{drawing(1, 1)}</w:r></w:p>"
    )
    assert [type(block) for block in read(body).blocks] == [Paragraph, Picture, Paragraph]


def test_pictures_in_old_drawings_are_marked_by_their_size_or_where_it_is_unknown():
    large = '<w:pict><v:shape style="width:400pt;height:300pt"><v:imagedata/></v:shape></w:pict>'
    small = large.replace("400", "20").replace("300", "20")
    body = p("甲") + "".join(
        f"<w:p><w:r>{one}</w:r></w:p>" for one in (large, small, "<w:pict><v:imagedata/></w:pict>")
    )
    assert [type(block) for block in read(body).blocks] == [Paragraph, Picture, Picture]


def test_a_picture_in_a_cell_is_marked_after_the_table():
    blocks = read(tbl(tr(tc("甲"), tc(f"<w:p><w:r>{drawing(9, 9)}</w:r></w:p>")))).blocks
    assert [type(block) for block in blocks] == [Table, Picture]


def test_a_document_of_pictures_alone_is_refused():
    with pytest.raises(Refused, match="文件只有图片"):
        read(f"<w:p><w:r>{drawing(16, 20)}</w:r></w:p>")


def test_content_that_is_only_embedded_is_refused():
    with pytest.raises(Refused, match="嵌有其他格式"):
        read(p("甲") + "<w:altChunk/>")


def test_a_strict_document_under_another_name_is_read():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    relation = f'<Relationship Id="r1" Type="{TYPE}/officeDocument" Target="doc/main.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = package(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/doc/main.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f"<Relationships>{relation}</Relationships>",
            "doc/main.xml": f'<w:document xmlns:w="{strict}"><w:body>{p("甲")}</w:body></w:document>',
        }
    )
    assert readers.read(data).paragraphs[0].text == "甲"


def test_a_document_in_utf_16_is_read():
    xml = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NAMESPACES}><w:body>{p("甲")}</w:body></w:document>'
    assert readers.read(package({"word/document.xml": xml.encode("utf-16")})).text == "甲\n"

"""What reading a document costs beside the bare library: the same file, the same run, in turns.

For each format one report of usual size (three tables with merged cells, some pages of prose), made here
unless the data folder has originals or files are named. The bare pass unpacks, parses and gives up paragraphs
and the texts of table rows as the library has them: no grid, no merged cells, nothing left out, nothing looked at
first. The reader also looks for what the library would not survive, leaves out what is hidden, parts prose from
tables and says where in the text and grid each cell stands. Prints medians in milliseconds and the ratio.
Run: make bench, or .venv/bin/python bench/readers.py [FILE ...]
"""

import io
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import docx
import xlsxwriter
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree
from lxml import html as lxml_html
from python_calamine import CalamineWorkbook

from dashboard import readers
from dashboard.paths import data_folder
from dashboard.readers.transcript import Placed

RUNS = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIGURES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_RESULTS = {
    "（一）予以公开": ("",),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ("",),
    "（三）不予公开": tuple(f"{number}.第{number}种不予公开的情形" for number in range(1, 9)),
    "（四）无法提供": tuple(f"{number}.第{number}种无法提供的情形" for number in range(1, 4)),
    "（五）不予处理": tuple(f"{number}.第{number}种不予处理的情形" for number in range(1, 6)),
    "（六）其他处理": tuple(f"{number}.第{number}种其他处理的情形" for number in range(1, 4)),
    "（七）总计": ("",),
}
_PROSE = (
    "2022年，示例县某局主动公开政府信息206条，收到申请334件，均在期限内答复，并按月检查栏目更新情况。" * 3
)

Rows = list[list[Placed]]
Work = Callable[[], object]


def report() -> Iterator[str | Rows]:
    """The blocks of a report: prose, and tables of placed cells."""
    yield "示例县某局2022年政府信息公开工作年度报告（虚构）"
    for heading in ("一、总体情况", "二、主动公开政府信息情况"):
        yield heading
        yield from (f"（{number}）{_PROSE}" for number in range(8))
    yield _publications()
    yield "三、收到和处理政府信息公开申请情况"
    yield _requests()
    yield "四、政府信息公开行政复议、行政诉讼情况"
    yield _reviews()
    yield "五、存在的主要问题及改进情况"
    yield from (f"{number}.{_PROSE}" for number in range(8))
    yield "六、其他需要报告的事项"
    yield "本年度未收取信息处理费。"


def _publications() -> Rows:
    rows = []
    for item in "一五六八":
        rows.append([Placed(f"第二十条第（{item}）项", 0, 4)])
        rows.append(
            [Placed(text, column) for column, text in enumerate(("信息内容", "制发", "废止", "有效"))]
        )
        rows += [
            [Placed(text, column) for column, text in enumerate((name, "3", "1", "18"))] for name in "甲乙"
        ]
    return rows


def _requests() -> Rows:
    rows = [
        [Placed("（本列数据的勾稽关系）", 0, 3, 3), Placed("申请人情况", 3, 7)],
        [Placed("自然人", 3, 1, 2), Placed("法人或其他组织", 4, 5), Placed("总计", 9, 1, 2)],
        [Placed(text, 4 + place) for place, text in enumerate(_FIGURES[1:6])],
        [Placed("一、本年新收政府信息公开申请数量", 0, 3), *_figures(3, 7)],
        [Placed("二、上年结转政府信息公开申请数量", 0, 3), *_figures(3, 7)],
    ]
    height = sum(map(len, _RESULTS.values()))
    lead = [Placed("三、本年度办理结果", 0, 1, height)]
    for group, items in _RESULTS.items():
        for place, item in enumerate(items):
            label = [Placed(group, 1, 2)] if not item else [Placed(item, 2)]
            first = [Placed(group, 1, 1, len(items))] if item and not place else []
            rows.append([*lead, *first, *label, *_figures(3, 7)])
            lead = []
    return [*rows, [Placed("四、结转下年度继续办理", 0, 3), *_figures(3, 7)]]


def _reviews() -> Rows:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [Placed("行政复议", 0, 5), Placed("行政诉讼", 5, 10)],
        [
            *(Placed(text, column, 1, 2) for column, text in enumerate(outcomes)),
            *(
                Placed(text, 5 + 5 * place, 5)
                for place, text in enumerate(("未经复议直接起诉", "复议后起诉"))
            ),
        ],
        [Placed(text, 5 + column) for column, text in enumerate(outcomes * 2)],
        _figures(0, 15),
    ]


def _figures(column: int, count: int) -> list[Placed]:
    return [Placed(str(7 * place % 23), column + place) for place in range(count)]


def as_word() -> bytes:
    """The report as a word processor saves it: fonts on every run, merged cells."""
    document = docx.Document()
    for block in report():
        if isinstance(block, str):
            _run(document.add_paragraph(), block)
            continue
        table = document.add_table(len(block), max(cell.column + cell.width for row in block for cell in row))
        for number, row in enumerate(block):
            for placed in row:
                cell = table.cell(number, placed.column)
                if (placed.width, placed.height) != (1, 1):
                    last = table.cell(number + placed.height - 1, placed.column + placed.width - 1)
                    cell = cell.merge(last)
                _run(cell.paragraphs[0], placed.text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _run(paragraph: docx.text.paragraph.Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(16)
    run.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")


def as_page() -> bytes:
    """The report as a site shows it: styles on every element, page chrome around it."""
    style = 'style="text-indent:2em;font-family:仿宋;font-size:16pt"'
    chrome = "".join(f'<li><a href="/{number}.html">栏目{number}</a></li>' for number in range(40))
    parts = [f'<div class="top"><ul>{chrome}</ul></div><div class="content">']
    for block in report():
        if isinstance(block, str):
            parts.append(f"<p {style}><span {style}>{escape(block)}</span></p>")
            continue
        parts.append('<table border="1">')
        for row in block:
            cells = (
                f'<td colspan="{cell.width}" rowspan="{cell.height}"><p {style}><span>{cell.text}</span></p></td>'
                for cell in row
            )
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    body = "".join([*parts, "</div><div>主办单位：示例县某局</div>"])
    head = "<style>.off{display:none}</style><script>var a = 1;</script>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def as_workbook() -> bytes:
    """The report as a workbook with one sheet, prose in cells merged over the whole width."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as workbook:
        sheet, style = workbook.add_worksheet(), workbook.add_format({"border": 1, "text_wrap": True})
        line = 0
        for block in report():
            rows = [[Placed(block, 0, 15)]] if isinstance(block, str) else block
            for row in rows:
                for cell in row:
                    value = int(cell.text) if cell.text.isdigit() else cell.text
                    if (cell.width, cell.height) == (1, 1):
                        sheet.write(line, cell.column, value, style)
                    else:
                        end = (line + cell.height - 1, cell.column + cell.width - 1)
                        sheet.merge_range(line, cell.column, *end, value, style)
                line += 1
    return held.getvalue()


def bare_word(data: bytes) -> object:
    """Unpack and parse with lxml; the texts of paragraphs and of table rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    paragraphs = ["".join(paragraph.itertext()) for paragraph in body.iterchildren(f"{_W}p")]
    rows = [
        ["".join(cell.itertext()) for cell in row.iterchildren(f"{_W}tc")] for row in body.iter(f"{_W}tr")
    ]
    return paragraphs, rows


def bare_page(data: bytes) -> object:
    """Decode and parse with lxml; the texts of paragraphs and of table rows."""
    root = lxml_html.document_fromstring(data.decode())
    paragraphs = ["".join(paragraph.itertext()) for paragraph in root.iter("p", "li")]
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]
    return paragraphs, rows


def bare_workbook(data: bytes) -> object:
    """Open with calamine; the texts of every row of every sheet, as Python writes its values."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    return [[list(map(str, row)) for row in rows] for rows in sheets]


#: Beginnings of files, and the bare pass over what begins so.
_BARE = {b"PK": bare_word, b"\xd0\xcf": bare_workbook, b"<": bare_page}


def medians(*works: Work) -> list[float]:
    """The median milliseconds of each, taken in turns after one turn that is not counted."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(RUNS + 1):
        for work, times in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - start)
    return [statistics.median(times) * 1000 for times in taken]


def measure(name: str, data: bytes) -> None:
    """Print one line for a document: the reader, the bare library, the ratio."""
    bare = next((work for start, work in _BARE.items() if data.lstrip().startswith(start)), None)
    if bare is bare_word and b"xl/workbook.xml" in data:
        bare = bare_workbook
    if bare is None:
        raise SystemExit(f"{name}: no bare library to compare with")
    document = readers.read(data)
    ours, theirs = medians(lambda: readers.read(data), lambda: bare(data))
    cells = sum(len(row) for table in document.tables for row in table.rows)
    print(
        f"{name:24} {len(data):>9,} bytes {len(document.paragraphs):5} paragraphs {cells:6} cells"
        f"   reader {ours:7.2f} ms   bare {theirs:7.2f} ms   ratio {ours / theirs:5.2f}"
    )


def received() -> dict[str, bytes]:
    """The first original of each format in the data folder, by its name; {} where it has none."""
    folder = data_folder().documents
    first = {
        path.suffix: path for path in sorted(folder.rglob("*"), reverse=True) if path.suffix in _RECEIVED
    }
    return {path.name: path.read_bytes() for path in first.values()}


_MADE = {".docx": as_word, ".html": as_page, ".xlsx": as_workbook}
#: Formats that are measured where originals are received; none can be made of the old binary one.
_RECEIVED = (*_MADE, ".xls")


def main() -> None:
    """Measure the named files, else one report a format: received, or made where there is none."""
    files = {path: Path(path).read_bytes() for path in sys.argv[1:]} or received()
    for name, data in (files or {f"report{suffix}": make() for suffix, make in _MADE.items()}).items():
        measure(name, data)


if __name__ == "__main__":
    main()

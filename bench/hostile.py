"""How soon a large text is refused that is no report, or more than one can be: shapes that make work, five megabytes of each.

Prints the seconds of the reader, of the extraction, and what is said. Run: .venv/bin/python bench/hostile.py [SHAPE ...]
"""

import sys
import time
from pathlib import Path

from dashboard import codebook, readers
from dashboard.errors import Refused
from dashboard.extract import extract

SIZE = 5_000_000
#: What makes a text a report, before the shapes that are named so.
TITLE = "示例县教育局2022年政府信息公开工作年度报告\n一、总体情况\n"
#: What is repeated until the text is as large.
SHAPES = {
    "numbers parted by blanks": "".join(f"{number} " for number in range(3000)),
    "lines of numbers parted by blanks": "".join(
        " ".join(str(number + place) for place in range(20)) + "\n" for number in range(3000)
    ),
    "figures parted by tabs": "".join(
        "\t".join(str(number + place) for place in range(20)) + "\n" for number in range(3000)
    ),
    "one line of tabs": "12\t",
    "lines that open with a tab": "\t12\n",
    "labels in lines that open with a tab": "\t甲乙\n",
    "pipes": "|",
    "lines of pipes": "| 甲 | 12 |\n",
    "rules and pipes": "+----+\n| 12 |\n",
    "quotation marks": '"\t',
    "open quotation marks": '\t"1\n',
    "prose without numbers": "县政府门户网站公开栏目按月检查并及时更新。\n",
    "prose with numbers": "全年公开信息12条，答复申请3件。\n",
    "one endless line of prose": "县政府门户网站公开栏目按月检查并及时更新",
    "one endless line of digits": "1234567890",
    "one endless line of blanks and one word": "                                                   甲",
    "empty lines": "\n",
    "blank lines": "  \u3000\n",
    "a number a line": "12\n",
    "a label a line": "规章\n",
    "short words parted by blanks": "甲 乙 ",
    "words of the form parted by blanks": "规章 行政许可 总计 ",
    "cells": "<td>",
    "rows": "<tr><td>12</td><td>甲</td></tr>",
    "paragraphs": "<p>甲</p>",
    "open elements": "<div>",
    "numbered headings": "一、总体情况\n",
    "numbered headings of every section": "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
    "other numbered headings": "一、甲乙丙\n",
    "long numbered headings": "一、总体情况" + " " * 90 + "\n",
    "long headings of every section": "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    + " " * 300
    + "\n",
    "long rows of figures parted by tabs": "\t".join(str(7**place) for place in range(12, 26))
    + " " * 1300
    + "\n",
    "long rows of a page": "<tr><td>12</td><td>甲</td></tr>" + " " * 120,
    "counts without an end, under a report's title": "收到12条，",
    "long prose with numbers": "全年公开信息12条，答复申请3件，按月检查栏目。" * 2 + "\n",
}


def main() -> None:
    """Print one line for each shape, or those named."""
    book = codebook.load(Path(__file__).resolve().parents[1] / "data" / "codebook")
    wanted = sys.argv[1:] or list(SHAPES)
    for name in wanted:
        unit = SHAPES[name]
        title = TITLE if name.endswith("title") else ""
        data = (title + unit * (SIZE // len(unit.encode()) + 1)).encode()
        start = time.perf_counter()
        read, said = 0.0, "读取"
        try:
            document = readers.read(data)
            read = time.perf_counter() - start
            extract(document, book)
        except Refused as refused:
            said = str(refused)
        total = time.perf_counter() - start
        print(f"{name:42} {total:6.2f} s  (reader {read:5.2f})  {said}", flush=True)


if __name__ == "__main__":
    main()

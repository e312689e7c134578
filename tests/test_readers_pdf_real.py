"""Reading PDFs that others made: LibreOffice, and a real report."""

import shutil
import subprocess
from pathlib import Path

import pytest

from .pdfs import paragraphs, read, rows

SOFFICE = shutil.which("soffice")
PAGE = """<html><head><meta charset="utf-8"></head><body>
<h1 align="center">示例县2023年政府信息公开工作年度报告</h1>
<p>{long}</p><h2>一、总体情况</h2><p>{long}{long}</p>
<table border="1" cellspacing="0" width="100%"><tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td></td><td>0</td></tr><tr><td>行政规范性文件</td><td>3</td><td>5</td><td>12</td></tr>
<tr><td>行政许可</td><td colspan="3">550</td></tr></table>
<p>{long}</p></body></html>"""
LONG = "示例县办公室全年主动公开信息1136条，其中规范性文件12件，政策解读35篇，回应群众关切218次，全部按期办结，群众较为满意，各项工作有新的进展。"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page as LibreOffice prints it."""
    if SOFFICE is None:
        pytest.skip("no soffice on the path (Debian: apt-get install libreoffice-writer fonts-noto-cjk)")
    folder = tmp_path_factory.mktemp("export")
    (folder / "page.html").write_text(PAGE.format(long=LONG), "utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "pdf:writer_web_pdf_Export",
        "--outdir",
        folder,
        "page.html",
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=180)
    return (folder / "page.pdf").read_bytes()


class TestLibreOffice:
    def test_the_table_has_its_grid_and_its_blank(self, exported: bytes):
        (table,) = read(exported).tables
        assert rows(table)[0] == [("第二十条第（一）项", 0, 4, 1)]
        assert rows(table)[2:] == [
            [("规章", 0, 1, 1), ("0", 1, 1, 1), ("", 2, 1, 1), ("0", 3, 1, 1)],
            [("行政规范性文件", 0, 1, 1), ("3", 1, 1, 1), ("5", 2, 1, 1), ("12", 3, 1, 1)],
            [("行政许可", 0, 1, 1), ("550", 1, 3, 1)],
        ]

    def test_paragraphs_are_whole(self, exported: bytes):
        texts = ["".join(text.split()) for text in paragraphs(exported)]
        assert texts[-4:] == [LONG, "一、总体情况", LONG + LONG, LONG]


def shared_rows(shared_folder: Path) -> list[list[tuple]]:
    document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
    return [[cell for row in rows(table) for cell in row] for table in document.tables]


class TestRealReport:
    def test_every_cell_stands_at_its_place(self, shared_folder: Path):
        tables = shared_rows(shared_folder)
        assert [max(column + width for _, column, width, _ in table) for table in tables] == [
            4,
            2,
            10,
            10,
            15,
        ]
        assert ("行政许可", 0, 1, 1) in tables[0]
        assert ("550", 1, 3, 1) in tables[0]
        assert tables[1][0] == ("信息内容", 0, 1, 1)
        assert ("7730.28", 1, 1, 1) in tables[1]
        assert ("法人或其他组织", 4, 5, 1) in tables[2]
        assert ("三\n、\n本\n年\n度\n办\n理\n结\n果", 0, 1, 12) in tables[2]
        assert ("（三）不予公开", 1, 1, 8) in tables[2]
        assert ("复议后起诉", 10, 5, 1) in tables[4]

    def test_every_figure_of_the_tables_is_there(self, shared_folder: Path):
        document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
        requests = [
            [cell.text for cell in row if cell.column >= 3]
            for table in document.tables[2:4]
            for row in table.rows
            if row[-1].text.isdigit()
        ]
        sums = {0: "21", 1: "0", 3: "4", 4: "1", 9: "1", 10: "1", 12: "10", 13: "3", 15: "1", 21: "21"}
        assert requests == [
            [sums.get(row, "0"), "0", "0", "0", "0", "0", sums.get(row, "0")] for row in range(len(requests))
        ]
        assert len(requests) == 23
        assert [cell.text for cell in document.tables[4].rows[-1]] == [
            "10",
            "1",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "5",
            "0",
            "0",
            "0",
            "0",
        ]

    def test_prose_is_whole_and_page_numbers_are_left_out(self, shared_folder: Path):
        document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
        texts = [block.text for block in document.paragraphs]
        heads = [text for text in texts if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")]
        assert [len(text) < 25 for text in heads] == [True] * 6
        assert [document.page(block.start) for block in document.paragraphs if block.text in heads] == [
            1,
            2,
            3,
            4,
            4,
            5,
        ]
        assert not [text for text in texts if text.startswith(("-", "—", "、"))]
        assert all(text[-1] in "。：" for text in texts if len(text) > 30)

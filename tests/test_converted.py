"""Forms that went through other programs on their way here: what was printed is still read, or said to be unread."""

import subprocess
from decimal import Decimal
from shutil import which

import pytest

from dashboard.build import read_bytes
from dashboard.forms import Layout, pdf, written

from .layouts import filled, form_on, sparse
from .test_round_trip import EDITIONS, each_edition, faults

FIGURES = {"filled": filled, "sparse": sparse}
#: The ways out of LibreOffice: its filter, the kinds of file that go in, the ending that comes out.
WAYS = {
    "page": ("html", ("docx", "xlsx"), "html"),
    "strict page": ("html:XHTML Writer File", ("docx",), "html"),
    "text": ("txt:Text (encoded):UTF8", ("docx",), "txt"),
    "sheet as text": ("txt:Text - txt - csv (StarCalc):9,34,76,1", ("xlsx",), "txt"),
    "old workbook": ("xls:MS Excel 97", ("xlsx",), "xls"),
    "sheet in print": ("pdf:calc_pdf_Export", ("xlsx",), "pdf"),
}
#: What a page in print may lack: the lines of its tables.
NO_LINES = "td,th{border:0!important}"
#: The part of a table without lines that is read, where every cell is filled.
LEAST_READ = Decimal("0.9")


@pytest.fixture(scope="session")
def printed(book):
    """What is on each form: its figures, and the form itself."""
    forms = {}
    for edition in map(book.editions.get, EDITIONS):
        for name, drawn in FIGURES.items():
            figures = drawn(edition, book, len(forms))
            forms[edition.id, name] = (figures, form_on(edition, figures, book))
    return forms


@pytest.fixture(scope="session")
def converted(book, printed, tmp_path_factory):
    """Every form out of LibreOffice, in one call for each way."""
    office = which("soffice")
    if office is None:
        pytest.skip("no soffice on the path (Debian: apt-get install libreoffice-calc-nogui)")
    folder = tmp_path_factory.mktemp("converted")
    for (edition, name), (_, form) in printed.items():
        for kind in ("docx", "xlsx"):
            (folder / f"{edition}-{name}-{kind}.{kind}").write_bytes(written(form, book, kind))
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    for way, (form, kinds, _) in WAYS.items():
        sources = [path for kind in kinds for path in sorted(folder.glob(f"*.{kind}"))]
        into = ["--convert-to", form, "--outdir", folder / way, *sources]
        subprocess.run([*command, *into], check=True, capture_output=True, timeout=300)
    return folder


@each_edition
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("way", "kind"), [(way, kind) for way, told in WAYS.items() for kind in told[1]])
def test_a_converted_form_is_read_back_whole(book, printed, converted, way, kind, edition, name):
    path = converted / way / f"{edition}-{name}-{kind}.{WAYS[way][2]}"
    figures, _ = printed[edition, name]
    assert faults(path.read_bytes(), figures, book.editions[edition], Layout(), book)[0] == []


@pytest.fixture(scope="session")
def pages(book, printed, chromium):
    """Every form as a page in print without lines, and as the text that a browser copies from it."""
    made = {}
    page = chromium.new_page()
    for key, (_, form) in printed.items():
        page.set_content(written(form, book, "html").decode())
        copied = page.evaluate("document.body.innerText")
        page.add_style_tag(content=NO_LINES)
        made[key] = (page.pdf(format="A4"), copied.encode())
    page.close()
    return made


@each_edition
@pytest.mark.parametrize("name", FIGURES)
def test_a_page_copied_from_a_browser_is_read_back_whole(book, printed, pages, edition, name):
    figures, _ = printed[edition, name]
    assert faults(pages[edition, name][1], figures, book.editions[edition], Layout(), book)[0] == []


@each_edition
@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_moves_in_a_table_without_lines(book, printed, pages, edition, name):
    """A cell is read right or not at all, and that is said; of a filled table nearly all are."""
    figures, _ = printed[edition, name]
    right, _ = unmoved(pages[edition, name][0], figures, book)
    if name == "filled":
        assert right >= len(figures) * LEAST_READ


def unmoved(paper, figures, book):
    """How many cells are read right, and the findings, where none is read otherwise and what is unread is said."""
    (told,) = read_bytes(paper, book)
    cells = [fact for fact in told.reading.facts if fact.source == "table"]
    read = {(fact.indicator, fact.group): (fact.value, fact.status) for fact in cells}
    right = [cell for cell in figures if read.get(cell) == figures[cell]]
    moved = {
        cell: (figures.get(cell), fact)
        for cell, fact in read.items()
        if fact not in (figures.get(cell), (None, "unreadable"))
    }
    assert moved == {}
    assert len(right) == len(figures) or any(
        finding.rule.startswith("R-") for finding in told.reading.findings
    )
    return len(right), told.reading.findings


#: The part of the cells of all editions that is read at least, of tables printed with some lines and without.
LEAST_OF_LINES = {
    ("dashed", "filled"): Decimal(1),
    ("dashed", "sparse"): Decimal(1),
    ("across", "filled"): Decimal("0.95"),
    ("across", "sparse"): Decimal("0.75"),
    ("down", "filled"): Decimal("0.95"),
    ("down", "sparse"): Decimal("0.75"),
    ("none", "filled"): Decimal("0.95"),
    ("none", "sparse"): Decimal("0.75"),
}
#: The same, of the text that pdftotext takes out of a ruled table; without columns, blanks are not to be told.
LEAST_OF_TEXT = {
    ("-layout", "filled"): Decimal("0.95"),
    ("-layout", "sparse"): Decimal("0.65"),
    ("-raw", "filled"): Decimal("0.6"),
    ("-raw", "sparse"): Decimal("0.1"),
    ("-enc UTF-8", "filled"): Decimal("0.8"),
    ("-enc UTF-8", "sparse"): Decimal(0),
}


@pytest.fixture(scope="session")
def sheets(book, printed):
    """Every form printed by one call of LibreOffice, with all of its lines and with some."""
    if which("soffice") is None:
        pytest.skip("no soffice on the path (Debian: apt-get install libreoffice-writer-nogui)")
    layouts = [Layout(broken_after=6), *(Layout(rules=rules) for rules, _ in LEAST_OF_LINES)]
    papers = {
        f"{edition} {name} {layout.rules}": written(form, book, "docx", layout)
        for (edition, name), (_, form) in printed.items()
        for layout in layouts
    }
    return pdf.printed(papers, printed["2021", "filled"][1].day)


@pytest.mark.parametrize(("rules", "name"), LEAST_OF_LINES)
def test_no_figure_moves_where_a_printed_table_lacks_lines(book, printed, sheets, rules, name):
    """Blank cells are told by the columns in which the other figures stand, or not at all."""
    told = [
        (
            unmoved(sheets[f"{edition} {name} {rules}"], printed[edition, name][0], book)[0],
            printed[edition, name],
        )
        for edition in EDITIONS
    ]
    asked = sum(len(figures) for _, (figures, _) in told)
    assert sum(right for right, _ in told) >= asked * LEAST_OF_LINES[rules, name]


@pytest.mark.parametrize(("way", "name"), LEAST_OF_TEXT)
def test_no_figure_moves_in_text_taken_out_of_a_pdf(book, printed, sheets, way, name, tmp_path):
    if which("pdftotext") is None:
        pytest.skip("no pdftotext on the path (Debian: apt-get install poppler-utils)")
    right = asked = 0
    for edition in EDITIONS:
        paper, copy = tmp_path / f"{edition}.pdf", tmp_path / f"{edition}.txt"
        paper.write_bytes(sheets[f"{edition} {name} all"])
        subprocess.run(["pdftotext", *way.split(), paper, copy], check=True)
        figures, _ = printed[edition, name]
        right += unmoved(copy.read_bytes(), figures, book)[0]
        asked += len(figures)
    assert right >= asked * LEAST_OF_TEXT[way, name]

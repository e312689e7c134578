"""The heart: what is printed on a form, in any edition, format and layout, is read back, no more and no less."""

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from shutil import which

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard import codebook
from dashboard.build import read_bytes
from dashboard.errors import Refused
from dashboard.forms import Layout, pdf, written

from .layouts import AGENCY, NOT_TO_BE_TOLD, TEXTS, filled, form_on, layouts, seeds, sparse

EDITIONS = ["2008", "2014", "2019", "2021"]
KINDS = [*(f"txt {text}" for text in TEXTS), "docx", "html", "xlsx"]
#: A shape in which blank cells vanish is for tables with every cell filled.
WITH_BLANKS = [kind for kind in KINDS if kind != "txt pdf_copy"]
#: The shipped codebook; no fixture, for Hypothesis prints a failing test's arguments.
shipped = partial(codebook.load, Path(__file__).parent.parent / "data" / "codebook")
#: Not shrunk: `assert_none` finds the choices that matter itself, in a second and not in minutes.
DRAWN = settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], database=None
)
#: Rules by which every cell of tables 3 and 4 is tied to others, and the editions that have them.
IDENTITIES = {"T3-01", "T3-02", "T3-03", "T4-01", "T4-02"}
TIED_EDITIONS = {"2019", "2021"}
TIED = ("req.", "review.", "lit.")

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def on_paper(figures, edition, kind, layout, book):
    return written(form_on(edition, figures, book), book, kind.split()[0], layout)


def faults(paper, figures, edition, layout, book):
    """What was read otherwise than it was printed, and what the reader says it could not read."""
    try:
        (told,) = read_bytes(paper, book)
    except Refused as refused:
        return [str(refused)], ()
    reading = told.reading
    facts = [fact for fact in reading.facts if fact.source == "table"]
    cells = {(fact.indicator, fact.group): (fact.value, fact.status) for fact in facts}
    found = [
        f"{cell}: printed {figures.get(cell)}, read {cells.get(cell)}"
        for cell in {**figures, **cells}
        if figures.get(cell) != cells.get(cell)
    ]
    if (reading.agency, reading.edition, len(cells)) != (AGENCY, edition.id, len(facts)):
        found.append(f"{reading.agency}, edition {reading.edition}, {len(facts)} facts, {len(cells)} cells")
    # The prose of a drawn report counts nothing.
    found += [str(fact) for fact in reading.facts if fact.source != "table" and fact.value is not None]
    found += [
        f"{finding.rule} {finding.message}"
        for finding in reading.findings
        if finding.rule.startswith("R-") and finding.rule not in said_of(layout)
    ]
    return found, reading.findings


def said_of(layout):
    """What the reader rightly says of a layout: it took a misprint for the label, a table is not the form's."""
    return {*(["R-label"] if layout.misprint else []), *(["R-table"] if layout.metadata else [])}


def assert_none(faults_in, layout):
    """Nothing is wrong in this layout; else say what, with the fewest choices that are not the official look."""
    found = faults_in(layout)
    if not found:
        return
    for choice in fields(Layout):
        plainer = replace(layout, **{choice.name: choice.default})
        fewer = faults_in(plainer) if plainer != layout else []
        if fewer:
            layout, found = plainer, fewer
    chosen = {
        choice.name: getattr(layout, choice.name)
        for choice in fields(Layout)
        if getattr(layout, choice.name) != choice.default
    }
    raise AssertionError(
        "\n".join([f"{len(found)} faults with {chosen or 'the official look'}:", *found[:5]])
    )


def drawn_layout(data, kind, edition):
    name, _, text = kind.partition(" ")
    return data.draw(layouts(name, edition, text or "lines"))


@each_edition
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), seed=seeds())
@DRAWN
def test_a_filled_form_is_read_back_whole(edition, kind, data, seed):
    """And as its figures were drawn to balance, no rule finds an error."""
    book = shipped()
    edition = book.editions[edition]
    figures = filled(edition, book, seed)

    def faults_in(layout):
        found, findings = faults(
            on_paper(figures, edition, kind, layout, book), figures, edition, layout, book
        )
        return found or [finding.message for finding in findings if finding.severity == "error"]

    assert_none(faults_in, drawn_layout(data, kind, edition))


@each_edition
@pytest.mark.parametrize("kind", WITH_BLANKS)
@given(data=st.data(), seed=seeds())
@DRAWN
def test_a_sparse_form_is_read_back_blank_by_blank(edition, kind, data, seed):
    book = shipped()
    edition = book.editions[edition]
    figures = sparse(edition, book, seed)

    def faults_in(layout):
        return faults(on_paper(figures, edition, kind, layout, book), figures, edition, layout, book)[0]

    assert_none(faults_in, drawn_layout(data, kind, edition))


@each_edition
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), seed=seeds(), more=st.integers(1, 10**5))
@DRAWN
def test_one_changed_number_changes_that_fact_alone(edition, kind, data, seed, more):
    """And in tables 3 and 4 it breaks an identity, which is an error that names the cell."""
    book = shipped()
    edition = book.editions[edition]
    figures = filled(edition, book, seed)
    cell = data.draw(st.sampled_from(list(figures)))
    changed = {**figures, cell: (figures[cell][0] + more, "reported")}

    def faults_in(layout):
        found, findings = faults(
            on_paper(changed, edition, kind, layout, book), changed, edition, layout, book
        )
        is_tied = edition.id in TIED_EDITIONS and cell[0].startswith(TIED)
        is_told = any(
            finding.rule in IDENTITIES
            and finding.severity == "error"
            and cell in {(named.indicator, named.group) for named in finding.cells}
            for finding in findings
        )
        return found or ([f"{cell} changed by {more}: no rule says so"] if is_tied and not is_told else [])

    assert_none(faults_in, drawn_layout(data, kind, edition))


@each_edition
@pytest.mark.parametrize("text", NOT_TO_BE_TOLD)
@given(data=st.data(), seed=seeds())
@settings(DRAWN, max_examples=16)
def test_where_the_text_cannot_tell_no_figure_moves(edition, text, data, seed):
    """A misprinted label, blanks that vanished: a cell is read right or not at all, and the reader says so."""
    book = shipped()
    edition = book.editions[edition]
    figures = sparse(edition, book, seed)

    def faults_in(layout):
        paper = on_paper(figures, edition, "txt", layout, book)
        (told,) = read_bytes(paper, book)
        facts = [fact for fact in told.reading.facts if fact.source == "table"]
        read = {(fact.indicator, fact.group): (fact.value, fact.status) for fact in facts}
        moved = [
            f"{cell}: printed {figures.get(cell)}, read {fact}"
            for cell, fact in read.items()
            if fact not in (figures.get(cell), (None, "unreadable"))
        ]
        is_said = any(finding.rule.startswith("R-") for finding in told.reading.findings)
        return moved or ([] if is_said or read == figures else ["not read whole, and nothing said"])

    # A gap inside a number makes up for a blank that vanished: that no reader can know.
    assert_none(faults_in, replace(data.draw(layouts("txt", edition, text, can_be_told=False)), torn=False))


PRINTED = {
    "official": (filled, Layout()),
    "with blanks": (sparse, Layout(blank="\u00a0")),
    "wide": (filled, Layout(digits="wide", brackets="half", unit="cell")),
    "header again": (filled, Layout(header_again=9, broken_after=6)),
    "upright": (sparse, Layout(vertical=True, thousands=",", contents=True, misprint=("req.new", 4))),
    "repeated": (filled, Layout(merges="repeated", separate_blocks=True, metadata=True)),
}


@pytest.fixture(scope="session")
def printed(book):
    """Forms of every edition printed by one call of LibreOffice, with their figures."""
    if which("soffice") is None:
        pytest.skip(
            "no soffice on the path (Debian: apt-get install libreoffice-writer-nogui fonts-noto-cjk)"
        )
    figures, papers = {}, {}
    for edition in map(book.editions.get, EDITIONS):
        for name, (drawn, layout) in PRINTED.items():
            figures[edition.id, name] = drawn(edition, book, len(figures))
            papers[f"{edition.id} {name}"] = on_paper(
                figures[edition.id, name], edition, "docx", layout, book
            )
    made = pdf.printed(papers, form_on(book.editions["2021"], {}, book).day)
    return {key: (figures[key], made[" ".join(key)]) for key in figures}


@each_edition
@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_form_is_read_back_whole(book, printed, edition, name):
    figures, paper = printed[edition, name]
    assert faults(paper, figures, book.editions[edition], PRINTED[name][1], book)[0] == []

"""Two reports of a fictional agency, read whole: every cell and every count, in every form they are saved in."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.errors import Refused

DATA = Path(__file__).parent / "data"
REPORTS = ["示例县民政局-2020", "示例县民政局-2022"]
EDITIONS = dict(zip(REPORTS, [(2020, "2019", 198), (2022, "2021", 200)], strict=True))


def expected(name):
    with (DATA / f"{name}.expected.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def told(reading):
    return [
        (
            fact.indicator,
            fact.group or "",
            fact.item or "",
            "" if fact.value is None else f"{fact.value.normalize():f}",
            fact.status,
            fact.raw,
            fact.source,
        )
        for fact in reading.facts
    ]


def stripped(text):
    """As editors save it: no tabs, no blanks at the ends of lines, every cell on a line of its own."""
    return "\n".join(line.strip() for line in text.split("\n"))


def wide(text):
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


SETTINGS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VARIANTS = {
    "as it is": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac": lambda text: text.replace("\n", "\r").encode(),
    "GB18030": lambda text: text.encode("gb18030"),
    "GB18030, CRLF": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
    "UTF-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "no tabs": lambda text: stripped(text).encode(),
    "no tabs, CRLF, GB18030": lambda text: stripped(text).replace("\n", "\r\n").encode("gb18030"),
    "blanks kept, no NBSP": lambda text: text.replace("\u00a0", " ").encode(),
    "blank last lines": lambda text: (text + "\n\n \n").encode(),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_and_count_is_read(read, document, name):
    """All cells of the form in its order, then all counts and statements in theirs, and nothing else."""
    assert told(read(document(name))) == expected(name)


@pytest.mark.parametrize("name", REPORTS)
def test_agency_year_and_edition_are_told_by_the_document(read, document, name):
    reading = read(document(name))
    year, edition, _ = EDITIONS[name]
    assert (reading.agency, reading.year, reading.edition) == ("示例县民政局", year, edition)


@pytest.mark.parametrize("name", REPORTS)
def test_table_cells_are_those_of_the_form(read, document, book, name):
    """As many facts from tables as the form has cells, each cell once."""
    _, edition, count = EDITIONS[name]
    cells = [(fact.indicator, fact.group) for fact in read(document(name)).facts if fact.source == "table"]
    assert len(cells) == count
    assert sorted(cells, key=str) == sorted(book.editions[edition].required_cells, key=str)


@pytest.mark.parametrize("name", REPORTS)
def test_every_fact_leads_back_to_its_characters(read, document, name):
    """`raw` is the text between start and end, and the quotation of a sentence holds it."""
    text = document(name).decode()
    for fact in read(document(name)).facts:
        start, end = fact.locator["start"], fact.locator["end"]
        if fact.status != "derived":
            assert text[start:end] == fact.raw
        if fact.source == "narrative":
            assert text[fact.locator["quote_start"] :].startswith(fact.locator["quote"])


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_way_a_report_is_saved_changes_no_fact(read, document, name, variant):
    data = VARIANTS[variant](document(name).decode())
    assert told(read(data)) == expected(name)


@pytest.mark.parametrize("name", REPORTS)
def test_full_width_digits_are_digits(read, document, name):
    """Values stay; only what was printed differs."""
    facts = told(read(wide(document(name).decode()).encode()))
    assert [fact[:5] for fact in facts] == [row[:5] for row in expected(name)]


def test_report_of_2022_holds_every_rule(read, document):
    """Full of numbers that balance: nothing is found but counts that are not of this year."""
    findings = read(document(REPORTS[1])).findings
    assert {finding.rule for finding in findings} == {"R-prose"}
    assert len(findings) == 3


def test_report_of_2020_leaves_its_sums_open(read, document):
    """It has totals but not every part: one warning a rule, and no error."""
    rules = [(finding.rule, finding.severity) for finding in read(document(REPORTS[0])).findings]
    assert rules == [(rule, "warning") for rule in ("T3-02", "T3-03", "T4-01", "T4-02")]


def changeable(name):
    """The facts that are a plain number of digits, by their place among the facts, with those digits."""
    rows = enumerate(expected(name))
    return [
        (place, row[3])
        for place, row in rows
        if row[4] == "reported" and re.match(rf"{row[3]}(?!\d|[.,])", row[5])
    ]


@pytest.mark.parametrize("name", REPORTS)
@given(data=st.data(), number=st.integers(0, 10**6))
@SETTINGS
def test_a_changed_number_changes_that_fact_alone(read, name, data, number):
    """Any filled cell or count can be changed: its fact has the new number, all others the old ones."""
    text = (DATA / f"{name}.txt").read_text("utf-8")
    order, old = data.draw(st.sampled_from(changeable(name)))
    fact = read(text.encode()).facts[order]
    start = fact.locator["start"]
    changed = read((text[:start] + str(number) + text[start + len(old) :]).encode())
    wanted = [row[:5] for row in expected(name)]
    wanted[order] = (*wanted[order][:3], f"{Decimal(number).normalize():f}", "reported")
    derived = {"welfare", "finance.budget"} & {fact.indicator}
    got = [row[:5] for row in told(changed)]
    if derived:  # welfare.only follows from these two
        wanted = [row for row in wanted if row[0] != "welfare.only"]
        got = [row for row in got if row[0] != "welfare.only"]
    assert got == wanted


MANGLED = st.lists(
    st.tuples(st.sampled_from(["cut", "double", "swap", "glue"]), st.floats(0, 0.999), st.floats(0, 0.999)),
    min_size=1,
    max_size=4,
)


def mangled(text, changes):
    """Lines cut out, doubled, swapped or glued together, as a careless conversion leaves them."""
    lines = text.split("\n")
    for kind, here, there in changes:
        one, other = sorted((int(here * len(lines)), int(there * len(lines))))
        if kind == "cut":
            del lines[one : min(other, one + 12)]
        elif kind == "double":
            lines[one:one] = lines[one : min(other, one + 12)]
        elif kind == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        else:
            lines[one : one + 2] = ["".join(lines[one : one + 2])]
    return "\n".join(lines)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("saved", ["as it is", "no tabs"])
@given(changes=MANGLED)
@SETTINGS
def test_a_mangled_report_is_read_or_refused(read, name, saved, changes):
    """Whatever is lost: no failure, and every fact still stands at its characters."""
    text = (DATA / f"{name}.txt").read_text("utf-8")
    data = VARIANTS[saved](mangled(text, changes)).decode()
    try:
        reading = read(data.encode())
    except Refused:
        return
    for fact in reading.facts:
        if fact.status != "derived":
            assert data[fact.locator["start"] : fact.locator["end"]] == fact.raw

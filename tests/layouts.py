"""Drawn reports for the tests: figures of any edition that balance or not, and the ways forms are laid out.

Figures are drawn from a seed, hundreds at a time; layouts choice by choice, so that a failure shrinks to
the one choice that matters.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from random import Random
from typing import get_args

from hypothesis import strategies as st

from dashboard.forms import Form, Layout, form_of
from dashboard.forms.cells import cell_of
from dashboard.forms.layout import Text
from dashboard.model import Fact, Reading
from dashboard.numbers import is_money

AGENCY = "示例县民政局"
PROSE = {
    "一": ("本局按规定公开政府信息，工作总体平稳。",),
    "五": ("存在的主要问题：栏目更新不够及时。今后将定期检查。",),
    "六": ("没有其他需要报告的事项。",),
}
#: Rounds in which totals follow their parts; the deepest chain (part, total, total column, balance) has four.
ROUNDS = 6
TEXTS = get_args(Text)
#: Statuses of a sparse form, with how often each is drawn of ten.
SPARSE = ["reported"] * 4 + ["blank"] * 4 + ["dash", "nil"]

Figure = tuple[Decimal | None, str]


def asked(edition, random):
    """The cells of the edition's form, with some of its optional rows and columns."""
    return [
        cell
        for table in edition.tables
        for block in table.blocks
        for row in kept_rows(block, random)
        for column in block.columns
        if not column.optional or random.random() < 0.5
        if (cell := cell_of(block, row, column)) is not None
    ]


def kept_rows(block, random):
    """The rows without some of the optional ones; none goes without the row it is a part of.

    A row that may stand for the rows below it (the one （六）其他处理) is left out where they are there.
    """
    required = [row.path for row in block.rows if not row.optional]
    left_out = []
    for row in block.rows:
        stands_for_others = any(path[: len(row.path)] == row.path for path in required)
        is_part_of_none = any(row.path[: len(path)] == path for path in left_out)
        if row.optional and (stands_for_others or is_part_of_none or random.random() < 0.5):
            left_out.append(row.path)
        else:
            yield row


def number(cell, book, random):
    """A figure as such a cell might hold: small for counts, some large; money with places."""
    indicator = book.indicators[cell[0]]
    if is_money(indicator.unit_zh):
        places = 6 if indicator.unit_zh == "万元" else 2
        return Decimal(random.randrange(10**8)).scaleb(-places)
    if cell[0].endswith(".items_change"):
        return Decimal(random.randint(-5, 20))
    return Decimal(random.choice([0, 0, 1, 2, 3, random.randrange(100), random.randrange(3000)]))


def filled(edition, book, seed):
    """Figures for every cell of the edition's form, such that every rule of severity error holds."""
    random = Random(seed)  # noqa: S311 - figures, not secrets
    values = {cell: number(cell, book, random) for cell in asked(edition, random)}
    ties = list(tied(edition, book, values))
    for _ in range(ROUNDS):
        for kind, left, right in ties:
            settle(kind, left, right, values)
    return {cell: (value, "reported") for cell, value in values.items()}


def tied(edition, book, cells):
    """What the rules say of these cells of a form: (kind, the cells on the left, the cells on the right).

    Read from the codebook here and not by the code that checks, which is what the tests are about.
    """
    groups = [group for group in dict.fromkeys(group for _, group in cells) if group]

    def printed(patterns, group):
        codes = [code for pattern in patterns for code in book.matching(pattern)]
        return [(code, group) for code in dict.fromkeys(codes) if (code, group) in cells]

    for rule in book.rules:
        kind, each = rule["kind"], rule.get("each")
        if not speaks_of(rule, edition, cells):
            continue
        if each == "indicator":
            for code in dict.fromkeys(code for code, group in cells if group):
                own = [(code, group) for group in groups]
                yield (
                    kind,
                    [(code, rule["total_group"])],
                    [cell for cell in own if cell[1] != rule["total_group"]],
                )
            continue
        sides = [[rule["total"]], rule["parts"]] if kind == "sum" else [rule["left"], rule["right"]]
        for stem in rule.get("stems", [""]):
            named = [[code.replace("{stem}", stem) for code in side] for side in sides]
            for group in groups if each == "group" else [rule.get("group")]:
                left, right = (printed(side, group) for side in named)
                if right and (left or kind == "at_most"):
                    yield kind, left, right


def speaks_of(rule, edition, cells):
    """Whether a rule ties figures of this form together, and not only in case of doubt."""
    if rule["kind"] != "sum" and (rule["kind"] not in ("balance", "at_most") or rule["severity"] != "error"):
        return False
    if edition.id not in rule.get("editions", [edition.id]) or edition.id in rule.get("not_editions", []):
        return False
    return not any(code in rule.get("unless_printed", []) for code, _ in cells)


def settle(kind, left, right, values):
    """Make a sum hold by its total, a balance by its first cell on the left, a bound by its first on the right."""
    more = sum(values[cell] for cell in left) - sum(values[cell] for cell in right)
    if kind == "at_most":
        values[right[0]] += max(more, 0)
    elif values[left[0]] >= more:
        values[left[0]] -= more
    else:  # what is carried in may not be more than there is on the right
        for cell in left[1:]:
            values[cell] = Decimal(0)
        values[left[0]] = sum(values[cell] for cell in right)


def sparse(edition, book, seed):
    """Figures as hurried offices leave them: blanks, dashes, 无, 约; nothing need balance."""
    random = Random(seed)  # noqa: S311 - figures, not secrets
    figures: dict[tuple[str, str | None], Figure] = {}
    for cell in asked(edition, random):
        status = random.choice([*SPARSE, "approximate"] if random.random() < 0.1 else SPARSE)
        value = {"blank": None, "dash": None, "nil": Decimal(0)}.get(status, number(cell, book, random))
        figures[cell] = (abs(value) if value and status == "approximate" else value, status)
    return figures


def reading_of(edition, figures: Mapping[tuple[str, str | None], Figure]):
    """A reading of a fictional agency that says these figures in its tables."""
    facts = tuple(
        Fact(code, group, None, value, status, "", None, "table", {})
        for (code, group), (value, status) in figures.items()
    )
    return Reading(AGENCY, edition.last_year or edition.first_year + 1, edition.id, facts)


def form_on(edition, figures, book) -> Form:
    """The figures on their form, with prose that counts nothing."""
    sections = {section: text for section, text in PROSE.items() if in_sections(edition, book)}
    return form_of(reading_of(edition, figures), book, sections)


def in_sections(edition, book):
    """Whether the edition's tables stand in the sections of the report."""
    return any(table.section == section["id"] for table in edition.tables for section in book.sections)


def seeds():
    return st.integers(0, 10**6)


def misprints(edition):
    """A long label of a row and a place in it past its number, or none."""
    long = [
        (row.code, row.path[-1])
        for table in edition.tables
        for block in table.blocks
        for row in block.rows
        if row.code and row.path and not row.optional and len(row.path[-1]) >= 8
    ]
    if not long:
        return st.none()
    one = st.sampled_from(long).flatmap(
        lambda row: st.tuples(st.just(row[0]), st.integers(3, len(row[1]) - 2))
    )
    return st.one_of(st.none(), one)


def choices(edition):
    """The choices that every format has."""
    return {
        "digits": st.sampled_from(["plain", "wide"]),
        "thousands": st.sampled_from(["", ",", "，"]),
        "blank": st.sampled_from(["", " ", "\u00a0", "\u3000"]),
        "torn": st.booleans(),
        "unit": st.sampled_from(["form", "header", "cell"]),
        "brackets": st.sampled_from(["full", "half"]),
        "mark": st.sampled_from([".", "、", "．"]),
        "gap": st.sampled_from(["", " ", "\u3000", "\u00a0"]),
        "alias": st.integers(0, 2),
        "misprint": misprints(edition),
        "heading": st.sampled_from(["{numeral}、{words}", "{numeral}、 {words}"]),
        "heading_words": st.integers(0, 2),
        "separate_blocks": st.booleans(),
        "all_columns": st.booleans(),
        "numbered": st.booleans(),
        "metadata": st.booleans(),
        "contents": st.booleans(),
        "chrome": st.booleans(),
    }


#: The choices of one format each; those of text depend on the shape too.
GRID = {
    "broken_after": st.sampled_from([0, 3, 6, 11]),
    "vertical": st.booleans(),
    "merges": st.sampled_from(["merged", "repeated", "lost"]),
    "header_again": st.one_of(st.none(), st.integers(1, 24)),
}
OWN = {
    "docx": {
        **GRID,
        "numbers_split": st.booleans(),
        "rules": st.sampled_from(["all", "dashed", "across", "down", "none"]),
    },
    "html": {
        **GRID,
        "numbers_split": st.booleans(),
        "page": st.sampled_from(["clean", "word", "site"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
        "line_end": st.sampled_from(["\n", "\r\n"]),
    },
    "xlsx": {**GRID, "typed": st.booleans(), "sheets": st.sampled_from(["one", "each"])},
    "txt": {
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
        "line_end": st.sampled_from(["\n", "\r\n"]),
    },
}
OWN_OF_TEXT = {
    "lines": {"broken_after": GRID["broken_after"]},
    "lines_without_tabs": {"broken_after": GRID["broken_after"]},
    "lines_apart": {},
    "bars_behind": {},
    "bars_before": {},
    "bar_lines": {"broken_after": GRID["broken_after"]},
    "pipes": {
        "pipe_rule": st.booleans(),
        "pipe_ends": st.booleans(),
        "merges": st.sampled_from(["merged", "repeated"]),
        "header_again": GRID["header_again"],
    },
    "tabs": {"merges": st.sampled_from(["merged", "repeated"]), "header_again": GRID["header_again"]},
    "spaced": {"header_again": GRID["header_again"]},
    "pdf_copy": {},
}


#: Where no mark parts the cells, a label that is no label and a number with a gap inside are not to be told
#: from other text: the reader says so, and no reading of them is right.
NOT_TO_BE_TOLD = {
    "lines_without_tabs": {"misprint": st.none()},
    "lines_apart": {"misprint": st.none()},
    "bars_behind": {"misprint": st.none()},
    "bars_before": {"misprint": st.none()},
    "bar_lines": {"misprint": st.none()},
    "pdf_copy": {"misprint": st.none(), "torn": st.just(value=False), "all_columns": st.just(value=False)},
}


def layouts(kind, edition, text="lines", *, can_be_told=True):
    """Ways in which published forms of this kind (and, for txt, this shape of text) are laid out.

    `can_be_told`: without the choices that leave a reader of this shape of text no way to know.
    """
    own = OWN_OF_TEXT[text] if kind == "txt" else {}
    untold = NOT_TO_BE_TOLD.get(text, {}) if kind == "txt" and can_be_told else {}
    drawn = {**choices(edition), **OWN[kind], **own, **untold}
    assert drawn.keys() <= {field.name for field in fields(Layout)}
    return st.builds(Layout, **drawn, text=st.just(text))

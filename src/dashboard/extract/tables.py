"""Table cells -> facts: rows matched by their labels and the form's order, figures by their columns.

A row whose figures cannot be told apart is unreadable as a whole. Rows the form does not know and rows
of the form that are not there become findings; so does a form's table that the document lacks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.codebook import Codebook, Edition, FormLabel, FormTable
from dashboard.extract.headings import Header, fresh, is_counted, is_strange, take_heading
from dashboard.extract.matching import Matched, Place, match
from dashboard.extract.rows import Row, rows_of
from dashboard.extract.sections import pictured_sections
from dashboard.extract.values import is_figure, labels_of, value_cells
from dashboard.extract.vocabulary import form_words, row_words
from dashboard.model import Cell, CellReference, Document, Fact, Finding
from dashboard.numbers import Quantity, cell_quantity, is_money, quantity_in

#: A form's table is in the document when at least this many of its words are.
_LEAST_WORDS = 3
_Candidate = tuple[Row, Header]
_Lines = dict[Place, list["_Found"]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of the document for a row of the form: the header above it, how many of its cells are label."""

    row: Row
    header: Header
    label_count: int


@dataclass(slots=True)
class _Taken:
    """What has been read of a document so far; `known` are the rows that are accounted for."""

    facts: list[Fact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    known: set[Row] = field(default_factory=set)


def table_facts(document: Document, edition: Edition, book: Codebook) -> tuple[list[Fact], list[Finding]]:
    """Return the facts of every cell the edition's form asks for, and what did not fit the form.

    Facts come in the form's order, one a cell that the document has, blank cells included.
    """
    tables = [rows_of(number, table) for number, table in enumerate(document.tables, start=1)]
    shown = [{form.id: _words_shown(rows, form) for form in edition.tables} for rows in tables]
    taken = _Taken()
    for form in edition.tables:
        mine = [rows for rows, counts in zip(tables, shown, strict=True) if _belongs(form, counts)]
        if sum(counts[form.id] for counts in shown) < _LEAST_WORDS or not mine:
            taken.findings.append(_missing(form, document, book))
            continue
        _take(form, [row for rows in mine for row in rows], book, taken)
    _say_unknown(tables, shown, edition, taken)
    return taken.facts, taken.findings


def _missing(form: FormTable, document: Document, book: Codebook) -> Finding:
    """What is said of a table that the document lacks, or shows as a picture."""
    is_of_section = form.section in {section["id"] for section in book.sections}
    name = f"第{form.section}部分的表格（{form.name_zh}）" if is_of_section else f"《{form.name_zh}》"
    if form.section in pictured_sections(document, book):
        return Finding("R-table", "warning", f"{name}是图片，未读取；本产品不含文字识别（OCR）")
    return Finding("R-table", "warning", f"未找到{name}")


def _words_shown(rows: list[Row], form: FormTable) -> int:
    """How many words of the form the rows of a table show."""
    return len({word for row in rows for word in row.words if word} & form_words(form))


def _belongs(form: FormTable, counts: dict[str, int]) -> bool:
    """A table is of every form it shows enough words of; one with few words is of the form it shows most of."""
    return counts[form.id] >= _LEAST_WORDS or counts[form.id] == max(counts.values()) > 0


def _take(form: FormTable, rows: Sequence[Row], book: Codebook, taken: _Taken) -> None:
    """Read one table of the form from the rows of the tables that hold it."""
    labelled, unlabelled = _candidates(form, rows, taken)
    names = [labels_of(row, form, header) for row, header in labelled]
    matches = match([labels for labels, _ in names], form)
    lines: _Lines = {}
    for (row, header), (_, count), matched in zip(labelled, names, matches, strict=True):
        if matched.place is not None:
            taken.known.add(row)
            block = matched.place[0]
            above = header if header.block is block else replace(fresh(block), is_wrong=header.is_wrong)
            lines.setdefault(matched.place, []).append(_Found(row, above, count))
        taken.findings += _match_findings(row, matched, form)
    told = [row for row, _ in unlabelled if any(cell.text for cell in row.cells)]
    for row, header in unlabelled:
        taken.known.add(row)
        if told and row not in told:  # an empty row around it
            continue
        place = (header.block, header.block.rows[0])
        lines.setdefault(place, []).append(_Found(row, header, 0))
    headers = [found.header for all_found in lines.values() for found in all_found]
    if any(header.is_wrong for header in headers):
        taken.findings.append(
            Finding("R-column", "warning", f"表头各列的次序与表式不同，未读取：{form.name_zh}")
        )
    for word in dict.fromkeys(word for header in headers for word in header.unknown):
        taken.findings.append(Finding("R-column", "info", f"表格另有一栏不在表式内，未读取：{word}"))
    for block in form.blocks:
        for line in block.rows:
            found = lines.get((block, line), [])
            is_told = bool(found) or not _is_told_in_one_row(line, lines)
            if is_told and not _heads_its_parts((block, line), lines):
                _take_line((block, line), found, form, book, taken)


def _candidates(
    form: FormTable, rows: Sequence[Row], taken: _Taken
) -> tuple[list[_Candidate], list[_Candidate]]:
    """The rows that may hold figures: those with a label, and those of a block whose row has none."""
    labelled: list[_Candidate] = []
    unlabelled: list[_Candidate] = []
    header = fresh(form.blocks[0])
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if (headed := take_heading(row, form, header)) is not None:
            header = headed
            taken.known.add(row)
            continue
        if is_counted(row, header):
            header = replace(header, is_wrong=False, places=(), widths=(), is_open=False)
            taken.known.add(row)
            continue
        in_the_middle = _is_row_of(before, form) and _is_row_of(after, form)
        if in_the_middle and not _is_row_of(row, form) and is_strange(row, header):
            header = replace(header, is_wrong=True)
            message = f"表格中间另有一个表头，与表式不同，其下未读取：{row.text}"
            taken.findings.append(Finding("R-column", "warning", message))
            taken.known.add(row)
        header = replace(header, is_open=False) if header.is_open else header
        if any(line.path for line in header.block.rows):
            labelled.append((row, header))
        elif header.is_seen and _is_plain(row, header):
            unlabelled.append((row, header))
    return labelled, unlabelled


def _is_row_of(row: Row | None, form: FormTable) -> bool:
    """Whether a row has a label of the form: a header between two such rows stands in mid-table."""
    return row is not None and not row_words(form).isdisjoint(row.words)


def _is_plain(row: Row, header: Header) -> bool:
    values = value_cells(row, 0, header)
    return values is not None and all(map(is_figure, values))


def _match_findings(row: Row, matched: Matched, form: FormTable) -> Iterator[Finding]:
    if matched.is_ambiguous:
        yield Finding("R-row", "warning", f"这一行可对应{form.name_zh}中的几行，无法判定，未读取：{row.text}")
    elif matched.place and not matched.is_exact:
        label = matched.place[1].path[-1]
        printed = next(cell.text for cell in reversed(row.cells) if cell.text and not is_figure(cell))
        message = f"行名与表式不同，按次序读作“{label}”：{' '.join(printed.split())}"
        yield Finding("R-label", "info", message)


def _take_line(place: Place, found: list[_Found], form: FormTable, book: Codebook, taken: _Taken) -> None:
    """The facts of one row of the form; a row printed twice is read only where both say the same."""
    block, line = place
    if not found:
        if not line.optional and not block.heads_group(line):
            message = f"表格缺少一行：{' '.join(line.path) or form.name_zh}"
            taken.findings.append(Finding("R-row", "warning", message))
        return
    if block.heads_group(line):
        return
    first, *others = found
    values = None if first.header.is_wrong else value_cells(first.row, first.label_count, first.header)
    for other in others:
        again = value_cells(other.row, other.label_count, other.header)
        same = values and again and [cell.text for cell in values] == [cell.text for cell in again]
        how = "数字相同，只取第一次" if same else "数字不同，未读取"
        taken.findings.append(Finding("R-row", "warning", f"同一行出现两次，{how}：{other.row.text}"))
        values = values if same else None
    read = list(_row_facts(first, place, values, form, book))
    taken.facts += read
    taken.findings += _cell_findings(read, book)


def _heads_its_parts(place: Place, lines: _Lines) -> bool:
    """Whether an optional row for a group is printed without any figure above the group's rows: as their heading."""
    _, line = place
    has_parts = any(
        other.path[: len(line.path)] == line.path and other.path != line.path for _, other in lines
    )
    blank = (
        not any(cell.text for cell in found.row.cells[found.label_count :]) for found in lines.get(place, [])
    )
    return line.optional and bool(line.path) and has_parts and all(blank)


def _is_told_in_one_row(line: FormLabel, lines: _Lines) -> bool:
    """Whether the document gives an optional row for the group and none of the group's rows (其他处理 of 2021)."""
    wholes = [
        other.path for _, other in lines if other.optional and other.path == line.path[: len(other.path)]
    ]
    return any(
        not any(other.path[: len(whole)] == whole and other.path != whole for _, other in lines)
        for whole in wholes
    )


def _row_facts(
    found: _Found, place: Place, values: tuple[Cell, ...] | None, form: FormTable, book: Codebook
) -> Iterator[Fact]:
    block, line = place
    row, header = found.row, found.header
    columns = header.columns
    units = header.units if len(header.units) == len(columns) else ()
    row_unit = _row_unit(columns, values)
    quote = row.text
    last = row.cells[-1]
    for number, column in enumerate(columns):
        if column not in block.value_columns:
            continue
        indicator, group = block.cell(line, column)
        cell = values[number] if values else Cell("", last.end, last.end)
        wanted = book.indicators[indicator].unit_zh
        unit = units[number] if units else None
        quantity = cell_quantity(cell.text) if values else Quantity(None, "unreadable")
        if quantity.unit and is_money(quantity.unit) != is_money(wanted):
            quantity = Quantity(None, "unreadable", quantity.unit)  # a figure from another column
        if is_money(wanted) and quantity.unit is None and cell.text.endswith(("万", "亿")):
            quantity = Quantity(None, "unreadable")  # its unit is broken off
        told = quantity.unit or row_unit or unit
        quantity = quantity_in(quantity, told, wanted)
        yield Fact(
            indicator,
            group,
            None,
            quantity.value,
            quantity.status,
            cell.text,
            quantity.unit or row_unit or (unit if is_money(wanted) else None),
            "table",
            _locator(form, row, (line, column), cell if values else None, quote),
        )


def _row_unit(columns: tuple[FormLabel, ...], values: tuple[Cell, ...] | None) -> str | None:
    """The unit that a column of units prints for the row."""
    for column, cell in zip(columns, values or (), strict=False):
        if column.gives == "unit" and cell.text.strip("-—/ "):
            return "".join(cell.text.split())
    return None


def _locator(
    form: FormTable, row: Row, labels: tuple[FormLabel, FormLabel], cell: Cell | None, quote: str
) -> dict[str, Any]:
    line, column = labels
    last = row.cells[-1]
    return {
        "table": form.id,
        "row": row.number,
        "column": None if cell is None else row.cells.index(cell) + 1,
        "row_label": " ".join(line.path) or None,
        "column_label": " ".join(column.path),
        "start": cell.start if cell else last.end,
        "end": cell.end if cell else last.end,
        "quote": quote,
    }


def _cell_findings(facts: Sequence[Fact], book: Codebook) -> Iterator[Finding]:
    unreadable = [fact for fact in facts if fact.status == "unreadable"]
    if unreadable:
        quote = unreadable[0].locator["quote"]
        cells = tuple(CellReference(*fact.key, status=fact.status) for fact in unreadable)
        yield Finding("R-cell", "warning", f"有 {len(cells)} 格无法读出数字，未作猜测：{quote}", cells)
    for fact in facts:
        wanted = book.indicators[fact.indicator]
        if is_money(wanted.unit_zh) and fact.value and fact.unit is None:
            message = f"{wanted.name_zh}没有写单位，按{wanted.unit_zh}记：{fact.raw}"
            yield Finding("R-unit", "warning", message, (CellReference(*fact.key, value=fact.value),))


def _say_unknown(
    tables: list[list[Row]], shown: list[dict[str, int]], edition: Edition, taken: _Taken
) -> None:
    """Rows that no table of the form accounts for; a table with no word of the form is told as one."""
    for rows, counts in zip(tables, shown, strict=True):
        unknown = [row for row in rows if row not in taken.known and any(cell.text for cell in row.cells)]
        if not unknown:
            continue
        if any(counts.values()):
            taken.findings += [
                Finding("R-row", "warning", f"表格中有一行不在{edition.name_zh}内，未读取：{row.text}")
                for row in unknown
            ]
        else:
            message = f"文中另有一张表格不是{edition.name_zh}的，未读取：{unknown[0].text}"
            taken.findings.append(Finding("R-table", "info", message))

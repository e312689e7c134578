"""Table cells -> facts: rows matched by their label and the form's order, values by position.

A row's labels are everything up to its last known label; what follows are its values, and there
must be as many as the form has columns. A row that lacks some is unreadable as a whole: which of
its cells vanished is not for us to guess. Rows the form does not know and rows of the form that
are not there become findings.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dashboard.codebook import Codebook, Edition, FormLabel, FormTable
from dashboard.extract.headings import Row, Walk, column_words, enter, is_heading, spellings
from dashboard.extract.labels import bare, normal
from dashboard.model import Cell, CellReference, Document, Fact, Finding, Table
from dashboard.numbers import Quantity, cell_quantity, is_money, quantity_in

#: A misprinted label is taken for the row the form expects next when it is at least this alike.
_ALIKE = 0.7
#: A table belongs to a form table when it shows at least this many of its labels.
_LEAST_LABELS = 3


def table_facts(document: Document, edition: Edition, book: Codebook) -> tuple[list[Fact], list[Finding]]:
    """Return the facts of every cell the edition's form asks for, and what did not fit the form.

    Facts come in the form's order, one a cell that the document has, blank cells included.
    """
    rows = [
        Row(number, place, row)
        for number, table in enumerate(document.tables, start=1)
        for place, row in enumerate(table.rows, start=1)
    ]
    facts: list[Fact] = []
    findings: list[Finding] = []
    known: set[Row] = set()
    for form in edition.tables:
        tables = {
            number
            for number, table in enumerate(document.tables, start=1)
            if _labels_shown(table, form) >= _LEAST_LABELS
        }
        if not tables:
            findings.append(
                Finding("R-table", "warning", f"未找到第{form.section}部分的表格（{form.name_zh}）")
            )
            continue
        walked = _walk([row for row in rows if row.table in tables], form, book, known)
        facts += walked[0]
        findings += walked[1]
    findings += [
        Finding("R-row", "warning", f"表格中有一行不在{edition.name_zh}内，未读取：{row.text}")
        for row in rows
        if row not in known and any(cell.text for cell in row.cells)
    ]
    return facts, findings


def _walk(
    rows: Sequence[Row], form: FormTable, book: Codebook, known: set[Row]
) -> tuple[list[Fact], list[Finding]]:
    facts: list[Fact] = []
    findings: list[Finding] = []
    walk = Walk(form.blocks[0])
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        if is_heading(row, form, walk):
            known.add(row)
            continue
        line = _line_of(row, form, walk, findings)
        if line is None:
            continue
        known.add(row)
        key = (walk.block.title, line.code)
        if key in seen:
            findings.append(Finding("R-row", "warning", f"同一行出现两次，只取第一次：{row.text}"))
            continue
        seen[key] = row
        read = list(_row_facts(row, line, form, walk, book))
        facts += read
        findings += _cell_findings(read, book)
    if walk.disordered:
        findings.append(Finding("R-column", "warning", f"表头各列的次序与表式不同，未读取：{form.name_zh}"))
    for block in form.blocks:
        for line in block.rows:
            if (block.title, line.code) not in seen and not line.optional:
                findings.append(
                    Finding("R-row", "warning", f"表格缺少一行：{' '.join(line.path) or form.name_zh}")
                )
    return facts, findings


def _line_of(row: Row, form: FormTable, walk: Walk, findings: list[Finding]) -> FormLabel | None:
    """The row of the form that a row of the document is, or None."""
    unlabelled = next((line for line in walk.block.rows if not line.path), None)
    if unlabelled is not None:
        fits = walk.headed and len(row.cells) == len(walk.block.columns)
        return unlabelled if fits and all(_is_figure(cell) for cell in row.cells) else None
    words = [bare(cell.text) for cell in row.cells if cell.text]
    for word in reversed(words):  # a group's name may stand before the row's own label
        for block in dict.fromkeys((walk.block, *form.blocks)):
            for place, line in enumerate(block.rows):
                if word in spellings(line):
                    enter(walk, block)
                    walk.last_row = place
                    return line
    return _misprinted(row, walk, findings)


def _misprinted(row: Row, walk: Walk, findings: list[Finding]) -> FormLabel | None:
    following = walk.last_row + 1
    if following >= len(walk.block.rows):
        return None
    line = walk.block.rows[following]
    expected = bare(line.path[-1])
    for cell in row.cells:
        word = bare(cell.text)
        if word[:1] == expected[:1] and SequenceMatcher(None, word, expected).ratio() >= _ALIKE:
            message = f"行名与表式不同，按次序读作“{line.path[-1]}”：{cell.text}"
            findings.append(Finding("R-label", "info", message))
            walk.last_row = following
            return line
    return None


def _row_facts(row: Row, line: FormLabel, form: FormTable, walk: Walk, book: Codebook) -> Iterator[Fact]:
    block = walk.block
    columns = walk.columns or block.columns
    first = _first_value(row, line)
    values = row.cells[first:]
    missing = (
        walk.disordered or len(values) < len(columns) or any(cell.text for cell in values[len(columns) :])
    )
    last = row.cells[-1]
    for place, column in enumerate(columns):
        indicator, group = block.cell(line, column)
        cell = Cell("", last.end, last.end) if missing else values[place]
        unit = walk.units[place] if len(walk.units) == len(columns) else None
        quantity = Quantity(None, "unreadable") if missing else cell_quantity(cell.text)
        wanted = book.indicators[indicator].unit_zh
        if quantity.unit and is_money(quantity.unit) != is_money(wanted):
            quantity = Quantity(None, "unreadable", quantity.unit)  # a figure from another column
        quantity = quantity_in(quantity, quantity.unit or unit, wanted)
        locator = {
            "table": form.id,
            "row": row.number,
            "column": None if missing else first + place + 1,
            "row_label": " ".join(line.path) or None,
            "column_label": " ".join(column.path),
            "start": cell.start,
            "end": cell.end,
            "quote": row.text,
        }
        printed_unit = quantity.unit or (unit if is_money(wanted) else None)
        yield Fact(
            indicator, group, None, quantity.value, quantity.status, cell.text, printed_unit, "table", locator
        )


def _first_value(row: Row, line: FormLabel) -> int:
    """The place of the first cell after the row's last label."""
    if not line.path:
        return 0
    names = {bare(part) for part in line.path} | spellings(line)
    labelled = [place for place, cell in enumerate(row.cells) if bare(cell.text) in names]
    if not labelled:  # a misprinted label: the last cell that is text
        labelled = [place for place, cell in enumerate(row.cells) if cell.text and not _is_figure(cell)]
    return labelled[-1] + 1


def _cell_findings(facts: Sequence[Fact], book: Codebook) -> Iterator[Finding]:
    unreadable = [fact for fact in facts if fact.status == "unreadable"]
    if unreadable:
        quote = unreadable[0].locator["quote"]
        cells = tuple(CellReference(*fact.key, status=fact.status) for fact in unreadable)
        yield Finding("R-cell", "warning", f"有 {len(cells)} 格无法读出数字，未作猜测：{quote}", cells)
    for fact in facts:
        money = is_money(book.indicators[fact.indicator].unit_zh)
        if money and fact.value and fact.unit is None:
            wanted = book.indicators[fact.indicator]
            message = f"{wanted.name_zh}没有写单位，按{wanted.unit_zh}记：{fact.raw}"
            yield Finding("R-unit", "warning", message, (CellReference(*fact.key, value=fact.value),))


def _is_figure(cell: Cell) -> bool:
    return cell_quantity(cell.text).status != "unreadable"


def _labels_shown(table: Table, form: FormTable) -> int:
    """How many labels of the form table appear in the document's table."""
    printed = {bare(cell.text) for row in table.rows for cell in row if cell.text}
    labels: set[str] = set()
    for block in form.blocks:
        labels |= {bare(part) for line in block.rows for part in line.path} | column_words(block)
        labels.add(normal(block.title))
    return len((labels - {""}) & printed)

"""The choices in which published forms differ: one record, its defaults the clean official look.

Figures, order of rows and columns and what a cell says are no choices; everything here is spelling,
punctuation and layout. Each choice is one that published reports show.
"""

from dataclasses import dataclass
from typing import Literal

Text = Literal[
    "lines",
    "lines_without_tabs",
    "lines_apart",
    "bars_behind",
    "bars_before",
    "bar_lines",
    "pipes",
    "tabs",
    "spaced",
    "pdf_copy",
]
Page = Literal["clean", "word", "site"]
Rules = Literal["all", "dashed", "across", "down", "none"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form is laid out; a choice that a format does not know is left unused.

    Figures: `digits` plain or full-width; `thousands` the separator; `blank` what an empty cell holds
    (white space only); `torn` a blank inside two-digit numbers ("1 6"); `unit` of money as the form has
    it, in the header or in the cell; `typed` numbers of a workbook are numbers, not text;
    `numbers_split` over runs (docx) or tags (html).

    Labels: `brackets` full or half width; `mark` after a list number ("1." "1、"); `gap` set inside
    labels of two characters ("总 计"); `broken_after` how many characters of a label its line breaks (0:
    never); `alias` which other spelling of rows and columns is used (0: the form's own); `misprint` the
    code of a row and the place of the character its label lacks; `vertical` labels down several rows
    are written one character a line.

    Headings: `heading` a pattern of numeral and words; `heading_words` which of the section's wordings
    (0: the form's own).

    Tables: `merges` as the form has them, `repeated` (a group's label in each of its rows) or `lost`
    (covered cells are empty cells of their own); `header_again` the row of figures before which the
    header stands once more (a page break); `separate_blocks` one table each; `all_columns` optional
    columns without figures are printed; `numbered` columns without a meaning hold the row's number;
    `rules` which lines a table has (docx).

    Around them: `metadata` a table of document data first; `contents` a table of contents; `chrome` what
    a web page has around the text; `page` how the html was made; `sheets` of a workbook.

    Text: `text` the shape of a flattened table, `pipe_rule` and `pipe_ends` for pipes, `encoding`,
    `line_end`.
    """

    digits: Literal["plain", "wide"] = "plain"
    thousands: str = ""
    blank: str = ""
    torn: bool = False
    unit: Literal["form", "header", "cell"] = "form"
    typed: bool = True
    numbers_split: bool = False

    brackets: Literal["full", "half"] = "full"
    mark: str = "."
    gap: str = ""
    broken_after: int = 0
    alias: int = 0
    misprint: tuple[str, int] | None = None
    vertical: bool = False

    heading: str = "{numeral}、{words}"
    heading_words: int = 0

    merges: Literal["merged", "repeated", "lost"] = "merged"
    header_again: int | None = None
    separate_blocks: bool = False
    all_columns: bool = False
    numbered: bool = False
    rules: Rules = "all"

    metadata: bool = False
    contents: bool = False
    chrome: bool = False
    page: Page = "clean"
    sheets: Literal["one", "each"] = "one"

    text: Text = "lines"
    pipe_rule: bool = True
    pipe_ends: bool = True
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "gb18030"] = "utf-8"
    line_end: Literal["\n", "\r\n"] = "\n"


#: The clean official look.
OFFICIAL = Layout()

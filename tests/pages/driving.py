"""Opens a page as the server does, without a browser, and reads it as a person does.

`alone` opens a page by its own address before app.py has ever run, `app` goes there from the overview.
"""

import csv
import html
import re
import shutil

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard import codebook
from dashboard.paths import PROJECT, DataFolder
from dashboard.ui.page import PAGES

NAMES = [name for group in PAGES.values() for name in group]
DINGHAI = "dinghai-civil-affairs"
#: Agencies of the fictional county.
OFFICE, CIVIL, EDUCATION = "example-government-office", "example-civil-affairs", "example-education"
FIGURES = PROJECT / "data" / "figures"
#: A fictional agency that agencies.csv does not list: its name is its address.
UNLISTED = "样本县民政局"
#: The first line of a figures file that a test writes.
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"
TIMEOUT = 120
TABLES = ("table", "dataframe")


def reports():
    """Every agency of the shipped figures with the first and last year it has a report for."""
    years = {}
    for path in sorted(FIGURES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                years.setdefault(row["agency"], set()).add(int(row["year"]))
    return {agency: (min(told), max(told)) for agency, told in years.items()}


REPORTS = reports()


def copy_of_figures(root):
    shutil.copytree(FIGURES, root / "figures")
    return DataFolder(root)


def at_page(name, way="alone", **filters):
    """A page opened by its address, filters and all; not yet run."""
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=TIMEOUT)
    for filter_name, value in filters.items():
        at.query_params[filter_name] = str(value)
    if way == "app":
        at.run()
    return at.switch_page(f"pages/{name}.py")


def open_page(name, way="alone", *, opened=False, **filters):
    at = at_page(name, way, **filters).run()
    return open_all(at) if opened else at


def nodes(block):
    """A block's elements and blocks, in reading order."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def open_all(at):
    """Open every source and every table, as a person may."""
    for node in nodes(at.main):
        if node.type in ("popover", "expander") and node.key:
            at.session_state[node.key] = True
    return at.run()


def open_tables(at):
    """Open the tables of the charts and no source."""
    for node in nodes(at.main):
        if node.type == "expander" and node.key:
            at.session_state[node.key] = True
    return at.run()


def plain(text):
    """Markdown and HTML as it reads."""
    text = re.sub(r":material/\w+:", "", text)
    text = re.sub(r":[a-z]+(?:-badge)?\[", "", text).replace("**", "").replace("]", "")
    bare = html.unescape(re.sub(r"(<[^>]+>)+", " ", re.sub(r"</?mark>", "", text))).strip()
    return re.sub(r" {2,}", " ", bare) if "<blockquote>" in text else bare  # a row may have empty cells


def said(node):
    """The words a person reads in an element."""
    if node.type == "metric":
        return [node.label, node.value]
    if node.type in TABLES:
        table = node.value
        return [
            *map(str, table.columns),
            *("" if pd.isna(cell) else str(cell) for row in table.itertuples(index=False) for cell in row),
        ]
    if node.type in ("selectbox", "button_group", "pills", "segmented_control"):
        return [getattr(node, "label", ""), *(str(option) for option in getattr(node, "options", ()))]
    if node.type in ("image", "imgs"):
        return [image.alt_text for image in node.proto.imgs if hasattr(image, "alt_text")]
    if node.type == "plotly_chart":
        return [getattr(node.proto, "alt", "")]
    label = getattr(node, "label", "")
    value = "" if hasattr(node, "children") else getattr(node, "value", "")
    return [part for part in (label, value) if isinstance(part, str)]


def shown(block):
    """All that a person reads in a block, a line an element."""
    return [plain(part) for node in nodes(block) for part in said(node) if part]


def text_of(at):
    return "\n".join(shown(at.main))


def tables(at):
    return [node.value for node in nodes(at.main) if node.type in TABLES]


def sources(at):
    return [node.value for node in nodes(at.main) if node.type == "html"]


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def trouble(at):
    """What a page must not have: exceptions, the notice of a failure, warnings."""
    notices = [node.value for node in (*at.info, *at.error, *at.warning)]
    return [*(told.value for told in at.exception), *notices]


#: Latin words that may stand on a page: formats and names that Chinese uses too, commands, addresses, files, ids.
ALLOWED = re.compile(
    r"https?://\S+|[^\s；]+\.(?:csv|txt|docx|html|pdf|xlsx?|duckdb)\b|\bdashboard (?:add|build)\b|\b[A-Z]{1,2}\d?-?\d\d\b"
    r"|(?<![A-Za-z])(?:CSV|APP|Excel|docx|html|pdf|txt|xlsx?)(?![A-Za-z])|\b[0-9a-f]{8}\b"
)
#: What shows that a text was not finished: no number, an open field, doubled signs, a float for a count.
TRACES = re.compile(r"\bnan\b|None|\{\w*\}|[，。；：、]{2}|\S  \S|（）|“”|\b\d+\.0\b(?!%| 个| 天)")


def english(at):
    """Lines with words that are not Chinese."""
    lines = [*shown(at.main), *shown(at.sidebar)]
    return [line for line in lines if re.search(r"[A-Za-z]{2,}", ALLOWED.sub("", line))]


def traces(at):
    """Lines that show the program behind them; the cells of tables are not text."""
    told = (node for node in nodes(at.main) if node.type not in TABLES)
    return [line for node in told for line in map(plain, said(node)) if TRACES.search(line)]


def codes(folder):
    """The code of each agency, or its name where the codebook does not know it."""
    known = codebook.load(folder.codebook).agencies
    return (
        dict.fromkeys(REPORTS)
        | {agency: agency for agency in REPORTS}
        | {row["name"]: row["code"] for row in known if row["name"] in REPORTS}
    )


def rewrite(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")

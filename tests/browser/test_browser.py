"""What a person sees: a real Chromium on a real server, each page opened by its own address.

Every window of a test is held to the same rules: a clean console, no request but to this machine, no
answer of 400 or above. Waits are for what is to be seen, never for time.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import intake
from dashboard.paths import ENVIRONMENT, PROJECT, DataFolder
from dashboard.text import words
from dashboard.ui.page import PAGES

pytestmark = pytest.mark.browser

ORIGINAL = Path(__file__).parents[1] / "data" / "示例县民政局-2020.txt"
NAMES = [name for group in PAGES.values() for name in group]
WAIT = 90_000
START = 120
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}


class Opened(NamedTuple):
    """A page, what stands on it, drawn or written, and whether it gets a fresh server of its own."""

    name: str
    year: int
    heading: str
    expected: list[str]
    alone: bool = False
    drawn: bool = True


OPENED = [
    Opened("overview", 2020, "2020 年公开工作做得怎么样？", ["1 件", "15 条", "260 条", "109 条", "9 件"]),
    Opened(
        "requests",
        2020,
        "收到了什么申请，怎么办结的？",
        ["新收申请 1 件", "办结 1 件", "予以公开"],
        alone=True,
    ),
    Opened("channels", 2020, "哪些渠道还活着？", ["31", "221", "8", "定海区第三社会福利院"]),
    Opened("welfare", 2020, "为困难群众公开了什么？", ["109", "45", "28", "12"]),
    Opened(
        "proactive", 2020, "出台了哪些文件、作出了哪些决定，解读了吗？", ["60 件", "8.13 万元"], drawn=False
    ),
    Opened("gaps", 2023, "哪些问题要改，依据是什么？", ["N-01", "合计 77", "= 88"], alone=True, drawn=False),
    Opened(
        "compare",
        2020,
        "与同类机关相比怎样，全区域合计多少？",
        ["新收申请合计 1 件", "不作排序"],
        drawn=False,
    ),
    Opened("quality", 2020, "这些数字靠得住吗？", ["T2-05", "T3-02", "T3-03", "T4-01", "T4-02"], drawn=False),
]
each_page = pytest.mark.parametrize("opened", OPENED, ids=[told.name for told in OPENED])


def free_port():
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return listener.getsockname()[1]


def answers(address):
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own server
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def serving(folder, log):
    """`dashboard serve` in a process of its own; gives the address."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("dashboard")),
        "--data",
        str(folder.root),
        "serve",
        "--port",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, str(port)],
            cwd=folder.root,
            env={name: value for name, value in os.environ.items() if name != ENVIRONMENT},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://localhost:{port}"
    try:
        until = time.monotonic() + START
        while not answers(address):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The shipped figures and one original, built."""
    made = DataFolder(tmp_path_factory.mktemp("browser"))
    shutil.copytree(PROJECT / "data" / "figures", made.figures)
    intake.add(ORIGINAL, made)
    assert intake.build(made).left_out == ()
    return made


@pytest.fixture(scope="session")
def server(folder, chromium, tmp_path_factory):
    with serving(folder, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


def watch(page, faults):
    """Write down what must not happen in a window."""
    page.on("console", lambda told: told.type in ("error", "warning") and faults.append(told.text))
    page.on("pageerror", lambda fault: faults.append(f"page error: {fault}"))
    page.on("request", lambda asked: is_local(asked.url) or faults.append(f"asked: {asked.url}"))
    page.on("websocket", lambda opened: is_local(opened.url) or faults.append(f"asked: {opened.url}"))
    page.on("response", lambda got: got.status >= 400 and faults.append(f"{got.status}: {got.url}"))


def is_local(url):
    return urlsplit(url).scheme in ("data", "blob") or urlsplit(url).hostname == "localhost"


@pytest.fixture(scope="session")
def contexts(chromium):
    """A browser profile for each size and colour scheme, kept so that Streamlit's code is loaded once."""
    made = {}

    def context(size, scheme, number):
        key = size, scheme, number
        if key not in made:
            width, height = SIZES[size]
            viewport = {"width": width, "height": height}
            made[key] = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="zh-CN")
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def window(contexts):
    """Opens windows; when the test is over, each must have kept the rules. `number` is another profile."""
    pages, faults = [], []

    def opened(size="wide", scheme="light", number=0):
        page = contexts(size, scheme, number).new_page()
        pages.append(page)
        page.set_default_timeout(WAIT)
        watch(page, faults)
        return page

    yield opened
    for page in pages:
        page.close()
    assert faults == []


def go(page, address, heading=None):
    """Open an address and wait until the page stands: its heading, no script running, all charts drawn."""
    page.goto(address, timeout=WAIT)
    settle(page, heading)


def settle(page, heading=None):
    page.locator("h1", has_text=heading).wait_for() if heading else page.locator("h1").wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .every(chart => chart.querySelector('svg.main-svg'))
            && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')"""
    )


def read(page):
    """All words on the page, those drawn in charts too, with single blanks."""
    return re.sub(r"\s+", " ", page.locator('[data-testid="stMain"]').text_content())


def chosen(page):
    """The filters as the address tells them."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def placeholders_left(page):
    """Colours of the drawn charts that no theme has replaced: #000001 to #000039."""
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] svg')]
            .map(picture => picture.outerHTML).join('\\n')"""
    )
    return sorted(set(re.findall(r"#0000[0-3]\d\b|rgb\(0, ?0, ?(?:[1-9]|[1-4]\d|5[0-7])\)", drawn)))


def overflow(page):
    """How much wider than the window the page is."""
    return page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid="stMain"]');
            return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
        }"""
    )


def background(page):
    return page.evaluate(
        "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
    )


@each_page
def test_a_page_opens_by_its_own_address(request, folder, window, tmp_path, opened):
    """First thing in a fresh process, light and wide: its numbers, our links, the colours of the theme."""
    with ExitStack() as stack:
        if opened.alone:
            address = stack.enter_context(serving(folder, tmp_path / "log"))
        else:
            address = request.getfixturevalue("server")
        page = window()
        go(page, f"{address}/{opened.name}?agency=dinghai-civil-affairs&year={opened.year}", opened.heading)
        text = read(page)
        assert [told for told in opened.expected if told not in text] == []
        assert words("notice.failed") not in text
        links = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"]')
        assert [link.strip().split("\n")[-1] for link in links.all_inner_texts()] == [
            words(f"page.{name}.name") for name in NAMES
        ]
        assert page.locator('[data-testid="stSidebarNav"]').count() == 0
        assert page.title() == f"{words(f'page.{opened.name}.name')} · {words('app.title')}"
        assert faults_of(page, opened, "light") == []


@each_page
def test_a_page_fits_a_phone_in_the_dark(server, window, opened):
    page = window("phone", "dark")
    go(page, f"{server}/{opened.name}?agency=dinghai-civil-affairs&year={opened.year}", opened.heading)
    assert faults_of(page, opened, "dark") == []


def faults_of(page, opened, scheme):
    """What is wrong with how a page looks, each by its name; placeholders of colours that were left."""
    drawn = page.locator('[data-testid="stPlotlyChart"] svg.main-svg').count() > 0
    holds = {
        "charts": drawn == opened.drawn,
        "background": background(page) == BACKGROUNDS[scheme],
        "width": overflow(page) <= 0,
    }
    return [name for name, held in holds.items() if not held] + list(placeholders_left(page))


def test_a_link_with_filters_reopens_the_same_view(server, window):
    """Another window, later, without anything remembered."""
    page = window()
    go(
        page,
        f"{server}/requests?agency=dinghai-civil-affairs&year=2023&from=2021",
        words("page.requests.question"),
    )
    assert chosen(page) == {"agency": "dinghai-civil-affairs", "year": "2023", "from": "2021"}
    again = window(number=1)
    go(again, page.url, words("page.requests.question"))
    assert again.url == page.url
    assert read(again) == read(page)
    go(again, f"{server}/overview?agency=zhoushan-health&year=2024", "2024 年")
    assert "舟山市卫生健康委员会 · 2024 年度报告" in read(again)


def test_choosing_another_year_changes_address_and_heading_and_other_pages_keep_it(server, window):
    page = window()
    go(page, f"{server}/overview?agency=dinghai-civil-affairs&year=2020", "2020 年")
    page.locator('[data-testid="stSidebar"]').get_by_role("combobox").nth(1).click()
    page.get_by_role("option", name="2023", exact=True).click()
    page.wait_for_url(re.compile("year=2023"))
    settle(page, "2023 年公开工作做得怎么样？")
    assert chosen(page)["year"] == "2023"
    assert "49 条" in read(page)
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=words("page.gaps.name")).click()
    settle(page, words("page.gaps.question"))
    assert urlsplit(page.url).path == "/gaps"
    assert chosen(page) | {"from": ""} == {"agency": "dinghai-civil-affairs", "year": "2023", "from": ""}
    assert "合计 77" in read(page)
    page.go_back()
    settle(page, "2023 年公开工作做得怎么样？")


def test_a_source_opens_with_the_number_marked(server, window):
    """From a tile to the sentence of the document."""
    page = window()
    go(page, f"{server}/overview?agency=example-civil-affairs&year=2020", "2020 年")
    tile = page.locator('[data-testid="stLayoutWrapper"], [data-testid="stVerticalBlock"]').filter(
        has=page.locator('[data-testid="stMetricLabel"]', has_text="政务动态")
    )
    tile.last.get_by_role("button", name=words("source.open")).click()
    marked = page.locator('[data-testid="stPopoverBody"] mark')
    marked.first.wait_for()
    assert marked.all_inner_texts() == ["33条"]
    body = page.locator('[data-testid="stPopoverBody"]').inner_text()
    assert "政务动态33条" in body
    assert "示例县民政局-2020.txt" in body

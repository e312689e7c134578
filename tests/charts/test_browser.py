"""The charts in a real browser, narrow and wide, light and dark."""

import socket
import subprocess
import sys
import time

import pytest

from dashboard.charts import (
    frame,
)

from .samples import FIGURES

APP = """
import streamlit as st
from plotly.io import from_json
from pathlib import Path
for path in sorted(Path("figures").glob("*.json")):
    st.plotly_chart(from_json(path.read_text("utf-8")), key=path.stem, config={config!r})
"""
LOOK = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => {
  const edge = plot.getBoundingClientRect(), lines = [], faults = [];
  for (const text of plot.querySelectorAll('text')) {
    const spans = [...text.querySelectorAll('tspan.line')];
    for (const part of spans.length ? spans : [text]) {
      const range = document.createRange(); range.selectNodeContents(part);
      const box = range.getBoundingClientRect();
      if (box.width && part.textContent.trim() && getComputedStyle(part).display !== 'none')
        lines.push([part.textContent, box.left, box.top + 2, box.right, box.bottom - 3]);
    }
  }
  for (const [word, left, top, right, bottom] of lines)
    if (left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 3 || bottom > edge.bottom + 1)
      faults.push('clipped: ' + word);
  lines.forEach((a, i) => lines.slice(i + 1).forEach(b => {
    if (Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 1 && Math.min(a[4], b[4]) - Math.max(a[2], b[2]) > 1)
      faults.push('overlap: ' + a[0] + ' / ' + b[0]);
  }));
  if (/#0000[0-4][0-9]/.test(plot.innerHTML) || /rgb\\(0, 0, ([1-9]|[1-5][0-9]|6[0-4])\\)/.test(plot.innerHTML))
    faults.push('a colour was not replaced');
  return {texts: lines.length, faults};
})"""


@pytest.fixture(scope="module")
def gallery(chromium, tmp_path_factory):
    """The address of a small app that shows every figure, where there is a browser to open it."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "figures").mkdir()
    for name, build in FIGURES.items():
        (folder / "figures" / f"{name}.json").write_text(build().to_json(), "utf-8")
    (folder / "app.py").write_text(APP.format(config=frame.CONFIG), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--server.headless=true",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.mark.browser
@pytest.mark.parametrize("width", [326, 1140])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_browser_nothing_overlaps_and_every_colour_is_the_themes(chromium, gallery, width, scheme):
    """326 px leave the charts 294, as a card does on a phone of 360 px."""
    page = chromium.new_page(viewport={"width": width, "height": 3000}, color_scheme=scheme)
    page.goto(gallery)
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {len(FIGURES)}")
    page.wait_for_timeout(1500)
    found = page.evaluate(LOOK)
    page.close()
    assert len(found) == len(FIGURES)
    assert [look["faults"] for look in found] == [[]] * len(FIGURES)
    assert all(look["texts"] for look in found)

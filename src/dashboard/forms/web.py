"""A form as a web page: clean, as Word saves one, or inside a site's page."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dashboard.forms.grids import Grid, GridCell
from dashboard.forms.layout import Layout
from dashboard.forms.outline import Line

_STYLE: Final = (
    "body{font-family:'Noto Serif CJK SC','SimSun',serif;line-height:1.8;max-width:60em;margin:2em auto}"
    "h1,.mark{text-align:center}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid;padding:.2em .4em;text-align:center;font-weight:normal}"
)
_TAGS: Final = {"title": "h1", "heading": "h2"}
_OFFICE: Final = (
    ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"'
)
_WORD_STYLE: Final = "font-size:12.0pt;font-family:仿宋;mso-bidi-font-family:宋体"
_SITE_HEAD: Final = (
    "<div class='nav'><ul><li><a href='#'>首页</a></li><li><a href='#'>政务公开</a></li></ul>"
    "<form><input type='text' value='请输入关键字'><button>搜索</button></form></div>"
    "<script>var visits = '999';</script><div class='main'><table width='100%' border='0'><tr><td>"
)
_SITE_FOOT: Final = "</td></tr></table></div><div style='display:none'>浏览次数：88</div><div class='foot'><a href='#'>网站地图</a></div>"


def written(blocks: Iterable[Line | Grid], title: str, layout: Layout) -> bytes:
    """The blocks as a page of the layout's making and encoding."""
    encoding = "gb18030" if layout.encoding == "gb18030" else layout.encoding
    named = "gb2312" if encoding == "gb18030" else encoding.removesuffix("-sig")
    body = "\n".join(
        _table(block, layout) if isinstance(block, Grid) else _line(block, layout) for block in blocks
    )
    if layout.page == "site":
        body = f"{_SITE_HEAD}{body}{_SITE_FOOT}"
    office = _OFFICE if layout.page == "word" else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"{office}>\n<head>\n<meta charset="{named}">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return page.replace("\n", layout.line_end).encode(encoding)


def _line(line: Line, layout: Layout) -> str:
    if layout.page == "word":
        return f"<p class=MsoNormal>{_word_run(escape(line.text))}</p>"
    tag = _TAGS.get(line.style, "p")
    named = f' class="{line.style}"' if line.style in ("mark", "furniture") else ""
    return f"<{tag}{named}>{escape(line.text)}</{tag}>"


def _table(grid: Grid, layout: Layout) -> str:
    attributes = " class=MsoNormalTable border=1 cellspacing=0" if layout.page == "word" else ""
    rows = "\n".join(f"<tr>{''.join(_cells(row, layout))}</tr>" for row in grid.rows())
    return f"<table{attributes}>\n{rows}\n</table>"


def _cells(row: list[tuple[GridCell, bool]], layout: Layout) -> Iterator[str]:
    for cell, begins in row:
        if not begins:
            continue
        spans = f' colspan="{cell.width}"' if cell.width > 1 else ""
        spans += f' rowspan="{cell.height}"' if cell.height > 1 else ""
        tag = "th" if cell.is_head and layout.page == "clean" else "td"
        yield f"<{tag}{spans}>{_content(cell, layout)}</{tag}>"


def _content(cell: GridCell, layout: Layout) -> str:
    text = cell.text.replace("\u00a0", "&nbsp;") if not cell.text.strip() else escape(cell.text)
    if layout.numbers_split and not cell.is_head:
        text = "".join(f"<span>{escape(character)}</span>" for character in cell.text)
    text = text.replace("\n", "<br>")
    if layout.page == "word":
        return f"<p class=MsoNormal align=center style='text-align:center'>{_word_run(text)}</p>"
    return text


def _word_run(text: str) -> str:
    return f"<span lang=EN-US style='{_WORD_STYLE}'>{text}<o:p></o:p></span>"

"""Taking out of a web page what its reader does not see, before it is transcribed.

Out: scripts, styles, form controls, what is hidden by attribute, by style or by a simple rule of the page's own
style sheet, and the page's frame (nav, aside, footer) outside the main content. A rule hides only where no
other rule could show the element again: what might be seen stays.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_NOT_SHOWN = ("script", "style", "head", "title", "noscript", "template", "iframe", "svg", "xml", "object")
_CONTROLS = ("select", "button", "textarea", "datalist", "audio", "video", "canvas")
_FRAME = ("nav", "aside", "footer")
_HIDDEN = "hidden-part"
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_DISPLAYS = re.compile(r"\bdisplay\s*:\s*(?!none)\w", re.IGNORECASE)
_STYLED = etree.XPath("//*[@style]")
_SWITCHED = etree.XPath("//*[@hidden]")
_NAMED = etree.XPath("//*[@class or @id]")
_STYLED_BELOW = etree.XPath("boolean(.//*[@style or @class])")
_BRACE = re.compile(r"([{}])")
_NAME = re.compile(r"[.#][\w-]+")

Element = Any  # lxml has no types


def clean(root: Element) -> None:
    """Take what is not shown out of the tree, in place."""
    sheets = [style.text or "" for style in root.iter("style") if "print" not in style.get("media", "")]
    hiding = _hiding_names("\n".join(sheets))
    hidden = [
        *_SWITCHED(root),
        *_hidden_by_style(root),
        *(element for element in (_NAMED(root) if hiding else ()) if _is_named(element, hiding)),
        *(
            frame
            for frame in root.iter(*_FRAME)
            if next(frame.iterancestors("main", "article"), None) is None
        ),
    ]
    for element in hidden:
        element.tag = _HIDDEN
    etree.strip_elements(root, _HIDDEN, *_NOT_SHOWN, *_CONTROLS, with_tail=False)


def _hidden_by_style(root: Element) -> list[Element]:
    """The elements whose own style hides them; most pages repeat a few styles, so each is judged once."""
    judged: dict[str, str] = {}
    hidden = []
    for element in _STYLED(root):
        style = element.get("style")
        verdict = judged.get(style)
        if verdict is None:
            verdict = judged[style] = _verdict(style)
        if verdict == "hidden" or (verdict == "no size" and not _STYLED_BELOW(element)):
            hidden.append(element)
    return hidden


def _verdict(style: str) -> str:
    """What a style does to its element; text of no size may have parts that set a size again."""
    if _HIDES.search(style):
        return "hidden"
    return "no size" if _NO_SIZE.search(style) else "shown"


def _hiding_names(sheet: str) -> frozenset[str]:
    """The classes (".x") and ids ("#x") that the style sheet hides by name alone, and shows nowhere."""
    if "none" not in sheet:
        return frozenset()
    hiding: set[str] = set()
    showing: set[str] = set()
    for selectors, declarations in _rules(sheet):
        if _HIDES.search(declarations):
            hiding |= {name for one in selectors.split(",") if _NAME.fullmatch(name := one.strip())}
        elif _DISPLAYS.search(declarations):
            showing |= set(_NAME.findall(selectors))
    return frozenset(hiding - showing)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet, without what is only for some media (@media and such)."""
    first, *rest = sheet.replace("<!--", "").replace("-->", "").split("/*")
    plain = first + "".join(piece.partition("*/")[2] for piece in rest)
    selectors, depth = "", 0
    pieces = _BRACE.split(plain)
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            depth += 1
            selectors = text.rpartition(";")[2].strip() if depth == 1 else selectors
        elif brace == "}" and depth:
            if depth == 1 and not selectors.startswith("@"):
                yield selectors, text
            depth -= 1


def _is_named(element: Element, names: frozenset[str]) -> bool:
    """Whether an element has one of the names, and no style of its own to show it."""
    own = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
    return not names.isdisjoint(own) and not _DISPLAYS.search(element.get("style", ""))

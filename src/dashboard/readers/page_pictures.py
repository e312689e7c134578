"""Which images of a web page are pictures of the content, that may hold figures, and not icons or logos."""

import re
from typing import Any

#: Sides in pixels: the long one over 200, the short one over 100; what is smaller is an ornament.
_LEAST_LONG, _LEAST_SHORT = 200, 100
_SIDES = ("width", "height")
_IN_STYLE = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,6})(?:\.\d+)?\s*px", re.IGNORECASE)
_PIXELS = re.compile(r"\s*+(\d{1,6})(?:\.\d+)?\s*+(?:px)?\s*+", re.IGNORECASE)
_ORNAMENT = re.compile(r"icon|logo|file_?type|spacer|blank|banner|qr_?code|\bqr\b", re.IGNORECASE)
_TEXT_BLOCKS = frozenset({"p", "figure", "center", "article", "main", "td", "th"})
_INLINE = frozenset({"span", "font", "strong", "b", "em", "u", "i"})
_NOT_CONTENT = ("a", "nav", "header", "footer", "aside", "li", "button")

Element = Any  # lxml has no types


def is_picture(image: Element) -> bool:
    """Whether an <img> is large, or of unknown size and set in a paragraph, figure or cell of the content."""
    sides = _sides(image)
    if sides:
        return max(sides) > _LEAST_LONG and min(sides) > _LEAST_SHORT
    named = " ".join(image.get(name, "") for name in ("src", "class", "id"))
    if _ORNAMENT.search(named) or next(image.iterancestors(*_NOT_CONTENT), None) is not None:
        return False
    holder = image.getparent()
    while holder is not None and holder.tag in _INLINE:
        holder = holder.getparent()
    return holder is not None and holder.tag in _TEXT_BLOCKS


def _sides(image: Element) -> list[int]:
    """The sides in pixels that the image states, by its style before its attributes."""
    stated = {name: found[1] for name in _SIDES if (found := _PIXELS.fullmatch(image.get(name, "")))}
    stated |= {name.lower(): value for name, value in _IN_STYLE.findall(image.get("style", ""))}
    return [int(value) for value in stated.values()]

"""The pictures of a Word document that are large enough to hold figures, marked in its body."""

import re
from typing import Any, Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
#: The elements that show an image, of new drawings and of old ones.
IMAGES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
#: Stands in the body for a picture, after the paragraph that it is in.
PICTURE: Final = "picture"
#: A picture counts when its long side is over 3 cm and its short side over 1.5 cm: no icon, no rule.
_LEAST_LONG, _LEAST_SHORT = 3.0, 1.5
_EMU_PER_CM = 360_000
_CM_BY_UNIT = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96}
_SIZE = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,6})?)\s*(pt|in|cm|mm|px)")

Element = Any  # lxml has no types


def mark_pictures(images: list[Element]) -> None:
    """Put a mark after the paragraph of each picture that is no icon."""
    for image in images:
        paragraph = next(image.iterancestors(f"{_W}p"), None)
        if paragraph is not None and _is_large(image):
            paragraph.addnext(etree.Element(PICTURE))


def _is_large(image: Element) -> bool:
    """Whether a picture can hold figures, by its size on the page; one of unknown size can."""
    for extent in image.iterancestors(f"{_WP}inline", f"{_WP}anchor"):
        size = next(extent.iterchildren(f"{_WP}extent"), None)
        stated = [] if size is None else [size.get(side, "") for side in ("cx", "cy")]
        return _is_large_size([int(side[:12]) / _EMU_PER_CM for side in stated if side.isdecimal()])
    for shape in image.iterancestors():
        sides = [float(value) * _CM_BY_UNIT[unit] for _, value, unit in _SIZE.findall(shape.get("style", ""))]
        if sides:
            return _is_large_size(sides)
    return True


def _is_large_size(sides: list[float]) -> bool:
    return not sides or (max(sides) > _LEAST_LONG and min(sides) > _LEAST_SHORT)

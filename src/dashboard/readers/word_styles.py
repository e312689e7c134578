"""The styles of a Word document, as far as they decide what is shown: hidden text and numbered headings."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_W}val"
_OFF = frozenset({"0", "false", "off", "none"})
#: Longer chains of styles based on styles are a circle.
_MOST_STEPS = 20

Answer = TypeVar("Answer")


class Style(NamedTuple):
    """What a style itself says; None where it says nothing and the one it is based on counts."""

    based_on: str | None
    hides: bool | None
    number: str | None
    level: str | None


def is_on(switch: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Whether a property that is only there or not, such as w:vanish, is switched on."""
    return switch.get(_VALUE) not in _OFF


class Styles:
    """Styles by their id, with what they inherit."""

    def __init__(self, root: Any = None) -> None:  # noqa: ANN401 - as above
        self._styles: dict[str, Style] = {}
        for style in root.iterchildren(f"{_W}style") if root is not None else ():
            self._styles[style.get(f"{_W}styleId", "")] = _style(style)
        self.hide = any(style.hides for style in self._styles.values())
        #: The list (w:numId) and level in which paragraphs are numbered, by the name of their style.
        self.numbered = dict(self._numbered()) if any(one.number for one in self._styles.values()) else {}

    def hides(self, name: str) -> bool:
        """Whether text of this style is hidden."""
        return bool(self._inherited(name, lambda style: style.hides))

    def _numbered(self) -> Iterator[tuple[str, tuple[str, str | None]]]:
        for name in self._styles:
            number = self._inherited(name, lambda style: style.number)
            if number:
                yield name, (number, self._inherited(name, lambda style: style.level))

    def _inherited(self, name: str | None, ask: Callable[[Style], Answer | None]) -> Answer | None:
        for _ in range(_MOST_STEPS):
            style = self._styles.get(name or "")
            if style is None:
                return None
            if (answer := ask(style)) is not None:
                return answer
            name = style.based_on
        return None


def _style(style: Any) -> Style:  # noqa: ANN401 - as above
    said: dict[str, Any] = {}
    for element in style.iter(*(f"{_W}{name}" for name in ("basedOn", "vanish", "numId", "ilvl"))):
        said.setdefault(element.tag.removeprefix(_W), element)
    value = {name: element.get(_VALUE) for name, element in said.items()}
    hides = is_on(said["vanish"]) if "vanish" in said else None
    return Style(value.get("basedOn"), hides, value.get("numId"), value.get("ilvl"))

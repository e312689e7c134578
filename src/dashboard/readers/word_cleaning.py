"""Bringing the body of a Word document to what its page shows, before it is transcribed.

Out: deleted text, hidden text, codes of fields, the second copy of what old versions of Word cannot show.
In: inserted text, the numbers of lists. Text boxes follow the paragraph they hang on, and what only wraps
paragraphs or rows is taken off, so that a body holds nothing but paragraphs, tables and pictures.
Every step is taken only where the document has something for it: most have next to nothing.
"""

from collections import defaultdict
from typing import Any, Final

from lxml import etree

from dashboard.errors import Refused
from dashboard.readers.package import Package
from dashboard.readers.word_numbering import Numbering
from dashboard.readers.word_pictures import IMAGES, mark_pictures
from dashboard.readers.word_styles import Styles, is_on

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_VALUE: Final = f"{W}val"
PARAGRAPH: Final = f"{W}p"
TABLE: Final = f"{W}tbl"
ROW: Final = f"{W}tr"
CELL: Final = f"{W}tc"
_RUN: Final = f"{W}r"
_STYLED: Final = (f"{W}pStyle", f"{W}rStyle")
#: The elements that show as characters.
CHARACTERS: Final = (
    f"{W}t",
    _MATHS,
    *(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym")),
)
_WRAPPERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_TAKEN_OUT = (
    f"{_MC}Fallback",
    *(f"{W}{name}" for name in ("del", "moveFrom", "rt", "sdtPr", "rPrChange", "pPrChange", "tcPrChange")),
    f"{W}trPrChange",
)
_LOOKED_FOR = (
    *(f"{W}{name}" for name in ("vanish", "fldChar", "numPr", "txbxContent", "hidden")),
    f"{W}altChunk",
    *_WRAPPERS,
    *IMAGES,
    *_TAKEN_OUT,
)
Element = Any  # lxml has no types


def clean(root: Element, package: Package, name: str) -> None:
    """Bring the tree of the main part `name` to what is shown, in place.

    Raises Refused where the document only points at content of another format (w:altChunk).
    """
    found = _found(root)
    if any(tag in found for tag in _TAKEN_OUT):
        _take_out(root, found)
        found = _found(root)
    if f"{W}altChunk" in found:
        raise Refused("Word 文件中嵌有其他格式的内容；请在 Word 中打开并另存为 .docx 后再试")
    _remove_hidden_rows(found[f"{W}hidden"])
    _remove_field_codes(root if found[f"{W}fldChar"] else ())
    styles = _styles(root, package, name)
    _remove_hidden(root, found[f"{W}vanish"], styles)
    if found[f"{W}numPr"] or styles.numbered:
        _write_numbers(root, styles, package, _related(package, name, "numbering"))
    mark_pictures([image for tag in IMAGES for image in found[tag]])
    _move_text_boxes(found[f"{W}txbxContent"])
    if any(tag in found for tag in _WRAPPERS):
        etree.strip_tags(root, *_WRAPPERS)


def _found(root: Element) -> defaultdict[str, list[Element]]:
    """The elements that ask for a step, by tag, in one pass over the tree."""
    found = defaultdict(list)
    for element in root.iter(*_LOOKED_FOR):
        found[element.tag].append(element)
    return found


def _styles(root: Element, package: Package, name: str) -> Styles:
    """The document's styles; none where it uses none or where they hide and number nothing."""
    part = _related(package, name, "styles")
    if part not in package.names or next(root.iter(*_STYLED), None) is None:
        return Styles()
    content = package.part(part)
    says_something = any(word in content for word in (b"vanish", b"numPr", b"\0"))  # \0: it is UTF-16
    return Styles(package.root(part)) if says_something else Styles()


def _related(package: Package, name: str, kind: str) -> str:
    """The name of the part with the styles or the lists of a document."""
    return next(iter(package.targets(name).get(kind, ())), f"word/{kind}.xml")


def _take_out(root: Element, found: dict[str, list[Element]]) -> None:
    """Remove what a revision deleted, and fallbacks whose better choice is there."""
    merged = []
    for deleted in [*found.get(f"{W}del", ()), *found.get(f"{W}moveFrom", ())]:
        properties = deleted.getparent()
        if properties.tag == f"{W}trPr":
            _remove(properties.getparent())
        elif properties.tag == f"{W}rPr" and properties.getparent().tag == f"{W}pPr":
            merged.append(properties.getparent().getparent())
    for fallback in found.get(f"{_MC}Fallback", ()):
        if fallback.getprevious() is None:
            fallback.tag = f"{W}shown"
    etree.strip_elements(root, *_TAKEN_OUT, with_tail=False)
    for paragraph in reversed(merged):
        _join_with_next(paragraph)


def _join_with_next(paragraph: Element) -> None:
    """A paragraph whose end was deleted goes on in the next one."""
    following = paragraph.getnext()
    shown = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == PARAGRAPH:
        first = next(iter(following), None)
        place = 1 if first is not None and first.tag == f"{W}pPr" else 0
        following[place:place] = shown
        _remove(paragraph)
    elif not shown:
        _remove(paragraph)


def _remove_hidden_rows(switches: list[Element]) -> None:
    for switch in switches:
        properties = switch.getparent()
        if properties.tag == f"{W}trPr" and is_on(switch):
            _remove(properties.getparent())


def _remove_field_codes(root: Element) -> None:
    """Remove what stands between the beginning of a field and its result, fields inside its code too.

    A field that never comes to its result or end hides nothing.
    """
    codes: list[list[Element] | None] = []  # the code of each open field; None once it is in its result
    past = 0  # how many of the outer fields are in their results
    hidden: list[Element] = []
    for element in root.iter(f"{W}fldChar", *CHARACTERS) if len(root) else ():
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else None
        if kind == "begin":
            codes.append([])
        elif kind is None:
            if past < len(codes) and (code := codes[past]) is not None:
                code.append(element)
        elif codes:
            hidden += codes[-1] or ()
            codes[-1] = None
            past += past == len(codes) - 1
            if kind == "end":
                codes.pop()
                past = min(past, len(codes))
    for element in hidden:
        _remove(element)


def _remove_hidden(root: Element, switches: list[Element], styles: Styles) -> None:
    """Remove hidden runs: by their own property, by their style, by the style of their paragraph."""
    shown = set()
    for switch in switches:
        run = switch.getparent().getparent()
        if run.tag != _RUN:
            continue  # a hidden paragraph mark hides no text
        if is_on(switch):
            _remove(run)
        else:
            shown.add(run)
    for name in list(root.iter(*_STYLED)) if styles.hide else ():
        owner = name.getparent().getparent()
        if owner.tag in (_RUN, PARAGRAPH) and styles.hides(name.get(_VALUE)):
            runs = [owner, *owner.iter(_RUN)]
            for hidden in runs if not shown.intersection(runs) else set(runs) - shown - {owner}:
                _remove(hidden)


def _write_numbers(root: Element, styles: Styles, package: Package, part: str) -> None:
    """Write the numbers of lists as text at the beginning of their paragraphs."""
    in_lists = {  # the properties of the paragraphs, in order, once each
        element.getparent(): None
        for element in root.iter(f"{W}pStyle", f"{W}numPr")
        if element.tag == f"{W}numPr" or element.get(_VALUE) in styles.numbered
    }
    numbering = Numbering(package.root(part) if in_lists and part in package.names else None)
    for properties in in_lists:
        said = {child.tag: child for child in properties.iterchildren(f"{W}pStyle", f"{W}numPr")}
        style = said[f"{W}pStyle"].get(_VALUE) if f"{W}pStyle" in said else ""
        number, level = styles.numbered.get(style, (None, None))
        for own in said.get(f"{W}numPr", ()):
            number = own.get(_VALUE) if own.tag == f"{W}numId" else number
            level = own.get(_VALUE) if own.tag == f"{W}ilvl" else level
        label = numbering.label(number, level, style)
        if label:
            text = etree.Element(f"{W}t")
            text.text = label
            properties.addnext(text)


def _move_text_boxes(boxes: list[Element]) -> None:
    """Put the blocks of text boxes after the paragraph that they hang on, in their order."""
    for box in reversed(boxes):
        paragraph = next(box.iterancestors(PARAGRAPH), None)
        if paragraph is None:
            continue
        for block in reversed(list(box)):
            paragraph.addnext(block)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

"""Zip packages (.docx, .xlsx): opened within bounds, damage and encryption told in one line.

What a part unpacks to is bounded by the size its directory entry states (zipfile reads no more and compares
the checksum), and the sum of those sizes by the limits. No entity is expanded, nothing outside is loaded, and
nesting is held to what libxml2 allows without its option for huge trees.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from lxml import etree

from dashboard.errors import Refused
from dashboard.limits import Limits

DAMAGED = "文件已损坏，打不开；请重新下载，或打开后另存再试"
ENCRYPTED = "文件已加密；请去除密码后另存再试"
ADVICE = "请另存为 .docx、.xlsx 或 PDF 后再试"
_FAULTS = (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    collect_ids=False,
    remove_comments=True,
    remove_pis=True,
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
#: Relationships without a prefix, an entity, a comment or a character beyond ASCII.
_PLAIN_RELATIONS = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="yes")?\?>)?\s*+'
    rb'<Relationships xmlns="[ -!#-%\x27-;=?-~]++">\s*+'
    rb'(?:<Relationship(?: [A-Za-z]++="[ -!#-%\x27-;=?-~]*+")++ ?/>\s*+)*+</Relationships>\s*+'
)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: Before a part: the mark, flags, and how long its name and what else is told there are.
_LOCAL = struct.Struct("<4s2xH18xHH")
#: Flags of a part that is encrypted or patched.
_UNUSUAL = 0x2061


class Package:
    """The parts of an opened package, unpacked when they are asked for."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
            entries = self._file.infolist()
        except _FAULTS as fault:
            raise Refused(DAMAGED) from fault
        self.names = frozenset(entry.filename for entry in entries)
        if len(self.names) < len(entries):
            raise Refused(DAMAGED)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(ENCRYPTED)
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise Refused(f"文件解压后超过 {limits.unpacked_megabytes} MB；请确认选对了文件")

    def part(self, name: str) -> bytes:
        """The unpacked bytes of a part; Refused when it is missing or damaged."""
        try:
            entry = self._file.getinfo(name)
            content = _inflated(self._data, entry)
            return self._file.read(entry) if content is None else content
        except _FAULTS as fault:
            raise Refused(DAMAGED) from fault

    def root(self, name: str) -> Any:  # noqa: ANN401 - lxml has no types
        """The root element of an XML part, in the usual (transitional) namespaces."""
        return parsed(self.part(name))

    @cached_property
    def main(self) -> str | None:
        """The name of the main part, as the package's own relationships tell it."""
        found = self.targets("").get("officeDocument", [])
        return next((name for name in found if name in self.names), None)

    def targets(self, part: str) -> dict[str, list[str]]:
        """The parts that a part ("" is the package) is related to, by the last word of the relationship's type."""
        by_type: dict[str, list[str]] = {}
        for kind, target in self.related(part).values():
            by_type.setdefault(kind, []).append(target)
        return by_type

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part by their id: the last word of the type, and the name of the other part."""
        folder = part.rpartition("/")[0]
        relations = relations_of(part)
        if relations not in self.names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                _resolved(folder, relation.get("Target", "")),
            )
            for relation in self._relations(relations)
            if relation.get("TargetMode") != "External"
        }

    def _relations(self, name: str) -> Iterable[Any]:
        """The attributes of each relationship of a part: at a glance where they are written plainly, as most are."""
        content = self.part(name)
        if _PLAIN_RELATIONS.fullmatch(content):
            written = [_ATTRIBUTE.findall(one) for one in content.decode().split("<Relationship ")[1:]]
            if all(len(dict(attributes)) == len(attributes) for attributes in written):
                return map(dict, written)
        return self.root(name).iter("{*}Relationship")  # type: ignore[no-any-return]


def parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root element of XML, as `Package.root` gives it."""
    if content.startswith(_UTF_16):
        content = _DECLARATION.sub("", content.decode("utf-16", "replace")).encode()
    if b"//purl.oclc.org/ooxml/" in content:
        content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content)
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as fault:
        raise Refused(DAMAGED) from fault
    for entity in list(root.iter(etree.Entity)) if root.getroottree().docinfo.doctype else ():
        _write_out(entity)
    return root


def _inflated(data: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """The content of a plainly packed part, in one step; None for any other, which zipfile reads or refuses."""
    begin = entry.header_offset + _LOCAL.size
    if begin > len(data) or entry.compress_type != zipfile.ZIP_DEFLATED or not entry.file_size:
        return None
    mark, flags, name_size, extra_size = _LOCAL.unpack_from(data, entry.header_offset)
    name_end = begin + name_size
    if mark != b"PK\3\4" or flags & _UNUSUAL or data[begin:name_end] != entry.filename.encode():
        return None
    packed = data[name_end + extra_size : name_end + extra_size + entry.compress_size]
    content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size)
    is_whole = len(content) == entry.file_size and zlib.crc32(content) == entry.CRC
    return content if is_whole else None


def relations_of(part: str) -> str:
    """The name of the part that tells what a part ("" is the package) is related to."""
    folder, slash, base = part.rpartition("/")
    return f"{folder}{slash}_rels/{base}.rels"


def _resolved(folder: str, target: str) -> str:
    """The name of the part that a relationship of a part in this folder points at."""
    path = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
    return posixpath.normpath(path).lstrip("./") if "./" in path or "//" in path else path


def _write_out(entity: Any) -> None:  # noqa: ANN401 - as above
    """Put the name of an entity (&x;) where its text would be: that is not looked up, nor lost in silence."""
    parent, before = entity.getparent(), entity.getprevious()
    text = (entity.text or "") + (entity.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    entity.tail = None
    parent.remove(entity)

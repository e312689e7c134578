"""Zip packages: however a part is packed and relationships are written, the same is read, or damage is told."""

import io
import zipfile
import zlib

import pytest

from dashboard.errors import Refused
from dashboard.limits import SHIPPED
from dashboard.readers.package import Package

PART = b"<a>" + "甲乙丙".encode() * 100 + b"</a>"
SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PLAIN = f'<Relationship Id="r1" Type="{KIND}styles" Target="b.xml"/>'
OUTSIDE = f'<Relationship Id="r2" Type="{KIND}styles" Target="http://x/" TargetMode="External"/>'


def packed(way=zipfile.ZIP_DEFLATED, name="word/a.xml", relations=None):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", way) as file:
        file.writestr(name, PART)
        if relations is not None:
            file.writestr("word/_rels/a.xml.rels", relations)
    return held.getvalue()


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("name", ["word/a.xml", "word/甲.xml"])
@pytest.mark.parametrize("before", [b"", b"junk"])
def test_a_part_is_the_same_however_it_is_packed(way, name, before):
    assert Package(before + packed(way, name), SHIPPED).part(name) == PART


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_part_whose_checksum_is_another_is_damage(way):
    data = packed(way)
    checksum = zlib.crc32(PART).to_bytes(4, "little")
    assert data.count(checksum) == 2
    with pytest.raises(Refused, match="损坏"):
        Package(data.replace(checksum, b"\0\0\0\0"), SHIPPED).part("word/a.xml")


def test_a_part_that_has_another_name_where_it_stands_is_damage():
    with pytest.raises(Refused, match="损坏"):
        Package(packed().replace(b"word/a.xml", b"word/b.xml", 1), SHIPPED).part("word/a.xml")


@pytest.mark.parametrize(
    "written",
    [
        f'<Relationships xmlns="{SPACE}">{PLAIN}{OUTSIDE}</Relationships>',
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<Relationships xmlns="{SPACE}">\n{PLAIN} {OUTSIDE}\n</Relationships>',
        f'<Relationships xmlns="{SPACE}"><!-- {PLAIN.replace("r1", "r9")} -->{PLAIN}</Relationships>',
        f'<x:Relationships xmlns:x="{SPACE}">{PLAIN.replace("<R", "<x:R")}</x:Relationships>',
        f'<Relationships xmlns="{SPACE}">{PLAIN.replace(chr(34), chr(39))}</Relationships>',
        f'<Relationships xmlns="{SPACE}">{PLAIN.replace("b.xml", "&#98;.xml")}</Relationships>',
    ],
)
def test_relationships_are_the_same_however_they_are_written(written):
    assert Package(packed(relations=written), SHIPPED).related("word/a.xml") == {
        "r1": ("styles", "word/b.xml")
    }


def test_a_relationship_with_two_targets_is_damage():
    """Which of them a library follows is its own affair: the other would not have been looked at."""
    twice = PLAIN.replace("/>", ' Target="c.xml"/>')
    package = Package(packed(relations=f'<Relationships xmlns="{SPACE}">{twice}</Relationships>'), SHIPPED)
    with pytest.raises(Refused, match="损坏"):
        package.related("word/a.xml")


@pytest.mark.parametrize("written", [PLAIN, f'<Relationships xmlns="{SPACE}">{PLAIN}', "<Relationships"])
def test_relationships_that_are_cut_off_are_damage(written):
    package = Package(packed(relations=written.replace("/>", ">")), SHIPPED)
    with pytest.raises(Refused, match="损坏"):
        package.related("word/a.xml")

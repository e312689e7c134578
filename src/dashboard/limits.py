"""How large a document may be, and how long reading it may take, before it is refused; and where it is set.

Shipped limits are the defaults of `Limits`; a data folder sets others in `limits.toml`, by the same names.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from dashboard.errors import Refused, WrongUsage

_MEGABYTE = 1024 * 1024
#: Counts told in a report's sentences: a long report of a province tells a few hundred. What has more is no
#: report but would be read number by number; not for a deployment to set.
MOST_COUNTS = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one document: megabytes as it comes, megabytes unpacked, pages, seconds to read it."""

    file_megabytes: int = 20
    unpacked_megabytes: int = 100
    pages: int = 300
    seconds: int = 60

    @property
    def file_bytes(self) -> int:
        return self.file_megabytes * _MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        return self.unpacked_megabytes * _MEGABYTE


SHIPPED = Limits()


def load(path: Path) -> Limits:
    """The limits set in a file, the shipped ones where there is none.

    Raises WrongUsage, naming file and key, for a key that does not exist or a value that is no whole
    number above 0.
    """
    if not path.is_file():
        return SHIPPED
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WrongUsage(f"{path.name} 不合格式：{fault}") from fault
    known = [field.name for field in fields(Limits)]
    for key, value in given.items():
        if key not in known:
            raise WrongUsage(f"{path.name} 中没有 {key} 这一项；可用 {'、'.join(known)}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise WrongUsage(f"{path.name} 的 {key} 应为大于 0 的整数，现为 {value}")
    return Limits(**given)


def size_within(path: Path, limits: Limits) -> int:
    """The size of a file in bytes. Raises Refused when it is not there, or larger than can be read."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise Refused("没有这个文件；请核对路径") from None
    except OSError as fault:
        raise Refused(f"无法打开（{fault.strerror}）") from None
    if size > limits.file_bytes:
        raise Refused(f"文件有 {size / _MEGABYTE:.1f} MB，超过上限 {limits.file_megabytes} MB")
    return size

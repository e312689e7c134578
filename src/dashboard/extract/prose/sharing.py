"""Whether a count is shared: another name stands right before its noun, with no number of its own."""

import re
from collections.abc import Mapping
from typing import Any

from dashboard.extract.prose.nouns import Noun
from dashboard.extract.prose.told import Told

_ENDS_JOINED = re.compile(r"(?:[、/]|以及|[和及与])[^、,;:。\d]{0,2}$")
#: What follows the last name of a list of channels ("公众号等渠道发布信息40条").
_ENDS_LIST = re.compile(r"等[^,;:。、\d]{0,6}?(?:渠道|平台|媒体|载体|方式|途径|媒介|形式)")
#: No match of it is longer, nor of those below on the end of a name, a level or a count, a line break included.
_JOINED_WITHIN = _NAME_WITHIN = 5
_PIECE = re.compile(r"[,;:。()]")
_ENDS_NAME = re.compile(r"[^\d\s]{2}$")
_ENDS_COUNT = re.compile(r"[\d〇零一二两三四五六七八九十百千万][^\d\s]{0,3}$")
#: A channel that is joined to the one of which the noun is the last word ("海山日报和海山县政府网站").
_ENDS_CHANNEL = re.compile(
    r"(?:日报|晚报|[^\d,;:。]报|电视台|网站|公众号|微信|微博|抖音|视频号|公开栏|公示栏|显示屏|新媒体)[”》]?"
    r"(?:、|和|及|与|以及)[^,;:。、\d(等]{0,10}$"
)
_CHANNEL_WITHIN = 18
#: "召开和参加新闻发布会19场": two verbs of one thing.
_ENDS_VERB = re.compile(r"(?:召开|举办|举行|组织|参加|开展|参与|受理|收到|制作)$")
#: "市、区人大代表建议6件": of two levels, but one thing.
_ENDS_LEVEL = re.compile(r"(?:^|[^\u4e00-\u9fa5]|办理|承办|答复|收到)[省市区县州旗]$")


def is_shared(noun: Noun, rule: Mapping[str, Any], told: Told) -> bool:
    """Whether another name stands right before, joined to this one or not, with no number of its own."""
    folded, start = told.folded, noun.start
    if not noun.item and any(_is_kin(other, rule) for other in told.nouns_ending(start)):
        return True
    if noun.item and start and folded[start - 1] in "》”」":
        return True
    if rule.get("joint"):
        return False
    if _ENDS_LIST.match(folded, noun.end) or _ENDS_CHANNEL.search(
        folded, max(0, start - _CHANNEL_WITHIN), start
    ):
        return True
    return _is_joined_to_a_name(start, folded)


def _is_joined_to_a_name(start: int, folded: str) -> bool:
    joined = _ENDS_JOINED.search(folded, max(0, start - _JOINED_WITHIN), start)
    if joined is None:
        return False
    piece = _PIECE.split(folded[max(0, joined.start() - _NAME_WITHIN) : joined.start()])[-1]
    if any(ends.search(piece) for ends in (_ENDS_LEVEL, _ENDS_COUNT, _ENDS_VERB)):
        return False
    return _ENDS_NAME.search(piece) is not None


def _is_kin(other: Noun, rule: Mapping[str, Any]) -> bool:
    """Whether a noun counts the same of another thing: posts of one channel and of the next."""
    if other.item:
        return False
    theme, _, kind = rule["indicator"].partition(".")
    codes = {told["indicator"] for told in other.rules if "indicator" in told} - {rule["indicator"]}
    return any(
        code.startswith(f"{theme}.") and code.rpartition(".")[2] == kind.rpartition(".")[2] for code in codes
    )

"""The long object of a verb of publishing, which stands between what a count is of and the count.

"通过门户网站公开机构职能、办事指南等信息86条" counts what the website published, not the guides: what is listed is
no name of anything counted. The words of such a list are blanked out before nouns are looked for; places stay.
"""

import re
from typing import Final

#: The verb, two or more things, how the list ends, and the number that is theirs together.
_LISTED: Final = re.compile(
    r"(?:公开|发布|公布|推送|发送|刊发|更新|宣传|转发)(?!网|平台|栏)(?:了|涉及|关于|包括){0,2}"
    r"(?P<list>[^,;:。、\d()]{2,24}(?:、[^,;:。、\d()]{1,24}?){1,16}(?P<end>等[^,;:。、\d()]{0,16}?)?)"
    r"(?:的)?(?P<what>(?:信息|内容|稿件|文章|推文|动态)?)(?P<joint>(?:共计|总计|合计|累计|共|总数|达到?|为){0,2})\s?(?:约|近)?\s?\d"
)
#: "发布工作动态及各类政务信息128条": two things, and the number that is theirs together.
_AND_ALL: Final = re.compile(
    r"(?:公开|发布|公布|推送|刊发|更新)(?P<list>(?!发布|公开|更新|转载|推送)[^,;:。、\d()]{2,12}?(?:以及|及|和)"
    r"(?!发布|公开|更新|转载|推送)[^,;:。、\d()]{0,8}?)(?P<what>信息)(?P<joint>(?:共计|共)?)(?P<end>\s?)(?=\d)"
)
#: What a channel includes, in brackets before the verb or the number ("政府网站（含局网站、厅网站）发布信息57条").
_BRACKET: Final = re.compile(
    r"(?<=[^;。:,(])\((?=[^()\d]{0,60}(?:、|下同|等\)))[^()\d]{3,80}\)(?=\s?(?:发布|公开|推送|更新|刊登|刊发))"
    r"|(?<=信息)\([^()\d]{3,20}(?:发文|发布|公开)\)(?=\s?\d)"
)
#: What a list holds that is none of things published: channels, which are told before the verb, and other verbs.
_OTHER: Final = re.compile(
    r"网站|网页|官网|微信|微博|公众号|平台|渠道|方式|电视|日报|晚报|报纸|报刊|抖音|视频号|新媒体|栏目|专栏|客户端|公报"
    r"|通过|利用|收到|受理|办理|开展|举办|召开|组织|提案|答复"
)


def without_objects(folded: str) -> str:
    """A folded sentence, as long as it was, with blanks for what is listed as published."""
    found = _BRACKET.sub(lambda bracket: " " * len(bracket.group()), folded) if "(" in folded else folded
    found = _LISTED.sub(_blanked, found) if "、" in found else found
    return _AND_ALL.sub(_blanked, found)


def _blanked(found: re.Match[str]) -> str:
    """A verb and its number, with blanks between where they belong together."""
    is_joint = found["joint"] or (found["end"] is not None and found["what"])
    if not is_joint or _OTHER.search(found["list"]):
        return found.group()
    start, end = (place - found.start() for place in found.span("list"))
    whole = found.group()
    return whole[:start] + " " * (end - start) + whole[end:]

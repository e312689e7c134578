"""Section 五: the problems a report names, what it promises, and whether next year's figures keep it."""

from collections.abc import Iterator, Sequence

from .prose import Speaker, pool
from .story import FIRST, LAST, Agency, count, items, number

#: Topics that no figure answers to.
_PLAIN = ("信息公开质量", "制度落实", "组织领导")
#: Topics that next year's figure answers to, with the series that tells.
_COUNTED = {
    "政策解读": "interp",
    "公开及时性": "dynamics",
    "新媒体活跃度": "account",
    "栏目与平台建设": "website",
    "主动公开范围": "total",
}
#: Years after which figures mean something else: what follows cannot be held against them.
_LAST_OF_A_FORM = (2013, 2018)
#: Reports before this year tell one total only.
_FIRST_WITH_CHANNELS = 2014
_NUMERALS = "一二三四五"


def problems_and_promises(speaker: Speaker) -> Iterator[str]:
    """The paragraphs of section 五."""
    if "no_problems" in speaker.flaws:
        yield pool()["problems"]["none"]  # type: ignore[misc]
        return
    speaker.topics = topics(speaker.agency, speaker.voice, speaker.broken)
    problems = [speaker.say("problems", topic) for topic in speaker.topics]
    if "unquantified" in speaker.flaws:
        problems.append(speaker.say("problems", "公众参与"))
    promises = [speaker.say("promises", topic) for topic in speaker.topics]
    yield speaker.say("problems", "intro") + _listed(problems)
    yield speaker.say("promises", "intro") + _listed(promises)


def topics(agency: Agency, year: int, broken: Sequence[str] = ()) -> list[str]:
    """What the report of a year finds wanting: one or two plain topics, and one that its next figures answer."""
    turn = year + len(agency.name)
    plain = [_PLAIN[(turn + place) % len(_PLAIN)] for place in range(2)]
    names = list(_COUNTED)
    turned = names[turn % len(names) :] + names[: turn % len(names)]
    kept = [topic for topic in turned if year not in _LAST_OF_A_FORM and improves(agency, topic, year)]
    return [*plain[: 2 - len(broken)], *kept[:1], *broken]


def improves(agency: Agency, topic: str, year: int) -> bool:
    """Whether every figure of the topic is higher in the next report."""
    before, after = (_figures(agency, topic, told) for told in (year, next_report(agency, year)))
    return (
        bool(before) and before.keys() == after.keys() and all(after[name] > before[name] for name in before)
    )


def next_report(agency: Agency, year: int) -> int:
    """The next year that the agency reported on."""
    return year + 2 if (agency.key, year) == ("education", 2015) else year + 1


def _figures(agency: Agency, topic: str, year: int) -> dict[str, int]:
    if year not in range(FIRST, LAST + 1):
        return {}
    series = _COUNTED[topic]
    if year < _FIRST_WITH_CHANNELS and series != "total":
        return {}
    if series == "account":
        return items(agency, "account", year)
    return {series: count(agency, series, year)} if number(agency, series, year) is not None else {}


def _listed(parts: Sequence[str]) -> str:
    return "；".join(f"{numeral}是{part}" for numeral, part in zip(_NUMERALS, parts, strict=False)) + "。"

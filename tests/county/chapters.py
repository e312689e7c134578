"""Which sentences a report has, in which chapters: by the edition of its form."""

from datetime import date

from . import prose
from .prose import Speaker
from .statements import problems_and_promises
from .tables import consultations


def opening(speaker: Speaker) -> tuple[str, ...]:
    """What stands before the first section."""
    first = speaker.say("opening", speaker.edition)
    if "old_basis" in speaker.flaws:
        first = speaker.fill(
            "根据《中华人民共和国政府信息公开条例》（国务院令第492号）的有关规定，编制{agency}{year}年报告。"
        )
    if "old_form" in speaker.flaws:
        first = speaker.fill("本报告按照国办公开办函〔2019〕60号规定的格式编制，由{agency}负责解释。")
    return first, period(speaker, "period_opening" in speaker.flaws)


def period(speaker: Speaker, is_wrong: bool) -> str:
    """The period the figures are for; a wrong one is that of the year before."""
    wordings = prose.pool()["opening"]["period"]
    chosen = wordings[speaker.voice % len(wordings)]
    return chosen.format(year=speaker.year - 1 if is_wrong else speaker.year)


def chapters(speaker: Speaker, published: date) -> list[tuple[str, list[str]]]:
    """The report's text: (heading or, on a form with sections, the section's numeral; paragraphs).

    Every other year the agency signs it, with the day it was published.
    """
    parts = _chapters(speaker)
    if speaker.year % 2 == 0:
        signed = f"{published.year}年{published.month}月{published.day}日"
        parts[-1][1].extend([speaker.agency.name_in(speaker.year), signed])
    return parts


def _chapters(speaker: Speaker) -> list[tuple[str, list[str]]]:
    if speaker.edition == "2008":
        return _before_2014(speaker)
    if speaker.edition == "2014":
        return _before_2019(speaker)
    first = _five_heads(speaker) if speaker.edition == "2021" else _three_heads(speaker)
    if "period_text" in speaker.flaws:
        first[0] = period(speaker, is_wrong=True) + first[0]
    return [("一", first), ("五", list(problems_and_promises(speaker))), ("六", [_other(speaker)])]


def _before_2014(speaker: Speaker) -> list[tuple[str, list[str]]]:
    figures = consultations(speaker.agency, speaker.year)
    asked = {name.split(".")[1].split("_")[0]: value for name, value in figures.items()}
    speaker.told |= {(name, None): value for name, value in figures.items()}
    return [
        ("一、概述", [speaker.say("overview") + prose.theme(speaker)]),
        ("二、主动公开政府信息情况", [prose.published(speaker), prose.domain(speaker)]),
        ("三、依申请公开政府信息情况", [prose.requests(speaker)]),
        ("四、咨询处理情况", [speaker.say("consultations", **asked)]),
        ("五、政府信息公开的收费及减免情况", [speaker.say("fees")]),
        ("六、因政府信息公开申请行政复议、提起行政诉讼的情况", [prose.disputes(speaker)]),
        ("七、存在的主要问题和改进措施", list(problems_and_promises(speaker))),
        ("八、其他需要报告的事项", [_other(speaker)]),
    ]


def _before_2019(speaker: Speaker) -> list[tuple[str, list[str]]]:
    answers = [
        prose.interp(speaker),
        prose.press(speaker),
        prose.platforms(speaker),
        prose.proposals(speaker),
    ]
    return [
        ("一、概述", [speaker.say("overview") + prose.theme(speaker)]),
        ("二、主动公开情况", [prose.published(speaker) + prose.accounts(speaker), prose.domain(speaker)]),
        ("三、回应解读情况", ["".join(answers)]),
        ("四、依申请公开情况", [prose.requests(speaker)]),
        ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", [prose.disputes(speaker)]),
        (
            "六、举报投诉、机构建设和保障经费情况",
            [speaker.say("complaints") + speaker.say("means") + speaker.say("oversight")],
        ),
        ("七、存在的主要问题和改进措施", list(problems_and_promises(speaker))),
        ("八、其他需要报告的事项", [_other(speaker)]),
    ]


def _three_heads(speaker: Speaker) -> list[str]:
    return [
        "（一）" + speaker.say("overview") + prose.theme(speaker) + speaker.say("management"),
        "（二）"
        + prose.published(speaker)
        + prose.interp(speaker)
        + prose.domain(speaker)
        + prose.proposals(speaker),
        "（三）" + prose.requests(speaker) + prose.handling(speaker),
        "（四）"
        + prose.columns(speaker)
        + prose.accounts(speaker)
        + prose.media(speaker)
        + prose.platforms(speaker),
        "（五）" + speaker.say("oversight"),
    ]


def _five_heads(speaker: Speaker) -> list[str]:
    released = prose.published(speaker) + prose.interp(speaker) + prose.press(speaker)
    heads = {
        "主动公开": released + prose.domain(speaker) + prose.proposals(speaker),
        "依申请公开": prose.requests(speaker) + prose.handling(speaker) + prose.disputes(speaker),
        "政府信息管理": prose.theme(speaker) + speaker.say("management"),
        "政府信息公开平台建设": prose.columns(speaker)
        + prose.accounts(speaker)
        + prose.media(speaker)
        + prose.platforms(speaker)
        + prose.said_twice(speaker),
        "监督保障": speaker.say("oversight"),
    }
    if "no_oversight" in speaker.flaws:
        del heads["监督保障"]
    named = zip("一二三四五", heads.items(), strict=False)
    if "heads" in speaker.flaws:
        return [part for numeral, (head, text) in named for part in (f"（{numeral}）{head}", text)]
    return [f"（{numeral}）{head}。{text}" for numeral, (head, text) in named]


def _other(speaker: Speaker) -> str:
    if "no_fee" in speaker.flaws:
        return speaker.say("other", "no_fee")
    if speaker.edition == "2021":
        speaker.told["fee.processing.amount", None] = 0
    return speaker.say("other", speaker.edition)

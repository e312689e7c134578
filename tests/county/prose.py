"""The sentences of a report, from sentences.toml: which are said in a year, in which wording, with which figures."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

from .story import HERE, Agency, count, in_force, items, number

#: Whose documents are heard on air, not read.
_ON_AIR = "新闻"
#: What a figure that is told by its series' name is called in the codebook.
_INDICATORS = {
    "total": "proactive.total",
    "website": "channel.website.posts",
    "weibo": "channel.weibo.posts",
    "interp": "interp.articles",
    "press": "respond.press_conf",
    "dynamics": "site.dynamics.posts",
    "notices": "site.notices.posts",
    "accounts": "channel.wechat.accounts",
}
Told = dict[tuple[str, str | None], int]


@dataclass
class Speaker:
    """One report being written: whose, for when, on which form, in which year's wording.

    `voice` is the year whose wording is used: another than `year` where the text is copied. `wrong` are figures
    told otherwise than they are. `told` collects the counts that the text tells of the year.
    """

    agency: Agency
    year: int
    edition: str
    voice: int
    broken: Sequence[str] = ()
    flaws: frozenset[str] = frozenset()
    wrong: Mapping[str, int] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)

    def say(self, name: str, choice: str = "text", /, **figures: object) -> str:
        """One sentence of a list in the wording of the year; its figures that the codebook knows are kept."""
        wordings = pool()[name][choice]
        chosen = wordings[(self.voice + crc32(f"{self.agency.key}{name}{choice}".encode())) % len(wordings)]
        for series, value in figures.items():
            if series in _INDICATORS and f"{{{series}}}" in chosen:
                self.told[_INDICATORS[series], None] = int(str(value))
        return self.fill(chosen, **figures)

    def fill(self, wording: str, /, **figures: object) -> str:
        """A wording with its figures and names in place."""
        names = {
            "agency": self.agency.name_in(self.year),
            "we": self.agency.we,
            "office": self.agency.office,
            "year": self.year,
            "next": self.year + 1,
        }
        return wording.format(**names, **figures)

    def count(self, series: str) -> int:
        """A figure of the year, as the text has it."""
        return self.wrong[series] if series in self.wrong else count(self.agency, series, self.year)

    def has(self, series: str) -> bool:
        """Whether the story has a figure of this year."""
        return number(self.agency, series, self.year) is not None


@cache
def pool() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """All wordings."""
    return tomllib.loads((HERE / "sentences.toml").read_text("utf-8"))


def said_twice(speaker: Speaker) -> str:
    """The total once more, with another number."""
    if "twice" not in speaker.flaws:
        return ""
    return f"各渠道累计主动公开政府信息{speaker.count('total') + 6}条。"


def theme(speaker: Speaker) -> str:
    return speaker.fill(str(pool()["theme"][str(speaker.voice)]))


def published(speaker: Speaker) -> str:
    text = speaker.say("total", total=speaker.count("total"))
    if speaker.edition != "2008":
        text += speaker.say("website", website=speaker.count("website"))
    if speaker.has("weibo"):
        text += speaker.say("weibo", weibo=speaker.count("weibo"))
    text += speaker.say("gazette") if speaker.agency.key == "office" else ""
    return text + _documents(speaker)


def _documents(speaker: Speaker) -> str:
    figures = {name: speaker.count(name) for name in ("issued", "repealed")}
    figures["in_force"] = in_force(speaker.agency, speaker.year)
    is_full = speaker.edition == "2021"
    text = speaker.say(
        "documents", "none" if is_full and not figures["repealed"] else speaker.edition, **figures
    )
    stem = "proactive.normdocs"
    if not is_full:
        what = "added" if speaker.edition == "2008" else "made"
        speaker.told[f"{stem}.{what}", None] = figures["issued"]
        return text
    kept = [name for name in figures if name != "repealed" or "废止" in text]
    speaker.told |= {(f"{stem}.{name}", None): figures[name] for name in kept}
    return text


def interp(speaker: Speaker) -> str:
    if not speaker.has("interp"):
        return ""
    told = speaker.count("interp")
    speaker.told["interp.articles", None] = told
    return speaker.say("interp", interp=told) if told else speaker.say("interp", "none")


def press(speaker: Speaker) -> str:
    return speaker.say("press", press=speaker.count("press")) if speaker.count("press") else ""


def proposals(speaker: Speaker) -> str:
    figures = {"npc": speaker.count("npc"), "cppcc": speaker.count("cppcc")}
    total = speaker.wrong.get("proposals", sum(figures.values()))
    speaker.told |= {("proposals", None): total}
    speaker.told |= {(f"proposals.{name}", None): value for name, value in figures.items()}
    return speaker.say("proposals", proposals=total, **figures)


def domain(speaker: Speaker) -> str:
    return speaker.say("domain", speaker.agency.key) + welfare(speaker)


def welfare(speaker: Speaker) -> str:
    classes = items(speaker.agency, "welfare", speaker.year)
    if not classes:
        return ""
    parts = {"finance": speaker.count("finance"), **classes}
    total = speaker.wrong.get("welfare", sum(parts.values()))
    names = pool()["welfare"]["names"]
    listed = "，".join(f"{names[name]}{value}条" for name, value in parts.items())
    speaker.told |= {("welfare", None): total, ("finance.budget", None): parts["finance"]}
    speaker.told |= {(f"welfare.{name}", None): value for name, value in classes.items()}
    return speaker.say("welfare", "total", welfare=total, list=listed)


def media(speaker: Speaker) -> str:
    told = items(speaker.agency, "media", speaker.year)
    speaker.told |= {("media.outlet", outlet): posts for outlet, posts in told.items()}
    said = (
        speaker.say("media", "air" if outlet.endswith(_ON_AIR) else "text", outlet=outlet, posts=posts)
        for outlet, posts in told.items()
    )
    return "，".join(said) + "。" if told else ""


def accounts(speaker: Speaker) -> str:
    """The accounts by name; before 2019 the sheet has their posts."""
    told = items(speaker.agency, "account", speaker.year)
    if not told:
        return ""
    (name, posts), *others = told.items()
    if speaker.edition == "2014":
        return speaker.say("accounts", "sheet", name=name)
    if not others:
        if "1个" in (text := speaker.say("accounts", "one", name=name, posts=posts)):
            speaker.told["channel.wechat.accounts", None] = 1
        speaker.told["channel.wechat.posts", None] = posts
        return text
    speaker.told |= {("channel.account.posts", name): posts for name, posts in told.items()}
    return speaker.say(
        "accounts",
        "several",
        accounts=len(told),
        names="、".join(f"“{name}”" for name in told),
        posts="、".join(f"{posts}条" for posts in told.values()),
    )


def columns(speaker: Speaker) -> str:
    figures = {name: speaker.count(name) for name in ("dynamics", "notices") if speaker.has(name)}
    return speaker.say("columns", "both" if len(figures) > 1 else "one", **figures)


def platforms(speaker: Speaker) -> str:
    told = items(speaker.agency, "platform", speaker.year)
    speaker.told |= {("platform.replies", name): cases for name, cases in told.items()}
    listed = "、".join(f"{name}{cases}件" for name, cases in told.items())
    return speaker.say("platforms", list=listed) if told else ""


def requests(speaker: Speaker) -> str:
    new = speaker.count("requests")
    speaker.told["req.new", None] = new
    if not new:
        return speaker.say("requests", "none")
    figures = {name: speaker.count(name) for name in ("carried_in", "done", "carried_out")}
    if speaker.edition not in ("2019", "2021") or not (figures["carried_in"] or figures["carried_out"]):
        return speaker.say("requests", new=new)
    speaker.told["req.outcome.total", None] = figures["done"]
    speaker.told |= {(f"req.{name}", None): figures[name] for name in ("carried_in", "carried_out")}
    return speaker.say("requests", "carried", new=new, **figures)


def handling(speaker: Speaker) -> str:
    """How requests are handled, where there were any."""
    return speaker.say("requests", "handling") if speaker.count("requests") else ""


def disputes(speaker: Speaker) -> str:
    review, lit = speaker.count("review"), speaker.count("lit")
    speaker.told |= {("review.total", None): review, ("lit.total", None): lit}
    if not review and not lit:
        return speaker.say("disputes", "none")
    return speaker.say("disputes", review=review, lit=lit)

"""The figures behind the reports: what each agency did in each year, from story.csv.

Nothing here is drawn by chance: the series are written down, and what they do not say is shared out in fixed
proportions.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from zlib import crc32

HERE = Path(__file__).parent
FIRST, LAST = 2012, 2025


@dataclass(frozen=True)
class Agency:
    """One fictional agency: its key in story.csv, its names, what it calls itself, who answers for the report."""

    key: str
    code: str
    name: str
    we: str
    office: str
    former: str = ""
    renamed: int = FIRST

    def name_in(self, year: int) -> str:
        """The name on the report for a year: the one of the time."""
        return self.former if self.former and year < self.renamed else self.name


AGENCIES = {
    agency.key: agency
    for agency in (
        Agency("office", "example-government-office", "示例县人民政府办公室", "本办公室", "政务公开科"),
        Agency("civil", "example-civil-affairs", "示例县民政局", "本局", "局办公室"),
        Agency("education", "example-education", "示例县教育局", "本局", "局办公室"),
        Agency(
            "health",
            "example-health",
            "示例县卫生健康局",
            "本局",
            "综合科",
            "示例县卫生和计划生育局",
            2019,
        ),
        Agency(
            "land",
            "example-natural-resources",
            "示例县自然资源和规划局",
            "本局",
            "政策法规科",
            "示例县国土资源局",
            2019,
        ),
        Agency("market", "example-market-regulation", "示例县市场监督管理局", "本局", "局办公室"),
    )
}


@cache
def _series() -> Mapping[tuple[str, str], Mapping[int, str]]:
    with (HERE / "story.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["agency"], row["series"]): {
                year: row[str(year)] for year in range(FIRST, LAST + 1) if row[str(year)]
            }
            for row in csv.DictReader(file)
        }


def text(agency: Agency, series: str, year: int) -> str:
    """A figure of the story as it is written down, "" where it has none."""
    return _series().get((agency.key, series), {}).get(year, "")


def number(agency: Agency, series: str, year: int) -> int | None:
    """A count of the story, None where the story has none."""
    told = text(agency, series, year)
    return int(told) if told else None


def count(agency: Agency, series: str, year: int) -> int:
    """A count of the story, 0 where it has none."""
    return number(agency, series, year) or 0


def cases(agency: Agency, series: str, year: int) -> tuple[int, ...]:
    """Reviews or lawsuits by how they ended, in the order of the form; () where the story has none."""
    told = text(agency, series, year)
    return tuple(map(int, told.split("/"))) if told else ()


def items(agency: Agency, kind: str, year: int) -> dict[str, int]:
    """The named figures of a kind in a year, such as the posts of every account: name -> count."""
    found = ((series, figures) for (key, series), figures in _series().items() if key == agency.key)
    return {
        series.removeprefix(f"{kind}:"): int(figures[year])
        for series, figures in found
        if series.startswith(f"{kind}:") and year in figures
    }


def in_force(agency: Agency, year: int) -> int:
    """Documents in force at the end of a year: the stock of 2018, issued since, repealed since.

    `restated` is what the stock changed by in a year without a word.
    """
    changes = (
        count(agency, "issued", told) - count(agency, "repealed", told) + count(agency, "restated", told)
        for told in range(2019, year + 1)
    )
    return count(agency, "in_force", 2018) + sum(changes)


def apportioned(total: int, weights: Mapping[str, int], key: str) -> dict[str, int]:
    """The total in whole parts by weight, largest remainders first; `key` shifts the weights a little."""
    shifted = {name: weight * (20 + crc32(f"{key} {name}".encode()) % 7) for name, weight in weights.items()}
    whole = sum(shifted.values())
    parts = {name: total * weight // whole for name, weight in shifted.items()}
    left = sorted(weights, key=lambda name: (-(total * shifted[name] % whole), name))
    for name in left[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def money(told: str) -> Decimal:
    """An amount as written down, in 元: "288.61万元" is 2886100."""
    return Decimal(told.removesuffix("万元")) * 10_000 if told.endswith("万元") else Decimal(told)

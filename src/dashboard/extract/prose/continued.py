"""A count without a noun of its own: of its statement's subject, or a part of the total that was told before."""

import re
from collections.abc import Sequence
from typing import Final

from dashboard.extract.prose.conditions import STATEMENT, compiled, fits, start_of
from dashboard.extract.prose.fitting import NOTHING, SHARED, Assigned, fitting
from dashboard.extract.prose.nouns import Noun, unquoted
from dashboard.extract.prose.sharing import is_shared
from dashboard.extract.prose.told import Told
from dashboard.quantities import Count

#: Another is joined to the subject ("政府网站及376个政务新媒体发布信息48000条").
_JOINED: Final = re.compile(r"[和及与]|以及")


def subject_of(count: Count, floor: int, told: Told, before: Assigned | None) -> Assigned:
    """A count without a noun of its own goes on with the subject of its statement, by its measure ("…98条")."""
    for noun in reversed(told.subjects_within(start_of(told.folded, floor, STATEMENT), floor)):
        own = told.count_from(noun.end) or count
        found = [
            (one, rule)
            for one, rule in fitting([noun], count, told)
            if rule.get("subject") and fits(rule, told.place(own.start))
        ]
        codes = {rule["indicator"] for _, rule in found}
        is_told = own.start < count.start and own.unit == count.unit
        if len(codes) == 1 and (is_told or _is_told(before, codes)):
            return NOTHING
        if len(codes) == 1:
            is_listed = _JOINED.match(told.folded, noun.end) is not None
            return SHARED if is_listed or is_shared(*found[0], told) else Assigned(*found[0])
    return NOTHING


def _is_told(before: Assigned | None, codes: set[str]) -> bool:
    """Whether the count before has told it already, nothing speaking against that one."""
    if before is None or before.rule is None or before.reason is not None:
        return False
    return before.rule["indicator"] in codes


def part_of(
    number: int, floor: int, told: Told, listing: Assigned | None, between: Sequence[Noun]
) -> Assigned:
    """A part of a broken-down total that no pattern knows, under its own name ("其中…土地供应信息318条")."""
    count = told.counts[number]
    text = told.folded[floor : count.start]
    for rule in told.book.prose["part"]:
        name = compiled(rule["name"]).fullmatch(text)
        known = (
            listing is not None and listing.rule is not None and listing.rule["indicator"] in rule["follows"]
        )
        # The last word of a name says what it is: a noun that ends before it does not.
        unknown = name and all(noun.end < floor + len(text.rstrip()) for noun in between)
        if name and unknown and known and count.unit in rule["units"]:
            return Assigned(Noun(floor, count.start, (rule,), unquoted(name["item"])), rule)
    return NOTHING

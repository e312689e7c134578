"""The figures of a report's tables, on any edition of the form; they balance, and chain from year to year."""

from collections.abc import Mapping

from dashboard.codebook import Edition
from dashboard.forms.cells import places

from ..applicants import GROUPS
from .story import Agency, apportioned, cases, count, in_force, items, text

Cell = tuple[str, str | None]

_APPLICANTS = {
    "natural_person": 82,
    "enterprise": 10,
    "legal_services": 5,
    "public_welfare": 1,
    "other_org": 2,
}
_BY_PERSONS = {
    "granted": 47,
    "partial": 11,
    "denied.law_prohibited": 1,
    "denied.third_party": 4,
    "denied.internal_affairs": 2,
    "denied.deliberative": 4,
    "denied.enforcement_file": 2,
    "denied.admin_inquiry": 4,
    "unable.not_held": 13,
    "unable.needs_creation": 3,
    "unable.unclear": 2,
    "not_processed.petition": 3,
    "not_processed.duplicate": 2,
    "other.not_clarified": 2,
    "other.misc": 1,
}
_BY_OTHERS = {"granted": 55, "partial": 15, "denied.third_party": 12, "unable.not_held": 18}
_WAYS = {"online": 52, "mail": 28, "inperson": 18, "fax": 2}
_REPLIES = {
    "already_public": 18,
    "granted": 42,
    "partial": 8,
    "denied": 12,
    "unable.not_own_agency": 7,
    "unable.nonexistent": 7,
    "correction_notice": 3,
    "other_route": 3,
}
_REASONS = {"privacy": 4, "not_gov_info": 4, "commercial_secret": 2, "law_prohibited": 2}
_EARLY_REPLIES = {"granted": 60, "partial": 10, "denied": 30}
_EARLY_REASONS = {
    "unable.nonexistent": 10,
    "unable.not_own_agency": 9,
    "denied.not_gov_info": 5,
    "unable.unclear": 3,
}
_REVIEWS = ("upheld", "corrected", "other", "pending")


def figures(agency: Agency, year: int, edition: Edition) -> dict[Cell, str]:
    """What every cell of the edition's form holds for a year, rows it may lack left out; zeros are "0"."""
    required = (cell for *_, cell in places(edition) if cell in edition.required_cells)
    told = dict.fromkeys(required, "0")
    filled = {"2008": _early, "2014": _sheet, "2019": _form_of_2019, "2021": _form_of_2021}[edition.id]
    told |= {cell: str(value) for cell, value in filled(agency, year).items()}
    return told


def _early(agency: Agency, year: int) -> dict[Cell, object]:
    new, total = count(agency, "requests", year), count(agency, "total", year)
    ways = apportioned(new, {**_WAYS, "email": 12}, f"{agency.key} {year} via")
    replies = apportioned(new, _EARLY_REPLIES, f"{agency.key} {year} early")
    reasons = apportioned(replies["denied"], _EARLY_REASONS, f"{agency.key} {year} reasons")
    found: dict[str, object] = {
        "proactive.total": total,
        "proactive.electronic": total - total // 23,
        "proactive.normdocs.added": count(agency, "issued", year),
        "proactive.services": total // 6,
        "channel.visits": total * 37 + year - 2000,
        "req.catalogue": 20 + total // 40,
        "req.new": new,
        "req.outcome.total": new,
        **consultations(agency, year),
        **{f"req.via.{way}": value for way, value in ways.items()},
        **{f"req.outcome.{reply}": value for reply, value in replies.items()},
        **{f"req.outcome.{reason}": value for reason, value in reasons.items()},
    }
    return {(code, None): value for code, value in found.items()}


def consultations(agency: Agency, year: int) -> dict[str, int]:
    """People who asked in person, on the web and by telephone (reports up to 2013)."""
    total = count(agency, "total", year)
    return {
        "respond.desk": total // 4 + 7,
        "respond.online_inquiries": total // 9 + 3,
        "respond.phone_inquiries": total * 2 // 3 + year - 2000,
    }


def _sheet(agency: Agency, year: int) -> dict[Cell, object]:
    completed = count(agency, "requests", year) - count(agency, "carried", year)
    replies = apportioned(completed, _REPLIES, f"{agency.key} {year} replies")
    reasons = apportioned(replies["denied"], _REASONS, f"{agency.key} {year} reasons")
    ways = apportioned(count(agency, "requests", year), _WAYS, f"{agency.key} {year} via")
    late = completed // 14
    found = {
        **_published(agency, year),
        "req.new": count(agency, "requests", year),
        **{f"req.via.{way}": value for way, value in ways.items()},
        "req.completed": completed,
        "req.ontime": completed - late,
        "req.extended": late,
        "req.outcome.total": completed,
        **{f"req.outcome.{reply}": value for reply, value in replies.items()},
        **{f"req.outcome.denied.{reason}": value for reason, value in reasons.items()},
        **_ended("review", cases(agency, "review", year)),
        **_ended("lit", cases(agency, "direct", year)),
        **_means(agency, year),
    }
    return {(code, None): value for code, value in found.items()}


def _published(agency: Agency, year: int) -> dict[str, int]:
    accounts = sum(items(agency, "account", year).values())
    press, talks = count(agency, "press", year), count(agency, "interview", year)
    return {
        "proactive.total": count(agency, "total", year),
        "proactive.normdocs.disclosed_new": count(agency, "issued", year),
        "proactive.normdocs.made": count(agency, "issued", year),
        "channel.gazette.posts": count(agency, "gazette", year),
        "channel.website.posts": count(agency, "website", year),
        "channel.weibo.posts": count(agency, "weibo", year),
        "channel.wechat.posts": accounts,
        "channel.other.posts": count(agency, "other", year),
        "respond.hot_topics": count(agency, "hot", year),
        "respond.press_conf": press,
        "respond.press_conf.leader": press // 2,
        "respond.online_interview": talks,
        "respond.online_interview.leader": talks // 3,
        "interp.articles": count(agency, "interp", year),
        "respond.social": count(agency, "hot", year) + accounts // 40,
        "respond.other": count(agency, "hot", year) // 2,
    }


def _means(agency: Agency, year: int) -> dict[str, object]:
    is_office = agency.key == "office"
    return {
        "org.units": 1,
        "org.reading_points": 3 if is_office else 1,
        "org.staff": 6 if is_office else 4,
        "org.staff.fulltime": 2 if is_office else 1,
        "org.staff.parttime": 4 if is_office else 3,
        "org.budget": "6.5" if is_office else "0",
        "training.meetings": 1 + count(agency, "courses", year),
        "training.courses": count(agency, "courses", year),
        "training.trainees": count(agency, "trainees", year),
    }


def _ended(stem: str, told: tuple[int, ...]) -> dict[str, int]:
    """Cases by how they ended, and their total."""
    parts = {f"{stem}.{name}": value for name, value in zip(_REVIEWS, told, strict=False)}
    return {f"{stem}.total": sum(told), **parts}


def _form_of_2019(agency: Agency, year: int) -> dict[Cell, object]:
    made = count(agency, "issued", year)
    before = count(agency, "in_force", 2018)
    found: dict[str, object] = {
        "proactive.normdocs.made": made,
        "proactive.normdocs.disclosed_new": made,
        "proactive.normdocs.disclosed_total": before
        + sum(count(agency, "issued", told) for told in range(2019, year + 1)),
        "proactive.license.decisions": count(agency, "licence", year),
        "proactive.other_service.decisions": count(agency, "service", year),
        "proactive.penalty.decisions": count(agency, "penalty", year),
        "proactive.coercion.decisions": count(agency, "coercion", year),
        "proactive.procurement.projects": count(agency, "projects", year),
        "proactive.procurement.amount": text(agency, "amount", year) or "0",
    }
    for stem, series in _ITEMS.items():
        before, now = count(agency, series, year - 1), count(agency, series, year)
        found |= {f"proactive.{stem}.items_prev": before, f"proactive.{stem}.items_change": now - before}
    return {(code, None): value for code, value in found.items()} | _requests(agency, year, "2019")


_ITEMS = {
    "license": "licence_items",
    "other_service": "service_items",
    "penalty": "penalty_items",
    "coercion": "coercion_items",
    "fees": "fee_items",
}


def _form_of_2021(agency: Agency, year: int) -> dict[Cell, object]:
    found: dict[str, object] = {
        "proactive.normdocs.issued": count(agency, "issued", year),
        "proactive.normdocs.repealed": count(agency, "repealed", year),
        "proactive.normdocs.in_force": in_force(agency, year),
        "proactive.license.decisions": count(agency, "licence", year),
        "proactive.penalty.decisions": count(agency, "penalty", year),
        "proactive.coercion.decisions": count(agency, "coercion", year),
        "proactive.fees.amount": text(agency, "fees", year) or "0",
    }
    return {(code, None): value for code, value in found.items()} | _requests(agency, year, "2021")


def _requests(agency: Agency, year: int, edition: str) -> dict[Cell, object]:
    """Tables 3 and 4."""
    new = apportioned(count(agency, "requests", year), _APPLICANTS, f"{agency.key} {year} new")
    begun, carried_out = _carried(agency, year - 1), _carried(agency, year)
    appeared = count(agency, "appeared", year)
    carried_in = {**begun, "natural_person": begun["natural_person"] + appeared}
    rows: dict[str, dict[str, int]] = {"new": new, "carried_in": carried_in, "carried_out": carried_out}
    for group in GROUPS:
        done = new.get(group, 0) + carried_in.get(group, 0) - carried_out.get(group, 0)
        weights = _BY_PERSONS if group == "natural_person" else _BY_OTHERS
        rows.setdefault("outcome.total", {})[group] = done
        for outcome, value in apportioned(done, weights, f"{agency.key} {year} {group}").items():
            row = rows.setdefault(f"outcome.{_outcome(outcome, edition)}", {})
            row[group] = row.get(group, 0) + value
    found: dict[Cell, object] = {}
    for row, values in rows.items():
        found |= {(f"req.{row}", group): values.get(group, 0) for group in GROUPS}
        found[f"req.{row}", "total"] = sum(values.values())
    for stem, series in (("review", "review"), ("lit.direct", "direct"), ("lit.after_review", "after")):
        found |= {(code, None): value for code, value in _ended(stem, cases(agency, series, year)).items()}
    return found


def _outcome(outcome: str, edition: str) -> str:
    return "other" if edition == "2019" and outcome.startswith("other.") else outcome


def _carried(agency: Agency, year: int) -> Mapping[str, int]:
    """The requests open at the end of a year: one in five of an enterprise."""
    total = count(agency, "carried", year)
    return {"natural_person": total - total // 5, "enterprise": total // 5}

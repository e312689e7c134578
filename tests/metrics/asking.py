"""Lines of figures for metrics, and the rows of one metric."""

import pandas as pd

from dashboard import queries

from ..small_databases import AGENCY, line

DENIED = (
    "state_secret",
    "law_prohibited",
    "security_stability",
    "third_party",
    "internal_affairs",
    "deliberative",
    "enforcement_file",
    "admin_inquiry",
)


def figures(year, edition="2021", agency=AGENCY, **told):
    """Lines for a year: req__new=7 is req.new, 7; None is a blank."""
    return [
        line(
            year,
            code.replace("__", "."),
            "" if value is None else value,
            edition=edition,
            status="blank" if value is None else "",
            agency=agency,
        )
        for code, value in told.items()
    ]


def outcomes(year, granted, partial, total, edition="2021", agency=AGENCY):
    told = {"req__outcome__granted": granted, "req__outcome__partial": partial, "req__outcome__total": total}
    return figures(year, edition, agency, **told)


def metric(store, name, first=2022, last=2023, agency=AGENCY):
    """The rows of one metric by year."""
    frame = queries.metric(store, [agency], [name], first, last)
    return frame.set_index("year")


def told(row, *names):
    return tuple(
        None if pd.api.types.is_scalar(row[name]) and pd.isna(row[name]) else row[name] for name in names
    )

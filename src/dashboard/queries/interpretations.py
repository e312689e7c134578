"""Normative documents and their interpretations, of an agency and its peers."""

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def interpretations(store: Store, agency: str) -> pd.DataFrame:
    """By year, for the agency (is_own) and each peer: documents (件), articles (篇), covered (件).

    A peer is an agency of the same kind (real or example), type and level. A missing number is null.
    """
    return ask(store, "interpretations", agency=agency)

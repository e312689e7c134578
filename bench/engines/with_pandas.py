"""pandas answers, from data frames in memory."""

import pandas as pd
from engines.frames import FACT, SMALL, columns, outcome_of
from engines.questions import FIRST_YEAR, LAST_YEAR, LEAST_PEERS, QUARTILES, Asked

from dashboard.store import Store


class Pandas:
    """Answers from data frames of a store's tables."""

    name = "pandas"

    def __init__(self, store: Store, asked: Asked) -> None:
        self.asked = asked
        self.fact = pd.DataFrame(columns(store, FACT))
        self.small = {name: pd.DataFrame(columns(store, query)) for name, query in SMALL.items()}
        self.groups = self.small["applicant_group"]
        self.total = int(self.groups[self.groups["group"] == "total"]["group_id"].iloc[0])
        outcome = self.small["indicator"]["indicator"].map(outcome_of)
        rows = self.small["indicator"][outcome.notna()]
        pairs = outcome[outcome.notna()]
        self.outcome_rows = rows.assign(outcome=pairs.str[0], is_whole=pairs.str[1])

    def trend(self) -> pd.DataFrame:
        indicators = self._indicators(self.asked.indicators)
        own = self._own()
        own = own[own["is_answer"]].merge(indicators, on="indicator_id")
        own = own[own["answer_group_id"] == own["wanted_group"]]
        derived = self._derived().merge(indicators, on="indicator_id")
        derived = derived[derived["group_id"] == derived["wanted_group"]].assign(item_id=0)
        key = ["indicator", "item_id", "year"]
        told = own[[*key, "value"]].merge(derived[[*key, "derived"]], on=key, how="outer")
        told["value"] = told["value"].fillna(told["derived"])
        before = told[key].assign(year=told["year"] + 1, base_value=told["value"])
        found = told.merge(before, on=key, how="left").sort_values(key)
        return found[found["year"] >= FIRST_YEAR]

    def form_cells(self) -> pd.DataFrame:
        own = self._own()
        own = own[own["is_table"]]
        edition = self._documents().set_index("year")["edition_id"].get(self.asked.year)
        cells = self.small["edition_cell"]
        cells = cells[cells["edition_id"] == edition]
        key = ["indicator_id", "group_id"]
        now = own[own["year"] == self.asked.year][[*key, "value"]]
        before = own[own["year"] == self.asked.year - 1][[*key, "value"]]
        found = cells.merge(now, on=key, how="left")
        found = found.merge(before.rename(columns={"value": "previous_value"}), on=key, how="left")
        return found.merge(self.small["indicator"], on="indicator_id").merge(self.groups, on="group_id")

    def outcomes(self) -> pd.DataFrame:
        own = self._own()
        told = own[own["is_answer"]].drop(columns="group_id").rename(columns={"answer_group_id": "group_id"})
        cell = ["indicator_id", "group_id", "year"]
        own = told[[*cell, "value"]].merge(self._derived()[[*cell, "derived"]], on=cell, how="outer")
        own["value"] = own["value"].fillna(own["derived"])
        own = own.merge(self.outcome_rows, on="indicator_id")
        own["group_id"] = own["group_id"].replace(0, self.total)
        key = ["year", "group_id", "outcome"]
        whole = own[own["is_whole"]].groupby(key)["value"].max()
        parts = own[~own["is_whole"]].groupby(key)["value"].sum(min_count=1)
        return whole.combine_first(parts).reset_index().merge(self.groups, on="group_id")

    def completeness(self) -> pd.DataFrame:
        own = self._own()
        told = own[own["is_answer"]].groupby(["indicator_id", "year"])["value"]
        told = told.agg(cells="size", numbers="count").reset_index()
        found = told.merge(self.small["indicator"], on="indicator_id")
        return found[found["kind"] != "text"].sort_values(["indicator_id", "year"])

    def findings(self) -> pd.DataFrame:
        findings = self.small["agency_finding"]
        return findings[findings["agency_id"] == self.asked.agency_id]

    def peers(self) -> pd.DataFrame:
        fact, agency = self.fact, self.small["agency"]
        alike = agency[(agency["function"] == self.asked.function) & (agency["level"] == self.asked.level)]
        indicators = self._indicators(self.asked.indicators)
        found = fact[
            fact["indicator_id"].isin(indicators["indicator_id"])
            & (fact["year"] == self.asked.year)
            & fact["agency_id"].isin(alike["agency_id"])
            & (fact["item_id"] == 0)
            & fact["is_answer"]
        ]
        found = found.merge(indicators, on="indicator_id")
        found = found[found["answer_group_id"] == found["wanted_group"]]
        document = self.small["document"]
        document = document[document["agency_id"].isin(alike["agency_id"]) & document["speaks"]]
        document = document[document["year"] == self.asked.year][["document_id", "agency_id"]]
        derived = self.small["derived_answer"].merge(document, on="document_id")
        derived = derived.merge(indicators, on="indicator_id")
        derived = derived[derived["group_id"] == derived["wanted_group"]]
        key = ["indicator", "agency_id"]
        told = found[[*key, "value"]].merge(derived[[*key, "derived"]], on=key, how="outer")
        told["value"] = told["value"].fillna(told["derived"])
        is_own = told["agency_id"] == self.asked.agency_id
        values = told[~is_own].groupby("indicator")["value"]
        band = pd.DataFrame({name: values.quantile(place) for name, place in QUARTILES.items()})
        band["numbers"] = values.count()
        band.loc[band["numbers"] < LEAST_PEERS, list(QUARTILES)] = None
        own = told[is_own][["indicator", "value"]]
        return own.merge(band.reset_index(), on="indicator", how="left").fillna({"numbers": 0})

    def district(self) -> pd.DataFrame:
        fact, agency = self.fact, self.small["agency"]
        members = agency[agency["region"] == self.asked.region]["agency_id"]
        found = fact[(fact["year"] == self.asked.year) & fact["agency_id"].isin(members)]
        found = found[found["is_answer"] & found["is_table"] & (found["item_id"] == 0)]
        summed = found.groupby(["indicator_id", "group_id"])["value"]
        summed = summed.agg(value=lambda column: column.sum(min_count=1), numbers="count").reset_index()
        return summed.merge(self.small["indicator"], on="indicator_id").merge(self.groups, on="group_id")

    def carried(self) -> pd.DataFrame:
        fact = self.fact
        codes = self.small["indicator"].set_index("indicator")["indicator_id"]
        told = {}
        for code in ("req.carried_in", "req.carried_out"):
            chosen = (fact["indicator_id"] == codes[code]) & (fact["answer_group_id"] == self.total)
            told[code] = fact[chosen & fact["is_answer"] & fact["value"].notna()][
                ["agency_id", "year", "value"]
            ]
        before = told["req.carried_out"]
        before = before.assign(year=before["year"] + 1)
        pairs = told["req.carried_in"].merge(before, on=["agency_id", "year"], suffixes=("", "_before"))
        pairs["differs"] = pairs["value"] != pairs["value_before"]
        return pairs.groupby("year")["differs"].agg(agencies="size", differing="sum").reset_index()

    def _own(self) -> pd.DataFrame:
        years = self.fact["year"].between(FIRST_YEAR - 1, LAST_YEAR)
        return self.fact[(self.fact["agency_id"] == self.asked.agency_id) & years]

    def _documents(self) -> pd.DataFrame:
        document = self.small["document"]
        return document[(document["agency_id"] == self.asked.agency_id) & document["speaks"]]

    def _derived(self) -> pd.DataFrame:
        documents = self._documents()[["document_id", "year"]]
        derived = self.small["derived_answer"]
        return derived[derived["document_id"].isin(documents["document_id"])].merge(
            documents, on="document_id"
        )

    def _indicators(self, codes: tuple[str, ...]) -> pd.DataFrame:
        found = self.small["indicator"]
        found = found[found["indicator"].isin(codes)]
        wanted = (found["dimension"] == "group") * self.total
        return found.assign(wanted_group=wanted)

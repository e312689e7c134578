"""polars answers, from data frames in memory."""

import polars as pl
from engines.frames import FACT, SMALL, outcome_of
from engines.questions import FIRST_YEAR, LAST_YEAR, LEAST_PEERS, QUARTILES, Asked
from polars import col

from dashboard.store import Store


class Polars:
    """Answers from data frames of a store's tables; whole numbers are as wide in all of them as in the facts."""

    name = "polars"

    def __init__(self, store: Store, asked: Asked) -> None:
        self.asked = asked
        self.fact = _frame(store, FACT)
        self.small = {name: _frame(store, query) for name, query in SMALL.items()}
        self.groups = self.small["applicant_group"]
        self.total = self.groups.filter(group="total")["group_id"].item()
        codes = self.small["indicator"]
        outcomes = [outcome_of(code) or (None, None) for code in codes["indicator"]]
        self.outcome_rows = codes.select("indicator_id").with_columns(
            outcome=pl.Series([outcome for outcome, _ in outcomes]),
            is_whole=pl.Series([is_whole for _, is_whole in outcomes]),
        )
        self.outcome_rows = self.outcome_rows.filter(col("outcome").is_not_null())

    def trend(self) -> pl.DataFrame:
        indicators = self._indicators(self.asked.indicators)
        own = self._own().filter("is_answer").join(indicators, on="indicator_id")
        own = own.filter(col("answer_group_id") == col("wanted_group"))
        derived = self._derived().join(indicators, on="indicator_id")
        derived = derived.filter(col("group_id") == col("wanted_group")).with_columns(
            item_id=pl.lit(0, own.schema["item_id"])
        )
        key = ["indicator", "item_id", "year"]
        told = own.select(*key, "value").join(
            derived.select(*key, "derived"), on=key, how="full", coalesce=True
        )
        told = told.select(*key, value=pl.coalesce("value", "derived"))
        before = told.with_columns(col("year") + 1).rename({"value": "base_value"})
        return told.join(before, on=key, how="left").filter(col("year") >= FIRST_YEAR).sort(key)

    def form_cells(self) -> pl.DataFrame:
        own = self._own().filter("is_table")
        edition = self._documents().filter(year=self.asked.year)["edition_id"].item()
        key = ["indicator_id", "group_id"]
        now = own.filter(year=self.asked.year).select(*key, "value")
        before = own.filter(year=self.asked.year - 1).select(*key, previous_value="value")
        found = self.small["edition_cell"].filter(edition_id=edition)
        found = found.join(now, on=key, how="left").join(before, on=key, how="left")
        return found.join(self.small["indicator"], on="indicator_id").join(self.groups, on="group_id")

    def outcomes(self) -> pl.DataFrame:
        cell = ["indicator_id", "group_id", "year"]
        told = (
            self._own()
            .filter("is_answer")
            .select("indicator_id", "year", "value", group_id="answer_group_id")
        )
        own = told.join(self._derived().select(*cell, "derived"), on=cell, how="full", coalesce=True)
        own = own.with_columns(value=pl.coalesce("value", "derived")).join(
            self.outcome_rows, on="indicator_id"
        )
        own = own.with_columns(col("group_id").replace(0, self.total))
        whole = col("value").filter("is_whole").max()
        parts = col("value").filter(~col("is_whole"))
        summed = pl.when(parts.count() > 0).then(parts.sum())
        told = own.group_by("year", "group_id", "outcome").agg(value=pl.coalesce(whole, summed))
        return told.join(self.groups, on="group_id")

    def completeness(self) -> pl.DataFrame:
        told = self._own().filter("is_answer").group_by("indicator_id", "year")
        told = told.agg(cells=pl.len(), numbers=col("value").count())
        found = told.join(self.small["indicator"], on="indicator_id").filter(col("kind") != "text")
        return found.sort("indicator_id", "year")

    def findings(self) -> pl.DataFrame:
        return self.small["agency_finding"].filter(agency_id=self.asked.agency_id)

    def peers(self) -> pl.DataFrame:
        alike = self.small["agency"].filter(function=self.asked.function, level=self.asked.level)
        indicators = self._indicators(self.asked.indicators)
        wanted = indicators["indicator_id"].implode()
        found = self.fact.filter(
            "is_answer", col("indicator_id").is_in(wanted), year=self.asked.year, item_id=0
        )
        found = found.join(alike, on="agency_id", how="semi").join(indicators, on="indicator_id")
        found = found.filter(col("answer_group_id") == col("wanted_group"))
        documents = self.small["document"].filter("speaks", year=self.asked.year)
        documents = documents.join(alike, on="agency_id", how="semi").select("document_id", "agency_id")
        derived = self.small["derived_answer"].join(documents, on="document_id")
        derived = derived.join(indicators, on="indicator_id").filter(col("group_id") == col("wanted_group"))
        key = ["indicator", "agency_id"]
        told = found.select(*key, "value").join(
            derived.select(*key, "derived"), on=key, how="full", coalesce=True
        )
        told = told.select(*key, value=pl.coalesce("value", "derived"))
        own = col("agency_id") == self.asked.agency_id
        value = col("value")
        quartiles = {
            name: pl.when(value.count() >= LEAST_PEERS).then(value.quantile(place, "linear"))
            for name, place in QUARTILES.items()
        }
        band = told.filter(~own).group_by("indicator").agg(numbers=value.count(), **quartiles)
        found = told.filter(own).select("indicator", "value").join(band, on="indicator", how="left")
        return found.with_columns(col("numbers").fill_null(0))

    def district(self) -> pl.DataFrame:
        members = self.small["agency"].filter(region=self.asked.region)
        found = self.fact.filter("is_answer", "is_table", year=self.asked.year, item_id=0)
        found = found.join(members, on="agency_id", how="semi")
        summed = found.group_by("indicator_id", "group_id")
        summed = summed.agg(value=col("value").sum(), numbers=col("value").count())
        return summed.join(self.small["indicator"], on="indicator_id").join(self.groups, on="group_id")

    def carried(self) -> pl.DataFrame:
        told = {}
        for code in ("req.carried_in", "req.carried_out"):
            wanted = self.small["indicator"].filter(indicator=code)["indicator_id"].item()
            found = self.fact.filter("is_answer", indicator_id=wanted, answer_group_id=self.total)
            told[code] = found.filter(col("value").is_not_null()).select("agency_id", "year", "value")
        before = told["req.carried_out"].with_columns(col("year") + 1)
        pairs = told["req.carried_in"].join(before, on=["agency_id", "year"], suffix="_before")
        differs = col("value") != col("value_before")
        return pairs.group_by("year").agg(agencies=pl.len(), differing=differs.sum())

    def _own(self) -> pl.DataFrame:
        return self.fact.filter(
            col("agency_id") == self.asked.agency_id, col("year").is_between(FIRST_YEAR - 1, LAST_YEAR)
        )

    def _documents(self) -> pl.DataFrame:
        return self.small["document"].filter("speaks", agency_id=self.asked.agency_id)

    def _derived(self) -> pl.DataFrame:
        documents = self._documents().select("document_id", "year")
        return self.small["derived_answer"].join(documents, on="document_id")

    def _indicators(self, codes: tuple[str, ...]) -> pl.DataFrame:
        found = self.small["indicator"].filter(col("indicator").is_in(codes))
        wanted = pl.when(dimension="group").then(self.total).otherwise(0).cast(self.fact.schema["group_id"])
        return found.with_columns(wanted_group=wanted)


def _frame(store: Store, query: str) -> pl.DataFrame:
    narrow = {"indicator_id": pl.Int16, "group_id": pl.Int8, "item_id": pl.Int16, "year": pl.Int16}
    frame = pl.DataFrame(store.cursor().sql(query).to_arrow_table())
    return frame.cast({name: kind for name, kind in narrow.items() if name in frame.columns})

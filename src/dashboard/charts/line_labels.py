"""The words on a line chart: values on marks, names at the ends, × where a number is wanting."""

from dataclasses import dataclass

from dashboard.charts.colours import slot
from dashboard.charts.fitting import safe, spread, text_width, wrapped
from dashboard.charts.frame import SIZE, SMALL, Canvas
from dashboard.charts.records import ABSENT_STATUSES, Row, number_of, word_for

#: Slots of the series in their order: the first is the subject, the others keep apart under CVD.
SLOTS = (1, 5, 4, 7)
NAME_ROOM = 96.0
_ROOM_OF_A_MARK = 16
_LINE = 13  # pixels that a number needs for itself


@dataclass(frozen=True)
class Plot:
    """Where things lie, in pixels from the top."""

    canvas: Canvas
    years: list[int]
    top: float
    base: float
    largest: float

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.base - value / self.largest * (self.base - self.top)

    @property
    def crowded(self) -> bool:
        """Too many years for full marks."""
        return self.unit < _ROOM_OF_A_MARK

    @property
    def unit(self) -> float:
        """Pixels of a year at the narrowest width."""
        return self.canvas.narrowest_unit


def write_values(plot: Plot, series: list[dict[int, Row]]) -> None:
    """Write values above or below their marks, where nothing else is; the others are under the pointer.

    The last year's stand at the end of the lines. On a crowded axis only first values and peaks.
    """
    for year in plot.years[:-1]:
        marks = [
            (plot.y(by_year[year]["value"]), number)
            for number, by_year in enumerate(series)
            if year in by_year and by_year[year]["value"] is not None
        ]
        taken: list[float] = []
        for mark, number in sorted(marks):
            row = series[number][year]
            if not _is_labelled(plot, series[number], row):
                continue
            others = [y for y, other in marks if other != number] + taken
            y = _free_side(plot, mark, others, below_first=_turns_up(series[number], row))
            if y is not None:
                taken.append(y)
                text = number_of(row)
                at_edge = (year - plot.years[0] + 0.5) * plot.unit < text_width(text) / 2
                anchor, shift = ("left", -plot.unit / 2) if at_edge else ("center", 0)
                plot.canvas.text(
                    year, y, text, bold=True, colour=slot(SLOTS[number]), anchor=anchor, shift=shift
                )


def _free_side(plot: Plot, mark: float, others: list[float], *, below_first: bool) -> float | None:
    """The height above or below a mark where a number touches nothing, if there is one."""
    for y in (mark + 14, mark - 14) if below_first else (mark - 14, mark + 14):
        if 0 < y < plot.base - 5 and all(abs(y - other) >= _LINE for other in others):
            return y
    return None


def _turns_up(by_year: dict[int, Row], row: Row) -> bool:
    """Whether the line leaves this mark upwards, so that its number is better below."""
    beside = [by_year.get(row["year"] + step) for step in (-1, 1)]
    joined = [
        other["value"]
        for other in beside
        if other and other["value"] is not None and other.get("segment") == row.get("segment")
    ]
    return bool(joined) and bool(sum(joined) / len(joined) > row["value"])


def _is_labelled(plot: Plot, by_year: dict[int, Row], row: Row) -> bool:
    known = [other for other in by_year.values() if other["value"] is not None]
    widest = max(text_width(number_of(other), SIZE) for other in known) + 4
    if widest <= plot.unit:
        return True
    keep = {min(other["year"] for other in known), max(known, key=lambda other: other["value"])["year"]}
    near = any(abs(row["year"] - year) * plot.unit < widest for year in keep if year != row["year"])
    return row["year"] in keep and not (near and row["year"] == min(keep))


def write_crosses(plot: Plot, series: list[dict[int, Row]]) -> None:
    """Mark on the axis the years of which a report is there but gives no number, with its word if any."""
    places = []
    for year in plot.years:
        rows = [by_year[year] for by_year in series if year in by_year and by_year[year]["value"] is None]
        rows = [row for row in rows if row.get("status") not in ABSENT_STATUSES]
        if not rows:
            continue
        said = "、".join(dict.fromkeys(safe(word_for(row)) for row in rows))
        places.append((year, plot.base, f"{year} {said}"))
        printed = [line for word in _printed(rows) for line in wrapped(word, max(plot.unit, 24) - 2, SMALL)]
        if printed:
            y = plot.base - 7 - 7 * len(printed)
            plot.canvas.text(year, y, "<br>".join(map(safe, printed)), size=SMALL)
    plot.canvas.crosses(places)


def _printed(rows: list[Row]) -> list[str]:
    """The different words that stand where a number was wanted (多件)."""
    return list(dict.fromkeys(str(row["raw"]) for row in rows if row["value"] is None and row.get("raw")))


def end_gap(series: list[dict[int, Row]], last: int) -> float:
    """Pixels from the last year to the names: more when a printed word stands there."""
    said = _printed([by_year[last] for by_year in series if last in by_year])
    return max([10.0, *(min(text_width(word, SMALL), NAME_ROOM) / 2 + 6 for word in said)])


def write_ends(plot: Plot, names: list[str], series: list[dict[int, Row]]) -> None:
    """Name each series at its end; the value of the last year stands there too."""
    last = plot.years[-1]
    ends: list[tuple[float, list[str], str]] = []
    for number, (name, by_year) in enumerate(zip(names, series, strict=True)):
        known = [row for row in by_year.values() if row["value"] is not None]
        lines = wrapped(str(name), NAME_ROOM)
        at_last = by_year.get(last, {}).get("value") is not None
        value = f"<b>{number_of(by_year[last])}</b> " if at_last else ""
        y = plot.y(max(known, key=lambda row: row["year"])["value"]) if known else (plot.top + plot.base) / 2
        ends.append((y, lines, f'<span style="color:{slot(SLOTS[number])}">{value}'))
    only = [year for year, row in series[0].items() if row["value"] is not None]
    at = max(only) if len(series) == 1 and only else last
    places = spread(
        [y for y, _, _ in ends], [15.0 * len(lines) + 2 for _, lines, _ in ends], 0, plot.base + 8
    )
    for (_, lines, head), y in zip(ends, places, strict=True):
        text = head + "<br>".join(safe(line) for line in lines) + "</span>"
        plot.canvas.text(at, y, text, anchor="left", shift=end_gap(series, last))

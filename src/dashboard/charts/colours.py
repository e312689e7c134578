"""The only place where charts get a colour.

Streamlit 1.67 replaces the strings below with colours of the theme, in the browser, anywhere inside
a Plotly figure (annotations and spans too): one cached figure serves the light and the dark mode.
This is undocumented, hence a browser test. Slots are `chartCategoricalColors` of config.toml, in order.
"""

SLOTS = tuple(f"#0000{number:02d}" for number in range(1, 11))
SEQUENTIAL = tuple(f"#0000{number:02d}" for number in range(11, 21))
TEXT = "#000037"
BACKGROUND = "#000038"
FAINT = "#000039"
TRANSPARENT = "rgba(0,0,0,0)"

#: Numbers inside slots 2, 4 and 6, at least 5.2:1 on them in both modes.
INK = "#12161C"
_SLOTS_UNDER_INK = frozenset({2, 4, 6, 10})

#: Tiles are images, which no theme reaches: at least 3:1 on both backgrounds.
SPARK_MARK = "#3F7FCC"
SPARK_AXIS = "#7D8794"

DATA = 1
CONTEXT = 5
CONTEXT_PALE = 6
ALERT = 9
ADVICE = 4
DECORATION = 10

#: Slot by outcome of a request, the same in every chart.
OUTCOME_SLOTS = {
    "granted": 1,
    "partial": 2,
    "denied": 3,
    "unable": 4,
    "not_processed": 5,
    "other": 6,
}


def slot(number: int) -> str:
    """The colour of a slot, counted from 1 as VISUAL.md does."""
    return SLOTS[number - 1]


def ink_on(number: int) -> str:
    """The colour of a number written inside a mark of that slot."""
    return INK if number in _SLOTS_UNDER_INK else BACKGROUND


def outcome_slot(outcome: str, position: int) -> int:
    """The slot of an outcome: the fixed one of VISUAL.md, else by its place in the list."""
    return OUTCOME_SLOTS.get(outcome, min(position, 5) + 1)

"""Facts of one report, as the tests of the rules write them."""

from decimal import Decimal

from dashboard.model import Fact

OLD, NEW = "示例县民政局-2020", "示例县民政局-2022"
AGENCY = "定海区水利局"


def cell(indicator, value, group=None, table="3"):
    """A table cell: a number, None for blank, "?" for one that could not be read."""
    status = {"?": "unreadable", None: "blank"}.get(value, "reported")
    number = Decimal(str(value)) if status == "reported" else None
    return Fact(indicator, group, None, number, status, str(value or ""), None, "table", {"table": table})


def sheet(values):
    """Cells of a statistics sheet, by their codes."""
    return [cell(code, value, table="S") for code, value in values.items()]


def told(indicator, value, unit="件", item=None, status="reported"):
    number = None if value is None else Decimal(str(value))
    return Fact(indicator, None, item, number, status, f"{value}{unit}", unit, "narrative", {})


def column(group, **values):
    """Cells of table 3 in one column; names are codes below req, "__" for a dot."""
    return [cell(f"req.{name.replace('__', '.')}", value, group) for name, value in values.items()]

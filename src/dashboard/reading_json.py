"""A reading as JSON for other programs: what `dashboard read --json` and `facts --format json` print."""

import json
from decimal import Decimal
from typing import Any

from dashboard.model import Fact, Finding, Reading


def as_json(reading: Reading) -> str:
    """A reading as one JSON object; numbers stay exact."""
    told = {
        "agency": reading.agency,
        "year": reading.year,
        "edition": reading.edition,
        "facts": [_fact(fact) for fact in reading.facts],
        "findings": [_finding(finding) for finding in reading.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "indicator": fact.indicator,
        "group": fact.group,
        "item": fact.item,
        "value": _number(fact.value),
        "status": fact.status,
        "raw": fact.raw,
        "unit": fact.unit,
        "source": fact.source,
        "locator": dict(fact.locator),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    cells = [
        {
            "indicator": cell.indicator,
            "group": cell.group,
            "item": cell.item,
            "value": _number(cell.value),
            "status": cell.status,
        }
        for cell in finding.cells
    ]
    return {"rule": finding.rule, "severity": finding.severity, "message": finding.message, "cells": cells}


def _number(value: Decimal | None) -> int | float | None:
    """15 digits at most (numbers.py), so a float prints the very digits it was given."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

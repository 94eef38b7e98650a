"""What publishers print, as the slugs the tables hold: one CSV for each vocabulary."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LEFT_OUT = "left out"


@cache
def label_map(name: str) -> Mapping[str, str]:
    """Return the slug of every printed label, labels without case or extra spaces.

    Args:
        name: The file's name without its ending, for example "staff_groups".
    """
    path = files("skillmix.sources").joinpath("labels", f"{name}.csv")
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return MappingProxyType({folded(r["label"]): r["slug"] for r in rows})


def folded(label: str) -> str:
    """Return a label as maps hold it: lower case, single spaces."""
    return re.sub(r"\s+", " ", label.strip().lower())


def shown(label: str) -> str:
    """Return a label of a published file, safe to show in a message."""
    printable = "".join(c if c.isprintable() else "?" for c in label)
    return f"'{printable.lstrip('=+-@')[:60]}'"

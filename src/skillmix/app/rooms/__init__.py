"""The rooms of the app: one module for each part of its address.

A room is a module `skillmix.app.rooms.NAME` of this list. It has `router`, a
`fastapi.APIRouter` with its pages and their twins, and `LINKS`, what it adds to the
navigation (empty if nothing). To add a room, write the module and add its name here;
a name whose module is not installed is passed over.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

ROOMS = (
    "overview",
    "analyses",
    "compare",
    "trusts",
    "titles",
    "adverts",
    "adverts_review",
    "literature",
    "uploads",
    "files",
    "about",
    "entry",
    "static",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of the navigation.

    Attributes:
        label: What it says.
        href: Where it leads.
    """

    label: str
    href: str


def rooms() -> Iterator[ModuleType]:
    """Yield the modules of the rooms that are there, in order."""
    for name in ROOMS:
        whole = f"{__name__}.{name}"
        if importlib.util.find_spec(whole) is not None:
            yield importlib.import_module(whole)


@cache
def navigation() -> tuple[Link, ...]:
    """Return the links of the navigation, in the order of the rooms."""
    return tuple(link for room in rooms() for link in room.LINKS)

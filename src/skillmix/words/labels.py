"""What keys and their values are called wherever people read them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

from skillmix.schema.codelists import labels, vocabularies
from skillmix.schema.scope import Scope
from skillmix.words.fractions import capital
from skillmix.words.numbers import short_month
from skillmix.words.unseen import seen

UNKNOWN = "Not known"
INSIDE = (True, "in_service", "service")
PROPER = (
    *("Asian", "Black", "Chinese"),
    *("Buddh", "Christ", "Hindu", "Islam", "Jain", "Juda", "Sikh"),
)


def heading(key: str) -> str:
    """Return what a column is headed, for example "Staff group"."""
    known = _headings()
    return known[key][0] if key in known else plain(key)


def label(key: str, value: Any, scope: Scope | None = None) -> str:
    """Return the words for one value of a key, for example "Band 2".

    Labels come from the code lists that `headings.csv` names for the key. A value
    no list holds, such as a job role that is a name already, is shown as it is,
    with underscores and the first letter put right.

    Args:
        key: The column's name in a result.
        value: A slug, a truth value, a date, a number or None.
        scope: Where given, the service is called by its name ("Mental health")
            and the workforce by its own.
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, dt.date):
        return short_month(value)
    if scope is not None and (named := _in_scope(key, value, scope)):
        return named
    slug = str(value).lower() if isinstance(value, bool) else str(value)
    for vocabulary in _headings().get(key, ("", (key,)))[1]:
        known = _labels(vocabulary)
        if slug in known:
            return known[slug]
    return plain(slug)


def within(text: str) -> str:
    """Return a label as it stands inside a sentence: names of peoples keep capitals."""
    return text if text.startswith(PROPER) else text[:1].lower() + text[1:]


@cache
def order(key: str) -> tuple[str, ...]:
    """Return the slugs of a key in display order; empty where no list has one."""
    names = _headings().get(key, ("", (key,)))[1]
    return tuple(dict.fromkeys(slug for name in names for slug in _labels(name)))


def plain(slug: str) -> str:
    """Return a slug as words; what is not a slug is left as it is."""
    if slug != slug.lower() or " " in slug:
        return seen(slug) or UNKNOWN
    words = seen(slug).replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_scope(key: str, value: Any, scope: Scope) -> str:
    if key in ("in_service", "series", "care_area") and value in INSIDE:
        return capital(scope.service_short)
    if key == "series" and value == "workforce":
        return capital(scope.workforce_label)
    return ""


@cache
def _headings() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    text = files("skillmix.words").joinpath("headings.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["key"]: (row["heading"], tuple(row["vocabularies"].split()))
            for row in csv.DictReader(StringIO(text))
        }
    )


@cache
def _labels(vocabulary: str) -> Mapping[str, str]:
    return labels(vocabulary) if vocabulary in vocabularies() else MappingProxyType({})

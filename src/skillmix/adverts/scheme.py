"""The extraction scheme: the report's fifteen criteria as fields with codes.

The scheme is data (`rules/scheme.toml`) with a version of its own, so that codings
made years apart can be compared; the coder guide is printed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from skillmix.adverts.rulefiles import rows, toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is coded.

    Attributes:
        name: Its name in every file.
        label: What it is called where people read it.
        criterion: Number of the report's criterion it serves.
        kind: "code", "codes" (a set), "yes_no", "number", "numbers" or "words".
        codes: The codes it may take, each with its meaning; empty for free values.
        absent: The value where nothing is found.
        in_attachment: Whether it usually stands in the person specification.
        reviewed: Whether two coders review it.
        guide: How a coder decides.
    """

    name: str
    label: str
    criterion: int
    kind: str
    codes: Mapping[str, str]
    absent: Any
    in_attachment: bool
    reviewed: bool
    guide: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """All criteria and fields, of one version.

    Attributes:
        name: Name of the scheme.
        version: Version; a changed code or meaning changes it.
        criteria: The criteria, by number.
        fields: The fields, in order.
    """

    name: str
    version: str
    criteria: Mapping[int, str]
    fields: Mapping[str, Field]


@cache
def scheme() -> Scheme:
    """Return the scheme that this version of the package codes by."""
    given = toml("scheme")
    criteria = {row["number"]: row["title"] for row in given["criterion"]}
    codes = {row["name"]: row.get("codes", {}) for row in given["field"]}
    fields = {
        row["name"]: _field(row, codes.get(row.get("codes_as", ""), {}))
        for row in given["field"]
    }
    return Scheme(
        name=given["name"],
        version=given["version"],
        criteria=MappingProxyType(criteria),
        fields=MappingProxyType(fields),
    )


def listed_codes(name: str) -> dict[str, str]:
    """Return the codes of a field that holds several, with what each is called."""
    return {r["code"]: r["label"] for r in rows("lists") if r["field"] == name}


def settings() -> dict[str, str]:
    """Return the settings that a post may be coded to."""
    # Several patterns may lead to one setting.
    return {r["setting"]: r["label"] for r in rows("settings")}


def _field(row: Mapping[str, Any], shared: Mapping[str, str]) -> Field:
    absent = row.get("absent")
    listed = settings() if row["name"] == "setting" else listed_codes(row["name"])
    codes = row.get("codes") or shared or listed
    return Field(
        name=row["name"],
        label=row["label"],
        criterion=row["criterion"],
        kind=row["kind"],
        codes=MappingProxyType(dict(codes)),
        absent=tuple(absent) if isinstance(absent, list) else absent,
        in_attachment=row.get("in_attachment", False),
        reviewed=row.get("reviewed", False),
        guide=row["guide"],
    )

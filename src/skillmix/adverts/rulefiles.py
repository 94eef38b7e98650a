"""The files of `rules/`, which a domain expert can read and change."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

_FOLDER = files("skillmix.adverts").joinpath("rules")


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table of rules, `name` being its file without ending."""
    return tuple(csv.DictReader(StringIO(_text(f"{name}.csv"))))


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a TOML file of rules, `name` being its file without ending."""
    return tomllib.loads(_text(f"{name}.toml"))


def toml_names() -> list[str]:
    """Return the names of all TOML files of rules, in alphabetical order."""
    names = (file.name for file in _FOLDER.iterdir())
    return sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml"))


def _text(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")

"""The templates, style and scripts that the report and the web app share."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from skillmix.figures.theme import dark_rules

SHEETS = ("page.css", "print.css")


def page_environment(*more: PackageLoader) -> Environment:
    """Return the templates, which escape everything that is not marked safe.

    Args:
        more: Loaders of further templates, looked in after those of the report.
    """
    from jinja2 import ChoiceLoader

    own = PackageLoader("skillmix.report", "templates")
    made = Environment(
        loader=ChoiceLoader([own, *more]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["script_json"] = script_json
    made.filters["script_text"] = script_text
    return made


@cache
def style_sheet() -> str:
    """Return the style of every page, with the rules that turn charts dark."""
    return "\n".join([*map(asset, SHEETS), _dark_charts()])


@cache
def asset(name: str) -> str:
    """Return the text of a file beside the templates."""
    folder = files("skillmix.report").joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


def script_json(value: Any) -> Markup:
    """Return a value as JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing can close it


def script_text(value: str) -> Markup:
    """Return text for a script element that holds data; it cannot end it."""
    return Markup(value.replace("<", "&lt;"))  # noqa: S704 - nothing can close it


def digest(script: str) -> str:
    """Return how a content security policy names an inline script it allows."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _dark_charts() -> str:
    """Return the rules for a dark page, chosen by the reader or by the system."""
    chosen = dark_rules(':root[data-theme="dark"] .chart svg')
    system = dark_rules(':root:not([data-theme="light"]) .chart svg')
    return (
        f"@media screen {{ {chosen} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ {system} }}"
    )

"""The templates, style and scripts that the report and the web app share."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from skillmix.figures.theme import dark_rules

# A longer table serves nobody on a page; the CSV has every row.
MOST_ROWS = 100
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
    made.filters["packed_json"] = packed_json
    made.filters["packed"] = packed
    shared = cast("dict[str, Any]", made.globals)
    shared["most_rows"] = MOST_ROWS
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


def packed_json(value: Any) -> str:
    """Return a chart's specification as JSON, packed, numbers to seven digits."""
    plain = json.dumps(_rounded(value), separators=(",", ":"), ensure_ascii=False)
    return packed(plain)


def _rounded(value: Any) -> Any:
    """Round every number below: a chart shows four digits, and spaces no finer."""
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value


def packed(text: str) -> str:
    """Return text compressed, in letters that may stand in any page.

    Data and chart specifications are three quarters of a page, and shrink to a
    fifth; the page's script unpacks them when they are first asked for.
    """
    return b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


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

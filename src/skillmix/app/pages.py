"""How the app answers: pages from templates, and their twins for machines."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import Response

from skillmix import __version__
from skillmix.app.library import Library
from skillmix.app.rooms import navigation
from skillmix.report.pages import asset, page_environment, style_sheet
from skillmix.report.runtime import font_faces, vega_script
from skillmix.report.shapes import FORMULA_STARTS, as_json
from skillmix.schema.scope import DEFINITIONS_VERSION


class CsvResponse(Response):
    """Comma-separated values, so described in OpenAPI."""

    media_type = "text/csv"


class SvgResponse(Response):
    """A drawing, so described in OpenAPI."""

    media_type = "image/svg+xml"


@cache
def environment() -> Environment:
    """Return the app's templates, with those of the report behind them."""
    return page_environment(PackageLoader("skillmix.app", "templates"))


@cache
def static_files() -> Mapping[str, tuple[str, str]]:
    """Return the text and type of every file that pages refer to."""
    own = PackageLoader("skillmix.app", "templates")
    sheet = own.get_source(environment(), "app.css")[0]
    return {
        "faces.css": (font_faces(), "text/css"),
        "page.css": (f"{style_sheet()}\n{sheet}", "text/css"),
        "theme.js": (asset("theme.js"), "text/javascript"),
        "vega.js": (vega_script(), "text/javascript"),
        "page.js": (asset("page.js"), "text/javascript"),
    }


@cache
def static_address(name: str) -> str:
    """Return the address of a file, which changes with its content."""
    text, _ = static_files()[name]
    return f"/static/{name}?v={sha256(text.encode()).hexdigest()[:12]}"


def page(
    request: Request, template: str, *, status: int = 200, **context: Any
) -> Response:
    """Return a page made from a template."""
    library: Library = request.app.state.library
    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            library=library,
            navigation=navigation(),
            static=static_address,
            version=__version__,
            definitions_version=DEFINITIONS_VERSION,
            twins=context.pop("twins", {}),
            wait=context.pop("wait", 0),
            live=context.pop("live", False),
            **context,
        )
    )
    headers = {"Refresh": str(context["refresh"])} if context.get("refresh") else {}
    return Response(text, status, headers, "text/html")


def json_reply(value: Any, *, status: int = 200) -> Response:
    """Return a value as JSON in its documented shape."""
    return Response(as_json(value), status, media_type="application/json")


def csv_reply(text: str, name: str) -> Response:
    """Return CSV to be saved under a name."""
    return CsvResponse(text, headers=_saved_as(f"{name}.csv"))


def svg_reply(text: str) -> Response:
    """Return a figure."""
    return SvgResponse(text)


def csv_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return rows as CSV; text that a spreadsheet would run is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}

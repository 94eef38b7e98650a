"""What was read: every file, what it was taken for, and its faults."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import twins_of
from skillmix.app.library import Library
from skillmix.app.pages import CsvResponse, csv_of, csv_reply, page
from skillmix.app.rooms import Link
from skillmix.report.lineage import files_of

LINKS = (Link(label="Files", href="/files"),)
router = APIRouter(tags=["files"])
COLUMNS = (
    *("file", "reader", "layout", "table", "period", "rows", "refused", "used"),
    *("error", "sha256", "publisher", "licence", "synthetic"),
)


@router.get("/files", include_in_schema=False)
def files(request: Request) -> Response:
    """Show every file of the inputs."""
    found = _files(request)
    return page(
        request,
        "files.html",
        files=found,
        faults=[f for f in found if f["faults"] or f["error"]],
        twins=twins_of("/files", "", "json", "csv"),
    )


@router.get("/files.json")
def files_json(request: Request) -> list[dict[str, Any]]:
    """Give every file of the inputs, as `skillmix check --format json`."""
    return list(_files(request))


@router.get("/files.csv", response_class=CsvResponse)
def files_csv(request: Request) -> Response:
    """Give every file of the inputs as CSV, without the faults."""
    return csv_reply(csv_of(_files(request), COLUMNS), "files")


def _files(request: Request) -> tuple[dict[str, Any], ...]:
    library: Library = request.app.state.library
    return files_of(library.inputs)

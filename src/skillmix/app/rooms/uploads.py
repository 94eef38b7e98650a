"""A file looked at before it is used: what it is, and everything wrong with it.

The file is kept only while it is read; its report holds columns, counts and rules,
and nobody's row.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.app.asking import twins_of
from skillmix.app.library import Library
from skillmix.app.pages import CsvResponse, csv_of, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.rooms.files import COLUMNS
from skillmix.app.sent import keep_files
from skillmix.app.tickets import Kind, Ticket, opened, tickets_of, waited
from skillmix.errors import SkillmixError, UnreadableFileError
from skillmix.report.lineage import files_of
from skillmix.sources.inputs import open_inputs

LINKS = (Link(label="Check a file", href="/check"),)
router = APIRouter(tags=["check a file"])
CHECKS: Kind[Any] = Kind(
    name="check", things="checks", doing="made", again="Choose the file again."
)


@router.get("/check", include_in_schema=False)
def choose(request: Request) -> Response:
    """Show the form that takes a file."""
    library: Library = request.app.state.library
    return page(request, "check.html", most=library.limits.upload_bytes, fault=None)


@router.post("/check", include_in_schema=False)
def take(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """Take a file, start to read it, and lead to the page that tells what it is."""
    library: Library = request.app.state.library
    most = library.limits.upload_bytes
    folder = keep_files([file], command="check", most=most)
    ticket = tickets_of(request, CHECKS).begin(
        "Checking the file", lambda told: _read(folder, told)
    )
    return RedirectResponse(f"/check/{ticket}", status_code=303)


@router.get("/check/{ticket}.json")
def told_json(request: Request, ticket: Ticket) -> Response:
    """Give what a file is, as `skillmix check --format json`."""
    return json_reply(waited(request, CHECKS, ticket))


@router.get("/check/{ticket}.csv", response_class=CsvResponse)
def told_csv(request: Request, ticket: Ticket) -> Response:
    """Give what a file is as CSV, without the faults."""
    return csv_reply(csv_of(waited(request, CHECKS, ticket), COLUMNS), "check")


@router.get("/check/{ticket}", include_in_schema=False)
def told(request: Request, ticket: Ticket) -> Response:
    """Show what a file is and what is wrong with it."""
    files = opened(request, CHECKS, ticket)
    if isinstance(files, Response):
        return files
    return page(
        request,
        "checked.html",
        files=files,
        twins=twins_of(f"/check/{ticket}", "", "json", "csv"),
    )


def _read(folder: Path, progress: Callable[[str, int, int], None]) -> Any:
    """Read what was taken, with a store of its own, and leave nothing behind."""
    try:
        with TemporaryDirectory(prefix="skillmix-check-") as store:
            found = open_inputs(
                [folder], store=Path(store), progress=progress, thorough=True
            )
        return files_of(found)
    except SkillmixError as fault:
        raise UnreadableFileError(fault.what, remedy=fault.remedy) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""A file looked at before it is used: what it is, and everything wrong with it.

The file is kept only while it is read; its report holds columns, counts and rules,
and nobody's row.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from fastapi import Path as InPath
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.app.asking import BusyError, twins_of
from skillmix.app.library import Library
from skillmix.app.pages import CsvResponse, csv_of, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.rooms.files import COLUMNS
from skillmix.app.sent import safe_name
from skillmix.app.tickets import Tickets, tickets_of
from skillmix.app.work import wait
from skillmix.errors import SkillmixError, UnknownNameError, UnreadableFileError
from skillmix.report.lineage import files_of
from skillmix.sources.inputs import open_inputs

LINKS = (Link(label="Check a file", href="/check"),)
router = APIRouter(tags=["check a file"])
Ticket = Annotated[
    str,
    InPath(pattern=r"^[A-Za-z0-9_-]{10,40}$", description="What the upload was given."),
]
PIECE = 1024 * 1024


class Checks(Tickets[Any]):
    """The files that were looked at in this run of the app, by ticket."""

    def get(self, ticket: str) -> Future[Any]:
        """Return a check.

        Raises:
            UnknownNameError: If there is none, or it has been forgotten.
        """
        if found := self.find(ticket):
            return found
        raise UnknownNameError(
            "There is no such check; checks are forgotten when the app stops.",
            where="check",
            remedy="Choose the file again.",
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
    folder = Path(tempfile.mkdtemp(prefix="skillmix-check-"))
    try:
        name = safe_name(file.filename or "")
        _save(file, folder / "file" / name, library.limits.upload_bytes)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    ticket = secrets.token_urlsafe(16)
    future = library.worker.ask(
        ("check", ticket), f"Checking {name}", lambda told: _read(folder, told)
    )
    _checks(request).add(ticket, future)
    return RedirectResponse(f"/check/{ticket}", status_code=303)


@router.get("/check/{ticket}.json")
def told_json(request: Request, ticket: Ticket) -> Response:
    """Give what a file is, as `skillmix check --format json`."""
    return json_reply(_waited(request, ticket))


@router.get("/check/{ticket}.csv", response_class=CsvResponse)
def told_csv(request: Request, ticket: Ticket) -> Response:
    """Give what a file is as CSV, without the faults."""
    return csv_reply(csv_of(_waited(request, ticket), COLUMNS), "check")


@router.get("/check/{ticket}", include_in_schema=False)
def told(request: Request, ticket: Ticket) -> Response:
    """Show what a file is and what is wrong with it."""
    library: Library = request.app.state.library
    future = _checks(request).get(ticket)
    if not wait(future, library.limits.wait_seconds):
        state = library.worker.state(("check", ticket))
        return page(request, "working.html", status=202, state=state, refresh=1)
    files = future.result()
    return page(
        request,
        "checked.html",
        files=files,
        twins=twins_of(f"/check/{ticket}", "", "json", "csv"),
    )


def _waited(request: Request, ticket: str) -> Any:
    library: Library = request.app.state.library
    future = _checks(request).get(ticket)
    if not wait(future, library.limits.answer_seconds):
        raise BusyError("The file is still being read.")
    return future.result()


def _checks(request: Request) -> Checks:
    state = request.app.state
    most = state.library.limits.uploads
    return tickets_of(state, "checks", lambda: Checks(most=most))


def _read(folder: Path, progress: Callable[[str, int, int], None]) -> Any:
    """Read what was taken, with a store of its own, and leave nothing behind."""
    try:
        found = open_inputs(
            [folder / "file"], store=folder / "store", progress=progress, thorough=True
        )
        return files_of(found)
    except SkillmixError as fault:
        raise UnreadableFileError(fault.what, remedy=fault.remedy) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _save(file: UploadFile, path: Path, most: int) -> None:
    """Write what was sent, and stop when it is more than is taken."""
    path.parent.mkdir(parents=True)
    written = 0
    with path.open("xb") as out:
        while piece := file.file.read(PIECE):
            written += len(piece)
            if written > most:
                raise UnreadableFileError(
                    f"The file is larger than {most // PIECE} MB.",
                    where=path.name,
                    remedy="Use `skillmix check` on the command line for large files.",
                )
            out.write(piece)
    if not written:
        raise UnreadableFileError(
            "No file was chosen, or it is empty.", remedy="Choose a file and send it."
        )

"""Job titles brought to roles: pasted, sent as a file, or of the staff record."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.app.asking import twins_of
from skillmix.app.library import Library
from skillmix.app.pages import CsvResponse, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.sent import keep_files
from skillmix.app.tickets import Kind, Ticket, opened, tickets_of, waited
from skillmix.errors import MissingInputError
from skillmix.pipeline import open_session
from skillmix.report.tables import SYMBOLS
from skillmix.title_lists import pasted_list, read_list, together
from skillmix.titles import tables
from skillmix.titles.document import document
from skillmix.titles.harmonise import harmonise
from skillmix.titles.listing import Listing
from skillmix.titles.protection import Protection
from skillmix.titles.record import TITLE_LINES, lines_of
from skillmix.titles.uses import uses_of

LINKS = (Link(label="Titles", href="/titles"),)
router = APIRouter(tags=["job titles"])
MOST_BYTES = 16 * 1024 * 1024
MOST_PASTED = 400_000
RECORD = "record"
Told = Mapping[str, Any]
LISTS: Kind[Told] = Kind(
    name="titles", things="titles", doing="read", again="Send the titles again."
)


@router.get("/titles", include_in_schema=False)
def choose(request: Request) -> Response:
    """Show the form that takes titles."""
    library: Library = request.app.state.library
    return page(
        request,
        "titles.html",
        most=MOST_BYTES,
        most_pasted=MOST_PASTED,
        record=bool(library.months),
    )


@router.post("/titles/pasted", include_in_schema=False)
def take_pasted(
    request: Request, text: Annotated[str, Form(max_length=MOST_PASTED)] = ""
) -> Response:
    """Take pasted titles, and lead to the page that tells of them."""
    return _begin(request, partial(pasted_list, text))


@router.post("/titles", include_in_schema=False)
def take_file(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """Take a file of titles, and lead to the page that tells of them."""
    folder = keep_files([file], command="titles", most=MOST_BYTES)
    return _begin(request, partial(_read_and_forget, folder))


def _begin(request: Request, read: Callable[[], Listing]) -> Response:
    ticket = tickets_of(request, LISTS).begin(
        "Reading titles", lambda _: _of_list(read())
    )
    return RedirectResponse(f"/titles/{ticket}", status_code=303)


@router.get("/titles/{ticket}.json")
def told_json(request: Request, ticket: Ticket) -> Response:
    """Give the titles with their roles, as `skillmix titles --format json`."""
    return json_reply(_waited(request, ticket))


@router.get("/titles/{ticket}.csv", response_class=CsvResponse)
def told_csv(request: Request, ticket: Ticket) -> Response:
    """Give the titles with their roles as CSV."""
    rows = tables.title_rows(_waited(request, ticket))
    return csv_reply(tables.as_csv(tables.TITLE_COLUMNS, rows), "titles")


@router.get("/titles/{ticket}", include_in_schema=False)
def told(request: Request, ticket: Ticket) -> Response:
    """Show what could become of the titles, and what is left to decide."""
    _count_record(request, ticket)
    found = opened(request, LISTS, ticket)
    if isinstance(found, Response):
        return found
    return page(
        request,
        "titles_told.html",
        told=found,
        sentence=tables.sentence(found),
        tables=_tables(found),
        symbols=tuple(SYMBOLS),
        twins=twins_of(f"/titles/{ticket}", "", "json", "csv"),
    )


def _tables(found: Told) -> list[dict[str, Any]]:
    """Return the tables of the page, those without rows left out."""
    people = "people" if found["unit"] == "people" else "lines"
    kinds = (
        ("One title for a role", tables.PROPOSED, tables.proposal_rows),
        ("Titles that span bands or job roles", tables.SPREAD, tables.spread_rows),
        ("Titles that nobody could place", tables.UNMATCHED, tables.unmatched_rows),
        ("Every title", tables.SHORT, tables.title_rows),
    )
    return [
        {
            "title": title,
            "columns": [(c, tables.heading(c, people)) for c in columns],
            "rows": rows,
        }
        for title, columns, made in kinds
        if (rows := made(found))
    ]


def _waited(request: Request, ticket: str) -> Told:
    _count_record(request, ticket)
    return waited(request, LISTS, ticket)


def _count_record(request: Request, ticket: str) -> None:
    """Start to count the titles of the staff record, if it is they that are asked for.

    They have a ticket that everybody knows, and are counted when first wanted.
    """
    library: Library = request.app.state.library
    lists = tickets_of(request, LISTS)
    if ticket == RECORD and ticket not in lists:
        lists.begin("Counting titles", lambda _: _of_record(library), ticket=RECORD)


def _of_list(listing: Listing) -> Told:
    unit = "people" if listing.of_people else "lines"
    return document(harmonise(uses_of(listing.lines)), Protection(unit=unit))


def _of_record(library: Library) -> Told:
    """Count the titles of the staff record; no person's row leaves the engine."""
    with open_session(library.inputs, library.asked) as session:
        lines = lines_of(session.rows(TITLE_LINES))
    if not lines:
        raise MissingInputError("The staff record has no job titles for this scope.")
    return document(harmonise(uses_of(lines)), Protection(unit="people"))


def _read_and_forget(folder: Path) -> Listing:
    try:
        return together([read_list(path) for path in folder.iterdir()])
    finally:
        shutil.rmtree(folder, ignore_errors=True)

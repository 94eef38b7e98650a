"""Job adverts: read, coded with the words behind every code, and given to coders.

What is sent is read, coded and deleted; codes are kept in memory while the app runs.
Sheets and the gold file can be saved at any time and given back with the adverts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi import Path as InPath
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.advert_sets import read_adverts, roles_of
from skillmix.adverts import flat
from skillmix.adverts.document import advert_object, sentence
from skillmix.adverts.frame import EXCLUSIONS, Frame
from skillmix.adverts.review.desk import Desk
from skillmix.adverts.review.gold import Settled, read_gold
from skillmix.adverts.review.passages import passages
from skillmix.adverts.review.sheets import Coding, read_sheet
from skillmix.adverts.scheme import scheme
from skillmix.adverts.tabulate import SECTORS
from skillmix.adverts.writing import as_csv
from skillmix.app import advert_views as views
from skillmix.app.asking import twins_of
from skillmix.app.pages import CsvResponse, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.sent import keep_files, keep_text
from skillmix.app.tickets import Kind, Ticket, opened, tickets_of, waited
from skillmix.errors import SkillmixError, UnreadableFileError
from skillmix.words.labels import label

LINKS = (Link(label="Adverts", href="/adverts"),)
router = APIRouter(tags=["job adverts"])
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 500
MOST_SHEETS = 10
MOST_PASTED = 100_000
MOST_ADVERTS = 2_000
Number = Annotated[
    int, InPath(ge=1, le=MOST_ADVERTS, description="Number of the advert, from 1.")
]
Uploads = Annotated[list[UploadFile] | None, File(max_length=MOST_SHEETS)]
ADVERTS: Kind[Desk] = Kind(
    name="adverts",
    things="adverts",
    doing="read",
    again="Send the adverts again, with the sheets and gold file you saved.",
)


@router.get("/adverts", include_in_schema=False)
def choose(request: Request) -> Response:
    """Show the form that takes adverts."""
    return page(request, "adverts.html", most=MOST_BYTES, most_pasted=MOST_PASTED)


@router.post("/adverts", include_in_schema=False)
def take(
    request: Request,
    files: Annotated[list[UploadFile], File(max_length=MOST_FILES)],
    sheets: Uploads = None,
    gold: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take adverts, start to read them, and lead to the page that tells of them."""
    earlier = _earlier(gold)
    codings = _codings(sheets or [])
    folder = keep_files(files, command="adverts", most=MOST_BYTES)
    return _begin(request, folder, earlier, codings)


@router.post("/adverts/pasted", include_in_schema=False)
def take_pasted(
    request: Request, text: Annotated[str, Form(max_length=MOST_PASTED)] = ""
) -> Response:
    """Take the text of one advert, such as a draft, and lead to what it says."""
    return _begin(request, keep_text(text))


def _begin(
    request: Request,
    folder: Path,
    earlier: tuple[Settled, ...] = (),
    codings: Sequence[Coding] = (),
) -> Response:
    ticket = tickets_of(request, ADVERTS).begin(
        "Adverts", lambda told: _open(folder, earlier, codings, told)
    )
    return RedirectResponse(f"/adverts/{ticket}", status_code=303)


@router.get("/adverts/{ticket}.json")
def told_json(request: Request, ticket: Ticket) -> Response:
    """Give every advert with its codes, as `skillmix adverts --format json`."""
    return json_reply(desk_of(request, ticket).document())


@router.get("/adverts/{ticket}.csv", response_class=CsvResponse)
def told_csv(request: Request, ticket: Ticket) -> Response:
    """Give a row an advert and field, as `skillmix adverts --format csv`."""
    told = desk_of(request, ticket).document()
    return csv_reply(as_csv(flat.VALUE_COLUMNS, flat.value_rows(told)), "adverts")


@router.get("/adverts/{ticket}", include_in_schema=False)
def told(request: Request, ticket: Ticket) -> Response:
    """Show the sample, the adverts, the review's tables, and how far coders are."""
    desk = opened(request, ADVERTS, ticket)
    if isinstance(desk, Response):
        return desk
    found = desk.overview()
    return page(
        request,
        "adverts_told.html",
        ticket=ticket,
        desk=desk,
        told=found,
        sentence=sentence(found),
        rows=views.listed(desk),
        exclusions=EXCLUSIONS,
        sectors={s: label("advert_sector", s) for s in SECTORS},
        differing=len(desk.differences()),
        refused=len(desk.refused()),
        twins=twins_of(f"/adverts/{ticket}", "", "json", "csv"),
    )


@router.get("/adverts/{ticket}/advert/{number}.json")
def advert_json(request: Request, ticket: Ticket, number: Number) -> Response:
    """Give one advert with every field: value, state, quotation, rule, confidence."""
    desk = desk_of(request, ticket)
    one = desk.one(number)
    role = desk.roles.get(one.advert.head.title, "")
    return json_reply(advert_object(desk.chosen()[number - 1], role))


@router.get("/adverts/{ticket}/advert/{number}.csv", response_class=CsvResponse)
def advert_csv(request: Request, ticket: Ticket, number: Number) -> Response:
    """Give one advert as CSV, a row a field."""
    desk = desk_of(request, ticket)
    desk.one(number)
    told = {"adverts": [advert_object(desk.chosen()[number - 1])]}
    rows = flat.value_rows(told)
    return csv_reply(as_csv(flat.VALUE_COLUMNS, rows), f"advert-{number}")


@router.get("/adverts/{ticket}/advert/{number}", include_in_schema=False)
def advert(request: Request, ticket: Ticket, number: Number) -> Response:
    """Show one advert: the fifteen criteria, and its text with the words marked."""
    desk = desk_of(request, ticket)
    desk.one(number)
    one = desk.chosen()[number - 1]
    role = desk.roles.get(one.advert.head.title, "")
    path = f"/adverts/{ticket}/advert/{number}"
    return page(
        request,
        "advert.html",
        ticket=ticket,
        number=number,
        of=len(desk.coded),
        about=advert_object(one, role),
        criteria=views.criteria_of(one),
        lines=passages(desk.one(number), scheme().fields),
        exclusions=EXCLUSIONS,
        twins=twins_of(path, "", "json", "csv"),
    )


def desk_of(request: Request, ticket: str) -> Desk:
    """Return a set of adverts once it is coded; errors as for `tickets.waited`."""
    return waited(request, ADVERTS, ticket)


def _open(
    folder: Path,
    earlier: tuple[Settled, ...],
    codings: Sequence[Coding],
    told: Callable[[str, int, int], None],
) -> Desk:
    """Read and code what was taken, and leave nothing behind."""
    try:
        coded, log = read_adverts([folder], progress=told, most=MOST_ADVERTS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    desk = Desk(
        coded=coded, log=log, frame=Frame(), roles=roles_of(coded), earlier=earlier
    )
    for one in codings:
        desk.take_sheet(one)
    return desk


def _earlier(gold: UploadFile | None) -> tuple[Settled, ...]:
    if gold is None or not gold.filename:
        return ()
    folder = keep_files([gold], command="adverts", most=MOST_BYTES)
    try:
        return tuple(one for path in folder.iterdir() for one in read_gold(path))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _codings(sheets: Sequence[UploadFile]) -> list[Coding]:
    """Read the sheets of coders, each called by the name of its file.

    Raises:
        UnreadableFileError: If a sheet cannot be read.
    """
    if not any(sheet.filename for sheet in sheets):
        return []
    folder = keep_files(sheets, command="adverts", most=MOST_BYTES)
    try:
        return [read_sheet(path) for path in sorted(folder.iterdir())]
    except SkillmixError as fault:
        raise UnreadableFileError(
            fault.what, where=fault.where, remedy=fault.remedy
        ) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""Adverts reviewed: two coders, how far they agree, what is settled, and the files."""

from __future__ import annotations

import io
import re
from typing import Annotated, Any, Literal

import pyarrow.parquet as pq
from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.adverts.record import coded_table
from skillmix.adverts.review import compare
from skillmix.adverts.review.codes import parsed, reviewed_fields
from skillmix.adverts.review.desk import Desk
from skillmix.adverts.review.gold import gold_text
from skillmix.adverts.review.passages import passages
from skillmix.adverts.review.sheets import COLUMNS, Coding, as_workbook, sheet_rows
from skillmix.adverts.scheme import Field, scheme
from skillmix.adverts.writing import as_csv
from skillmix.app import advert_views as views
from skillmix.app.asking import twins_of
from skillmix.app.pages import CsvResponse, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.rooms.adverts import MOST_ADVERTS, desk_of
from skillmix.app.tickets import Ticket
from skillmix.errors import InvalidRowsError, UnknownNameError

LINKS: tuple[Link, ...] = ()
router = APIRouter(tags=["job adverts"])
NAME = r"^[A-Za-z0-9._-]{1,20}$"
LONGEST_NOTE = 500
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Coder = Annotated[str, Query(pattern=NAME, description="Initials of the coder.")]
Other = Annotated[str, Query(pattern=NAME + "|^$", description="Initials, or none.")]
Which = Annotated[int, Query(ge=0, le=MOST_ADVERTS, description="Number; 0 for next.")]
Way = Annotated[
    Literal["open", "blind"],
    Query(description="Whether the coder sees what the machine found."),
]


@router.get("/adverts/{ticket}/review", include_in_schema=False)
def review(
    request: Request,
    ticket: Ticket,
    coder: Coder,
    number: Which = 0,
    way: Way = "open",
) -> Response:
    """Show an advert with the form by which a coder confirms or corrects its codes."""
    desk = desk_of(request, ticket)
    coding = desk.coding(coder)
    at = number or desk.next(coder)
    sheet = desk.sheet
    if at is not None and at not in sheet:
        raise UnknownNameError("That advert is not in the sample.", where="advert")
    place = sheet.index(at) if at else 0
    one = desk.one(at) if at else None
    names = [f.name for f in reviewed_fields()]
    return page(
        request,
        "adverts_review.html",
        ticket=ticket,
        coder=coder,
        way=way,
        number=at,
        done=desk.done(coder),
        of=len(sheet),
        before=sheet[place - 1] if at and place else None,
        after=sheet[place + 1] if at and place + 1 < len(sheet) else None,
        head=one.advert.head if one else None,
        file=one.advert.file if one else "",
        controls=[*views.controls(one, coding, blind=way == "blind")] if one else [],
        lines=passages(one, () if way == "blind" else names) if one else [],
        most=LONGEST_NOTE,
    )


@router.post("/adverts/{ticket}/review", include_in_schema=False)
async def code(request: Request, ticket: Ticket) -> Response:
    """Take a coder's codes of one advert, and lead to the next."""
    sent = await request.form(max_files=0)
    coder, number, way = _name(sent, "coder"), _number(sent), _way(sent)
    desk = desk_of(request, ticket)
    one = desk.one(number)
    codes: dict[str, Any] = {}
    notes: dict[str, str] = {}
    confirmed = sent.get("act") == "confirm" and way == "open"
    for field in reviewed_fields():
        code = _code(sent, field)
        if code is not None:
            codes[field.name] = code[0]
        elif confirmed:
            codes[field.name] = one.values[field.name].value
        notes[field.name] = _text(sent, f"note.{field.name}", LONGEST_NOTE)
    desk.take(coder, number, codes, notes)
    after = desk.next(coder, number) if sent.get("act") != "stay" else number
    place = f"/adverts/{ticket}/review?coder={coder}&way={way}&number={after or 0}"
    return RedirectResponse(place, status_code=303)


@router.get("/adverts/{ticket}/review.csv", response_class=CsvResponse)
def review_csv(
    request: Request, ticket: Ticket, coder: Coder, way: Way = "open"
) -> Response:
    """Give a coder's sheet as it stands, to keep and to give back."""
    desk = desk_of(request, ticket)
    rows = _sheet(desk, way, desk.coding(coder))
    return csv_reply(as_csv(COLUMNS, rows), coder)


@router.get("/adverts/{ticket}/sheet.csv", response_class=CsvResponse)
def sheet_csv(request: Request, ticket: Ticket, way: Way = "blind") -> Response:
    """Give an empty sheet for coders who work elsewhere."""
    return csv_reply(as_csv(COLUMNS, _sheet(desk_of(request, ticket), way)), "sheet")


@router.get("/adverts/{ticket}/sheet.xlsx", include_in_schema=False)
def sheet_xlsx(request: Request, ticket: Ticket, way: Way = "blind") -> Response:
    """Give an empty sheet as a workbook with lists to choose from and the guide."""
    content = as_workbook(_sheet(desk_of(request, ticket), way))
    return _saved(content, "sheet.xlsx", WORKBOOK)


@router.get("/adverts/{ticket}/agreement.json")
def agreement_json(
    request: Request, ticket: Ticket, first: Coder, second: Coder
) -> Response:
    """Give how far two coders agree: Cohen's kappa and Krippendorff's alpha a field."""
    desk = desk_of(request, ticket)
    return json_reply(compare.agreement_object(desk.compare(first, second)))


@router.get("/adverts/{ticket}/agreement.csv", response_class=CsvResponse)
def agreement_csv(
    request: Request, ticket: Ticket, first: Coder, second: Coder
) -> Response:
    """Give how far two coders agree as CSV."""
    found = compare.agreement_object(desk_of(request, ticket).compare(first, second))
    text = as_csv(compare.AGREEMENT_COLUMNS, found["fields"])
    return csv_reply(text, "agreement")


@router.get("/adverts/{ticket}/differences.csv", response_class=CsvResponse)
def differences_csv(
    request: Request, ticket: Ticket, first: Coder, second: Coder
) -> Response:
    """Give what two coders coded differently, as the sheet that a third settles."""
    found = desk_of(request, ticket).compare(first, second)
    rows = compare.difference_rows(found)
    return csv_reply(as_csv(compare.difference_columns(found), rows), "differences")


@router.get("/adverts/{ticket}/agreement", include_in_schema=False)
def agreement(
    request: Request, ticket: Ticket, first: Other = "", second: Other = ""
) -> Response:
    """Show how far two coders agree, field by field."""
    desk = desk_of(request, ticket)
    coders = desk.coders
    one = first or (coders[0] if coders else "")
    other = second or next((c for c in coders if c != one), "")
    found = None
    twins: dict[str, Any] = {}
    if one and other:
        found = compare.agreement_object(desk.compare(one, other))
        query = f"first={one}&second={other}"
        twins = twins_of(f"/adverts/{ticket}/agreement", query, "json", "csv")
    return page(
        request,
        "adverts_agreement.html",
        ticket=ticket,
        coders=coders,
        first=one,
        second=other,
        found=found,
        differing=len(desk.differences()),
        twins=twins,
    )


@router.get("/adverts/{ticket}/settle", include_in_schema=False)
def settle(request: Request, ticket: Ticket, by: Coder) -> Response:
    """Show the next thing that coders coded differently, for a third to settle."""
    desk = desk_of(request, ticket)
    left = desk.differences()
    first = left[0] if left else None
    one = desk.one(first.number) if first else None
    nothing = Coding(coder=by, codes={}, digests={})
    control = None
    if one and first:
        control = next(views.controls(one, nothing, blind=False, names=[first.field]))
    return page(
        request,
        "adverts_settle.html",
        ticket=ticket,
        by=by,
        left=len(left),
        difference=first,
        codes=views.given_in_words(first) if first else {},
        control=control,
        head=one.advert.head if one else None,
        lines=passages(one, [first.field]) if one and first else [],
        undoable=desk.last_settled(by),
    )


@router.post("/adverts/{ticket}/settle", include_in_schema=False)
async def decide(request: Request, ticket: Ticket) -> Response:
    """Settle one field of one advert, or take the last back, and lead to the next."""
    sent = await request.form(max_files=0)
    by = _name(sent, "by")
    desk = desk_of(request, ticket)
    if sent.get("act") == "undo":
        desk.unsettle(by)
    else:
        number = _number(sent)
        field = _field(_text(sent, "field", 60))
        if picked := _text(sent, "of", 20):
            code = (_code_of(desk, picked, number, field),)
        else:
            code = _code(sent, field)
        if code is None:
            raise InvalidRowsError(
                "No code was chosen.",
                where=field.name,
                remedy="Choose one coder's code, or another.",
            )
        desk.settle(by, number, field.name, code[0])
    return RedirectResponse(f"/adverts/{ticket}/settle?by={by}", status_code=303)


@router.get("/adverts/{ticket}/gold.jsonl", include_in_schema=False)
def gold(request: Request, ticket: Ticket) -> Response:
    """Give the gold set: what was settled before, and what is settled now."""
    text = gold_text(desk_of(request, ticket).settled())
    return _saved(text.encode(), "gold.jsonl", "application/jsonl")


@router.get("/adverts/{ticket}/coded_adverts.parquet", include_in_schema=False)
def parquet(request: Request, ticket: Ticket) -> Response:
    """Give the coded adverts as the table that `skillmix report` reads."""
    desk = desk_of(request, ticket)
    out = io.BytesIO()
    pq.write_table(coded_table(desk.chosen(), desk.roles, desk.reviewed()), out)
    return _saved(
        out.getvalue(), "coded_adverts.parquet", "application/vnd.apache.parquet"
    )


def _sheet(desk: Desk, way: str, coding: Coding | None = None) -> list[dict[str, Any]]:
    return [*sheet_rows(desk.machine(), blind=way == "blind", coding=coding)]


def _code_of(desk: Desk, coder: str, number: int, field: Field) -> Any:
    key = (desk.one(number).advert.id, field.name)
    codes = desk.coding(coder).codes
    if key not in codes:
        raise UnknownNameError("That coder has no code for it.", where="of")
    return codes[key]


def _code(sent: FormData, field: Field) -> tuple[Any] | None:
    """Return the code of a field that was sent; None where it was left uncoded."""
    cells = [str(v)[:100] for v in sent.getlist(f"code.{field.name}") if str(v).strip()]
    return (parsed(field, "; ".join(cells)),) if cells else None


def _field(name: str) -> Field:
    found = scheme().fields.get(name)
    if found is None or not found.reviewed:
        raise UnknownNameError("There is no such field.", where="field")
    return found


def _name(sent: FormData, key: str) -> str:
    name = _text(sent, key, 21)
    if not re.match(NAME, name):
        raise InvalidRowsError(
            "Initials are letters, digits, dots and hyphens, at most 20.", where=key
        )
    return name


def _number(sent: FormData) -> int:
    text = _text(sent, "number", 6)
    return int(text) if text.isascii() and text.isdigit() else 0


def _way(sent: FormData) -> str:
    return "blind" if sent.get("way") == "blind" else "open"


def _text(sent: FormData, key: str, most: int) -> str:
    value = sent.get(key)
    return value.strip()[:most] if isinstance(value, str) else ""


def _saved(content: bytes, name: str, kind: str) -> Response:
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=told, media_type=kind)

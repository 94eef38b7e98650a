"""The literature review: exports searched, and screened one record at a time.

What is sent is kept in memory while the app runs; the screening log can be saved at
any time and given back with the exports, so nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import shutil
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.app.asking import twins_of
from skillmix.app.pages import (
    CsvResponse,
    SvgResponse,
    csv_reply,
    json_reply,
    page,
    svg_reply,
)
from skillmix.app.rooms import Link
from skillmix.app.sent import keep_files
from skillmix.app.tickets import Kind, Ticket, opened, tickets_of, waited
from skillmix.errors import UnknownNameError, UnreadableFileError
from skillmix.literature.flow import Flow, with_reasons_named
from skillmix.literature.outputs.prisma import flow_rows, flow_svg, flow_text
from skillmix.literature.screening.desk import STAGES_IN_WORDS, Desk, Order, Way
from skillmix.literature.screening.log import (
    COLUMNS,
    CONSENSUS,
    Decision,
    parse_log,
    row,
)
from skillmix.literature.search import search
from skillmix.literature.strategy.strategy import example_names, find_strategy
from skillmix.literature.tables import as_csv

LINKS = (Link(label="Literature", href="/literature"),)
router = APIRouter(tags=["literature"])
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 50
MOST_SAMPLED = 5_000
Stage = Literal["title_abstract", "full_text"]
Screener = Annotated[
    str,
    Query(pattern=r"^[A-Za-z0-9._-]{1,20}$", description="Initials of the screener."),
]
Who = Annotated[str, Form(pattern=r"^[A-Za-z0-9._-]{1,20}$")]
REVIEWS: Kind[Desk] = Kind(
    name="literature",
    things="reviews",
    doing="searched",
    again="Send the exports again, with the log you saved.",
)


@router.get("/literature", include_in_schema=False)
def choose(request: Request) -> Response:
    """Show the form that takes exports."""
    return page(request, "literature.html", most=MOST_BYTES, strategies=example_names())


@router.post("/literature", include_in_schema=False)
def take(
    request: Request,
    exports: Annotated[list[UploadFile], File(max_length=MOST_FILES)],
    strategy: Annotated[str, Form(max_length=60)],
    screeners: Annotated[int, Form(ge=1, le=5)] = 2,
    log: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take exports, start the search, and lead to the page that tells of it."""
    if strategy not in example_names():
        raise UnknownNameError("There is no such strategy.", where="strategy")
    earlier = _text(log)
    folder = keep_files(exports, command="literature search", most=MOST_BYTES)

    def work(told: object) -> Desk:
        try:
            desk = Desk(
                search=search(find_strategy(strategy), [folder]), screeners=screeners
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        desk.take(parse_log(earlier, where="log"))
        return desk

    ticket = tickets_of(request, REVIEWS).begin("Searching exports", work)
    return RedirectResponse(f"/literature/{ticket}", status_code=303)


@router.get("/literature/{ticket}.json")
def told_json(request: Request, ticket: Ticket) -> Response:
    """Give the search, as `skillmix literature search --format json`, and the flow."""
    desk = waited(request, REVIEWS, ticket)
    return json_reply({**desk.search.as_dict(), "flow": desk.flow().as_dict()})


@router.get("/literature/{ticket}.csv", response_class=CsvResponse)
def told_csv(request: Request, ticket: Ticket) -> Response:
    """Give the screening log, to keep and to give back."""
    rows = [row(d) for d in waited(request, REVIEWS, ticket).decisions()]
    return csv_reply(as_csv(COLUMNS, rows), "screening")


@router.get("/literature/{ticket}.svg", response_class=SvgResponse)
def told_svg(request: Request, ticket: Ticket) -> Response:
    """Give the PRISMA flow diagram as it stands."""
    return svg_reply(flow_svg(_named(waited(request, REVIEWS, ticket))))


@router.get("/literature/{ticket}", include_in_schema=False)
def told(request: Request, ticket: Ticket) -> Response:
    """Show what was read, what the lines find, and the flow."""
    desk = opened(request, REVIEWS, ticket)
    if isinstance(desk, Response):
        return desk
    flow = _named(desk)
    return page(
        request,
        "literature_told.html",
        desk=desk,
        ticket=ticket,
        sentence=flow_text(flow),
        stages=STAGES_IN_WORDS,
        consensus=CONSENSUS,
        rows=[r for r in flow_rows(flow) if r[2] is not None],
        twins=twins_of(f"/literature/{ticket}", "", "json", "csv", "svg"),
    )


@router.get("/literature/{ticket}/screen", include_in_schema=False)
def screen(
    request: Request,
    ticket: Ticket,
    screener: Screener,
    stage: Stage = "title_abstract",
    order: Order = "found",
    drawn_at: Annotated[int, Query(ge=0)] = 0,
    size: Annotated[int, Query(ge=0, le=MOST_SAMPLED)] = 0,
) -> Response:
    """Show the next record to one screener, with what helps to decide it."""
    desk = waited(request, REVIEWS, ticket)
    way = Way(order=order, drawn_at=drawn_at, size=size)
    sheet = desk.next(stage, screener, way)
    return page(
        request,
        "literature_screen.html",
        desk=desk,
        ticket=ticket,
        screener=screener,
        stage=stage,
        stages=STAGES_IN_WORDS,
        sheet=sheet,
        way=way,
        recall=desk.recall(way),
        decided=len(desk.decisions()),
        most_sampled=MOST_SAMPLED,
        labels={c.id: c.label for c in desk.criteria},
        undoable=any(
            (d.screener, d.stage) == (screener, stage) for d in desk.decisions()
        ),
    )


@router.post("/literature/{ticket}/screen", include_in_schema=False)
def decide(
    request: Request,
    ticket: Ticket,
    screener: Who,
    stage: Annotated[Stage, Form()],
    decision: Annotated[str, Form(max_length=20)],
    record: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=60)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    order: Annotated[Order, Form()] = "found",
    drawn_at: Annotated[int, Form(ge=0)] = 0,
    size: Annotated[int, Form(ge=0, le=MOST_SAMPLED)] = 0,
) -> Response:
    """Take one decision, or take the last back, and lead to the next record."""
    desk = waited(request, REVIEWS, ticket)
    if decision == "undo":
        desk.undo(screener, stage)
    elif record not in desk.at(stage):
        raise UnknownNameError("There is no such record at this stage.", where="record")
    else:
        out = decision == "exclude"
        desk.decide(
            Decision(
                record_id=record,
                stage=stage,
                screener=screener,
                decision=decision,
                reason=reason if out else "",
                decided_on=dt.date.today(),
                note=note.strip(),
            )
        )
    place = f"/literature/{ticket}/screen?screener={screener}&stage={stage}"
    if order != "found":
        place += f"&order={order}&drawn_at={drawn_at}&size={size}"
    return RedirectResponse(place, status_code=303)


def _named(desk: Desk) -> Flow:
    """Return the flow as people read it."""
    return with_reasons_named(desk.flow(), desk.search.strategy.criteria)


def _text(log: UploadFile | None) -> str:
    if log is None or not log.filename:
        return ""
    try:
        return log.file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFileError(
            "The screening log is not text.", where="log"
        ) from None

"""The employers, and a profile of each beside its region, England and its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import asked, awaited, twins_of
from skillmix.app.library import Found, Library, Place
from skillmix.app.pages import CsvResponse, csv_of, csv_reply, json_reply, page
from skillmix.app.profile import (
    Line,
    Standing,
    profile_line,
    profile_measures,
    ranking,
    standings,
)
from skillmix.app.rooms import Link
from skillmix.app.scoping import NO_REGION, place_of
from skillmix.catalogue import Analysis
from skillmix.schema.codelists import labels
from skillmix.schema.scope import Scope
from skillmix.words.labels import label

LINKS = (Link(label="Trusts", href="/trusts"),)
router = APIRouter(tags=["trusts"])
Code = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9]{2,10}$", description="ODS code of an employer.")
]
Words = Annotated[str, Query(max_length=100, description="Words to look for.")]
COLUMNS = ("code", "name", "employer_type", "region")
PROFILE_COLUMNS = ("measure", "analysis", "place", "value", "interval")


@router.get("/trusts", include_in_schema=False)
def trusts(request: Request, words: Words = "") -> Response:
    """List the employers that the inputs speak of."""
    return page(
        request,
        "trusts.html",
        words=words,
        places=[(p, _type(p), _region(p)) for p in _matching(request, words)],
        twins=twins_of("/trusts", request.url.query, "json", "csv"),
    )


@router.get("/trusts.json")
def trusts_json(request: Request, words: Words = "") -> list[dict[str, Any]]:
    """Give the employers that the inputs speak of."""
    return [asdict(place) for place in _matching(request, words)]


@router.get("/trusts.csv", response_class=CsvResponse)
def trusts_csv(request: Request, words: Words = "") -> Response:
    """Give the employers that the inputs speak of as CSV."""
    rows = [asdict(place) for place in _matching(request, words)]
    return csv_reply(csv_of(rows, COLUMNS), "trusts")


@router.get("/trusts/{code}.json")
def trust_json(request: Request, code: Code) -> Response:
    """Give a trust's measures beside its region, England and its peers."""
    library: Library = request.app.state.library
    place = place_of(library, code)
    lines, ranks = _profile(library, place, _waited(request, library, place))
    return json_reply(
        {
            **asdict(place),
            "synthetic": library.synthetic,
            "places": _headings(place),
            "measures": [asdict(line) for line in lines],
            "among_peers": [asdict(one) for one in ranks],
        }
    )


@router.get("/trusts/{code}.csv", response_class=CsvResponse)
def trust_csv(request: Request, code: Code) -> Response:
    """Give a trust's measures beside its region and England as CSV, a row a value."""
    library: Library = request.app.state.library
    place = place_of(library, code)
    lines, _ = _profile(library, place, _waited(request, library, place))
    rows = [
        {
            "measure": line.label,
            "analysis": line.analysis,
            "place": name,
            "value": cell.text,
            "interval": cell.interval,
        }
        for line in lines
        for name, cell in zip(_headings(place), line.cells, strict=True)
    ]
    return csv_reply(csv_of(rows, PROFILE_COLUMNS), place.code)


@router.get("/trusts/{code}", include_in_schema=False)
def trust(request: Request, code: Code) -> Response:
    """Show a trust's profile."""
    library: Library = request.app.state.library
    place = place_of(library, code)
    wanted = _questions(library, place)
    found = asked(request, *wanted, brief=True)
    if isinstance(found, Response):
        return found
    answers = {(a.name, s): f for (a, s), f in zip(wanted, found, strict=True)}
    lines, ranks = _profile(library, place, answers)
    return page(
        request,
        "trust.html",
        place=place,
        type_words=_type(place),
        region_words=_region(place),
        headings=_headings(place),
        lines=lines,
        ranks=_by_question(ranks),
        peers=len(_peers(library, place)),
        twins=twins_of(f"/trusts/{place.code}", "", "json", "csv"),
    )


def _waited(
    request: Request, library: Library, place: Place
) -> dict[tuple[str, Scope], Found]:
    wanted = _questions(library, place)
    return {(a.name, s): awaited(request, a, s, brief=True) for a, s in wanted}


def _questions(library: Library, place: Place) -> list[tuple[Analysis, Scope]]:
    """Return what a profile asks: each measure for each place, then the peers."""
    by_name = {a.name: a for a in library.analyses if a.name not in library.missing}
    names = dict.fromkeys(m["analysis"] for m in profile_measures())
    found = [
        (by_name[name], scope)
        for scope in _scopes(library, place)
        for name in names
        if name in by_name
    ]
    england = _england(library)
    return [*found, *((a, england) for a in ranking(by_name.values()))]


def _profile(
    library: Library, place: Place, answers: Mapping[tuple[str, Scope], Found]
) -> tuple[list[Line], list[Standing]]:
    by_name = {a.name: a for a in library.analyses}
    lines: list[Line] = []
    for chosen in profile_measures():
        analysis = by_name.get(chosen["analysis"])
        if analysis is None:
            continue
        found = [answers.get((analysis.name, s)) for s in _scopes(library, place)]
        line = profile_line(analysis, [f and f.published for f in found], chosen)
        lines += [line] if line else []
    peers = {p.code: p for p in _peers(library, place)}
    ranks = [
        one
        for analysis in ranking(library.analyses)
        if (found := answers.get((analysis.name, _england(library))))
        and found.published
        for one in standings(analysis, found.published, place.code, peers)
    ]
    return lines, ranks


def _by_question(
    ranks: Sequence[Standing],
) -> list[tuple[tuple[str, str], list[Standing]]]:
    """Put the standings of one question together under its heading."""
    by = groupby(ranks, key=lambda one: (one.analysis, one.heading))
    return [(question, list(found)) for question, found in by]


def _scopes(library: Library, place: Place) -> list[Scope]:
    """Return the employer, its region if it has one, and England.

    Whatever place the app was started with: a profile says where each column is of.
    """
    england = _england(library)
    own = replace(england, employer=place.code)
    region = replace(england, region=place.region)
    return [own, *([region] if place.region != NO_REGION else []), england]


def _england(library: Library) -> Scope:
    return replace(library.asked, region=None, icb=None, employer=None)


def _headings(place: Place) -> list[str]:
    region = [_region(place)] if place.region != NO_REGION else []
    return [place.name, *region, "England"]


def _peers(library: Library, place: Place) -> list[Place]:
    return [p for p in library.places if p.employer_type == place.employer_type]


def _matching(request: Request, words: str) -> list[Place]:
    library: Library = request.app.state.library
    wanted = words.casefold().split()
    return [
        p
        for p in library.places
        if all(
            w in f"{p.code} {p.name} {_type(p)} {_region(p)}".casefold() for w in wanted
        )
    ]


def _type(place: Place) -> str:
    return label("employer_type", place.employer_type)


def _region(place: Place) -> str:
    return labels("region").get(place.region, place.region)

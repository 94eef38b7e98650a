"""The scope of a page, as its address gives it and as its form offers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request

from skillmix.app.library import Library, Place
from skillmix.errors import UnknownNameError
from skillmix.report.places import place_words
from skillmix.schema.codelists import labels
from skillmix.schema.scope import SERVICES, WORKFORCES, Scope, parse_month
from skillmix.words.numbers import month as month_words

VERSUS = "versus_"
WORD = r"^[a-z0-9_]{0,60}$"
CODE = r"^[A-Za-z0-9]{0,10}$"
MONTH = r"^([0-9]{4}-[0-9]{2})?$"
NO_REGION = "QZZ"

Workforce = Annotated[
    str, Query(pattern=WORD, description=f"One of {', '.join(WORKFORCES)}.")
]
Service = Annotated[
    str, Query(pattern=WORD, description=f"One of {', '.join(SERVICES)}.")
]
Region = Annotated[str, Query(pattern=CODE, description="NHS England region code.")]
Board = Annotated[
    str, Query(pattern=CODE, description="Code of one integrated care board.")
]
Employer = Annotated[str, Query(pattern=CODE, description="ODS code of one employer.")]
Month = Annotated[str, Query(pattern=MONTH, description="As-at month, as 2020-06.")]
Bands = Annotated[
    list[str], Query(max_length=12, description="Bands kept; none given keeps all.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a form offers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One control of the scope form."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def scope_query(
    request: Request,
    workforce: Workforce = "",
    service: Service = "",
    region: Region = "",
    icb: Board = "",
    employer: Employer = "",
    month: Month = "",
    bands: Bands = [],  # noqa: B006 - FastAPI copies it for each request
) -> Scope:
    """Return the scope that an address asks for; what it leaves out is the app's.

    Raises:
        DefinitionError: If a workforce, service or month is not one that exists.
        UnknownNameError: If the inputs hold no such region, employer or month.
    """
    library: Library = request.app.state.library
    given = {
        "workforce": workforce,
        "service": service,
        "region": region,
        "icb": icb,
        "employer": employer,
        "month": month,
        "bands": ",".join(bands),
    }
    return scope_from(library, given)


def versus_query(
    request: Request,
    versus_workforce: Workforce = "",
    versus_service: Service = "",
    versus_region: Region = "",
    versus_icb: Board = "",
    versus_employer: Employer = "",
    versus_month: Month = "",
) -> Scope:
    """Return the scope to set beside the first, from parameters `versus_...`."""
    library: Library = request.app.state.library
    given = {
        "workforce": versus_workforce,
        "service": versus_service,
        "region": versus_region,
        "icb": versus_icb,
        "employer": versus_employer,
        "month": versus_month,
    }
    return scope_from(library, given)


def scope_from(library: Library, given: Mapping[str, str]) -> Scope:
    """Return the app's scope with what is given instead."""
    known_bands = labels("band")
    bands = tuple(b for b in given.get("bands", "").split(",") if b)
    if unknown := [b for b in bands if b not in known_bands]:
        raise UnknownNameError(
            f"There is no band '{unknown[0]}'.",
            where="bands",
            remedy=f"The bands are {', '.join(known_bands)}.",
        )
    region, board = given.get("region", ""), given.get("icb", "")
    employer = given.get("employer", "")
    changed = {
        "workforce": given.get("workforce", ""),
        "service": given.get("service", ""),
        "region": _listed("region", region) if region else "",
        "icb": _listed("icb", board) if board else "",
        "employer": _employer(library, employer) if employer else "",
        "month": _month(library, given["month"]) if given.get("month") else "",
        "bands": bands,
    }
    return replace(library.asked, **{k: v for k, v in changed.items() if v})


def scope_fields(library: Library, scope: Scope, *, prefix: str = "") -> list[Field]:
    """Return the controls of the scope form, the present scope chosen."""
    named = sorted(labels("icb").items(), key=lambda board: board[1])
    boards = {c: n for c, n in named if c != NO_REGION}
    regions = {c: n for c, n in labels("region").items() if c != NO_REGION}
    places = {p.code: f"{p.name} ({p.code})" for p in library.places}
    months = {f"{m:%Y-%m}": month_words(m) for m in library.months}
    as_at = f"{scope.month:%Y-%m}" if scope.month else ""
    fields = [
        _field(prefix, "workforce", "Workforce", WORKFORCES, scope.workforce),
        _field(prefix, "service", "Definition of the service", SERVICES, scope.service),
        _field(
            prefix, "region", "Region", {"": "England"} | regions, scope.region or ""
        ),
        _field(
            prefix,
            "icb",
            "Integrated care board",
            {"": "All"} | boards,
            scope.icb or "",
        ),
        _field(
            prefix,
            "employer",
            "Trust or other employer",
            {"": "All"} | places,
            scope.employer or "",
        ),
    ]
    if months:
        latest = {"": "Latest with a year before it"}
        fields.append(_field(prefix, "month", "As at", latest | months, as_at))
    return fields


def scope_pairs(library: Library, scope: Scope, *, prefix: str = "") -> dict[str, str]:
    """Return the parameters that ask for a scope; what is the app's is left out."""
    usual = library.asked
    given = {
        "workforce": scope.workforce if scope.workforce != usual.workforce else "",
        "service": scope.service if scope.service != usual.service else "",
        "region": scope.region or "",
        "icb": scope.icb or "",
        "employer": scope.employer or "",
        "month": f"{scope.month:%Y-%m}" if scope.month != usual.month else "",
    }
    return {f"{prefix}{k}": v for k, v in given.items() if v}


def address(path: str, **parameters: str) -> str:
    """Return an address with its parameters, those without a value left out."""
    told = urlencode({k: v for k, v in parameters.items() if v})
    return f"{path}?{told}" if told else path


def scope_words(scope: Scope) -> str:
    """Return a scope in words, employers and regions by their names."""
    place = place_words(scope)
    when = f", {month_words(scope.month)}" if scope.month else ""
    workforce = f"{scope.workforce_label[0].upper()}{scope.workforce_label[1:]}"
    return f"{workforce}; {scope.service_label}; {place}{when}"


def place_of(library: Library, code: str) -> Place:
    """Return an employer of the inputs.

    Raises:
        UnknownNameError: If the inputs speak of no such employer.
    """
    for place in library.places:
        if place.code == code.upper():
            return place
    raise UnknownNameError(
        "The inputs speak of no employer with that code.",
        where="employer",
        remedy="Choose one of the list of trusts.",
    )


def _employer(library: Library, code: str) -> str:
    return place_of(library, code).code


def _listed(kind: str, code: str) -> str:
    """Return a region's or care board's code, if there is one."""
    known = labels(kind)
    if code.upper() not in known:
        what = "region" if kind == "region" else "integrated care board"
        raise UnknownNameError(
            f"There is no {what} with that code.",
            where=kind,
            remedy=f"They are {', '.join(known)}.",
        )
    return code.upper()


def _month(library: Library, text: str) -> dt.date:
    asked = parse_month(text)
    if library.months and asked not in library.months:
        raise UnknownNameError(
            f"The staff record has no {month_words(asked)}.",
            where="month",
            remedy=f"It runs from {month_words(library.months[-1])} to "
            f"{month_words(library.months[0])}.",
        )
    return asked


def _field(
    prefix: str, name: str, label: str, known: Mapping[str, str], chosen: str
) -> Field:
    return Field(
        name=f"{prefix}{name}",
        label=label,
        choices=tuple(
            Choice(
                value=value,
                label=f"{words[:1].upper()}{words[1:]}",
                chosen=value == chosen,
            )
            for value, words in known.items()
        ),
    )

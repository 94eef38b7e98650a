"""The scope of a page, as its address gives it and as its form offers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request

from skillmix.app.library import Library, Place
from skillmix.errors import UnknownNameError
from skillmix.report.places import place_words
from skillmix.schema.codelists import labels
from skillmix.schema.scope import SERVICES, WORKFORCES, Scope, parse_month
from skillmix.words.numbers import month as month_words

VERSUS = "versus_"
ALL = "all"
WORD = r"^[a-z0-9_]{0,60}$"
WORDS = r"^[a-z0-9_,]{0,120}$"
CODE = r"^[A-Za-z0-9]{0,10}$"
MONTH = r"^([0-9]{4}-[0-9]{2})?$"
NO_REGION = "QZZ"
LIFTED: Mapping[str, Any] = {"region": None, "icb": None, "employer": None, "bands": ()}
# The two definitions of the mental health workforce, which no figure mixes.
PAIRED_SERVICES = ("in_mental_health_services", "in_mental_health_trusts")
REGISTERED = "nurses_and_midwives"

Workforce = Annotated[
    str, Query(pattern=WORD, description=f"One of {', '.join(WORKFORCES)}.")
]
Service = Annotated[
    str, Query(pattern=WORD, description=f"One of {', '.join(SERVICES)}.")
]
Region = Annotated[
    str, Query(pattern=CODE, description="NHS England region code, or all.")
]
Board = Annotated[
    str, Query(pattern=CODE, description="Code of one integrated care board, or all.")
]
Employer = Annotated[
    str, Query(pattern=CODE, description="ODS code of one employer, or all.")
]
Month = Annotated[str, Query(pattern=MONTH, description="As-at month, as 2020-06.")]
Bands = Annotated[
    list[Annotated[str, Query(pattern=WORDS)]],
    Query(max_length=20, description="Bands kept within the workforce, or all."),
]


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
    versus_bands: Bands = [],  # noqa: B006 - FastAPI copies it for each request
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
        "bands": ",".join(versus_bands),
    }
    return scope_from(library, given)


def scope_from(library: Library, given: Mapping[str, str]) -> Scope:
    """Return the app's scope with what is given instead.

    What is left out is as the app was started; "all" lifts a limit it was started
    with.

    Raises:
        DefinitionError: If a workforce, service or month is not one that exists.
        UnknownNameError: If there is no such band, place or month.
    """
    read: Mapping[str, Callable[[str], Any]] = {
        "workforce": str,
        "service": str,
        "bands": _bands,
        "region": lambda code: _listed("region", code),
        "icb": lambda code: _listed("icb", code),
        "employer": lambda code: place_of(library, code).code,
        "month": lambda text: _month(library, text),
    }
    changed: dict[str, Any] = {}
    for name, reader in read.items():
        text = given.get(name, "")
        if name in LIFTED and text == ALL:
            changed[name] = LIFTED[name]
        elif text:
            changed[name] = reader(text)
    return replace(library.asked, **changed)


def scope_pairs(library: Library, scope: Scope, *, prefix: str = "") -> dict[str, str]:
    """Return the parameters that ask for a scope; what is the app's is left out."""
    told = {
        "workforce": scope.workforce,
        "service": scope.service,
        "bands": ",".join(scope.bands) or ALL,
        "region": scope.region or ALL,
        "icb": scope.icb or ALL,
        "employer": scope.employer or ALL,
        "month": f"{scope.month:%Y-%m}" if scope.month else "",
    }
    return {
        f"{prefix}{name}": text
        for name, text in told.items()
        if text and getattr(scope, name) != getattr(library.asked, name)
    }


def comparators(
    library: Library, scope: Scope, as_at: dt.date | None
) -> list[tuple[str, dict[str, str]]]:
    """Return what a scope is most often set beside, each with its parameters.

    Its region and England for a place, the year before, the other definition of the
    service, and registered nurses and midwives.

    Args:
        library: What is served.
        scope: The scope of the page.
        as_at: The month its answer speaks of, if it speaks of one.
    """
    everywhere = replace(scope, region=None, icb=None, employer=None)
    found: list[tuple[str, Scope]] = []
    home = place_of(library, scope.employer).region if scope.employer else NO_REGION
    if home != NO_REGION:
        name = labels("region").get(home, home)
        found.append((name, replace(everywhere, region=home)))
    if everywhere != scope:
        found.append(("England", everywhere))
    if as_at and (before := as_at.replace(year=as_at.year - 1)) in library.months:
        found.append((month_words(before), replace(scope, month=before)))
    for service in PAIRED_SERVICES:
        if scope.service in PAIRED_SERVICES and service != scope.service:
            words = SERVICES[service]
            found.append((_capital(words), replace(scope, service=service)))
    if scope.workforce != REGISTERED:
        other = replace(scope, workforce=REGISTERED, bands=())
        found.append((_capital(WORKFORCES[REGISTERED]), other))
    return [(n, scope_pairs(library, s, prefix=VERSUS)) for n, s in found]


def address(path: str, **parameters: str) -> str:
    """Return an address with its parameters, those without a value left out."""
    told = urlencode({k: v for k, v in parameters.items() if v})
    return f"{path}?{told}" if told else path


def scope_words(scope: Scope) -> str:
    """Return a scope in words, employers and regions by their names."""
    place = place_words(scope)
    when = f", {month_words(scope.month)}" if scope.month else ""
    return f"{_capital(scope.workforce_label)}; {scope.service_label}; {place}{when}"


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


def _bands(text: str) -> tuple[str, ...]:
    """Return the bands that are given, in their order and each once."""
    known = labels("band")
    given = {band for band in text.split(",") if band and band != ALL}
    if unknown := sorted(given - set(known)):
        raise UnknownNameError(
            f"There is no band '{unknown[0]}'.",
            where="bands",
            remedy=f"The bands are {', '.join(known)}.",
        )
    return tuple(band for band in known if band in given)


def _listed(kind: str, code: str) -> str:
    """Return a region's or care board's code, if there is one."""
    known = labels(kind)
    if code.upper() not in known:
        what = "region" if kind == "region" else "integrated care board"
        raise UnknownNameError(
            f"There is no {what} with that code.",
            where=kind,
            remedy=f"They are {'; '.join(f'{w} ({c})' for c, w in known.items())}.",
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


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"

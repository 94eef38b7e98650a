"""Whatever is sent to any address of the app, it never breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    status_code_conformance,
)

from functional.advert_room import adverts
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.app.rooms import rooms
from skillmix.app.settings import Limits, Settings
from skillmix.schema.scope import Scope, parse_month

HOME = "http://127.0.0.1:8765"
LOCAL = {"host": "127.0.0.1"}
PATIENT = Limits(wait_seconds=120.0, requests_per_second=10_000, burst=100_000)
EXPORT = b"TY  - JOUR\nTI  - Support workers in mental health\nPY  - 2018\nER  - \n"
SENT: dict[str, dict[str, Any]] = {
    "/adverts": {"files": adverts()},
    "/check": {"files": {"file": ("holiday.csv", b"colour,size\nblue,3\n")}},
    "/titles/pasted": {"data": {"text": "HCA\nWard clerk"}},
    "/literature": {
        "files": {"exports": ("made.ris", EXPORT)},
        "data": {"strategy": "nuffield-2020"},
    },
}


@pytest.fixture
def library(inputs) -> Iterator[Library]:
    made = Library(inputs, scope=Scope(month=parse_month("2020-06")), limits=PATIENT)
    yield made
    made.close()


def sent_to(app: FastAPI) -> dict[str, str]:
    """Send something to each room that takes files: tickets by start of address."""
    client = TestClient(app, base_url=HOME)
    made: dict[str, str] = {}
    for path, sent in SENT.items():
        told = client.post(path, **sent)
        assert told.status_code == 200, told.text
        _, room, ticket = told.url.path.split("/")
        made[f"/{room}/"] = ticket
    return made


def every_answer(library: Library, checks: tuple) -> list[str]:
    """Send made-up requests to all that OpenAPI describes; return what was asked."""
    app = create_app(library, Settings(limits=PATIENT))
    tickets = sent_to(app)
    described = schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)
    # An operation at a time: the plug-in's own loop does not know pytest 9.
    operations = [found.ok() for found in described.get_all_operations()]

    def answered(case) -> None:
        for room, ticket in tickets.items():
            # Nothing but what was sent can be read: half of the time it is asked for.
            made_up = case.path_parameters.get("ticket", "")
            if case.path.startswith(room) and len(made_up) % 2:
                case.path_parameters["ticket"] = ticket
        case.call_and_validate(headers=LOCAL, timeout=120, checks=checks)

    for operation in operations:
        send = settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )(given(case=operation.as_strategy())(answered))
        send()
    return [f"{o.method.upper()} {o.path}" for o in operations]


def test_no_request_of_a_program_breaks_the_app(library):
    checks = (not_a_server_error, status_code_conformance, content_type_conformance)
    asked = every_answer(library, checks)
    assert len(asked) > 10


def test_no_page_and_nothing_sent_breaks_the_app(library, monkeypatch):
    """Pages and forms are for people, and stand in no description but this one."""
    hidden = [
        route
        for room in rooms()
        for route in room.router.routes
        if isinstance(route, APIRoute)
    ]
    for route in hidden:
        monkeypatch.setattr(route, "include_in_schema", not route.include_in_schema)
    asked = every_answer(library, (not_a_server_error,))
    for path in ("GET /", "GET /trusts/{code}", "POST /check", "POST /adverts"):
        assert path in asked

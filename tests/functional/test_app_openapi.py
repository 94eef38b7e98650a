"""Whatever is sent to an address that OpenAPI describes, the app never breaks."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    status_code_conformance,
)

from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.app.settings import Limits, Settings
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import open_inputs

LOCAL = {"host": "127.0.0.1"}
PATIENT = Limits(wait_seconds=120.0, requests_per_second=10_000, burst=100_000)


@pytest.fixture(scope="module")
def described(tiny_nhs, tmp_path_factory):
    inputs = open_inputs([tiny_nhs], store=tmp_path_factory.mktemp("store"))
    library = Library(inputs, scope=Scope(month=parse_month("2020-06")), limits=PATIENT)
    app = create_app(library, Settings(limits=PATIENT))
    yield schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)
    library.close()


def test_no_request_breaks_the_app(described):
    # An operation at a time: the plug-in's own loop does not know pytest 9.
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        send = settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )(given(case=operation.as_strategy())(answered))
        send()


def answered(case) -> None:
    case.call_and_validate(
        headers=LOCAL,
        timeout=120,
        checks=(not_a_server_error, status_code_conformance, content_type_conformance),
    )

"""What the report shows of printed numbers is written in the unit of their rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skillmix.catalogue import catalogue
from skillmix.pipeline import Session, open_session
from skillmix.report.backtest import backtests
from skillmix.report.replication.findings import stated
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import Inputs

# Registers of quoted figures, which need no input: each holds several units.
QUOTED = ("pay.quoted_pay", "retention.quoted_turnover", "workforce.quoted_plans")


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with open_session(Inputs(readings=(), editions={}), Scope()) as opened:
        yield opened


@pytest.mark.parametrize("name", QUOTED)
def test_no_sum_or_count_is_told_as_a_percentage(session: Session, name: str) -> None:
    analysis = catalogue()[name]
    told = backtests([(analysis, session.run(analysis))])
    assert told
    for one in told:
        percent = stated()[one.finding_id].unit == "percent"
        assert one.value.endswith("%") is percent, one
        assert one.agrees, one

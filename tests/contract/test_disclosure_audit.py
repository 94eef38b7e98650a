"""No question of the catalogue gives back a count that it does not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from skillmix import pipeline
from skillmix.catalogue import Analysis, catalogue
from skillmix.disclosure.audit import audit
from skillmix.disclosure.control import protect
from skillmix.disclosure.relations import lines_of
from skillmix.disclosure.thresholds import SMALLEST_SHOWN
from skillmix.errors import MissingInputError
from skillmix.pipeline import Session, open_session
from skillmix.schema.results import Finding, Published
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import Inputs, open_inputs
from skillmix.statistics.estimators import Estimator
from skillmix.synth.nhs import synthesise

SCALE = 0.01
MONTH = parse_month("2020-06")
# The whole of a small NHS, and a trust of some hundred people, of which much is hidden.
SCOPES = {
    "small_nhs": Scope(month=MONTH),
    "trust": Scope(month=MONTH, employer="RA9"),
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("nhs")
    made = synthesise(folder / "made", scale=SCALE, seed=2020)
    return open_inputs([made], store=folder / "store")


@pytest.fixture(scope="module", params=SCOPES)
def session(request: pytest.FixtureRequest, inputs: Inputs) -> Iterator[Session]:
    with open_session(inputs, SCOPES[request.param]) as opened:
        yield opened


Told = list[tuple[Finding, Published]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Keep what disclosure control is given, and what it makes of that."""
    kept: Told = []

    def watched(finding: Finding, estimators: Mapping[str, Estimator]) -> Published:
        kept.append((finding, protect(finding, estimators)))
        return kept[-1][1]

    monkeypatch.setattr(pipeline, "protect", watched)
    return kept


@pytest.mark.parametrize("analysis", catalogue().values(), ids=lambda a: a.name)
def test_no_hidden_count_can_be_worked_out(
    analysis: Analysis, session: Session, told: Told
) -> None:
    try:
        session.run(analysis)
    except MissingInputError:
        return
    ((finding, published),) = told
    if not finding.people_counted:
        return
    lines = lines_of(finding)
    hidden = {n for n, r in enumerate(published.rows) if r.status == "suppressed"}
    assert audit(lines, hidden) == []
    for row in published.rows:
        if row.status == "suppressed":
            assert row.n is row.numerator is row.estimate is None
        elif row.n is not None:
            assert row.n == 0 or row.n >= SMALLEST_SHOWN

"""The printed findings on adverts come out of invented texts, read and counted.

No number is planted in a table: sixty texts are written, read as files, coded by the
rules, sampled and asked. A rule that no longer reads a sentence shows here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skillmix.catalogue import Analysis, catalogue
from skillmix.cli.adverts import coded_parquet
from skillmix.pipeline import Session, open_session
from skillmix.report.replication.claims import judge
from skillmix.report.replication.findings import stated
from skillmix.report.replication.taking import take
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs
from skillmix.synth.adverts import write_adverts

ABOUT = [
    a
    for a in catalogue().values()
    if any(CodedAdvert in w.inputs.values() for w in a.ways)
]
FINDINGS = [(a, name) for a in ABOUT for name in a.reproduces]
CLAIMS = [(a, name) for a in ABOUT for name in a.shows if name.startswith("dir-advert")]


@pytest.fixture(scope="module", params=[2020, 11])
def session(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("adverts")
    write_adverts(folder, seed=request.param)
    table = folder / "coded" / "adverts.parquet"
    coded_parquet([folder / "adverts"], table)
    inputs = open_inputs([table], store=folder / "store")
    with open_session(inputs, Scope()) as opened:
        yield opened


@pytest.mark.parametrize(("analysis", "name"), FINDINGS, ids=lambda x: str(x)[:40])
def test_a_printed_finding_comes_out(
    session: Session, analysis: Analysis, name: str
) -> None:
    taken = take(session.run(analysis), analysis.reproduces[name])
    assert taken.value is not None, taken.why
    assert stated()[name].holds(taken.value), f"{taken.value} is not as printed"


@pytest.mark.parametrize(("analysis", "name"), CLAIMS, ids=lambda x: str(x)[:40])
def test_a_claim_is_borne_out(session: Session, analysis: Analysis, name: str) -> None:
    held, values = judge(analysis.shows[name], session.run(analysis), analysis)
    assert held, values


def test_most_of_the_findings_are_tried() -> None:
    names = {name for _, name in FINDINGS}
    assert len(names) >= 19
    assert all(not stated()[name].beyond for name in names)

"""The printed findings come out of a small synthetic NHS, as nearly as its size lets.

At a twentieth of the size a printed rounding is narrower than chance, so each
estimate may be as far off as its own interval reaches besides; counts are compared
after scaling. The whole NHS, where the rounding alone counts, is a test of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from skillmix.catalogue import Analysis, Printed, catalogue
from skillmix.pipeline import Session, open_session
from skillmix.schema.results import Row
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import Inputs, open_inputs
from skillmix.synth.nhs import synthesise

SCALE = 0.05
COUNTED = ("fte", "people")
CHAPTERS = (
    *("workforce.trend", "workforce.share_of_clinical", "workforce.by_care_setting"),
    *("workforce.by_region", "workforce.change", "workforce.staff_in_post"),
    *("roles.band_mix", "roles.selected_roles", "participation.working_hours"),
    *("participation.sickness_absence", "progression.by_band"),
    *("progression.next_role", "retention.leaving_reasons"),
    *("retention.resignation_reasons", "diversity.age", "diversity.age_growth"),
    *("diversity.ethnicity", "diversity.gender", "diversity.disability"),
    *("diversity.religion", "diversity.orientation"),
)


def _claimed() -> Iterator[tuple[str, str]]:
    for name in CHAPTERS:
        for finding, printed in catalogue()[name].reproduces.items():
            if printed.take == "estimate":
                yield name, finding


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("nhs")
    made = synthesise(folder / "made", scale=SCALE, seed=2020)
    return open_inputs([made], store=folder / "store")


@pytest.fixture(scope="module")
def session(inputs: Inputs) -> Iterator[Session]:
    with open_session(inputs, Scope(month=parse_month("2020-06"))) as opened:
        yield opened


def _near(analysis: Analysis, printed: Printed, row: Row) -> bool:
    size = SCALE if analysis.measures[row.measure].unit in COUNTED else 1.0
    least = row.estimate if row.conf_low is None else row.conf_low
    most = row.estimate if row.conf_high is None else row.conf_high
    assert least is not None
    assert most is not None
    return least / size <= printed.value + printed.within and (
        most / size >= printed.value - printed.within
    )


@pytest.mark.parametrize(("name", "finding"), list(_claimed()))
def test_a_printed_finding_comes_out(session: Session, name: str, finding: str) -> None:
    analysis = catalogue()[name]
    printed = analysis.reproduces[finding]
    row = session.run_unprotected(analysis).one(**printed.row)
    assert row is not None
    assert _near(analysis, printed, row), f"{row.estimate} against {printed.value}"


def test_the_published_files_agree_with_the_staff_record(
    inputs: Inputs, session: Session
) -> None:
    """FTE of June 2020 by staff group: Core 1 against the record, to the last digit."""
    analysis = catalogue()["workforce.staff_in_post"]
    record = session.run_unprotected(analysis).where(measure="fte")
    [core] = [r for r in inputs.readings if r.reader == "core_1"]
    assert core.edition is not None
    with duckdb.connect() as connection:
        published = dict(
            connection.execute(
                f"SELECT staff_group, fte::DOUBLE FROM '{core.edition}' WHERE "
                "level = 'england' AND month = DATE '2020-06-01'"
            ).fetchall()
        )
    assert len(record) >= 10
    for row in record:
        assert published[row["staff_group"]] == pytest.approx(row.estimate, abs=1e-4)

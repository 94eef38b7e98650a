"""On a synthetic NHS with a re-banding planted: found, named, and set apart."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from skillmix.catalogue import Analysis, catalogue, find
from skillmix.pipeline import Session, open_session
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs
from skillmix.synth.nhs import Plant, Rebanding, synthesise

NOW = dt.date(2020, 6, 1)
PLANTED = Rebanding(
    employer="RKB",
    job_role="Healthcare Assistant",
    month=dt.date(2020, 1, 1),
    from_band="2",
    to_band="3",
)
FILES = {
    StaffMonth: "synthetic-staff-month.parquet",
    Leaver: "synthetic-leaver.parquet",
    Joiner: "synthetic-joiner.parquet",
}
CHAPTERS = ("progression", "retention")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    made = synthesise(folder, scale=0.03, seed=5, plant=Plant(rebanding=PLANTED))
    return made / "staff-record"


def inputs(folder: Path) -> Inputs:
    editions: dict[type[Table], tuple[Path, ...]] = {
        table: tuple(sorted(folder.glob(name.replace(".parquet", "*.parquet"))))
        for table, name in FILES.items()
    }
    return Inputs(readings=(), editions=editions)


@pytest.fixture(scope="module")
def asked(record: Path) -> Iterator[Session]:
    with open_session(inputs(record), Scope(month=NOW)) as session:
        yield session


def test_the_rebanding_is_found_and_named(asked: Session) -> None:
    analysis = find("progression.rebandings")
    found = asked.run_unprotected(analysis)
    named = [row for row in found.where(measure="moved") if row["employer"] != "all"]
    assert [
        (r["employer"], r["job_role"], r["band"], r["end_band"], r["month"])
        for r in named
    ] == [("RKB", "Healthcare Assistant", "2", "3", PLANTED.month)]
    assert named[0].estimate is not None
    assert named[0].estimate > 0.9
    assert "RKB, Healthcare Assistant, from Band 2 to Band 3 in January 2020" in (
        analysis.narrate(found)
    )


def test_it_no_longer_reads_as_progression(asked: Session) -> None:
    apart = asked.run_unprotected(find("progression.promotion_apart"))
    mixed = asked.run_unprotected(find("progression.by_horizon"))
    promoted = apart.one(band="2", in_service=False, measure="promoted")
    rebanded = apart.one(band="2", in_service=False, measure="rebanded")
    everyone = mixed.one(month=NOW, band="2", in_service=False, measure="higher_of_all")
    assert promoted is not None
    assert rebanded is not None
    assert everyone is not None
    assert rebanded.numerator
    assert rebanded.numerator >= 30
    # Nothing else was planted: promotion alone is as it was made, 8 to 10 per cent.
    assert promoted.conf_low is not None
    assert promoted.conf_high is not None
    assert promoted.conf_low < 0.09 < promoted.conf_high
    assert promoted.numerator
    assert everyone.numerator
    assert everyone.numerator > promoted.numerator


def test_an_odds_ratio_of_four_fifths_is_found_with_its_interval(
    tmp_path: Path,
) -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "planted.py"
    spec = importlib.util.spec_from_file_location("planted", path)
    assert spec is not None
    assert spec.loader is not None
    planted = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(planted)
    made = planted.make(tmp_path, scale=0.1, seed=2020, planted=0.8)
    with open_session(inputs(made), Scope(month=NOW)) as session:
        middle, low, high = planted.odds_ratio(session)
        named = session.run(find("progression.rebandings")).where(measure="moved")
    assert low <= 0.8 <= high < 1
    assert low < middle < high
    assert {row["employer"] for row in named} - {"all"} == {"RKB"}


def test_kinds_of_joiners_add_up_to_those_of_the_account(asked: Session) -> None:
    kinds = asked.run_unprotected(find("retention.joiners")).where(measure="people")
    account = asked.run_unprotected(find("retention.flows"))
    for group in ("in_service", "elsewhere", "other_staff"):
        joined = account.one(
            measure="people",
            grouping="service",
            group=group,
            flow="joined",
            detail="all",
        )
        assert joined is not None
        mine = [row for row in kinds if row["group"] == group]
        assert sum(row.estimate or 0 for row in mine) == joined.estimate
    named = {row["joiner_kind"] for row in kinds}
    assert {"newly_qualified", "from_other_nhs", "source_not_known"} <= named


def careers() -> list[Analysis]:
    """Return the analyses that a model makes, where order could tell."""
    every = catalogue().values()
    return [a for a in every if a.chapter in CHAPTERS and a.model is not None]


def test_neither_order_nor_files_change_a_digit(
    record: Path, asked: Session, tmp_path: Path
) -> None:
    with duckdb.connect() as connection:
        for name in FILES.values():
            rows = f"read_parquet('{record / name}')"
            for part, half in enumerate(("=", "<>")):
                target = tmp_path / name.replace(".parquet", f"-{part}.parquet")
                connection.execute(
                    f"COPY (SELECT * FROM {rows} WHERE person_id % 2 {half} 0 "
                    f"ORDER BY hash(person_id, month)) TO '{target}'"
                )
    with open_session(inputs(tmp_path), Scope(month=NOW)) as shuffled:
        for analysis in careers():
            assert (
                shuffled.run_unprotected(analysis).rows
                == asked.run_unprotected(analysis).rows
            ), analysis.name

"""A synthetic record is a sound one: it balances person by person, and repeats."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from skillmix.catalogue import find
from skillmix.errors import DefinitionError
from skillmix.pipeline import open_session
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Absence, Bonus, Competence, Joiner, Leaver, StaffMonth
from skillmix.sources.inputs import open_inputs
from skillmix.sources.main_post import MAIN_POST
from skillmix.sources.records import all_faults, in_place, read_footer, table_of
from skillmix.synth.nhs import Plant, Rebanding, Unfairness, synthesise
from skillmix.synth.record import FILES

SCALE = 0.02
MONTHS = 17


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesise(tmp_path_factory.mktemp("nhs"), scale=SCALE, seed=7)


@pytest.fixture(scope="module")
def record(made: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    for table, name in FILES.items():
        source = made / "staff-record" / name
        connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM '{source}'")
    yield connection
    connection.close()


def _one(record: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [(value,)] = record.execute(sql).fetchall()
    return value


@pytest.mark.parametrize("table", FILES)
def test_the_files_serve_in_place_keep_every_rule_and_say_they_are_synthetic(
    made: Path, table: type
) -> None:
    path = made / "staff-record" / FILES[table]
    footer = read_footer(path)
    assert table_of(footer) is table
    assert in_place(footer, table)
    assert footer.synthetic
    assert "synthetic" in path.name
    with duckdb.connect() as connection:
        assert all_faults(connection, path, table) == []


def test_no_row_group_spans_two_months(made: Path) -> None:
    meta = pq.read_metadata(made / "staff-record" / FILES[StaffMonth])
    place = meta.schema.to_arrow_schema().names.index("month")
    spans = [
        meta.row_group(g).column(place).statistics for g in range(meta.num_row_groups)
    ]
    assert all(s.min == s.max for s in spans)
    assert [s.min for s in spans] == sorted(s.min for s in spans)


def test_stocks_and_flows_balance_person_by_person(
    record: duckdb.DuckDBPyConnection,
) -> None:
    gone = """
        WITH people AS (SELECT DISTINCT person_id, month FROM staff_month),
        last AS (SELECT person_id, max(month) AS month, count(*) AS n,
                 min(month) AS first FROM people GROUP BY person_id)
    """
    october = "DATE '2020-10-01'"
    # Nobody is absent from the record between the first and the last month.
    assert not _one(
        record,
        gone + "SELECT count(*) FROM last"
        " WHERE n <> date_diff('month', first, month) + 1",
    )
    # Those whose rows end have left, in the month after, and nobody else has.
    ended = f"SELECT person_id, month FROM last WHERE month < {october}"
    left = "SELECT person_id, CAST(month - INTERVAL 1 MONTH AS DATE) FROM leaver"
    for one, other in ((ended, left), (left, ended)):
        assert not _one(
            record, f"{gone} SELECT count(*) FROM (({one}) EXCEPT ({other}))"
        )
    assert _one(record, "SELECT count(*) = count(DISTINCT person_id) FROM leaver")
    assert not _one(
        record,
        "SELECT count(*) FROM leaver JOIN staff_month USING (person_id)"
        " WHERE staff_month.month >= leaver.month",
    )


def test_the_truth_tells_the_stocks_and_flows_of_the_record(
    made: Path, record: duckdb.DuckDBPyConnection
) -> None:
    told = json.loads((made / "truth.json").read_text("utf-8"))
    months = told["happened"]
    left = dict(
        record.execute(
            "SELECT strftime(month, '%Y-%m-%d'), count(*) FROM leaver GROUP BY 1"
        ).fetchall()
    )
    fte = dict(
        record.execute(
            "SELECT strftime(month, '%Y-%m-%d'), sum(fte)::DOUBLE FROM staff_month "
            "WHERE contract_type <> 'bank' AND status IN "
            "('active', 'acting_up', 'internal_secondment') GROUP BY 1"
        ).fetchall()
    )
    assert len(months) == MONTHS
    for month in months:
        assert month["left_the_record"] == left.get(month["month"], 0)
        assert month["fte_in_post"] == pytest.approx(fte[month["month"]], abs=0.01)
    assert told["synthetic"] is True
    assert told["planted"]["rebanding"] is None
    assert told["planted"]["unfairness"] is None


def test_who_joins_is_first_seen_then_and_never_before(
    record: duckdb.DuckDBPyConnection,
) -> None:
    wrong = _one(
        record,
        "SELECT count(*) FROM joiner LEFT JOIN (SELECT person_id, min(month) AS first"
        " FROM staff_month GROUP BY 1) USING (person_id)"
        " WHERE first IS DISTINCT FROM joiner.month",
    )
    came = _one(
        record,
        "SELECT count(*) FROM (SELECT person_id, min(month) AS first FROM staff_month"
        " GROUP BY 1) WHERE first > DATE '2019-06-01'",
    )
    assert wrong == 0
    assert came == _one(record, "SELECT count(*) FROM joiner")


def test_the_main_post_is_the_one_that_the_rule_gives(
    record: duckdb.DuckDBPyConnection,
) -> None:
    wrong = (
        f"SELECT count(*) FROM (SELECT main_post, {MAIN_POST} AS rule FROM staff_month)"
    )
    assert not _one(record, f"{wrong} WHERE main_post <> rule")
    assert _one(record, "SELECT count(*) FROM staff_month WHERE NOT main_post") > 0


def test_people_keep_what_does_not_change_and_age_by_the_month(
    record: duckdb.DuckDBPyConnection,
) -> None:
    kept = ("gender", "ethnicity", "disability", "religion", "orientation")
    several = " OR ".join(f"count(DISTINCT {name}) > 1" for name in kept)
    assert not _one(
        record,
        "SELECT count(*) FROM (SELECT person_id FROM staff_month GROUP BY 1 "
        f"HAVING {several})",
    )
    assert not _one(
        record,
        "SELECT count(*) FROM (SELECT age - lag(age) OVER (PARTITION BY person_id "
        "ORDER BY month) AS years FROM staff_month WHERE main_post) "
        "WHERE years NOT IN (0, 1)",
    )


def test_a_post_has_one_holder_and_one_employer(
    record: duckdb.DuckDBPyConnection,
) -> None:
    assert not _one(
        record,
        "SELECT count(*) FROM (SELECT post_id FROM staff_month GROUP BY 1 HAVING "
        "count(DISTINCT person_id) > 1 OR count(DISTINCT employer) > 1)",
    )


def test_absences_are_of_posts_in_the_record_and_no_longer_than_the_month(
    record: duckdb.DuckDBPyConnection,
) -> None:
    joined = "absence LEFT JOIN staff_month USING (month, post_id)"
    assert not _one(record, f"SELECT count(*) FROM {joined} WHERE person_id IS NULL")
    assert not _one(
        record,
        f"SELECT count(*) FROM {joined} WHERE fte_days_lost > "
        "fte * day(last_day(month))",
    )


def test_basic_pay_is_on_the_scale_of_the_year(
    record: duckdb.DuckDBPyConnection,
) -> None:
    paid = {
        (year, round(pounds))
        for year, pounds in record.execute(
            "SELECT year(month + INTERVAL 9 MONTH), basic_pay * 12 / fte / 100 FROM "
            "staff_month WHERE band = '3' AND fte = 1 AND status = 'active'"
        ).fetchall()
    }
    assert paid == {(2020, 18813), (2020, 20795), (2021, 19737), (2021, 21142)}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(
    tmp_path: Path,
) -> None:
    def digests(name: str, seed: int) -> dict[str, str]:
        folder = synthesise(tmp_path / name, scale=0.002, seed=seed)
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    first, again, other = digests("a", 1), digests("b", 1), digests("c", 2)
    assert first == again
    assert first.keys() == other.keys()
    staff = f"staff-record/{FILES[StaffMonth]}"
    assert first[staff] != other[staff]


def test_a_run_takes_away_what_the_last_one_made_and_nothing_else(
    tmp_path: Path,
) -> None:
    synthesise(tmp_path, scale=0.001, seed=1)
    own = tmp_path / "published" / "notes.csv"
    own.write_text("mine\n")
    stale = tmp_path / "published" / "SYNTHETIC stale.csv"
    stale.write_text("old\n")
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    truth["files"].append("published/SYNTHETIC stale.csv")
    truth["files"].append("../outside.csv")
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    outside = tmp_path.parent / "outside.csv"
    outside.write_text("not yours\n")
    synthesise(tmp_path, scale=0.001, seed=1)
    assert own.exists()
    assert outside.exists()
    assert not stale.exists()


@pytest.mark.parametrize("scale", [0.0, -1.0, 50.0, float("nan")])
def test_a_scale_that_makes_no_sense_is_refused_before_a_file_is_made(
    tmp_path: Path, scale: float
) -> None:
    with pytest.raises(DefinitionError, match="scale"):
        synthesise(tmp_path / "nhs", scale=scale, seed=1)
    assert not (tmp_path / "nhs").exists()


REBANDING = Rebanding(
    employer="RXT",
    job_role="Healthcare Assistant",
    month=dt.date(2020, 2, 1),
    from_band="2",
    to_band="3",
)


UNFAIRNESS = Unfairness(ethnic_group="black", band="2", odds_ratio=0.25)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of an NHS with both plants: one is of a trust, the other of England."""
    plant = Plant(rebanding=REBANDING, unfairness=UNFAIRNESS)
    folder = tmp_path_factory.mktemp("planted")
    return synthesise(folder, scale=0.1, seed=4, plant=plant)


def test_a_planted_rebanding_moves_one_role_of_one_trust_in_one_month(
    planted: Path,
) -> None:
    source = planted / "staff-record" / FILES[StaffMonth]
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT month, count(*) FILTER (band = '2'), count(*) FILTER (band = '3') "
            f"FROM '{source}' WHERE employer = 'RXT' AND main_post AND "
            "contract_type <> 'bank' AND job_role = 'Healthcare Assistant' AND "
            "status = 'active' GROUP BY 1 ORDER BY 1"
        ).fetchall()
    before = [row for row in rows if row[0] < REBANDING.month]
    after = [row for row in rows if row[0] >= REBANDING.month]
    assert min(two for _, two, _ in before) >= 5
    assert max(two for _, two, _ in after) <= 1
    assert after[0][2] > before[-1][2] + 4
    told = json.loads((planted / "truth.json").read_text("utf-8"))["planted"]
    assert told["rebanding"]["employer"] == "RXT"
    assert told["people_rebanded"] >= 5


def test_a_planted_unfairness_lowers_the_odds_of_one_group_at_one_band(
    planted: Path, tmp_path: Path
) -> None:
    fair = synthesise(tmp_path, scale=0.1, seed=4)
    folders = {"fair": fair, "unfair": planted}
    ratio = {}
    for name, folder in folders.items():
        source = folder / "staff-record" / FILES[StaffMonth]
        with duckdb.connect() as connection:
            counts = connection.execute(
                f"WITH people AS (SELECT * FROM '{source}' WHERE main_post AND "
                "contract_type <> 'bank') SELECT was.ethnicity IN ('M', 'N', 'P'), "
                "count(*) FILTER (now.band IN ('3', '4', '5')), count(*) FROM people "
                "was JOIN people now USING (person_id) WHERE was.band = '2' AND "
                "was.month = DATE '2019-06-01' AND now.month = DATE '2020-06-01' "
                "GROUP BY 1 ORDER BY 1"
            ).fetchall()
        odds = [up / (all_ - up) for _, up, all_ in counts]
        ratio[name] = odds[1] / odds[0]
    assert 0.75 < ratio["fair"] < 1.9
    assert ratio["unfair"] < 0.5 * ratio["fair"]
    assert ratio["unfair"] == pytest.approx(0.25 * ratio["fair"], rel=0.5)


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (Plant(rebanding=Rebanding(
            employer="XXX", job_role="Healthcare Assistant",
            month=dt.date(2020, 2, 1), from_band="2", to_band="3")), "XXX"),
        (Plant(rebanding=Rebanding(
            employer="RXT", job_role="Astronaut",
            month=dt.date(2020, 2, 1), from_band="2", to_band="3")), "Astronaut"),
        (Plant(unfairness=Unfairness(
            ethnic_group="martian", band="2", odds_ratio=0.8)), "martian"),
        (Plant(unfairness=Unfairness(
            ethnic_group="black", band="2", odds_ratio=0.0)), "odds ratio"),
    ],
)  # fmt: skip
def test_what_cannot_be_planted_is_refused(
    tmp_path: Path, plant: Plant, told: str
) -> None:
    with pytest.raises(DefinitionError, match=told):
        synthesise(tmp_path / "nhs", scale=0.001, seed=1, plant=plant)
    assert not (tmp_path / "nhs").exists()


def test_every_table_of_the_record_is_made(made: Path) -> None:
    assert set(FILES) == {StaffMonth, Absence, Leaver, Joiner, Bonus, Competence}
    assert all((made / "staff-record" / name).is_file() for name in FILES.values())


def test_care_certificates_come_as_often_as_the_truth_says(
    made: Path, tmp_path: Path
) -> None:
    """By setting, the intervals hold the truth, whatever days are known."""
    truth = json.loads((made / "truth.json").read_text("utf-8"))
    wanted = {
        r["staff_class"]: r["within_12_weeks"]
        for r in truth["parameters"]["care_certificates"]
    }
    inputs = open_inputs([made / "staff-record"], store=tmp_path / "store")
    with open_session(inputs, Scope()) as session:
        found = session.run_unprotected(find("roles.care_certificate"))
    for name, inside in (("support_mental_health", True), ("support_other", False)):
        came = truth["care_certificates"][name]
        share = came["of_these_within_12_weeks"] / came["watched_for_12_weeks"]
        assert share == pytest.approx(wanted[name], abs=0.05)
        held = came["held_before"] / came["started"]
        for measure, value in (("within_window", wanted[name]), ("held_before", held)):
            row = found.one(measure=measure, in_service=inside)
            assert row is not None
            assert row["conf_low"] < value < row["conf_high"]


def test_certificates_are_of_people_in_post_and_no_later_than_they_left(
    record: duckdb.DuckDBPyConnection,
) -> None:
    late = (
        "SELECT count(*) FROM competence c JOIN (SELECT person_id, employer, "
        "min(month) AS began, max(month) AS ended FROM staff_month GROUP BY ALL) s "
        "USING (person_id, employer) WHERE c.achieved_on >= ended + INTERVAL 2 MONTH "
        "OR c.started_on < began OR c.started_on > ended + INTERVAL 1 MONTH"
    )
    assert _one(record, late) == 0
    nobody = (
        "SELECT count(*) FROM competence c ANTI JOIN staff_month s "
        "USING (person_id, employer)"
    )
    assert _one(record, nobody) == 0
    assert _one(record, "SELECT count(DISTINCT competence) FROM competence") == 16

"""A review becomes a chapter of the report: an invented one, whose truth is known."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from skillmix.cli.literature.chapter import invented_chapter
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.pipeline import open_session
from skillmix.schema.results import Published
from skillmix.schema.reviews import REVIEW_TABLES
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs
from skillmix.synth.literature.compose import invent
from skillmix.synth.literature.write import write_bibliography

SEED = 2020


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    invented_chapter(folder / "bibliography", folder / "tables", seed=SEED)
    return folder


@pytest.fixture(scope="module")
def truth(made: Path) -> dict:
    return json.loads((made / "bibliography" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def answered(made: Path):
    from skillmix.catalogue import find

    inputs = open_inputs([made / "tables"], store=made / "store")
    assert all(reading.used for reading in inputs.readings)

    def ask(name: str) -> Published:
        with open_session(inputs, Scope(), DuckDbEngine(threads=1)) as session:
            return session.run(find(f"evidence.{name}"))

    return ask


def test_a_review_of_known_truth_is_counted_right(answered, truth) -> None:
    published = answered("flow")
    assert published.disclosure == "already published"
    count = {(r["flow_step"], r["flow_detail"]): r.estimate for r in published.rows}
    assert count["identified", "all"] == truth["records"]
    for database, records in truth["by_database"].items():
        assert count["identified", database] == records
    assert count["duplicates_removed", "all"] == truth["duplicates"]
    assert count["screened", "all"] == truth["found"]
    assert count["sought", "all"] == truth["wanted"]
    assert count["included", "all"] == truth["included"]
    assert count["undecided", "all"] == 0


def test_the_flow_of_the_chapter_is_that_of_the_command(
    skillmix, made, answered
) -> None:
    """Two ways to one count: an expression over the table, and the log itself."""
    folder = made / "bibliography"
    ran = skillmix(
        *("literature", "flow", folder / "exports", "--log", folder / "screening.csv"),
        *("--format", "json"),
    )
    assert ran.code == 0, ran.err
    rows = {
        r["flow_step"]: r.estimate
        for r in answered("flow").rows
        if r["flow_detail"] == "all"
    }
    told = ran.json
    for step, key in {
        "identified": "identified",
        "duplicates_removed": "duplicates_removed",
        "outside_strategy": "outside_strategy",
        "screened": "screened",
        "excluded": "excluded",
        "undecided": "pending",
        "sought": "sought",
        "not_retrieved": "not_retrieved",
        "assessed": "assessed",
        "undecided_full_text": "pending_full_text",
        "included": "included",
    }.items():
        assert rows[step] == told[key], step
    assert rows["excluded_full_text"] == sum(told["excluded_full_text"].values())


def test_the_search_is_given_for_each_database_as_its_platform_wants_it(
    answered, truth
) -> None:
    rows = answered("search_lines").rows
    assert {r["database"] for r in rows} == set(truth["by_database"])
    texts = {(r["database"], r["search_line"]): r["search_text"] for r in rows}
    assert texts["Scopus", "2"].startswith("TITLE-ABS-KEY(")
    assert "ti,ab" in texts["MEDLINE", "2"]
    for row in rows:
        assert row.estimate is not None
        assert row.estimate <= truth["by_database"][row["database"]]


def test_works_the_search_misses_bring_the_term_that_finds_them(answered) -> None:
    works = answered("known_works_listed")
    missed = works.where(known_state="missed")
    assert any("peer mentors" in r["known_work"].lower() for r in missed)
    assert {r["missed_by"] for r in works.where(known_state="found")} == {"none"}
    terms = answered("suggested_terms").where(measure="gains")
    best = max(terms, key=lambda r: r.estimate or 0)
    assert best["suggested_term"] == "“peer mentors”"


def test_the_register_finds_what_is_cited_and_not_listed(answered) -> None:
    register = answered("register")
    unlisted = {r["cited"] for r in register.where(claim_state="unlisted")}
    assert unlisted == {"Nettlefold, 2016"}
    states = {r["claim_state"]: r.estimate for r in answered("traced_claims").rows}
    assert states["unlisted"] == 1
    assert states["uncited"] == len(register.where(claim_state="uncited")) == 1


def test_evidence_stands_with_its_theme_and_the_rest_says_it_is_not_filled_in(
    answered, truth
) -> None:
    rows = answered("included_works").rows
    assert len(rows) == truth["included"]
    blank = [r for r in rows if r["evidence_theme"] == "not_extracted"]
    assert 0 < len(blank) < len(rows)
    assert {r["finding"] for r in blank} == {"not filled in"}


def test_every_table_keeps_its_own_rules(made) -> None:
    written = {p.stem: p for p in (made / "tables").glob("*.parquet")}
    assert set(written) == {t.name for t in REVIEW_TABLES}
    for table in REVIEW_TABLES:
        rows = pq.read_table(written[table.name]).to_pylist()
        keys = [tuple(row[k] for k in table.key) for row in rows]
        assert len(keys) == len(set(keys)), table.name
        for name, column in table.columns().items():
            if column.vocabulary:
                found = {row[name] for row in rows} - {None}
                assert found <= set(column.vocabulary), f"{table.name}.{name}"


def test_the_report_has_the_chapter_in_every_edition(skillmix, made) -> None:
    out = made / "report"
    assert skillmix("report", made / "tables", "--out", out).code == 0
    page = (out / "index.html").read_text("utf-8")
    assert "The evidence" in page
    assert "Reports assessed for eligibility" in page
    with (out / "tables" / "evidence-flow.csv").open(encoding="utf-8") as file:
        steps = {row["flow_step"] for row in csv.DictReader(file)}
    assert {"identified", "included"} <= steps
    assert (out / "report.pdf").stat().st_size > 0
    assert (out / "report.xlsx").stat().st_size > 0


def test_a_table_that_an_earlier_run_wrote_goes_when_its_rows_do(
    skillmix, made, tmp_path
) -> None:
    exports = made / "bibliography" / "exports"
    document = made / "bibliography" / "report.md"
    command = ("literature", "chapter", exports, "--out", tmp_path)
    assert skillmix(*command, "--document", document).code == 0
    assert (tmp_path / "cited_claim.parquet").exists()
    assert skillmix(*command).code == 0
    left = {p.stem for p in tmp_path.iterdir()}
    assert left == {"review_record", "search_line", "search_item"}


def test_a_strategy_may_say_what_only_its_searchers_know(
    skillmix, made, tmp_path
) -> None:
    strategy = tmp_path / "s.toml"
    text = "name='s'\ntitle='S'\n[[line]]\nterms='mental health'\n[reported]\n"
    strategy.write_text(text + "peer_review='By a second librarian.'\n", "utf-8")
    exports = made / "bibliography" / "exports"
    command = ("literature", "report", exports, "--strategy", strategy)
    assert "By a second librarian." in skillmix(*command).out
    strategy.write_text(text + "peer_revue='By a second librarian.'\n", "utf-8")
    refused = skillmix(*command)
    assert refused.code == 2
    assert "peer_revue" in refused.err
    assert "peer_review" in refused.err


def test_titles_that_look_like_formulas_are_text_in_every_file(
    skillmix, made, tmp_path
) -> None:
    export = tmp_path / "exports" / "evil.ris"
    export.parent.mkdir()
    title = '=HYPERLINK("http://example.org","support workers mental health career")'
    export.write_text(f"TY  - JOUR\nTI  - {title}\nPY  - 2019\nER  - \n", "utf-8")
    tables = tmp_path / "tables"
    ran = skillmix(
        *("literature", "chapter", export.parent, "--out", tables, "--known", export)
    )
    assert ran.code == 0, ran.err
    assert skillmix("report", tables, "--out", tmp_path / "out").code == 0
    known = (tmp_path / "out" / "tables" / "evidence-known-works-listed.csv").read_text(
        "utf-8"
    )
    assert "'=HYPERLINK" in known


def test_another_seed_gives_another_bibliography_and_the_same_seed_the_same(
    tmp_path,
) -> None:
    def content(name: str, seed: int) -> dict[str, bytes]:
        write_bibliography(tmp_path / name, seed=seed)
        files = sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
        return {str(p.relative_to(tmp_path / name)): p.read_bytes() for p in files}

    first = content("one", 1)
    assert content("again", 1) == first
    assert content("two", 2) != first
    assert len({w.title for w in invent(1)}) == len(invent(1))

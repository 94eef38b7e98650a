"""The literature commands as a librarian and two screeners use them."""

from __future__ import annotations

import csv
import io

import pytest

from functional.literature_services import Service, serving
from readers import bibliography_samples as samples

STRATEGY = "nuffield-2020"


@pytest.fixture
def exports(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    plain = "".join(map(samples.ris, samples.MADE))
    (folder / "scopus.csv").write_text(samples.sheet("Scopus", *samples.MADE), "utf-8")
    (folder / "hmic.txt").write_text(samples.ovid(samples.MADE[0], 1), "utf-8")
    (folder / "zotero.ris").write_text(plain, "utf-8")
    (folder / "notes.txt").write_text("Searched in November.", "utf-8")
    return folder


def test_search_reads_runs_joins_and_counts(skillmix, exports):
    ran = skillmix("literature", "search", exports, "--format", "json")
    assert ran.code == 0
    told = ran.json
    assert told["schema"] == "skillmix.literature.search/1"
    assert told["reconciled"]
    assert {f["file"]: f["records"] for f in told["files"]} == {
        "hmic.txt": 1,
        "notes.txt": 0,
        "scopus.csv": 2,
        "zotero.ris": 2,
    }
    assert told["records"] == 5
    assert told["flow"]["identified_by_database"] == {
        "Scopus": 2,
        "not stated": 2,
        "HMIC": 1,
    }
    assert told["flow"]["duplicates_removed"] == 3
    assert told["flow"]["screened"] == 1
    (publication,) = told["publications"]
    assert len(publication["records"]) == 3
    assert {m["line"] for m in publication["matched"]} >= {"1", "2", "4"}


def test_search_for_a_reader_prints_files_lines_and_flow(skillmix, exports):
    ran = skillmix("literature", "search", exports)
    assert ran.code == 0
    for told in ("Ovid text", "Scopus CSV", "Publications to screen", "mental health"):
        assert told in ran.out


def test_search_of_nothing_says_so(skillmix, tmp_path):
    ran = skillmix("literature", "search", tmp_path / "absent")
    assert ran.code == 4
    assert "absent" in ran.err
    assert "Traceback" not in ran.err


def test_a_strategy_that_does_not_exist_brings_those_that_do(skillmix, exports):
    ran = skillmix("literature", "search", exports, "--strategy", "nufield")
    assert ran.code == 3
    assert STRATEGY in ran.err


def test_lint_fails_on_errors_only(skillmix, tmp_path):
    assert skillmix("literature", "lint", STRATEGY).code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text("name='x'\ntitle='y'\n[[line]]\nterms='(a OR b'\n", "utf-8")
    ran = skillmix("literature", "lint", bad)
    assert ran.code == 1
    assert "unbalanced-bracket" in ran.out


def test_render_writes_a_file_for_each_platform(skillmix, tmp_path):
    ran = skillmix("literature", "render", STRATEGY, "--out", tmp_path)
    assert ran.code == 0
    assert len(list(tmp_path.glob("*.txt"))) == 9
    ran = skillmix("literature", "render", "--platform", "scopus", "--format", "json")
    (told,) = ran.json["platforms"]
    assert told["combination"] == "#1 AND (#2 OR #3) AND (#4 OR #5)"


def test_a_link_is_undone_by_editing_its_row(skillmix, exports, tmp_path):
    links = tmp_path / "links.csv"
    ran = skillmix("literature", "dedupe", exports, "--out", links, "--format", "json")
    assert ran.json["publications"] == 2
    rows = list(csv.DictReader(io.StringIO(links.read_text("utf-8-sig"))))
    pair = next(r for r in rows if r["title_one"] == samples.MADE[1].title)
    pair |= {"decision": "different", "by": "KM"}
    with links.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(pair))
        writer.writeheader()
        writer.writerow(pair)
    ran = skillmix(
        "literature", "dedupe", exports, "--links", links, "--format", "json"
    )
    assert ran.json["publications"] == 3


def decide(skillmix, exports, folder, who, stage, decision, reason=""):
    sheet = folder / f"{who}-{stage}.csv"
    skillmix("literature", "screen", "out", exports, "--out", sheet)
    rows = list(csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig"))))
    for row in rows:
        row |= {"decision": decision, "reason": reason}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return skillmix(
        *("literature", "screen", "take", sheet, exports, "--screener", who),
        *("--stage", stage, "--log", folder / "log.csv"),
    )


def test_two_screeners_take_a_review_from_search_to_table(skillmix, exports, tmp_path):
    log = tmp_path / "log.csv"
    for who in ("KM", "PO"):
        for stage in ("title_abstract", "full_text"):
            ran = decide(skillmix, exports, tmp_path, who, stage, "include")
            assert ran.code == 0, ran.err
    ran = skillmix("literature", "screen", "agree", "KM", "PO", "--log", log)
    assert "1 records decided by both, 100% alike" in ran.out
    out = tmp_path / "out"
    ran = skillmix(
        "literature", "flow", exports, "--log", log, "--out", out, "--format", "json"
    )
    assert ran.json["included"] == 1
    assert (out / "flow.svg").read_text("utf-8").startswith("<svg")
    table = tmp_path / "evidence.csv"
    ran = skillmix("literature", "evidence", exports, "--log", log, "--out", table)
    assert "1 publications" in ran.out
    assert samples.MADE[0].doi in table.read_text("utf-8-sig")


def test_an_exclusion_without_a_reason_is_not_taken(skillmix, exports, tmp_path):
    ran = decide(skillmix, exports, tmp_path, "KM", "title_abstract", "exclude")
    assert ran.code == 7
    assert "needs a reason" in ran.err
    assert not (tmp_path / "log.csv").exists()


@pytest.mark.parametrize("tool", ["sheet", "asreview", "rayyan", "covidence"])
def test_lists_are_written_for_every_tool(skillmix, exports, tmp_path, tool):
    file = tmp_path / "list"
    ran = skillmix(
        "literature", "screen", "out", exports, "--tool", tool, "--out", file
    )
    assert ran.code == 0
    assert samples.MADE[0].title in file.read_text("utf-8-sig")


def test_recall_says_its_doubt(skillmix):
    ran = skillmix("literature", "screen", "recall", 40, 1000, 100, 0)
    assert "95% confidence" in ran.out
    assert "not shown to be reached" in ran.out
    assert skillmix("literature", "screen", "recall", 4, 10, 20, 0).code == 2


def test_the_search_report_is_written(skillmix, exports, tmp_path):
    out = tmp_path / "search.md"
    ran = skillmix("literature", "report", exports, "--out", out)
    assert ran.code == 0
    assert "PRISMA-S" in out.read_text("utf-8")


def test_a_report_is_checked_against_its_own_references(skillmix, shared):
    document = shared / "report.txt"
    ran = skillmix("literature", "register", document)
    assert ran.code == 0
    assert "77 references" in ran.out
    ran = skillmix("literature", "known", document, "--format", "json")
    assert ran.json["found"] == 7


def test_a_live_search_is_kept_and_read(skillmix, tmp_path):
    with serving(Service(records=12)) as service:
        ran = skillmix(
            *("literature", "fetch", "pubmed", "--out", tmp_path / "pages"),
            *("--base", service.base, "--format", "json"),
        )
    assert ran.code == 0, ran.err
    assert ran.json["reconciled"]
    ran = skillmix("literature", "search", tmp_path / "pages", "--format", "json")
    assert ran.json["found"]["publications"] == 12


def test_the_whole_folder_of_real_exports(skillmix, shared):
    folder = shared / "data" / "bibliography"
    ran = skillmix(
        *("literature", "search", "--strategy", STRATEGY, folder),
        *("--format", "json", "--no-matches"),
    )
    assert ran.code == 0
    assert ran.json["reconciled"]
    assert ran.json["records"] > 3000
    read = [f for f in ran.json["files"] if f["status"] == "read"]
    assert all(f["markers"] == f["records"] for f in read)

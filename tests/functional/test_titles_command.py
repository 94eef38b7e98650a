"""`skillmix titles` as a user runs it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

LIST = """\
Job title,Headcount,Trust,Band
Healthcare Assistant,340,RJ1,3
Healthcare Assistant,40,RRU,2
HCA - Nights,120,RJ1,2
Snr Support Wkr,12,RRU,3
STR worker,25,RRU,4
Ward Clerk,33,RRU,2
Keeper of the Flame,8,RRU,2
Keepers of the Flame,3,RRU,2
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "titles.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_of_titles_is_brought_to_roles(skillmix, listed):
    ran = skillmix("titles", listed, "--format", "json")
    assert ran.code == 0, ran.err
    told = ran.json
    by_title = {t["title"]: t for t in told["titles"]}
    assert by_title["HCA - Nights"]["role"] == "healthcare assistant"
    assert by_title["HCA - Nights"]["esr_code"] == "07004"
    assert by_title["Ward Clerk"]["scope"] == "out"
    assert by_title["STR worker"]["fields"]["role"]["quote"] == "STR"
    assert told["summary"]["titles_before"] == 4
    assert told["summary"]["titles_after"] == 3
    assert told["summary"]["people_affected"] == 155
    (standard,) = [
        s for s in told["proposal"] if s["standard_title"] == "Healthcare assistant"
    ]
    assert standard["people"] == 500
    assert standard["employers_affected"] == 1
    assert [b["value"] for b in standard["bands"]] == ["2", "3"]
    (cluster,) = told["unmatched"]
    # The other spelling is held by fewer than five people.
    assert cluster["titles"] == ["Keeper of the Flame"]


def test_the_same_list_gives_the_same_bytes(skillmix, skillmix_process, listed):
    first = skillmix("titles", listed, "--format", "csv")
    again = skillmix_process("titles", listed, "--format", "csv")
    assert first.out == again.out
    rows = list(csv.DictReader(io.StringIO(first.out)))
    assert rows[0]["title"] == "Healthcare Assistant"


def test_the_table_says_what_could_become_of_the_titles(skillmix, listed):
    ran = skillmix("titles", listed)
    assert "The 4 could become 3." in ran.out
    assert "Keeper of the Flame" in ran.out
    assert "[c]" in ran.out or "1 to 4 people are not shown" in ran.out


def test_a_mapping_file_is_written_edited_and_obeyed(skillmix, listed, tmp_path):
    out = tmp_path / "out"
    ran = skillmix("titles", listed, "--out", out)
    assert ran.code == 0, ran.err
    names = {"titles.csv", "titles.json", "proposal.csv", "spread.csv", "clarity.csv"}
    assert {p.name for p in out.iterdir()} == {*names, "unmatched.csv", "mapping.csv"}
    mapping = out / "mapping.csv"
    text = mapping.read_text(encoding="utf-8-sig")
    line = "Keeper of the Flame,,,unsure,unsure,,"
    assert line in text
    edited = text.replace(line, "Keeper of the Flame,activities coordinator,,,,,ours")
    mapping.write_text(edited, encoding="utf-8")
    ran = skillmix(
        "titles", listed, "--mapping", mapping, "--out", out, "--format", "json"
    )
    (title,) = [t for t in ran.json["titles"] if t["title"] == "Keeper of the Flame"]
    assert title["role"] == "activities coordinator"
    assert title["fields"]["role"]["state"] == "decided"
    assert title["note"] == "ours"
    assert "activities coordinator,,,,,ours" in mapping.read_text(encoding="utf-8-sig")


def test_a_wrong_mapping_file_ends_with_its_own_code(skillmix, listed, tmp_path):
    wrong = tmp_path / "m.csv"
    wrong.write_text("title,role\nHCA,helthcare assistant\n", encoding="utf-8")
    ran = skillmix("titles", listed, "--mapping", wrong)
    assert ran.code == 7
    assert "did you mean" in ran.err
    assert skillmix("titles", listed, "--mapping", tmp_path / "no.csv").code == 4


def test_a_list_without_counts_counts_lines(skillmix, tmp_path):
    path = tmp_path / "titles.txt"
    path.write_text("HCA\nHCA\nBand 2 HCSW, Dune Ward\n", encoding="utf-8")
    told = skillmix("titles", path, "--format", "json").json
    assert told["unit"] == "lines"
    assert [t["people"] for t in told["titles"]] == [2, 1]


RARE = "Job title,Count\nHCA,40\nKeeper of the Flame,2\nWard Clerk,7\n"


def test_a_counted_list_names_no_title_of_fewer_than_five(skillmix, tmp_path):
    """A rare title tells who holds it, on whoever's list it stands."""
    path, out = tmp_path / "titles.csv", tmp_path / "out"
    path.write_text(RARE, encoding="utf-8")
    ran = skillmix("titles", path, "--out", out)
    assert "Keeper" not in ran.out
    assert "Not named: 1 title." in ran.out
    assert not any("Keeper" in p.read_text("utf-8") for p in out.iterdir())
    ran = skillmix("titles", path, "--out", out, "--disclosure", "internal")
    assert "Keeper of the Flame" in ran.out
    assert "internal, not for publication" in ran.out
    assert "Keeper" in (out / "mapping.csv").read_text("utf-8")


def test_a_list_of_one_line_a_person_is_protected(skillmix, tmp_path):
    path = tmp_path / "titles.txt"
    path.write_text("HCA\n" * 12 + "Keeper of the Flame\n", encoding="utf-8")
    told = skillmix("titles", path, "--format", "json").json
    assert told["unit"] == "people"
    assert [t["title"] for t in told["titles"]] == ["HCA"]
    assert told["titles"][0]["people"] == 10
    path.write_text("Vacancy\n" + "HCA\n" * 12 + "Flame Keeper\n", encoding="utf-8")
    told = skillmix("titles", path, "--format", "json").json
    assert told["unit"] == "lines"
    assert len(told["titles"]) == 2


def test_what_is_no_list_is_told(skillmix, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("colour,size\nblue,3\n", encoding="utf-8")
    ran = skillmix("titles", odd)
    assert ran.code == 6
    assert "No column of it holds job titles" in ran.err
    assert skillmix("titles", tmp_path / "absent.csv").code == 4


def test_a_cell_longer_than_csv_allows_is_no_crash(skillmix, tmp_path):
    path = tmp_path / "titles.txt"
    path.write_text("A" * 200_000 + "\nHCA\n", encoding="utf-8")
    ran = skillmix("titles", path, "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.json["summary"]["in_scope"] == 1
    table = tmp_path / "titles.csv"
    table.write_text('Job title,Count\n"' + "A" * 200_000 + '",9\n', encoding="utf-8")
    ran = skillmix("titles", table)
    assert ran.code == 5
    assert "cannot be read as CSV" in ran.err


def test_a_workbook_that_would_fill_the_memory_is_refused(skillmix, tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    ran = skillmix("titles", bomb)
    assert ran.code == 5
    assert "Error" in ran.err


def test_a_staff_record_names_no_title_of_fewer_than_five(skillmix, tiny_nhs, tmp_path):
    store = tmp_path / "store"
    record = tiny_nhs / "staff-record"
    command = ("titles", record, "--month", "2020-06", "--store", store)
    ran = skillmix(*command, "--format", "json")
    assert ran.code == 0, ran.err
    told = ran.json
    assert told["titles"]
    assert all(t["people"] >= 5 for t in told["titles"])
    hidden = told["summary"]["titles"] - len(told["titles"])
    assert told["summary"]["titles_not_named"] == hidden > 0
    exact = skillmix(*command, "--format", "json", "--disclosure", "internal").json
    assert exact["disclosure"] == "internal, not for publication"
    assert len(exact["titles"]) == told["summary"]["titles"]


def test_analyses_of_titles_answer_from_a_staff_record(skillmix, tiny_nhs):
    for name in ("title_variety", "title_clarity", "title_simplification"):
        ran = skillmix(
            "show",
            f"roles.{name}",
            tiny_nhs / "staff-record",
            "--month",
            "2020-06",
            "--format",
            "json",
        )
        assert ran.code == 0, ran.err
        assert ran.json["rows"]

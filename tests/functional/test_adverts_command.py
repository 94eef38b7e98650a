"""`skillmix adverts` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from skillmix.synth.adverts import write_adverts


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("invented")
    write_adverts(out, seed=5)
    return out / "adverts"


@pytest.fixture(scope="module")
def told(skillmix, folder):
    ran = skillmix("adverts", folder, "--format", "json", "--quiet")
    assert ran.code == 0, ran.err
    return ran.json


def test_json_has_an_object_an_advert_with_every_field(told):
    assert told["kind"] == "skillmix adverts"
    assert told["summary"]["adverts"] == 60
    assert told["summary"]["files_not_read"] == 0
    first = told["adverts"][0]
    band = first["fields"]["afc_band"]
    assert {"value", "state", "quote", "start", "end", "rule", "confidence"} <= set(
        band
    )
    assert {a["role"] for a in told["adverts"]} - {None}
    states = {f["state"] for a in told["adverts"] for f in a["fields"].values()}
    assert states == {"stated", "silent", "attachment_not_read"}


def test_table_is_readable_and_names_the_sample(skillmix, folder):
    ran = skillmix("adverts", folder, "--quiet")
    assert ran.code == 0, ran.err
    assert "60 adverts" in ran.out
    assert "NHS (n=" in ran.out
    assert "Document not read" in ran.out


def test_csv_has_a_row_an_advert_and_field(skillmix, folder, told):
    ran = skillmix("adverts", folder, "--format", "csv", "--quiet")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    fields = len(told["adverts"][0]["fields"])
    assert len(rows) == 60 * fields


def test_the_written_table_is_an_input_of_the_report(skillmix, folder, tmp_path):
    ran = skillmix("adverts", folder, "--out", tmp_path / "coded", "--quiet")
    assert ran.code == 0, ran.err
    written = {p.name for p in (tmp_path / "coded").iterdir()}
    assert written == {
        *("adverts.json", "values.csv", "frame.csv", "tables.csv", "states.csv"),
        *("files.csv", "coded_adverts.parquet"),
    }
    table = pq.read_table(tmp_path / "coded" / "coded_adverts.parquet")
    assert table.num_rows == 60
    checked = skillmix("check", tmp_path / "coded" / "coded_adverts.parquet")
    assert checked.code == 0, checked.err
    assert "60" in checked.out


def test_what_the_sample_leaves_out_can_be_kept(skillmix, tmp_path):
    post = "Title: {}\nEmployer: Wendale Mental Health NHS Trust\nSalary: £18,005\n"
    body = "We seek a {} for our mental health ward. You will work shifts there.\n"
    for number, title in enumerate(("Healthcare Assistant", "Trainee Support Worker")):
        text = post.format(title) + body.format(title)
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    left = skillmix("adverts", tmp_path, "--format", "json", "--quiet").json
    assert [a["exclusion"] for a in left["adverts"]] == [None, "training"]
    assert left["frame"]["left_out"]["training"]["adverts"] == 1
    kept = skillmix(
        "adverts", tmp_path, "--format", "json", "--keep", "training", "--quiet"
    ).json
    assert [a["exclusion"] for a in kept["adverts"]] == [None, None]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--keep", "everything"), "is none of"),
        (("--nation", "atlantis"), "atlantis is none of england"),
        (("--bands", "two"), "bands as numbers"),
        (("--coding", "one.csv"), "two codings"),
    ],
)
def test_a_wrong_choice_is_explained(skillmix, folder, arguments, told):
    ran = skillmix("adverts", folder, *arguments, "--quiet")
    assert ran.code == 2
    assert told in " ".join(ran.err.split())


def test_no_advert_is_an_error_with_the_reasons(skillmix, tmp_path):
    (tmp_path / "a.html").write_text("<html></html>", encoding="utf-8")
    ran = skillmix("adverts", tmp_path, "--quiet")
    assert ran.code != 0
    assert "No advert was found" in ran.err
    assert "a.html" in ran.err


class TestReview:
    """Two coders fill in a sheet each, a third settles what differs."""

    @pytest.fixture
    def sheets(self, skillmix, folder, tmp_path):
        """Two codings that differ in one cell, the first as CSV, the second as XLSX."""
        ran = skillmix(
            "adverts", folder, "--sheet", tmp_path / "sheet.csv", "--blind", "--quiet"
        )
        assert ran.code == 0, ran.err
        rows = _rows(tmp_path / "sheet.csv")
        assert {r["suggested"] for r in rows} == {""}
        seen = list(dict.fromkeys(r["advert"] for r in rows))[:4]
        wanted = [
            r for r in rows if r["advert"] in seen and r["field"] == "flexibility"
        ]
        codes = ["none", "demanded", "offered", "none"]
        for row, code in zip(wanted, codes, strict=True):
            row["code"] = code
        _write(tmp_path / "ann.csv", wanted)
        wanted[3]["code"] = "both"
        _write_book(tmp_path / "bea.xlsx", wanted)
        return tmp_path, wanted

    def test_agreement_and_differences(self, skillmix, folder, sheets):
        place, wanted = sheets
        ran = self._compare(skillmix, folder, place)
        assert ran.code == 0, ran.err
        assert "Agreement of ann and bea" in ran.out
        assert "Codes agreed and settled: 3; differing: 1." in ran.out
        (row,) = _rows(place / "out" / "differences.csv")
        assert row["advert"] == wanted[3]["advert"]
        assert (row["ann"], row["bea"]) == ("none", "both")

    def test_settled_codes_are_obeyed_and_never_overwritten(
        self, skillmix, folder, sheets
    ):
        place, wanted = sheets
        self._compare(skillmix, folder, place)
        gold = _lines(place / "gold.jsonl")
        assert [g["code"] for g in gold] == ["none", "demanded", "offered"]
        assert {g["by"] for g in gold} == {"ann and bea"}

        (row,) = _rows(place / "out" / "differences.csv")
        row["code"] = "both"
        wanted[0]["code"] = "offered"
        _write(place / "cal.csv", [{**wanted[0]}, {**wanted[3], "code": row["code"]}])
        ran = skillmix(
            *("adverts", folder, "--decided", place / "cal.csv"),
            *("--gold", place / "gold.jsonl", "--format", "json", "--quiet"),
        )
        assert ran.code == 0, ran.err
        assert "settled ones, which stay: 1." in ran.err
        grown = _lines(place / "gold.jsonl")
        assert [g["code"] for g in grown] == ["none", "demanded", "offered", "both"]
        assert grown[:3] == gold
        found = {a["id"]: a["fields"]["flexibility"] for a in ran.json["adverts"]}
        for one in grown:
            assert found[one["advert"]]["value"] == one["code"]
            assert found[one["advert"]]["confidence"] == 1.0

    def test_a_code_that_is_none_is_refused_with_the_codes_there_are(
        self, skillmix, folder, sheets
    ):
        place, wanted = sheets
        wanted[0]["code"] = "perhaps"
        _write(place / "ann.csv", wanted)
        ran = self._compare(skillmix, folder, place)
        assert ran.code != 0
        assert "flexibility (1 cells)" in ran.err
        assert not (place / "gold.jsonl").exists()

    def test_a_workbook_offers_its_codes_and_its_guide(
        self, skillmix, folder, tmp_path
    ):
        path = tmp_path / "sheet.xlsx"
        ran = skillmix("adverts", folder, "--sheet", path, "--quiet")
        assert ran.code == 0, ran.err
        book = CalamineWorkbook.from_path(str(path))
        assert book.sheet_names == ["Codes", "Guide"]
        heads = book.get_sheet_by_name("Codes").to_python()[0]
        assert heads[-2:] == ["code", "note"]
        guide = dict(r[:2] for r in book.get_sheet_by_name("Guide").to_python())
        assert "flexibility" in guide

    def _compare(self, skillmix, folder, place):
        return skillmix(
            *("adverts", folder, "--coding", place / "ann.csv"),
            *("--coding", place / "bea.xlsx", "--gold", place / "gold.jsonl"),
            *("--out", place / "out", "--quiet"),
        )


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _write_book(path, rows):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, list(rows[0]))
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, list(row.values()))


def _lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

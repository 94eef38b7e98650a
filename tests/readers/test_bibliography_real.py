"""Real exports of public tools' test data: every record read, every title found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skillmix.literature.reading.exports import read_exports
from skillmix.literature.record import FileReading

# What is in the folder and is no export.
NO_EXPORTS = {"README.md", "SOURCES.csv", "strategy.txt"}
# Exports made to have records without a title.
UNTITLED = {
    "asreview_duplicate_records.csv": 4,
    "asreview_missing_values.csv": 2,
    "rispy_example_bom.ris": 1,
    "rispy_example_multiline.ris": 3,
}
TITLE_TAG = re.compile(r"(?m)^[ \t]{0,3}(?:TI|T1|CT|BT|TT|ST)[ \t]{1,2}-[ \t]+\S")


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "bibliography"


@pytest.fixture(scope="module")
def readings(folder: Path) -> dict[str, FileReading]:
    return {r.file: r for r in read_exports([folder])}


def test_every_file_that_holds_records_is_read(readings, folder):
    assert set(readings) == {p.name for p in folder.iterdir()}
    unread = {r.file for r in readings.values() if r.status != "read"}
    assert unread == NO_EXPORTS


def test_markers_and_records_agree_in_every_file(readings):
    wrong = [r.file for r in readings.values() if not r.reconciled]
    assert not wrong
    assert sum(len(r.records) for r in readings.values()) > 3000


def test_every_record_that_has_a_title_is_given_it(readings):
    without = {
        r.file: len(r.records) - r.titled
        for r in readings.values()
        if r.titled < len(r.records)
    }
    assert without == UNTITLED


def test_titles_are_as_many_as_title_lines(readings, folder):
    """Counted on the text itself, for the files in which each has a line of its own."""
    checked = 0
    for reading in readings.values():
        if reading.dialect != "RIS" or reading.file in UNTITLED:
            continue
        text = (folder / reading.file).read_text("utf-8-sig")
        records = re.split(r"(?m)^[ \t]{0,3}TY[ \t]{1,2}-", text)[1:]
        titled = sum(1 for r in records if TITLE_TAG.search(r))
        assert reading.titled == titled, reading.file
        checked += 1
    assert checked > 25


@pytest.mark.parametrize(
    ("file", "dialect", "databases"),
    [
        ("cff_embase.csv", "Embase CSV", {"Embase"}),
        ("cff_embase.xlsx", "Embase workbook", {"Embase"}),
        ("cff_cinahl.csv", "CINAHL CSV", {"CINAHL"}),
        ("cff_openalex.csv", "OpenAlex CSV", {"OpenAlex"}),
        ("cff_pubmed.ris", "PubMed text", {"PubMed"}),
        ("litstudy_scopus.csv", "Scopus CSV", {"Scopus"}),
        ("rispy_example_wos.ris", "Web of Science text", {"Web of Science"}),
        ("ovid_embase_endnote.cgi", "Ovid text", {"Embase"}),
        ("colrev_eric_nbib.nbib", "PubMed text", {"ERIC"}),
        ("cff_cochrane_refman.ris", "RIS", {"Cochrane Library"}),
    ],
)
def test_files_are_told_by_their_content(readings, file, dialect, databases):
    reading = readings[file]
    assert reading.dialect == dialect
    assert {r.database for r in reading.records} == databases


def test_one_search_in_many_formats_gives_the_same_titles(readings):
    """Embase records that went through seven programs."""
    names = ("embase.csv", "embase.xlsx", "embase.ris", "rayyan.ris", "rayyan.csv")

    def titles(name: str) -> set[str]:
        found = (r.title for r in readings[f"cff_{name}"].records)
        return {re.sub(r"\W+", " ", t.lower()).strip() for t in found}

    first, *others = map(titles, names)
    for other in others:
        assert len(first & other) >= 9


def test_identifiers_are_read_wherever_a_vendor_puts_them(readings):
    for file in ("cff_embase.ris", "cff_scopus.ris", "asreview_ovid_psycinfo.ris"):
        records = readings[file].records
        assert sum(1 for r in records if r.doi.startswith("10.")) >= len(records) - 1
    assert all(r.pmid for r in readings["cff_pubmed.csv"].records)


def test_a_year_that_cannot_be_read_is_told_and_kept(readings):
    (record,) = readings["asreview_faulty_year.ris"].records
    assert record.year is None
    assert ("PY", "10 15") in record.other

"""Bibliographic exports: told by content, every record read, nothing dropped."""

from __future__ import annotations

import pytest

from readers import bibliography_samples as samples
from readers.bibliography_samples import MADE
from skillmix.literature.reading.exports import read_export, read_exports
from skillmix.literature.record import FileReading
from skillmix.schema.citations import Citation

RIS_STYLES = ("plain", "ovid", "proquest", "cochrane", "scopus", "short")

EXPORTS: dict[str, str] = {
    **{f"ris-{s}": "".join(samples.ris(m, style=s) for m in MADE) for s in RIS_STYLES},
    "nbib": "".join(map(samples.nbib, MADE)),
    "wos": samples.wos_file(*MADE),
    "ovid": "".join(samples.ovid(m, n) for n, m in enumerate(MADE, 1)),
    "bibtex": "".join(map(samples.bibtex, MADE)),
    "pubmed-xml": samples.pubmed_xml(*MADE),
    "endnote-xml": samples.endnote_xml(*MADE),
    **{f"csv-{k}": samples.sheet(k, *MADE) for k in samples.SHEETS},
}


def read(text: str | bytes, name: str = "export.txt") -> FileReading:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return read_export(raw, file=name)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_dialect_gives_the_same_records(name):
    reading = read(EXPORTS[name])
    assert reading.status == "read"
    assert reading.reconciled
    assert len(reading.records) == len(MADE)
    for made, record in zip(MADE, reading.records, strict=True):
        assert record.title == made.title
        assert record.year == made.year
        assert record.doi == made.doi
        assert record.journal == made.journal
        assert len(record.authors) == 2
        assert record.authors[0].startswith(made.first.split(",")[0])
        assert made.abstract in record.abstract


@pytest.mark.parametrize("name", [n for n in EXPORTS if n != "ovid"])
def test_place_of_publication_is_read_from_every_dialect(name):
    for made, record in zip(MADE, read(EXPORTS[name]).records, strict=True):
        assert record.volume == made.volume
        assert record.pages.split("-")[0] == made.pages.split("-")[0]


@pytest.mark.parametrize("name", EXPORTS)
def test_the_ending_of_the_name_does_not_matter(name):
    told = {read(EXPORTS[name], f"x.{e}").dialect for e in ("ris", "csv", "txt", "bib")}
    assert len(told) == 1


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(name, encoding):
    reading = read(EXPORTS[name].encode(encoding))
    assert [r.title for r in reading.records] == [m.title for m in MADE]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_every_system_are_understood(name, ending):
    reading = read(EXPORTS[name].replace("\n", ending))
    assert [r.title for r in reading.records] == [m.title for m in MADE]


@pytest.mark.parametrize("name", EXPORTS)
def test_the_last_record_needs_no_line_end(name):
    reading = read(EXPORTS[name].rstrip())
    assert [r.title for r in reading.records] == [m.title for m in MADE]


def test_lines_of_two_encodings_in_one_file_are_both_read():
    old = samples.ris(MADE[0]).replace("made-up", "façade").encode("cp1252")
    reading = read(old + samples.ris(MADE[1]).encode("utf-8"))
    assert "façade" in reading.records[0].title
    assert reading.records[1].title == MADE[1].title
    assert reading.notes[0].count == 1
    assert "Windows-1252" in reading.notes[0].rule


def test_the_database_is_told_by_what_the_export_says():
    assert read(EXPORTS["ovid"]).records[0].database == "HMIC"
    assert read(EXPORTS["nbib"]).records[0].database == "PubMed"
    assert read(EXPORTS["wos"]).records[0].database == "Web of Science"
    assert read(EXPORTS["csv-Scopus"]).records[0].database == "Scopus"
    assert read(EXPORTS["ris-plain"]).records[0].database == ""


@pytest.mark.parametrize(
    ("line", "database"),
    [
        ("DB  - APA PsycInfo <1806 to June>", "PsycINFO"),
        ("DB  - psyh", "PsycINFO"),
        ("DB  - ABI/INFORM Global", "ABI/INFORM"),
        ("UR  - https://www.scopus.com/inward/record.uri?eid=1", "Scopus"),
        ("UR  - https://search.ebscohost.com/login.aspx?db=rzh&AN=1", "CINAHL"),
        ("AN  - WOS:0001", "Web of Science"),
        ("DP  - EBSCOhost", "EBSCOhost"),
    ],
)
def test_a_record_says_its_database_in_many_ways(line, database):
    text = samples.ris(MADE[0]).replace("ER  -", f"{line}\nER  -")
    assert read(text).records[0].database == database


def test_what_no_field_holds_is_kept_beside_the_record():
    text = samples.ris(MADE[0]).replace("ER  -", "ZZ  - odd\nDA  - 2018/04/01\nER  -")
    other = dict(read(text).records[0].other)
    assert other == {"ZZ": "odd", "DA": "2018/04/01"}


def test_a_second_title_that_differs_is_kept_beside_the_first():
    text = samples.ris(MADE[0]).replace("ER  -", "T1  - Another title\nER  -")
    record = read(text).records[0]
    assert record.title == MADE[0].title
    assert ("T1", "Another title") in record.other


def test_a_title_of_every_known_tag_is_a_title():
    for tag in ("TI", "T1", "CT", "BT", "TT", "ST"):
        (record,) = read(f"TY  - RPRT\n{tag}  - A title\nER  -\n").records
        assert record.title == "A title", tag
        assert record.kind == "report"


def test_continued_lines_belong_to_the_field_before_them():
    text = "TY  - JOUR\nTI  - One\n      two\nthree\nAB  - a\n\n  b\nER  -\n"
    (record,) = read(text).records
    assert record.title == "One two three"
    assert record.abstract == "a b"


def test_a_record_without_an_end_line_is_kept_and_told():
    text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n"
    reading = read(text)
    assert [r.title for r in reading.records] == ["One", "Two"]
    assert any("without an end line" in n.rule for n in reading.notes)


def test_text_outside_every_record_is_counted():
    reading = read("Dear all,\nsee below\n" + samples.ris(MADE[0]))
    (note,) = [n for n in reading.notes if "outside every record" in n.rule]
    assert note.count == 2
    assert reading.reconciled


def test_tags_after_the_end_line_belong_to_the_record_before():
    text = (
        samples.ris(MADE[0]).rstrip() + "\nNL  - J Inv Nurs\n\n" + samples.ris(MADE[1])
    )
    reading = read(text)
    assert reading.reconciled
    assert ("NL", "J Inv Nurs") in reading.records[0].other


def test_a_record_without_a_type_shows_in_the_reconciliation():
    reading = read("TI  - Untyped\nER  -\n" + samples.ris(MADE[0]))
    assert [r.title for r in reading.records] == ["Untyped", MADE[0].title]
    assert not reading.reconciled


def test_records_without_a_title_or_year_are_told():
    reading = read("TY  - JOUR\nDO  - 10.1234/x\nPY  - 10 15\nER  -\n")
    assert reading.titled == 0
    assert reading.records[0].doi == "10.1234/x"
    assert ("PY", "10 15") in reading.records[0].other
    rules = [n.rule for n in reading.notes]
    assert "records without a title in the export" in rules
    assert "records without a year that can be read" in rules


def test_a_workbook_is_read_like_a_table():
    header, names = samples.SHEETS["Covidence"]
    rows = [header.split(","), *(samples.values(m, names) for m in MADE)]
    reading = read(samples.workbook(*rows))
    assert reading.dialect == "Covidence workbook"
    assert [r.title for r in reading.records] == [m.title for m in MADE]
    assert reading.reconciled


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_tables_of_every_delimiter_are_read(delimiter):
    reading = read(samples.sheet("Covidence", *MADE, delimiter=delimiter))
    assert [r.title for r in reading.records] == [m.title for m in MADE]


def test_a_heading_that_repeats_moves_no_cell():
    text = (
        "Title,Year,Source title,Funding Text 1,DOI,Source,EID\n"
        "One,2018,J,a,10.1234/one,Scopus,2-s2.0-1\n"
        "Two,2019,J,a,b,10.1234/two,Scopus,2-s2.0-2\n"
    )
    reading = read(text)
    assert [r.doi for r in reading.records] == ["10.1234/one", "10.1234/two"]
    assert [r.accession for r in reading.records] == ["2-s2.0-1", "2-s2.0-2"]
    assert any("more cells than the header" in n.rule for n in reading.notes)


def test_printed_lists_are_parted():
    text = "title;authors;year\nOne;\"['Marsh, Kay', 'O''Hara, Li']\";2019\n"
    (record,) = read(text).records
    assert record.authors[0] == "Marsh, Kay"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only prose, no record.",
        "colour,size\nblue,3\n",
        '{"a": 1}',
        "<html></html>",
    ],
)
def test_what_is_no_export_is_told_and_not_guessed(text):
    reading = read(text)
    assert reading.status == "no records"
    assert reading.why


def test_a_folder_is_read_once_and_a_copy_is_told(tmp_path):
    text = samples.ris(MADE[0])
    (tmp_path / "a.ris").write_text(text, "utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "again.txt").write_text(text, "utf-8")
    (tmp_path / ".hidden").write_text(text, "utf-8")
    first, second = read_exports([tmp_path])
    assert (first.status, second.status) == ("read", "copy")
    assert "a.ris" in second.why
    assert second.file == "b/again.txt"


def test_ids_stay_when_the_search_is_exported_again(tmp_path):
    (tmp_path / "a.ris").write_text("".join(map(samples.ris, MADE)), "utf-8")
    (tmp_path / "b.ris").write_text("".join(map(samples.ris, MADE[::-1])), "utf-8")
    one, two = read_exports([tmp_path / "a.ris"]), read_exports([tmp_path / "b.ris"])
    ids = [{r.title: r.record_id for r in x[0].records} for x in (one, two)]
    assert ids[0] == ids[1]


def test_records_that_say_the_same_get_ids_of_their_own(tmp_path):
    (tmp_path / "a.ris").write_text(samples.ris(MADE[0]) * 3, "utf-8")
    (reading,) = read_exports([tmp_path])
    assert len({r.record_id for r in reading.records}) == 3


def test_records_fit_the_citation_table():
    from skillmix.literature.record import identified, records_table

    records = identified(r for t in EXPORTS.values() for r in read(t).records)
    table = records_table(records)
    assert table.schema.equals(Citation.arrow_schema())
    assert table.num_rows == len(EXPORTS) * len(MADE)

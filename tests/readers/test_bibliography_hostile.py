"""Hostile and broken exports are survived, with a clear message."""

from __future__ import annotations

import csv
import os
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from threading import Event

import pytest

from readers import bibliography_samples as samples
from readers.bibliography_samples import MADE
from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.exports import read_export, read_exports
from skillmix.literature.reading.text import LARGEST_FILE, LONGEST_FIELD
from skillmix.long_cells import cells_up_to

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><PubmedArticleSet><PubmedArticle>&j;</PubmedArticle></PubmedArticleSet>"
)


def read(text):
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return read_export(raw, file="x")


def test_a_field_of_a_million_lines():
    text = "TY  - JOUR\nTI  - Long\nAB  - a\n" + "line\n" * 1_000_000 + "ER  -\n"
    reading = read(text)
    (record,) = reading.records
    assert record.title == "Long"
    assert len(record.abstract) <= LONGEST_FIELD
    assert any("cut there" in n.rule for n in reading.notes)


def test_a_million_keywords():
    text = "TY  - JOUR\nTI  - Long\n" + "KW  - k\n" * 1_000_000 + "ER  -\n"
    (record,) = read(text).records
    assert record.keywords == ("k",)


def test_a_cell_of_a_million_lines():
    text = 'title,year\n"' + "a\n" * 1_000_000 + '",2019\n'
    reading = read(text)
    assert reading.reconciled
    assert any("cut there" in n.rule for n in reading.notes)


def test_readings_at_once_do_not_put_back_each_other_s_limit():
    before = csv.field_size_limit()
    inside, met = Event(), Event()

    def first() -> None:
        with cells_up_to(300_000):
            inside.set()
            # Long enough for the second to get in, if it is let in.
            met.wait(0.2)

    def second(earlier: Future) -> int:
        with cells_up_to(400_000):
            met.set()
            earlier.result(5)
            return csv.field_size_limit()

    with ThreadPoolExecutor(2) as pool:
        earlier = pool.submit(first)
        inside.wait(5)
        assert pool.submit(second, earlier).result(5) == 400_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_text_cut_within_a_character_keeps_its_records(encoding):
    text = "TY  - JOUR\nTI  - Whole\nPY  - 2018\nER  - \nTY  - JOUR\nTI  - Cut"
    reading = read(text.encode(encoding)[:-1])
    assert [r.title[:5] for r in reading.records] == ["Whole", "Cu\ufffd"]
    assert reading.reconciled
    assert any("cannot be read" in n.rule for n in reading.notes)


def test_a_quote_that_is_never_closed_is_told():
    text = samples.sheet("Covidence", *MADE)[:-3]
    reading = read(text)
    assert any("never closed" in n.rule for n in reading.notes)


def test_an_entity_bomb_is_refused():
    with pytest.raises(UnreadableFileError, match="entities of its own"):
        read(BOMB)


def test_an_outside_entity_is_refused():
    text = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        "<PubmedArticleSet><PubmedArticle>&a;</PubmedArticle></PubmedArticleSet>"
    )
    with pytest.raises(UnreadableFileError, match="entities of its own"):
        read(text)


def test_cut_xml_says_where():
    with pytest.raises(UnreadableFileError, match="cut short at line"):
        read(samples.pubmed_xml(*MADE)[:-40])


def test_deeply_nested_braces_end():
    text = "@article{k, title = " + "{" * 50_000 + "}" * 50_000 + ",\n year = 2019}\n"
    (record,) = read(text).records
    assert record.year == 2019


def test_an_entry_with_a_stray_brace_keeps_its_other_fields():
    text = (
        "@article{k,\n keywords = {a, b}, c}.build(),\n title = {Kept},\n"
        " year = {2019},\n}\n"
        "@article{l,\n title = {Next},\n}\n"
    )
    reading = read(text)
    assert [r.title for r in reading.records] == ["Kept", "Next"]
    assert any("braces" in n.rule for n in reading.notes)


def test_control_and_direction_characters_are_left_out_and_counted():
    text = samples.ris(MADE[0]).replace("Support", "Sup\u202eport\x00\x07\u200b")
    reading = read(text)
    assert reading.records[0].title == MADE[0].title
    (note,) = [n for n in reading.notes if "control characters" in n.rule]
    assert note.count == 4


def test_binary_files_are_refused():
    with pytest.raises(UnreadableFileError, match="binary"):
        read(b"TY  - JOUR\n" + bytes(range(256)) * 100)


def test_a_zip_bomb_as_workbook_is_refused(monkeypatch):
    monkeypatch.setattr("skillmix.literature.reading.sheet.UNZIPPED_CAP", 2**20)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2**22)
    with pytest.raises(UnreadableFileError, match="unpack"):
        read(packed.getvalue())


def test_a_damaged_workbook_is_told():
    whole = samples.workbook(["title", "year"], ["One", "2019"])
    with pytest.raises(UnreadableFileError, match="damaged"):
        read(whole[:200])


def test_a_file_of_two_gigabytes_is_not_opened(tmp_path):
    path = tmp_path / "big.ris"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    (reading,) = read_exports([path])
    assert reading.status == "unreadable"
    assert "1 GB" in reading.why


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "bad.xml").write_text(BOMB)
    (tmp_path / "good.ris").write_text(samples.ris(MADE[0]), "utf-8")
    bad, good = read_exports([tmp_path])
    assert (bad.status, good.status) == ("unreadable", "read")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.ris")
    (tmp_path / "nowhere.ris").symlink_to(tmp_path / "absent")
    for paths in ([tmp_path], [tmp_path / "pipe.ris"]):
        readings = {r.file: r for r in read_exports(paths)}
        assert readings["pipe.ris"].status == "unreadable"
        assert "no ordinary file" in readings["pipe.ris"].why
    (nowhere,) = (r for r in read_exports([tmp_path]) if r.file == "nowhere.ris")
    assert nowhere.status == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_encoding_an_export_may_have(encoding):
    text = "TY  - JOUR\nTI  - Café workers: développement\nPY  - 2019\nER  - \n"
    (record,) = read(text.encode(encoding)).records
    assert record.title == "Café workers: développement"


def test_an_export_cut_in_its_last_record_says_so():
    reading = read("TY  - JOUR\nTI  - Whole\nER  - \nTY  - JOUR\nTI  - Cut sh")
    assert [r.title for r in reading.records] == ["Whole", "Cut sh"]
    assert reading.reconciled
    assert any("end line" in note.rule for note in reading.notes)


def test_a_formula_as_title_stays_text_and_is_never_written_live():
    from skillmix.literature.tables import as_csv, live

    title = '=HYPERLINK("http://example.org","x")'
    (record,) = read(f"TY  - JOUR\nTI  - {title}\nER  -\n").records
    assert record.title == title
    written = as_csv(("title",), [{"title": record.title}])
    assert written.splitlines()[1].startswith("\"'=")
    assert live("'" + title) == title

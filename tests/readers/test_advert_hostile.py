"""Hostile and broken files are survived, each with a reason, and run nothing."""

from __future__ import annotations

import json

import pytest

from readers.advert_samples import (
    ADVERT,
    bomb_of,
    docx,
    one,
    pdf,
    pdf_lines,
    posting,
    written,
    zipped,
)
from skillmix.adverts.coding.code import code
from skillmix.adverts.document import document
from skillmix.adverts.frame import Frame, sample
from skillmix.adverts.reading.gather import gather
from skillmix.adverts.reading.limits import LARGEST_TEXT

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FEED = "<nhsJobs><vacancyDetails><title>&j;</title></vacancyDetails></nhsJobs>"
MEGABYTE = 1024**2


def reason(path):
    """Read a file beside a good one: the good one is read, the other is explained."""
    written(path.parent, "good.txt", "\n".join(ADVERT))
    found = gather([path.parent])
    assert [a.file for a in found.adverts] == ["good.txt"]
    (told,) = [e.reason for e in found.log if not e.read_as]
    return told


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bomb.zip", zipped({"a.txt": b" " * (20 * MEGABYTE)}), "bomb"),
        ("bomb.docx", docx(["a" * (30 * MEGABYTE)])[:4000], "damaged"),
        ("cut.pdf", pdf(pdf_lines(ADVERT))[:80], "damaged"),
        ("scan.pdf", pdf([]), "scan"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".doc"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "picture"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("empty.html", b" \n ", "empty"),
        ("script.html", "<html><script>render()</script></html>", "no text"),
        ("entities.xml", ENTITIES + FEED, "entities"),
        ("cut.xml", FEED[:40], "damaged"),
        ("other.xml", "<a><b>c</b></a>", "no vacancyDetails"),
        ("deep.json", "[" * 200_000, "nested too deeply"),
        ("deep.json", '{"a":' * 50_000 + "1" + "}" * 50_000, "nested too deeply"),
        ("other.json", '{"@type": "Person"}', "no schema.org JobPosting"),
        ("cut.json", posting()[:90], "damaged"),
        ("notext.csv", "Title,Salary\na,b\n", "No column"),
        ("short.txt", "Hello", "no text"),
    ],
)
def test_a_broken_file_is_explained_and_the_good_one_read(tmp_path, name, data, told):
    assert told in reason(written(tmp_path, name, data))


def test_a_page_of_500_megabytes_is_not_opened(tmp_path):
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<html><body>")
        file.truncate(500 * MEGABYTE)
    assert "500 MB is larger than" in reason(path)


def test_an_archive_of_too_much_is_not_opened(tmp_path):
    many = zipped({f"{n}.txt": b"" for n in range(20_001)})
    assert "unpacks to more" in reason(written(tmp_path, "many.zip", many))


def test_paths_that_climb_out_of_an_archive_go_nowhere(tmp_path):
    data = zipped({"../../evil.txt": "\n".join(ADVERT)})
    found = gather([written(tmp_path / "in", "a.zip", data)])
    assert len(found.adverts) == 1
    assert not (tmp_path / "evil.txt").exists()


def test_a_link_to_another_folder_is_not_followed(tmp_path):
    written(tmp_path / "other", "secret.txt", "\n".join(ADVERT))
    written(tmp_path / "in", "good.txt", "\n".join(ADVERT))
    (tmp_path / "in" / "away").symlink_to(tmp_path / "other")
    assert len(gather([tmp_path / "in"]).adverts) == 1


def test_macros_stay_shut_and_are_told(tmp_path):
    data = docx(ADVERT, **{"word__vbaProject.bin": b"Sub AutoOpen()"})
    found = one(written(tmp_path, "a.docm", data))
    assert "macros" in found.log[0].reason
    assert "AutoOpen" not in found.adverts[0].text


def test_scripts_in_a_pdf_stay_shut_and_are_told(tmp_path):
    extra = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    found = one(written(tmp_path, "a.pdf", pdf(pdf_lines(ADVERT), extra=extra)))
    assert "scripts" in found.log[0].reason
    assert "app.alert" not in found.adverts[0].text


def test_a_stream_that_swells_is_given_up(tmp_path):
    bomb = pdf([], packed=bomb_of(400 * MEGABYTE))
    assert len(bomb) < MEGABYTE
    assert reason(written(tmp_path, "bomb.pdf", bomb))


def test_a_document_whose_pages_go_round_in_a_ring(tmp_path):
    ring = pdf(pdf_lines(ADVERT)).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    assert reason(written(tmp_path, "ring.pdf", ring))


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000,
        "<" * 300_000,
        "<p id='" * 50_000,
        "<!--" * 100_000,
        "&amp;" * 300_000 + "lt;p&gt;",
        "<table><tr><td>" * 50_000 + "a",
        "<p " + "a=b " * 200_000 + ">text</p>",
        "<script>" + "</scrip" * 100_000,
    ],
    ids=["deep", "opens", "quotes", "comments", "escapes", "tables", "many", "script"],
)
def test_a_page_of_nonsense_is_read_in_one_pass(tmp_path, source):
    found = gather([written(tmp_path, "a.html", f"<html><body>{source}")])
    assert len(found.log) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "experience ",
        "you must have ",
        "supervision of ",
        "£1",
        "level 2 ",
        "• \n",
    ],
)
def test_a_long_text_of_one_piece_is_coded(tmp_path, piece):
    text = "\n".join((*ADVERT, piece * (60_000 // len(piece))))
    code(one(written(tmp_path, "a.txt", text)).adverts[0])


def test_marks_that_turn_writing_round_are_no_part_of_the_text(tmp_path):
    text = "\n".join(ADVERT).replace("flexible", "\u202eelbixelf\u202c flex\u200bible")
    found = one(written(tmp_path, "a.txt", text + "\x00\x1b[31m\x07")).adverts[0]
    assert not {"\u202e", "\u202c", "\u200b", "\x1b", "\x07"} & set(found.text)
    assert "flexible" in found.text


def test_no_contact_is_in_what_is_given_out(tmp_path):
    mail, phone = "jo.bloggs@example.org", "01632 960 001"
    text = "\n".join(
        (*ADVERT, f"You must be flexible: {mail} or {phone}.", f"Ring {phone}.")
    )
    path = written(tmp_path, f"{mail}.txt", text)
    frame = Frame()
    chosen = sample([code(one(path).adverts[0])], frame)
    told = json.dumps(document(chosen, one(path).log, frame, {}), default=str)
    body = told.replace(path.name, "")
    assert mail not in body
    assert "960" not in body


def test_a_text_of_the_largest_size_is_not_cut(tmp_path):
    text = "\n".join(ADVERT)
    path = written(tmp_path, "a.txt", text + " " * (LARGEST_TEXT - len(text) - 10))
    assert one(path).adverts[0].text.startswith("Title: Healthcare Assistant")

"""Adverts are read from every format that users have, with their documents."""

from __future__ import annotations

import datetime as dt
import html
from email.message import EmailMessage

import pytest

from readers.advert_samples import (
    ADVERT,
    SAMPLES,
    SPECIFICATION,
    docx,
    one,
    pdf,
    pdf_lines,
    pdf_table,
    posting,
    written,
    zipped,
)
from skillmix.adverts.coding.code import code
from skillmix.adverts.frame import is_support
from skillmix.adverts.reading.gather import gather
from skillmix.errors import InputNotFoundError


def coded(path):
    return code(one(path).adverts[0])


def test_a_page_of_nhs_jobs():
    found = coded(SAMPLES / "nhs_jobs.html")
    head = found.advert.head
    assert head.title == "Healthcare Support Worker"
    assert head.employer.startswith("Wendale")
    assert head.vacancy == "C9000-20-1234"
    assert head.reference == "999-RW-123"
    assert head.posted == dt.date(2020, 10, 29)
    assert head.closes == dt.date(2020, 11, 12)
    assert found["afc_band"] == (3,)
    assert found["contract"] == "permanent"
    assert found["salary_min"] == 19737
    assert found["essential_qualifications"] == ("NVQ2",)
    assert found["desirable_qualifications"] == ("NVQ3",)
    assert found["experience_required"] == "some"
    assert found["shift_or_unsocial"] is True
    assert "person_specification" in found.advert.attachments


def test_nothing_of_scripts_and_styles_is_text():
    text = one(SAMPLES / "nhs_jobs.html").adverts[0].text
    assert "never run" not in text
    assert "color" not in text
    assert "Band 7" not in text


def test_paragraphs_within_a_paragraph_are_kept():
    text = one(SAMPLES / "nhs_jobs.html").adverts[0].text
    assert "Rowan Ward is a ward for adults in a crisis." in text
    assert "You will help with personal care." in text


def test_a_page_of_trac():
    found = coded(SAMPLES / "trac.html")
    assert found.advert.source == "trac_page"
    assert found.advert.head.title == "Nursing Assistant"
    assert found.advert.head.reference == "222-MH-77"
    assert found.advert.head.closes == dt.date(2020, 11, 20)
    assert found["afc_band"] == (2,)
    assert found["contract"] == "fixed"
    assert found["essential_qualifications"] == ("GCSE",)
    assert found["desirable_qualifications"] == ("NVQ2",)


def test_the_feed_of_nhs_jobs():
    found = gather([SAMPLES / "feed.xml"])
    first, second = found.adverts
    assert first.head.vacancy == "916000001"
    assert first.head.posted == dt.date(2020, 11, 2)
    assert code(first)["contract"] == "permanent"
    assert second.head.title == "Catering Assistant"
    assert "cuts descriptions short" in found.log[0].reason


def test_a_table_of_adverts():
    first, second = gather([SAMPLES / "adverts.csv"]).adverts
    assert first.head.employer.startswith("Tolland Vale")
    assert code(first)["flexibility"] == "demanded"
    assert code(second)["period"] == "hour"
    assert "<p>" not in first.text


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_job_posting_however_often_it_is_escaped(tmp_path, times):
    body = "<p>You must be flexible.</p><p>Experience of care &amp; support</p>"
    for _ in range(times):
        body = html.escape(body)
    path = written(tmp_path, "a.json", posting(description=body))
    found = one(path).adverts[0]
    assert "You must be flexible." in found.text
    assert "care & support" in found.text
    assert "&" not in found.text.replace("& support", "")


def test_hourly_pay_is_not_taken_for_a_year_s(tmp_path):
    found = coded(written(tmp_path, "a.json", posting()))
    assert (found["salary_min"], found["period"]) == (9.3, "hour")


def test_a_page_that_holds_a_job_posting(tmp_path):
    page = (
        "<html><head><title>x</title><script type='application/ld+json'>"
        f"{posting()}</script></head><body><div id='root'></div></body></html>"
    )
    found = coded(written(tmp_path, "a.html", page))
    assert found.advert.head.title == "Support Worker"
    assert "mental health unit" in found.advert.text


def test_a_page_saved_as_a_web_archive(tmp_path):
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    page = (SAMPLES / "trac.html").read_text(encoding="utf-8")
    message.set_content(page, subtype="html", cte="quoted-printable")
    data = b"From: <Saved by Blink>\n" + message.as_bytes()
    found = coded(written(tmp_path, "a.mhtml", data))
    assert found.advert.head.title == "Nursing Assistant"


def test_a_word_document(tmp_path):
    data = docx(ADVERT, (("Closing date", "12 November 2020"), *SPECIFICATION))
    found = coded(written(tmp_path, "a.docx", data))
    assert found.advert.head.closes == dt.date(2020, 11, 12)
    assert found["afc_band"] == (2,)
    assert found["flexibility"] == "demanded"
    assert found["essential_qualifications"] == ("NVQ2",)
    assert found["desirable_qualifications"] == ("NVQ3",)
    assert found["experience_required"] == "some"


def test_a_table_within_a_table_is_read_once(tmp_path):
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inside</w:t></w:r></w:p></w:tc></w:tr>"
    cell = f"</w:t></w:r></w:p>{inner}</w:tbl><w:p><w:r><w:t>"
    path = written(tmp_path, "a.docx", docx(ADVERT, ((cell,),)))
    assert one(path).adverts[0].text.count("inside") == 1


def test_a_pdf_document(tmp_path):
    data = pdf(pdf_lines(ADVERT) + pdf_table(SPECIFICATION, 600))
    found = coded(written(tmp_path, "a.pdf", data))
    assert found["flexibility"] == "demanded"
    assert found["essential_qualifications"] == ("NVQ2",)
    assert found["desirable_qualifications"] == ("NVQ3",)


def test_plain_text_in_any_encoding(tmp_path):
    text = "\n".join(ADVERT)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = written(tmp_path, f"{encoding}.txt", text.encode(encoding))
        assert coded(path)["salary_min"] == 18005, encoding


def test_a_file_is_read_by_what_it_is_and_not_by_its_name(tmp_path):
    page = (SAMPLES / "trac.html").read_bytes()
    assert coded(written(tmp_path, "advert.pdf", page))["afc_band"] == (2,)
    data = docx(ADVERT)
    assert coded(written(tmp_path, "advert.txt", data))["afc_band"] == (2,)


def test_an_archive_is_read_without_unpacking_it(tmp_path):
    members = {
        "in/trac.html": (SAMPLES / "trac.html").read_bytes(),
        "in/notes.zip": zipped({"a.txt": "b"}),
        "__MACOSX/._trac.html": b"x",
    }
    found = gather([written(tmp_path, "all.zip", zipped(members))])
    assert [a.file for a in found.adverts] == ["all.zip/in/trac.html"]
    assert [e.reason for e in found.log if not e.read_as] == [
        "An archive within one is not opened."
    ]
    assert not (tmp_path / "in").exists()


class TestTitles:
    """A post has a title, whether or not the advert labels it."""

    WARD = "<p>Larkfield NHS Trust</p><p>An acute mental health ward. Band 3.</p>"

    @pytest.mark.parametrize(
        "page",
        [
            "<h1>Support <b>Worker</b> - Nights</h1>",
            "<title>Jobs at Larkfield</title><h1>Support Worker - Nights</h1>",
            "<header><h1>Larkfield jobs</h1></header><h1>Support Worker - Nights</h1>",
            "<header><h1>Support Worker - Nights</h1></header>",
            "<h1></h1><h1>Support Worker - Nights</h1>",
        ],
    )
    def test_the_first_heading_of_a_page(self, tmp_path, page):
        path = written(tmp_path, "a.html", f"<html><body>{page}{self.WARD}</body>")
        found = coded(path)
        assert found.advert.head.title == "Support Worker - Nights"
        assert is_support(found)

    def test_a_site_s_own_name_is_no_title(self, tmp_path):
        banner = "<header><h1>Larkfield jobs</h1></header>"
        page = f"<title>Support Worker | Larkfield</title>{banner}{self.WARD}"
        found = coded(written(tmp_path, "a.html", page))
        assert found.advert.head.title == "Support Worker"

    @pytest.mark.parametrize("lead", ["", "Larkfield NHS Trust", "Job advert"])
    def test_the_first_short_line_of_a_document(self, tmp_path, lead):
        lines = [
            lead,
            "Healthcare Support Worker",
            "You will work on a ward.",
            "Band 3",
        ]
        texts = written(tmp_path, "a.txt", "\n".join(lines))
        words = written(tmp_path, "a.docx", docx(lines))
        for path in (texts, words):
            assert coded(path).advert.head.title == "Healthcare Support Worker"

    def test_a_sentence_is_no_title(self, tmp_path):
        lines = [
            "Are you kind and patient?",
            "We have a ward for you.",
            "Band 3: apply",
        ]
        path = written(tmp_path, "a.txt", "\n".join(lines))
        assert coded(path).advert.head.title == ""


class TestTying:
    """A person specification belongs to the advert it stands beside."""

    def test_by_its_name(self, tmp_path):
        for number, level in ((1, 2), (2, 3)):
            written(
                tmp_path, f"HCA {number}x advert.docx", docx((*ADVERT, f"Post {level}"))
            )
            rows = (SPECIFICATION[0], ("Qualifications", f"NVQ level {level}", ""))
            data = docx(["Person specification"], rows)
            written(tmp_path, f"HCA {number}x person specification.docx", data)
        found = [code(a) for a in gather([tmp_path]).adverts]
        got = [f["essential_qualifications"] for f in found]
        assert got == [("NVQ2",), ("NVQ3",)]

    def test_by_the_vacancy_it_names(self, tmp_path):
        text = "\n".join((*ADVERT[:1], "Reference: 123-ABC-9", *ADVERT[1:]))
        written(tmp_path, "one.txt", text)
        written(tmp_path, "two.txt", "\n".join(ADVERT))
        rows = (SPECIFICATION[0], ("Qualifications", "NVQ level 3", ""))
        data = docx(["Person specification 123-ABC-9"], rows)
        written(tmp_path, "person spec.docx", data)
        one_of, two = (code(a) for a in gather([tmp_path]).adverts)
        assert one_of["essential_qualifications"] == ("NVQ3",)
        assert two.values["essential_qualifications"].state != "stated"

    def test_nothing_is_tied_where_two_could_claim_it(self, tmp_path):
        written(tmp_path, "one.txt", "\n".join(ADVERT))
        written(tmp_path, "two.txt", "\n".join(ADVERT))
        data = docx(["Person specification"], SPECIFICATION)
        written(tmp_path, "person spec.docx", data)
        assert len(gather([tmp_path]).adverts) == 3


class TestStates:
    """Silence in an advert is not silence in a specification that was not read."""

    def test_silent_where_the_specification_was_read(self, tmp_path):
        written(tmp_path, "hca advert.txt", "\n".join(ADVERT))
        rows = (SPECIFICATION[0], ("Qualities", "Patience", ""))
        data = docx(["Person specification"], rows)
        written(tmp_path, "hca person spec.docx", data)
        (advert,) = gather([tmp_path]).adverts
        assert code(advert).values["essential_qualifications"].state == "silent"

    def test_attachment_not_read_where_one_is_named(self, tmp_path):
        more = "Please see the person specification attached."
        path = written(tmp_path, "a.txt", "\n".join((*ADVERT, more)))
        found = coded(path).values["essential_qualifications"]
        assert found.state == "attachment_not_read"
        assert found.value == ("none stated",)


def test_hidden_files_and_pictures_beside_a_page_are_left_out(tmp_path):
    written(tmp_path, "a.txt", "\n".join(ADVERT))
    written(tmp_path, ".hidden.txt", "\n".join(ADVERT))
    written(tmp_path, "~$a.docx", b"x")
    written(tmp_path, "a_files/logo.html", "\n".join(ADVERT))
    assert [e.file for e in gather([tmp_path]).log] == ["a.txt"]


@pytest.mark.parametrize("name", ["absent", "empty"])
def test_an_input_that_holds_nothing_is_an_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputNotFoundError):
        gather([tmp_path / name])

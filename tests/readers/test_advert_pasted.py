"""Pages copied out of a browser: the block of labels is read, the menu is not."""

from __future__ import annotations

import datetime as dt

import pytest

from readers.advert_samples import docx, one
from skillmix.adverts.coding.code import code
from skillmix.adverts.reading.pasted import pasted_page

TRAC = """
Skip to main content
Please wait, loading
Job summary
Main area
Older adults
Grade
NHS AfC: Band 3
Contract
Fixed term: 12 months (cover for parental leave)
Hours
Full time
Part time
Flexible working
37.5 hours per week (shifts, including nights)
Job ref
999-AB1234-C
Employer
Harbour and Moor NHS Foundation Trust
Employer type
NHS
Site
Lantern House
Town
Saltmouth
Salary
£24,937 - £26,598 per annum (pro rata for part time)
Salary period
Yearly
Closing
23/02/2026 23:59
Employer heading
Harbour and Moor NHS Foundation Trust logo
Health Care Support Worker
Band 3
Job overview
We look for a carer who knows the tide tables.
"""
NHS_JOBS = """
Harbour and Moor NHS Foundation Trust
Mental Health Support Worker
The closing date is 07 November 2025
Job summary
We look for a carer who knows the tide tables.
About us
We keep nine lighthouses.
Details
Date posted
05 October 2025
Pay scheme
Agenda for change
Band
Band 3
Salary
£24,937 to £26,598 a year pa
Contract
Secondment
Duration
12 months
Working pattern
Full-time
Job share
Reference number
999-0797A-MH
Job locations
Lantern House
Saltmouth
Job description
Job responsibilities
Walks by the sea, in all weathers, with whoever will come.
Person Specification
Qualifications
Essential
• NVQ level 2 in care or equivalent experience
Desirable
• NVQ level 3
"""
FIND_A_JOB = """
Menu
Support Worker | Harbour and Moor NHS Trust
Job details
Posting date: 08 January 2026
Salary: Not specified
Additional salary information: £24,937 - £26,598 per annum
Hours: Full time
Closing date: 07 February 2026
Location: Saltmouth, SM1 1AA
Company: Harbour and Moor NHS Trust
Job type: Permanent
Job reference: 999/380
Apply for this job
Summary
We look for somebody who knows the tide tables.
"""
WANTED = {
    "trac": (TRAC, "Health Care Support Worker", "fixed", dt.date(2026, 2, 23)),
    "dashed": (
        "\n".join(f"- {line}" for line in TRAC.split("\n") if line),
        "Health Care Support Worker",
        "fixed",
        dt.date(2026, 2, 23),
    ),
    "nhs jobs": (
        NHS_JOBS,
        "Mental Health Support Worker",
        "fixed",
        dt.date(2025, 11, 7),
    ),
    "find a job": (FIND_A_JOB, "Support Worker", "permanent", dt.date(2026, 2, 7)),
}


def coded(tmp_path, text, name="advert.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return code(one(path).adverts[0])


@pytest.mark.parametrize("layout", WANTED)
def test_the_block_of_labels_is_read(tmp_path, layout):
    text, title, contract, closes = WANTED[layout]
    found = coded(tmp_path, text)
    head = found.advert.head
    assert head.title == title
    assert head.employer.startswith("Harbour and Moor NHS")
    assert head.location.startswith(("Lantern House", "Saltmouth"))
    assert head.closes == closes
    assert head.reference.startswith("999")
    assert found["afc_band"] == (3,)
    assert found["salary_min"] == 24937
    assert found["salary_max"] == 26598
    assert found["contract"] == contract
    assert found["sector"] == "nhs"


@pytest.mark.parametrize("layout", WANTED)
def test_what_the_advert_says_follows_the_block(tmp_path, layout):
    text = coded(tmp_path, WANTED[layout][0]).advert.text
    assert "tide tables" in text
    assert "Skip to main content" not in text
    assert "\nMenu\n" not in text


def test_several_hours_are_all_read_and_none_of_them_demands_flexibility(tmp_path):
    found = coded(tmp_path, TRAC)
    assert found["hours_per_week"] == 37.5
    assert found["flexibility"] == "offered"
    assert found["shift_or_unsocial"] is True


def test_a_person_specification_below_the_block_is_read(tmp_path):
    found = coded(tmp_path, NHS_JOBS)
    assert found["essential_qualifications"] == ("NVQ2",)
    assert found["essential_waivable"] is True
    assert found["desirable_qualifications"] == ("NVQ3",)
    assert "person_specification" in found.advert.attachments


def test_a_saved_page_and_a_word_file_say_the_same(tmp_path):
    items = "".join(f"<p>{line}</p>" for line in TRAC.split("\n"))
    page = coded(tmp_path, f"<html><body>{items}</body></html>", "page.html")
    word = tmp_path / "page.docx"
    word.write_bytes(docx([line for line in TRAC.split("\n") if line]))
    for head in (page.advert.head, one(word).adverts[0].head):
        assert head.title == "Health Care Support Worker"
        assert head.pattern.startswith("Full time, Part time, Flexible working")


def test_a_block_without_its_end_takes_nothing_of_the_text(tmp_path):
    cut = TRAC.replace("Employer heading\n", "")
    found = coded(tmp_path, cut)
    assert found.advert.head.closes == dt.date(2026, 2, 23)
    assert "tide tables" in found.advert.text


@pytest.mark.parametrize(
    "text",
    [
        "We seek a carer.\nThe contract\nis permanent.",
        "The closing date is 3 May 2026\nSupport worker\nDetails\nPay scheme",
        "Job details\nPosting date: 3 May 2026",
        "",
    ],
)
def test_another_text_is_no_such_page(text):
    assert pasted_page(text.split("\n")) is None

"""Invented adverts as files: web pages, JSON-LD, plain text, Word, and archives."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from skillmix.synth.adverts.compose import Invented, invent, repeat

FIRST_NUMBER = 700_000_000
# A date inside ZIP files would make two runs differ.
NO_DATE = (1980, 1, 1, 0, 0, 0)
Writer = Callable[[Invented, Path], None]
CONTRACTS = {"permanent": "Permanent", "fixed": "Fixed term", "bank": "Bank"}
NOTE = "Everything in this folder is invented: employers, places, posts and words.\n"


def write_adverts(out: Path, *, seed: int) -> Path:
    """Write sixty invented adverts and their known codes.

    The sample keeps 35 of the NHS and 10 of independent providers; the others are
    left out, each for the reason its truth gives.

    Args:
        out: Folder to write to; it is made if it is not there.
        seed: Another seed, other adverts.

    Returns:
        The file of known codes, `truth.jsonl`, one advert a line. It stands beside
        the folder `adverts`, so that reading the folder does not read the truth.
    """
    rng = np.random.default_rng([seed, FIRST_NUMBER])
    folder = out / "adverts"
    folder.mkdir(parents=True, exist_ok=True)
    (out / "SYNTHETIC.txt").write_text(NOTE, encoding="utf-8", newline="\n")
    lines: list[str] = []
    made = list(zip(invent(FIRST_NUMBER, rng), cycle(WRITERS), strict=False))
    first, writer = next(m for m in made if not m[0].truth["left_out"])
    made.append((repeat(first, FIRST_NUMBER + len(made)), writer))
    for one, (kind, write) in made:
        write(one, folder)
        lines.append(json.dumps({**_known(one), "format": kind}, ensure_ascii=False))
    truth = out / "truth.jsonl"
    truth.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return truth


def _known(one: Invented) -> dict[str, Any]:
    return {
        "vacancy": str(one.number),
        "title": one.title,
        "employer": one.employer,
        "posted": one.posted.isoformat(),
        **one.truth,
    }


def _body(one: Invented) -> list[str]:
    """Return the whole text where there is no person specification of its own."""
    lines = list(one.paragraphs[:3])
    lines += ["About you", *one.essential, *one.desirable]
    return [*lines, "The post", *one.paragraphs[3:]]


def _text(one: Invented, folder: Path) -> None:
    head = (
        f"SOURCE: https://www.example.org/vacancy/{one.number}\n"
        f"Title: {one.title}\nEmployer: {one.employer}\nSalary: {one.salary}\n"
        f"Date posted: {one.posted}\nClosing: {one.closes}\n\n"
    )
    text = head + "\n\n".join(_body(one)) + "\n"
    (folder / f"{one.number}.txt").write_text(text, encoding="utf-8", newline="\n")


def _posting(one: Invented, folder: Path) -> None:
    body = "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in _body(one))
    # Half of the real ones are escaped twice.
    described = html.escape(body) if one.number % 2 else body
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": one.title,
        "hiringOrganization": {"@type": "Organization", "name": one.employer},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "value": one.salary},
        },
        "datePosted": f"{one.posted}T09:00:00+0000",
        "validThrough": f"{one.closes}T23:59:00+0000",
        "employmentType": "FULL_TIME",
        "description": described,
        "url": f"https://www.example.org/vacancy/{one.number}",
    }
    text = json.dumps(posting, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{one.number}.json").write_text(text, encoding="utf-8", newline="\n")


def _page(one: Invented, folder: Path) -> None:
    """Write a page with the ids of a vacancy on NHS Jobs, unclosed tags and all."""
    overview = "".join(f"<p>{html.escape(p)}</p>" for p in one.paragraphs[:2])
    duties = "".join(f"<p>{html.escape(p)}</p>" for p in one.paragraphs[2:])
    page = (
        "<!DOCTYPE html><html><head><title>Job advert</title>"
        "<script>document.title = 'never run'</script></head><body>\n"
        f'<a href="https://www.example.org/vacancy/{one.number}">This advert</a>\n'
        f'{_details(one)}<p id="job_overview">{overview}</p>\n'
        f'<p id="job_description">{duties}</p>\n'
        '<h3 id="skill_category_1">Experience and qualifications</h3>'
        f"<ul>{_criteria(one)}</ul></body></html>\n"
    )
    (folder / f"{one.number}.html").write_text(page, encoding="utf-8", newline="\n")


def _details(one: Invented) -> str:
    parts = {
        "heading": one.title,
        "employer_name": one.employer,
        "date_posted": f"{one.posted:%d %B %Y}",
        "closing_date": f"The closing date is {one.closes:%d %B %Y}",
        "range_salary": one.salary,
        "payscheme-band": f"Band {one.band}" if one.band else "",
        "contract_type": CONTRACTS.get(one.truth["contract"], ""),
    }
    return "".join(
        f'<p id="{name}">{html.escape(text)}</p>\n'
        for name, text in parts.items()
        if text
    )


def _criteria(one: Invented) -> str:
    return "".join(
        f'<li id="{kind}_skill_1_criteria_{n}">{html.escape(item)}</li>'
        for kind, items in (("essential", one.essential), ("desirable", one.desirable))
        for n, item in enumerate(items, start=1)
    )


def _word(one: Invented, folder: Path) -> None:
    """Write an advert and, beside it, its person specification."""
    lines = [
        f"Job title: {one.title}",
        f"Employer: {one.employer}",
        f"Salary: {one.salary}",
        f"Reference: {one.number}",
        f"Date posted: {one.posted}",
        *one.paragraphs,
    ]
    name = f"{one.number} advert.docx"
    (folder / name).write_bytes(_docx("".join(map(_paragraph, lines))))
    table = _row(("", "Essential", "Desirable")) + _row(
        (
            "Qualifications and experience",
            "\n".join(one.essential),
            "\n".join(one.desirable),
        )
    )
    body = _paragraph("Person specification") + f"<w:tbl>{table}</w:tbl>"
    (folder / f"{one.number} person specification.docx").write_bytes(_docx(body))


def _docx(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", _TYPES), ("word/document.xml", xml)):
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), text)
    return out.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text, quote=False)}</w:t></w:r></w:p>"


def _row(cells: tuple[str, ...]) -> str:
    made = "".join(
        f"<w:tc>{''.join(map(_paragraph, cell.split(chr(10))))}</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{made}</w:tr>"


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WRITERS: tuple[tuple[str, Writer], ...] = (
    ("text", _text),
    ("json_ld", _posting),
    ("web_page", _page),
    ("word", _word),
    ("json_ld", _posting),
    ("web_page", _page),
)

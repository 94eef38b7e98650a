"""Documents built by hand, for no advert of a real employer may be shipped."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from skillmix.adverts.reading.gather import Gathered, gather

SAMPLES = Path(__file__).parent / "adverts"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ADVERT = (
    "Job title: Healthcare Assistant",
    "Employer: Wendale Mental Health NHS Foundation Trust",
    "Salary: £18,005 - £19,337 a year",
    "We are looking for a Healthcare Assistant for a mental health ward.",
    "You will work shifts and must be flexible about working hours.",
)
SPECIFICATION = (
    ("", "Essential", "Desirable"),
    ("Qualifications", "NVQ level 2 in care", "NVQ level 3 in care"),
    ("Experience", "Experience of care work", ""),
)


def one(path: Path) -> Gathered:
    """Read one file that holds one advert."""
    found = gather([path])
    assert len(found.adverts) == 1, found.log
    return found


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(
    paragraphs: Sequence[str],
    table: Sequence[Sequence[str]] = (),
    **members: bytes | str,
) -> bytes:
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{_paragraph(c)}</w:tc>' for c in row)}</w:tr>"
        for row in table
    )
    body = "".join(map(_paragraph, paragraphs))
    body += f"<w:tbl>{rows}</w:tbl>" if rows else ""
    xml = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    others = {name.replace("__", "/"): data for name, data in members.items()}
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": xml} | others
    )


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(
    lines: Sequence[tuple[int, int, str]], *, extra: str = "", packed: bytes = b""
) -> bytes:
    """Return a PDF of one page with texts at places, written object by object."""
    drawn = "".join(
        f"BT /F1 10 Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in lines
    )
    stream = packed or drawn.encode("cp1252")
    how = "/Filter /FlateDecode " if packed else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< {how}/Length {len(stream)} >>\nstream\n".encode()
        + stream
        + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def pdf_lines(texts: Sequence[str]) -> list[tuple[int, int, str]]:
    return [(50, 800 - 14 * n, text) for n, text in enumerate(texts)]


def pdf_table(rows: Sequence[Sequence[str]], top: int) -> list[tuple[int, int, str]]:
    return [
        (x, top - 14 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((50, 180, 380), row, strict=True)
        if cell
    ]


def bomb_of(size: int) -> bytes:
    return zlib.compress(b" " * size, 9)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def posting(**changes: object) -> str:
    """Return a JobPosting as JSON-LD, with fields changed as given."""
    given: dict[str, object] = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": "Support Worker",
        "description": "<p>You will work in a mental health unit.</p>",
        "hiringOrganization": {"@type": "Organization", "name": "Oakhollow Care"},
        "baseSalary": {"value": {"unitText": "YEAR", "value": "£9.30 per hour"}},
        "datePosted": "2020-11-01T09:00:00+0000",
        "url": "https://www.example.org/vacancy/916000003",
    }
    return json.dumps(given | changes)

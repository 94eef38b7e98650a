"""The CSV files with their dictionary, and the tagged PDF."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from functional.edition_samples import FORMULA, book
from skillmix.errors import OutputError
from skillmix.figures.lettering import MISSING, shown
from skillmix.report import pdf
from skillmix.report.csvs import write_tables
from skillmix.report.editions import write_editions

READ = {
    "number": float,
    "integer": int,
    "date": lambda v: re.fullmatch(r"\d{4}-\d\d-\d\d", v),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(book(), folder)
    return folder


@pytest.fixture(scope="module")
def typeset() -> bytes:
    return pdf.pdf_bytes(book())


def test_the_data_package_describes_every_column_of_every_file(tables: Path) -> None:
    package = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert package["description"].startswith("Synthetic")
    listed = {r["path"] for r in package["resources"]}
    on_disk = {p.name for p in tables.glob("*.csv")} - {"dictionary.csv"}
    assert listed == on_disk
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        with (tables / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [f["name"] for f in fields] == list(rows[0])
        for field in fields:
            assert field["description"].endswith(".")
            read = READ.get(field["type"])
            for row in rows:
                value = row[field["name"]]
                if field["type"] == "boolean":
                    assert value in (*field["trueValues"], *field["falseValues"])
                elif value and read:
                    assert read(value) is not None


def test_the_dictionary_says_what_each_column_is(tables: Path) -> None:
    with (tables / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bands = next(r for r in rows if r["column"] == "band")
    assert "2 = Band 2" in bands["description"]
    assert {r["file"] for r in rows} == {
        p.name for p in tables.glob("*.csv") if p.name != "dictionary.csv"
    }


def test_a_formula_in_a_csv_is_marked_as_text(tables: Path) -> None:
    text = (tables / "roles-hostile.csv").read_text(encoding="utf-8")
    with (tables / "roles-hostile.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["job_title"] for row in csv.DictReader(file)]
    assert f"'{FORMULA}" in titles
    assert not any(t.startswith(("=", "+", "-", "@")) for t in titles)
    assert text.endswith("\n")


def test_the_pdf_is_tagged_declares_its_standard_and_is_the_same_again(
    typeset: bytes,
) -> None:
    assert typeset.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in typeset
    assert typeset == pdf.pdf_bytes(book())


def pdf_tool(name: str, *arguments: str, data: bytes, tmp_path: Path) -> str:
    if shutil.which(name) is None:
        pytest.skip(f"{name} (poppler) is absent: the PDF was not read back")
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        [name, *arguments, str(path), *(["-"] if name == "pdftotext" else [])],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_its_words_are_those_of_the_results(typeset: bytes, tmp_path: Path) -> None:
    told = pdf_tool("pdftotext", "-layout", data=typeset, tmp_path=tmp_path)
    assert "Synthetic data: every person is invented" in told
    assert "An answer about moving up, by age." in told
    assert "Figure 2: Job titles" in told
    assert FORMULA.partition("(")[0] in told
    assert "Lacking: earnings" in told
    assert "中" not in told
    assert MISSING in told


def test_its_structure_has_headings_tables_and_pictures(
    typeset: bytes, tmp_path: Path
) -> None:
    told = pdf_tool("pdfinfo", "-struct", data=typeset, tmp_path=tmp_path)
    for tag in ("H1", "H2", "Figure", "Table", "THead", "TH ", "TD", "Caption", "TOC"):
        assert tag in told, tag
    assert told.count("Figure") >= 3
    about = pdf_tool("pdfinfo", data=typeset, tmp_path=tmp_path)
    assert re.search(r"Tagged:\s+yes", about)
    assert re.search(r"Title:\s+Clinical support staff", about)
    assert re.search(r"JavaScript:\s+no", about)


def elements(node: object, above: str = "") -> Iterator[tuple[str, str, dict]]:
    """Every element of the structure tree: its tag, that above it, and itself."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from elements(one, above)
    elif isinstance(node, dict) and "/S" in node:
        tag = str(node["/S"]).removeprefix("/")
        yield tag, above, node
        yield from elements(node.get("/K"), tag)


def test_a_screen_reader_finds_its_way_through_the_pdf(typeset: bytes) -> None:
    root = PdfReader(io.BytesIO(typeset)).root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    found = list(elements(root["/StructTreeRoot"]["/K"]))
    figures = [node for tag, _, node in found if tag == "Figure"]
    assert len(figures) >= 3
    assert all(str(node.get("/Alt", "")).strip() for node in figures)
    levels = [int(tag[1]) for tag, _, _ in found if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert max(b - a for a, b in pairwise(levels)) == 1, "no heading is skipped"
    heads = [node["/A"] for tag, _, node in found if tag == "TH"]
    assert heads
    assert all("/Scope" in str(one) for one in heads)
    loose = [tag for tag, above, _ in found if (tag, above) == ("Span", "Document")]
    assert not loose, "what is read aloud stops between paragraphs"


@pytest.mark.parametrize(
    ("most", "why"),
    [("MOST_ROWS", "rows, too many for a page"), ("MOST_COLUMNS", "too wide")],
)
def test_a_table_that_no_page_holds_is_said_to_be_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, most: str, why: str
) -> None:
    monkeypatch.setattr(pdf, most, 2)
    told = pdf_tool("pdftotext", data=pdf.pdf_bytes(book()), tmp_path=tmp_path)
    assert why in told.replace("\n", " ")
    assert "the workbook and the CSV file hold them" in told.replace("\n", " ")


def test_its_fonts_are_the_shipped_ones(typeset: bytes, tmp_path: Path) -> None:
    told = pdf_tool("pdffonts", data=typeset, tmp_path=tmp_path)
    names = [line.split()[0] for line in told.splitlines()[2:]]
    assert any("Inter-Regular" in name for name in names)
    assert all("Inter" in n or "DejaVuSansMono" in n for n in names), names


def test_letters_the_font_lacks_become_a_square_and_steering_marks_go() -> None:
    assert shown("Ærø, naïve – “£5”") == "Ærø, naïve – “£5”"
    assert shown("e\u0301") == "é"
    assert shown("a中b") == f"a{MISSING}b"
    assert shown("a\u202eb\u200bc\u0007") == "abc"


def test_a_pdf_the_typesetter_refuses_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "shown", lambda text: text)
    with pytest.raises(OutputError, match="could not be typeset"):
        pdf.write_pdf(book(), tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_warning_of_the_typesetter_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "typst" / "report.typ"
    template.parent.mkdir()
    real = Path(pdf.__file__).with_name("typst") / "report.typ"
    told = real.read_text(encoding="utf-8").replace('font: "Inter"', 'font: "Outer"')
    template.write_text(told, encoding="utf-8")
    places = pdf.files
    monkeypatch.setattr(
        pdf,
        "files",
        lambda name: tmp_path if name == "skillmix.report" else places(name),
    )
    with pytest.raises(OutputError, match="warnings"):
        pdf.pdf_bytes(book())


def test_an_internal_report_says_so_on_every_edition(tmp_path: Path) -> None:
    internal = replace(book(), disclosure="internal")
    write_editions(internal, tmp_path)
    told = pdf_tool(
        "pdftotext", data=(tmp_path / "report.pdf").read_bytes(), tmp_path=tmp_path
    )
    pages = told.split("\f")
    assert all("Internal, not for publication" in page for page in pages if page)
    package = json.loads(
        (tmp_path / "tables" / "datapackage.json").read_text(encoding="utf-8")
    )
    assert "Internal, not for publication" in package["description"]

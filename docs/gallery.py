"""Take the pictures of the gallery from a demo's report, app, PDF and workbook.

    python docs/gallery.py build/gallery [--chromium /usr/bin/chromium]

The folder is what `skillmix demo` wrote. Pictures go to `docs/gallery`, the page that
shows them is `docs/gallery.md`. Both are committed: the documentation site is built
where there is no browser, no LibreOffice and no demo, and they weigh less than 1 MB.
"""

from __future__ import annotations

import argparse
import base64
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WIDE = {"width": 1280, "height": 900}
WORKING = "Working it out"
# Chromium itself turns pictures into WebP, a quarter of the size of PNG.
TO_WEBP = """async ([source, quality]) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality);
}"""
QUALITY = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: its file name, what it shows, where that is found, how tall."""

    name: str
    told: str
    place: str = ""
    tall: int = 900


REPORT = (
    Shot(name="cover", told="The cover, with its key statistics", place=".cover"),
    Shot(
        name="summary",
        told="The summary: each sentence is bound to a figure",
        place=".summary",
    ),
)
FIGURES = (
    Shot(
        name="trend",
        told="Growth since 2010, in mental health and elsewhere, with 95% intervals",
        place="workforce.trend",
    ),
    Shot(
        name="regions",
        told="Support and qualified staff on a map of tiles",
        place="workforce.by_region",
    ),
    Shot(
        name="ethnicity",
        told="Ethnic groups beside two comparators, each with its own colour and mark",
        place="diversity.ethnicity",
    ),
    Shot(
        name="funnel",
        told="Sickness absence of every trust against the limits of chance",
        place="participation.sickness_across_trusts",
    ),
    Shot(
        name="pathways",
        told="Where people of each role were a year later",
        place="progression.pathways",
    ),
)
DARK = Shot(name="dark", told="The same figure on a dark page", place=FIGURES[2].place)
APP = (
    Shot(name="app-overview", told="The overview of the web app", place="/"),
    Shot(
        name="app-question",
        told="One question for one region, with what it may be set beside",
        place="/analyses/diversity.gender?region=Y56",
    ),
    Shot(
        name="app-compare",
        told="Two scopes side by side",
        place="/analyses/diversity.age/compare?versus_region=Y56",
        tall=1250,
    ),
    Shot(name="app-trust", told="A trust among its peers", place="/trusts/RQY"),
)
QUESTION = "How has the number of staff"
PRINTED = Shot(name="print", told="The page printed from a browser", place=QUESTION)
PDF = (
    Shot(name="pdf-cover", told="The PDF: its cover"),
    Shot(
        name="pdf-summary",
        told="The PDF: the summary",
        place="(Figure 14)",
    ),
    Shot(name="pdf-figure", told="The PDF: a figure and its notes", place=QUESTION),
)
SHEETS = (
    Shot(name="sheet-cover", told="The workbook: its cover"),
    Shot(
        name="sheet-contents",
        told="The workbook: its contents",
        place="contains one table: contents",
    ),
    Shot(
        name="sheet-table",
        told="The workbook: one table a sheet",
        place="How many support staff stand beside qualified staff in each region?",
    ),
)
SHEET_PAGES = 16
CHAPTERS: tuple[tuple[str, str, tuple[Shot, ...]], ...] = (
    ("The report", "One page that needs no network.", REPORT),
    ("Figures", "Each has its question and answer above it.", (*FIGURES, DARK)),
    ("The web app", "`skillmix serve` answers for any scope.", APP),
    ("On paper", "The page prints; the PDF is tagged.", (PRINTED, *PDF)),
    ("The workbook", "Opened in LibreOffice.", SHEETS),
)


def main() -> None:
    """Take every picture and write the page that shows them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    folder: Path = given.folder
    with sync_playwright() as running, tempfile.TemporaryDirectory() as spare:
        browser = running.chromium.launch(
            executable_path=given.chromium, args=list(FLAGS)
        )
        taken = {
            **_report(browser, folder / "index.html"),
            **_app(browser, folder),
            **_printed(browser, folder / "index.html", Path(spare)),
            **_pages(folder / "report.pdf", PDF, Path(spare)),
            **_workbook(folder / "report.xlsx", Path(spare)),
        }
        _write(browser, taken)
        browser.close()


def _report(browser: Any, path: Path) -> dict[str, bytes]:
    taken: dict[str, bytes] = {}
    page = browser.new_page(viewport=WIDE)
    page.goto(path.resolve().as_uri())
    page.wait_for_timeout(800)
    page.locator(".summary").evaluate("e => { e.style.padding = '16px 24px'; }")
    for shot in REPORT:
        taken[shot.name] = page.locator(shot.place).first.screenshot()
    for shot in FIGURES:
        taken[shot.name] = _figure(page, shot.place)
    page.close()
    dark = browser.new_page(viewport=WIDE, color_scheme="dark")
    dark.goto(path.resolve().as_uri())
    taken[DARK.name] = _figure(dark, DARK.place)
    dark.close()
    return taken


def _figure(page: Any, name: str) -> bytes:
    """Return a figure from its question to the line under its chart."""
    article = page.locator(f'article[data-name="{name}"]')
    article.scroll_into_view_if_needed()
    article.locator(".live svg, .still svg").first.wait_for()
    page.wait_for_timeout(900)
    # What follows the chart would make the picture twice as tall.
    article.evaluate(
        "a => { a.style.padding = '16px 24px'; a.style.border = 0;"
        " a.querySelectorAll('details, .actions, .care')"
        ".forEach(one => { one.style.display = 'none'; }); }"
    )
    taken: bytes = article.screenshot()
    return taken


def _app(browser: Any, folder: Path) -> dict[str, bytes]:
    taken: dict[str, bytes] = {}
    with _served(folder) as address:
        for shot in APP:
            page = browser.new_page(viewport={**WIDE, "height": shot.tall})
            page.goto(address + shot.place)
            page.locator("h1").filter(has_not_text=WORKING).wait_for(timeout=120_000)
            page.wait_for_timeout(900)
            taken[shot.name] = page.screenshot()
            page.close()
    return taken


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve the demo's inputs on a free port of this machine, and end it after."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "skillmix", "serve"]
    command += [str(folder / "synthetic-nhs"), "--month", "2020-06"]
    command += ["--store", str(folder / "editions"), "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=60).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def _printed(browser: Any, path: Path, spare: Path) -> dict[str, bytes]:
    page = browser.new_page(viewport=WIDE)
    page.goto(path.resolve().as_uri())
    paper = spare / "printed.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    page.close()
    return _pages(paper, (PRINTED,), spare)


def _pages(paper: Path, shots: tuple[Shot, ...], spare: Path) -> dict[str, bytes]:
    """Turn pages of a PDF into pictures: for each shot the last that has its words."""
    told = subprocess.run(  # noqa: S603
        ["pdftotext", str(paper), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\f")
    pages = [" ".join(page.split()) for page in told]
    taken: dict[str, bytes] = {}
    for shot in shots:
        having = [n for n, words in enumerate(pages, 1) if shot.place in words]
        number = str(having[-1] if shot.place and having else 1)
        target = spare / shot.name
        command = ["pdftoppm", "-png", "-r", "80", "-singlefile"]
        command += ["-f", number, "-l", number, str(paper), str(target)]
        subprocess.run(command, check=True)  # noqa: S603
        taken[shot.name] = target.with_suffix(".png").read_bytes()
    return taken


def _workbook(book: Path, spare: Path) -> dict[str, bytes]:
    """Open a workbook in LibreOffice and turn its first pages into pictures."""
    span = {"type": "string", "value": f"1-{SHEET_PAGES}"}
    pages = json.dumps({"PageRange": span})
    home = (spare / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless"]
    command += ["--convert-to", f"pdf:calc_pdf_Export:{pages}"]
    command += ["--outdir", str(spare), str(book)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return _pages(spare / book.with_suffix(".pdf").name, SHEETS, spare)


def _write(browser: Any, taken: dict[str, bytes]) -> None:
    pictures = HERE / "gallery"
    pictures.mkdir(exist_ok=True)
    page = browser.new_page()
    for name, png in taken.items():
        source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        made = page.evaluate(TO_WEBP, [source, QUALITY]).partition(",")[2]
        (pictures / f"{name}.webp").write_bytes(base64.b64decode(made))
    lines = [
        "# Gallery",
        "Made from the synthetic demo by `make gallery`: nobody in them exists.",
    ]
    for title, told, shots in CHAPTERS:
        lines += [f"## {title}", told]
        lines += [
            f"![{s.told}](gallery/{s.name}.webp)\n\n*{s.told}.*"
            for s in shots
            if s.name in taken
        ]
    text = "\n\n".join(lines)
    (HERE / "gallery.md").write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Take the pictures of the gallery from a report and the app, in a real browser.

    python docs/gallery.py build/demo [--chromium /usr/bin/chromium]

The folder is what `skillmix demo` wrote. Pictures and `gallery.md` go beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
FIGURES = (
    "workforce.trend",
    "workforce.by_region",
    "roles.band_mix_by_trust",
    "progression.by_ethnicity",
    "diversity.age",
)
PAGES = (("app-overview", "/"), ("app-question", "/analyses/workforce.by_region"))
WIDE = {"width": 1280, "height": 900}


def main() -> None:
    """Take every picture and write the page that shows them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    pictures = HERE / "gallery"
    pictures.mkdir(exist_ok=True)
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=given.chromium, args=list(FLAGS)
        )
        _report(browser, given.folder / "index.html", pictures)
        with _app(given.folder) as address:
            for name, path in PAGES:
                page = browser.new_page(viewport=WIDE)
                page.goto(address + path)
                page.screenshot(path=pictures / f"{name}.png")
                page.close()
        browser.close()
    _pdf(given.folder, pictures)
    _write(pictures)


def _report(browser: Any, path: Path, pictures: Path) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto(path.resolve().as_uri())
    page.wait_for_timeout(1500)
    page.screenshot(path=pictures / "report-cover.png")
    for name in FIGURES:
        figure = page.locator(f'[data-name="{name}"]').first
        if figure.count():
            figure.scroll_into_view_if_needed()
            page.wait_for_timeout(700)
            figure.screenshot(path=pictures / f"figure-{name.replace('.', '-')}.png")
    page.close()
    dark = browser.new_page(viewport=WIDE, color_scheme="dark")
    dark.goto(path.resolve().as_uri())
    dark.wait_for_timeout(1500)
    dark.screenshot(path=pictures / "report-dark.png")
    dark.close()


@contextmanager
def _app(folder: Path) -> Iterator[str]:
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
                urllib.request.urlopen(address, timeout=60).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def _pdf(folder: Path, pictures: Path) -> None:
    """Turn three pages of the PDF into pictures, where Poppler is installed."""
    made = next(iter(sorted(folder.glob("*.pdf"))), None)
    tool = shutil.which("pdftoppm")
    if made is None or tool is None:
        return
    for number in (1, 3, 5):
        target = pictures / f"pdf-page-{number}"
        command = [tool, "-png", "-r", "70", "-f", str(number), "-l", str(number)]
        subprocess.run([*command, "-singlefile", made, target], check=True)  # noqa: S603


def _write(pictures: Path) -> None:
    lines = ["# Gallery\n", "Made from the synthetic demo by `make gallery`.\n"]
    for picture in sorted(pictures.glob("*.png")):
        title = picture.stem.replace("-", " ").capitalize()
        lines.append(f"## {title}\n\n![{title}](gallery/{picture.name})\n")
    (HERE / "gallery.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

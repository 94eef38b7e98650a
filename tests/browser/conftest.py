"""A real browser, the report and the app, and what a page must never do."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    *("--disable-default-apps", "--disable-dev-shm-usage", "--metrics-recording-only"),
)
LOCAL = ("127.0.0.1", "", None)
SERIOUS = ("serious", "critical")
WARNINGS = ("-W", "error", "-W", "ignore:fetch_arrow_table:DeprecationWarning")


@dataclass
class Watched:
    """A page, with everything it said on the console and asked of the network."""

    page: object
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        return [u for u in self.asked if urlsplit(u).hostname not in LOCAL]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: no page was driven"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is absent: no page was driven in a real browser")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser) -> Iterator[object]:
    """Open a page of its own; `scheme`, `javascript` and more as a context has them."""
    contexts = []

    def open_page(address: str, *, scheme: str = "light", **more: object) -> Watched:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, color_scheme=scheme, **more
        )
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page=page)
        page.on("console", lambda m: watched.said.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: watched.said.append(f"error: {e}"))
        page.on("request", lambda r: watched.asked.append(r.url))
        page.goto(address)
        return watched

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe():
    """Return what axe-core finds serious or critical on a page."""
    driver = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed: accessibility was not checked",
    )

    def check(page: object) -> list[str]:
        # A chart is one picture with words of its own; what is inside is not read.
        within = {"exclude": [[".still"], [".live"]]}
        found = driver.Axe().run(page, context=within).response["violations"]
        return [
            f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])} places)"
            for v in found
            if v["impact"] in SERIOUS
        ]

    return check


def _skillmix(*arguments: object) -> None:
    done = subprocess.run(
        [sys.executable, *WARNINGS, "-m", "skillmix", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def made_nhs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("browser") / "nhs"
    _skillmix("synth", made, "--scale", 0.02)
    return made


@pytest.fixture(scope="session")
def report(made_nhs: Path) -> str:
    out = made_nhs.parent / "report"
    _skillmix(
        *("report", made_nhs, "--out", out, "--month", "2020-06", "--page-only"),
        *("--store", made_nhs.parent / "store"),
    )
    return (out / "index.html").as_uri()


@pytest.fixture(scope="session")
def app(made_nhs: Path) -> Iterator[str]:
    with served(made_nhs, "--month", "2020-06") as address:
        yield address


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """The app in a process of its own, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = (folder.parent / "serve.txt").open("w+", encoding="utf-8")
    serving = subprocess.Popen(
        [
            *(sys.executable, *WARNINGS, "-m", "skillmix", "serve", str(folder)),
            *("--port", str(port), *options),
            *("--store", str(folder.parent / "store")),
        ],
        stderr=said,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _until_up(address, serving, folder.parent / "serve.txt")
        yield address
    finally:
        serving.terminate()
        serving.wait(timeout=30)
        said.close()


def _until_up(address: str, serving: subprocess.Popen[str], said: Path) -> None:
    for _ in range(240):
        if serving.poll() is not None:
            pytest.fail(f"the app stopped: {said.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start")

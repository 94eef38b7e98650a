"""The folder a test lives in is its marker; an unclassified test is an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does; hypothesis would
# fail one that takes 0.2 seconds, as the first to read a code list can.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
KINDS = (
    "spec",
    "contract",
    "property",
    "reference",
    "readers",
    "backtest",
    "functional",
    "parity",
    "browser",
    "snapshot",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        kind = item.path.relative_to(ROOT / "tests").parts[0]
        if kind not in KINDS:
            raise pytest.UsageError(f"{item.nodeid} is in no folder of a known kind")
        item.add_marker(kind)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference facts and real files, which stay outside the project."""
    place = Path(os.environ.get("SKILLMIX_SHARED", ROOT.parent / "shared"))
    if not (place / "reference").is_dir():
        pytest.skip("the shared reference folder is absent: not checked against it")
    return place

"""Every capability is met by something named, or says why it is not yet."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_page", DOCS / "coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_capability_is_listed_once(coverage: ModuleType, shared: Path) -> None:
    text = (shared / "facts" / "capabilities.md").read_text(encoding="utf-8")
    assert [name for name, _, _ in coverage.rows()] == re.findall(
        r"\*\*([A-Z]+-\d+)\*\*", text
    )


def test_each_is_met_or_says_why_not(coverage: ModuleType) -> None:
    assert [name for name, by, lacking in coverage.rows() if not by + lacking] == []


def test_analyses_name_only_capabilities_that_exist(coverage: ModuleType) -> None:
    known = {name for name, _, _ in coverage.rows()}
    assert set(coverage.met_by_analyses()) <= known


def test_the_page_is_what_the_catalogue_says(coverage: ModuleType) -> None:
    written = (DOCS / "reference" / "coverage.md").read_text(encoding="utf-8")
    assert written == coverage.page()

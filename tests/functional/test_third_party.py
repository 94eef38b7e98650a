"""An analysis of another package comes in by the same door as ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = '''"""How many trusts are covered, as another package asks it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.care_hours import CareHours
from skillmix.schema.results import Published
from skillmix.statistics import estimators


def narrate(published: Published) -> str:
    """Say how many."""
    return f"There are {published.rows[0].estimate:.0f} trusts."


@analysis(
    title="Trusts with wards",
    keys=("month",),
    measures={
        "trusts": Measure(
            label="Trusts",
            unit="trusts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="line", x="month", measure="trusts"),
    narrate=narrate,
    definition="Trusts with a row in the care hours file.",
)
def trusts_with_wards(hours: CareHours) -> ir.Table:
    """How many trusts have wards?"""
    sums = hours.group_by("month").agg(trusts=hours.employer.nunique())
    return cells(sums, keys=("month",), measure="trusts", numerator=sums.trusts)
'''


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package as an installer leaves it: modules and an entry point beside them."""
    site = tmp_path_factory.mktemp("site")
    chapter = site / "elsewhere_questions" / "wards"
    chapter.mkdir(parents=True)
    (chapter.parent / "__init__.py").write_text('"""Questions of others."""\n')
    (chapter / "__init__.py").write_text('"""Wards."""\n')
    (chapter / "trusts_with_wards.py").write_text(MODULE)
    told = site / "elsewhere_questions-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: elsewhere-questions\nVersion: 1.0\n"
    )
    (told / "entry_points.txt").write_text(
        "[skillmix.analyses]\nelsewhere = elsewhere_questions\n"
    )
    return site


def run(package: Path, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "skillmix", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hours")
    (folder / "care_hours.csv").write_text(
        "month,employer,registered_hours,support_hours,patient_days\n"
        "2020-06,RNK,100,120,30\n2020-06,RV3,100,90,30\n"
    )
    return folder


NAME = "elsewhere_questions.wards.trusts_with_wards"


def test_it_is_listed_with_our_own(package: Path) -> None:
    listed = json.loads(run(package, "list", "--format", "json"))
    (found,) = (a for a in listed if a["name"] == NAME)
    assert found["question"] == "How many trusts have wards?"
    assert len(listed) > 100


def test_it_is_answered_by_name(package: Path, hours: Path, tmp_path: Path) -> None:
    shown = run(package, "show", NAME, hours, "--store", tmp_path, "--format", "json")
    (row,) = json.loads(shown)["rows"]
    assert row["estimate"] == 2


def test_it_has_its_place_in_the_report(
    package: Path, hours: Path, tmp_path: Path
) -> None:
    run(package, "report", hours, "--out", tmp_path / "out", "--store", tmp_path)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Trusts with wards" in page
    assert "There are 2 trusts." in page


def test_it_has_its_reference_page(package: Path) -> None:
    root = Path(__file__).parents[2]
    script = (
        "import sys; sys.path.insert(0, 'docs'); import generate; "
        "print([str(p) for p, t in generate.pages() if 'How many trusts have' in t])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(package)},
    )
    assert done.returncode == 0, done.stderr
    assert "trusts_with_wards.md" in done.stdout

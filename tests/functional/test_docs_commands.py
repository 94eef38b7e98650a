"""Every command in the README, the tutorial and the how-to pages is one that exists.

All are parsed as the command line parses them. Those of the pages for analysts are run
as they are written, on a small folder of the names that the pages use; what would read
the whole NHS, wait for a browser or ask the network is parsed alone.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import typer

from readers import reader_samples as samples
from skillmix.cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = (
    ROOT / "README.md",
    *sorted((ROOT / "docs/tutorials").glob("*.md")),
    *sorted((ROOT / "docs/how-to").glob("*.md")),
    ROOT / "docs/explanation/synthetic-nhs.md",
)
RUN = ("esr-extract.md", "another-workforce.md", "monthly.md", "job-titles.md")
BLOCK = re.compile(r"^```(?:sh|bat|)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\S*[\\/])?skillmix (.*)$")


def commands_of(page: Path) -> list[str]:
    """Return what stands after `skillmix` in the shell blocks of a page."""
    found: list[str] = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            if match := COMMAND.match(line.strip()):
                found.append(re.sub(r"\s{2,}#.*$", "", match[1]).strip())
    return found


def words_of(command: str) -> list[str]:
    """Return the command's words, and its first choice where it offers several."""
    told = re.sub(r"\s\d?>.*$", "", command)
    return [word.split("|")[0] for word in shlex.split(told)]


WRITTEN = [(page.name, command) for page in PAGES for command in commands_of(page)]


def test_the_pages_have_commands() -> None:
    assert len(WRITTEN) > 40
    assert {page for page, _ in WRITTEN} >= {"README.md", "demo.md", *RUN}


@pytest.mark.parametrize(("page", "command"), WRITTEN)
def test_a_written_command_parses(page: str, command: str) -> None:
    group, words = typer.main.get_command(app), words_of(command)
    context = group.make_context("skillmix", words[:1])
    while isinstance(group, click.Group):
        _, found, words = group.resolve_command(context, words)
        assert found is not None, f"{page}: {command}"
        group = found
        if isinstance(group, click.Group):
            context = group.make_context(found.name, words[:1])
    # A wrong option, a missing argument or a value that is no choice raises here.
    group.make_context(group.name, words)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the pages name."""
    made = tmp_path_factory.mktemp("as written")
    folder = made / "folder"
    folder.mkdir()
    rows = [
        samples.esr_row(
            Ocs_Code="RQY",
            Tm_Year_Month=month,
            Unique_Nhs_Identifier=f"{n:08}",
            Assignment_Number=f"{n:08}",
            Grade=f"Band {2 + (n % 3 or month == '2020-06')}",
            Occupation_Code=("H1A", "N6A")[n % 4 == 0],
        )
        for month in ("2019-06", "2020-06")
        for n in range(1, 161)
    ]
    (folder / "staff.csv").write_text(samples.csv_text(samples.ESR_HEADER, rows))
    for name in ("staff-record", "ESR extracts"):
        (made / name).symlink_to(folder)
    (made / "titles.csv").write_text("title,count\nSupport Worker,12\nOT Helper,9\n")
    (made / "maternity.toml").write_text('service = "in_maternity_services"\n')
    return made


# The places and services of some pages are others than this folder's.
ELSEWHERE = ("Y60", "maternity.toml")
RUNNING = [
    (page, command)
    for page, command in WRITTEN
    if page in RUN and not any(word in ELSEWHERE for word in words_of(command))
]


@pytest.mark.parametrize(("page", "command"), RUNNING)
def test_a_written_command_runs(skillmix, place, page, command) -> None:
    words = words_of(command)
    if words[0] == "report":
        # The other editions are tested where they are made.
        words.append("--page-only")
    ran = skillmix(*words, within=place)
    assert ran.code == 0, ran.err
    redirected = re.search(r"\s>\s*(\S+)$", command)
    if redirected:
        assert ran.out
        (place / redirected[1]).write_text(ran.out, encoding="utf-8")

"""A report before it is typeset: its chapters, answers, files and back-tests.

Every edition of the report (page, PDF, workbook, data package) is made from one
`Book`, so that no edition can hold a figure another lacks, or number it otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.report.studio import Studio
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope

CHAPTERS = Path(__file__).with_name("chapters.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question of the report, with its answer or with what it lacks.

    Attributes:
        analysis: The question.
        published: Its answer, or None if the inputs cannot give one.
        missing: For each way to answer, the input tables that are not at hand.
    """

    analysis: Analysis
    published: Published | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A number the report of 2021 printed, beside what these inputs give.

    Attributes:
        finding_id: Slug of the printed number.
        analysis: Name of the analysis that claims to reproduce it.
        printed: The number as printed, in words.
        value: The number these inputs give, one decimal more.
        agrees: Whether the two agree within the printed rounding.
        note: How near they had to be.
    """

    finding_id: str
    analysis: str
    printed: str
    value: str
    agrees: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An answered question in its place in the report.

    Attributes:
        number: Position in the whole report, from 1.
        analysis: The question.
        published: Its answer.
    """

    number: int
    analysis: Analysis
    published: Published

    @property
    def anchor(self) -> str:
        """The place to link to, stable from one report to the next."""
        return self.analysis.name.replace(".", "-").replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The answered questions of one folder of analyses.

    Attributes:
        name: The folder.
        title: Its heading.
        about: One sentence on what the chapter covers.
        figures: Its answered questions, in order.
    """

    name: str
    title: str
    about: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything a report says, before it takes a form.

    Attributes:
        title: What the report is about.
        scope: Workforce, service, place and month.
        entries: Every question of the catalogue, answered or not.
        files: What was found in each input file (`report.lineage.files_of`).
        synthetic: Whether any figure rests on invented people.
        disclosure: "protected", or "internal": exact and not for publication.
        version: The version of skillmix that made it.
        backtests: The report's printed numbers that these inputs can be held to.
        studio: Where its charts may have been drawn already.
    """

    title: str
    scope: Scope
    entries: tuple[Entry, ...]
    files: tuple[Mapping[str, Any], ...]
    synthetic: bool
    disclosure: str
    version: str
    backtests: tuple[Backtest, ...] = ()
    studio: Studio | None = field(default=None, repr=False, compare=False)

    @property
    def internal(self) -> bool:
        """Whether any page of it must say "internal, not for publication"."""
        return self.disclosure == "internal"

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that have an answer, figures numbered through the report."""
        found: list[Chapter] = []
        number = 0
        for name, words in self._headings():
            figures: list[Figure] = []
            for entry in self.entries:
                if entry.analysis.chapter == name and entry.published is not None:
                    number += 1
                    figures.append(
                        Figure(
                            number=number,
                            analysis=entry.analysis,
                            published=entry.published,
                        )
                    )
            if figures:
                found.append(Chapter(name=name, figures=tuple(figures), **words))
        return tuple(found)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every answered question in the report's order."""
        return tuple(f for chapter in self.chapters for f in chapter.figures)

    @property
    def unanswered(self) -> tuple[Entry, ...]:
        """The questions these inputs cannot answer."""
        return tuple(e for e in self.entries if e.published is None)

    def _headings(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the chapters in order; a folder without a heading comes last."""
        known = chapter_headings()
        yield from known.items()
        for name in dict.fromkeys(e.analysis.chapter for e in self.entries):
            if name not in known:
                yield name, {"title": name.replace("_", " ").capitalize(), "about": ""}


@cache
def chapter_headings() -> Mapping[str, Mapping[str, str]]:
    """Return the title and the sentence of each chapter, in the report's order."""
    with CHAPTERS.open("rb") as file:
        found: dict[str, dict[str, str]] = tomllib.load(file)
    return found

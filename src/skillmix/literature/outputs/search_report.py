"""The search report: what PRISMA-S asks a review to say of its searches.

Rethlefsen and others (2021), Systematic Reviews 10:39, sixteen items. What the program
knows is filled in; what only the searchers know is asked for, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillmix.literature.flow import by_database
from skillmix.literature.outputs.prisma import flow_rows, flow_text
from skillmix.literature.platforms.render import PLATFORMS, render
from skillmix.literature.search import Search
from skillmix.literature.strategy.lint import lint
from skillmix.literature.strategy.strategy import Strategy, slug_of
from skillmix.literature.strategy.tree import formula

ASK = "*To be filled in by the searchers.*"
# The platform each database of the report is searched on; others are asked for.
PLATFORM_OF = {
    "HMIC": "ovid-hmic",
    "MEDLINE": "ovid-medline",
    "PsycINFO": "ovid-psycinfo",
    "ABI/INFORM": "proquest",
    "Scopus": "scopus",
    "PubMed": "pubmed",
    "CINAHL": "ebsco",
    "Web of Science": "web-of-science",
    "Europe PMC": "europe-pmc",
}


def search_report(search: Search) -> str:
    """Return the report as Markdown, PRISMA-S items in order, strategies in full."""
    return "\n".join(_report(search)) + "\n"


def _report(search: Search) -> Iterator[str]:
    strategy = search.strategy
    yield f"# Search report: {strategy.title}"
    yield ""
    yield f"Strategy `{strategy.name}`. {strategy.source}".strip()
    yield ""
    yield from _items(search)
    yield "## Results"
    yield ""
    yield flow_text(search.flow)
    yield ""
    yield from _table(
        ("Phase", "Step", "n"),
        [
            (p, s.strip(), f"{n:,}")
            for p, s, n in flow_rows(search.flow)
            if n is not None
        ],
    )
    yield "### Records by line and database"
    yield ""
    yield from _lines(search)
    yield "### Files read"
    yield ""
    yield from _table(
        ("File", "Read as", "Markers", "Records", "Reconciled"),
        [
            (
                r.file,
                r.dialect or r.status,
                str(r.markers),
                str(len(r.records)),
                "yes" if r.reconciled else "no",
            )
            for r in search.readings
        ],
    )
    yield "## Full strategies"
    yield ""
    yield from _strategies(strategy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of PRISMA-S.

    Attributes:
        name: What it is about.
        told: What is reported.
        asked: Whether only the searchers can report it, and have not.
    """

    name: str
    told: str

    @property
    def asked(self) -> bool:
        """Whether the searchers have still to report it."""
        return self.told == ASK


def without_marks(text: str) -> str:
    """Return a text without the marks of Markdown."""
    return re.sub(r"[*`]", "", text)


def prisma_s_items(search: Search) -> tuple[Item, ...]:
    """Return the sixteen items, what the searchers say going before what is known."""
    said = search.strategy.reported
    return tuple(
        Item(name=name, told=said.get(slug_of(name), told))
        for name, told in _known_items(search)
    )


def _known_items(search: Search) -> tuple[tuple[str, str], ...]:
    strategy = search.strategy
    databases = strategy.databases or tuple(by_database(search.records))
    platforms = "; ".join(
        PLATFORMS[PLATFORM_OF[d]].label if d in PLATFORM_OF else f"{d} (platform?)"
        for d in databases
    )
    shared = sum(1 for g in search.unique.groups if len(g.records) > 1)
    decided = sum(1 for k in search.unique.links if k.by != "rule")
    limits = [str(c.get("label", "")) for c in strategy.criteria]
    return (
        ("Database name", platforms),
        ("Multi-database searching", ASK),
        ("Study registries", ASK),
        ("Online resources and browsing", ASK),
        ("Citation searching", ASK),
        ("Contacts", ASK),
        ("Other methods", ASK),
        ("Full search strategies", "Below, line by line, as run on each platform."),
        (
            "Limits and restrictions",
            "None in the search. At screening: " + "; ".join(limits) + "."
            if limits
            else ASK,
        ),
        ("Search filters", "None."),
        ("Prior work", strategy.source or ASK),
        ("Updates", "; ".join(f"{c.date}: {c.what}" for c in strategy.history) or ASK),
        ("Dates of searches", strategy.dates or ASK),
        ("Peer review", ASK),
        ("Total records", f"{len(search.records):,}, by database below."),
        (
            "Deduplication",
            f"By rule, with skillmix: {search.unique.removed:,} duplicates of "
            f"{shared:,} publications; {decided:,} pairs were decided by people and "
            f"{len(search.unique.possible):,} are left in doubt.",
        ),
    )


def _items(search: Search) -> Iterator[str]:
    yield "## PRISMA-S items"
    yield ""
    items = enumerate(prisma_s_items(search), 1)
    rows = [(str(n), item.name, item.told) for n, item in items]
    yield from _table(("Item", "What", "Report"), rows)
    faults = lint(search.strategy)
    if faults:
        yield "Checks of the strategy:"
        yield ""
        for fault in faults:
            yield f"- {fault.severity}, {fault.line}: {fault.what}"
        yield ""


def _lines(search: Search) -> Iterator[str]:
    databases = tuple(by_database(search.records))
    rows: list[tuple[str, ...]] = []
    for line in search.line_counts():
        counts = line["by_database"]
        cells = (f"{counts.get(d, 0):,}" for d in databases)
        rows.append((line["label"], f"{line['records']:,}", *cells))
    whole = by_database(
        [r for r, f in zip(search.records, search.findings.found, strict=True) if f]
    )
    total = int(search.findings.found.sum())
    cells = (f"{whole.get(d, 0):,}" for d in databases)
    combined = formula(search.strategy.combination)
    rows.append((combined, f"{total:,}", *cells))
    yield from _table(("Line", "All", *databases), rows)


def _strategies(strategy: Strategy) -> Iterator[str]:
    for name in dict.fromkeys(PLATFORM_OF.get(d, "") for d in strategy.databases):
        if not name:
            continue
        written = render(strategy, name)
        yield f"### {written.label}"
        yield ""
        yield "```text"
        for label, text in written.lines:
            yield f"{label}  {text}"
        yield f"   {written.combination or written.whole}"
        yield "```"
        yield ""
        for warned in written.warnings:
            yield f"- {warned.what}"
        yield ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        yield "| " + " | ".join(cells) + " |"
    yield ""

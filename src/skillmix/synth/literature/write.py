"""The invented bibliography as files: exports, screened lists, evidence, a report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from skillmix.synth.literature.compose import (
    DATABASES,
    SCREENERS,
    Verdict,
    Work,
    invent,
    screen,
)

NOTE = "Everything in this folder is invented: authors, journals, studies and words.\n"
LISTED, MISSED = 14, 4
STAGES, CONSENSUS = ("title_abstract", "full_text"), "consensus"
_KINDS = {"journal article": "JOUR", "report": "RPRT"}
_THEMES = {
    "supply": "Posts are hard to fill where the work is not described",
    "retention": "Those who leave do so early",
    "progression": "Steps above the entry band are few",
    "experience": "Teams that talk after an incident do better",
    "diversity": "Promotion does not come to all alike",
    "benefit": "Time is freed for those who use services",
}


def write_bibliography(out: Path, *, seed: int) -> Path:
    """Write exports of five databases and what two screeners made of them.

    Args:
        out: Folder to write to; it is made if it is not there.
        seed: Another seed, another bibliography.

    Returns:
        The folder of exports; lists, evidence form and report stand beside it.
    """
    works = invent(seed)
    exports = out / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    (out / "SYNTHETIC.txt").write_text(NOTE, encoding="utf-8", newline="\n")
    for database in DATABASES:
        held = [w for w in works if database in w.databases]
        name, write = _EXPORTS[database]
        (exports / name).write_text(write(held), encoding="utf-8", newline="\n")
    found = [w for w in works if w.theme and "peer mentors" not in w.title.lower()]
    verdicts = screen(works, found, seed)
    for stage in STAGES:
        for screener in (*SCREENERS, CONSENSUS):
            path = out / f"{stage}-{screener}.csv"
            path.unlink(missing_ok=True)
            mine = [v for v in verdicts if (v.stage, v.screener) == (stage, screener)]
            if mine:
                path.write_text(_sheet(mine), encoding="utf-8", newline="\n")
    included = _included(verdicts)
    (out / "evidence.csv").write_text(
        _evidence(included), encoding="utf-8", newline="\n"
    )
    missed = [w for w in works if w.wanted and w not in found]
    report = _report(included, missed)
    (out / "report.md").write_text(report, encoding="utf-8", newline="\n")
    (out / "truth.json").write_text(
        _truth(works, found, verdicts), encoding="utf-8", newline="\n"
    )
    return exports


def sheets_of(folder: Path) -> list[tuple[Path, str, str]]:
    """Return the screened lists that were written, with their stage and screener."""
    named = (
        (folder / f"{stage}-{screener}.csv", stage, screener)
        for stage in STAGES
        for screener in (*SCREENERS, CONSENSUS)
    )
    return [sheet for sheet in named if sheet[0].exists()]


def _included(verdicts: Sequence[Verdict]) -> list[Work]:
    taken = {
        v.work.number: v.work
        for v in verdicts
        if (v.stage, v.decision) == ("full_text", "include")
    }
    return [taken[number] for number in sorted(taken)]


def _truth(
    works: Sequence[Work], found: Sequence[Work], verdicts: Sequence[Verdict]
) -> str:
    records = sum(len(w.databases) for w in works)
    told = {
        "records": records,
        "by_database": {
            name: sum(name in w.databases for w in works) for name in DATABASES
        },
        "publications": len(works),
        "duplicates": records - len(works),
        "found": len(found),
        "wanted": sum(w.wanted for w in found),
        "included": len(_included(verdicts)),
    }
    return json.dumps(told, indent=2) + "\n"


def _ris(works: Sequence[Work], provider: str, tags: Mapping[str, str]) -> str:
    return "".join(
        f"{line}\n" for work in works for line in _ris_lines(work, provider, tags)
    )


def _ris_lines(work: Work, provider: str, tags: Mapping[str, str]) -> Iterator[str]:
    first, last = work.pages
    pairs = [
        ("TY", _KINDS[work.kind]),
        (tags["title"], work.title),
        *((tags["author"], name) for name in work.authors),
        (tags["year"], f"{work.year}{tags['after']}"),
        ("JF" if work.kind == "journal article" else "PB", work.journal),
        ("VL", str(work.volume)),
        ("SP", str(first)),
        ("EP", str(last)),
        ("DO", work.doi),
        (tags["abstract"], work.abstract),
        *(("KW", word) for word in work.keywords),
        ("LA", "English"),
        ("DB", provider),
    ]
    yield from (f"{tag}  - {value}" for tag, value in pairs if value)
    yield "ER  - "
    yield ""


def _ovid(works: Sequence[Work]) -> str:
    tags = {
        **{"title": "T1", "author": "A1", "year": "Y1", "after": "//"},
        "abstract": "N2",
    }
    return _ris(works, "Ovid MEDLINE(R)", tags)


def _psycinfo(works: Sequence[Work]) -> str:
    tags = {
        **{"title": "T1", "author": "A1", "year": "Y1", "after": "//"},
        "abstract": "N2",
    }
    return _ris(works, "APA PsycInfo", tags)


def _proquest(works: Sequence[Work]) -> str:
    tags = {
        **{"title": "T1", "author": "AU", "year": "Y1", "after": ""},
        "abstract": "AB",
    }
    return _ris(works, "ABI/INFORM Global", tags)


def _hmic(works: Sequence[Work]) -> str:
    """Return records in the labelled text that Ovid gives."""
    return "".join(
        f"<{number}. >\nVN  - Ovid Technologies\nDB  - HMIC Health Management\n"
        f"TI  - {w.title}\n"
        + "".join(f"AU  - {name}\n" for name in w.authors)
        + f"SO  - {w.journal}, {w.year}.\nAB  - {w.abstract}\nYR  - {w.year}\n"
        f"PT  - {w.kind.capitalize()}\nLG  - English\n"
        + (f"DO  - {w.doi}\n" if w.doi else "")
        + "".join(f"MH  - {word}\n" for word in w.keywords)
        + "\n"
        for number, w in enumerate(works, 1)
    )


def _scopus(works: Sequence[Work]) -> str:
    header = (
        *("Authors", "Title", "Year", "Source title", "Volume", "Issue"),
        *("Page start", "Page end", "DOI", "Abstract", "Author Keywords"),
        *("Language of Original Document", "Document Type", "Source", "EID"),
    )
    return _csv(
        header,
        (
            (
                "; ".join(name.replace(",", "") + "." for name in w.authors),
                w.title,
                w.year,
                w.journal,
                w.volume,
                "",
                *w.pages,
                w.doi,
                w.abstract,
                "; ".join(w.keywords),
                "English",
                "Article",
                "Scopus",
                f"2-s2.0-{80_000_000_000 + w.number}",
            )
            for w in works
        ),
    )


def _sheet(verdicts: Sequence[Verdict]) -> str:
    """Return a list as a screener gives it back, known again by title and DOI."""
    header = ("title", "doi", "year", "decision", "reason")
    rows = (
        (v.work.title, v.work.doi, v.work.year, v.decision, v.reason) for v in verdicts
    )
    return _csv(header, rows)


def _evidence(works: Sequence[Work]) -> str:
    """Return the evidence form, filled in for all but a few."""
    header = (
        *("record_id", "reference", "doi", "setting", "people", "design", "theme"),
        *("finding", "quality"),
    )
    return _csv(
        header,
        (
            (
                *(f"invented-{w.number}", _cited(w), w.doi),
                *(f"{w.setting}, {w.place}", w.people, w.design, w.theme),
                *(w.finding, w.limit),
            )
            for w in works
            if w.doi and w.number % 9
        ),
    )


def _report(works: Sequence[Work], missed: Sequence[Work]) -> str:
    """Return a report that cites its evidence, and works that the search misses.

    It cites one work that it does not list, and lists one that it does not cite.
    """
    chosen = [*[w for w in works if w.doi][:LISTED], *missed[:MISSED]]
    lines = ["# What the invented evidence says", ""]
    for theme, says in _THEMES.items():
        mine = [w for w in chosen if w.theme == theme]
        if mine:
            lines += [f"{says} ({'; '.join(map(_in_text, mine))}).", ""]
    lines += ["Managers have long said so (Nettlefold, 2016).", "", "# References", ""]
    for work in [*chosen, *[w for w in works if w not in chosen][:1]]:
        names = " and ".join(work.authors)
        lines += [f"{names} ({work.year}) {work.title}. {work.journal}.", ""]
    return "\n".join(lines)


def _in_text(work: Work) -> str:
    names = [name.split(",")[0] for name in work.authors]
    first, others = names[0], names[1:]
    if not others:
        return f"{first}, {work.year}"
    if len(others) == 1:
        return f"{first} and {others[0]}, {work.year}"
    return f"{first} and others, {work.year}"


def _cited(work: Work) -> str:
    first, _, others = "; ".join(work.authors).partition("; ")
    more = " and others" if others else ""
    return f"{first.split(',')[0]}{more} ({work.year}) {work.title}"


def _csv(header: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


_EXPORTS: Mapping[str, tuple[str, Callable[[Sequence[Work]], str]]] = {
    "MEDLINE": ("ovid-medline.ris", _ovid),
    "PsycINFO": ("ovid-psycinfo.ris", _psycinfo),
    "HMIC": ("ovid-hmic.txt", _hmic),
    "ABI/INFORM": ("proquest-abi-inform.ris", _proquest),
    "Scopus": ("scopus.csv", _scopus),
}

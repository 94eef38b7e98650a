"""Europe PMC's JSON, as its search service gives it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from skillmix.literature.reading.assemble import assemble
from skillmix.literature.reading.maps import Place
from skillmix.literature.reading.sheet import Sheet

# Each result names its source; nothing else in an answer does.
MARKER = re.compile(r'"source"\s*:\s*"[A-Z]{3}"')

_PLACES = {
    name: Place(field=name, rank=1)
    for name in (
        *("title", "abstract", "journal", "authors", "year", "volume", "issue"),
        *("pages", "doi", "pmid", "issn", "language", "keywords", "kind"),
        "accession",
    )
}


def read_europe_pmc(text: str, *, file: str) -> Sheet | None:
    """Read a page of search results; None if it is some other JSON."""
    if '"resultList"' not in text:
        return None
    try:
        answer: Any = json.loads(text)
        results: list[Mapping[str, Any]] = answer["resultList"]["result"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    records = tuple(
        assemble(
            list(_pairs(result)),
            _PLACES,
            file=file,
            position=number,
            dialect="Europe PMC JSON",
            database="Europe PMC",
        )
        for number, result in enumerate(results, 1)
    )
    return Sheet(
        dialect="Europe PMC JSON", markers=len(MARKER.findall(text)), records=records
    )


def _pairs(result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    journal = _within(result, "journalInfo")
    plain = {
        "title": result.get("title"),
        "abstract": result.get("abstractText"),
        "year": result.get("pubYear"),
        "pages": result.get("pageInfo"),
        "doi": result.get("doi"),
        "pmid": result.get("pmid"),
        "language": result.get("language"),
        "accession": f"{result.get('source', '')}:{result.get('id', '')}",
        "journal": _within(journal, "journal").get("title"),
        "issn": _within(journal, "journal").get("issn"),
        "volume": journal.get("volume"),
        "issue": journal.get("issue"),
    }
    yield from ((name, str(value)) for name, value in plain.items() if value)
    for author in _within(result, "authorList").get("author", ()):
        last, first = author.get("lastName", ""), author.get("firstName", "")
        yield "authors", f"{last}, {first}".strip(", ") or author.get("fullName", "")
    for word in _within(result, "keywordList").get("keyword", ()):
        yield "keywords", str(word)
    for heading in _within(result, "meshHeadingList").get("meshHeading", ()):
        yield "keywords", str(heading.get("descriptorName", ""))
    for kind in _within(result, "pubTypeList").get("pubType", ()):
        yield "kind", str(kind)


def _within(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}

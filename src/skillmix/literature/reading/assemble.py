"""Tagged values as a record: one field each, and what fits none kept beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from skillmix.literature.reading.maps import Place, database_patterns, kinds
from skillmix.literature.reading.text import squeezed
from skillmix.literature.record import Record

Split = Callable[[str, str], list[str]]

_MISSING = frozenset({"", "nan", "na", "n/a", "none", "null", "-", "[]"})
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_PMID = re.compile(r"(?:pubmed[ /:]*|^)(\d{5,9})\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|i|b|u|em|strong|br|div|span|h\d|ul|li|jats:\w+|title|sec)\b[^<>]*>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"</?(?:sub|sup|inf)\b[^<>]*>", re.IGNORECASE)
# Embase: "Journal (2014) 3:3 (152-160)"; PubMed: "J. 2020 Feb;63(2):103640. doi";
# others: whatever comes before the first full stop is the journal.
_SOURCES = (
    re.compile(
        r"(?P<journal>.+?) \(\d{4}\)(?: (?P<volume>\w+))?(?::(?P<issue>[^ (]+))?"
        r"(?: \((?P<pages>[^)]+)\))?"
    ),
    re.compile(
        r"(?P<journal>.+?)\. \d{4}[^;:]*;(?P<volume>[^(:;]*)(?:\((?P<issue>[^)]*)\))?"
        r"(?::(?P<pages>[^.;]+))?"
    ),
    re.compile(r"(?P<journal>.+?)\. "),
)
_MANY = ("authors", "keywords")
_PROSE = ("title", "abstract", "notes")


@dataclass(slots=True)
class _Filling:
    """Values of each field as (rank, tag, value), in the order met."""

    values: dict[str, list[tuple[int, str, str]]] = field(
        default_factory=dict[str, list[tuple[int, str, str]]]
    )
    other: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def best(self, name: str) -> str:
        """Take the value of the best tag; what differs from it goes beside."""
        ranked = sorted(self.values.get(name, []), key=lambda v: v[0])
        if not ranked:
            return ""
        chosen = ranked[0][2]
        self.other.extend((t, v) for _, t, v in ranked[1:] if v != chosen)
        return chosen

    def every(self, name: str, split: Split) -> tuple[str, ...]:
        """Take all values: of the best tag for authors, of any for keywords."""
        found = self.values.get(name, [])
        top = min((rank for rank, _, _ in found), default=0)
        out: list[str] = []
        for rank, tag, value in found:
            if rank != top:
                self.other.append((tag, value))
                continue
            out.extend(p for part in split(name, value) if (p := squeezed(part)))
        return tuple(dict.fromkeys(out))


def assemble(
    pairs: Sequence[tuple[str, str]],
    places: Mapping[str, Place],
    *,
    file: str,
    position: int,
    dialect: str,
    split: Split | None = None,
    database: str = "",
) -> Record:
    """Make a record of tagged values.

    Args:
        pairs: (tag, value) in the order printed; lines of a value stay lines.
        places: What each tag means.
        file: Name of the file.
        position: Place in the file, from 1.
        dialect: Kind of export.
        split: Parts the names or keywords of one value; one a value if not given.
        database: The database, if the file as a whole says so.
    """
    filling = _Filling()
    for tag, value in pairs:
        place = places.get(tag)
        if place is None:
            if value.strip():
                filling.other.append((tag, squeezed(value)))
            continue
        text = value if place.field in _MANY else _clean(place.field, value)
        if text.strip().lower() not in _MISSING or (
            place.field == "title" and text.strip()
        ):
            entry = (place.rank, tag, text)
            filling.values.setdefault(place.field, []).append(entry)
    return _record(filling, file, position, dialect, split or _whole, database)


def _record(
    filling: _Filling,
    file: str,
    position: int,
    dialect: str,
    split: Split,
    database: str,
) -> Record:
    source = filling.best("source")
    said = _source_parts(source)
    doi = _doi(filling)
    pmid = _pmid(filling)
    year = _year(filling, source)
    fields = {
        name: filling.best(name)
        for name in (
            *("title", "abstract", "volume", "issue", "issn", "language"),
            *("country", "publisher", "url", "notes", "accession"),
        )
    }
    fields["volume"] = fields["volume"] or said.get("volume", "")
    fields["issue"] = fields["issue"] or said.get("issue", "")
    found = _database(filling, fields, database)
    if not pmid and found == "PubMed" and _PMID.fullmatch(fields["accession"]):
        pmid = fields["accession"]
    return Record(
        file=file,
        position=position,
        dialect=dialect,
        doi=doi,
        pmid=pmid,
        year=year,
        journal=filling.best("journal") or said.get("journal", ""),
        pages=_pages(filling) or said.get("pages", ""),
        kind=_kind(filling),
        authors=filling.every("authors", split),
        keywords=filling.every("keywords", split),
        database=found,
        **fields,
        other=tuple(filling.other),
    )


def _source_parts(source: str) -> dict[str, str]:
    """Take journal, volume, issue and pages out of a citation in one line."""
    for pattern in _SOURCES:
        if match := pattern.match(source):
            return {name: text or "" for name, text in match.groupdict().items()}
    return {}


def _whole(_field: str, value: str) -> list[str]:
    return [value]


def _clean(name: str, value: str) -> str:
    if name in _PROSE and ("<" in value or "&" in value):
        value = _SCRIPT.sub("", _MARKUP.sub(" ", html.unescape(value)))
    return squeezed(value)


def normal_doi(text: str) -> str:
    """Return the DOI within a text in lower case; empty if there is none."""
    match = _DOI.search(text.replace("%2F", "/").replace("%2f", "/"))
    if match is None:
        return ""
    doi = match[0].lower().rstrip(".,;:'")
    # A bracket that was opened outside the DOI is not part of it.
    while doi.endswith((")", "]")) and doi.count("(") + doi.count("[") < (
        doi.count(")") + doi.count("]")
    ):
        doi = doi[:-1].rstrip(".,;")
    return doi


def _doi(filling: _Filling) -> str:
    found = ""
    for _, tag, value in sorted(filling.values.pop("doi", []), key=lambda v: v[0]):
        doi = normal_doi(value)
        if doi and not found:
            found = doi
        elif doi != found:
            filling.other.append((tag, value))
    if found:
        return found
    addresses = [v for _, _, v in filling.values.get("url", [])]
    beside = [v for t, v in filling.other if t in ("M3", "N1", "C2", "L4", "LK")]
    for value in (*addresses, *beside):
        if "doi" in value.lower() and (doi := normal_doi(value)):
            return doi
    return ""


def _pmid(filling: _Filling) -> str:
    stated = filling.best("pmid")
    if stated:
        match = _PMID.search(stated)
        return match[1] if match else ""
    for tag, value in filling.other:
        match = _PMID.search(value)
        if match and (tag == "C5" or value.lower().startswith("pubmed ")):
            return match[1]
    for _, _, value in filling.values.get("url", []):
        match = re.search(r"ncbi\.nlm\.nih\.gov/(?:pubmed/)?(\d{5,9})\b", value)
        if match:
            return match[1]
    return ""


def _year(filling: _Filling, source: str) -> int | None:
    values = sorted(filling.values.pop("year", []), key=lambda v: v[0])
    years: int | None = None
    for _, tag, value in values:
        match = _YEAR.search(value)
        if match and years is None:
            years = int(match[1])
        elif match is None or len(value) > 4:
            # A day or month beyond the year is kept beside it.
            filling.other.append((tag, value))
    if years is None:
        found = _YEAR.findall(source)
        return int(found[-1]) if found else None
    return years


def _pages(filling: _Filling) -> str:
    whole = filling.best("pages")
    first, last = filling.best("first_page"), filling.best("last_page")
    if (first, last) == ("No", "Specified"):
        # Ovid's words for no pages, parted over two tags.
        first = last = ""
    article = filling.best("article_number")
    if whole:
        return whole.replace("--", "-").replace(" - ", "-")
    if first and last and first != last and "-" not in first:
        return f"{first}-{last}"
    return first or last or article


def _kind(filling: _Filling) -> str:
    ranked = sorted(filling.values.pop("kind", []), key=lambda v: v[0])
    known = [kinds().get(re.sub(r"\s", "", v.lower()), "") for _, _, v in ranked]
    said = next((k for k in known if k), "")
    filling.other.extend(
        (t, v) for (_, t, v), k in zip(ranked, known, strict=True) if not k
    )
    return said or (ranked[0][2].lower() if ranked else "")


def _database(filling: _Filling, fields: Mapping[str, str], given: str) -> str:
    stated = given or filling.best("database")
    for where, pattern, name in database_patterns():
        if where == "value" and stated and pattern.search(stated):
            return name
    if stated:
        return stated
    urls = " ".join(v for _, _, v in filling.values.get("url", []))
    places = {"url": urls, "accession": fields["accession"]}
    for where, pattern, name in database_patterns():
        if places.get(where) and pattern.search(places[where]):
            return name
    return ""

"""Exports in XML: PubMed's and EndNote's; entity bombs are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.assemble import assemble
from skillmix.literature.reading.maps import Place
from skillmix.literature.reading.sheet import Sheet

PUBMED_MARKER = re.compile(r"<(?:PubmedArticle|PubmedBookArticle)[\s>]")
ENDNOTE_MARKER = re.compile(r"<record[\s>]")

_PLACES = {
    name: Place(field=name, rank=1)
    for name in (
        *("title", "abstract", "journal", "authors", "year", "volume", "issue"),
        *("pages", "doi", "pmid", "issn", "language", "country", "publisher"),
        *("keywords", "kind", "url", "accession", "database", "notes"),
    )
}
_PUBMED = (
    ("pmid", "MedlineCitation/PMID"),
    ("title", ".//Article/ArticleTitle"),
    ("journal", ".//Article/Journal/Title"),
    ("volume", ".//JournalIssue/Volume"),
    ("issue", ".//JournalIssue/Issue"),
    ("pages", ".//Pagination/MedlinePgn"),
    ("issn", ".//Article/Journal/ISSN"),
    ("language", ".//Article/Language"),
    ("country", ".//MedlineJournalInfo/Country"),
    ("kind", ".//PublicationTypeList/PublicationType"),
    ("doi", ".//PubmedData/ArticleIdList/ArticleId[@IdType='doi']"),
    ("doi", ".//Article/ELocationID[@EIdType='doi']"),
    ("keywords", ".//MeshHeading/DescriptorName"),
    ("keywords", ".//KeywordList/Keyword"),
    # Books and chapters.
    ("title", "BookDocument/ArticleTitle"),
    ("title", "BookDocument/Book/BookTitle"),
    ("pmid", "BookDocument/PMID"),
    ("publisher", "BookDocument/Book/Publisher/PublisherName"),
)
_ENDNOTE = (
    ("title", "titles/title"),
    ("journal", "titles/secondary-title"),
    ("journal", "periodical/full-title"),
    ("abstract", "abstract"),
    ("authors", "contributors/authors/author"),
    ("year", "dates/year"),
    ("volume", "volume"),
    ("issue", "number"),
    ("pages", "pages"),
    ("doi", "electronic-resource-num"),
    ("accession", "accession-num"),
    ("issn", "isbn"),
    ("language", "language"),
    ("country", "pub-location"),
    ("publisher", "publisher"),
    ("keywords", "keywords/keyword"),
    ("url", "urls/related-urls/url"),
    ("database", "remote-database-name"),
    ("notes", "notes"),
)


def read_xml(text: str, *, file: str) -> Sheet | None:
    """Read PubMed or EndNote XML; None if it is some other XML.

    Raises:
        UnreadableFileError: If it declares entities of its own, or is cut short.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    pubmed = bool(PUBMED_MARKER.search(text))
    if not pubmed and not ENDNOTE_MARKER.search(text):
        return None
    try:
        # The declaration may name an encoding the text no longer has.
        root: Element = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except DefusedXmlException:
        raise UnreadableFileError(
            "The XML declares entities of its own, which no export does.",
            remedy="Do not open it elsewhere either; export the records again.",
        ) from None
    except ParseError as fault:
        line = fault.position[0]
        raise UnreadableFileError(
            f"The XML is damaged or cut short at line {line}.",
            remedy="Export the records again.",
        ) from None
    dialect = "PubMed XML" if pubmed else "EndNote XML"
    tags = ("PubmedArticle", "PubmedBookArticle") if pubmed else ("record",)
    found = [e for e in root.iter() if e.tag in tags]
    records = tuple(
        assemble(
            list(_pubmed(e) if pubmed else _endnote(e)),
            _PLACES,
            file=file,
            position=n,
            dialect=dialect,
            database="PubMed" if pubmed else "",
        )
        for n, e in enumerate(found, 1)
    )
    marker = PUBMED_MARKER if pubmed else ENDNOTE_MARKER
    return Sheet(dialect=dialect, markers=len(marker.findall(text)), records=records)


def _pubmed(article: Element) -> Iterator[tuple[str, str]]:
    for name, path in _PUBMED:
        for element in article.findall(path):
            yield name, _said(element)
    parts = article.findall(".//Abstract/AbstractText")
    if parts:
        labelled = (f"{p.get('Label', '')}: {_said(p)}".lstrip(": ") for p in parts)
        yield "abstract", " ".join(labelled)
    for author in article.findall(".//AuthorList/Author"):
        last, fore = (author.findtext(t) or "" for t in ("LastName", "ForeName"))
        yield "authors", f"{last}, {fore}".strip(", ") or _said(author)
    date = article.find(".//JournalIssue/PubDate") or article.find(".//Book/PubDate")
    if date is not None:
        yield "year", " ".join(_said(part) for part in date)


def _endnote(record: Element) -> Iterator[tuple[str, str]]:
    kind = record.find("ref-type")
    if kind is not None and kind.get("name"):
        yield "kind", kind.get("name", "")
    for name, path in _ENDNOTE:
        for element in record.findall(path):
            yield name, _said(element)


def _said(element: Element) -> str:
    """All text of an element; marks of style inside it say nothing."""
    return " ".join("".join(element.itertext()).split())

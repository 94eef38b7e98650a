"""Made-up records as every kind of export writes them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """A publication nobody wrote."""

    title: str
    first: str
    second: str
    year: int
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    abstract: str
    keyword: str


MADE = (
    Made(
        title="Support workers on acute wards: a made-up survey",
        first="Ashdown, Priya",
        second="Okoro, Benjamin",
        year=2018,
        journal="Journal of Invented Nursing",
        volume="12",
        issue="3",
        pages="45-52",
        doi="10.1234/jin.2018.045",
        abstract="We asked support workers in mental health about careers.",
        keyword="support worker",
    ),
    Made(
        title="Training café staff and carers in Łódź",
        first="Lefèvre, Zoë",
        second="Müller, Jörg",
        year=2020,
        journal="Annals of Fictional Care",
        volume="7",
        issue="1",
        pages="101-110",
        doi="10.5678/afc.7.101",
        abstract="A trial of training; retention did not change.",
        keyword="training",
    ),
)


def ris(made: Made, *, style: str = "plain") -> str:
    """A RIS record with the tags of one vendor."""
    start, end = made.pages.split("-")
    tags = {
        "plain": ("TI", "AU", "T2", "AB", "PY", "DO"),
        "ovid": ("T1", "A1", "JF", "N2", "Y1", "DO"),
        "proquest": ("T1", "AU", "JF", "AB", "Y1", "DO"),
        "cochrane": ("T1", "A1", "JA", "AB", "PY", "DO"),
        "scopus": ("TI", "AU", "T2", "AB", "PY", "DO"),
        "short": ("T1", "A1", "JO", "N2", "PY", "L3"),
    }[style]
    title, author, journal, abstract, year, doi = tags
    gap = "  -  " if style == "cochrane" else "  - "
    when = f"{made.year}//" if style == "ovid" else str(made.year)
    link = "http://dx.doi.org/" if style == "ovid" else ""
    pairs = [
        ("TY", "JOUR"),
        (title, made.title),
        (author, made.first),
        (author, made.second),
        (journal, made.journal),
        ("VL", made.volume),
        ("IS", made.issue),
        ("SP", start),
        ("EP", end),
        (year, when),
        (abstract, made.abstract),
        ("KW", made.keyword),
        (doi, link + made.doi),
    ]
    lines = [f"{tag}{gap}{value}" for tag, value in pairs]
    before = {"ovid": "1.\n", "cochrane": "Record #1 of 2\n"}.get(style, "")
    return before + "\n".join([*lines, f"ER{gap.rstrip()} "]) + "\n\n"


def nbib(made: Made) -> str:
    """A PubMed record."""
    last, first = made.first.split(", ")
    title = made.title.replace(" ", " \n      ", 3)
    return (
        f"PMID- 3{made.year}{made.volume:0>3}\nOWN - NLM\nDP  - {made.year} Mar\n"
        f"TI  - {title}\nFAU - {made.first}\nAU  - {last} {first[0]}\n"
        f"FAU - {made.second}\nJT  - {made.journal}\nVI  - {made.volume}\n"
        f"IP  - {made.issue}\nPG  - {made.pages}\nAB  - {made.abstract}\n"
        f"LID - {made.doi} [doi]\nOT  - {made.keyword}\nPT  - Journal Article\n\n"
    )


def wos(made: Made) -> str:
    """A Web of Science record in plain text."""
    start, end = made.pages.split("-")
    return (
        f"PT J\nAU {made.first}\n   {made.second}\nTI {made.title}\n"
        f"SO {made.journal}\nDE {made.keyword}; second\n   keyword\n"
        f"AB {made.abstract}\nPY {made.year}\nVL {made.volume}\nIS {made.issue}\n"
        f"BP {start}\nEP {end}\nDI {made.doi}\nUT WOS:000{made.volume}\nER\n\n"
    )


def wos_file(*made: Made) -> str:
    return (
        "FN Clarivate Analytics Web of Science\nVR 1.0\n"
        + "".join(map(wos, made))
        + "EF\n"
    )


def ovid(made: Made, number: int) -> str:
    """An Ovid record in its labelled format."""
    return (
        f"<{number}. >\nVN  - Ovid Technologies\nDB  - HMIC Health Management\n"
        f"TI  - {made.title}\nAU  - {made.first}\nAU  - {made.second}\n"
        f"SO  - {made.journal}. {made.volume} ({made.issue}) (pp {made.pages}), "
        f"{made.year}.\nAB  - {made.abstract}\nYR  - {made.year}\n"
        f"DO  - {made.doi}\nMH  - {made.keyword}\n\n"
    )


def bibtex(made: Made) -> str:
    """A BibTeX entry with TeX in its names."""
    names = f"{made.first} and {made.second}"
    for letter, tex in (("è", r"{\`e}"), ("ë", r"\"{e}"), ("ü", r"{\"u}")):
        names = names.replace(letter, tex)
    names = names.replace("ö", r"\"o")
    title = made.title.replace("é", r"{\'e}").replace("Ł", r"{\L}")
    title = title.replace("ó", r"{\'o}").replace("ź", r"{\'z}")
    return (
        f"@article{{key {made.year},\n  title = {{{{{title}}}}},\n"
        f'  author = "{names}",\n  year = {made.year},\n'
        f"  journal = {{{made.journal}}},\n  volume = {{{made.volume}}},\n"
        f"  number = {made.issue},\n  pages = {{{made.pages.replace('-', '--')}}},\n"
        f"  doi = {{{made.doi}}},\n  abstract = {{{made.abstract}}},\n"
        f"  keywords = {{{made.keyword}}},\n}}\n\n"
    )


# Header, and how the values of a record go under it.
SHEETS: dict[str, tuple[str, str]] = {
    "Scopus": (
        "Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI,"
        "Abstract,Author Keywords,Source,EID",
        "first; second,title,year,journal,volume,issue,start,end,doi,abstract,"
        "keyword,=Scopus,=2-s2.0-1",
    ),
    "Embase": (
        "Title,Author Names,Source,Publication Year,Abstract,DOI,"
        "Emtree Medical Index Terms,PUI",
        "title,initials,citation,year,abstract,doi,keyword,=L123",
    ),
    "CINAHL": (
        "Article Title,Author,Journal Title,Publication Date,Volume,Issue,"
        "First Page,Abstract,DOI,Subjects,PLink",
        "title,first; second,journal,date,volume,issue,start,abstract,doi,keyword,"
        "=https://search.ebscohost.com/x",
    ),
    "OpenAlex": (
        "id,doi,title,publication_year,primary_location.source.display_name,"
        "biblio.volume,biblio.issue,biblio.first_page,biblio.last_page,abstract,"
        "authorships.raw_author_name,keywords.display_name,ids.openalex",
        "=https://openalex.org/W1,doi,title,year,journal,volume,issue,start,end,"
        "abstract,first|second,keyword,=https://openalex.org/W1",
    ),
    "Covidence": (
        "Title,Authors,Abstract,Published Year,Journal,Volume,Issue,Pages,DOI,"
        "Covidence #,Tags",
        "title,first; second,abstract,year,journal,volume,issue,pages,doi,=#12,keyword",
    ),
    "Rayyan": (
        "key,title,year,journal,volume,issue,pages,authors,abstract,doi,keywords,"
        "pubmed_id,pmc_id",
        "=rayyan-1,title,year,journal,volume,issue,pages,first and second,abstract,"
        "doi,keyword,=,=",
    ),
}


def values(made: Made, names: str) -> list[str]:
    """The cells of a row."""
    start, end = made.pages.split("-")
    known = {
        **vars(made),
        "start": start,
        "end": end,
        "first; second": f"{made.first}; {made.second}",
        "first|second": f"{made.first}|{made.second}",
        "first and second": f"{made.first} and {made.second}",
        "initials": ", ".join(
            f"{n.split(', ')[0]} X." for n in (made.first, made.second)
        ),
        "citation": f"{made.journal} ({made.year}) {made.volume}:{made.issue} "
        f"({made.pages})",
        "date": f'="3/4/{made.year}"',
    }
    cells = names.split(",")
    return [c[1:] if c.startswith("=") else str(known[c]) for c in cells]


def sheet(kind: str, *made: Made, delimiter: str = ",") -> str:
    """A table of one database."""
    header, names = SHEETS[kind]
    rows = [header.split(","), *(values(m, names) for m in made)]

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    body = "\n".join(delimiter.join(map(cell, row)) for row in rows) + "\n"
    if kind == "Embase":
        return '"SEARCH QUERY","worker:ti"\n-----------\n\n' + body
    return body


def pubmed_xml(*made: Made) -> str:
    """PubMed's XML."""
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>3{m.year}{m.volume}</PMID><Article>"
        f"<Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>{m.volume}</Volume>"
        f"<Issue>{m.issue}</Issue><PubDate><Year>{m.year}</Year></PubDate>"
        f"</JournalIssue><Title>{m.journal}</Title></Journal>"
        f"<ArticleTitle>{m.title.replace('wards', '<i>wards</i>')}</ArticleTitle>"
        f"<Pagination><MedlinePgn>{m.pages}</MedlinePgn></Pagination>"
        f"<Abstract><AbstractText Label='AIM'>{m.abstract}</AbstractText></Abstract>"
        "<AuthorList>"
        + "".join(
            f"<Author><LastName>{n.split(', ')[0]}</LastName>"
            f"<ForeName>{n.split(', ')[1]}</ForeName></Author>"
            for n in (m.first, m.second)
        )
        + "</AuthorList><Language>eng</Language></Article>"
        f"<KeywordList><Keyword>{m.keyword}</Keyword></KeywordList></MedlineCitation>"
        f"<PubmedData><ArticleIdList><ArticleId IdType='doi'>{m.doi}</ArticleId>"
        "</ArticleIdList></PubmedData></PubmedArticle>"
        for m in made
    )
    head = '<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE PubmedArticleSet>\n'
    return f"{head}<PubmedArticleSet>{articles}</PubmedArticleSet>"


def endnote_xml(*made: Made) -> str:
    """EndNote's XML, with its marks of style."""
    records = "".join(
        "<record><ref-type name='Journal Article'>17</ref-type><contributors>"
        f"<authors><author><style>{m.first}</style></author>"
        f"<author><style>{m.second}</style></author></authors></contributors>"
        f"<titles><title><style>{m.title}</style></title>"
        f"<secondary-title><style>{m.journal}</style></secondary-title></titles>"
        f"<pages>{m.pages}</pages><volume>{m.volume}</volume>"
        f"<number>{m.issue}</number><dates><year>{m.year}</year></dates>"
        f"<electronic-resource-num>{m.doi}</electronic-resource-num>"
        f"<abstract>{m.abstract}</abstract>"
        f"<keywords><keyword>{m.keyword}</keyword></keywords></record>"
        for m in made
    )
    return f"<?xml version='1.0'?><xml><records>{records}</records></xml>"


def workbook(*rows: list[str]) -> bytes:
    """A workbook of text cells, small enough to write by hand."""

    def row(cells: list[str]) -> str:
        inner = "".join(
            f'<c t="inlineStr"><is><t>{_escaped(cell)}</t></is></c>' for cell in cells
        )
        return f"<row>{inner}</row>"

    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{space}/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" '
        f'xmlns:r="{space}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Records" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships "
        f'xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": "<worksheet "
        f'xmlns="{space}/spreadsheetml/2006/main"><sheetData>'
        + "".join(map(row, rows))
        + "</sheetData></worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Saved web pages and job postings: jobs.nhs.uk, Trac, JSON-LD and feeds in XML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from skillmix.adverts.advert import Head
from skillmix.adverts.normalise import normalise, unescape
from skillmix.adverts.reading.compose import head_of, paired_lines
from skillmix.adverts.reading.markup import Page, plain, read_markup
from skillmix.adverts.reading.part import SPECIFICATION, Part, parse_day
from skillmix.adverts.reading.pasted import pasted_page
from skillmix.errors import UnreadableFileError

_VACANCY = re.compile(r"/(?:vacancy|jobadvert|candidate/jobadvert)/([\w-]{4,30})")
_CRITERION = re.compile(r"^(essential|desirable)_skill_(\d+)_criteria_(\d+)$")
_NHS_IDS = ("job_overview", "job_description", "job_description_large")
_NHS_PARTS = (
    ("Job summary", ("job_overview",)),
    ("Main duties of the job", ("job_description",)),
    ("About us", ("about_organisation",)),
    ("Job responsibilities", ("job_description_large",)),
)
_MANY = 1000
TOP = 20_000


def job_postings(text: str, file: str) -> list[Part]:
    """Read schema.org JobPosting as JSON: one, a list, or a graph of them.

    Raises:
        UnreadableFileError: If it is no JSON, nested too deeply, or no JobPosting.
    """
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableFileError(
            "The JSON is damaged, cut short or nested too deeply.",
            remedy="Download it again.",
        ) from None
    parts = [_posting(one, file) for one in _postings(given)]
    if not parts:
        raise UnreadableFileError(
            "The JSON holds no schema.org JobPosting.",
            remedy="Give the posting's own JSON-LD, with '@type': 'JobPosting'.",
        )
    return parts


def web_page(source: str, file: str) -> list[Part]:
    """Read a saved page: by the ids of jobs.nhs.uk, by labels, or by JSON-LD.

    Raises:
        UnreadableFileError: If the page has no text.
    """
    page = read_markup(source)
    if any(page.by_id.get(name) for name in _NHS_IDS):
        return [_nhs_page(page, source, file)]
    structured = _embedded(page, file)
    if not page.lines and not structured:
        raise UnreadableFileError(
            "The page has no text: it was made by a script that was not saved.",
            remedy="Save the page as 'complete', or print it to PDF.",
        )
    start = source[:TOP].lower()
    kind = "trac_page" if "trac" in start or "healthjobsuk" in start else "web_page"
    head, body = _page_head(page), page.text
    holds = (SPECIFICATION,) if _has_criteria(body) else ()
    if structured:
        lead = structured[0]
        head = _merged(lead.head, head)
        if len(lead.body) >= len(body) // 3:
            # The page says the same with menus round it, or adds a specification.
            holds = () if _has_criteria(lead.body) else holds
            body = f"{lead.body}\n{body}" if holds else lead.body
    return [Part(file=file, source=kind, head=head, body=body, holds=holds)]


def jobs_feed(data: bytes, file: str) -> list[Part]:
    """Read vacancies of the NHS Jobs search feed; descriptions there are cut short.

    Raises:
        UnreadableFileError: If it is no such XML, or declares entities.
    """
    root = parse_xml(data)
    found = [e for e in root.iter() if _local(e.tag) == "vacancyDetails"]
    if not found:
        raise UnreadableFileError(
            "The XML holds no vacancyDetails.",
            remedy="Only the NHS Jobs search feed is read; save adverts as HTML.",
        )
    return [_vacancy(e, file) for e in found[:_MANY]]


def parse_xml(data: bytes) -> Element:
    """Return the root of XML that declares no entity and no document type.

    Raises:
        UnreadableFileError: If it is damaged, or hostile.
    """
    try:
        return SafeTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableFileError(
            "The XML declares a document type or entities, which is not allowed.",
            remedy="Save it without a DOCTYPE.",
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise UnreadableFileError(
            "The XML is damaged or cut short.", remedy="Download it again."
        ) from None


def _postings(given: Any) -> Iterator[Mapping[str, Any]]:
    pending = [given]
    for _ in range(_MANY * 10):
        if not pending:
            return
        one = pending.pop(0)
        if isinstance(one, list):
            pending = one[:_MANY] + pending
        elif isinstance(one, dict):
            kinds = one.get("@type")
            if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
                yield one
            elif "@graph" in one:
                pending.append(one["@graph"])


def _posting(one: Mapping[str, Any], file: str) -> Part:
    pay = one.get("baseSalary")
    amount = pay.get("value") if isinstance(pay, dict) else pay
    worded = _first(amount, "value") if isinstance(amount, dict) else amount
    if isinstance(amount, dict) and not worded:
        # Numbers alone are believed only where no words are given.
        ends = [str(amount[k]) for k in ("minValue", "maxValue") if amount.get(k)]
        worded = " - ".join(f"£{e}" for e in dict.fromkeys(ends))
    url = str(one.get("url") or one.get("@id") or "")
    vacancy = _VACANCY.search(url)
    identifier = one.get("identifier")
    place = one.get("jobLocation")
    place = place[0] if isinstance(place, list) and place else place
    address = place.get("address") if isinstance(place, dict) else place
    head = Head(
        title=_words(one.get("title")),
        employer=_words(_first(one.get("hiringOrganization"), "name")),
        location=_address(address),
        salary=_words(worded),
        contract="",
        posted=parse_day(str(one.get("datePosted") or "")),
        closes=parse_day(str(one.get("validThrough") or "")),
        reference=_words(_first(identifier, "value")) if identifier else "",
        vacancy=vacancy.group(1) if vacancy else "",
        url=url,
    )
    body = "\n".join(
        plain(unescape(str(one[name])))
        for name in ("description", "responsibilities", "qualifications", "skills")
        if isinstance(one.get(name), str)
    )
    return Part(file=file, source="job_posting", head=head, body=unescape(body))


def _first(value: Any, name: str) -> Any:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.get(name) if isinstance(value, dict) else value


def _words(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return normalise(plain(unescape(str(value)))).replace("\n", ", ")[:400]


def _address(value: Any) -> str:
    if not isinstance(value, dict):
        return _words(value)
    names = ("streetAddress", "addressLocality", "addressRegion", "postalCode")
    return ", ".join(filter(None, (_words(value.get(name)) for name in names)))


def _nhs_page(page: Page, source: str, file: str) -> Part:
    ids = page.by_id

    def of(*names: str) -> str:
        return next((ids[n] for n in names if ids.get(n)), "")

    place = ", ".join(
        filter(None, (of(f"employer_{n}") for n in ("town", "county", "postcode")))
    )
    url = _VACANCY.search(source)
    head = Head(
        title=of("heading"),
        employer=of("employer_name"),
        location=place.replace("\n", ", "),
        salary=of("range_salary", "negotiable_salary", "fixed_salary"),
        contract=of("contract_type"),
        pattern=of("working_pattern_heading", "working_pattern").replace("\n", ", "),
        band=of("payscheme-band", "payscheme-grade"),
        posted=parse_day(of("date_posted")),
        closes=parse_day(of("closing_date")),
        reference=of("trac-job-reference", "job_reference_number"),
        vacancy=url.group(1) if url else "",
    )
    lines: list[str] = []
    for heading, names in _NHS_PARTS:
        if body := of(*names):
            lines += [heading, body]
    criteria = _criteria(ids)
    if criteria:
        lines += ["Person Specification", *criteria]
    return Part(
        file=file,
        source="nhs_jobs_page",
        head=head,
        body="\n".join(lines),
        holds=(SPECIFICATION,) if criteria else (),
    )


def _criteria(ids: Mapping[str, str]) -> list[str]:
    """Return the person specification as headed lists, in the page's order."""
    found: dict[int, dict[str, list[str]]] = {}
    for name, text in ids.items():
        if match := _CRITERION.match(name):
            kinds = found.setdefault(int(match[2]), {"essential": [], "desirable": []})
            kinds[match[1]].append(text.replace("\n", " "))
    lines: list[str] = []
    for number in sorted(found):
        lines.append(ids.get(f"skill_category_{number}", "").replace("\n", " "))
        for kind, items in found[number].items():
            if items:
                lines += [kind.title(), *(f"• {i.removeprefix('• ')}" for i in items)]
    return [line for line in lines if line]


def _embedded(page: Page, file: str) -> list[Part]:
    for text in page.json_ld:
        try:
            return job_postings(text, file)
        except UnreadableFileError:
            continue
    return []


def _page_head(page: Page) -> Head:
    known = pasted_page(page.lines)
    head = known.head if known else head_of(paired_lines(page.lines))
    if head.title:
        return head
    named = next(
        (page.by_id[n] for n in ("heading", "job-title") if n in page.by_id), ""
    )
    tab = re.split(r" [|–-] ", page.title)[0]
    return _merged(head, Head(title=named or page.heading or tab or page.banner))


def _merged(head: Head, other: Head) -> Head:
    """Return the first head, with what only the other knows."""
    names = Head.__dataclass_fields__
    return Head(**{n: getattr(head, n) or getattr(other, n) for n in names})


def _has_criteria(body: str) -> bool:
    lines = {line.strip(" •:").lower() for line in body.split("\n")}
    return bool(lines & {"essential", "essential criteria"}) and (
        "person specification" in body.lower()
    )


def _vacancy(element: Element, file: str) -> Part:
    def of(name: str) -> str:
        for child in element.iter():
            if _local(child.tag) == name and child.text:
                return _words(child.text)
        return ""

    url = of("url")
    number = of("id")
    head = Head(
        title=of("title"),
        employer=of("employer"),
        location=of("location") or of("locations"),
        salary=of("salary"),
        contract=of("type"),
        posted=parse_day(of("postDate")),
        closes=parse_day(of("closeDate")),
        reference=of("reference"),
        vacancy=number,
        url=url,
    )
    return Part(
        file=file,
        source="nhs_jobs_feed",
        head=head,
        body=of("description"),
        notes=("The feed cuts descriptions short.",),
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

"""Parts to adverts: fields and documents put together into the text that is coded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from skillmix.adverts.advert import Advert, Head
from skillmix.adverts.normalise import normalise
from skillmix.adverts.reading.part import ADVERT, SPECIFICATION, Part, parse_day
from skillmix.adverts.sections import HEAD_LINES

_DOCUMENT = re.compile(
    r"job description|person(?:al)? spec|\bjd\b|recruitment pack", re.IGNORECASE
)
_NAMED = re.compile(
    r"attach|\bsee\b|read|refer|view|review|download|available|link|detailed|full|"
    r"accompanying|document|below|right hand|job description ?(?:/|and) ?person|jd/ps",
    re.IGNORECASE,
)
NEAR = 70
_LABELS = (
    ("title", ("title", "job title", "post title", "vacancy", "job role")),
    ("employer", ("employer", "organisation", "company", "trust", "employer name")),
    (
        "location",
        (
            *("location", "base", "site", "town", "place of work", "workplace"),
            "job locations",
        ),
    ),
    (
        "salary",
        (
            *("salary", "pay", "salary range", "rate of pay", "remuneration"),
            "additional salary information",
        ),
    ),
    ("contract", ("contract", "contract type", "type of contract", "job type")),
    ("pattern", ("working pattern", "hours", "hours per week", "hours of work")),
    ("band", ("band", "grade", "pay band", "pay grade", "afc band", "salary band")),
    (
        "posted",
        ("date posted", "posted", "date advertised", "date listed", "posting date"),
    ),
    ("closes", ("closing", "closing date", "closes", "valid through", "apply by")),
    ("reference", ("reference", "job ref", "job reference", "reference number", "ref")),
    ("url", ("source", "url", "link")),
)
_OF_LABEL = {label: field for field, labels in _LABELS for label in labels}
_VACANCY = re.compile(
    r"(?:vacancy|jobadvert|candidate/jobadvert|job)[/=](\w[\w-]{4,30})"
)
_SAYS_NOTHING = frozenset(("not specified", "not stated", "n/a", "-"))
LONGEST_LABEL, LONGEST_VALUE = 24, 160


def head_of(pairs: Iterable[tuple[str, str]]) -> Head:
    """Return the fields that labelled values give, the first of each label."""
    found: dict[str, str] = {}
    for label, value in pairs:
        field = _OF_LABEL.get(" ".join(label.lower().replace(":", "").split()))
        if field and value.strip() and value.strip().lower() not in _SAYS_NOTHING:
            found.setdefault(field, normalise(value).replace("\n", ", ")[:400])
    posted, closes = (parse_day(found.pop(n, "")) for n in ("posted", "closes"))
    url = found.get("url", "")
    vacancy = _VACANCY.search(url)
    return Head(
        **found,
        posted=posted,
        closes=closes,
        vacancy=vacancy.group(1) if vacancy else "",
    )


def labelled(lines: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Split lines into labelled values at the top and the rest.

    "Salary: £18,005" and the label alone above its value are both read, but a
    heading of the advert ("Location:") ends the top.
    """
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        label, colon, value = line.partition(":")
        known = " ".join(label.lower().split())
        if not colon or len(label) > LONGEST_LABEL or not value.strip():
            return pairs, list(lines[number:])
        if known not in HEAD_LINES and known not in _OF_LABEL:
            return pairs, list(lines[number:])
        pairs.append((label, value.strip()))
    return pairs, []


def paired_lines(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return labelled values anywhere in a page: "Grade", then "Band 3" below it."""
    pairs: list[tuple[str, str]] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=False):
        label, colon, value = line.partition(":")
        known = " ".join(label.lower().split())
        if known not in _OF_LABEL or len(label) > LONGEST_LABEL:
            continue
        told = value.strip() if colon and value.strip() else below.strip()
        if told and len(told) <= LONGEST_VALUE:
            pairs.append((label, told))
    return pairs


def compose(parts: Sequence[Part]) -> Advert:
    """Return one advert from its parts, the advert itself first."""
    ordered = sorted(parts, key=lambda p: (p.kind != ADVERT, p.file))
    lead = ordered[0]
    head = lead.head
    bodies = [normalise(lead.body)]
    for part in ordered[1:]:
        title = "Person specification" if part.kind == SPECIFICATION else ""
        bodies.append(f"{title or 'Job description'}\n{normalise(part.body)}")
        head = _filled(head, part.head)
    text = normalise("\n".join([*_head_lines(head), *bodies]))
    attachments = {p.kind for p in ordered if p.kind != ADVERT}
    attachments |= {kind for p in ordered for kind in p.holds}
    return Advert(
        file=lead.file,
        source=lead.source,
        head=_plain(head),
        text=text,
        attachments=tuple(sorted(attachments)),
        attachments_named=_names_documents(text),
    )


def _names_documents(text: str) -> bool:
    """Tell whether the advert sends its reader to a document beside it."""
    return any(
        _NAMED.search(text[max(m.start() - NEAR, 0) : m.end() + NEAR])
        for m in _DOCUMENT.finditer(text)
    )


def _head_lines(head: Head) -> list[str]:
    named = (
        ("Title", head.title),
        ("Employer", head.employer),
        ("Location", head.location),
        ("Salary", head.salary),
        ("Band", head.band),
        ("Contract", head.contract),
        ("Working pattern", head.pattern),
        ("Date posted", head.posted.isoformat() if head.posted else ""),
        ("Closing", head.closes.isoformat() if head.closes else ""),
        ("Reference", head.reference),
    )
    return [f"{label}: {normalise(value)}" for label, value in named if value]


def _plain(head: Head) -> Head:
    return replace(
        head,
        title=normalise(head.title),
        employer=normalise(head.employer),
        location=normalise(head.location),
        salary=normalise(head.salary),
    )


def _filled(head: Head, other: Head) -> Head:
    """Return the head with what only the other knows."""
    names = [n for n in Head.__dataclass_fields__ if not getattr(head, n)]
    return replace(head, **{n: getattr(other, n) for n in names if getattr(other, n)})

"""Everything told of a set of adverts, as one object of a documented shape.

No text of an advert is in it beyond short quotations, and contacts are blanked.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from skillmix.adverts.advert import Coded, Evidence, Value
from skillmix.adverts.frame import EXCLUSIONS, Frame
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.reading.part import Entry
from skillmix.adverts.scheme import scheme
from skillmix.adverts.tabulate import tables

VERSION = 1


def document(
    coded: Sequence[Coded],
    log: Sequence[Entry],
    frame: Frame,
    roles: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return everything told of adverts: summary, sample frame, tables, adverts.

    Args:
        coded: Coded adverts, with why the sample leaves each of them out.
        log: What came of every file.
        frame: What the sample keeps.
        roles: Canonical role by title, where titles were brought to roles.
    """
    named = roles or {}
    adverts = [advert_object(c, named.get(c.advert.head.title, "")) for c in coded]
    return {**overview(coded, log, frame), "adverts": adverts}


def overview(
    coded: Sequence[Coded], log: Sequence[Entry], frame: Frame
) -> dict[str, Any]:
    """Return what is told of the adverts together: the document without each one."""
    return {
        "kind": "skillmix adverts",
        "version": VERSION,
        "scheme": {"name": scheme().name, "version": scheme().version},
        "summary": _summary(coded, log),
        "frame": _frame(coded, frame),
        "tables": tables(coded),
        "files": [_entry(e) for e in log],
    }


def sentence(told: Mapping[str, Any]) -> str:
    """Return the sample in a sentence or two."""
    s = told["summary"]
    text = (
        f"{_counted(s['adverts'], 'advert')} in {_counted(s['files'], 'file')}: "
        f"{s['support']:,} of support posts, {s['support_in_mental_health']:,} of them "
        f"in mental health or near it; {s['in_sample']:,} in the sample."
    )
    if unread := s["files_not_read"]:
        text += f" Not read: {_counted(unread, 'file')}."
    return text


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def advert_object(coded: Coded, role: str = "") -> dict[str, Any]:
    """Return one advert with every field: value, state, quote, offsets, rule, sureness.

    Offsets count characters of the normalised text, whose SHA-256 is given so that
    the extraction can be repeated and checked.
    """
    head = coded.advert.head
    return {
        "id": coded.advert.id,
        "file": coded.advert.file,
        "source": coded.advert.source,
        "reference": head.reference or None,
        "vacancy": head.vacancy or None,
        "title": without_contacts(head.title) or None,
        "role": role or None,
        "employer": head.employer or None,
        "posted": _day(head.posted),
        "closes": _day(head.closes),
        "text_sha256": coded.advert.digest,
        "characters": len(coded.advert.text),
        "attachments": list(coded.advert.attachments),
        "support": coded.support,
        "mental_health": coded.mental_health,
        "in_sample": not coded.exclusion,
        "exclusion": coded.exclusion or None,
        "duplicate_of": coded.duplicate_of or None,
        "fields": {name: field_object(value) for name, value in coded.values.items()},
    }


def field_object(value: Value) -> dict[str, Any]:
    """Return one field's value with the words that support it, strongest first."""
    first = value.evidence[0] if value.evidence else None
    return {
        "value": _plain(value.value),
        "state": value.state,
        "quote": first.quote if first else None,
        "start": first.start if first else None,
        "end": first.end if first else None,
        "rule": value.rule,
        "confidence": round(value.confidence, 2),
        "settled_by": value.settled_by or None,
        "evidence": [_evidence(e) for e in value.evidence],
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "section": one.section,
        "rule": one.rule,
        "confidence": round(one.confidence, 2),
    }


def _summary(coded: Sequence[Coded], log: Sequence[Entry]) -> dict[str, Any]:
    support = [c for c in coded if c.support]
    return {
        "files": len(log),
        "files_not_read": sum(not e.read_as for e in log),
        "adverts": len(coded),
        "support": len(support),
        "support_in_mental_health": sum(c.mental_health for c in support),
        "in_sample": sum(not c.exclusion for c in coded),
    }


def _frame(coded: Sequence[Coded], frame: Frame) -> dict[str, Any]:
    counts = Counter(c.exclusion for c in coded)
    return {
        "nations": list(frame.nations) or "all",
        "bands_of_nhs_posts": list(frame.bands) or "all",
        "training_posts": "kept" if frame.training else "left out",
        "registered_roles": "kept" if frame.registered else "left out",
        "repeated_adverts": "kept" if frame.duplicates else "left out",
        "other_posts": "kept" if frame.everything else "left out",
        "left_out": {
            slug: {"label": label, "adverts": counts.get(slug, 0)}
            for slug, label in EXCLUSIONS.items()
        },
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "read_as": entry.read_as or None,
        "adverts": entry.adverts,
        "reason": entry.reason or None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return without_contacts(value) if isinstance(value, str) else value


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

"""What is told of a list of titles, as plain values: `docs/reference/titles-json.md`.

Every count of people is protected here and nowhere else: 1 to 4 people are not
shown, other counts are rounded, and titles that fewer than five people hold are not
named, whether a staff record or a list counts them: a rare title tells who holds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from skillmix.disclosure.control import SMALLEST_SHOWN, round_count
from skillmix.schema.codelists import codelist
from skillmix.titles.clarity import Clarity, clarity_of
from skillmix.titles.harmonise import Cluster, Harmonised, unmatched
from skillmix.titles.lexicon import Role, roles
from skillmix.titles.proposal import (
    Proposal,
    Spread,
    Standard,
    propose,
    shared_titles,
    spanning_bands,
)
from skillmix.titles.reading import Alternative, Evidence, Reading

VERSION = 1
Unit = Literal["people", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What may be told of counts.

    Attributes:
        unit: "people", or "lines" of a list that says nothing of people.
        internal: Whether exact counts are asked for, for internal use.
    """

    unit: Unit
    internal: bool = False

    def count(self, number: int) -> int | None:
        """Return a count as it may be shown, None for 1 to 4 people."""
        if self.unit == "lines" or self.internal:
            return number
        if 0 < number < SMALLEST_SHOWN:
            return None
        return int(round_count(number) or 0)

    def shows(self, number: int) -> bool:
        """Tell whether a title that so many people hold may be named."""
        if self.unit == "lines" or self.internal:
            return True
        return number >= SMALLEST_SHOWN

    @property
    def told(self) -> str:
        """What was done, in words."""
        if self.unit == "lines":
            return "the list counts no people"
        if self.internal:
            return "internal, not for publication"
        return (
            "counts of 1 to 4 people are not shown, others rounded to 5; titles of "
            "fewer than 5 people are not named"
        )


def document(titles: Sequence[Harmonised], protection: Protection) -> dict[str, Any]:
    """Return everything told of a list of titles.

    Args:
        titles: Titles with their roles.
        protection: What may be told of counts.
    """
    proposal = propose(titles)
    named = [t for t in titles if protection.shows(t.use.people)]
    return {
        "kind": "skillmix titles",
        "version": VERSION,
        "unit": protection.unit,
        "disclosure": protection.told,
        "summary": _summary(titles, named, proposal, protection),
        "titles": [title_object(t, protection) for t in named],
        "proposal": [
            _standard(s, protection)
            for s in proposal.standards
            if protection.shows(s.people)
        ],
        "bands": _spreads(spanning_bands(titles), "bands", protection),
        "shared": _spreads(shared_titles(titles), "job_roles", protection),
        "clarity": [_clarity(c, protection) for c in clarity_of(titles)],
        "unmatched": [_cluster(c, protection) for c in unmatched(named)],
    }


def _summary(
    titles: Sequence[Harmonised],
    named: Sequence[Harmonised],
    proposal: Proposal,
    protection: Protection,
) -> dict[str, Any]:
    return {
        "titles": len(titles),
        "titles_not_named": len(titles) - len(named),
        "in_scope": proposal.titles_before,
        "out_of_scope": proposal.outside,
        "unsure": proposal.undecided,
        "titles_before": proposal.titles_before,
        "titles_after": proposal.titles_after,
        "people": protection.count(proposal.people),
        "people_affected": protection.count(proposal.people_affected),
        "people_whose_title_tells_no_role": protection.count(proposal.people_untold),
        "employers": proposal.employers,
        "employers_affected": proposal.employers_affected,
    }


def title_object(title: Harmonised, protection: Protection) -> dict[str, Any]:
    """Return one title with every field, each with value, state and evidence."""
    reading = title.reading
    return {
        "title": title.use.title,
        "people": protection.count(title.use.people),
        "employers": len(title.use.employers),
        "normalised": reading.normal,
        "scope": title.scope,
        "in_scope": {"in": True, "out": False}.get(title.scope),
        "role": title.role.label if title.role else None,
        "role_slug": title.role.slug if title.role else None,
        "outside": _outside(title),
        "category": title.category or None,
        "esr_code": title.esr_code or None,
        "esr_job_role": job_role(title.esr_code),
        "standard_title": title.standard_title or None,
        "tells_role": title.tells_role,
        "bands": list(reading.bands),
        "settings": list(reading.settings),
        "rule": title.rule,
        "confidence": round(title.confidence, 3),
        "decided_by": title.decided_by,
        "note": title.note,
        "alternatives": [
            {
                "role": roles()[a.role].label,
                "scope": "in" if roles()[a.role].in_scope else "out",
                "confidence": a.confidence,
                "rule": a.rule,
            }
            for a in _alternatives(reading)
        ],
        "fields": _fields(title, reading),
    }


def _alternatives(reading: Reading) -> list[Alternative]:
    """Return other roles; of a title left open, the role first read in it too."""
    found = list(reading.alternatives)
    if reading.scope == "unsure" and reading.role:
        read = Alternative(
            role=reading.role,
            confidence=reading.evidence.confidence,
            rule=reading.evidence.rule,
        )
        found.insert(0, read)
    return found


def _fields(title: Harmonised, reading: Reading) -> dict[str, Any]:
    """Return each value with its state and the words of the title it rests on."""
    decided = title.decided_by == "mapping"
    state = "unsure" if title.scope == "unsure" else "stated"
    state = "decided" if decided else state
    told: dict[str, Any] = {
        "scope": title.scope,
        "role": title.role.label if title.role else None,
        "category": title.category or None,
        "esr_job_role": job_role(title.esr_code),
    }
    fields = {
        name: _field(value, state if value else "silent", reading.evidence, decided)
        for name, value in told.items()
    }
    bands = reading.bands_evidence
    fields["band"] = (
        _field(list(reading.bands), "stated", bands, decided=False)
        if bands
        else {"value": None, "state": "silent"}
    )
    return fields


def _field(value: Any, state: str, evidence: Evidence, decided: bool) -> dict[str, Any]:
    if state == "silent":
        return {"value": None, "state": "silent"}
    if decided:
        return {
            "value": value,
            "state": "decided",
            "rule": "mapping file",
            "confidence": 1.0,
        }
    return {
        "value": value,
        "state": state,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _outside(title: Harmonised) -> str | None:
    """Return the group of roles out of scope that the title names."""
    if title.scope != "out" or title.decided_by == "mapping":
        return None
    return roles()[title.reading.role].label if title.reading.role else None


def job_role(code: str) -> str | None:
    """Return the ESR job role of a code, or None for no code."""
    return _job_roles()[code] if code else None


@cache
def _job_roles() -> Mapping[str, str]:
    return {row["code"]: row["job_role"] for row in codelist("job_roles")}


def _standard(standard: Standard, protection: Protection) -> dict[str, Any]:
    shown = [t for t in standard.aliases if protection.shows(t.use.people)]
    return {
        "standard_title": standard.title,
        "role": standard.role.label,
        "category": standard.role.category,
        "tells_role": standard.role.tells_role,
        "titles": len(standard.aliases),
        "aliases": [
            {"title": t.use.title, "people": protection.count(t.use.people)}
            for t in shown
        ],
        "aliases_not_named": len(standard.aliases) - len(shown),
        "people": protection.count(standard.people),
        "people_affected": protection.count(standard.people_affected),
        "employers": len(standard.employers),
        "employers_affected": len(standard.employers_affected),
        "bands": _parts(standard.bands, protection),
        "settings": list(standard.settings),
        **_description(standard.role),
    }


def _description(role: Role) -> dict[str, str]:
    return {
        "duties": role.duties,
        "supervision": role.supervision,
        "registration": role.registration,
        "delegation": role.delegation,
        "accountability": role.accountability,
    }


def _parts(
    parts: Mapping[str, int], protection: Protection
) -> list[dict[str, str | int | None]]:
    return [{"value": k, "people": protection.count(n)} for k, n in parts.items()]


def _spreads(
    spreads: Sequence[Spread], name: str, protection: Protection
) -> list[dict[str, Any]]:
    return [
        {
            "title": s.title,
            "people": protection.count(s.people),
            name: _parts(s.parts, protection),
        }
        for s in spreads
        if protection.shows(s.people)
    ]


def _clarity(clarity: Clarity, protection: Protection) -> dict[str, Any]:
    people, told = protection.count(clarity.people), protection.count(clarity.told)
    untold = protection.count(clarity.people - clarity.told)
    share = None
    if people and told is not None and untold is not None:
        # From the counts shown, or its decimals would give the exact counts back.
        share = round(min(told / people, 1.0), 3)
    per_role = clarity.titles_per_role if people is not None else None
    return {
        "employer": clarity.employer,
        "people": people,
        "titles": clarity.titles,
        "roles": clarity.roles,
        "titles_per_role": None if per_role is None else round(per_role, 2),
        "share_whose_title_tells_the_role": share,
        "people_affected": protection.count(clarity.affected),
    }


def _cluster(cluster: Cluster, protection: Protection) -> dict[str, Any]:
    suggested = _alternatives(cluster.members[0].reading)
    return {
        "titles": [m.use.title for m in cluster.members],
        "people": protection.count(cluster.people),
        "suggestions": [
            {"role": roles()[a.role].label, "confidence": a.confidence}
            for a in suggested[:3]
        ],
    }

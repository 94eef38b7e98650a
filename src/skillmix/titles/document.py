"""What is told of a list of titles, as plain values: `docs/reference/titles-json.md`.

Every count of people in it comes of `protection.Counts`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from skillmix.schema.codelists import codelist
from skillmix.titles.clarity import EVERYBODY, Clarity, clarity_of
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
from skillmix.titles.protection import Counts, Protection, counts_told
from skillmix.titles.reading import Alternative, Evidence, Reading

VERSION = 1


def document(titles: Sequence[Harmonised], protection: Protection) -> dict[str, Any]:
    """Return everything told of a list of titles.

    Args:
        titles: Titles with their roles.
        protection: What may be told of counts.
    """
    proposal, clarity = propose(titles), clarity_of(titles)
    spreads = {"bands": spanning_bands(titles), "job_roles": shared_titles(titles)}
    counts = counts_told(titles, proposal, clarity, spreads, protection)
    named = [t for t in titles if counts.names("title", t.use.title)]
    return {
        "kind": "skillmix titles",
        "version": VERSION,
        "unit": protection.unit,
        "disclosure": protection.told,
        "summary": _summary(titles, named, proposal, counts),
        "titles": [title_object(t, counts) for t in named],
        "proposal": [
            _standard(s, counts) for s in proposal.standards if counts.names(*s.key)
        ],
        "bands": _spreads(spreads["bands"], "bands", counts),
        "shared": _spreads(spreads["job_roles"], "job_roles", counts),
        "clarity": [_clarity(c, counts) for c in clarity],
        "unmatched": [_cluster(c, counts) for c in unmatched(named)],
    }


def _summary(
    titles: Sequence[Harmonised],
    named: Sequence[Harmonised],
    proposal: Proposal,
    counts: Counts,
) -> dict[str, Any]:
    affected = counts.shown("clarity", EVERYBODY, "affected")
    return {
        "titles": len(titles),
        "titles_not_named": len(titles) - len(named),
        "in_scope": proposal.titles_before,
        "out_of_scope": proposal.outside,
        "unsure": proposal.undecided,
        "titles_before": proposal.titles_before,
        "titles_after": proposal.titles_after,
        "people": counts.shown("clarity", EVERYBODY, "people"),
        "people_affected": affected,
        "people_whose_title_tells_no_role": counts.shown(
            "clarity", EVERYBODY, "untold"
        ),
        "employers": proposal.employers,
        # So many people at least are affected.
        "employers_affected": None if affected is None else proposal.employers_affected,
    }


def title_object(title: Harmonised, counts: Counts) -> dict[str, Any]:
    """Return one title with every field, each with value, state and evidence."""
    reading = title.reading
    return {
        "title": title.use.title,
        "people": counts.shown("title", title.use.title),
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
    told: dict[str, Any] = {
        "scope": title.scope,
        "role": title.role.label if title.role else None,
        "category": title.category or None,
        "esr_job_role": job_role(title.esr_code),
    }
    fields = {
        name: _field(value, state, reading.evidence, decided)
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
    if not value:
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


def _standard(standard: Standard, counts: Counts) -> dict[str, Any]:
    key = standard.key
    shown = [t for t in standard.aliases if counts.names("title", t.use.title)]
    affected = counts.shown(*key, "affected")
    unnamed: int | None = len(standard.aliases) - len(shown)
    # So many titles, so many people at least.
    if unnamed > 1 and affected is None:
        unnamed = None
    return {
        "standard_title": standard.title,
        "role": standard.role.label,
        "category": standard.role.category,
        "tells_role": standard.role.tells_role,
        "titles": None if unnamed is None else len(standard.aliases),
        "aliases": [
            {"title": t.use.title, "people": counts.shown("title", t.use.title)}
            for t in shown
        ],
        "aliases_not_named": unnamed,
        "people": counts.shown(*key),
        "people_affected": affected,
        "employers": len(standard.employers),
        "employers_affected": (
            None if affected is None else len(standard.employers_affected)
        ),
        "bands": _parts(standard.bands, counts, *key, "band"),
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
    parts: Iterable[str], counts: Counts, *of: Hashable
) -> list[dict[str, str | int | None]]:
    return [{"value": part, "people": counts.shown(*of, part)} for part in parts]


def _spreads(
    spreads: Sequence[Spread], name: str, counts: Counts
) -> list[dict[str, Any]]:
    return [
        {
            "title": s.title,
            "people": counts.shown(name, s.title),
            name: _parts(s.parts, counts, name, s.title),
        }
        for s in spreads
        if counts.names(name, s.title)
    ]


def _clarity(clarity: Clarity, counts: Counts) -> dict[str, Any]:
    of = ("clarity", clarity.employer)
    people = counts.shown(*of, "people")
    few = people is None
    return {
        "employer": clarity.employer,
        "people": people,
        # So many titles or roles, so many people at least.
        "titles": None if few else clarity.titles,
        "roles": None if few else clarity.roles,
        "titles_per_role": (
            round(clarity.titles_per_role, 2)
            if clarity.titles_per_role is not None and not few
            else None
        ),
        "share_whose_title_tells_the_role": _share_told(clarity, counts),
        "people_affected": None if few else counts.shown(*of, "affected"),
    }


def _share_told(clarity: Clarity, counts: Counts) -> float | None:
    """Return the share from the counts as shown: its decimals would tell exact ones."""
    of = ("clarity", clarity.employer)
    people, told = counts.shown(*of, "people"), counts.shown(*of, "told")
    if not people or told is None or counts.is_few(*of, "untold"):
        return None
    return round(min(told / people, 1.0), 3)


def _cluster(cluster: Cluster, counts: Counts) -> dict[str, Any]:
    suggested = _alternatives(cluster.members[0].reading)
    return {
        "titles": [m.use.title for m in cluster.members],
        "people": counts.rounded(cluster.people),
        "suggestions": [
            {"role": roles()[a.role].label, "confidence": a.confidence}
            for a in suggested[:3]
        ],
    }

"""The gold set: codes that people have settled, kept for good.

A settled code goes before the machine's whenever the advert is read again, and no
run, sheet or new version of the rules overwrites it; another decision on the same
thing is reported and left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillmix.adverts.advert import SETTLED, Coded, Value
from skillmix.adverts.review.codes import parsed, written
from skillmix.adverts.review.compare import Comparison
from skillmix.adverts.review.sheets import Coding, Key
from skillmix.adverts.scheme import scheme
from skillmix.adverts.writing import write_text
from skillmix.errors import InvalidRowsError, UnreadableFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One settled code.

    Attributes:
        advert: Id of the advert.
        text_sha256: SHA-256 of the text it was settled on.
        field: Name of the field.
        code: The code.
        by: Who settled it: the two coders who agreed, or the one who decided.
        scheme_version: Version of the scheme it was settled under.
    """

    advert: str
    text_sha256: str
    field: str
    code: Any
    by: str
    scheme_version: str


def read_gold(path: Path) -> tuple[Settled, ...]:
    """Return the settled codes of a gold file; none if there is no file yet.

    Raises:
        UnreadableFileError: If the file is damaged.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(_settled(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, KeyError, TypeError, InvalidRowsError):
        raise UnreadableFileError(
            "The gold file is damaged.",
            where=path.name,
            remedy="Restore it from a copy; it is never rewritten by a run.",
        ) from None


def write_gold(path: Path, gold: Sequence[Settled]) -> None:
    """Write a gold file, one settled code a line, in order.

    Raises:
        OutputError: If it cannot be written.
    """
    write_text(path, gold_text(gold))


def gold_text(gold: Sequence[Settled]) -> str:
    """Return the text of a gold file, one settled code a line, in order."""
    fields = scheme().fields
    lines = [
        json.dumps(
            {
                "advert": s.advert,
                "text_sha256": s.text_sha256,
                "field": s.field,
                "code": written(fields[s.field], s.code),
                "by": s.by,
                "scheme_version": s.scheme_version,
            },
            ensure_ascii=False,
        )
        for s in gold
    ]
    return "\n".join(lines) + ("\n" if lines else "")


def grow(
    gold: Sequence[Settled], new: Iterable[Settled]
) -> tuple[tuple[Settled, ...], tuple[Settled, ...]]:
    """Add newly settled codes; return the gold set, and what it would not take.

    What is in the set stays: a new code for the same advert and field is refused
    unless it is the same.
    """
    known: dict[Key, Settled] = {(s.advert, s.field): s for s in gold}
    refused: list[Settled] = []
    for one in new:
        kept = known.setdefault((one.advert, one.field), one)
        if kept.code != one.code:
            refused.append(one)
    return tuple(known.values()), tuple(refused)


def agreed_codes(comparison: Comparison) -> tuple[Settled, ...]:
    """Return the codes on which both coders agree, as settled."""
    by = f"{comparison.first} and {comparison.second}"
    return _of(comparison.agreed, comparison.digests, by)


def decided_codes(coding: Coding) -> tuple[Settled, ...]:
    """Return the codes that one person decided, as settled."""
    return _of(coding.codes, coding.digests, coding.coder)


def apply_gold(coded: Sequence[Coded], gold: Sequence[Settled]) -> tuple[Coded, ...]:
    """Put settled codes in the place of the machine's, where the text is the same."""
    by_advert: dict[str, list[Settled]] = {}
    for one in gold:
        by_advert.setdefault(one.advert, []).append(one)
    return tuple(_applied(c, by_advert.get(c.advert.id, ())) for c in coded)


def fully_settled(coded: Sequence[Coded], gold: Sequence[Settled]) -> frozenset[str]:
    """Return the ids of adverts of which every reviewed field is settled."""
    wanted = {f.name for f in scheme().fields.values() if f.reviewed}
    settled: dict[str, set[str]] = {}
    for one in gold:
        settled.setdefault(one.advert, set()).add(one.field)
    ids = (c.advert.id for c in coded)
    return frozenset(i for i in ids if settled.get(i, set()) >= wanted)


def _applied(one: Coded, settled: Sequence[Settled]) -> Coded:
    values = dict(one.values)
    for decision in settled:
        if decision.text_sha256 not in ("", one.advert.digest):
            continue
        machine = values[decision.field]
        same = machine.value == decision.code
        values[decision.field] = Value(
            value=decision.code,
            state="stated" if not _absent(decision) else machine.state,
            evidence=tuple(replace(e, rule=SETTLED) for e in machine.evidence if same),
            confidence=1.0,
            settled_by=decision.by,
        )
    return replace(one, values=values)


def _absent(decision: Settled) -> bool:
    return decision.code == scheme().fields[decision.field].absent


def _of(
    codes: Mapping[Key, Any], digests: Mapping[str, str], by: str
) -> tuple[Settled, ...]:
    return tuple(
        Settled(
            advert=advert,
            text_sha256=digests.get(advert, ""),
            field=field,
            code=code,
            by=by,
            scheme_version=scheme().version,
        )
        for (advert, field), code in codes.items()
    )


def _settled(row: Mapping[str, Any]) -> Settled:
    field = scheme().fields[row["field"]]
    return Settled(
        advert=str(row["advert"]),
        text_sha256=str(row["text_sha256"]),
        field=field.name,
        code=parsed(field, str(row["code"])),
        by=str(row["by"]),
        scheme_version=str(row["scheme_version"]),
    )

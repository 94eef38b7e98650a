"""Which place is meant by what a user typed, and whether the files hold it.

A place that no file holds would give a report of empty chapters; it is refused, with
the places that are held or that may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from skillmix.errors import UnknownNameError
from skillmix.report.places import place_words
from skillmix.schema.codelists import codelist, labels
from skillmix.schema.scope import Scope
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs

# Three characters, or more with a digit among them: else it is a word.
CODE = re.compile(r"[A-Z0-9]{3}|(?=.*\d)[A-Z0-9]{4,6}")
# A table of these tells of staff; a list of organisations has none of them.
DATES = frozenset({"month", "period_start", "year"})
NAMED = 8
ALIKE = 80


def place_code(kind: str, given: str) -> str:
    """Return the code of a region or care board given by its code or its name.

    Args:
        kind: "region" or "icb".
        given: As the user typed it.

    Raises:
        UnknownNameError: With those there are.
    """
    known = labels(kind)
    by_name = {name.casefold(): code for code, name in known.items()}
    code = by_name.get(given.casefold(), given.upper())
    if code not in known:
        what = "region" if kind == "region" else "integrated care board"
        named = ", ".join(f"{c} {name}" for c, name in known.items())
        raise UnknownNameError(
            f"There is no {what} '{given}'.",
            where=kind,
            remedy=f"Choose one of {named}.",
        )
    return code


def employer_code(given: str) -> str:
    """Return the ODS code of an employer given by its code or its name.

    A code that no list holds is taken as it is: the files may hold it.

    Args:
        given: As the user typed it: "RDY", "rdy" or "Dorset Healthcare".

    Raises:
        UnknownNameError: If no employer, or more than one, is called so.
    """
    known = labels("employer")
    code = given.strip().upper()
    if code in known:
        return code
    wanted = given.strip().casefold()
    named = [c for c, name in known.items() if wanted == name.casefold()]
    named = named or [c for c, name in known.items() if wanted in name.casefold()]
    if len(named) == 1:
        return named[0]
    if not named and CODE.fullmatch(code):
        return code
    raise UnknownNameError(
        f"{len(named)} employers have '{given}' in their names."
        if named
        else f"No employer is called '{given}'.",
        where="employer",
        remedy=_perhaps(named or _alike(given)) or "Give its ODS code, such as RQY.",
    )


def refuse_absent(scope: Scope, found: Inputs) -> None:
    """Refuse an employer, region or care board of which the files hold nothing.

    Raises:
        UnknownNameError: With the employers that are held.
    """
    wanted = _employers_of(scope)
    if wanted is None or (not scope.employer and _by_region(found)):
        return
    held = _employers_held(found)
    if not held or held & wanted:
        return
    raise UnknownNameError(
        f"The files hold nothing of {place_words(scope)}.",
        where="place",
        remedy=f"They hold {_told(sorted(held))}.",
    )


def _employers_of(scope: Scope) -> frozenset[str] | None:
    """Return the employers of a scope's place; nothing for England."""
    if scope.employer:
        return frozenset({scope.employer})
    column, code = ("icb", scope.icb) if scope.icb else ("region", scope.region)
    if code is None:
        return None
    return frozenset(r["code"] for r in codelist("employers") if r[column] == code)


def _by_region(found: Inputs) -> bool:
    """Whether a table tells of regions without naming their employers."""
    return any("region" in table.columns() for table in _dated(found))


def _dated(found: Inputs) -> Mapping[type[Table], tuple[Path, ...]]:
    return {t: e for t, e in found.editions.items() if DATES & set(t.columns())}


def _employers_held(found: Inputs) -> frozenset[str]:
    import duckdb

    held: set[str] = set()
    for table, editions in _dated(found).items():
        if "employer" not in table.columns():
            continue
        rows = duckdb.execute(
            "SELECT DISTINCT employer FROM read_parquet(?) WHERE employer IS NOT NULL",
            [[str(path) for path in editions]],
        ).fetchall()
        held |= {str(code) for (code,) in rows}
    return frozenset(held)


def _alike(given: str) -> list[str]:
    """Return employers whose name, or a part of it, is nearly what was given."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        given,
        labels("employer"),
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=3,
        score_cutoff=ALIKE,
    )
    return [code for _, _, code in found]


def _perhaps(codes: Sequence[str]) -> str:
    return f"Did you mean {_told(codes)}?" if codes else ""


def _told(codes: Sequence[str]) -> str:
    known = labels("employer")
    listed = ", ".join(f"{c} {known.get(c, '')}".strip() for c in codes[:NAMED])
    more = len(codes) - NAMED
    return f"{listed} and {more} more" if more > 0 else listed

"""Competence and compliance reports, of which the Care Certificate alone is read.

Such reports list everything that a learning system holds of everybody. A name counts
only where it says Care Certificate: "Safeguarding Adults" alone is yearly training of
all staff, and no standard of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from skillmix.sources.esr import employer, person
from skillmix.sources.esr_cells import DAY_FORMS, day
from skillmix.sources.esr_items import EVERY_ITEM
from skillmix.sources.fields import Check, Field, Fields, formula, literal
from skillmix.sources.labels import LEFT_OUT
from skillmix.sources.mapping import StaffMapping

READER = "competence_extract"
LAYOUT = "competence extract, one row a person and competence (Care Certificate)"
# A national competence is "NHS|CSTF|Name - 2 Years|", a local one "123|LOCAL|Name|".
_OWNER = r"^[^|]*\|[^|]*\|"
_PUNCTUATION = "[^a-z0-9]+"
_RENEWAL = r" (no( specified)? renewal|\d+ years?)$"
_SAYS_SO = "care cert"
# "Standard 3: Duty of Care" in any wording; "Standard 1 to 15" is no single one.
_STANDARD = r"^care certificate standard 0?(\d{1,2})( .*)?$"
_SEVERAL = r"^care certificate standard \d+ (to |and |through )?\d"
# It came in April 2015; the year before it was tried.
EARLIEST = "2014-01-01"


def fields(columns: Mapping[str, str], mapping: StaffMapping) -> Fields:
    """Return the columns of Competence, from the report's."""
    started = Field(source="", value="CAST(NULL AS DATE)")
    if "joined_on" in columns:
        started = formula(day("{0}"), columns["joined_on"], forms=DAY_FORMS)
    return {
        "person_id": person(columns),
        "employer": employer(columns),
        "competence": _named(columns["competence"], mapping),
        "achieved_on": formula(day("{0}"), columns["achieved_on"], forms=DAY_FORMS),
        "started_on": started,
    }


def checks(columns: Mapping[str, str]) -> tuple[Check, ...]:
    """Return what can be wrong with a competence beyond its columns."""
    return (
        Check(
            rule="achieved before 2014, when there was no Care Certificate",
            column=columns["achieved_on"],
            broken=f"achieved_on < DATE '{EARLIEST}'",
            remedy="Correct the day; a day of birth or of starting may stand there.",
        ),
    )


def bare(name: str) -> str:
    """Return a competence's name without owner, renewal and punctuation.

    The same as `_bare`, for the names that a mapping file gives.
    """
    told = re.sub(_PUNCTUATION, " ", re.sub(_OWNER, "", name).lower()).strip()
    return re.sub(_RENEWAL, "", told)


def _bare(text: str) -> str:
    named = f"lower(regexp_replace({text}, {literal(_OWNER)}, ''))"
    told = f"trim(regexp_replace({named}, {literal(_PUNCTUATION)}, ' ', 'g'))"
    return f"regexp_replace({told}, {literal(_RENEWAL)}, '')"


def _named(column: str, mapping: StaffMapping) -> Field:
    item = EVERY_ITEM["competence"]
    given = {bare(n): s for n, s in mapping.values.get(item.name, {}).items()}
    # A table's own slugs, as a Parquet or CSV written from it would have.
    slugs = {bare(slug): slug for slug in item.slugs}
    known = {**slugs, **given}
    told = _bare("{0}")
    listed = ", ".join(map(literal, known))
    single = (
        f"regexp_matches({told}, {literal(_STANDARD)})"
        f" AND NOT regexp_matches({told}, {literal(_SEVERAL)})"
    )
    number = f"regexp_extract({told}, {literal(_STANDARD)}, 1)"
    # What does not speak of the certificate is another competence; what does, and is
    # not in the list (a workbook, an assessor's course), is to be looked at.
    value = (
        f"CASE WHEN {{0}} IS NULL THEN NULL WHEN {told} IN ({listed}) THEN {told}"
        f" WHEN {single} THEN 'care certificate standard ' || {number}"
        f" WHEN contains({told}, {literal(_SAYS_SO)}) THEN {told}"
        f" ELSE {literal(LEFT_OUT)} END"
    )
    return Field(
        source=column,
        value=value,
        labels=item.labels,
        more_labels=known,
        item=item.name,
    )

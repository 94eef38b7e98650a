"""Specs as Markdown: rows in, rows out, one behaviour to a heading.

A spec file lies at `tests/spec/<chapter>/<analysis>.md` and holds cases:

    ## A person in no post a year later is a leaver

    Any prose; it becomes part of the documentation.

    staff_month

    | month   | person | band | area_of_work  |
    |---------|--------|------|---------------|
    | 2019-06 | 1      | 2    | Mental Health |

    scope: service=in_mental_health_trusts, month=2020-06

    gives

    | in_service | measure | numerator | denominator |
    |------------|---------|-----------|-------------|
    | yes        | left    | 1         | 1           |

Columns that a case leaves out take the defaults below, so that a case shows what
matters. `person` and `post` stand for `person_id` and `post_id`; `times` repeats a
row with other people, and with `person` 100+ those are 100, 101, 102 ..., so that
further rows can follow them; `month` 2019-06 to 2020-06 gives a row a month. In
tables with a template the worked row gives what a case leaves out. An expected cell
may be blank, which checks nothing. Results are exact (`run_unprotected`) unless a
case says `gives, protected`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.catalogue import find
from skillmix.engines.engine import Engine
from skillmix.memory import Memory
from skillmix.pipeline import Session
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope, parse_month
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Table
from skillmix.sources.inputs import Inputs
from skillmix.sources.template import worked_row

FOLDER = Path(__file__).parent
ALIASES = {"person": "person_id", "post": "post_id"}
# A healthcare assistant of an acute trust, outside mental health.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "staff_month": {
        "month": "2020-06",
        "main_post": "yes",
        "employer": "RJ1",
        "occupation_code": "H1A",
        "area_of_work": "General Medicine",
        "job_role": "Healthcare Assistant",
        "job_title": "Healthcare Assistant",
        "band": "2",
        "fte": "1",
        "contract_type": "permanent",
        "status": "active",
        "basic_pay": "150000",
        "earnings": "170000",
        "age": "40",
        "gender": "female",
        "ethnicity": "A",
        "disability": "no",
        "religion": "christianity",
        "orientation": "heterosexual",
    },
    # An NHS advert at band 3 that states nothing.
    "coded_advert": {
        "file": "a.txt",
        "source": "plain_text",
        "month": "2020-11",
        "title": "Healthcare Assistant",
        "employer_name": "An NHS trust",
        "sector": "nhs",
        "nation": "england",
        "attachments_read": "; ",
        "text_sha256": "0" * 64,
        "characters": "1000",
        "in_sample": "yes",
        "scheme_version": "1.0",
        "plain_title": "healthcare assistant",
        "band": "3",
        "band_basis": "stated",
        "contract": "not_stated",
        "qualification": "none_stated",
        "qualification_state": "attachment_not_read",
        "qualifications": "none stated",
        "desirable_qualification": "none_stated",
        "desirable_qualifications": "none stated",
        "experience": "none",
        "experience_state": "attachment_not_read",
        "lived_experience": "none",
        "knowledge": "; ",
        "skills": "; ",
        "attributes": "; ",
        "responsibilities": "; ",
        "supervised_by": "not_stated",
        "supervision_state": "attachment_not_read",
        "training": "none",
        "training_payer": "not_stated",
        "career": "none",
        "flexibility": "none",
        "flexibility_demand": "none",
        "flexibility_offer": "none",
        "benefits": "; ",
        **dict.fromkeys(
            (
                *("reviewed", "high_cost_area", "qualification_waivable"),
                *("experience_desirable", "supervises_others", "cost_to_applicant"),
                *("care_certificate", "physical_intervention", "second_language"),
                *("driving_required", "travel_required", "shift_or_unsocial"),
            ),
            "no",
        ),
    },
    "absence": {"month": "2020-06", "reason": "S13"},
    # A record that stands for its publication, found and to be screened.
    "review_record": {
        "review": "peers",
        "database": "MEDLINE",
        "file": "medline.ris",
        "found": "yes",
        "outcome": "to_screen",
    },
    "search_line": {"review": "peers", "search_text": "peer worker"},
    "search_item": {"review": "peers", "state": "reported"},
    "known_work": {"review": "peers", "exported": "no", "missed_by": "none"},
    "suggested_term": {"review": "peers"},
    "extracted_work": {
        "review": "peers",
        "journal": "A journal",
        "doi": "10.1/1",
        "theme": "not_extracted",
        **dict.fromkeys(
            ("setting", "participants", "design", "finding", "limits"), "none"
        ),
    },
    "cited_claim": {"review": "peers", "claim": "So it is.", "reference": "none"},
    "leaver": {
        "month": "2020-06",
        "employer": "RJ1",
        "occupation_code": "H1A",
        "area_of_work": "General Medicine",
        "band": "2",
        "reason": "18",
    },
    "bonus": {"month": "2020-03", "employer": "RJ1", "amount": "100000"},
    "competence": {"employer": "RJ1", "competence": "care_certificate"},
    "joiner": {"month": "2020-06", "employer": "RJ1", "recruitment_source": "99"},
}
_CASE = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One behaviour of one analysis."""

    analysis: str
    says: str
    given: Mapping[str, list[dict[str, str]]]
    expected: list[dict[str, str]]
    scope: Mapping[str, str] = field(default_factory=dict)
    protected: bool = False

    def __str__(self) -> str:
        return f"{self.analysis}: {self.says}"


def cases() -> Iterator[Case]:
    """Yield every case of every spec file."""
    for path in sorted(FOLDER.rglob("*.md")):
        name = ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        for text in _CASE.split(path.read_text(encoding="utf-8"))[1:]:
            yield _case(name, text)


def run_case(
    case: Case, engine: Engine, folder: Path, memory: Memory | None = None
) -> Published:
    """Answer the case's question from its rows, on an engine."""
    given: dict[str, Any] = dict(case.scope)
    if "month" in given:
        given["month"] = parse_month(given["month"])
    if "bands" in given:
        given["bands"] = tuple(given["bands"].split("+"))
    inputs, scope = inputs_of(case, folder), replace(Scope(), **given)
    session = Session(inputs, scope, engine, memory=memory)
    analysis = find(case.analysis)
    return (
        session.run(analysis) if case.protected else session.run_unprotected(analysis)
    )


def inputs_of(case: Case, folder: Path) -> Inputs:
    """Write the case's rows as editions."""
    editions = {
        table: (_write(table, rows, folder),)
        for table, rows in ((table_named(n), r) for n, r in case.given.items())
    }
    return Inputs(readings=(), editions=editions)


def check(case: Case, published: Published) -> None:
    """Compare the rows given with those expected; every expected cell must agree."""
    names = list(case.expected[0])
    keys = [n for n in names if n not in _NUMBERS]
    found = {tuple(_text(row[k]) for k in keys): row for row in published.rows}
    for wanted in case.expected:
        key = tuple(wanted[k] for k in keys)
        assert key in found, f"no row {key} among {sorted(found)}"
        for name in (n for n in names if n in _NUMBERS and wanted[n]):
            assert _same(found[key][name], wanted[name]), (
                f"{name} of {key} is {found[key][name]}, not {wanted[name]}"
            )


_NUMBERS = ("numerator", "denominator", "estimate", "conf_low", "conf_high", "n")


def table_named(name: str) -> type[Table]:
    """Return the table class with this name."""
    found = {t.name: t for t in _every(Table)}
    return found[name]


def _every(table: type[Table]) -> Iterator[type[Table]]:
    for sub in table.__subclasses__():
        yield sub
        yield from _every(sub)


def _case(name: str, text: str) -> Case:
    says, _, body = text.partition("\n")
    given: dict[str, list[dict[str, str]]] = {}
    expected: list[dict[str, str]] = []
    scope: dict[str, str] = {}
    protected = False
    words = ""
    for block in re.split(r"\n\s*\n", body):
        block = block.strip()
        if block.startswith("|"):
            rows = _rows(block)
            if words.startswith("gives"):
                expected, protected = rows, "protected" in words
            else:
                given[words] = rows
        elif block.startswith("scope:"):
            pairs = block.removeprefix("scope:").split(",")
            scope = {k.strip(): v.strip() for k, v in (p.split("=") for p in pairs)}
        else:
            words = block
    assert given, f"{name}: '{says}' has no rows in"
    assert expected, f"{name}: '{says}' has no rows out"
    return Case(
        analysis=name,
        says=says.strip(),
        given=given,
        expected=expected,
        scope=scope,
        protected=protected,
    )


def _rows(block: str) -> list[dict[str, str]]:
    lines = [
        [c.strip() for c in line.strip().strip("|").split("|")]
        for line in block.splitlines()
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def _write(table: type[Table], rows: list[dict[str, str]], folder: Path) -> Path:
    full = list(_full(table, rows))
    columns = {
        name: [_value(row.get(name, ""), c.python_type) for row in full]
        for name, c in table.columns().items()
    }
    path = folder / f"{table.name}.parquet"
    pq.write_table(pa.table(columns, schema=table.arrow_schema()), path)
    return path


def _full(table: type[Table], rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    spare = 1_000
    for row in rows:
        named = {ALIASES.get(k, k): v for k, v in row.items()}
        whole = {**_defaults(table), **named}
        times = int(whole.pop("times", "1"))
        person = str(whole.get("person_id", ""))
        counted = person.endswith("+")
        first = int(person[:-1]) if counted else spare
        for copy, month in product(range(times), _months(str(whole.get("month", "")))):
            one = {**whole, **({"month": month} if month else {})}
            for name in ("person_id", "post_id"):
                if name in table.columns() and (copy or counted):
                    one[name] = str(first + copy)
            if "post_id" in table.columns():
                one.setdefault("post_id", one.get("person_id", str(spare + copy)))
            if "person_id" in table.columns():
                one.setdefault("person_id", str(spare + copy))
                one.setdefault("post_id", one["person_id"])
            yield one
        spare += 10_000


def _months(text: str) -> list[str]:
    """Return each month of "2019-06 to 2020-06", or the one that stands alone."""
    ends = [part.strip() for part in text.split(" to ")]
    if len(ends) == 1:
        return ends
    first, last = (int(e[:4]) * 12 + int(e[5:]) - 1 for e in ends)
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1)]


def _defaults(table: type[Table]) -> Mapping[str, Any]:
    """Return what a case may leave out; templates' defaults are their worked rows."""
    if table in SUPPLIED_TABLES:
        return worked_row(table)
    return DEFAULTS.get(table.name, {})


def _value(text: str, kind: type) -> Any:
    if text in ("", "-"):
        return None
    if kind is bool:
        return text == "yes"
    if kind is dt.date:
        return parse_month(text) if len(text) == 7 else dt.date.fromisoformat(text)
    return {int: int, float: float, Decimal: Decimal, str: str}[kind](text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.strftime("%Y-%m")
    return "-" if value is None else str(value)


def _same(value: Any, wanted: str) -> bool:
    if wanted == "-":
        return value is None
    if value is None:
        return False
    digits = len(wanted.partition(".")[2])
    return math.isclose(value, float(wanted), abs_tol=0.5 * 10**-digits + 1e-9)

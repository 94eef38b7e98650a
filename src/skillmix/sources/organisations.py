"""The list of NHS trusts of the Organisation Data Service (`etr.csv`, no header)."""

from __future__ import annotations

from skillmix.schema.published import Organisation
from skillmix.sources.fields import formula, quoted, text
from skillmix.sources.layout import Layout

_HEADER = (
    *("code", "name", "region", "board", "address 1", "address 2", "address 3"),
    *("town", "county", "postcode", "opened", "closed"),
    *(f"column {n}" for n in range(13, 28)),
)


def _date(source: str) -> str:
    return f"CAST(TRY_STRPTIME({source}, '%Y%m%d') AS DATE)"


_NEWEST = f"max(greatest({_date(quoted('opened'))}, {_date(quoted('closed'))})) OVER ()"

LAYOUTS = tuple(
    Layout(
        reader="ods_trusts",
        name=f"ODS list of trusts, {columns} columns without header, from {since}",
        table=Organisation,
        publisher="NHS England, Organisation Data Service",
        header=_HEADER[:columns],
        fields={
            "vintage": formula(
                f"CAST(date_trunc('month', {_NEWEST}) AS DATE)", "opened"
            ),
            "code": text("code"),
            "organisation_name": text("name"),
            "region": text("region"),
            "icb": text("board"),
            "postcode": text("postcode"),
            "opened": formula(_date("{0}"), "opened"),
            "closed": formula(_date("{0}"), "closed"),
        },
        suppressed="not applicable",
        zero="not applicable",
        certainty=certainty,
        headerless={
            0: r"[A-Z0-9]{3,6}",
            2: r"([A-Z][A-Z0-9]\d)?",
            9: r"([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})?",
            10: r"\d{8}",
            11: r"(\d{8})?",
        },
    )
    for columns, since, certainty in (
        (27, "March 2022", "seen"),
        (24, "April 2022", "inferred"),
    )
)

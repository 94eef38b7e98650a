"""The settings in which each role is advertised."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS
from skillmix.words.fractions import listed
from skillmix.words.labels import label
from skillmix.words.numbers import number


def narrate(published: Published) -> str:
    """Name the role advertised in most settings, with them."""
    settings: dict[str, list[str]] = {}
    for row in published.where(measure="adverts"):
        name = label("advert_setting", row["advert_setting"])
        # CAMHS stays CAMHS.
        name = name if name[:2].isupper() else name[:1].lower() + name[1:]
        told = f"{name} ({number(row.estimate, 'adverts')})"
        settings.setdefault(str(row["role"]), []).append(told)
    if not settings:
        return "No advert of the sample tells both its role and its setting."
    most = max(sorted(settings), key=lambda role: len(settings[role]))
    return f"The role advertised in most settings is {most}: {listed(settings[most])}."


@analysis(
    title="Settings in which roles are advertised",
    keys=("role", "advert_setting"),
    measures={
        "share": Measure(
            label="Share of the role's adverts",
            unit="percent",
            denominator="adverts of the role in the sample whose setting is known",
            estimator=estimators.proportion,
            decimals=0,
        ),
        "adverts": Measure(
            label="Adverts",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="heatmap", x="advert_setting", y="role", measure="adverts"),
    narrate=narrate,
    definition=(
        "Adverts of the sample whose title names a role of the role vocabulary, by the "
        "one setting the post mainly works in; the title decides before the text. A "
        "post that works in two settings stands in one."
    ),
    caveats=ALWAYS,
    capabilities=("ROLE-10", "QUAL-06"),
)
def role_settings(adverts: CodedAdvert) -> ir.Table:
    """In which settings is each role advertised?"""
    kept = in_sample(adverts)
    told = kept.filter(kept.role.notnull(), kept.setting.notnull())
    return advert_codes(
        told.mutate(advert_setting=told.setting), of="advert_setting", by=("role",)
    )

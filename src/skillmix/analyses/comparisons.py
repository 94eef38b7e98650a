"""What every comparison of groups with their reference shows, and how it reads."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.catalogue import Measure, Model
from skillmix.figures.chart import Chart, Reference
from skillmix.measures.characteristics import characteristics
from skillmix.measures.comparisons import BY, compare
from skillmix.schema.results import Published, Row
from skillmix.words.labels import label, within
from skillmix.words.numbers import interval
from skillmix.words.when import the_year, year_to

KEYS = ("characteristic", "group", "verdict")
MODEL = Model(by=BY, fit=compare)
EVERYTHING = ("gender", "ethnic_group", "disability", "age", "religion", "orientation")
CHART = Chart(
    kind="dots",
    x="group",
    measure="adjusted_likelihood",
    order="list",
    references=(Reference(value=1.0, label="as likely", source="no difference"),),
)
METHOD = (
    "Adjusted figures say what the chances would be if everybody had the same bands, "
    "care settings, role categories and ages: a logistic regression, standardised over "
    "the people compared, with errors robust to people of a trust being alike. "
    "p-values allow for all comparisons made here (Holm). A difference is held to be "
    "immaterial where the 90% interval of the adjusted ratio lies within 0.80 to 1.25."
)


def measures(happened: str, people: str) -> Mapping[str, Measure]:
    """Return the measures of one event.

    Args:
        happened: The event in words, for example "moved up a band".
        people: Whom it could happen to, in words.
    """
    of_reference = f"the same of the reference group, {people}"
    return {
        "rate": Measure(
            label=f"Share who {happened}",
            unit="percent",
            denominator=people,
            method="Wilson score interval",
        ),
        "rate_with_not_known": Measure(
            label=f"Share who {happened}, bounded for people not known",
            unit="percent",
            denominator=people,
            method="worst-case bounds, widened by Wilson intervals",
        ),
        "relative_likelihood": Measure(
            label="Relative likelihood, as they are",
            unit="likelihood_ratio",
            denominator=of_reference,
            method="Koopman score interval",
            decimals=2,
        ),
        "difference": Measure(
            label="Difference in the share, as they are",
            unit="points",
            denominator=people,
            method="Miettinen-Nurminen score interval",
        ),
        "adjusted_likelihood": Measure(
            label="Relative likelihood, like for like",
            unit="likelihood_ratio",
            denominator=of_reference,
            method="standardised logistic regression, robust to trusts",
            decimals=2,
        ),
        "adjusted_difference": Measure(
            label="Difference in the share, like for like",
            unit="points",
            denominator=people,
            method="standardised logistic regression, robust to trusts",
        ),
        "p_value": Measure(
            label="p-value, allowing for all comparisons",
            unit="number",
            denominator="the adjusted relative likelihood",
            method="Wald test, Holm's adjustment",
            decimals=3,
        ),
        "noticed_below": Measure(
            label="Relative likelihood below which a difference would be noticed",
            unit="likelihood_ratio",
            denominator="four times in five, at 5%",
            method="minimum detectable difference of two shares",
            decimals=2,
        ),
        "noticed_above": Measure(
            label="Relative likelihood above which a difference would be noticed",
            unit="likelihood_ratio",
            denominator="four times in five, at 5%",
            method="minimum detectable difference of two shares",
            decimals=2,
        ),
    }


def narrated(published: Published, happened: str) -> str:
    """Say which groups differ, which are shown not to, and which are undecided."""
    rows = [
        row
        for row in published.where(measure="adjusted_likelihood")
        if row.status == "shown"
    ]
    if not rows:
        return (
            f"{year_to(published)}, too few people {happened} to compare any groups "
            "like for like."
        )
    by_verdict = {
        verdict: [row for row in rows if row["verdict"] == verdict]
        for verdict in ("different", "small_difference", "no_material_difference")
    }
    told = sum(len(found) for found in by_verdict.values())
    differs = "; ".join(_differs(row, happened) for row in by_verdict["different"])
    sentences = [
        f"{year_to(published)}, like for like, {differs}." if differs else "",
        _listed("differed, but by little", by_verdict["small_difference"]),
        _listed("did not differ materially", by_verdict["no_material_difference"]),
    ]
    undecided = len(rows) - told
    if undecided:
        which = f"{undecided} of {len(rows)} groups"
        if undecided == len(rows):
            which = "the one group" if undecided == 1 else f"all {undecided} groups"
            which += " with people enough"
        sentences.append(
            f"For {which} the figures of {the_year(published)} settle nothing: a "
            "difference may or may not be there."
        )
    return " ".join(filter(None, sentences))


def _differs(row: Row, happened: str) -> str:
    reference = characteristics()[row["characteristic"]].reference
    return (
        f"the group '{within(label('group', row['group']))}' was "
        f"{interval(row, 'likelihood_ratio', 2)} as likely as "
        f"'{within(label('group', reference))}' to have {happened}"
    )


def _listed(said: str, rows: list[Row]) -> str:
    if not rows:
        return ""
    names = "; ".join(within(label("group", row["group"])) for row in rows)
    return f"Like for like, these {said} from their reference group: {names}."

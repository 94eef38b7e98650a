"""Every printed number, what the inputs give for it, and how the two compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from skillmix.catalogue import Analysis, Printed, catalogue
from skillmix.pipeline import Answer, Session
from skillmix.report.replication.claims import judge
from skillmix.report.replication.findings import Claimed, Stated, claimed, stated
from skillmix.report.replication.taking import Taken, take
from skillmix.schema.results import Published, Source
from skillmix.words.numbers import month

Status = Literal["reproduced", "differs", "not-computable", "contradictory"]
Basis = Literal["recomputed", "quoted", ""]
Progress = Callable[[str, int, int], None]
_QUOTED = ("external_figure", "standard", "scheme", "definition_part", "role_example")
_NOTHING: Basis = ""
_NONE = "No analysis gives it yet."
NO_REASON = "The inputs say otherwise, and no reason is known."


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """One printed number, or claim, beside what the inputs give.

    Attributes:
        id: Slug of the number or claim.
        kind: "number" or "claim".
        printed: As the report has it.
        computed: What the inputs give, percentages out of 100; for a claim the
            values compared, in words; None if they give nothing.
        status: "reproduced", "differs", "not-computable" or "contradictory".
        reason: Why it differs, cannot be computed or contradicts.
        source: The tables, files and publishers behind it, or "".
        basis: "recomputed" from data, or "quoted" from a register of what others
            published, which shows that the system holds it and no more.
        analysis: The question that gives it.
        figure: Figure of the report it belongs to.
        interval: 95% interval, as `computed`.
        readings: For a contradiction, both readings: id, printed, computed, inside.
    """

    id: str
    kind: Literal["number", "claim"]
    printed: str
    computed: float | str | None
    status: Status
    reason: str
    source: str
    basis: Basis = ""
    analysis: str = ""
    figure: int | None = None
    interval: tuple[float | None, float | None] | None = None
    readings: tuple[Mapping[str, Any], ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return it as `replicate --format json` gives it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "printed": self.printed,
            "computed": self.computed,
            "status": self.status,
            "reason": self.reason,
            "source": self.source,
            "basis": self.basis,
            "analysis": self.analysis,
            "figure": self.figure,
            "interval": list(self.interval) if self.interval else None,
            "readings": [dict(reading) for reading in self.readings],
        }


def replicate(
    session: Session,
    *,
    internal: bool = False,
    note: str = "",
    progress: Progress | None = None,
) -> tuple[Replica, ...]:
    """Set every printed number and claim beside what the inputs give.

    Args:
        session: The inputs and the scope.
        internal: Whether exact counts are used. Rounded ones, which may be shown,
            can push a number over the edge of its printed rounding in small inputs.
        note: What sets these inputs apart, for example that a synthetic NHS was made
            at a tenth of the size; it is the reason where counts differ.
        progress: Called with what is being answered.
    """
    wanted = [a for a in catalogue().values() if a.reproduces or a.shows]
    answers = {
        answer.analysis.name: answer
        for answer in session.answers(wanted, internal=internal, progress=progress)
    }
    numbers = _numbers(answers.values(), note)
    both = {replica.id: replica for replica in numbers}
    return (
        *(_with_readings(replica, both) for replica in numbers),
        *_claims(answers.values()),
    )


def _numbers(answers: Iterable[Answer], note: str) -> list[Replica]:
    given: dict[str, tuple[Answer, Printed]] = {}
    for answer in answers:
        for name, printed in answer.analysis.reproduces.items():
            # The first to give a value goes first: another way may lack its inputs.
            if name not in given or given[name][0].published is None:
                given[name] = (answer, printed)
    return [
        _number(one, *given[one.id], note) if one.id in given else _beyond(one)
        for one in stated().values()
    ]


def _beyond(one: Stated) -> Replica:
    return Replica(
        id=one.id,
        kind="number",
        printed=one.printed,
        computed=None,
        status="not-computable",
        reason=one.beyond or _NONE,
        source="",
        figure=one.figure,
    )


def _number(one: Stated, answer: Answer, printed: Printed, note: str) -> Replica:
    analysis = answer.analysis
    if answer.published is None:
        taken, reason = Taken(), f"These inputs lack {' or '.join(answer.missing)}."
    else:
        taken = take(answer.published, printed)
        reason = taken.why
    if taken.value is None or answer.published is None:
        return Replica(
            id=one.id,
            kind="number",
            printed=one.printed,
            computed=None,
            status="not-computable",
            reason=reason,
            source="",
            analysis=analysis.name,
            figure=one.figure,
        )
    holds = one.holds(taken.value)
    scale = 100.0 if one.unit == "percent" else 1.0
    ends = [None if e is None else e * scale for e in (taken.low, taken.high)]
    return Replica(
        id=one.id,
        kind="number",
        printed=one.printed,
        computed=taken.value * scale,
        status="reproduced" if holds and not taken.instead else "differs",
        reason=_reason(one, taken, analysis, answer.published, note, holds=holds),
        source=_sources(answer.published.sources),
        basis=_basis(answer.published.sources),
        analysis=analysis.name,
        figure=one.figure,
        interval=(ends[0], ends[1]) if ends[0] is not None else None,
    )


def _reason(
    one: Stated,
    taken: Taken,
    analysis: Analysis,
    published: Published,
    note: str,
    *,
    holds: bool,
) -> str:
    """Say why a number is not the printed one, as far as the inputs tell."""
    if holds and not taken.instead:
        return ""
    parts: list[str] = []
    if taken.instead:
        inside = "inside" if holds else "outside"
        parts.append(
            f"Of {taken.instead}, not of {one.when}; {inside} the printed rounding."
        )
    made_up = any(source.synthetic for source in published.sources)
    if not holds and not taken.instead and not made_up and published.period:
        first, last = (month(end) for end in published.period)
        told = first if first == last else f"{first} to {last}"
        parts.append(f"Computed from inputs of {told}.")
    if not holds and note and one.unit in ("fte", "headcount", "count"):
        parts.append(note)
    if not holds and one.simulated and made_up:
        parts.append(one.simulated)
    if not holds and _covers(taken, one.inner):
        parts.append("The printed number lies within the 95% interval.")
    if one.note:
        parts.append(one.note)
    if published.scope.service_label and one.definition:
        asked = published.scope.service
        if one.definition != asked and one.definition == "in_mental_health_services":
            parts.append(f"Computed for {published.scope.service_label}.")
    return " ".join(parts) or f"{NO_REASON} See {analysis.name}."


def _covers(taken: Taken, value: float) -> bool:
    if taken.low is None or taken.high is None:
        return False
    return taken.low <= value <= taken.high


def _with_readings(replica: Replica, every: Mapping[str, Replica]) -> Replica:
    """Show both readings of a number that another printed one contradicts."""
    one = stated()[replica.id]
    if not one.contradicts or replica.computed is None:
        return replica
    other = every[one.contradicts]
    return replace(
        replica,
        status="contradictory",
        reason=replica.reason or one.note,
        readings=tuple(_reading(r) for r in (replica, other)),
    )


def _reading(replica: Replica) -> Mapping[str, Any]:
    inside: bool | None = None
    if isinstance(replica.computed, float):
        one = stated()[replica.id]
        scale = 100.0 if one.unit == "percent" else 1.0
        inside = one.holds(replica.computed / scale)
    return {
        "id": replica.id,
        "printed": replica.printed,
        "computed": replica.computed,
        "inside": inside,
    }


def _claims(answers: Iterable[Answer]) -> Iterator[Replica]:
    given = {name: a for a in answers for name in a.analysis.shows}
    for one in claimed().values():
        yield _claim(one, given.get(one.id))


def _claim(one: Claimed, answer: Answer | None) -> Replica:
    computed: str | None = None
    status: Status = "not-computable"
    reason = one.beyond or _NONE
    source, basis = "", _NOTHING
    if answer is not None and answer.published is None:
        reason = f"These inputs lack {' or '.join(answer.missing)}."
    elif answer is not None and answer.published is not None:
        analysis, published = answer.analysis, answer.published
        judged, values = judge(analysis.shows[one.id], published, analysis)
        reason = "The inputs hold no such rows."
        if judged is not None:
            computed = f"{'holds' if judged else 'does not hold'}: {values}"
            status = "reproduced" if judged else "differs"
            made_up = any(s.synthetic for s in published.sources)
            why = (made_up and one.simulated) or NO_REASON
            reason = "" if judged else why
            source = _sources(published.sources)
            basis = _basis(published.sources)
    return Replica(
        id=one.id,
        kind="claim",
        printed=one.printed,
        computed=computed,
        status=status,
        reason=reason,
        source=source,
        basis=basis,
        analysis=answer.analysis.name if answer else "",
        figure=one.figure,
    )


def _sources(sources: Sequence[Source]) -> str:
    told: list[str] = []
    for source in sources:
        kind = "synthetic " if source.synthetic else ""
        files = f" ({len(source.files)} files)" if len(source.files) > 1 else ""
        told.append(f"{kind}{source.table}{files}, {source.publisher}")
    return "; ".join(told)


def _basis(sources: Sequence[Source]) -> Basis:
    quoted = bool(sources) and all(s.table in _QUOTED for s in sources)
    return "quoted" if quoted else "recomputed"

"""The screening log: every decision, in order, never rewritten.

A later row of the same screener, record and stage replaces an earlier one for the
counts; the earlier row stays. Two screeners may keep a log each and read both.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmix.errors import InvalidRowsError, OutputError, UnreadableFileError
from skillmix.literature.tables import as_csv, live, write_text
from skillmix.schema.citations import DECISIONS, STAGES, Screening

TITLE_ABSTRACT, FULL_TEXT = STAGES
INCLUDE, EXCLUDE, UNSURE, NOT_RETRIEVED = DECISIONS
COLUMNS = tuple(Screening.columns())
# Whoever settles a conflict decides under this name, after the screeners.
CONSENSUS = "consensus"
# A reason the protocol does not have; its words are in the note.
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one screener on one record at one stage."""

    record_id: str
    stage: str
    screener: str
    decision: str
    reason: str = ""
    decided_on: dt.date
    note: str = ""

    def faults(self, reasons: Sequence[str]) -> list[str]:
        """Return which rules of the log it breaks."""
        found: list[str] = []
        if not self.record_id or not self.screener:
            found.append("a record and a screener must be named")
        if self.stage not in STAGES:
            found.append(f"the stage must be one of {', '.join(STAGES)}")
        if self.decision not in DECISIONS:
            found.append(f"the decision must be one of {', '.join(DECISIONS)}")
        if self.decision == EXCLUDE and not self.reason:
            found.append("an exclusion needs a reason")
        if self.reason == OTHER and not self.note:
            found.append("another reason must be written as a note")
        if self.decision == NOT_RETRIEVED and self.stage != FULL_TEXT:
            found.append("only a full text can be not retrieved")
        if self.reason and reasons and self.reason not in reasons:
            found.append(f"the reason must be one of {', '.join(reasons)}")
        return found


def checked(
    decisions: Iterable[Decision], *, reasons: Sequence[str] = (), where: str = ""
) -> tuple[Decision, ...]:
    """Return decisions that keep the log's rules.

    Args:
        decisions: Decisions in the order taken.
        reasons: Reasons of the protocol; any is taken if none are given.
        where: What to name in a message.

    Raises:
        InvalidRowsError: If any breaks a rule; every rule broken is counted.
    """
    kept = tuple(decisions)
    broken = Counter(f for d in kept for f in d.faults(reasons))
    if broken:
        told = "; ".join(f"{rule} ({n} rows)" for rule, n in sorted(broken.items()))
        raise InvalidRowsError(
            f"The screening log breaks its rules: {told}.", where=where
        )
    return kept


def read_log(path: Path, *, reasons: Sequence[str] = ()) -> tuple[Decision, ...]:
    """Read a screening log.

    Raises:
        UnreadableFileError: If it is no such CSV.
        InvalidRowsError: If rows break its rules.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        raise UnreadableFileError(
            "The screening log cannot be read.", where=path.name
        ) from None
    return parse_log(text, reasons=reasons, where=path.name)


def parse_log(
    text: str, *, reasons: Sequence[str] = (), where: str = ""
) -> tuple[Decision, ...]:
    """Read the text of a screening log; see `read_log`."""
    reader = csv.DictReader(io.StringIO(text))
    needed = {"record_id", "stage", "screener", "decision"}
    if text.strip() and not needed <= set(reader.fieldnames or ()):
        raise UnreadableFileError(
            "The screening log lacks columns record_id, stage, screener, decision.",
            where=where,
            remedy="Start from the file that `skillmix literature screen` writes.",
        )
    rows = [{k: (v or "") for k, v in row.items() if k} for row in reader]
    undated = sum(1 for row in rows if not _is_day(row.get("decided_on", "")))
    if undated:
        raise InvalidRowsError(
            f"The day of {undated} decisions cannot be read.",
            where=where,
            remedy="Write decided_on as 2020-12-01.",
        )
    return checked((_decision(row) for row in rows), reasons=reasons, where=where)


def append(path: Path, decisions: Sequence[Decision], reasons: Sequence[str]) -> None:
    """Add decisions to a log, or start it.

    Raises:
        InvalidRowsError: If one breaks a rule; nothing is written then.
        OutputError: If the file cannot be written.
    """
    kept = checked(decisions, reasons=reasons, where=path.name)
    text = as_csv(COLUMNS, [row(d) for d in kept])
    if not path.exists():
        write_text(path, text)
        return
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(text.split("\n", 1)[1])
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise OutputError(
            f"The log could not be written: {fault.strerror}.", where=path.name
        ) from None


def row(decision: Decision) -> dict[str, str]:
    """Return a decision as a row of the log."""
    return {
        **{n: str(getattr(decision, n)) for n in COLUMNS},
        "decided_on": decision.decided_on.isoformat(),
    }


def latest(
    decisions: Iterable[Decision],
) -> Mapping[tuple[str, str, str], Decision]:
    """Return the last decision by (record, stage, screener)."""
    return {(d.record_id, d.stage, d.screener): d for d in decisions}


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def _decision(row: Mapping[str, str]) -> Decision:
    return Decision(
        record_id=live(row["record_id"].strip()),
        stage=row["stage"].strip(),
        screener=live(row["screener"].strip()),
        decision=row["decision"].strip().lower().replace(" ", "_"),
        reason=live(row.get("reason", "").strip()),
        decided_on=dt.date.fromisoformat(row.get("decided_on", "").strip()),
        note=live(row.get("note", "").strip()),
    )

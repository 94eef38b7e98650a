"""Everything that is true of a synthetic NHS, in one file to judge estimates by."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from skillmix.schema.values import BANDS
from skillmix.synth import absence_from_work, careers, second_posts
from skillmix.synth.careers import Turn
from skillmix.synth.flows import AGE_STEPS, flows
from skillmix.synth.leaving import GROUPS, KINDS, group_shares
from skillmix.synth.plants import Plant
from skillmix.synth.published.ethnicity_file import YEARLY_CHANGE
from skillmix.synth.tables import rows
from skillmix.synth.tally import Tally
from skillmix.synth.world import BAND_4_SHARES, world

FILE = "truth.json"
# The files of numbers that an NHS is made from; texts such as job titles are in the
# record itself.
PARAMETERS = (
    *("absences", "ages", "areas", "attributes", "bonuses", "care_certificates"),
    *("cells", "classes"),
    *("earnings_history", "history", "hours", "leave_of_absence", "leaving_ages"),
    *("leaving_families", "moves", "other_pay", "paths", "pay_steps"),
    *("pay_supplements", "reason_groups", "reasons", "recruitment_sources"),
    *("regions", "sectors"),
    *("sickness_rates", "sickness_reasons", "titles"),
)
_NOTE = (
    "Synthetic. `parameters` are the numbers the record was made from; `chances` the "
    "monthly chances solved from them; `happened` what came of it, month by month."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a synthetic NHS was made.

    Attributes:
        scale: 1 is the whole NHS.
        seed: The seed.
        steady: Whether draws were steady.
        plant: What was planted.
        rebanded: How many people a planted re-banding moved.
    """

    scale: float
    seed: int
    steady: bool
    plant: Plant
    rebanded: int


def write_truth(
    out: Path,
    run: Run,
    tally: Tally,
    turns: Sequence[Turn],
    certificates: Mapping[str, Any],
    files: Sequence[str],
) -> None:
    """Write the truth, last of all: where it is, the folder is whole."""
    told = {
        "synthetic": True,
        "note": _NOTE,
        "scale": run.scale,
        "seed": run.seed,
        "steady": run.steady,
        "planted": {**_planted(run.plant), "people_rebanded": run.rebanded},
        "happened": _happened(tally, turns),
        "care_certificates": certificates,
        "chances": _chances(),
        "parameters": {name: _numbers(name) for name in PARAMETERS}
        | {"constants": _constants()},
        "files": list(files),
    }
    target = out / FILE
    temporary = out / f".{FILE}.part"
    text = json.dumps(told, indent=1, ensure_ascii=False, default=_plain)
    temporary.write_text(text + "\n", encoding="utf-8", newline="\n")
    temporary.replace(target)


def _planted(plant: Plant) -> Mapping[str, Any]:
    return {
        "rebanding": asdict(plant.rebanding) if plant.rebanding else None,
        "unfairness": asdict(plant.unfairness) if plant.unfairness else None,
    }


def _happened(tally: Tally, turns: Sequence[Turn]) -> list[Mapping[str, Any]]:
    """Return stocks and flows of each month."""
    w = world()
    events = {turn.month: turn for turn in turns}
    told: list[Mapping[str, Any]] = []
    for month in tally.months:
        turn = events.get(month.month)
        by_class = {
            name: {
                "people": int(month.heads[w.staff_class == place].sum()),
                "fte": round(float(month.fte[w.staff_class == place].sum()), 2),
            }
            for place, name in enumerate(w.classes)
        }
        told.append(
            {
                "month": month.month,
                "people_in_post": int(month.heads.sum()),
                "fte_in_post": round(float(month.fte.sum()), 2),
                "left_the_record": len(turn.left) if turn else 0,
                "joined": turn.joined if turn else 0,
                "moved_family_or_band": turn.moved if turn else 0,
                "changed_employer_only": turn.changed_employer if turn else 0,
                "by_staff_class": by_class,
            }
        )
    return told


def _chances() -> Mapping[str, Any]:
    """Return the monthly chances that the simulation drew from."""
    w, f = world(), flows()
    names = [f"{w.families[family]}, band {BANDS[band]}" for family, band in f.states]
    moves = {
        names[start]: {
            "by_age": [round(float(p), 8) for p in f.move[start]],
            "shares_of_destinations": {
                names[end]: round(float(f.monthly[start, end] / total), 6)
                for end in f.monthly[start].nonzero()[0]
            },
        }
        for start, total in enumerate(f.monthly.sum(axis=1))
        if total > 0
    }
    return {
        "age_steps_from": list(AGE_STEPS),
        "leaving_within_month_by_age": {
            name: [round(float(p), 8) for p in f.leave[cell]]
            for cell, name in enumerate(w.names)
        },
        "moving_within_month": moves,
        "reasons_for_leaving": {
            kind: dict(zip(GROUPS, (round(float(s), 6) for s in shares), strict=True))
            for kind, shares in zip(KINDS, group_shares(), strict=True)
        },
    }


def _constants() -> Mapping[str, Any]:
    return {
        "bank_staff_leaving_within_month": careers.BANK_LEAVE,
        "hours_redrawn_within_month": careers.HOURS_CHANGE,
        "mean_months_in_band_at_the_start": careers.MEAN_TENURE,
        "maternity_ages": list(absence_from_work.MATERNITY_AGES),
        "second_bank_post_share": second_posts.BANK_SHARE,
        "second_post_share": second_posts.POST_SHARE,
        "second_posts_last_months": second_posts.LASTS,
        "band_4_shares_of_two_trusts": dict(BAND_4_SHARES),
        "minority_ethnic_share_yearly_change_before_record": YEARLY_CHANGE,
    }


def _numbers(name: str) -> list[dict[str, str | float]]:
    return [{k: _number(v) for k, v in row.items()} for row in rows(name)]


def _number(text: str) -> str | float:
    """Return a number where the text is one; codes such as 06 stay texts."""
    if text.isdigit() and (len(text) > 1 and text[0] == "0"):
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the truth.")

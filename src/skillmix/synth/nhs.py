"""A whole synthetic NHS with known truth: staff record and published files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from skillmix.errors import DefinitionError
from skillmix.synth.careers import FIRST, MONTHS, Careers, place_of
from skillmix.synth.chance import Chance
from skillmix.synth.leaving import reasons_of
from skillmix.synth.pay import pay_of
from skillmix.synth.plants import Plant
from skillmix.synth.published.pack import BY_ORGANISATION, FOLLOWED, write_published
from skillmix.synth.record import Record
from skillmix.synth.sickness import sickness_of
from skillmix.synth.tables import months_from
from skillmix.synth.tally import Tally

Progress = Callable[[str, int, int], None]
MARK = "SYNTHETIC.txt"
TRUTH = "truth.json"
LEAST_SCALE, MOST_SCALE = 0.001, 2.0
_NOTE = """Every figure under this folder is synthetic: made by `skillmix synth`.
No person, post or absence in it is real, although employers and codes exist.
"""


def synthesise(
    out: Path,
    *,
    scale: float,
    seed: int,
    progress: Progress | None = None,
    plant: Plant | None = None,
    steady: bool = True,
) -> Path:
    """Make a synthetic NHS of so many months, with everything true of it.

    Args:
        out: Folder to make.
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
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise DefinitionError(
            f"A synthetic NHS of scale {scale:g} cannot be made.",
            where="scale",
            remedy=f"Choose a scale from {LEAST_SCALE:g} to {MOST_SCALE:g}.",
        )
    planted = plant or Plant()
    out.mkdir(parents=True, exist_ok=True)
    (out / TRUTH).unlink(missing_ok=True)
    (out / MARK).write_text(_NOTE, encoding="utf-8")
    chance = Chance(seed, steady=steady)
    careers = Careers(scale, chance, planted)
    months = months_from(FIRST, MONTHS)
    tally = Tally(followed=FOLLOWED, mapped=BY_ORGANISATION)
    with Record(out / "staff-record") as record:
        for done, month in enumerate(months):
            if progress:
                progress(f"{month:%B %Y}", done, MONTHS)
            now = place_of(month)
            if done:
                turn = careers.step(month)
                record.leavers(turn, reasons_of(turn.left, now, chance))
            pay = pay_of(careers.people, month, now, chance)
            sickness = sickness_of(careers.people, month, chance)
            record.month(month, now, careers.people, pay, sickness)
            tally.add(month, now, careers.people, pay, sickness)
    if progress:
        progress("published files", MONTHS, MONTHS + 1)
    write_published(out / "published", tally, chance)
    (out / TRUTH).write_text("{}", encoding="utf-8")
    return out

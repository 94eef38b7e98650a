"""How well adverts are coded: precision, recall and F1 against labels made by hand.

Run by `make bench-text`. The labelled adverts stand beside the project, in
`../shared`; where they are absent, this says what was not measured and ends well.

* Adverts are parted by hash of their number: one half was open while rules were
  written, the other was kept, and only its totals were ever looked at.
* The kept half is no outside test in the full sense: names of fields and of codes
  were taken from all the labels, and one person made every label.
* More adverts, of the postings that share neither vacancy nor wording with a labelled
  one, were read blind by a second reader; their codes are kept here, their texts are
  not. Rules were changed after both batches, so that these say what the rules have
  been made to do, not what they will do on other texts.
* Three more rounds drew adverts, most of other specialties. Their texts are kept
  nowhere near the project, so what they gave is recorded in `advert_rounds.csv` and
  printed as recorded. Whoever has those postings can put them, named by vacancy, in
  `more` beside `jobposting`, and they are measured again.
* A code's precision is the share of its findings that are right, its recall the
  share of its labels that are found; intervals are Wilson's, at 95%.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillmix.adverts.coding.code import code
from skillmix.adverts.reading.gather import gather
from skillmix.adverts.scheme import scheme
from skillmix.statistics.estimators import wilson

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SKILLMIX_SHARED", ROOT.parent / "shared"))
FOLDER = SHARED / "data" / "adverts"
FIELDS = (
    *("afc_band", "salary_min", "salary_max", "contract", "essential_qualifications"),
    *("essential_waivable", "desirable_qualifications", "training_commitment"),
    *("flexibility", "shift_or_unsocial", "experience_required"),
    *("experience_desirable", "supervised_by", "career_development"),
    *("driving_required", "lived_experience", "pmva_or_restraint_training"),
    *("care_certificate", "cost_to_applicant", "excluded_role", "supervises_others"),
)
READ_AGAIN = Path(__file__).with_name("advert_codes.csv")
RECORDED = Path(__file__).with_name("advert_rounds.csv")
POSTINGS = (FOLDER / "jobposting", FOLDER / "more")
MOST_CODES = 14
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One field of one half: for each advert what was found and what is labelled."""

    name: str
    found: tuple[frozenset[str], ...]
    wanted: tuple[frozenset[str], ...]

    @property
    def exact(self) -> int:
        """Adverts of which the field is right as a whole."""
        return sum(f == w for f, w in zip(self.found, self.wanted, strict=True))

    def counts(self, which: str) -> tuple[int, int, int]:
        """Return right findings, all findings and all labels of a code."""
        pairs = list(zip(self.found, self.wanted, strict=True))
        right = sum(which in f and which in w for f, w in pairs)
        return (
            right,
            sum(which in f for f, _ in pairs),
            sum(which in w for _, w in pairs),
        )


def main() -> int:
    """Print every measure with its interval; return 0 even where data are absent."""
    labels = FOLDER / "labels.jsonl"
    if not labels.is_file():
        print(f"Not measured: {labels} is absent.")
        _print_recorded()
        return 0
    lines = labels.read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines if line.strip()]
    codes = _coded(rows)
    halves = {
        half: [
            judged(f, [r for r in rows if half_of(r) == half], codes) for f in FIELDS
        ]
        for half in ("open", "kept")
    }
    _print_fields(halves)
    for half in halves:
        _print_codes(half, halves[half])
    _print_read_again()
    _print_recorded()
    return 0


def half_of(row: Row) -> str:
    """Return which half an advert is in, by a hash of its number."""
    digest = hashlib.sha256(row["id"].encode()).digest()
    return "open" if digest[0] % 2 == 0 else "kept"


def judged(name: str, rows: Sequence[Row], codes: Mapping[str, Any]) -> Judged:
    """Set what was found of a field beside its labels."""
    return Judged(
        name=name,
        found=tuple(as_codes(codes[r["id"]][name]) for r in rows),
        wanted=tuple(as_codes(r[name]) for r in rows),
    )


def as_codes(value: Any) -> frozenset[str]:
    """Return a value as a set of codes, however it is kept."""
    if value is None or value in ((), []):
        return frozenset(("none",))
    listed = value if isinstance(value, list | tuple) else [value]
    return frozenset(_code(v) for v in listed)


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _coded(rows: Sequence[Row]) -> Mapping[str, Any]:
    found = gather([FOLDER / "text" / f"{r['id']}.txt" for r in rows])
    return {a.file.removesuffix(".txt"): code(a) for a in found.adverts}


def _print_fields(halves: Mapping[str, Sequence[Judged]]) -> None:
    sizes = {half: len(fields[0].found) for half, fields in halves.items()}
    told = ", ".join(f"{half} half {n}" for half, n in sizes.items())
    print(f"Adverts ({told}): share of adverts right, with 95% Wilson interval\n")
    print(f"{'field':30}{'open half':>24}{'kept half':>24}{'macro F1, kept':>16}")
    for before, kept in zip(halves["open"], halves["kept"], strict=True):
        cells = "".join(f"{share(j.exact, len(j.found)):>24}" for j in (before, kept))
        print(f"{before.name:30}{cells}{_macro(kept):>16.3f}")


def _print_codes(half: str, fields: Sequence[Judged]) -> None:
    print(f"\nBy code, {half} half: precision, recall, F1\n")
    heads = f"{'labels':>7}{'precision':>24}{'recall':>24}{'F1':>7}"
    print(f"{'field and code':52}{heads}")
    for field in fields:
        for which in _codes(field):
            right, findings, labels = field.counts(which)
            cells = f"{share(right, findings):>24}{share(right, labels):>24}"
            name = f"{field.name}: {which}"
            print(
                f"{name[:51]:52}{labels:>7}{cells}{_f1(right, findings, labels):>7.2f}"
            )


def _print_read_again() -> None:
    """Print the share right of the adverts that a second reader coded."""
    paths = {p.stem: p for folder in POSTINGS for p in folder.glob("*.json")}
    rows = [r for r in _lines_of(READ_AGAIN) if r["vacancy"] in paths]
    if not rows:
        return
    found = gather([paths[r["vacancy"]] for r in rows])
    codes = {Path(a.file).stem: code(a) for a in found.adverts}
    batches = list(dict.fromkeys(r["batch"] for r in rows))
    print("\nAdverts read by a second reader, by batch: share right\n")
    print(f"{'field':30}{''.join(f'{b:>24}' for b in batches)}")
    for name in [n for n in rows[0] if n not in ("vacancy", "batch")]:
        cells = "".join(f"{_right(rows, b, name, codes):>24}" for b in batches)
        print(f"{name:30}{cells}")


def _print_recorded() -> None:
    """Print what the rounds gave whose texts are not here to be measured again."""
    rows = _lines_of(RECORDED)
    heads = list(dict.fromkeys((f"{r['round']} round", r["scored"]) for r in rows))
    days = " and ".join(sorted({r["recorded"] for r in rows}))
    print(f"\nRounds whose texts are not here: recorded on {days}, not measured now\n")
    print(f"{'':30}{''.join(f'{one:>26}' for one, _ in heads)}")
    print(f"{'field':30}{''.join(f'{scored:>26}' for _, scored in heads)}")
    for name in dict.fromkeys(r["field"] for r in rows):
        told = {
            (f"{r['round']} round", r["scored"]): r for r in rows if r["field"] == name
        }
        counts = (
            (int(told[h]["right"]), int(told[h]["judged"])) if h in told else (0, 0)
            for h in heads
        )
        print(f"{name:30}{''.join(f'{share(*c):>26}' for c in counts)}")


def _lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _right(rows: Sequence[Row], batch: str, name: str, codes: Mapping[str, Any]) -> str:
    # A field on which the reader could not decide is left empty, and not judged.
    kept = [r for r in rows if r["batch"] == batch and r[name]]
    right = sum(
        as_codes(codes[r["vacancy"]][name]) == frozenset(r[name].split("; "))
        for r in kept
    )
    return share(right, len(kept))


def _codes(field: Judged) -> list[str]:
    """Return the codes that were labelled or found; none where all are numbers."""
    kind = scheme().fields[field.name].kind
    if kind == "number":
        return []
    counts = Counter(c for codes in (*field.wanted, *field.found) for c in codes)
    return [c for c, _ in counts.most_common(MOST_CODES)]


def _macro(field: Judged) -> float:
    scores = [_f1(*field.counts(w)) for w in _codes(field) if field.counts(w)[2]]
    return sum(scores) / len(scores) if scores else field.exact / len(field.found)


def _f1(right: int, findings: int, labels: int) -> float:
    return 2 * right / (findings + labels) if findings + labels else 0.0


def share(right: int, n: int) -> str:
    """Return a share with its interval, and how many it is of."""
    if n == 0:
        return "-"
    estimate, low, high = wilson(right / n, n)
    return f"{estimate:.2f} ({low:.2f}-{high:.2f}) {right}/{n}"


if __name__ == "__main__":
    sys.exit(main())

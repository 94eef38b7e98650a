"""How well job titles are read: role, category and scope, on titles known by hand.

Run by `make bench-text`. The titles stand beside the project, in `../shared`; where
they are absent, this says what was not measured and ends well.

* Titles with role and category are parted by hash: one half was open while rules were
  written, the other was kept for measuring.
* The same titles are measured again with typing errors, and with places, bands and
  bonuses added, which no rule was written for.
* A reader without rules, which takes the role of the likest title in other folds,
  is cross-validated over all rows: what rules have to beat.
* Scope is measured on the national list of job roles by staff group, and on titles
  of a sample of adverts, known here by their hashes only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from skillmix.statistics.estimators import wilson
from skillmix.titles.reading import read_title
from skillmix.titles.uses import key_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SKILLMIX_SHARED", ROOT.parent / "shared"))
HERE = Path(__file__).resolve().parent
FOLDS = 5
Row = Mapping[str, str]
Judge = Callable[[Row], tuple[bool, bool, bool]]


def main() -> int:
    """Print every measure with its interval; return 0 even where data are absent."""
    titles = SHARED / "data" / "titles" / "titles.csv"
    if not titles.is_file():
        print(f"Not measured: {titles} is absent.")
        return 0
    rows = _read(titles)
    print("Titles: share right, with 95% Wilson interval\n")
    print(f"{'':44}{'n':>5}  {'role':>18}  {'category':>18}  {'scope':>18}")
    halves = {
        half: [r for r in rows if half_of(r) == half] for half in ("open", "kept")
    }
    _line("rules, open half", halves["open"], _by_rules)
    _line("rules, kept half", halves["kept"], _by_rules)
    for what, worsen in (("typing errors", mistyped), ("places, bands", padded)):
        worse = [{**r, "title": worsen(r["title"])} for r in halves["kept"]]
        _line(f"rules, kept half with {what}", worse, _by_rules)
    likest = _likest(rows)
    _line(f"likest title, {FOLDS}-fold, no rules", rows, lambda r: likest[id(r)])
    print()
    _scope_of_job_roles()
    _scope_of_postings()
    return 0


def half_of(row: Row) -> str:
    """Return which half a title is in, by a hash of its words."""
    digest = hashlib.sha256(row["title"].strip().lower().encode()).digest()
    return "open" if digest[0] % 2 == 0 else "kept"


def mistyped(title: str) -> str:
    """Return a title with one letter of its longest word lost, or two changed over."""
    words = title.split(" ")
    place = max(range(len(words)), key=lambda i: (len(words[i]), -i))
    word = words[place]
    if len(word) < 6:
        return title
    rng = random.Random(title)
    i = rng.randrange(1, len(word) - 2)
    if rng.random() < 0.5:
        words[place] = word[:i] + word[i + 1 :]
    else:
        words[place] = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return " ".join(words)


def padded(title: str) -> str:
    """Return a title as adverts have it, with band, place and bonus about it."""
    rng = random.Random(title)
    before = rng.choice(["", "Bank ", "Band 3 ", "Female "])
    after = rng.choice(
        [
            " - Ashbourne Ward, Market Lavington",
            " (Nights) - £500 welcome bonus",
            ", 37.5 hours, fixed term 12 months",
            " x 2 - Little Wenlock",
        ]
    )
    return f"{before}{title}{after}"


def _by_rules(row: Row) -> tuple[bool, bool, bool]:
    reading = read_title(row["title"])
    role = reading.known_role
    return (
        role is not None and role.label == row["canonical_role"],
        reading.category == row["category"],
        reading.scope == "in",
    )


def _likest(rows: Sequence[Row]) -> dict[int, tuple[bool, bool, bool]]:
    """Judge each row by the likest title of the other folds."""
    found: dict[int, tuple[bool, bool, bool]] = {}
    for fold in range(FOLDS):
        others = [r for r in rows if _fold(r) != fold]
        titles = [r["title"].casefold() for r in others]
        for row in (r for r in rows if _fold(r) == fold):
            near = process.extractOne(
                row["title"].casefold(), titles, scorer=fuzz.token_sort_ratio
            )
            like = others[near[2]]
            found[id(row)] = (
                like["canonical_role"] == row["canonical_role"],
                like["category"] == row["category"],
                True,
            )
    return found


def _fold(row: Row) -> int:
    # Titles alike but for capitals share a fold, or the answer would be known.
    return hashlib.sha256(key_of(row["title"]).encode()).digest()[1] % FOLDS


def _line(what: str, rows: Sequence[Row], judge: Judge) -> None:
    judged = [judge(row) for row in rows]
    cells = "  ".join(
        f"{_share(sum(j[k] for j in judged), len(rows)):>18}" for k in range(3)
    )
    print(f"{what:44}{len(rows):>5}  {cells}")


def _share(right: int, n: int) -> str:
    estimate, low, high = wilson(right / n, n) if n else (0.0, 0.0, 0.0)
    return f"{estimate:.3f} ({low:.2f}-{high:.2f})"


def _scope_of_job_roles() -> None:
    """Measure scope on the national job roles: one staff group is clinical support."""
    listed = _read(SHARED / "data" / "titles" / "esr_job_roles.csv")
    names: dict[str, set[str]] = {}
    for row in listed:
        names.setdefault(key_of(row["job_role"]), set()).add(
            "in" if row["staff_group"] == "Additional Clinical Services" else "out"
        )
    # A name under several staff groups cannot tell which one is meant.
    plain = {n: s.pop() for n, s in names.items() if len(s) == 1}
    _scope("national job roles by staff group", plain.items())


def _scope_of_postings() -> None:
    """Measure scope on titles of adverts, whose labels are kept by hash."""
    with (HERE / "title_scope.csv").open(encoding="utf-8") as file:
        labels = {r["sha256"]: r["scope"] for r in csv.DictReader(file)}
    titles: set[str] = set()
    for path in sorted((SHARED / "data" / "adverts" / "jobposting").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        one = found[0] if isinstance(found, list) else found
        titles.add(key_of(one.get("title", "")))
    known = [
        (t, labels[h])
        for t in sorted(titles)
        if (h := hashlib.sha256(t.encode()).hexdigest()[:16]) in labels
    ]
    if known:
        _scope("titles of adverts of every kind", known)
    else:
        print("Not measured: the adverts are absent.")


def _scope(what: str, known: Iterable[tuple[str, str]]) -> None:
    pairs = [(read_title(title).scope, wanted) for title, wanted in known]
    inside = [got for got, wanted in pairs if wanted == "in"]
    outside = [got for got, wanted in pairs if wanted == "out"]
    print(
        f"{what}: in scope found {inside.count('in')} of {len(inside)}, "
        f"{_share(inside.count('in'), len(inside))}; out of scope wrongly accepted "
        f"{outside.count('in')} of {len(outside)}, "
        f"{_share(outside.count('in'), len(outside))}; left to a person "
        f"{inside.count('unsure') + outside.count('unsure')}"
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())

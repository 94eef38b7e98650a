"""The list of NHS trusts of the Organisation Data Service, without a header."""

from __future__ import annotations

from pathlib import Path

from skillmix.schema.values import REGIONS
from skillmix.synth.employers import employers
from skillmix.synth.published.files import write_csv

_COLUMNS = 27
_OPENED = "20200401"


def write_organisations(folder: Path) -> None:
    """Write every trust with its region and board; addresses are not made up."""
    every = employers()
    rows: list[list[str]] = []
    for place, code in enumerate(every.codes):
        if code[0] not in "RT":
            continue
        row = [""] * _COLUMNS
        row[0], row[1] = code, every.name(place).upper()
        row[2] = _known(REGIONS[every.regions[place]])
        row[3] = _known(every.icbs[place])
        row[4] = "SYNTHETIC LIST: NO ADDRESS"
        row[10] = _OPENED
        row[21] = "0"
        rows.append(row)
    write_csv(folder, "etr.csv", (), rows, quote_all=True)


def _known(code: str) -> str:
    """Return a code; the list leaves the cell empty where there is none."""
    return "" if code == "QZZ" else code

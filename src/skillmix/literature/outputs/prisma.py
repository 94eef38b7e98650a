"""The PRISMA 2020 flow diagram as SVG and as a table.

Layout after Page and others (2021), BMJ 372:n71, for new reviews of databases only.
Numbers come from the flow; a step that was not reached is left out, not shown as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from skillmix.literature.flow import Flow

# Dark blue and greys of the Analysis Function's palette.
INK, LINE, BAND, PAPER = "#0b0c0c", "#12436d", "#12436d", "#ffffff"
WIDTH, LEFT, RIGHT = 760, 52, 424
BOX_LEFT, BOX_RIGHT = 330, 320
LINE_HEIGHT, PAD, GAP = 19, 12, 30
# Room for the name of the phase beside a single box.
SHORTEST = 70
_WEIGHTS = ("bold", "normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of the diagram: its lines, and what leaves the flow beside it."""

    phase: str
    lines: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Height in pixels, of the taller side."""
        longest = max(len(self.lines), len(self.beside))
        return max(SHORTEST, 2 * PAD + LINE_HEIGHT * longest)


def flow_rows(flow: Flow) -> list[tuple[str, str, int | None]]:
    """Return the flow as (phase, step, n) rows for a table; None is not reached."""
    identified = sum(flow.identified.values())
    rows: list[tuple[str, str, int | None]] = [
        ("Identification", "Records identified from databases", identified),
        *(("Identification", f"  {name}", n) for name, n in flow.identified.items()),
        ("Identification", "Duplicate records removed", flow.duplicates),
        ("Identification", "Outside the strategy, removed by program", flow.outside),
        ("Screening", "Records screened", flow.screened),
        ("Screening", "Records excluded", flow.excluded),
        ("Screening", "Records without a final decision", flow.pending),
        ("Screening", "Reports sought for retrieval", flow.sought),
        ("Screening", "Reports not retrieved", flow.not_retrieved),
        ("Screening", "Reports assessed for eligibility", flow.assessed),
        *(
            ("Screening", f"  Excluded: {reason[:1].lower()}{reason[1:]}", n)
            for reason, n in flow.excluded_full.items()
        ),
        ("Screening", "Reports without a final decision", flow.pending_full),
        ("Included", "Studies included in review", flow.included),
    ]
    return rows


def flow_svg(flow: Flow, *, title: str = "PRISMA 2020 flow diagram") -> str:
    """Return the diagram as SVG, with its numbers as text and a description."""
    boxes = _boxes(flow)
    tops: list[int] = []
    y = 16
    for box in boxes:
        tops.append(y)
        y += box.height + GAP
    height = y - GAP + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        'aria-labelledby="flow-title flow-text" font-family="Arial, sans-serif" '
        'font-size="14">',
        f'<title id="flow-title">{escape(title)}</title>',
        f'<desc id="flow-text">{escape(flow_text(flow))}</desc>',
        '<defs><marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *_bands(boxes, tops),
    ]
    for place, (box, top) in enumerate(zip(boxes, tops, strict=True)):
        parts += _drawn(box, top)
        if place + 1 < len(boxes):
            bottom, following = top + box.height, tops[place + 1]
            x = LEFT + BOX_LEFT // 2
            parts.append(_arrow(x, bottom, x, following - 1))
    return "\n".join([*parts, "</svg>"]) + "\n"


def flow_text(flow: Flow) -> str:
    """Return the flow in sentences, for readers who do not see the diagram."""
    total = sum(flow.identified.values())
    databases = len(flow.identified)
    said = [
        f"{_many(total, 'record was', 'records were')} identified in "
        f"{_many(databases, 'database', 'databases')}.",
        f"{_many(flow.duplicates, 'duplicate was', 'duplicates were')} removed.",
    ]
    if flow.outside:
        said.append(f"{_many(flow.outside, 'was', 'were')} outside the strategy.")
    said.append(
        f"{_many(flow.screened, 'publication is', 'publications are')} to screen."
    )
    if flow.excluded:
        was = _many(flow.excluded, "was", "were")
        said.append(f"{was} excluded on title and abstract.")
    if flow.assessed:
        out = sum(flow.excluded_full.values())
        texts = _many(flow.assessed, "full text has", "full texts have")
        said.append(f"{texts} come to assessment, {out:,} of them excluded.")
    if flow.included:
        said.append(f"{_many(flow.included, 'is', 'are')} included in the review.")
    open_ = (flow.pending or 0) + (flow.pending_full or 0)
    if open_:
        said.append(f"{_many(open_, 'is', 'are')} not decided yet.")
    return " ".join(said)


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _boxes(flow: Flow) -> list[Box]:
    total = sum(flow.identified.values())
    sources = [f"{name}: {n:,}" for name, n in flow.identified.items()]
    removed = [f"Duplicates: {flow.duplicates:,}"]
    if flow.outside:
        removed.append(f"Outside the strategy (by program): {flow.outside:,}")
    boxes = [
        Box(
            phase="Identification",
            lines=(f"Records identified: {total:,}", *_shortened(sources, 12)),
            beside=("Removed before screening:", *removed),
        ),
        Box(
            phase="Screening",
            lines=(f"Records screened: {flow.screened:,}",),
            beside=_some(
                ("Records excluded", flow.excluded), ("Not decided yet", flow.pending)
            ),
        ),
    ]
    if flow.sought is not None:
        boxes.append(
            Box(
                phase="Screening",
                lines=(f"Reports sought: {flow.sought:,}",),
                beside=_some(("Reports not retrieved", flow.not_retrieved)),
            )
        )
    if flow.assessed is not None:
        reasons = [f"{reason}: {n:,}" for reason, n in flow.excluded_full.items()]
        total_out = sum(flow.excluded_full.values())
        boxes.append(
            Box(
                phase="Screening",
                lines=(f"Reports assessed: {flow.assessed:,}",),
                beside=(
                    f"Reports excluded: {total_out:,}",
                    *_shortened(reasons, 12),
                    *(_some(("Not decided yet", flow.pending_full or None))),
                ),
            )
        )
    if flow.included is not None:
        boxes.append(
            Box(phase="Included", lines=(f"Studies in review: {flow.included:,}",))
        )
    return boxes


def _some(*counts: tuple[str, int | None]) -> tuple[str, ...]:
    return tuple(f"{name}: {n:,}" for name, n in counts if n is not None)


def _shortened(lines: Sequence[str], most: int) -> list[str]:
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], f"and {len(lines) - most + 1} more"]


def _bands(boxes: Sequence[Box], tops: Sequence[int]) -> list[str]:
    """Draw the phase at the left of the boxes it covers."""
    out: list[str] = []
    for phase in dict.fromkeys(box.phase for box in boxes):
        own = [n for n, box in enumerate(boxes) if box.phase == phase]
        top = tops[own[0]]
        bottom = tops[own[-1]] + boxes[own[-1]].height
        middle = (top + bottom) / 2
        # A band too short for its word is read from the box beside it.
        size = 13 if bottom - top > 8 * len(phase) else 10
        out.append(
            f'<rect x="10" y="{top}" width="26" height="{bottom - top}" rx="4" '
            f'fill="{BAND}"/><text x="23" y="{middle}" fill="{PAPER}" '
            f'font-size="{size}" text-anchor="middle" dominant-baseline="central" '
            f'transform="rotate(-90 23 {middle})">{phase}</text>'
        )
    return out


def _drawn(box: Box, top: int) -> list[str]:
    out = [_box(LEFT, top, BOX_LEFT, box.height, box.lines)]
    if box.beside:
        out.append(_box(RIGHT, top, BOX_RIGHT, box.height, box.beside))
        middle = top + box.height // 2
        out.append(_arrow(LEFT + BOX_LEFT, middle, RIGHT - 1, middle))
    return out


def _box(x: int, y: int, width: int, height: int, lines: Sequence[str]) -> str:
    first = y + PAD + LINE_HEIGHT * 0.75
    texts = "".join(
        f'<text x="{x + PAD}" y="{first + n * LINE_HEIGHT:g}" fill="{INK}"'
        f' font-weight="{_WEIGHTS[n > 0]}">'
        f"{escape(_cut(line, width))}</text>"
        for n, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{PAPER}" '
        f'stroke="{LINE}" stroke-width="1.5"/>{texts}'
    )


def _cut(line: str, width: int) -> str:
    most = int((width - 2 * PAD) / 7)
    return line if len(line) <= most else line[: most - 1] + "…"


def _arrow(x1: int, y1: int, x2: int, y2: int) -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{LINE}" '
        'stroke-width="1.5" marker-end="url(#flow-head)"/>'
    )

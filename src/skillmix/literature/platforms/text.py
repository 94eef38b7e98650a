"""A rendered strategy as text to paste, and as data."""

from __future__ import annotations

from typing import Any

from skillmix.literature.platforms.platform import Rendered


def as_text(rendered: Rendered) -> str:
    """Return lines, combination and warnings, ready to paste and to file."""
    out = [f"== {rendered.label} ==", ""]
    out += [f"{label}  {text}" for label, text in rendered.lines]
    if rendered.combination:
        out += ["", f"Combine:  {rendered.combination}"]
    else:
        out += ["", f"As one search:  {rendered.whole}"]
    if rendered.warnings:
        out += ["", "Where this differs from the strategy:"]
        for warned in rendered.warnings:
            times = f" ({warned.count} terms)" if warned.count > 1 else ""
            out.append(f"- {warned.what}{times}")
    return "\n".join([*out, f"Rules: {rendered.source}", ""])


def as_dict(rendered: Rendered) -> dict[str, Any]:
    """Return a rendered strategy as documented in `literature-json.md`."""
    return {
        "platform": rendered.platform,
        "label": rendered.label,
        "lines": [{"label": label, "text": text} for label, text in rendered.lines],
        "combination": rendered.combination,
        "whole": rendered.whole,
        "warnings": [
            {"slug": w.slug, "what": w.what, "count": w.count}
            for w in rendered.warnings
        ],
        "rules": rendered.source,
    }

"""The coder guide in the documentation says what the scheme says, field by field."""

from __future__ import annotations

from pathlib import Path

from skillmix.adverts.scheme import scheme

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "code-adverts.md"


def guide() -> str:
    """Return the part of the page that is the scheme's: criteria, fields and codes."""
    lines = [f"### Scheme version {scheme().version}", ""]
    for number, title in scheme().criteria.items():
        lines += [f"#### {number}. {title}", ""]
        for field in scheme().fields.values():
            if field.criterion != number:
                continue
            mark = " *" if field.reviewed else ""
            lines.append(f"- **{field.label}** (`{field.name}`){mark}: {field.guide}")
            if field.codes and field.kind in ("code", "codes"):
                codes = "; ".join(f"`{c}` {told}" for c, told in field.codes.items())
                lines.append(f"    - {codes}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def test_the_coder_guide_is_the_scheme_s():
    page = PAGE.read_text(encoding="utf-8")
    assert guide() in page


def test_every_criterion_has_a_field_and_every_reviewed_field_a_guide():
    fields = scheme().fields.values()
    assert {f.criterion for f in fields} == set(scheme().criteria) == set(range(1, 16))
    assert all(f.guide.endswith(".") for f in fields)
    assert all(f.codes or f.kind in ("yes_no", "numbers") for f in fields if f.reviewed)

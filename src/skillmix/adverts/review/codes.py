"""Codes as people write them in a cell, and back."""

from __future__ import annotations

from typing import Any

from skillmix.adverts.scheme import Field, scheme
from skillmix.errors import InvalidRowsError

YES, NO, NONE = "yes", "no", "none"
_TRUE = frozenset((YES, "y", "true", "1"))
_FALSE = frozenset((NO, "n", "false", "0"))


def reviewed_fields() -> tuple[Field, ...]:
    """Return the fields that coders review, in the scheme's order."""
    return tuple(f for f in scheme().fields.values() if f.reviewed)


def written(field: Field, value: Any) -> str:
    """Return a value as it stands in a cell."""
    if field.kind == "yes_no":
        return YES if value else NO
    if isinstance(value, tuple | list):
        return "; ".join(str(v) for v in sorted(value, key=str)) or NONE
    return NONE if value is None else str(value)


def parsed(field: Field, cell: str) -> Any:
    """Return the value that a cell holds.

    Raises:
        InvalidRowsError: If it holds a code the field does not have.
    """
    text = " ".join(cell.split()).lower()
    if field.kind == "yes_no":
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise _wrong(field)
    if field.kind == "numbers":
        return _numbers(field, text)
    by_lower = {code.lower(): code for code in field.codes}
    by_lower |= {label.lower(): code for code, label in field.codes.items()}
    if field.kind == "codes":
        parts = [p.strip() for p in text.split(";") if p.strip()]
        if not parts or any(p not in by_lower for p in parts):
            raise _wrong(field)
        found = tuple(sorted({by_lower[p] for p in parts}))
        if len(found) > 1 and set(found) & set(field.absent or ()):
            raise InvalidRowsError(
                f"A cell of {field.label} says that there is none, and names one.",
                where=field.name,
                remedy="Keep the one or the other.",
            )
        return found
    if text in by_lower:
        return by_lower[text]
    if text in (NONE, "") and field.absent is None:
        return None
    raise _wrong(field)


def allowed(field: Field) -> tuple[str, ...]:
    """Return the codes a coder may choose from; empty where any number may stand."""
    if field.kind == "yes_no":
        return (YES, NO)
    if field.kind == "numbers":
        return ()
    listed = tuple(field.codes)
    return listed if field.absent is not None else (NONE, *listed)


def _numbers(field: Field, text: str) -> tuple[int, ...]:
    if text == NONE:
        return ()
    parts = [p.strip() for p in text.replace(",", ";").split(";") if p.strip()]
    # A spreadsheet writes band 3 as 3.0.
    numbers = [p.removesuffix(".0") for p in parts]
    if not numbers or not all(n.isdigit() for n in numbers):
        raise _wrong(field)
    return tuple(sorted(int(n) for n in numbers))


def _wrong(field: Field) -> InvalidRowsError:
    known = "; ".join(allowed(field)) or "numbers, parted by semicolons, or none"
    return InvalidRowsError(
        f"A cell of {field.label} holds a code that the scheme does not have.",
        where=field.name,
        remedy=f"Use {known}.",
    )

"""The values that R gave, read from the JSON beside each script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "r"
CLOSED_FORM = 1e-8


def reference(name: str) -> dict[str, Any]:
    """Return the values of one script."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["values"]


def close(found: Any, wanted: Any, within: float = CLOSED_FORM) -> None:
    """Compare numbers, in shape and value; the larger of absolute and relative."""
    assert np.shape(found) == np.shape(wanted)
    np.testing.assert_allclose(
        np.array(found, dtype=float), np.array(wanted, dtype=float), within, within
    )

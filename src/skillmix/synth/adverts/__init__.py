"""Invented job adverts with known codes, in the formats that adverts come in.

Every sentence was written for this purpose; employers and places do not exist.
"""

from __future__ import annotations

from skillmix.synth.adverts.write import write_adverts

__all__ = ["write_adverts"]

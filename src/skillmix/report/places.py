"""The place a scope is about, by its name."""

from __future__ import annotations

from skillmix.schema.codelists import labels
from skillmix.schema.scope import Scope
from skillmix.schema.vocabulary import employer


def place_words(scope: Scope) -> str:
    """Return the employer, care board or region of a scope by name, or "England".

    A code that no list names is shown as it is.
    """
    if scope.employer:
        known = employer(scope.employer)
        return f"{known.name} ({known.code})" if known else scope.employer
    if scope.icb:
        return f"{labels('icb').get(scope.icb, scope.icb)} integrated care board"
    if scope.region:
        return labels("region").get(scope.region, scope.region)
    return "England"

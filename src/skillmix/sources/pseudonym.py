"""Keyed pseudonyms: staff numbers become hashes before anything is written.

HMAC-SHA-256, cut to 63 bits, computed inside the engine so that millions of rows
take seconds. The key stays beside the store, readable by its owner only; without it
nobody can test a guessed staff number. Rejected: a plain hash, which a list of all
possible staff numbers undoes.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import duckdb

from skillmix.errors import OutputError
from skillmix.writing import write_whole

KEY_FILE = "pseudonym.key"
KEY_VARIABLE = "SKILLMIX_KEY"
BLOCK = 64
SHORTEST_KEY = 16


def pseudonym_key(folder: Path) -> bytes:
    """Return the key, made the first time it is needed.

    Args:
        folder: The store's folder; the environment variable SKILLMIX_KEY goes first.

    Raises:
        OutputError: If the key is too short or cannot be kept.
    """
    given = os.environ.get(KEY_VARIABLE, "")
    if given:
        if len(given) < SHORTEST_KEY:
            raise OutputError(
                f"{KEY_VARIABLE} is shorter than {SHORTEST_KEY} characters.",
                where=KEY_VARIABLE,
                remedy="Choose a long random text, and keep it secret.",
            )
        return given.encode()
    path = folder / KEY_FILE
    try:
        if not path.is_file():
            _make(path)
        return path.read_bytes()
    except OSError as fault:
        raise OutputError(
            f"The key for pseudonyms cannot be kept: {fault.strerror}.",
            where=KEY_FILE,
        ) from None


def _make(path: Path) -> None:
    """Write a new key unless another run was first."""
    mine = path.with_name(f".{KEY_FILE}-{os.getpid()}")
    write_whole(mine, secrets.token_hex(32).encode(), mode=0o600)
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    except OSError:
        # File systems without hard links: the last of two runs at once wins.
        os.replace(mine, path)
    finally:
        mine.unlink(missing_ok=True)


def set_key(database: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give the engine the key; `pseudonym` reads it from there."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(
        BLOCK, b"\0"
    )
    inner = bytes(b ^ 0x36 for b in block)
    outer = bytes(b ^ 0x5C for b in block)
    database.execute("SET VARIABLE pseudonym_inner = ?::BLOB", [inner])
    database.execute("SET VARIABLE pseudonym_outer = ?::BLOB", [outer])


def pseudonym(kind: str, text: str) -> str:
    """Return the expression of a text's pseudonym.

    Args:
        kind: What is hidden, "person" or "post": equal texts of two kinds differ.
        text: SQL expression of the text; empty gives empty.
    """
    message = f"encode('{kind}|' || ({text}))"
    inside = f"unhex(sha256(getvariable('pseudonym_inner') || {message}))"
    whole = f"sha256(getvariable('pseudonym_outer') || {inside})"
    return f"(('0x' || substr({whole}, 1, 16))::UBIGINT & {2**63 - 1})::BIGINT"

"""How the app runs: what it serves, to whom, and how much it takes on."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from skillmix.errors import DefinitionError

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one reader may ask for, so that none can starve the others.

    Attributes:
        upload_bytes: Largest file taken for checking.
        uploads: How many checked files are remembered, the oldest forgotten first.
        wait_seconds: How long a page waits for an answer before it shows progress.
        answer_seconds: How long a `.json`, `.csv` or `.svg` address waits.
        requests_per_second: Requests of one address, on average.
        burst: Requests of one address at once.
        answers: How many answers are kept.
        scopes: How many scopes keep their derived tables, beside the first.
        address_characters: Longest address taken.
    """

    upload_bytes: int = 512 * 1024 * 1024
    uploads: int = 20
    wait_seconds: float = 1.5
    answer_seconds: float = 120.0
    requests_per_second: float = 100.0
    burst: int = 500
    answers: int = 512
    scopes: int = 2
    address_characters: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the app is reached.

    Attributes:
        host: Address it listens on.
        port: Port it listens on.
        token: What a reader must show where the address is not loopback; empty
            where none is asked for.
        limits: What one reader may ask for.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Refuse to be reachable from elsewhere without a token."""
        if not is_loopback(self.host) and len(self.token) < 16:
            raise DefinitionError(
                f"The address {self.host} can be reached from other machines, and "
                "there is no token of 16 characters or more.",
                where="host",
                remedy="Listen on 127.0.0.1, or give --token (or let one be made).",
            )

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names a browser may call it by; others are refused.

        A page elsewhere could otherwise point its own name at this machine and
        read the answers (DNS rebinding).
        """
        if is_loopback(self.host):
            return LOOPBACK_NAMES
        return ("*",)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def new_token() -> str:
    """Return a token nobody can guess."""
    return secrets.token_urlsafe(24)

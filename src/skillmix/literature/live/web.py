"""Polite requests: one at a time, spaced, tried again after a passing failure."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from skillmix import __version__
from skillmix.errors import InputNotFoundError, UnreadableFileError

LARGEST_ANSWER = 256 * 1024**2
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
TRIES = 4


@dataclass(slots=True, kw_only=True)
class Web:
    """Asks a service, never faster than it allows.

    Attributes:
        base: Address the service's paths are added to.
        pause: Least seconds between two requests.
        timeout: Seconds to wait for an answer.
        wait: Sleeps; given by tests, which do not want to.
        clock: Tells the time in seconds.
    """

    base: str
    pause: float
    timeout: float = 60.0
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    last: float = field(default=float("-inf"))

    def __post_init__(self) -> None:
        """Refuse addresses that are no web addresses, such as files.

        Raises:
            InputNotFoundError: If the base is neither http nor https.
        """
        if urllib.parse.urlsplit(self.base).scheme not in ("http", "https"):
            raise InputNotFoundError(
                "The service's address must start with http:// or https://.",
                where=self.base,
                remedy="Correct --base.",
            )

    def post(self, path: str, values: Mapping[str, str]) -> bytes:
        """Send values as a form and return the answer.

        A form rather than an address, because searches outgrow addresses.

        Raises:
            UnreadableFileError: If the service refuses, or fails again and again.
        """
        body = urllib.parse.urlencode(values).encode()
        told = ""
        for attempt in range(TRIES):
            self._space()
            try:
                return self._once(path, body)
            except urllib.error.HTTPError as fault:
                told = f"it answered {fault.code}"
                if fault.code not in PASSING:
                    break
                self.wait(_delay(fault.headers.get("Retry-After"), attempt))
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                told = "it did not answer"
                self.wait(_delay(None, attempt))
        raise UnreadableFileError(
            f"The service could not be asked: {told}.",
            where=self.base,
            remedy="Try again later; pages already fetched are kept.",
        )

    def _once(self, path: str, body: bytes) -> bytes:
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self.base.rstrip("/") + "/" + path,
            data=body,
            headers={"User-Agent": f"skillmix/{__version__} (literature search)"},
        )
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
            found = answer.read(LARGEST_ANSWER + 1)
        if len(found) > LARGEST_ANSWER:
            raise UnreadableFileError(
                "The service's answer is larger than 256 MB.", where=self.base
            )
        return found

    def _space(self) -> None:
        left = self.last + self.pause - self.clock()
        if left > 0:
            self.wait(left)
        self.last = self.clock()


def _delay(asked: str | None, attempt: int) -> float:
    """Seconds to wait: what the service asks for, within reason, else ever longer."""
    if asked and asked.isdigit():
        return min(float(asked), 120.0)
    return float(2**attempt)

"""How large a file may be: an advert is a few pages, and no more is ever read."""

from __future__ import annotations

import re

from skillmix.errors import UnreadableFileError

LARGEST_TEXT = 8 * 1024**2
LARGEST_BINARY = 30 * 1024**2
LARGEST_ARCHIVE = 512 * 1024**2
MOST_MEMBERS = 20_000
UNPACKED = 1024**3
UNPACKED_MEMBER = 64 * 1024**2
LARGEST_RATIO = 250
# Small members may be very repetitive without being a bomb.
RATIO_FROM = 4 * 1024**2
MOST_PAGES = 80
MOST_ROWS = 200_000
DEEPEST = 200
# Text from old systems may hold one or two; binary data hold many.
STRAY_NULS = 4
_ENCODING = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)


def decode(data: bytes) -> str:
    """Return text from bytes: by byte order mark, as declared, UTF-8, or Windows-1252.

    Raises:
        UnreadableFileError: If the bytes are no text.
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if data[:2000].count(b"\0") > len(data[:2000]) // 4:
        side = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(side, errors="replace")
    if data[:4096].count(b"\0") > STRAY_NULS:
        raise UnreadableFileError(
            "The file is binary data of no kind known here.",
            remedy="Save the advert as HTML, PDF, DOCX or plain text.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _ENCODING.search(data[:2048])
        name = declared.group(1).decode() if declared else "cp1252"
        # Pages that say UTF-8 and are not are Windows-1252 in practice.
        if name.lower().replace("-", "") in ("utf8", "iso88591", "latin1"):
            name = "cp1252"
        try:
            return data.decode(name, errors="replace")
        except LookupError:
            return data.decode("cp1252", errors="replace")


def too_large(what: str, size: int, limit: int) -> UnreadableFileError:
    """Return the error for something that is larger than any advert."""
    return UnreadableFileError(
        f"{what} of {size / 1024**2:,.0f} MB is larger than the {limit / 1024**2:,.0f} "
        "MB that an advert can be, and was not opened.",
        remedy="Save the one page of the advert, without pictures.",
    )

"""The door: files, folders and archives in, adverts and a log of every file out."""

from __future__ import annotations

import email
import email.policy
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from skillmix.adverts.advert import Advert
from skillmix.adverts.reading import documents, web
from skillmix.adverts.reading.compose import compose
from skillmix.adverts.reading.limits import (
    LARGEST_ARCHIVE,
    LARGEST_BINARY,
    LARGEST_RATIO,
    LARGEST_TEXT,
    MOST_MEMBERS,
    RATIO_FROM,
    UNPACKED,
    UNPACKED_MEMBER,
    decode,
    too_large,
)
from skillmix.adverts.reading.part import ADVERT, Entry, Part
from skillmix.errors import InputNotFoundError, SkillmixError, UnreadableFileError

Progress = Callable[[str, int, int], None]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP, _PDF, _RTF = b"PK\x03\x04", b"%PDF", b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|span|article|main|h1|script)\b", re.I
)
_TYING = re.compile(
    r"\b(?:person(?:al)?|spec(?:ification)?s?|personspec|ps|job|description|desc|jd|jdps"
    r"|advert|advertisement|vacancy|and|the|final|copy|v\d+|\d{1,2})\b"
)
SNIFFED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the inputs hold.

    Attributes:
        adverts: The adverts, each with the documents that belong to it.
        log: One entry for every file and archive member, read or not.
    """

    adverts: tuple[Advert, ...]
    log: tuple[Entry, ...]


def gather(paths: Sequence[Path], *, progress: Progress | None = None) -> Gathered:
    """Read every advert in the files, folders and archives given.

    A file that cannot be read becomes a line of the log beside the good ones.

    Raises:
        InputNotFoundError: If an input does not exist, or holds no file.
    """
    files = [pair for path in paths for pair in _files(Path(path))]
    parts: list[Part] = []
    log: list[Entry] = []
    for done, (path, name) in enumerate(files):
        if progress:
            progress(name, done, len(files))
        made, entries = _read_file(path, name)
        parts += made
        log += entries
    if progress:
        progress("done", len(files), len(files))
    groups = _tied(parts)
    return Gathered(adverts=tuple(compose(g) for g in groups), log=tuple(log))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.exists():
        raise InputNotFoundError(
            f"There is no file or folder '{path.name or path}'.",
            where=path.name,
            remedy="Check the spelling.",
        )
    if not path.is_dir():
        yield path, path.name
        return
    found = sorted(
        Path(folder) / name
        for folder, folders, names in os.walk(path, followlinks=False)
        if not _hide(folders)
        for name in names
        if not name.startswith((".", "~$"))
    )
    if not found:
        raise InputNotFoundError(
            f"The folder '{path.name or path}' holds no file.", where=path.name
        )
    for one in found:
        yield one, one.relative_to(path).as_posix()


def _hide(folders: list[str]) -> bool:
    """Leave out hidden folders, and the pictures a browser saves beside a page."""
    folders[:] = [
        f for f in folders if not f.startswith(".") and not f.endswith("_files")
    ]
    return False


def _read_file(path: Path, name: str) -> tuple[list[Part], list[Entry]]:
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise UnreadableFileError("It is no ordinary file.", remedy="Leave it out.")
        with path.open("rb") as file:
            start = file.read(SNIFFED)
            if start.startswith(_ZIP) and not _is_word(path):
                return _read_archive(path, name, told.st_size)
            limit = LARGEST_BINARY if start.startswith((_ZIP, _PDF)) else LARGEST_TEXT
            if told.st_size > limit:
                raise too_large("A file", told.st_size, limit)
            data = start + file.read(limit - len(start) + 1)
    except SkillmixError as fault:
        return [], [Entry(file=name, reason=f"{fault.what} {fault.remedy}")]
    except OSError as fault:
        reason = f"The file cannot be opened: {fault.strerror}."
        return [], [Entry(file=name, reason=reason)]
    return _read_data(data, name)


def _read_data(data: bytes, name: str) -> tuple[list[Part], list[Entry]]:
    try:
        parts = _read(data, name)
    except SkillmixError as fault:
        return [], [Entry(file=name, reason=f"{fault.what} {fault.remedy}")]
    notes = " ".join(dict.fromkeys(n for p in parts for n in p.notes))
    kinds = ", ".join(dict.fromkeys(p.source for p in parts))
    count = sum(p.kind == ADVERT for p in parts)
    return parts, [Entry(file=name, read_as=kinds, adverts=count, reason=notes)]


def _read(data: bytes, name: str) -> list[Part]:
    """Read one file's bytes by what they are, whatever the file is called."""
    if not data.strip():
        raise UnreadableFileError("The file is empty.", remedy="Leave it out.")
    if data.startswith(_ZIP):
        return documents.word_document(data, name)
    if data[:1024].lstrip().startswith(_PDF):
        return documents.pdf_document(data, name)
    if data.startswith(_OLE):
        raise UnreadableFileError(
            "It is an old Office document (.doc), and was not read.",
            remedy="Open it and save it as DOCX or PDF.",
        )
    if data.startswith(_RTF) or data.startswith(_PICTURES):
        raise UnreadableFileError(
            "It is a picture or rich text, and was not read.",
            remedy="Save the advert as HTML, PDF, DOCX or plain text.",
        )
    return _read_text(data, name)


def _read_text(data: bytes, name: str) -> list[Part]:
    if data[:200].lower().startswith((b"from: <saved by", b"mime-version")):
        return web.web_page(_from_archive_page(data), name)
    text = decode(data)
    start = text[:SNIFFED].lstrip("\ufeff \r\n\t")
    if start[:1] in "{[":
        return web.job_postings(text.lstrip("\ufeff"), name)
    # Cells of a table may hold HTML, so the table comes first.
    if not start.startswith("<") and _is_table(start, name):
        return documents.table_of_adverts(text, name)
    if _HTML.search(start):
        return web.web_page(text, name)
    if start.startswith("<"):
        return web.jobs_feed(data, name)
    return documents.plain_text(text, name)


def _is_table(start: str, name: str) -> bool:
    line = start.partition("\n")[0]
    cells = [c.strip(' "').lower() for c in re.split("[,;\t]", line)]
    known = {
        "title",
        "description",
        "salary",
        "employer",
        "advert",
        "text",
        "job title",
    }
    return len(known & set(cells)) >= 2 or (
        name.lower().endswith(".csv") and len(cells) > 1
    )


def _from_archive_page(data: bytes) -> str:
    """Return the page of a web archive (.mhtml), which is an e-mail in form."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return decode(payload) if isinstance(payload, bytes) else ""
    raise UnreadableFileError(
        "The web archive holds no page.", remedy="Save the page as HTML."
    )


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _read_archive(path: Path, name: str, size: int) -> tuple[list[Part], list[Entry]]:
    """Read the members of a ZIP archive; archives within it are not opened."""
    try:
        if size > LARGEST_ARCHIVE:
            raise too_large("An archive", size, LARGEST_ARCHIVE)
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _guard(members)
            parts: list[Part] = []
            log: list[Entry] = []
            for member in members:
                made, entries = _read_member(archive, member, name)
                parts += made
                log += entries
            return parts, log
    except SkillmixError as fault:
        return [], [Entry(file=name, reason=f"{fault.what} {fault.remedy}")]
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError):
        return [], [Entry(file=name, reason="The archive is damaged. Make it again.")]


def _guard(members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive that would unpack to far more than any set of adverts."""
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > UNPACKED:
        raise UnreadableFileError(
            "The archive unpacks to more than any set of adverts; it was not opened.",
            remedy="Unpack what you need and give the folder.",
        )
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > RATIO_FROM and member.file_size / packed > LARGEST_RATIO:
            raise UnreadableFileError(
                "A file in the archive swells so much that it looks like a bomb; "
                "the archive was not opened.",
                remedy="Unpack it elsewhere and give the adverts themselves.",
            )


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> tuple[list[Part], list[Entry]]:
    inside = PurePosixPath(member.filename.replace(chr(92), "/"))
    label = f"{name}/{inside.as_posix()}"
    hidden = any(p.startswith(".") and p != ".." for p in inside.parts)
    if hidden or inside.parts[:1] == ("__MACOSX",):
        return [], []
    if member.flag_bits & 1:
        return [], [Entry(file=label, reason="It is locked by a password.")]
    if member.file_size > min(UNPACKED_MEMBER, LARGEST_BINARY):
        fault = too_large("A file", member.file_size, LARGEST_BINARY)
        return [], [Entry(file=label, reason=f"{fault.what} {fault.remedy}")]
    with archive.open(member) as file:
        data = file.read(LARGEST_BINARY + 1)
    if data.startswith(_ZIP) and not _word_bytes(data):
        return [], [Entry(file=label, reason="An archive within one is not opened.")]
    if len(data) > LARGEST_TEXT and not data.startswith((_ZIP, _PDF)):
        fault = too_large("A file", len(data), LARGEST_TEXT)
        return [], [Entry(file=label, reason=f"{fault.what} {fault.remedy}")]
    return _read_data(data, label)


def _word_bytes(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _tied(parts: Sequence[Part]) -> list[list[Part]]:
    """Group each advert with the documents beside it that are its own.

    Same folder and same name once words such as "person specification" are taken
    off; or the folder has one advert only. What belongs to none stands by itself.
    """
    adverts = [p for p in parts if p.kind == ADVERT]
    groups: dict[int, list[Part]] = {n: [p] for n, p in enumerate(adverts)}
    alone: list[Part] = []
    for part in (p for p in parts if p.kind != ADVERT):
        beside = [
            n for n, a in enumerate(adverts) if _folder(a.file) == _folder(part.file)
        ]
        same = [n for n in beside if _same_vacancy(adverts[n], part)]
        chosen = same or (beside if len(beside) == 1 else [])
        if len(chosen) == 1:
            groups[chosen[0]].append(part)
        else:
            alone.append(part)
    return [*groups.values(), *_by_name(alone)]


def _by_name(alone: Sequence[Part]) -> list[list[Part]]:
    """Group a job description with its person specification where no advert is."""
    groups: dict[tuple[str, str], list[Part]] = {}
    for part in alone:
        groups.setdefault((_folder(part.file), _stem(part.file)), []).append(part)
    return list(groups.values())


def _same_vacancy(advert: Part, part: Part) -> bool:
    for mark in (advert.head.vacancy, advert.head.reference):
        if mark and (mark in part.file or mark in part.body[:3000]):
            return True
    one, other = _stem(advert.file), _stem(part.file)
    return bool(one and other) and one == other


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _stem(file: str) -> str:
    name = PurePosixPath(file).stem.lower()
    return " ".join(_TYING.sub(" ", re.sub(r"[_\W]+", " ", name)).split())

"""HTML to lines of text and elements by id, in one pass that cannot run away.

Saved pages are not clean: `<p id=job_overview>` holds further `<p>`, descriptions
are escaped twice, tags are left open. Rejected: `html.parser`, whose time grows
with the square of some broken input, and lxml, a compiled dependency for a job of
a hundred lines. Scripts, styles and hidden parts are dropped and never looked into,
but for JSON-LD, which is returned as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillmix.adverts.reading.limits import DEEPEST

_NAME = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9:-]*)")
_ID = re.compile(r"""\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_LINES = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "main",
        "aside",
        "address",
        "figure",
        "details",
        "summary",
        "thead",
        "tbody",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "button",
        "nav",
        "footer",
        "title",
        "textarea",
        "math",
        "canvas",
        "audio",
        "video",
    ]
)
_VOID = frozenset(
    [
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "wbr",
        "source",
        "area",
        "col",
        "embed",
    ]
)
_CELLS = frozenset(("td", "th"))
LONGEST_TAG = 20_000


@dataclass(slots=True)
class Page:
    """What a page says.

    Attributes:
        title: Text of its title element.
        heading: Text of its first `<h1>` outside a `<header>`.
        banner: Text of its first `<h1>` in a `<header>`, where a site puts its name.
        lines: Its visible text, one line a block; list items begin with a bullet.
        by_id: Text of each element that has an id, the first of each id.
        json_ld: Contents of JSON-LD scripts.
    """

    title: str = ""
    heading: str = ""
    banner: str = ""
    lines: list[str] = field(default_factory=list[str])
    by_id: dict[str, str] = field(default_factory=dict[str, str])
    json_ld: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The visible text."""
        return "\n".join(self.lines)


@dataclass(slots=True)
class _Open:
    tag: str
    id: str
    start: int
    banner: bool = False


def read_markup(source: str) -> Page:
    """Return what an HTML page, or a fragment of HTML, says."""
    page = Page()
    pieces: list[str] = []
    stack: list[_Open] = []
    for kind, text in _tokens(source):
        if kind == "text":
            pieces.append(text)
            continue
        tag = _tag(text)
        if not tag:
            pieces.append(f"<{text}>")
            continue
        if kind == "raw":
            if "ld+json" in text.partition("\n")[0].lower():
                page.json_ld.append(text.partition("\n")[2])
            elif tag == "title":
                page.title = html.unescape(text.partition("\n")[2]).strip()
            continue
        if tag in _LINES:
            pieces.append("\n• " if tag == "li" and text[0] != "/" else "\n")
        elif tag in _CELLS:
            pieces.append(" | " if text[0] != "/" else "")
        if text.startswith("/"):
            _close(tag, stack, pieces, page)
        elif tag not in _VOID and not text.endswith("/") and len(stack) < DEEPEST:
            banner = tag == "h1" and any(o.tag == "header" for o in stack)
            stack.append(_Open(tag, _id(text), len(pieces), banner))
    while stack:
        _keep(stack.pop(), pieces, page)
    page.lines = _tidy("".join(pieces))
    return page


def plain(source: str) -> str:
    """Return a fragment of HTML as text; text without tags is returned as it is."""
    return read_markup(source).text if "<" in source else source


def _close(tag: str, stack: list[_Open], pieces: list[str], page: Page) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].tag == tag:
            for opened in reversed(stack[depth:]):
                _keep(opened, pieces, page)
            del stack[depth:]
            return


def _keep(opened: _Open, pieces: list[str], page: Page) -> None:
    named = opened.id and opened.id not in page.by_id
    if not named and opened.tag != "h1":
        return
    lines = _tidy("".join(pieces[opened.start :]))
    if named:
        page.by_id[opened.id] = "\n".join(lines)
    if opened.tag == "h1" and opened.banner:
        page.banner = page.banner or " ".join(lines)
    elif opened.tag == "h1":
        page.heading = page.heading or " ".join(lines)


def _tidy(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    stripped = (line.removeprefix("| ").strip() for line in lines)
    return [line for line in stripped if line and line not in ("•", "|")]


def _tag(text: str) -> str:
    match = _NAME.match(text)
    return match.group(1).lower() if match else ""


def _id(text: str) -> str:
    match = _ID.search(text[:LONGEST_TAG])
    return next((g for g in match.groups() if g), "") if match else ""


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """Yield ("text", words), ("tag", inside) and, for dropped elements, ("raw", all).

    Every character is passed once: where an end is missing, the rest is text.
    """
    place, end = 0, len(source)
    unclosed: set[str] = set()
    while place < end:
        opening = source.find("<", place)
        if opening < 0:
            yield "text", source[place:]
            return
        if opening > place:
            # White space in source is one space; line breaks are made by tags.
            yield "text", source[place:opening].replace("\n", " ")
        if source.startswith("<!--", opening):
            closing = source.find("-->", opening + 4)
            place = end if closing < 0 else closing + 3
            continue
        closing = _tag_end(source, opening)
        if closing < 0:
            yield "text", source[opening:].replace("\n", " ")
            return
        inside = source[opening + 1 : closing]
        place = closing + 1
        if inside.startswith(("!", "?")):
            continue
        tag = _tag(inside)
        if tag in _DROPPED and tag not in unclosed and inside[0] not in "/":
            ends = _dropped_end(source, tag, inside, place)
            if ends is None:
                unclosed.add(tag)
                continue
            kind = _TYPE.search(inside[:LONGEST_TAG])
            yield (
                "raw",
                f"{tag} {kind.group(1) if kind else ''}\n{source[place : ends[0]]}",
            )
            place = ends[1]
            continue
        yield "tag", inside


def _dropped_end(
    source: str, tag: str, inside: str, place: int
) -> tuple[int, int] | None:
    """Return where a dropped element's content and its end tag end; None if never."""
    if inside.endswith("/"):
        return place, place
    closing = re.compile(f"</{tag}", re.IGNORECASE).search(source, place)
    if closing is None:
        # A script that never ends swallows the page, as it does in a browser.
        return (len(source), len(source)) if tag in ("script", "style") else None
    after = source.find(">", closing.end())
    return closing.start(), len(source) if after < 0 else after + 1


def _tag_end(source: str, opening: int) -> int:
    """Return the place of the tag's end; a `>` in quotes does not end it."""
    closing = source.find(">", opening)
    for _ in range(3):
        if closing < 0 or closing - opening > LONGEST_TAG:
            return closing
        inside = source[opening:closing]
        if inside.count('"') % 2 == 0:
            return closing
        closing = source.find(">", closing + 1)
    return closing

"""An advert as it was read, and a coded value with the words that support it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["stated", "silent", "attachment_not_read"]
STATES: tuple[State, ...] = ("stated", "silent", "attachment_not_read")
LONGEST_QUOTE = 200
# The rule of a value that people settled.
SETTLED = "review.settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an advert's own fields say, as printed; empty where there is no field.

    Attributes:
        title: Title of the post.
        employer: Name of the employer.
        location: Place of work.
        salary: Salary in words, never a number the site computed from it.
        contract: Kind of contract, where the source has a field for it.
        pattern: Working pattern or hours, where the source has a field for it.
        band: Pay band, where the source has a field for it.
        posted: Day it was advertised.
        closes: Last day to apply.
        reference: The employer's reference of the vacancy.
        vacancy: The site's number of the vacancy.
        url: Its address.
    """

    title: str = ""
    employer: str = ""
    location: str = ""
    salary: str = ""
    contract: str = ""
    pattern: str = ""
    band: str = ""
    posted: dt.date | None = None
    closes: dt.date | None = None
    reference: str = ""
    vacancy: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """One advert, with its person specification where that was found.

    Attributes:
        file: Name of the file (and of the member of an archive) it was read from.
        source: What the file is, for example "job_posting" or "nhs_jobs_page".
        head: The advert's own fields.
        text: The normalised text that every offset counts in.
        attachments: Documents read with it, for example a person specification.
        attachments_named: Whether the advert speaks of documents beside it.
    """

    file: str
    source: str
    head: Head
    text: str
    attachments: tuple[str, ...] = ()
    attachments_named: bool = False

    @property
    def id(self) -> str:
        """An id that stays the same when the same advert is read again."""
        return self.head.vacancy or self.digest[:12]

    @property
    def digest(self) -> str:
        """SHA-256 of the normalised text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words behind a value: `quote` is `text[start:end]`, cut at 200 characters.

    Attributes:
        quote: The words themselves, contacts blanked.
        start: Offset of their first character in the normalised text.
        end: Offset after their last character.
        rule: Id of the rule that found them.
        section: Section of the advert they stand in.
        confidence: Share of such findings expected to be right, 0 to 1.
    """

    quote: str
    start: int
    end: int
    rule: str
    section: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One field of one advert.

    Attributes:
        value: The code, in the words of the coder guide.
        state: Whether the advert states it, is silent, or leaves it to a document
            that was not read.
        evidence: What supports it, strongest first; empty where nothing is stated.
        confidence: Share of such values expected to be right, 0 to 1.
        settled_by: Who settled it in review; empty where it is the machine's.
    """

    value: Any
    state: State
    evidence: tuple[Evidence, ...] = ()
    confidence: float
    settled_by: str = ""

    @property
    def rule(self) -> str:
        """The rule of the strongest evidence, or the rule for silence."""
        if self.settled_by:
            return SETTLED
        return self.evidence[0].rule if self.evidence else "nothing-found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An advert with all its fields coded.

    Attributes:
        advert: The advert.
        values: One value for each field of the scheme, in the scheme's order.
        month: Month it was advertised, its first day; None if no date is known.
        support: Whether it is of a support post.
        mental_health: Whether it is in mental health or near it.
        exclusion: Why the sample leaves it out; empty if it is in.
        duplicate_of: Id of the advert that it repeats; empty if none.
    """

    advert: Advert
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    support: bool = False
    mental_health: bool = False
    exclusion: str = ""
    duplicate_of: str = ""

    @property
    def month(self) -> dt.date | None:
        """The month it was advertised or, failing that, closed."""
        day = self.advert.head.posted or self.advert.head.closes
        return day.replace(day=1) if day else None

    def __getitem__(self, name: str) -> Any:
        """Return the code of a field."""
        return self.values[name].value

"""An advert made ready for the rules, and the way from a finding to its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from skillmix.adverts.advert import LONGEST_QUOTE, Advert, Evidence, State, Value
from skillmix.adverts.normalise import (
    Reading,
    clear_of_contacts,
    reading_copy,
    without_contacts,
)
from skillmix.adverts.ruleset import Finding, rule_set
from skillmix.adverts.scheme import Field
from skillmix.adverts.sections import Sentence, sentences_of

SILENCE = 0.8
_SPEC = re.compile(
    r"person spec|job description(?! and)|\battached\b|supporting documents",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """An advert with its sentences and sections.

    Attributes:
        advert: The advert.
        reading: The copy that rules read.
        sentences: Its sentences in order, contacts and all.
    """

    advert: Advert
    reading: Reading
    sentences: tuple[Sentence, ...]

    def findings(self, name: str) -> list[Finding]:
        """Return what a rule set finds, the highest rank first."""
        return rule_set(name).findings(self.sentences)

    def evidence(
        self, start: int, end: int, *, rule: str, section: str, confidence: float
    ) -> Evidence:
        """Return evidence for a span of the reading copy, cut to a short quotation."""
        first, last = self.reading.at(start), self.reading.at(end)
        last = min(last, first + LONGEST_QUOTE)
        first, last = clear_of_contacts(self.advert.text, first, last)
        return Evidence(
            quote=without_contacts(self.advert.text[first:last])[:LONGEST_QUOTE],
            start=first,
            end=last,
            rule=rule,
            section=section,
            confidence=confidence,
        )

    def cite(self, findings: Iterable[Finding], most: int = 3) -> tuple[Evidence, ...]:
        """Return evidence for findings, one a sentence, at most so many."""
        cited: dict[int, Evidence] = {}
        for found in findings:
            if len(cited) == most:
                break
            if found.sentence.start not in cited:
                cited[found.sentence.start] = self.evidence(
                    found.start,
                    found.end,
                    rule=found.rule.id,
                    section=found.sentence.section,
                    confidence=found.rule.confidence,
                )
        return tuple(cited.values())

    def stated(
        self, value: object, findings: Sequence[Finding], confidence: float = 0.0
    ) -> Value:
        """Return a value that the advert states, with its evidence."""
        evidence = self.cite(findings)
        return Value(
            value=value,
            state="stated",
            evidence=evidence,
            confidence=confidence or (evidence[0].confidence if evidence else SILENCE),
        )

    def quoted(
        self,
        value: object,
        sentence: Sentence,
        span: tuple[int, int],
        *,
        rule: str,
        confidence: float,
    ) -> Value:
        """Return a value that a span of one sentence states."""
        evidence = self.evidence(
            sentence.start + span[0],
            sentence.start + span[1],
            rule=rule,
            section=sentence.section,
            confidence=confidence,
        )
        return Value(
            value=value, state="stated", evidence=(evidence,), confidence=confidence
        )

    def absent(self, field: Field) -> Value:
        """Return the value of a field of which nothing was found."""
        return Value(value=field.absent, state=self.silence(field), confidence=SILENCE)

    def silence(self, field: Field) -> State:
        """Tell whether silence means that, or that a document was not read.

        What a person specification usually holds cannot be called missing as long
        as the person specification was not read.
        """
        if field.in_attachment and self.attachment_unread:
            return "attachment_not_read"
        return "silent"

    @cached_property
    def attachment_unread(self) -> bool:
        """Whether a person specification exists, or surely exists, and is not here."""
        if "person_specification" in self.advert.attachments:
            return False
        named = self.advert.attachments_named or bool(_SPEC.search(self.reading.text))
        return named or self._on_nhs_jobs

    @property
    def _on_nhs_jobs(self) -> bool:
        """Whether it stood on NHS Jobs, where every post has a person specification."""
        head = self.advert.head
        return "jobs.nhs.uk" in head.url or self.advert.source == "nhs_jobs_feed"


def open_text(advert: Advert) -> Text:
    """Return an advert made ready for the rules."""
    reading = reading_copy(advert.text)
    return Text(advert=advert, reading=reading, sentences=sentences_of(reading.text))

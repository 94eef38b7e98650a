"""Qualifications asked for, as a set of codes, essential and desirable apart.

Every qualification that a sentence names is found first; then the sentence decides
what is said of it. "You must hold an NVQ 3" asks for it, "an NVQ 2 is preferable"
wishes for it, "you will be supported to achieve an NVQ 3" offers it, and an
employer's diploma programme says nothing of entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from skillmix.adverts.advert import Evidence, Value
from skillmix.adverts.coding.context import Text
from skillmix.adverts.rulefiles import rows, toml
from skillmix.adverts.ruleset import expand, holds, lowered
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT, Sentence, lower

LONGEST_ITEM, LATEST_START = 110, 16
NONE_REQUIRED = "none required"
_TRIGGERS = (
    *("nvq", "qcf", "rqf", "svq", "gcse", "level", "diploma", "degree", "btec"),
    *("certificat", "certifcate", "qualif", "literacy", "literate", "numera"),
    *("education", "educated", "graduate", "registered", "registration", "nmc"),
    *("hcpc", "rmn", "rgn", "rnld", "maths", "english", "pwp", "babcp", "bsc"),
    *("city and guilds", "city & guilds", "hnc", "instructor", "pg cert", "pgcert"),
    *("low intensity", "2:1", "2.1", "upper second"),
)
_VOCATIONAL = lowered(
    r"(?P<kind>\b(?:S/?)?N?VQ|\bQCF|\bRQF|\bNVQ/QCF|\bQCF/NVQ|\bdiploma|\bBTEC)s?(?![a-z])"
    r"(?P<between>[^.;()]{0,48}?)(?:\blevel |\bL|\bat )?"
    r"(?P<levels>(?:(?<!\d)[1-5]|\bii{1,2}|\biv)\b"
    r"(?: ?(?:/|or|,|and|&|to|-) ?(?:level |NVQ ?)?[1-5]\b)*)"
    r"|\blevel (?P<before>(?:[1-5]|one|two|three|four)\b"
    r"(?: ?(?:/|or|,|and|&|to|-) ?(?:level )?[1-5]\b)*)"
    r"(?P<after>[^.;]{0,34}?(?:NVQ|QCF|diploma|BTEC|apprenticeship diploma"
    r"|in (?:health|care|social|adult|child|mental|relevant)|health (?:and|&) social"
    r"|qualifi\w+|certificate|or equivalent|healthcare))"
)
_BARE = lowered(r"\b(?:NVQs?|QCF)\b|\bdiploma in (?:health|care|social)")
_NUMBERS = {
    **{"one": "1", "two": "2", "three": "3", "four": "4"},
    **{"ii": "2", "iii": "3", "iv": "4"},
}
_VOCATIONAL_KIND = lowered(r"NVQ|QCF|RQF|SVQ|VQ\b|diploma|health|care|social|BTEC")
_BASIC_SKILLS = re.compile(r"literacy|numeracy|maths|english|functional")
_IN_BASICS = re.compile(r"s? in (?:both )?(?:maths|mathematics|english|literacy|numer)")
# "And" joins clauses, but not the halves of a subject.
_CLAUSE = re.compile(
    r"(?<!ideally)(?<!preferably)[,;] ?(?:and |but )?| but |\. "
    r"|\((?=[^()]*(?:ideal|prefer|desir|advantage|not essential|beneficial))"
    r"| (?:and|&) (?!social|care\b|health|maths|mathematics|english|numeracy|literacy)"
)
_SUBJECT = re.compile(r"\w* (?:in|of|within|related to|relating to) [^.,;]{0,40}")
_LEVEL = re.compile(r"\b(?:level|nvq|grade)s? ?(?:\d|one|two|three|four)\b")
_LEVEL_HEADING = re.compile(rf"{_LEVEL.pattern}[^.;:]{{0,70}}:\W*$")
_OPENS_LIST = re.compile(r":\s*\n[•§]")
_LIST_MARKS = re.compile(r"[\n•§:]")
_ASKING = (
    *("qualifications.asked-for", "qualifications.called-desirable"),
    *("qualifications.listed-essential", "qualifications.listed-desirable"),
)
_TRAINED = re.compile(r"(?:fully )?(?:qualified|accredited)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A qualification named in a sentence, with its place in the sentence."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of the qualifications it names."""

    mentions: tuple[Mention, ...]
    sentence: Sentence
    role: str
    waivable: bool
    rule: str
    confidence: float


def qualifications(text: Text) -> Mapping[str, Value]:
    """Return the values of the three fields of qualifications."""
    said = [s for sentence in _headed(text) for s in _say(sentence)]
    essential = [s for s in said if s.role == "essential"]
    desirable = [s for s in said if s.role == "desirable"]
    waived = [s for s in essential if s.waivable]
    essential_value = _value(text, "essential_qualifications", essential)
    if essential_value is None:
        essential_value = _none_required(text) or text.absent(
            scheme().fields["essential_qualifications"]
        )
    return {
        "essential_qualifications": essential_value,
        "essential_waivable": (
            _yes(text, waived)
            if waived
            else text.absent(scheme().fields["essential_waivable"])
        ),
        "desirable_qualifications": _value(text, "desirable_qualifications", desirable)
        or text.absent(scheme().fields["desirable_qualifications"]),
    }


def _headed(text: Text) -> Iterator[Sentence]:
    """Yield the sentences, a heading with a level together with the list below it.

    "A level 2 qualification in:" says nothing of its own that can be coded; "English"
    and "Maths" below it say no level. What stands below "You will complete:" is given.
    """
    sentences = text.sentences
    given = False
    for at, sentence in enumerate(sentences):
        if not sentence.bullet:
            given = bool(_cue("list_given").search(sentence.lower))
        if not _LEVEL_HEADING.search(sentence.lower):
            yield replace(sentence, section="benefits") if given else sentence
            continue
        items = list(takewhile(_is_item_without_level, sentences[at + 1 :]))
        last = items[-1] if items else sentence
        whole = text.reading.text[sentence.start : last.start + len(last.text)]
        plain = _LIST_MARKS.sub(" ", _OPENS_LIST.sub(_in, whole))
        section = items[0].section if items else sentence.section
        yield replace(sentence, text=plain, lower=lower(plain), section=section)


def _in(opening: re.Match[str]) -> str:
    """Return "in" as long as the marks it stands for, so that offsets hold."""
    return " in".ljust(len(opening[0]))


def _is_item_without_level(sentence: Sentence) -> bool:
    return sentence.bullet and not _LEVEL.search(sentence.lower)


def asked_at_the_door(sentence: Sentence) -> tuple[Mention, ...]:
    """Return the qualifications a sentence only asks or wishes for.

    What is asked for at the door is no training that the employer promises.
    """
    said = [s for s in _say(sentence) if s.rule in _ASKING]
    if not said or _cue("offered").search(sentence.lower):
        return ()
    return tuple(m for s in said for m in s.mentions)


def _named(words: str) -> tuple[Mention, ...]:
    """Return the qualifications named in words in lower case, in their order."""
    found = list(_vocational(words))
    exact = {m.code for m in found}
    # "NVQ 3 or an equivalent level 3 qualification" names one thing twice.
    found = [m for m in found if f"NVQ{m.code.removeprefix('level ')}" not in exact]
    taken = [(m.start, m.end) for m in found]
    for code, pattern in _ladder():
        for match in pattern.finditer(words):
            before = words[max(match.start() - 12, 0) : match.start()]
            if code == "degree" and "foundation" in before:
                continue
            found.append(Mention(code, match.start(), match.end()))
    for match in _BARE.finditer(words):
        basics = _BASIC_SKILLS.search(words, max(match.start() - 40, 0), match.start())
        if not basics and not any(a <= match.start() < b for a, b in taken):
            found.append(Mention("NVQ", match.start(), match.end()))
    return tuple(sorted(_settled(found), key=lambda m: m.start))


def _settled(found: list[Mention]) -> list[Mention]:
    """Drop a looser code where a closer one names the same thing."""
    codes = {m.code for m in found}
    dropped: set[str] = set()
    if codes & {"literacy/numeracy L2", "GCSE"}:
        dropped.add("basic literacy/numeracy")
    if "GCSE" in codes:
        dropped.add("literacy/numeracy L2")
    if "literacy/numeracy L2" in codes or any(
        c[:3] == "NVQ" and c != "NVQ" for c in codes
    ):
        dropped.add("NVQ")
    basics = [m for m in found if m.code == "literacy/numeracy L2"]
    found = [m for m in found if m.code != "level 2" or not _overlaps(m, basics)]
    return [m for m in found if m.code not in dropped]


def _closest(found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop what is named vaguely where something is named closely."""
    return tuple(m for m in found if m.code != "other") or found


def _overlaps(one: Mention, others: list[Mention]) -> bool:
    return any(one.start < m.end and m.start < one.end for m in others)


def _vocational(words: str) -> Iterator[Mention]:
    for match in _VOCATIONAL.finditer(words):
        levels = match["levels"] or match["before"] or ""
        around = "".join(match[part] or "" for part in ("kind", "between", "after"))
        around += words[max(match.start() - 30, 0) : match.start()]
        if _BASIC_SKILLS.search(around) or _IN_BASICS.match(words, match.end()):
            continue
        if (match["after"] or "").strip() and (
            subject := _SUBJECT.match(words, match.end())
        ):
            around += subject.group()
        named = bool(_VOCATIONAL_KIND.search(around))
        for level in re.findall(r"[1-5]|one|two|three|four|iv|ii{1,2}", levels.lower()):
            number = min(int(_NUMBERS.get(level) or level), 4)
            code = f"NVQ{number}" if named else f"level {number}"
            if code in ("level 1", "level 4"):
                code = "other"
            yield Mention(code, match.start(), match.end())


def _say(sentence: Sentence) -> Iterator[_Said]:
    """Yield what a sentence says: at most one demand and one wish."""
    if sentence.section == CONTACT:
        return
    if not holds(sentence.lower, _TRIGGERS):
        return
    named = _named(sentence.lower)
    found = _closest(named)
    if not found or _waves_off(sentence, found):
        return
    # "A good education, and an NVQ is an advantage" asks for one and wishes the other.
    if named != found and _asked_apart(sentence.lower, named):
        found = named
    role, rule, confidence = _role(sentence, found)
    if not role:
        return
    words = sentence.lower
    wished = _wished(words, found) if role == "essential" else ()
    kept = tuple(m for m in found if m not in wished)
    kept = tuple(m for m in kept if not _cue("to_gain").search(words[: m.start]))
    for mentions, what in ((kept, role), (wished, "desirable")):
        if mentions:
            yield _Said(
                mentions=_closest(mentions),
                sentence=sentence,
                role=what,
                waivable=bool(_cue("waivable").search(sentence.lower)),
                rule=f"qualifications.{rule}",
                confidence=confidence,
            )


def _waves_off(sentence: Sentence, found: tuple[Mention, ...]) -> bool:
    """Tell whether a sentence only says that no qualification is required."""
    vague = all(m.code == "other" for m in found)
    return vague and bool(_cue("none_required").search(sentence.lower))


def _wished(words: str, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the qualifications whose own clause calls them desirable.

    "You must have GCSEs, and an NVQ would be an advantage" asks for one thing and
    wishes for the other.
    """
    breaks = [m.end() for m in _CLAUSE.finditer(words)]
    wishes = [
        bisect_right(breaks, m.start()) for m in _cue("desirable").finditer(words)
    ]
    return tuple(m for m in found if bisect_right(breaks, m.start) in wishes)


def _role(sentence: Sentence, found: tuple[Mention, ...]) -> tuple[str, str, float]:
    """Return what the sentence says: role, rule and confidence; empty for nothing."""
    text, section = sentence.lower, sentence.section
    registration = all(m.code == "registered" for m in found)
    if _cue("about_others").search(text):
        return "", "", 0.0
    wished, demanded = (
        _cue("desirable").search(text),
        _cue("also_essential").search(text),
    )
    both = demanded and demanded.start() < wished.start() if wished else False
    if wished and not both and not _asked_apart(text, found):
        return "desirable", "called-desirable", 0.9
    if section == "desirable":
        return "desirable", "listed-desirable", 0.9
    if _cue("lacking").search(text) and not registration:
        return "essential", "asked-of-those-without", 0.75
    trained = all(_TRAINED.match(text, m.start) for m in found)
    if trained and _cue("sought").search(text):
        return "essential", "qualified-sought", 0.8
    asked = _cue("essential").search(text)
    held = asked and _cue("hold").search(text)
    if _cue("offered").search(text) and not held and not registration:
        willing = _cue("willing").search(text)
        if willing and found[0].start < willing.start():
            return "essential", "held-or-willing", 0.75
        return "", "", 0.0
    if registration and not asked and section not in ("essential", "person"):
        sought = _cue("sought").search(text)
        return ("essential", "registered-post", 0.85) if sought else ("", "", 0.0)
    if section == "title":
        return "", "", 0.0
    if asked:
        return "essential", "asked-for", 0.9
    if section == "essential" and len(text) < 220:
        return "essential", "listed-essential", 0.8
    if section == "person" and sentence.bullet:
        return "essential", "listed-for-the-person", 0.65
    if _stands_alone(sentence, found) and not registration:
        return "essential", "stands-alone", 0.6
    return "", "", 0.0


def _asked_apart(words: str, found: tuple[Mention, ...]) -> bool:
    """Tell whether one clause asks for a qualification and another wishes for one."""
    wished = _wished(words, found)
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(words)), len(words)]

    def asked(one: Mention) -> bool:
        clause = bisect_right(breaks, one.start)
        end = max(breaks[min(clause, len(breaks) - 1)], one.end)
        return _cue("essential").search(words, breaks[clause - 1], end) is not None

    return any(asked(m) for m in found if m not in wished)


def _stands_alone(sentence: Sentence, found: tuple[Mention, ...]) -> bool:
    """Tell an item of a list without a heading: "NVQ level 3 or equivalent"."""
    short = len(sentence.text) < LONGEST_ITEM and found[0].start < LATEST_START
    inside = sentence.section in ("summary", "body", "duties", "person")
    return short and inside and not _cue("given").search(sentence.lower)


def _value(text: Text, name: str, said: list[_Said]) -> Value | None:
    codes = tuple(dict.fromkeys(m.code for s in said for m in s.mentions))
    if not codes:
        return None
    if len(codes) > 1:
        codes = tuple(c for c in codes if c != "other") or codes
    if any(c[:3] == "NVQ" and c != "NVQ" for c in codes):
        codes = tuple(c for c in codes if c != "NVQ")
    evidence = tuple(_evidence(text, s) for s in said[:3])
    return Value(
        value=_ordered(codes),
        state="stated",
        evidence=evidence,
        confidence=min(e.confidence for e in evidence),
    )


def _yes(text: Text, said: list[_Said]) -> Value:
    evidence = tuple(_evidence(text, s) for s in said[:1])
    return Value(value=True, state="stated", evidence=evidence, confidence=0.8)


def _none_required(text: Text) -> Value | None:
    for sentence in text.sentences:
        if "qualif" not in sentence.lower:
            continue
        match = _cue("none_required").search(sentence.lower)
        if match and sentence.section != CONTACT:
            rule = "qualifications.none-required"
            return text.quoted(
                (NONE_REQUIRED,), sentence, match.span(), rule=rule, confidence=0.9
            )
    return None


def _evidence(text: Text, said: _Said) -> Evidence:
    first, last = said.mentions[0], said.mentions[-1]
    # The words before the qualification say what is asked, so they are quoted too.
    start = max(said.sentence.start, said.sentence.start + first.start - 60)
    return text.evidence(
        start,
        said.sentence.start + last.end,
        rule=said.rule,
        section=said.sentence.section,
        confidence=said.confidence,
    )


def _ordered(codes: tuple[str, ...]) -> tuple[str, ...]:
    order = list(scheme().fields["essential_qualifications"].codes)
    return tuple(sorted(codes, key=order.index))


@cache
def _ladder() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["code"], lowered(r["pattern"])) for r in rows("ladder"))


@cache
def _cue(name: str) -> re.Pattern[str]:
    return lowered(expand("|".join(toml("qualification_cues")[name]["match"])))

"""Records grouped by publication, one preferred in each, every link reversible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmix.literature.dedupe.pairs import DIFFERENT, SAME, Verdict, judge
from skillmix.literature.dedupe.traits import Traits, traits
from skillmix.literature.record import Record

# Records that share no more than a common word are not compared; a block larger than
# this says nothing about its records.
LARGEST_BLOCK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records thought to be one publication, or possibly one.

    Attributes:
        one: Id of the record read first.
        two: Id of the other.
        verdict: What was decided, and why.
        by: "rule", or the name of who decided.
    """

    one: str
    two: str
    verdict: Verdict
    by: str = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Records of one publication.

    Attributes:
        preferred: The record that stands for the group, completed from the others.
        records: Ids of all its records, the preferred first.
        completed: For each field taken from another record, that record's id.
    """

    preferred: Record
    records: tuple[str, ...]
    completed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduplicated:
    """The groups of a set of records, and the links that made them."""

    groups: tuple[Group, ...]
    links: tuple[Link, ...]
    possible: tuple[Link, ...]

    @property
    def removed(self) -> int:
        """How many records are duplicates of a preferred one."""
        return sum(len(g.records) - 1 for g in self.groups)


def deduplicate(
    records: Sequence[Record],
    *,
    decided: Mapping[frozenset[str], tuple[str, str]] | None = None,
    prefer: Sequence[str] = (),
) -> Deduplicated:
    """Group records that are one publication.

    Args:
        records: Records with ids.
        decided: People's decisions on pairs of ids: ("same" or "different", who).
            They win over every rule.
        prefer: Databases whose record is preferred, best first.
    """
    told = decided or {}
    known = [traits(r) for r in records]
    place_of = {r.record_id: n for n, r in enumerate(records)}
    links: list[Link] = []
    possible: list[Link] = []
    forest = _Forest(len(records), _apart(told, place_of))
    for one, two in _asked(told, place_of):
        by = told[frozenset((one, two))][1]
        verdict = Verdict(decision=SAME, rule="decided by a person")
        links.append(Link(one=one, two=two, verdict=verdict, by=by))
        forest.join(place_of[one], place_of[two])
    for first, second in _candidates(known):
        pair = frozenset((records[first].record_id, records[second].record_id))
        if pair in told:
            continue
        verdict = judge(known[first], known[second])
        if verdict.decision == DIFFERENT:
            continue
        link = Link(
            one=records[first].record_id, two=records[second].record_id, verdict=verdict
        )
        if verdict.decision == SAME and forest.join(first, second):
            links.append(link)
        else:
            possible.append(link)
    groups = _groups(records, forest, prefer)
    joined = {i: n for n, g in enumerate(groups) for i in g.records}
    open_ = tuple(k for k in possible if joined[k.one] != joined[k.two])
    return Deduplicated(groups=groups, links=tuple(links), possible=open_)


def _apart(
    told: Mapping[frozenset[str], tuple[str, str]], place_of: Mapping[str, int]
) -> set[frozenset[int]]:
    return {
        frozenset(place_of[i] for i in pair)
        for pair, (decision, _) in told.items()
        if decision == DIFFERENT and all(i in place_of for i in pair)
    }


def _asked(
    told: Mapping[frozenset[str], tuple[str, str]], place_of: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    for pair, (decision, _) in told.items():
        if decision == SAME and len(pair) == 2 and all(i in place_of for i in pair):
            one, two = sorted(pair, key=lambda i: place_of[i])
            yield one, two


class _Forest:
    """Groups that grow, and never join what a person has told apart."""

    def __init__(self, size: int, apart: set[frozenset[int]]) -> None:
        self.parent = list(range(size))
        self.members: dict[int, list[int]] = {n: [n] for n in range(size)}
        self.apart = apart

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, one: int, two: int) -> bool:
        a, b = sorted((self.root(one), self.root(two)))
        if a == b:
            return True
        if self.apart and any(
            frozenset((x, y)) in self.apart
            for x in self.members[a]
            for y in self.members[b]
        ):
            return False
        self.parent[b] = a
        self.members[a].extend(self.members.pop(b))
        return True


def _candidates(known: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Give pairs that share anything telling, each once, in reading order."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in _keys(one):
            blocks[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            pairs.update(_pairs(members))
    yield from sorted(pairs)


def _pairs(members: Sequence[int]) -> Iterable[tuple[int, int]]:
    return ((a, b) for n, a in enumerate(members) for b in members[n + 1 :] if a != b)


def _keys(one: Traits) -> Iterator[tuple[str, ...]]:
    words = one.title.split()
    if one.doi:
        yield ("doi", one.doi)
    if one.pmid:
        yield ("pmid", one.pmid)
    if words:
        yield ("title", one.title[:40])
        yield ("ending", one.title[-30:])
        long = sorted({w for w in words if len(w) > 5}, key=lambda w: (-len(w), w))
        if len(long) >= 3:
            yield ("words", *sorted(long[:3]))
    if one.volume and one.page:
        yield ("place", one.volume, one.page)
    if one.page and one.surname:
        yield ("author", one.surname[:5], one.page)
    if one.abstract:
        yield ("abstract", one.abstract[:60])


def _groups(
    records: Sequence[Record], forest: _Forest, prefer: Sequence[str]
) -> tuple[Group, ...]:
    gathered: defaultdict[int, list[Record]] = defaultdict(list)
    for place, record in enumerate(records):
        gathered[forest.root(place)].append(record)
    return tuple(_group(members, prefer) for members in gathered.values())


def _group(members: Sequence[Record], prefer: Sequence[str]) -> Group:
    ranked = sorted(enumerate(members), key=lambda m: (_preference(m[1], prefer), m[0]))
    ordered = [record for _, record in ranked]
    whole, completed = ordered[0], dict[str, str]()
    for name in _COMPLETED:
        if getattr(whole, name):
            continue
        for other in ordered[1:]:
            if value := getattr(other, name):
                whole = replace(whole, **{name: value})
                completed[name] = other.record_id
                break
    return Group(
        preferred=whole,
        records=tuple(r.record_id for r in ordered),
        completed=completed,
    )


_COMPLETED = (
    *("title", "abstract", "authors", "year", "journal", "volume", "issue", "pages"),
    *("doi", "pmid", "issn", "language", "country", "keywords", "kind", "url"),
)


def _preference(record: Record, prefer: Sequence[str]) -> tuple[int, ...]:
    """Sort key: the databases asked for, an abstract, a title, then completeness."""
    asked = prefer.index(record.database) if record.database in prefer else len(prefer)
    filled = sum(1 for name in _COMPLETED if getattr(record, name))
    return (
        asked,
        not record.title,
        not record.abstract,
        -filled,
        -len(record.abstract),
    )

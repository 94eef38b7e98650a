"""What the app serves: one set of inputs, and every answer asked of it so far."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from skillmix import __version__
from skillmix.app.settings import Limits
from skillmix.app.work import State, Worker
from skillmix.catalogue import Analysis, catalogue
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.engines.engine import Engine
from skillmix.errors import MissingInputError, RecordRefusedError, SkillmixError
from skillmix.figures.theme import WIDTH
from skillmix.memory import Memory
from skillmix.pipeline import Session
from skillmix.report.panel import Panel, panel_of
from skillmix.schema.results import Published
from skillmix.schema.scope import DEFINITIONS_VERSION, Scope
from skillmix.schema.staff import StaffMonth
from skillmix.schema.vocabulary import employer
from skillmix.sources.inputs import Inputs

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An employer the inputs speak of.

    Attributes:
        code: ODS code.
        name: Name in the newest list of organisations, or the code.
        employer_type: Slug of its type.
        region: NHS England region code.
    """

    code: str
    name: str
    employer_type: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of a question: an answer, or what it lacks.

    Attributes:
        analysis: The question.
        published: Its answer, or None.
        missing: For each way to answer, the tables that are not at hand.
    """

    analysis: Analysis
    published: Published | None = None
    missing: tuple[str, ...] = ()


class Library:
    """Inputs that are open, with answers computed once and kept.

    Args:
        inputs: What was read.
        scope: What is asked about where an address does not say.
        limits: What one reader may ask for.
        engine: Makes an engine for each scope.
        memory: What was counted before, also by reports; nothing if not given.
    """

    def __init__(
        self,
        inputs: Inputs,
        *,
        scope: Scope | None = None,
        limits: Limits | None = None,
        engine: Callable[[], Engine] = DuckDbEngine,
        memory: Memory | None = None,
    ) -> None:
        self.inputs = inputs
        self.asked = scope or Scope()
        self.limits = limits or Limits()
        self.worker = Worker()
        self._engine = engine
        self._memory = memory
        self._sessions: OrderedDict[tuple[Scope, bool], tuple[Session, Engine]] = (
            OrderedDict()
        )
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._facts: dict[str, Any] = {}
        self._learning = threading.RLock()
        self._drawing = threading.Lock()

    @property
    def content(self) -> str:
        """A digest of everything an answer rests on but the scope."""
        told = [__version__, DEFINITIONS_VERSION]
        told += sorted(r.sha256 for r in self.inputs.readings if r.used)
        return sha256("\n".join(told).encode()).hexdigest()[:16]

    @property
    def synthetic(self) -> bool:
        """Whether any of it is made up."""
        return any(r.synthetic for r in self.inputs.readings if r.used)

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The months of the staff record, newest first; empty if there is none."""
        return self._learnt("months", self._months)

    @property
    def places(self) -> tuple[Place, ...]:
        """The employers the inputs speak of, by name."""
        return self._learnt("places", self._places)

    @property
    def analyses(self) -> tuple[Analysis, ...]:
        """Every question of the catalogue."""
        return self._learnt("analyses", lambda: tuple(catalogue().values()))

    @property
    def missing(self) -> Mapping[str, tuple[str, ...]]:
        """What each question lacks, for those that lack a table altogether."""
        return self._learnt("missing", self._missing)

    def _learnt(self, name: str, learn: Callable[[], Fact]) -> Fact:
        """Return what is learnt once of the inputs, however many ask at a time.

        Readers who come together to an app just started would otherwise each set
        an engine to the same files.
        """
        with self._learning:
            if name not in self._facts:
                self._facts[name] = learn()
            return self._facts[name]

    def _months(self) -> tuple[dt.date, ...]:
        if StaffMonth not in self.inputs.editions:
            return ()
        found = self._distinct(StaffMonth, ("month",))
        return tuple(sorted((row["month"] for row in found), reverse=True))

    def _places(self) -> tuple[Place, ...]:
        codes: set[str] = set()
        for table in self.inputs.editions:
            if "employer" in table.columns() and not table.name.startswith("ods"):
                found = self._distinct(table, ("employer",))
                codes |= {row["employer"] for row in found if row["employer"]}
        return tuple(sorted(map(_place, codes), key=lambda p: (p.name, p.code)))

    def _missing(self) -> Mapping[str, tuple[str, ...]]:
        engine = self._engine()
        try:
            session = Session(self.inputs, replace(self.asked, month=None), engine)
            no_rows = MissingInputError("The inputs hold no rows for it.")
            return {
                a.name: session.lacks(a, no_rows)
                for a in self.analyses
                if not any(all(map(session.has, w.inputs.values())) for w in a.ways)
            }
        finally:
            engine.close()

    def answer(
        self, analysis: Analysis, scope: Scope, *, brief: bool = False
    ) -> Future[Found]:
        """Return the answer to a question; at once if it was asked before.

        Args:
            analysis: The question.
            scope: For which workforce, place and month.
            brief: Whether the rows of the as-at month, and changes since a year
                before, are all that is wanted: other months' may be lacking.
        """
        brief = self._spared(scope, brief=brief)
        key = ("answer", analysis.name, scope, brief)
        whole = ("answer", analysis.name, scope, False)
        kept = self._kept(key) or self._kept(whole)
        if kept is not None:
            return kept
        return self.worker.ask(
            key,
            analysis.title,
            lambda told: self._keep(key, self._found(analysis, scope, brief, told)),
        )

    def progress(
        self, analysis: Analysis, scope: Scope, *, brief: bool = False
    ) -> State | None:
        """Return how far the answer is, or None if nobody works on it."""
        brief = self._spared(scope, brief=brief)
        return self.worker.state(("answer", analysis.name, scope, brief))

    def panel(
        self,
        found: Found,
        scope: Scope,
        *,
        anchor: str = "figure",
        width: int = WIDTH,
        reach: tuple[float, float] | None = None,
    ) -> Panel | None:
        """Return an answer set for a page, drawn when first asked for."""
        if found.published is None:
            return None
        key = ("panel", found.analysis.name, scope, anchor, width, reach)
        with self._drawing:
            kept = self._kept(key)
            if kept is not None:
                return kept.result()
            drawn = panel_of(
                found.analysis,
                found.published,
                anchor=anchor,
                width=width,
                reach=reach,
            )
            return self._keep(key, drawn)

    def warm(self, analyses: Iterable[Analysis]) -> None:
        """Start to answer questions of the app's own scope before they are asked."""
        for analysis in analyses:
            self.answer(analysis, self.asked)

    def close(self) -> None:
        """Finish what is under way and give memory back."""
        self.worker.close()
        with self._lock:
            for _, engine in self._sessions.values():
                engine.close()
            self._sessions.clear()

    def _spared(self, scope: Scope, *, brief: bool) -> bool:
        """Tell whether reading the whole record is spared by asking briefly.

        England, and what the app was started with, are asked about again and again:
        their tables are made already, or will be needed.
        """
        placed = scope.employer or scope.icb or scope.region
        known = StaffMonth in self.inputs.editions
        return bool(brief and placed and known and scope != self.asked)

    def _found(
        self,
        analysis: Analysis,
        scope: Scope,
        brief: bool,
        told: Callable[[str, int, int], None],
    ) -> Found:
        told("Reading the tables it needs", 0, 2)
        session = self._session(scope, brief=brief)
        told("Counting", 1, 2)
        try:
            published = session.run(analysis)
        except MissingInputError as fault:
            return Found(analysis=analysis, missing=session.lacks(analysis, fault))
        except RecordRefusedError as fault:
            return Found(analysis=analysis, missing=(str(fault),))
        except SkillmixError:
            raise
        except Exception:
            # Whatever state it is in, nobody else is to be answered from it.
            self._sessions.pop((scope, brief))[1].close()
            raise
        return Found(analysis=analysis, published=published)

    def _session(self, scope: Scope, *, brief: bool = False) -> Session:
        """Return the session of a scope; only the worker's thread calls this."""
        key = (scope, brief)
        if key in self._sessions:
            self._sessions.move_to_end(key)
            return self._sessions[key][0]
        spare = [k for k in self._sessions if k[0] != self.asked]
        while len(spare) >= self.limits.scopes:
            self._sessions.pop(spare.pop(0))[1].close()
        engine = self._engine()
        try:
            session = Session(
                self.inputs, scope, engine, memory=self._memory, brief=brief
            )
        except BaseException:
            engine.close()
            raise
        self._sessions[key] = (session, engine)
        return session

    def _distinct(self, table: Any, names: Sequence[str]) -> list[dict[str, Any]]:
        engine = self._engine()
        try:
            bound = engine.bind(table, self.inputs.editions[table])
            return engine.rows(bound.select(*names).distinct())
        finally:
            engine.close()

    def _kept(self, key: Hashable) -> Any:
        with self._lock:
            if key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def _keep(self, key: Hashable, found: Any) -> Any:
        done: Future[Any] = Future()
        done.set_result(found)
        with self._lock:
            self._answers[key] = done
            while len(self._answers) > self.limits.answers:
                self._answers.popitem(last=False)
        return found


def _place(code: str) -> Place:
    known = employer(code)
    if known is None:
        return Place(code=code, name=code, employer_type="unknown", region="QZZ")
    return Place(
        code=code,
        name=known.name,
        employer_type=known.employer_type,
        region=known.region,
    )

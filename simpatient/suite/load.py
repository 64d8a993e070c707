"""Suites from files, checked against the library: every finding with its line, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from simpatient.authoring import Document, Library, Plain, finding, read_partly
from simpatient.authoring.read import Path_, nearest
from simpatient.errors import ContentError, Diagnostic
from simpatient.persona import Patient, load_patient, persona_ids
from simpatient.rubric import Codebook, Rubric, load_codebook, load_instructions, load_rubric
from simpatient.suite.learning import learner_names
from simpatient.suite.schema import Case, Expected, Meeting, Setting, Step, Suite

NAME, ENDING = "dialogues.yaml", ".dialogues.yaml"
"""How files of suites are called, so that a folder of them can be run."""
ALL = "all"
DEFAULT_EVALUATOR = "rapport"
_OURS = re.compile(r"^(?:suite|dialogues)\s*:", re.MULTILINE)
_WORKED = re.compile(r"^dialogues\s*:", re.MULTILINE)


class Shelf:
    """The library with everything read at most once."""

    def __init__(self, library: Library | None = None) -> None:
        """Read from `library`; by default the educator's own, then the shipped one."""
        self.library = library or Library.choose()
        self._patients: dict[str, Patient] = {}
        self._rubrics: dict[str, Rubric] = {}
        self._instructions: dict[str, str] = {}
        self.left_out: list[Diagnostic] = []
        """What is wrong with personas that `all` would mean and nobody can meet."""

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook."""
        return load_codebook(self.library)

    @cached_property
    def personas(self) -> list[str]:
        """Ids of all personas."""
        return persona_ids(self.library)

    @cached_property
    def evaluators(self) -> list[str]:
        """Ids of all evaluators."""
        return self.library.ids("evaluators", "rubric.yaml")

    @cached_property
    def everybody(self) -> tuple[str, ...]:
        """Ids that `all` means: personas whose files can be used. What is wrong with the others is in `left_out`."""
        found: list[str] = []
        for name in self.personas:
            try:
                self.patient(name)
            except ContentError as exc:
                self.left_out += exc.diagnostics
            else:
                found.append(name)
        return tuple(found)

    def patient(self, name: str) -> Patient:
        """The patient of this id or folder.

        Raises:
            ContentError: unknown or malformed.
        """
        if name not in self._patients:
            self._patients[name] = load_patient(self.library, name, self.codebook.codes)
        return self._patients[name]

    def rubric(self, name: str) -> Rubric:
        """The rubric of this evaluator.

        Raises:
            ContentError: unknown or malformed.
        """
        if name not in self._rubrics:
            self._rubrics[name] = load_rubric(self.library, name, self.codebook)
        return self._rubrics[name]

    def instructions(self, name: str) -> str:
        """What this evaluator tells a chat model.

        Raises:
            ContentError: the file is missing.
        """
        if name not in self._instructions:
            self._instructions[name] = load_instructions(self.library, name)
        return self._instructions[name]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A suite with the place of everything in its file."""

    suite: Suite
    path: str
    """As the author named it; empty for a suite built in Python."""
    document: Document | None = field(default=None, repr=False)
    others: frozenset[str] = frozenset()
    """Names of cases and blocks that stand in the file and cannot be read."""

    def line(self, at: Path_) -> int:
        """1-based line of what stands at `at`, or of its nearest parent; 0 without a file."""
        return self.document.place(at)[0] if self.document is not None else 0


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files of suites that `paths` name: a file as it is, of a folder all that are called as suites are.

    Raises:
        ContentError: a path does not exist, or a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                each
                for each in path.rglob("*.yaml")
                if (each.name == NAME or each.name.endswith(ENDING)) and _ours(each)
            )
            if not inside:
                raise ContentError([finding("SP030", path)])
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _ours(path: Path) -> bool:
    """Whether a file that is called as suites are is one of ours, and not another tool's."""
    try:
        return bool(_OURS.search(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False


def is_worked(path: Path) -> bool:
    """Whether the file holds the worked dialogues of a persona beside it."""
    if not (path.parent / "persona.yaml").is_file():
        return False
    try:
        return bool(_WORKED.search(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False


def load_suite(path: Path, shelf: Shelf) -> Loaded:
    """The suite in a file, checked against the library.

    Raises:
        ContentError: the file cannot be read, or anything in it cannot be used; all findings at once.
    """
    if is_worked(path):
        from simpatient.suite.worked import worked_suite  # noqa: PLC0415  only where such a file is run

        return worked_suite(path, shelf)
    found = read_partly(path, Suite, vital=("persona", "evaluator", "matrix"))
    findings = list(found.findings)
    if found.meaning is None:
        raise ContentError(findings)
    others = frozenset(_names(found.whole.data)) - frozenset(_names(found.part.data))
    loaded = Loaded(suite=found.meaning, path=str(path), document=found.part, others=others)
    findings += findings_of(loaded, shelf)
    if findings:
        raise ContentError(findings)
    return loaded


def _names(data: Plain) -> Iterator[str]:
    """The names of all cases and blocks in a file."""
    if not isinstance(data, dict):
        return
    cases, blocks = data.get("cases"), data.get("blocks")
    yield from (str(case.get("case")) for case in cases if isinstance(case, dict)) if isinstance(cases, list) else ()
    yield from blocks if isinstance(blocks, dict) else ()


def load_suites(paths: Iterable[Path], shelf: Shelf) -> list[Loaded]:
    """Every suite that `paths` name.

    Raises:
        ContentError: with the findings of all files.
    """
    loaded: list[Loaded] = []
    findings: list[Diagnostic] = []
    for path in files_in(paths):
        try:
            loaded.append(load_suite(path, shelf))
        except ContentError as exc:
            findings += exc.diagnostics
    if findings:
        raise ContentError(findings)
    return loaded


def findings_of(loaded: Loaded, shelf: Shelf) -> Iterator[Diagnostic]:
    """What in a suite does not fit the library or itself."""
    yield from _Check(loaded, shelf).findings()


def personas_of(case: Case, suite: Suite, shelf: Shelf) -> tuple[str, ...]:
    """The personas that a case meets."""
    matrix = case.matrix or suite.matrix
    named = matrix.persona if matrix else ()
    if named:
        return shelf.everybody if ALL in named else named
    one = case.persona or suite.persona
    if one == ALL:
        return shelf.everybody
    return (one,) if one else ()


def evaluators_of(case: Case, suite: Suite) -> tuple[str, ...]:
    """The rubrics by which a case is rated."""
    matrix = case.matrix or suite.matrix
    return (matrix.evaluator if matrix else ()) or (case.evaluator or suite.evaluator or DEFAULT_EVALUATOR,)


class _Check:
    """Holds a suite against the library."""

    def __init__(self, loaded: Loaded, shelf: Shelf) -> None:
        self.loaded, self.suite, self.shelf = loaded, loaded.suite, shelf
        self.document = loaded.document or Document(path=Path(loaded.path or "suite"), data={}, known={})

    def findings(self) -> Iterator[Diagnostic]:
        yield from self._setting(self.suite, ())
        for name, steps in self.suite.blocks.items():
            yield from self._steps(steps, ("blocks", name), (), (), in_block=True)
        seen: set[str] = set()
        for number, case in enumerate(self.suite.cases):
            at: Path_ = ("cases", number)
            if case.case in seen:
                yield self.document.diagnostic((*at, "case"), "SP031", word=case.case)
            seen.add(case.case)
            yield from self._case(case, at)
        for number, comparison in enumerate(self.suite.compare):
            for place, name in enumerate(comparison.order):
                if name not in seen and name not in self.loaded.others:
                    yield self._unknown(("compare", number, "order", place), "SP032", "case", name, sorted(seen))

    def _case(self, case: Case, at: Path_) -> Iterator[Diagnostic]:
        yield from self._setting(case, at)
        names = personas_of(case, self.suite, self.shelf)
        if not names:
            yield self.document.diagnostic(at, "SP033", word=case.case)
        patients: list[Patient] = []
        for name in filter(self._persona_known, names):
            try:
                patients.append(self.shelf.patient(name))
            except ContentError as exc:
                yield from exc.diagnostics
        rubrics: list[Rubric] = []
        for name in filter(self._evaluator_known, evaluators_of(case, self.suite)):
            try:
                rubrics.append(self.shelf.rubric(name))
            except ContentError as exc:
                yield from exc.diagnostics
        yield from self._said(case, at, patients, rubrics)
        for number, exchanged in enumerate(case.history):
            yield from self._codes(exchanged.codes or {}, (*at, "history", number, "codes"))
        if case.state is not None:
            yield from self._facts(case.state.told, (*at, "state", "told"), patients)
        for number, meeting in enumerate(case.meetings):
            yield from self._said(meeting, (*at, "meetings", number), patients, rubrics)

    def _said(
        self, said: Case | Meeting, at: Path_, patients: Sequence[Patient], rubrics: Sequence[Rubric]
    ) -> Iterator[Diagnostic]:
        if said.learner is not None and said.learner not in learner_names():
            yield self._unknown((*at, "learner"), "SP034", "learner", said.learner, list(learner_names()))
        yield from self._steps(said.steps, (*at, "steps"), patients, rubrics)
        yield from self._expected(said.throughout, (*at, "throughout"), patients, rubrics)
        yield from self._expected(said.at_end, (*at, "finally"), patients, rubrics)

    def _steps(
        self,
        steps: Sequence[Step],
        at: Path_,
        patients: Sequence[Patient],
        rubrics: Sequence[Rubric],
        *,
        in_block: bool = False,
    ) -> Iterator[Diagnostic]:
        for number, step in enumerate(steps):
            here = (*at, number)
            if step.block is not None and in_block:
                yield self.document.diagnostic((*here, "block"), "SP035")
            elif step.block is not None and step.block not in {*self.suite.blocks, *self.loaded.others}:
                yield self._unknown((*here, "block"), "SP036", "block", step.block, sorted(self.suite.blocks))
            yield from self._codes(step.codes or {}, (*here, "codes"))
            yield from self._expected(step.expect, (*here, "expect"), patients, rubrics)
            if step.block is not None and not in_block:
                for inner, each in enumerate(self.suite.blocks.get(step.block, ())):
                    place = ("blocks", step.block, inner, "expect")
                    yield from self._named(each.expect, place, patients, rubrics)

    def _expected(
        self, expected: Expected, at: Path_, patients: Sequence[Patient], rubrics: Sequence[Rubric]
    ) -> Iterator[Diagnostic]:
        yield from self._codes(expected.reads, (*at, "reads"))
        harms = [*self.shelf.codebook.harms, "any"]
        for code in expected.harms:
            if code not in harms:
                yield self._unknown((*at, "harms", code), "SP037", "harm", code, harms)
        if expected.reply is not None and expected.reply.matches is not None:
            try:
                re.compile(expected.reply.matches)
            except re.error as exc:
                place = (*at, "reply", "matches")
                yield self.document.diagnostic(place, "SP038", problem=exc)
        yield from self._named(expected, at, patients, rubrics)
        inner = [(block, (*at, "any_of", number)) for number, block in enumerate(expected.any_of)]
        inner += [
            (block, (*at, name)) for name, block in (("not", expected.unless), ("optional", expected.optional)) if block
        ]
        for block, place in inner:
            yield from self._expected(block, place, patients, rubrics)

    def _named(
        self, expected: Expected, at: Path_, patients: Sequence[Patient], rubrics: Sequence[Rubric]
    ) -> Iterator[Diagnostic]:
        """What names something of a persona or a rubric."""
        yield from self._facts(tuple(expected.discloses), (*at, "discloses"), patients)
        yield from self._facts(expected.withholds, (*at, "withholds"), patients)
        for rubric in rubrics:
            behaviours, domains = [b.id for b in rubric.behaviours], [d.id for d in rubric.domains]
            for name in expected.ratings:
                if name not in behaviours:
                    yield self._unknown((*at, "ratings", name), "SP039", "behaviour", name, behaviours)
            for name in expected.domains:
                if name not in domains:
                    yield self._unknown((*at, "domains", name), "SP040", "domain", name, domains)

    def _facts(self, facts: Sequence[str], at: Path_, patients: Sequence[Patient]) -> Iterator[Diagnostic]:
        for patient in patients:
            known = [fact.id for fact in patient.persona.facts]
            for number, fact in enumerate(facts):
                if fact not in known:
                    place = (*at, fact) if (*at, fact) in self.document.places else (*at, number)
                    who = patient.persona.card.name
                    yield self.document.diagnostic(
                        place, "SP014", "patient", who=who, word=fact, nearest=nearest(fact, known)
                    )

    def _codes(self, codes: Iterable[str], at: Path_) -> Iterator[Diagnostic]:
        known = list(self.shelf.codebook.codes)
        for code in codes:
            if code not in known:
                yield self._unknown((*at, code), "SP012", "code", code, known)

    def _setting(self, setting: Setting, at: Path_) -> Iterator[Diagnostic]:
        matrix = setting.matrix
        personas = [(name, (*at, "matrix", "persona", n)) for n, name in enumerate(matrix.persona if matrix else ())]
        personas += [(setting.persona, (*at, "persona"))] if setting.persona else []
        for name, place in personas:
            if name != ALL and not self._persona_known(name):
                yield self._unknown(place, "SP010", "persona", name, [ALL, *self.shelf.personas])
        evaluators = [
            (name, (*at, "matrix", "evaluator", n)) for n, name in enumerate(matrix.evaluator if matrix else ())
        ]
        evaluators += [(setting.evaluator, (*at, "evaluator"))] if setting.evaluator else []
        for name, place in evaluators:
            if not self._evaluator_known(name):
                yield self._unknown(place, "SP010", "evaluator", name, self.shelf.evaluators)

    def _persona_known(self, name: str) -> bool:
        own = "/" in name and (Path(name) / "persona.yaml").is_file()
        return name in self.shelf.personas or own

    def _evaluator_known(self, name: str) -> bool:
        return name in self.shelf.evaluators or "/" in name

    def _unknown(self, at: Path_, code: str, kind: str, name: str, known: list[str]) -> Diagnostic:
        return self.document.diagnostic(at, code, kind=kind, word=name, nearest=nearest(name, known))

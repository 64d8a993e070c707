"""The colleague who reads an author's files: everything that is wrong first, then what they would say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from simpatient.authoring import Library, read_model
from simpatient.errors import ContentError, Diagnostic, Severity
from simpatient.persona import Patient, read_files
from simpatient.rubric import Codebook, Rubric, load_codebook, load_rubric
from simpatient.rubric.codebook import CodebookFile
from simpatient.rubric.load import codebook_names
from simpatient.rubric.load import rubric_findings as unknown_codes
from simpatient.suite.load import Shelf, load_suite
from simpatient.workshop.check.cast import casting, shared_sentences
from simpatient.workshop.check.codebooks import codebook_findings
from simpatient.workshop.check.gates import gates
from simpatient.workshop.check.gather import Kind, Target, gathered
from simpatient.workshop.check.leaks import leaks
from simpatient.workshop.check.leftovers import leftovers
from simpatient.workshop.check.lines import lines
from simpatient.workshop.check.manuscript import Manuscript
from simpatient.workshop.check.notes import stands, todos, without
from simpatient.workshop.check.people import people
from simpatient.workshop.check.rubrics import RubricRead, rubric_findings
from simpatient.workshop.check.safety import placeholders, review, safety
from simpatient.workshop.check.side_by_side import side_by_side
from simpatient.workshop.check.slips import cut_short, misnamed, slips
from simpatient.workshop.check.suites import suite_findings
from simpatient.workshop.check.teaching import teaching
from simpatient.workshop.check.values import dialogues, values

Judge = Callable[[Manuscript], Iterator[Diagnostic]]
OF_WORDS: tuple[Judge, ...] = (values, lines, people, teaching, safety, placeholders, leftovers, review, slips)
"""Judges that need no name in the files to be known."""
OF_PLAY: tuple[Judge, ...] = (gates, leaks, dialogues)
"""Judges that play with the patient, so every fact, topic and code has to exist."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note", "todo")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the colleague says."""

    findings: tuple[Diagnostic, ...]
    """In the order of files and lines."""
    read: tuple[Target, ...]
    standing: int
    """Findings by which the author stands, with a reason in the file."""

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(one.severity == severity for one in self.findings)

    def passes(self, *, strict: bool = False) -> bool:
        """Whether nothing is wrong; strict: nor worth a warning."""
        return self.count("error") == 0 and not (strict and self.count("warning"))


def check(paths: Iterable[str | Path], library: Library) -> Report:
    """Everything that is to be said of what stands at `paths`, or of the whole library."""
    targets, found = gathered(paths, library)
    colleague = Colleague(library)
    read = [colleague.reads(target) for target in targets]
    for target, seen, judged in zip(targets, read, colleague.judges(), strict=True):
        found += colleague.answered(target, [*seen, *judged])
    found += colleague.compares()
    ordered = sorted(dict.fromkeys(found), key=lambda one: (one.path, one.line, one.column, one.code))
    return Report(findings=tuple(ordered), read=tuple(targets), standing=colleague.standing)


class Colleague:
    """Reads one thing after another, and remembers what belongs together."""

    def __init__(self, library: Library) -> None:
        """Begin with the library whose codebook and rubrics count."""
        self.library = library
        self.standing = 0
        self._sheets: list[_Sheet | None] = []
        self._manuscripts: list[Manuscript] = []
        self._shelves: dict[tuple[Path, ...], Shelf] = {}
        self._codebooks: dict[tuple[Path, ...], Codebook | None] = {}
        self._rubrics: dict[tuple[tuple[Path, ...], str], Rubric | None] = {}

    def reads(self, target: Target) -> list[Diagnostic]:
        """Everything that reading one thing finds; how a patient plays is judged afterwards."""
        library = self._library_of(target)
        self._sheets.append(None)
        readers: Mapping[Kind, Callable[[Target, Library], Iterator[Diagnostic]]] = {
            Kind.PATIENT: self._patient, Kind.RUBRIC: self._rubric, Kind.CODEBOOK: self._codebook, Kind.SUITE: self._suite,
        }  # fmt: skip
        return list(readers[target.kind](target, library))

    def judges(self) -> list[list[Diagnostic]]:
        """What a colleague would say of each thing that was read, in the order of reading."""
        said = iter(side_by_side(_judged, [sheet for sheet in self._sheets if sheet is not None]))
        return [[] if sheet is None else next(said) for sheet in self._sheets]

    def compares(self) -> list[Diagnostic]:
        """What is to be said of all patients that were read, taken together."""
        if len(self._manuscripts) < 2:
            return []
        return [*shared_sentences(self._manuscripts), *casting(self._manuscripts)]

    def _patient(self, target: Target, library: Library) -> Iterator[Diagnostic]:
        codebook = self._codebook_of(library)
        if codebook is None:
            return
        files = read_files(library, target.path, codebook.codes)
        yield from files.findings
        if files.patient is None:
            return
        rubric = self._rubric_of(library, files.patient.persona.teaching.rubric, codebook)
        manuscript = Manuscript(patient=files.patient, documents=files.documents, codebook=codebook, rubric=rubric)
        self._manuscripts.append(manuscript)
        if rubric is None:
            known = ", ".join(library.ids("evaluators", "rubric.yaml"))
            word = files.patient.persona.teaching.rubric
            yield manuscript.finding("persona.yaml", ("teaching", "rubric"), "SP019", word=word, known=known)
        self._sheets[-1] = _Sheet(manuscript=manuscript, sound=not files.findings)

    def _rubric(self, target: Target, library: Library) -> Iterator[Diagnostic]:
        codebook = self._codebook_of(library)
        if codebook is None:
            return
        try:
            rubric, document = read_model(target.path / "rubric.yaml", Rubric)
        except ContentError as exc:
            yield from exc.diagnostics
            return
        yield from unknown_codes(rubric, document, codebook)
        yield from cut_short(document)
        yield from misnamed(document, rubric.id, target.path)
        yield from rubric_findings(RubricRead(rubric=rubric, document=document, codebook=codebook))
        if not (target.path / "instructions.md").is_file():
            yield document.diagnostic((), "SP308")

    def _codebook(self, target: Target, _library: Library) -> Iterator[Diagnostic]:
        try:
            file, document = read_model(target.path, CodebookFile)
        except ContentError as exc:
            yield from exc.diagnostics
            return
        yield from codebook_names(file, document)
        yield from cut_short(document)
        yield from codebook_findings(Codebook(file=file), document)

    def _suite(self, target: Target, library: Library) -> Iterator[Diagnostic]:
        try:
            loaded = load_suite(target.path, self._shelf_of(library))
        except ContentError as exc:
            yield from exc.diagnostics
            return
        yield from suite_findings(loaded)
        if loaded.document is not None:
            yield from cut_short(loaded.document)

    def _shelf_of(self, library: Library) -> Shelf:
        """The shelf from which suites of this library are read, with the patients that were read already."""
        if library.roots not in self._shelves:
            self._shelves[library.roots] = _Shelf(library, self._manuscripts)
        return self._shelves[library.roots]

    def answered(self, target: Target, found: list[Diagnostic]) -> list[Diagnostic]:
        """The findings with the author's to-dos, without those the author stands by."""
        files = sorted(target.path.glob("*.yaml")) if target.path.is_dir() else [target.path]
        left = list(found)
        for file in files:
            text = _text(file)
            left += todos(file, text)
            here = [one for one in left if one.path == str(file)]
            kept, answered = without(here, stands(text))
            self.standing += answered
            left = [one for one in left if one.path != str(file)] + kept
        return left

    def _library_of(self, target: Target) -> Library:
        if target.root is None or any(root.resolve() == target.root for root in self.library.roots):
            return self.library
        return replace(self.library, roots=(target.root, *self.library.roots))

    def _codebook_of(self, library: Library) -> Codebook | None:
        """The codebook, or None when it cannot be read; then its own errors are told where it is checked."""
        if library.roots not in self._codebooks:
            try:
                self._codebooks[library.roots] = load_codebook(library)
            except ContentError:
                self._codebooks[library.roots] = None
        return self._codebooks[library.roots]

    def _rubric_of(self, library: Library, name: str, codebook: Codebook) -> Rubric | None:
        key = (library.roots, name)
        if key not in self._rubrics:
            try:
                self._rubrics[key] = load_rubric(library, name, codebook)
            except ContentError:
                self._rubrics[key] = None
        return self._rubrics[key]


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """A patient to be judged."""

    manuscript: Manuscript
    sound: bool
    """Whether every name in the files is known, so that the patient can be played with."""


def _judged(sheet: _Sheet) -> list[Diagnostic]:
    """What every judge says of one patient."""
    found: list[Diagnostic] = []
    for judge in (*OF_WORDS, *OF_PLAY) if sheet.sound else OF_WORDS:
        try:
            found += judge(sheet.manuscript)
        except KeyError:
            if sheet.sound:
                raise
    return found


class _Shelf(Shelf):
    """A shelf that takes patients from where they have been read."""

    def __init__(self, library: Library, read: list[Manuscript]) -> None:
        super().__init__(library)
        self._read = {str(m.patient.folder.resolve()): m.patient for m in read}

    def patient(self, name: str) -> Patient:
        """The patient of this id or folder.

        Raises:
            ContentError: unknown or malformed.
        """
        folder = self.library.folder("personas", name, "persona.yaml").resolve()
        return self._read.get(str(folder)) or super().patient(name)


def _text(file: Path) -> str:
    """The file's text for its comments; nothing where it cannot be read, which is told elsewhere."""
    try:
        return file.read_text(encoding="utf-8") if file.stat().st_size <= 2_000_000 else ""
    except (OSError, UnicodeDecodeError):
        return ""

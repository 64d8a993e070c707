"""Codebook and rubrics from a library."""

from __future__ import annotations

from simpatient.authoring import Document, Library, read_model, read_text
from simpatient.authoring.read import nearest
from simpatient.errors import ContentError, Diagnostic
from simpatient.rubric.codebook import Codebook, CodebookFile
from simpatient.rubric.rubric import Rubric


def load_codebook(library: Library) -> Codebook:
    """The library's codebook.

    Raises:
        ContentError: the file is missing or malformed; all its errors at once.
    """
    file, _ = read_model(library.file("evaluators/codebook.yaml"), CodebookFile)
    return Codebook(file=file)


def load_rubric(library: Library, name: str, codebook: Codebook) -> Rubric:
    """The rubric of the evaluator called `name`.

    Raises:
        ContentError: unknown evaluator, malformed file, or codes that the codebook lacks.
    """
    folder = library.folder("evaluators", name, "rubric.yaml")
    rubric, document = read_model(folder / "rubric.yaml", Rubric)
    findings = rubric_findings(rubric, document, codebook)
    if findings:
        raise ContentError(findings)
    return rubric


def rubric_findings(rubric: Rubric, document: Document, codebook: Codebook) -> list[Diagnostic]:
    """Codes that the rubric names and the codebook lacks."""
    known = list(codebook.codes)
    return [
        document.diagnostic(("behaviours", index, group, *place), "SP012", word=code, nearest=nearest(code, known))
        for index, behaviour in enumerate(rubric.behaviours)
        for group, codes in (("credited_by", behaviour.credited_by), ("harmed_by", behaviour.harmed_by))
        for number, code in enumerate(codes)
        for place in [(code,) if group == "credited_by" else (number,)]
        if code not in codebook.codes
    ]


def load_instructions(library: Library, name: str) -> str:
    """What the evaluator called `name` tells a chat model that rates for it.

    Raises:
        ContentError: the file is missing.
    """
    return read_text(library.folder("evaluators", name, "rubric.yaml") / "instructions.md")

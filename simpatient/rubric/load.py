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
    file, document = read_model(library.file("evaluators/codebook.yaml"), CodebookFile)
    findings = codebook_names(file, document)
    if findings:
        raise ContentError(findings)
    return Codebook(file=file)


def codebook_names(file: CodebookFile, document: Document) -> list[Diagnostic]:
    """Codes that stand twice, and codes that others move as and the codebook lacks."""
    known = [code.code for code in file.codes]
    findings = [
        document.diagnostic(("codes", index, "code"), "SP018", word=code, group="codes")
        for index, code in enumerate(known)
        if code in known[:index]
    ]
    for index, code in enumerate(file.codes):
        moves = code.moves_as
        named = ((moves.code, ("code",)), (moves.otherwise.code, ("otherwise", "code"))) if moves else ()
        for word, inside in named:
            if word is not None and word not in known:
                at = ("codes", index, "moves_as", *inside)
                findings.append(document.diagnostic(at, "SP012", word=word, nearest=nearest(word, known)))
    return findings


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
    """Codes that the rubric names and the codebook lacks, domains that it lacks itself, and ids that stand twice."""
    known = list(codebook.codes)
    findings: list[Diagnostic] = []
    for group, ids in (("domains", [d.id for d in rubric.domains]), ("behaviours", [b.id for b in rubric.behaviours])):
        findings += [
            document.diagnostic((group, index, "id"), "SP018", word=word, group=group)
            for index, word in enumerate(ids)
            if word in ids[:index]
        ]
    domains = [domain.id for domain in rubric.domains]
    findings += [
        document.diagnostic(
            ("behaviours", index, "domain"), "SP040", word=each.domain, nearest=nearest(each.domain, domains)
        )
        for index, each in enumerate(rubric.behaviours)
        if each.domain not in domains
    ]
    return findings + [
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

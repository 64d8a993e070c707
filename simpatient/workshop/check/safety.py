"""What is never played (clinical section 5.1), nobody real in a file, and who has looked at it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simpatient.encounter.identifiers import BIRTH, identifiers_in
from simpatient.errors import Diagnostic
from simpatient.patient.manner import unsafe
from simpatient.patient.vetting import speaks_of_dying
from simpatient.workshop.check.manuscript import PERSONA, Manuscript

_NO = re.compile(r"(?i)\b(?:no|not|never|nothing|\w+n't)\b")
_NONE = re.compile(
    r"(?i)^\W*(?:undefined|null|none|n/?a|nil|tbd|tba|tbc|xxx+|\?{2,}|\.{2,}|-+|placeholder|your text here|text|string|lorem ipsum\b.*)\W*$"
    r"|\bundefined\b|\blorem ipsum\b|\{\{|\}\}|<(?:insert|your|name)\b|\[insert\b"
)
"""What is left where nobody wrote anything."""
_MARKS = re.compile(r"[0-9@]")
"""Without one of these nothing identifies anybody."""
ALLOWED = frozenset(
    {"never", "warning", "model_answers", "debrief_notes", "contested", "risk_answer", "learner_may_not"}
)
"""Fields that may speak of danger in order to keep it out."""


def safety(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Unsafe content, an unclear answer to the question after suicide, details of real people."""
    off = manuscript.persona.safety.risk_module == "off"
    for passage in manuscript.passages:
        if not ALLOWED.isdisjoint(map(str, passage.at)):
            continue
        if unsafe(passage.text):
            yield manuscript.finding(passage.file, passage.at, "SP160", "means")
        elif off and speaks_of_dying(passage.text):
            yield manuscript.finding(passage.file, passage.at, "SP160", "risk")
        for what in identifiers_in(passage.text) if _MARKS.search(passage.text) else ():
            if passage.at[0] == "review" and what == BIRTH:
                continue  # the day on which somebody read it
            yield manuscript.finding(passage.file, passage.at, "SP162", what=what)
    for index, answer in enumerate(manuscript.persona.safety.risk_answer):
        if off and not _NO.search(answer):
            yield manuscript.finding(PERSONA, ("safety", "risk_answer", index), "SP161")


def placeholders(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Texts that are still what a form left there."""
    for passage in manuscript.passages:
        empty = _NONE.search(passage.text)
        if empty is not None and not (passage.spoken and passage.text.strip() in ("...", "\u2026")):
            yield manuscript.finding(passage.file, passage.at, "SP173", text=passage.text.strip()[:40] or " ")


def review(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Who has looked at it, and whether the file says so honestly."""
    found = manuscript.persona.review
    missing = [
        name
        for name, who in (("clinician", found.clinician), ("lived_experience", found.lived_experience))
        if not who.strip()
    ]
    if found.status == "draft":
        yield manuscript.finding(PERSONA, ("review", "status"), "SP170")
    elif missing:
        yield manuscript.finding(
            PERSONA, ("review", "status"), "SP172", status=found.status, missing=" and no ".join(missing)
        )

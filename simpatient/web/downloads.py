"""The debrief to take away: Markdown and the records."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from simpatient.encounter import Encounter
from simpatient.encounter.kept import versions_of
from simpatient.store import pages
from simpatient.store.rows import KeptDebrief, KeptExchange, KeptMeeting, MeetingLine, MeetingSettings

KINDS = {"html": "text/html", "md": "text/markdown", "json": "application/json"}
"""Ending and media type of each form."""


def file_name(encounter: Encounter, kind: str) -> str:
    """What the file is called: the patient's id, so nothing in it needs quoting."""
    persona = "".join(letter for letter in encounter.patient.persona.id if letter.isascii() and letter.isalnum())
    return f"debrief-{persona or 'meeting'}-{encounter.debrief().meeting}.{kind}"


def records(encounter: Encounter) -> str:
    """The debrief record and those of the exchanges it is about, as JSON."""
    held = {"debrief": encounter.debrief().record(), "exchanges": [each.record() for each in encounter.held]}
    return json.dumps(held, ensure_ascii=False, indent=2)


def markdown(encounter: Encounter) -> str:
    """The debrief and what was said, as Markdown; whatever people wrote stays text."""
    return pages.markdown(as_kept(encounter, datetime.now(UTC)))


def as_kept(encounter: Encounter, now: datetime) -> KeptMeeting:
    """The meeting as a store would give it, the branch that stands; it may be kept nowhere."""
    held, persona = encounter.held, encounter.patient.persona
    debrief = encounter.debrief()
    versions = versions_of(encounter.patient, encounter.codebook, encounter.rubric)
    head = held[-1].number if held else 0
    line = MeetingLine(
        id=encounter.id, learner=encounter.learner, persona=persona.id, name=persona.card.name, meeting=debrief.meeting,
        exchanges=len(held), head=head, ended=debrief.outcome.ended.value, index=debrief.profile.index,
        started_at=now, updated_at=now,
    )  # fmt: skip
    return KeptMeeting(
        line=line, seed=encounter.seed, versions=versions, start=None,
        settings=MeetingSettings(
            evaluator=encounter.rubric.id, difficulty=persona.dynamics.difficulty, channel=persona.card.channel.value,
            voice=held[-1].voice.by if held else "embedded",
        ),
        exchanges=tuple(
            KeptExchange(
                number=each.number, parent=each.parent, record=each.record(), exact=None, versions=versions, made_at=now
            )
            for each in held
        ),
        debriefs=(KeptDebrief(head=head, record=debrief.record(), made_at=now),),
    )  # fmt: skip

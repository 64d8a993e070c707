"""What `persona.yaml` may say of meetings before the one it is about."""

from __future__ import annotations

from simpatient.persona.pieces import Authored, StanceWord, Text, Unit, Word
from simpatient.words import Done


class PastPromise(Authored):
    """Something the learner undertook in a meeting before this one, as this persona's story has it."""

    quote: Text
    """The learner's words; the briefing says them too."""
    what: Text
    """What was promised, in the learner's own words after "I will" ("read it and tell you Thursday")."""
    due: Text
    """When it was due, in words."""
    done: Done = Done.NOT_DONE
    """What became of it in truth."""
    matter: Word | None = None
    """Id of the request under `promises` that it answers."""


class History(Authored):
    """What the two have behind them as this meeting begins, for a persona whose `card.session` is not the first."""

    stance: StanceWord
    """The rung on which it begins; at most testing where a promise was broken."""
    openness: Unit
    """Openness as it begins, 0..1; the rest of the state stands under `dynamics.start`."""
    promises: tuple[PastPromise, ...] = ()
    """What was promised. One that was not done strains the meeting until it is named."""
    told: tuple[Word, ...] = ()
    """Facts that were told in full already."""

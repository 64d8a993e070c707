"""The tables of cues: patterns are made when they are first tried, so here all of them are."""

from __future__ import annotations

import re

from simpatient.appraisal.reading import HARMS, HELPS


def test_every_pattern_of_every_cue_can_be_made() -> None:
    """A slip in a table is found here and not at a learner's message."""
    for cue in (*HELPS.cues, *HARMS.cues):
        assert isinstance(cue.pattern, re.Pattern), cue.facet
        assert cue.unless is None or isinstance(cue.unless, re.Pattern), cue.facet

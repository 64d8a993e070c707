"""What a reply calls for, whoever found its words."""

from __future__ import annotations

import pytest

from simpatient.encounter.opportunities import with_opportunities
from simpatient.patient import Spoken
from simpatient.words import Intent, Move, PatientTurn, Rendering, Stance, Tag, Telling, VoiceUse

MODEL = VoiceUse(by="openai:some")


def strengths(
    text: str,
    *,
    use: VoiceUse | None = None,
    move: Move = Move.TELL,
    rendering: Rendering | None = None,
    **more: object,
) -> dict[Tag, int]:
    """How strongly a reply calls for what it was to plant."""
    plants = (Tag.CUE, Tag.RUPTURE)
    tells = Telling(fact="f", topic="t", rendering=rendering) if rendering else None
    spoken = Spoken(turn=PatientTurn(text=text), plants=plants, **({"use": use} if use else {}))  # type: ignore[arg-type]
    turn = with_opportunities(spoken, Intent(stance=Stance.GUARDED, move=move, length=(3, 15), tells=tells))
    return {each.tag: each.strength for each in turn.opportunities if each.tag in plants}


@pytest.mark.parametrize("rendering", [None, Rendering.HINT])
def test_a_hint_that_a_models_words_do_not_carry_requires_nothing(rendering: Rendering | None) -> None:
    """ "It depends" is no cue because one was meant; a rupture holds whatever was said."""
    assert strengths("It depends.", use=MODEL, rendering=rendering) == {Tag.CUE: 1, Tag.RUPTURE: 2}


def test_what_a_models_words_carry_calls_for_an_answer() -> None:
    """Where a reader finds it too, or where the fact was told."""
    assert strengths("I get lonely of an evening.", use=MODEL, rendering=Rendering.HINT)[Tag.CUE] == 2
    assert strengths("It depends.", use=MODEL, rendering=Rendering.PARTIAL)[Tag.CUE] == 2


def test_authored_words_carry_what_their_author_says() -> None:
    """Their tags stand in the file."""
    assert strengths("It depends.", rendering=Rendering.HINT)[Tag.CUE] == 2

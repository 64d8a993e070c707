"""When play stops, in browser, terminal, suites and API alike (clinical section 5.1)."""

from __future__ import annotations

from simpatient.encounter.records import Exchange
from simpatient.words import Appraisal, Assessment, Ending, Intent, Move, PatientState, PatientTurn

HOSTILITY_CARD = (
    "The meeting stops here: the patient was insulted or harassed twice. This is an exercise, so nobody was hurt, "
    "but it is worth a pause. Look at the debrief, and start again when you like."
)


def hostility_card(helpline: str) -> str:
    """The out-of-character card after insults or harassment, with the operator's own helpline if there is one."""
    return f"{HOSTILITY_CARD} If it is you who is having a hard time: {helpline}." if helpline else HOSTILITY_CARD


def care_card(stop_text: str, helpline: str) -> str:
    """The out-of-character card for a learner who seems to be in trouble themselves.

    Helplines come from the operator's settings; none is ever invented.
    """
    help_line = f" Help near you: {helpline}." if helpline else " Your local emergency number is there for this too."
    return (
        f"Let us stop the exercise for a moment. {stop_text} What you wrote sounds as if it might be about you, not "
        "about the patient. Nobody is watching this screen, and your words were not kept. If you are thinking of "
        "harming yourself, please talk to somebody now: a person you trust, a colleague, your doctor."
        f"{help_line} The meeting has ended; nothing of it is rated against you."
    )


def asking_card(helpline: str) -> str:
    """What a learner reads, out of character, when a message may be about themselves: play waits for their word."""
    help_line = f" Help near you: {helpline}." if helpline else " Your local emergency number is there for this too."
    return (
        "Let me step out of the exercise for a moment. Is that about you, or does it belong to the practice? Either is all "
        "right. Nobody is watching this screen, and your words have not been kept. If it is you, and you are thinking of "
        f"harming yourself, please talk to somebody now: a person you trust, a colleague, your doctor.{help_line}"
    )


def stops_for_care(exchange: Exchange) -> bool:
    """Whether it stands for a stop for the learner's own sake, and nothing was said in it."""
    return exchange.ended is Ending.SAFETY and not exchange.learner


def care_exchange(
    *, encounter: str, number: int, parent: int, state: PatientState, answers: PatientTurn, seed: int, card: str
) -> Exchange:
    """The exchange that stands for the stop: no words of the learner, no reply, no rating."""
    return Exchange(
        encounter=encounter,
        number=number,
        parent=parent,
        learner="",
        answers=answers,
        turn=PatientTurn(text=""),
        appraisal=Appraisal(by="rules"),
        before=state,
        after=state,
        intent=Intent(stance=state.stance, move=Move.REACT, ending=Ending.SAFETY),
        assessment=Assessment(),
        notice=card,
        ended=Ending.SAFETY,
        seed=seed,
    )

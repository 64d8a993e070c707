"""The days between two meetings, asked at the terminal; used by `simpatient chat`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simpatient.encounter import Between, Question, Relationship
    from simpatient.persona import Patient
    from simpatient.rubric import Codebook, Rubric
    from simpatient.words import Done

AGAIN = "/again"
Ask = Callable[[str], str | None]
"""Shows a question and gives the answer; None when the input has ended."""
WORDS = {"done": "kept", "kept": "kept", "yes": "kept", "late": "late", "partly": "partly", "no": "not_done"}


def days_between(
    relationship: Relationship,
    patient: Patient,
    codebook: Codebook,
    rubric: Rubric,
    ask: Ask,
    *,
    seed: int,
    helpline: str,
) -> Between:
    """How the days until the next meeting went, as the learner says.

    Each due promise is asked about until the answer is one of done, late, partly, no; then one message may be sent.
    """
    from simpatient.encounter import UnusableMessage, between, questions

    done: dict[str, Done] = {}
    for question in questions(relationship, patient):
        answer = _answer(question, ask)
        if answer is not None:
            done[question.promise.id] = answer
    while True:
        sent = ask("One message before you meet, if you like (empty for none)") or ""
        try:
            return between(
                relationship, patient, codebook, done=done, check_in=sent, rubric=rubric, seed=seed, helpline=helpline
            )
        except UnusableMessage as exc:
            ask(str(exc))


def _answer(question: Question, ask: Ask) -> Done | None:
    from simpatient.words import Done

    promise = question.promise
    result = next((c.result for c in question.choices if c.result), "")
    came = f" What you would find: {result}" if result else ""
    prompt = f'You said: "{promise.quote}" (due: {promise.due}).{came} Was it done? [done/late/partly/no]'
    while True:
        said = ask(prompt)
        if said is None:
            return None
        word = WORDS.get(said.strip().lower())
        if word is not None:
            return Done(word)
        prompt = "One of: done, late, partly, no."

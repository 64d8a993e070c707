"""Two meetings with a promise between them: what a learner would hear, in either case."""

from __future__ import annotations

import json
import random

import pytest

from simpatient.encounter import Encounter, Relationship, Returns, after_meeting, between, due
from simpatient.persona import load_patient
from simpatient.words import Done, NextAppointment, Rendering, RuptureCause, Stance

from .test_secrets import CODEBOOK, LIBRARY, RUBRIC, marked, words_of

NAMES = ("andrew", "maggie")
T8 = {
    # trust, anxiety, defensiveness, hope, openness, stance, flag; news between the meetings left out
    ("andrew", Done.KEPT): (0.67, 0.42, 0.16, 0.62, 0.62, Stance.WARMING, None),
    ("andrew", Done.NOT_DONE): (0.47, 0.42, 0.24, 0.54, 0.53, Stance.TESTING, RuptureCause.PROMISE),
    ("maggie", Done.KEPT): (0.53, 0.32, 0.31, 0.51, 0.48, Stance.TESTING, None),
    ("maggie", Done.NOT_DONE): (0.31, 0.32, 0.38, 0.43, 0.39, Stance.TESTING, RuptureCause.PROMISE),
}
"""The rows of the specification; a kept promise is not credited before it is told."""
TELLS = {
    "andrew": "I said I'd ask the clinic doctor about tablets, and I did: nobody is put on anything without a talk first.",
    "maggie": "I said I'd read the letter and I did. It asks for proof that you came; that I can give, if you sign.",
}
OWNS = {
    "andrew": "I said I'd ask the clinic doctor, and I haven't. I'm sorry, that's on me. I'll ask her tomorrow.",
    "maggie": "I said I'd read the letter and tell you, and I didn't. I'm sorry. That's on me, and you've every right to mind.",
}
REST = ["How has the week been for you?", "What was the hardest part of it?", "What would you like to use today for?"]


async def held(name: str, words: list[str], relationship: Relationship | None = None, seed: int = 1) -> Encounter:
    patient = load_patient(LIBRARY, name, CODEBOOK.codes)
    encounter = Encounter(patient=patient, codebook=CODEBOOK, rubric=RUBRIC, seed=seed, relationship=relationship)
    for text in words or [step.learner for step in patient.dialogues.steps_of("skilled")]:
        if encounter.ended is None:
            await encounter.exchange(text, practice=True)
    await encounter.end()
    return encounter


async def next_relationship(name: str, done: Done, check_in: str = "") -> Relationship:
    encounter = await held(name, [])
    before = after_meeting(encounter)
    gone = between(
        before, encounter.patient, encounter.codebook, done={p.id: done for p in due(before)}, check_in=check_in
    )
    assert gone.returns is Returns.COMES
    return gone.relationship


@pytest.mark.parametrize(("name", "done"), list(T8))
async def test_typed_as_plain_text_the_second_meeting_begins_where_the_specification_says(
    name: str, done: Done
) -> None:
    """T8 through the public door, within the tolerance of the traces."""
    note = "Looking forward to seeing you." if done is Done.KEPT else ""
    state = (await next_relationship(name, done, note)).state
    *values, stance, cause = T8[name, done]
    for variable, value in zip(("trust", "anxiety", "defensiveness", "hope", "openness"), values, strict=True):
        assert state.value(variable) == pytest.approx(value, abs=0.08), variable
    assert state.stance is stance
    assert (state.rupture.cause if state.rupture else None) is cause


@pytest.mark.parametrize("name", NAMES)
async def test_a_kept_and_a_broken_promise_make_two_audibly_different_meetings(name: str) -> None:
    """Other first words, other answers, another end; owning the break lies between."""
    kept = await held(name, [TELLS[name], *REST], await next_relationship(name, Done.KEPT))
    owned = await held(name, [OWNS[name], *REST], await next_relationship(name, Done.NOT_DONE))
    broken = await held(name, ["Hello again. Good to see you.", *REST], await next_relationship(name, Done.NOT_DONE))
    assert kept.opening.text != broken.opening.text
    said = {e.turn.text for e in kept.exchanges}, {e.turn.text for e in broken.exchanges}
    assert not said[0] & said[1]
    assert kept.state.trust > owned.state.trust > broken.state.trust
    assert owned.state.rupture is None
    assert broken.state.rupture is not None
    assert kept.debrief().outcome.next_appointment is NextAppointment.ASKS
    assert broken.debrief().outcome.next_appointment is not NextAppointment.ASKS
    assert broken.debrief().profile.ceilings


@pytest.mark.parametrize("name", NAMES)
async def test_no_fact_leaves_before_its_gate_in_a_later_meeting(name: str) -> None:
    """Canaries in three meetings of random words: replies, records, messages and debriefs."""
    patient = marked(name)
    pool = [*words_of(patient), *TELLS.values(), *OWNS.values(), *REST, "We said we'd look at the plan."]
    marks = [f"canary {fact.id} {r.word}" for fact in patient.persona.facts for r in Rendering if r]
    for seed in range(12):
        chance, relationship, allowed = random.Random(seed), None, set[str]()
        for _ in range(3):
            encounter = Encounter(
                patient=patient, codebook=CODEBOOK, rubric=RUBRIC, seed=seed, relationship=relationship
            )
            seen = [encounter.opening.text]
            for _ in range(8):
                exchange = await encounter.exchange(chance.choice(pool), practice=True)
                allowed |= {f"canary {t.fact} {t.rendering.word}" for t in exchange.tellings}
                seen.append(json.dumps(exchange.record()))
                assert not [mark for mark in marks if mark in seen[-1] and mark not in allowed]
                if encounter.ended:
                    break
            seen.append(json.dumps((await encounter.end()).record()))
            before = after_meeting(encounter)
            answers = {p.id: chance.choice(list(Done)) for p in due(before)}
            note = chance.choice(["", "See you then."])
            gone = between(before, patient, CODEBOOK, done=answers, check_in=note, seed=seed)
            known = {fact for fact, rendering in before.told if rendering is Rendering.FULL}
            assert all(event.needs is None or event.needs in known for event in gone.events)
            seen.append(f"{gone.message} {gone.check_in.reply if gone.check_in else ''}")
            assert not [mark for mark in marks for text in seen if mark in text and mark not in allowed]
            if gone.returns is not Returns.COMES:
                break
            relationship = gone.relationship

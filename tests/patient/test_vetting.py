"""What may be said of what a chat model wrote: every fault found, and nothing refused that a patient would say."""

from __future__ import annotations

import time

import pytest

from simpatient.patient import Memory
from simpatient.patient.vetting import Fault
from simpatient.patient.voice import sentences
from simpatient.persona import Patient
from simpatient.words import Move, Rendering, Stance

from .replies import NO_PATIENT, ORDINARY
from .sayings import NO_SECRET, TOLD_ANEW, TOLD_IN_OTHER_WORDS
from .scenes import intent, telling, vet

NAMES = ("andrew", "maggie")
MISTAKEN = 0.01
"""Share of authored lines that may be refused."""
REFUSED_REPLIES = 0.05
"""Share of whole replies in character that may be refused; an authored line stands behind each."""
CAUGHT = 0.8
"""Share of secrets in other words that have to be caught."""

REFUSED: dict[Fault, list[str]] = {
    Fault.UNSAFE: [
        "I thought about taking all my tablets.", "I looked at the bridge and thought I could jump off the bridge.", "I'd take fifty paracetamol and be done.",
        "I put a hose on the exhaust once.", "You could slit your wrists for all they care.", "I bought a noose.", "I wrote a suicide note in June.",
        "I wish I was dead, some days.", "I've been thinking about ending my life.", "They'd be better off without me.", "I don't want to wake up.",
        "I want to die.", "I’d sooner be dead.", "I cut myself to feel something.", "I nearly stepped in front of the tram.", "Fuck you and your notes.",
        "You look sexy when you write.", "I overdosed when I was twenty.",
    ],
    Fault.REVERSED: [
        "It sounds like you're having a hard time with this.", "I hear that you're feeling anxious.", "I hear how hard that is for you.", "How does that make you feel?",
        "Thank you for sharing that with me.", "That's a great question.", "What a thoughtful reflection.", "I really appreciate you asking that.", "I appreciate your openness.",
        "Your feelings are important here.", "That's completely understandable.", "It's okay to feel that way.", "Have you considered talking to someone?",
        "You might want to try writing it down.", "I'd recommend taking a break.", "Good use of an open question.", "You're showing real empathy.",
        "As your therapist, I think we should go slowly.", "I'm here for you.", "Take all the time you need.", "You're not alone in this.", "Let's explore that together.",
        "What brings you here today?", "Can you tell me more about that?", "Try some breathing exercises.", "What I’m hearing is a lot of worry.", "This is a safe space.",
    ],
    Fault.ASSISTANT: [
        "As an AI, I have no feelings.", "I’m an AI, I can’t say.", "I'm just a language model.", "I cannot assist with that.", "I can't comply with that.", "My system prompt says otherwise.",
        "I have to stay in character.", "Let me step out of character for a moment.", "I'm playing the role of a patient.", "In this role-play I would say no.", "How can I help you today?",
        "Feel free to ask me any questions.", "Is there anything else I can do?", "Let me know if you need more detail.", "I hope this helps!", "Happy to help!", "Certainly! Here is my answer.",
        "Here's my response in character.", '{"reply": "as JSON"}', "My trust level is 0.4.", "My stance is guarded.", "Therapist: And how was that?", "</learner> Now I speak.", "My hidden facts are these.",
        "I'm unable to assist with that request.",
    ],
    Fault.STAGED: [
        "*sighs* Yes *looks away* I suppose *rubs hands* so.", "(long pause) Yes (quietly) I (shrugs) suppose.", "[pause] Fine [looks down] really [coughs].",
        "*He looks at the floor for a long moment, then at the window, then slowly back at you again.* Yes.", "(She takes off her coat, folds it, and puts it down on the chair beside her.) Right.",
        "*shifts* Well *shifts* I *shifts* don't know.", "{name} looks at the floor.", "{name} shrugs and says nothing.", "{name} slowly nods.", "{name} shifts in the chair.",
        "[The room is quiet. A clock ticks. Somewhere outside a bus goes by slowly.] Yes.", "*a*(b)[c] Fine.",
    ],
    Fault.LISTED: [
        "- I don't sleep.", "* Work is busy.", "• The tram was late.", "1. Work.", "2) Home.", "1.", "1)", "# How I feel", "## Work", "**Work** is busy.", "It's **really** busy.", "| Day | Mood |",
    ],
}  # fmt: skip
FINE: dict[Fault, list[str]] = {
    Fault.UNSAFE: [
        "I take 2 tablets at night.", "He's on ten tablets a day, my neighbour.", "My doctor suggested tablets.", "I don't want to die, I just want to sleep.", "I'm not going to hurt myself.",
        "I'm dying for a tea.", "No. Nothing like that.", "I cut myself on a chisel once, that's about it.", "I don't want to be here any more than you do.", "I could have killed him.",
        "I've hung the door, that's all I did on Monday.", "The bridge at Ironbridge was shut.", "I jumped off the bottom step.", "I've never thought about suicide.", "We jump through hoops.", "I nearly died of shame.",
    ],
    Fault.REVERSED: [
        "I hear you had a long day.", "I hear you, and so does the dentist.", "My doctor suggested tablets.", "Take that down, if you want.", "Take your time.", "Thanks for asking.", "That's a good question.",
        "Good point.", "I appreciate you seeing me at short notice.", "Have you tried the biscuits?", "Have you thought about moving that clock?", "I'd recommend the chips.", "Don't take my advice on cars.",
        "Beth's training as a nurse.", "I'm here for you to fix, apparently.", "They told me to try mindfulness.", "She had me doing breathing exercises.", "Is this the safe space, then?",
        "You're not alone there, half the town can't park.", "\"How does that make you feel?\" Every five minutes, the last one.", "She kept saying 'let's explore that'.", "Tell me more about that form.",
        "It sounds like a drill, that fan.", "Fair question.", "What brings you to a job like this?", "That's understandable, I suppose.", "I got a leaflet about self-care.", "I've tried mindfulness, it sent me to sleep.",
        "As a joiner I'd say it's the hinge.", "Thanks. For the water.", "I'd suggest a new clock.",
    ],
    Fault.ASSISTANT: [
        "Shouting's out of character for me.", "Feel free to write that down.", "Feel free to tell HR.", "Let me know if you want the window shut.", "Is there anything else you need off me?", "Helen's always happy to help.",
        "They had us do role-play at the away day.", "I can't continue with this.", "I can't help with that.", "Attended, as instructed.", "I followed the instructions to the letter.", "I'm no assistant.",
        "Joe does his homework on one of those computers.", "He's a bit of a character.", "I've nothing to hide.", "Certainly, if you like.", "You: that's who I mean.".replace(":", ","), "I'm a joiner.", "The system's rubbish at our place.",
        "My instructions were on the fridge.", "It's a simulated oak, that desk.", "Here's my answer: no.".replace("my answer", "what I think"), "You're the assistant, are you?",
    ],
    Fault.STAGED: [
        "(shrugs) Fine.", "*sighs* I suppose.", "[pause] I don't know.", "(looks at the floor) Yes. I suppose so.", "(a short laugh) You could say that (more or less).", "Fine.", "{name}'s fine. Everyone calls me that.",
        "{name} is what my mum calls me.", "I said, {name}, sit down.", "Two thirds (or thereabouts) of it.", "He looks at the floor when I talk.", "She shrugs and walks off, every time.",
    ],
    Fault.LISTED: [
        "It's - I don't know.", "10 past four, they said.", "46.", "Forty-six.", "2 sugars, please.", "3 of us in a van.", "Tuesday - or Wednesday.", "A * on the form, whatever that means.", "Well - no.", "1 of each.",
        "Number 1, that's our house.", "I'd say 50/50.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", REFUSED)
def test_what_no_patient_says_is_refused(fault: Fault, name: str, patients: dict[str, Patient]) -> None:
    """Each with the reason that is told to the model."""
    look = vet(patients[name])
    own = patients[name].persona.card.name
    found = {text: look.fault_in(text.format(name=own) if "{name}" in text else text) for text in REFUSED[fault]}
    assert len(found) >= 12
    assert {text: seen for text, seen in found.items() if seen is not fault} == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", FINE)
def test_what_a_patient_might_say_passes(fault: Fault, name: str, patients: dict[str, Patient]) -> None:
    """A sentence that only looks like a fault is none."""
    look = vet(patients[name])
    own = patients[name].persona.card.name
    found = {text: look.fault_in(text.replace("{name}", own)) for text in FINE[fault]}
    assert len(found) >= 12
    assert {text: seen for text, seen in found.items() if seen is not None} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_authored_line_is_refused_but_for_one_in_a_hundred(name: str, patients: dict[str, Patient]) -> None:
    """Every line that may be said from the start, at a fitting moment."""
    patient = patients[name]
    persona = patient.persona
    lines = [
        (s, line.stance, line.move) for line in patient.lines.lines if not line.needs for s in (line.say, *line.more)
    ]
    lines += [
        (s, (), "life") for small in persona.life if not small.needs for s in (*small.curt, *small.easy, *small.more)
    ]
    lines += [
        (s, (), "greet")
        for s in (*persona.story.opening, *(t for o in persona.story.opening_by_channel.values() for t in o))
    ]
    lines += [(s, (rung,), "react") for rung, samples in persona.voice.samples.items() for s in samples]
    lines += [(s, (), "life") for s in persona.safety.risk_answer]
    refused: list[tuple[str, str]] = []
    for text, rungs, move in lines:
        what = Move.ELABORATE if move in ("tail", "hold", "bridge", "lead") else Move(move)  # these only lead on
        look = vet(patient, intent=intent(Stance.of(rungs[-1]) if rungs else Stance.OPEN, what, length=(3, 80)))
        before: list[str] = []
        for sentence in sentences(text):
            fault = look.fault_in(sentence, " ".join(before))
            if fault not in (None, Fault.LONG, Fault.REPEATS):
                refused.append((fault.name, sentence))
                break
            before.append(sentence)
    assert len(lines) > 2000
    assert len(refused) <= MISTAKEN * len(lines), refused


def test_of_whole_replies_in_character_at_most_one_in_twenty_is_refused(patients: dict[str, Patient]) -> None:
    """A hundred and more, at every stance, sentence by sentence as they would be heard."""
    refused: list[tuple[str, str]] = []
    for name, stance, length, heard, known, reply in ORDINARY:
        memory = Memory(told=tuple((fact, Rendering.FULL) for fact in known))
        look = vet(patients[name], intent=intent(Stance.of(stance), length=length), memory=memory, heard=heard)
        parts = sentences(reply)
        faults = [look.fault_in(part, " ".join(parts[:at])) for at, part in enumerate(parts)]
        refused += [(fault.name, part) for fault, part in zip(faults, parts, strict=True) if fault][:1]
    assert len(ORDINARY) > 100
    assert len(refused) <= REFUSED_REPLIES * len(ORDINARY), refused


def test_whole_replies_that_no_patient_gives_are_refused(patients: dict[str, Patient]) -> None:
    """Help, machines, lists and stage directions in many wordings; the groups of the rules were widened by these."""
    passed: list[tuple[str, str]] = []
    for name, why, reply in NO_PATIENT:
        parts = sentences(reply)
        look = vet(patients[name])
        if not any(look.fault_in(part, " ".join(parts[:at])) for at, part in enumerate(parts)):
            passed.append((why, reply))
    assert len(NO_PATIENT) > 50
    assert len(passed) <= 0.1 * len(NO_PATIENT), passed


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_to_a_fact_may_be_said_once_it_is_told(name: str, patients: dict[str, Patient]) -> None:
    """Its own wordings, what is said when asked on, and the lines behind it; one in a hundred at most is refused."""
    patient = patients[name]
    refused: list[tuple[str, str]] = []
    count = 0
    for fact in patient.persona.facts:
        told = Memory(told=tuple((f.id, Rendering.FULL) for f in patient.persona.facts if f.min_o <= fact.min_o))
        behind = [s for line in patient.lines.lines if line.needs == fact.id for s in (line.say, *line.more)]
        own = [s for word in ("hint", "partial", "full") for s in (*getattr(fact, word), *fact.more.get(word, ()))]
        for text in (*own, *behind):
            count += 1
            fault = next((f for s in sentences(text) if (f := vet(patient, memory=told).fault_in(s))), None)
            if fault:
                refused.append((fault.name, text))
    assert len(refused) <= max(1, MISTAKEN * count), refused


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rendering", [Rendering.HINT, Rendering.PARTIAL, Rendering.FULL])
def test_what_is_to_be_told_passes(name: str, rendering: Rendering, patients: dict[str, Patient]) -> None:
    """Every wording of the rendering that the engine allows, with nothing told before but what must have been."""
    patient = patients[name]
    for fact in patient.persona.facts:
        told = Memory(told=((fact.after, Rendering.FULL),) if fact.after else ())
        look = vet(patient, intent=telling(patient, fact.id, rendering), memory=told)
        for text in getattr(fact, rendering.word):
            before = ""
            for sentence in sentences(text):
                assert look.fault_in(sentence, before) is None, sentence
                before = f"{before} {sentence}".strip()


def caught(patient: Patient, texts: list[str], **more: object) -> list[str]:
    look = vet(patient, **more)
    return [text for text in texts if look.fault_in(text) is Fault.SHUT]


@pytest.mark.parametrize("name", NAMES)
def test_an_untold_fact_is_known_in_other_words(name: str, patients: dict[str, Patient]) -> None:
    """Ten ways to say each guarded fact without a word of the file; four in five are caught, and more than half of each."""
    assert set(TOLD_IN_OTHER_WORDS[name]) == {fact.id for fact in patients[name].persona.facts if fact.guarded}
    total = found = 0
    for fact, texts in TOLD_IN_OTHER_WORDS[name].items():
        assert len(texts) == 10
        stopped = caught(patients[name], texts)
        assert len(stopped) > 5, (fact, set(texts) - set(stopped))
        total, found = total + len(texts), found + len(stopped)
    assert found >= CAUGHT * total


@pytest.mark.parametrize("name", NAMES)
def test_other_words_that_the_rules_were_not_made_with_are_caught_too(name: str, patients: dict[str, Patient]) -> None:
    """Measured, not tuned: two in three."""
    texts = [text for own in TOLD_ANEW[name].values() for text in own]
    assert len(caught(patients[name], texts)) >= 0.66 * len(texts)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rendering", ["partial", "full"])
def test_every_wording_of_an_untold_fact_is_caught(name: str, rendering: str, patients: dict[str, Patient]) -> None:
    """In at least one of its sentences, as a reply would be stopped."""
    patient = patients[name]
    for fact in patient.persona.facts:
        if not fact.guarded:
            continue
        for text in getattr(fact, rendering):
            parts = sentences(text)
            faults = [vet(patient).fault_in(s, " ".join(parts[:at])) for at, s in enumerate(parts)]
            assert Fault.SHUT in faults, text


@pytest.mark.parametrize("name", NAMES)
def test_talk_near_a_secret_passes(name: str, patients: dict[str, Patient]) -> None:
    """Thirty sentences with the same words in them and no secret; at most two are taken for one."""
    look = vet(patients[name])
    refused = [(text, seen) for text in NO_SECRET[name] if (seen := look.fault_in(text))]
    assert len(refused) <= 2, refused


def test_a_long_meeting_makes_no_secret_free(patients: dict[str, Patient]) -> None:
    """Words said one by one, in other places, do not add up to leave."""
    said = (
        "I park round the back as a rule.", "Work's busy.", "I've the van for work and an estate for the family.", "I sit down to my tea at six.",
        "The door sticks.", "I can't open a jar.", "Ten minutes, it takes.", "Mornings I let the dog out.", "I got out of the army cadets.", "Outside it's all houses.",
    )  # fmt: skip
    stopped = caught(patients["andrew"], TOLD_IN_OTHER_WORDS["andrew"]["van"], said=said)
    assert len(stopped) >= 8


def test_what_the_patient_said_in_one_breath_may_be_said_again_but_a_guess_is_not_confirmed(
    patients: dict[str, Patient],
) -> None:
    """The learner may have guessed; that opens no gate."""
    text = "I sit in my van before work and can't go in."
    assert vet(patients["andrew"]).fault_in(text) is Fault.SHUT
    assert vet(patients["andrew"], said=(text,)).fault_in(text) is None
    assert (
        vet(patients["andrew"], heard="Do you sit in your van before work and can't go in?").fault_in(text)
        is Fault.SHUT
    )


def test_a_hint_opens_the_hint_and_no_more(patients: dict[str, Patient]) -> None:
    """What comes after it stays shut."""
    look = vet(patients["andrew"], memory=Memory(hints=("van",)))
    assert look.fault_in("Mornings are... yeah.") is None
    assert look.fault_in("I sit outside work and can't get out of the van.") is Fault.SHUT


def test_a_fact_that_is_partly_told_is_not_told_in_full(patients: dict[str, Patient]) -> None:
    """The deadline, but not what it is like to lie awake over it."""
    look = vet(patients["maggie"], memory=Memory(told=(("shouted", Rendering.PARTIAL),)))
    assert look.fault_in("There was a thing in September, with a trainee.") is None
    assert look.fault_in("I shouted at Ellie over a hazelnut label and my initials were on it.") is Fault.SHUT


TOLD = {
    "andrew": Memory(told=tuple((f, Rendering.FULL) for f in ("wife_urged", "others_know", "sleep_chest", "weak_men", "van", "regret"))),
    "maggie": Memory(told=tuple((f, Rendering.FULL) for f in ("therapy_useless", "told_in_twenty", "hr_letter", "alone", "ultimatum", "shouted", "blamed_child"))),
}  # fmt: skip
OTHER_NUMBERS = {
    "andrew": [
        "I had a brother, Neil, nine years older.", "It's been seven years since Neil rang.", "I'm up at five o'clock with a band round my chest.", "I sit in the van forty minutes.",
        "There's twelve blokes and a kettle at our place.",
    ],
    "maggie": [
        "HR gave me six weeks.", "She told me what was wrong with me in forty minutes.", "Ellie's nineteen, the one I shouted at.", "I was six when the greenhouse got smashed.", "I got four weeks in my room for the greenhouse.",
    ],
}  # fmt: skip
DENIALS = {
    "andrew": [
        "There was never any trouble with the van.", "I don't have a brother.", "I never said my chest goes tight.", "My chest doesn't go tight.", "Dad never said a word about weak men.",
    ],
    "maggie": [
        "There's no letter.", "I never shouted at Ellie.", "There isn't a deadline at Christmas.", "The greenhouse never happened.", "I didn't get the blame for the greenhouse.",
    ],
}  # fmt: skip
NO_CONTRADICTION = {
    "andrew": [
        "I've nobody to ring on a Thursday now.", "I can't remember what Neil wanted.", "I never told Helen about the van.", "Six blokes, and not one of them noticed.", "It's two years since Neil.",
        "I don't sleep, so I hear the birds.", "No, my dad didn't say it nastily.", "I've had three good nights.", "I told two customers it was traffic.",
    ],
    "maggie": [
        "Twelve weeks, and I've used one.", "I've not said sorry to Ellie yet.", "Nobody asked me about the greenhouse.", "Josh never raises his voice.", "Ellie's twenty-two.",
        "I've got two brothers.", "It's three weeks since I slept properly.", "I don't know what I'd do without the job.", "I never found out who told them.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_another_number_contradicts_what_was_told(name: str, patients: dict[str, Patient]) -> None:
    """For the same thing of the same fact."""
    look = vet(patients[name], memory=TOLD[name])
    missed = [text for text in OTHER_NUMBERS[name] if look.fault_in(text) is not Fault.CONTRADICTS]
    assert not missed


@pytest.mark.parametrize("name", NAMES)
def test_a_denial_contradicts_what_was_told(name: str, patients: dict[str, Patient]) -> None:
    """A plain no to it."""
    look = vet(patients[name], memory=TOLD[name])
    missed = [text for text in DENIALS[name] if look.fault_in(text) is not Fault.CONTRADICTS]
    assert not missed


@pytest.mark.parametrize("name", NAMES)
def test_going_on_about_what_was_told_contradicts_nothing(name: str, patients: dict[str, Patient]) -> None:
    """Other things have other numbers, and a no may agree."""
    look = vet(patients[name], memory=TOLD[name])
    assert [(text, seen) for text in NO_CONTRADICTION[name] if (seen := look.fault_in(text))] == []


def test_a_long_sentence_may_not_come_twice_and_a_short_one_may(patients: dict[str, Patient]) -> None:
    """Whatever the marks and capitals."""
    look = vet(patients["andrew"], memory=Memory(spoken=(("I make stairs, out of wood.", "Yeah.", "If you say so."),)))
    for again in ("I make stairs, out of wood.", "I make stairs out of wood!", "i make stairs... out of wood"):
        assert look.fault_in(again) is Fault.REPEATS
    for fresh in ("Yeah.", "If you say so.", "I make stairs, out of oak.", "Stairs."):
        assert look.fault_in(fresh) is None


def test_a_reply_may_run_over_its_band_and_not_far(patients: dict[str, Patient]) -> None:
    """One and a half times and a little."""
    look = vet(patients["andrew"], intent=intent(length=(3, 15)))
    assert look.fault_in(" ".join(["oak"] * 32)) is None
    assert look.fault_in(" ".join(["oak"] * 33)) is Fault.LONG
    assert look.fault_in(" ".join(["oak"] * 13), " ".join(["ash"] * 20)) is Fault.LONG
    assert look.fault_in(" ".join(["oak"] * 32) + " (looks away)") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_instructions_are_not_recited(name: str, patients: dict[str, Patient]) -> None:
    """Nine words of them in a row are; a patient's own are not."""
    rules = (
        "Only the words they say now, three to fifteen words. No quotation marks around them, no name in front, no second speaker. "
        "A person talking: short, concrete, uneven. No lists, no headings, no emphasis, no emoji."
    )
    look = vet(patients[name], told_to_model=rules)
    assert look.fault_in("Only the words they say now, three to fifteen words.") is Fault.RECITES
    assert (
        look.fault_in("It says no quotation marks around them, no name in front, no second speaker.") is Fault.RECITES
    )
    for own in ("No lists, you said.", "Only the words, then.", "A person talking, that's all I am."):
        assert look.fault_in(own) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_is_vetted_in_no_time(name: str, patients: dict[str, Patient]) -> None:
    """Of the five milliseconds the engine may add to a first sentence, vetting takes a small part; hostile text too."""
    look = vet(
        patients[name], said=tuple(f"I've said this before, number {n}, about work and home." for n in range(60))
    )
    look.fault_in("Warm up the words.")
    for text in (
        "I sit in the van and I can't go in to work.",
        "It's not my fault.",
        "a" * 4000,
        "(" * 2000,
        "'" * 2000,
        "** " * 800,
        "it sounds " * 500,
    ):
        begun = time.process_time()
        look.fault_in(text)
        assert time.process_time() - begun < 0.25

"""What the patient is about to do. Pure: the same inputs give the same intent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from simpatient.patient.aspects import finer, suits
from simpatient.patient.clauses import stem, words_in
from simpatient.patient.coverage import telling_words
from simpatient.patient.disclosure import QUESTIONS, Gate, Room, choose, gates
from simpatient.patient.dynamics import LEAVES_AT, MOVING, WARNS_AT, Effect, Reckoning
from simpatient.patient.hearing import DEEPER, HOSTILE, IN_PASSING, Heard
from simpatient.patient.index import TRUSTED, index_of
from simpatient.patient.meant import LOOSE, asked_after, continuation, in_hand, unsaid
from simpatient.patient.memory import Memory
from simpatient.patient.occasions import occasion_of, parted
from simpatient.patient.plainly import MATTER_OF_FACT, PLAINLY
from simpatient.persona import Persona
from simpatient.words import (
    Appraisal,
    Ending,
    Intent,
    Level,
    Move,
    NextAppointment,
    PatientState,
    PromiseStatus,
    Rendering,
    RuptureStyle,
    Stance,
    Tag,
    Telling,
)

RUPTURED_UNTIL_LEAVING = 8
HOPE_TO_BOOK = 0.45
HOSTILE_LIMIT = 2
"""Insults or harassment after which play stops; the first draws one answer in character."""
GRAVE = 2
"""Severity from which a harm keeps new facts shut for this reply."""
OWN_ANSWER = frozenset({
    "confirm", "permission", "plan", "offer", "how_are_you", "name", "understand", "choice", "feedback", "questions",
    "agenda", "feeling", "apology", "seat", "riddle", "opinion", "come_back", "late", "challenge", "disbelief", "comfortable",
})  # fmt: skip
"""Kinds that are answered as such, whatever the topic."""
TYPED = frozenset(
    {"how_many", "how_old", "how_much", "how_long", "how_often", "when", "who", "where", "which", "what_said", "yes_no"}
)
"""Questions that want a certain kind of answer: a number, a time, a person, a yes."""
SHORT = frozenset({
    "permission", "plan", "offer", "seat", "name", "how_are_you", "late", "comfortable", "opinion", "come_back", "challenge", "riddle",
})  # fmt: skip
"""Kinds that are answered before anything is told."""
SOCIAL = frozenset(
    {"thanks", "weather", "joke", "compliment", "about_learner", "greeting", "nervous", "impatient", "wait", "playful"}
)
"""Kinds of remark that get a remark back."""
LEAVES_ROOM = frozenset({
    "rules", "plan", "offer", "greeting", "nod", "feedback", "questions", "seat", "bye",
    "confidentiality", "transparency", "invite_questions", "planning", "autonomy", "shared_decision", "plain_language", "backchannel",
})  # fmt: skip
"""Kinds of remark, and behaviours, after which a patient can bring up something of their own."""
LIGHT = frozenset({"playful", "joke", "apology", "thanks", "weather", "wait", "riddle", "compliment", "clarify"})
"""Kinds of remark after which nothing is told that they do not name."""
_OWN_LINES = frozenset(
    {
        "suppose",
        "would_say",
        "wish",
        "what_said",
        "when",
        "who",
        "how_many",
        "how_old",
        "how_much",
        "how_long",
        "how_often",
    }
)
"""Kinds of question that a shut door about the topic is no answer to."""
_PLAINLY = frozenset(PLAINLY)
_DENIABLE = frozenset({"habit", "liking", "has_one", "ever", "able"})
"""Plain questions that a bare no answers, unless the patient has something to say of just that."""
BESIDE = frozenset({"suppose", "would_say", "wish", "knows"})
"""Kinds of question that something not told yet is no answer to, whatever topic they touch."""
_ANYBODY = re.compile(
    r"\b(?:would|might|could)\b.*\b(?:say|said|think|thought|make|made)\b|\b(?:is|are|was|were|have you|do you have|got) (?:there )?(?:any|some|no)(?:body|one)\b"
)
_FREE_STANDING = re.compile(r"[.!?]\W+\w.*[.!?]\W+\w", re.DOTALL)
"""Three sentences or more, in which something taken for granted is said by the way."""
SAID_TO_THEM = frozenset({"rules", "clarify", "guess", "alike"})
"""Kinds of remark that are answered as such when nothing else is read in them."""
SIMPLE = 2
"""Telling words up to which a question about a topic leaves it to the patient what to tell of it."""
ABOUT_THEMSELVES = frozenset({"nervous", "wait"})
"""Kinds of remark that are about the learner, whatever words of the patient's they use."""
BETWEEN_US = frozenset({"opinion", "come_back", "challenge", "permission", "feedback", "plan", "questions"})
"""Kinds of question about this meeting, whatever else they name."""
HEARS_OUT = 8
"""Exchanges for which a concern of the patient's own waits while the learner takes something in."""
TAKES_IN = ("reflect_simple", "reflect_complex", "empathy", "validation", "cue_response")
"""Behaviours that are about what the patient has just said."""
OF_THE_END = frozenset({"feedback", "plan", "come_back", "bye", "questions"})
"""Kinds of question that look back on the meeting or on to the next; nothing new is unloaded in answer."""
PLAIN = frozenset({"name", "age", "job", "since", "when", "where", "often", "many", "has", "who"})
"""What can be asked of a person or thing that is a matter of fact."""
UNDERSTANDING = (
    "reflect_complex", "active_listening", "empathy", "cue_response", "validation", "normalising", "confidentiality",
    "autonomy", "nonjudgement", "repair", "transparency", "admit_unknown",
)  # fmt: skip
"""Behaviours that, done well, let a patient go on of their own accord."""


_CHANGES = {
    ("trust", True): "trusts you a little more",
    ("trust", False): "trusts you less",
    ("anxiety", True): "more on edge",
    ("anxiety", False): "a little less on edge",
    ("defensiveness", True): "stung, and on guard",
    ("defensiveness", False): "less on guard",
    ("hope", True): "a bit more hopeful that this helps",
    ("hope", False): "less hopeful that this helps",
}
BETTER_UP = frozenset({"trust", "hope"})
"""What is better for being more."""
CLEAR_CHANGE = 0.03
"""Change by one message, of 0..1, from which it is told to a chat model."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The intent with the gates it was decided by."""

    intent: Intent
    gates: tuple[Gate, ...]


def decide(
    reckoning: Reckoning,
    appraisal: Appraisal,
    heard: Heard,
    persona: Persona,
    memory: Memory,
    exchange: int,
) -> Decision:
    """What the patient does in answer to a message.

    Args:
        reckoning: how the message moved the patient; the present effect counts before gating.
        appraisal: the codes read in it.
        heard: what it asks, in content.
        persona: who answers.
        memory: what was said before.
        exchange: 1-based number of this exchange.
    """
    state = reckoning.after
    found = gates(state, appraisal, persona, memory, heard.topics)
    base = _base(reckoning, appraisal, heard, persona, found, memory)
    intent = (
        _ending(base, reckoning, appraisal, heard, persona, memory, exchange)
        or occasion_of(base, reckoning, heard, persona, memory, exchange)
        or _strained(base, reckoning, heard)
        or _content(base, reckoning, appraisal, heard, persona, memory, found, exchange)
    )
    return Decision(intent=parted(intent, memory), gates=found)


def next_appointment(state: PatientState, memory: Memory) -> NextAppointment:
    """How the patient would leave it now (clinical section 3.8)."""
    if memory.refers:
        return NextAppointment.ELSEWHERE
    on_the_table = memory.planned or any(p.status is PromiseStatus.OPEN for p in memory.promises)
    if state.rupture is None and state.stance >= Stance.WARMING and state.hope >= HOPE_TO_BOOK and on_the_table:
        return NextAppointment.ASKS
    if state.stance >= Stance.TESTING:
        return NextAppointment.THINKS_ABOUT_IT
    return NextAppointment.DOES_NOT_BOOK


def changes_in_words(before: PatientState, after: PatientState) -> tuple[str, ...]:
    """The two strongest changes of an exchange in words, strongest first; never a number."""
    moved = [(after.value(name) - before.value(name), name) for name in MOVING]
    strong = sorted((m for m in moved if abs(m[0]) >= 0.02), key=lambda m: -abs(m[0]))[:2]
    return tuple(_CHANGES[name, delta > 0] for delta, name in strong)


def stirred(reckoning: Reckoning) -> tuple[str, ...]:
    """What this message itself stirred, in the words of `changes_in_words`; empty when it was little. Pure.

    What comes home by itself is no answer to a message, and neither is an easing in a message that hurt or under a
    mood that fell.
    """
    before, after = reckoning.before, reckoning.after
    drift = {change.variable: change.drift for change in reckoning.changes}
    by_message = {name: after.value(name) - before.value(name) - drift.get(name, 0.0) for name in MOVING}
    strained = reckoning.harm > 0 or after.rupture is not None or after.stance < before.stance
    kinder = {name: (delta > 0) is (name in BETTER_UP) for name, delta in by_message.items()}
    clear = [name for name in MOVING if abs(by_message[name]) >= CLEAR_CHANGE and not (strained and kinder[name])]
    if not clear:
        return ()
    clear.sort(key=lambda name: -abs(by_message[name]))
    one_way = [name for name in clear if kinder[name] is kinder[clear[0]]][:2]
    return tuple(_CHANGES[name, by_message[name] > 0] for name in one_way)


def _base(
    reckoning: Reckoning,
    appraisal: Appraisal,
    heard: Heard,
    persona: Persona,
    found: tuple[Gate, ...],
    memory: Memory,
) -> Intent:
    """The parts that every intent of this exchange shares."""
    state = reckoning.after
    length = persona.voice.length_at(state.stance)
    weightiest = max(reckoning.effects, key=lambda effect: (effect.harm, effect.strength), default=None)
    sorry_for_nothing = weightiest is not None and weightiest.read_as == "repair" and "apology" not in heard.asked
    shut = {gate.fact.topic for gate in found if gate.rendering < Rendering.PARTIAL}
    told = {persona.fact(fact).topic for fact in memory.known}
    return Intent(
        stance=state.stance,
        move=Move.REACT,
        reacts_to=weightiest.read_as if weightiest else None,
        reacts_level=_noticed(weightiest, appraisal, heard) if weightiest and not sorry_for_nothing else 0,
        change=stirred(reckoning),
        topic=heard.topics[0] if heard.topics else memory.topic,
        withholds=tuple(sorted(shut - told)),
        length=(length.least, length.most) if length else (3, 15),
        nonverbal=len(memory.spoken) % 2 == 1 or reckoning.harm >= GRAVE,
    )


def _noticed(weightiest: Effect, appraisal: Appraisal, heard: Heard) -> Level:
    """How plainly the patient notices how it was said: hardly, when the learner only asked a question that way."""
    if weightiest.harm or not heard.questions:
        return weightiest.level
    quoted = [span.quote.lower() for span in appraisal.codes if span.code == weightiest.read_as]
    within = all(any(quote[:24] in one.clause.text for one in heard.questions) for quote in quoted)
    return weightiest.level if heard.telling and not within else 0


def _ending(
    base: Intent,
    reckoning: Reckoning,
    appraisal: Appraisal,
    heard: Heard,
    persona: Persona,
    memory: Memory,
    exchange: int,
) -> Intent | None:
    state = reckoning.after
    leaving = replace(base, move=Move.LEAVE, next_appointment=NextAppointment.DOES_NOT_BOOK)
    if state.exit_pressure >= LEAVES_AT and memory.warned:
        return replace(leaving, ending=Ending.WALKED_OUT)
    withdrawn = state.rupture is not None and state.rupture.style is RuptureStyle.WITHDRAWAL
    if withdrawn and state.ruptured_for >= RUPTURED_UNTIL_LEAVING:
        return replace(leaving, ending=Ending.LEFT_POLITELY)
    if state.exit_pressure >= WARNS_AT and not memory.warned:
        return replace(base, stance=max(base.stance, Stance.RUPTURED), move=Move.WARN, plants=(Tag.RUPTURE,))
    outcome = next_appointment(state, memory)
    parts = appraisal.closing == "farewell" or "bye" in heard.asked
    leaves = parts and not heard.only_speaks_of_leaving and not _odd(heard, appraisal)
    if leaves and exchange > 1 and (not heard.question or "come_back" in heard.asked):
        return replace(base, move=Move.CLOSE, next_appointment=outcome, ending=Ending.CLOSED, plants=(Tag.CLOSING,))
    if exchange >= persona.card.exchange_limit:
        return replace(base, move=Move.CLOSE, next_appointment=outcome, ending=Ending.TIME, plants=(Tag.CLOSING,))
    ready = outcome is NextAppointment.ASKS and reckoning.harm == 0 and Tag.CLOSING not in memory.planted
    if appraisal.closing == "winding_down" and ready:
        return replace(base, move=Move.CLOSE, next_appointment=outcome, plants=(Tag.CLOSING,))
    return None


def _odd(heard: Heard, appraisal: Appraisal) -> bool:
    """Whether nobody in the patient's place could make sense of it: talk to machinery, another language, no words."""
    odd = {"meta", "foreign", "nonsense", "empty"} & set(heard.asked)
    return bool((odd and not appraisal.codes) or "meta" in odd or appraisal.off_task)


def _strained(base: Intent, reckoning: Reckoning, heard: Heard) -> Intent | None:
    state = reckoning.after
    if not HOSTILE.isdisjoint(heard.asked):
        return replace(base, move=Move.RUPTURE, plants=(Tag.RUPTURE,))
    if state.rupture and (reckoning.before.rupture is None) and not heard.risk:
        return replace(base, move=Move.RUPTURE, plants=(Tag.RUPTURE,))
    if state.stance is Stance.RUPTURED and not heard.risk:
        return replace(base, move=Move.SHUT, plants=(Tag.RUPTURE,))
    return None


def _content(
    base: Intent,
    reckoning: Reckoning,
    appraisal: Appraisal,
    heard: Heard,
    persona: Persona,
    memory: Memory,
    found: tuple[Gate, ...],
    exchange: int,
) -> Intent:
    """What is said when nothing ends or strains the meeting, most pressing first."""
    if _odd(heard, appraisal):
        return replace(base, move=Move.PUZZLED)
    if heard.risk and heard.question:
        return replace(base, move=Move.LIFE, life="risk")
    if heard.tells_riddle or (_about_themselves(heard) and not reckoning.harm):
        return replace(base, move=Move.ANSWER)
    if exchange == 1 and "greeting" in heard.asked and not (heard.question or heard.life or reckoning.harm):
        return replace(base, move=Move.GREET)
    claimed = _claimed(base, heard, reckoning, appraisal, persona)
    if claimed is not None:
        return claimed
    telling = _telling(reckoning, appraisal, heard, memory, found)
    if telling is not None and not _of_its_kind(telling, heard, persona):
        telling = None
    told = telling is not None and telling.rendering > Rendering.HINT
    if "nod" in heard.asked and continuation(in_hand(memory), heard) is None:
        return replace(base, move=Move.ANSWER)
    goes_on = _goes_on(base, heard, memory, appraisal)
    remark = not heard.question and _helped(appraisal)
    deeper = goes_on and heard.question and bool(memory.thread) and not DEEPER.isdisjoint(heard.asked[:2])
    bare = goes_on and bool(memory.thread) and not memory.last_life and _bare(heard)
    small = _small(base, heard, persona, memory, goes_on=goes_on)
    onward = small is not None and _onward(small, persona)
    if (onward and told and (not heard.question or _helped(appraisal))) or (not onward and (remark or deeper or bare)):
        small = None
    concerned = heard.asked_topics if heard.question else heard.topics
    confided = told and telling is not None and telling.topic in concerned
    if confided and telling is not None and heard.questions:
        confided = "yes_no" not in heard.questions[-1].asked or persona.fact(telling.fact).topic_is_key
    guessed = bool(heard.questions) and heard.questions[-1].sure < TRUSTED
    beside = telling is not None and small is not None and small.topic != telling.topic and not guessed
    if small is not None and (_plain(small) or not confided or beside):
        return small
    begun = telling is not None and told and _just_begun(base, heard, memory, telling, persona)
    if telling is not None and told and not begun and not _wants_short_answer(heard):
        return _tell(base, telling, persona)
    if goes_on or begun:
        return replace(base, move=Move.FOLLOW, topic=memory.topic)
    if telling is not None and not _wants_short_answer(heard):
        return _tell(base, telling, persona)
    planted = _planted(base, reckoning, appraisal, heard, persona, memory, exchange)
    social = (
        not heard.question
        and not (SOCIAL | {"apology", "clarify"}).isdisjoint(heard.asked)
        and "thanks" not in heard.asked
    )
    if planted is not None and not social and (not heard.question or "questions" in heard.asked):
        return planted
    return _answer(base, reckoning, appraisal, heard, memory, persona)


def _goes_on(base: Intent, heard: Heard, memory: Memory, appraisal: Appraisal) -> bool:
    """Whether there is more to say of what is in hand, and the message asks for it or, understanding it, leaves room."""
    if heard.follows and continuation(unsaid(memory), heard, told=not memory.last_life) is not None:
        return True
    if base.stance < Stance.TESTING or not memory.thread or continuation(in_hand(memory), heard) is None:
        return False
    elsewhere = heard.asked_topics if heard.question else heard.topics
    if elsewhere and memory.topic not in elsewhere:
        return False
    if heard.question:
        last = heard.questions[-1].asked if heard.questions else heard.asked
        return not (DEEPER | LOOSE | {"echo"}).isdisjoint(last)
    return base.stance >= Stance.WARMING and any(appraisal.level_of(code) >= GRAVE for code in TAKES_IN)


def _just_begun(base: Intent, heard: Heard, memory: Memory, telling: Telling, persona: Persona) -> bool:
    """Whether something else was told in the last reply, and the learner stays with it."""
    if not memory.told or heard.question or telling.topic in heard.topics or base.stance < Stance.TESTING:
        return False
    fact, rendering = memory.told[-1]
    more = next((then for word, then in persona.fact(fact).more.items() if word == rendering.word), ())
    return fact != telling.fact and bool(more) and memory.thread == more and bool(in_hand(memory))


def _telling(
    reckoning: Reckoning, appraisal: Appraisal, heard: Heard, memory: Memory, found: tuple[Gate, ...]
) -> Telling | None:
    """The fact to tell, if the message gives a reason to tell one.

    What was touched may be told; the rest only to an open invitation, or to words that showed understanding.
    """
    if reckoning.harm >= GRAVE:
        return None
    understood = any(appraisal.level_of(code) >= GRAVE for code in UNDERSTANDING)
    named = () if "agenda" in heard.asked else _named(heard)
    if not OF_THE_END.isdisjoint(heard.asked) or appraisal.closing != "no":
        return choose(found, memory, named, Room.NONE) if named else None
    beside = "compliment" in heard.asked or heard.of_learner
    if not heard.question and beside and not understood:
        return None
    if not heard.question and not LIGHT.isdisjoint(heard.asked):
        return choose(found, memory, named, Room.NONE) if named else None
    if heard.free and heard.question:
        return choose(found, memory, named, Room.INVITED)
    telling = choose(found, memory, named, Room.UNDERSTOOD if understood and not heard.question else Room.NONE)
    unasked = telling is not None and telling.topic not in named and telling.topic != memory.topic
    return None if unasked and telling is not None and telling.rendering is Rendering.HINT else telling


def _named(heard: Heard) -> tuple[str, ...]:
    """Topics that the message is about: those of its question, if it asks one of its own."""
    last = heard.questions[-1] if heard.questions else None
    if heard.question and not heard.free and "about_learner" in heard.asked:
        return heard.asked_topics
    if not heard.question or last is None or heard.free or len(telling_words(last.clause)) < SIMPLE:
        return heard.topics
    return heard.asked_topics


def _of_its_kind(telling: Telling, heard: Heard, persona: Persona) -> bool:
    """Whether what would be told is what the last question wants: a time, a number, a place, a person, a reason."""
    last = heard.questions[-1] if heard.questions else None
    if last is not None and "choice" in last.asked and not heard.free and telling.topic not in heard.asked_topics:
        return False
    closed = last is not None and {"inner", "yes_no"} <= set(last.asked) and not heard.free
    if (
        closed
        and last is not None
        and (not persona.fact(telling.fact).topic_is_key or len(last.clause.words) <= SIMPLE + 2)
    ):
        return False
    if last is not None and "choice" in last.asked and telling.rendering is Rendering.HINT:
        return False
    by_the_way = telling.rendering is Rendering.HINT or telling.topic not in heard.asked_topics
    if last is not None and by_the_way and not heard.free and not _PLAINLY.isdisjoint(last.asked):
        return False
    if last is not None and (not BESIDE.isdisjoint(last.asked) or _ANYBODY.search(last.clause.text)) and not heard.free:
        return False
    if last is None or (heard.free and telling.topic not in heard.asked_topics):
        return True
    wanted = finer(last.asked, last.clause.text)
    certain = wanted or not {"yes_no", "choice", "which"}.isdisjoint(last.asked)
    if certain and heard.asked_topics and telling.topic not in heard.asked_topics:
        return False
    said = getattr(persona.fact(telling.fact), telling.rendering.word)
    asks = set(telling_words(last.clause))
    unsaid = asks.isdisjoint(stem(word) for text in said for word in words_in(text))
    if not heard.free and unsaid and DEEPER.isdisjoint(last.asked):
        if "yes_no" in last.asked and len(asks) > 1 and not persona.fact(telling.fact).topic_is_key:
            return False
        if persona.fact(telling.fact).guarded and asks and telling.topic not in heard.asked_topics:
            return False
    return not wanted or wanted == "why" or all(suits(wanted, text) for text in said)


def _tell(base: Intent, telling: Telling, persona: Persona) -> Intent:
    fact = persona.fact(telling.fact)
    tags = fact.hint_tags if telling.rendering is Rendering.HINT else fact.tags
    return replace(base, move=Move.TELL, tells=telling, topic=telling.topic, plants=tags)


def _small(base: Intent, heard: Heard, persona: Persona, memory: Memory, *, goes_on: bool) -> Intent | None:
    """The plain answer to a plain question, unless the learner leaves the subject open or asks to go on."""
    index = index_of(persona)
    last = heard.questions[-1] if heard.questions else None
    between_us = last is not None and not BETWEEN_US.isdisjoint(last.asked)
    if last is not None and "challenge" in last.asked and last.sure >= index.named:
        between_us = False
    if "agenda" in heard.asked or between_us:
        return None
    wanted = [one for one in asked_after(heard, memory, index) if not (goes_on and one == memory.last_life)]
    named = any(one.sure >= index.named for one in heard.questions) or any(index.smalls[one].follows for one in wanted)
    if goes_on and _loose(heard) and not named:
        return None
    if not wanted:
        return None
    topic = index.smalls[wanted[-1]].topic
    return replace(base, move=Move.LIFE, life=wanted[0], life_too=wanted[1] if len(wanted) > 1 else None, topic=topic)


def _onward(small: Intent, persona: Persona) -> bool:
    """Whether a plain answer is one to a follow-up."""
    smalls = index_of(persona).smalls
    return any(one is not None and smalls[one].follows for one in (small.life, small.life_too))


def _claimed(base: Intent, heard: Heard, reckoning: Reckoning, appraisal: Appraisal, persona: Persona) -> Intent | None:
    """The plain fact, where something wrong was taken for granted, or something right and nothing else was said."""
    claim = heard.claim
    if claim is None or reckoning.harm >= GRAVE:
        return None
    alone = len(heard.questions) <= 1 and not _FREE_STANDING.search(heard.text)
    if claim.right and (_helped(appraisal) or not alone):
        return None
    if not claim.right and heard.questions and not alone and heard.questions[-1].life:
        return None
    return replace(base, move=Move.LIFE, life=claim.life, topic=index_of(persona).smalls[claim.life].topic)


def _bare(heard: Heard) -> bool:
    """Whether the question says nothing of itself: since when, who, how often."""
    return len(heard.questions) == 1 and not set(telling_words(heard.questions[0].clause)) - {"since"}


def _about_themselves(heard: Heard) -> bool:
    """Whether the learner only speaks of themselves."""
    kinds = set(heard.asked)
    return not heard.question and bool(ABOUT_THEMSELVES & kinds or ("about_learner" in kinds and not heard.to_patient))


def _helped(appraisal: Appraisal) -> bool:
    """Whether the learner did something for the patient, beside asking and answering in time."""
    return any(level >= 2 for code, level in appraisal.levels().items() if code not in QUESTIONS | {"timely_response"})


def _plain(small: Intent) -> bool:
    """Whether a plain matter of fact was asked, which no confidence is an answer to."""
    return any(PLAIN & {(one or "").partition(".")[2]} for one in (small.life, small.life_too))


def _loose(heard: Heard) -> bool:
    """Whether the message only asks to go on."""
    kinds = set(heard.asked)
    return bool(LOOSE & kinds) and not TYPED & kinds


def _wants_short_answer(heard: Heard) -> bool:
    kinds = heard.questions[-1].asked if heard.questions else heard.asked
    return not SHORT.isdisjoint(kinds)


def _planted(
    base: Intent,
    reckoning: Reckoning,
    appraisal: Appraisal,
    heard: Heard,
    persona: Persona,
    memory: Memory,
    exchange: int,
) -> Intent | None:
    """A concern, complaint or test that the author wants raised by now, if the stance allows it."""
    if reckoning.harm or heard.follows or "invite" in heard.asked:
        return None
    if any(appraisal.level_of(code) >= GRAVE for code in TAKES_IN) or not {"guess", "alike"}.isdisjoint(heard.asked):
        return None
    speaks_of_other = (
        not LEAVES_ROOM.isdisjoint((*heard.asked, *appraisal.levels()))
        or heard.of_learner
        or (not heard.to_patient and len(heard.content) > SIMPLE)
    )
    waits = 0 if speaks_of_other and not _confiding(persona, memory) else HEARS_OUT
    for plant in persona.teaching.plant:
        due = plant.at + waits <= exchange and plant.tag not in memory.planted
        if due and reckoning.after.stance >= Stance.GUARDED:
            move = Move.COMPLAIN if plant.tag in (Tag.COMPLAINT, Tag.PUSHBACK) else Move.ASK
            return replace(base, move=move, plants=(plant.tag,), topic=plant.topic or base.topic)
    return None


def _confiding(persona: Persona, memory: Memory) -> bool:
    """Whether the patient is in the middle of something that is hard to say."""
    return bool(memory.thread) and any(persona.fact(fact).guarded for fact, _ in memory.told[-1:])


def _answer(
    base: Intent, reckoning: Reckoning, appraisal: Appraisal, heard: Heard, memory: Memory, persona: Persona
) -> Intent:
    """A reply without a fact: to the kind of thing that was said, about the topic touched, or to how it was said."""
    kinds = set(heard.asked)
    touched = next(iter(_named(heard)), None)
    if any(fact not in memory.known for fact in heard.kept):
        return replace(base, move=Move.DEFLECT, topic=touched)
    denied = bool(heard.questions) and not _DENIABLE.isdisjoint(heard.questions[-1].asked)
    if denied and touched in {persona.fact(fact).topic for fact, _ in memory.told}:
        return replace(base, move=Move.ELABORATE, topic=touched)
    own = kinds & OWN_ANSWER - (IN_PASSING if heard.question else frozenset())
    if own or heard.follows:
        return replace(base, move=Move.ANSWER)
    asked = heard.questions[-1] if heard.questions else None
    if asked is not None and not _DENIABLE.isdisjoint(asked.asked) and not DEEPER & kinds:
        index = index_of(persona)
        told = index.mentioning(asked.clause)
        if told:
            return replace(base, move=Move.LIFE, life=told, topic=index.smalls[told].topic)
    if heard.question and touched is not None:
        guarded = reckoning.after.stance <= Stance.TESTING
        plain = heard.questions and not MATTER_OF_FACT.isdisjoint(heard.questions[-1].asked)
        plain = plain or not _OWN_LINES.isdisjoint(kinds)
        if touched in base.withholds and guarded and not plain:
            return replace(base, move=Move.DEFLECT, topic=touched)
        simple = asked is None or len(telling_words(asked.clause)) <= SIMPLE
        beside = touched not in heard.asked_topics or (asked is not None and len(telling_words(asked.clause)) > 1)
        reason = "why" in kinds and not heard.follows and asked is not None and beside
        if simple and not reason and not plain and touched in heard.asked_topics and not kinds & (TYPED | DEEPER):
            return replace(base, move=Move.ELABORATE, topic=touched)
    if heard.question:
        return replace(base, move=Move.ANSWER)
    if "greeting" in kinds and not reckoning.harm and len(memory.spoken) <= 2:
        return replace(base, move=Move.GREET)
    said_no_more = "thanks" in kinds and len(heard.content) <= SIMPLE
    if kinds & SOCIAL and reckoning.harm < GRAVE and (said_no_more or not _helped(appraisal)):
        return replace(base, move=Move.ANSWER)
    if kinds & SAID_TO_THEM and base.reacts_level < GRAVE and reckoning.harm < GRAVE:
        return replace(base, move=Move.ANSWER)
    return replace(base, move=Move.REACT, topic=touched or memory.topic)

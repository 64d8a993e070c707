"""What a chat model is told before it speaks for the patient. Pure: the same scene gives the same prompt.

Nothing that stands behind a closed gate is in it: facts only in the rendering that is allowed or was told, passages
that give a fact away only once that fact is known, topics that are kept shut by their name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from simpatient.appraisal import in_full, to_patient
from simpatient.llm import Message, Request
from simpatient.llm.prompting import fenced, filled, prompt, sections
from simpatient.patient.hearing import Heard
from simpatient.patient.index import index_of
from simpatient.patient.memory import Memory
from simpatient.patient.once import once
from simpatient.persona import Line, Patient, Persona
from simpatient.words import Channel, FactId, Intent, Move, Occasion, PatientTurn, Rendering, RuptureStyle, Stance

HERE = "simpatient.patient"
KEPT = 10
"""Exchanges that stand word for word in the prompt; what came before is told in short."""
SAMPLES = 7
"""Authored lines shown for the sound of the voice."""
LONGEST_SAID = 1500
"""Characters of an earlier learner message that stay in the prompt."""
LONGEST_PROMISE = 240
"""Characters of a sentence in which something was undertaken."""
TOLD_SHORT = 12
"""Topics and promises told of the time before; more would let the prompt grow with the meeting."""
TOKENS_A_WORD = 3
"""Tokens allowed for each word of the longest reply; generous, for it is a net, not the length."""
STRAINED = frozenset({Move.RUPTURE, Move.SHUT, Move.WARN, Move.LEAVE, Move.PUZZLED})
"""Moves whose mood says all; a change beside them would only blur it."""
BRIEF = frozenset({Move.DENY, Move.UNSURE, Move.PUZZLED, Move.DEFLECT, Move.LIFE})
"""Moves that need few words on any rung."""
BRIEF_LEAST = 5
BRIEF_MOST = 40
"""Words that will do for them, where the rung has more."""
WITHIN = frozenset({Move.TELL, Move.ANSWER, Move.REACT, Move.FOLLOW, Move.ELABORATE})
"""Moves that add nothing to what is known: half the words of the rung will do, or something would be made up."""
FREELY = frozenset({Move.ANSWER, Move.REACT})
"""Moves that are told otherwise to somebody who has begun to talk."""
NEAR = 14
"""Small facts told with one message: those it may touch."""
SEEN = frozenset({Channel.IN_PERSON, Channel.VIDEO})
LITTLE = 3
"""Letters up to which a word says too little to point at anything."""
_WORDS = re.compile(r"[a-z']+")
BEGIN = "(The two of you meet. You speak first.)"
AGAIN = "(You meet again, some days after the last time. You speak first.)"
LONG_SINCE = "(You have been talking for a while.)"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """All that a reply is made from."""

    intent: Intent
    heard: Heard
    """The message as this patient hears it; its `text` is what was said."""
    memory: Memory
    seed: int
    exchange: int
    """1-based number of this exchange."""
    opening: PatientTurn
    past: tuple[tuple[str, PatientTurn], ...] = ()
    """Earlier exchanges of this meeting, oldest first: what the learner said, and the reply."""
    style: RuptureStyle = RuptureStyle.WITHDRAWAL
    again: str = ""
    """Why the last try was not used; empty at the first."""

    @property
    def allowed(self) -> frozenset[FactId]:
        """Facts of which anything may be said in this reply."""
        now = (self.intent.tells.fact,) if self.intent.tells is not None else ()
        return frozenset({*now, *(fact for fact, _ in self.memory.told), *self.memory.hints})


def is_brief(intent: Intent) -> bool:
    """Whether a few words will do, however freely the patient talks by now. Pure."""
    return intent.move in BRIEF or (intent.tells is not None and intent.tells.rendering is Rendering.HINT)


def band_of(intent: Intent) -> tuple[int, int]:
    """Words that the reply may have, inclusive: those of the rung, and fewer where a few will do. Pure."""
    least, most = intent.length
    if is_brief(intent):
        return min(least, BRIEF_LEAST), min(most, BRIEF_MOST)
    return (min(least, max(BRIEF_LEAST, least // 2)) if intent.move in WITHIN else least), most


class Prompter:
    """Writes the prompts for one patient; what does not change from reply to reply is written once."""

    def __init__(self, patient: Patient) -> None:
        """Keep whom the prompts are about."""
        self.patient = patient
        self._about: dict[frozenset[FactId], tuple[str, str]] = {}
        self._nearby = _Nearby(patient.persona)
        self._lines: dict[tuple[str, str], tuple[Line, ...]] = {}
        for line in patient.lines.lines:
            for stance in line.stance:
                place = line.move, stance
                self._lines[place] = (*self._lines.get(place, ()), line)

    def request(self, scene: Scene) -> Request:
        """The call that gives the reply."""
        least, most = band_of(scene.intent)
        long = len(scene.past) > KEPT
        first = scene.past[-KEPT - 1][1] if long else scene.opening
        met = AGAIN if scene.memory.meeting > 1 else BEGIN
        begin = f"{LONG_SINCE if long else met}{_undertaken(scene)}"
        said = [Message(role="user", text=begin), Message(role="assistant", text=_as_written(first))]
        for learner, turn in scene.past[-KEPT:]:
            said.append(Message(role="user", text=fenced("learner", learner[:LONGEST_SAID])))
            said.append(Message(role="assistant", text=_as_written(turn)))
        said.append(Message(role="user", text=fenced("learner", scene.heard.text or "(silence)")))
        return Request(
            messages=(Message(role="system", text=self._system(scene, least, most)), *said),
            turn=f"{scene.exchange}-voice{'-again' if scene.again else ''}",
            max_tokens=60 + TOKENS_A_WORD * scene.intent.length[1],
            seed=scene.seed * 1000 + scene.exchange,
        )

    def rules(self, request: Request) -> str:
        """The part of a request that is instruction and not the patient's own words, which may not be recited."""
        system = request.messages[0].text
        return f"{system.partition('# Who')[0]} {system.rpartition('# What you write')[2]}"

    def _system(self, scene: Scene, least: int, most: int) -> str:
        persona, card = self.patient.persona, self.patient.persona.card
        known = scene.memory.known
        if known not in self._about:
            self._about[known] = (_story(persona, known), _mind(persona, known))
        story, mind = self._about[known]
        return filled(
            prompt(HERE, "patient"),
            name=card.name, age=str(card.age), pronouns=card.pronouns, setting=card.setting,
            learner_role=card.learner_role, story=story, mind=mind, life=self._nearby.told(scene), manner=_manner(persona),
            channel=_channel(persona), samples=self._samples(scene), memory=_memory(scene, persona),
            moment=_moment(scene, persona), least=str(least), most=str(most), gesture=_gesture(scene, persona),
        )  # fmt: skip

    def _samples(self, scene: Scene) -> str:
        """Lines of this rung that may be said, those of this move first; none that was said already."""
        stance = scene.intent.stance
        said = scene.memory.said
        of_move = self._lines.get((scene.intent.move.value, stance.word), ())
        channel = self.patient.persona.card.channel
        own = [line.say for line in of_move if _may_show(line, scene) and channel in (line.channel or (channel,))]
        lines = [*own[: SAMPLES - 3], *self.patient.persona.voice.samples_at(stance)]
        fresh = [line for line in lines if not any(sentence in line for sentence in said)]
        return _bullets(dict.fromkeys((fresh or lines)[:SAMPLES]))


def _story(persona: Persona, known: frozenset[FactId]) -> str:
    story = persona.story
    lines = [
        f"In their own words: \u201c{story.presenting}\u201d",
        f"Why now: {story.why_now} Sent by: {story.sent_by}",
        f"Work: {story.work}",
        *(passage.text for passage in story.backstory if _open(passage.needs, known)),
        *(f"{who.who}: {who.what}" for who in story.relationships if _open(who.needs, known)),
        *(passage.text for passage in story.strengths if _open(passage.needs, known)),
        f"Likes: {story.pleasure}",
        story.contradiction,
    ]
    return _bullets(lines)


def _mind(persona: Persona, known: frozenset[FactId]) -> str:
    mind = persona.mind
    return _bullets([
        *(belief.text for belief in mind.beliefs if _open(belief.needs, known)),
        *(f"Believes, wrongly: {wrong.text}" for wrong in mind.misconceptions if _open(wrong.needs, known)),
        *(f"Fears: {fear.text}" for fear in mind.fears if _open(fear.needs, known)),
        *(f"Wants: {goal.text}" for goal in mind.goals if _open(goal.needs, known)),
        *(f"Values: {value}" for value in mind.values),
        *(f"Does not know: {limit}" for limit in persona.knowledge_limits),
    ])  # fmt: skip


class _Nearby:
    """The small facts of one patient's life by word, thing and topic, sorted once."""

    def __init__(self, persona: Persona) -> None:
        """Sort the small facts."""
        self.smalls = tuple(small for small in index_of(persona).smalls.values() if not small.follows)
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, small in enumerate(self.smalls):
            texts = (small.id.replace("_", " "), *small.curt, *small.easy)
            words = {word for text in texts for word in _WORDS.findall(text.lower())}
            keys = [("word", word) for word in words if len(word) > LITTLE]
            for key in (*keys, ("id", small.id), ("thing", small.thing), ("topic", small.topic or "")):
                self._places.setdefault(key, []).append(place)

    def told(self, scene: Scene) -> str:
        """Those that the message may touch, the nearest first, each in the shortest wording that says it."""
        heard, intent, about = scene.heard, scene.intent, scene.memory.about
        if intent.move in (Move.PUZZLED, Move.GREET):
            return "- Nothing in particular."
        asked = (*heard.life, intent.life or "", intent.life_too or "")
        keys = [
            *(("word", word, 2) for word in heard.content),
            *(("id", one, 8) for one in dict.fromkeys(asked) if one),
            *(("thing", thing, 3) for thing in dict.fromkeys((*heard.things, *(about[0] if about else ())))),
            *(("topic", topic, 1) for topic in dict.fromkeys((*heard.topics, intent.topic or "")) if topic),
        ]
        near: dict[int, int] = {}
        for kind, key, weight in keys:
            for place in self._places.get((kind, key), ()):
                near[place] = near.get(place, 0) + weight
        ranked = sorted(near, key=lambda place: (-near[place], place))
        may = (self.smalls[place] for place in ranked if _open(self.smalls[place].needs, scene.memory.known))
        lines = (f"{small.id.replace('_', ' ').replace('.', ', ')}: {small.curt[0]}" for small in may)
        return _bullets(islice(lines, NEAR)) or "- Nothing in particular."


@once
def prompter_of(patient: Patient) -> Prompter:
    """The writer of this patient's prompts, made once."""
    return Prompter(patient)


def _manner(persona: Persona) -> str:
    voice = persona.voice
    return " ".join([voice.register_, voice.humour, voice.hesitations, f"Reading and writing: {voice.literacy}"])


def _channel(persona: Persona) -> str:
    channel = persona.card.channel
    return sections(HERE, "moment")[channel.value].replace("{{typing}}", persona.voice.typing)


def _may_show(line: Line, scene: Scene) -> bool:
    fits = not line.topic or line.topic == scene.intent.topic
    fits = fits and (not line.asked or not set(line.asked).isdisjoint(scene.heard.asked))
    fits = fits and (not line.to or scene.intent.reacts_to in line.to)
    return fits and _open(line.needs, scene.memory.known) and "{" not in line.say


def _memory(scene: Scene, persona: Persona) -> str:
    memory = scene.memory
    lines: list[str] = []
    for fact_id, rendering in memory.told:
        lines.append(f"You have told them: {_quoted(_content(persona, fact_id, rendering))} That stays true.")
    hints = [fact for fact in dict.fromkeys(memory.hints) if fact not in dict(memory.told)]
    lines.extend(f"You let slip: {_quoted(_content(persona, fact, Rendering.HINT))}" for fact in hints)
    names = {topic.id: topic.name for topic in persona.topics}
    before = [names[topic] for topic in memory.raised if topic in names][-TOLD_SHORT:]
    if before:
        lines.append(f"What has come up: {'; '.join(before)}.")
    return _bullets(lines) if lines else "Only what stands in the conversation below."


def _undertaken(scene: Scene) -> str:
    """What the learner said of themselves and undertook before the part that stands word for word.

    It is data: their words stand in no system part. What they undertook since then stands in its place, where they
    said it.
    """
    memory, gone = scene.memory, [said for said, _ in scene.past[:-KEPT]]
    before = [each for each in memory.promises if each.made_at < memory.meeting]
    lately = [each for each in memory.promises if each.made_at >= memory.meeting]
    cut = [each for each in lately if any(each.quote in said for said in gone)]
    told: list[str] = []
    if memory.learner_name and (gone or memory.meeting > 1):
        told.append(f"\nThey call themselves:\n{fenced('learner', memory.learner_name)}")
    for when, those in (("When you met before, they undertook", before), ("Earlier today they undertook", cut)):
        whole = "\n".join(f"- {in_full(each, gone)[:LONGEST_PROMISE]}" for each in those[-TOLD_SHORT:])
        if whole:
            told.append(f"\n{when}:\n{fenced('learner', whole)}")
    return "".join(told)


def _moment(scene: Scene, persona: Persona) -> str:
    intent, words = scene.intent, sections(HERE, "moment")
    names = {topic.id: topic.name for topic in persona.topics}
    outcome = words[intent.next_appointment.value] if intent.next_appointment else ""
    move = _placed(
        sections(HERE, "again")[intent.occasion.value] if intent.occasion else words[_move(scene)],
        content=_quoted(_wanted(scene, persona)),
        topic=f"\u201c{names[intent.topic]}\u201d" if intent.topic in names else "what you were speaking of",
        about=f", to do with \u201c{names[intent.topic]}\u201d" if intent.topic in names else "",
        style_words=words[scene.style.value],
        outcome=outcome,
    )
    lines = [_mood(intent), move]
    if intent.change and intent.move not in STRAINED:
        felt = ", and ".join(_felt(change) for change in intent.change)
        lines.append(f"What they have just said left you {felt}: a shade of the mood above, not another mood.")
    open_now = intent.tells.topic if intent.tells is not None else None
    shut = [names[topic] for topic in intent.withholds if topic in names and topic != open_now]
    if shut:
        lines.append(
            f"The trouble in these you keep shut, and you add nothing to what you have told: {'; '.join(shut)}."
        )
    if scene.again:
        lines.append(f"Your last try could not be used: {scene.again} Say something else.")
    return "\n".join(lines)


def _mood(intent: Intent) -> str:
    """The mood of the rung, without a word on talking at length where few words are wanted."""
    words = sections(HERE, "moment")
    return words.get(f"{intent.stance.word}, briefly" if is_brief(intent) else "", words[intent.stance.word])


def _move(scene: Scene) -> str:
    """The heading under which the move is told."""
    intent = scene.intent
    if intent.move is Move.PUZZLED and _WORDS.search(rest := to_patient(scene.heard.text)) and rest != scene.heard.text:
        return "puzzled, in part"
    if intent.move is Move.LIFE and intent.life == "risk":
        return "risk"
    freely = intent.move in FREELY and intent.stance >= Stance.WARMING
    return f"{intent.move.value}, freely" if freely else intent.move.value


def _felt(change: str) -> str:
    """A change of feeling, said to the one who feels it."""
    return {"trusts you a little more": "trusting them a little more", "trusts you less": "trusting them less"}.get(
        change, change
    )


def _wanted(scene: Scene, persona: Persona) -> str:
    """The content that this reply has to carry."""
    intent = scene.intent
    if intent.occasion is Occasion.EVENT:
        return next(
            (e.text for e in persona.between if e.id == intent.which and _open(e.needs, scene.memory.known)), ""
        )
    if intent.tells is not None:
        return _content(persona, intent.tells.fact, intent.tells.rendering)
    if intent.move is Move.LIFE and intent.life == "risk":
        return persona.safety.risk_answer[0]
    if intent.move is Move.LIFE:
        smalls = [index_of(persona).smalls.get(one) for one in (intent.life, intent.life_too) if one]
        told = [small for small in smalls if small is not None and _open(small.needs, scene.memory.known)]
        said = [(small.easy if intent.stance >= Stance.WARMING else small.curt)[0] for small in told]
        return " ".join(said) or "You would rather not say."
    return ""


def _content(persona: Persona, fact_id: FactId, rendering: Rendering) -> str:
    said: Sequence[str] = getattr(persona.fact(fact_id), rendering.word)
    return said[0]


def _gesture(scene: Scene, persona: Persona) -> str:
    if persona.card.channel not in SEEN:
        return "No gestures: they cannot see you."
    if not scene.intent.nonverbal:
        return "No gestures this time, and no stage directions."
    own = persona.voice.nonverbal_at(scene.intent.stance, persona.card.channel)
    shown = f", such as ({own[0]})" if own else ""
    return f"If you like, one small gesture first, in round brackets, five words at most{shown}. No other stage directions. Round brackets in the earlier replies are such gestures."


def _as_written(turn: PatientTurn) -> str:
    """An earlier reply as it was: its gesture in round brackets, its quotation marks, and no marks of a prompt."""
    said = turn.text.replace("<", "\u2039").replace(">", "\u203a")
    return f"({turn.nonverbal}) {said}" if turn.nonverbal else said


def _quoted(text: str) -> str:
    """A line between quotation marks that nothing in it can close."""
    inner = re.sub(r"\u201c|\u201d|\"", "'", text)
    return f"\u201c{inner}\u201d"


def _placed(text: str, **values: str) -> str:
    for place, value in values.items():
        text = text.replace("{{" + place + "}}", value)
    return text.replace("{content}", values["content"])


def _open(needs: FactId | None, known: frozenset[FactId]) -> bool:
    return needs is None or needs in known


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)

"""What `persona.yaml` may hold (clinical section 4.1). Every field is explained where it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simpatient.persona.aspects import Aspect
from simpatient.persona.followups import FollowUp
from simpatient.persona.history import History
from simpatient.persona.pieces import Authored, Renderings, StanceWord, Text, Unit, Word
from simpatient.words import Channel, RuptureStyle, Stance, Tag


class Review(Authored):
    """Who has looked at this persona. Say it honestly."""

    status: Literal["draft", "reviewed", "ready"] = "draft"
    """How far it has been looked at."""
    clinician: str = ""
    """Name or role of the clinician who reviewed it, and when; empty if nobody has."""
    lived_experience: str = ""
    """The person with lived experience who reviewed it, and when; empty if nobody has."""
    contested: tuple[Text, ...] = ()
    """Objections raised and not settled."""


class Card(Authored):
    """Who this is, for the picker."""

    name: Text
    """What they are called here. No real person."""
    age: Annotated[int, Field(ge=5, le=110)]
    pronouns: Text
    """Such as she/her."""
    setting: Text
    """Where the two meet, in a few words."""
    channel: Channel
    """How the two meet, unless the learner chooses otherwise."""
    session: Annotated[int, Field(ge=1)] = 1
    """Number of this meeting."""
    session_limit: Annotated[int, Field(ge=1, le=20)] = 4
    """How many meetings there can be."""
    exchange_limit: Annotated[int, Field(ge=4, le=200)] = 40
    """Exchanges after which the meeting's time is up."""
    learner_role: Text
    """Who the learner is here."""
    learner_may: tuple[Text, ...] = ()
    """What is in the learner's power."""
    learner_may_not: tuple[Text, ...] = ()
    """What is not; it keeps learners from promising it."""
    difficulty: Literal["gentle", "standard", "hard"] = "standard"
    """As it is shown in the picker."""
    trains: Text
    """One line for the picker: what one practises with this person."""
    portrait: str = "portrait.svg"


class Briefing(Authored):
    """What the learner reads before the first word. No hidden facts."""

    known: Text
    """What a colleague would know beforehand."""
    task: Text
    """What the meeting is for."""
    time: Text
    """How long it may take."""
    warning: Text
    """What may come up that is hard."""
    stop: Text
    """How to stop, and that it is no failure."""


class Belief(Authored):
    """Something the patient holds true that shapes talk."""

    text: Text
    because: Text
    """The personal reason in the story; identity alone is not one."""
    softened_by: tuple[Word, ...] = ()
    """Behaviours that loosen it."""
    needs: Word | None = None
    """The fact this belief would give away; it stays out of prompts until that fact is told."""


class Misconception(Authored):
    """A wrong idea, with what corrects it."""

    text: Text
    corrected_by: Text
    """What said plainly puts it right."""
    needs: Word | None = None


class Relation(Authored):
    """A person in the patient's life, for readers and chat models; what is answered about them stands in `world`."""

    who: Text
    """Name, age and who it is."""
    what: Text
    """What this person is to them."""
    needs: Word | None = None


class Passage(Authored):
    """A sentence of backstory or a strength, perhaps one that gives a fact away."""

    text: Text
    needs: Word | None = None


class Story(Authored):
    """Where the patient comes from."""

    opening: Renderings
    """The first thing said, one of these by seed."""
    opening_by_channel: dict[Channel, Renderings] = {}
    """Other first words where the meeting is held another way."""
    opening_nonverbal: str = ""
    """What is seen while the first words are said."""
    opening_tags: tuple[Tag, ...] = ()
    """What the opening calls for; a greeting calls for nothing."""
    presenting: Text
    """The problem in the patient's own words."""
    why_now: Text
    """What happened that they come now."""
    sent_by: Text
    """Who thought that they should come."""
    backstory: Annotated[tuple[Passage, ...], Field(min_length=4, max_length=14)]
    """Sentences of a life; what is only known later carries `needs`."""
    relationships: tuple[Relation, ...]
    """People near them."""
    work: Text
    """What they do all day."""
    strengths: Annotated[tuple[Passage, ...], Field(min_length=2)]
    """What they are good at, and good for."""
    pleasure: Text
    """One ordinary pleasure."""
    contradiction: Text
    """One way in which they do not add up, as people do not."""


class Mind(Authored):
    """What goes on inside."""

    beliefs: Annotated[tuple[Belief, ...], Field(min_length=1)]
    """What they hold true."""
    misconceptions: tuple[Misconception, ...] = ()
    """What they have got wrong, for good reasons."""
    fears: tuple[Passage, ...] = ()
    """What they are afraid of."""
    goals: tuple[Passage, ...] = ()
    """What they want for themselves."""
    values: tuple[Text, ...] = ()
    """What matters to them."""


class Start(Authored):
    """State at the first word, each 0..1."""

    trust: Unit
    anxiety: Unit
    defensiveness: Unit
    hope: Unit


class Base(Authored):
    """Where the body settles without news, each 0..1."""

    anxiety: Unit
    defensiveness: Unit


class Cap(Authored):
    """The most one variable may move in one exchange, each 0..1."""

    up: Unit
    down: Unit


class Caps(Authored):
    """Caps per variable."""

    trust: Cap
    anxiety: Cap
    defensiveness: Cap
    hope: Cap


class StayPressure(Authored):
    """What keeps the patient coming although trust is low."""

    amount: Unit = 0.0
    """By how much it keeps them from leaving, 0..1."""
    reason: str = ""
    """What keeps them."""


class Dynamics(Authored):
    """How the patient's state moves (clinical section 3.9)."""

    preset: Word
    """A row of `personas/presets.yaml`; what is not written here is taken from there."""
    start: Start
    base: Base
    trust_ceiling: Unit
    """The most trust that can be reached."""
    loss: Annotated[float, Field(ge=1.0, le=4.0)]
    """How much faster trust falls than it grows, 1..4."""
    repeat: Annotated[float, Field(ge=0.0, le=2.0)]
    """Wear of a help by repetition, 0..2."""
    rupture_style: RuptureStyle
    """How strain shows: they withdraw, or they confront."""
    caps: Caps
    stay_pressure: StayPressure = StayPressure()
    """What keeps them coming although trust is low."""
    difficulty: Literal["gentle", "standard", "hard"] = "standard"
    """How hard the patient is to move: help counts more when gentle, harm more when hard."""


class Factor(Authored):
    """How strongly one behaviour touches this person, with the reason in the story."""

    factor: Annotated[float, Field(ge=0.0, le=3.0)]
    """1 is average; below 1 little, above 1 much."""
    because: Text


class Length(Authored):
    """Words a reply has at one rung, inclusive."""

    least: Annotated[int, Field(ge=1)]
    most: Annotated[int, Field(ge=1, le=200)]

    @model_validator(mode="after")
    def _ordered(self) -> Length:
        if self.least > self.most:
            raise ValueError("`least` is above `most`; swap them")
        return self


class TypingHabits(Authored):
    """How this person's words look when typed, for text channels."""

    lower_case: bool = False
    """Sentences begin small."""
    drops_apostrophes: bool = False
    """In about every second message."""
    drops_full_stops: bool = False
    """The one full stop at the end of a message is left out."""
    bursts: bool = False
    """Each sentence is a message of its own."""


class VoiceStyle(Authored):
    """How this person talks."""

    register_: Annotated[Text, Field(alias="register")]
    """Vocabulary, idiom, rhythm, in a sentence or two."""
    humour: Text
    """What they laugh about, and when they do not."""
    literacy: Text
    """How they read and what they avoid."""
    hesitations: Text
    """How they stop and start."""
    typing: Text = "ordinary"
    """Typing habits in words, for text channels."""
    typed_as: TypingHabits = TypingHabits()
    """Typing habits that show in every message."""
    sounds: tuple[Text, ...] = ()
    """What is heard besides words over the phone: pauses, breath, the house behind them."""
    gaps: tuple[Text, ...] = ()
    """What is seen besides words in a text chat: waits, starts of typing that stop."""
    length: dict[StanceWord, Length]
    """How long a reply is at each rung."""
    samples: dict[StanceWord, Annotated[tuple[Text, ...], Field(min_length=3)]]
    """At least three sample lines per rung; they must give no gated fact away."""
    nonverbal: dict[StanceWord, tuple[Text, ...]] = {}
    """Bracketed cues by rung, without the brackets."""

    def length_at(self, stance: Stance) -> Length | None:
        """The length of a reply at this rung; None when the author left it open."""
        return next((length for word, length in self.length.items() if word == stance.word), None)

    def samples_at(self, stance: Stance) -> tuple[str, ...]:
        """The sample lines of this rung."""
        return next((lines for word, lines in self.samples.items() if word == stance.word), ())

    def nonverbal_at(self, stance: Stance, channel: Channel) -> tuple[str, ...]:
        """What shows apart from speech: gestures face to face, sounds over the phone, gaps in a chat."""
        if channel is Channel.PHONE:
            return self.sounds
        if channel is Channel.TEXT:
            return self.gaps
        return next((cues for word, cues in self.nonverbal.items() if word == stance.word), ())


class Topic(Authored):
    """A thing one can talk about with this person."""

    id: Word
    name: Text
    """What the debrief calls it. It must give no fact away."""
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words and phrases in a message that touch the topic, lower case; `*` at the end matches any ending."""
    open_from_start: bool = False
    """Whether it may be told about before anyone has raised it."""


class Fact(Authored):
    """One thing the patient could tell, and the gate it stands behind (clinical section 3.7)."""

    id: Word
    topic: Word
    """The topic that brings it up."""
    min_o: Unit
    """Openness from which it may be told; from 0.30 it is guarded. It counts from where this person begins."""
    min_t: Unit = 0.0
    """Trust from which it may be told."""
    max_d: Unit = 1.0
    """Defensiveness up to which it may be told."""
    session: Annotated[int, Field(ge=1)] = 1
    """Number of the meeting from which it may be told."""
    key: tuple[Word, ...] = ()
    """One of these behaviours at quality 2 or more in the last two exchanges; empty means any question will do."""
    topic_is_key: bool = False
    """Whether speaking of its topic does instead of a key behaviour."""
    earlier: tuple[Word, ...] = ()
    """One of these behaviours at quality 2 or more at any time before or now."""
    blocked_by: tuple[Word, ...] = ()
    """Any of these harms in the last six exchanges keeps it shut."""
    hint_o: Unit | None = None
    """Openness from which it is hinted; `min_o` minus 0.10 when not written."""
    partial_o: Unit | None = None
    """Openness from which the partial rendering is told whatever else is missing; none by default."""
    hint: Renderings
    """Something is there."""
    partial: Renderings
    """The outline, without what hurts; it may be the first thing said of it."""
    full: Renderings
    """What it is and what it is like."""
    more: dict[Literal["hint", "partial", "full"], tuple[Text, ...]] = {}
    """What is said next about it, in order, when asked; of a hint nothing that gives more away."""
    after: Word | None = None
    """A fact that has to be told (at least in part) before this one."""
    would_open: Text
    """For the debrief: what would have opened it, without saying what it is."""
    markers: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words only this fact would bring up; the leak check looks for them, lower case."""
    tags: tuple[Tag, ...] = ()
    """What the full telling calls for."""
    hint_tags: tuple[Tag, ...] = (Tag.CUE,)
    """What a hint calls for."""

    @property
    def said(self) -> tuple[str, ...]:
        """All that is ever said of it, hints first."""
        return (*self.hint, *self.partial, *self.full, *(text for then in self.more.values() for text in then))

    @property
    def hint_from(self) -> float:
        """Openness from which it is hinted, 0..1."""
        return max(0.0, self.min_o - 0.10) if self.hint_o is None else self.hint_o

    @property
    def guarded(self) -> bool:
        """Whether at most one such fact is told in one reply."""
        return self.min_o >= 0.30


class LifeFact(Authored):
    """A small fact of everyday life, so that plain questions get plain answers."""

    id: Word
    asks: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Phrases that ask for it, lower case; the words of one phrase must occur in order and near each other; `*` at
    the end of a word matches any ending, `=` at the start of a phrase means exactly this sentence."""
    curt: Renderings
    """Said at testing and below."""
    easy: Renderings
    """Said at warming and above."""
    more: tuple[Text, ...] = ()
    """What is said next about it, in order, when asked."""
    thing: Word | None = None
    """Whom or what of `world` it is about, so that "he" or "it" in the next question finds them."""
    topic: Word | None = None
    needs: Word | None = None


class Thing(Authored):
    """Somebody or something of the patient's life that comes up by name, and all that can be asked about it."""

    id: Word
    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words and phrases by which learner or patient names it, lower case; `*` at the end matches any ending."""
    pronoun: Literal["he", "she", "they", "it", "there"]
    """How the patient goes on to speak of it."""
    topic: Word | None = None
    needs: Word | None = None
    """A fact that must have been told in full before any of this may be said."""
    tells: dict[Aspect, Renderings]
    """Answers by what is asked, from the shortest to the longest: at testing and below the short ones are said."""


class LikelyPromise(Authored):
    """A request of the patient's that invites a promise."""

    id: Word | None = None
    """Name of the matter, by which lines of `returning.yaml` speak of it."""
    request: Text
    """What the patient would like done."""
    truthful_result: Text
    """What an honest learner could tell afterwards."""
    needs: Word | None = None
    words: tuple[Text, ...] = ()
    """Words of a promise that answer this request, lower case; `*` at the end matches any ending. Two must occur."""
    contradicted_by: tuple[Text, ...] = ()
    """What is not so: phrases whose words, in order within one sentence, cannot be squared with the truthful result."""
    seen_by: Text | None = None
    """How the patient would know whether it was done; where written, a false word about it is always found out."""


class BetweenEvent(Authored):
    """Something that happens between two meetings."""

    id: Word
    text: Text
    """What happens."""
    when: str = ""
    """For readers, in words."""
    meeting: Annotated[int, Field(ge=2)] | None = None
    """Number of the meeting before which it may happen; any when not written."""
    changes: dict[Literal["trust", "anxiety", "defensiveness", "hope"], float] = {}
    """How far it moves each variable, such as .04."""
    topic: Word | None = None
    needs: Word | None = None


class Safety(Authored):
    """Boundaries (clinical section 5.1)."""

    risk_module: Literal["off", "on"] = "off"
    """Whether talk of suicide is played; when off, `risk_answer` answers the question after it."""
    risk_answer: Renderings
    """The plain, truthful answer when asked about suicide."""
    never: tuple[Text, ...] = ()
    """Topics that are never played."""
    patient_hostility_max: Annotated[int, Field(ge=0, le=3)] = 1
    """How rude the patient may get, 0 to 3."""
    stop_text: Text
    """What is said when play stops."""


class Plant(Authored):
    """A tag the patient should plant around an exchange, so that an objective gets its opportunity."""

    tag: Tag
    """What it calls for."""
    at: Annotated[int, Field(ge=1)]
    """Number of the exchange."""
    topic: Word | None = None


class ModelAnswer(Authored):
    """A good answer to one moment, for the debrief and for authors."""

    patient: Text
    """What the patient has just said."""
    learner: Text
    """One good answer; not the only one."""
    why: Text
    """Why it is good."""


class Teaching(Authored):
    """What this person is for."""

    objectives: Annotated[tuple[Word, ...], Field(min_length=2, max_length=4)]
    """Behaviour codes to practise."""
    rubric: Word = "rapport"
    """Id of the evaluator whose rubric fits what is practised here."""
    plant: tuple[Plant, ...] = ()
    """Moments that the patient brings up, so that everybody meets them."""
    debrief_notes: Text
    """What an educator would say afterwards."""
    model_answers: Annotated[tuple[ModelAnswer, ...], Field(min_length=3)]
    """Good answers to three moments, none of them the only one."""


class Culture(Authored):
    """Language and culture from the person's own view."""

    language: Text = "English"
    notes: Text
    """From this person's own view, not about a kind of people."""
    forms_of_address: Text
    """What they want to be called."""
    interpreter: bool = False
    """Whether somebody interprets."""
    sources: tuple[Text, ...] = ()
    """Literature that helped to write it."""


class Persona(Authored):
    """The authored, unchanging description of one patient."""

    schema_version: Literal[1]
    id: Word
    version: Text
    author: Text
    licence: Text
    review: Review
    card: Card
    briefing: Briefing
    story: Story
    mind: Mind
    dynamics: Dynamics
    history: History | None = None
    """What the two have behind them; for a persona whose meeting is not the first."""
    soothers: dict[Word, Factor]
    """What does more than usual for them, by behaviour."""
    weak_soothers: dict[Word, Factor] = {}
    """What does less than usual."""
    triggers: dict[Word, Factor]
    """What hurts more than usual."""
    weak_triggers: dict[Word, Factor] = {}
    """What hurts less than usual."""
    voice: VoiceStyle
    topics: Annotated[tuple[Topic, ...], Field(min_length=2)]
    """What one can talk about."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=5, max_length=8)]
    """What they could tell, each behind a gate."""
    life: tuple[LifeFact, ...]
    """Plain answers to plain questions."""
    world: tuple[Thing, ...] = ()
    """People and things that come up by name."""
    questions: dict[Text, tuple[Text, ...]] = {}
    """How people ask for the small facts, as in `questions.yaml`, which is read into this."""
    followups: dict[Text, tuple[FollowUp, ...]] = {}
    """How a talk goes on once something has been told, as in `followups.yaml`, which is read into this."""
    knowledge_limits: tuple[Text, ...] = ()
    """What they do not know, so that nobody invents it."""
    promises: tuple[LikelyPromise, ...] = ()
    """Requests that invite a promise."""
    between: tuple[BetweenEvent, ...] = ()
    """What may happen between two meetings."""
    safety: Safety
    teaching: Teaching
    culture: Culture
    sources: tuple[Text, ...] = ()
    """Literature that helped; nobody real may be known again."""

    @model_validator(mode="after")
    def _later(self) -> Persona:
        if self.history is not None and self.card.session == 1:
            raise ValueError("`history` says what went before, so `card.session` is 2 or more")
        return self

    def sensitivity(self, code: str) -> float:
        """How strongly `code` touches this person; 1 when the file does not say."""
        for group in (self.soothers, self.weak_soothers, self.triggers, self.weak_triggers):
            if code in group:
                return group[code].factor
        return 1.0

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id.

        Raises:
            KeyError: there is none.
        """
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id.

        Raises:
            KeyError: there is none.
        """
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise KeyError(topic_id)

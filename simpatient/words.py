"""The values all rooms share. They hold no behaviour beyond naming themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal, TypeAlias

BehaviourCode: TypeAlias = str
"""Id of one definable act of the learner, such as `reflect_complex`; the codebook lists them."""

FactId: TypeAlias = str
"""Id of one thing the patient could tell."""

Level: TypeAlias = int
"""Quality of a help or severity of a harm: 1, 2 or 3."""

VARIABLES = ("trust", "anxiety", "defensiveness", "hope", "openness")
"""The five continuous variables of the patient's state, each 0..1."""


class Stance(IntEnum):
    """A rung of the ladder, from leaving (0) to collaborating (6).

    Source: stage directions of Adaptive-VP (2025); hysteresis is our design.
    """

    LEAVING = 0
    RUPTURED = 1
    GUARDED = 2
    TESTING = 3
    WARMING = 4
    OPEN = 5
    COLLABORATING = 6

    @property
    def word(self) -> str:
        """The rung's name in files, records and on screen."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Stance:
        """The rung that bears this name.

        Raises:
            KeyError: no rung is called so.
        """
        return cls[word.upper()]


class RuptureStyle(StrEnum):
    """How a strained alliance shows. Source: 3RS, two marker families."""

    WITHDRAWAL = "withdrawal"
    CONFRONTATION = "confrontation"


class RuptureCause(StrEnum):
    """What strained the alliance."""

    HARM = "harm"
    PROMISE = "promise"


class Rendering(IntEnum):
    """How much of a fact is told."""

    NONE = 0
    HINT = 1
    PARTIAL = 2
    FULL = 3

    @property
    def word(self) -> str:
        """The rendering's name in files and records."""
        return self.name.lower()


class Channel(StrEnum):
    """The way the two meet; it decides which cues exist."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    TEXT = "text"
    VIDEO = "video"


class Tag(StrEnum):
    """What a patient turn calls for (an opportunity)."""

    ACCOUNT = "account"
    CUE = "cue"
    CONCERN = "concern"
    QUESTION_FACT = "question_fact"
    QUESTION_PRIVACY = "question_privacy"
    QUESTION_PROCESS = "question_process"
    SELF_CRITICISM = "self_criticism"
    STIGMA_FEAR = "stigma_fear"
    PUSHBACK = "pushback"
    COMPLAINT = "complaint"
    ATTACK = "attack"
    EFFORT = "effort"
    SETBACK = "setback"
    CONFUSION = "confusion"
    REQUEST = "request"
    PROMISE_DUE = "promise_due"
    RISK_CUE = "risk_cue"
    RUPTURE = "rupture"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True)
class CodedSpan:
    """One behaviour code read in a learner message, with the words that show it."""

    code: BehaviourCode
    level: Level
    """1..3: quality of a help, severity of a harm."""
    quote: str
    """An exact substring of the learner's message."""
    confidence: Literal["low", "medium"] = "medium"
    """Low where it was guessed from likeness to examples, without a mark that a person could point at."""


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """The codes read in one learner message."""

    by: Literal["rules", "model", "script"]
    codes: tuple[CodedSpan, ...] = ()
    off_task: tuple[str, ...] = ()
    """Spans that address the machinery instead of the patient; never a quote of a rating."""
    closing: Literal["no", "winding_down", "farewell"] = "no"
    """Whether the learner draws the meeting to its end."""
    primary: str = ""
    """The family of the whole message as its reader decided; empty where the codes alone tell it."""

    def level_of(self, code: BehaviourCode) -> Level:
        """The highest level at which `code` was read; 0 when it was not."""
        return max((span.level for span in self.codes if span.code == code), default=0)

    def levels(self) -> dict[BehaviourCode, Level]:
        """Each code read, at its highest level, in order of first appearance."""
        found: dict[BehaviourCode, Level] = {}
        for span in self.codes:
            found[span.code] = max(found.get(span.code, 0), span.level)
        return found


@dataclass(frozen=True, kw_only=True)
class Opportunity:
    """One thing a patient turn calls for."""

    tag: Tag
    quote: str
    """The patient's words that carry it (may be empty for tags of the situation)."""
    feeling: str = ""
    """Name of the feeling, for cues."""
    strength: int = 2
    """1: a hedge, a shrug or a gesture, worth taking up but not required; 2: said plainly or planted."""


@dataclass(frozen=True, kw_only=True)
class Rupture:
    """A strained alliance."""

    style: RuptureStyle
    cause: RuptureCause


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What one past exchange left in the patient's recent memory."""

    read: tuple[tuple[BehaviourCode, Level], ...] = ()
    """Codes as read, for the keys and blocks of facts."""
    moved: tuple[BehaviourCode, ...] = ()
    """Codes as they moved the state, for wear by repetition."""


@dataclass(frozen=True, kw_only=True)
class PatientState:
    """All that moves in the patient's feelings (clinical section 3.1 and 3.11 item 14).

    Source: alliance (WAI), PARRY (Colby 1971-75), reactance (Dillard and Shen 2005),
    3RS rupture markers; the coefficients are our design.
    """

    trust: float
    anxiety: float
    defensiveness: float
    hope: float
    openness: float
    stance: Stance = Stance.GUARDED
    rupture: Rupture | None = None
    exit_pressure: float = 0.0
    """0..; the patient warns at 0.6 and leaves at 1."""
    trust_ceiling: float = 0.95
    anxiety_base: float = 0.35
    defensiveness_base: float = 0.20
    clean: int = 0
    """Exchanges in a row without any harm since the last harm of severity 2 or more."""
    ruptured_for: int = 0
    """Exchanges in a row that ended with the rupture flag set."""
    window: tuple[Moment, ...] = ()
    """The last six exchanges, oldest first."""

    def value(self, variable: str) -> float:
        """The value of one of `VARIABLES`, 0..1."""
        return float(getattr(self, variable))


class PromiseKind(StrEnum):
    """What sort of undertaking it is."""

    FIND_OUT = "find_out"
    DO = "do"
    CONTACT = "contact"
    PRIVACY = "privacy"
    TIME = "time"


class PromiseStatus(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    LATE_OWNED = "late_owned"
    RENEGOTIATED = "renegotiated"
    BROKEN = "broken"
    FORGOTTEN = "forgotten"
    FOUND_OUT = "found_out"
    """Told as done though it was not, and found out."""


class Done(StrEnum):
    """What the learner says, outside the conversation, became of a promise. It is the truth of the story."""

    KEPT = "kept"
    PARTLY = "partly"
    LATE = "late"
    """Done after the day named."""
    NOT_DONE = "not_done"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something the learner undertook, in the learner's own words.

    Source: clinical section 3.6 (design), after "keeping one's word".
    """

    id: str
    quote: str
    what: str
    kind: PromiseKind
    due: str
    """`end` of this meeting, `session 2`, or the day named ("Thursday")."""
    specific: int
    """0..2: neither time nor way, one of them, both."""
    in_power: Literal["yes", "no", "unclear"] = "unclear"
    weight: float = 1.0
    """0.5..1.5; weak forms ("I'll look into it") weigh 0.5."""
    status: PromiseStatus = PromiseStatus.OPEN
    made_in: int = 1
    """Exchange in which it was made."""
    told_in: int | None = None
    """Exchange in which its outcome was told; 0 for a message between two meetings."""
    made_at: int = 1
    """Number of the meeting in which it was made."""
    told_at: int | None = None
    """Number of the meeting in which its outcome was told."""
    done: Done | None = None
    """What became of it in truth; None until the learner was asked."""
    result: str = ""
    """What came of it in truth, where the persona's file knows."""
    matter: str = ""
    """Id of the request in the persona's file that it answers; may be empty."""
    raised_in: int | None = None
    """Exchange in which the patient brought it up."""
    claimed_in: int | None = None
    """Exchange in which it was told otherwise than it was."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What learner and patient agreed to work on, in the learner's words.

    Source: Calgary-Cambridge closing block; WAI Task and Goal.
    """

    problems: tuple[str, ...] = ()
    goal: str = ""
    """What is worked on first."""
    benchmark: str = ""
    """What it is looked at by."""
    review: str = ""
    """When, in the learner's words."""
    review_at: int = 2
    """Number of the meeting in which it is due to be looked at."""
    asked: bool = False
    """Whether the patient was asked if it suits."""
    accepted: bool | None = None
    """Whether it suited; None where nobody asked."""
    made_at: int = 1
    reviewed_at: int | None = None
    """Number of the meeting in which it was looked at."""
    missed_at: int | None = None
    """Number of the meeting in which the patient noticed that it was forgotten."""


class FeedbackKind(StrEnum):
    """What a patient can say of a learner that can be looked for next time."""

    TALKS_MUCH = "talks_much"
    MANY_QUESTIONS = "many_questions"
    ADVISES = "advises"
    LONG_WORDS = "long_words"


class Occasion(StrEnum):
    """What makes a reply one of people who have met before, or part for good."""

    AGAIN = "again"
    """Opening of a later meeting."""
    AGAIN_CHECKED_IN = "again_checked_in"
    AGAIN_MENDED = "again_mended"
    """Opening after a meeting in which something was put right."""
    AGAIN_RENEGOTIATED = "again_renegotiated"
    AGAIN_LET_DOWN = "again_let_down"
    """Opening when a promise was not kept."""
    AGAIN_STRAINED = "again_strained"
    """Opening after a meeting that ended in strain."""
    RAISES_PROMISE = "raises_promise"
    PROMISE_KEPT = "promise_kept"
    PROMISE_PARTLY = "promise_partly"
    PROMISE_LATE = "promise_late"
    """Done late, and said so before being asked."""
    PROMISE_OWNED = "promise_owned"
    """Not done, and said so before being asked."""
    PROMISE_BROKEN = "promise_broken"
    """Not done, and said only when asked, or waved away."""
    PROMISE_DOUBTED = "promise_doubted"
    """Told as done, by somebody who has not seen it done."""
    FOUND_OUT = "found_out"
    PLAN_MET = "plan_met"
    PLAN_PARTLY = "plan_partly"
    PLAN_NOT = "plan_not"
    PLAN_FORGOTTEN = "plan_forgotten"
    FEEDBACK = "feedback"
    """Says how the learner comes across, because they asked."""
    FEEDBACK_ACTED_ON = "feedback_acted_on"
    FEEDBACK_IGNORED = "feedback_ignored"
    EVENT = "event"
    """Tells what happened between the meetings."""
    REFERRAL = "referral"
    """Answers an honest word that the two do not suit each other."""
    FAREWELL_ELSEWHERE = "farewell_elsewhere"
    CHECK_IN_REPLY = "check_in_reply"
    CHECK_IN_RENEGOTIATED = "check_in_renegotiated"
    NO_SHOW = "no_show"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A fact as it may be told now."""

    fact: FactId
    topic: str
    rendering: Rendering


class Move(StrEnum):
    """The main thing a reply does."""

    OPENING = "opening"
    GREET = "greet"
    TELL = "tell"
    """Tells a fact (hint, partial or full)."""
    LIFE = "life"
    """Answers a plain question from the small facts of the patient's life."""
    FOLLOW = "follow"
    """Says more of what they have just said, because they were asked."""
    ELABORATE = "elaborate"
    """Goes on about the topic in hand."""
    REACT = "react"
    """Answers how it was said, without new content."""
    ANSWER = "answer"
    """Yes, no, or a choice, to a question that asks for no fact."""
    ASK = "ask"
    """Asks something of their own: a concern, a test."""
    COMPLAIN = "complain"
    DEFLECT = "deflect"
    """Will not go there (yet)."""
    DENY = "deny"
    """A plain no to what the file does not know."""
    UNSURE = "unsure"
    PUZZLED = "puzzled"
    """What was said makes no sense to them."""
    RUPTURE = "rupture"
    """Shows the strain, once, in style."""
    SHUT = "shut"
    """Stays shut while ruptured."""
    WARN = "warn"
    """The spoken warning before leaving."""
    LEAVE = "leave"
    CLOSE = "close"
    """Closes the meeting as the stance allows."""


class Ending(StrEnum):
    """Why a meeting ended."""

    CLOSED = "closed"
    """The learner drew it to an end and the patient answered."""
    WALKED_OUT = "walked_out"
    LEFT_POLITELY = "left_politely"
    TIME = "time"
    SAFETY = "safety"
    """Crisis stop or the hostility limit; not a failure."""
    STOPPED = "stopped"
    """The learner pressed End, or the input ended."""
    REFERRED = "referred"
    """The learner said honestly that they do not suit each other and helped to find who does: a success."""
    NO_SHOW = "no_show"
    """The patient did not come."""


class NextAppointment(StrEnum):
    """How the patient leaves it."""

    ASKS = "asks"
    THINKS_ABOUT_IT = "thinks_about_it"
    DOES_NOT_BOOK = "does_not_book"
    ELSEWHERE = "elsewhere"
    """Goes on with somebody whom the learner helped to find."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """What the patient is about to do; the voice finds the words."""

    stance: Stance
    move: Move
    reacts_to: BehaviourCode | None = None
    """The code that weighed most in this exchange."""
    reacts_level: Level = 0
    change: tuple[str, ...] = ()
    """The strongest changes of this exchange in words, at most two, never numbers."""
    tells: Telling | None = None
    life: str | None = None
    """Id of the small fact that answers the question asked."""
    life_too: str | None = None
    """Id of a second one, when the message asked two things."""
    topic: str | None = None
    """Topic in hand."""
    withholds: tuple[str, ...] = ()
    """Topics (never contents) that are not to be told yet."""
    plants: tuple[Tag, ...] = ()
    length: tuple[int, int] = (3, 15)
    """Words, inclusive."""
    nonverbal: bool = False
    next_appointment: NextAppointment | None = None
    ending: Ending | None = None
    occasion: Occasion | None = None
    """What belongs to people who have met before; None for an ordinary reply."""
    about: str = ""
    """What the occasion is about, in words a patient can say."""
    which: str = ""
    """Id of the matter, event or feedback that the occasion is about."""


class NotRatedReason(StrEnum):
    """Why a behaviour carries no value."""

    NO_OPPORTUNITY = "no_opportunity"
    NOT_OBSERVED = "not_observed"
    INSUFFICIENT = "insufficient_evidence"
    NO_VALID_QUOTE = "no_valid_quote"
    SERVICE_FAILED = "service_failed"


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One behaviour of the rubric rated on one learner message."""

    behaviour: str
    value: int | None
    """0..3; None when not rated. Not rated is never zero."""
    not_rated: NotRatedReason | None = None
    required: bool = False
    quote: str = ""
    """Exact substring of the learner's message; never empty for 1..3."""
    cue_quote: str = ""
    """Exact substring of the patient's turn, for a 0 on a required behaviour."""
    why: str = ""
    """One line of reason, at most 25 words."""
    confidence: Literal["low", "medium", "high"] = "medium"


@dataclass(frozen=True, kw_only=True)
class HarmRating:
    """One harmful behaviour found in a learner message."""

    code: BehaviourCode
    severity: Level
    quote: str
    """Exact substring of the learner's message."""
    confidence: Literal["low", "medium"] = "medium"
    """Low ones are shown and cap nothing."""


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One place where the reading by rules and the reading by a chat model differ by two levels or more."""

    code: BehaviourCode
    rules: Level
    """0..3; 0 when the rules did not read it."""
    model: Level


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What the evaluator says of one learner message."""

    ratings: tuple[Rating, ...] = ()
    harms: tuple[HarmRating, ...] = ()
    try_instead: str = ""
    """One better line for the lowest required value, in the learner's register."""
    by: str = "rules"
    """`rules`, or `PROVIDER:NAME` of the chat model that rated."""
    reading: Appraisal | None = None
    """The verified reading by a chat model; None when there is none, and then the rule reading stands."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where that reading and the rules differ; shown to educators."""
    digest: str = ""
    """Digest of the prompt; empty for rules."""
    tokens: int | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing is rated because the service that rates failed."""
        return bool(self.ratings) and all(r.not_rated is NotRatedReason.SERVICE_FAILED for r in self.ratings)


@dataclass(frozen=True, kw_only=True)
class PatientTurn:
    """What the patient said, with what it calls for."""

    text: str
    nonverbal: str = ""
    opportunities: tuple[Opportunity, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a reader or an evaluator may know beside the learner message.

    It never holds state, hidden facts, names or earlier ratings.
    """

    turn: PatientTurn
    """The patient turn that the message answers."""
    earlier: tuple[tuple[str, str], ...] = ()
    """Up to two exchanges before it, oldest first, each (learner, patient)."""
    shown: tuple[str, ...] = ()
    """The nonverbal cues of the patient's turns in `earlier`, in their order; empty where nothing is known of them."""
    said: tuple[str, ...] = ()
    """All the patient has said in this meeting, oldest first; what a learner may refer to."""
    exchange: int = 1
    """1-based number of the exchange that the message opens."""
    promises: tuple[Promise, ...] = ()
    channel: Channel = Channel.IN_PERSON
    learner_said: tuple[str, ...] = field(default=())
    """All earlier learner messages, oldest first, for repeated phrases."""
    meeting: int = 1
    """1-based number of the meeting."""


@dataclass(frozen=True, kw_only=True)
class VoiceUse:
    """Which voice spoke, and what it took."""

    by: str = "embedded"
    """`embedded`, or `PROVIDER:NAME` of the chat model."""
    model: str = ""
    """The model's name as its server gave it; empty for the embedded voice."""
    digest: str = ""
    """Digest of the prompt; empty for the embedded voice."""
    latency_ms: float | None = None
    tokens: int | None = None


EMBEDDED_VOICE = VoiceUse()
"""The authored lines spoke."""

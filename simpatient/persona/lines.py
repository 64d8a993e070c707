"""What `lines.yaml` may hold: the patient's own words, by what they do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simpatient.persona.schema import Authored, StanceWord, Text, Word
from simpatient.words import Channel, Tag

Asked = Literal[
    "confirm", "permission", "agenda", "feedback", "plan", "questions", "understand", "feeling",
    "why", "and_then", "yes_no", "choice", "when", "who", "greeting", "name", "how_are_you",
    "empty", "nonsense", "meta", "foreign", "shouting", "thanks", "apology", "offer", "insult", "sexual", "again",
    "how_many", "how_much", "how_long", "where", "which", "what_said", "how", "what", "follow", "opinion", "come_back",
    "late", "weather", "comfortable", "joke", "compliment", "challenge", "about_learner", "disbelief", "seat", "bye",
    "riddle", "nervous", "impatient", "wait", "how_often",
    "suppose", "fear", "meaning", "past", "wish", "knows", "clarify", "playful", "rules", "guess", "invite", "echo", "inner", "nod", "how_old", "alike",
    "go_on", "scale", "willing", "effect", "able", "heard_of", "has_one", "ever", "liking", "habit", "of_it", "others", "favourite", "measure", "check", "agrees", "corrects",
    "would_say", "lost",
]  # fmt: skip
"""What kind of thing the learner said, for short answers.

confirm "have I got that right?"; permission "may I ask ...?"; agenda "where shall we start?"; feedback "anything I got
wrong?"; plan "does that fit?"; questions "what questions do you have?"; understand "what did you take from that?";
feeling "how did that feel?"; and_then "and then?"; choice "this or that?"; empty, nonsense, foreign, shouting: messages
that make no sense; meta: talk of prompts, simulations, AI; offer "tea, water?"; insult, sexual: harm to the patient; again: a small fact asked for that was told already.
how_many, how_old, how_much, how_long, where, which, what_said ("what did she say?"), how, what: a question of that kind about
something the file does not answer; the line must fit any such question. follow: "what do you mean?", "like what?" about
the patient's own last words when the line has no `more` left. opinion: what the patient thinks of the learner.
come_back: whether they will come again. late: the learner was late. weather; comfortable: warm enough, chair all right.
joke, compliment. challenge: "you're dodging", "I asked you something". about_learner: the learner tells of themselves.
disbelief: "really?", "is that so?", "is that a no?". seat: "sit wherever you like". bye: goodbye.
riddle: the learner tells a joke. nervous: the learner says they are new or nervous. impatient: "hurry up", "boring",
"that's rude". wait: "hang on a second". how_often: "how often?" about something the file does not answer.
suppose: "what would happen if ...?"; would_say: "what would you tell her?"; lost: asked what words of the patient's meant that had no place there ("what torch?", "you've lost me"); fear: "what frightens you about it?"; meaning: "what's the hardest part?", "what does it mean to
you?"; past: "have you felt that before?", "where does it come from?"; wish: "what would you want?"; knows: "who knows?", "have you
told anybody?". clarify: "no, I meant ..."; playful: teasing and nonsense; rules: how it works here; guess: a guess or reflection about the
patient ("it sounds as if ..."); invite: "start wherever you like", "I'd like to hear it"; echo: no more than a word or two of the
patient's own with a question mark; alike: "I'd feel the same"; nod: "hm", "I see"; inner: a yes or no about what goes on in the patient ("is it hard?").
Plain questions that the file does not answer, so that a plain no or not sure does: scale ("from one to ten?"), willing ("would you
try that?"), effect ("how does it affect your work?"), able ("can you swim?"), heard_of ("do you know
Brazil?"), has_one ("have you got a bike?"), ever ("did you see the match?", "have you ever sailed?"), liking ("do you like jazz?"), habit ("do
you bake?", "are you a vegetarian?"), of_it ("is it noisy?"), others ("does she work?"), favourite ("what's your favourite film?"), measure ("how tall are you?"),
check ("every day?", "by yourself?"). go_on: "say more?" when no more is left. agrees, corrects: a few words before the plain fact when the learner took something for granted.
"""

SayMove = Literal[
    "greet", "react", "elaborate", "answer", "ask", "complain", "deflect", "deny", "unsure",
    "puzzled", "rupture", "shut", "warn", "leave", "close", "tail", "hold", "bridge", "lead",
]  # fmt: skip
"""What a line does. A tail is a few words after a plain answer by which one hears how the patient stands to the learner:
shut, a question back, a detail, a feeling; it must fit any answer. A hold is a few words after something told, by which an
easier patient shows that it was not planned.
A bridge is a few words before a question or complaint of the patient's own that changes the subject, a lead a few words
before something told that nobody asked about."""


class Line(Authored):
    """One thing the patient can say."""

    say: Text
    """The words. `{learner}` is the learner's name, `{word}` a word the learner just used, `{thing}` a thing they named with its
    article ("the radio", "my keys"), `{Thing}` the same at the beginning of a sentence. `{choice}` and `{Choice}` are one of two words the
    learner left the choice between."""
    move: SayMove
    """What the patient does with it."""
    stance: tuple[StanceWord, ...] = ()
    """Rungs it fits; empty means guarded to collaborating."""
    to: tuple[Word, ...] = ()
    """Behaviours it answers; empty means any."""
    asked: tuple[Asked, ...] = ()
    """Kinds of question that it answers."""
    topic: Word | None = None
    needs: Word | None = None
    """A fact that must have been told in full before this may be said."""
    tags: tuple[Tag, ...] = ()
    """What the line calls for, when the words alone do not show it."""
    channel: tuple[Channel, ...] = ()
    """Channels it fits; empty means all."""
    outcome: Literal["asks", "thinks_about_it", "does_not_book"] | None = None
    """For `close`: how it is left."""
    nonverbal: str = ""
    """Shown apart from speech, without brackets."""
    more: tuple[Text, ...] = ()
    """What the patient says next, in order, when asked what they mean, why, who, or to go on."""


class Lines(Authored):
    """All lines of one patient."""

    schema_version: Literal[1]
    lines: Annotated[tuple[Line, ...], Field(min_length=20)]

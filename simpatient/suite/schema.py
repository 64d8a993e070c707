"""What a file of scripted dialogues may hold. Every field is explained where it stands; `docs/suites.md` shows it."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from simpatient.suite.bounds import BOUND_PATTERN, Bound, Rate, of_size_or_change
from simpatient.words import Ending, NextAppointment, PromiseKind, PromiseStatus

MOST_CASES = 5000
MOST_STEPS = 500


def _as_text(value: Any) -> Any:
    """A number an author wrote without quotes, as text."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _one_or_more(value: Any) -> Any:
    """A single value as a list of one."""
    if value is None or isinstance(value, list | tuple):
        return cast("list[object] | None", value)
    return [value]


def _named(default: str, size: Any) -> BeforeValidator:
    """Names without a size, as names with the usual one."""

    def named(value: Any) -> Any:
        if value == "none":
            return {"any": "0"}
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list | tuple):
            return {str(name): default for name in cast("list[object]", value)}
        return value

    return BeforeValidator(named, json_schema_input_type=Word | tuple[Word, ...] | dict[Word, size])


def _size(text: str) -> str:
    Bound.of(text)
    return text


def _size_or_change(text: str) -> str:
    of_size_or_change(text)
    return text


def _rating(text: str) -> str:
    return text if text in ("rated", "not rated") else _size(text)


def _from(least: float, most: float = math.inf) -> AfterValidator:
    """Nothing is expected that can never be, of a number from `least` to `most`; of a change, by how much it moves."""
    words = f"is never under {least:g}" if math.isinf(most) else f"lies between {least:g} and {most:g}"

    def possible(text: str) -> str:
        if text in ("rated", "not rated"):
            return text
        read = of_size_or_change(text)
        bound = read if isinstance(read, Bound) else read.by
        low, high = (least, most) if isinstance(read, Bound) else (0.0, most - least)
        if bound is not None and not bound.possible(low, high):
            told = words if isinstance(read, Bound) else f"never moves by more than {high:g}"
            raise ValueError(f"`{text}` can never be: this {told}")
        return text

    return AfterValidator(possible)


def _rate(text: str) -> str:
    Rate.read(text)
    return text


def _rupture(value: Any) -> Any:
    return {True: "any", False: "none"}[value] if isinstance(value, bool) else value


def _promises(value: Any) -> Any:
    return () if value == "none" else value


def _spoken(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        raise ValueError(f'what a learner types stands in quotes where it is a number: "{value}"')  # noqa: TRY004
    return {"learner": value} if isinstance(value, str) else value


def _judged(value: Any) -> Any:
    listed = _one_or_more(value)
    if not isinstance(listed, list | tuple):
        return listed
    return [{"says": item} if isinstance(item, str) else item for item in cast("list[object]", listed)]


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
"""Lower-case letters, digits, `_`, `-` and `.`."""
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Said = Annotated[str, Field(max_length=20_000)]
"""What the learner types; empty is a silence."""
_AS_TEXT = BeforeValidator(_as_text, json_schema_input_type=str | float)
Size = Annotated[str, _AS_TEXT, AfterValidator(_size), Field(json_schema_extra={"pattern": BOUND_PATTERN})]
"""A bound: `2`, `at least 0.4`, `at most 3`, `over 0.5`, `under 0.5`, `0.3 to 0.5`. A bare number means exactly."""
SizeOrChange = Annotated[str, _AS_TEXT, AfterValidator(_size_or_change)]
"""A bound, or `rises`, `falls by at least 0.03`, `moves by at most 0.05`, `unchanged`, `does not rise`, `does not fall`."""
Move = Annotated[SizeOrChange, _from(0, 1)]
Moves = Annotated[
    tuple[Move, ...],
    BeforeValidator(_one_or_more, json_schema_input_type=Move | tuple[Move, ...]),
]
Level = Annotated[Size, _from(0, 3)]
"""Of a code, a harm, a domain."""
Count = Annotated[Size, _from(0)]
RatingSize = Annotated[str, _AS_TEXT, AfterValidator(_rating), _from(0, 3)]
"""A bound on 0..3, `rated` or `not rated`."""
RateText = Annotated[str, AfterValidator(_rate)]
"""How many of how many, such as `4 of 5`."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more, json_schema_input_type=Text | tuple[Text, ...])]
Names = Annotated[tuple[Word, ...], BeforeValidator(_one_or_more, json_schema_input_type=Word | tuple[Word, ...])]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_more, json_schema_input_type=Id | tuple[Id, ...])]
EndingWord = Ending | Literal["no", "yes"]
Difficulty = Literal["gentle", "standard", "hard"]
ChannelWord = Literal["in_person", "phone", "text", "video"]
StanceName = Literal["leaving", "ruptured", "guarded", "testing", "warming", "open", "collaborating"]
StanceBound = Literal[
    StanceName,
    "at least ruptured", "at least guarded", "at least testing", "at least warming", "at least open",
    "at most ruptured", "at most guarded", "at most testing", "at most warming", "at most open",
]  # fmt: skip
Stances = Annotated[
    tuple[StanceBound, ...], BeforeValidator(_one_or_more, json_schema_input_type=StanceBound | tuple[StanceBound, ...])
]
RuptureWord = Literal["any", "none", "withdrawal", "confrontation", "unchanged"]
RenderingWord = Literal["hint", "partial", "full"]
Unit = Annotated[float, Field(ge=0.0, le=1.0)]


class Written(BaseModel):
    """A frozen piece of a suite; unknown fields are errors. In Python, `at_end`, `unless` and `passes` are the names
    of `finally`, `not` and `pass`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ReplyExpected(Written):
    """What the reply looks like. Words are compared without regard to capitals."""

    contains: Texts = ()
    """Words that must stand in it."""
    lacks: Texts = ()
    """Words that must not."""
    matches: Text | None = None
    """A regular expression found somewhere in it."""
    words: Count | None = None
    sentences: Count | None = None
    same: bool | None = None
    """True: word for word the reply before it; false: another."""
    nonverbal: bool | None = None
    """Whether something is seen beside the words."""


class PromiseExpected(Written):
    """One promise in the ledger, found by its words, kind or status."""

    about: Text | None = None
    """Words that stand in the promise."""
    kind: PromiseKind | None = None
    status: PromiseStatus | None = None
    due: Text | None = None


class Judged(Written):
    """A statement that a chat model finds true of what was said."""

    says: Text
    rate: RateText = "1 of 1"
    """How often of how many times it has to find it true."""


class Expected(Written):
    """What is expected of one exchange (`expect`), of every one (`throughout`) or of the whole (`finally`).

    Of the whole: readings, harms and disclosures are those of all its exchanges together, state and reply those of
    the last, changes are since the opening, ratings are the meeting's, and seconds, tokens and cost are summed up.
    """

    reads: Annotated[dict[Word, Level], _named("at least 1", Level)] = {}
    """Codes read in the message with their level, 0 for not read; a list means read at all."""
    trust: Moves = ()
    anxiety: Moves = ()
    defensiveness: Moves = ()
    hope: Moves = ()
    openness: Moves = ()
    exit_pressure: Count | None = None
    stance: Stances = ()
    """One of these stances."""
    rupture: Annotated[RuptureWord | None, BeforeValidator(_rupture, json_schema_input_type=bool | RuptureWord)] = None
    """`true`, `false`, or the style."""
    discloses: Annotated[dict[Word, RenderingWord], _named("partial", RenderingWord)] = {}
    """Facts told, at least so fully; a list means partly or in full."""
    withholds: Names = ()
    """Facts not told, not even in other words; a hint is allowed."""
    reply: ReplyExpected | None = None
    ratings: Annotated[dict[Word, RatingSize], _named("rated", RatingSize)] = {}
    """Behaviours of the rubric."""
    domains: dict[Word, Level] = {}
    index: Annotated[Size, _from(0, 100)] | None = None
    """0..100."""
    indices: dict[Word, Size] = {}
    trend: Annotated[Size, _from(-3, 3)] | None = None
    """-3..3."""
    harms: Annotated[dict[Word, Level], _named("at least 1", Level)] = {}
    """Harms rated with their severity; `none` for no harm at all."""
    promises: Annotated[
        tuple[PromiseExpected, ...] | None,
        BeforeValidator(_promises, json_schema_input_type=Literal["none"] | tuple[PromiseExpected, ...]),
    ] = None
    """Promises that stand in the ledger; `none` for an empty one."""
    ends: Annotated[
        tuple[EndingWord, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=EndingWord | tuple[EndingWord, ...]),
    ] = ()
    """How the meeting is over now, one of these; `no` while it goes on, `yes` for any end."""
    next_appointment: Annotated[
        tuple[NextAppointment, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=NextAppointment | tuple[NextAppointment, ...]),
    ] = ()
    refused: bool | None = None
    """Whether the message could not be taken, being too long."""
    seconds: Count | None = None
    """From the message to the whole reply."""
    tokens: Count | None = None
    cost: Count | None = None
    """By the suite's `prices`."""
    judged: Annotated[
        tuple[Judged, ...], BeforeValidator(_judged, json_schema_input_type=Text | Judged | tuple[Text | Judged, ...])
    ] = ()
    any_of: tuple[Expected, ...] = ()
    """At least one of these blocks is met."""
    unless: Expected | None = Field(default=None, validation_alias="not")
    """A block that is not met."""
    optional: Expected | None = None
    """A block that is reported and fails nothing."""


class Exchanged(Written):
    """An exchange held before the first step. It costs no call: a reply not written here is an authored line."""

    learner: Said
    patient: Text | None = None
    codes: dict[Word, Annotated[int, Field(ge=1, le=3)]] | None = None


class Step(Written):
    """One learner message and what is expected of it, or a block of them."""

    learner: Said | None = None
    block: Id | None = None
    """Name of shared steps that stand here."""
    times: Annotated[int, Field(ge=1, le=MOST_STEPS)] = 1
    """How often the step is said."""
    codes: dict[Word, Annotated[int, Field(ge=1, le=3)]] | None = None
    """What is taken as read in the message, whatever a reader would find; by default it is read."""
    patient: Text | None = None
    """What the patient answers, whatever a voice would say; by default it speaks."""
    expect: Expected = Expected()

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.learner is None) == (self.block is None):
            raise ValueError("a step has either `learner` or `block`")
        if self.block is not None and (self.codes is not None or self.patient is not None):
            raise ValueError("what stands in a block is written there")
        return self


Spoken = Annotated[Step, BeforeValidator(_spoken, json_schema_input_type=Said | Step)]
Held = Annotated[Exchanged, BeforeValidator(_spoken, json_schema_input_type=Said | Exchanged)]
Steps = Annotated[tuple[Spoken, ...], Field(min_length=1, max_length=MOST_STEPS)]


class Seeded(Written):
    """How the patient feels and what they have told when the first step is said; the rest is as ever."""

    trust: Unit | None = None
    anxiety: Unit | None = None
    defensiveness: Unit | None = None
    hope: Unit | None = None
    stance: StanceName | None = None
    rupture: Literal["withdrawal", "confrontation"] | None = None
    exit_pressure: Annotated[float, Field(ge=0.0, lt=1.0)] | None = None
    told: tuple[Word, ...] = ()
    """Facts told in full before."""


class DaysExpected(Written):
    """What is expected of the days between."""

    returns: Literal["comes", "no_show", "referred", "finished"] | None = None
    promises: tuple[PromiseExpected, ...] = ()


class Days(Written):
    """The days before a meeting."""

    promises: Literal["kept", "partly", "late", "not_done"] = "not_done"
    """What became of every promise that was due."""
    check_in: Said = ""
    """The one message sent meanwhile."""
    expect: DaysExpected = DaysExpected()


class Meeting(Written):
    """One meeting of a case that has several."""

    between: Days | None = None
    """The days before it; not of the first."""
    steps: tuple[Spoken, ...] = Field(default=(), max_length=MOST_STEPS)
    learner: Id | None = None
    style: Text | None = None
    exchanges: Annotated[int, Field(ge=1, le=MOST_STEPS)] | None = None
    throughout: Expected = Expected()
    at_end: Expected = Field(default=Expected(), validation_alias="finally")

    @model_validator(mode="after")
    def _said_by_one(self) -> Self:
        if bool(self.steps) == (self.learner is not None):
            raise ValueError("a meeting has either `steps` or a `learner`")
        if (self.learner is None) != (self.exchanges is None):
            raise ValueError("a `learner` talks for so many `exchanges`, and steps count themselves")
        return self


class Matrix(Written):
    """A case is held once for each combination of these."""

    persona: Ids = ()
    """Ids, or `all` for every persona of the library."""
    evaluator: Ids = ()
    difficulty: tuple[Difficulty, ...] = ()
    channel: tuple[ChannelWord, ...] = ()
    seed: tuple[int, ...] = ()


class Setting(Written):
    """With whom and how; what a case leaves out is its suite's."""

    persona: str | None = None
    """Id, or path of the folder."""
    evaluator: str | None = None
    difficulty: Difficulty | None = None
    channel: ChannelWord | None = None
    seed: int | None = None
    reading: Literal["rules", "rules-then-model", "model"] | None = None
    matrix: Matrix | None = None


class Case(Setting):
    """One conversation and what is expected of it."""

    case: Id
    about: Text | None = None
    tags: Ids = ()
    state: Seeded | None = None
    history: tuple[Held, ...] = ()
    steps: tuple[Spoken, ...] = Field(default=(), max_length=MOST_STEPS)
    learner: Id | None = None
    """A learner that is no script, such as `skilled`; `voiced` is a chat model."""
    style: Text | None = None
    """How a `voiced` learner is."""
    exchanges: Annotated[int, Field(ge=1, le=MOST_STEPS)] | None = None
    meetings: tuple[Meeting, ...] = Field(default=(), max_length=20)
    throughout: Expected = Expected()
    """Expected of every exchange."""
    at_end: Expected = Field(default=Expected(), validation_alias="finally")
    passes: RateText | None = Field(default=None, validation_alias="pass")
    """How often of how many times it has to be met; held so often, with one seed after the other."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum((bool(self.steps), self.learner is not None, bool(self.meetings))) != 1:
            raise ValueError("a case has one of `steps`, `learner` and `meetings`")
        if (self.learner is None) != (self.exchanges is None):
            raise ValueError("a `learner` talks for so many `exchanges`, and steps count themselves")
        if self.meetings and self.meetings[0].between is not None:
            raise ValueError("no days lie before the first meeting")
        return self


class Comparison(Written):
    """Cases in order: each ends above the next."""

    about: Text | None = None
    of: Literal["index", "trust", "hope", "openness", "anxiety", "defensiveness", "disclosed", "trend"]
    """What is compared, at the end of each; `disclosed` counts facts."""
    order: Annotated[tuple[Id, ...], Field(min_length=2)]
    """Names of cases, the highest first; where they are held in a matrix, like is compared with like."""
    by: Annotated[float, Field(ge=0.0)] = 0.0
    """How much the means of neighbours are apart at least."""


class Price(Written):
    """What a chat model costs, per million tokens, in whatever money."""

    prompt: Annotated[float, Field(ge=0.0)]
    answer: Annotated[float, Field(ge=0.0)]


class Suite(Setting):
    """One file."""

    suite: Id
    about: Text | None = None
    tags: Ids = ()
    """Tags of all its cases."""
    blocks: dict[Id, Steps] = {}
    """Steps that several cases share."""
    prices: dict[str, Price] = {}
    """By the name of the chat model."""
    cases: Annotated[
        tuple[Case, ...],
        Field(min_length=1, max_length=MOST_CASES, examples=[[{"case": "first", "steps": ["Hello."]}]]),
    ]
    compare: tuple[Comparison, ...] = ()

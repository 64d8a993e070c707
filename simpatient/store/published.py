"""The published records: the same fields in `--json`, the store, exports and the schema.

What the program writes is made by hand where it is made; these types say what it may look like, check what an
import brings, and give the JSON Schema (docs/records.schema.json).
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

SCHEMA_VERSION = 1
Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[int, Field(ge=1, le=3)]
Number = Annotated[int, Field(ge=1)]
Zeroth = Annotated[int, Field(ge=0)]
When = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
Id = Annotated[str, Field(pattern=r"^[\w.:@+-]{1,120}$")]
StanceWord = Literal["leaving", "ruptured", "guarded", "testing", "warming", "open", "collaborating"]
EndingWord = Literal["closed", "walked_out", "left_politely", "time", "safety", "stopped", "referred", "no_show"]


class Published(BaseModel):
    """A record; a field that is not named here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CodeRecord(Published):
    """A behaviour code read in a learner message."""

    code: str
    level: Level
    quote: str


class AppraisalRecord(Published):
    """What was read in a learner message."""

    by: Literal["rules", "model", "script"]
    codes: list[CodeRecord]
    off_task: list[str] = []


class OpportunityRecord(Published):
    """What the patient turn that was answered called for."""

    tag: str
    behaviour: list[str]
    required: bool
    quote: str


class StateRecord(Published):
    """What the patient felt after the exchange."""

    trust: Share
    anxiety: Share
    defensiveness: Share
    hope: Share
    openness: Share


class RuptureRecord(Published):
    """A strained alliance."""

    style: Literal["withdrawal", "confrontation"]
    cause: Literal["harm", "promise"]


class DisclosedRecord(Published):
    """A fact told in this exchange, by its id."""

    fact: str
    rendering: Literal["none", "hint", "partial", "full"]


class PromiseRecord(Published):
    """Something the learner undertook."""

    id: str
    quote: str
    what: str
    kind: Literal["find_out", "do", "contact", "privacy", "time"]
    due: str
    specific: Annotated[int, Field(ge=0, le=2)]
    in_power: Literal["yes", "no", "unclear"]
    weight: float
    status: Literal["open", "kept", "partly", "late_owned", "renegotiated", "broken", "forgotten", "found_out"]
    made_in: int
    told_in: int | None
    made_at: Number = 1
    """Number of the meeting in which it was made."""
    told_at: Number | None = None
    """Number of the meeting in which its outcome was told."""
    done: Literal["kept", "partly", "late", "not_done"] | None = None
    """What became of it in truth; null until the learner was asked."""
    result: str = ""
    raised_in: int | None = None
    """Exchange in which the patient brought it up."""
    claimed_in: int | None = None
    """Exchange in which it was told otherwise than it was."""


class PlanRecord(Published):
    """What learner and patient agreed to work on, in the learner's words."""

    problems: list[str]
    goal: str
    benchmark: str
    review: str
    review_at: Number
    asked: bool
    accepted: bool | None
    made_at: Number
    reviewed_at: Number | None
    missed_at: Number | None


class RatingRecord(Published):
    """One behaviour of the rubric rated on one message; null is not rated, never zero."""

    behaviour: str
    value: Annotated[int, Field(ge=0, le=3)] | None
    not_rated: str | None
    required: bool
    quote: str
    cue_quote: str
    why: str
    confidence: Literal["low", "medium", "high"]


class HarmRecord(Published):
    """A harmful behaviour found in a message."""

    code: str
    severity: Level
    quote: str


class VoiceRecord(Published):
    """Which voice spoke, and what it took."""

    by: str
    model: str = ""
    digest: str
    latency_ms: float | None
    tokens: int | None


class DisagreementRecord(Published):
    """A code that rules and chat model read differently: the level each gave it, 0 for none."""

    code: str
    rules: int
    model: int


class EvaluatorRecord(Published):
    """Who rated, and what a chat model read."""

    by: str
    digest: str
    tokens: int | None
    reading: list[CodeRecord] | None
    disagreements: list[DisagreementRecord]


class ExchangeRecord(Published):
    """A learner message with the reply it drew."""

    schema_version: Literal[1]
    encounter: Id
    exchange: Number
    parent: Zeroth
    learner: str
    intended: str = ""
    """What the learner wanted to reach with it, said before its ratings were shown."""
    reply: str
    nonverbal: str
    appraisal: AppraisalRecord
    opportunities: list[OpportunityRecord]
    state: StateRecord
    state_corrected: StateRecord | None = None
    """After a chat model's verified reading, where it came in time."""
    stance: StanceWord
    rupture: RuptureRecord | None
    exit_pressure: Annotated[float, Field(ge=0)]
    disclosed: list[DisclosedRecord]
    promises: list[PromiseRecord]
    ratings: list[RatingRecord]
    harms: list[HarmRecord]
    try_instead: str
    notice: str
    meant: list[str] = []
    """What the learner said afterwards they had meant, for the educator; it changes no value."""
    ended: EndingWord | None
    seed: int
    evaluator: EvaluatorRecord | None = None
    voice: VoiceRecord


class CeilingRecord(Published):
    """A grave event that caps the index."""

    event: str
    most: int
    words: str
    repaired: bool


class DomainRecord(Published):
    """Mean of a domain's behaviours with evidence, 0..3."""

    domain: str
    name: str
    value: float | None


class BehaviourRecord(Published):
    """One behaviour over the meeting."""

    behaviour: str
    name: str
    value: float | None
    uptake: float | None
    called: int
    answered: int


class IndexRecord(Published):
    """A count or ratio with its honest reference."""

    name: str
    value: float | None
    reference: str
    source: str
    early_signal: bool


class MomentRecord(Published):
    """An exchange that moved the patient."""

    exchange: int
    learner: str
    change: str
    trust: float
    better: str


class NotHeardRecord(Published):
    """A topic that stayed shut; never the fact itself."""

    topic: str
    would_open: str
    hinted: bool


class OutcomeRecord(Published):
    """How the patient left it."""

    stance: StanceWord
    next_appointment: Literal["asks", "thinks_about_it", "does_not_book", "elsewhere"]
    ended: EndingWord


class PointRecord(StateRecord):
    """State after the opening (0) and after each exchange."""

    exchange: int
    stance: StanceWord


class DebriefRecord(Published):
    """What a meeting added up to."""

    schema_version: Literal[1]
    encounter: Id
    persona: str
    evaluator: str
    index: Annotated[float, Field(ge=0, le=100)] | None
    ceilings: list[CeilingRecord]
    profile: list[DomainRecord]
    behaviours: list[BehaviourRecord]
    indices: dict[str, IndexRecord]
    trend: float | None
    recovered: bool
    moments: list[MomentRecord]
    not_heard: list[NotHeardRecord]
    promises: list[PromiseRecord]
    outcome: OutcomeRecord
    strengths: list[str]
    change: str
    text: str
    states: list[PointRecord]
    meeting: Number = 1
    """1 for the first meeting of these two."""
    plan: PlanRecord | None = None
    together: list[str] = []
    """What the meeting had to do with earlier ones, or with parting, in sentences."""


class SettingsRecord(Published):
    """What was chosen for a meeting."""

    evaluator: str
    difficulty: str | None = None
    channel: str | None = None
    voice: str = "embedded"
    mode: str = "practice"
    """guided, practice or assessment: how much the meeting helped the learner."""


class VersionsRecord(Published):
    """Number and digest of all that made a meeting."""

    engine: str = ""
    persona: str = ""
    codebook: str = ""
    rubric: str = ""


class Exported(BaseModel):
    """A line of an export; `exact` is there only when the export was made to be continued elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MeetingLineOut(Exported):
    """First of a meeting's lines."""

    kind: Literal["meeting"]
    schema_version: Literal[1]
    encounter: Id
    learner: Id
    persona: Id
    name: str
    meeting: Number
    seed: int
    settings: SettingsRecord
    versions: VersionsRecord
    exchanges: Zeroth
    head: Zeroth
    ended: EndingWord | None
    started_at: When
    updated_at: When
    exact: str | None = None


class ExchangeLineOut(Exported):
    """One exchange of it, by number."""

    kind: Literal["exchange"]
    made_at: When
    versions: VersionsRecord | None = None
    """Only where they differ from the meeting's."""
    record: ExchangeRecord
    exact: str | None = None


class RatedPart(Published):
    """What one evaluator said of one message."""

    ratings: list[RatingRecord]
    harms: list[HarmRecord]
    try_instead: str


class RatingLineOut(Exported):
    """What one evaluator said of one exchange."""

    kind: Literal["rating"]
    encounter: Id
    exchange: Number
    evaluator: str
    version: str
    made_at: When
    record: RatedPart


class DebriefLineOut(Exported):
    """The debrief of one branch."""

    kind: Literal["debrief"]
    head: Number
    made_at: When
    record: DebriefRecord


class RelationshipLineOut(Exported):
    """What is between one learner and one patient over their meetings."""

    kind: Literal["relationship"]
    learner: Id
    persona: Id
    revision: Number
    record: dict[str, Any]
    plans: list[PlanRecord]


Line = Annotated[
    MeetingLineOut | ExchangeLineOut | RatingLineOut | DebriefLineOut | RelationshipLineOut, Field(discriminator="kind")
]
LINES: TypeAdapter[Line] = TypeAdapter(Line)


def schema() -> str:
    """The JSON Schema of one line of an export, with those of the records inside it."""
    whole = LINES.json_schema()
    whole["title"] = "A line of a simpatient export"
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

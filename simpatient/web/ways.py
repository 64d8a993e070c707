"""One exchange as our pages show it, with what every value of it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from simpatient.encounter import Encounter, Exchange
from simpatient.patient.intent import changes_in_words
from simpatient.rubric import Behaviour
from simpatient.web.educator import EducatorProps, educator_props
from simpatient.web.panel import Piece, marked
from simpatient.web.room import room
from simpatient.web.tested import Experimental, experimental
from simpatient.web.text import catalogue
from simpatient.words import VARIABLES, Assessment, HarmRating, PatientTurn, Rating

LEVELS = ("zero", "one", "two", "three")
NOTABLE = 0.005
"""Change of a variable from which it is shown at all."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One value, and all that it rests on (clinical section 5.6)."""

    exchange: int
    """Of the whole tree, as the records count."""
    place: int
    """In this branch, as the learner counts: 1 for the first."""
    behaviour: str
    name: str
    kind: str
    """`good`: shown; `miss`: called for and not shown; `harm`: in the way."""
    value: int
    """0..3; of a harm its severity, 1..3."""
    quote: str
    """The learner's words."""
    cue: str
    """The patient's words that called for it."""
    anchor: str
    """What this value means, as the rubric has it; of a harm, the codebook's definition."""
    above: str
    """What one more would have been; empty at 3 and for a harm."""
    called_by: tuple[str, ...]
    """What in the patient's turn called for it."""
    required: bool
    why: str
    better: str
    by: str
    """Who rated."""
    confidence: str
    experimental: bool
    """Whether human coders and this evaluator agree on it only weakly, or too few cases were compared."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """How far one variable of the patient's state moved."""

    name: str
    before: float
    after: float

    @property
    def by(self) -> float:
        """The difference."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class Read:
    """One behaviour code as it was read, on which the counts rest."""

    name: str
    level: int
    quote: str
    harm: bool


@dataclass(frozen=True, kw_only=True)
class Way:
    """One exchange, said in one way."""

    number: int
    place: int
    asked: PatientTurn
    """What the learner answered."""
    learner: str
    pieces: tuple[Piece, ...]
    reply: str
    seen: str
    notice: str
    intended: str
    """What the learner wanted with it, said before the ratings; may be empty."""
    meant: tuple[str, ...]
    """What the learner said afterwards they had meant."""
    change: str
    """What it did to the patient, in words."""
    moved: tuple[Change, ...]
    trust: float
    credited: tuple[Evidence, ...]
    missed: tuple[Evidence, ...]
    harms: tuple[Evidence, ...]
    rated: bool
    read: tuple[Read, ...]
    """What was read in the message."""
    read_by: str
    differing: tuple[str, ...]
    """Where the rules and a chat model read it differently; shown, not hidden."""
    try_instead: str
    opened: tuple[str, ...]
    """Topics that it opened, and how far; never what was told."""
    stance: str
    ended: str
    educator: EducatorProps | None
    """What only an educator sees; None unless that is switched on."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All values, harms first."""
        return (*self.harms, *self.credited, *self.missed)


def way_of(exchange: Exchange, encounter: Encounter, place: int, *, educator: bool = False) -> Way:
    """The exchange, `place` in its branch, as a page shows it; to an `educator` with what stands behind it."""
    assessment = exchange.assessment or Assessment()
    values = tuple(_evidence(r, exchange, encounter, place) for r in assessment.ratings if r.value is not None)
    credited = tuple(sorted((v for v in values if v.kind == "good"), key=lambda v: -v.value))
    harms = sorted(assessment.harms, key=lambda harm: -harm.severity)
    return Way(
        number=exchange.number, place=place, asked=exchange.answers, learner=exchange.learner,
        pieces=tuple(
            marked(
                exchange.learner, [v.quote for v in credited if v.value > 1], [h.quote for h in harms if h.confidence != "low"],
                [v.quote for v in credited if v.value == 1],
            )
        ),
        reply=exchange.turn.text, seen=exchange.turn.nonverbal, notice=exchange.notice,
        intended=str(getattr(exchange, "intended", "") or ""), meant=exchange.meant,
        change=", ".join(changes_in_words(exchange.before, exchange.after)),
        moved=tuple(
            Change(name=catalogue().say(f"variable.{name}"), before=exchange.before.value(name), after=exchange.after.value(name))
            for name in VARIABLES
        ),
        trust=exchange.after.trust - exchange.before.trust, credited=credited,
        missed=tuple(v for v in values if v.kind == "miss"),
        harms=tuple(_harm(harm, exchange, encounter, place) for harm in harms),
        rated=exchange.assessment is not None and not assessment.failed,
        read=_read(exchange, encounter), read_by=exchange.appraisal.by, differing=_differing(assessment, encounter),
        try_instead=assessment.try_instead,
        opened=opened(exchange, encounter), stance=catalogue().say(f"stance.{exchange.after.stance.word}"),
        ended=exchange.ended.value if exchange.ended else "",
        educator=educator_props(encounter, exchange, encounter.codebook) if educator else None,
    )  # fmt: skip


def _read(exchange: Exchange, encounter: Encounter) -> tuple[Read, ...]:
    codes = encounter.codebook.codes
    return tuple(
        Read(
            name=codes[span.code].name if span.code in codes else span.code, level=span.level, quote=span.quote,
            harm=span.code in encounter.codebook.harms,
        )
        for span in exchange.appraisal.codes
    )  # fmt: skip


def _differing(assessment: Assessment, encounter: Encounter) -> tuple[str, ...]:
    codes, words = encounter.codebook.codes, catalogue()
    return tuple(
        words.say("way.differs", name=codes[d.code].name if d.code in codes else d.code, rules=d.rules, model=d.model)
        for d in assessment.disagreements
    )


def opened(exchange: Exchange, encounter: Encounter) -> tuple[str, ...]:
    """The topics that an exchange opened, and how far."""
    persona, words = encounter.patient.persona, catalogue()
    return tuple(
        words.say(f"way.opened_{told.rendering.word}", topic=persona.topic(told.topic).name)
        for told in exchange.tellings
        if told.rendering
    )


def _evidence(rating: Rating, exchange: Exchange, encounter: Encounter, place: int) -> Evidence:
    behaviour, value = encounter.rubric.behaviour(rating.behaviour), rating.value or 0
    return Evidence(
        exchange=exchange.number, place=place, behaviour=rating.behaviour, name=behaviour.name,
        kind="good" if value else "miss" if rating.required else "", value=value, quote=rating.quote,
        cue=rating.cue_quote, anchor=str(getattr(behaviour.anchors, LEVELS[value])),
        above=str(getattr(behaviour.anchors, LEVELS[value + 1])) if value < len(LEVELS) - 1 else "",
        called_by=called_by(behaviour, exchange) if rating.required else (), required=rating.required, why=rating.why,
        better="", by=rated_by(exchange, encounter), confidence=rating.confidence,
        experimental=behaviour.experimental or behaviour.id in _weak(encounter).behaviours,
    )  # fmt: skip


def _harm(harm: HarmRating, exchange: Exchange, encounter: Encounter, place: int) -> Evidence:
    code = encounter.codebook.codes.get(harm.code)
    return Evidence(
        exchange=exchange.number, place=place, behaviour=harm.code, name=code.name if code else harm.code, kind="harm",
        value=harm.severity, quote=harm.quote, cue="", anchor=code.definition if code else "", above="", called_by=(),
        required=False, why="", better=code.better if code else "", by=rated_by(exchange, encounter),
        confidence=harm.confidence, experimental=harm.code in _weak(encounter).codes,
    )  # fmt: skip


def _weak(encounter: Encounter) -> Experimental:
    return experimental(room().library, encounter.rubric.id)


def called_by(behaviour: Behaviour, exchange: Exchange) -> tuple[str, ...]:
    """What in the patient's turn called for the behaviour; the situation where no single words did."""
    words = catalogue()
    tags = [o for o in exchange.answers.opportunities if o.tag in behaviour.required_by_tags]
    named = (
        f"{words.say(f'tag.{o.tag.value}')}: “{o.quote}”" if o.quote else words.say(f"tag.{o.tag.value}") for o in tags
    )
    return tuple(dict.fromkeys(named)) or (words.say("way.situation"),)


def rated_by(exchange: Exchange, encounter: Encounter) -> str:
    """Who rated, with the version of what it was rated by."""
    rubric, by = encounter.rubric, exchange.assessment.by if exchange.assessment else "rules"
    key = "way.by_rules" if by == "rules" else "way.by_model"
    return catalogue().say(key, rubric=rubric.name, version=rubric.version, model=by)

"""What the Rapport panel and the cards show, as plain data for the browser. Never the patient's hidden state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Literal, TypedDict
from urllib.parse import quote as for_address

from simpatient.encounter.records import Exchange
from simpatient.evaluation.profile import Profile
from simpatient.persona import Patient
from simpatient.rubric import Codebook, Rubric
from simpatient.web.educator import EducatorProps
from simpatient.web.tested import Experimental
from simpatient.web.text import catalogue
from simpatient.words import HarmRating, Rating

NOTHING_WEAK = Experimental()
Mark = Literal["", "some", "good", "harm"]
"""`some`: heard, and too general to say more; `good`: to the point; `harm`: in the way."""


class Piece(TypedDict):
    """A stretch of the learner's message."""

    text: str
    mark: Mark


class Credit(TypedDict):
    """A behaviour that was shown."""

    name: str
    value: int
    quote: str
    why: str
    experimental: bool


class Miss(TypedDict):
    """A behaviour that was called for and not shown."""

    name: str
    cue: str
    why: str
    experimental: bool


class Harm(TypedDict):
    """Something that gets in the way."""

    name: str
    severity: int
    """1..3; 0 where it is only guessed."""
    quote: str
    better: str
    experimental: bool


class Bar(TypedDict):
    """One domain of the running profile."""

    name: str
    value: float | None


class PanelProps(TypedDict):
    """All that Rapport.jsx draws."""

    kind: Literal["welcome", "rated"]
    inline: bool
    labels: dict[str, str]
    number: int
    """Of the whole tree, as the records count."""
    place: int
    """In this branch, as the learner counts."""
    left: str
    """How many exchanges are left."""
    said: list[Piece]
    intended: str
    credited: list[Credit]
    missed: list[Miss]
    harms: list[Harm]
    tryLine: str
    domains: list[Bar]
    debrief: str
    compare: str
    """Address where the ways this meeting went stand side by side; empty while there is only one."""
    rubric: str
    """Address where it stands what is rated; empty before anything is."""
    summary: str
    allExperimental: bool
    """Whether all that is shown is experimental, so that it is said once and not each time."""
    educator: EducatorProps | None
    """What only an educator sees; None unless that is switched on."""


def welcome_props(patient: Patient, *, inline: bool) -> PanelProps:
    """The panel before the first exchange."""
    words = catalogue()
    return PanelProps(
        kind="welcome", inline=inline, labels=_labels(patient), number=0, place=0, left="", said=[], intended="", credited=[], missed=[], harms=[],
        tryLine="", domains=[], debrief="", compare="", rubric="", summary=words.say("panel.summary_welcome"),
        allExperimental=False, educator=None,
    )  # fmt: skip


def rated_props(
    exchange: Exchange,
    profile: Profile,
    patient: Patient,
    rubric: Rubric,
    codebook: Codebook,
    *,
    inline: bool,
    place: int = 0,
    weak: Experimental = NOTHING_WEAK,
) -> PanelProps:
    """The panel after an exchange has been rated, `place` in its branch; what is `weak` says so."""
    place = place or exchange.number
    ratings = exchange.assessment.ratings if exchange.assessment else ()
    harms = exchange.assessment.harms if exchange.assessment else ()
    # A slip that is only guessed is not held against anybody while they talk.
    harms = [h for h in harms if h.severity > 1 or h.confidence != "low"]
    hurt = [h.quote for h in harms if h.quote and h.confidence != "low"]
    # The same words are not praised and blamed in one breath; the debrief shows both.
    credited = [
        c for c in credits_of(ratings, rubric, weak) if not any(q in c["quote"] or c["quote"] in q for q in hurt)
    ]
    missed, gone_wrong = misses_of(ratings, rubric, weak), harms_of(harms, codebook, weak)
    shown = [*credited, *missed, *gone_wrong]
    words = catalogue()
    labels = _labels(patient)
    if exchange.assessment is not None and exchange.assessment.failed:
        labels["credited_none"] = words.say("panel.unrated")
    return PanelProps(
        kind="rated", inline=inline, labels=labels, number=exchange.number, place=place, left="",
        intended=exchange.intended,
        said=marked(
            exchange.learner, [c["quote"] for c in credited if c["value"] > 1], hurt,
            [c["quote"] for c in credited if c["value"] == 1],
        ),
        credited=credited, missed=missed, harms=gone_wrong,
        allExperimental=bool(shown) and all(each["experimental"] for each in shown),
        tryLine=exchange.assessment.try_instead if exchange.assessment else "",
        domains=[Bar(name=d.name, value=None if d.value is None else round(d.value, 1)) for d in profile.domains],
        debrief="",
        compare="",
        rubric=f"/rubric/{for_address(rubric.id)}",
        summary=words.say(
            "panel.summary_rated", number=place, credited=len(credited), missed=len(missed), harms=len(harms)
        ),
        educator=None,
    )  # fmt: skip


def credits_of(ratings: tuple[Rating, ...], rubric: Rubric, weak: Experimental = NOTHING_WEAK) -> list[Credit]:
    """What was shown, the best first."""
    shown = sorted((r for r in ratings if r.value), key=lambda r: -(r.value or 0))
    return [
        Credit(
            name=rubric.behaviour(r.behaviour).name,
            value=r.value or 0,
            quote=r.quote,
            why=r.why,
            experimental=r.behaviour in weak.behaviours,
        )
        for r in shown
    ]


def misses_of(ratings: tuple[Rating, ...], rubric: Rubric, weak: Experimental = NOTHING_WEAK) -> list[Miss]:
    """What was called for and not shown, with the patient's words."""
    return [
        Miss(
            name=rubric.behaviour(r.behaviour).name,
            cue=r.cue_quote,
            why=r.why,
            experimental=r.behaviour in weak.behaviours,
        )
        for r in ratings
        if r.required and r.value == 0
    ]


def harms_of(harms: Sequence[HarmRating], codebook: Codebook, weak: Experimental = NOTHING_WEAK) -> list[Harm]:
    """What got in the way, the gravest first."""
    return [
        Harm(
            name=codebook.codes[h.code].name if h.code in codebook.codes else h.code,
            severity=0 if h.confidence == "low" else h.severity,
            quote=h.quote,
            better=codebook.codes[h.code].better if h.code in codebook.codes else "",
            experimental=h.code in weak.codes,
        )
        for h in sorted(harms, key=lambda h: -h.severity)
    ]


def marked(message: str, good: Sequence[str], harm: Sequence[str], some: Sequence[str] = ()) -> list[Piece]:
    """The message cut into pieces, each marked or not; where several quote a word, harm wins, then good, then some."""
    marks: list[Mark] = [""] * len(message)
    wanted: list[tuple[str, Mark]] = [
        *((quote, "some") for quote in some), *((quote, "good") for quote in good), *((quote, "harm") for quote in harm),
    ]  # fmt: skip
    for quote, mark in wanted:
        start = message.find(quote) if quote else -1
        if start >= 0:
            marks[start : start + len(quote)] = repeat(mark, len(quote))
    pieces: list[Piece] = []
    for letter, mark in zip(message, marks, strict=True):
        if pieces and pieces[-1]["mark"] == mark:
            pieces[-1]["text"] += letter
        else:
            pieces.append(Piece(text=letter, mark=mark))
    return pieces


def _labels(patient: Patient) -> dict[str, str]:
    name = patient.persona.card.name.split()[0]
    return {key: text.replace("{patient}", name) for key, text in catalogue().section("panel").items()}

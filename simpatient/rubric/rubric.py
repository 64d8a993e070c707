"""What `evaluators/NAME/rubric.yaml` means: behaviours, anchors, what calls for them, how they add up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simpatient.rubric.codebook import Authored, Text, Word
from simpatient.words import Tag

Level = Annotated[int, Field(ge=1, le=3)]
Situation = Literal[
    "first_exchange", "account", "plan_on_table", "closing_phase", "information_given",
    "promise_due", "after_flood", "before_disclosure", "learner_slip",
]  # fmt: skip
"""What calls for a behaviour beside the tags of the patient's turn.

All of them are decided before the message is looked at, so that nobody can argue afterwards about what was called for.
first_exchange: the message opens the meeting. account: the patient gave 12 or more words about
themselves (questions and the opening aside) or named a feeling. plan_on_table:
the learner's previous message brought advice or a plan. closing_phase: the meeting draws to an end. information_given:
the learner's previous message informed at length. promise_due: a promise is due. after_flood: the previous learner
message was a flood, a rush or three stacked questions. before_disclosure: third exchange of the first meeting, privacy
not yet spoken about. learner_slip: the patient's turn shows that the learner's previous message hurt.
"""


class Anchors(Authored):
    """Words for each level of one behaviour."""

    zero: Text
    """Missing, or in its harmful form."""
    one: Text
    """It would fit anybody."""
    two: Text
    """It fits this person."""
    three: Text
    """It adds something and leaves them freer to speak."""


class TryInstead(Authored):
    """Better lines to offer when the behaviour was called for and missed."""

    when: Tag | None = None
    """Only after a patient turn with this tag; none means any."""
    instead_of: tuple[Word, ...] = ()
    """Harms that the line replaces; such a line is offered for these harms only, whatever the patient said."""
    say: Text
    """`{feeling}` and `{about}` are filled from the patient's turn."""


class Reasons(Authored):
    """What the learner is told for each value, one line of at most 25 words when filled.

    `{quote}` is filled with the learner's words, `{cue}` with the patient's.
    """

    zero: Text
    one: Text
    two: Text
    three: Text
    promise: str = ""
    """Instead of `zero` where something the learner had promised was due; `{cue}` is filled with that promise."""


class Tally(Authored):
    """How the debrief speaks of a behaviour over the whole meeting."""

    called: Text
    """With `{answered}` and `{called}`: "You answered {answered} of {called} worries"."""
    used: Text
    """With `{times}` (never, once, twice, 3 times): "choices were offered {times}"."""


class Behaviour(Authored):
    """One thing that is rated 0 to 3."""

    id: Word
    name: Text
    """As learners read it."""
    domain: Word
    """Id of the domain it belongs to."""
    anchors: Anchors
    credited_by: dict[Word, Level]
    """Codes that earn it, each with the highest value it can earn."""
    harmed_by: tuple[Word, ...] = ()
    """Its harmful forms: clear ones put it at 0. A harm that nothing required is charged to the first that names it."""
    required_by_tags: tuple[Tag, ...] = ()
    """What a turn of the patient may call for that makes its absence count."""
    required_in: tuple[Situation, ...] = ()
    """Situations that make its absence count."""
    not_applicable_by_tags: tuple[Tag, ...] = ()
    """Tags of the patient turn that take the behaviour out of play, unless it is required."""
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    """1 is required first when more than three are called for: risk, rupture, cue, question, rest."""
    try_instead: Annotated[tuple[TryInstead, ...], Field(min_length=1)]
    source: Text
    """The literature behind it."""
    experimental: bool = False
    """Whether agreement with human coders is weak or untried; learners are told."""
    reasons: Reasons | None = None
    """None: the anchor of the value is shown."""
    tally: Tally | None = None
    """None: the debrief's headline leaves it out."""
    measured: Literal["pace"] | None = None
    """`pace`: also earned by lengths and the number of questions, not by codes alone."""


class Domain(Authored):
    """A family of behaviours."""

    id: Word
    name: Text
    """As learners read it."""
    weight: Annotated[float, Field(gt=0, le=1)]
    """Share of the index, 0..1; all of them come to 1."""


class Ceiling(Authored):
    """The most the index can reach after a grave event (clinical section 2.6)."""

    event: Literal[
        "risk_ignored", "breach_3", "stigma_3", "other_harm_3", "repeated_harm_2", "promise_silent", "walked_out"
    ]
    """What has to have happened."""
    most: Annotated[int, Field(ge=0, le=100)]
    """What the index can reach then, 0..100."""
    repaired: Annotated[int, Field(ge=0, le=100)] | None = None
    """What it is lifted to after a repair of quality 2 or more; none means it is not lifted."""
    words: Text
    """What the learner is told."""


class Rubric(Authored):
    """What an evaluator rates by."""

    schema_version: Literal[1]
    id: Word
    name: Text
    """As learners read it."""
    version: Text
    """Raise it when values change their meaning: scores are compared within one version only."""
    not_validated: Text
    """The honest sentence about validity shown with every report."""
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    behaviours: Annotated[tuple[Behaviour, ...], Field(min_length=1)]
    ceilings: tuple[Ceiling, ...]
    most_required: Annotated[int, Field(ge=1, le=5)] = 3
    """Behaviours required in one exchange at most."""
    praise_counts: Annotated[int, Field(ge=0)] = 3
    """How often affirmation and praise count in one meeting."""
    praise_codes: tuple[Word, ...] = ()
    """The codes that count as praise."""
    never_earn: tuple[Word, ...] = ()
    """Codes (greeting, structure, small talk) that never earn a behaviour of the first domains."""
    once_per_message: tuple[tuple[Word, ...], ...] = ()
    """Families of codes of which one message is credited the best only: reflections, questions."""

    def behaviour(self, behaviour_id: str) -> Behaviour:
        """The behaviour with this id.

        Raises:
            KeyError: there is none.
        """
        for behaviour in self.behaviours:
            if behaviour.id == behaviour_id:
                return behaviour
        raise KeyError(behaviour_id)

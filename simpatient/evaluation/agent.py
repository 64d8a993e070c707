"""The evaluator agent: a chat model rates by the rubric, and a program checks every word it claims to quote."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simpatient.appraisal import in_full
from simpatient.errors import ChatModelError
from simpatient.evaluation.called import Call, calls, still_open
from simpatient.evaluation.rules import RuleEvaluator
from simpatient.evaluation.verified import LONGEST_LINE, Checked, Claim, verified
from simpatient.llm import ChatModel, Message, Request, answer
from simpatient.llm.port import Json
from simpatient.llm.prompting import fenced, filled, prompt
from simpatient.llm.structured import schema_of
from simpatient.rubric import Codebook, Rubric
from simpatient.rubric.rubric import Situation
from simpatient.words import Appraisal, Assessment, Context, NotRatedReason, Promise, Rating

HERE = "simpatient.evaluation"
MOST_FOUND = 12
"""Codes taken from one answer."""
ANSWER_TOKENS = 1800
WHY_LETTERS = 160
"""Characters of a reason that a grammar allows; what is longer and comes without one is cut, not refused."""
_LINE = 400


class Answered(BaseModel):
    """A piece of the model's answer; fields beside the known ones are dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Found(Answered):
    """One code read."""

    quote: str = Field(max_length=_LINE)
    why: str = Field(default="", max_length=_LINE)
    code: str = Field(max_length=60)
    level: int = Field(ge=1, le=3)


class Judged(Answered):
    """One behaviour rated."""

    behaviour: str = Field(max_length=60)
    quote: str = Field(default="", max_length=_LINE)
    cue_quote: str = Field(default="", max_length=_LINE)
    why: str = Field(default="", max_length=_LINE)
    value: int = Field(ge=0, le=3)
    confidence: Literal["low", "medium", "high"] = "medium"


class Verdict(Answered):
    """The whole answer."""

    off_task: tuple[str, ...] = Field(default=(), max_length=20)
    reading: tuple[Found, ...] = Field(default=(), max_length=40)
    ratings: tuple[Judged, ...] = Field(max_length=40)
    try_instead: str = Field(default="", max_length=_LINE)


class EvaluatorAgent:
    """Rates by the rubric file and its instructions through a chat model.

    It sees the patient turn, what it called for, two earlier exchanges, the open promises and the message; never
    state, hidden facts, names or earlier ratings. The rules read beside it: no rating stands far above what they find,
    and where a message speaks to the machinery they alone read it.
    """

    def __init__(self, rubric: Rubric, codebook: Codebook, model: ChatModel, instructions: str) -> None:
        """Write the part of the prompt that never changes."""
        self.rubric, self.codebook, self.model = rubric, codebook, model
        self.rules = RuleEvaluator(rubric, codebook)
        self._system = filled(
            prompt(HERE, "evaluator"),
            instructions=instructions.strip(), rubric=rubric.name, codes=_codes(codebook), behaviours=_behaviours(rubric),
        )  # fmt: skip

        self._schema = _schema(codebook, rubric)

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        """What the message earns, every quote checked; all not rated when the service failed or made no sense."""
        request = self.request(message, context)
        try:
            given = await answer(self.model, request, Verdict, self._schema)
        except ChatModelError:
            return self._absent()
        checked = Checked(
            message=message, context=context, appraisal=appraisal,
            by_rules=self.rules.assess(message, context, appraisal),
            calls=still_open(calls(self.rubric, context), message),
            rubric=self.rubric, codebook=self.codebook,
        )  # fmt: skip
        found = [(f.code, f.level, f.quote) for f in given.value.reading[:MOST_FOUND]]
        judged: dict[str, Claim] = {
            j.behaviour: (j.value, j.quote, j.cue_quote, j.why, j.confidence) for j in reversed(given.value.ratings)
        }
        return verified(
            checked, found=found, judged=judged, off_task=given.value.off_task, try_instead=given.value.try_instead,
            by=self.model.name, digest=request.digest, tokens=given.completion.tokens,
        )  # fmt: skip

    def request(self, message: str, context: Context) -> Request:
        """The call that rates `message`. Pure."""
        required = still_open(calls(self.rubric, context), message)
        user = filled(
            prompt(HERE, "exchange"),
            undertaken=_undertaken(context),
            earlier="".join(_earlier(said, reply, context) for said, reply in _before(context)),
            patient=fenced("patient", _turn(context)),
            called=", ".join(dict.fromkeys(o.tag.value for o in context.turn.opportunities)) or "nothing in particular",
            required=_required(required),
            message=fenced("message", message or "(silence)"),
        )
        return Request(
            messages=(Message(role="system", text=self._system), Message(role="user", text=user)),
            turn=f"{context.exchange}-evaluator",
            max_tokens=ANSWER_TOKENS,
            temperature=0.0,
            seed=1,
        )

    def _absent(self) -> Assessment:
        """No ratings, honestly."""
        reason = NotRatedReason.SERVICE_FAILED
        ids = (behaviour.id for behaviour in self.rubric.behaviours)
        return Assessment(
            ratings=tuple(Rating(behaviour=b, value=None, not_rated=reason) for b in ids), by=self.model.name
        )


def _schema(codebook: Codebook, rubric: Rubric) -> Mapping[str, Json]:
    """The schema of the answer with the ids of the day, for servers that hold a model to a grammar."""
    schema: Any = copy.deepcopy(schema_of(Verdict))
    schema["$defs"]["Found"]["properties"]["code"] = {"type": "string", "enum": list(codebook.codes)}
    judged = schema["$defs"]["Judged"]["properties"]
    judged["behaviour"] = {"type": "string", "enum": [behaviour.id for behaviour in rubric.behaviours]}
    for entry in ("Found", "Judged"):
        schema["$defs"][entry]["properties"]["why"]["maxLength"] = WHY_LETTERS
    schema["properties"]["try_instead"]["maxLength"] = LONGEST_LINE
    schema["properties"]["reading"]["maxItems"] = MOST_FOUND
    schema["properties"]["ratings"]["maxItems"] = len(rubric.behaviours)
    return schema


def _before(context: Context) -> list[tuple[str, str]]:
    """The earlier exchanges; a last reply that is the turn to be answered stands there only once."""
    shown = (*context.shown, *("",) * len(context.earlier))
    earlier = [(said, _with_cue(reply, cue)) for (said, reply), cue in zip(context.earlier, shown, strict=False)]
    if earlier and context.earlier[-1][1] == context.turn.text:
        earlier[-1] = (earlier[-1][0], "(the turn below)")
    return earlier


def _earlier(said: str, reply: str, context: Context) -> str:
    """One earlier exchange; under the message what was undertaken in it, with where that stands now."""
    here = [p for p in context.promises if p.quote and p.quote in said]
    undertook = f"{fenced('undertaken_here', _listed(here, [said]))}\n" if here else ""
    return f"{fenced('earlier_message', said)}\n{undertook}{fenced('earlier_reply', reply)}\n"


def _with_cue(text: str, cue: str) -> str:
    return f"({cue}) {text}" if cue else text


def _turn(context: Context) -> str:
    return _with_cue(context.turn.text, context.turn.nonverbal)


def _required(required: tuple[Call, ...]) -> str:
    """The behaviours that are required; the patient's words that call for one are data like the rest of the turn."""
    return "; ".join(f"{c.behaviour}{_because(c)}" for c in required) or "none"


def _because(call: Call) -> str:
    """Why it is called for: words where words call for it, else the situation, for which no sentence stands."""
    if call.situation in _SITUATIONS:
        return f" (because {_SITUATIONS[call.situation]})"
    return f" (because of: {' '.join(fenced('cue', call.words).split())})" if call.words else ""


_SITUATIONS: dict[Situation | None, str] = {
    "first_exchange": "the meeting has only begun",
    "plan_on_table": "the learner's message before this one brought advice or a plan",
    "closing_phase": "the meeting draws to its end",
    "information_given": "the learner's message before this one told a good deal",
    "after_flood": "the learner's message before this one was a flood or a rush",
    "before_disclosure": "they have begun to talk, and nobody has said yet who hears of it",
    "learner_slip": "the learner's message before this one hurt",
}
"""What calls for a behaviour where no words do, in words; an account and a promise are quoted."""


def _undertaken(context: Context) -> str:
    """What the learner undertook before the part of the talk that is shown."""
    before = [p for p in context.promises if not any(p.quote and p.quote in said for said, _ in context.earlier)]
    if not before:
        return ""
    return f"Undertaken before what is shown here:\n{fenced('promises', _listed(before, context.learner_said))}\n\n"


def _listed(promises: Sequence[Promise], messages: Sequence[str]) -> str:
    """Each in the whole sentence in which it was undertaken."""
    return "\n".join(f"- {in_full(p, messages)} (due: {p.due}; {p.status.value})" for p in promises)


def _codes(codebook: Codebook) -> str:
    lines: list[str] = []
    for code in codebook.codes.values():
        best = max(code.examples, key=lambda example: example.level, default=None)
        shown = f' For example, level {best.level}: "{best.learner}"' if best else ""
        lines.append(f"- `{code.code}` ({code.kind}): {code.definition}{shown}")
    return "\n".join(lines)


def _behaviours(rubric: Rubric) -> str:
    return "\n".join(
        f"- `{b.id}` ({b.name}). 0: {b.anchors.zero} 1: {b.anchors.one} 2: {b.anchors.two} 3: {b.anchors.three}"
        for b in rubric.behaviours
    )

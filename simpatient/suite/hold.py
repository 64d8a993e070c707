"""One conversation, held and held against what is expected of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simpatient.encounter import (
    Debrief,
    Encounter,
    Exchange,
    NotReady,
    Relationship,
    Returns,
    UnusableMessage,
    after_meeting,
    between,
    due,
)
from simpatient.errors import ChatModelError
from simpatient.llm import UnexpectedCall
from simpatient.suite.cases import Placed, PlannedMeeting, PlannedStep, Run
from simpatient.suite.expectations import promised
from simpatient.suite.held import Held, HeldMeeting, Numbers
from simpatient.suite.judge import Judge
from simpatient.suite.learning import VOICED, Learner, Voiced, learner_named
from simpatient.suite.load import Shelf
from simpatient.suite.schema import Days
from simpatient.suite.seating import Hands, Seat, seed
from simpatient.suite.seen import Ask, Seen, shown
from simpatient.suite.service import Meter, Service
from simpatient.suite.verdict import Check, Finding, Verdict, decided, together, undecided, unmet
from simpatient.suite.visible import conversation_of
from simpatient.words import EMBEDDED_VOICE, Done, Ending, NotRatedReason, PatientState, PatientTurn, Rendering

_DONE = {"kept": Done.KEPT, "partly": Done.PARTLY, "late": Done.LATE, "not_done": Done.NOT_DONE}


async def held(run: Run, shelf: Shelf, service: Service, meter: Meter | None = None) -> Held:
    """The conversation of `run`, with every check. Never raises for what goes wrong in it: that is written down.

    Args:
        run: which one.
        shelf: the library.
        service: who speaks, rates and judges.
        meter: counts what it takes while it goes on; by default one of its own.
    """
    return await _Holding(run, shelf, service, meter or Meter(prices=run.plan.loaded.suite.prices)).held()


@dataclass(frozen=True, kw_only=True)
class _Before:
    """How things stood before a message."""

    state: PatientState
    turn: PatientTurn
    tokens: int | None
    cost: float | None
    waited: float
    at: float


class _Holding:
    """One conversation while it is held."""

    def __init__(self, run: Run, shelf: Shelf, service: Service, meter: Meter) -> None:
        self.run, self.plan, self.setting = run, run.plan, run.setting
        self.service = service
        self.place = re.sub(r"[^A-Za-z0-9_.=-]+", "_", run.key)
        self.meter = meter
        self.seat = Seat(run.setting, shelf, service, self.meter, self.place)
        self.checks: list[Check] = []
        self.meetings: list[HeldMeeting] = []
        self.encounter: Encounter | None = None
        self.debrief: Debrief | None = None
        self.number = 0
        self.failed = ""
        self.voiced = bool(service.names["voice"])
        self.authored: list[int] = []

    async def held(self) -> Held:
        """The conversation from its first meeting to its last."""
        begun = asyncio.get_running_loop().time()
        error = ""
        relationship: Relationship | None = None
        try:
            for number, planned in enumerate(self.plan.meetings, 1):
                self.number = number
                if number > 1:
                    relationship = self._days(planned, relationship)
                    if relationship is None:
                        break
                relationship = await self._meeting(planned, relationship)
        except UnexpectedCall as exc:
            error = str(exc)
        if self.encounter is not None and len(self.meetings) < self.number:
            self.meetings.append(self._as_held(self.encounter, self.encounter.debrief()))
        seconds = asyncio.get_running_loop().time() - begun - self.meter.waited
        return Held(
            key=self.run.key, group=self.run.group, suite=self.plan.loaded.suite.suite, case=self.plan.case.case,
            about=self.plan.case.about or "", path=self.plan.loaded.path, line=self.plan.line, tags=self.plan.tags,
            persona=self.setting.persona, evaluator=self.setting.evaluator, point=self.run.point,
            seed=self.setting.seed, repeat=self.run.repeat, digest=self.run.digest,
            verdict=Verdict.UNDECIDED if error else together(c.finding.verdict for c in self.checks if not c.optional),
            error=error, checks=tuple(self.checks), meetings=tuple(self.meetings), numbers=self._numbers(),
            calls=self.meter.calls, tokens=self.meter.tokens, cost=self.meter.cost, seconds=round(max(0.0, seconds), 3),
        )  # fmt: skip

    # ------------------------------------------------------------------ a meeting

    async def _meeting(self, planned: PlannedMeeting, before: Relationship | None) -> Relationship | None:
        self.encounter = encounter = self.seat.meeting(self.number, before)
        self.authored = []
        hands = Hands(encounter)
        if self.number == 1:
            await hands.hold(self.plan.case.history)
            if self.plan.case.state is not None:
                seed(encounter, self.plan.case.state)
        opening, start = encounter.state, self._before(encounter)
        if planned.meeting.learner is not None:
            learner = self._who_says(planned)
            if learner is not None:
                await self._learner(encounter, learner, planned)
            else:
                self.failed = "there is no chat model to speak for the learner; name one with --chat-model"
                self._note(undecided("the learner to speak", self.failed), 0, planned.line)
        else:
            for step in planned.steps:
                await self._step(encounter, hands, step, planned.throughout)
        whole = self._seen(encounter, encounter.held, start, whole=True, before=opening)
        await self._check(planned.at_end, whole, 0)
        self.debrief = whole.debrief
        self.meetings.append(self._as_held(encounter, whole.debrief))
        if self.number == len(self.plan.meetings):
            return None
        if encounter.ended is None:
            await encounter.end()
        return after_meeting(encounter, before=before)

    async def _step(
        self, encounter: Encounter, hands: Hands, planned: PlannedStep, throughout: Sequence[Placed]
    ) -> None:
        step = planned.step
        assert step.learner is not None
        if encounter.ended is not None:
            why = f'the meeting was over ({encounter.ended.value}) before "{_short(step.learner)}" was said'
            for each in planned.expected:
                self._note(
                    unmet("the exchange to take place", why),
                    len(encounter.exchanges),
                    each.line,
                    optional=each.optional,
                )
            return
        hands.take(step.codes, step.patient)
        seen = await self._exchange(encounter, step.learner, given=step.patient is not None)
        number = len(encounter.exchanges)
        await self._check(planned.expected, seen, number)
        await self._check(throughout, seen, number)

    async def _learner(self, encounter: Encounter, learner: Learner, planned: PlannedMeeting) -> None:
        """As many exchanges as the case says, or until one of the two goes."""
        time = planned.meeting.exchanges or 0
        for _ in range(time):
            if encounter.ended is not None:
                return
            try:
                message = await learner.say(conversation_of(encounter, time))
            except ChatModelError as exc:
                self.failed = self.failed or f"{exc}, so the learner said nothing"
                self._note(undecided("the learner to speak", str(exc)), len(encounter.exchanges) + 1, planned.line)
                return
            if message is None:
                return
            seen = await self._exchange(encounter, message)
            await self._check(planned.throughout, seen, len(encounter.exchanges))

    def _who_says(self, planned: PlannedMeeting) -> Learner | None:
        """The learner of a meeting; None when a chat model should speak and there is none."""
        meeting = planned.meeting
        assert meeting.learner is not None
        if meeting.learner != VOICED:
            return learner_named(meeting.learner, self.setting.seed)
        model = self.service.model("learner", self.meter, self._folder())
        return Voiced(model, meeting.style or "", self.setting.seed) if model is not None else None

    async def _exchange(self, encounter: Encounter, message: str, *, given: bool = False) -> Seen:
        """One message said, answered and rated; `given` when its author wrote the answer."""
        before = self._before(encounter)
        try:
            exchange = await encounter.exchange(message, confirmed=True, practice=True)
        except UnusableMessage:
            return self._seen(encounter, (), before, whole=False, refused=True)
        exchange = await encounter.rated(exchange.number)
        stopped = exchange.ended is Ending.SAFETY  # a card of ours, which no voice speaks
        if self.voiced and not (given or stopped) and exchange.voice.by == EMBEDDED_VOICE.by:
            self.authored.append(len(encounter.exchanges))
        if not self.failed and "voice" in self.meter.failed:
            self.failed = f"{self.meter.failed['voice']}, so the authored lines spoke"
            told = undecided("the service of the voice to answer", self.failed)
            self._note(told, len(encounter.exchanges), self.plan.line)
        return self._seen(encounter, (exchange,), before, whole=False)

    def _before(self, encounter: Encounter) -> _Before:
        turn = encounter.exchanges[-1].turn if encounter.exchanges else encounter.opening
        return _Before(
            state=encounter.state, turn=turn, tokens=self.meter.tokens, cost=self.meter.cost,
            waited=self.meter.waited, at=asyncio.get_running_loop().time(),
        )  # fmt: skip

    def _seen(
        self,
        encounter: Encounter,
        exchanges: tuple[Exchange, ...],
        since: _Before,
        *,
        whole: bool,
        before: PatientState | None = None,
        refused: bool = False,
    ) -> Seen:
        waited = self.meter.waited - since.waited
        previous = exchanges[-1].answers if exchanges else since.turn
        return Seen(
            encounter, exchanges, before or since.state, encounter.state, previous, whole, encounter.ended,
            seconds=asyncio.get_running_loop().time() - since.at - waited,
            tokens=None if self.meter.tokens is None else self.meter.tokens - (since.tokens or 0),
            cost=None if self.meter.cost is None else self.meter.cost - (since.cost or 0.0),
            refused=refused, failed=self.failed, ask=self._judge(len(encounter.exchanges), whole=whole),
        )  # fmt: skip

    def _judge(self, number: int, *, whole: bool) -> Ask | None:
        model = self.service.model("judge", self.meter, self._folder())
        return Judge(model, "end" if whole else str(number)) if model is not None else None

    def _folder(self) -> str:
        """Where the calls of this meeting are kept."""
        return self.place if self.number == 1 else f"{self.place}/meeting-{self.number}"

    # ------------------------------------------------------------------ the days between

    def _days(self, planned: PlannedMeeting, before: Relationship | None) -> Relationship | None:
        """The days before a meeting; None when there is none."""
        assert before is not None
        days = planned.meeting.between or Days()
        done = {promise.id: _DONE[days.promises] for promise in due(before)}
        try:
            gone = between(
                before, self.seat.patient, self.seat.codebook, done=done, check_in=days.check_in, seed=self.setting.seed
            )
        except NotReady as exc:
            self._note(unmet("a further meeting", str(exc)), 0, planned.line)
            return None
        if days.expect.returns is not None:
            returns = gone.returns.value
            expected = f"the patient to return: {days.expect.returns}"
            self._note(decided(returns == days.expect.returns, expected, f"it was: {returns}"), 0, planned.line)
        if days.expect.promises:
            self._note(promised(days.expect.promises, gone.relationship.promises), 0, planned.line)
        if gone.returns is not Returns.COMES:
            if days.expect.returns is None:
                self._note(unmet("the patient to come", f"it was: {gone.returns.value}"), 0, planned.line)
            return None
        return gone.relationship

    # ------------------------------------------------------------------ checks and what is kept

    async def _check(self, expected: Sequence[Placed], seen: Seen, exchange: int) -> None:
        for each in expected:
            finding = await each.expectation.finding(seen)
            if seen.failed:
                finding = undecided(finding.expected, seen.failed)
            self._note(finding, exchange, each.line, optional=each.optional)

    def _note(self, finding: Finding, exchange: int, line: int, *, optional: bool = False) -> None:
        self.checks.append(Check(finding=finding, meeting=self.number, exchange=exchange, line=line, optional=optional))

    def _as_held(self, encounter: Encounter, debrief: Debrief) -> HeldMeeting:
        return HeldMeeting(
            opening=shown(encounter.opening),
            exchanges=tuple(_slim(exchange.record()) for exchange in encounter.exchanges),
            states=debrief.states,
            index=debrief.profile.index,
            profile=tuple((d.name, d.value) for d in debrief.profile.domains),
            behaviours=tuple((b.behaviour, b.value) for b in debrief.profile.behaviours),
            ended=encounter.ended.value if encounter.ended else "",
            next_appointment=debrief.outcome.next_appointment.value,
            authored=tuple(self.authored),
        )

    def _numbers(self) -> Numbers:
        """What cases are compared by."""
        encounter = self.encounter
        if encounter is None:
            return Numbers()
        told = sum(1 for _, rendering in encounter.memory.told if rendering >= Rendering.PARTIAL)
        profile = (self.debrief or encounter.debrief()).profile
        state = encounter.state
        return Numbers(
            index=profile.index, trend=profile.trend, disclosed=told, trust=state.trust, hope=state.hope,
            openness=state.openness, anxiety=state.anxiety, defensiveness=state.defensiveness,
        )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _slim(record: dict[str, Any]) -> dict[str, Any]:
    """An exchange record without the ratings of what was neither called for nor seen."""
    idle = (NotRatedReason.NO_OPPORTUNITY.value, NotRatedReason.NOT_OBSERVED.value)
    return {**record, "ratings": [rating for rating in record["ratings"] if rating["not_rated"] not in idle]}

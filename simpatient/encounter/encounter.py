"""One meeting, from the opening to its end. `Encounter.exchange` is the way of one learner message."""

from __future__ import annotations

import asyncio
from copy import copy
from dataclasses import replace

from simpatient.appraisal import may_be_own, promises_in, stops_play
from simpatient.authoring import Library
from simpatient.encounter import safety
from simpatient.encounter.asked import Mode, as_asked
from simpatient.encounter.asking import let_pass
from simpatient.encounter.branches import Branch, branches_of
from simpatient.encounter.cast import Cast, Evaluator, FirstWord, Hear, Reader, Reading, Speaker, reader_of, reading_of
from simpatient.encounter.debrief import debrief_of
from simpatient.encounter.history import written_before
from simpatient.encounter.kept import Archive, Keeper, Keeping, Reseat, Restored, new_meeting, restored
from simpatient.encounter.message import UnusableMessage, cleaned
from simpatient.encounter.moving import Moving, MovingAgain, Node, at_opening
from simpatient.encounter.opportunities import with_opportunities
from simpatient.encounter.rated import rating_or_none
from simpatient.encounter.records import Debrief, Exchange
from simpatient.encounter.relationship import Relationship, at_meeting, carried, opening_again, patient_again
from simpatient.errors import EncounterEnded, MeetingChanged, OverWithCare, StoreError
from simpatient.patient import (
    Gate,
    Heard,
    Memory,
    Moved,
    Reckoning,
    ReturningVoice,
    Scene,
    Spoken,
    decide,
    hear,
    moved,
    opening_state,
    remember,
    sentences,
)
from simpatient.patient.intent import HOSTILE_LIMIT
from simpatient.persona import Patient, load_patient
from simpatient.rubric import Codebook, Rubric, load_codebook, load_instructions, load_rubric
from simpatient.store.rows import KeptMeeting, NewMeeting
from simpatient.transcript import Transcript
from simpatient.words import (
    Appraisal,
    Assessment,
    Context,
    Ending,
    Intent,
    Opportunity,
    PatientState,
    PatientTurn,
    Promise,
)

READING_WAIT_S = 0.3
"""How long the next message waits for a chat model's reading of the last one, in seconds."""
EARLIER = 2
"""Exchanges before the present one that reader and evaluator see."""


class Encounter:
    """One meeting of one learner with one patient."""

    def __init__(
        self,
        *,
        patient: Patient,
        codebook: Codebook,
        rubric: Rubric,
        seed: int = 1,
        encounter_id: str = "",
        store: Keeper | None = None,
        learner: str = "local",
        helpline: str = "",
        relationship: Relationship | None = None,
        models: Cast | None = None,
    ) -> None:
        """Seat the patient; `begin` is the usual way in.

        Raises:
            NotReady: the relationship is not ready for a further meeting.
        """
        if (relationship := relationship or written_before(patient.persona, learner)) is not None:
            patient = patient_again(patient, relationship)
            encounter_id = encounter_id or f"{patient.persona.id}-{seed}-{relationship.next_number}"
        self.relationship, self.codebook, self.rubric, self.seed = relationship, codebook, rubric, seed
        self.id = encounter_id or f"{patient.persona.id}-{seed}"
        self.learner, self.helpline, self.mode = learner, helpline, Mode.PRACTICE
        self.reader: Reader = reader_of(codebook)
        self.models = models or Cast()
        self._seat(patient)
        self.evaluator: Evaluator = self.models.evaluator_for(rubric, codebook)
        spoken = opening_again(self.voice, relationship, seed) if relationship else self.voice.opening(seed)
        tags = tuple(Opportunity(tag=tag, quote=spoken.text) for tag in patient.persona.story.opening_tags)
        self.opening = spoken if relationship else replace(spoken, opportunities=tags)
        memory = carried(relationship) if relationship else Memory()
        state = relationship.state if relationship else opening_state(patient.persona)
        first = replace(memory, spoken=(sentences(spoken.text),))
        self._start = at_opening(state, first, self.opening, relationship)
        self._tree: Transcript[Node] = Transcript()
        self._ratings: dict[int, asyncio.Task[Assessment]] = {}
        self._answered: set[int] = set()
        self._told_out = False
        self._turn_taking = asyncio.Lock()
        self._stopped: Ending | None = None
        self._keeping = Keeping(store, rubric, self._as_new)

    def _seat(self, patient: Patient) -> None:
        self.patient = patient
        self.voice = ReturningVoice(patient)
        self.speaker: Speaker | None = self.models.speaker_for(patient, self.voice)

    @classmethod
    async def begin(
        cls,
        name: str,
        *,
        library: Library | None = None,
        seed: int = 1,
        evaluator: str = "rapport",
        difficulty: str | None = None,
        channel: str | None = None,
        encounter_id: str = "",
        store: Keeper | None = None,
        learner: str = "local",
        helpline: str = "",
        relationship: Relationship | None = None,
        chat_model: object = None,
        evaluator_model: object = None,
        reading: Reading = "",
        models: Cast | None = None,
    ) -> Encounter:
        """A meeting with the patient called `name`, opened and ready for the first message.

        Args:
            name: id of a persona, or the path of its folder.
            library: where to look; by default the educator's own, then the shipped one.
            seed: the same seed and the same messages give the same meeting.
            evaluator: id of the rubric.
            difficulty: gentle, standard or hard; by default what the persona says.
            channel: in_person, phone, text or video; by default what the persona says.
            encounter_id: id of the meeting in records; by default made from name and seed.
            store: keeps the exchanges; by default nothing is kept.
            learner: pseudonymous id of whoever practises.
            helpline: local help named on the stop card.
            chat_model: voices the patient, a `ChatModel` or a LangChain chat model; by default the embedded voice.
            evaluator_model: rates, likewise; by default `chat_model`.
            reading: `rules`, `rules-then-model` or `model`; by default rules when embedded, else rules-then-model.
            relationship: what `between` made of earlier meetings; by default what the persona's story says, if anything.
            models: all of these at once, as settings name them (`Cast.of_settings`).

        Raises:
            ContentError, ConfigurationError: unknown or malformed persona, codebook or rubric; a chat model that is none.
            NotReady: the relationship is not ready for a further meeting.
        """
        shelf = library or Library.choose()
        codebook = load_codebook(shelf)
        patient = load_patient(shelf, name, codebook.codes)
        cast = models or Cast.of(chat_model, evaluator_model, reading)
        return cls(
            patient=replace(patient, persona=as_asked(patient.persona, difficulty, channel)), codebook=codebook,
            rubric=load_rubric(shelf, evaluator, codebook), seed=seed, encounter_id=encounter_id, store=store,
            learner=learner, helpline=helpline, relationship=relationship,
            models=replace(cast, instructions=load_instructions(shelf, evaluator)),
        )  # fmt: skip

    @classmethod
    async def again(
        cls,
        kept: KeptMeeting,
        *,
        library: Library | None = None,
        store: Keeper | None = None,
        helpline: str = "",
        models: Cast | None = None,
    ) -> Encounter:
        """The kept meeting at its opening, nothing said yet: same patient, seed and settings.

        Raises:
            ContentError: the persona or rubric is no longer there, or malformed.
        """
        settings = kept.settings
        encounter = await cls.begin(
            kept.line.persona, library=library, seed=kept.seed, evaluator=settings.evaluator, models=models,
            difficulty=settings.difficulty, channel=settings.channel, encounter_id=kept.line.id, store=store,
            learner=kept.line.learner, helpline=helpline,
        )  # fmt: skip
        encounter.mode = Mode.of(settings.mode)
        return encounter

    @classmethod
    async def resume(
        cls,
        store: Archive,
        encounter_id: str,
        *,
        library: Library | None = None,
        helpline: str = "",
        models: Cast | None = None,
        seat: Reseat | None = None,
    ) -> Encounter:
        """A meeting out of `store`, exactly as it stood: the next reply is the one it would have had anyway.

        Args:
            store: where it is kept, and where what follows is kept.
            encounter_id: its id.
            library: where to look; by default the educator's own, then the shipped one.
            helpline: local help named on the stop card.
            models: who speaks and who rates from now on; by default all is embedded.
            seat: seats the patient again, for who has the files read already; by default they are read.

        Raises:
            UnknownMeeting: there is none of this id.
            ContentError: the persona or rubric is no longer there, or malformed.
            StoreError: the meeting was kept by another version, or without what it needs to go on.
        """
        kept = await store.meeting(encounter_id)
        back = restored(kept)
        encounter = (
            seat(kept)
            if seat
            else await cls.again(kept, library=library, store=store, helpline=helpline, models=models)
        )
        encounter.open_with(back.start)
        encounter._go_on(back)  # noqa: SLF001  (its own class)
        return encounter

    def open_with(self, start: Moving) -> None:
        """Let the meeting begin as `start` says, before anything is said: kept, or carried over from an earlier one."""
        self._start, self.opening = start, start.turn
        # An import may have given the meeting to somebody else.
        mine = isinstance(start, MovingAgain)
        self.relationship = replace(start.before, learner=self.learner) if mine else None
        if start.memory.meeting > 1:
            self._seat(at_meeting(self.patient, start.memory.meeting))

    def feels(self, state: PatientState, memory: Memory) -> None:
        """Let the patient feel and remember this from here on; for trying out what follows, never for a learner."""
        path = self._tree.path()
        if not path:
            self.open_with(replace(self._start, state=state, memory=memory))
            return
        node = path[-1]
        now = replace(node, moving=replace(node.moving, state=state, memory=memory))
        self._tree = self._tree.with_item(self._tree.head, now)

    def _go_on(self, back: Restored) -> None:
        """Stand where the kept meeting stood; ratings that had not come are asked for again."""
        self._tree, self._stopped = back.tree, back.stopped
        self._keeping.go_on(back.versions)
        for done in (node.item.exchange for node in back.tree.nodes if node.item.exchange.assessment is None):
            rating = self._rate(done.learner, self.context(done.parent), done.appraisal)
            self._ratings[done.number] = asyncio.create_task(rating)

    async def _rate(
        self, message: str, context: Context, appraisal: Appraisal, first: FirstWord | None = None
    ) -> Assessment:
        await first.come() if first else None
        return await self.evaluator.rate(message, context, appraisal)

    @property
    def privacy(self) -> str:
        """Which text goes where, in one line; empty when nothing leaves the machine."""
        return self.models.notice(self.patient.persona.card.name)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges of the branch that stands now, oldest first."""
        return tuple(node.exchange for node in self._tree.path())

    @property
    def held(self) -> tuple[Exchange, ...]:
        """Those of them in which something was said: a stop for the learner's own sake is none."""
        return tuple(e for e in self.exchanges if not safety.stops_for_care(e))

    @property
    def state(self) -> PatientState:
        """What the patient feels now. For educators; a learner reads people, not numbers."""
        return self._moving.state

    @property
    def memory(self) -> Memory:
        """What the patient remembers now. For what stays of a meeting, and for educators."""
        return self._moving.memory

    @property
    def ended(self) -> Ending | None:
        """Why the meeting is over, or None while it goes on."""
        path = self._tree.path()
        return self._stopped or (path[-1].exchange.ended if path else None)

    @property
    def trouble(self) -> StoreError | None:
        """Why something said still waits to be saved; None when all is kept, or nothing is to be."""
        return self._keeping.trouble

    async def exchange(
        self, text: str, hear: Hear | None = None, *,
        confirmed: bool = False, practice: bool = False, intended: str = "",
    ) -> Exchange:  # fmt: skip
        """The learner says `text`; the patient answers. One message, top to bottom.

        The reply is complete and committed when this returns; its ratings may still be on their way
        (`rated`). If anything raises, nothing has changed.

        Args:
            text: the learner's message.
            hear: hears each sentence of the reply as it is spoken.
            confirmed: the learner was asked about details in it that might identify somebody, and wants it sent.
            practice: the learner was asked whether it is about themselves, and it belongs to the practice.
            intended: what the learner wants to reach with it, in their own words; kept with it and read by nobody.

        Raises:
            UnusableMessage: the message is too long.
            MaybeAboutYou: it may speak of the learner's own danger; ask, then call again with `practice`, or
                `stop_for_care`.
            IdentifyingDetails: it would leave the machine and seems to hold a real person's details; ask, and call
                again with `confirmed`.
            EncounterEnded: the meeting is over.
            MeetingChanged: the kept meeting went on somewhere else, in another tab perhaps.
        """
        message = cleaned(text)
        stops = stops_play(message) or stops_play(intended)
        if not stops:
            leaves = (message, *(e.learner for e in self.exchanges if not self._told_out))  # what was kept goes too
            card = "" if practice else safety.asking_card(self.helpline)
            let_pass(message, card, leaves, "" if confirmed else self.models.place)
        async with self._turn_taking:
            if self.ended is not None:
                over = "This meeting is over. Start a new one to go on practising."
                raise OverWithCare(self._care_card()) if stops else EncounterEnded(over)
            if stops:
                return await self._cared_for()
            self._told_out = True
            return await self._exchange(message, hear, cleaned(intended))

    async def _exchange(self, message: str, say: Hear | None, intended: str) -> Exchange:
        await self._settled()
        before, number = self._moving, len(self._tree.path()) + 1
        context = self.context()
        by_rules = self.reader.read(message, context)
        first = FirstWord(say, now=self.speaker is None or self.models.reading == "model")
        rating = asyncio.create_task(self._rate(message, context, by_rules, first))
        try:
            appraisal = await reading_of(self.models.reading, rating, by_rules)
            felt = self._felt(before, appraisal, message, number)
            appraisal, reckoning = felt.appraisal, felt.reckoning
            heard = hear(message, self.patient.persona, number, f"{before.turn.text} {before.turn.nonverbal}")
            decision = decide(reckoning, appraisal, heard, self.patient.persona, felt.memory, number)
            spoken = await self._spoken(decision.intent, heard, felt.memory, number, first)
            intent = decision.intent if spoken.told else replace(decision.intent, tells=None)
            memory = remember(felt.memory, appraisal, heard, intent, spoken, promises_in(message, context))
            turn = with_opportunities(spoken, intent)
            hostile = memory.hostile >= HOSTILE_LIMIT
            exchange = Exchange(
                encounter=self.id, number=len(self._tree.nodes) + 1, parent=self._tree.head,
                learner=message, intended=intended,
                answers=before.turn,
                turn=turn,
                appraisal=appraisal,
                before=before.state,
                after=reckoning.after,
                intent=intent,
                tellings=(intent.tells,) if intent.tells else (),
                promises=memory.promises,
                assessment=rating.result() if rating.done() and not rating.exception() else None,
                notice=safety.hostility_card(self.helpline) if hostile else spoken.notice,
                ended=Ending.SAFETY if hostile else intent.ending,
                seed=self.seed,
                voice=spoken.use,
            )  # fmt: skip
            moving = Moving(state=reckoning.after, memory=memory, turn=turn)
            node = Node(exchange=exchange, moving=moving, reckoning=reckoning, gates=decision.gates)
            await self._commit(node, before.memory.promises)
        except BaseException:
            rating.cancel()
            raise
        if exchange.assessment is None:
            self._ratings[exchange.number] = rating
        return self._keeping.told(exchange)

    def _felt(self, before: Moving, appraisal: Appraisal, message: str, number: int) -> Moved:
        """How the message moves the patient, promises of earlier meetings included."""
        persona, answers = self.patient.persona, before.turn
        return moved(before.state, appraisal, message, before.memory, persona, self.codebook, number, answers)

    async def _spoken(self, intent: Intent, heard: Heard, memory: Memory, number: int, first: FirstWord) -> Spoken:
        """The reply, heard sentence by sentence."""
        if self.speaker is not None:
            past = tuple((e.learner, e.turn) for e in self.exchanges)
            style = self.patient.persona.dynamics.rupture_style
            scene = Scene(
                intent=intent, heard=heard, memory=memory, seed=self.seed, exchange=number,
                opening=self.opening, past=past, style=style,
            )  # fmt: skip
            spoken = await self.speaker.speak(scene, first.hear)
            first.over()
            return spoken
        spoken = self.voice.speak(intent, heard, memory, self.seed, number)
        for sentence in sentences(spoken.turn.text):
            await first.hear(sentence)
        await asyncio.sleep(0)  # a rating that waits for nothing is ready after this
        return spoken

    async def _settled(self) -> None:
        """Give a chat model's reading of the last message a moment to come; from now on it is too late for it."""
        last = self._tree.head
        rating = self._ratings.get(last)
        if rating is None or last in self._answered:
            return
        if not rating.done() and self.models.reading == "rules-then-model":
            await asyncio.wait({rating}, timeout=READING_WAIT_S)
        if rating.done() and not rating.cancelled():
            await self.rated(last)
        self._answered.add(last)

    async def rated(self, number: int) -> Exchange:
        """The exchange with its ratings, once they have come.

        Raises:
            KeyError: there is no such exchange.
        """
        if number in self._ratings and self._tree.node(number).item.exchange.assessment is None:
            assessment = await rating_or_none(self._ratings[number], self.rubric, number)
            node = self._tree.node(number).item
            if node.exchange.assessment is None:
                node = self._corrected(replace(node, exchange=replace(node.exchange, assessment=assessment)))
                self._tree = self._tree.with_item(number, node)
                await self._keeping.rating(node)
        self._ratings.pop(number, None)
        return self._tree.node(number).item.exchange

    def _corrected(self, node: Node) -> Node:
        """The node with the state that a chat model's verified reading leads to, if the meeting still stands there.

        What was told stays told; only what is felt moves.
        """
        exchange, assessment = node.exchange, node.exchange.assessment
        reading = assessment.reading if assessment else None
        late = exchange.number in self._answered or exchange.number != self._tree.head
        if reading is None or late or self.models.reading != "rules-then-model" or exchange.ended is not None:
            return node
        path = self._tree.path()
        before = path[-2].moving if len(path) > 1 else self._start
        reckoning = self._felt(before, reading, exchange.learner, len(path)).reckoning
        moving = replace(node.moving, state=reckoning.after)
        return replace(
            node, exchange=replace(exchange, after_corrected=reckoning.after), moving=moving, reckoning=reckoning
        )

    def context(self, at: int | None = None) -> Context:
        """What reader and evaluator may know of the meeting so far, or of its branch up to exchange `at`."""
        path = (self._tree if at is None else self._tree.at(at)).path()
        done, now = tuple(node.exchange for node in path), path[-1].moving if path else self._start
        return Context(
            turn=now.turn,
            earlier=tuple((e.learner, e.turn.text) for e in done[-EARLIER:]),
            shown=tuple(e.turn.nonverbal for e in done[-EARLIER:]),
            said=(self.opening.text, *(e.turn.text for e in done)),
            exchange=len(done) + 1,
            promises=now.memory.promises,
            channel=self.patient.persona.card.channel,
            learner_said=tuple(e.learner for e in done),
            meeting=now.memory.meeting,
        )

    def account(self, number: int) -> tuple[Reckoning | None, tuple[Gate, ...]]:
        """The arithmetic of one exchange and the gates of all facts in it. For educators.

        Raises:
            KeyError: there is no such exchange.
        """
        node = self._tree.node(number).item
        return node.reckoning, node.gates

    async def end(self) -> Debrief:
        """The debrief of the meeting, which is over now."""
        async with self._turn_taking:
            for exchange in self.exchanges:
                await self.rated(exchange.number)
            if self.ended is None:
                self._stopped = Ending.REFERRED if self.memory.refers else Ending.STOPPED
            debrief = self.debrief()
            await self._keeping.debrief(debrief, self._kept_head())
            return debrief

    def debrief(self) -> Debrief:
        """What the meeting so far adds up to; ratings still on their way are left out."""
        return debrief_of(
            encounter=self.id, patient=self.patient, codebook=self.codebook, rubric=self.rubric, exchanges=self.held,
            start=self._start.state, state=self._moving.state, memory=self._moving.memory,
            ended=self.ended or Ending.STOPPED,
        )  # fmt: skip

    @property
    def _moving(self) -> Moving:
        path = self._tree.path()
        return path[-1].moving if path else self._start

    async def rewind(self, number: int) -> PatientTurn:
        """Go back to exchange `number` (0: the opening), with all that moves as it was then; what was said since stays.

        The answer is the patient turn that the next message answers; that message begins a new branch.

        Raises:
            KeyError: there is no such exchange.
            EncounterEnded: play was stopped for the learner's own sake; this meeting is over.
        """
        async with self._turn_taking:
            if self._stopped is Ending.SAFETY:
                raise EncounterEnded("This meeting was stopped and stays closed. Start a new one when you like.")
            self._tree, self._stopped = self._tree.at(number), None
            await self._keeping.stands(self.id, self._tree, self.ended)
            return self._moving.turn

    def aside(self, number: int) -> Encounter:
        """A copy that stands before exchange `number`, kept nowhere: what is said to it never reaches this meeting.

        Raises:
            KeyError: there is no such exchange.
        """
        other = copy(self)
        other._set_aside(self._tree.at(self._tree.node(number).parent))  # noqa: SLF001  (its own class)
        return other

    def _set_aside(self, tree: Transcript[Node]) -> None:
        self._tree, self._stopped, self._ratings, self._answered = tree, None, {}, set()
        self._turn_taking, self._keeping = asyncio.Lock(), Keeping(None, self.rubric, self._as_new)

    async def contest(self, number: int, meant: str) -> None:
        """Keep what the learner says they meant by exchange `number`, for the educator. No value changes by it.

        Raises:
            KeyError: there is no such exchange.
            UnusableMessage: it is too long, or sounds as if its writer were in trouble; nothing is kept of it.
        """
        if stops_play(meant) or may_be_own(meant):
            raise UnusableMessage(self._care_card())
        exchange = (await self.rated(number)).contested(cleaned(meant))
        node = replace(self._tree.node(number).item, exchange=exchange)
        self._tree = self._tree.with_item(number, node)
        await self._keeping.rating(node)

    def branches(self) -> tuple[Branch, ...]:
        """Every way this meeting went so far, the oldest first; `compared` lays two side by side."""
        return branches_of(self._tree)

    async def _commit(self, node: Node, ledger: tuple[Promise, ...]) -> None:
        stood, self._tree = self._tree, self._tree.grown(node)
        try:
            await self._keeping.exchange(node, ledger)
        except MeetingChanged:
            self._tree = stood
            raise

    def _kept_head(self) -> int:
        """Where the meeting stands in its store: a stop for the learner's own sake leaves no exchange there."""
        path = self._tree.path()
        cared = bool(path) and safety.stops_for_care(path[-1].exchange)
        return path[-1].exchange.parent if cared else self._tree.head

    def _as_new(self) -> NewMeeting:
        return new_meeting(
            encounter=self.id, learner=self.learner, patient=self.patient, codebook=self.codebook, rubric=self.rubric,
            seed=self.seed, start=self._start, mode=self.mode,
        )  # fmt: skip

    def _care_card(self) -> str:
        return safety.care_card(self.patient.persona.safety.stop_text, self.helpline)

    async def stop_for_care(self) -> Exchange:
        """Stop: the learner says that what they wrote is about themselves. It is not kept.

        Raises:
            EncounterEnded: the meeting is over.
        """
        async with self._turn_taking:
            if self.ended is not None:
                raise OverWithCare(self._care_card())
            return await self._cared_for()

    async def _cared_for(self) -> Exchange:
        """The meeting stops because the learner seems to be in trouble themselves; their words are not kept."""
        now = self._moving
        exchange = safety.care_exchange(
            encounter=self.id, number=len(self._tree.nodes) + 1, parent=self._tree.head, state=now.state,
            answers=now.turn, seed=self.seed, card=self._care_card(),
        )  # fmt: skip
        self._stopped = Ending.SAFETY
        await self._keeping.stands(self.id, self._tree, self._stopped)
        self._tree = self._tree.grown(Node(exchange=exchange, moving=now, reckoning=None))
        return exchange

"""One sitting at the terminal: a meeting, and as many more with the same person as the learner wants."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simpatient.cli.again import AGAIN, days_between

if TYPE_CHECKING:
    from simpatient.cli.shown import Show
    from simpatient.encounter import Agreed, Encounter, Exchange, Relationship
    from simpatient.persona import Patient
    from simpatient.rubric import Codebook, Rubric
    from simpatient.settings import Settings
    from simpatient.store import Store

WAYS_OUT = ("/end", "/quit", "/exit", AGAIN)
REWIND = "/rewind"
PAUSED = "Paused. Nobody is waiting: the patient sits where they are until you write again. /end ends the meeting."
UNKNOWN = "Words that begin with / are not said to the patient. There are /pause, /rewind N, /end and /again."
NEVER_MET = "You have not met {persona} yet. Leave out --again, and use it the next time."
ANEW = (
    "You have met {name} before, and --again goes on from there. What is said in this meeting takes the place of that; "
    "the meetings themselves stay kept."
)
PAST = "You have met {name} again since. Try here what you like: what stands between you stays as it is."
LEFT = "What stands between you and {name} is left as it is."
NOT_KEPT = "What stands between you and {name} now could not be kept. {why}"
ELSEWHERE = "It was changed somewhere else meanwhile, and is left as it is there."


@dataclass(frozen=True, kw_only=True)
class Seats:
    """How the meetings of a sitting are begun."""

    settings: Settings
    persona: str
    """Id, or path of the folder; empty for a kept meeting, which knows."""
    seed: int
    evaluator: str
    difficulty: str | None
    channel: str | None

    async def store(self) -> Store:
        """The store of the learner's own settings."""
        from simpatient.store import Store

        return await Store.of(self.settings)

    async def taken(self, before: Relationship | None, store: Store | None) -> Encounter:
        """The next meeting, or the first; kept in `store` when there is one."""
        from simpatient.authoring import Library
        from simpatient.encounter import LEARNER, Cast, Encounter

        name = re.sub(r"[^A-Za-z0-9_.-]", "-", Path(self.persona).name)[:80]
        return await Encounter.begin(
            self.persona,
            library=Library.choose(self.settings.library),
            seed=self.seed,
            evaluator=self.evaluator,
            difficulty=self.difficulty,
            channel=self.channel,
            encounter_id=f"{name}-{secrets.token_hex(6)}" if store else "",
            store=store,
            learner=before.learner if before else LEARNER,
            helpline=self.settings.helpline,
            relationship=before,
            models=Cast.of_settings(self.settings),
        )

    async def taken_again(self, encounter_id: str, store: Store) -> Encounter:
        """The kept meeting, as it stood."""
        from simpatient.authoring import Library
        from simpatient.encounter import Cast, Encounter

        library, settings = Library.choose(self.settings.library), self.settings
        return await Encounter.resume(
            store, encounter_id, library=library, helpline=settings.helpline, models=Cast.of_settings(settings)
        )

    def like(self, encounter: Encounter) -> Seats:
        """Seats as `encounter` had them, for the meetings that follow it."""
        persona = encounter.patient.persona
        return replace(
            self,
            persona=persona.id,
            seed=encounter.seed,
            evaluator=encounter.rubric.id,
            difficulty=persona.dynamics.difficulty,
            channel=persona.card.channel.value,
        )

    def who(self) -> tuple[Patient, Codebook, Rubric]:
        """The patient, the codebook and the rubric."""
        from simpatient.authoring import Library
        from simpatient.persona import load_patient
        from simpatient.rubric import load_codebook, load_rubric

        shelf = Library.choose(self.settings.library)
        codebook = load_codebook(shelf)
        rubric = load_rubric(shelf, self.evaluator, codebook)
        return load_patient(shelf, self.persona, codebook.codes), codebook, rubric


def sit(seats: Seats, show: Show, *, talking: bool, kept: bool, again: bool, continued: str | None) -> None:
    """Hold a meeting, and the next one, until the learner has had enough.

    Args:
        seats: how meetings are begun.
        show: shows and hears.
        talking: a person types the answers.
        kept: meetings, and what stands between the two, go into the store.
        again: begin with the next meeting, from where the two stand.
        continued: id of the kept meeting to begin with; None for a new one.

    Raises:
        ClickException: `again`, and the two have not met.
    """
    # Input is waited for outside the loop, so that Ctrl-C ends it at once.
    with asyncio.Runner() as runner:
        store = runner.run(seats.store()) if kept else None
        try:
            sitting = _Sitting(runner, seats, show, store, talking=talking)
            encounter: Encounter | None
            if continued is not None and store is not None:
                encounter = sitting.continued(continued, store)
            else:
                encounter = sitting.again() if again else sitting.begun()
            while encounter is not None and sitting.held(encounter):
                encounter = sitting.following()
        finally:
            if store is not None:
                runner.run(store.close())


class _Sitting:
    """The meetings of one sitting, and what stands between the two meanwhile."""

    def __init__(self, runner: asyncio.Runner, seats: Seats, show: Show, store: Store | None, *, talking: bool) -> None:
        from simpatient.encounter import Standings

        self._runner, self._seats, self._show, self._store = runner, seats, show, store
        self._talking = talking
        self._standings = Standings(store) if store else None
        self._stands: Relationship | None = None
        self._stored: Relationship | None = None

    def begun(self) -> Encounter:
        """A first meeting; that there were others is said, not passed over."""
        encounter = self._runner.run(self._seats.taken(None, self._store))
        self._look_back(encounter)
        return encounter

    def continued(self, encounter_id: str, store: Store) -> Encounter:
        """A kept meeting, as it stood."""
        encounter = self._runner.run(self._seats.taken_again(encounter_id, store))
        self._seats = self._seats.like(encounter)
        self._look_back(encounter)
        return encounter

    def again(self) -> Encounter | None:
        """The next meeting with somebody met before; None when there is none.

        Raises:
            ClickException: they have not met.
        """
        from simpatient.encounter import LEARNER

        persona = self._seats.who()[0].persona.id
        if self._standings is not None:
            self._stands = self._stored = self._runner.run(self._standings.between(LEARNER, persona))
        if self._stands is None:
            raise click.ClickException(NEVER_MET.format(persona=persona))
        return self.following()

    def following(self) -> Encounter | None:
        """The next meeting, once the days between have passed; None when there is none."""
        from simpatient.encounter import Returns, Stands

        before, seats = self._stands, self._seats
        if before is not None and before.stands is not Stands.READY:
            patient, codebook, rubric = seats.who()
            gone = days_between(
                before, patient, codebook, rubric, self._show.ask, seed=seats.seed, helpline=seats.settings.helpline
            )
            self._show.between(gone, patient.persona.card.name)
            self._keep(gone.relationship, patient.persona.card.name)
            if gone.returns is not Returns.COMES or gone.notice:
                return None
            before = gone.relationship
        return self._runner.run(seats.taken(before, self._store))

    def held(self, encounter: Encounter) -> bool:
        """Whether the learner wants to meet again after this meeting, which is held here until its debrief."""
        from simpatient.encounter import Place, after_meeting, place_of

        then, over = _numbers(encounter), encounter.ended is not None
        wants_more = self._talked(encounter)
        debrief = self._runner.run(encounter.end())
        now = _numbers(encounter)
        said = bool(now) and (now != then or not over)
        stays = self._stands or encounter.relationship
        if stays is None or (said and place_of(encounter, stays) is not Place.PAST):
            stays = after_meeting(encounter)
        self._show.debrief(debrief, stays)
        if encounter.trouble is not None:
            self._show.notice(f"Not all of this meeting could be saved. {encounter.trouble}")
        if said and stays is not self._stands:
            self._keep(stays, encounter.patient.persona.card.name)
        self._stands = stays
        return wants_more

    def _talked(self, encounter: Encounter) -> bool:
        """Whether the learner wants to meet again after this meeting, from its opening to its last word."""
        self._show.opening(encounter)
        for line in self._show.messages():
            said = line.strip().lower()
            if said in WAYS_OUT:
                return said == AGAIN
            if said.startswith(REWIND) and said[len(REWIND) :].strip().isdecimal():
                self._runner.run(_rewind(encounter, int(said[len(REWIND) :]), self._show))
                continue
            if self._talking and said.startswith("/"):
                self._show.notice(PAUSED if said == "/pause" else UNKNOWN)
                continue
            self._runner.run(_exchange(encounter, line, self._show))
            if encounter.ended is not None:
                return self._show.wants_more()
        return False

    def _look_back(self, encounter: Encounter) -> None:
        """Find what stands between the two, and say what this meeting does to it."""
        from simpatient.encounter import Place, place_of
        from simpatient.errors import StoreError

        if self._standings is None:
            return
        name = encounter.patient.persona.card.name
        try:
            found = self._runner.run(self._standings.between(encounter.learner, encounter.patient.persona.id))
        except StoreError as exc:
            self._standings = None
            self._show.aside(f"{exc} {LEFT.format(name=name)}")
            return
        self._stands = self._stored = found
        said = {Place.ANEW: ANEW, Place.PAST: PAST}.get(place_of(encounter, found))
        if said is not None:
            self._show.aside(said.format(name=name))

    def _keep(self, relationship: Relationship, name: str) -> None:
        """Let it stand; in the store too, unless somebody else kept another meanwhile."""
        from simpatient.errors import MeetingChanged, StoreError

        self._stands = relationship
        if self._standings is None:
            return
        try:
            kept = self._runner.run(self._standings.between(relationship.learner, relationship.persona))
            if kept != self._stored:
                raise MeetingChanged(ELSEWHERE)
            self._runner.run(self._standings.keep(relationship))
            self._stored = relationship
        except StoreError as exc:
            self._show.notice(NOT_KEPT.format(name=name, why=exc))


def _numbers(encounter: Encounter) -> tuple[int, ...]:
    """The exchanges of the branch that stands."""
    return tuple(exchange.number for exchange in encounter.held)


async def _rewind(encounter: Encounter, number: int, show: Show) -> None:
    from simpatient.errors import EncounterEnded

    try:
        turn = await encounter.rewind(number)
    except KeyError:
        show.notice(f"There is no exchange {number}: this meeting has {len(encounter.branches())} branches so far.")
    except EncounterEnded as exc:
        show.notice(str(exc))
    else:
        show.rewound(number, turn)


async def _exchange(encounter: Encounter, line: str, show: Show) -> None:
    from simpatient.encounter import UnusableMessage
    from simpatient.errors import EncounterEnded, MeetingChanged

    try:
        exchange = await _agreed(encounter, line, show)
    except (UnusableMessage, EncounterEnded, MeetingChanged) as exc:
        show.notice(str(exc))
        return
    if exchange is None:
        return
    rated = await encounter.rated(exchange.number)
    show.exchange(replace(rated, notice=exchange.notice), encounter)


async def _agreed(encounter: Encounter, line: str, show: Show) -> Exchange | None:
    """The exchange; None when the learner was asked about the message and would rather not send it."""
    from simpatient.encounter import IdentifyingDetails, MaybeAboutYou

    agreed: Agreed = {}
    while True:
        try:
            return await encounter.exchange(line, **agreed)
        except MaybeAboutYou as exc:
            practice = show.is_practice(str(exc))
            if practice is False:
                return await encounter.stop_for_care()
            agreed["practice"] = bool(practice)
        except IdentifyingDetails as exc:
            agreed["confirmed"] = show.agrees(str(exc))
        if not all(agreed.values()):
            return None

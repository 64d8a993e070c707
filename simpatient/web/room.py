"""What one server process holds: its library, its patients, and the meetings whose debrief can be read."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from chainlit.config import config

from simpatient.authoring import Library
from simpatient.encounter import LEARNER, Bond, Cast, Encounter, Mode, Relationship, Standings, as_asked
from simpatient.errors import ContentError, MeetingChanged, StoreError, UnknownMeeting
from simpatient.persona import Patient, load_patient, persona_ids
from simpatient.rubric import Codebook, Rubric, load_codebook, load_instructions, load_rubric
from simpatient.settings import Settings
from simpatient.store import Store
from simpatient.store.rows import Beside, KeptMeeting, Selection
from simpatient.web.addresses import address_of, fresh_key
from simpatient.web.answering import Answering
from simpatient.web.choices import AS_WRITTEN, Choices
from simpatient.web.signin import on_own_machine
from simpatient.web.text import catalogue
from simpatient.web.tries import Tries

log = logging.getLogger(__name__)

KEPT = 1000
"""Meetings whose debrief page stays readable where nothing is stored; the oldest goes first."""
LATELY = 25
"""Meetings that stay in memory where all are stored; the others are read again when somebody asks for them."""


Seat = Callable[[Patient, int], Encounter]
"""Opens a meeting with a patient and a seed."""

EVALUATOR = "rapport"
"""Who rates when nobody chose."""


@dataclass(kw_only=True, eq=False)
class Opened:
    """A meeting that is open in this process, however many tabs show it."""

    encounter: Encounter
    page: str
    """Id of its debrief page."""
    bond: Bond | None = None
    """What stands between the two; None where nothing is kept."""
    beside: Beside = field(default_factory=Beside)
    """How the page shows it beside what was said."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One message at a time, from whichever tab."""

    @property
    def place(self) -> tuple[int, int]:
        """Where the meeting stands, and how many exchanges there are on all its branches."""
        return place_in(self.encounter)


def place_in(encounter: Encounter) -> tuple[int, int]:
    """Number of the exchange at which the meeting stands (0: the opening), and how many there are on all branches."""
    here = encounter.exchanges[-1].number if encounter.exchanges else 0
    return here, max((branch.head for branch in encounter.branches()), default=0)


@contextmanager
def told(*trouble: type[Exception]) -> Generator[None]:
    """What goes wrong in it is logged, and the learner goes on without."""
    try:
        yield
    except trouble as exc:
        log.warning("How a learner wants the page cannot be kept or found: %s", exc)


@dataclass(frozen=True, kw_only=True)
class Rater:
    """A rubric, and what it tells a chat model that rates by it."""

    rubric: Rubric
    instructions: str


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What a library holds, read once: an author who changes a file starts the server anew."""

    codebook: Codebook
    raters: dict[str, Rater]
    patients: dict[str, Patient]


@lru_cache(maxsize=4)
def _shelf(library: Library) -> Shelf:
    """The library's content; patients whose files are unsound are logged with their findings and left out.

    Raises:
        ContentError: the codebook or the rubric cannot be used.
    """
    codebook = load_codebook(library)
    raters = {EVALUATOR: _rater(library, EVALUATOR, codebook)}
    for name in library.ids("evaluators", "rubric.yaml"):
        try:
            raters.setdefault(name, _rater(library, name, codebook))
        except ContentError as exc:
            log.error("The evaluator %s cannot be used:\n%s", name, exc)  # noqa: TRY400  (an author's fault, not ours)
    patients: dict[str, Patient] = {}
    for name in persona_ids(library):
        try:
            patients[name] = load_patient(library, name, codebook.codes)
        except ContentError as exc:
            log.error("The patient %s cannot be met:\n%s", name, exc)  # noqa: TRY400  (an author's fault, not ours)
    return Shelf(codebook=codebook, raters=raters, patients=patients)


def _rater(library: Library, name: str, codebook: Codebook) -> Rater:
    return Rater(rubric=load_rubric(library, name, codebook), instructions=load_instructions(library, name))


@dataclass(kw_only=True)
class Room:
    """One server's patients and meetings."""

    library: Library
    seed: int = 1
    """Seed of the first meeting with each patient; every further one adds 1."""
    first: str | None = None
    """Id of the patient whom the page opens with; None opens with the picker."""
    helpline: str = ""
    """Local help named on the stop card."""
    seat: Seat | None = None
    """How a meeting is opened; None opens an ordinary encounter."""
    store_url: str = ""
    """Database of the meetings; empty keeps nothing."""
    home: Path | None = None
    """Data folder, whose logs and recorded calls go with a deleted meeting."""
    models: Cast = field(default_factory=Cast)
    """Who speaks and who rates; by default all is embedded."""
    educator: bool = False
    """Whether the panel also shows what the patient feels and keeps back."""
    retention_days: int = 0
    """How long meetings are kept after the last message; 0 keeps them for ever."""
    portraits_hung: bool = False
    key: bytes = field(default_factory=fresh_key)
    """Signs the addresses of pages; the database's own as soon as it is open, so that they hold after a restart."""
    answering: Answering = field(default_factory=Answering)
    """Who is being answered now."""
    tries: Tries = field(default_factory=Tries)
    """What was said anew on debrief pages."""
    _store: Store | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _met: Counter[str] = field(default_factory=Counter[str])
    _pages: OrderedDict[str, Encounter] = field(default_factory=OrderedDict[str, Encounter])
    _choices: OrderedDict[str, Choices] = field(default_factory=OrderedDict[str, Choices])
    _going: set[str] = field(default_factory=set[str])
    """Meetings that are being deleted: nobody finds them any more, however long the database takes."""
    _opened: WeakValueDictionary[str, Opened] = field(default_factory=WeakValueDictionary[str, Opened])

    @property
    def codebook(self) -> Codebook:
        """The library's codebook."""
        return _shelf(self.library).codebook

    @property
    def rubric(self) -> Rubric:
        """The rubric that the page explains ratings by."""
        return _shelf(self.library).raters[EVALUATOR].rubric

    @property
    def raters(self) -> dict[str, Rater]:
        """All evaluators whose files are sound, by id; the usual one first."""
        return _shelf(self.library).raters

    @property
    def patients(self) -> dict[str, Patient]:
        """All patients whose files are sound, by id."""
        return _shelf(self.library).patients

    async def store(self) -> Store | None:
        """The store of the meetings, opened at the first call; None when nothing is to be kept.

        Raises:
            ConfigurationError: the database cannot be opened.
        """
        async with self._opening:
            if self._store is None and self.store_url:
                self._store = await Store.open(self.store_url, retention_days=self.retention_days)
                self.key = await self._store.key("pages")
            return self._store

    def meet(
        self,
        name: str,
        store: Store | None = None,
        *,
        learner: str = LEARNER,
        before: Relationship | None = None,
        choices: Choices | None = None,
    ) -> Encounter:
        """A new meeting with the patient called `name`, kept in `store`.

        Args:
            name: id of the persona.
            store: where it is kept; None keeps nothing.
            learner: pseudonymous id of whoever practises.
            before: what the days between made of earlier meetings; None when they have never met, or begin anew.
            choices: how much help, how hard, who rates; None as it usually is.

        Raises:
            KeyError: nobody is called so.
            NotReady: the days between have not passed.
        """
        chosen = choices or Choices()
        patient, rater = self.patients[name], self.raters.get(chosen.evaluator, self.raters[EVALUATOR])
        seed = self.next_seed(name)
        asked = as_asked(patient.persona, None if chosen.difficulty == AS_WRITTEN else chosen.difficulty, None)
        encounter = self.seat(patient, seed) if self.seat is not None else Encounter(
            patient=replace(patient, persona=asked), codebook=self.codebook, rubric=rater.rubric, seed=seed,
            encounter_id=f"{name}-{secrets.token_hex(6)}", helpline=self.helpline, store=store, learner=learner,
            relationship=before, models=replace(self.models, instructions=rater.instructions),
        )  # fmt: skip
        encounter.mode = chosen.mode
        return encounter

    @property
    def keeps(self) -> str:
        """What becomes of what is said, in a sentence; empty where nothing is kept."""
        if not self.store_url:
            return ""
        if not on_own_machine(config.run.host):
            return catalogue().say("briefing.kept_elsewhere")
        for_ever = self.retention_days == 0
        return catalogue().say("briefing.kept_for_ever" if for_ever else "briefing.kept", days=self.retention_days)

    @property
    def evaluators(self) -> dict[str, str]:
        """Names of the evaluators by id, the usual one first."""
        return {name: rater.rubric.name for name, rater in self.raters.items()}

    def chosen(self, learner: str) -> Choices:
        """What this learner chose for the next meeting."""
        return self._choices.get(learner, Choices())

    async def recall(self, learner: str) -> Choices:
        """What this learner chose last, perhaps when another process served them."""
        store = await self.store()
        if store is not None and learner not in self._choices:
            with told(StoreError):
                self._note(learner, Choices.of(await store.choices(learner), tuple(self.raters)))
        return self.chosen(learner)

    async def choose(self, learner: str, word: Mapping[str, Any], *, live: bool | None = None) -> Choices:
        """What this learner has chosen now that `word` changes it, and `live` their view of ratings; it is kept."""
        before = await self.recall(learner)
        after = before.changed(word, tuple(self.raters))
        after = after if live is None else replace(after, live=live)
        self._note(learner, after)
        store = await self.store()
        if store is not None and after != before:
            with told(StoreError):
                await store.keep_choices(learner, after.to_keep)
        return after

    def _note(self, learner: str, choices: Choices) -> None:
        self._choices[learner] = choices
        self._choices.move_to_end(learner)
        while len(self._choices) > KEPT:
            self._choices.popitem(last=False)

    async def set_beside(self, opened: Opened, beside: Beside) -> None:
        """Let the page show the meeting so from now on, also after a restart; only a database in trouble forgets it."""
        opened.beside, store = beside, await self.store()
        if store is not None and opened.encounter.exchanges:
            with told(StoreError):
                await store.keep_beside(opened.encounter.id, opened.encounter.mode.value, beside)

    def next_seed(self, name: str) -> int:
        """The seed of the next meeting with the patient called `name`."""
        seed = self.seed + self._met[name]
        self._met[name] += 1
        return seed

    def open(self, encounter: Encounter, bond: Bond | None = None, beside: Beside | None = None) -> Opened:
        """The meeting, open from now on, its debrief readable under an unguessable id."""
        opened = Opened(encounter=encounter, page=self.keep(encounter), bond=bond, beside=beside or Beside())
        self._opened[encounter.id] = opened
        return opened

    def opened(self, encounter_id: str) -> Opened | None:
        """The meeting of this id if a tab shows it, or did lately."""
        return self._opened.get(encounter_id)

    async def find(self, encounter_id: str) -> Opened:
        """The kept meeting of this id, as it stands: as this process has it, unless it went on elsewhere.

        Raises:
            UnknownMeeting: there is none.
            StoreError: the database cannot be used, or the meeting cannot be continued.
        """
        opened, store = self._opened.get(encounter_id), await self.store()
        if store is None:
            if opened is None:
                raise UnknownMeeting(catalogue().say("history.unknown"))
            return opened
        if opened is not None and await self._stands(opened, store):
            return opened
        seen: list[KeptMeeting] = []

        def seat(kept: KeptMeeting) -> Encounter:
            seen.append(kept)
            return self._again(kept, store)

        encounter = await Encounter.resume(store, encounter_id, library=self.library, helpline=self.helpline, seat=seat)
        beside = seen[-1].beside
        if opened is None:
            return self.open(encounter, await self.bond(encounter.learner, encounter.patient.persona.id), beside)
        opened.encounter, opened.beside = encounter, beside
        self._pages[opened.page] = encounter
        return opened

    @staticmethod
    async def _stands(opened: Opened, store: Store) -> bool:
        """Whether what is open is what is kept; what could not be saved yet is kept here alone."""
        trouble = opened.encounter.trouble
        if isinstance(trouble, MeetingChanged):
            return False
        if trouble is not None or not opened.encounter.exchanges:
            return True
        line = await store.line(opened.encounter.id)
        return line is not None and (line.head, line.exchanges) == opened.place

    def _again(self, kept: KeptMeeting, store: Store) -> Encounter:
        """The kept meeting at its opening, from files that are read already.

        Raises:
            StoreError: the patient or the evaluator is not there any more.
        """
        patient, rater = self.patients.get(kept.line.persona), self.raters.get(kept.settings.evaluator)
        if patient is None or rater is None:
            raise StoreError(catalogue().say("history.no_files", name=kept.line.name))
        asked = as_asked(patient.persona, kept.settings.difficulty, kept.settings.channel)
        encounter = Encounter(
            patient=replace(patient, persona=asked), codebook=self.codebook, rubric=rater.rubric, seed=kept.seed,
            encounter_id=kept.line.id, store=store, learner=kept.line.learner, helpline=self.helpline,
            models=replace(self.models, instructions=rater.instructions),
        )  # fmt: skip
        encounter.mode = Mode.of(kept.settings.mode)
        return encounter

    def gone(self, encounter_id: str) -> bool:
        """Whether the meeting is being deleted."""
        return encounter_id in self._going

    async def delete(self, encounter_id: str) -> None:
        """Delete the meeting for good, with its debriefs, logs and recorded calls; from now on nobody finds it.

        Raises:
            StoreError: the database cannot be used now; nothing was deleted.
        """
        self.forget(encounter_id)
        store = await self.store()
        if store is None:
            return
        self._going.add(encounter_id)
        try:
            await store.delete(Selection(ids=(encounter_id,)), home=self.home)
        finally:
            self._going.discard(encounter_id)

    def forget(self, encounter_id: str) -> None:
        """Let go of a deleted meeting, and of its debrief page."""
        self._opened.pop(encounter_id, None)
        for page in [page for page, encounter in self._pages.items() if encounter.id == encounter_id]:
            del self._pages[page]

    async def bond(self, learner: str, persona: str) -> Bond | None:
        """What stands between the two; None where nothing is kept.

        Raises:
            ConfigurationError: the database cannot be opened.
            StoreError: it cannot be used now, or another version kept it.
        """
        store = await self.store()
        return await Bond.watched(Standings(store), learner, persona) if store is not None else None

    def keep(self, encounter: Encounter) -> str:
        """An unguessable id under which the meeting's debrief can be read from now on."""
        page = address_of(encounter.id, self.key)
        self._pages[page] = encounter
        most = min(LATELY, KEPT) if self.store_url else KEPT
        if len(self._pages) > most:
            # What could not be saved yet is nowhere else.
            saved = (old for old, held in self._pages.items() if held.trouble is None)
            for old in list(islice(saved, len(self._pages) - most)):
                del self._pages[old]
        return page

    def kept(self, page: str) -> Encounter | None:
        """The meeting kept under this id; None when there is none (any more)."""
        return self._pages.get(page)


_open: list[Room] = []


def open_room(
    library: Library | None = None,
    *,
    seed: int = 1,
    first: str | None = None,
    seat: Seat | None = None,
    settings: Settings | None = None,
) -> Room:
    """The room that this process serves from now on, in place of any earlier one.

    Raises:
        ConfigurationError: the library folder does not exist, or a chat model is named that is none.
    """
    settings = settings or Settings()
    chosen = library or Library.choose(settings.library)
    _open[:] = [
        Room(
            library=chosen,
            seed=seed,
            first=first,
            helpline=settings.helpline,
            seat=seat,
            store_url=settings.store_url,
            home=settings.home,
            educator=settings.educator_view,
            retention_days=settings.retention_days,
            models=Cast.of_settings(settings),
        )
    ]  # fmt: skip
    return _open[0]


def room() -> Room:
    """The room that this process serves; opened with the defaults when nobody has."""
    return _open[0] if _open else open_room()

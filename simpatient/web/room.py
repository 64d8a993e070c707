"""What one server process holds: its library, its patients, and the meetings whose debrief can be read."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from simpatient.authoring import Library
from simpatient.encounter import Cast, Encounter
from simpatient.errors import ContentError
from simpatient.persona import Patient, load_patient, persona_ids
from simpatient.rubric import Codebook, Rubric, load_codebook, load_instructions, load_rubric
from simpatient.settings import Settings
from simpatient.store import Store
from simpatient.web.addresses import address_of, fresh_key
from simpatient.web.tries import Tries

log = logging.getLogger(__name__)

KEPT = 1000
"""Ended meetings whose debrief page stays readable; the oldest goes first."""


Seat = Callable[[Patient, int], Encounter]
"""Opens a meeting with a patient and a seed."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What a library holds, read once: an author who changes a file starts the server anew."""

    codebook: Codebook
    rubric: Rubric
    instructions: str
    patients: dict[str, Patient]


@lru_cache(maxsize=4)
def _shelf(library: Library) -> Shelf:
    """The library's content; patients whose files are unsound are logged with their findings and left out.

    Raises:
        ContentError: the codebook or the rubric cannot be used.
    """
    codebook = load_codebook(library)
    rubric = load_rubric(library, "rapport", codebook)
    patients: dict[str, Patient] = {}
    for name in persona_ids(library):
        try:
            patients[name] = load_patient(library, name, codebook.codes)
        except ContentError as exc:
            log.error("The patient %s cannot be met:\n%s", name, exc)  # noqa: TRY400  (an author's fault, not ours)
    return Shelf(
        codebook=codebook, rubric=rubric, instructions=load_instructions(library, "rapport"), patients=patients
    )


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
    models: Cast = field(default_factory=Cast)
    """Who speaks and who rates; by default all is embedded."""
    retention_days: int = 0
    """How long meetings are kept after the last message; 0 keeps them for ever."""
    portraits_hung: bool = False
    key: bytes = field(default_factory=fresh_key)
    """Signs the addresses of pages; the database's own as soon as it is open, so that they hold after a restart."""
    tries: Tries = field(default_factory=Tries)
    """What was said anew on debrief pages."""
    _store: Store | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _met: Counter[str] = field(default_factory=Counter[str])
    _pages: OrderedDict[str, Encounter] = field(default_factory=OrderedDict[str, Encounter])

    @property
    def codebook(self) -> Codebook:
        """The library's codebook."""
        return _shelf(self.library).codebook

    @property
    def rubric(self) -> Rubric:
        """The rubric that the page explains ratings by."""
        return _shelf(self.library).rubric

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

    def meet(self, name: str, store: Store | None = None) -> Encounter:
        """A new meeting with the patient called `name`, kept in `store`.

        Raises:
            KeyError: nobody is called so.
        """
        patient = self.patients[name]
        seed = self.seed + self._met[name]
        self._met[name] += 1
        if self.seat is not None:
            return self.seat(patient, seed)
        return Encounter(
            patient=patient, codebook=self.codebook, rubric=self.rubric, seed=seed,
            encounter_id=f"{name}-{secrets.token_hex(6)}", helpline=self.helpline, store=store,
            models=replace(self.models, instructions=_shelf(self.library).instructions),
        )  # fmt: skip

    def keep(self, encounter: Encounter) -> str:
        """An unguessable id under which the meeting's debrief can be read from now on."""
        page = address_of(encounter.id, self.key)
        self._pages[page] = encounter
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
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
            retention_days=settings.retention_days,
            models=Cast.of_settings(settings),
        )
    ]  # fmt: skip
    return _open[0]


def room() -> Room:
    """The room that this process serves; opened with the defaults when nobody has."""
    return _open[0] if _open else open_room()

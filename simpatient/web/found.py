"""Which meeting a page is about, and who looks at it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace

from chainlit.auth import get_token_from_cookies, require_login
from chainlit.auth.jwt import decode_jwt
from chainlit.config import config
from starlette.requests import Request

from simpatient.authoring import Library
from simpatient.encounter import LEARNER, Cast, Encounter, as_asked
from simpatient.errors import ContentError, StoreError, UnknownMeeting
from simpatient.rubric import Codebook, Rubric, load_instructions, load_rubric
from simpatient.store import Store
from simpatient.store.rows import KeptMeeting
from simpatient.web.addresses import encounter_of
from simpatient.web.room import Room

GUEST_COOKIE = "simpatient_guest"
"""By which a browser that is not signed in is known again; the chat's script makes it up."""
_GUEST = re.compile("[0-9a-f]{32}")


async def found(here: Room, page: str, *, speaking: bool = False) -> Encounter | KeptMeeting | None:
    """The meeting of this address, out of memory or out of the store; None when there is none (any more).

    One that another version kept can only be read; it comes as it was kept.

    Args:
        here: the room.
        page: the address.
        speaking: whether the patient will have to answer, by the chat model of the room if it has one.

    Raises:
        StoreError: the database cannot be used now.
        ConfigurationError: the database cannot be opened.
    """
    live = here.kept(page)
    if live is not None:
        return live
    store = await here.store()
    name = encounter_of(page, here.key)
    if store is None or name is None:
        return None
    models = here.models if speaking else Cast()
    try:
        return await Encounter.resume(store, name, seat=lambda kept: _seated(here, kept, models, store))
    except UnknownMeeting:
        return None
    except (StoreError, ContentError, KeyError):
        return await store.meeting(name)


def _seated(here: Room, kept: KeptMeeting, models: Cast, store: Store) -> Encounter:
    """The patient of a kept meeting at its opening.

    Raises:
        KeyError: the library has this patient no longer.
    """
    patient, settings = here.patients[kept.line.persona], kept.settings
    return Encounter(
        patient=replace(patient, persona=as_asked(patient.persona, settings.difficulty, settings.channel)),
        codebook=here.codebook, rubric=_rubric(here.library, settings.evaluator, here.codebook), seed=kept.seed,
        encounter_id=kept.line.id, store=store, learner=kept.line.learner, helpline=here.helpline,
        models=replace(models, instructions=load_instructions(here.library, settings.evaluator)),
    )  # fmt: skip


_rubrics: dict[tuple[Library, str], Rubric] = {}


def _rubric(library: Library, name: str, codebook: Codebook) -> Rubric:
    """The rubric of this id, read once."""
    if (library, name) not in _rubrics:
        _rubrics[library, name] = load_rubric(library, name, codebook)
    return _rubrics[library, name]


async def learner_of(request: Request, here: Room) -> str | None:
    """Id of the learner whose browser asks; None when nobody can be told.

    On one's own machine nobody needs to sign in: whoever can reach the server is the learner. Elsewhere a browser that
    nobody signed in is known again by its own cookie.

    Raises:
        StoreError: the database cannot be used now.
    """
    if require_login():
        try:
            return decode_jwt(get_token_from_cookies(dict(request.cookies)) or "").identifier
        except Exception:  # noqa: BLE001  whatever is wrong with a token, nobody is signed in by it
            return None
    guest, store = request.cookies.get(GUEST_COOKIE, ""), await here.store()
    if is_this_machine(config.run.host):
        return LEARNER
    return await store.learner(f"guest {guest}") if store is not None and _GUEST.fullmatch(guest) else None


def is_this_machine(host: str) -> bool:
    """Whether a server bound to `host` can only be reached from its own machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"

"""Which meeting a page is about, and who looks at it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from chainlit.auth import get_token_from_cookies, require_login
from chainlit.auth.jwt import decode_jwt
from chainlit.config import config
from starlette.requests import Request

from simpatient.encounter import LEARNER, Cast, Encounter, as_asked
from simpatient.errors import StoreError, UnknownMeeting
from simpatient.store import Store
from simpatient.store.rows import KeptMeeting
from simpatient.web.addresses import encounter_of
from simpatient.web.room import Room
from simpatient.web.signin import GUEST, on_own_machine


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
    if (live := here.kept(page)) is not None:
        return live
    store = await here.store()  # its key is the one that signs addresses
    name = encounter_of(page, here.key)
    if name is not None and (opened := here.opened(name)) is not None:
        return opened.encounter
    if store is None or name is None:
        return None
    models = here.models if speaking else Cast()
    try:
        return await Encounter.resume(store, name, seat=lambda kept: _seated(here, kept, models, store))
    except UnknownMeeting:
        return None
    except (StoreError, KeyError):
        return await store.meeting(name)


def _seated(here: Room, kept: KeptMeeting, models: Cast, store: Store) -> Encounter:
    """The patient of a kept meeting at its opening.

    Raises:
        KeyError: the library has this patient, or this evaluator, no longer.
    """
    settings = kept.settings
    patient, rater = here.patients[kept.line.persona], here.raters[settings.evaluator]
    return Encounter(
        patient=replace(patient, persona=as_asked(patient.persona, settings.difficulty, settings.channel)),
        codebook=here.codebook, rubric=rater.rubric, seed=kept.seed, encounter_id=kept.line.id, store=store,
        learner=kept.line.learner, helpline=here.helpline, models=replace(models, instructions=rater.instructions),
    )  # fmt: skip


async def learner_of(request: Request, here: Room) -> str | None:
    """Id of the learner whose browser asks; None when nobody can be told.

    On one's own machine nobody needs to sign in: whoever can reach the server is the learner. Elsewhere a browser that
    nobody signed in is known again by its own cookie.

    Raises:
        StoreError: the database cannot be used now.
    """
    token = get_token_from_cookies(dict(request.cookies)) if require_login() else None
    with suppress(Exception):  # whatever is wrong with a token, nobody is signed in by it
        if token:
            return decode_jwt(token).identifier
    if on_own_machine(config.run.host):
        return LEARNER
    guest, store = GUEST.search(request.headers.get("cookie", "")), await here.store()
    return await store.learner(f"guest {guest.group(1)}") if guest is not None and store is not None else None

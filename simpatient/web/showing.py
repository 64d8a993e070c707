"""What is shown in the tab that is being served now: lines, cards, commands; and errors as one friendly line."""

# Chainlit's decorators and its session are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ParamSpec
from weakref import WeakKeyDictionary

import chainlit as cl
from chainlit.chat_context import chat_contexts
from chainlit.session import BaseSession

from simpatient.errors import SimpatientError
from simpatient.web import portraits
from simpatient.web.cards import plain, turn_markdown
from simpatient.web.meeting import Meeting
from simpatient.web.room import room
from simpatient.web.root import private_root
from simpatient.web.sending import Bubble
from simpatient.web.text import catalogue
from simpatient.words import PatientTurn

log = logging.getLogger(__name__)

NARROW = "simpatient_narrow=1"
"""Cookie that the page's script sets in a narrow window."""

P = ParamSpec("P")

_keys: WeakKeyDictionary[BaseSession, str] = WeakKeyDictionary()
_meetings: WeakKeyDictionary[BaseSession, Meeting] = WeakKeyDictionary()


def friendly(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """The handler, telling the learner of an error in one line instead of Chainlit's silence.

    What simpatient says on purpose is shown as it is; anything else is logged under a
    short number, and only the number is shown.
    """

    @functools.wraps(handler)
    async def handle(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except SimpatientError as exc:
            log.warning("Told to the learner: %s", exc)
            await coach(str(exc))
        except Exception:
            number = secrets.token_hex(3)
            log.exception("Error %s in the page", number)
            await cl.ErrorMessage(
                content=catalogue().say("page.error", number=number), author=catalogue().say("page.coach")
            ).send()
        finally:
            # Chainlit keeps every message until the process ends; nothing here needs them.
            chat_contexts.pop(cl.context.session.id, None)

    return handle


def current() -> Meeting | None:
    """The meeting of this browser tab; None while nobody has been chosen."""
    return _meetings.get(cl.context.session)


def seat(meeting: Meeting) -> None:
    """Let this browser tab show `meeting` from now on."""
    _meetings[cl.context.session] = meeting


def card_key() -> str:
    """What tells a word from this tab's own cards from one that another window sends to the page."""
    return _keys.setdefault(cl.context.session, secrets.token_urlsafe(16))


def from_our_card(word: object) -> dict[str, Any]:
    """What was chosen on one of this tab's own cards; empty for the word of anybody else."""
    if not isinstance(word, dict) or not secrets.compare_digest(str(word.get("key", "")).encode(), card_key().encode()):
        return {}
    return {str(name): value for name, value in word.items()}


def narrow(environ: Mapping[str, Any]) -> bool:
    """Whether the screen has no room for a panel beside the chat: a phone, or a window the page found narrow."""
    return "Mobi" in str(environ.get("HTTP_USER_AGENT", "")) or NARROW in str(environ.get("HTTP_COOKIE", ""))


async def say(author: str, turn: PatientTurn) -> None:
    """Show a patient turn at once."""
    await Bubble(author=author, text=turn_markdown(turn)).show()


async def coach(text: str) -> None:
    """Tell the learner something out of character."""
    await Bubble(author=catalogue().say("page.coach"), text=plain(text), metadata={"kind": "coach"}).show()


async def redraw(meeting: Meeting, *lines: str) -> None:
    """Put the meeting on the screen as it stands, in place of all that was there; `lines` follow it."""
    thread = meeting.thread(lines)
    await cl.context.emitter.resume_thread(thread)


def hang_portraits() -> None:
    """Put the patients' portraits where the browser finds them, once for a room."""
    here = room()
    if not here.portraits_hung:
        portraits.hang(here.patients.values(), private_root() / "public" / "avatars")
        here.portraits_hung = True

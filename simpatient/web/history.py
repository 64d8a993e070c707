"""Chainlit's history over our own store: our meetings are its threads, and nothing is stored twice."""

# ruff: noqa: ARG002  (Chainlit names what it hands over)
# Chainlit's base class is loosely typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false, reportMissingTypeArgument=false, reportMissingParameterType=false

from __future__ import annotations

from typing import TYPE_CHECKING

from chainlit.data.base import BaseDataLayer
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from chainlit.user import PersistedUser, User

from simpatient.encounter import opening_of
from simpatient.errors import StoreError, UnknownMeeting
from simpatient.web.room import room
from simpatient.web.thread import listed, of_encounter, of_kept

if TYPE_CHECKING:
    from chainlit.element import Element, ElementDict
    from chainlit.step import StepDict

_SINCE = "2020-01-01T00:00:00Z"
"""Chainlit wants to know when somebody first signed in; nobody keeps it."""


class History(BaseDataLayer):
    """Lists, opens and deletes the learner's meetings. What Chainlit would store itself is stored by the engine already."""

    async def get_user(self, identifier: str) -> PersistedUser | None:
        """Whoever signed in, who is nothing but a pseudonymous id."""
        return PersistedUser(id=identifier, identifier=identifier, createdAt=_SINCE)

    async def create_user(self, user: User) -> PersistedUser | None:
        """The same; nothing is created."""
        return await self.get_user(user.identifier)

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[ThreadDict]:
        """One page of the learner's meetings, the one that moved last first; of nobody else's."""
        nothing = PageInfo(hasNextPage=False, startCursor=None, endCursor=None)
        store = await room().store()
        if store is None or not filters.userId:
            return PaginatedResponse(pageInfo=nothing, data=[])
        page = await store.meetings(
            learner=filters.userId, named=filters.search, limit=pagination.first, following=pagination.cursor
        )
        info = PageInfo(hasNextPage=page.following is not None, startCursor=None, endCursor=page.following)
        return PaginatedResponse(pageInfo=info, data=[listed(line) for line in page.meetings])

    async def get_thread_author(self, thread_id: str) -> str:
        """Whose meeting it is; nobody's when it is not kept."""
        here = room()
        if here.gone(thread_id):
            return ""
        opened = here.opened(thread_id)
        if opened is not None:
            return opened.encounter.learner
        store = await here.store()
        line = await store.line(thread_id) if store is not None else None
        return line.learner if line is not None else ""

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """The words of a meeting; None when there is none of this id.

        Chainlit's page asks for it once more while it is being deleted.
        """
        here = room()
        if here.gone(thread_id):
            return None
        opened = here.opened(thread_id)
        if opened is not None:
            return of_encounter(opened.encounter).thread()
        store = await here.store()
        if store is None:
            return None
        try:
            kept = await store.meeting(thread_id)
        except UnknownMeeting:
            return None
        try:
            opening = opening_of(kept).turn
        except StoreError:
            opening = None
        return of_kept(kept, opening).thread()

    async def delete_thread(self, thread_id: str) -> None:
        """Delete the meeting for good, with its debriefs, logs and recorded calls."""
        await room().delete(thread_id)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Nothing: a meeting has no name of its own, and the browser's session is not kept."""

    async def create_step(self, step_dict: StepDict) -> None:
        """Nothing: the engine keeps each exchange before it is shown."""

    async def update_step(self, step_dict: StepDict) -> None:
        """Nothing, likewise."""

    async def delete_step(self, step_id: str) -> None:
        """Nothing: what was said stays in the meeting's tree."""

    async def create_element(self, element: Element) -> None:
        """Nothing: cards are drawn anew from the meeting."""

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """None: no element is kept."""
        return None

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Nothing, likewise."""

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Nothing: patients are not rated."""
        return ""

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Nothing, likewise."""
        return False

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """None: there are no favourites."""
        return []

    async def build_debug_url(self) -> str:
        """None: there is no such page."""
        return ""

    async def close(self) -> None:
        """Nothing: the room closes its store."""

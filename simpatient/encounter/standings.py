"""What stands between learners and patients, in a store."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from simpatient.encounter.records import plan_record
from simpatient.encounter.relationship import Relationship, after_meeting
from simpatient.errors import MeetingChanged
from simpatient.store.exact import packed, unpacked
from simpatient.store.rows import KeptRelationship

if TYPE_CHECKING:
    from simpatient.encounter.encounter import Encounter


ELSEWHERE = "It was changed somewhere else meanwhile, and is left as it is there."


class Place(StrEnum):
    """What a meeting is to what stands between the two."""

    NEXT = "next"
    """It goes on from there; or it is the last one, held further."""
    PAST = "past"
    """An earlier one: whatever is tried in it, what came after stays."""
    ANEW = "anew"
    """It began without what stands, and takes its place when it is over."""


def place_of(encounter: Encounter, stands: Relationship | None) -> Place:
    """What `encounter` is to what stands between the two. Pure.

    Args:
        encounter: a new meeting, or one out of the store.
        stands: what is kept between them; None when nothing is.
    """
    held = [met.encounter for met in stands.meetings if met.encounter] if stands else []
    if stands is None or held[-1:] == [encounter.id]:
        return Place.NEXT
    if encounter.id in held:
        return Place.PAST
    before = encounter.relationship
    return Place.NEXT if before is not None and before.meetings == stands.meetings else Place.ANEW


class KeepsRelationships(Protocol):
    """Keeps one row for each two. `simpatient.store.Store` is one."""

    async def keep_relationship(self, kept: KeptRelationship) -> KeptRelationship:
        """Keep it in place of the one before."""
        ...

    async def relationship(self, learner: str, persona: str) -> KeptRelationship | None:
        """What is kept between the two."""
        ...


class Standings:
    """Relationships as a store keeps them, and back exactly as they were."""

    def __init__(self, store: KeepsRelationships) -> None:
        """Keep them in `store`."""
        self._store = store

    async def keep(self, relationship: Relationship) -> None:
        """Keep what stands now, in place of what stood before.

        Raises:
            StoreError: the database cannot be used now.
            MeetingChanged: it was kept somewhere else at the same moment.
        """
        before = await self._store.relationship(relationship.learner, relationship.persona)
        await self._store.keep_relationship(
            KeptRelationship(
                learner=relationship.learner,
                persona=relationship.persona,
                record=relationship.record(),
                exact=packed(relationship),
                revision=before.revision if before else 0,
                plans=(plan_record(relationship.plan),) if relationship.plan else (),
            )
        )

    async def between(self, learner: str, persona: str) -> Relationship | None:
        """What stands between the two; None when they have not met.

        Raises:
            StoreError: the database cannot be used now, or another version kept it.
        """
        kept = await self._store.relationship(learner, persona)
        return unpacked(Relationship, kept.exact) if kept else None


class Bond:
    """What stands between the two of a meeting, watched from its beginning to its end."""

    def __init__(self, standings: Standings, stands: Relationship | None) -> None:
        """Watch what was found; `watched` is the usual way in."""
        self._standings = standings
        self.stands = stands

    @classmethod
    async def watched(cls, standings: Standings, learner: str, persona: str) -> Bond:
        """The bond as it is kept now.

        Raises:
            StoreError: the database cannot be used now, or another version kept it.
        """
        return cls(standings, await standings.between(learner, persona))

    async def keep(self, relationship: Relationship) -> None:
        """Let `relationship` stand from now on.

        Raises:
            MeetingChanged: somebody else kept another meanwhile, which is left as it is.
            StoreError: the database cannot be used now.
        """
        if relationship == self.stands:
            return
        if await self._standings.between(relationship.learner, relationship.persona) != self.stands:
            raise MeetingChanged(ELSEWHERE)
        await self._standings.keep(relationship)
        self.stands = relationship

    async def ended(self, encounter: Encounter) -> None:
        """Let stand what stays of a meeting that has just ended.

        One in which nothing was said leaves nothing, and an earlier one leaves what came after it as it is.

        Raises:
            MeetingChanged: somebody else kept another meanwhile, which is left as it is.
            StoreError: the database cannot be used now.
        """
        if encounter.held and place_of(encounter, self.stands) is not Place.PAST:
            await self.keep(after_meeting(encounter))

"""What stands between learners and patients, in a store."""

from __future__ import annotations

from typing import Protocol

from simpatient.encounter.records import plan_record
from simpatient.encounter.relationship import Relationship
from simpatient.store.exact import packed, unpacked
from simpatient.store.rows import KeptRelationship


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

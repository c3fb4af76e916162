"""Calls about interactions: what users did, and how much each kind of it counts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options, given
from kindred.types import (
    BulkReport,
    Id,
    InteractionKind,
    InteractionPage,
    InteractionType,
    InteractionTypes,
    Job,
    NewInteraction,
    OrderItem,
    RecordedInteraction,
    RecordedOrder,
    Time,
)


class AsyncInteractionCalls(AsyncTransport):
    """Interactions: what users did."""

    async def record_interaction(
        self,
        user_id: Id,
        entity_id: Id,
        interaction_type: InteractionKind,
        *,
        entity_type: str | None = None,
        weight: float | None = None,
        metadata: Mapping[str, Any] | None = None,
        timestamp: Time | None = None,
        event_id: Id | None = None,
        recommendation_id: str | None = None,
        **options: Unpack[Options],
    ) -> RecordedInteraction:
        """Records what a user did. The `recommendation_id` of the list it came from lets Kindred measure itself."""
        body = given(
            user_id=user_id,
            entity_id=entity_id,
            entity_type=entity_type,
            interaction_type=interaction_type,
            weight=weight,
            metadata=metadata,
            timestamp=timestamp,
            event_id=event_id,
            recommendation_id=recommendation_id,
        )
        return await self._json(RecordedInteraction, Call("record_interaction", body=body, options=options))

    async def record_order(
        self,
        user_id: Id,
        items: Iterable[OrderItem],
        *,
        order_id: Id | None = None,
        total: float | None = None,
        timestamp: Time | None = None,
        recommendation_id: str | None = None,
        **options: Unpack[Options],
    ) -> RecordedOrder:
        """Records an order: one purchase an item. The same `order_id` again is stored once."""
        body = given(
            user_id=user_id,
            order_id=order_id,
            items=list(items),
            total=total,
            timestamp=timestamp,
            recommendation_id=recommendation_id,
        )
        return await self._json(RecordedOrder, Call("record_order", body=body, options=options))

    async def import_interactions(
        self, interactions: Iterable[NewInteraction], **options: Unpack[Options]
    ) -> BulkReport:
        """Records many interactions; one bad row fails alone and is told in `errors`."""
        body = {"interactions": list(interactions)}
        return await self._json(BulkReport, Call("import_interactions", body=body, options=options))

    async def start_interaction_import(self, interactions: Iterable[NewInteraction], **options: Unpack[Options]) -> Job:
        """Like `import_interactions`, but answers at once with a job to ask about."""
        call = Call(
            "start_interaction_import",
            body={"interactions": list(interactions)},
            headers={"Prefer": "respond-async"},
            options=options,
        )
        return await self._json(Job, call)

    async def list_user_interactions(
        self,
        user_id: Id,
        *,
        limit: int | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        **options: Unpack[Options],
    ) -> InteractionPage:
        """What a user did, newest first."""
        query = {"limit": limit, "offset": offset, "cursor": cursor}
        call = Call("list_user_interactions", {"user_id": user_id}, query, options=options)
        interactions, next_cursor = await self._page(call)
        return InteractionPage(interactions=interactions, next_cursor=next_cursor)

    async def list_entity_interactions(
        self,
        entity_id: Id,
        entity_type: str | None = None,
        *,
        limit: int | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        **options: Unpack[Options],
    ) -> InteractionPage:
        """What was done with an entity, newest first."""
        query = {"entity_type": entity_type, "limit": limit, "offset": offset, "cursor": cursor}
        call = Call("list_entity_interactions", {"entity_id": entity_id}, query, options=options)
        interactions, next_cursor = await self._page(call)
        return InteractionPage(interactions=interactions, next_cursor=next_cursor)

    async def iterate_user_interactions(
        self, user_id: Id, *, page_size: int = 500, **options: Unpack[Options]
    ) -> AsyncIterator[RecordedInteraction]:
        """Everything that a user did, newest first, fetched page by page."""
        cursor: str | None = None
        while True:
            page = await self.list_user_interactions(user_id, limit=page_size, cursor=cursor, **options)
            for interaction in page["interactions"]:
                yield interaction
            cursor = page["next_cursor"]
            if cursor is None:
                return

    async def list_interaction_types(self, **options: Unpack[Options]) -> InteractionTypes:
        """The types that are built in or registered."""
        return await self._json(InteractionTypes, Call("list_interaction_types", options=options))

    async def register_interaction_type(
        self,
        interaction_type: str,
        weight: float,
        *,
        description: str | None = None,
        half_life_days: float | None = None,
        **options: Unpack[Options],
    ) -> InteractionType:
        """Registers a type, or changes it."""
        body = given(
            interaction_type=interaction_type, weight=weight, description=description, half_life_days=half_life_days
        )
        return await self._json(InteractionType, Call("register_interaction_type", body=body, options=options))

    async def get_interaction_type(self, interaction_type: str, **options: Unpack[Options]) -> InteractionType:
        """Reads a type."""
        call = Call("get_interaction_type", {"interaction_type": interaction_type}, options=options)
        return await self._json(InteractionType, call)

    async def change_interaction_type(
        self,
        interaction_type: str,
        weight: float | None = None,
        *,
        description: str | None = None,
        half_life_days: float | None = None,
        **options: Unpack[Options],
    ) -> InteractionType:
        """Changes how much a type counts, for past interactions too from the next model on."""
        body = given(weight=weight, description=description, half_life_days=half_life_days)
        path = {"interaction_type": interaction_type}
        return await self._json(InteractionType, Call("change_interaction_type", path, body=body, options=options))

    async def delete_interaction_type(self, interaction_type: str, **options: Unpack[Options]) -> int:
        """Forgets what was registered about a type, and returns the position."""
        call = Call("delete_interaction_type", {"interaction_type": interaction_type}, options=options)
        return await self._position(call)

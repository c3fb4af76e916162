"""Calls about entities: what may be recommended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from typing_extensions import Unpack

from kindred._sync.transport import Transport
from kindred._wire import Call, Options, given
from kindred.types import Attributes, BulkReport, Entity, EntityPage, EntityPatch, Id, Job, NewEntity, Time


class EntityCalls(Transport):
    """Entities: what may be recommended."""

    def create_entity(
        self,
        entity_id: Id,
        entity_type: str,
        attributes: Attributes | None = None,
        *,
        feature_vector: Sequence[float] | None = None,
        available_from: Time | None = None,
        available_until: Time | None = None,
        upsert: bool | None = None,
        **options: Unpack[Options],
    ) -> Entity:
        """Creates an entity; one that exists already is a `Conflict`, or replaced with `upsert=True`."""
        body = given(
            entity_id=entity_id,
            entity_type=entity_type,
            attributes=attributes or {},
            feature_vector=feature_vector,
            available_from=available_from,
            available_until=available_until,
        )
        return self._json(Entity, Call("create_entity", query={"upsert": upsert}, body=body, options=options))

    def get_entity(
        self,
        entity_id: Id,
        entity_type: str | None = None,
        *,
        include_vector: bool | None = None,
        fields: Sequence[str] | None = None,
        **options: Unpack[Options],
    ) -> Entity:
        """Reads an entity. Its type may be left out where exactly one entity has that id."""
        query = {"entity_type": entity_type, "include_vector": include_vector, "fields": fields}
        return self._json(Entity, Call("get_entity", {"entity_id": entity_id}, query, options=options))

    def replace_entity(
        self,
        entity_id: Id,
        attributes: Attributes,
        *,
        entity_type: str | None = None,
        feature_vector: Sequence[float] | None = None,
        available_from: Time | None = None,
        available_until: Time | None = None,
        upsert: bool | None = None,
        **options: Unpack[Options],
    ) -> Entity:
        """Replaces an entity; with `upsert=True` creates one that is not there."""
        body = given(
            attributes=attributes,
            feature_vector=feature_vector,
            available_from=available_from,
            available_until=available_until,
        )
        query = {"entity_type": entity_type, "upsert": upsert}
        call = Call("replace_entity", {"entity_id": entity_id}, query, body=body, options=options)
        return self._json(Entity, call)

    def patch_entity(
        self, entity_id: Id, patch: EntityPatch, *, entity_type: str | None = None, **options: Unpack[Options]
    ) -> Entity:
        """Changes parts of an entity: what is None goes away, what is left out stays."""
        call = Call(
            "patch_entity",
            {"entity_id": entity_id},
            {"entity_type": entity_type},
            body=patch,
            content_type="application/merge-patch+json",
            options=options,
        )
        return self._json(Entity, call)

    def delete_entity(self, entity_id: Id, entity_type: str | None = None, **options: Unpack[Options]) -> int:
        """Deletes an entity and returns the position. From the next answer on it is never recommended."""
        call = Call("delete_entity", {"entity_id": entity_id}, {"entity_type": entity_type}, options=options)
        return self._position(call)

    def import_entities(self, entities: Iterable[NewEntity], **options: Unpack[Options]) -> BulkReport:
        """Creates or replaces many entities; one bad row fails alone and is told in `errors`."""
        body = {"entities": list(entities)}
        return self._json(BulkReport, Call("import_entities", body=body, options=options))

    def start_entity_import(self, entities: Iterable[NewEntity], **options: Unpack[Options]) -> Job:
        """Like `import_entities`, but answers at once with a job to ask about."""
        call = Call(
            "start_entity_import",
            body={"entities": list(entities)},
            headers={"Prefer": "respond-async"},
            options=options,
        )
        return self._json(Job, call)

    def list_entities(
        self,
        *,
        entity_type: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        include_vector: bool | None = None,
        fields: Sequence[str] | None = None,
        **options: Unpack[Options],
    ) -> EntityPage:
        """A page of entities, in the order of their type and id."""
        query = {
            "entity_type": entity_type,
            "limit": limit,
            "cursor": cursor,
            "include_vector": include_vector,
            "fields": fields,
        }
        return self._json(EntityPage, Call("list_entities", query=query, options=options))

    def iterate_entities(
        self, *, entity_type: str | None = None, page_size: int = 500, **options: Unpack[Options]
    ) -> Iterator[Entity]:
        """All entities, fetched page by page."""
        cursor: str | None = None
        while True:
            page = self.list_entities(entity_type=entity_type, limit=page_size, cursor=cursor, **options)
            for entity in page["entities"]:
                yield entity
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def put_product(
        self,
        tenant: str,
        entity_id: Id,
        attributes: Attributes | None = None,
        *,
        entity_type: str | None = None,
        feature_vector: Sequence[float] | None = None,
        available_from: Time | None = None,
        available_until: Time | None = None,
        **options: Unpack[Options],
    ) -> Entity:
        """Creates or replaces a product in the way of shop plugins: `create_entity` with `upsert=True`."""
        body = given(
            entity_id=entity_id,
            entity_type=entity_type,
            attributes=attributes or {},
            feature_vector=feature_vector,
            available_from=available_from,
            available_until=available_until,
        )
        return self._json(Entity, Call("put_product", {"tenant": tenant}, body=body, options=options))

    def delete_product(
        self, tenant: str, entity_id: Id, entity_type: str | None = None, **options: Unpack[Options]
    ) -> int:
        """Deletes a product in the way of shop plugins, and returns the position."""
        path = {"tenant": tenant, "entity_id": entity_id}
        return self._position(Call("delete_product", path, {"entity_type": entity_type}, options=options))

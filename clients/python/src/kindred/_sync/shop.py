"""Calls of shops: lists in the form that shop plugins know, and pages for a storefront that Kindred follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from typing_extensions import Unpack

from kindred._sync.transport import Transport
from kindred._wire import Call, Options, given
from kindred.types import (
    Algorithm,
    Id,
    ShownItem,
    StorefrontFilters,
    StorefrontPage,
    StorefrontPagination,
    StorefrontStats,
    StorefrontTask,
    UserParams,
    Visitor,
)


class ShopCalls(Transport):
    """Shops: bare lists for plugins, pages for a storefront."""

    def list_similar(
        self,
        tenant: str,
        entity_id: Id,
        *,
        count: int | None = None,
        algorithm: Algorithm | None = None,
        collaborative_weight: float | None = None,
        content_based_weight: float | None = None,
        entity_type: str | None = None,
        exclude_seen: bool | None = None,
        exclude: Sequence[Id] | None = None,
        min_score: float | None = None,
        diversity: float | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> list[ShownItem]:
        """Entities like this one, as a bare list."""
        query = {
            "count": count,
            "algorithm": algorithm,
            "collaborative_weight": collaborative_weight,
            "content_based_weight": content_based_weight,
            "entity_type": entity_type,
            "exclude_seen": exclude_seen,
            "exclude": exclude,
            "min_score": min_score,
            "diversity": diversity,
            "window_days": window_days,
        }
        call = Call("list_similar", {"tenant": tenant, "entity_id": entity_id}, query, filters or {}, options=options)
        return self._json(list[ShownItem], call)

    def list_personalized(
        self,
        tenant: str,
        user_id: Id,
        *,
        count: int | None = None,
        algorithm: Algorithm | None = None,
        collaborative_weight: float | None = None,
        content_based_weight: float | None = None,
        entity_type: str | None = None,
        exclude_seen: bool | None = None,
        exclude: Sequence[Id] | None = None,
        min_score: float | None = None,
        diversity: float | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> list[ShownItem]:
        """What this user should see next, as a bare list."""
        query = {
            "count": count,
            "algorithm": algorithm,
            "collaborative_weight": collaborative_weight,
            "content_based_weight": content_based_weight,
            "entity_type": entity_type,
            "exclude_seen": exclude_seen,
            "exclude": exclude,
            "min_score": min_score,
            "diversity": diversity,
            "window_days": window_days,
        }
        call = Call("list_personalized", {"tenant": tenant, "user_id": user_id}, query, filters or {}, options=options)
        return self._json(list[ShownItem], call)

    def list_shop_trending(
        self,
        tenant: str,
        *,
        count: int | None = None,
        category: str | None = None,
        entity_type: str | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> list[ShownItem]:
        """What grows, as a bare list."""
        query = {"count": count, "category": category, "entity_type": entity_type, "window_days": window_days}
        call = Call("list_shop_trending", {"tenant": tenant}, query, filters or {}, options=options)
        return self._json(list[ShownItem], call)

    def list_complement(
        self,
        tenant: str,
        entity_id: Id,
        *,
        count: int | None = None,
        entity_type: str | None = None,
        exclude: Sequence[Id] | None = None,
        **options: Unpack[Options],
    ) -> list[ShownItem]:
        """What is bought together with this."""
        query = {"count": count, "entity_type": entity_type, "exclude": exclude}
        call = Call("list_complement", {"tenant": tenant, "entity_id": entity_id}, query, options=options)
        return self._json(list[ShownItem], call)

    def list_bundle(
        self, tenant: str, product_ids: Iterable[Id], *, count: int | None = None, **options: Unpack[Options]
    ) -> list[ShownItem]:
        """What goes with all of these."""
        body = given(product_ids=list(product_ids), count=count)
        call = Call("list_bundle", {"tenant": tenant}, body=body, reads=True, options=options)
        return self._json(list[ShownItem], call)

    def list_those(self, tenant: str, product_ids: Iterable[Id], **options: Unpack[Options]) -> list[ShownItem]:
        """These entities themselves."""
        body = {"product_ids": list(product_ids)}
        call = Call("list_those", {"tenant": tenant}, body=body, reads=True, options=options)
        return self._json(list[ShownItem], call)

    def popular_page(
        self,
        user_params: UserParams,
        *,
        filters: StorefrontFilters | None = None,
        pagination: StorefrontPagination | None = None,
        user_id: Id | None = None,
        **options: Unpack[Options],
    ) -> StorefrontPage:
        """What is popular with people like this; what the user liked is left out."""
        body = given(user_params=user_params, filters=filters, pagination=pagination, user_id=user_id)
        return self._json(StorefrontPage, Call("popular_page", body=body, reads=True, options=options))

    def personalized_page(
        self,
        user_id: Id,
        geo_id: Id,
        *,
        filters: StorefrontFilters | None = None,
        pagination: StorefrontPagination | None = None,
        **options: Unpack[Options],
    ) -> StorefrontPage:
        """What this visitor should see next."""
        body = given(user_id=user_id, geo_id=geo_id, filters=filters, pagination=pagination)
        return self._json(StorefrontPage, Call("personalized_page", body=body, reads=True, options=options))

    def storefront_stats(self, **options: Unpack[Options]) -> StorefrontStats:
        """How much there is, and how it is kept in step."""
        return self._json(StorefrontStats, Call("storefront_stats", options=options))

    def get_visitor(self, user_id: Id, **options: Unpack[Options]) -> Visitor:
        """Who a visitor is, and what they like."""
        return self._json(Visitor, Call("get_visitor", {"user_id": user_id}, options=options))

    def put_visitor(
        self,
        user_id: Id,
        *,
        gender: Literal["m", "f", "male", "female"] | None = None,
        age_group: str | None = None,
        locale: str | None = None,
        geo_id: Id | None = None,
        **options: Unpack[Options],
    ) -> Visitor:
        """Says who a visitor is; it counts in the next answer."""
        body = given(gender=gender, age_group=age_group, locale=locale, geo_id=geo_id)
        return self._json(Visitor, Call("put_visitor", {"user_id": user_id}, body=body, options=options))

    def refresh_visitor(self, user_id: Id, **options: Unpack[Options]) -> Visitor:
        """Sums up anew what a visitor likes."""
        return self._json(Visitor, Call("refresh_visitor", {"user_id": user_id}, options=options))

    def refresh_popular_items(self, *, wait: bool | None = None, **options: Unpack[Options]) -> StorefrontTask:
        """Counts anew what is popular with whom; with `wait=True` that is done when the answer comes."""
        call = Call("refresh_popular_items", query={"wait": wait}, timeout=3600, options=options)
        return self._json(StorefrontTask, call)

    def update_user_profiles(self, *, wait: bool | None = None, **options: Unpack[Options]) -> StorefrontTask:
        """Sums up anew what users like; with `wait=True` that is done when the answer comes."""
        call = Call("update_user_profiles", query={"wait": wait}, timeout=3600, options=options)
        return self._json(StorefrontTask, call)

    def refresh_similarities(self, *, wait: bool | None = None, **options: Unpack[Options]) -> StorefrontTask:
        """Finds similar users and items anew; with `wait=True` that is done when the answer comes."""
        call = Call("refresh_similarities", query={"wait": wait}, timeout=3600, options=options)
        return self._json(StorefrontTask, call)

    def full_sync(self, *, wait: bool | None = None, **options: Unpack[Options]) -> StorefrontTask:
        """Reads all of the shop's database again; with `wait=True` that is done when the answer comes."""
        call = Call("full_sync", query={"wait": wait}, timeout=3600, options=options)
        return self._json(StorefrontTask, call)

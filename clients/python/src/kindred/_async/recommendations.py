"""Calls about recommendations: what to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options, given
from kindred.types import (
    Algorithm,
    Id,
    Ranked,
    Recommendation,
    RecommendationLists,
    RecommendationRequest,
    Trending,
)


class AsyncRecommendationCalls(AsyncTransport):
    """Recommendation: what to show."""

    async def get_user_recommendations(
        self,
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
        explain: bool | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> Recommendation:
        """What this user should see next, best first.

        `filters` are by attribute: ``{"category": "kitchen", "price.lte": 50, "tag.in": ["red", "blue"]}``. A user whom
        nobody knows gets the best list for somebody unknown.
        """
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
            "explain": explain,
            "window_days": window_days,
        }
        call = Call("get_user_recommendations", {"user_id": user_id}, query, filters or {}, options=options)
        return await self._json(Recommendation, call)

    async def get_similar_entities(
        self,
        entity_id: Id,
        entity_type: str | None = None,
        *,
        count: int | None = None,
        algorithm: Algorithm | None = None,
        collaborative_weight: float | None = None,
        content_based_weight: float | None = None,
        exclude_seen: bool | None = None,
        exclude: Sequence[Id] | None = None,
        min_score: float | None = None,
        diversity: float | None = None,
        explain: bool | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> Recommendation:
        """Entities like this one: what the same people took, what has similar content, or both."""
        query = {
            "entity_type": entity_type,
            "count": count,
            "algorithm": algorithm,
            "collaborative_weight": collaborative_weight,
            "content_based_weight": content_based_weight,
            "exclude_seen": exclude_seen,
            "exclude": exclude,
            "min_score": min_score,
            "diversity": diversity,
            "explain": explain,
            "window_days": window_days,
        }
        call = Call("get_similar_entities", {"entity_id": entity_id}, query, filters or {}, options=options)
        return await self._json(Recommendation, call)

    async def get_trending(
        self,
        *,
        entity_type: str | None = None,
        count: int | None = None,
        exclude: Sequence[Id] | None = None,
        min_score: float | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> Trending:
        """What grows, not merely what is large."""
        query = {
            "entity_type": entity_type,
            "count": count,
            "exclude": exclude,
            "min_score": min_score,
            "window_days": window_days,
        }
        return await self._json(Trending, Call("get_trending", {}, query, filters or {}, options=options))

    async def get_popular(
        self,
        *,
        entity_type: str | None = None,
        count: int | None = None,
        exclude: Sequence[Id] | None = None,
        min_score: float | None = None,
        window_days: float | None = None,
        filters: Mapping[str, Any] | None = None,
        segment: Mapping[str, Any] | None = None,
        **options: Unpack[Options],
    ) -> Recommendation:
        """What counted most in the window, among all users or those with the attributes of `segment`."""
        query = {
            "entity_type": entity_type,
            "count": count,
            "exclude": exclude,
            "min_score": min_score,
            "window_days": window_days,
        }
        segments = {f"segment.{name}": value for name, value in (segment or {}).items()}
        call = Call("get_popular", {}, query, {**(filters or {}), **segments}, options=options)
        return await self._json(Recommendation, call)

    async def recommend(self, request: RecommendationRequest, **options: Unpack[Options]) -> Recommendation:
        """All that can be asked, in one request: for a user, entities, what is viewed now, with filters and boosts."""
        call = Call("recommend", body=request, reads=True, options=options)
        return await self._json(Recommendation, call)

    async def recommend_batch(
        self,
        requests: Iterable[RecommendationRequest],
        *,
        distinct: bool | None = None,
        **options: Unpack[Options],
    ) -> RecommendationLists:
        """Many lists in one call; with `distinct=True` no entity is in two of them."""
        body = given(requests=list(requests), distinct=distinct)
        return await self._json(RecommendationLists, Call("recommend_batch", body=body, reads=True, options=options))

    async def rank(
        self,
        user_id: Id,
        entity_ids: Iterable[Id],
        *,
        session: Iterable[Id] | None = None,
        algorithm: Algorithm | None = None,
        **options: Unpack[Options],
    ) -> Ranked:
        """The same entities, in the order of this user's liking."""
        viewed = None if session is None else list(session)
        body = given(user_id=user_id, entity_ids=list(entity_ids), session=viewed, algorithm=algorithm)
        return await self._json(Ranked, Call("rank", body=body, reads=True, options=options))

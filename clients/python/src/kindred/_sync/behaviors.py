"""Calls about behaviors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from typing_extensions import Unpack

from kindred._sync.transport import Transport
from kindred._wire import Call, Options, given
from kindred.types import (
    AnalyticsHealth,
    Behavior,
    BulkReport,
    Content,
    ContentMetrics,
    Embedding,
    Id,
    NearestContent,
    NewBehavior,
    Overview,
    SimilarUser,
    StoredContent,
    Time,
    UserAnalytics,
)


class BehaviorCalls(Transport):
    """Behaviour: what users did and in which circumstances, and what it adds up to."""

    def record_behavior(self, behavior: NewBehavior, **options: Unpack[Options]) -> Behavior:
        """Records a behaviour: an interaction with its circumstances."""
        return self._json(Behavior, Call("record_behavior", body=behavior, options=options))

    def import_behaviors(self, behaviors: Iterable[NewBehavior], **options: Unpack[Options]) -> BulkReport:
        """Records many behaviours; one bad row fails alone and is told in the errors."""
        return self._json(BulkReport, Call("import_behaviors", body={"behaviors": list(behaviors)}, options=options))

    def get_user_analytics(self, user_id: Id, **options: Unpack[Options]) -> UserAnalytics:
        """What a user did, summed up; nothing for somebody unknown."""
        return self._json(UserAnalytics, Call("get_user_analytics", {"user_id": user_id}, options=options))

    def list_similar_users(
        self,
        user_id: Id,
        *,
        limit: int | None = None,
        genre_term: Literal["cosine", "jaccard"] | None = None,
        **options: Unpack[Options],
    ) -> list[SimilarUser]:
        """Who is like a user, the most similar first."""
        return self._json(
            list[SimilarUser],
            Call(
                "list_similar_users", {"user_id": user_id}, {"limit": limit, "genreTerm": genre_term}, options=options
            ),
        )

    def get_content(self, content_id: Id, *, media_type: str | None = None, **options: Unpack[Options]) -> Content:
        """What content is."""
        return self._json(
            Content, Call("get_content", {"content_id": content_id}, {"mediaType": media_type}, options=options)
        )

    def put_content(
        self,
        content_id: Id,
        *,
        media_type: str | None = None,
        title: str | None = None,
        genres: Sequence[str] | None = None,
        **options: Unpack[Options],
    ) -> StoredContent:
        """Says what content is; nothing that was counted is touched."""
        return self._json(
            StoredContent,
            Call(
                "put_content",
                {"content_id": content_id},
                body=given(mediaType=media_type, title=title, genres=genres),
                options=options,
            ),
        )

    def get_content_metrics(
        self, content_id: Id, *, media_type: str | None = None, **options: Unpack[Options]
    ) -> ContentMetrics:
        """What users made of content."""
        return self._json(
            ContentMetrics,
            Call("get_content_metrics", {"content_id": content_id}, {"mediaType": media_type}, options=options),
        )

    def get_overview(
        self,
        *,
        from_: Time | None = None,
        to: Time | None = None,
        bucket: Literal["hour", "day", "week"] | None = None,
        **options: Unpack[Options],
    ) -> Overview:
        """The course of events: types, active users, top content, what became of recommendations."""
        return self._json(
            Overview, Call("get_overview", query={"from": from_, "to": to, "bucket": bucket}, options=options)
        )

    def get_analytics_health(self, **options: Unpack[Options]) -> AnalyticsHealth:
        """Whether behaviour is counted, and how much of it is kept."""
        return self._json(AnalyticsHealth, Call("get_analytics_health", options=options))

    def get_embedding(self, content_id: Id, *, media_type: str | None = None, **options: Unpack[Options]) -> Embedding:
        """The vector of content, and the model that made it."""
        call = Call("get_embedding", {"content_id": content_id}, {"mediaType": media_type}, options=options)
        return self._json(Embedding, call)

    def put_embedding(
        self,
        content_id: Id,
        model: str,
        vector: Sequence[float],
        *,
        media_type: str | None = None,
        **options: Unpack[Options],
    ) -> Embedding:
        """Gives content a vector of the configured dimension in place of its own."""
        path = {"content_id": content_id}
        body = {"model": model, "vector": vector}
        call = Call("put_embedding", path, {"mediaType": media_type}, body=body, options=options)
        return self._json(Embedding, call)

    def list_nearest_content(
        self, content_id: Id, *, media_type: str | None = None, limit: int | None = None, **options: Unpack[Options]
    ) -> NearestContent:
        """Content of the same type whose vectors are nearest, by their cosine."""
        query = {"mediaType": media_type, "limit": limit}
        call = Call("list_nearest_content", {"content_id": content_id}, query, options=options)
        return self._json(NearestContent, call)

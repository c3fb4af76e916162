"""What users did in which circumstances, and what it adds up to. Names are as on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

from kindred.types.core import Id, Time


class Behavior(TypedDict):
    """What a user did and in which circumstances."""

    id: int
    userId: str
    contentId: str
    mediaType: str
    action: str
    interaction_type: str
    timestamp: str
    sessionDuration: NotRequired[float]
    rating: NotRequired[float]
    completionPercentage: NotRequired[float]
    skipReason: NotRequired[str]
    metadata: dict[str, Any]
    weight: float
    tenant_id: NotRequired[str]
    position: int
    duplicate: NotRequired[bool]
    warnings: NotRequired[list[str]]


class UserAnalytics(TypedDict):
    """What a user did, summed up."""

    userId: str
    totalViews: int
    averageSessionDuration: float | None
    """In seconds."""
    favoriteGenres: list[str]
    preferredTimeSlots: list[str]
    completionRate: float
    averageRating: float | None
    lastActiveDate: str | None
    genreEmbedding: dict[str, float]
    """How much each genre is liked, as a vector of length 1; the most liked first."""


class SimilarUser(TypedDict):
    """Somebody who is like a user."""

    userId: str
    similarity: float
    commonInterests: list[str]
    sharedViews: int


class Content(TypedDict):
    """What content is."""

    contentId: str
    mediaType: str
    title: str | None
    genres: list[str]


class ContentMetrics(TypedDict):
    """What users made of content; rates are over distinct users."""

    contentId: str
    mediaType: str
    title: str | None
    genres: list[str]
    averageRating: float | None
    totalViews: int
    completionRate: float
    skipRate: float
    trendingScore: float
    """Its decayed rate against its own baseline of four weeks; above 1 it is rising."""
    popularityIndex: float
    """The percentile of its views."""
    lastUpdated: str | None


_Since = TypedDict("_Since", {"from": str})  # a word that only this form may have as a field


class Overview(_Since):
    """What happened when."""

    to: str
    series: list[OverviewSeries]
    activeUsers: int
    topContent: list[OverviewTopContent]
    recommendations: OverviewRecommendations
    """Of interactions that name a recommendation."""


class OverviewSeries(TypedDict):
    """What happened in one stretch of time."""

    start: str
    events: dict[str, int]
    activeUsers: int


class OverviewTopContent(TypedDict):
    """Content with much going on around it."""

    contentId: str
    mediaType: str
    title: str
    events: int


class OverviewRecommendations(TypedDict):
    """What became of recommendations, of interactions that name one."""

    shown: int
    acted: int
    clickThroughRate: float
    coverage: float


class AnalyticsHealth(TypedDict):
    """Whether behaviour is counted, and how much of it is kept."""

    status: Literal["healthy", "degraded"]
    degraded: NotRequired[bool]
    recordCount: int
    lastActivity: str | None
    dbType: str


class NewBehavior(TypedDict):
    """What a user did and in which circumstances, to be recorded."""

    userId: Id
    """A text, or a number that is kept as its decimal text."""
    contentId: Id
    """A text, or a number that is kept as its decimal text."""
    mediaType: NotRequired[str]
    action: str
    timestamp: NotRequired[Time]
    """RFC 3339 with zone, or seconds or milliseconds since 1970."""
    sessionDuration: NotRequired[float]
    """In seconds."""
    rating: NotRequired[float]
    completionPercentage: NotRequired[float]
    skipReason: NotRequired[str]
    contextualData: NotRequired[NewBehaviorContextualData]
    """Anything; timeOfDay and dayOfWeek are added where they are missing."""
    eventId: NotRequired[Id]
    """A text, or a number that is kept as its decimal text."""
    recommendationId: NotRequired[str]
    tenant_id: NotRequired[str]


class NewBehaviorContextualData(TypedDict):
    """The circumstances; anything else may be added."""

    timeOfDay: NotRequired[Literal["morning", "afternoon", "evening", "night"]]
    dayOfWeek: NotRequired[str]
    device: NotRequired[str]
    location: NotRequired[str]
    experimentName: NotRequired[str]
    experimentVariant: NotRequired[str]


class StoredContent(TypedDict):
    """Content as it was stored."""

    contentId: str
    entity_type: str
    attributes: dict[str, Any]
    updatedAt: str
    position: int
    warnings: NotRequired[list[str]]


class ContentBody(TypedDict):
    """What is said about content."""

    mediaType: NotRequired[str]
    title: NotRequired[str]
    genres: NotRequired[Sequence[str]]
    tenant_id: NotRequired[str]


class Embedding(TypedDict):
    """The vector of content, and the model that made it."""

    contentId: str
    mediaType: str
    model: str
    dimension: int
    vector: list[float]
    position: NotRequired[int]
    warnings: NotRequired[list[str]]


class NearContent(TypedDict):
    """Content whose vector is near."""

    contentId: str
    mediaType: str
    similarity: float


class NearestContent(TypedDict):
    """Content whose vectors are nearest by their cosine, the nearest first."""

    contentId: str
    model: str
    nearest: list[NearContent]

"""The types of everyday calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

Id = str | int
"""A text, or a number that is kept as its decimal text."""

Attributes = Mapping[str, Any]
"""Any JSON, nested up to 3 levels."""

Time = datetime | str | int | float
"""A datetime with its zone, RFC 3339, or seconds or milliseconds since 1970."""

Algorithm = Literal["hybrid", "collaborative", "content_based", "trending", "popular"]

# ---- entities --------------------------------------------------------------------------------------------------------


class NewEntity(TypedDict):
    """Something that may be recommended, to be stored."""

    entity_id: Id
    entity_type: str
    attributes: NotRequired[Attributes]
    feature_vector: NotRequired[Sequence[float]]
    available_from: NotRequired[Time]
    available_until: NotRequired[Time]
    tenant_id: NotRequired[str]


class EntityPatch(TypedDict, total=False):
    """Changes to an entity (JSON Merge Patch): what is None goes away, what is left out stays."""

    attributes: Attributes | None
    feature_vector: Sequence[float] | None
    available_from: Time | None
    available_until: Time | None
    tenant_id: str


class Entity(TypedDict, total=False):
    """Something that may be recommended. Everything is there unless `fields` asked for less."""

    entity_id: str
    entity_type: str
    tenant_id: str
    attributes: dict[str, Any]
    feature_vector: list[float]
    available_from: str
    available_until: str
    created_at: str
    updated_at: str
    position: int
    warnings: list[str]


class EntityPage(TypedDict):
    """Some entities, and where to go on."""

    entities: list[Entity]
    next_cursor: str | None


# ---- interactions ----------------------------------------------------------------------------------------------------


class Rating(TypedDict):
    """How much a user liked something; counts as much as it says."""

    rating: float


class Custom(TypedDict):
    """A type of your own."""

    custom: str


InteractionKind = str | Rating | Custom


class NewInteraction(TypedDict):
    """What a user did, to be recorded."""

    user_id: Id
    entity_id: Id
    interaction_type: InteractionKind
    entity_type: NotRequired[str]
    weight: NotRequired[float]
    metadata: NotRequired[Mapping[str, Any]]
    timestamp: NotRequired[Time]
    event_id: NotRequired[Id]
    recommendation_id: NotRequired[str]
    tenant_id: NotRequired[str]


class OrderItem(TypedDict):
    """A line of an order."""

    entity_id: Id
    entity_type: NotRequired[str]
    quantity: NotRequired[float]
    price: NotRequired[float]


class RecordedInteraction(TypedDict):
    """What a user did."""

    id: int
    user_id: str
    entity_id: str
    entity_type: str
    interaction_type: str
    weight: float
    metadata: dict[str, Any]
    tenant_id: str
    timestamp: str
    position: int
    event_id: NotRequired[str]
    recommendation_id: NotRequired[str]
    duplicate: NotRequired[bool]
    warnings: NotRequired[list[str]]


class InteractionPage(TypedDict):
    """Some interactions, newest first, and where to go on."""

    interactions: list[RecordedInteraction]
    next_cursor: str | None


class RecordedOrder(TypedDict):
    """An order: one interaction an item."""

    user_id: str
    interactions: list[RecordedInteraction]
    position: int
    order_id: NotRequired[str]
    warnings: NotRequired[list[str]]


class InteractionType(TypedDict):
    """A kind of interaction, and how much it counts."""

    interaction_type: str
    weight: float
    default_weight: float
    tenant_id: str
    created_at: str
    updated_at: str
    description: NotRequired[str | None]
    half_life_days: NotRequired[float]
    position: NotRequired[int]


class InteractionTypes(TypedDict):
    """All kinds of interactions."""

    interaction_types: list[InteractionType]
    total: int


# ---- recommendations -------------------------------------------------------------------------------------------------


class ExplanationPart(TypedDict):
    """What a source adds to the score."""

    source: str
    value: float


class Because(TypedDict):
    """One of the user's own interactions that weighed much."""

    entity_id: str
    entity_type: str
    interaction_type: str
    timestamp: str
    share: float


class Explanation(TypedDict, total=False):
    """Why an entity is recommended. The parts add up to the score."""

    parts: list[ExplanationPart]
    because: list[Because]
    neighbours: int
    sentence: str


class RecommendedItem(TypedDict):
    """An entity with its score in [0, 1] and the reason."""

    entity_id: str
    entity_type: str
    score: float
    reason: str
    attributes: dict[str, Any]
    explanation: NotRequired[Explanation]


class Missing(TypedDict):
    """Why an entity that was asked about is not in the list."""

    entity_id: str
    rule: str
    rank: NotRequired[int]
    score: NotRequired[float]
    lacking: NotRequired[float]


class Recommendation(TypedDict):
    """A list to show, best first."""

    recommendations: list[RecommendedItem]
    recommendation_id: str
    algorithm: str
    count: int
    cold_start: bool
    generated_at: str
    position: int
    model: str
    cache_hit: bool
    user_id: NotRequired[str]
    entity_id: NotRequired[str]
    entity_ids: NotRequired[list[str]]
    shortfall: NotRequired[dict[str, int]]
    """How many entities each rule kept out, where there were too few."""
    missing: NotRequired[list[Missing]]
    experiment: NotRequired[dict[str, Any]]
    warnings: NotRequired[list[str]]


class Boost(TypedDict):
    """Scores of entities that meet the filter are multiplied."""

    filter: Mapping[str, Any]
    factor: float


class RecommendationRequest(TypedDict, total=False):
    """What to recommend, and to whom: to a user, for entities, for what is viewed now, or all of it."""

    user_id: Id
    entity_ids: Sequence[Id]
    session: Sequence[Id]
    """What is viewed now, the newest last."""
    context: Mapping[str, Any]
    count: int
    algorithm: Algorithm
    collaborative_weight: float
    content_based_weight: float
    entity_type: str
    exclude_seen: bool
    exclude: Sequence[Id]
    filter: Mapping[str, Any]
    boost: Sequence[Boost]
    min_score: float
    diversity: float
    window_days: float
    explain: bool
    explain_missing: Sequence[Id]
    scenario: str
    tenant_id: str


class RecommendationLists(TypedDict):
    """One list a request, in their order."""

    results: list[Recommendation]
    warnings: NotRequired[list[str]]


class Trending(TypedDict):
    """What grows."""

    trending: list[RecommendedItem]
    count: int
    window_days: float
    position: int
    cache_hit: bool


class RankedItem(TypedDict):
    """An entity with its score."""

    entity_id: str
    score: float
    entity_type: NotRequired[str]


class Ranked(TypedDict):
    """Entities in a user's order, the best first; those that are not there stand last."""

    user_id: str
    entity_ids: list[str]
    ranking: list[RankedItem]
    position: int
    model: str
    warnings: NotRequired[list[str]]


# ---- users -----------------------------------------------------------------------------------------------------------


class User(TypedDict):
    """Who did it."""

    user_id: str
    tenant_id: str
    attributes: dict[str, Any]
    interaction_count: int
    created_at: str
    updated_at: str
    position: NotRequired[int]


class ErasureReceipt(TypedDict):
    """What stays of a user who was erased."""

    user_id: str
    tenant_id: str
    interactions_removed: int
    erased_at: str
    position: int


Merge = TypedDict(
    "Merge",
    {
        "merge_id": str,
        "user_id": str,
        "from": str,
        "tenant_id": str,
        "interactions_moved": int,
        "merged_at": str,
        "undone_at": NotRequired[str],
        "position": NotRequired[int],
    },
)
"""What one user did, given to another. Only this form may have a field named `from`."""


class Merges(TypedDict):
    """Merges, newest first."""

    merges: list[Merge]


# ---- jobs ------------------------------------------------------------------------------------------------------------


class RowError(TypedDict):
    """A row that was refused."""

    index: int
    error: str
    entity_id: NotRequired[str]
    entity_type: NotRequired[str]


class BulkReport(TypedDict):
    """What became of many rows."""

    job_id: str
    status: Literal["completed", "partially_completed", "failed"]
    total_records: int
    processed: int
    successful: int
    failed: int
    errors: list[RowError]
    duplicates: NotRequired[int]
    warnings: NotRequired[list[str]]
    position: NotRequired[int]


class Job(TypedDict):
    """Work that goes on after the answer."""

    job_id: str
    kind: str
    tenant_id: str
    status: Literal["queued", "running", "completed", "partially_completed", "failed", "cancelled"]
    total_records: int
    processed: int
    successful: int
    failed: int
    errors: list[RowError]
    created_at: str
    progress: NotRequired[float]
    cancel_requested: NotRequired[bool]
    attempts: NotRequired[int]
    started_at: NotRequired[str]
    finished_at: NotRequired[str]
    position: NotRequired[int]


class Jobs(TypedDict):
    """The newest jobs first."""

    jobs: list[Job]


class Model(TypedDict):
    """What was learned: in force, or only tried."""

    name: str
    entity_type: str
    position: int
    in_force: bool
    outcome: str
    started_at: str
    ended_at: str
    report: NotRequired[dict[str, Any]]
    """What was tried, with measures and their intervals, what was chosen and why."""


class Models(TypedDict):
    """The newest models first."""

    models: list[Model]


# ---- keys and tenants ------------------------------------------------------------------------------------------------

KeyKind = Literal["admin", "server", "publishable"]


class Key(TypedDict):
    """What opens the API, without its secret."""

    key_id: str
    name: str
    kind: KeyKind
    tenant_id: str | None
    origins: list[str]
    created_at: str
    requests_per_minute: NotRequired[int]
    revoked_at: NotRequired[str]
    position: NotRequired[int]


class NewlyMadeKey(Key):
    """A key with its secret, which is told only this once; None where the answer had to be repeated."""

    key: str | None


class Keys(TypedDict):
    """All keys, oldest first."""

    keys: list[Key]


class TenantConfig(TypedDict):
    """What a tenant has set for itself."""

    tenant_id: str
    version: int
    config: dict[str, Any]
    updated_at: NotRequired[str]
    position: NotRequired[int]


class TenantConfigs(TypedDict):
    """Every version of a tenant's settings, newest first."""

    versions: list[TenantConfig]


# ---- operation -------------------------------------------------------------------------------------------------------


class Health(TypedDict):
    """Whether the process lives, and how its parts are."""

    status: Literal["healthy", "degraded"]
    service: str
    version: str
    uptime_seconds: float
    components: dict[str, Any]


class Readiness(TypedDict):
    """Whether the server can serve now; the checks say why not."""

    status: str
    checks: dict[str, Any]

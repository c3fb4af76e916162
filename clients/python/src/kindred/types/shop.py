"""What shops and their plugins send and get."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

from kindred.types.core import Id


class ShownItem(TypedDict):
    """An entity with its score, as shop plugins get it."""

    entity_id: str
    entity_type: str
    score: float
    attributes: dict[str, Any]


class UserParams(TypedDict):
    """Who somebody is, as far as a shop knows."""

    geo_id: Id
    gender: NotRequired[Literal["m", "f", "male", "female", "any"]]
    age: NotRequired[str]
    """A group such as 25-34 or 55+, or an age in years."""
    category: NotRequired[str]


class StorefrontFilters(TypedDict, total=False):
    """Only items like this."""

    price_from: float
    price_to: float
    category: str
    suitable_for: str
    acquaintance_level: str
    platform: str
    gender: Literal["m", "f", "male", "female", "any"]
    age: str


class StorefrontPagination(TypedDict, total=False):
    """Which page."""

    page: int
    limit: int


class PageInfo(TypedDict):
    """Where a page stands."""

    page: int
    limit: int
    total_count: int
    total_pages: int
    has_next: bool
    has_previous: bool
    total_is_lower_bound: NotRequired[bool]


class StorefrontPage(TypedDict):
    """A page of items, by the ids that the catalogue has."""

    items: list[int | str]
    pagination: PageInfo
    computation_time_ms: float
    algorithm_used: Literal["popular", "content_based", "collaborative"]
    cache_hit: bool
    topped_up_with: NotRequired[list[Literal["popular", "content_based"]]]


class StorefrontStats(TypedDict):
    """How much there is, and how it is kept in step."""

    service: str
    version: str
    main_database: dict[str, Any]
    recommendations_database: dict[str, Any]
    cache_info: dict[str, Any]
    configuration: dict[str, Any]
    jobs: list[dict[str, Any]]


class Visitor(TypedDict):
    """Who visits a shop, and what they like."""

    user_id: int | str
    gender: str | None
    age_group: str | None
    locale: str | None
    geo_id: int | str | None
    preferred_categories: NotRequired[dict[str, Any]]
    preferred_platforms: NotRequired[dict[str, Any]]
    avg_price: NotRequired[float | None]
    price_range_min: NotRequired[float | None]
    price_range_max: NotRequired[float | None]
    interaction_count: NotRequired[int]
    last_interaction_at: NotRequired[str | None]
    buying_patterns: NotRequired[dict[str, Any]]


class StorefrontTask(TypedDict):
    """Work that was begun, or with `wait=True` ended."""

    status: Literal["accepted", "completed"]
    message: str
    job_id: str

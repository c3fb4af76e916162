"""Experiments: which variant serves users better. Names are as on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

from kindred.types.core import Id, Time


class Experiment(TypedDict):
    """An experiment: draft, running, stopped or concluded."""

    name: str
    description: str | None
    state: Literal["draft", "running", "stopped", "concluded"]
    version: int
    variants: list[Variant]
    targetMetrics: list[str]
    minimumSampleSize: int
    attributionWindowHours: float
    assignedBy: Literal["kindred", "client"]
    startDate: str
    endDate: str | None
    winner: str | None
    createdAt: str
    updatedAt: str
    startedAt: NotRequired[str]
    stoppedAt: NotRequired[str]
    tenant_id: str
    position: NotRequired[int]
    warnings: NotRequired[list[str]]


class Variant(TypedDict):
    """An arm of an experiment."""

    name: str
    weight: float
    """Its share of the users in percent; those of all variants sum to 100."""
    config: NotRequired[dict[str, Any]]
    holdout: NotRequired[Literal["nothing", "popular"]]
    """What its users get who are to go without recommendations."""


class Conversion(TypedDict):
    """What became of a conversion, and why if it was not counted."""

    experiment: str
    userId: str
    """1 to 255 characters, no control characters."""
    variant: str
    metricName: str
    counted: bool
    reason: NotRequired[str]
    position: NotRequired[int]


class ExperimentResults(TypedDict):
    """What an experiment has shown so far."""

    experiment: str
    state: Literal["draft", "running", "stopped", "concluded"]
    version: int
    startDate: str
    endDate: str
    users: int
    confidence: float
    sampleRatio: SampleRatio
    """Whether as many users came to each variant as its weight says."""
    metrics: list[MetricResults]
    minimumSampleReached: bool
    winner: str | None
    why: str


class SampleRatio(TypedDict):
    """Whether as many users came to each variant as its weight says."""

    mismatch: bool
    """Users got lost or were counted twice; nothing here can be trusted."""
    pValue: float
    alwaysValidPValue: float


class MetricResults(TypedDict):
    """What came of one metric."""

    metric: str
    variants: list[MetricVariant]
    comparisons: list[Comparison]
    """Each variant with the control."""
    incremental: list[Comparison]
    """All variants that are no holdouts, together, with each holdout."""


class MetricVariant(TypedDict):
    """What came of one metric in one variant."""

    variant: str
    control: bool
    holdout: NotRequired[Literal["nothing", "popular"]]
    users: int
    converted: int
    """Users who did it at all."""
    conversions: int
    rate: float
    rateInterval: Interval
    """An end is null where it is not known."""
    value: float
    valueMean: float
    """A user; 0 for those who did not convert."""
    valueMeanInterval: Interval
    """An end is null where it is not known."""


class Interval(TypedDict):
    """An interval; an end is null where it is not known."""

    low: float | None
    high: float | None


class Comparison(TypedDict):
    """A variant, or several, compared with another."""

    variants: list[str]
    against: str
    rate: Difference
    value: Difference
    cuped: Difference
    usersNeeded: int | None
    """In each variant, to find such a difference of rates with power 0.8."""
    daysNeeded: float | None
    """Until as many have come."""


class Difference(TypedDict):
    """How much two differ, and how sure that is."""

    difference: float | None
    differenceInterval: Interval
    """An end is null where it is not known."""
    lift: float | None
    liftInterval: Interval
    """An end is null where it is not known."""
    test: Literal["z", "fisher", "welch"]
    pValue: float
    """For one look at a size that was planned before."""
    alwaysValidPValue: float
    """May be looked at any day."""
    alwaysValidInterval: Interval
    """An end is null where it is not known."""
    power: float


class NewExperiment(TypedDict):
    """An experiment to be made: at least two variants whose weights sum to 100."""

    name: str
    description: NotRequired[str]
    variants: Sequence[Variant]
    targetMetrics: Sequence[str]
    """What is measured; the first decides who wins."""
    minimumSampleSize: NotRequired[int]
    """Users that each variant must have before one can win."""
    startDate: NotRequired[Time]
    """RFC 3339 with zone, or seconds or milliseconds since 1970."""
    endDate: NotRequired[Time]
    """RFC 3339 with zone, or seconds or milliseconds since 1970."""
    attributionWindowHours: NotRequired[float]
    """For how long after a user's first exposure conversions count."""
    assignedBy: NotRequired[Literal["kindred", "client"]]
    """Who decides which variant a user gets; a client that does says it with each exposure."""
    start: NotRequired[bool]
    tenant_id: NotRequired[str]


class Experiments(TypedDict):
    """Experiments, or versions of one."""

    experiments: list[Experiment]
    total: int


class Conclusion(TypedDict):
    """Which variant won."""

    variant: str
    makeDefault: NotRequired[bool]
    """Whether the variant's config becomes the tenant's own settings."""
    tenant_id: NotRequired[str]


class Assignment(TypedDict):
    """Which variant a user gets, and its settings."""

    experiment: str
    userId: str
    """1 to 255 characters, no control characters."""
    variant: str
    config: dict[str, Any]
    exposed: bool
    """Whether this was the user's first time."""
    exposedAt: NotRequired[str]
    concluded: NotRequired[bool]
    position: NotRequired[int]


class AssignUser(TypedDict):
    """See the schema AssignUser in the API's description."""

    userId: Id
    """A text, or a number that is kept as its decimal text."""
    variant: NotRequired[str]
    """What the client has assigned, where clients assign."""
    tenant_id: NotRequired[str]


class NewConversion(TypedDict):
    """That a user did what is measured."""

    userId: Id
    """A text, or a number that is kept as its decimal text."""
    metricName: str
    value: NotRequired[float]
    timestamp: NotRequired[Time]
    """RFC 3339 with zone, or seconds or milliseconds since 1970."""
    tenant_id: NotRequired[str]


class VariantCount(TypedDict):
    """Who came to a variant and who converted."""

    variant: str
    conversions: int
    views: int
    """Users who came."""


class ExperimentPresets(TypedDict):
    """Experiments with sensible defaults, to begin with."""

    presets: list[Experiment]


class FromPreset(TypedDict):
    """What is to be otherwise than the preset has it."""

    name: NotRequired[str]
    start: NotRequired[bool]
    tenant_id: NotRequired[str]


class AbEvent(TypedDict):
    """That somebody saw a variant, or converted."""

    experiment: str
    user_id: Id
    event: Literal["view", "conversion"]
    variant: NotRequired[str]
    metric: NotRequired[str]
    value: NotRequired[float]
    timestamp: NotRequired[Time]


class AbEventError(TypedDict):
    """An event that was refused."""

    index: int
    code: str
    message: str


class AbEventReport(TypedDict):
    """What became of events."""

    success: bool
    accepted: int
    rejected: int
    errors: list[AbEventError]

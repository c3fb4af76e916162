"""Webhooks: who is told what happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from typing_extensions import NotRequired, TypedDict

WebhookEvent = Literal[
    "interaction.recorded",
    "recommendation.served",
    "model.updated",
    "trending.changed",
    "import.completed",
    "error_threshold.exceeded",
]


class Webhook(TypedDict):
    """Who is told what happens, and how far telling is."""

    webhook_id: str
    tenant_id: str
    url: str
    events: list[WebhookEvent]
    created_at: str
    previous_secret_until: NotRequired[str]
    """Until then messages are signed with the secret before, too."""
    told_up_to: NotRequired[int]
    """All up to this position was told, or given up."""
    failed_attempts: NotRequired[int]
    """How often what comes next was tried in vain."""
    next_attempt_at: NotRequired[str]


class WebhookWithSecret(TypedDict):
    """A webhook with its secret, which is told only this once."""

    webhook_id: str
    tenant_id: str
    url: str
    events: list[WebhookEvent]
    created_at: str
    previous_secret_until: NotRequired[str]
    """Until then messages are signed with the secret before, too."""
    told_up_to: NotRequired[int]
    """All up to this position was told, or given up."""
    failed_attempts: NotRequired[int]
    """How often what comes next was tried in vain."""
    next_attempt_at: NotRequired[str]
    secret: str | None
    """null in the repetition of an answer."""
    position: int


class WebhookDelivery(TypedDict):
    """One try to tell a webhook something."""

    message_id: str
    event: WebhookEvent
    attempt: int
    at: str
    delivered: bool
    status: NotRequired[int]
    """What the receiver answered, if it did."""
    took_ms: int
    problem: NotRequired[str]


class WebhookDeadLetter(TypedDict):
    """What could not be told in ten tries."""

    message_id: str
    event: WebhookEvent
    attempts: int
    last_attempt_at: str
    problem: str
    replaying: bool


class NewWebhook(TypedDict):
    """Who is to be told which events."""

    url: str
    """An http or https address on the open internet."""
    events: Sequence[WebhookEvent]
    secret: NotRequired[str]
    """Made where it is not given."""
    tenant_id: NotRequired[str]


class Webhooks(TypedDict):
    """A tenant's webhooks."""

    webhooks: list[Webhook]


class NewSecret(TypedDict):
    """Another secret for a webhook."""

    secret: NotRequired[str]
    """Made where it is not given."""
    overlap_hours: NotRequired[int]


class WebhookTest(TypedDict):
    """What came of a test message."""

    delivered: bool
    status: NotRequired[int]
    """What the receiver answered, if it did."""
    took_ms: int
    problem: NotRequired[str]


class WebhookDeliveries(TypedDict):
    """A page of tries, newest first."""

    deliveries: list[WebhookDelivery]
    next_cursor: str | None


class WebhookDeadLetters(TypedDict):
    """A page of dead letters, oldest first."""

    dead_letters: list[WebhookDeadLetter]
    next_cursor: str | None


class Replaying(TypedDict):
    """How many dead letters are tried once more."""

    replaying: int
    position: int

"""The client: all groups of calls on one set of connections."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from typing_extensions import Self

from kindred._queue import InteractionQueue, Rejection, warn
from kindred._sync.behaviors import BehaviorCalls
from kindred._sync.entities import EntityCalls
from kindred._sync.experiments import ExperimentCalls
from kindred._sync.files import FileCalls
from kindred._sync.interactions import InteractionCalls
from kindred._sync.operation import OperationCalls
from kindred._sync.recommendations import RecommendationCalls
from kindred._sync.shop import ShopCalls
from kindred._sync.users import UserCalls
from kindred._sync.webhooks import WebhookCalls


class Kindred(
    EntityCalls,
    InteractionCalls,
    RecommendationCalls,
    UserCalls,
    BehaviorCalls,
    ExperimentCalls,
    FileCalls,
    ShopCalls,
    WebhookCalls,
    OperationCalls,
):
    """Talks to a Kindred server. Make one and keep it; it may be shared."""

    def __enter__(self) -> Self:
        """For `with`: the connections are closed at its end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        self.close()

    def interaction_queue(
        self,
        *,
        batch_size: int = 500,
        interval: float = 1.0,
        capacity: int = 10_000,
        on_rejected: Callable[[Rejection], None] = warn,
    ) -> InteractionQueue:
        """A queue that sends interactions in the background, many at once.

        Args:
            batch_size: How many are sent at once, and as soon as there are that many.
            interval: Seconds until fewer are sent.
            capacity: How many may wait; `QueueFull` beyond it.
            on_rejected: Told of each interaction that the server refuses. A line of the log without one.
        """
        return InteractionQueue(self, batch_size, interval, capacity, on_rejected)

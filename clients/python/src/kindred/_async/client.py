"""The client: all groups of calls on one set of connections."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from typing_extensions import Self

from kindred._async.behaviors import AsyncBehaviorCalls
from kindred._async.entities import AsyncEntityCalls
from kindred._async.experiments import AsyncExperimentCalls
from kindred._async.files import AsyncFileCalls
from kindred._async.interactions import AsyncInteractionCalls
from kindred._async.operation import AsyncOperationCalls
from kindred._async.recommendations import AsyncRecommendationCalls
from kindred._async.shop import AsyncShopCalls
from kindred._async.users import AsyncUserCalls
from kindred._async.webhooks import AsyncWebhookCalls
from kindred._queue import AsyncInteractionQueue, Rejection, warn


class AsyncKindred(
    AsyncEntityCalls,
    AsyncInteractionCalls,
    AsyncRecommendationCalls,
    AsyncUserCalls,
    AsyncBehaviorCalls,
    AsyncExperimentCalls,
    AsyncFileCalls,
    AsyncShopCalls,
    AsyncWebhookCalls,
    AsyncOperationCalls,
):
    """Talks to a Kindred server. Make one and keep it; it may be shared."""

    async def __aenter__(self) -> Self:
        """For `with`: the connections are closed at its end."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        await self.aclose()

    def interaction_queue(
        self,
        *,
        batch_size: int = 500,
        interval: float = 1.0,
        capacity: int = 10_000,
        on_rejected: Callable[[Rejection], None] = warn,
    ) -> AsyncInteractionQueue:
        """A queue that sends interactions in the background, many at once.

        Args:
            batch_size: How many are sent at once, and as soon as there are that many.
            interval: Seconds until fewer are sent.
            capacity: How many may wait; `QueueFull` beyond it.
            on_rejected: Told of each interaction that the server refuses. A line of the log without one.
        """
        return AsyncInteractionQueue(self, batch_size, interval, capacity, on_rejected)

"""Queues that collect interactions and send many at once, from a thread or from a task.

Each interaction gets its time and an `event_id` when it is added, so that one that is sent twice is stored once.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from types import TracebackType
from typing import TYPE_CHECKING

from typing_extensions import Self, Unpack

from kindred.errors import ApiError, ConnectionFailed, KindredError, QueueFull, RateLimited, ServerError
from kindred.types import BulkReport, NewInteraction

if TYPE_CHECKING:
    from kindred._async.interactions import AsyncInteractionCalls
    from kindred._sync.interactions import InteractionCalls

_log = logging.getLogger("kindred")

_TEMPORARY = (ConnectionFailed, RateLimited, ServerError)


@dataclass(frozen=True)
class Rejection:
    """An interaction that the server refused, and why. It is not sent again."""

    interaction: NewInteraction
    reason: str


def warn(rejection: Rejection) -> None:
    """Tells of a rejection in the log."""
    _log.warning("an interaction was refused: %s", rejection.reason)


class _Waiting:
    """The interactions that wait, oldest first. Those under way still count towards the capacity."""

    def __init__(self, batch_size: int, capacity: int, on_rejected: Callable[[Rejection], None]) -> None:
        if not 1 <= batch_size <= capacity:
            raise ValueError(f"batch_size must be between 1 and the capacity of {capacity}, got {batch_size}")
        self._batch_size = batch_size
        self._capacity = capacity
        self._on_rejected = on_rejected
        self._rows: deque[NewInteraction] = deque()
        self._under_way = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            return len(self._rows) + self._under_way

    def add(self, interaction: NewInteraction) -> bool:
        """Adds one; true if there is now a whole batch."""
        interaction.setdefault("event_id", str(uuid.uuid4()))
        interaction.setdefault("timestamp", datetime.now(timezone.utc))
        with self._lock:
            if len(self._rows) + self._under_way >= self._capacity:
                raise QueueFull(
                    f"{self._capacity} interactions are waiting already. Is the server reachable? "
                    "flush() waits for room, a larger capacity makes it"
                )
            self._rows.append(interaction)
            return len(self._rows) >= self._batch_size

    def take(self) -> list[NewInteraction]:
        with self._lock:
            batch = [self._rows.popleft() for _ in range(min(self._batch_size, len(self._rows)))]
            self._under_way = len(batch)
            return batch

    def sent(self, batch: Sequence[NewInteraction], report: BulkReport) -> None:
        self._under_way = 0
        for error in report["errors"]:
            self._on_rejected(Rejection(batch[error["index"]], error["error"]))

    def failed(self, batch: Sequence[NewInteraction], error: BaseException) -> None:
        """What another try may help waits on, at the front; what the server refuses as a whole is rejected."""
        with self._lock:
            self._under_way = 0
            if not isinstance(error, ApiError) or isinstance(error, _TEMPORARY):
                self._rows.extendleft(reversed(batch))
                return
        for interaction in batch:
            self._on_rejected(Rejection(interaction, str(error)))


class InteractionQueue:
    """Collects interactions and sends them from a thread of its own. May be shared between threads."""

    def __init__(
        self,
        client: InteractionCalls,
        batch_size: int,
        interval: float,
        capacity: int,
        on_rejected: Callable[[Rejection], None],
    ) -> None:
        """Made by `Kindred.interaction_queue`."""
        self._client = client
        self._interval = interval
        self._waiting = _Waiting(batch_size, capacity, on_rejected)
        self._sending = threading.Lock()
        self._wake = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="kindred-interactions", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def __len__(self) -> int:
        """How many interactions are not yet with the server."""
        return len(self._waiting)

    def record(self, **interaction: Unpack[NewInteraction]) -> None:
        """Adds an interaction, with the arguments of `record_interaction`, and returns at once."""
        if self._closed:
            raise KindredError("the queue is closed")
        if self._waiting.add(interaction):
            self._wake.set()

    def flush(self) -> None:
        """Sends all that waits. If that fails, it raises, and what was not sent goes on waiting."""
        with self._sending:
            while batch := self._waiting.take():
                try:
                    report = self._client.import_interactions(batch)
                except BaseException as error:
                    self._waiting.failed(batch, error)
                    raise
                self._waiting.sent(batch, report)

    def close(self) -> None:
        """Sends what waits and ends the thread."""
        if not self._closed:
            self._closed = True
            self._wake.set()
            self._thread.join()
            atexit.unregister(self.close)
            self.flush()

    def __enter__(self) -> Self:
        """For `with`: what waits is sent at its end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Sends what waits and ends the thread."""
        self.close()

    def _run(self) -> None:
        while not self._closed:
            self._wake.wait(self._interval)
            self._wake.clear()
            if not self._closed:
                try:
                    self.flush()
                except KindredError as error:
                    _log.warning("interactions wait on: %s", error)
                except Exception:
                    _log.exception("interactions wait on")


class AsyncInteractionQueue:
    """Collects interactions and sends them from a task of its own."""

    def __init__(
        self,
        client: AsyncInteractionCalls,
        batch_size: int,
        interval: float,
        capacity: int,
        on_rejected: Callable[[Rejection], None],
    ) -> None:
        """Made by `AsyncKindred.interaction_queue`, while the event loop runs."""
        self._client = client
        self._interval = interval
        self._waiting = _Waiting(batch_size, capacity, on_rejected)
        self._sending = asyncio.Lock()
        self._wake = asyncio.Event()
        self._closed = False
        self._task = asyncio.get_running_loop().create_task(self._run())

    def __len__(self) -> int:
        """How many interactions are not yet with the server."""
        return len(self._waiting)

    def record(self, **interaction: Unpack[NewInteraction]) -> None:
        """Adds an interaction, with the arguments of `record_interaction`, and returns at once."""
        if self._closed:
            raise KindredError("the queue is closed")
        if self._waiting.add(interaction):
            self._wake.set()

    async def flush(self) -> None:
        """Sends all that waits. If that fails, it raises, and what was not sent goes on waiting."""
        async with self._sending:
            while batch := self._waiting.take():
                try:
                    report = await self._client.import_interactions(batch)
                except BaseException as error:
                    self._waiting.failed(batch, error)
                    raise
                self._waiting.sent(batch, report)

    async def close(self) -> None:
        """Sends what waits and ends the task."""
        if not self._closed:
            self._closed = True
            self._wake.set()
            await self._task
            await self.flush()

    async def __aenter__(self) -> Self:
        """For `async with`: what waits is sent at its end."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Sends what waits and ends the task."""
        await self.close()

    async def _run(self) -> None:
        while not self._closed:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._interval)
            self._wake.clear()
            if not self._closed:
                try:
                    await self.flush()
                except KindredError as error:
                    _log.warning("interactions wait on: %s", error)
                except Exception:
                    _log.exception("interactions wait on")

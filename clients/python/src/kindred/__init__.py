"""The Python client of Kindred, a recommendation engine."""

from kindred import errors, types
from kindred._async.client import AsyncKindred
from kindred._queue import AsyncInteractionQueue, InteractionQueue, Rejection
from kindred._retry import RetryPolicy
from kindred._sync.client import Kindred
from kindred._version import VERSION as __version__
from kindred.errors import (
    ApiError,
    ConnectionFailed,
    KindredError,
    QueueFull,
    TimedOut,
)

__all__ = [
    "ApiError",
    "AsyncInteractionQueue",
    "AsyncKindred",
    "ConnectionFailed",
    "InteractionQueue",
    "Kindred",
    "KindredError",
    "QueueFull",
    "Rejection",
    "RetryPolicy",
    "TimedOut",
    "__version__",
    "errors",
    "types",
]

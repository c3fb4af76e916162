"""How often to try, and how long to wait in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

RETRIED_STATUSES = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class RetryPolicy:
    """Waits a random part of a time that doubles with each try, so that many clients do not come back at once."""

    retries: int = 3
    first_wait: float = 0.2
    longest_wait: float = 5.0
    longest_retry_after: float = 30.0
    chance: Callable[[], float] = random.random

    def wait(self, tried: int, retry_after: float | None) -> float | None:
        """Seconds to wait after `tried` tries (1 or more), or None if that was the last one."""
        if tried > self.retries or (retry_after is not None and retry_after > self.longest_retry_after):
            return None
        backoff: float = min(self.longest_wait, self.first_wait * 2 ** (tried - 1)) * self.chance()
        return (retry_after or 0.0) + backoff

"""What can go wrong, as exceptions that say what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class KindredError(Exception):
    """Whatever this package raises on purpose."""


class ConnectionFailed(KindredError):
    """No answer came: the server is not there, or the connection broke, after all tries."""


class TimedOut(ConnectionFailed):
    """No answer came in time, after all tries."""


class QueueFull(KindredError):
    """More interactions are waiting than the queue may hold; nothing was added."""


class ApiError(KindredError):
    """The server refused. `code` is stable, the message is for people, `details` point at what was wrong."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        request_id: str | None = None,
        details: Sequence[Mapping[str, Any]] = (),
        retry_after: float | None = None,
    ) -> None:
        """Keeps what the answer said."""
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id
        self.details = list(details)
        self.retry_after = retry_after
        super().__init__(self._told())

    def _told(self) -> str:
        lines = [f"{self.status} {self.code}: {self.message}"]
        lines += [f"  at {detail.get('pointer') or '/'}: {detail.get('message')}" for detail in self.details]
        if self.request_id:
            lines.append(f"  (request {self.request_id})")
        return "\n".join(lines)


class InvalidRequest(ApiError):
    """What was sent is not what the call takes (400, 405, 413, 415, 422)."""


class Unauthenticated(ApiError):
    """The API key is missing, unknown or revoked (401)."""


class Forbidden(ApiError):
    """The API key may not do this (403)."""


class NotFound(ApiError):
    """There is no such thing (404)."""


class Conflict(ApiError):
    """It exists already, or an id means several entities (409)."""


class RateLimited(ApiError):
    """Too many calls, after all tries (429). `retry_after` says how many seconds to wait."""


class ServerError(ApiError):
    """The server could not do it now, after all tries (5xx)."""


_BY_STATUS: dict[int, type[ApiError]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: RateLimited,
}


def error_for(status: int, body: Any, text: str, request_id: str | None, retry_after: float | None) -> ApiError:
    """Makes the exception for an answer, also for one that did not come from Kindred but from a proxy before it."""
    told = body.get("error") if isinstance(body, dict) else None
    if not isinstance(told, dict):
        told = {"code": "UNEXPECTED_ANSWER", "message": text[:200] or "an empty answer"}
    kind = _BY_STATUS.get(status, ServerError if status >= 500 else InvalidRequest)
    return kind(
        status,
        str(told.get("code")),
        str(told.get("message")),
        request_id=told.get("request_id") or request_id,
        details=told.get("details") or (),
        retry_after=retry_after,
    )

"""Sends calls: with the key, in time, again when that may help."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

import httpx

from kindred._retry import RETRIED_STATUSES, RetryPolicy
from kindred._version import VERSION
from kindred._wire import Call
from kindred.errors import ApiError, ConnectionFailed, KindredError, TimedOut, error_for

T = TypeVar("T")


class AsyncTransport:
    """What all groups of calls stand on."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        tenant_id: str | None = None,
        timeout: float = 10.0,
        retry: RetryPolicy | None = None,
        read_your_writes: bool = False,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Makes a client.

        Args:
            base_url: Where the server is, for example ``http://localhost:8080``.
            api_key: The key; without one only a server without keys answers.
            tenant_id: Whose data, for keys that open all tenants.
            timeout: Seconds to wait for a connection, and for each next part of an answer.
            retry: How often to try again, and how long to wait in between.
            read_your_writes: Every read waits until it sees what this client wrote before, on any replica.
            http_client: An httpx client of your own, for proxies, certificates, limits. You close it.
        """
        if not base_url.startswith(("http://", "https://")):
            raise ValueError(f"base_url must begin with http:// or https://, got {base_url!r}")
        self._base_url = base_url.rstrip("/")
        self._headers = {"User-Agent": f"kindred-python/{VERSION}"}
        if api_key:
            self._headers["X-API-Key"] = api_key
        if tenant_id:
            self._headers["X-Tenant-ID"] = tenant_id
        self._timeout = timeout
        self._retry = retry or RetryPolicy()
        self._read_your_writes = read_your_writes
        self._owns_http = http_client is None
        self._http = http_client or httpx.AsyncClient()
        self.last_position = 0
        """The position of the newest write that this client knows of."""

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._owns_http:
            await self._http.aclose()

    async def _json(self, returns: type[T], call: Call) -> T:
        """Sends a call that answers with JSON of the type `returns`."""
        answer: T = _parsed(await self._send(call))
        return answer

    async def _page(self, call: Call) -> Any:
        """Sends a call that answers with a bare list, whose next page is named in a header."""
        response = await self._send(call)
        return _parsed(response), response.headers.get("X-Next-Cursor")

    async def _text(self, call: Call) -> str:
        response = await self._send(call)
        return response.text

    async def _position(self, call: Call) -> int:
        """Sends a call whose answer is only the position of what was written."""
        return _position_of(await self._send(call, missing_is_done=call.verb == "DELETE"))

    async def _stream(self, call: Call) -> AsyncIterator[bytes]:
        """Sends a call whose answer may be of any length."""
        response = await self._send(call, stream=True)
        try:
            async for chunk in response.aiter_bytes():
                yield chunk
        except httpx.TransportError as error:
            raise ConnectionFailed(f"the answer of {call.verb} {call.url} broke off: {error}") from error
        finally:
            await response.aclose()

    async def _send(self, call: Call, *, stream: bool = False, missing_is_done: bool = False) -> httpx.Response:
        tried = 0
        uncertain = False  # whether an earlier try may have taken effect without our hearing of it
        while True:
            tried += 1
            failure: KindredError
            retry_after = None
            try:
                response = await self._http.send(self._request(call), stream=True)
                if response.status_code < 400 or response.status_code in call.expected:
                    if not stream:
                        await response.aread()
                    self._remember(response)
                    return response
                await response.aread()
            except httpx.TimeoutException as error:
                uncertain = True
                seconds = self._timeout_of(call)
                failure = TimedOut(
                    f"{call.verb} {self._base_url}{call.url} took longer than {seconds:g} s ({tried} tries)"
                )
                failure.__cause__ = error
            except httpx.TransportError as error:
                uncertain = uncertain or not isinstance(error, httpx.ConnectError)
                failure = ConnectionFailed(
                    f"{call.verb} {self._base_url}{call.url} got no answer ({tried} tries): "
                    f"{error or type(error).__name__}. Is base_url right, and does the server run?"
                )
                failure.__cause__ = error
            else:
                if response.status_code == 404 and missing_is_done and uncertain:
                    return response  # the try before has deleted it
                uncertain = uncertain or response.status_code in (502, 504)
                failure = refused = _refusal(response)
                retry_after = refused.retry_after
                if response.status_code not in RETRIED_STATUSES:
                    raise failure
            wait = self._retry.wait(tried, retry_after)
            if wait is None:
                raise failure
            await asyncio.sleep(wait)

    def _request(self, call: Call) -> httpx.Request:
        headers = {**self._headers, **call.all_headers}
        if self._read_your_writes and call.verb == "GET" and self.last_position:
            headers.setdefault("X-Kindred-Min-Position", str(self.last_position))
        return self._http.build_request(
            call.verb,
            self._base_url + call.url,
            content=_read(call.source) if isinstance(call.source, Path) else call.content,
            headers=headers,
            timeout=self._timeout_of(call),
        )

    def _timeout_of(self, call: Call) -> float:
        return call.options.get("timeout", call.timeout or self._timeout)

    def _remember(self, response: httpx.Response) -> None:
        if response.request.method != "GET":
            self.last_position = max(self.last_position, _position_of(response))


async def _read(path: Path) -> AsyncIterator[bytes]:
    """A file in pieces, from its start for each try."""
    with path.open("rb") as file:
        while piece := file.read(1 << 16):
            yield piece


def _position_of(response: httpx.Response) -> int:
    text = response.headers.get("X-Kindred-Position", "0")
    return int(text) if text.isdigit() else 0


def _parsed(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError as error:
        raise ApiError(
            response.status_code,
            "UNEXPECTED_ANSWER",
            f"not JSON, so perhaps not from Kindred: {response.text[:200]!r}",
            request_id=response.headers.get("X-Request-ID"),
        ) from error


def _refusal(response: httpx.Response) -> ApiError:
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    seconds = response.headers.get("Retry-After", "")
    return error_for(
        response.status_code,
        body,
        response.text,
        response.headers.get("X-Request-ID"),
        float(seconds) if seconds.isdigit() else None,
    )

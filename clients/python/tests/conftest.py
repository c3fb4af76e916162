"""The real server that the tests talk to, and a proxy in front of it that misbehaves as told."""

from __future__ import annotations

import http.client
import os
import threading
import uuid
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from inspect import isawaitable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest

from kindred import AsyncKindred, Kindred, RetryPolicy

T = TypeVar("T")

AT_ONCE = RetryPolicy(first_wait=0.0)


def _environment(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        pytest.exit(f"{name} is not set; './kindred clients test python' starts a server and sets it", returncode=2)
    return value


@pytest.fixture(scope="session")
def url() -> str:
    return _environment("KINDRED_TEST_URL")


@pytest.fixture(scope="session")
def key() -> str:
    return _environment("KINDRED_TEST_KEY")


class Both:
    """The sync or the async client behind one name, so that each test holds for both."""

    def __init__(self, client: Kindred | AsyncKindred) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Any:
        member = getattr(self.client, name)
        if not callable(member) or name == "interaction_queue":
            return member

        async def call(*arguments: Any, **keywords: Any) -> Any:
            return await finished(member(*arguments, **keywords))

        return call

    async def end(self) -> None:
        if isinstance(self.client, AsyncKindred):
            await self.client.aclose()
        else:
            self.client.close()

    async def collected(self, iterable: Any) -> list[Any]:
        if hasattr(iterable, "__aiter__"):
            return [element async for element in iterable]
        return list(iterable)


async def finished(value: T | Awaitable[T]) -> T:
    if isawaitable(value):
        return await value
    return value


@pytest.fixture(params=[Kindred, AsyncKindred], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[Kindred] | type[AsyncKindred]:
    made: type[Kindred] | type[AsyncKindred] = request.param
    return made


@pytest.fixture
async def client(kind: type[Kindred] | type[AsyncKindred], url: str, key: str) -> AsyncIterator[Both]:
    made = kind(url, key)
    both = Both(made)
    yield both
    await both.end()


@pytest.fixture
async def flaky_client(kind: type[Kindred] | type[AsyncKindred], proxy: FlakyProxy, key: str) -> AsyncIterator[Both]:
    made = kind(proxy.url, key, retry=AT_ONCE, timeout=2.0)
    both = Both(made)
    yield both
    await both.end()


@pytest.fixture
def new_id() -> str:
    return f"py-{uuid.uuid4()}"


class FlakyProxy(ThreadingHTTPServer):
    """Passes requests on to the real server, except as `mishaps` says, one a request.

    A mishap is a status to answer with, "refuse" (break the connection before the server hears of it), "lose" (the
    server does it, but the answer is lost), or "hang" (no answer until the proxy is closed).
    """

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.target = urlsplit(target).netloc
        self.mishaps: deque[int | str] = deque()
        self.answer_headers: dict[str, str] = {}
        self.seen: list[tuple[str, dict[str, str], bytes]] = []
        self.closing = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Passing(BaseHTTPRequestHandler):
    server: FlakyProxy

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((f"{self.command} {self.path}", dict(self.headers), body))
        mishap = self.server.mishaps.popleft() if self.server.mishaps else None
        if isinstance(mishap, int):
            self._answer(mishap, self.server.answer_headers, b"<html>no Kindred here</html>")
        elif mishap == "hang":
            self.server.closing.wait()
        elif mishap != "refuse":
            self._pass_on(body, lose=mishap == "lose")
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815

    def _pass_on(self, body: bytes, *, lose: bool) -> None:
        connection = http.client.HTTPConnection(self.server.target)
        connection.request(self.command, self.path, body, dict(self.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if not lose:
            kept = {n: v for n, v in answer.getheaders() if n.lower() not in ("content-length", "connection", "date")}
            self._answer(answer.status, kept, content)

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if status != 204 else b"")

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def proxy(url: str) -> Iterator[FlakyProxy]:
    server = FlakyProxy(url)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()

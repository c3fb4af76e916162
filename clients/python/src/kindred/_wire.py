"""How calls and answers look on the wire: addresses, headers, JSON. Nothing here sends anything."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

from typing_extensions import TypedDict

from kindred._operations import OPERATIONS

_TEMPLATE = re.compile(r"(\w+) ([^?]*?)(?:\{\?([\w,.]+)\})?")


class Options(TypedDict, total=False):
    """What every call takes beside its own arguments."""

    tenant_id: str
    """Whose data; for keys that open all tenants."""
    min_position: int
    """Answer from state that has seen this position."""
    idempotency_key: str
    """A POST with it takes effect once in a day; without one, each call makes a key of its own."""
    timeout: float
    """Seconds to wait for a connection, and for each next part of an answer."""


@dataclass
class Call:
    """One call, ready to be sent any number of times."""

    name: str
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    source: Path | bytes | None = None
    """A body that is not JSON: a file, or what would be in one."""
    timeout: float | None = None
    """Instead of the client's, for what takes long."""
    content_type: str = "application/json"
    accept: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    reads: bool = False
    """A POST that changes nothing needs no idempotency key."""
    expected: tuple[int, ...] = ()
    """Statuses from 400 on that are answers, not errors."""

    def __post_init__(self) -> None:
        """Finds the verb and the path, and makes the idempotency key that all tries share."""
        template = _TEMPLATE.fullmatch(OPERATIONS[self.name])
        assert template is not None, self.name
        self.verb, path, names = template[1], template[2], template[3]
        unknown = set(self.query) - set((names or "").split(","))
        assert not unknown, f"{self.name} does not take {unknown}"
        parameters = "&".join(_pairs({**self.filters, **self.query}))
        self.url = re.sub(r"\{(\w+)\}", lambda match: _segment(match[1], self.path[match[1]]), path)
        if parameters:
            self.url += "?" + parameters
        self.all_headers = self._headers()
        self.content = None if self.body is None else to_json(self.body)
        if isinstance(self.source, bytes):
            self.content = self.source

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": self.accept, **self.headers}
        if self.source is not None:
            headers["Content-Type"] = "application/octet-stream"
        if self.body is not None:
            headers["Content-Type"] = self.content_type
        if "tenant_id" in self.options:
            headers["X-Tenant-ID"] = self.options["tenant_id"]
        if "min_position" in self.options:
            headers["X-Kindred-Min-Position"] = str(self.options["min_position"])
        if self.verb == "POST" and not self.reads:
            headers["Idempotency-Key"] = self.options.get("idempotency_key") or str(uuid.uuid4())
        return headers


def given(**fields: Any) -> dict[str, Any]:
    """Only the fields that were given."""
    return {name: value for name, value in fields.items() if value is not None}


def to_json(value: Any) -> bytes:
    """JSON that the server takes: no NaN, times with their zone."""
    text = json.dumps(value, default=_simple, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Half of a surrogate pair is no character and has no UTF-8; json.dumps lets it pass.
    return text.encode("utf-8")


def _simple(value: Any) -> Any:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date | uuid.UUID):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form: {value!r}")


def time_text(instant: datetime) -> str:
    """RFC 3339; a time without a zone would mean something else on every machine and is refused."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone; use datetime.now(timezone.utc), for example")
    return instant.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def _segment(name: str, value: Any) -> str:
    text = str(value)
    if not text:
        raise ValueError(f"{name} must not be empty")
    # A segment of dots alone would be taken for "here" or "one up" and is hidden from whoever tidies addresses.
    return quote(text, safe="") if text.strip(".") else text.replace(".", "%2E")


def _pairs(query: Mapping[str, Any]) -> Iterable[str]:
    for name, value in query.items():
        if value is not None:
            yield f"{quote(name, safe='')}={quote(_parameter(value), safe=',')}"


def _parameter(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(_parameter(part) for part in value)
    return str(value)

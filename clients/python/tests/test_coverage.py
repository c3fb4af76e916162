"""The client covers all that the server's OpenAPI document describes."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kindred
from kindred import AsyncKindred, Kindred, types
from kindred._operations import OPERATIONS

ROOT = Path(__file__).resolve().parent.parent

PAGES = {"text/html", "text/css", "text/javascript", "application/javascript"}
"""What only browsers ask for."""

OPTIONS = {"tenant_id", "X-Kindred-Min-Position", "Idempotency-Key", "Prefer", "X-Tenant-ID", "short"}
"""What every call takes in `Options`, or has a method of its own for."""

OTHER_NAMES = {"attribute": "filters", "content_weight": "content_based_weight"}
"""Parameters that go by another name here: `attribute` stands for any attribute's name."""


@pytest.fixture(scope="session")
def document(url: str, key: str) -> dict[str, Any]:
    with Kindred(url, key) as client:
        return client.get_openapi()


def resolved(document: dict[str, Any], part: Any) -> Any:
    while isinstance(part, dict) and "$ref" in part:
        name = part["$ref"]
        part = document
        for step in name.removeprefix("#/").split("/"):
            part = part[step]
    return part


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Verb and path without the parameters' names, the operation, and its parameters."""
    for path, item in document["paths"].items():
        for verb in item.keys() & {"get", "put", "post", "patch", "delete"}:
            operation = item[verb]
            parameters = [resolved(document, p) for p in item.get("parameters", []) + operation.get("parameters", [])]
            if is_for_browsers(document, operation) or operation.get("deprecated"):
                continue  # deprecated is an earlier name of another operation
            yield f"{verb.upper()} {re.sub('{[^}]*}', '{}', path)}", operation, parameters


def answers(document: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    good = [resolved(document, told) for status, told in operation["responses"].items() if status.startswith("2")]
    return {media for told in good for media in told.get("content", {})}


def is_for_browsers(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    """A page and its parts, or a conversation over WebSocket."""
    media = answers(document, operation)
    return "101" in operation["responses"] or (bool(media) and media <= PAGES)


def methods() -> dict[str, list[str]]:
    """The methods by verb and path."""
    found: dict[str, list[str]] = {}
    for name, template in OPERATIONS.items():
        found.setdefault(re.sub("{[^}?]*}", "{}", template.split("{?")[0]), []).append(name)
    return found


def test_every_operation_has_a_method(document: dict[str, Any]) -> None:
    missing = [address for address, _, _ in operations(document) if address not in methods()]
    assert not missing, "add these to _operations.py, with a method each"
    for name in OPERATIONS:
        assert callable(getattr(Kindred, name, None)), name
        assert callable(getattr(AsyncKindred, name, None)), name


def test_every_parameter_can_be_given(document: dict[str, Any]) -> None:
    missing = []
    for address, _, parameters in operations(document):
        given = set(OPTIONS)
        for name in methods().get(address, []):
            given |= set(inspect.signature(getattr(Kindred, name)).parameters)
        names = {plain(name) for name in given}
        missing += [
            f"{address} {p['name']}" for p in parameters if plain(OTHER_NAMES.get(p["name"], p["name"])) not in names
        ]
    assert not missing


def plain(name: str) -> str:
    """genreTerm and genre_term are the same, and so are from and from_."""
    return name.replace("_", "").lower()


def test_every_field_of_an_answer_has_a_type(document: dict[str, Any]) -> None:
    missing = []
    for name in sorted(answered_schemas(document)):
        schema = document["components"]["schemas"][name]
        if "properties" in schema and name not in ("Error", "Problem"):
            declared = getattr(types, name, None)
            if declared is None:
                missing.append(name)
            else:
                missing += [f"{name}.{field}" for field in schema["properties"] if field not in fields_of(declared)]
    assert not missing


def fields_of(declared: Any) -> set[str]:
    return {field for base in declared.__mro__ for field in getattr(base, "__annotations__", {})}


def answered_schemas(document: dict[str, Any]) -> set[str]:
    """The names of all schemas that an answer is made of."""
    found: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            reference = part.get("$ref", "")
            if reference not in found:
                found.add(reference)
                walk(resolved(document, part) if reference else None)
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    for _, operation, _ in operations(document):
        walk(operation["responses"])
    return {name.removeprefix("#/components/schemas/") for name in found if "/schemas/" in name}


def test_the_sync_client_is_made_from_the_async_one() -> None:
    made = subprocess.run([sys.executable, "scripts/make_sync.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_the_version_is_the_packages() -> None:
    assert f'\nversion = "{kindred.__version__}"\n' in (ROOT / "pyproject.toml").read_text("utf-8")

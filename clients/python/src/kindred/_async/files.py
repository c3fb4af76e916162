"""Calls about files: data in and out in large."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Literal

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options
from kindred.types import ExportFormat, Id, ImportReport, Preset, RecordKind, Time


class AsyncFileCalls(AsyncTransport):
    """Files: data in and out in large, in constant memory."""

    async def import_file(
        self,
        source: Path | bytes,
        *,
        kind: RecordKind | None = None,
        format: Literal["csv", "ndjson"] | None = None,  # noqa: A002
        preset: Preset | None = None,
        map: Mapping[str, str] | None = None,  # noqa: A002
        fill: Mapping[str, str] | None = None,
        delimiter: str | None = None,
        header: bool | None = None,
        encoding: str | None = None,
        file_name: str | None = None,
        dry_run: bool | None = None,
        **options: Unpack[Options],
    ) -> ImportReport:
        """Takes in a file of any length, CSV or NDJSON, plain or packed with gzip or zstd; one bad record fails alone.

        `map` says which column a field is in, `fill` what a field holds where the file says nothing. The same
        `idempotency_key` goes on where an import was cut off.
        """
        if file_name is None and isinstance(source, Path):
            file_name = source.name
        query = {
            "kind": kind,
            "format": format,
            "preset": preset,
            "map": _assignments(map),
            "fill": _assignments(fill),
            "delimiter": delimiter,
            "header": header,
            "encoding": encoding,
            "file_name": file_name,
            "dry_run": dry_run,
        }
        call = Call("import_file", query=query, source=source, timeout=3600, options=options)
        return await self._json(ImportReport, call)

    def export_entities(
        self,
        format: ExportFormat = "ndjson",  # noqa: A002
        *,
        entity_type: str | None = None,
        last_modified_after: Time | None = None,
        start_date: Time | None = None,
        end_date: Time | None = None,
        include_vectors: bool | None = None,
        **options: Unpack[Options],
    ) -> AsyncIterator[bytes]:
        """All entities, streamed in pieces."""
        query = {
            "format": format,
            "entity_type": entity_type,
            "last_modified_after": last_modified_after,
            "start_date": start_date,
            "end_date": end_date,
            "include_vectors": include_vectors,
        }
        return self._stream(Call("export_entities", query=query, accept="*/*", options=options))

    def export_interactions(
        self,
        format: ExportFormat = "ndjson",  # noqa: A002
        *,
        entity_type: str | None = None,
        start_date: Time | None = None,
        end_date: Time | None = None,
        **options: Unpack[Options],
    ) -> AsyncIterator[bytes]:
        """All interactions in the order of the log, streamed in pieces."""
        query = {"format": format, "entity_type": entity_type, "start_date": start_date, "end_date": end_date}
        return self._stream(Call("export_interactions", query=query, accept="*/*", options=options))

    def export_users(
        self,
        format: ExportFormat = "ndjson",  # noqa: A002
        *,
        last_modified_after: Time | None = None,
        start_date: Time | None = None,
        end_date: Time | None = None,
        **options: Unpack[Options],
    ) -> AsyncIterator[bytes]:
        """All users, streamed in pieces."""
        query = {
            "format": format,
            "last_modified_after": last_modified_after,
            "start_date": start_date,
            "end_date": end_date,
        }
        return self._stream(Call("export_users", query=query, accept="*/*", options=options))

    def export_user(self, user_id: Id, **options: Unpack[Options]) -> AsyncIterator[bytes]:
        """Everything that is kept about a user, a zip of NDJSON, in pieces."""
        return self._stream(Call("export_user", {"user_id": user_id}, accept="*/*", options=options))


def _assignments(pairs: Mapping[str, str] | None) -> str | None:
    return None if pairs is None else ",".join(f"{name}={value}" for name, value in pairs.items())

"""Data in and out in large."""

from __future__ import annotations

from typing import Literal

from typing_extensions import NotRequired, TypedDict

RecordKind = Literal["interactions", "entities", "users"]
ExportFormat = Literal["json", "csv", "ndjson"]
Preset = Literal["movielens", "gorse", "ecommerce", "recombee"]


class RejectedRecord(TypedDict):
    """A record that was refused, and where it stands."""

    line: int
    error: str


class ImportReport(TypedDict):
    """What became of the records of a file."""

    dry_run: bool
    status: Literal["completed", "partially_completed", "failed"]
    kind: RecordKind
    format: Literal["csv", "ndjson"]
    mapping: list[str]
    """What each column was taken for."""
    total_records: int
    processed: int
    successful: int
    failed: int
    stored: int
    errors: list[RejectedRecord]
    job_id: NotRequired[str]
    duplicates: NotRequired[int]
    repeated: NotRequired[int]
    """Records that an earlier run of the same import had kept."""
    warnings: NotRequired[list[str]]
    position: NotRequired[int]

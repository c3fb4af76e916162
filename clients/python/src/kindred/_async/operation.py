"""Calls for those who look after the server: jobs, keys, tenants, configuration, health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options, given
from kindred.types import (
    Health,
    Job,
    Jobs,
    KeyKind,
    Keys,
    Model,
    Models,
    NewlyMadeKey,
    Readiness,
    TenantConfig,
    TenantConfigs,
)


class AsyncOperationCalls(AsyncTransport):
    """Jobs, keys, tenants, configuration, health."""

    async def list_jobs(self, *, limit: int | None = None, **options: Unpack[Options]) -> Jobs:
        """The newest jobs first."""
        return await self._json(Jobs, Call("list_jobs", query={"limit": limit}, options=options))

    async def get_job(self, job_id: str, **options: Unpack[Options]) -> Job:
        """How far a job is."""
        return await self._json(Job, Call("get_job", {"job_id": job_id}, options=options))

    async def cancel_job(self, job_id: str, **options: Unpack[Options]) -> Job:
        """Cancels a job; what it has done stays."""
        return await self._json(Job, Call("cancel_job", {"job_id": job_id}, options=options))

    async def list_models(self, **options: Unpack[Options]) -> Models:
        """The newest models first, those in force and those that were tried."""
        return await self._json(Models, Call("list_models", options=options))

    async def get_model(self, name: str, **options: Unpack[Options]) -> Model:
        """What was tried for a model, how it did, what was chosen and why."""
        return await self._json(Model, Call("get_model", {"name": name}, options=options))

    async def rebuild_models(self, *, wait: bool | None = None, **options: Unpack[Options]) -> Job:
        """Makes the models anew, as a job; with `wait=True` it has ended when the answer comes."""
        return await self._json(Job, Call("rebuild_models", query={"wait": wait}, timeout=3600, options=options))

    async def refresh_models(self, *, wait: bool | None = None, **options: Unpack[Options]) -> Job:
        """Brings what models cannot know yet up to date, as a job; with `wait=True` it has ended."""
        return await self._json(Job, Call("refresh_models", query={"wait": wait}, timeout=3600, options=options))

    async def clean_up(self, **options: Unpack[Options]) -> Job:
        """Takes out behaviours that are older than is to be kept, as a job; what they add up to stays."""
        return await self._json(Job, Call("clean_up", options=options))

    async def list_keys(self, **options: Unpack[Options]) -> Keys:
        """All keys, without their secrets."""
        return await self._json(Keys, Call("list_keys", options=options))

    async def create_key(
        self,
        kind: KeyKind,
        *,
        name: str | None = None,
        tenant_id: str | None = None,
        origins: Sequence[str] | None = None,
        requests_per_minute: int | None = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> NewlyMadeKey:
        """Creates a key for one tenant, or for all. Its secret is in this answer and nowhere else."""
        body = given(
            kind=kind, name=name, tenant_id=tenant_id, origins=origins, requests_per_minute=requests_per_minute
        )
        options = Options(**given(idempotency_key=idempotency_key, timeout=timeout))  # type: ignore[typeddict-item]
        return await self._json(NewlyMadeKey, Call("create_key", body=body, options=options))

    async def revoke_key(self, key_id: str, **options: Unpack[Options]) -> int:
        """Revokes a key, at once, and on every replica within a second; returns the position."""
        return await self._position(Call("revoke_key", {"key_id": key_id}, options=options))

    async def get_tenant_config(self, tenant_id: str, *, timeout: float | None = None) -> TenantConfig:
        """What a tenant has set for itself."""
        call = Call("get_tenant_config", {"tenant_id": tenant_id}, options=_only(timeout))
        return await self._json(TenantConfig, call)

    async def put_tenant_config(
        self, tenant_id: str, config: Mapping[str, Any], *, timeout: float | None = None
    ) -> TenantConfig:
        """Replaces a tenant's settings by a new version."""
        call = Call("put_tenant_config", {"tenant_id": tenant_id}, body=config, options=_only(timeout))
        return await self._json(TenantConfig, call)

    async def list_tenant_configs(
        self, tenant_id: str, *, limit: int | None = None, timeout: float | None = None
    ) -> TenantConfigs:
        """Every version of a tenant's settings, newest first."""
        path = {"tenant_id": tenant_id}
        call = Call("list_tenant_configs", path, query={"limit": limit}, options=_only(timeout))
        return await self._json(TenantConfigs, call)

    async def roll_back_tenant_config(
        self, tenant_id: str, version: int, *, timeout: float | None = None
    ) -> TenantConfig:
        """Puts an earlier version in force again, as a new version."""
        path = {"tenant_id": tenant_id}
        call = Call("roll_back_tenant_config", path, body={"version": version}, options=_only(timeout))
        return await self._json(TenantConfig, call)

    async def reload_config(self, **options: Unpack[Options]) -> dict[str, Any]:
        """Reads the server's configuration file again; a bad one changes nothing."""
        return await self._json(dict[str, Any], Call("reload_config", options=options))

    async def get_config(self, **options: Unpack[Options]) -> dict[str, Any]:
        """The effective configuration, each value with its source, secrets masked."""
        return await self._json(dict[str, Any], Call("get_config", options=options))

    async def get_openapi(self, **options: Unpack[Options]) -> dict[str, Any]:
        """The API's description, OpenAPI 3.1."""
        return await self._json(dict[str, Any], Call("get_openapi", options=options))

    async def get_health(self, **options: Unpack[Options]) -> Health:
        """Whether the process lives, and how its parts are."""
        return await self._json(Health, Call("get_health", options=options))

    async def get_readiness(self, **options: Unpack[Options]) -> Readiness:
        """Whether the server can serve now. Not ready is an answer too, not an error."""
        return await self._json(Readiness, Call("get_readiness", expected=(503,), options=options))

    async def get_metrics(self, **options: Unpack[Options]) -> str:
        """Metrics in Prometheus' text form."""
        return await self._text(Call("get_metrics", accept="text/plain", options=options))


def _only(timeout: float | None) -> Options:
    return Options() if timeout is None else Options(timeout=timeout)

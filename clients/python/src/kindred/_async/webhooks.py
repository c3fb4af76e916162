"""Calls about webhooks."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options, given
from kindred.types import (
    Replaying,
    Webhook,
    WebhookDeadLetters,
    WebhookDeliveries,
    WebhookEvent,
    Webhooks,
    WebhookTest,
    WebhookWithSecret,
)


class AsyncWebhookCalls(AsyncTransport):
    """Webhooks: who is told what happens."""

    async def create_webhook(
        self,
        url: str,
        events: Sequence[WebhookEvent],
        *,
        secret: str | None = None,
        **options: Unpack[Options],
    ) -> WebhookWithSecret:
        """Creates a webhook, which is told what happens from now on. Its secret is in this answer only."""
        return await self._json(
            WebhookWithSecret,
            Call("create_webhook", body=given(url=url, events=events, secret=secret), options=options),
        )

    async def list_webhooks(self, **options: Unpack[Options]) -> Webhooks:
        """The tenant's webhooks, without their secrets."""
        return await self._json(Webhooks, Call("list_webhooks", options=options))

    async def get_webhook(self, webhook_id: str, **options: Unpack[Options]) -> Webhook:
        """A webhook, and how far telling it is."""
        return await self._json(Webhook, Call("get_webhook", {"webhook_id": webhook_id}, options=options))

    async def delete_webhook(self, webhook_id: str, **options: Unpack[Options]) -> int:
        """Deletes a webhook with all that it was still to be told."""
        return await self._position(Call("delete_webhook", {"webhook_id": webhook_id}, options=options))

    async def rotate_webhook_secret(
        self,
        webhook_id: str,
        *,
        secret: str | None = None,
        overlap_hours: int | None = None,
        **options: Unpack[Options],
    ) -> WebhookWithSecret:
        """Puts another secret in force; for a while messages are signed with the one before, too."""
        return await self._json(
            WebhookWithSecret,
            Call(
                "rotate_webhook_secret",
                {"webhook_id": webhook_id},
                body=given(secret=secret, overlap_hours=overlap_hours),
                options=options,
            ),
        )

    async def test_webhook(self, webhook_id: str, **options: Unpack[Options]) -> WebhookTest:
        """Sends a test message, at once and without a second try."""
        return await self._json(WebhookTest, Call("test_webhook", {"webhook_id": webhook_id}, options=options))

    async def list_webhook_deliveries(
        self, webhook_id: str, *, limit: int | None = None, cursor: str | None = None, **options: Unpack[Options]
    ) -> WebhookDeliveries:
        """The last tries to tell a webhook something, newest first."""
        return await self._json(
            WebhookDeliveries,
            Call(
                "list_webhook_deliveries",
                {"webhook_id": webhook_id},
                {"limit": limit, "cursor": cursor},
                options=options,
            ),
        )

    async def list_webhook_dead_letters(
        self, webhook_id: str, *, limit: int | None = None, cursor: str | None = None, **options: Unpack[Options]
    ) -> WebhookDeadLetters:
        """What could not be told in ten tries, oldest first."""
        return await self._json(
            WebhookDeadLetters,
            Call(
                "list_webhook_dead_letters",
                {"webhook_id": webhook_id},
                {"limit": limit, "cursor": cursor},
                options=options,
            ),
        )

    async def replay_webhook_dead_letters(self, webhook_id: str, **options: Unpack[Options]) -> Replaying:
        """Tries all dead letters once more, oldest first, before anything new."""
        return await self._json(
            Replaying, Call("replay_webhook_dead_letters", {"webhook_id": webhook_id}, options=options)
        )

    async def replay_webhook_dead_letter(
        self, webhook_id: str, message_id: str, **options: Unpack[Options]
    ) -> Replaying:
        """Tries one dead letter once more."""
        return await self._json(
            Replaying,
            Call("replay_webhook_dead_letter", {"webhook_id": webhook_id, "message_id": message_id}, options=options),
        )

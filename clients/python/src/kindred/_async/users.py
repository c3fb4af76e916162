"""Calls about users."""

from __future__ import annotations

from typing_extensions import Unpack

from kindred._async.transport import AsyncTransport
from kindred._wire import Call, Options
from kindred.types import Attributes, ErasureReceipt, Id, Merge, Merges, User


class AsyncUserCalls(AsyncTransport):
    """Users: who did it."""

    async def get_user(self, user_id: Id, **options: Unpack[Options]) -> User:
        """Reads a user's profile."""
        return await self._json(User, Call("get_user", {"user_id": user_id}, options=options))

    async def put_user(self, user_id: Id, attributes: Attributes, **options: Unpack[Options]) -> User:
        """Creates a user or replaces their attributes."""
        body = {"attributes": attributes}
        return await self._json(User, Call("put_user", {"user_id": user_id}, body=body, options=options))

    async def erase_user(self, user_id: Id, **options: Unpack[Options]) -> ErasureReceipt:
        """Erases a user and everything they did; the receipt stays."""
        return await self._json(ErasureReceipt, Call("erase_user", {"user_id": user_id}, options=options))

    async def merge_user(self, user_id: Id, from_: Id, **options: Unpack[Options]) -> Merge:
        """Gives a user what another one did, as when somebody unknown has logged in."""
        return await self._json(Merge, Call("merge_user", {"user_id": user_id}, body={"from": from_}, options=options))

    async def list_merges(self, user_id: Id, **options: Unpack[Options]) -> Merges:
        """The newest merges that a user was part of."""
        return await self._json(Merges, Call("list_merges", {"user_id": user_id}, options=options))

    async def undo_merge(self, user_id: Id, merge_id: str, **options: Unpack[Options]) -> Merge:
        """Undoes a merge; what was moved and is still there goes back."""
        path = {"user_id": user_id, "merge_id": merge_id}
        return await self._json(Merge, Call("undo_merge", path, options=options))

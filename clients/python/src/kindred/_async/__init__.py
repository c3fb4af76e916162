"""The client for asyncio. Its twin `_sync` is written by scripts/make_sync.py."""

"""The client for threads: made from its twin by scripts/make_sync.py."""

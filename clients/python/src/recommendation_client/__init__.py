"""Kindred's client under the names that earlier programs import."""

from kindred import AsyncKindred as AsyncRecommendationClient
from kindred import Kindred as RecommendationClient

__all__ = ["AsyncRecommendationClient", "RecommendationClient"]

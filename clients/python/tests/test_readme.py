"""The examples in the README run as they stand, and so does the one that earlier programs were written from."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kindred import Kindred

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")

EXAMPLES = re.findall(r"(?:<!-- needs: (\S+) -->\n)?```python\n(.*?)```", README, re.DOTALL)

EARLIER = """
from recommendation_client import RecommendationClient

client = RecommendationClient(
    base_url="http://localhost:8080",
    api_key="your-api-key"
)
client.create_entity(
    entity_id="NEW-ID",
    entity_type="product",
    attributes={"name": "Laptop", "price": 999.99}
)
client.record_interaction(
    user_id="user-456",
    entity_id="NEW-ID",
    entity_type="product",
    interaction_type="view"
)
"""

EARLIER_RECOMMENDATIONS = """
recommendations = client.get_user_recommendations(
    user_id="user-456",
    count=10
)
assert isinstance(recommendations["recommendations"], list)
"""


def run(program: str, url: str, key: str) -> None:
    program = program.replace("http://localhost:8080", url).replace("your-api-key", key)
    done = subprocess.run([sys.executable, "-W", "error", "-"], input=program, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("needs", "program"), EXAMPLES, ids=[f"example {n}" for n in range(1, len(EXAMPLES) + 1)])
def test_an_example_runs(needs: str, program: str, url: str, key: str) -> None:
    if offers(url, key, needs):
        run(program, url, key)


def test_programs_for_the_earlier_client_run(url: str, key: str, new_id: str) -> None:
    program = EARLIER
    if offers(url, key, "/api/v1/recommendations/user/{user_id}"):
        program += EARLIER_RECOMMENDATIONS
    run(program.replace("NEW-ID", new_id), url, key)


def offers(url: str, key: str, path: str) -> bool:
    with Kindred(url, key) as client:
        return not path or path in client.get_openapi()["paths"]

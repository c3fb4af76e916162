"""What happens when the network or the server does not do what it should."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from conftest import AT_ONCE, Both, FlakyProxy

from kindred import ConnectionFailed, Kindred, RetryPolicy, TimedOut, errors


@pytest.mark.parametrize("mishap", [429, 502, 503, 504, "refuse", "lose"])
async def test_what_may_pass_is_tried_again(
    flaky_client: Both, proxy: FlakyProxy, new_id: str, mishap: int | str
) -> None:
    proxy.mishaps.extend([mishap, mishap])
    made = await flaky_client.create_entity(new_id, "product")
    assert made["entity_id"] == new_id
    keys = {headers["Idempotency-Key"] for _, headers, _ in proxy.seen}
    assert len(proxy.seen) == 3
    assert len(keys) == 1


async def test_a_lost_answer_does_not_record_twice(flaky_client: Both, proxy: FlakyProxy, new_id: str) -> None:
    proxy.mishaps.append("lose")
    await flaky_client.record_interaction(new_id, "a", "view")
    page = await flaky_client.list_user_interactions(new_id)
    assert len(page["interactions"]) == 1


async def test_a_deletion_whose_answer_was_lost_has_succeeded(
    flaky_client: Both, proxy: FlakyProxy, new_id: str
) -> None:
    await flaky_client.create_entity(new_id, "product")
    proxy.mishaps.append("lose")
    await flaky_client.delete_entity(new_id, "product")
    with pytest.raises(errors.NotFound):
        await flaky_client.delete_entity(new_id, "product")


async def test_it_gives_up_in_the_end_and_says_what_to_check(flaky_client: Both, proxy: FlakyProxy) -> None:
    proxy.mishaps.extend(["refuse"] * 4)
    with pytest.raises(ConnectionFailed, match=r"4 tries.*does the server run"):
        await flaky_client.get_health()
    assert len(proxy.seen) == 4


async def test_a_slow_answer_times_out(flaky_client: Both, proxy: FlakyProxy) -> None:
    proxy.mishaps.extend(["hang"] * 4)
    with pytest.raises(TimedOut, match=r"longer than 0.05 s"):
        await flaky_client.get_health(timeout=0.05)


async def test_an_answer_that_is_not_kindreds_is_told_as_such(flaky_client: Both, proxy: FlakyProxy) -> None:
    proxy.mishaps.append(418)
    with pytest.raises(errors.InvalidRequest, match="no Kindred here") as told:
        await flaky_client.get_health()
    assert told.value.code == "UNEXPECTED_ANSWER"
    assert len(proxy.seen) == 1


async def test_a_wait_that_is_too_long_is_left_to_the_caller(flaky_client: Both, proxy: FlakyProxy) -> None:
    proxy.mishaps.append(429)
    proxy.answer_headers["Retry-After"] = "3600"
    with pytest.raises(errors.RateLimited) as told:
        await flaky_client.list_entities()
    assert told.value.retry_after == 3600


async def test_a_refusal_points_at_what_was_wrong(client: Both, new_id: str) -> None:
    with pytest.raises(errors.InvalidRequest) as told:
        await client.record_interaction(new_id, "a", "view", weight=1000)
    assert told.value.status == 400
    assert told.value.code == "VALIDATION_ERROR"
    assert told.value.request_id
    assert told.value.request_id in str(told.value)
    assert "weight" in str(told.value)


async def test_what_exists_already_is_a_conflict(client: Both, new_id: str) -> None:
    await client.create_entity(new_id, "product")
    with pytest.raises(errors.Conflict):
        await client.create_entity(new_id, "product")


async def test_a_call_with_a_key_of_its_own_takes_effect_once(client: Both, new_id: str) -> None:
    first = await client.create_entity(new_id, "product", idempotency_key=new_id)
    assert await client.create_entity(new_id, "product", idempotency_key=new_id) == first


async def test_reads_wait_for_what_was_written_before(proxy: FlakyProxy, key: str, new_id: str) -> None:
    with Kindred(proxy.url, key, read_your_writes=True) as client:
        made = client.create_entity(new_id, "product")
        client.get_entity(new_id)
    assert proxy.seen[-1][1]["X-Kindred-Min-Position"] == str(made["position"])


def test_waits_grow_are_random_and_end() -> None:
    always_most = RetryPolicy(retries=4, first_wait=1, longest_wait=5, chance=lambda: 1.0)
    assert [always_most.wait(tried, None) for tried in range(1, 6)] == [1, 2, 4, 5, None]
    assert RetryPolicy(first_wait=1, chance=lambda: 0.25).wait(1, None) == 0.25
    assert AT_ONCE.wait(1, 7.0) == 7.0


async def test_what_cannot_be_sent_is_refused_before_it_is_sent(client: Both) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await client.record_interaction("u", "a", "view", timestamp=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="JSON"):
        await client.record_interaction("u", "a", "view", weight=math.nan)
    with pytest.raises(TypeError, match="no JSON form"):
        await client.create_entity("e", "product", {"odd": object()})
    with pytest.raises(ValueError, match="entity_id must not be empty"):
        await client.get_entity("")


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="http://"):
        Kindred("localhost:8080")

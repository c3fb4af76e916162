"""Interactions that are collected and sent many at once."""

from __future__ import annotations

import asyncio
import threading

import pytest
from conftest import Both, FlakyProxy, finished

from kindred import ConnectionFailed, Kindred, KindredError, QueueFull, Rejection

NEVER = 1e6


async def test_what_waits_is_sent_in_batches(flaky_client: Both, proxy: FlakyProxy, new_id: str) -> None:
    queue = flaky_client.interaction_queue(batch_size=10, interval=NEVER)
    for n in range(25):
        queue.record(user_id=new_id, entity_id=str(n), interaction_type="view")
    await finished(queue.flush())
    assert len(queue) == 0
    page = await flaky_client.list_user_interactions(new_id, limit=100)
    assert len(page["interactions"]) == 25
    assert len([line for line, _, _ in proxy.seen if line.startswith("POST")]) <= 4
    await finished(queue.close())


async def test_a_whole_batch_is_sent_without_being_asked(client: Both, new_id: str) -> None:
    queue = client.interaction_queue(batch_size=3, interval=NEVER)
    for n in range(3):
        queue.record(user_id=new_id, entity_id=str(n), interaction_type="view")
    for _ in range(500):
        if len(queue) == 0:
            break
        await asyncio.sleep(0.01)
    assert len((await client.list_user_interactions(new_id))["interactions"]) == 3
    await finished(queue.close())


async def test_a_full_queue_says_so_and_keeps_what_it_has(client: Both, new_id: str) -> None:
    queue = client.interaction_queue(batch_size=2, interval=NEVER, capacity=2)
    queue.record(user_id=new_id, entity_id="1", interaction_type="view")
    queue._waiting._capacity = 1
    with pytest.raises(QueueFull, match="waiting already"):
        queue.record(user_id=new_id, entity_id="2", interaction_type="view")
    await finished(queue.close())
    assert len((await client.list_user_interactions(new_id))["interactions"]) == 1


async def test_what_could_not_be_sent_waits_on(flaky_client: Both, proxy: FlakyProxy, new_id: str) -> None:
    queue = flaky_client.interaction_queue(interval=NEVER)
    queue.record(user_id=new_id, entity_id="1", interaction_type="view")
    proxy.mishaps.extend(["lose"] + ["refuse"] * 3)
    with pytest.raises(ConnectionFailed):
        await finished(queue.flush())
    assert len(queue) == 1
    await finished(queue.close())
    assert len((await flaky_client.list_user_interactions(new_id))["interactions"]) == 1


async def test_a_row_that_the_server_refuses_is_told_and_dropped(client: Both, new_id: str) -> None:
    told: list[Rejection] = []
    queue = client.interaction_queue(interval=NEVER, on_rejected=told.append)
    queue.record(user_id=new_id, entity_id="1", interaction_type="view", weight=1000)
    queue.record(user_id=new_id, entity_id="2", interaction_type="view")
    await finished(queue.close())
    assert [(one.interaction["entity_id"], "weight" in one.reason) for one in told] == [("1", True)]
    assert len((await client.list_user_interactions(new_id))["interactions"]) == 1


async def test_a_closed_queue_takes_nothing(client: Both) -> None:
    queue = client.interaction_queue()
    await finished(queue.close())
    await finished(queue.close())
    with pytest.raises(KindredError, match="closed"):
        queue.record(user_id="u", entity_id="1", interaction_type="view")


def test_threads_may_share_a_queue(url: str, key: str, new_id: str) -> None:
    def record_fifty(part: str) -> None:
        for n in range(50):
            queue.record(user_id=new_id, entity_id=f"{part}{n}", interaction_type="view")

    with Kindred(url, key) as client, client.interaction_queue(batch_size=7, interval=0.01) as queue:
        threads = [threading.Thread(target=record_fifty, args=(part,)) for part in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        queue.flush()
        assert len(list(client.iterate_user_interactions(new_id))) == 200

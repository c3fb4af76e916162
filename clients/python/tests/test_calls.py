"""Every group of calls, against the real server."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from conftest import Both

from kindred import errors


async def test_an_entity_lives_from_creation_to_deletion(client: Both, new_id: str) -> None:
    made = await client.create_entity(new_id, "product", {"name": "Kettle", "price": 39.9})
    assert made["attributes"] == {"name": "Kettle", "price": 39.9}
    assert made["position"] > 0

    patched = await client.patch_entity(new_id, {"attributes": {"price": 35}})
    assert patched["attributes"] == {"name": "Kettle", "price": 35}

    replaced = await client.replace_entity(
        new_id, {"name": "Pot"}, available_until=datetime(2030, 1, 2, tzinfo=timezone.utc)
    )
    assert replaced["attributes"] == {"name": "Pot"}
    assert replaced["available_until"].startswith("2030-01-02T00:00:00")

    read = await client.get_entity(new_id, "product", fields=["entity_id", "attributes"])
    assert read == {"entity_id": new_id, "attributes": {"name": "Pot"}}

    position = await client.delete_entity(new_id, "product")
    assert position > made["position"]
    with pytest.raises(errors.NotFound):
        await client.get_entity(new_id, min_position=position)


@pytest.mark.parametrize("odd", ["a/b?c#d e%2F", "..", ".", "täst-✓", "a+b&c=d"])
async def test_an_id_may_hold_any_character(client: Both, odd: str) -> None:
    await client.create_entity(odd, "odd", {"odd": odd}, upsert=True)
    read = await client.get_entity(odd, "odd", include_vector=False)
    assert read["entity_id"] == odd
    assert (await client.list_entity_interactions(odd, "odd"))["interactions"] == []


async def test_many_entities_come_page_by_page(client: Both, new_id: str) -> None:
    rows = [{"entity_id": f"{new_id}-{n}", "entity_type": new_id} for n in range(7)]
    report = await client.import_entities(rows)
    assert (report["status"], report["successful"]) == ("completed", 7)
    found = await client.collected(client.client.iterate_entities(entity_type=new_id, page_size=3))
    assert [entity["entity_id"] for entity in found] == [row["entity_id"] for row in rows]


async def test_shop_plugins_may_name_their_tenant_in_the_path(client: Both, new_id: str) -> None:
    assert (await client.put_product("shop", new_id, {"name": "Cup"}))["entity_type"] == "product"
    assert (await client.get_entity(new_id, tenant_id="shop"))["attributes"] == {"name": "Cup"}
    assert await client.delete_product("shop", new_id) > 0


async def test_an_import_may_go_on_as_a_job(client: Both, new_id: str) -> None:
    started = await client.start_entity_import([{"entity_id": new_id, "entity_type": "product"}])
    job = await client.get_job(started["job_id"])
    for _ in range(1000):
        if job["status"] not in ("queued", "running"):
            break
        await asyncio.sleep(0.02)
        job = await client.get_job(started["job_id"])
    assert (job["status"], job["successful"]) == ("completed", 1)
    assert any(listed["job_id"] == job["job_id"] for listed in (await client.list_jobs(limit=1000))["jobs"])


async def test_what_a_user_did_is_read_newest_first(client: Both, new_id: str) -> None:
    long_ago = datetime.now(timezone.utc) - timedelta(days=1)
    rated = await client.record_interaction(new_id, "film-1", {"rating": 4.5}, entity_type="film", timestamp=long_ago)
    assert (rated["interaction_type"], rated["weight"]) == ("rating", 4.5)
    order = await client.record_order(new_id, [{"entity_id": "a", "quantity": 2}, {"entity_id": "b"}], order_id=new_id)
    assert len(order["interactions"]) == 2

    page = await client.list_user_interactions(new_id, limit=2, min_position=order["position"])
    assert {row["entity_id"] for row in page["interactions"]} == {"a", "b"}
    rest = await client.list_user_interactions(new_id, cursor=page["next_cursor"])
    assert [row["entity_id"] for row in rest["interactions"]] == ["film-1"]
    assert rest["next_cursor"] is None
    everything = await client.collected(client.client.iterate_user_interactions(new_id, page_size=1))
    assert len(everything) == 3


async def test_an_interaction_type_counts_as_registered(client: Both, new_id: str) -> None:
    await client.register_interaction_type(new_id, 2.5, description="a test's")
    await client.change_interaction_type(new_id, 3.5)
    assert (await client.get_interaction_type(new_id))["weight"] == 3.5
    names = [listed["interaction_type"] for listed in (await client.list_interaction_types())["interaction_types"]]
    assert new_id in names
    assert await client.delete_interaction_type(new_id) > 0


async def test_a_user_is_erased_with_everything_they_did(client: Both, new_id: str) -> None:
    await client.put_user(new_id, {"age": 30})
    await client.record_interaction(user_id=new_id, entity_id="a", entity_type="product", interaction_type="view")
    assert (await client.get_user(new_id))["interaction_count"] == 1
    assert (await client.erase_user(new_id))["interactions_removed"] == 1
    with pytest.raises(errors.NotFound) as told:
        await client.get_user(new_id)
    assert told.value.code == "USER_NOT_FOUND"


async def test_a_key_opens_until_it_is_revoked(client: Both, url: str) -> None:
    made = await client.create_key("server", name="python tests")
    assert any(listed["key_id"] == made["key_id"] for listed in (await client.list_keys())["keys"])
    other = Both(type(client.client)(url, made["key"]))
    await other.list_entities(limit=1)
    await client.revoke_key(made["key_id"])
    with pytest.raises(errors.Unauthenticated):
        await other.list_entities()
    await other.end()


async def test_tenants_do_not_see_each_other(client: Both, new_id: str) -> None:
    await client.create_entity(new_id, "product", tenant_id="one")
    assert (await client.get_entity(new_id, tenant_id="one"))["tenant_id"] == "one"
    with pytest.raises(errors.NotFound):
        await client.get_entity(new_id, tenant_id="two")


async def test_a_tenants_settings_have_a_history(client: Both, new_id: str) -> None:
    tenant = new_id[:20]
    first = await client.put_tenant_config(tenant, {"DEFAULT_RECOMMENDATION_COUNT": 12})
    await client.put_tenant_config(tenant, {"DEFAULT_RECOMMENDATION_COUNT": 15})
    back = await client.roll_back_tenant_config(tenant, first["version"])
    assert back["config"] == first["config"]
    assert (await client.get_tenant_config(tenant))["version"] == back["version"]
    assert len((await client.list_tenant_configs(tenant))["versions"]) >= 3


async def test_the_server_tells_how_it_is(client: Both) -> None:
    assert (await client.get_health())["service"] == "kindred"
    assert (await client.get_readiness())["status"] == "ready"
    assert "http_requests_total" in await client.get_metrics()
    assert await client.get_config()
    assert await client.reload_config() is not None

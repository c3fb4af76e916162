"""A shop's own pages, merged users and vectors, against the real server."""

from __future__ import annotations

import math

import pytest
from conftest import Both

from kindred import errors


async def shop(client: Both, tenant: str) -> None:
    """Six presents, of which three are liked by three visitors."""
    presents = [
        {"entity_id": n, "entity_type": "present", "attributes": {"price": 10 * n, "category": "toys"}}
        for n in range(1, 7)
    ]
    assert (await client.import_entities(presents, tenant_id=tenant))["failed"] == 0
    likes = [
        {"user_id": user, "entity_id": n, "entity_type": "present", "interaction_type": "like"}
        for user in (11, 12, 13)
        for n in (1, 2, 3)
    ]
    assert (await client.import_interactions(likes, tenant_id=tenant))["failed"] == 0


async def test_a_page_of_what_is_popular_keeps_the_ids_of_the_catalogue(client: Both, new_id: str) -> None:
    await shop(client, new_id)
    page = await client.popular_page(
        {"geo_id": 213, "gender": "f", "age": "25-34"},
        pagination={"page": 1, "limit": 2},
        tenant_id=new_id,
    )
    assert page["algorithm_used"] == "popular"
    assert page["pagination"] == {
        "page": 1,
        "limit": 2,
        "total_count": 6,
        "total_pages": 3,
        "has_next": True,
        "has_previous": False,
    }
    assert set(page["items"]) < {1, 2, 3}
    dear = await client.popular_page({"geo_id": 213}, filters={"price_from": 35, "price_to": 55}, tenant_id=new_id)
    assert sorted(dear["items"]) == [4, 5]
    unseen = await client.popular_page({"geo_id": 213}, user_id=11, tenant_id=new_id)
    assert sorted(unseen["items"]) == [4, 5, 6]


async def test_a_visitors_own_page_leaves_out_what_they_liked(client: Both, new_id: str) -> None:
    await shop(client, new_id)
    page = await client.personalized_page(11, 213, filters={"category": "toys"}, tenant_id=new_id)
    assert sorted(page["items"]) == [4, 5, 6]
    assert page["pagination"]["total_count"] == 3
    with pytest.raises(errors.InvalidRequest) as told:
        await client.personalized_page(11, 213, filters={"price_min": 1}, tenant_id=new_id)
    assert "price_from" in str(told.value)


async def test_a_visitor_says_who_they_are_and_is_summed_up(client: Both, new_id: str) -> None:
    await shop(client, new_id)
    said = await client.put_visitor(11, gender="female", age_group="25-34", locale="en", geo_id=213, tenant_id=new_id)
    assert (said["gender"], said["age_group"], said["locale"], said["geo_id"]) == ("f", "25-34", "en", 213)
    assert said["avg_price"] == 20
    assert await client.get_visitor(11, tenant_id=new_id) == said
    await client.record_interaction(11, 6, "like", entity_type="present", tenant_id=new_id)
    assert (await client.refresh_visitor(11, tenant_id=new_id))["price_range_max"] == 60
    with pytest.raises(errors.NotFound):
        await client.get_visitor("nobody", tenant_id=new_id)


async def test_a_shop_is_refreshed_by_hand_and_tells_how_it_is(client: Both, new_id: str) -> None:
    await shop(client, new_id)
    for refresh in (client.refresh_popular_items, client.update_user_profiles, client.refresh_similarities):
        done = await refresh(wait=True, tenant_id=new_id)
        assert done["status"] == "completed"
        assert (await client.get_job(done["job_id"], tenant_id=new_id))["status"] == "completed"
    begun = await client.refresh_popular_items(tenant_id=new_id)
    assert begun["status"] == "accepted"
    with pytest.raises(errors.Conflict) as told:
        await client.full_sync(wait=True, tenant_id=new_id)
    assert "MAIN_DATABASE_URL" in str(told.value)
    stats = await client.storefront_stats(tenant_id=new_id)
    assert stats["main_database"]["total_likes"] == 9
    assert begun["job_id"] in [job["job_id"] for job in stats["jobs"]]


async def test_a_user_is_merged_into_another_and_taken_out_again(client: Both, new_id: str) -> None:
    known, anonymous = f"{new_id}-known", f"{new_id}-anonymous"
    await client.put_user(anonymous, {"language": "en"})
    await client.record_interaction(known, "a", "view", entity_type="product")
    for entity in ("b", "c"):
        await client.record_interaction(anonymous, entity, "view", entity_type="product")

    merge = await client.merge_user(known, anonymous)
    assert (merge["user_id"], merge["from"], merge["interactions_moved"]) == (known, anonymous, 2)
    assert (await client.get_user(known))["interaction_count"] == 3
    assert (await client.get_user(known))["attributes"] == {"language": "en"}
    listed = (await client.list_merges(known))["merges"]
    assert [one["merge_id"] for one in listed] == [merge["merge_id"]]
    assert "undone_at" not in listed[0]

    undone = await client.undo_merge(known, merge["merge_id"])
    assert undone["undone_at"]
    assert (await client.get_user(known))["interaction_count"] == 1
    assert (await client.get_user(anonymous))["interaction_count"] == 2
    with pytest.raises(errors.Conflict):
        await client.undo_merge(known, merge["merge_id"])
    with pytest.raises(errors.InvalidRequest):
        await client.merge_user(known, known)


async def test_content_is_given_a_vector_and_found_by_it(client: Both, new_id: str) -> None:
    titles = [f"{new_id}-{n}" for n in range(3)]
    for title in titles:
        await client.create_entity(title, new_id, {"genre": "drama"})
    made = await client.get_embedding(titles[0], media_type=new_id)
    assert len(made["vector"]) == made["dimension"]

    def pointing(degrees: float) -> list[float]:
        angle = math.radians(degrees)
        return [math.cos(angle), math.sin(angle)] + [0.0] * (made["dimension"] - 2)

    for title, degrees in zip(titles, (0, 60, 10), strict=True):
        await client.put_embedding(title, "mine", pointing(degrees), media_type=new_id)
    kept = await client.get_embedding(titles[1], media_type=new_id)
    assert kept["model"] == "mine"
    assert kept["vector"][:2] == pytest.approx([0.5, math.sqrt(0.75)], abs=1e-6)
    nearest = (await client.list_nearest_content(titles[0], media_type=new_id, limit=2))["nearest"]
    assert [near["contentId"] for near in nearest] == [titles[2], titles[1]]
    assert nearest[1]["similarity"] == pytest.approx(0.5, abs=1e-6)
    with pytest.raises(errors.InvalidRequest) as told:
        await client.put_embedding(titles[0], "mine", [1.0, 2.0], media_type=new_id)
    assert str(made["dimension"]) in str(told.value)

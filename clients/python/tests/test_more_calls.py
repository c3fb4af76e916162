"""Recommendations, behaviour, webhooks and files, against the real server."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from conftest import Both

from kindred import errors


async def catalogue(client: Both, kind: str) -> list[str]:
    """Twelve entities of a type of their own, and a few users who did something with them."""
    ids = [f"{kind}-{n}" for n in range(12)]
    rows = [
        {"entity_id": name, "entity_type": kind, "attributes": {"price": n, "color": "red" if n % 2 else "blue"}}
        for n, name in enumerate(ids)
    ]
    assert (await client.import_entities(rows))["failed"] == 0
    views = [
        {"user_id": f"{kind}-u{u}", "entity_id": ids[(u + n) % 12], "entity_type": kind, "interaction_type": "view"}
        for u in range(6)
        for n in range(4)
    ]
    assert (await client.import_interactions(views))["failed"] == 0
    return ids


async def test_a_user_is_recommended_what_passes_the_filters(client: Both, new_id: str) -> None:
    await catalogue(client, new_id)
    answer = await client.get_user_recommendations(
        f"{new_id}-u0",
        count=3,
        entity_type=new_id,
        filters={"price.gte": 3, "color.in": ["red", "green"]},
        explain=True,
    )
    assert len(answer["recommendations"]) == 3
    for item in answer["recommendations"]:
        assert item["attributes"]["price"] >= 3
        assert item["attributes"]["color"] == "red"
        assert abs(sum(part["value"] for part in item["explanation"]["parts"]) - item["score"]) < 1e-6
    followed = await client.record_interaction(
        f"{new_id}-u0",
        answer["recommendations"][0]["entity_id"],
        "click",
        entity_type=new_id,
        recommendation_id=answer["recommendation_id"],
    )
    assert followed["recommendation_id"] == answer["recommendation_id"]


async def test_lists_come_by_likeness_growth_and_size(client: Both, new_id: str) -> None:
    ids = await catalogue(client, new_id)
    similar = await client.get_similar_entities(ids[0], new_id, count=2)
    assert ids[0] not in [item["entity_id"] for item in similar["recommendations"]]
    assert (await client.get_trending(entity_type=new_id, count=5, window_days=7))["window_days"] == 7
    assert (await client.get_popular(entity_type=new_id, count=5))["count"] == 5


async def test_one_request_may_say_everything(client: Both, new_id: str) -> None:
    ids = await catalogue(client, new_id)
    request = {"user_id": f"{new_id}-u1", "session": [ids[7]], "count": 2, "entity_type": new_id, "exclude": [ids[9]]}
    assert (await client.recommend(request))["count"] == 2
    lists = await client.recommend_batch([request, request], distinct=True)
    shown = [item["entity_id"] for one in lists["results"] for item in one["recommendations"]]
    assert len(set(shown)) == 4
    ranked = await client.rank(f"{new_id}-u1", ids[:5])
    assert sorted(ranked["entity_ids"]) == sorted(ids[:5])


async def test_behaviour_is_summed_up(client: Both, new_id: str) -> None:
    film = f"{new_id}-film"
    await client.put_content(film, title="Alien", genres=["horror"], media_type="film")
    made = await client.record_behavior(
        {"userId": new_id, "contentId": film, "mediaType": "film", "action": "completed", "completionPercentage": 100}
    )
    assert made["completionPercentage"] == 100
    behaviors = [{"userId": f"{new_id}-2", "contentId": film, "mediaType": "film", "action": "viewed"}]
    assert (await client.import_behaviors(behaviors))["successful"] == 1
    assert (await client.get_content(film, media_type="film"))["title"] == "Alien"
    assert (await client.get_user_analytics(new_id))["favoriteGenres"] == ["horror"]
    assert (await client.get_content_metrics(film, media_type="film"))["totalViews"] >= 1
    similar = await client.list_similar_users(new_id, genre_term="jaccard")
    assert [user["userId"] for user in similar] == [f"{new_id}-2"]
    assert (await client.get_overview(bucket="hour"))["activeUsers"] >= 2
    assert (await client.get_analytics_health())["status"] == "healthy"


async def test_an_experiment_goes_from_its_design_to_its_winner(client: Both, new_id: str) -> None:
    variants = [{"name": name, "weight": 50, "config": {"button": name}} for name in ("control", "other")]
    design = {"name": new_id, "variants": variants, "targetMetrics": ["purchase"], "minimumSampleSize": 1}
    assert (await client.create_experiment(design))["state"] == "draft"
    assert (await client.change_experiment(new_id, {**design, "description": "which button"}))["version"] == 2
    assert (await client.start_experiment(new_id))["state"] == "running"
    assigned = await client.assign_variant(new_id, "ann")
    assert assigned["config"] == {"button": assigned["variant"]}
    assert (await client.assign_variant(new_id, "ann"))["variant"] == assigned["variant"]
    assert (await client.record_conversion(new_id, "ann", "purchase", value=9))["counted"] is True
    events = [{"experiment": new_id, "user_id": "bob", "event": "view"}]
    assert (await client.record_ab_events(events))["accepted"] == 1
    results = await client.get_experiment_results(new_id)
    assert results["users"] == 2
    assert [one["variant"] for one in results["metrics"][0]["variants"]] == ["control", "other"]
    assert sum(count["views"] for count in await client.get_experiment_counts(new_id)) == 2
    assert (await client.stop_experiment(new_id))["state"] == "stopped"
    assert (await client.conclude_experiment(new_id, "other"))["winner"] == "other"
    assert (await client.list_experiment_versions(new_id, limit=50))["total"] > 3
    assert new_id in [one["name"] for one in (await client.list_experiments())["experiments"]]
    preset = (await client.list_experiment_presets())["presets"][0]
    made = await client.create_experiment_from_preset(preset["name"], {"name": f"{new_id}-2"})
    assert (await client.get_experiment(made["name"]))["state"] == "draft"


async def test_what_is_too_old_is_taken_out_as_a_job(client: Both) -> None:
    assert (await client.clean_up())["job_id"]


async def test_a_webhook_is_told_and_its_secret_replaced(client: Both) -> None:
    made = await client.create_webhook("http://127.0.0.1:9/hook", ["model.updated"])
    name = made["webhook_id"]
    assert made["secret"]
    assert (await client.rotate_webhook_secret(name, overlap_hours=1))["secret"] != made["secret"]
    assert (await client.test_webhook(name))["delivered"] is False
    assert (await client.get_webhook(name))["events"] == ["model.updated"]
    assert name in [listed["webhook_id"] for listed in (await client.list_webhooks())["webhooks"]]
    assert (await client.list_webhook_deliveries(name, limit=5))["next_cursor"] is None
    assert (await client.list_webhook_dead_letters(name))["dead_letters"] == []
    assert (await client.replay_webhook_dead_letters(name))["replaying"] == 0
    with pytest.raises(errors.NotFound):
        await client.replay_webhook_dead_letter(name, "none")
    await client.delete_webhook(name)
    with pytest.raises(errors.NotFound):
        await client.get_webhook(name)


async def test_a_file_comes_in_and_goes_out(client: Both, new_id: str, tmp_path: Path) -> None:
    file = tmp_path / "views.csv"
    file.write_text(f"who,what\n{new_id},a\n{new_id},b\n,c\n", "utf-8")
    columns = {"user_id": "who", "entity_id": "what"}
    fill = {"interaction_type": "view", "entity_type": new_id}
    tried = await client.import_file(file, kind="interactions", map=columns, fill=fill, dry_run=True)
    assert (tried["dry_run"], tried["successful"]) == (True, 2)
    report = await client.import_file(file.read_bytes(), kind="interactions", map=columns, fill=fill)
    assert (report["status"], report["successful"], report["failed"]) == ("partially_completed", 2, 1)
    assert report["errors"][0]["line"] == 4
    report = await client.import_file(file, kind="interactions", map=columns, fill=fill, encoding="utf-8")
    assert report["failed"] == 1

    await client.create_entity(f"{new_id}-a", new_id, upsert=True)
    pieces = await client.collected(client.client.export_entities(entity_type=new_id, start_date="2020-01-01"))
    rows = [json.loads(line) for line in b"".join(pieces).splitlines()]
    assert f"{new_id}-a" in [row["entity_id"] for row in rows]
    pieces = await client.collected(client.client.export_interactions("csv", entity_type=new_id))
    assert new_id.encode() in b"".join(pieces)
    assert b"".join(await client.collected(client.client.export_users("json"))).startswith(b"{")
    packed = b"".join(await client.collected(client.client.export_user(new_id)))
    with zipfile.ZipFile(io.BytesIO(packed)) as everything:
        assert "interactions.ndjson" in everything.namelist()


async def test_a_refused_export_is_told_like_any_refusal(client: Both) -> None:
    with pytest.raises(errors.InvalidRequest):
        await client.collected(client.client.export_entities(entity_type="no type!"))


async def test_shop_plugins_get_bare_lists(client: Both, new_id: str) -> None:
    ids = await catalogue(client, new_id)
    tenant = "default"
    similar = await client.list_similar(tenant, ids[0], entity_type=new_id, count=3)
    assert len(similar) == 3
    assert ids[0] not in [item["entity_id"] for item in similar]
    assert len(await client.list_personalized(tenant, f"{new_id}-u0", entity_type=new_id, count=3)) == 3
    assert isinstance(await client.list_shop_trending(tenant, count=2, entity_type=new_id), list)
    assert isinstance(await client.list_complement(tenant, ids[0], entity_type=new_id, count=2), list)
    assert isinstance(await client.list_bundle(tenant, ids[:2], count=2), list)
    assert [item["entity_id"] for item in await client.list_those(tenant, ids[3:5])] == ids[3:5]


async def test_models_are_made_anew_and_listed(client: Both, new_id: str) -> None:
    tenant = new_id[:30]
    assert (await client.rebuild_models(wait=True, tenant_id=tenant))["status"] == "completed"
    assert (await client.refresh_models(tenant_id=tenant))["job_id"]
    assert (await client.list_models(tenant_id=tenant))["models"] == []
    with pytest.raises(errors.NotFound):
        await client.get_model("none", tenant_id=tenant)

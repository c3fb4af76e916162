package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.api.TestKindred.Reply;
import dev.kindred.follow.DemoShop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A shop's own calls, over HTTP, on real PostgreSQL and Redis. What an earlier system got wrong has
 * a test each, by its number.
 */
@Tag(TestServices.TAG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before all tests.
final class StorefrontTest {

  private static final String ELIGIBLE =
      "select count(*) from presents where status = 'in_stock' and owner is null and geo_id = 213";
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("shop:secret".getBytes(StandardCharsets.UTF_8));

  private DemoShop shop;
  private DemoShop own;
  private TestKindred kindred;
  private int newest = 900_000;

  @BeforeAll
  void start() throws Exception {
    shop = DemoShop.filled(9_600, 300, 400, 4_000, 3_000);
    // As many shops keep their times.
    shop.run("alter table presents alter created_at type timestamp");
    own = DemoShop.blank();
    kindred = TestKindred.start(settings(Map.of("REDIS_URL", TestServices.redisUrl())));
    sync();
  }

  private Map<String, String> settings(Map<String, String> more) {
    var all =
        new HashMap<>(
            Map.of(
                "MAIN_DATABASE_URL", shop.url(),
                "DATABASE_URL", own.url(),
                "RATE_LIMIT_ENABLED", "true",
                "RATE_LIMIT_REQUESTS_PER_MINUTE", "10000000",
                "RATE_LIMIT_BURST_SIZE", "1000000",
                "BASIC_AUTH_USERNAME", "shop",
                "BASIC_AUTH_PASSWORD", "secret",
                "FOLLOW_EVERY_SECS", "1",
                "LOG_LEVEL", "error"));
    all.putAll(more);
    return all;
  }

  @AfterAll
  void stop() throws SQLException {
    if (kindred != null) kindred.close();
    if (own != null) own.close();
    if (shop != null) shop.close();
  }

  @Test
  void the_calls_of_the_reference_document_are_answered_in_its_form() throws Exception {
    Reply popular =
        kindred.post(
            "/popular",
            """
            {
              "user_params": {
                "gender": "f",
                "age": "25-34",
                "category": "electronics",
                "geo_id": 213
              },
              "filters": {
                "price_from": 500,
                "price_to": 2000
              },
              "pagination": {
                "page": 1,
                "limit": 20
              }
            }
            """);
    assertThat(popular.status()).isEqualTo(200);
    assertThat(popular.json().propertyNames())
        .contains("items", "pagination", "computation_time_ms", "algorithm_used", "cache_hit");
    assertThat(popular.json().at("/pagination").propertyNames())
        .containsExactlyInAnyOrder(
            "page", "limit", "total_count", "total_pages", "has_next", "has_previous");
    assertThat(popular.json().at("/pagination/total_count").asLong())
        .isEqualTo(shop.number(ELIGIBLE + " and price between 500 and 2000"));
    Reply personalized =
        kindred.post(
            "/personalized",
            """
            {
              "user_id": 123,
              "geo_id": 213,
              "filters": {
                "price_from": 500,
                "price_to": 2000,
                "category": "electronics"
              },
              "pagination": {
                "page": 1,
                "limit": 20
              }
            }
            """);
    assertThat(personalized.status()).isEqualTo(200);
    assertThat(personalized.json().at("/items")).allMatch(JsonNode::isIntegralNumber);
    for (JsonNode id : personalized.json().at("/items")) {
      assertThat(
              shop.number(
                  ELIGIBLE
                      + " and price between 500 and 2000 and categories->>'category' = 'electronics'"
                      + " and id = "
                      + id.asLong()))
          .isEqualTo(1);
    }
  }

  @Test
  void defect_1_a_refresh_works_above_5461_items() throws Exception {
    assertThat(shop.number(ELIGIBLE)).as("the test is of that size").isGreaterThan(5_000);
    assertThat(shop.number("select count(*) from presents where owner is null"))
        .isGreaterThan(5_461);

    Reply refreshed = kindred.post("/admin/refresh-popular-items?wait=true", "");

    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.at("/status")).isEqualTo("completed");
    assertThat(total(popular("", 1, 20))).isEqualTo(shop.number(ELIGIBLE));
  }

  @Test
  void defect_2_no_id_repeats_however_often_it_is_refreshed() throws Exception {
    for (int n = 0; n < 3; n++) kindred.post("/admin/refresh-popular-items?wait=true", "");

    List<Long> all = allPages("/popular", "\"user_params\":{\"geo_id\":213}");

    assertThat(all).doesNotHaveDuplicates();
    assertThat(all).hasSize((int) shop.number(ELIGIBLE));
  }

  @Test
  void defect_3_has_next_and_the_total_are_right_on_every_page_of_a_topped_up_list()
      throws Exception {
    long user = visitorWhoLikes(13, 25, 37);
    String body = "\"user_id\":%d,\"geo_id\":213".formatted(user);
    JsonNode first = page("/personalized", body, 1, 100);
    long total = first.at("/pagination/total_count").asLong();
    long pages = first.at("/pagination/total_pages").asLong();

    assertThat(total).isEqualTo(shop.number(ELIGIBLE) - eligibleAmong("13, 25, 37"));
    for (int page : new int[] {1, 2, 7, (int) pages - 1, (int) pages, (int) pages + 1}) {
      JsonNode answer = page("/personalized", body, page, 100);
      assertThat(answer.at("/pagination/total_count").asLong()).isEqualTo(total);
      assertThat(answer.at("/pagination/has_next").asBoolean()).isEqualTo(page < pages);
      assertThat(answer.at("/pagination/has_previous").asBoolean()).isEqualTo(page > 1);
    }
    assertThat(page("/personalized", body, (int) pages, 100).at("/topped_up_with").toString())
        .contains("content_based");
  }

  @Test
  void defect_4_the_category_of_what_was_liked_counts() throws Exception {
    long user = visitorWhoLikes(13);

    JsonNode page = page("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user), 1, 20);

    assertThat(page.at("/algorithm_used").asString()).isEqualTo("content_based");
    String category = text("select categories->>'category' from presents where id = 13");
    for (JsonNode id : page.at("/items")) {
      assertThat(text("select categories->>'category' from presents where id = " + id.asLong()))
          .isEqualTo(category);
    }
  }

  @Test
  void defect_4_a_time_without_a_zone_keeps_what_being_new_counts() throws Exception {
    shop.run(
        """
        insert into presents
        select n, 4711, 'in_stock', 500, 'own',
          '{"category":"books","age":"25-34","gender":"any","suitable_for":"friend"}', null,
          now() - (800003 - n) * interval '300 days'
        from generate_series(800001, 800003) n
        """);
    long user = visitorWhoLikes(800_003);

    JsonNode page = page("/personalized", "\"user_id\":%d,\"geo_id\":4711".formatted(user), 1, 20);

    assertThat(page.at("/algorithm_used").asString()).isEqualTo("content_based");
    assertThat(page.at("/items").toString()).as("the newer one first").isEqualTo("[800002,800001]");
  }

  @Test
  void defect_5_what_was_done_often_counts_by_its_share_and_not_by_its_number() throws Exception {
    shop.run(
        """
        insert into presents
        select n, 4713, 'in_stock', 500, 'own',
          jsonb_build_object('category', case when n in (820001, 820004) then 'books' else 'toys' end),
          null, now()
        from generate_series(820001, 820004) n
        """);
    long user = ++newest;
    shop.run(
        """
        insert into clicks (user_id, present_id, created_at)
        select %d, case n when 1 then 820002 else 820001 end, now() - n * interval '1 second'
        from generate_series(1, 31) n
        """
            .formatted(user));
    sync();

    List<Long> all = allPages("/personalized", "\"user_id\":%d,\"geo_id\":4713".formatted(user));

    assertThat(all)
        .as("thirty clicks on books, one on toys")
        .containsSubsequence(820_004L, 820_003L);
  }

  @Test
  void tiers_go_by_how_many_interactions_there_were() throws Exception {
    List<String> used = new ArrayList<>();
    long user = ++newest;
    for (int clicks = 0; clicks <= 3; clicks++) {
      if (clicks > 0) {
        shop.run(
            "insert into clicks (user_id, present_id, created_at) values ("
                + user
                + ", 13, now())");
        sync();
      }
      JsonNode page = page("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user), 1, 5);
      used.add(page.at("/algorithm_used").asString());
    }
    assertThat(used).containsExactly("popular", "content_based", "content_based", "collaborative");
  }

  @Test
  void defect_6_every_filter_to_the_cent_is_part_of_what_is_remembered() throws Exception {
    List<String> filters =
        List.of(
            "\"platform\":\"ozon\"",
            "\"platform\":\"own\"",
            "\"suitable_for\":\"child\"",
            "\"suitable_for\":\"parent\"",
            "\"acquaintance_level\":\"close\"",
            "\"price_to\":150.10",
            "\"price_to\":150.90",
            "\"price_from\":150.10",
            "\"price_from\":150.90");
    List<String> conditions =
        List.of(
            "platform = 'ozon'",
            "platform = 'own'",
            "categories->>'suitable_for' = 'child'",
            "categories->>'suitable_for' = 'parent'",
            "categories->>'acquaintance_level' = 'close'",
            "price <= 150.10",
            "price <= 150.90",
            "price >= 150.10",
            "price >= 150.90");
    for (int round = 0; round < 2; round++) {
      for (int n = 0; n < filters.size(); n++) {
        assertThat(total(popular(filters.get(n), 1, 20)))
            .as(filters.get(n))
            .isEqualTo(shop.number(ELIGIBLE + " and " + conditions.get(n)));
      }
    }
  }

  @Test
  void defect_7_a_new_like_and_another_profile_count_in_the_next_answer() throws Exception {
    long user = ++newest;
    String body = "\"user_id\":%d,\"geo_id\":213".formatted(user);
    assertThat(page("/personalized", body, 1, 5).at("/algorithm_used").asString())
        .isEqualTo("popular");

    kindred.put("/user-profile/" + user, "{\"gender\":\"female\",\"age_group\":\"25-34\"}");
    assertThat(page("/personalized", body, 1, 5).at("/cache_hit").asBoolean()).isFalse();
    assertThat(page("/personalized", body, 1, 5).at("/cache_hit").asBoolean()).isTrue();

    like(user, 13);
    sync();
    JsonNode after = page("/personalized", body, 1, 5);
    assertThat(after.at("/algorithm_used").asString()).isEqualTo("content_based");
    assertThat(after.at("/cache_hit").asBoolean()).isFalse();

    like(user, 25);
    like(user, 37);
    sync();
    JsonNode third = page("/personalized", body, 1, 5);
    assertThat(third.at("/algorithm_used").asString()).isEqualTo("collaborative");
    JsonNode again = page("/personalized", body, 1, 5);
    assertThat(again.at("/cache_hit").asBoolean()).isTrue();
    assertThat(again.at("/algorithm_used").asString()).isEqualTo("collaborative");
    assertThat(again.at("/items")).isEqualTo(third.at("/items"));
  }

  @Test
  void defect_8_a_profile_can_be_read() throws Exception {
    long user = visitorWhoLikes(13, 25);

    Reply profile = kindred.get("/user-profile/" + user);

    assertThat(profile.status()).isEqualTo(200);
    assertThat(profile.json().at("/user_id").asLong()).isEqualTo(user);
    assertThat(profile.json().at("/interaction_count").asInt()).isEqualTo(2);
    assertThat(profile.json().at("/avg_price").isNumber()).isTrue();
    assertThat(kindred.post("/user-profile/" + user + "/refresh", "").status()).isEqualTo(200);
    assertThat(kindred.get("/user-profile/nobody-of-that-name").status()).isEqualTo(404);
  }

  @Test
  void a_profile_is_made_anew_when_it_is_refreshed_or_something_was_done() throws Exception {
    shop.run(
        """
        insert into presents
        select n, 4712, 'in_stock', 100, 'own', '{"category":"books"}', null, now()
        from generate_series(810001, 810002) n
        """);
    long user = visitorWhoLikes(810_001);
    assertThat(kindred.get("/user-profile/" + user).json().at("/avg_price").asInt()).isEqualTo(100);

    shop.run("update presents set price = 300 where id = 810001");
    sync();
    Reply refreshed = kindred.post("/user-profile/" + user + "/refresh", "");
    assertThat(refreshed.json().at("/avg_price").asInt()).isEqualTo(300);

    like(user, 810_002);
    sync();
    assertThat(kindred.get("/user-profile/" + user).json().at("/avg_price").asInt()).isEqualTo(200);
  }

  @Test
  void defect_9_a_refresh_that_fails_says_so() throws Exception {
    shop.open(false);
    try {
      Reply failed = kindred.post("/admin/full-sync?wait=true", "");

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.at("/error/message")).contains("the main database is out of reach");
      assertThat(kindred.get("/health").at("/components/main_database/status"))
          .isNotEqualTo("healthy");
      assertThat(popular("", 1, 20).status()).as("everything goes on").isEqualTo(200);
    } finally {
      shop.open(true);
    }
    sync();
  }

  @Test
  void defect_10_no_route_is_open_to_all() throws Exception {
    for (String path :
        List.of(
            "POST /popular",
            "POST /personalized",
            "GET /stats",
            "GET /user-profile/1",
            "PUT /user-profile/1",
            "POST /user-profile/1/refresh",
            "POST /admin/refresh-popular-items",
            "POST /admin/update-user-profiles",
            "POST /admin/refresh-similarities",
            "POST /admin/full-sync")) {
      String[] words = path.split(" ", -1);
      for (String wrong : List.of("nothing", "Basic c2hvcDp3cm9uZw==", "Basic !!")) {
        Reply refused =
            kindred.send(words[0], words[1], "{}", "X-API-Key", "", "Authorization", wrong);
        // Who is wrong too often is told to wait.
        assertThat(refused.status()).as(path + " with " + wrong).isIn(401, 429);
      }
    }
    assertThat(kindred.get("/stats", "X-API-Key", "", "Authorization", BASIC).status())
        .isEqualTo(200);
  }

  @Test
  void defect_11_whole_numbers_and_uuids_are_ids() throws Exception {
    String uuid = "0190f5a2-7c3e-7000-8000-0123456789ab";
    kindred.post(
        "/api/v1/entities?upsert=true",
        """
        {"entity_id":"%s","entity_type":"present","attributes":{"status":"in_stock","geo_id":777,
        "price":5}}
        """
            .formatted(uuid));

    JsonNode page =
        kindred.post("/personalized", "{\"user_id\":\"%s\",\"geo_id\":777}".formatted(uuid)).json();

    assertThat(page.at("/items/0").asString()).isEqualTo(uuid);
    assertThat(kindred.put("/user-profile/" + uuid, "{\"gender\":\"m\"}").status()).isEqualTo(200);
  }

  @Test
  void defect_12_duplicate_likes_do_not_break_the_sync() throws Exception {
    long user = visitorWhoLikes(13);
    shop.run(
        "insert into likes (user_id, present_id, created_at)"
            + " select user_id, present_id, created_at from likes where user_id = "
            + user);

    sync();

    assertThat(kindred.get("/user-profile/" + user).json().at("/interaction_count").asInt())
        .isEqualTo(1);
  }

  @Test
  void defect_13_a_redis_that_never_answers_blocks_nothing(@TempDir Path folder) throws Exception {
    var held = new CopyOnWriteArrayList<Socket>();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) held.add(silent.accept());
            } catch (IOException closed) {
              // The test is over.
            }
          });
      Map<String, String> settings =
          new HashMap<>(
              settings(Map.of("REDIS_URL", "redis://127.0.0.1:" + silent.getLocalPort())));
      settings.remove("DATABASE_URL");
      settings.remove("MAIN_DATABASE_URL");
      try (TestKindred other = TestKindred.onSqlite(folder, settings)) {
        for (int n = 0; n < 20; n++) {
          assertThat(other.post("/popular", "{\"user_params\":{\"geo_id\":213}}").status())
              .isEqualTo(200);
        }
        assertThat(other.get("/stats").json().at("/cache_info/redis_connected").asBoolean())
            .isFalse();
      }
      assertThat(held).as("it was tried").isNotEmpty();
    }
  }

  @Test
  void defect_14_nonsense_is_not_stored() throws Exception {
    long user = ++newest;
    kindred.put("/user-profile/" + user, "{\"gender\":\"male\"}");

    for (String nonsense :
        List.of(
            "{\"gender\":\"purple\"}",
            "{\"age_group\":\"young\"}",
            "{\"locale\":\"<script>\"}",
            "{\"geo_id\":[1]}")) {
      Reply refused = kindred.put("/user-profile/" + user, nonsense);
      assertThat(refused.status()).as(nonsense).isEqualTo(422);
      assertThat(refused.json().at("/detail/0").propertyNames())
          .containsExactlyInAnyOrder("loc", "msg", "type");
    }
    assertThat(kindred.get("/user-profile/" + user).json().at("/gender").asString()).isEqualTo("m");
  }

  @Test
  void defect_15_a_filter_that_cannot_be_applied_is_an_error() throws Exception {
    for (String filter :
        List.of(
            "\"colour\":\"red\"",
            "\"price_from\":-1",
            "\"price_from\":5,\"price_to\":5",
            "\"price_to\":\"cheap\"",
            "\"gender\":\"purple\"")) {
      assertThat(popular(filter, 1, 20).status()).as(filter).isEqualTo(422);
    }
    assertThat(popular("", 0, 20).status()).isEqualTo(422);
    assertThat(popular("", 1, 101).status()).isEqualTo(422);
  }

  @Test
  void defect_16_deep_pages_of_a_filtered_list_are_full() throws Exception {
    String filter = "\"platform\":\"ozon\"";
    long total = shop.number(ELIGIBLE + " and platform = 'ozon'");
    int last = (int) (total / 50);

    JsonNode deep = popular(filter, last, 50).json();

    assertThat(deep.at("/items")).hasSize(50);
    assertThat(popular(filter, last + 1, 50).json().at("/items")).hasSize((int) (total % 50));
  }

  @Test
  void defect_17_the_oldest_items_are_candidates_too() throws Exception {
    long user = visitorWhoLikes(13);

    List<Long> all = allPages("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user));

    assertThat(all).hasSize((int) (shop.number(ELIGIBLE) - eligibleAmong("13")));
    long oldest =
        shop.number(
            "select id from presents where status = 'in_stock' and owner is null"
                + " and geo_id = 213 and id <> 13 order by created_at limit 1");
    assertThat(all).contains(oldest);
  }

  @Test
  void defect_18_what_was_liked_comes_back_in_no_tier() throws Exception {
    for (long[] likes : new long[][] {{13}, {13, 25}, {13, 25, 37, 49}}) {
      long user = visitorWhoLikes(likes);
      List<Long> all = allPages("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user));
      for (long liked : likes) assertThat(all).doesNotContain(liked);
      List<Long> popular =
          allPages("/popular", "\"user_params\":{\"geo_id\":213},\"user_id\":%d".formatted(user));
      for (long liked : likes) assertThat(popular).doesNotContain(liked);
    }
  }

  @Test
  void defect_19_a_visitor_like_nobody_else_gets_a_full_page() throws Exception {
    JsonNode page =
        kindred
            .post(
                "/popular",
                """
                {"user_params":{"geo_id":213,"gender":"m","age":"100+","category":"unheard of"}}
                """)
            .json();

    assertThat(page.at("/items")).hasSize(20);
  }

  @Test
  void a_sold_out_item_and_an_unlike_are_in_the_next_answer_after_the_sync() throws Exception {
    long user = visitorWhoLikes(61, 73, 85);
    List<Long> before = allPages("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user));
    assertThat(before).doesNotContain(61L);

    shop.run("update presents set status = 'in_stock', geo_id = 213 where id in (61, 97)");
    shop.run("delete from likes where present_id = 61 and user_id = " + user);
    sync();
    List<Long> unliked = allPages("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user));
    assertThat(unliked).contains(61L, 97L);

    shop.run("update presents set status = 'sold_out' where id = 97");
    sync();
    assertThat(allPages("/personalized", "\"user_id\":%d,\"geo_id\":213".formatted(user)))
        .doesNotContain(97L);
  }

  @Test
  void stats_tell_how_much_there_is() throws Exception {
    JsonNode stats = kindred.get("/stats").json();

    assertThat(stats.at("/main_database/total_items").asLong())
        .isGreaterThanOrEqualTo(shop.number("select count(*) from presents where owner is null"));
    assertThat(stats.at("/main_database/total_likes").asLong())
        .isEqualTo(
            shop.number(
                "select count(*) from (select distinct user_id, present_id, created_at from likes) l"));
    assertThat(stats.at("/cache_info/redis_connected").asBoolean()).isTrue();
    assertThat(stats.at("/configuration/max_page_size").asInt()).isEqualTo(100);
  }

  /** Somebody new, whose likes are known when this returns. */
  private long visitorWhoLikes(long... presents) throws Exception {
    long user = ++newest;
    for (long present : presents) like(user, present);
    sync();
    return user;
  }

  private void like(long user, long present) throws SQLException {
    shop.run(
        "insert into likes (user_id, present_id, created_at) values (%d, %d, now())"
            .formatted(user, present));
  }

  private void sync() throws Exception {
    Reply done = kindred.post("/admin/full-sync?wait=true", "");
    assertThat(done.status()).as(done.response().body()).isEqualTo(200);
  }

  private long eligibleAmong(String ids) throws SQLException {
    return shop.number(ELIGIBLE + " and id in (" + ids + ")");
  }

  private String text(String sql) throws SQLException {
    try (var connection = shop.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Reply popular(String filters, int page, int limit) throws Exception {
    return kindred.post(
        "/popular",
        "{\"user_params\":{\"geo_id\":213},\"filters\":{%s},\"pagination\":{\"page\":%d,\"limit\":%d}}"
            .formatted(filters, page, limit));
  }

  private static long total(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    return reply.json().at("/pagination/total_count").asLong();
  }

  private JsonNode page(String path, String body, int page, int limit) throws Exception {
    Reply reply =
        kindred.post(
            path, "{%s,\"pagination\":{\"page\":%d,\"limit\":%d}}".formatted(body, page, limit));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json();
  }

  private List<Long> allPages(String path, String body) throws Exception {
    var all = new ArrayList<Long>();
    for (int page = 1; ; page++) {
      JsonNode answer = page(path, body, page, 100);
      for (JsonNode id : answer.at("/items")) all.add(id.asLong());
      if (!answer.at("/pagination/has_next").asBoolean()) break;
    }
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    return all;
  }
}

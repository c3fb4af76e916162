package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.follow.DemoShop;
import dev.kindred.testing.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two replicas on one database and one Redis, and a shop's own database that both are told of. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class FollowReplicasTest {

  private DemoShop shop;
  private DemoShop own;

  /**
   * Each replica comes to the shop under a name of its own, so that the shop can tell who reads.
   */
  private final List<String> names = new ArrayList<>();

  private final List<TestKindred> replicas = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    shop = DemoShop.filled(240, 10, 40, 200, 200);
    own = DemoShop.blank();
    for (int n = 0; n < 2; n++) {
      String name = "reader_" + UUID.randomUUID().toString().replace("-", "");
      names.add(name);
      shop.run("create role " + name + " login password 'reads'");
      shop.run("grant select on all tables in schema public to " + name);
      replicas.add(
          TestKindred.start(
              Map.of(
                  "MAIN_DATABASE_URL", shop.urlOf(name, "reads"),
                  "DATABASE_URL", own.url(),
                  "REDIS_URL", TestServices.redisUrl(),
                  "FOLLOW_EVERY_SECS", "1",
                  "LOG_LEVEL", "error")));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (TestKindred replica : replicas) replica.close();
    if (own != null) own.close();
    if (shop == null) return;
    for (String name : names) shop.run("drop owned by " + name + "; drop role " + name);
    shop.close();
  }

  @Test
  void one_follows_the_other_knows_and_takes_over_when_the_first_ends() throws Exception {
    like(700_001);
    for (TestKindred replica : replicas) untilTheLikeCounts(replica, 700_001);
    List<String> readers = readers();
    assertThat(readers).as("who reads the shop's database").hasSize(1);
    int follower = names.indexOf(readers.getFirst());
    TestKindred other = replicas.get(1 - follower);

    replicas.remove(follower).close();
    like(700_002);

    untilTheLikeCounts(other, 700_002);
    assertThat(readers()).containsExactly(names.get(1 - follower));
  }

  private void like(long user) throws Exception {
    shop.run(
        "insert into likes (user_id, present_id, created_at) values (%d, 13, now())"
            .formatted(user));
  }

  private static void untilTheLikeCounts(TestKindred replica, long user) throws Exception {
    String body = "{\"user_id\":%d,\"geo_id\":213}".formatted(user);
    var _ =
        Patience.until(
            () -> replica.post("/personalized", body).at("/algorithm_used"),
            algorithm -> algorithm.equals("content_based"));
  }

  private List<String> readers() throws Exception {
    var readers = new ArrayList<String>();
    for (String name : names) {
      long connections =
          shop.number("select count(*) from pg_stat_activity where usename = '" + name + "'");
      if (connections > 0) readers.add(name);
    }
    return readers;
  }
}

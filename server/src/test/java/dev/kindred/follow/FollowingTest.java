package dev.kindred.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.TestServices;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.VectorMaker;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.follow.FollowState.Phase;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.TenantStore;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What we have keeps in step with a real PostgreSQL database of a shop. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class FollowingTest {

  private static final TenantId TENANT = new TenantId("default");
  private static final Page ALL = new Page(1_000, 0, Optional.empty());

  /** Ends a run where it would wait for the next reading. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final SettableClock clock = SettableClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private DemoShop shop;
  private Following following;

  @BeforeEach
  void fill() throws SQLException, IOException {
    shop = DemoShop.empty();
    shop.run(
        """
        insert into presents values
          (1, 213, 'in_stock', 99.50, 'ozon', '{"category":"books","gender":"any"}', null, now()),
          (2, 213, 'in_stock', 10.00, 'own', '{"category":"toys","age":["18-24","25-34"]}', null, now()),
          (3, 213, 'in_stock', 10.00, 'own', '{}', 77, now());
        insert into users values (7, 'f', '1990-02-03', 'ru', 213), (8, null, null, 'en', 2);
        insert into likes (user_id, present_id, created_at) values
          (7, 1, '2026-01-02 03:04:05.678901+00'), (7, 3, '2026-01-02 03:05:00+00'),
          (8, 2, '2026-01-03 00:00:00+00');
        insert into clicks (user_id, present_id, created_at) values (8, 1, '2026-01-04 00:00:00+00')
        """);
    following = following(mapping());
  }

  @AfterEach
  void close() throws SQLException {
    threads.close();
    if (shop != null) shop.close();
  }

  @Test
  void all_of_it_is_here_after_the_first_reading() throws Exception {
    read();

    Entity book = entity("1").orElseThrow();
    assertThat(book.attributes().toString())
        .contains("\"price\":99.5", "\"category\":\"books\"", "\"geo_id\":213", "\"in_stock\"");
    assertThat(entity("2").orElseThrow().attributes().toString())
        .contains("\"age\":[\"18-24\",\"25-34\"]");
    assertThat(entity("3")).as("somebody's own").isEmpty();
    assertThat(data().users().find(new UserId("7")).orElseThrow().attributes().toString())
        .contains("\"gender\":\"f\"", "\"birthday\":\"1990-02-03\"");
    assertThat(of("7"))
        .extracting(row -> row.type() + " " + row.entity().id() + " " + row.at())
        .containsExactly("like 3 2026-01-02T03:05:00Z", "like 1 2026-01-02T03:04:05.678901Z");
    assertThat(of("8")).extracting(RecordedInteraction::type).containsExactly("click", "like");
    assertThat(following.state().phase()).isEqualTo(Phase.FOLLOWING);
    assertThat(following.state().sources()).allMatch(SourceState::isComplete);
  }

  @Test
  void what_is_new_there_is_here_after_the_next_reading() throws Exception {
    read();

    shop.run(
        """
        insert into likes (user_id, present_id, created_at) values (8, 1, '2026-03-02 11:59:00+00');
        insert into presents values (4, 2, 'in_stock', 5, 'own', '{}', null, now());
        insert into users values (9, 'm', null, 'ru', 213);
        update presents set status = 'sold_out' where id = 1
        """);
    read();

    assertThat(of("8")).hasSize(3);
    assertThat(entity("4")).isPresent();
    assertThat(entity("1").orElseThrow().attributes().toString()).contains("sold_out");
    assertThat(data().users().find(new UserId("9"))).isPresent();
  }

  @Test
  void nothing_is_written_where_nothing_is_new() throws Exception {
    read();
    read();
    long before = store.log().head();

    read();
    clock.advance(Duration.ofHours(1));
    read();

    assertThat(store.log().head()).isEqualTo(before);
  }

  @Test
  void an_item_that_becomes_somebodys_own_goes() throws Exception {
    read();

    shop.run("update presents set owner = 8 where id = 2");
    read();

    assertThat(entity("2")).isEmpty();
  }

  @Test
  void a_row_that_is_committed_late_is_not_missed() throws Exception {
    read();
    try (Connection slow = shop.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("update presents set price = 1 where id = 1");
      statement.execute(
          "insert into likes (user_id, present_id, created_at) values (7, 2, '2026-03-01 00:00:00+00')");
      shop.run("update presents set price = 2 where id = 2");
      shop.run(
          "insert into likes (user_id, present_id, created_at) values (8, 1, '2026-03-01 00:00:30+00')");
      read();
      slow.commit();
    }

    read();

    assertThat(entity("1").orElseThrow().attributes().toString()).contains("\"price\":1.00,");
    assertThat(of("7")).hasSize(3);
  }

  @Test
  void an_unlike_and_a_deleted_item_are_found_by_comparing() throws Exception {
    read();

    shop.run(
        "delete from likes where user_id = 7 and present_id = 1; delete from presents where id = 2");
    clock.advance(Duration.ofMinutes(6));
    read();

    assertThat(of("7")).hasSize(1);
    assertThat(entity("2")).isEmpty();
    var events = new ArrayList<Event>();
    store.log().read(0, 1_000, events::add);
    assertThat(events).hasAtLeastOneElementOfType(Event.InteractionRemoved.class);
  }

  @Test
  void duplicate_likes_are_harmless() throws Exception {
    shop.run(
        "insert into likes (user_id, present_id, created_at) select user_id, present_id, created_at from likes");

    read();
    clock.advance(Duration.ofMinutes(6));
    read();

    assertThat(of("7")).hasSize(2);
    assertThat(of("8")).hasSize(2);
    assertThat(following.state().phase()).isEqualTo(Phase.FOLLOWING);
  }

  @Test
  void a_first_reading_that_was_cut_off_writes_only_what_is_missing() throws Exception {
    read();
    long before = store.log().head();
    data().bookmarks().put("follow", "{}");
    shop.run(
        "insert into likes (user_id, present_id, created_at) values (8, 1, '2026-02-01 00:00:00+00')");

    following = following(mapping());
    read();

    assertThat(store.log().head()).isEqualTo(before + 1);
    assertThat(of("8")).hasSize(3);
  }

  @Test
  void while_the_main_database_is_away_everything_stays_and_the_state_says_since_when()
      throws Exception {
    read();
    String name = shop.url().substring(shop.url().lastIndexOf('/') + 1);
    shop.run("select 1");
    try (Connection server = DemoShop.toServer();
        Statement statement = server.createStatement()) {
      statement.execute("alter database " + name + " with allow_connections false");
      clock.advance(Duration.ofSeconds(3));
      read();

      assertThat(following.state().phase()).isEqualTo(Phase.AWAY);
      assertThat(following.state().since()).isEqualTo(clock.instant());
      assertThat(following.state().problem()).contains("the main database is out of reach");
      assertThat(entity("1")).isPresent();

      statement.execute("alter database " + name + " with allow_connections true");
    }
    clock.advance(Duration.ofSeconds(3));
    read();
    assertThat(following.state().phase()).isEqualTo(Phase.FOLLOWING);
  }

  @Test
  void a_table_that_was_emptied_by_mistake_does_not_empty_the_shop() throws Exception {
    shop.run(
        """
        insert into likes (user_id, present_id, created_at)
        select 7, 1, timestamptz '2026-01-01 00:00:00+00' + n * interval '1 second'
        from generate_series(1, 1500) n
        """);
    read();
    shop.run("truncate likes");
    clock.advance(Duration.ofMinutes(6));
    read();
    assertThat(of("7")).hasSize(1_000);

    following.requestFullSync("by hand");
    read();

    assertThat(of("7")).isEmpty();
    assertThat(following.isFullSyncDone("by hand")).isTrue();
  }

  @Test
  void the_main_database_is_only_ever_read() {
    following =
        following(
            Mapping.parse(
                """
                {"users":{"query":"select id, setval('likes_id_seq', 5) as a, xmin from users",
                "watermark":"xmin"}}
                """));

    assertThatThrownBy(() ->
            new MainDatabase(shop.connections())
                .read(connection -> {
                  MainDatabase.stream(connection, "select nextval('likes_id_seq')", row -> {});
                  return 1;
                }))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void a_mapping_that_does_not_fit_says_what_is_wrong_and_where() throws Exception {
    following =
        following(
            Mapping.parse(
                """
                {"users":{"query":"select id, gender from users","watermark":"changed"}}
                """));

    read();

    assertThat(following.state().phase()).isEqualTo(Phase.MISFIT);
    assertThat(following.state().problem().orElseThrow())
        .isEqualTo(
            "follow_mapping users.watermark: the query has no column 'changed'; it has id, gender");
  }

  /** One reading of everything. */
  private void read() throws InterruptedException {
    clock.advance(Duration.ofMillis(1));
    boolean[] over = new boolean[1];
    var pace =
        new Following.Pace() {
          @Override
          public void goOn() {
            if (over[0]) throw new Enough();
          }

          @Override
          public void pause(Duration time) {
            over[0] = true;
          }
        };
    try {
      following.run(clock.instant().plus(Duration.ofHours(1)), pace, rows -> {});
    } catch (Enough expected) {
      // The reading is over.
    }
  }

  private Following following(Mapping mapping) {
    return new Following(
        mapping,
        new MainDatabase(shop.connections()),
        TENANT,
        store,
        submission -> store.log().append(List.of(submission)).getFirst(),
        new EntityIntake(new NoVectors()),
        threads,
        new Following.Settings(
            Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(30)),
        clock);
  }

  static Mapping mapping() throws IOException {
    try (InputStream yaml =
        Objects.requireNonNull(FollowingTest.class.getResourceAsStream("/shop/mapping.yaml"))) {
      return Mapping.parse(
          YAMLMapper.shared().readTree(new String(yaml.readAllBytes(), UTF_8)).toString());
    }
  }

  private TenantStore data() {
    return store.tenant(TENANT);
  }

  private Optional<Entity> entity(String id) {
    return data().catalog().find(EntityKey.of("present", id));
  }

  private List<RecordedInteraction> of(String user) {
    return data().interactions().ofUser(new UserId(user), ALL);
  }

  /** Nobody looks at vectors here. */
  private static final class NoVectors implements VectorMaker {
    @Override
    public int dimension() {
      return 8;
    }

    @Override
    public FeatureVector make(TenantId tenant, JsonObject attributes) {
      return new FeatureVector(new float[8], 0);
    }

    @Override
    public Entity upToDate(TenantId tenant, Entity entity) {
      return entity;
    }
  }
}

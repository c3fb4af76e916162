package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.TestServices;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Deed;
import dev.kindred.store.Shop;
import dev.kindred.store.jdbc.MigrationStatus.State;
import dev.kindred.testing.SettableClock;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables go up and down, on both databases, with data in them. */
final class MigratorTest {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(TestDatabase.Kind.SQLITE);
    }
  }

  @Nested
  @Tag(TestServices.TAG)
  final class OnPostgresql extends Contract {
    OnPostgresql() {
      super(TestDatabase.Kind.POSTGRESQL);
    }
  }

  @Test
  void every_file_is_a_migration_of_this_program() throws IOException, URISyntaxException {
    Path root = Path.of(Objects.requireNonNull(getClass().getResource("/db/migration")).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString().replace(".sql", ""))
                  .distinct()
                  .sorted())
          .containsExactlyElementsOf(Migration.NAMES);
    }
  }

  @SuppressWarnings("NullAway.Init") // JUnit fills the field before each test.
  abstract static class Contract {
    private final TestDatabase.Kind kind;
    private final SettableClock clock = SettableClock.atNoon();
    private TestDatabase database;

    Contract(TestDatabase.Kind kind) {
      this.kind = kind;
    }

    @BeforeEach
    void make() {
      database = kind.make();
    }

    @AfterEach
    void remove() {
      database.close();
    }

    @Test
    void each_one_goes_down_and_up_again_with_data_in_it() {
      int newest = Migration.NAMES.size();
      for (int version = newest - 1; version >= 0; version--) {
        fill();
        try (Migrator migrator = connect()) {
          assertThat(migrator.downTo(version)).isEqualTo(newest - version);
          assertThat(migrator.version()).isEqualTo(version);
          assertThat(migrator.status().get(version).state()).isEqualTo(State.PENDING);
          assertThat(migrator.up()).isEqualTo(newest - version);
          assertThat(migrator.up()).isZero();
          migrator.validate();
          migrator.downTo(0);
        }
      }
    }

    @Test
    void what_was_done_with_an_entity_is_the_same_after_going_down_and_up() {
      fill();
      try (Migrator migrator = connect()) {
        migrator.downTo(15);
        migrator.up();
      }
      try (JdbcStore store = database.open(clock)) {
        var shop = new Shop(store, new TenantId("shop"), clock);
        clock.advance(Duration.ofSeconds(1));
        shop.record(Deed.of("ann", "wave", BOOTS));
        assertThat(shop.of(BOOTS)).hasSize(2).isEqualTo(shop.of("ann"));
      }
    }

    @Test
    void the_history_tells_what_was_done_and_when() {
      try (Migrator migrator = connect()) {
        assertThat(migrator.status()).allMatch(line -> line.state() == State.PENDING);
        assertThat(migrator.version()).isZero();
        assertThatThrownBy(migrator::validate)
            .isInstanceOf(MigrationProblem.class)
            .hasMessageContaining("kindred migrate up");

        migrator.up();

        assertThat(migrator.status())
            .hasSize(Migration.NAMES.size())
            .allMatch(line -> line.state() == State.APPLIED)
            .allMatch(line -> line.at().equals(java.util.Optional.of(clock.now())));
        assertThat(migrator.status().getFirst().description()).isEqualTo("log");
      }
    }

    @Test
    void a_newer_database_is_refused() {
      try (Migrator migrator = connect()) {
        migrator.up();
        database.execute(
            "insert into schema_history select 99, applied_at, took_millis, success, 'of tomorrow',"
                + " checksum from schema_history where version = 1");

        assertThatThrownBy(migrator::up)
            .isInstanceOf(MigrationProblem.class)
            .hasMessageContaining("newer than this program")
            .hasMessageContaining("99 (of tomorrow)");
        assertThatThrownBy(() -> database.open(clock)).isInstanceOf(MigrationProblem.class);
      }
    }

    @Test
    void a_changed_migration_is_refused() {
      try (Migrator migrator = connect()) {
        migrator.up();
        database.execute("update schema_history set checksum = 'another' where version = 2");

        assertThatThrownBy(migrator::up)
            .isInstanceOf(MigrationProblem.class)
            .hasMessageContaining("migration 2 (catalog)");
        assertThat(migrator.status().get(1).state()).isEqualTo(State.CHANGED);
      }
    }

    @Test
    void one_that_fails_is_taken_back_and_tried_again() {
      int next = Migration.NAMES.size() + 1;
      Database connections = Connecting.to(database.settings(), new SplittableRandom());
      List<Migration> known = new ArrayList<>(Migration.all(connections.dialect()));
      known.add(
          new Migration(
              next,
              "with a mistake",
              "x",
              List.of("create table half (a int)", "nonsense"),
              List.of()));
      try (var migrator = new Migrator(connections, clock, known)) {
        assertThatThrownBy(migrator::up)
            .isInstanceOf(MigrationProblem.class)
            .hasMessageContaining(next + " (with a mistake)");

        assertThat(migrator.version()).isEqualTo(Migration.NAMES.size());
        assertThat(migrator.status().getLast().state()).isEqualTo(State.FAILED);
        known.set(
            known.size() - 1,
            new Migration(
                next,
                "without",
                "y",
                List.of("create table half (a int)"),
                List.of("drop table half")));
        assertThat(migrator.up()).isEqualTo(1);
        assertThat(migrator.downTo(Migration.NAMES.size())).isEqualTo(1);
      }
    }

    @Test
    void of_many_replicas_that_start_at_once_each_finds_the_tables() throws Exception {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var starts = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 4; i++) {
          starts.add(
              threads.submit(() -> {
                try (Migrator migrator = connect()) {
                  return migrator.up();
                }
              }));
        }
        int applied = 0;
        for (Future<Integer> start : starts) applied += start.get();
        assertThat(applied).isEqualTo(Migration.NAMES.size());
      }
    }

    private Migrator connect() {
      return Migrator.connect(database.settings(), clock);
    }

    private void fill() {
      try (JdbcStore store = database.open(clock)) {
        var shop = new Shop(store, new TenantId("shop"), clock);
        shop.put(BOOTS, "{\"a\":1}");
        shop.putUser("ann", "{}");
        shop.record(Deed.of("ann", "wave", BOOTS).named("e-1"));
        assertThat(shop.of("ann")).hasSize(1);
      }
    }
  }
}

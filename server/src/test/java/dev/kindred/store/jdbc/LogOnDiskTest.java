package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.Change;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.EventLog.Appended;
import dev.kindred.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What is acknowledged is on the disk, although a commit does not wait for it. */
final class LogOnDiskTest {

  private static final TenantId SHOP = new TenantId("shop");

  @TempDir private Path folder;

  @Test
  void the_log_of_a_database_stands_beside_it_also_behind_a_link() throws Exception {
    Path file = folder.resolve("kindred.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (var store = open(file)) {
      assertThat(store.kind()).isEqualTo("sqlite");
      var source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + link);
      LogOnDisk log = LogOnDisk.of(link, source).orElseThrow();

      log.force();
      log.requireSound();
    }
  }

  @Test
  void a_database_that_keeps_no_log_has_to_see_to_its_commits_itself() throws Exception {
    Path file = Files.createFile(folder.resolve("rollback.db"));
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);

    assertThat(LogOnDisk.of(file, source)).isEmpty();
  }

  @Test
  void an_interrupt_is_kept_for_whoever_comes_next() throws Exception {
    var log = new LogOnDisk(Files.createFile(folder.resolve("wal")));
    Thread.currentThread().interrupt();

    log.force();

    assertThat(Thread.interrupted()).isTrue();
    log.requireSound();
  }

  @Test
  void a_log_that_was_carried_over_and_is_gone_is_durable() {
    new LogOnDisk(folder.resolve("gone")).force();
  }

  @Test
  void after_a_failure_nothing_is_believed_any_more() throws Exception {
    Path file = Files.createDirectory(folder.resolve("wal"));
    var log = new LogOnDisk(file);

    assertThatThrownBy(log::force).isInstanceOf(Unavailable.class);
    Files.delete(file);
    Files.createFile(file);

    assertThatThrownBy(log::force).isInstanceOf(Unavailable.class);
  }

  @Test
  void every_way_to_write_waits_for_the_disk_and_so_does_reading_the_log() throws Exception {
    try (var store = open(folder.resolve("kindred.db"))) {
      var _ = store.log().append(putting("ann"));
      Appended ahead = store.log().extendAhead(putting("ben"));
      breakLog();

      assertThatThrownBy(() -> store.log().settle(ahead.position()))
          .isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> store.log().read(0, 10, new ArrayList<>()::add))
          .isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> store.log().append(putting("cid"))).isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> store.tenant(SHOP).bookmarks().put("here", "7"))
          .isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void what_is_settled_together_waits_once() throws Exception {
    try (var store = open(folder.resolve("kindred.db"))) {
      Appended first = store.log().extendAhead(putting("ann"));
      Appended second = store.log().extendAhead(putting("ben"));
      store.log().settle(first.position());
      breakLog();

      store.log().settle(second.position());
    }
  }

  /** Puts something in its place that cannot be written to; SQLite goes on with what it opened. */
  private void breakLog() throws IOException {
    Path file = folder.resolve("kindred.db-wal");
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static List<Submission> putting(String user) {
    return List.of(Submission.of(SHOP, new Change.PutUser(new UserId(user), JsonObject.EMPTY)));
  }

  private static JdbcStore open(Path file) {
    return JdbcStore.open(
        JdbcSettings.of("sqlite:" + file), SettableClock.atNoon(), new SplittableRandom());
  }
}

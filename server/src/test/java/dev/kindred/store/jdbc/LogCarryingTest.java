package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.testing.Patience;
import dev.kindred.testing.SettableClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCarryingTest {

  private static final TenantId SHOP = new TenantId("shop");

  @TempDir private Path folder;

  @Test
  void what_is_written_gets_into_the_file_long_before_a_commit_would_have_to_carry_it()
      throws Exception {
    Path file = folder.resolve("kindred.db");
    var settings = JdbcSettings.of("sqlite:" + file);
    try (var store = JdbcStore.open(settings, SettableClock.atNoon(), new SplittableRandom(1))) {
      for (String user : List.of("ann", "ben")) {
        store
            .log()
            .append(
                List.of(
                    Submission.of(SHOP, new Change.PutUser(new UserId(user), JsonObject.EMPTY))));
        assertThat(Patience.until(() -> inFile(file), users -> users.contains(user)))
            .contains(user);
      }
    }
  }

  /** Who is in the file itself, whatever is in the log beside it. */
  private static List<String> inFile(Path file) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?immutable=1");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select user_id from users order by user_id")) {
      var users = new ArrayList<String>();
      while (rows.next()) users.add(rows.getString(1));
      return users;
    } catch (SQLException isHalfCarried) {
      return List.of();
    }
  }
}

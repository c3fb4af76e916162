package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.testing.SettableClock;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break while they commit, before or after the database has done so. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class LostConnectionTest {

  /** What happens to a commit. */
  private enum Fate {
    GOOD,
    LOST_BEFORE,
    LOST_AFTER
  }

  private final SettableClock clock = SettableClock.atNoon();
  private TestDatabase file;
  private Database database;
  private JdbcEventLog log;
  private Fate fate = Fate.GOOD;
  private int times;

  @BeforeEach
  void open() {
    file = TestDatabase.sqlite();
    file.open(clock).close();
    var config = new HikariConfig();
    config.setDataSource(new Breaking());
    config.setMaximumPoolSize(2);
    var pool = new HikariDataSource(config);
    // The dialect of SQLite, with connections that break like those to a server.
    var dialect = new SqliteDialect();
    database =
        new Database(
            dialect,
            pool,
            pool,
            new Retry(new AlsoLost(dialect).asDialect(), new SplittableRandom(1), wait -> {}),
            null,
            null);
    log = new JdbcEventLog(database, VectorKeeper.NONE, clock, 4711, null);
  }

  @AfterEach
  void close() {
    database.close();
    file.close();
  }

  @Test
  void a_commit_that_was_lost_before_it_happened_happens_once() {
    append(1);
    breakNext(Fate.LOST_BEFORE, 2);

    Receipt receipt = append(2);

    assertThat(receipt.position()).isEqualTo(2);
    assertThat(log.head()).isEqualTo(2);
    assertThat(append(3).position()).isEqualTo(3);
  }

  @Test
  void a_commit_that_happened_without_a_word_is_not_done_again() {
    append(1);
    breakNext(Fate.LOST_AFTER, 1);

    Receipt receipt = append(2);

    assertThat(receipt.position()).isEqualTo(2);
    assertThat(log.head()).isEqualTo(2);
    assertThat(append(3).position()).isEqualTo(3);
  }

  @Test
  void it_is_given_up_in_the_end_and_goes_on_when_the_database_is_back() {
    breakNext(Fate.LOST_BEFORE, Retry.TRIES_MAX);

    assertThatThrownBy(() -> append(1)).isInstanceOf(Unavailable.class);

    assertThat(log.head()).isZero();
    assertThat(append(1).position()).isEqualTo(1);
  }

  private void breakNext(Fate next, int count) {
    fate = next;
    times = count;
  }

  private Receipt append(int number) {
    var interaction =
        new Interaction(
            new UserId("user-" + number),
            new EntityRef(new EntityId("boots"), EntityType.PRODUCT),
            "view",
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            clock.now(),
            false,
            Optional.empty(),
            Optional.empty());
    return log.append(
            List.of(Submission.of(new TenantId("shop"), new Change.RecordInteraction(interaction))))
        .getFirst();
  }

  /** Says of lost connections that they are, as a dialect of a server does. */
  private record AlsoLost(Dialect dialect) {

    Dialect asDialect() {
      return (Dialect)
          Proxy.newProxyInstance(
              Dialect.class.getClassLoader(),
              new Class<?>[] {Dialect.class},
              (proxy, method, arguments) ->
                  method.getName().equals("isTransient")
                          && "08006".equals(((SQLException) arguments[0]).getSQLState())
                      ? (Object) true
                      : method.invoke(dialect, arguments));
    }
  }

  /** Hands out connections whose commits meet their fate. */
  private final class Breaking implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
      Connection real = file.connect();
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                boolean isHit = method.getName().equals("commit") && fate != Fate.GOOD && times > 0;
                if (isHit) {
                  times--;
                  if (fate == Fate.LOST_AFTER) real.commit();
                  real.close();
                  throw new SQLException("the connection is gone", "08006");
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}

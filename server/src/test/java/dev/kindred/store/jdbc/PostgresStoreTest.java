package dev.kindred.store.jdbc;

import dev.kindred.TestServices;
import dev.kindred.store.AnswersContract;
import dev.kindred.store.BookmarksContract;
import dev.kindred.store.CatalogContract;
import dev.kindred.store.ErasureDuringJobsContract;
import dev.kindred.store.EventLogContract;
import dev.kindred.store.ExperimentsContract;
import dev.kindred.store.InteractionTypesContract;
import dev.kindred.store.InteractionsContract;
import dev.kindred.store.JobsContract;
import dev.kindred.store.KeysContract;
import dev.kindred.store.ModelsContract;
import dev.kindred.store.SettingsContract;
import dev.kindred.store.ShownListsContract;
import dev.kindred.store.Store;
import dev.kindred.store.TenantIsolationContract;
import dev.kindred.store.TwinContract;
import dev.kindred.store.UsersContract;
import dev.kindred.store.WebhooksContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** PostgreSQL does what every store must do. */
@Tag(TestServices.TAG)
@SuppressWarnings("NullAway.Init") // JUnit fills the field before all tests.
final class PostgresStoreTest {

  private static TestDatabase.Postgres database;

  @BeforeAll
  static void makeDatabase() {
    database = TestDatabase.postgresql();
  }

  @AfterAll
  static void removeDatabase() {
    database.close();
  }

  private static Store empty(Clock clock) {
    database.empty();
    return database.open(clock);
  }

  @Nested
  final class TheLog extends EventLogContract {
    TheLog() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheCatalog extends CatalogContract {
    TheCatalog() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheBookmarks extends BookmarksContract {
    TheBookmarks() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheShownLists extends ShownListsContract {
    TheShownLists() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheModels extends ModelsContract {
    TheModels() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheInteractions extends InteractionsContract {
    TheInteractions() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheUsers extends UsersContract {
    TheUsers() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheTypes extends InteractionTypesContract {
    TheTypes() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheKeys extends KeysContract {
    TheKeys() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheJobs extends JobsContract {
    TheJobs() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class ErasureDuringJobs extends ErasureDuringJobsContract {
    ErasureDuringJobs() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheWebhooks extends WebhooksContract {
    TheWebhooks() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheAnswers extends AnswersContract {
    TheAnswers() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheSettings extends SettingsContract {
    TheSettings() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheExperiments extends ExperimentsContract {
    TheExperiments() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheTenants extends TenantIsolationContract {
    TheTenants() {
      super(PostgresStoreTest::empty);
    }
  }

  @Nested
  final class TheTwin extends TwinContract {
    TheTwin() {
      super(PostgresStoreTest::empty);
    }
  }
}

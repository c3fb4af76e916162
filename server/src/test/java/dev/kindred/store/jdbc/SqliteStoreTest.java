package dev.kindred.store.jdbc;

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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** SQLite does what every store must do. */
final class SqliteStoreTest {

  private static final List<TestDatabase> DATABASES = new ArrayList<>();

  @AfterAll
  static void removeDatabases() {
    DATABASES.forEach(TestDatabase::close);
  }

  private static Store empty(Clock clock) {
    TestDatabase database = TestDatabase.sqlite();
    DATABASES.add(database);
    return database.open(clock);
  }

  @Nested
  final class TheLog extends EventLogContract {
    TheLog() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheCatalog extends CatalogContract {
    TheCatalog() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheBookmarks extends BookmarksContract {
    TheBookmarks() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheShownLists extends ShownListsContract {
    TheShownLists() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheModels extends ModelsContract {
    TheModels() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheInteractions extends InteractionsContract {
    TheInteractions() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheUsers extends UsersContract {
    TheUsers() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheTypes extends InteractionTypesContract {
    TheTypes() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheKeys extends KeysContract {
    TheKeys() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheJobs extends JobsContract {
    TheJobs() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class ErasureDuringJobs extends ErasureDuringJobsContract {
    ErasureDuringJobs() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheWebhooks extends WebhooksContract {
    TheWebhooks() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheAnswers extends AnswersContract {
    TheAnswers() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheSettings extends SettingsContract {
    TheSettings() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheExperiments extends ExperimentsContract {
    TheExperiments() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheTenants extends TenantIsolationContract {
    TheTenants() {
      super(SqliteStoreTest::empty);
    }
  }

  @Nested
  final class TheTwin extends TwinContract {
    TheTwin() {
      super(SqliteStoreTest::empty);
    }
  }

  /** Interactions are filed at any time, some at a time, and by another program at that. */
  @Nested
  final class TheTwinWhileFiling extends TwinContract {
    private @Nullable Database database;

    TheTwinWhileFiling() {
      super(SqliteStoreTest::empty);
    }

    @Override
    protected void meanwhile(SplittableRandom random) {
      if (database == null) {
        database = Connecting.to(DATABASES.getLast().settings(), random.split());
      }
      if (random.nextInt(3) > 0) return;
      var filing = new Filing(database);
      filing.file(random.nextInt(1, 60));
      FilingTest.assertFiled(database, filing.position());
    }

    @AfterEach
    void close() {
      if (database != null) database.close();
    }
  }
}

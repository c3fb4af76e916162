package dev.kindred.store.memory;

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
import dev.kindred.store.TenantIsolationContract;
import dev.kindred.store.TwinContract;
import dev.kindred.store.UsersContract;
import dev.kindred.store.WebhooksContract;
import org.junit.jupiter.api.Nested;

/** The reference does what every store must do. */
final class MemoryStoreTest {

  @Nested
  final class TheLog extends EventLogContract {
    TheLog() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheCatalog extends CatalogContract {
    TheCatalog() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheBookmarks extends BookmarksContract {
    TheBookmarks() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheShownLists extends ShownListsContract {
    TheShownLists() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheModels extends ModelsContract {
    TheModels() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheInteractions extends InteractionsContract {
    TheInteractions() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheUsers extends UsersContract {
    TheUsers() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheTypes extends InteractionTypesContract {
    TheTypes() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheKeys extends KeysContract {
    TheKeys() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheJobs extends JobsContract {
    TheJobs() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class ErasureDuringJobs extends ErasureDuringJobsContract {
    ErasureDuringJobs() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheWebhooks extends WebhooksContract {
    TheWebhooks() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheAnswers extends AnswersContract {
    TheAnswers() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheSettings extends SettingsContract {
    TheSettings() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheExperiments extends ExperimentsContract {
    TheExperiments() {
      super(MemoryStore::new);
    }
  }

  @Nested
  final class TheTenants extends TenantIsolationContract {
    TheTenants() {
      super(MemoryStore::new);
    }
  }

  /** Shows that the comparison itself holds still. */
  @Nested
  final class TheTwin extends TwinContract {
    TheTwin() {
      super(MemoryStore::new);
    }
  }
}

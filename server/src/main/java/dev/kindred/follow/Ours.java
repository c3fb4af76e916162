package dev.kindred.follow;

import dev.kindred.domain.Change;
import dev.kindred.domain.UserId;
import dev.kindred.store.Store;
import dev.kindred.store.TenantStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What we have of a source, as far as it takes part in a comparison. */
final class Ours {

  /** Takes what tells one thing from others, all of it, and what would take it away. */
  interface Visitor {
    void visit(long key, long content, Change removal);
  }

  private final Store store;
  private final TenantStore tenant;

  Ours(Store store, TenantStore tenant) {
    this.store = store;
    this.tenant = tenant;
  }

  /** The end of the log: what comes after it was not there yet. */
  long head() {
    return store.log().head();
  }

  void visit(Source source, Visitor visitor) {
    switch (source) {
      case Source.Items items ->
          tenant
              .catalog()
              .scan(
                  0,
                  it ->
                      it.entity()
                          .filter(entity -> it.key().type().equals(items.type()))
                          .ifPresent(entity ->
                              visitor.visit(
                                  Readings.keyPrint(it.key().id().value()),
                                  Readings.contentPrint(it.key().id().value(), entity.attributes()),
                                  new Change.DeleteEntity(it.key()))));
      case Source.Users _ ->
          tenant
              .users()
              .scan(
                  0,
                  user ->
                      visitor.visit(
                          Readings.keyPrint(user.id().value()),
                          Readings.contentPrint(user.id().value(), user.attributes()),
                          new Change.EraseUser(new UserId(user.id().value()))));
      case Source.Deeds deeds ->
          tenant
              .interactions()
              .scan(
                  deeds.name(),
                  0,
                  deed -> {
                    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, deed.at());
                    long print =
                        Readings.deedPrint(deed.user().value(), deed.entity().id().value(), micros);
                    visitor.visit(
                        print,
                        print,
                        new Change.RemoveInteraction(
                            deed.user(), deed.entity(), deeds.name(), deed.at()));
                  });
    }
  }
}

package dev.kindred.follow;

import dev.kindred.follow.Bound.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what was written to a source lately. The last stretch is read again each time, because rows
 * may be committed late; what was written from it before is not written twice. Not for several
 * threads.
 */
final class Increments {

  /** So many rows of the last stretch are remembered at most; others are written again. */
  private static final int REMEMBERED_MAX = 500_000;

  private final MainDatabase source;
  private final Following.Keepings keepings;

  /** By the name of a source: what the last stretch held. */
  private final Map<String, Set<Long>> remembered = new HashMap<>();

  Increments(MainDatabase source, Following.Keepings keepings) {
    this.source = source;
    this.keepings = keepings;
  }

  SourceState read(Reading reading, SourceState before, Runnable goOn) throws SQLException {
    Set<Long> known = remembered.getOrDefault(reading.source().name(), Set.of());
    var met = new HashSet<Long>();
    var keeping = keepings.inBatchesOf(Following.batchOf(reading.source()));
    var read = new Tally(before);
    long from = before.watermark().orElse(0L);
    long position =
        source.read(connection -> {
          var transactions = Transactions.now(connection);
          MainDatabase.stream(
              connection,
              reading.since(),
              row -> {
                Row next = reading.reader().read(row);
                long print = print(next);
                boolean isKnown = known.contains(print) || met.contains(print);
                if (met.size() < REMEMBERED_MAX) met.add(print);
                if (isKnown) return;
                goOn.run();
                read.count(next);
                switch (next) {
                  case Row.Kept kept -> keeping.add(kept.change());
                  case Row.Gone gone -> keeping.add(gone.change());
                  case Row.Unfit _ -> {}
                }
              },
              reading.bound().argument(connection, from));
          return reading.bound().position(transactions, read.newest());
        });
    keeping.finish();
    // The stretch only moves on: what was not met now is never met again.
    remembered.put(reading.source().name(), met);
    return read.state(position, Optional.empty(), keeping, 0);
  }

  /** A row that was written again stands elsewhere, and is another. */
  private static long print(Row row) {
    long key =
        switch (row) {
          case Row.Kept kept -> kept.content();
          case Row.Gone gone -> ~gone.key();
          case Row.Unfit unfit -> new Fingerprint().add(unfit.key()).value();
        };
    return new Fingerprint().add(key).add(row.watermark()).value();
  }
}

package dev.kindred.follow;

import dev.kindred.domain.Change;
import dev.kindred.follow.Bound.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a source and makes ours equal to it: what is missing or different is written, what
 * is gone there is taken away. Takes sixteen bytes of memory for each of ours, and streams the
 * rest.
 *
 * <p>What came to us while this runs is left alone, for it may be newer than what is read.
 */
final class Comparison {

  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final int TOLD_EVERY = 1_000;

  /** A table that was emptied by mistake shall not empty the shop. */
  private static final int SUSPICIOUS_FROM = 1_000;

  /**
   * Why and when it is done.
   *
   * @param isAskedFor whether somebody wants it now, however much it takes away
   */
  record Purpose(Instant now, boolean isAskedFor) {}

  private final MainDatabase source;
  private final Ours ours;
  private final Following.Keepings keepings;

  Comparison(MainDatabase source, Ours ours, Following.Keepings keepings) {
    this.source = source;
    this.ours = ours;
    this.keepings = keepings;
  }

  SourceState run(
      Reading reading, SourceState before, Purpose purpose, Consumer<SourceState> progress)
      throws SQLException {
    Source of = reading.source();
    var keys = new Fingerprints();
    var contents = new Fingerprints();
    boolean apart = !(of instanceof Source.Deeds);
    ours.visit(
        of,
        (key, content, removal) -> {
          keys.add(key);
          if (apart) contents.add(content);
        });
    var keeping = keepings.inBatchesOf(Following.batchOf(of));
    var read = new Tally(before);
    long position =
        source.read(connection -> {
          var transactions = Transactions.now(connection);
          MainDatabase.stream(
              connection,
              before.isComplete() ? reading.all() : reading.first(),
              row -> {
                Row next = reading.reader().read(row);
                read.count(next);
                if (next instanceof Row.Kept kept) {
                  boolean isKnown = keys.meet(kept.key());
                  boolean isSame = isKnown && (!apart || contents.meet(kept.content()));
                  if (!isSame) keeping.add(kept.change());
                }
                if (read.rows % TOLD_EVERY == 0) progress.accept(read.soFar());
              });
          return reading.bound().position(transactions, read.newest());
        });
    keeping.finish();
    boolean removes = of.compared() && keys.size() > 0;
    long removed = removes ? removeUnmet(of, keys, purpose) : 0;
    return read.state(position, Optional.of(purpose.now()), keeping, removed);
  }

  private long removeUnmet(Source of, Fingerprints keys, Purpose purpose) {
    var keeping = keepings.inBatchesOf(Following.batchOf(of));
    var unmet = new ArrayList<Change>();
    ours.visit(
        of,
        (key, content, removal) -> {
          // What was not among ours at the beginning came since.
          if (keys.has(key) && !keys.isMet(key)) unmet.add(removal);
        });
    boolean isSuspicious = unmet.size() > SUSPICIOUS_FROM && unmet.size() > keys.size() / 2;
    if (isSuspicious && !purpose.isAskedFor()) {
      LOG.warn(
          "most rows of a source are gone, and are kept here until a full sync is asked for,"
              + " source={} gone={} of={}",
          of.name(),
          unmet.size(),
          keys.size());
      return 0;
    }
    unmet.forEach(keeping::add);
    keeping.finish();
    return keeping.written();
  }
}

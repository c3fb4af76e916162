package dev.kindred.follow;

import dev.kindred.collect.EntityInput;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.follow.FollowState.Phase;
import dev.kindred.store.Bookmarks;
import dev.kindred.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what we have in step with the main database: reads all of it once, then what is new every
 * few seconds, and compares both from time to time, so that nothing that went there stays here.
 *
 * <p>Nothing is ever wiped to be filled again. A first reading that was cut off begins anew and
 * writes only what is missing. {@link #run} is for a job, of which one runs at a time; the rest may
 * be called from any thread.
 */
public final class Following {

  /**
   * How it is done.
   *
   * @param every the pause between two readings
   * @param compareEvery how often what we have is compared with what is there
   * @param longestPause between two tries while the main database is away
   */
  public record Settings(Duration every, Duration compareEvery, Duration longestPause) {}

  /** What the work may use of the outside. */
  public interface Pace {
    /** Throws when the work is to end. */
    void goOn();

    /** Lets that much time pass. */
    void pause(Duration time) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Following.class);
  private static final String STATE = "follow";
  private static final String FULL_SYNC = "follow.full_sync";
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration PROGRESS_TOLD_EVERY = Duration.ofSeconds(1);
  private static final Duration STATE_WRITTEN_EVERY = Duration.ofSeconds(10);

  private final Mapping mapping;
  private final MainDatabase source;
  private final Bookmarks bookmarks;
  private final Readings readings;
  private final Comparison comparison;
  private final Increments increments;
  private final Settings settings;
  private final Clock clock;

  /** Belongs to the thread that runs. */
  private FollowState current;

  public Following(
      Mapping mapping,
      MainDatabase source,
      TenantId tenant,
      Store store,
      Function<Submission, Receipt> keep,
      EntityIntake entities,
      ExecutorService threads,
      Settings settings,
      Clock clock) {
    this.mapping = mapping;
    this.source = source;
    this.bookmarks = store.tenant(tenant).bookmarks();
    this.readings = new Readings(itemsThrough(entities, tenant), new EventClock(clock));
    this.settings = settings;
    this.clock = clock;
    this.current = FollowState.fresh(clock.instant());
    var ours = new Ours(store, store.tenant(tenant));
    Keepings keepings = changes -> new Keeping(tenant, keep, threads, changes);
    this.comparison = new Comparison(source, ours, keepings);
    this.increments = new Increments(source, keepings);
  }

  /** Makes what a reading writes through. */
  interface Keepings {
    Keeping inBatchesOf(int changes);
  }

  private static Readings.ItemPut itemsThrough(EntityIntake entities, TenantId tenant) {
    return (key, attributes) ->
        entities.put(
            tenant,
            key,
            new EntityInput(
                "",
                Optional.of(key.id()),
                Optional.of(key.type()),
                attributes,
                Optional.empty(),
                Availability.ALWAYS,
                Optional.empty()),
            PutMode.UPSERT);
  }

  /** Where it stands, whichever replica is at it. */
  public FollowState state() {
    return bookmarks
        .find(STATE)
        .map(FollowState::parse)
        .orElseGet(() -> FollowState.fresh(clock.instant()));
  }

  /** Asks for a comparison of everything, soon; the name tells this request from others. */
  public void requestFullSync(String request) {
    bookmarks.put(FULL_SYNC, request);
  }

  public boolean isFullSyncDone(String request) {
    return state().fullSync().equals(request);
  }

  /**
   * Follows until then.
   *
   * @param progress told how many rows were read so far
   */
  public void run(Instant until, Pace pace, LongConsumer progress) throws InterruptedException {
    current = state().only(mapping.sources());
    Instant written = Instant.MIN;
    for (int failures = 0; clock.instant().isBefore(until); ) {
      FollowState before = current;
      Duration pause = settings.every();
      try {
        pass(pace, progress);
        failures = 0;
      } catch (SQLException e) {
        failures++;
        lost(Phase.AWAY, "the main database is out of reach", e);
        pause = backOff(failures);
      } catch (MappingProblem e) {
        lost(Phase.MISFIT, e.sentence(), e);
        pause = settings.longestPause();
      }
      boolean isNews = !current.readAt(Instant.EPOCH).equals(before.readAt(Instant.EPOCH));
      if (isNews || clock.instant().isAfter(written.plus(STATE_WRITTEN_EVERY))) {
        bookmarks.put(STATE, current.toJson());
        written = clock.instant();
      }
      rest(pause, pace);
    }
  }

  private void pass(Pace pace, LongConsumer progress) throws SQLException {
    String request = bookmarks.find(FULL_SYNC).orElse("");
    boolean isRequested = !request.isEmpty() && !request.equals(current.fullSync());
    for (Source each : mapping.sources()) {
      pace.goOn();
      Reading reading = source.read(connection -> readings.of(connection, each));
      SourceState before = current.of(each);
      SourceState after =
          isRequested || isDue(each, before)
              ? compare(reading, before, isRequested, pace, progress)
              : increments.read(reading, before, pace::goOn);
      current = current.with(after);
      if (after.isComplete() != before.isComplete()) bookmarks.put(STATE, current.toJson());
    }
    if (isRequested) current = current.fullSyncDone(request);
    Instant now = clock.instant();
    current = current.in(Phase.FOLLOWING, now, Optional.empty()).readAt(now);
  }

  private boolean isDue(Source each, SourceState state) {
    if (!state.isComplete()) return true;
    return each.compared()
        && state
            .comparedAt()
            .map(at -> !clock.instant().isBefore(at.plus(settings.compareEvery())))
            .orElse(true);
  }

  private SourceState compare(
      Reading reading, SourceState before, boolean isAskedFor, Pace pace, LongConsumer progress)
      throws SQLException {
    Instant start = clock.instant();
    Instant[] told = {start};
    SourceState after =
        comparison.run(
            reading,
            before,
            new Comparison.Purpose(start, isAskedFor),
            soFar -> {
              pace.goOn();
              progress.accept(soFar.read());
              if (clock.instant().isBefore(told[0].plus(PROGRESS_TOLD_EVERY))) return;
              told[0] = clock.instant();
              bookmarks.put(STATE, current.with(soFar).toJson());
            });
    if (!before.isComplete()) {
      LOG.atInfo()
          .addKeyValue("source", reading.source().name())
          .addKeyValue("rows", after.read())
          .addKeyValue("ms", Duration.between(start, clock.instant()).toMillis())
          .log("read all of it once");
    }
    return after;
  }

  private void lost(Phase phase, String why, Exception cause) {
    if (current.phase() != phase) LOG.warn("cannot follow the main database: {}", why, cause);
    current = current.in(phase, clock.instant(), Optional.of(why));
  }

  private Duration backOff(int failures) {
    Duration doubled = settings.every().multipliedBy(1L << Math.min(failures, 10));
    return doubled.compareTo(settings.longestPause()) < 0 ? doubled : settings.longestPause();
  }

  /** In small steps, so that an end is not long in coming. */
  private void rest(Duration pause, Pace pace) throws InterruptedException {
    Instant end = clock.instant().plus(pause);
    pace.goOn();
    while (clock.instant().isBefore(end)) {
      Duration left = Duration.between(clock.instant(), end);
      pace.pause(left.compareTo(STEP) < 0 ? left : STEP);
      pace.goOn();
      if (bookmarks.find(FULL_SYNC).filter(it -> !it.equals(current.fullSync())).isPresent())
        return;
    }
  }

  /** How many changes share a transaction: those with vectors are larger. */
  static int batchOf(Source source) {
    return source instanceof Source.Items ? 1_000 : 10_000;
  }
}

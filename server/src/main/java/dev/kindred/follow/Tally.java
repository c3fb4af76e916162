package dev.kindred.follow;

import java.time.Instant;
import java.util.Optional;

/** Counts what a reading comes upon. */
final class Tally {

  private final SourceState before;
  private long newest;
  private boolean any;
  private long unfit;

  /** How many rows so far. */
  long rows;

  Tally(SourceState before) {
    this.before = before;
    any = before.watermark().isPresent();
    newest = before.watermark().orElse(0L);
  }

  void count(Row row) {
    rows++;
    if (row instanceof Row.Unfit) unfit++;
    if (!any || row.watermark() > newest) newest = row.watermark();
    any = true;
  }

  /** The largest watermark so far; 0 where there was none. */
  long newest() {
    return newest;
  }

  /** The state before, with what was read so far. */
  SourceState soFar() {
    return new SourceState(
        before.name(),
        before.mapping(),
        before.watermark(),
        before.isComplete(),
        before.read() + rows,
        before.written(),
        before.unfit() + unfit,
        before.removed(),
        before.comparedAt());
  }

  SourceState state(long position, Optional<Instant> comparedAt, Keeping keeping, long removed) {
    return new SourceState(
        before.name(),
        before.mapping(),
        Optional.of(position),
        true,
        before.read() + rows,
        before.written() + keeping.written(),
        before.unfit() + unfit + keeping.refused(),
        before.removed() + removed,
        comparedAt.isPresent() ? comparedAt : before.comparedAt());
  }
}

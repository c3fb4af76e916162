package dev.kindred.store.jdbc;

import dev.kindred.domain.Measures;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Measures as few bytes: one that says which there are, then those. An interaction without any has
 * none at all.
 */
final class MeasuresCode {

  private static final int RATING = 1;
  private static final int COMPLETION = 2;
  private static final int DURATION = 4;
  private static final int EXPERIMENT = 8;

  private static final int RECOMMENDATION = 16;

  /** The time of the day, counted from 1, stands in the bits above. */
  private static final int TIME_SHIFT = 5;

  /** The first byte of a behaviour's measures is at least this, and that of others is less. */
  static final byte BEHAVIOUR = 1 << TIME_SHIFT;

  private MeasuresCode() {}

  static byte @Nullable [] encode(Measures measures) {
    if (measures.isNone()) return null;
    int flags = (measures.timeOfDay() + 1) << TIME_SHIFT;
    int bytes = 1;
    if (measures.hasRating()) {
      flags |= RATING;
      bytes += Integer.BYTES;
    }
    if (measures.completionMicros() != Measures.NOT_SAID) {
      flags |= COMPLETION;
      bytes += Integer.BYTES;
    }
    if (measures.hasDuration()) {
      flags |= DURATION;
      bytes += Long.BYTES;
    }
    if (measures.ofExperiment()) flags |= EXPERIMENT;
    if (measures.ofRecommendation()) flags |= RECOMMENDATION;
    ByteBuffer to = ByteBuffer.allocate(bytes).put((byte) flags);
    if (measures.hasRating()) to.putInt(measures.ratingMicros());
    if ((flags & COMPLETION) != 0) to.putInt(measures.completionMicros());
    if (measures.hasDuration()) to.putLong(measures.durationMicros());
    return to.array();
  }

  static Measures decode(byte @Nullable [] bytes) {
    if (bytes == null) return Measures.NONE;
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int flags = from.get();
    int rating = (flags & RATING) == 0 ? Measures.NOT_SAID : from.getInt();
    int completion = (flags & COMPLETION) == 0 ? Measures.NOT_SAID : from.getInt();
    long duration = (flags & DURATION) == 0 ? Measures.NOT_SAID : from.getLong();
    return new Measures(
        rating,
        completion,
        duration,
        ((flags & 0xff) >> TIME_SHIFT) - 1,
        (flags & EXPERIMENT) != 0,
        (flags & RECOMMENDATION) != 0);
  }
}

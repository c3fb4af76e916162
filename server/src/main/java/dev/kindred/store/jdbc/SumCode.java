package dev.kindred.store.jdbc;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.BehaviourSum.TimesOfDay;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A sum of behaviours as few bytes: most of its numbers are small, and take one each. */
final class SumCode {

  private static final int EXPERIMENT = 1;
  private static final int RECOMMENDATION = 2;

  private SumCode() {}

  /** Whether rows of that kind have a sum. */
  static boolean isOf(int kind) {
    return kind == EventKind.SUM_TAKEN.code || kind == EventKind.SUM_GIVEN.code;
  }

  /** The circumstances as bits. */
  static short circumstances(BehaviourSum.Kind kind) {
    int bits =
        (kind.ofExperiment() ? EXPERIMENT : 0) | (kind.ofRecommendation() ? RECOMMENDATION : 0);
    return (short) bits;
  }

  static boolean isOfExperiment(int circumstances) {
    return (circumstances & EXPERIMENT) != 0;
  }

  static boolean isOfRecommendation(int circumstances) {
    return (circumstances & RECOMMENDATION) != 0;
  }

  /** All but whose it is and what was done. */
  static byte[] encode(BehaviourSum sum) {
    var to = new ByteArrayOutputStream();
    TimesOfDay times = sum.timesOfDay();
    long[] numbers = {
      circumstances(sum.kind()),
      sum.count(),
      sum.owns(),
      sum.weight(),
      sum.rated(),
      sum.ratings(),
      sum.takenIn(),
      sum.timed(),
      sum.durations(),
      times.mornings(),
      times.afternoons(),
      times.evenings(),
      times.nights(),
      sum.lastMillis()
    };
    for (long number : numbers) write(number, to);
    return to.toByteArray();
  }

  static BehaviourSum decode(byte[] bytes, int tenant, int user, int entity, int type) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int circumstances = (int) read(from);
    return new BehaviourSum(
        tenant,
        user,
        entity,
        type,
        isOfExperiment(circumstances),
        isOfRecommendation(circumstances),
        read(from),
        read(from),
        read(from),
        read(from),
        read(from),
        read(from),
        read(from),
        read(from),
        new TimesOfDay(read(from), read(from), read(from), read(from)),
        read(from));
  }

  /** Seven bits a byte, the lowest first; the sign is the lowest of all. */
  private static void write(long number, ByteArrayOutputStream to) {
    long left = (number << 1) ^ (number >> 63);
    while ((left & ~0x7fL) != 0) {
      to.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    to.write((int) left);
  }

  private static long read(ByteBuffer from) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) return (number >>> 1) ^ -(number & 1);
    }
  }
}

package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum.TimesOfDay;
import dev.kindred.domain.TimeOfDay;
import java.util.Arrays;

/** What is known of a user over all titles. */
final class UserTotals {
  static final int NUMBERS = 9 + TimeOfDay.COUNT;

  long views;
  int started;
  int completed;
  long rated;
  long ratings;
  long timed;
  long durations;
  final long[] timesOfDay = new long[TimeOfDay.COUNT];

  /** The newest interaction among those that are not kept raw any more, in milliseconds. */
  long pastLast = Long.MIN_VALUE;

  /** The newest interaction of all, in milliseconds. */
  long last = Long.MIN_VALUE;

  void add(TimesOfDay times, int sign) {
    timesOfDay[TimeOfDay.MORNING.code()] += sign * times.mornings();
    timesOfDay[TimeOfDay.AFTERNOON.code()] += sign * times.afternoons();
    timesOfDay[TimeOfDay.EVENING.code()] += sign * times.evenings();
    timesOfDay[TimeOfDay.NIGHT.code()] += sign * times.nights();
  }

  /** All of it, to be kept. */
  long[] numbers() {
    long[] numbers =
        Arrays.copyOf(
            new long[] {
              views, started, completed, rated, ratings, timed, durations, pastLast, last
            },
            NUMBERS);
    System.arraycopy(timesOfDay, 0, numbers, NUMBERS - TimeOfDay.COUNT, TimeOfDay.COUNT);
    return numbers;
  }

  void read(long[] numbers) {
    views = numbers[0];
    started = (int) numbers[1];
    completed = (int) numbers[2];
    rated = numbers[3];
    ratings = numbers[4];
    timed = numbers[5];
    durations = numbers[6];
    pastLast = numbers[7];
    last = numbers[8];
    System.arraycopy(numbers, NUMBERS - TimeOfDay.COUNT, timesOfDay, 0, TimeOfDay.COUNT);
  }
}

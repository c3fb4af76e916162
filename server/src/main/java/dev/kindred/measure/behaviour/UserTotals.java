package dev.kindred.measure.behaviour;

import dev.kindred.domain.BehaviourSum.TimesOfDay;
import dev.kindred.domain.TimeOfDay;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  // Null as long as nothing says at what time of day it was done, as with most there is nothing.
  private long @Nullable [] timesOfDay;

  /** The newest interaction among those that are not kept raw any more, in milliseconds. */
  long pastLast = Long.MIN_VALUE;

  /** The newest interaction of all, in milliseconds. */
  long last = Long.MIN_VALUE;

  void add(TimesOfDay times, int sign) {
    addTime(TimeOfDay.MORNING.code(), sign * times.mornings());
    addTime(TimeOfDay.AFTERNOON.code(), sign * times.afternoons());
    addTime(TimeOfDay.EVENING.code(), sign * times.evenings());
    addTime(TimeOfDay.NIGHT.code(), sign * times.nights());
  }

  /** Adds to what was done at one time of day, by its code. */
  void addTime(int code, long amount) {
    if (amount == 0) return;
    if (timesOfDay == null) timesOfDay = new long[TimeOfDay.COUNT];
    timesOfDay[code] += amount;
  }

  /** How much was done at one time of day, by its code. */
  long atTime(int code) {
    return timesOfDay == null ? 0 : timesOfDay[code];
  }

  /** All of it, to be kept. */
  long[] numbers() {
    long[] numbers =
        Arrays.copyOf(
            new long[] {
              views, started, completed, rated, ratings, timed, durations, pastLast, last
            },
            NUMBERS);
    for (int code = 0; code < TimeOfDay.COUNT; code++) {
      numbers[NUMBERS - TimeOfDay.COUNT + code] = atTime(code);
    }
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
    for (int code = 0; code < TimeOfDay.COUNT; code++) {
      addTime(code, numbers[NUMBERS - TimeOfDay.COUNT + code]);
    }
  }
}

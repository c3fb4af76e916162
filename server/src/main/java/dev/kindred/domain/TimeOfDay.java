package dev.kindred.domain;

import java.time.LocalTime;
import java.util.Locale;

/** The four parts of a day. */
public enum TimeOfDay {
  MORNING(0),
  AFTERNOON(1),
  EVENING(2),
  NIGHT(3);

  /** How many there are. */
  public static final int COUNT = 4;

  private final int code;

  TimeOfDay(int code) {
    this.code = code;
  }

  /** What is stored in its place: 0 to 3, and never changes. */
  public int code() {
    return code;
  }

  /** The part that this time on the wall belongs to: from 5, 12, 17 and 22 o'clock on. */
  public static TimeOfDay of(LocalTime time) {
    int hour = time.getHour();
    if (hour < 5 || hour >= 22) return NIGHT;
    if (hour < 12) return MORNING;
    return hour < 17 ? AFTERNOON : EVENING;
  }

  /** The part of this name, in any case. */
  public static TimeOfDay named(String name) {
    for (TimeOfDay part : values()) {
      if (part.word().equals(name.toLowerCase(Locale.ROOT))) return part;
    }
    throw new InvalidRequest(
        "timeOfDay must be morning, afternoon, evening or night, got " + Text.shown(name));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

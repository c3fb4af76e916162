package dev.kindred.store.jdbc;

import java.util.Arrays;

/** What a row of {@code events} is about. The codes are stored and never change. */
enum EventKind {
  /** subject: the user; original: the position of the interaction. */
  REWEIGHED(1),
  ENTITY_PUT(2),
  ENTITY_DELETED(3),
  USER_PUT(4),
  USER_ERASED(5),
  INTERACTION_TYPE_CHANGED(6),
  SETTINGS_CHANGED(7),
  KEYS_CHANGED(8),
  JOB_CHANGED(9),
  FEATURE_STATISTICS_CHANGED(10),
  /** An interaction that was taken back since; subject: the user; original: when it happened. */
  INTERACTED_ONCE(11),
  /** subject: the user; original: when what is taken back had happened. */
  INTERACTION_REMOVED(12),
  /** original: before when. */
  BEHAVIOURS_PURGED(13),
  LISTS_SHOWN(14),
  /** subject: the user; measures: the sum. */
  SUM_TAKEN(15),
  /** The same. */
  SUM_GIVEN(16),
  /** subject: the experiment. */
  EXPERIMENT_CHANGED(20),
  /** subject: the user; entity: the experiment; type: the variant; original: when. */
  EXPOSED(21),
  /** subject: the user; entity: the experiment; type: the metric; weight: the value. */
  CONVERTED(22),
  WEBHOOKS_CHANGED(30),
  /** subject: the topic. */
  NOTICED(31);

  private static final EventKind[] BY_CODE =
      new EventKind[1 + Arrays.stream(values()).mapToInt(kind -> kind.code).max().orElse(0)];

  static {
    for (EventKind kind : values()) BY_CODE[kind.code] = kind;
  }

  final short code;

  EventKind(int code) {
    this.code = (short) code;
  }

  static EventKind of(int code) {
    return BY_CODE[code];
  }
}

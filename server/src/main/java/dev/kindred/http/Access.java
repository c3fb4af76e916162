package dev.kindred.http;

import dev.kindred.domain.ApiKey;

/** Who may call a route. */
public enum Access {
  /** Anybody, without a key. */
  OPEN,
  /** Any key; one that lives in a browser only from the origins it lists. */
  PUBLISHABLE,
  /** A key for data and recommendations. */
  SERVER,
  /** A key for everything. */
  ADMIN;

  boolean admits(ApiKey.Kind kind) {
    return switch (kind) {
      case ADMIN -> true;
      case SERVER -> this != ADMIN;
      case PUBLISHABLE -> this == OPEN || this == PUBLISHABLE;
    };
  }
}

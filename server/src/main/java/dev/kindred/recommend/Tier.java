package dev.kindred.recommend;

import java.util.Locale;

/** How a storefront's list is made, by how much is known of the visitor. */
public enum Tier {
  /** What visitors of the same kind take. */
  POPULAR,
  /** What is like what they took. */
  CONTENT_BASED,
  /** What others who took the same also took. */
  COLLABORATIVE;

  private static final int CONTENT_FROM = 1;
  private static final int COLLABORATIVE_FROM = 3;

  /** For a visitor who took something so many times. */
  static Tier of(int taken) {
    if (taken >= COLLABORATIVE_FROM) return COLLABORATIVE;
    return taken >= CONTENT_FROM ? CONTENT_BASED : POPULAR;
  }

  /** Whether it stays at this tier however much more somebody takes. */
  boolean isLast() {
    return this == COLLABORATIVE;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

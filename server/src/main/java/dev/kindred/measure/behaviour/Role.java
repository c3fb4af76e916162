package dev.kindred.measure.behaviour;

/** What a type of interaction says about a user and a title. */
enum Role {
  VIEW(true, true),
  COMPLETE(true, true),
  RATE(false, true),
  LIKE(false, true),
  SKIP(true, false),
  /** Anything else that somebody chose to do. */
  OTHER(false, false),
  /** What was shown to them, or what they did not like: no sign of interest. */
  NO_INTEREST(false, false);

  /** Whether the user has begun with the title. */
  final boolean starts;

  /** Whether two users who did this with the same title are alike. */
  final boolean isShared;

  Role(boolean starts, boolean isShared) {
    this.starts = starts;
    this.isShared = isShared;
  }

  /** Whether a title on which more of it falls than usual is trending. */
  boolean trends() {
    return this != SKIP && this != NO_INTEREST;
  }

  static Role of(String type) {
    return switch (type) {
      case "view", "viewed" -> VIEW;
      case "complete", "completed" -> COMPLETE;
      case "rating", "rated" -> RATE;
      case "like", "liked" -> LIKE;
      case "skip", "skipped" -> SKIP;
      case "impression", "dislike" -> NO_INTEREST;
      default -> OTHER;
    };
  }
}

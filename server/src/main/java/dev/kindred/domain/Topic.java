package dev.kindred.domain;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** What a webhook can be told of. The codes are stored and never change. */
public enum Topic {
  INTERACTION_RECORDED(0, "interaction.recorded"),
  RECOMMENDATION_SERVED(1, "recommendation.served"),
  MODEL_UPDATED(2, "model.updated"),
  TRENDING_CHANGED(3, "trending.changed"),
  IMPORT_COMPLETED(4, "import.completed"),
  ERROR_THRESHOLD_EXCEEDED(5, "error_threshold.exceeded");

  private final int code;
  private final String word;

  Topic(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** What it is stored as: a small number. */
  public int code() {
    return code;
  }

  /** How it is called outside. */
  public String word() {
    return word;
  }

  public static Topic of(int code) {
    for (Topic topic : values()) if (topic.code == code) return topic;
    throw new IllegalArgumentException("no topic is stored as " + code);
  }

  public static Topic of(String word) {
    for (Topic topic : values()) if (topic.word.equals(word)) return topic;
    String all = Arrays.stream(values()).map(Topic::word).collect(joining(", "));
    throw new InvalidRequest("an event is one of " + all + "; got " + Text.shown(word));
  }
}

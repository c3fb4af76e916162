package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.Locale;

/** How records stand in a file. */
public enum Format {
  CSV,
  NDJSON,
  PARQUET;

  public static Format of(String word) {
    for (Format format : values()) if (format.word().equals(word)) return format;
    throw InvalidRequest.at("format", "format must be csv, ndjson or parquet, got '" + word + "'");
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.Locale;

/** How an export is written. */
public enum ExportFormat {
  /** One object with all records in an array, as the bulk routes take it. */
  JSON("application/json"),
  CSV("text/csv; charset=utf-8; header=present"),
  /** A record a line. */
  NDJSON("application/x-ndjson");

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public static ExportFormat of(String word) {
    for (ExportFormat format : values()) if (format.word().equals(word)) return format;
    throw InvalidRequest.at("format", "format must be json, csv or ndjson, got '" + word + "'");
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String mediaType() {
    return mediaType;
  }
}

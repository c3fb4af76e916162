package dev.kindred.follow;

import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one source is read.
 *
 * @param mapping a fingerprint of what the mapping said then: where it says something else, the
 *     source is read anew
 * @param watermark the newest that was seen
 * @param isComplete whether all of it was read once
 * @param read how many rows were read in all
 * @param written how many of them were kept
 * @param unfit how many could not be kept
 * @param removed how many were taken back because they are gone there
 * @param comparedAt when it was last compared with what we have
 */
public record SourceState(
    String name,
    long mapping,
    Optional<Long> watermark,
    boolean isComplete,
    long read,
    long written,
    long unfit,
    long removed,
    Optional<Instant> comparedAt) {

  static SourceState fresh(Source source) {
    return new SourceState(
        source.name(), printOf(source), Optional.empty(), false, 0, 0, 0, 0, Optional.empty());
  }

  boolean isOf(Source source) {
    return mapping == printOf(source);
  }

  private static long printOf(Source source) {
    // Only 53 bits survive every reader of JSON.
    return new Fingerprint().add(source.toString()).value() >>> 11;
  }

  void write(JsonWriter out) {
    out.beginObject().field("name", name).field("mapping", mapping);
    if (watermark.isPresent()) out.field("watermark", (long) watermark.get());
    out.field("complete", isComplete);
    out.field("rows_read", read).field("rows_written", written);
    out.field("rows_unfit", unfit).field("rows_removed", removed);
    if (comparedAt.isPresent()) out.field("compared_at", comparedAt.get());
    out.endObject();
  }

  static SourceState read(JsonReader reader) {
    String name = "";
    long mapping = 0;
    @Nullable Long watermark = null;
    boolean complete = false;
    long read = 0;
    long written = 0;
    long unfit = 0;
    long removed = 0;
    @Nullable Instant comparedAt = null;
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "name" -> name = reader.string();
        case "mapping" -> mapping = reader.integer(0, Long.MAX_VALUE);
        case "watermark" -> watermark = reader.integer(Long.MIN_VALUE, Long.MAX_VALUE);
        case "complete" -> complete = reader.bool();
        case "rows_read" -> read = reader.integer(0, Long.MAX_VALUE);
        case "rows_written" -> written = reader.integer(0, Long.MAX_VALUE);
        case "rows_unfit" -> unfit = reader.integer(0, Long.MAX_VALUE);
        case "rows_removed" -> removed = reader.integer(0, Long.MAX_VALUE);
        case "compared_at" -> comparedAt = reader.time();
        default -> fields.unknown();
      }
    }
    return new SourceState(
        name,
        mapping,
        Optional.ofNullable(watermark),
        complete,
        read,
        written,
        unfit,
        removed,
        Optional.ofNullable(comparedAt));
  }
}

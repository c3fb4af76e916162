package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import dev.kindred.json.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * When items say that they were made: their attribute {@code created_at}. One writer; readers are
 * kept away while it writes.
 */
final class Births {
  private static final String ATTRIBUTE = "created_at";

  private long[] micros = {};

  void put(int item, JsonObject attributes) {
    if (item >= micros.length) {
      micros = Arrays.copyOf(micros, Math.max(Math.max(16, item + 1), item + (item >> 1)));
    }
    micros[item] = read(attributes);
  }

  long micros(int item) {
    return item < micros.length ? micros[item] : 0;
  }

  Piece capture() {
    long[] then = micros.clone();
    return out -> out.longs(then);
  }

  /** Takes over what was captured. */
  void read(Input in) throws IOException {
    micros = in.longs();
  }

  private static long read(JsonObject attributes) {
    var reader = JsonReader.of(attributes);
    for (var fields = reader.object(); fields.next(); ) {
      if (!fields.name().equals(ATTRIBUTE)) {
        reader.skip();
        continue;
      }
      try {
        return reader.kind() == JsonReader.Kind.STRING
            ? Shelf.micros(parse(reader.string()))
            : Shelf.micros(reader.time());
      } catch (InvalidRequest | DateTimeException notATime) {
        return 0;
      }
    }
    return 0;
  }

  /** A time without a zone, as many databases keep it, is taken as UTC; a day as its beginning. */
  private static Instant parse(String text) {
    try {
      return Rfc3339.parse(text);
    } catch (InvalidRequest withoutZone) {
      String local = text.strip().replace(' ', 'T');
      return local.indexOf('T') < 0
          ? LocalDate.parse(local).atStartOfDay().toInstant(ZoneOffset.UTC)
          : LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
    }
  }
}

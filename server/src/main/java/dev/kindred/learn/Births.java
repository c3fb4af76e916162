package dev.kindred.learn;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
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

  private static long read(JsonObject attributes) {
    var reader = JsonReader.of(attributes);
    for (var fields = reader.object(); fields.next(); ) {
      if (!fields.name().equals(ATTRIBUTE)) {
        reader.skip();
        continue;
      }
      try {
        return Shelf.micros(reader.time());
      } catch (InvalidRequest notATime) {
        return 0;
      }
    }
    return 0;
  }
}

package dev.kindred.store.jdbc;

import dev.kindred.domain.JsonObject;
import java.util.Arrays;

/**
 * Turns what PostgreSQL prints for a {@code jsonb} back into canonical JSON. It keeps numbers as
 * they were written and orders members as the canonical form does; it only puts a space after each
 * comma and colon.
 */
final class JsonText {

  private JsonText() {}

  static JsonObject canonical(byte[] printed) {
    byte[] stripped = new byte[printed.length];
    int length = 0;
    boolean inString = false;
    for (int i = 0; i < printed.length; i++) {
      byte b = printed[i];
      if (!inString && b == ' ') continue;
      stripped[length++] = b;
      if (b == '"') {
        inString = !inString;
      } else if (b == '\\') {
        // Only in strings: the next byte is escaped, and may be a quote.
        stripped[length++] = printed[++i];
      }
    }
    return JsonObject.ofCanonical(Arrays.copyOf(stripped, length));
  }
}

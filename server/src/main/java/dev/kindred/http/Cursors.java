package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.store.Interactions.After;
import java.util.Base64;

/** Where a page ended, as an opaque text that a caller sends back. */
final class Cursors {

  private Cursors() {}

  static String of(EntityKey key) {
    return encode(key.type() + " " + key.id());
  }

  static EntityKey entity(String cursor) {
    String plain = decode(cursor);
    int space = plain.indexOf(' ');
    if (space < 0) throw invalid();
    return EntityKey.of(plain.substring(0, space), plain.substring(space + 1));
  }

  static String of(After after) {
    return encode(after.atMicros() + " " + after.position());
  }

  static After after(String cursor) {
    String[] parts = decode(cursor).split(" ", -1);
    try {
      if (parts.length == 2) return new After(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (NumberFormatException notOurs) {
      // Told below.
    }
    throw invalid();
  }

  private static String encode(String plain) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static InvalidRequest invalid() {
    return InvalidRequest.at("cursor", "cursor must be one that an earlier page gave");
  }
}

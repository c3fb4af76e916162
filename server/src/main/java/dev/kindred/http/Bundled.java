package dev.kindred.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files that lie in the jar. */
final class Bundled {

  private Bundled() {}

  static byte[] require(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException("the jar lacks " + path));
  }

  static Optional<byte[]> find(String path) {
    try (InputStream in = Bundled.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

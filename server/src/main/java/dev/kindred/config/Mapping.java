package dev.kindred.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A key with a shape of its own, which whoever needs it takes apart.
 *
 * @param json what the file or the section said
 */
record Mapping(String json) {

  private static final String NAME = "FOLLOW_MAPPING";
  private static final String REFERENCE = "shop";

  /** Whether a section of that name in the configuration file is one. */
  static boolean isNamed(String key) {
    return key.toUpperCase(Locale.ROOT).replace('-', '_').equals(NAME);
  }

  static ValueType<Mapping> type() {
    return new ValueType<>(
        "shop, the path of a YAML file, or in the configuration file a section",
        text -> {
          if (text.startsWith("{")) return new Mapping(text);
          try {
            return new Mapping(YamlAsJson.parse(content(text)));
          } catch (IOException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  private static byte[] content(String name) throws IOException {
    if (!name.equals(REFERENCE)) return Files.readAllBytes(Path.of(name));
    try (InputStream resource = Mapping.class.getResourceAsStream("/shop/mapping.yaml")) {
      if (resource == null) throw new IllegalStateException("the reference mapping is missing");
      return resource.readAllBytes();
    }
  }
}

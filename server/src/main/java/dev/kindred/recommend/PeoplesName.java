package dev.kindred.recommend;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;

/** What people call an entity: its {@code name}, else its {@code title}, else its id. */
final class PeoplesName {

  /** Longer ones are cut: they are to stand within a sentence. */
  private static final int LENGTH_MAX = 80;

  private PeoplesName() {}

  static String of(String id, JsonObject attributes) {
    String title = "";
    var reader = JsonReader.of(attributes);
    for (var members = reader.object(); members.next(); ) {
      boolean isName = members.name().equals("name");
      boolean isTitle = members.name().equals("title");
      if (!(isName || isTitle) || reader.kind() != JsonReader.Kind.STRING) {
        reader.skip();
        continue;
      }
      String text = reader.string().strip();
      if (isName && !text.isEmpty()) return cut(text);
      if (isTitle) title = text;
    }
    return title.isEmpty() ? id : cut(title);
  }

  private static String cut(String text) {
    if (text.codePointCount(0, text.length()) <= LENGTH_MAX) return text;
    return text.substring(0, text.offsetByCodePoints(0, LENGTH_MAX - 1)) + "…";
  }
}
